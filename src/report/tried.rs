//! A size or a cover that was tried, in the columns that the tables of both share.

use super::sizing::verdict;
use crate::plan::size::Tried;

/// Columns of what the search says of it.
pub(super) const JUDGED: [&str; 6] = ["held", "trials", "holds", "holds_low", "holds_high", "decision"];

/// Columns of what fresh luck says of it.
pub(super) const FRESH: [&str; 3] = ["fresh_holds", "fresh_low", "fresh_high"];

/// A number as CSV has it; empty where there is none.
pub(super) fn number(value: Option<f64>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

/// The columns of [`JUDGED`].
pub(super) fn judged(tried: &Tried) -> [String; 6] {
    [
        tried.held.0.to_string(),
        tried.held.1.to_string(),
        tried.holds.value.to_string(),
        number(tried.holds.low),
        number(tried.holds.high),
        verdict(tried).into(),
    ]
}

/// The columns of [`FRESH`].
pub(super) fn fresh(tried: &Tried) -> [String; 3] {
    let again = tried.confirmed;
    [
        number(again.map(|fresh| fresh.value)),
        number(again.and_then(|fresh| fresh.low)),
        number(again.and_then(|fresh| fresh.high)),
    ]
}
