//! What two scenarios say differently: every value that is not the same, side by side.

use crate::scenario::{ExplainLine, Origin, Scenario, explain};
use serde::Serialize;

/// Parts of a scenario that change nothing that is played.
const SAYS_NOTHING: [&str; 8] =
    ["format", "preset", "title", "question", "expect", "study", "levers", "uncertainty"];

/// One value that differs; `None` where a scenario does not have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Input {
    /// The path that `--set` takes: "team.reps.count".
    pub path: String,
    /// In the base.
    pub base: Option<String>,
    /// In the other.
    pub other: Option<String>,
}

/// Every value that differs, in the order of the base, then what the other alone has.
pub fn inputs(base: &Scenario, other: &Scenario) -> Vec<Input> {
    between(&told(base), &told(other))
}

/// What a scenario says about what is played.
fn told(scenario: &Scenario) -> Vec<ExplainLine> {
    let says = |line: &ExplainLine| !SAYS_NOTHING.contains(&line.path.split('.').next().unwrap_or(""));
    explain(scenario).into_iter().filter(says).collect()
}

fn between(base: &[ExplainLine], other: &[ExplainLine]) -> Vec<Input> {
    let of = |lines: &[ExplainLine], path: &str| {
        lines.iter().find(|line| line.path == path).map(|line| line.value.clone())
    };
    let mut inputs = Vec::new();
    for line in base {
        let theirs = of(other, &line.path);
        // a table that only a default speaks of here, and is written out there, is told by its values
        let is_written_out = theirs.is_none() && is_default(line) && has_parts(other, &line.path);
        if theirs.as_ref() != Some(&line.value) && !is_written_out {
            let theirs = theirs.or_else(|| above(other, &line.path));
            inputs.push(Input { path: line.path.clone(), base: Some(line.value.clone()), other: theirs });
        }
    }
    for line in other.iter().filter(|line| of(base, &line.path).is_none()) {
        if !(is_default(line) && has_parts(base, &line.path)) {
            let mine = above(base, &line.path);
            inputs.push(Input { path: line.path.clone(), base: mine, other: Some(line.value.clone()) });
        }
    }
    inputs
}

fn is_default(line: &ExplainLine) -> bool {
    line.origin == Origin::Default && !line.effective
}

fn has_parts(lines: &[ExplainLine], path: &str) -> bool {
    lines.iter().any(|line| line.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
}

/// What holds of a table around the path that is not written out.
fn above(lines: &[ExplainLine], path: &str) -> Option<String> {
    let is_around =
        |line: &&ExplainLine| path.strip_prefix(&line.path).is_some_and(|rest| rest.starts_with('.'));
    lines.iter().filter(is_around).find(|line| is_default(line)).map(|line| line.value.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(path: &str, value: &str) -> ExplainLine {
        let effective = !value.starts_with("off") && !value.starts_with("as in");
        let origin = if effective { Origin::Set } else { Origin::Default };
        ExplainLine { path: path.into(), value: value.into(), origin, source: None, effective }
    }

    #[test]
    fn changed_added_and_removed_are_told_once() {
        let base = [line("a", "1"), line("b", "2"), line("c.d", "3"), line("e", "as in [x]")];
        let other =
            [line("a", "1"), line("b", "5"), line("c", "off: none"), line("e.f", "4"), line("g", "6")];
        let told: Vec<(String, Option<String>, Option<String>)> =
            between(&base, &other).into_iter().map(|input| (input.path, input.base, input.other)).collect();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            told,
            [
                ("b".into(), some("2"), some("5")),
                ("c.d".into(), some("3"), some("off: none")),
                ("e.f".into(), some("as in [x]"), some("4")),
                ("g".into(), None, some("6")),
            ]
        );
    }
}
