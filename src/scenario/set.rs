//! Changes from the command line: `--set team.reps.count=7` puts one value into the tree.

use super::format::ROOT;
use super::kind::{Kind, Names, Table};
use super::law;
use super::merge::put;
use super::parse::parse_value;
use super::problem::{Problem, did_you_mean};
use super::tree::{Document, Entry, Node, Place, Value, join};

/// One change: a path into the scenario and the value to put there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    text: String,
    path: Vec<String>,
    value_at: usize,
}

/// Why a `--set` option cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetError {
    /// There is no `=`.
    #[error("\"{0}\" has no value; write path=value, for example team.reps.count=7")]
    NoValue(String),
    /// The part before the `=` is no path.
    #[error(
        "\"{0}\" is no path; write names with dots between, for example team.reps.count, and quote names with other signs"
    )]
    BadPath(String),
}

impl Set {
    /// Reads `path=value`; the value is TOML, or else taken as a text.
    ///
    /// # Errors
    /// [`SetError`] if there is no `=` or no path before it.
    pub fn parse(text: &str) -> Result<Set, SetError> {
        let path = split_path(text).ok_or_else(|| SetError::BadPath(text.to_string()))?;
        let (path, rest_at) = path;
        let rest = text[rest_at..].trim_start();
        let Some(value) = rest.strip_prefix('=') else {
            return Err(if rest.is_empty() {
                SetError::NoValue(text.to_string())
            } else {
                SetError::BadPath(text.to_string())
            });
        };
        let value = value.trim_start();
        if value.is_empty() {
            return Err(SetError::NoValue(text.to_string()));
        }
        Ok(Set { text: text.to_string(), path, value_at: text.len() - value.len() })
    }

    /// Puts `value` (as it would stand behind the `=`) at a dotted path.
    ///
    /// # Errors
    /// As [`Set::parse`].
    pub fn new(path: &str, value: &str) -> Result<Set, SetError> {
        Set::parse(&format!("{path}={value}"))
    }

    /// The option as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names of the path.
    pub(super) fn names(&self) -> &[String] {
        &self.path
    }

    /// The path, with dots.
    pub fn path(&self) -> String {
        self.path.iter().fold(String::new(), |path, name| join(&path, name))
    }

    /// The value as written behind the `=`.
    pub fn value(&self) -> &str {
        self.text[self.value_at..].trim_end()
    }

    /// Whether the change writes a value at this path: at the path itself, inside of it, or in a table around it.
    pub fn writes(&self, path: &str) -> bool {
        let Some((path, _)) = split_path(path) else { return false };
        if self.path.starts_with(&path) {
            return true;
        }
        let Some(inside) = path.strip_prefix(self.path.as_slice()) else { return false };
        let value = parse_value(&self.text, &self.text[self.value_at..], Document::Set(0));
        inside.iter().try_fold(&value, |table, name| table.get(name)).is_some()
    }

    /// Changes the tree.
    ///
    /// # Errors
    /// The path leads nowhere.
    pub(super) fn apply(&self, tree: &mut Node, index: usize) -> Result<(), Box<Problem>> {
        let value = parse_value(&self.text, &self.text[self.value_at..], Document::Set(index));
        let step = Step { set: self, index };
        step.table(tree, &ROOT, &self.path, "", value)
    }
}

/// Names up to the first `=` outside quotes, and where that is.
fn split_path(text: &str) -> Option<(Vec<String>, usize)> {
    let mut names = Vec::new();
    let mut name = String::new();
    let mut quoted = false;
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '.' if !quoted => names.push(std::mem::take(&mut name).trim().to_string()),
            '=' if !quoted => {
                end = at;
                break;
            }
            c => name.push(c),
        }
    }
    names.push(name.trim().to_string());
    (!quoted && names.iter().all(|name| !name.is_empty())).then_some((names, end))
}

struct Step<'a> {
    set: &'a Set,
    index: usize,
}

