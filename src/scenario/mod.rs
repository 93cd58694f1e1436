//! Scenario files: TOML text in, a checked [`Model`] out, or every problem at once with its line and the way out.
//!
//! Only this module knows TOML. The format is written down once, in `format`; defaults live once, in
//! `scenarios/template.toml`, whose comments give reason and source.

mod blame;
mod build;
mod check;
mod columns;
mod cover_hours;
mod explain;
mod format;
mod hash;
mod inherited;
mod kind;
mod law;
mod levers;
mod look_alike;
mod merge;
mod missing;
mod parse;
mod preset;
mod problem;
mod remarks;
mod reference;
mod schema;
mod set;
mod size;
mod starter;
mod tree;
mod uncertainty;
mod value;

#[cfg(test)]
mod tests;

pub use columns::explain_text;
pub use cover_hours::{CoverHours, cover_text, cut};
pub use explain::{ExplainLine, differing, explain};
pub use inherited::Inherited;
pub use levers::{Cost, Lever, Per};
pub use problem::{Problem, Problems};
pub use reference::reference;
pub use schema::schema;
pub use set::{Set, SetError};
pub use starter::starter;
pub use tree::Origin;
pub use uncertainty::{Belief, Uncertain};

use crate::model::Model;
use std::io::Read;
use std::path::{Path, PathBuf};
use tree::{Document, Node, Value};

/// The largest scenario file, bytes.
const LARGEST: usize = 4 << 20;

/// A scenario: the model, today's model for comparison, and what its author wished for.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// What is simulated.
    pub model: Model,
    /// The scenario as it is today: this file without `--set` changes (or the preset, where `seen_under` says so), with
    /// the buyers of `model`. Decay curves are calibrated on it. Where the file alone is no valid scenario, the model itself.
    pub base: Model,
    /// How the author wants it tried.
    pub study: StudyWishes,
    /// Heading; the file's name if the author gave none.
    pub title: String,
    /// What the scenario is meant to answer.
    pub question: Option<String>,
    /// What its author expects to see.
    pub expect: Option<String>,
    /// The file's name without folder and ending.
    pub name: String,
    /// SHA-256 of the effective values (not of comments, headings or the study table) and of every file they name.
    pub hash: [u8; 32],
    /// Named alternatives.
    pub levers: Vec<Lever>,
    /// Inputs that are not known for sure, and how far off they may be.
    pub uncertainty: Vec<Uncertain>,
    /// Remarks worth showing: how much of a replay falls into the horizon, promises that this desk can never keep.
    pub notes: Vec<String>,
    /// What is probably a mistake, but may be meant: a replay that lies mostly outside of the run.
    pub warnings: Vec<String>,
    /// What came whole from the preset, beside what the file says; `None` without a preset, or where that is nothing.
    pub inherited: Option<Inherited>,
    effective: Node,
    text: String,
    folder: PathBuf,
    shown: String,
    sets: Vec<Set>,
}

/// What a scenario says about how it is tried; the command line goes before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StudyWishes {
    /// Number of trials.
    pub trials: Option<u64>,
    /// Seed of all chance.
    pub seed: Option<u64>,
}

/// Reads a scenario file with changes on top; files it names are looked for in its own folder.
///
/// # Errors
/// Everything wrong with it.
pub fn load(path: &Path, sets: &[Set]) -> Result<Scenario, Problems> {
    let name = path.file_stem().map_or("scenario".to_string(), |stem| stem.to_string_lossy().into_owned());
    let shown = path.display().to_string();
    let alone = |problem: Problem| Problems::new(vec![problem], &shown, "", Vec::new());
    let bytes = read_at_most(path, LARGEST as u64).map_err(|error| alone(unreadable(path, &error)))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        alone(Problem::of_file("is no UTF-8 text").help("save it as plain text with the encoding UTF-8"))
    })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    compose(&text, &name, &shown, folder, sets)
}

