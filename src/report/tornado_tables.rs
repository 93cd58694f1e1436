//! Sensitivity as data: a row an end of an input, with every measure, its difference and its interval.

use super::tables::written;
use super::tornado::{TornadoPage, sentences};
use super::wording::{TrialWord, plain};
use crate::plan::readings::{Measure, Side};
use crate::plan::sensitivity::{Bar, End};
use crate::stats::Estimate;
use crate::stats::components::Components;
use serde::Serialize;

/// The answer for machines.
#[derive(Debug, Serialize)]
pub struct TornadoDocument<'a> {
    format: &'static str,
    scenario: &'a str,
    clauses: Vec<&'a str>,
    probability: f64,
    seed: u64,
    trials: u64,
    stopped: bool,
    /// Of all intervals of one measure together, and of each.
    level: f64,
    level_of_each: f64,
    curve: Option<&'a str>,
    other_curve: Option<&'a str>,
    answer: Vec<String>,
    verdict: Side,
    today: Vec<MeasureRow>,
    /// Inputs that can turn the verdict, the strongest first.
    turning: Vec<&'a str>,
    inputs: Vec<InputRow<'a>>,
    /// Variances with the uncertain inputs drawn.
    uncertainty: Option<SpreadRow<'a>>,
}

#[derive(Debug, Serialize)]
struct SpreadRow<'a> {
    paths: &'a [String],
    draws: u64,
    refused: u64,
    /// Whether it was stopped before all draws.
    stopped: bool,
    holds: Estimate,
    of_holds: Option<ComponentsRow>,
    of_attainment: Option<ComponentsRow>,
    of_opportunities: Option<ComponentsRow>,
    of_won: Option<ComponentsRow>,
}

#[derive(Debug, Serialize)]
struct ComponentsRow {
    #[serde(flatten)]
    components: Components,
    standard_error_of_runs: f64,
    standard_deviation_of_inputs: f64,
    share_of_inputs: Option<f64>,
}

fn components_row(components: Components) -> ComponentsRow {
    ComponentsRow {
        components,
        standard_error_of_runs: components.of_runs(),
        standard_deviation_of_inputs: components.of_inputs(),
        share_of_inputs: components.share_of_inputs(),
    }
}

#[derive(Debug, Serialize)]
struct MeasureRow {
    measure: Measure,
    #[serde(flatten)]
    estimate: Estimate,
}

#[derive(Debug, Serialize)]
struct InputRow<'a> {
    input: &'a str,
    source: &'a str,
    ends: [EndRow<'a>; 2],
}

#[derive(Debug, Serialize)]
struct EndRow<'a> {
    value: &'a str,
    /// Whether it could be played under the scenario's own curve.
    played: bool,
    verdict: Option<Side>,
    moved_to_contact: Option<f64>,
    moves: Vec<MoveRow>,
    moves_under_other_curve: Vec<MoveRow>,
}

#[derive(Debug, Serialize)]
struct MoveRow {
    measure: Measure,
    value: Estimate,
    by: Estimate,
    real: bool,
}

/// The document of the page.
pub fn tornado_document<'a>(page: &TornadoPage<'a>) -> TornadoDocument<'a> {
    let found = page.found;
    let trial = TrialWord::of(&page.model.horizon);
    let ids = found.wanted.commitments.iter().map(|&i| page.model.agreement.commitments[i].id.as_str());
    let today = Measure::ALL
        .map(|measure| MeasureRow { measure, estimate: found.today().estimate(measure, found.level) });
    let end = |end: &'a End| EndRow {
        value: &end.words,
        played: end.readings.is_some(),
        verdict: found.side(end),
        moved_to_contact: end.moved_to_contact,
        moves: moves(|measure| found.moved(end, measure)),
        moves_under_other_curve: moves(|measure| found.moved_under_other(end, measure)),
    };
    let input = |bar: &'a Bar| InputRow {
        input: &bar.name,
        source: &bar.source,
        ends: [end(&bar.low), end(&bar.high)],
    };
    TornadoDocument {
        format: "leadsim sensitivity 1",
        scenario: page.name,
        clauses: ids.collect(),
        probability: found.wanted.probability,
        seed: found.seed,
        trials: found.trials,
        stopped: found.stopped,
        level: found.level,
        level_of_each: found.each(),
        curve: found.curve.as_deref(),
        other_curve: found.other.as_deref().ok(),
        answer: sentences(page, &trial).iter().map(|text| plain(text)).collect(),
        verdict: found.verdict(),
        today: today.into(),
        turning: found.turning().into_iter().map(|place| found.bars[place].name.as_str()).collect(),
        inputs: found.bars.iter().map(input).collect(),
        uncertainty: page.spread.map(|spread| SpreadRow {
            paths: &spread.paths,
            draws: spread.draws,
            refused: spread.refused,
            stopped: spread.stopped,
            holds: spread.holds,
            of_holds: spread.of_holds.map(components_row),
            of_attainment: spread.of_attainment.map(components_row),
            of_opportunities: spread.of_opportunities.map(components_row),
            of_won: spread.of_won.map(components_row),
        }),
    }
}

fn moves(of: impl Fn(Measure) -> Option<crate::plan::sensitivity::Move>) -> Vec<MoveRow> {
    let row = |measure| {
        let moved = of(measure)?;
        Some(MoveRow { measure, value: moved.value, by: moved.by, real: moved.is_real() })
    };
    Measure::ALL.into_iter().filter_map(row).collect()
}

/// The table as CSV: one row an input, end, curve and measure.
pub fn tornado_table(page: &TornadoPage<'_>) -> Vec<u8> {
    let found = page.found;
    let head = [
        "input",
        "end",
        "value",
        "curve",
        "measure",
        "at_this_end",
        "at_low",
        "at_high",
        "difference",
        "difference_low",
        "difference_high",
        "real",
        "source",
    ];
    let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    let mut rows = Vec::new();
    for bar in &found.bars {
        for (which, end) in [("low", &bar.low), ("high", &bar.high)] {
            let own = moves(|measure| found.moved(end, measure));
            let other = moves(|measure| found.moved_under_other(end, measure));
            let names = (found.curve.as_deref().unwrap_or("none"), found.other.as_deref().unwrap_or(""));
            let tagged = own.into_iter().map(|m| (names.0, m)).chain(other.into_iter().map(|m| (names.1, m)));
            rows.extend(tagged.map(|(curve, moved)| {
                vec![
                    plain(&bar.name),
                    which.to_owned(),
                    plain(&end.words),
                    curve.to_owned(),
                    super::json::word(moved.measure),
                    moved.value.value.to_string(),
                    number(moved.value.low),
                    number(moved.value.high),
                    moved.by.value.to_string(),
                    number(moved.by.low),
                    number(moved.by.high),
                    moved.real.to_string(),
                    plain(&bar.source),
                ]
            }));
        }
    }
    written(std::iter::once(head.map(str::to_owned).to_vec()).chain(rows))
}
