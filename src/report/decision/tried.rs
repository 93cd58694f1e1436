//! A size or a cover that was tried, in the columns that the pages of both share.

use super::table::{Cell, Kind, Measure, Table};
use super::{Tone, capital};
use crate::plan::size::{Decision, Tried};
use crate::report::sizing;
use crate::report::wording::TrialWord;
use crate::stats::Estimate;

/// Adds the columns, from the cost of the team to what fresh luck says; intervals hold at `searched` and `level`.
pub(super) fn columns(table: Table, trial: &TrialWord, searched: &str, level: &str) -> Table {
    table
        .column(format!("Team cost a {}", trial.short), Kind::Figure(Measure::Money))
        .hidden("Held", Kind::Figure(Measure::Number(0)))
        .column(format!("{}s played", capital(trial.short)), Kind::Figure(Measure::Number(0)))
        .column(format!("Holds, of {}s", trial.short), Kind::Figure(Measure::Percent(1)))
        .column(format!("{searched} interval"), Kind::Range(Measure::Percent(1)))
        .column("Verdict", Kind::Words)
        .column("With fresh luck", Kind::Figure(Measure::Percent(1)))
        .column(format!("{level} interval"), Kind::Range(Measure::Percent(1)))
}

/// What stands in them.
pub(super) fn cells(tried: &Tried, is_answer: bool) -> [Cell; 8] {
    let verdict = if is_answer { "the answer" } else { sizing::verdict(tried) };
    [
        Cell::figure(tried.team_cost),
        Cell::Figure(tried.held.0 as f64),
        Cell::Figure(tried.held.1 as f64),
        Cell::Figure(tried.holds.value),
        Cell::range(ends(&tried.holds)),
        Cell::Toned(verdict.into(), tone(tried.decision)),
        Cell::figure(tried.confirmed.map(|again| again.value)),
        Cell::range(tried.confirmed.as_ref().and_then(ends)),
    ]
}

/// Whether it is good news that something is decided so.
pub(super) fn tone(decision: Decision) -> Tone {
    match decision {
        Decision::Enough => Tone::Good,
        Decision::TooFew => Tone::Bad,
        Decision::CannotTell => Tone::Unsure,
    }
}

/// The whole interval of the search, open or not.
pub(super) fn ends(estimate: &Estimate) -> Option<(f64, f64)> {
    estimate.low.zip(estimate.high)
}
