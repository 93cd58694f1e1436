//! A comparison under a second decay curve in words: what its money comes to there, and whether the recommendation changes.

use super::comparison::ComparisonPage;
use super::comparison_words::{Scaled, more_is_better};
use super::wording::{list, plain, whole_percent};
use crate::plan::compare_curves::{Change, OtherCurve, Played};
use crate::plan::differences::Difference;
use serde::Serialize;

/// Alternatives whose money is told one by one; the rest stands in comparison.json.
const MOST_TOLD: usize = 3;

/// What the second curve says; none where speed has no effect on deals.
pub(super) fn sentence(page: &ComparisonPage<'_>) -> Option<String> {
    match page.other? {
        OtherCurve::Refused { curve: Some(curve), why } => {
            Some(format!("Whether the money stands under the decay curve \"{curve}\" cannot be said: {why}."))
        }
        OtherCurve::Refused { curve: None, why } => {
            Some(format!("Money stands under one decay curve only: {why}."))
        }
        OtherCurve::Played(played) => told(page, played),
    }
}

fn told(page: &ComparisonPage<'_>, played: &Played) -> Option<String> {
    let others = &page.comparison.others;
    let of = |(versus, gains): (&crate::plan::compare::Versus, &crate::plan::compare_curves::Gains)| {
        let money = gains.measures.iter().filter(|(own, _)| own.finding.commitment.is_none());
        let parts: Vec<String> = money.map(|(own, other)| both(page, own, other)).collect();
        (!parts.is_empty()).then(|| format!("{} brings {}", versus.name, list(&parts)))
    };
    let all: Vec<String> = others.iter().zip(&played.gains).filter_map(of).collect();
    if all.is_empty() {
        return None;
    }
    let more = match all.len().checked_sub(MOST_TOLD) {
        Some(more) if more > 0 => format!("; {more} more in comparison.json"),
        _ => String::new(),
    };
    let moved = played.moved_to_contact.map_or(String::new(), |share| {
        format!(", possible only with {}\u{a0}% of its effect on contact", whole_percent(share))
    });
    Some(format!(
        "Under the decay curve \"{}\" instead of \"{}\"{moved} (first {}, the same leads) {}{more}: {}.",
        played.curve,
        played.own,
        page.trial().count(played.trials),
        all[..all.len().min(MOST_TOLD)].join("; "),
        verdict(page, played)
    ))
}

/// How sure the intervals under the second curve are: they are not among those that hold together.
pub(super) fn beside_the_others(page: &ComparisonPage<'_>) -> String {
    let Some(OtherCurve::Played(played)) = page.other else { return String::new() };
    let mut all = played.gains.iter().flat_map(|gains| &gains.measures).map(|(_, other)| other.difference);
    all.find(|other| other.shown().is_some()).map_or(String::new(), |other| {
        format!(
            " Intervals under the second decay curve stand beside them, at {} each.",
            super::comparison::finely(other.level)
        )
    })
}

/// "+3.1 opportunities (2.0 to 4.2) instead of +2.2".
fn both(page: &ComparisonPage<'_>, own: &Difference, other: &Difference) -> String {
    let scaled = Scaled::of(own.finding.unit, own.difference);
    let there = Scaled::of(other.finding.unit, other.difference);
    let ends =
        other.difference.shown().map_or(String::new(), |_| format!(" ({})", there.ends(other.difference)));
    format!(
        "{} {}{ends} instead of {}",
        there.with_unit(other.difference.value),
        page.measure(own),
        scaled.with_unit(own.difference.value)
    )
}

fn verdict(page: &ComparisonPage<'_>, played: &Played) -> String {
    let name = |place: &usize| page.comparison.others[*place].name.clone();
    let said = |change: &Change| match change {
        Change::Turned(place, measure) => {
            let gains = &played.gains[*place].measures;
            let found = gains.iter().find(|(own, _)| own.finding.measure == *measure);
            let what = found.map_or((*measure).to_owned(), |(own, _)| page.measure(own));
            let better = found.is_some_and(|(_, other)| {
                more_is_better(measure).unwrap_or(true) == (other.difference.value > 0.0)
            });
            let word = if better { "better" } else { "worse" };
            format!("{} is then {word} than {} in {what}", name(place), page.comparison.base)
        }
        Change::Best(own, other) => {
            format!("{} then brings most opportunities, not {}", name(other), name(own))
        }
    };
    match played.recommendation_changes() {
        None => "whether the recommendation changes cannot be told, as neither curve is sure of any money; more --trials tell".into(),
        Some(false) => "the recommendation does not change".into(),
        Some(true) => {
            let changes: Vec<String> = played.changes.iter().map(said).collect();
            format!("the recommendation changes: {}", list(&changes))
        }
    }
}

/// The second curve as it stands in comparison.json.
#[derive(Debug, Serialize)]
pub(super) struct OtherCurveRows {
    own: Option<String>,
    curve: Option<String>,
    refused: Option<String>,
    moved_to_contact: Option<f64>,
    trials: u64,
    recommendation_changes: Option<bool>,
    answer: Option<String>,
    differences: Vec<OtherCurveRow>,
}

#[derive(Debug, Serialize)]
struct OtherCurveRow {
    alternative: String,
    measure: &'static str,
    commitment: Option<String>,
    difference: f64,
    low: Option<f64>,
    high: Option<f64>,
    level: f64,
    moves: bool,
    difference_under_own: f64,
}

/// The rows of the document.
pub(super) fn rows(page: &ComparisonPage<'_>) -> Option<OtherCurveRows> {
    let answer = sentence(page).map(|words| plain(&words));
    let empty = OtherCurveRows {
        own: None,
        curve: None,
        refused: None,
        moved_to_contact: None,
        trials: 0,
        recommendation_changes: None,
        answer,
        differences: Vec::new(),
    };
    Some(match page.other? {
        OtherCurve::Refused { curve, why } => {
            OtherCurveRows { curve: curve.clone(), refused: Some(why.clone()), ..empty }
        }
        OtherCurve::Played(played) => OtherCurveRows {
            own: Some(played.own.clone()),
            curve: Some(played.curve.clone()),
            moved_to_contact: played.moved_to_contact,
            trials: played.trials,
            recommendation_changes: played.recommendation_changes(),
            differences: differences(page, played),
            ..empty
        },
    })
}

fn differences(page: &ComparisonPage<'_>, played: &Played) -> Vec<OtherCurveRow> {
    let all = page.comparison.others.iter().zip(&played.gains);
    let of = |name: &str, own: &Difference, other: &Difference| OtherCurveRow {
        alternative: name.to_owned(),
        measure: own.finding.measure,
        commitment: own.finding.commitment.clone(),
        difference: other.difference.value,
        low: other.difference.shown().map(|ends| ends.0),
        high: other.difference.shown().map(|ends| ends.1),
        level: other.difference.level,
        moves: other.moved,
        difference_under_own: own.difference.value,
    };
    all.flat_map(|(versus, gains)| gains.measures.iter().map(|(own, other)| of(&versus.name, own, other)))
        .collect()
}
