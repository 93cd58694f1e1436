//! Named alternatives to a scenario: what each changes, what it costs, and which of them contradict each other.

use super::problem::{Problem, did_you_mean};
use super::set::Set;
use super::tree::{Node, Value};
use super::value;
use crate::model::Horizon;

/// A named alternative to a scenario; `Scenario::with` its changes gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Lever {
    /// Its key in the file.
    pub name: String,
    /// How pictures and tables call it.
    pub title: String,
    /// The changes that make it.
    pub sets: Vec<Set>,
    /// What it costs; none where the file does not say, which counts as nothing.
    pub cost: Option<Cost>,
    /// Names of levers it is never combined with, beside those that write the same path.
    pub excludes: Vec<String>,
}

/// What a lever costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cost {
    /// So many dollars each so often.
    Dollars(f64, Per),
    /// What the team is paid more for its hours with it than without it.
    AsPaid,
}

/// For how long a cost is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// Each week.
    Week,
    /// Each month.
    Month,
    /// Each quarter.
    Quarter,
    /// Each year.
    Year,
    /// Once, however long the horizon.
    Once,
}

/// A number of months this near to a whole one is that: 13 weeks are a quarter.
const NEARLY_WHOLE: f64 = 0.02;

/// How many months a horizon is paid for: calendar months where it is made of whole ones, 3 for 13 weeks.
fn months(horizon: &Horizon) -> f64 {
    let months: f64 = horizon.months.iter().map(|month| month.calendar_months(&horizon.zone)).sum();
    let whole = months.round();
    if whole > 0.0 && (months - whole).abs() <= NEARLY_WHOLE * whole { whole } else { months }
}

impl Per {
    /// Dollars over a whole horizon of one dollar each so often.
    pub fn over(self, horizon: &Horizon) -> f64 {
        match self {
            Per::Week => months(horizon) * 52.0 / 12.0,
            Per::Month => months(horizon),
            Per::Quarter => months(horizon) / 3.0,
            Per::Year => months(horizon) / 12.0,
            Per::Once => 1.0,
        }
    }
}

impl Lever {
    /// How it is called: its title, or else its name.
    pub fn label(&self) -> String {
        if self.title.is_empty() { self.name.replace('_', " ") } else { self.title.clone() }
    }

    /// The path that both levers write, if there is one.
    pub fn same_path(&self, other: &Lever) -> Option<String> {
        let pairs = self.sets.iter().flat_map(|mine| other.sets.iter().map(move |theirs| (mine, theirs)));
        let clash =
            |(mine, theirs): &(&Set, &Set)| mine.writes(&theirs.path()) || theirs.writes(&mine.path());
        pairs.into_iter().find(clash).map(|(mine, _)| mine.path())
    }

    /// Whether the two may not be pulled together.
    pub fn is_against(&self, other: &Lever) -> bool {
        self.excludes.contains(&other.name)
            || other.excludes.contains(&self.name)
            || self.same_path(other).is_some()
    }
}

/// The alternatives of the file; a change that leads nowhere is told where it stands.
pub(super) fn levers(tree: &Node, problems: &mut Vec<Problem>) -> Vec<Lever> {
    let entries = tree.get("levers").map_or(&[][..], Node::entries);
    let mut levers = Vec::new();
    for entry in entries {
        let text =
            |key: &str| entry.node.get(key).and_then(|node| value::text(node).ok()).map(str::to_string);
        let Some(node) = entry.node.get("set") else { continue };
        let written: Vec<&Node> = match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![node],
        };
        let mut sets = Vec::new();
        for node in written {
            let Ok(text) = value::text(node) else { continue };
            let refused = match Set::parse(text) {
                Ok(set) => {
                    let refused =
                        set.apply(&mut tree.clone(), 0).err().map(|problem| (problem.message, problem.help));
                    sets.push(set);
                    refused
                }
                Err(error) => Some((error.to_string(), None)),
            };
            if let Some((message, help)) = refused {
                let problem = Problem::new(&format!("levers.{}.set", entry.name), &message, &node.place);
                problems.push(match help {
                    Some(help) => problem.help(&help),
                    None => problem,
                });
            }
        }
        let names = entry.node.get("excludes").map_or_else(Vec::new, |node| match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![node],
        });
        let mut excludes = Vec::new();
        for node in names {
            let Ok(other) = value::text(node) else { continue };
            let known = entries.iter().map(|entry| entry.name.as_str()).filter(|name| *name != entry.name);
            if known.clone().any(|name| name == other) {
                excludes.push(other.to_owned());
            } else {
                let path = format!("levers.{}.excludes", entry.name);
                let problem = Problem::new(&path, format!("there is no other lever `{other}`"), &node.place);
                problems.push(problem.help(did_you_mean(other, known)));
            }
        }
        levers.push(Lever {
            name: entry.name.clone(),
            title: text("title").unwrap_or_default(),
            sets,
            // a cost that cannot be read is told by the check of the format
            cost: entry.node.get("cost").and_then(|node| value::cost(node).ok()),
            excludes,
        });
    }
    levers
}
