//! What each trial of one variant gave, as far as plans hold variants against each other: whether the promises held, how often they were kept, and money.

use super::size::hold;
use crate::stats::{Estimate, RatioTally, mean, paired, proportion};
use crate::study::Study;
use crate::trial::{Funnel, Outcome};

/// What is compared, trial by trial.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Readings {
    /// Whether all wanted promises held.
    pub held: Vec<bool>,
    /// Of the first of them: kept, and judged.
    pub kept: Vec<(u64, u64)>,
    /// Opportunities, by expected values.
    pub opportunities: Vec<f64>,
    /// Pipeline, dollars, by expected values.
    pub pipeline: Vec<f64>,
    /// Won amounts whenever they close, dollars, by expected values.
    pub won: Vec<f64>,
}

/// One measure that plans compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Share of trials in which all wanted promises hold.
    Holds,
    /// Share of leads for which the first of them was kept, pooled.
    Attainment,
    /// Opportunities a trial.
    Opportunities,
    /// Pipeline a trial, dollars.
    Pipeline,
    /// Won amounts a trial, dollars.
    Won,
}

impl Measure {
    /// All of them.
    pub const ALL: [Measure; 5] =
        [Measure::Holds, Measure::Attainment, Measure::Opportunities, Measure::Pipeline, Measure::Won];
}

impl Readings {
    /// Of a study, about these commitments (at least one), by their place in the agreement.
    pub fn of(study: &Study, commitments: &[usize]) -> Readings {
        let model = &study.model;
        let amount = model.buyers.funnel.amount.mean();
        let funnel = |outcome: &Outcome, of: fn(&Funnel) -> f64| {
            outcome.tiers.iter().map(|tier| of(&tier.funnel)).sum::<f64>()
        };
        let records = &study.records;
        let kept = |outcome: &Outcome| {
            let tally = outcome.commitments[commitments[0]].all;
            (u64::from(tally.kept), u64::from(tally.judged))
        };
        Readings {
            held: records.iter().map(|outcome| hold(model, commitments, outcome)).collect(),
            kept: records.iter().map(kept).collect(),
            opportunities: records.iter().map(|o| funnel(o, |f| f.opportunities_expected)).collect(),
            pipeline: records.iter().map(|o| funnel(o, |f| f.pipeline_expected)).collect(),
            won: records.iter().map(|o| amount * funnel(o, |f| f.won_expected)).collect(),
        }
    }

    /// Number of trials.
    pub fn trials(&self) -> u64 {
        self.held.len() as u64
    }

    /// The first trials alone.
    pub fn first(&self, trials: usize) -> Readings {
        let cut = trials.min(self.held.len());
        Readings {
            held: self.held[..cut].to_vec(),
            kept: self.kept[..cut].to_vec(),
            opportunities: self.opportunities[..cut].to_vec(),
            pipeline: self.pipeline[..cut].to_vec(),
            won: self.won[..cut].to_vec(),
        }
    }

    /// A measure with its interval; of shares of trials an exact one.
    pub fn estimate(&self, measure: Measure, level: f64) -> Estimate {
        match measure {
            Measure::Holds => {
                let held = self.held.iter().filter(|held| **held).count() as u64;
                proportion::clopper_pearson_estimate(held, self.trials(), level)
            }
            Measure::Attainment => {
                let mut tally = RatioTally::default();
                self.kept.iter().for_each(|(kept, judged)| tally.add(*kept, *judged));
                tally.estimate(level)
            }
            Measure::Opportunities => mean::mean(&self.opportunities, level),
            Measure::Pipeline => mean::mean(&self.pipeline, level),
            Measure::Won => mean::mean(&self.won, level),
        }
    }

    /// How far the other is from this one, trial by trial on the trials that both played.
    pub fn moved(&self, other: &Readings, measure: Measure, level: f64) -> Estimate {
        let cut = self.held.len().min(other.held.len());
        let pairs = |kept: &[(u64, u64)]| {
            kept[..cut].iter().map(|(kept, judged)| (*kept as f64, *judged as f64)).collect::<Vec<_>>()
        };
        let moved = match measure {
            Measure::Holds => {
                paired::holds(&self.held[..cut], &other.held[..cut], level).map(|holds| holds.difference)
            }
            Measure::Attainment => paired::ratios(&pairs(&self.kept), &pairs(&other.kept), level),
            Measure::Opportunities => {
                paired::means(&self.opportunities[..cut], &other.opportunities[..cut], level)
            }
            Measure::Pipeline => paired::means(&self.pipeline[..cut], &other.pipeline[..cut], level),
            Measure::Won => paired::means(&self.won[..cut], &other.won[..cut], level),
        };
        moved.expect("both were cut to one length")
    }
}

/// On which side of the wanted probability a share of trials lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// At it or above, beyond chance.
    Holds,
    /// Below, beyond chance.
    Breaks,
    /// The interval has it inside.
    CannotTell,
}

/// The side on which the whole interval lies.
pub fn side(estimate: &Estimate, wanted: f64) -> Side {
    match (estimate.low, estimate.high) {
        (Some(low), _) if low >= wanted => Side::Holds,
        (_, Some(high)) if high < wanted => Side::Breaks,
        _ => Side::CannotTell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readings(held: &[bool], opportunities: &[f64]) -> Readings {
        Readings {
            held: held.to_vec(),
            kept: held.iter().map(|held| (u64::from(*held) * 9, 10)).collect(),
            opportunities: opportunities.to_vec(),
            pipeline: opportunities.iter().map(|o| o * 40e3).collect(),
            won: opportunities.iter().map(|o| o * 10e3).collect(),
        }
    }

    #[test]
    fn what_moved_is_paired_on_the_trials_both_have() {
        let base = readings(&[true, false, true, true], &[1.0, 2.0, 3.0, 9.0]);
        let other = readings(&[true, true, true], &[2.0, 3.0, 4.0]);
        assert_eq!(base.moved(&other, Measure::Opportunities, 0.95).value, 1.0);
        assert!((base.moved(&other, Measure::Holds, 0.95).value - 1.0 / 3.0).abs() < 1e-15);
        assert!((base.moved(&other, Measure::Attainment, 0.95).value - 0.3).abs() < 1e-15);
        assert!((base.estimate(Measure::Attainment, 0.95).value - 27.0 / 40.0).abs() < 1e-15);
    }

    #[test]
    fn a_side_needs_the_whole_interval() {
        let of = |held, trials| side(&proportion::clopper_pearson_estimate(held, trials, 0.95), 0.9);
        assert_eq!((of(100, 100), of(92, 100), of(70, 100)), (Side::Holds, Side::CannotTell, Side::Breaks));
    }
}