impl Step<'_> {
    fn place(&self) -> Place {
        Place { document: Document::Set(self.index), span: 0..self.set.value_at, line: 1 }
    }

    fn entry(&self, name: &str, node: Node) -> Entry {
        Entry { name: name.to_string(), place: node.place.clone(), note: None, node }
    }

    fn nowhere(&self, path: &str, name: &str, known: &[&str]) -> Box<Problem> {
        let table = if path.is_empty() { "the scenario".to_string() } else { format!("[{path}]") };
        let problem = Problem::new(&join(path, name), format!("{table} has no `{name}`"), &self.place())
            .help(match known {
                [] => {
                    format!(
                        "--set changes what is there; for a new one write {}={{ … }} with its keys",
                        join(path, name)
                    )
                }
                _ => did_you_mean(name, known.iter().copied()),
            });
        Box::new(problem)
    }

    fn table(
        &self,
        node: &mut Node,
        table: &'static Table,
        names: &[String],
        path: &str,
        value: Node,
    ) -> Result<(), Box<Problem>> {
        let (name, rest) = names.split_first().expect("the caller has names left");
        if name == "off" && rest.is_empty() && !path.is_empty() {
            put(node, self.entry("off", value));
            return Ok(());
        }
        let Some(key) = table.key(name) else {
            let known: Vec<&str> = table.keys.iter().map(|key| key.name).collect();
            return Err(self.nowhere(path, name, &known));
        };
        if let Some(entries) = node.entries_mut() {
            entries.retain(|old| !key.instead_of.contains(&old.name.as_str()));
        }
        self.below(node, name, &key.kind, rest, path, value)
    }

    /// Goes through or sets the entry `name` of `node`, which is of `kind`.
    fn below(
        &self,
        node: &mut Node,
        name: &str,
        kind: &'static Kind,
        rest: &[String],
        path: &str,
        value: Node,
    ) -> Result<(), Box<Problem>> {
        if rest.is_empty() {
            put(node, self.entry(name, value));
            return Ok(());
        }
        let path = join(path, name);
        if node.get(name).is_none() {
            put(node, self.entry(name, Node::table(self.place())));
        }
        let Some(inner) = node.entry(name) else { return Err(self.no_table(&path, &rest[0])) };
        let switched = rest.len() == 1 && rest[0] == "off";
        if !switched && is_off_by_its_author(&inner.node) {
            return Err(self.is_off(node, name, &path));
        }
        let inner = &mut node
            .entries_mut()
            .and_then(|entries| entries.iter_mut().find(|entry| entry.name == name))
            .expect("it was there just now")
            .node;
        // A table that the preset has switched off and is now set inside is on again.
        if let Some(entries) = inner.entries_mut() {
            entries.retain(|entry| entry.name != "off");
        }
        if !inner.is_table() {
            return Err(self.no_table(&path, &rest[0]));
        }
        match kind {
            Kind::Table(table) => self.table(inner, table, rest, &path, value),
            Kind::Named(named) => {
                if switched {
                    put(inner, self.entry("off", value));
                    return Ok(());
                }
                let known: Vec<&str> = inner.entries().iter().map(|entry| entry.name.as_str()).collect();
                // A whole table under a new name is meant; a single value under one is a name mistyped.
                let is_new = rest.len() == 1 && value.is_table() && matches!(named.entry, Kind::Table(_));
                if named.names == Names::Free && !is_new && !known.contains(&rest[0].as_str()) {
                    return Err(self.nowhere(&path, &rest[0], &known));
                }
                self.below(inner, &rest[0], &named.entry, &rest[1..], &path, value)
            }
            Kind::ByTier(by) | Kind::BySegment(by) | Kind::ByChannel(by) if !law::looks_like_law(inner) => {
                self.below(inner, &rest[0], by, &rest[1..], &path, value)
            }
            Kind::Law(_) | Kind::ByTier(Kind::Law(_)) if rest.len() == 1 => {
                match law::KEYS.contains(&rest[0].as_str()) {
                    true => {
                        put(inner, self.entry(&rest[0], value));
                        Ok(())
                    }
                    false => Err(self.nowhere(&path, &rest[0], &law::KEYS)),
                }
            }
            _ => Err(self.no_table(&path, &rest[0])),
        }
    }

    /// A table that is off stays off: what is set in it would play a thing the file says is not there.
    fn is_off(&self, around: &Node, name: &str, path: &str) -> Box<Problem> {
        let on: Vec<&str> = around
            .entries()
            .iter()
            .filter(|entry| entry.name != name && entry.node.is_table() && !says_off(&entry.node))
            .map(|entry| entry.name.as_str())
            .collect();
        let alike = path
            .strip_suffix(name)
            .is_some_and(|around| matches!(around, "team." | "sources." | "commitments."));
        let mut help = format!("switch it on with --set {path}.off=false first");
        if alike && !on.is_empty() {
            help = format!("on are {}; or {help}", on.join(", "));
        }
        Box::new(Problem::new(path, format!("[{path}] is off"), &self.place()).help(help))
    }

    fn no_table(&self, path: &str, name: &str) -> Box<Problem> {
        let problem =
            Problem::new(path, format!("`{path}` is a single value and has no `{name}`"), &self.place())
                .help(format!("write {path}=…"));
        Box::new(problem)
    }
}

fn says_off(node: &Node) -> bool {
    node.get("off").is_some_and(|off| off.value == Value::Flag(true))
}

/// Whether the file or an option, not the preset, has switched the table off.
fn is_off_by_its_author(node: &Node) -> bool {
    let own = |off: &Node| matches!(off.place.document, Document::File | Document::Set(_));
    says_off(node) && node.get("off").is_some_and(own)
}

/// The option as written.
impl std::fmt::Display for Set {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_writes_its_path_and_what_lies_in_its_table() {
        let writes = |set: &str, path: &str| Set::parse(set).expect(set).writes(path);
        assert!(writes("team.reps.count=9", "team.reps.count"));
        assert!(writes("routing.tiers.1.back_up.after=5min", "routing.tiers.1"));
        assert!(writes("sources.p={ tier = 2, per_week = 5 }", "sources.p.per_week"));
        assert!(!writes("sources.p={ tier = 2, per_week = 5 }", "sources.p.batch"));
        assert!(!writes("team.reps.count=9", "team.reps.pace"));
        assert!(!writes("team.reps.count=9", "team.reps.count.x"));
    }

    #[test]
    fn an_option_splits_at_its_first_equals_sign_outside_quotes() {
        let set = Set::parse("leads.zones.\"America/New_York\" = 20").expect("valid");
        assert_eq!(set.path, ["leads", "zones", "America/New_York"]);
        assert_eq!(set.path(), "leads.zones.\"America/New_York\"");
        assert_eq!(&set.text[set.value_at..], "20");
        assert_eq!(Set::parse("team.reps.count"), Err(SetError::NoValue("team.reps.count".to_string())));
        assert_eq!(Set::parse("team.reps.count="), Err(SetError::NoValue("team.reps.count=".to_string())));
        assert!(matches!(Set::parse("=7"), Err(SetError::BadPath(_))));
        assert!(matches!(Set::parse("a..b=7"), Err(SetError::BadPath(_))));
    }
}
