//! What a gain is measured in: leads in time, opportunities, dollars; a scenario's own value and the difference between two, trial by trial.

use crate::stats::{Estimate, RatioTally, mean, paired};
use crate::trial::Outcome;
use serde::Serialize;

/// What a gain is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Yardstick {
    /// Share of leads for which the promise is kept, pooled over trials.
    Attainment,
    /// Opportunities a trial, expected given held meetings.
    Opportunities,
    /// Pipeline a trial, expected given held meetings, dollars.
    Pipeline,
}

/// One trial of one scenario.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Played {
    pub kept: u32,
    pub judged: u32,
    pub opportunities: f64,
    pub pipeline: f64,
}

/// What is kept of a trial.
pub(super) fn of(outcome: &Outcome, promise: Option<usize>) -> Played {
    let kept = promise.map(|place| outcome.commitments[place].all).unwrap_or_default();
    Played {
        kept: kept.kept,
        judged: kept.judged,
        opportunities: outcome.tiers.iter().map(|tier| tier.funnel.opportunities_expected).sum(),
        pipeline: outcome.tiers.iter().map(|tier| tier.funnel.pipeline_expected).sum(),
    }
}

fn amounts(yardstick: Yardstick, played: &[Played]) -> Vec<f64> {
    let amount = |trial: &Played| match yardstick {
        Yardstick::Pipeline => trial.pipeline,
        _ => trial.opportunities,
    };
    played.iter().map(amount).collect()
}

fn pairs(played: &[Played]) -> Vec<(f64, f64)> {
    played.iter().map(|trial| (f64::from(trial.kept), f64::from(trial.judged))).collect()
}

/// One scenario in one yardstick, as a run tells it.
pub(super) fn level_of(yardstick: Yardstick, played: &[Played], level: f64) -> Estimate {
    if yardstick != Yardstick::Attainment {
        return mean::mean(&amounts(yardstick, played), level);
    }
    let mut tally = RatioTally::default();
    played.iter().for_each(|trial| tally.add(trial.kept.into(), trial.judged.into()));
    tally.estimate(level)
}

/// Other minus base, trial by trial.
pub(super) fn difference(yardstick: Yardstick, base: &[Played], other: &[Played], level: f64) -> Estimate {
    let difference = match yardstick {
        Yardstick::Attainment => paired::ratios(&pairs(base), &pairs(other), level),
        _ => paired::means(&amounts(yardstick, base), &amounts(yardstick, other), level),
    };
    difference.expect("both were played on the same trials")
}

/// How many times the trials it would take without the same leads.
pub(super) fn worth(yardstick: Yardstick, base: &[Played], other: &[Played]) -> Option<f64> {
    let values = |played: &[Played]| match yardstick {
        Yardstick::Attainment => paired::linearised(&pairs(played)).map(|linearised| linearised.1),
        _ => Some(amounts(yardstick, played)),
    };
    paired::worth_of_pairing(&values(base)?, &values(other)?).ok().flatten()
}
