//! Where a contradiction is shown: at the change that made it, not at the values of the template or the file that it contradicts.

use super::problem::Problem;
use super::set::Set;
use super::tree::{Document, Node, Place};

/// So many lines of a file are taken out in turn to find the one to blame; more would make an error slow.
const MOST_TRIED: usize = 60;

/// Moves each problem to the option, or else to the line of the file, without which it would not be there.
/// `problems_of` is everything wrong with a file under some of its options.
pub(super) fn blame(
    problems: Vec<Problem>,
    file: &Node,
    sets: &[Set],
    problems_of: impl Fn(&Node, &[Set]) -> Vec<Problem>,
) -> Vec<Problem> {
    let elsewhere = |problem: &Problem| {
        let place = problem.place();
        let of_template = !matches!(place.document, Document::File | Document::Set(_));
        of_template || (place.document == Document::File && !sets.is_empty())
    };
    if !problems.iter().any(elsewhere) {
        return problems;
    }
    let under: Vec<Vec<Problem>> = (0..sets.len()).map(|count| problems_of(file, &sets[..count])).collect();
    let mut tried: Option<Vec<(Place, Vec<Problem>)>> = None;
    let found = problems.into_iter().map(|problem| {
        if !elsewhere(&problem) {
            return problem;
        }
        // the option with which it begins
        if let Some(first) =
            under.iter().rposition(|before| !before.iter().any(|other| other.is_same(&problem)))
        {
            let span = 0..sets[first].text().len();
            return problem.moved(Place { document: Document::Set(first), span, line: 1 });
        }
        if matches!(problem.place().document, Document::File) {
            return problem;
        }
        let tried = tried.get_or_insert_with(|| without_each_line(file, sets, &problems_of));
        let culprit = tried.iter().find(|(_, left)| !left.iter().any(|other| other.is_same(&problem)));
        match culprit {
            Some((place, _)) => problem.moved(place.clone()),
            None => problem,
        }
    });
    found.collect()
}

/// What is wrong with the file when one line of it is left out, for each line.
fn without_each_line(
    file: &Node,
    sets: &[Set],
    problems_of: impl Fn(&Node, &[Set]) -> Vec<Problem>,
) -> Vec<(Place, Vec<Problem>)> {
    let mut lines = Vec::new();
    leaves(file, &mut Vec::new(), &mut lines);
    let whole = |path: &[String]| matches!(path, [only] if only == "preset" || only == "format");
    lines.retain(|(path, _)| !whole(path));
    lines
        .into_iter()
        .take(MOST_TRIED)
        .map(|(path, place)| {
            let mut less = file.clone();
            take_out(&mut less, &path);
            (place, problems_of(&less, sets))
        })
        .collect()
}

fn leaves(node: &Node, path: &mut Vec<String>, found: &mut Vec<(Vec<String>, Place)>) {
    for entry in node.entries() {
        path.push(entry.name.clone());
        if entry.node.entries().is_empty() {
            found.push((path.clone(), entry.node.place.clone()));
        } else {
            leaves(&entry.node, path, found);
        }
        path.pop();
    }
}

fn take_out(node: &mut Node, path: &[String]) {
    let [name, rest @ ..] = path else { return };
    let Some(entries) = node.entries_mut() else { return };
    if rest.is_empty() {
        entries.retain(|entry| entry.name != *name);
    } else if let Some(entry) = entries.iter_mut().find(|entry| entry.name == *name) {
        take_out(&mut entry.node, rest);
    }
}
