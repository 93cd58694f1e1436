//! A stress test as data: every stress and every volume with its numbers and intervals.

use super::breaking::{BreakingPage, all, named, sentences};
use super::breaking_again::verdict;
use super::tables::written;
use super::wording::{TrialWord, plain};
use crate::plan::readings::{Measure, Readings, Side};
use crate::plan::stress::{Again, Break, Confirmed, Least, Stress, Stretch};
use crate::plan::unrest::Kind;
use crate::stats::Estimate;
use serde::Serialize;

/// The answer for machines.
#[derive(Debug, Serialize)]
pub struct BreakingDocument<'a> {
    format: &'static str,
    scenario: &'a str,
    clauses: Vec<&'a str>,
    probability: f64,
    seed: u64,
    trials: u64,
    stopped: bool,
    /// Of all intervals together, and of each.
    level: f64,
    level_of_each: f64,
    answer: Vec<String>,
    week: Option<&'a str>,
    volume_where_probability_falls: Option<BreakRow>,
    volume_where_attainment_falls: Option<BreakRow>,
    /// Volumes that surely hold and surely do not, by stretches, rising; two where there is one break.
    volume_stretches: Vec<StretchRow>,
    /// The sizes that the answer names, with luck that the search has not seen.
    confirmed_with_fresh_luck: Vec<ConfirmedRow>,
    reps_out: Option<LeastRow>,
    reps_out_two_weeks: Option<LeastRow>,
    burst_leads: Option<LeastRow>,
    today: Row,
    stresses: Vec<StressRow>,
    volumes: Vec<VolumeRow>,
}

#[derive(Debug, Serialize)]
struct BreakRow {
    times: Option<f64>,
    surely_good_up_to: Option<f64>,
    surely_not_from: Option<f64>,
    never_up_to: Option<f64>,
    not_even_at: Option<f64>,
}

#[derive(Debug, Serialize)]
struct StretchRow {
    verdict: Side,
    from: f64,
    to: f64,
}

#[derive(Debug, Serialize)]
struct ConfirmedRow {
    /// "as_it_is", "volume", or the kind of stress.
    kind: &'static str,
    /// How many reps or leads, or how many times today's leads.
    size: Option<f64>,
    found: Side,
    fresh: Estimate,
    contradicted: bool,
}

#[derive(Debug, Serialize)]
struct LeastRow {
    breaks_at: Option<u64>,
    holds_at: Option<u64>,
    already: bool,
}

#[derive(Debug, Serialize)]
struct Row {
    holds: Estimate,
    attainment: Estimate,
    /// As the page says it, with underscores.
    verdict: String,
}

#[derive(Debug, Serialize)]
struct StressRow {
    stress: String,
    kind: &'static str,
    #[serde(flatten)]
    row: Row,
    holds_moved: Estimate,
    attainment_moved: Estimate,
    attainment_that_week: Option<Estimate>,
}

#[derive(Debug, Serialize)]
struct VolumeRow {
    times: f64,
    #[serde(flatten)]
    row: Row,
}

fn row(page: &BreakingPage<'_>, readings: &Readings, is_as_it_is: bool) -> Row {
    let found = page.found;
    Row {
        holds: found.estimate(readings, Measure::Holds),
        attainment: found.estimate(readings, Measure::Attainment),
        verdict: verdict(found, readings, is_as_it_is).replace(' ', "_"),
    }
}

fn break_row(found: Break) -> BreakRow {
    let none = BreakRow {
        times: None,
        surely_good_up_to: None,
        surely_not_from: None,
        never_up_to: None,
        not_even_at: None,
    };
    match found {
        Break::At { at, low, high } => {
            BreakRow { times: Some(at), surely_good_up_to: low, surely_not_from: high, ..none }
        }
        Break::NotUpTo(times) => BreakRow { never_up_to: Some(times), ..none },
        Break::NotDownTo(times) => BreakRow { not_even_at: Some(times), ..none },
    }
}

fn stretch_row(stretch: &Stretch) -> StretchRow {
    StretchRow { verdict: stretch.side, from: stretch.from, to: stretch.to }
}

