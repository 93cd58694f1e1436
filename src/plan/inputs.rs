//! What two scenarios say differently: every value that is not the same, side by side.

use crate::scenario::{ExplainLine, Scenario, explain};
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
        // a table that is off here and written out there is told by its values
        let is_written_out = theirs.is_none() && is_off(line) && has_parts(other, &line.path);
        if theirs.as_ref() != Some(&line.value) && !is_written_out {
            let theirs = theirs.or_else(|| off_above(other, &line.path));
            inputs.push(Input { path: line.path.clone(), base: Some(line.value.clone()), other: theirs });
        }
    }
    for line in other.iter().filter(|line| of(base, &line.path).is_none()) {
        if !(is_off(line) && has_parts(base, &line.path)) {
            let mine = off_above(base, &line.path);
            inputs.push(Input { path: line.path.clone(), base: mine, other: Some(line.value.clone()) });
        }
    }
    inputs
}

fn is_off(line: &ExplainLine) -> bool {
    line.value == "off" || line.value.starts_with("off:")
}

fn has_parts(lines: &[ExplainLine], path: &str) -> bool {
    lines.iter().any(|line| line.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
}

/// "off" where a table around the path is off.
fn off_above(lines: &[ExplainLine], path: &str) -> Option<String> {
    let is_around =
        |line: &&ExplainLine| path.strip_prefix(&line.path).is_some_and(|rest| rest.starts_with('.'));
    lines.iter().filter(is_around).any(is_off).then(|| "off".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Origin;

    fn line(path: &str, value: &str) -> ExplainLine {
        ExplainLine {
            path: path.into(),
            value: value.into(),
            origin: Origin::Default,
            source: None,
            effective: true,
        }
    }

    #[test]
    fn changed_added_and_removed_are_told_once() {
        let base = [line("a", "1"), line("b", "2"), line("c.d", "3"), line("e", "off: nobody")];
        let other =
            [line("a", "1"), line("b", "5"), line("c", "off: none"), line("e.f", "4"), line("g", "6")];
        let told: Vec<(String, Option<String>, Option<String>)> =
            between(&base, &other).into_iter().map(|input| (input.path, input.base, input.other)).collect();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            told,
            [
                ("b".into(), some("2"), some("5")),
                ("c.d".into(), some("3"), some("off")),
                ("e.f".into(), some("off"), some("4")),
                ("g".into(), None, some("6")),
            ]
        );
    }
}
