//! What a file takes over from the preset it starts from, and what it does not: headings, another group's people, whose goal it is.

use super::merge::{put, template};
use super::tree::{Document, Entry, Node};

/// What the preset says of itself; a file that starts from it is another scenario, and says which format it is written in.
const OF_THE_PRESET_ITSELF: [&str; 4] = ["format", "title", "question", "expect"];

/// The preset's own group of reps, whose rules hold for further groups.
pub(super) const PRESET_GROUP: &str = "reps";

/// Who the reps of that group are, rather than how they work.
const OF_ITS_PEOPLE: [&str; 3] = ["count", "sites", "leave"];

/// The preset as `file` is laid over it.
pub(super) fn under(file: &Node) -> Node {
    let mut preset = template().clone();
    if let Some(entries) = preset.entries_mut() {
        entries.retain(|entry| !OF_THE_PRESET_ITSELF.contains(&entry.name.as_str()));
        if let Some(team) = entries.iter_mut().find(|entry| entry.name == "team") {
            seat_further_groups(&mut team.node, file.get("team"));
        }
    }
    preset
}

/// Gives every group of the file that the preset does not have the rules of the preset's own.
///
/// Without them a further group would notice every lead at once, never be sick and never be in a meeting.
fn seat_further_groups(team: &mut Node, of_file: Option<&Node>) {
    let Some(rules) = team.get(PRESET_GROUP) else { return };
    let mut rules = rules.clone().moved_to(Document::PresetGroup);
    if let Some(entries) = rules.entries_mut() {
        entries.retain(|entry| !OF_ITS_PEOPLE.contains(&entry.name.as_str()));
    }
    for group in of_file.map_or(&[][..], Node::entries) {
        if team.get(&group.name).is_none() {
            put(team, Entry { node: rules.clone(), note: None, ..group.clone() });
        }
    }
}

/// Drops the preset's word on whose goal it is where the goal itself was written anew.
pub(super) fn forget_whose_goal(tree: &mut Node) {
    let commitments =
        tree.entries_mut().and_then(|entries| entries.iter_mut().find(|entry| entry.name == "commitments"));
    for commitment in commitments.and_then(|found| found.node.entries_mut()).into_iter().flatten() {
        let of_preset =
            |key: &str| commitment.node.get(key).is_some_and(|node| node.place.document == Document::Preset);
        let anew = commitment.node.get("goal").is_some() && !of_preset("goal") && of_preset("goal_stated");
        if let Some(keys) = commitment.node.entries_mut().filter(|_| anew) {
            keys.retain(|key| key.name != "goal_stated");
        }
    }
}
