//! The inputs a reader must know: those that the scenario or an option says otherwise than the template.

use super::Input;
use crate::report::directions::meant;
use crate::report::wording::plain;
use crate::scenario::{ExplainLine, Origin, Scenario, differing};

/// Inputs that the user's file or an option gives, but for those whose value is the template's own.
pub fn own_inputs(scenario: &Scenario) -> Vec<Input> {
    let origin = |origin: &Origin| match origin {
        Origin::File { line } => format!("your file, line {line}"),
        other => other.to_string(),
    };
    let lines = differing(scenario).into_iter();
    let input = |line: ExplainLine| Input {
        origin: origin(&line.origin),
        value: plain(&meant(&line.path, &line.value)),
        path: line.path,
    };
    lines.map(input).collect()
}
