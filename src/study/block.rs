//! A block of trials: the unit of work, on a thread now, on another machine later.

use crate::stats::DurationHistogram;
use crate::trial::{self, Outcome, Prepared, Unwatched};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Trials a block holds; fixed, so that what is folded never depends on the number of threads.
pub(super) const BLOCK: u64 = 20;

/// Classes of leads whose response times are kept apart.
pub(super) const CLASSES: usize = 3;

/// Clocks on which they are kept: SLA clock, lead clock.
pub(super) const CLOCKS: usize = 2;

/// Shares whose times are kept of every trial.
pub(super) const QUANTILES: [f64; 3] = [0.5, 0.9, 0.95];

/// Stands for the quantile of a trial without such leads: a number, so that equal records compare equal.
pub(super) const NO_LEADS: f32 = -1.0;

/// Response times of one tier (or of all), by class (all, in hours, after hours), on both clocks (SLA clock, lead clock).
pub(super) type TierHistograms = [[DurationHistogram; CLOCKS]; CLASSES];

/// A trial that failed: its number and seed play it again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "trial {trial} of seed {seed} failed: {message}\n  nothing is averaged without it; please report it with the scenario file and this seed"
)]
pub struct Failure {
    /// Number of the trial.
    pub trial: u64,
    /// The study's seed.
    pub seed: u64,
    /// What it said.
    pub message: String,
}

/// What a block of trials leaves: a small record a trial, and pooled counts.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub records: Vec<Outcome>,
    /// By tier, then all tiers together.
    pub responses: Vec<TierHistograms>,
    pub arrivals_by_hour: Vec<u64>,
    pub cover_by_hour: Vec<u64>,
}

impl Block {
    pub fn empty(tiers: usize) -> Self {
        Block {
            records: Vec::new(),
            responses: (0..=tiers).map(|_| TierHistograms::default()).collect(),
            arrivals_by_hour: vec![0; 168],
            cover_by_hour: vec![0; 168],
        }
    }

    /// Adds the next block's trials; called in order of trial number.
    pub fn fold(&mut self, next: Block) {
        self.records.extend(next.records);
        for (mine, theirs) in
            self.responses.iter_mut().flatten().flatten().zip(next.responses.iter().flatten().flatten())
        {
            mine.merge(theirs);
        }
        for (mine, theirs) in self.arrivals_by_hour.iter_mut().zip(&next.arrivals_by_hour) {
            *mine += theirs;
        }
        for (mine, theirs) in self.cover_by_hour.iter_mut().zip(&next.cover_by_hour) {
            *mine += theirs;
        }
    }

    /// Keeps a trial's record; response times and hour counts go into the pool and are dropped.
    fn add(&mut self, mut outcome: Outcome) {
        let responses = std::mem::take(&mut outcome.responses);
        let own = &mut outcome.response_quantiles;
        own.reserve_exact((responses.len() + 1) * CLASSES * CLOCKS * QUANTILES.len());
        let mut everyone: [[Vec<f64>; CLOCKS]; 2] = Default::default();
        let mut never_all = [0u64; 2];
        for (parts, histograms) in responses.into_iter().zip(&mut self.responses) {
            let never = parts.each_ref().map(|part| u64::from(part.never));
            let clocks = parts.map(|part| {
                [part.sla_seconds, part.lead_seconds].map(|mut seconds| {
                    seconds.sort_unstable_by(f64::total_cmp);
                    seconds
                })
            });
            add_classes(histograms, own, &clocks, never);
            for (place, clocks) in clocks.iter().enumerate() {
                never_all[place] += never[place];
                for (all, seconds) in everyone[place].iter_mut().zip(clocks) {
                    *all = merged(all, seconds);
                }
            }
        }
        let all = self.responses.last_mut().expect("one more than tiers");
        add_classes(all, own, &everyone, never_all);
        for (sum, n) in self.arrivals_by_hour.iter_mut().zip(std::mem::take(&mut outcome.arrivals_by_hour)) {
            *sum += u64::from(n);
        }
        for (sum, micros) in self.cover_by_hour.iter_mut().zip(std::mem::take(&mut outcome.cover_by_hour)) {
            *sum += micros;
        }
        self.records.push(outcome);
    }
}

/// Adds one trial's times, ascending, of leads in hours and after hours, to the histograms of all, of these and of those, and their
/// quantiles to the trial's record.
fn add_classes(
    histograms: &mut TierHistograms,
    own: &mut Vec<f32>,
    [inside, outside]: &[[Vec<f64>; CLOCKS]; 2],
    never: [u64; 2],
) {
    let mut add = |class: usize, clock: usize, seconds: &[f64], never: u64| {
        histograms[class][clock].add_trial(seconds, never);
        own.extend(QUANTILES.map(|share| answered_within(seconds, never, share)));
    };
    for clock in 0..CLOCKS {
        add(0, clock, &merged(&inside[clock], &outside[clock]), never[0] + never[1]);
    }
    for (class, (part, never)) in [inside, outside].into_iter().zip(never).enumerate() {
        for (clock, seconds) in part.iter().enumerate() {
            add(class + 1, clock, seconds, never);
        }
    }
}

/// Two ascending lists as one.
fn merged(one: &[f64], other: &[f64]) -> Vec<f64> {
    let mut all = Vec::with_capacity(one.len() + other.len());
    let (mut one, mut other) = (one, other);
    while let (Some(first), Some(second)) = (one.first(), other.first()) {
        let from = if second < first { &mut other } else { &mut one };
        all.push(from[0]);
        *from = &from[1..];
    }
    all.extend_from_slice(one);
    all.extend_from_slice(other);
    all
}

/// The first time within which a share of a trial's leads was answered, of ascending `seconds`; infinite if that share never
/// was.
fn answered_within(seconds: &[f64], never: u64, share: f64) -> f32 {
    let leads = seconds.len() as u64 + never;
    if leads == 0 {
        return NO_LEADS;
    }
    let wanted = (share * leads as f64).ceil() as usize;
    seconds.get(wanted.max(1) - 1).map_or(f32::INFINITY, |seconds| *seconds as f32)
}

/// Plays trials `from..until` of a study. A panic in one is caught and named, never averaged away.
pub(super) fn run_block(prepared: &Prepared<'_>, seed: u64, from: u64, until: u64) -> Result<Block, Failure> {
    let mut block = Block::empty(prepared.model.leads.tiers.len());
    for trial in from..until {
        let outcome = catch_unwind(AssertUnwindSafe(|| trial::run(prepared, seed, trial, &mut Unwatched)));
        match outcome {
            Ok(outcome) => block.add(outcome),
            Err(panic) => {
                let message = panic
                    .downcast_ref::<String>()
                    .cloned()
                    .or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string))
                    .unwrap_or_else(|| "no message".into());
                return Err(Failure { trial, seed, message });
            }
        }
    }
    Ok(block)
}
