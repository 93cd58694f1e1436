//! The least cover for machines: its parts and every cover judged, as CSV and as JSON.

use super::covering::{CoverPage, verdict};
use super::tables::{owned, written};
use super::tried::{self, number};
use crate::plan::cover_desk::Judged;
use crate::plan::size::Decision;
use crate::scenario::cover_text;
use crate::stats::Estimate;

/// The tables of the folder: the parts of the cover, and the covers judged.
pub fn cover_tables(page: &CoverPage<'_>) -> Vec<(&'static str, Vec<u8>)> {
    vec![("cover.csv", parts(page)), ("covers.csv", covers(page))]
}

fn parts(page: &CoverPage<'_>) -> Vec<u8> {
    let head = [
        "cover",
        "hours_a_week",
        "today",
        "least",
        "fewer_held",
        "fewer_trials",
        "fewer_holds",
        "fewer_low",
        "fewer_high",
        "fewer_decision",
    ];
    let rows = page.parts().into_iter().map(|part| {
        let tried = part.fewer.map(|fewer| &fewer.tried);
        vec![
            part.hours.to_owned(),
            part.long.to_string(),
            part.today.to_string(),
            part.least.map_or(String::new(), |least| least.to_string()),
            tried.map_or(String::new(), |tried| tried.held.0.to_string()),
            tried.map_or(String::new(), |tried| tried.held.1.to_string()),
            number(tried.map(|tried| tried.holds.value)),
            number(tried.and_then(|tried| tried.holds.low)),
            number(tried.and_then(|tried| tried.holds.high)),
            verdict(&part).to_owned(),
        ]
    });
    written(std::iter::once(owned(&head)).chain(rows))
}

fn covers(page: &CoverPage<'_>) -> Vec<u8> {
    let head = ["cover", "rep_hours_a_week", "paid_hours_a_week", "team_cost"];
    let head = head.into_iter().chain(tried::JUDGED).chain(["least"]).chain(tried::FRESH);
    let head: Vec<&str> = head.collect();
    let rows = page.found.judged.iter().enumerate().map(|(place, judged)| {
        let its = &judged.tried;
        let mut row = vec![
            its.value.clone(),
            judged.rep_hours.to_string(),
            its.hours_a_week.to_string(),
            number(its.team_cost),
        ];
        row.extend(tried::judged(its));
        row.push((page.found.least == Some(place)).to_string());
        row.extend(tried::fresh(its));
        row
    });
    written(std::iter::once(owned(&head)).chain(rows))
}

/// The answer for machines: the cover, its parts and every cover judged.
#[derive(Debug, serde::Serialize)]
pub struct CoverDocument {
    format: &'static str,
    scenario: String,
    group: String,
    clauses: Vec<String>,
    probability: f64,
    margin: f64,
    error: f64,
    seed: u64,
    trials: u64,
    look_trials: u64,
    /// Whether quick looks ran out before the search was through.
    looks_spent: bool,
    /// Covers that could be judged at most, and whether that many were before the search was through.
    covers_at_most: usize,
    spent: bool,
    /// Trials of one cover at most.
    at_most: u64,
    stopped: bool,
    /// The least cover found that is enough, as a scenario writes it; none if none is.
    least: Option<String>,
    rep_hours_a_week: Option<f64>,
    rep_hours_today: f64,
    /// Parts from which a rep could be taken and that were not judged.
    not_judged: usize,
    /// Covers with a rep moved to shorter hours: how many there are, and how many of them were judged.
    moves: (usize, usize),
    /// Fresh luck speaks against it.
    contradicted: bool,
    parts: Vec<PartRow>,
    covers: Vec<CoverRow>,
}

#[derive(Debug, serde::Serialize)]
struct PartRow {
    hours: String,
    hours_a_week: f64,
    today: u32,
    least: Option<u32>,
    /// The answer with one rep fewer here, by its place among the covers.
    fewer: Option<usize>,
}

#[derive(Debug, serde::Serialize)]
struct CoverRow {
    cover: String,
    counts: Vec<u32>,
    rep_hours_a_week: f64,
    paid_hours_a_week: f64,
    team_cost: Option<f64>,
    held: u64,
    /// Of those, in which nothing fell under the promises.
    empty: u64,
    trials: u64,
    holds: f64,
    low: Option<f64>,
    high: Option<f64>,
    decision: Decision,
    fresh: Option<Estimate>,
}

/// The document of the page.
pub fn cover_document(page: &CoverPage<'_>) -> CoverDocument {
    let (found, wanted, desk) = (page.found, page.wanted, page.desk);
    let agreement = &desk.scenario.model.agreement;
    let row = |judged: &Judged| CoverRow {
        cover: judged.tried.value.clone(),
        counts: judged.counts.clone(),
        rep_hours_a_week: judged.rep_hours,
        paid_hours_a_week: judged.tried.hours_a_week,
        team_cost: judged.tried.team_cost,
        held: judged.tried.held.0,
        empty: judged.tried.empty,
        trials: judged.tried.held.1,
        holds: judged.tried.holds.value,
        low: judged.tried.holds.low,
        high: judged.tried.holds.high,
        decision: judged.tried.decision,
        fresh: judged.tried.confirmed,
    };
    let parts = page.parts();
    let part = |(part, fewer): (&super::covering::Part<'_>, &Option<usize>)| PartRow {
        hours: part.hours.to_owned(),
        hours_a_week: part.long,
        today: part.today,
        least: part.least,
        fewer: *fewer,
    };
    CoverDocument {
        format: "leadsim cover 1",
        scenario: desk.scenario.name.clone(),
        group: desk.group.to_owned(),
        clauses: wanted.commitments.iter().map(|&i| agreement.commitments[i].id.clone()).collect(),
        probability: wanted.probability,
        margin: wanted.margin,
        error: wanted.error,
        seed: wanted.seed,
        trials: found.trials,
        look_trials: found.look_trials,
        looks_spent: found.looks_spent,
        covers_at_most: found.at_most,
        spent: found.spent,
        at_most: wanted.at_most,
        stopped: found.stopped,
        least: found.answer().map(|answer| cover_text(&desk.cover(&answer.counts))),
        rep_hours_a_week: found.answer().map(|answer| answer.rep_hours),
        rep_hours_today: desk.rep_hours(&desk.today()),
        not_judged: found.not_judged(),
        moves: (found.moves.0, found.moves.1.len()),
        contradicted: found.contradicted(wanted.probability),
        parts: parts.iter().zip(&found.fewer).map(part).collect(),
        covers: found.judged.iter().map(row).collect(),
    }
}
