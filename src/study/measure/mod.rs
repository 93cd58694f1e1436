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
use super::series::{ByTrial, Series};
use crate::stats::{
    Confidence, Estimate, Method, RatioTally, RatioTallyF, mean, proportion, quantile, skewness,
};
use crate::trial::{Funnel, Outcome};
use cut::Cut;
use rayon::prelude::*;

/// Makes the measures of a study, and keeps what each trial gave where that is wanted.
struct Measures<'s> {
    study: &'s Study,
    /// Whether findings carry what each trial gave; then none is left out for being nothing in every trial, so that another study's
    /// can be held against it.
    keeps: bool,
}

impl std::ops::Deref for Measures<'_> {
    type Target = Study;

    fn deref(&self) -> &Study {
        self.study
    }
}

/// An estimate, with what it was made of where that is kept.
struct Measured {
    estimate: Estimate,
    by_trial: Option<ByTrial>,
}

impl Measured {
    fn is_known(&self) -> bool {
        self.estimate.is_known()
    }
}

impl From<Estimate> for Measured {
    fn from(estimate: Estimate) -> Self {
        Measured { estimate, by_trial: None }
    }
}

/// Starts a finding about all leads over the horizon.
fn finding(
    measure: &'static str,
    unit: Unit,
    estimand: &'static str,
    measured: impl Into<Measured>,
) -> Finding {
    let Measured { estimate, by_trial } = measured.into();
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
        by_trial,
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
        let measures = Measures { study: self, keeps: false };
        let periods = self.periods();
        let of = |place: usize| match place.checked_sub(1) {
            None => measures.over_horizon(),
            Some(slot) => measures.findings_of(&self.cuts(periods[slot].clone(), Some(slot))),
        };
        let stretches: Vec<Vec<Finding>> =
            (0..periods.len() + 1).into_par_iter().with_max_len(1).map(of).collect();
        stretches.into_iter().flatten().collect()
    }

    /// Every estimate over the whole horizon, by tier and overall.
    pub fn findings_over_horizon(&self) -> Vec<Finding> {
        Measures { study: self, keeps: false }.over_horizon()
    }

    /// Every measure over the whole horizon with what each trial gave, in the order of the findings: to be held against another
    /// study of the same trials. Pooled quantiles are not among them: no trial's own value makes them up.
    pub fn series(&self) -> Vec<Series> {
        let findings = Measures { study: self, keeps: true }.over_horizon();
        findings.into_iter().filter(|f| f.period == Period::Horizon).filter_map(Series::of).collect()
    }

    fn level(&self) -> f64 {
        self.settings.level
    }

    /// The level with its critical values, at this number of independent units, worked out once for the thousands of intervals.
    fn confidence(&self) -> &Confidence {
        self.confidence.get_or_init(|| Confidence::at(self.level(), self.units().among(self.trials())))
    }

    fn tier_name(&self, tier: usize) -> Option<String> {
        Some(self.model.leads.tiers[tier].name.clone())
    }
}

