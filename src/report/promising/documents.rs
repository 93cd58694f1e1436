//! The tightest promises for machines: JSON and CSV.

use super::{FOR, PromisePage};
use crate::plan::needed::Measure;
use crate::plan::promise::signable;
use crate::report::tables;
use crate::time::Span;

fn minutes(length: Option<Span>) -> Option<f64> {
    length.map(|length| signable(length).as_minutes())
}

/// The table as CSV, minutes.
pub fn promise_table(page: &PromisePage<'_>) -> Vec<u8> {
    let head = [
        "commitment",
        "for",
        "clock",
        "goal",
        "certainty",
        "minutes",
        "minutes_low",
        "minutes_high",
        "settled",
    ];
    let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for row in document_rows(page) {
        rows.push(vec![
            row.commitment,
            row.what.into(),
            row.clock.into(),
            row.goal.to_string(),
            row.certainty.to_string(),
            number(row.minutes),
            number(row.minutes_low),
            number(row.minutes_high),
            row.settled.to_string(),
        ]);
    }
    tables::written(rows)
}

/// The answer for machines.
#[derive(Debug, serde::Serialize)]
pub struct PromiseDocument {
    format: &'static str,
    scenario: String,
    seed: u64,
    trials: u64,
    level: f64,
    review_after_weeks: usize,
    searched: bool,
    stopped: bool,
    tightest: Vec<PromiseRow>,
    /// Promises that name a day or a time of day: how often each day tried is enough.
    by_day: Vec<DayRow>,
}

#[derive(Debug, serde::Serialize)]
struct PromiseRow {
    commitment: String,
    #[serde(rename = "for")]
    what: &'static str,
    clock: &'static str,
    goal: f64,
    certainty: f64,
    /// Minutes, whole, rounded up; none where no length is enough.
    minutes: Option<f64>,
    minutes_low: Option<f64>,
    minutes_high: Option<f64>,
    settled: bool,
}

/// The document of the page.
pub fn promise_document(page: &PromisePage<'_>) -> PromiseDocument {
    PromiseDocument {
        format: "leadsim promise 1",
        scenario: page.name.to_owned(),
        seed: page.wanted.seed,
        trials: page.promises.trials,
        level: page.wanted.level,
        review_after_weeks: page.wanted.review_after,
        searched: page.promises.searched,
        stopped: page.promises.stopped,
        tightest: document_rows(page),
        by_day: day_rows(page),
    }
}

/// One day that was tried for one promise, and how often it is enough.
#[derive(Debug, serde::Serialize)]
struct DayRow {
    commitment: String,
    target: String,
    written: bool,
    #[serde(rename = "for")]
    what: &'static str,
    goal: f64,
    /// Share of trials in which it is enough.
    holds: f64,
    low: Option<f64>,
    high: Option<f64>,
    trials: u64,
}

fn day_rows(page: &PromisePage<'_>) -> Vec<DayRow> {
    let mut rows = Vec::new();
    for answer in &page.promises.answers {
        for rung in &answer.as_written.by_day {
            for (purpose, (what, _)) in FOR.into_iter().enumerate() {
                let holds = rung.holds(purpose, page.wanted.level);
                rows.push(DayRow {
                    commitment: page.id(answer).to_owned(),
                    target: rung.target.to_string(),
                    written: rung.written,
                    what,
                    goal: answer.goal,
                    holds: holds.value,
                    low: holds.low,
                    high: holds.high,
                    trials: rung.trials,
                });
            }
        }
    }
    rows
}

/// How often each day tried is enough, as CSV; `None` where no promise names a day.
pub fn promise_days_table(page: &PromisePage<'_>) -> Option<Vec<u8>> {
    let head = ["commitment", "target", "written", "for", "goal", "holds", "low", "high", "trials"];
    let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    let row = |row: DayRow| {
        vec![
            row.commitment,
            row.target,
            row.written.to_string(),
            row.what.into(),
            row.goal.to_string(),
            row.holds.to_string(),
            number(row.low),
            number(row.high),
            row.trials.to_string(),
        ]
    };
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    rows.extend(day_rows(page).into_iter().map(row));
    (rows.len() > 1).then(|| tables::written(rows))
}

fn document_rows(page: &PromisePage<'_>) -> Vec<PromiseRow> {
    let mut rows = Vec::new();
    for answer in &page.promises.answers {
        for (what, of) in FOR {
            for (certainty, share) in page.wanted.certainties.iter().enumerate() {
                let tightest = page.tightest(answer, certainty, of);
                rows.push(PromiseRow {
                    commitment: page.id(answer).to_owned(),
                    what,
                    clock: if answer.measure == Measure::Wall { "wall" } else { "business" },
                    goal: answer.goal,
                    certainty: *share,
                    minutes: minutes(tightest.length),
                    minutes_low: minutes(tightest.low),
                    minutes_high: minutes(tightest.high),
                    settled: page.is_settled(answer, certainty, of),
                });
            }
        }
    }
    rows
}
