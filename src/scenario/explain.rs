//! Where every value of a scenario comes from: file, option, preset or default, with the reason given there.

use super::Scenario;
use super::format::ROOT;
use super::kind::{Kind, Missing, Table};
use super::law::looks_like_law;
use super::tree::{Document, Entry, Node, Origin, Value, join};

/// One value with its origin.
#[derive(Debug, Clone, PartialEq)]
pub struct ExplainLine {
    /// The path that `--set` takes: "team.reps.count".
    pub path: String,
    /// The value as written in TOML; "off: …" for a table that is left out.
    pub value: String,
    /// Who says so.
    pub origin: Origin,
    /// The comment behind the value: its reason and source.
    pub source: Option<String>,
}

/// Every value of the scenario, in the order of the format.
pub fn explain(scenario: &Scenario) -> Vec<ExplainLine> {
    let mut lines = Vec::new();
    table(&mut lines, &scenario.effective, &ROOT, "", None);
    lines
}

fn table(lines: &mut Vec<ExplainLine>, node: &Node, table: &'static Table, path: &str, note: Option<&str>) {
    for key in table.keys {
        let path = join(path, key.name);
        match (node.entry(key.name), key.missing) {
            (Some(entry), _) => value(lines, entry, &key.kind, &path, note),
            (None, Missing::Off(meaning)) if matches!(key.kind, Kind::Table(_) | Kind::Named(_)) => {
                let replaced = key.instead_of.iter().any(|other| node.get(other).is_some());
                if !replaced {
                    let value = format!("off: {meaning}");
                    lines.push(ExplainLine { path, value, origin: Origin::Default, source: None });
                }
            }
            (None, _) => {}
        }
    }
}

fn value(lines: &mut Vec<ExplainLine>, entry: &Entry, kind: &'static Kind, path: &str, note: Option<&str>) {
    // The parts of an inline table share the comment behind it.
    let note = entry.note.as_deref().or(note);
    match kind {
        Kind::Table(inner) if entry.node.is_table() => table(lines, &entry.node, inner, path, note),
        Kind::Named(named) if matches!(named.entry, Kind::Table(_)) => {
            for inner in entry.node.entries() {
                value(lines, inner, &named.entry, &join(path, &inner.name), note);
            }
        }
        Kind::ByTier(by) if entry.node.is_table() && !looks_like_law(&entry.node) => {
            for inner in entry.node.entries() {
                value(lines, inner, by, &join(path, &inner.name), note);
            }
        }
        _ => lines.push(ExplainLine {
            path: path.to_string(),
            value: entry.node.text(),
            origin: origin(&entry.node),
            source: note.map(str::to_string),
        }),
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

/// The lines as text in columns.
pub fn explain_text(lines: &[ExplainLine]) -> String {
    let width = |text: &dyn Fn(&ExplainLine) -> usize, most: usize| {
        lines.iter().map(text).max().unwrap_or(0).min(most)
    };
    let path_width = width(&|line| line.path.chars().count(), 44);
    let value_width = width(&|line| line.value.chars().count(), 44);
    let origin_width = width(&|line| line.origin.to_string().chars().count(), 24).max(9);
    let mut out = String::new();
    for line in lines {
        let row = format!(
            "{:path_width$}  {:value_width$}  {:origin_width$}  {}",
            line.path,
            line.value,
            line.origin.to_string(),
            line.source.as_deref().unwrap_or("")
        );
        out.push_str(row.trim_end());
        out.push('\n');
    }
    out
}
