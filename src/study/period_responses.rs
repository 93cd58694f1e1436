//! Response times by week and month, pooled over trials in coarser buckets than over the horizon, so that all of them stay small.

use super::block::{CLOCKS, NO_LEADS, QUANTILES, answered_within};
use crate::model::Horizon;
use crate::stats::{Bucket, BucketHistogram};
use crate::trial::{Outcome, Response, stretches, stretches_in};

/// Buckets per doubling of time: each is at most an eighth wide, and inside it the curve is a straight line.
const PER_OCTAVE: usize = 8;

/// Response times of one tier (or all) in one week or month on one clock.
pub(super) type PeriodHistogram = BucketHistogram<PER_OCTAVE>;

/// Response times of every week and month, by tier and of all together, on both clocks.
#[derive(Debug, Default)]
pub(super) struct PeriodResponses {
    /// By tier (then all), clock, period (weeks, then months).
    histograms: Vec<PeriodHistogram>,
    /// By stretch, the week and the month it lies in.
    slots: Vec<Vec<usize>>,
    /// Tiers, and all together.
    cuts: usize,
    /// Room for one trial's times by period: each in seconds, with its bucket.
    times: Vec<Vec<(f32, Bucket<PER_OCTAVE>)>>,
    /// Leads of one trial that were never attempted, likewise.
    never: Vec<u64>,
}

impl PeriodResponses {
    pub fn empty(horizon: &Horizon, tiers: usize) -> Self {
        let periods = horizon.weeks.len() + horizon.months.len();
        let mut slots = vec![Vec::new(); stretches(horizon)];
        for slot in 0..periods {
            for stretch in stretches_in(horizon, slot) {
                slots[stretch].push(slot);
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

    /// Adds one trial's times of one tier (or all) on one clock, ascending, each with the stretch it belongs to and its bucket, and leaves
    /// the trial's own quantiles in its record.
    pub fn add(
        &mut self,
        (cut, clock): (usize, usize),
        responses: impl Iterator<Item = (usize, f32, Bucket<PER_OCTAVE>)>,
        never: &[Response],
        record: &mut Outcome,
    ) {
        for (stretch, seconds, bucket) in responses {
            for slot in &self.slots[stretch] {
                self.times[*slot].push((seconds, bucket));
            }
        }
        for slot in never.iter().flat_map(|response| &self.slots[response.stretch()]) {
            self.never[*slot] += 1;
        }
        let first = self.place(cut, clock, 0);
        let histograms = &mut self.histograms[first..][..self.times.len()];
        let own =
            record.response_quantiles_by_period[first * QUANTILES.len()..].chunks_exact_mut(QUANTILES.len());
        let periods = self.times.iter_mut().zip(&mut self.never);
        for ((histogram, own), (times, never)) in histograms.iter_mut().zip(own).zip(periods) {
            let never = std::mem::take(never);
            histogram.add_buckets(times.iter().map(|time| time.1), times.len() as u64 + never);
            for (own, share) in own.iter_mut().zip(QUANTILES) {
                *own = answered_within(times.len(), never, share, |place| times[place].0).unwrap_or(NO_LEADS);
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
