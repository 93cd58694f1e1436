//! Finds one number among all the findings of a study, by what it is about.

use crate::stats::Estimate;
use crate::study::{Finding, Period, Scope};

/// All findings of a study.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings(pub Vec<Finding>);

impl Findings {
    fn over_horizon<'a, 'm>(&'a self, measure: &'m str) -> impl Iterator<Item = &'a Finding> + use<'a, 'm> {
        self.0.iter().filter(move |f| f.measure == measure && f.period == Period::Horizon)
    }

    /// Of one commitment, over the horizon.
    pub fn of_commitment(&self, measure: &str, id: &str, scope: Scope) -> Option<&Finding> {
        self.over_horizon(measure).find(|f| f.commitment.as_deref() == Some(id) && f.scope == scope)
    }

    /// Of one tier (`None`: all leads), over the horizon, not split by cause.
    pub fn of_tier(&self, measure: &str, tier: Option<&str>, scope: Scope) -> Option<&Finding> {
        self.over_horizon(measure).find(|f| {
            f.tier.as_deref() == tier && f.scope == scope && f.commitment.is_none() && f.cause.is_none()
        })
    }

    /// Of all leads over the horizon: the value, where it is known.
    pub fn value(&self, measure: &str) -> Option<f64> {
        self.of_tier(measure, None, Scope::All).map(|f| f.estimate.value).filter(|v| v.is_finite())
    }

    /// The parts of a measure that is split by cause, of one tier (`None`: all leads), in the order of the study.
    pub fn causes(&self, measure: &str, tier: Option<&str>) -> Vec<(&str, f64)> {
        self.over_horizon(measure)
            .filter(|f| f.tier.as_deref() == tier && f.scope == Scope::All)
            .filter_map(|f| Some((f.cause.as_deref()?, f.estimate.value)))
            .collect()
    }

    /// The parts of a measure that is split by cause, of one tier (`None`: all leads), each with its interval.
    pub fn estimates_by_cause(&self, measure: &str, tier: Option<&str>) -> Vec<(&str, Estimate)> {
        self.over_horizon(measure)
            .filter(|f| f.tier.as_deref() == tier && f.scope == Scope::All)
            .filter_map(|f| Some((f.cause.as_deref()?, f.estimate)))
            .collect()
    }

    /// Of one commitment, by week or month: the finding of each such period, in order.
    pub fn by_period<'a>(
        &'a self,
        measure: &'a str,
        commitment: Option<&'a str>,
        wanted: impl Fn(&Period) -> bool + 'a,
    ) -> impl Iterator<Item = &'a Finding> + 'a {
        self.0.iter().filter(move |f| {
            f.measure == measure
                && f.commitment.as_deref() == commitment
                && (commitment.is_some() || f.tier.is_none())
                && wanted(&f.period)
        })
    }
}
