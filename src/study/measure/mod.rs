//! Every measure, made from the records of all trials: the one list that every report shows.

mod cut;
mod funnel;
mod late;
mod leakage;
mod money;
mod promises;
mod reasons;
mod reps;
mod responses;

use super::findings::{Finding, Period, Scope, Totals, Unit};
use super::run::Study;
use crate::stats::{Confidence, Estimate, Method, RatioTally, RatioTallyF, mean, quantile, skewness};
use crate::trial::{Funnel, Outcome};
use cut::Cut;
use rayon::prelude::*;

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

/// 10th to 90th percentile over trials of the trial's own value.
type Typical = Option<(f64, f64)>;

impl Study {
    /// Every estimate of the study, in the order reports show them: over the horizon, then by week, then by month; each stretch of time by
    /// whichever thread is free.
    pub fn findings(&self) -> Vec<Finding> {
        let periods = self.periods();
        let of = |place: usize| match place.checked_sub(1) {
            None => self.findings_over_horizon(),
            Some(slot) => self.findings_of(&self.cuts(periods[slot].clone(), Some(slot))),
        };
        let stretches: Vec<Vec<Finding>> =
            (0..periods.len() + 1).into_par_iter().with_max_len(1).map(of).collect();
        stretches.into_iter().flatten().collect()
    }

    /// Every estimate over the whole horizon, by tier and overall.
    pub fn findings_over_horizon(&self) -> Vec<Finding> {
        let mut findings = self.findings_of(&self.cuts(Period::Horizon, None));
        self.pipeline_goal(&mut findings);
        self.balance(&mut findings);
        findings
    }

    /// Every estimate over one stretch, by tier and overall.
    fn findings_of(&self, cuts: &[Cut]) -> Vec<Finding> {
        let mut list = Vec::new();
        let findings = &mut list;
        let all = cuts.last().expect("all tiers come last");
        self.commitments(findings, all);
        for cut in cuts {
            self.responses(findings, cut);
        }
        for cut in cuts {
            self.response_means(findings, cut);
            self.backlog(findings, cut);
        }
        for cut in cuts {
            self.cohort(findings, cut);
            self.legs(findings, cut);
            self.routing_minutes(findings, cut);
            self.reviewed(findings, cut);
        }
        self.returned(findings, all);
        for cut in cuts {
            self.reasons(findings, cut);
            self.channels(findings, cut);
        }
        self.team_cost(findings, cuts);
        self.mql_cost(findings, cuts);
        for cut in cuts {
            self.late_because(findings, cut);
            self.late_leads(findings, cut);
        }
        for cut in cuts {
            self.leakage(findings, cut);
            self.leakage_beside(findings, cut);
        }
        self.rep_time(findings, all);
        list
    }

    fn level(&self) -> f64 {
        self.settings.level
    }

    /// The level with its critical values, worked out once for the thousands of intervals.
    fn confidence(&self) -> &Confidence {
        self.confidence.get_or_init(|| Confidence::at(self.level(), self.trials()))
    }

    fn tier_name(&self, tier: usize) -> Option<String> {
        Some(self.model.leads.tiers[tier].name.clone())
    }

    /// Pooled ratio of counts, with the typical range of the per-trial ratio.
    fn share(&self, counts: impl Iterator<Item = (u64, u64)>) -> (Estimate, Typical, Totals) {
        let mut tally = RatioTally::default();
        let mut ratios = Vec::with_capacity(self.records.len());
        let mut totals = Totals::default();
        for (x, n) in counts {
            tally.add(x, n);
            totals.kept += x;
            totals.judged += n;
            if n > 0 {
                ratios.push(x as f64 / n as f64);
            }
        }
        (told_by(&ratios, tally.estimate_at(self.confidence())), range(&ratios), totals)
    }

    /// Mean per trial, with the typical range.
    fn mean(&self, values: impl Iterator<Item = f64>) -> (Estimate, Typical) {
        let values: Vec<f64> = values.collect();
        (mean::mean_at(&values, self.confidence()), range(&values))
    }

    /// Share of an amount in another, both sums of numbers with fractions, with the typical range of the per-trial share.
    fn part(&self, values: impl Iterator<Item = (f64, f64)>) -> (Estimate, Typical) {
        let mut tally = RatioTallyF::default();
        let add = |(x, n): (f64, f64)| {
            tally.add(x, n);
            (n > 0.0).then(|| x / n)
        };
        let shares: Vec<f64> = values.filter_map(add).collect();
        (told_by(&shares, tally.estimate_at(self.confidence())), range(&shares))
    }

    /// Ratio of two amounts that is no share, with the typical range of the per-trial ratio.
    fn ratio(&self, values: impl Iterator<Item = (f64, f64)>) -> (Estimate, Typical) {
        let pairs: Vec<(f64, f64)> = values.collect();
        let ratios: Vec<f64> = pairs.iter().filter(|(_, n)| *n > 0.0).map(|(x, n)| x / n).collect();
        (told_by(&ratios, skewness::ratio_at(&pairs, self.confidence())), range(&ratios))
    }
}

/// A ratio that hangs on a single trial tells nothing of how trials differ: it has no interval, unless one that counts whole trials.
fn told_by(ratios: &[f64], estimate: Estimate) -> Estimate {
    let is_spread = matches!(estimate.method, Method::Delta | Method::DeltaLogit | Method::DeltaSkewed);
    if ratios.len() == 1 && is_spread { Estimate { low: None, high: None, ..estimate } } else { estimate }
}

/// The funnel of all tiers together.
pub(crate) fn total(outcome: &Outcome) -> Funnel {
    let mut sum = Funnel::default();
    outcome.tiers.iter().for_each(|tier| sum += &tier.funnel);
    sum
}

/// The typical range of the trials' own values; none of a single trial, nor where it is infinite.
fn range(values: &[f64]) -> Typical {
    let range = (values.len() > 1).then(|| quantile::typical_range(values));
    range.filter(|(low, high)| low.is_finite() && high.is_finite())
}