fn confirmed_row(found: &Stress, again: &Confirmed) -> ConfirmedRow {
    let (kind, size) = match again.what {
        Again::AsItIs => ("as_it_is", None),
        Again::Volume(times) => ("volume", Some(times)),
        Again::Case(what) => (kind(what), Some(what.place().1 as f64)),
    };
    let contradicted = again.contradicted(found.wanted.probability);
    ConfirmedRow { kind, size, found: again.found, fresh: again.fresh, contradicted }
}

fn least_row(found: Least) -> LeastRow {
    match found {
        Least::From { breaks, holds } => {
            LeastRow { breaks_at: Some(breaks), holds_at: Some(holds), already: false }
        }
        Least::NotUpTo(most) => LeastRow { breaks_at: None, holds_at: Some(most), already: false },
        Least::Already => LeastRow { breaks_at: None, holds_at: None, already: true },
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::RepsOut { .. } => "reps_out",
        Kind::RepsOutTwoWeeks { .. } => "reps_out_two_weeks",
        Kind::Campaign { .. } => "campaign",
        Kind::Burst { .. } => "burst",
    }
}

/// The document of the page.
pub fn breaking_document<'a>(page: &BreakingPage<'a>) -> BreakingDocument<'a> {
    let found = page.found;
    let trial = TrialWord::of(&page.model.horizon);
    let ids = found.wanted.commitments.iter().map(|&i| page.model.agreement.commitments[i].id.as_str());
    let stresses = found.cases.iter().map(|case| StressRow {
        stress: plain(&named(case.kind, &trial)),
        kind: kind(case.kind),
        row: row(page, &case.readings, false),
        holds_moved: found.moved(&case.readings, Measure::Holds),
        attainment_moved: found.moved(&case.readings, Measure::Attainment),
        attainment_that_week: case.week,
    });
    let volumes = found
        .volumes
        .iter()
        .map(|point| VolumeRow { times: point.times, row: row(page, &point.readings, point.times == 1.0) });
    BreakingDocument {
        format: "leadsim stress 1",
        scenario: page.name,
        clauses: ids.collect(),
        probability: found.wanted.probability,
        seed: found.seed,
        trials: found.trials,
        stopped: found.stopped,
        level: found.together(),
        level_of_each: found.each(),
        answer: sentences(page, &trial).iter().map(|text| plain(text)).collect(),
        week: found.week.as_deref(),
        volume_where_probability_falls: found.breaks.map(break_row),
        volume_where_attainment_falls: found.falls.map(break_row),
        volume_stretches: found.stretches.iter().map(stretch_row).collect(),
        confirmed_with_fresh_luck: found.confirmed.iter().map(|again| confirmed_row(found, again)).collect(),
        reps_out: found.reps_out.map(least_row),
        reps_out_two_weeks: found.reps_out_two_weeks.map(least_row),
        burst_leads: found.burst.map(least_row),
        today: row(page, &found.today, true),
        stresses: stresses.collect(),
        volumes: volumes.collect(),
    }
}

/// The table as CSV: one row a stress or volume.
pub fn breaking_table(page: &BreakingPage<'_>) -> Vec<u8> {
    let found = page.found;
    let trial = TrialWord::of(&page.model.horizon);
    let head = [
        "stress",
        "holds",
        "holds_low",
        "holds_high",
        "verdict",
        "attainment",
        "attainment_low",
        "attainment_high",
        "holds_moved",
        "attainment_moved",
        "attainment_that_week",
        "trials",
    ];
    let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    let rows = all(page, &trial).into_iter().enumerate().map(|(place, (name, readings, week))| {
        let Row { holds, attainment, verdict } = row(page, readings, place == 0);
        vec![
            plain(&name),
            holds.value.to_string(),
            number(holds.low),
            number(holds.high),
            verdict,
            attainment.value.to_string(),
            number(attainment.low),
            number(attainment.high),
            found.moved(readings, Measure::Holds).value.to_string(),
            found.moved(readings, Measure::Attainment).value.to_string(),
            number(week.map(|week| week.value)),
            readings.trials().to_string(),
        ]
    });
    written(std::iter::once(head.map(str::to_owned).to_vec()).chain(rows))
}
