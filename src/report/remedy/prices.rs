//! What a search for the cheapest fix could buy: the price list, what counts as free, and which sets it does not cover.

use super::FixPage;
use crate::report::directions::meant_by;
use crate::report::wording::{TrialWord, list, plural, thousands};
use crate::scenario::Cost;

/// What the search does not cover, and what counts as free.
pub(in crate::report) fn what_was_left_out(page: &FixPage<'_>, trial: &TrialWord) -> Option<String> {
    let list_of = page.list;
    let mut parts = Vec::new();
    let free: Vec<String> =
        list_of.levers.iter().filter(|lever| lever.cost.is_none()).map(|lever| lever.label()).collect();
    if !free.is_empty() {
        parts.push(format!("No price is written for {}: free.", list(&free)));
    }
    let pairs: Vec<String> = list_of
        .alternatives
        .iter()
        .map(|pair| {
            let (a, b) = pair.levers;
            let names = format!("{} and {}", list_of.levers[a].name, list_of.levers[b].name);
            pair.path.as_ref().map_or(names.clone(), |path| format!("{names} (both write {path})"))
        })
        .collect();
    if !pairs.is_empty() {
        parts.push(format!("Never pulled together: {}.", pairs.join(", ")));
    }
    for refused in &list_of.refused {
        let names: Vec<&str> = refused.levers.iter().map(|&l| list_of.levers[l].name.as_str()).collect();
        parts.push(format!("The scenario refuses {} together: {}.", names.join(" and "), refused.why));
    }
    if let Some(together) = list_of.together {
        parts.push(format!(
            "Sets of more than {} were not tried.",
            plural(together as u64, "lever", "levers")
        ));
    }
    if list_of.too_dear > 0 {
        let sets = plural(list_of.too_dear as u64, "set costs", "sets cost");
        parts.push(format!("{sets} more a {} than asked for and were not tried.", trial.short));
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

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
