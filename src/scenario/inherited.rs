//! What came whole from the preset: leads, promises and people of the template that the user's file never mentions.

use super::explain::touched_by_option;
use super::tree::{Document, Node};
use schemars::JsonSchema;
use serde::Serialize;

/// What a scenario has from its preset alone. A list is empty where the file names nothing of its kind: then the whole kind
/// is meant to be the preset's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Inherited {
    /// The preset's name: "template".
    pub preset: String,
    /// Sources of leads that the file does not name, where it names others.
    pub sources: Vec<String>,
    /// Commitments that the file does not name, where it names others.
    pub commitments: Vec<String>,
    /// Groups of reps that the file does not name, where it names others.
    pub groups: Vec<String>,
    /// Whether the amount of opportunities is the preset's, in a file with sources, commitments, reps, rates or amounts of its own.
    pub deal_sizes: bool,
    /// Whether the chances to win an opportunity are, in such a file.
    pub win_rates: bool,
    /// What else of the preset such a file is played with: "meetings", "own work", "how soon reps notice", ….
    pub inputs: Vec<String>,
}

/// Inputs that move the answer, by where they stand; `*` is any name.
const INPUTS: [(&str, &[&str]); 8] = [
    ("meetings", &["team.*.meetings.*"]),
    ("own work", &["team.*.own_work.*"]),
    ("how soon reps notice", &["team.*.attention"]),
    ("leads never worked or given up", &["team.*.never_worked", "team.*.gives_up"]),
    ("handling times", &["work.*"]),
    ("contact and qualification rates", &["buyers.tiers.*.contact", "buyers.tiers.*.qualified"]),
    ("the cadence", &["buyers.cadence"]),
    ("the pipeline goal", &["buyers.opportunity.pipeline_goal"]),
];

/// Whether something at this place is the preset's.
fn any_of_preset(tree: &Node, path: &[&str]) -> bool {
    match path {
        [] => of_preset(tree),
        ["*", rest @ ..] => tree.entries().iter().any(|entry| any_of_preset(&entry.node, rest)),
        [name, rest @ ..] => tree.get(name).is_some_and(|node| any_of_preset(node, rest)),
    }
}

/// The inputs that the preset gives, among those worth naming.
fn inputs(tree: &Node) -> Vec<String> {
    let is_preset = |path: &&str| any_of_preset(tree, &path.split('.').collect::<Vec<_>>());
    let of_preset = INPUTS.iter().filter(|(_, paths)| paths.iter().any(is_preset));
    of_preset.map(|(name, _)| (*name).to_string()).collect()
}

/// What `tree`, made of `file` over its preset, has from the preset alone; `None` where that is nothing.
pub(super) fn inherited(file: &Node, tree: &Node) -> Option<Inherited> {
    let mentions = |kind: &str| file.get(kind).is_some_and(|table| !table.entries().is_empty());
    let whole = |kind: &str| -> Vec<String> {
        let entries = tree.get(kind).filter(|_| mentions(kind)).map_or(&[][..], Node::entries);
        entries.iter().filter(|entry| of_preset(&entry.node)).map(|entry| entry.name.clone()).collect()
    };
    // Who changes only how buyers wait or speed counts has not begun to describe buyers of their own.
    let describes = |kind: &str| {
        let table = file.get("buyers").and_then(|buyers| buyers.get(kind));
        table.is_some_and(|table| !table.entries().is_empty())
    };
    let own = ["sources", "commitments", "team"].into_iter().any(mentions)
        || ["tiers", "opportunity"].into_iter().any(describes);
    let buyers = tree.get("buyers").filter(|_| own);
    let amount = buyers.and_then(|buyers| buyers.get("opportunity")?.get("amount"));
    let mut won = buyers
        .and_then(|buyers| buyers.get("tiers"))
        .map_or(&[][..], Node::entries)
        .iter()
        .filter_map(|tier| tier.node.get("won"))
        .peekable();
    let found = Inherited {
        preset: "template".to_string(),
        sources: whole("sources"),
        commitments: whole("commitments"),
        groups: whole("team"),
        deal_sizes: amount.is_some_and(of_preset),
        win_rates: won.peek().is_some() && won.all(of_preset),
        inputs: if own { inputs(tree) } else { Vec::new() },
    };
    let lists = [&found.sources, &found.commitments, &found.groups];
    (lists.iter().any(|list| !list.is_empty())
        || found.deal_sizes
        || found.win_rates
        || !found.inputs.is_empty())
    .then_some(found)
}

/// Whether neither file nor options say anything of it.
fn of_preset(node: &Node) -> bool {
    matches!(node.place.document, Document::Preset | Document::PresetGroup) && !touched_by_option(node)
}
