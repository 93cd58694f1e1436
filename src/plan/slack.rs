//! A quick look at covers: how far each lies from its goals, on the same few trials for all, so that a search knows what to try next.

use super::cover_desk::{CoverError, Desk};
use super::size::{Decision, Wanted};
use crate::model::Model;
use crate::stats::law::normal_quantile;
use crate::study::{self, Ending, Pilot, Progress, Settings, Trials};
use crate::trial::Outcome;
use std::collections::BTreeMap;

/// Trials of one look.
pub const TRIALS_A_LOOK: u64 = 60;
/// Covers looked at, at most: so many, or [`LOOKS_A_PART`] for each part of the cover where that is more.
const FEWEST_LOOKS: usize = 200;
const LOOKS_A_PART: usize = 20;
/// Standard deviations beyond which a look says nothing finer.
const FAR: f64 = 6.0;
/// Spread of the distance to a goal below which it counts as always the same, a share.
const NO_SPREAD: f64 = 1e-3;

/// What has been looked at.
pub(super) struct Looks<'a> {
    desk: &'a Desk<'a>,
    pilot: &'a Pilot<'a>,
    wanted: &'a Wanted,
    known: BTreeMap<Vec<u32>, f64>,
    at_most: usize,
    /// Trials played.
    pub trials: u64,
    /// Whether a further look was wanted and none was left.
    pub spent: bool,
    /// Whether the user stopped it.
    pub stopped: bool,
}

impl<'a> Looks<'a> {
    pub fn new(desk: &'a Desk<'a>, pilot: &'a Pilot<'a>, wanted: &'a Wanted) -> Self {
        let at_most = FEWEST_LOOKS.max(LOOKS_A_PART * desk.parts.len());
        Looks {
            desk,
            pilot,
            wanted,
            known: BTreeMap::new(),
            at_most,
            trials: 0,
            spent: false,
            stopped: false,
        }
    }

    /// The same with no look left.
    #[cfg(test)]
    pub fn used_up(self) -> Self {
        Looks { at_most: 0, ..self }
    }

    /// How many covers have been looked at.
    pub fn covers(&self) -> usize {
        self.known.len()
    }

    /// Mean distance of the worst promise to its goal, in its own standard deviations from trial to trial: 0 is a promise that holds
    /// in about half of all trials. Smoother than the share of trials that hold, which hardly moves where nearly all do. `None` when
    /// there have been looks enough, or the user stops.
    pub fn look(&mut self, counts: &[u32], progress: &dyn Progress) -> Result<Option<f64>, CoverError> {
        if let Some(known) = self.known.get(counts) {
            return Ok(Some(*known));
        }
        if self.stopped || counts.iter().all(|count| *count == 0) {
            return Ok(None);
        }
        if self.known.len() >= self.at_most {
            self.spent = true;
            return Ok(None);
        }
        let model = self.desk.model(counts, self.pilot)?;
        let settings = Settings {
            seed: self.wanted.seed,
            trials: Trials::Fixed(TRIALS_A_LOOK),
            level: self.wanted.level,
            ..Settings::default()
        };
        let study = study::run(model, settings, progress)?;
        self.trials += study.trials();
        if study.ending == Ending::Stopped {
            self.stopped = true;
            return Ok(None);
        }
        let margins: Vec<f64> =
            study.records.iter().map(|r| margin(&study.model, &self.wanted.commitments, r)).collect();
        let slack = standardised(&margins);
        self.known.insert(counts.to_vec(), slack);
        Ok(Some(slack))
    }
}

/// How far the promise that is worst off in this trial lies above its goal, a share.
fn margin(model: &Model, commitments: &[usize], record: &Outcome) -> f64 {
    let of = |i: &usize| {
        let tally = record.commitments[*i].all;
        let kept = if tally.judged == 0 { 1.0 } else { f64::from(tally.kept) / f64::from(tally.judged) };
        kept - model.agreement.commitments[*i].goal.share
    };
    commitments.iter().map(of).fold(f64::INFINITY, f64::min)
}

/// Mean in standard deviations, within ± [`FAR`].
fn standardised(margins: &[f64]) -> f64 {
    let n = margins.len().max(2) as f64;
    let mean = margins.iter().sum::<f64>() / n;
    let variance = margins.iter().map(|margin| (margin - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (mean / variance.sqrt().max(NO_SPREAD)).clamp(-FAR, FAR)
}

/// The slack from which on a cover is thought to be enough, after one with this slack was judged: where the share of trials in which it
/// held says that the wanted one lies. One that is enough moves it down at once; else it takes a few trials of either kind.
pub(super) fn target(
    before: f64,
    probability: f64,
    slack: f64,
    decision: Decision,
    (held, played): (u64, u64),
) -> f64 {
    let share = (held as f64 + 0.5) / (played as f64 + 1.0);
    let at = normal_quantile(probability) + slack - normal_quantile(share);
    match decision {
        _ if held.min(played - held) >= 5 => at,
        Decision::Enough => before.min(at),
        _ => before,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With a goal of 100 % no slack is above 0: a cover that held in all of 60 trials at slack −0.2 is enough, so the slack that counts as
    /// enough is none above it.
    #[test]
    fn a_cover_that_is_enough_is_never_thought_too_few() {
        let untold = normal_quantile(0.7);
        let at = target(untold, 0.7, -0.2, Decision::Enough, (60, 60));
        assert!(at < -0.2, "{at}");
        assert_eq!(target(untold, 0.7, -0.2, Decision::TooFew, (2, 60)), untold);
        assert_eq!(target(-3.0, 0.7, -0.2, Decision::Enough, (60, 60)), -3.0);
        // half of the trials: the slack is that of a share of one half
        let half = target(untold, 0.5, 0.3, Decision::TooFew, (50, 100));
        assert!((half - 0.3).abs() < 1e-9, "{half}");
    }

    #[test]
    fn slack_is_the_mean_in_standard_deviations() {
        assert!((standardised(&[0.0, 0.1, 0.2]) - 1.0).abs() < 1e-12);
        assert_eq!(standardised(&[0.1, 0.1, 0.1]), FAR);
        assert_eq!(standardised(&[-0.1, -0.1]), -FAR);
    }
}
