//! Who translates which case: from the family of a case to the scenarios that answer it.

mod formulas;
mod queue;

use crate::case::Case;
use crate::plan::Plan;

/// What can be done with a case of kind `simulate`.
pub enum Translated {
    /// It runs: one plan or several.
    Plans(Vec<Plan>),
    /// It does not, and why.
    Skipped(String),
}

/// Translates a case into scenarios.
pub fn translate(case: &Case) -> Translated {
    let family = case.family.as_str();
    let plans = match family {
        _ if family.starts_with("M/M/c (Erlang C)") => queue::plans(case),
        _ if family.starts_with("M/D/") || family == "M/G/1" || family.starts_with("M/G/c") => queue::plans(case),
        _ if family.starts_with("GI/M/c") || family.starts_with("batch arrivals") => queue::plans(case),
        _ if family.contains("non-preemptive priority") && !family.contains("+M") => queue::plans(case),
        _ => Err("no translation yet".to_string()),
    };
    match plans {
        Ok(plans) => Translated::Plans(plans),
        Err(reason) => Translated::Skipped(reason),
    }
}