impl Measures<'_> {
    fn over_horizon(&self) -> Vec<Finding> {
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

    /// An estimate with what it was made of, where that is kept.
    fn measured(&self, estimate: Estimate, by_trial: impl FnOnce() -> ByTrial) -> Measured {
        Measured { estimate, by_trial: self.keeps.then(by_trial) }
    }

    /// Pooled ratio of counts, with the typical range of the per-trial ratio.
    fn share(&self, counts: impl Iterator<Item = (u64, u64)>) -> (Measured, Typical, Totals) {
        let mut ratios = Vec::with_capacity(self.records.len());
        let mut totals = Totals::default();
        let mut pairs = Vec::new();
        let heard = counts.inspect(|&(x, n)| {
            totals.kept += x;
            totals.judged += n;
            if n > 0 {
                ratios.push(x as f64 / n as f64);
            }
            if self.keeps {
                pairs.push((x as f64, n as f64));
            }
        });
        let (mut tally, mut known) = (RatioTally::default(), 0);
        for (x, n) in self.units().sums(heard, |a, b| (a.0 + b.0, a.1 + b.1)) {
            tally.add(x, n);
            known += usize::from(n > 0);
        }
        let estimate = self.told_by(known, tally.estimate_at(self.confidence()));
        (self.measured(estimate, || ByTrial::Ratio(pairs)), range(&ratios), totals)
    }

    /// Mean per trial, with the typical range.
    fn mean(&self, values: impl Iterator<Item = f64>) -> (Measured, Typical) {
        let values: Vec<f64> = values.collect();
        let units = self.units();
        let estimate = match units.are_blocks() {
            true => mean::mean_at(&units.means(&values), self.confidence()),
            false => mean::mean_at(&values, self.confidence()),
        };
        let typical = range(&values);
        (self.measured(units.told(estimate), || ByTrial::Mean(values)), typical)
    }

    /// Share of an amount in another, both sums of numbers with fractions, with the typical range of the per-trial share.
    fn part(&self, values: impl Iterator<Item = (f64, f64)>) -> (Measured, Typical) {
        let mut shares = Vec::with_capacity(self.records.len());
        let mut pairs = Vec::new();
        let heard = values.inspect(|&(x, n)| {
            if n > 0.0 {
                shares.push(x / n);
            }
            if self.keeps {
                pairs.push((x, n));
            }
        });
        let (mut tally, mut known) = (RatioTallyF::default(), 0);
        for (x, n) in self.units().sums(heard, |a, b| (a.0 + b.0, a.1 + b.1)) {
            tally.add(x, n);
            known += usize::from(n > 0.0);
        }
        let estimate = self.told_by(known, tally.estimate_at(self.confidence()));
        (self.measured(estimate, || ByTrial::Ratio(pairs)), range(&shares))
    }

    /// Ratio of two amounts that is no share, with the typical range of the per-trial ratio.
    fn ratio(&self, values: impl Iterator<Item = (f64, f64)>) -> (Measured, Typical) {
        let pairs: Vec<(f64, f64)> = values.collect();
        let ratios: Vec<f64> = pairs.iter().filter(|(_, n)| *n > 0.0).map(|(x, n)| x / n).collect();
        let units = self.units();
        let summed: Vec<(f64, f64)> = match units.are_blocks() {
            true => units.sums(pairs.iter().copied(), |a, b| (a.0 + b.0, a.1 + b.1)).collect(),
            false => pairs.clone(),
        };
        let known = summed.iter().filter(|(_, n)| *n > 0.0).count();
        let estimate = self.told_by(known, skewness::ratio_at(&summed, self.confidence()));
        (self.measured(estimate, || ByTrial::Ratio(pairs)), range(&ratios))
    }

    /// Share of trials that say yes, which is the chance that a trial does.
    fn chance(&self, yes: impl Iterator<Item = bool>) -> Measured {
        let answers: Vec<bool> = yes.collect();
        let units = self.units();
        let hits: Vec<u64> = units.sums(answers.iter().map(|yes| u64::from(*yes)), |a, b| a + b).collect();
        let estimate = match units.are_blocks() {
            true => proportion::of_blocks(&hits, units.size(), self.confidence()),
            false => proportion::wilson(hits.iter().sum(), self.trials(), self.level()),
        };
        self.measured(estimate, || ByTrial::YesNo(answers))
    }

    /// A ratio that hangs on a single trial (or block) tells nothing of how they differ: it has no interval, unless one that counts whole
    /// trials; `known` have such a ratio.
    fn told_by(&self, known: usize, estimate: Estimate) -> Estimate {
        let is_spread = matches!(estimate.method, Method::Delta | Method::DeltaLogit | Method::DeltaSkewed);
        let hangs = known == 1 && is_spread;
        let estimate = if hangs { Estimate { low: None, high: None, ..estimate } } else { estimate };
        self.units().told(estimate)
    }
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
