//! Response times by week and month, pooled over trials in coarser buckets than over the horizon, so that all of them stay small.

use super::block::{CLOCKS, NO_LEADS, QUANTILES, answered_within};
use super::timed::Timed;
use crate::model::Horizon;
use crate::stats::BucketHistogram;
use crate::trial::{Outcome, stretches, stretches_in};

/// Buckets per doubling of time: each is at most an eighth wide, and inside it the curve is a straight line.
const PER_OCTAVE: usize = 8;

/// Response times of one tier (or all) in one week or month on one clock.
pub(super) type PeriodHistogram = BucketHistogram<PER_OCTAVE>;

/// Response times of every week and month, by tier and of all together, on both clocks.
#[derive(Debug, Default)]
pub(super) struct PeriodResponses {
    /// By tier (then all), clock, period (weeks, then months).
    histograms: Vec<PeriodHistogram>,
    /// By stretch, the week and the month it lies in (meaningless where no instant does).
    slots: Vec<[usize; 2]>,
    /// Tiers, and all together.
    cuts: usize,
    /// Room for one trial's times by period.
    times: Vec<Vec<Timed>>,
    /// Leads of one trial that were never attempted, likewise.
    never: Vec<u64>,
}

impl PeriodResponses {
    pub fn empty(horizon: &Horizon, tiers: usize) -> Self {
        let periods = horizon.weeks.len() + horizon.months.len();
        let mut slots = vec![[0; 2]; stretches(horizon)];
        for slot in 0..periods {
            for stretch in stretches_in(horizon, slot) {
                slots[stretch][usize::from(slot >= horizon.weeks.len())] = slot;
            }
        }
        PeriodResponses {
            histograms: vec![PeriodHistogram::default(); periods * (tiers + 1) * CLOCKS],
            slots,
            cuts: tiers + 1,
            times: vec![Vec::new(); periods],
            never: vec![0; periods],
        }
    }

    /// Where the times of a tier (or all tiers, one past the last), a clock and a period stand.
    fn place(&self, cut: usize, clock: usize, slot: usize) -> usize {
        (cut * CLOCKS + clock) * self.times.len() + slot
    }

    /// What the record of a trial without leads keeps.
    pub fn no_quantiles(&self) -> Vec<f32> {
        vec![NO_LEADS; self.histograms.len() * QUANTILES.len()]
    }

    /// Adds one trial's times of one tier (or all) on one clock, in order, and leaves the trial's own quantiles in its record.
    pub fn add(
        &mut self,
        (cut, clock): (usize, usize),
        times: &[Timed],
        never: &[Timed],
        record: &mut Outcome,
    ) {
        for time in times {
            for slot in self.slots[time.stretch()] {
                self.times[slot].push(*time);
            }
        }
        for slot in never.iter().flat_map(|lead| self.slots[lead.stretch()]) {
            self.never[slot] += 1;
        }
        let first = self.place(cut, clock, 0);
        let histograms = &mut self.histograms[first..][..self.times.len()];
        let own =
            record.response_quantiles_by_period[first * QUANTILES.len()..].chunks_exact_mut(QUANTILES.len());
        let periods = self.times.iter_mut().zip(&mut self.never);
        for ((histogram, own), (times, never)) in histograms.iter_mut().zip(own).zip(periods) {
            let never = std::mem::take(never);
            let buckets = times.iter().map(|time| time.bucket().among());
            histogram.add_buckets(buckets, times.len() as u64 + never);
            for (own, share) in own.iter_mut().zip(QUANTILES) {
                *own = answered_within(times, never, share).unwrap_or(NO_LEADS);
            }
            times.clear();
        }
    }

    /// Takes all trials for one.
    pub fn gather(&mut self) {
        self.histograms.iter_mut().for_each(PeriodHistogram::gather);
    }

    /// Adds the next block's.
    pub fn fold(&mut self, next: &Self) {
        for (mine, theirs) in self.histograms.iter_mut().zip(&next.histograms) {
            mine.merge(theirs);
        }
    }

    /// The times of one period, tier (or all) and clock, and where their quantiles begin in a record.
    pub fn of(&self, slot: usize, tier: Option<usize>, clock: usize) -> (&PeriodHistogram, usize) {
        let place = self.place(tier.unwrap_or(self.cuts - 1), clock, slot);
        (&self.histograms[place], place * QUANTILES.len())
    }
}
