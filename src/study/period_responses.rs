//! Response times by week and month, pooled over trials in coarser buckets than over the horizon, so that all of them stay small.

use super::block::{CLOCKS, NO_LEADS, QUANTILES, answered_within};
use crate::model::Horizon;
use crate::stats::{Bucket, DurationHistogram};
use crate::trial::{Response, stretches, stretches_in};

/// Buckets per doubling of time: each is at most an eighth wide, and inside it the curve is a straight line.
const PER_OCTAVE: usize = 8;

/// Response times of one tier (or all) in one week or month on one clock.
pub(super) type PeriodHistogram = DurationHistogram<PER_OCTAVE>;

/// Response times of every week and month, by tier and of all together, on both clocks.
#[derive(Debug, Default)]
pub(super) struct PeriodResponses {
    /// By period (weeks, then months), tier (then all), clock.
    histograms: Vec<PeriodHistogram>,
    /// By stretch, the week and the month it lies in.
    slots: Vec<Vec<usize>>,
    /// Tiers, and all together.
    cuts: usize,
    /// Room for one trial's times, laid out like the histograms: each in seconds, with its bucket.
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
        let (cuts, size) = (tiers + 1, periods * (tiers + 1) * CLOCKS);
        PeriodResponses {
            histograms: vec![PeriodHistogram::default(); size],
            slots,
            cuts,
            times: vec![Vec::new(); size],
            never: vec![0; size],
        }
    }

    /// Where a period's, a tier's (or all tiers', one past the last) and a clock's times stand.
    fn place(&self, slot: usize, cut: usize, clock: usize) -> usize {
        (slot * self.cuts + cut) * CLOCKS + clock
    }

    /// Sets a trial's times of one cut aside, ascending.
    pub fn note(&mut self, cut: usize, clock: usize, responses: &[Response], never: &[Response]) {
        for response in responses {
            let seconds = response.seconds();
            let time = (seconds as f32, Bucket::of(seconds));
            for slot in &self.slots[response.stretch()] {
                self.times[(slot * self.cuts + cut) * CLOCKS + clock].push(time);
            }
        }
        for response in never {
            for slot in &self.slots[response.stretch()] {
                self.never[(slot * self.cuts + cut) * CLOCKS + clock] += 1;
            }
        }
    }

    /// Pools what was set aside of one trial; its own quantiles, as its record keeps them.
    pub fn pool(&mut self) -> Vec<f32> {
        let mut own = Vec::with_capacity(self.times.len() * QUANTILES.len());
        let lists = self.times.iter_mut().zip(&mut self.never);
        for (histogram, (times, never)) in self.histograms.iter_mut().zip(lists) {
            let never = std::mem::take(never);
            histogram.add_buckets(times.iter().map(|time| time.1), times.len() as u64 + never);
            own.extend(QUANTILES.map(|share| {
                answered_within(times.len(), never, share, |place| times[place].0).unwrap_or(NO_LEADS)
            }));
            times.clear();
        }
        own
    }

    /// Adds the next block's.
    pub fn fold(&mut self, next: &Self) {
        for (mine, theirs) in self.histograms.iter_mut().zip(&next.histograms) {
            mine.merge(theirs);
        }
    }

    /// The times of one period, tier (or all) and clock, and where their quantiles begin in a record.
    pub fn of(&self, slot: usize, tier: Option<usize>, clock: usize) -> (&PeriodHistogram, usize) {
        let place = self.place(slot, tier.unwrap_or(self.cuts - 1), clock);
        (&self.histograms[place], place * QUANTILES.len())
    }
}
