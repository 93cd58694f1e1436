//! The smallest team as data: every size with its share, interval and decision, as CSV and for machines.

use super::sizing::{SizePage, verdict};
use super::tables::written;
use crate::plan::first_guess::How;
use crate::plan::size::{Decision, Tried};
use crate::stats::Estimate;

/// The table as CSV.
pub fn size_table(page: &SizePage<'_>) -> Vec<u8> {
    let head = [
        page.over,
        "reps",
        "hours_a_week",
        "team_cost",
        "held",
        "trials",
        "holds",
        "holds_low",
        "holds_high",
        "decision",
        "fresh_holds",
        "fresh_low",
        "fresh_high",
    ];
    let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    let rows = page.size.tried.iter().map(|tried| {
        let again = tried.confirmed;
        vec![
            tried.value.clone(),
            tried.reps.to_string(),
            tried.hours_a_week.to_string(),
            number(tried.team_cost),
            tried.held.0.to_string(),
            tried.held.1.to_string(),
            tried.holds.value.to_string(),
            number(tried.holds.low),
            number(tried.holds.high),
            verdict(tried).into(),
            number(again.map(|e| e.value)),
            number(again.and_then(|e| e.low)),
            number(again.and_then(|e| e.high)),
        ]
    });
    written(std::iter::once(head.map(str::to_owned).to_vec()).chain(rows))
}

/// The answer for machines: every size with its share and interval.
#[derive(Debug, serde::Serialize)]
pub struct SizeDocument {
    format: &'static str,
    scenario: String,
    over: String,
    clauses: Vec<String>,
    probability: f64,
    margin: f64,
    error: f64,
    seed: u64,
    trials: u64,
    stopped: bool,
    /// The smallest size that is enough, as written; none if no size tried is.
    smallest: Option<String>,
    /// Fresh luck speaks against it.
    contradicted: bool,
    not_monotone: bool,
    began: BeganRow,
    sizes: Vec<SizeRow>,
}

/// Where the search began, and what was reckoned for that; it decides nothing.
#[derive(Debug, serde::Serialize)]
struct BeganRow {
    value: String,
    by: How,
    busiest_hour_rep_hours: Option<f64>,
    share_of_shift_for_leads: Option<f64>,
}

#[derive(Debug, serde::Serialize)]
struct SizeRow {
    value: String,
    reps: u64,
    hours_a_week: f64,
    team_cost: Option<f64>,
    held: u64,
    trials: u64,
    holds: f64,
    low: Option<f64>,
    high: Option<f64>,
    decision: Decision,
    fresh: Option<Estimate>,
}

/// The document of the page.
pub fn size_document(page: &SizePage<'_>) -> SizeDocument {
    let (size, wanted) = (page.size, page.wanted);
    let ids = wanted.commitments.iter().map(|&i| page.model.agreement.commitments[i].id.clone());
    let row = |tried: &Tried| SizeRow {
        value: tried.value.clone(),
        reps: tried.reps,
        hours_a_week: tried.hours_a_week,
        team_cost: tried.team_cost,
        held: tried.held.0,
        trials: tried.held.1,
        holds: tried.holds.value,
        low: tried.holds.low,
        high: tried.holds.high,
        decision: tried.decision,
        fresh: tried.confirmed,
    };
    let reckoned = matches!(page.began.how, How::ErlangC | How::DeskTime);
    SizeDocument {
        format: "leadsim size 1",
        scenario: page.name.to_owned(),
        over: page.over.to_owned(),
        clauses: ids.collect(),
        probability: wanted.probability,
        margin: wanted.margin,
        error: wanted.error,
        seed: wanted.seed,
        trials: size.trials,
        stopped: size.stopped,
        smallest: size.answer().map(|answer| answer.value.clone()),
        contradicted: size.contradicted(wanted.probability),
        not_monotone: size.not_monotone,
        began: BeganRow {
            value: page.began_at.to_owned(),
            by: page.began.how,
            busiest_hour_rep_hours: reckoned.then_some(page.began.busiest),
            share_of_shift_for_leads: reckoned.then_some(page.began.at_desk),
        },
        sizes: size.tried.iter().map(row).collect(),
    }
}
