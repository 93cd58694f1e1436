//! The tightest promises for machines: JSON and CSV.

use super::PromisePage;
use crate::plan::needed::Measure;
use crate::plan::promise::{Answer, signable};
use crate::report::tables;
use crate::stats::Estimate;
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
    /// Whether a breach review can be called at all; where it cannot, there are no rows of it.
    review_can_be_called: bool,
    whole_weeks: usize,
    /// Fewest trials with which the length for the certainty spoken of has an upper end.
    fewest_trials: u64,
    tightest: Vec<PromiseRow>,
    /// Every promise: what there was to judge.
    judged: Vec<JudgedRow>,
    /// All promises in the same trials; none for one promise.
    together: Option<TogetherRow>,
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
        review_can_be_called: page.can_be_reviewed(),
        whole_weeks: page.promises.whole_weeks,
        fewest_trials: page.wanted.fewest(page.wanted.certainties[page.wanted.spoken()]),
        tightest: document_rows(page),
        judged: judged_rows(page),
        together: together_row(page),
        by_day: day_rows(page),
    }
}

/// What there was to judge under one promise as written.
#[derive(Debug, serde::Serialize)]
struct JudgedRow {
    commitment: String,
    /// Share of trials in which no length is enough for the goal.
    no_length_in: f64,
    /// Of leads that count however long the promise, the share never attempted.
    never_attempted: f64,
    /// Trials in which nothing fell under it.
    empty: u64,
    /// Trials in which too few weeks had leads for a review to be called.
    few_weeks: u64,
}

fn judged_rows(page: &PromisePage<'_>) -> Vec<JudgedRow> {
    let row = |answer: &Answer| JudgedRow {
        commitment: page.id(answer).to_owned(),
        no_length_in: answer.as_written.goal.never(),
        never_attempted: 1.0 - answer.as_written.ever,
        empty: answer.as_written.empty,
        few_weeks: answer.as_written.few_weeks,
    };
    page.promises.answers.iter().map(row).collect()
}

/// How often all promises hold in the same trials.
#[derive(Debug, serde::Serialize)]
struct TogetherRow {
    certainty: f64,
    /// Share of trials in which all hold, each with the minutes that it needs by itself; none where one has none.
    each_by_itself: Option<Estimate>,
    /// Minutes, in the order of `judged`, with which all hold in the same trials; none where no minutes do.
    minutes: Option<Vec<f64>>,
    /// Share of trials in which all hold with these; without minutes, in which every promise has any that are enough.
    holds: Estimate,
    settled: bool,
}

fn together_row(page: &PromisePage<'_>) -> Option<TogetherRow> {
    let together = page.promises.together.as_ref()?;
    let minutes = |lengths: &Vec<Span>| lengths.iter().map(|length| length.as_minutes()).collect();
    Some(TogetherRow {
        certainty: together.certainty,
        each_by_itself: together.each,
        minutes: together.lengths.as_ref().map(minutes),
        holds: together.all,
        settled: together.settled,
    })
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
            for (purpose, (what, _)) in page.purposes(answer).iter().copied().enumerate() {
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
        for (what, of) in page.purposes(answer).iter().copied() {
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
