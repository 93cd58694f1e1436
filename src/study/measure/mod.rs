//! Every measure, made from the records of all trials: the one list that every report shows.

mod funnel;
mod handling;
mod promises;

use super::findings::{Finding, Period, Scope, Totals, Unit};
use super::run::Study;
use crate::stats::{Estimate, RatioTally, RatioTallyF, mean, quantile};
use crate::trial::{Funnel, Outcome};

/// Starts a finding about all leads over the horizon.
fn finding(measure: &'static str, unit: Unit, estimand: &'static str, estimate: Estimate) -> Finding {
    Finding {
        measure,
        commitment: None,
        tier: None,
        cause: None,
        scope: Scope::All,
        period: Period::Horizon,
        unit,
        estimand,
        estimate,
        typical: None,
        totals: None,
    }
}

/// Snake-case name of a serialisable plain enum.
fn word(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        other => format!("{other:?}"),
    }
}

const PER_TRIAL: &str = "mean per trial";

impl Study {
    /// Every estimate of the study, in the order reports show them.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.commitments(&mut findings);
        self.responses(&mut findings);
        self.response_means(&mut findings);
        self.funnel(&mut findings);
        self.money(&mut findings);
        self.late(&mut findings);
        self.leakage(&mut findings);
        self.reps(&mut findings);
        self.periods(&mut findings);
        findings
    }

    fn level(&self) -> f64 {
        self.settings.level
    }

    fn tier_name(&self, tier: usize) -> Option<String> {
        Some(self.model.leads.tiers[tier].name.clone())
    }

    /// Pooled ratio of counts, with the typical range of the per-trial ratio.
    fn share(&self, count: impl Fn(&Outcome) -> (u64, u64)) -> (Estimate, Option<(f64, f64)>, Totals) {
        let mut tally = RatioTally::default();
        let mut ratios = Vec::new();
        let mut totals = Totals::default();
        for record in &self.records {
            let (x, n) = count(record);
            tally.add(x, n);
            totals.kept += x;
            totals.judged += n;
            if n > 0 {
                ratios.push(x as f64 / n as f64);
            }
        }
        (tally.estimate(self.level()), range(&ratios), totals)
    }

    /// Mean per trial, with the typical range.
    fn mean(&self, value: impl Fn(&Outcome) -> f64) -> (Estimate, Option<(f64, f64)>) {
        let values: Vec<f64> = self.records.iter().map(value).collect();
        (mean::mean(&values, self.level()), range(&values))
    }

    /// Mean by expected values (what no work depends on is not tossed), range by drawn ones.
    fn expected(
        &self,
        expected: impl Fn(&Outcome) -> f64,
        drawn: impl Fn(&Outcome) -> f64,
    ) -> (Estimate, Option<(f64, f64)>) {
        let drawn: Vec<f64> = self.records.iter().map(drawn).collect();
        (self.mean(expected).0, range(&drawn))
    }

    /// Ratio of float sums.
    fn ratio(&self, value: impl Fn(&Outcome) -> (f64, f64)) -> Estimate {
        let mut tally = RatioTallyF::default();
        for record in &self.records {
            let (x, n) = value(record);
            tally.add(x, n);
        }
        tally.estimate(self.level())
    }
}

/// The funnel of all tiers together.
pub(crate) fn total(outcome: &Outcome) -> Funnel {
    outcome.tiers.iter().fold(Funnel::default(), |sum, tier| sum + &tier.funnel)
}

fn range(values: &[f64]) -> Option<(f64, f64)> {
    (values.len() > 1).then(|| quantile::typical_range(values))
}