/// Reads a file that may be so large; what has no end (a device, a pipe) is given up as soon as it is larger.
fn read_at_most(path: &Path, largest: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(largest + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > largest {
        return Err(std::io::Error::other(format!("the file is larger than {} MB", largest >> 20)));
    }
    Ok(bytes)
}

/// Why a scenario file cannot be read, and what is there instead.
fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    if path.is_dir() {
        return Problem::of_file("is a folder").help("name the scenario file in it");
    }
    let problem = Problem::of_file(format!("cannot be read: {error}"));
    if error.kind() != std::io::ErrorKind::NotFound {
        return problem;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut beside: Vec<String> = std::fs::read_dir(folder)
        .map(|entries| {
            entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
        })
        .unwrap_or_default();
    beside.retain(|name| name.ends_with(".toml"));
    beside.sort();
    let wanted = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    problem.help(match problem::closest(&wanted, beside.iter().map(String::as_str)) {
        Some(guess) => format!("did you mean {}?", path.with_file_name(guess).display()),
        None => "`leadsim init` writes a scenario to start from".to_string(),
    })
}

/// Reads a scenario from text; `name` is its file's name without ending.
///
/// # Errors
/// Everything wrong with it.
pub fn from_text(text: &str, name: &str, folder: &Path, sets: &[Set]) -> Result<Scenario, Problems> {
    compose(text, name, &format!("{name}.toml"), folder, sets)
}

impl Scenario {
    /// The same scenario with further changes, laid over those it already has.
    ///
    /// # Errors
    /// Everything wrong with the changed scenario.
    pub fn with(&self, sets: &[Set]) -> Result<Scenario, Problems> {
        let all: Vec<Set> = self.sets.iter().chain(sets).cloned().collect();
        compose(&self.text, &self.name, &self.shown, &self.folder, &all)
    }

    /// The changes that lie over the file.
    pub fn sets(&self) -> &[Set] {
        &self.sets
    }

    /// The hash in hexadecimal.
    pub fn hash_text(&self) -> String {
        self.hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn compose(text: &str, name: &str, shown: &str, folder: &Path, sets: &[Set]) -> Result<Scenario, Problems> {
    let options: Vec<String> = sets.iter().map(|set| set.text().to_string()).collect();
    let refuse = |list: Vec<Problem>| Problems::new(list, shown, text, options.clone());
    if text.len() > LARGEST {
        return Err(refuse(vec![Problem::of_file("the file is larger than 4 MB")]));
    }
    let file = parse::parse(text, Document::File).map_err(refuse)?;
    if file.entries().is_empty() {
        let empty = Problem::of_file("says nothing").help("`leadsim init` writes a scenario to start from");
        return Err(refuse(vec![empty]));
    }
    let (tree, mut problems) = effective(&file, sets);
    problems.extend(look_alike::problems(&tree));
    let levers = levers::levers(&tree, &mut problems);
    let uncertainty = uncertainty::read(&tree, &mut problems);
    let built = build::build(&tree, name, folder, &problems);
    let built = match built {
        Ok(built) if problems.is_empty() => built,
        Ok(_) => return Err(refuse(problems)),
        Err(more) => {
            problems.extend(blame::blame(more, &file, sets, |file, sets| wrong(file, sets, name, folder)));
            return Err(refuse(problems));
        }
    };
    let base = base(&file, &tree, sets, name, folder).map_err(refuse)?;
    let read = |key: &str| tree.get(key).and_then(|node| value::text(node).ok()).map(str::to_string);
    let mut notes = built.notes;
    notes.extend(remarks::remarks(&built.model));
    let mut warnings = built.warnings;
    warnings.extend(look_alike::warnings(&tree));
    Ok(Scenario {
        base: base.unwrap_or_else(|| built.model.clone()),
        study: wishes(&tree),
        title: read("title").unwrap_or_else(|| name.to_string()),
        question: read("question"),
        expect: read("expect"),
        name: name.to_string(),
        hash: hash::hash(&tree, &built.files),
        inherited: inherited::inherited(&file, &tree),
        levers,
        uncertainty,
        notes,
        warnings,
        model: built.model,
        effective: tree,
        text: text.to_string(),
        folder: folder.to_path_buf(),
        shown: shown.to_string(),
        sets: sets.to_vec(),
    })
}

/// The whole tree (file over preset, changes over both, what is off taken out, filled with defaults) and where it does
/// not fit the format.
fn effective(file: &Node, sets: &[Set]) -> (Node, Vec<Problem>) {
    let mut tree = file.clone();
    merge::normalise(&mut tree);
    // a preset whose name is mistyped is told below; without it all its tables would seem to be missing too
    if tree.get("preset").is_some() {
        tree = merge::overlay(preset::under(&tree), tree);
    }
    let mut problems = Vec::new();
    for (index, set) in sets.iter().enumerate() {
        problems.extend(set.apply(&mut tree, index).err().map(|problem| *problem));
    }
    merge::normalise(&mut tree);
    preset::forget_what_is_stale(&mut tree);
    merge::exempt_tiers(&mut tree);
    merge::take_out_what_is_off(&mut tree);
    problems.extend(check::check(&tree));
    (merge::filled(&tree), problems)
}

/// Everything wrong with a file under these changes.
fn wrong(file: &Node, sets: &[Set], name: &str, folder: &Path) -> Vec<Problem> {
    let (tree, mut problems) = effective(file, sets);
    problems.extend(build::build(&tree, name, folder, &problems).err().unwrap_or_default());
    problems
}

/// Today's model, where it differs from the scenario's own.
fn base(
    file: &Node,
    tree: &Node,
    sets: &[Set],
    name: &str,
    folder: &Path,
) -> Result<Option<Model>, Vec<Problem>> {
    let decay = tree.get("buyers").and_then(|buyers| buyers.get("decay"));
    let seen_under = decay.and_then(|decay| decay.get("seen_under"));
    let under_preset = seen_under.is_some_and(|node| node.value == Value::Text("preset".to_string()));
    if sets.is_empty() && !under_preset {
        return Ok(None);
    }
    let (mut today, problems) =
        if under_preset { (merge::filled(merge::template()), Vec::new()) } else { effective(file, &[]) };
    if !problems.is_empty() {
        return Ok(None);
    }
    let buyers = tree.entry("buyers").cloned();
    match (buyers, today.entries_mut()) {
        (Some(buyers), _) => merge::put(&mut today, buyers),
        (None, Some(entries)) => entries.retain(|entry| entry.name != "buyers"),
        (None, None) => {}
    }
    match build::build(&today, name, folder, &[]) {
        Ok(built) => Ok(Some(built.model)),
        // Rates seen under another team's response times need that team; guessing it would be wrong.
        Err(_) if under_preset => {
            let node = seen_under.unwrap_or(tree);
            let problem = Problem::new(
                "buyers.decay.seen_under",
                "these buyers do not fit the preset's tiers and segments",
                &node.place,
            );
            Err(vec![problem.help("write seen_under = \"this\"")])
        }
        Err(_) => Ok(None),
    }
}

fn wishes(tree: &Node) -> StudyWishes {
    let study = tree.get("study");
    let read = |key: &str| match study.and_then(|study| study.get(key)).map(|node| &node.value) {
        Some(Value::Whole(number)) => u64::try_from(*number).ok(),
        _ => None,
    };
    StudyWishes { trials: read("trials"), seed: read("seed") }
}
