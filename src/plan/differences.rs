//! What moved between two ways of doing it, and what did not: every measure's difference, trial by trial on the same leads.

use crate::stats::{Estimate, paired};
use crate::study::{ByTrial, Finding, Series, Unit};
use serde::Serialize;

/// Differences below this fraction of the numbers themselves are rounding, not news.
const ROUNDING: f64 = 1e-9;

/// Trials that do not agree on a yes/no question.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Disagreement {
    /// Trials that say yes only under the base.
    pub only_base: u64,
    /// Trials that say yes only under the other.
    pub only_other: u64,
    /// Exact two-sided sign test: the chance of so one-sided a split, were both equal.
    pub p_value: f64,
}

/// One measure under both.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Which measure, with its unit and estimand; its estimate is the base's.
    pub finding: Finding,
    /// Under the base, at the study's own level.
    pub base: Estimate,
    /// Under the other, at the study's own level.
    pub other: Estimate,
    /// Other minus base, trial by trial, at the level asked for.
    pub difference: Estimate,
    /// Of yes/no questions, how trials disagree.
    pub disagreement: Option<Disagreement>,
    /// How many times the trials it would take without shared luck to know the difference as well; none where it does not vary.
    pub worth: Option<f64>,
    /// Whether both gave the same in every trial.
    pub is_same: bool,
    /// Whether the interval leaves 0 out; of yes/no questions, whether the sign test does so too.
    pub moved: bool,
}

/// Every measure under both, and those of one alone.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Differences {
    /// Measures that both have, in the order of the base.
    pub both: Vec<Difference>,
    /// Measures of the base alone.
    pub only_base: Vec<Finding>,
    /// Measures of the other alone.
    pub only_other: Vec<Finding>,
}

/// The difference that the other makes in one measure, its interval at `level`; unknown where the two are not one measure over the
/// same trials.
pub fn difference(base: &Series, other: &Series, level: f64) -> Difference {
    let (difference, disagreement) = match (&base.by_trial, &other.by_trial) {
        (ByTrial::Ratio(base), ByTrial::Ratio(other)) => (paired::ratios(base, other, level).ok(), None),
        (ByTrial::Mean(base), ByTrial::Mean(other)) => (paired::means(base, other, level).ok(), None),
        (ByTrial::YesNo(base), ByTrial::YesNo(other)) => match paired::holds(base, other, level) {
            Ok(holds) => {
                let (only_base, only_other, p_value) = (holds.only_base, holds.only_other, holds.p_value);
                (Some(holds.difference), Some(Disagreement { only_base, only_other, p_value }))
            }
            Err(_) => (None, None),
        },
        _ => (None, None),
    };
    let unknown = Estimate::unknown(level, crate::stats::Method::PairedT, 0);
    let difference = difference.unwrap_or(unknown);
    let size = base.finding.estimate.value.abs().max(other.finding.estimate.value.abs());
    let is_news = difference.value.abs() > ROUNDING * size;
    let excludes = difference.shown().is_some_and(|(low, high)| low > 0.0 || high < 0.0);
    let is_one_sided = disagreement.is_none_or(|d| d.p_value <= 1.0 - level);
    Difference {
        finding: base.finding.clone(),
        base: base.finding.estimate,
        other: other.finding.estimate,
        difference,
        disagreement,
        worth: worth(&base.by_trial, &other.by_trial),
        is_same: base.by_trial == other.by_trial,
        moved: is_news && excludes && is_one_sided,
    }
}

/// How much sharing the luck was worth.
fn worth(base: &ByTrial, other: &ByTrial) -> Option<f64> {
    let by_trial = |series: &ByTrial| -> Option<Vec<f64>> {
        Some(match series {
            ByTrial::Ratio(pairs) => paired::linearised(pairs)?.1,
            ByTrial::Mean(values) => values.clone(),
            ByTrial::YesNo(answers) => answers.iter().map(|yes| f64::from(u8::from(*yes))).collect(),
        })
    };
    paired::worth_of_pairing(&by_trial(base)?, &by_trial(other)?).ok().flatten()
}

/// Every measure of two studies of the same trials, each difference at the level that `level_of` gives the measure.
///
/// A count that only one of them has, because it cannot happen in the other (leads that leave, leads that return), is 0 there.
pub fn differences(base: &[Series], other: &[Series], level_of: impl Fn(&Finding) -> f64) -> Differences {
    let mut sorted = Differences::default();
    for series in base {
        match other.iter().find(|theirs| series.is_same_as(&theirs.finding)) {
            Some(theirs) => sorted.both.push(difference(series, theirs, level_of(&series.finding))),
            None => match nothing_of(series, other) {
                Some(nothing) => {
                    sorted.both.push(difference(series, &nothing, level_of(&series.finding)));
                }
                None => sorted.only_base.push(series.finding.clone()),
            },
        }
    }
    for series in other.iter().filter(|theirs| !base.iter().any(|mine| mine.is_same_as(&theirs.finding))) {
        match nothing_of(series, base) {
            Some(nothing) => sorted.both.push(difference(&nothing, series, level_of(&series.finding))),
            None => sorted.only_other.push(series.finding.clone()),
        }
    }
    sorted
}

/// The same count where it cannot happen: 0 in every trial. None of what is no count, is about a promise, or about a tier that the
/// other scenario does not have.
fn nothing_of(series: &Series, there: &[Series]) -> Option<Series> {
    let mine = &series.finding;
    let is_count = matches!(mine.unit, Unit::PerTrial | Unit::HoursPerTrial | Unit::DollarsPerTrial);
    let is_known = mine.tier.is_none() || there.iter().any(|theirs| theirs.finding.tier == mine.tier);
    match &series.by_trial {
        ByTrial::Mean(_) if is_count && mine.commitment.is_none() && is_known => Some(series.as_nothing()),
        _ => None,
    }
}
