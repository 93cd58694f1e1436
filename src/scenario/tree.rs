//! The scenario as a tree of written values, each remembering where it was written.

use super::preset::PRESET_GROUP;
use std::fmt::{self, Write as _};
use std::ops::Range;

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The scenario file, at this line (from 1).
    File {
        /// Line number from 1.
        line: usize,
    },
    /// A `--set` option.
    Set,
    /// A preset that the file asked for.
    Preset {
        /// The preset's name.
        name: String,
    },
    /// The group of reps that the preset has, because this group leaves the key out.
    PresetGroup {
        /// The preset's name.
        name: String,
        /// The preset's group.
        group: String,
    },
    /// Nobody wrote it: what holds when it is left out.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::File { line } => write!(f, "line {line}"),
            Origin::Set => f.write_str("--set"),
            Origin::Preset { name } => f.write_str(name),
            Origin::PresetGroup { name, group } => write!(f, "{name}'s [team.{group}]"),
            Origin::Default => f.write_str("default"),
        }
    }
}

/// Which text a value stands in, and where.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    pub(super) document: Document,
    pub(super) span: Range<usize>,
    pub(super) line: usize,
}

/// A text that values can stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Document {
    /// The scenario file.
    File,
    /// The n-th `--set` option.
    Set(usize),
    /// The embedded template, because the file says `preset = "template"`.
    Preset,
    /// The group of reps in that template, for a further group that leaves a key out.
    PresetGroup,
    /// Filled in because it was left out.
    Default,
}

impl Place {
    /// The place of a value that nobody wrote.
    pub(super) const DEFAULT: Place = Place { document: Document::Default, span: 0..0, line: 0 };

    pub(super) fn origin(&self) -> Origin {
        match self.document {
            Document::File => Origin::File { line: self.line },
            Document::Set(_) => Origin::Set,
            Document::Preset => Origin::Preset { name: "template".to_string() },
            Document::PresetGroup => {
                Origin::PresetGroup { name: "template".to_string(), group: PRESET_GROUP.to_string() }
            }
            Document::Default => Origin::Default,
        }
    }
}

/// One value with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) place: Place,
}

/// What can be written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Whole(i64),
    Number(f64),
    Flag(bool),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

/// One key of a table, in the order written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) place: Place,
    /// The comment behind the value, which gives reason and source.
    pub(super) note: Option<String>,
    pub(super) node: Node,
}

impl Node {
    pub(super) fn table(place: Place) -> Node {
        Node { value: Value::Table(Vec::new()), place }
    }

    /// The entries of a table; of anything else, none.
    pub(super) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    pub(super) fn entries_mut(&mut self) -> Option<&mut Vec<Entry>> {
        match &mut self.value {
            Value::Table(entries) => Some(entries),
            _ => None,
        }
    }

    pub(super) fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.name == name)
    }

    pub(super) fn get(&self, name: &str) -> Option<&Node> {
        self.entry(name).map(|entry| &entry.node)
    }

    pub(super) fn is_table(&self) -> bool {
        matches!(self.value, Value::Table(_))
    }

    /// Moves the whole value to another document, as when the template stands in for what was left out.
    pub(super) fn moved_to(mut self, document: Document) -> Node {
        self.relabel(document);
        self
    }

    fn relabel(&mut self, document: Document) {
        self.place.document = document;
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(|item| item.relabel(document)),
            Value::Table(entries) => {
                for entry in entries {
                    entry.place.document = document;
                    entry.node.relabel(document);
                }
            }
            _ => {}
        }
    }

    /// What the value is called in a message.
    pub(super) fn called(&self) -> &'static str {
        match self.value {
            Value::Text(_) => "a text",
            Value::Whole(_) => "a whole number",
            Value::Number(_) => "a number",
            Value::Flag(_) => "true or false",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }

    /// The value as it would be written in TOML, on one line.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) {
        match &self.value {
            Value::Text(text) => write_text(out, text),
            Value::Whole(number) => write!(out, "{number}").expect("a String takes any text"),
            Value::Number(number) => out.push_str(&super::value::figure(*number)),
            Value::Flag(flag) => write!(out, "{flag}").expect("a String takes any text"),
            Value::List(items) => {
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    out.push_str(if i == 0 { "" } else { ", " });
                    item.write(out);
                }
                out.push(']');
            }
            Value::Table(entries) => {
                out.push_str("{ ");
                for (i, entry) in entries.iter().enumerate() {
                    out.push_str(if i == 0 { "" } else { ", " });
                    out.push_str(&key_text(&entry.name));
                    out.push_str(" = ");
                    entry.node.write(out);
                }
                out.push_str(" }");
            }
        }
    }
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => write!(out, "\\u{:04X}", u32::from(c)).expect("a String takes any text"),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// A key as it is written in a path: quoted only where TOML needs it.
pub(super) fn key_text(name: &str) -> String {
    let bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if bare {
        return name.to_string();
    }
    let mut text = String::new();
    write_text(&mut text, name);
    text
}

/// The path of a key inside the table at `path`.
pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { key_text(name) } else { format!("{path}.{}", key_text(name)) }
}
