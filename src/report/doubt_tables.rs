//! How far a run's answers can be off, as JSON and as CSV.

use super::doubt::MOSTLY_DATA;
use super::json;
use super::tables::{owned, written};
use crate::plan::doubt::{Doubt, Doubts};
use schemars::JsonSchema;
use serde::Serialize;

/// What uncertain inputs make of a run's answers.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct InputUncertainty {
    /// Paths of the inputs that were drawn.
    pub inputs: Vec<String>,
    /// Draws of all of them together that were played.
    pub draws: u64,
    /// Trials of each draw.
    pub trials_of_a_draw: u64,
    /// Draws that could not be played because the decay curve cannot be true.
    pub draws_refused: u64,
    /// Level of both ±.
    pub level: f64,
    /// One a measure.
    pub measures: Vec<DoubtRow>,
}

/// The doubt of one measure.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DoubtRow {
    /// "attainment", "holds", "opportunities", …
    pub measure: String,
    /// The commitment's id; null where it is not about one.
    pub commitment: Option<String>,
    /// What it is counted in.
    pub unit: String,
    /// With every input as written.
    pub as_written: Option<f64>,
    /// Lower end of its interval.
    pub as_written_low: Option<f64>,
    /// Upper end of its interval.
    pub as_written_high: Option<f64>,
    /// Draws that gave it; fewer than all where nothing was judged in some.
    pub draws: u64,
    /// Mean with inputs drawn.
    pub drawn: f64,
    /// How far luck and the number of draws leave that mean off; more trials take it away.
    pub runs_plus_minus: f64,
    /// How far the true answer lies from it for want of better inputs; only better inputs take it away.
    pub data_plus_minus: f64,
    /// Lower end of that; a share within none and all.
    pub data_low: f64,
    /// Upper end of it.
    pub data_high: f64,
    /// Variance of the true answer over what the inputs may be.
    pub variance_of_inputs: f64,
    /// Variance of one trial at fixed inputs.
    pub variance_of_luck: f64,
    /// The part of what is not known that lies in the inputs; null where nothing varies.
    pub share_of_inputs: Option<f64>,
    /// The least that part may be, at 95 %: 0 where data ± cannot be told from luck; null where nothing varies.
    pub share_of_inputs_at_least: Option<f64>,
    /// Whether more trials cannot help.
    pub more_runs_cannot_help: bool,
    /// The input that explains most of it; null where none stands out beyond chance.
    pub mostly_from: Option<String>,
    /// The part of the inputs' variance that it explains.
    pub share_of_that_input: Option<f64>,
    /// What the ± of data would be with twice the cases, half the range, or the true value of that input known.
    pub data_plus_minus_then: Option<f64>,
}

/// The doubts as they stand in JSON.
pub(super) fn document(doubts: &Doubts) -> InputUncertainty {
    InputUncertainty {
        inputs: doubts.paths.clone(),
        draws: doubts.draws,
        trials_of_a_draw: doubts.each,
        draws_refused: doubts.refused,
        level: doubts.level,
        measures: doubts.rows.iter().map(DoubtRow::of).collect(),
    }
}

impl DoubtRow {
    fn of(doubt: &Doubt) -> DoubtRow {
        let (low, high) = doubt.as_written.shown().unzip();
        let (data_low, data_high) = doubt.data_ends();
        let leading = doubt.leading.as_ref();
        DoubtRow {
            measure: doubt.measure.into(),
            commitment: doubt.commitment.clone(),
            unit: json::word(doubt.unit),
            as_written: Some(doubt.as_written.value).filter(|value| value.is_finite()),
            as_written_low: low,
            as_written_high: high,
            draws: doubt.drawn.groups,
            drawn: doubt.drawn.mean,
            runs_plus_minus: doubt.runs,
            data_plus_minus: doubt.data,
            data_low,
            data_high,
            variance_of_inputs: doubt.drawn.inputs,
            variance_of_luck: doubt.drawn.luck,
            share_of_inputs: doubt.share_of_inputs,
            share_of_inputs_at_least: doubt.share_at_least,
            more_runs_cannot_help: doubt.share_at_least.is_some_and(|share| share > MOSTLY_DATA),
            mostly_from: leading.map(|leading| leading.path.clone()),
            share_of_that_input: leading.map(|leading| leading.share),
            data_plus_minus_then: leading.map(|leading| leading.data_then),
        }
    }
}

/// `uncertainty.csv`: one row a measure.
pub fn table(doubts: &Doubts) -> Vec<u8> {
    let head = owned(&[
        "measure",
        "commitment",
        "unit",
        "as_written",
        "as_written_low",
        "as_written_high",
        "draws",
        "drawn",
        "runs_plus_minus",
        "data_plus_minus",
        "data_low",
        "data_high",
        "variance_of_inputs",
        "variance_of_luck",
        "share_of_inputs",
        "share_of_inputs_at_least",
        "more_runs_cannot_help",
        "mostly_from",
        "share_of_that_input",
        "data_plus_minus_then",
    ]);
    let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    let row = |doubt: &Doubt| {
        let row = DoubtRow::of(doubt);
        vec![
            row.measure,
            row.commitment.unwrap_or_default(),
            row.unit,
            number(row.as_written),
            number(row.as_written_low),
            number(row.as_written_high),
            row.draws.to_string(),
            row.drawn.to_string(),
            row.runs_plus_minus.to_string(),
            row.data_plus_minus.to_string(),
            row.data_low.to_string(),
            row.data_high.to_string(),
            row.variance_of_inputs.to_string(),
            row.variance_of_luck.to_string(),
            number(row.share_of_inputs),
            number(row.share_of_inputs_at_least),
            row.more_runs_cannot_help.to_string(),
            row.mostly_from.unwrap_or_default(),
            number(row.share_of_that_input),
            number(row.data_plus_minus_then),
        ]
    };
    written(std::iter::once(head).chain(doubts.rows.iter().map(row)))
}
