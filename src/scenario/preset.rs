//! What a file takes over from the preset it starts from, and what it does not: headings, another group's people, whose goal it is.

use super::merge::{put, template};
use super::tree::{Document, Entry, Node, Value};

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

/// Drops what a commitment says of itself where a later layer (the file over the preset, `--set` over both) wrote anew what it is about:
/// whose goal it is, and a title with figures of its own.
pub(super) fn forget_what_is_stale(tree: &mut Node) {
    let commitments =
        tree.entries_mut().and_then(|entries| entries.iter_mut().find(|entry| entry.name == "commitments"));
    for commitment in commitments.and_then(|found| found.node.entries_mut()).into_iter().flatten() {
        let layer = |key: &str| commitment.node.get(key).map(layer);
        let whose = layer("goal") > layer("goal_stated");
        let (figures, share) = commitment.node.get("title").map_or((false, false), figures_of);
        let is_term = |key: &&Entry| match key.name.as_str() {
            "title" | "goal_stated" | "off" => false,
            "goal" => share,
            _ => figures,
        };
        let terms = commitment.node.entries().iter().filter(is_term);
        let title = terms.map(|key| self::layer(&key.node)).max() > layer("title");
        if let Some(keys) = commitment.node.entries_mut() {
            keys.retain(|key| !(whose && key.name == "goal_stated" || title && key.name == "title"));
        }
    }
}

/// Whether a title says how long or how many, and whether it says a share: it may then say something else than the numbers do.
fn figures_of(title: &Node) -> (bool, bool) {
    const TIMES: [&str; 6] = ["second", "minute", "hour", "day", "week", "month"];
    let Value::Text(title) = &title.value else { return (false, false) };
    let title = title.to_lowercase();
    let words: Vec<&str> = title.split_whitespace().collect();
    // The number of a tier is a name.
    let is_name = |place: usize| place > 0 && words[place - 1].starts_with("tier");
    let is_number =
        |(place, word): (usize, &&str)| word.contains(|c: char| c.is_ascii_digit()) && !is_name(place);
    let figures = words.iter().enumerate().any(is_number) || TIMES.iter().any(|word| title.contains(word));
    (figures, ["%", "per cent", "percent"].iter().any(|sign| title.contains(sign)))
}

/// Where a value comes from, later layers higher: the preset, the file, `--set`.
pub(super) fn layer(node: &Node) -> u8 {
    let own = match node.place.document {
        Document::Default | Document::Preset | Document::PresetGroup => 0,
        Document::File => 1,
        Document::Set(_) => 2,
    };
    node.entries().iter().map(|entry| layer(&entry.node)).fold(own, u8::max)
}
