//! A measure as each trial gave it, so that it can be held against the same trials played another way.

use super::findings::{Finding, Scope};
use crate::stats::Estimate;
#[cfg(test)]
use crate::stats::Method;

/// What each trial gave of one measure, in order of trial number.
#[derive(Debug, Clone, PartialEq)]
pub enum ByTrial {
    /// Numerator and denominator; the measure is the ratio of their sums.
    Ratio(Vec<(f64, f64)>),
    /// One number; the measure is the mean.
    Mean(Vec<f64>),
    /// Yes or no; the measure is the share of trials that say yes.
    YesNo(Vec<bool>),
}

impl ByTrial {
    /// Number of trials.
    pub fn trials(&self) -> usize {
        match self {
            ByTrial::Ratio(pairs) => pairs.len(),
            ByTrial::Mean(values) => values.len(),
            ByTrial::YesNo(answers) => answers.len(),
        }
    }
}

/// One measure over the horizon with what each trial gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The measure under its name, with its estimate at the study's own level.
    pub finding: Finding,
    /// What each trial gave.
    pub by_trial: ByTrial,
}

impl Series {
    /// A count of all leads with what each trial gave.
    #[cfg(test)]
    pub(crate) fn counted(measure: &'static str, values: Vec<f64>) -> Series {
        let trials = values.len() as u64;
        let finding = Finding {
            measure,
            commitment: None,
            tier: None,
            cause: None,
            scope: Scope::All,
            period: super::findings::Period::Horizon,
            unit: super::findings::Unit::PerTrial,
            estimand: "a count",
            estimate: Estimate::bare(crate::stats::mean::average(&values), 0.95, Method::StudentT, trials),
            typical: None,
            totals: None,
            by_trial: None,
        };
        Series { finding, by_trial: ByTrial::Mean(values) }
    }

    /// Of a finding whose trials were kept, and which was observed at all.
    pub(super) fn of(mut finding: Finding) -> Option<Self> {
        let by_trial = finding.by_trial.take()?;
        finding.estimate.is_known().then_some(Series { finding, by_trial })
    }

    /// Whether it is the same measure, of the same promise, tier, cause, scope and unit.
    pub fn is_same_as(&self, other: &Finding) -> bool {
        let mine = &self.finding;
        mine.measure == other.measure
            && mine.commitment == other.commitment
            && mine.tier == other.tier
            && mine.cause == other.cause
            && mine.scope == other.scope
            && mine.unit == other.unit
    }

    /// The same count where it cannot happen: 0 in every trial.
    pub fn as_nothing(&self) -> Series {
        let estimate = Estimate { value: 0.0, low: Some(0.0), high: Some(0.0), ..self.finding.estimate };
        let finding = Finding { estimate, typical: None, totals: None, ..self.finding.clone() };
        Series { finding, by_trial: ByTrial::Mean(vec![0.0; self.by_trial.trials()]) }
    }

    /// Of many series, the one that is this measure of all leads; of one promise, of all leads it covers.
    pub fn overall<'s>(series: &'s [Series], measure: &str, commitment: Option<&str>) -> Option<&'s Series> {
        // all leads stand before their tiers
        series.iter().find(|series| {
            let mine = &series.finding;
            mine.measure == measure
                && mine.commitment.as_deref() == commitment
                && mine.cause.is_none()
                && mine.scope == Scope::All
                && (commitment.is_some() || mine.tier.is_none())
        })
    }
}
