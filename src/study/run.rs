//! Runs a study: blocks of trials on all threads, folded in the order of trial numbers, stopped at fixed looks.

use super::block::{Block, Failure, TierHistograms, run_block};
use super::packed::Packed;
use super::period_responses::PeriodResponses;
use super::{Settings, Trials, Units, in_order};
use crate::model::Model;
use crate::stats::{Confidence, sequence};
use crate::time::Span;
use crate::trial::{Outcome, Prepared};
use std::sync::OnceLock;

/// Listens to a study's progress, and may stop it.
pub trait Progress: Sync {
    /// So many trials are done, of so many planned (as far as is known).
    fn done(&self, _trials: u64, _planned: u64) {}
    /// Whether to stop now and answer with the finished prefix.
    fn stop(&self) -> bool {
        false
    }
}

/// Nobody watches.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl Progress for Quiet {}

/// How a study came to its end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ending {
    /// All trials asked for.
    Complete,
    /// The wanted precision was reached.
    Precise,
    /// The cap on trials was reached first; the half-width reached is told.
    Capped {
        /// Half-width reached, as a share, if an interval can be stated.
        reached: Option<f64>,
    },
    /// Stopped by the user: the finished prefix of trials.
    Stopped,
}

/// All trials of one scenario, and what is pooled over them.
#[derive(Debug)]
pub struct Study {
    /// What was simulated, with its decay calibrated.
    pub model: Model,
    /// How.
    pub settings: Settings,
    /// How it ended.
    pub ending: Ending,
    /// One record a trial, in order of trial number.
    pub records: Vec<Outcome>,
    /// Response times by tier, then of all tiers; by class (all, in hours, after hours); on the SLA clock and the lead clock.
    pub(super) responses: Vec<TierHistograms>,
    /// Response times by week and month.
    pub(super) period_responses: PeriodResponses,
    /// Of each trial, what it counted by stretch.
    pub(super) stretches: Vec<Packed>,
    pub(super) confidence: OnceLock<Confidence>,
    /// New MQLs by hour of the company's week, summed over trials.
    pub arrivals_by_hour: Vec<u64>,
    /// Rep hours at the desk by hour of the company's week, summed over trials.
    pub cover_by_hour: Vec<f64>,
}

impl Study {
    /// What of it is independent: its trials, or their blocks.
    pub fn units(&self) -> Units {
        Units::of(&self.settings)
    }

    /// Number of trials.
    pub fn trials(&self) -> u64 {
        self.records.len() as u64
    }
}

/// Plays the trials of a study.
///
/// # Errors
///
/// A [`Failure`] names the trial that failed; no average is ever taken without it.
pub fn run(model: Model, settings: Settings, progress: &dyn Progress) -> Result<Study, Failure> {
    let prepared = Prepared::new(&model).sharing_busyness(settings.stratified);
    let mut pooled = Block::empty(&model);
    let ending = match settings.trials {
        Trials::Fixed(trials) => {
            let trials = settings.whole(trials);
            play_until(&prepared, &settings, &mut pooled, trials, trials, progress)?;
            if (pooled.records.len() as u64) < trials { Ending::Stopped } else { Ending::Complete }
        }
        Trials::Precision { half_width, at_most } => {
            let at_most = settings.whole(at_most);
            let mut reached = None;
            let mut ending = None;
            for look in sequence::looks() {
                let look = settings.whole(look).min(at_most);
                play_until(&prepared, &settings, &mut pooled, look, at_most, progress)?;
                if (pooled.records.len() as u64) < look {
                    ending = Some(Ending::Stopped);
                    break;
                }
                reached = headline_half_width(&model, &pooled.records, &settings);
                if sequence::stop(reached, half_width) {
                    ending = Some(Ending::Precise);
                    break;
                }
                if look == at_most {
                    break;
                }
            }
            ending.unwrap_or(Ending::Capped { reached })
        }
    };
    drop(prepared);
    Ok(whole(model, settings, ending, pooled))
}

/// Plays trials as long as somebody wants more: `next` sees the records so far and says up to how many trials to play on, or that it has
/// seen enough. What is asked must depend on the records only, so that the answer does not depend on the number of threads.
///
/// # Errors
///
/// A [`Failure`] names the trial that failed.
pub fn run_while(
    model: Model,
    settings: Settings,
    mut next: impl FnMut(&[Outcome]) -> Option<u64>,
    progress: &dyn Progress,
) -> Result<Study, Failure> {
    let prepared = Prepared::new(&model);
    let mut pooled = Block::empty(&model);
    let mut ending = Ending::Complete;
    while let Some(trials) = next(&pooled.records) {
        play_until(&prepared, &settings, &mut pooled, trials, trials, progress)?;
        if (pooled.records.len() as u64) < trials {
            ending = Ending::Stopped;
            break;
        }
    }
    drop(prepared);
    Ok(whole(model, settings, ending, pooled))
}

/// What has been played, as a study.
fn whole(model: Model, settings: Settings, ending: Ending, pooled: Block) -> Study {
    Study {
        model,
        settings,
        ending,
        records: pooled.records,
        responses: pooled.responses,
        period_responses: pooled.period_responses,
        stretches: pooled.stretches,
        confidence: OnceLock::new(),
        arrivals_by_hour: pooled.arrivals_by_hour,
        cover_by_hour: pooled
            .cover_by_hour
            .iter()
            .map(|micros| Span::from_micros(*micros as i64).as_hours())
            .collect(),
    }
}

/// Plays on until `trials` are done; stops early, at the end of a whole prefix, when asked to.
fn play_until(
    prepared: &Prepared<'_>,
    settings: &Settings,
    pooled: &mut Block,
    trials: u64,
    planned: u64,
    progress: &dyn Progress,
) -> Result<(), Failure> {
    let done = pooled.records.len() as u64;
    progress.done(done, planned);
    // Trials that share out their busyness stay together.
    let least = Units::of(settings).size().max(in_order::LEAST);
    in_order::each_block(
        done..trials,
        least,
        || progress.stop(),
        |trials| run_block(prepared, settings.seed, trials.start, trials.end),
        |block| {
            pooled.fold(block);
            progress.done(pooled.records.len() as u64, planned);
        },
    )
}

/// Half-width of the headline promise's attainment.
fn headline_half_width(model: &Model, records: &[Outcome], settings: &Settings) -> Option<f64> {
    let headline = model.agreement.headline()?;
    let counts = records.iter().map(|record| {
        let all = record.commitments[headline].all;
        (u64::from(all.kept), u64::from(all.judged))
    });
    Units::of(settings).tally(counts).estimate(settings.level).half_width()
}
