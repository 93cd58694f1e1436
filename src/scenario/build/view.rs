//! A table of the tree as the builders see it, and the desk on which they collect problems.

use crate::model::TierId;
use crate::random::Law;
use crate::scenario::kind::Unit;
use crate::scenario::law;
use crate::scenario::problem::{Problem, did_you_mean};
use crate::scenario::tree::{Document, Node, Place, join};
use crate::scenario::value::{self, Complaint, Read};
use crate::time::{Span, Zone};
use std::path::Path;

/// A value with its path. The format check has already reported whatever cannot be read, so the readers here give `None`
/// for it without a second word.
pub(super) struct View<'a> {
    pub(super) node: &'a Node,
    pub(super) path: String,
}

impl<'a> View<'a> {
    pub(super) fn root(node: &'a Node) -> View<'a> {
        View { node, path: String::new() }
    }

    pub(super) fn get(&self, name: &str) -> Option<View<'a>> {
        self.node.get(name).map(|node| View { node, path: join(&self.path, name) })
    }

    /// The named things in the table `name`.
    pub(super) fn entries(&self, name: &str) -> Vec<(&'a str, View<'a>)> {
        self.get(name).map(|table| table.all()).unwrap_or_default()
    }

    /// The named things in this table.
    pub(super) fn all(&self) -> Vec<(&'a str, View<'a>)> {
        let view = |entry: &'a crate::scenario::tree::Entry| {
            (entry.name.as_str(), View { node: &entry.node, path: join(&self.path, &entry.name) })
        };
        self.node.entries().iter().map(view).collect()
    }

    pub(super) fn read<T>(&self, name: &str, read: impl Fn(&'a Node) -> Read<T>) -> Option<T> {
        self.node.get(name).and_then(|node| read(node).ok())
    }

    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        self.read(name, value::text)
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.read(name, value::flag).unwrap_or(false)
    }

    pub(super) fn whole(&self, name: &str) -> Option<i64> {
        self.read(name, |node| value::whole(node, i64::MIN, i64::MAX))
    }

    pub(super) fn count(&self, name: &str) -> u32 {
        self.whole(name).and_then(|count| u32::try_from(count).ok()).unwrap_or(0)
    }

    pub(super) fn number(&self, name: &str) -> Option<f64> {
        self.read(name, value::number)
    }

    pub(super) fn share(&self, name: &str) -> f64 {
        self.read(name, value::share).unwrap_or(0.0)
    }

    pub(super) fn money(&self, name: &str) -> Option<f64> {
        self.read(name, value::money)
    }

    pub(super) fn span(&self, name: &str) -> Option<Span> {
        self.read(name, value::span)
    }

    pub(super) fn zone(&self, name: &str) -> Option<Zone> {
        self.read(name, value::zone)
    }

    pub(super) fn law(&self, name: &str, unit: Unit) -> Option<Law> {
        self.read(name, |node| law::law(node, unit))
    }

    pub(super) fn law_or_zero(&self, name: &str, unit: Unit) -> Law {
        self.law(name, unit).unwrap_or(Law::ZERO)
    }

    /// The values of a list, or the single value.
    pub(super) fn list<T>(&self, name: &str, read: impl Fn(&'a Node) -> Read<T>) -> Vec<T> {
        self.node
            .get(name)
            .map(|node| value::one_or_more(node).into_iter().filter_map(|item| read(item).ok()).collect())
            .unwrap_or_default()
    }

    /// Names with their weights.
    pub(super) fn mix(&self, name: &str) -> Vec<(&'a str, f64)> {
        let weights = self.entries(name).into_iter();
        weights
            .filter_map(|(name, view)| value::weight(view.node).ok().map(|weight| (name, weight)))
            .collect()
    }

    /// Whether the value stands in the user's own file or options, rather than in a preset or nowhere.
    pub(super) fn is_own(&self) -> bool {
        is_own(&self.node.place)
    }
}

fn is_own(place: &Place) -> bool {
    matches!(place.document, Document::File | Document::Set(_))
}

/// Whether a path is the other one or lies inside it.
fn is_inside(path: &str, around: &str) -> bool {
    path.strip_prefix(around)
        .is_some_and(|rest| around.is_empty() || rest.is_empty() || rest.starts_with('.'))
}

/// A path and one that counts from it.
fn join_path(path: &str, within: &str) -> String {
    if path.is_empty() { within.to_string() } else { format!("{path}.{within}") }
}

/// What all builders share: the names of the tiers, the folder of files, and everything noticed.
pub(super) struct Desk<'a> {
    pub(super) problems: Vec<Problem>,
    pub(super) notes: Vec<String>,
    pub(super) warnings: Vec<String>,
    pub(super) files: Vec<Vec<u8>>,
    pub(super) folder: &'a Path,
    /// Where the tree does not fit the format: told already.
    known: &'a [Problem],
    pub(super) tiers: Vec<String>,
    /// Whether the tiers' names are beyond doubt; if not, unknown ones are no news.
    pub(super) sure_of_tiers: bool,
    /// Whether the horizon is the one meant; if not, what lies outside it is no news.
    pub(super) sure_of_horizon: bool,
}

