//! The price list of `fix`: every lever, what it is, and what it costs.

use super::FixPage;
use crate::report::directions::meant_by;
use crate::report::wording::{TrialWord, thousands};
use crate::scenario::Cost;
/// Dollars in full: "$12,600".
pub(super) fn money_exactly(dollars: f64) -> String {
    let sign = if dollars < -0.5 { "−" } else { "" };
    format!("{sign}${}", thousands(dollars.abs().round() as u64))
}

/// The price list itself.
pub(in crate::report) fn prices(page: &FixPage<'_>, trial: &TrialWord) -> Vec<Vec<String>> {
    let mut rows =
        vec![vec!["LEVER".into(), "WHAT IT IS".into(), format!("PRICE A {}", trial.short.to_uppercase())]];
    for (place, lever) in page.list.levers.iter().enumerate() {
        let alone = page.list.sets.iter().find(|set| set.levers == [place]);
        let cost = match (lever.cost, alone) {
            (None, _) => "free, none is written".into(),
            (Some(Cost::AsPaid), Some(alone)) => format!("{}, as paid", money_exactly(alone.cost)),
            (Some(Cost::AsPaid), None) => "as paid, dearer than asked".into(),
            (Some(Cost::Dollars(dollars, per)), _) => money_exactly(dollars * per.over(&page.model.horizon)),
        };
        let what = match meant_by(&lever.sets) {
            Some(meaning) => format!("{} ({meaning})", lever.label()),
            None => lever.label(),
        };
        rows.push(vec![lever.name.clone(), what, cost]);
    }
    rows
}
