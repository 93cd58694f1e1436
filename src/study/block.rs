//! A block of trials: the unit of work, on a thread now, on another machine later.

use super::packed::Packed;
use super::period_responses::PeriodResponses;
use super::timed::{Timed, TimedResponses};
use crate::model::Model;
use crate::stats::DurationHistogram;
use crate::trial::{self, Outcome, Prepared, Responses, Unwatched};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Most trials a block holds; the trials that share out their busyness are one. What is folded never depends on the number of threads.
pub(super) const BLOCK: u64 = trial::STRATA;

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
    "trial {trial} of seed {seed} failed: {message}\n  nothing is averaged without it; `leadsim trace` with the same scenario and changes (and --stratified, if so), --trial {trial} --seed {seed} \
     --lead 1, plays it alone\n  please report it with the scenario file and this seed"
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
    /// By week and month.
    pub period_responses: PeriodResponses,
    /// Response times of trials that are not pooled yet: by trial, tier (then all).
    aside: Vec<Vec<TimedResponses>>,
    /// What each trial counted by stretch.
    pub stretches: Vec<Packed>,
    pub arrivals_by_hour: Vec<u64>,
    pub cover_by_hour: Vec<u64>,
}

impl Block {
    pub fn empty(model: &Model) -> Self {
        let tiers = model.leads.tiers.len();
        Block {
            responses: (0..=tiers).map(|_| TierHistograms::default()).collect(),
            period_responses: PeriodResponses::empty(&model.horizon, tiers),
            arrivals_by_hour: vec![0; 168],
            cover_by_hour: vec![0; 168],
            ..Default::default()
        }
    }

    /// Adds the next block's trials; called in order of trial number.
    pub fn fold(&mut self, next: Block) {
        self.records.extend(next.records);
        self.stretches.extend(next.stretches);
        self.period_responses.fold(&next.period_responses);
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

    /// Keeps a trial's record; response times and hour counts go into the pool and are dropped, counts by stretch are packed.
    fn add(&mut self, mut outcome: Outcome) {
        self.set_aside(std::mem::take(&mut outcome.responses));
        outcome.response_quantiles =
            vec![NO_LEADS; self.responses.len() * CLASSES * CLOCKS * QUANTILES.len()];
        outcome.response_quantiles_by_period = self.period_responses.no_quantiles();
        self.stretches.push(Packed::of(std::mem::take(&mut outcome.stretches)));
        for (sum, n) in self.arrivals_by_hour.iter_mut().zip(std::mem::take(&mut outcome.arrivals_by_hour)) {
            *sum += u64::from(n);
        }
        for (sum, micros) in self.cover_by_hour.iter_mut().zip(std::mem::take(&mut outcome.cover_by_hour)) {
            *sum += micros;
        }
        self.records.push(outcome);
    }

    /// Orders a trial's response times, and sets them aside for [`Block::pool`].
    fn set_aside(&mut self, tiers: Vec<Responses>) {
        let mut tiers: Vec<_> = tiers.into_iter().map(TimedResponses::of).collect();
        tiers.push(TimedResponses::together(&tiers));
        self.aside.push(tiers);
    }

    /// Pools the response times of all trials of the block, one histogram after another: each is at hand while it is added to.
    fn pool(&mut self) {
        let mut room = Room::default();
        for cut in 0..self.responses.len() {
            for clock in 0..CLOCKS {
                for (trial, record) in self.aside.iter().zip(&mut self.records) {
                    let (times, never) = (&trial[cut].clocks[clock], &trial[cut].never);
                    self.period_responses.add((cut, clock), times, never, record);
                    room.fill(times);
                    for (class, times) in [times, &room.inside, &room.outside].into_iter().enumerate() {
                        let is_of = |lead: &&Timed| class == 0 || lead.class() == class - 1;
                        let never = never.iter().filter(is_of).count() as u64;
                        let buckets = times.iter().map(|time| time.bucket());
                        self.responses[cut][class][clock].add_buckets(buckets, times.len() as u64 + never);
                        let first = ((cut * CLASSES + class) * CLOCKS + clock) * QUANTILES.len();
                        for (place, share) in QUANTILES.into_iter().enumerate() {
                            record.response_quantiles[first + place] =
                                answered_within(times, never, share).unwrap_or(NO_LEADS);
                        }
                    }
                }
            }
        }
        self.aside.clear();
    }
}

/// Room for one trial's times of leads created in hours and after hours.
#[derive(Default)]
struct Room {
    inside: Vec<Timed>,
    outside: Vec<Timed>,
}

impl Room {
    /// Parts times in their order.
    fn fill(&mut self, times: &[Timed]) {
        self.inside.clear();
        self.outside.clear();
        for time in times {
            if time.class() == 0 { &mut self.inside } else { &mut self.outside }.push(*time);
        }
    }
}

/// The first time in seconds within which a share of a trial's leads was answered, of times in their order; infinite if that share never
/// was, none without leads.
pub(super) fn answered_within(times: &[Timed], never: u64, share: f64) -> Option<f32> {
    let leads = times.len() as u64 + never;
    let place = ((share * leads as f64).ceil() as usize).max(1) - 1;
    (leads > 0).then(|| times.get(place).map_or(f32::INFINITY, |time| time.seconds()))
}

/// What a panic said.
pub fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message").to_owned()
}

/// Plays trials `from..until` of a study. A panic in one is caught and named, never averaged away.
pub(super) fn run_block(prepared: &Prepared<'_>, seed: u64, from: u64, until: u64) -> Result<Block, Failure> {
    let mut block = Block::empty(prepared.model);
    for trial in from..until {
        let outcome = catch_unwind(AssertUnwindSafe(|| trial::run(prepared, seed, trial, &mut Unwatched)));
        match outcome {
            Ok(outcome) => block.add(outcome),
            Err(panic) => return Err(Failure { trial, seed, message: panic_message(panic.as_ref()) }),
        }
    }
    block.pool();
    if prepared.stratified() {
        block.responses.iter_mut().flatten().flatten().for_each(DurationHistogram::gather);
        block.period_responses.gather();
    }
    Ok(block)
}