impl<'a> Desk<'a> {
    pub(super) fn new(folder: &'a Path, known: &'a [Problem]) -> Desk<'a> {
        Desk {
            problems: Vec::new(),
            notes: Vec::new(),
            warnings: Vec::new(),
            files: Vec::new(),
            folder,
            known,
            tiers: Vec::new(),
            sure_of_tiers: true,
            sure_of_horizon: true,
        }
    }

    pub(super) fn report(&mut self, view: &View<'_>, message: impl Into<String>, help: impl Into<String>) {
        self.push(Problem::new(&view.path, message, &view.node.place).help(help));
    }

    pub(super) fn complain(&mut self, view: &View<'_>, complaint: Complaint) {
        self.push(Problem::new(&view.path, complaint.message, &view.node.place).maybe_help(complaint.help));
    }

    /// Unless it follows from a known problem: one inside or around it.
    fn push(&mut self, problem: Problem) {
        let related =
            |known: &Problem| is_inside(&problem.path, &known.path) || is_inside(&known.path, &problem.path);
        if !self.known.iter().any(related) {
            self.problems.push(problem);
        }
    }

    /// A problem of the table that comes from these keys of it only: told whatever else is wrong in the table. An unknown key
    /// may be one of them, mistyped.
    pub(super) fn report_from(
        &mut self,
        view: &View<'_>,
        keys: &[&str],
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report_by(view, keys, true, message, help);
    }

    /// The same; where there is no doubt that the keys are the ones meant, an unknown key is another matter.
    pub(super) fn report_by(
        &mut self,
        view: &View<'_>,
        keys: &[&str],
        in_doubt: bool,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let follows = |known: &Problem| {
            let path = |key: &&str| join_path(&view.path, key);
            is_inside(&view.path, &known.path)
                || keys
                    .iter()
                    .map(path)
                    .any(|key| is_inside(&known.path, &key) || is_inside(&key, &known.path))
                || (in_doubt
                    && known.message.starts_with("unknown key")
                    && is_inside(&known.path, &view.path))
        };
        if !self.known.iter().any(follows) {
            self.problems.push(Problem::new(&view.path, message, &view.node.place).help(help));
        }
    }

    pub(super) fn tier_ids(&self) -> impl Iterator<Item = TierId> + use<> {
        (0..self.tiers.len()).map(|index| TierId(index as u8))
    }

    /// The tier called `name`; `None` with a problem if there is none.
    pub(super) fn tier(&mut self, name: &str, view: &View<'_>) -> Option<TierId> {
        let found = self.tiers.iter().position(|tier| tier == name);
        if found.is_none() && self.sure_of_tiers {
            let help = did_you_mean(name, self.tiers.iter().map(String::as_str));
            let help = if is_own(&view.node.place) {
                help
            } else {
                format!("{help}; or switch it off with off = true")
            };
            self.report(view, format!("there is no tier `{name}`"), help);
        }
        found.map(|index| TierId(index as u8))
    }

    /// Tiers listed under `name`; all if the key is left out. Names that a preset brought along and this scenario does
    /// not have are passed over where `lenient`.
    pub(super) fn tiers_listed(
        &mut self,
        table: &View<'_>,
        name: &str,
        lenient: bool,
    ) -> Option<Vec<TierId>> {
        let view = table.get(name)?;
        let mut tiers = Vec::new();
        for item in value::one_or_more(view.node) {
            let Ok(tier) = value::tier_name(item) else { continue };
            if lenient && !view.is_own() && !self.tiers.contains(&tier) {
                continue;
            }
            let item = View { node: item, path: view.path.clone() };
            tiers.extend(self.tier(&tier, &item));
        }
        tiers.sort_unstable();
        tiers.dedup();
        Some(tiers)
    }

    /// One value for each tier that has one: the same for all, or from a table that may leave tiers out.
    pub(super) fn by_some_tiers<T: Clone>(
        &mut self,
        table: &View<'_>,
        name: &str,
        read: impl Fn(&Node) -> Read<T>,
    ) -> Vec<Option<T>> {
        let Some(view) = table.get(name) else { return vec![None; self.tiers.len()] };
        if !view.node.is_table() || law::looks_like_law(view.node) {
            return vec![read(view.node).ok(); self.tiers.len()];
        }
        for (tier, entry) in view.all() {
            if entry.is_own() {
                self.tier(tier, &entry);
            }
        }
        let of = |tier: &String| view.node.get(tier).and_then(|node| read(node).ok());
        self.tiers.iter().map(of).collect()
    }

    /// One value for each tier: the same for all, or from a table by tier.
    pub(super) fn by_tier<T: Clone>(
        &mut self,
        table: &View<'_>,
        name: &str,
        read: impl Fn(&Node) -> Read<T>,
        otherwise: T,
    ) -> Vec<T> {
        let Some(view) = table.get(name) else { return vec![otherwise; self.tiers.len()] };
        if !view.node.is_table() || law::looks_like_law(view.node) {
            return vec![read(view.node).unwrap_or(otherwise); self.tiers.len()];
        }
        for (tier, entry) in view.all() {
            if entry.is_own() {
                self.tier(tier, &entry);
            }
        }
        let tiers = self.tiers.clone();
        let mut values = Vec::with_capacity(tiers.len());
        for tier in &tiers {
            match view.node.get(tier) {
                Some(node) => values.push(read(node).unwrap_or_else(|_| otherwise.clone())),
                None => {
                    values.push(otherwise.clone());
                    self.report(
                        &view,
                        format!("tier `{tier}` is left out"),
                        format!("add {} = …", crate::scenario::tree::key_text(tier)),
                    );
                }
            }
        }
        values
    }
}
