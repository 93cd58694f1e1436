//! Where every value of a scenario comes from: file, option, preset or default, with the reason given there.

use super::Scenario;
use super::format::ROOT;
use super::kind::{Key, Kind, Table};
use super::law::looks_like_law;
use super::merge::{filled_section, template};
use super::missing::{Missing, Reason};
use super::tree::{Document, Entry, Node, Origin, Place, Value, join};

/// One value with its origin.
#[derive(Debug, Clone, PartialEq)]
pub struct ExplainLine {
    /// The path that `--set` takes: "team.reps.count".
    pub path: String,
    /// The value as written in TOML; where nothing is written, "off: …" or what holds instead, in words.
    pub value: String,
    /// Who says so.
    pub origin: Origin,
    /// Its reason and source: the comment behind the value, or of a default the reason that the format gives.
    pub source: Option<String>,
    /// Whether the value stands in the scenario itself, so that `--set` with it changes nothing, not even the hash.
    pub effective: bool,
}

/// Every value of the scenario, in the order of the format.
pub fn explain(scenario: &Scenario) -> Vec<ExplainLine> {
    let mut walk = Walk { lines: Vec::new(), effective: true };
    walk.table(&scenario.effective, &ROOT, "", None);
    walk.lines
}

/// What a scenario says of itself, which is no input of it.
const OF_ITSELF: [&str; 5] = ["format", "preset", "title", "question", "expect"];

/// The values that the scenario's file or an option gives otherwise than the template; its names and levers are none.
pub fn differing(scenario: &Scenario) -> Vec<ExplainLine> {
    let mut usual = Walk { lines: Vec::new(), effective: true };
    usual.table(template(), &ROOT, "", None);
    let is_usual =
        |line: &ExplainLine| usual.lines.iter().any(|its| its.path == line.path && its.value == line.value);
    let is_input =
        |line: &ExplainLine| !OF_ITSELF.contains(&line.path.as_str()) && !line.path.starts_with("levers.");
    let own = |line: &ExplainLine| matches!(line.origin, Origin::File { .. } | Origin::Set);
    explain(scenario).into_iter().filter(|line| own(line) && is_input(line) && !is_usual(line)).collect()
}

/// A comment and the document in which it stands; only values of the same document share it.
type Shared<'a> = Option<(&'a str, Document)>;

struct Walk {
    lines: Vec<ExplainLine>,
    /// Whether what is walked stands in the scenario, rather than in a table that is left out.
    effective: bool,
}

impl Walk {
    fn table(&mut self, node: &Node, table: &'static Table, path: &str, shared: Shared<'_>) {
        for key in table.keys {
            let path = join(path, key.name);
            match node.entry(key.name) {
                Some(entry) => self.value(entry, &key.kind, &path, shared),
                None if key.applies(table, node) => self.left_out(key, &path),
                None => {}
            }
        }
    }

    fn left_out(&mut self, key: &'static Key, path: &str) {
        match key.missing {
            Missing::Off(words, why) => self.default(path, format!("off: {words}"), why),
            Missing::Instead(words, why) => self.default(path, words.to_string(), why),
            Missing::Empty(_) => {
                let full = filled_section(key.name, &Node::table(Place::DEFAULT));
                let effective = std::mem::replace(&mut self.effective, false);
                if let Some(inner) = key.kind.as_table() {
                    self.table(&full, inner, path, None);
                }
                self.effective = effective;
            }
            // Filled in already, or said by another key.
            Missing::Required | Missing::Elsewhere(_) | Missing::Value(..) | Missing::Template => {}
        }
    }

    fn default(&mut self, path: &str, value: String, why: Reason) {
        self.lines.push(ExplainLine {
            path: path.to_string(),
            value,
            origin: Origin::Default,
            source: Some(why.to_string()),
            effective: false,
        });
    }

    fn value(&mut self, entry: &Entry, kind: &'static Kind, path: &str, shared: Shared<'_>) {
        // The parts of an inline table share the comment behind it.
        let own = entry.note.as_deref().map(|note| (note, entry.node.place.document));
        let shared = own.or(shared.filter(|(_, document)| *document == entry.node.place.document));
        match kind {
            Kind::Table(inner) if entry.node.is_table() => self.table(&entry.node, inner, path, shared),
            Kind::Named(named) if matches!(named.entry, Kind::Table(_)) => {
                for inner in entry.node.entries() {
                    self.value(inner, &named.entry, &join(path, &inner.name), shared);
                }
            }
            Kind::ByTier(by) if entry.node.is_table() && !looks_like_law(&entry.node) => {
                for inner in entry.node.entries() {
                    self.value(inner, by, &join(path, &inner.name), shared);
                }
            }
            _ => self.lines.push(ExplainLine {
                path: path.to_string(),
                value: entry.node.text(),
                origin: origin(&entry.node),
                source: shared.map(|(note, _)| note.to_string()),
                effective: self.effective,
            }),
        }
    }
}

/// The origin of a value; of one that an option changed in part, the option.
fn origin(node: &Node) -> Origin {
    if touched_by_option(node) { Origin::Set } else { node.place.origin() }
}

/// Whether an option wrote the value or a part of it.
pub(super) fn touched_by_option(node: &Node) -> bool {
    matches!(node.place.document, Document::Set(_))
        || match &node.value {
            Value::List(items) => items.iter().any(touched_by_option),
            Value::Table(entries) => entries.iter().any(|entry| touched_by_option(&entry.node)),
            _ => false,
        }
}
