//! The sizes that were tried for machines: CSV and JSON.

use super::SizePage;
use crate::plan::first_guess::How;
use crate::plan::size::{Decision, Tried};
use crate::report::tables::written;
use crate::report::tried;
use crate::stats::Estimate;

/// The table as CSV.
pub fn size_table(page: &SizePage<'_>) -> Vec<u8> {
    let head = [page.over, "reps", "hours_a_week", "team_cost"];
    let head = head.into_iter().chain(tried::JUDGED).chain(tried::FRESH).map(str::to_owned);
    let rows = page.size.tried.iter().map(|tried| {
        let mut row = vec![
            tried.value.clone(),
            tried.reps.to_string(),
            tried.hours_a_week.to_string(),
            tried::number(tried.team_cost),
        ];
        row.extend(tried::judged(tried));
        row.extend(tried::fresh(tried));
        row
    });
    written(std::iter::once(head.collect()).chain(rows))
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
    ran_out: bool,
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
        ran_out: size.ran_out,
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
