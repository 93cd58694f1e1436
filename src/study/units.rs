//! What is independent of what in a study: every trial, or every block of trials that share out their busyness.

use super::block::BLOCK;
use super::settings::Settings;
use crate::stats::{Estimate, RatioTally};

/// How many trials make one independent unit: the estimators are told sums over units, and nothing else about blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Units(u64);

impl Units {
    /// Of a study with these settings.
    pub fn of(settings: &Settings) -> Self {
        Units(if settings.stratified { BLOCK } else { 1 })
    }

    /// Whether single trials are not independent of each other.
    pub fn are_blocks(self) -> bool {
        self.0 > 1
    }

    /// Trials in a unit.
    pub fn size(self) -> u64 {
        self.0
    }

    /// Whole units among so many trials.
    pub fn among(self, trials: u64) -> u64 {
        trials / self.0
    }

    /// The values of trials, in order of their numbers, added up over each unit.
    pub fn sums<T>(
        self,
        values: impl Iterator<Item = T>,
        add: impl Fn(T, T) -> T,
    ) -> impl Iterator<Item = T> {
        let mut values = values;
        std::iter::from_fn(move || {
            let first = values.next()?;
            Some(values.by_ref().take(self.0 as usize - 1).fold(first, &add))
        })
    }

    /// The values of trials, averaged over each unit.
    pub fn means(self, values: &[f64]) -> Vec<f64> {
        self.sums(values.iter().copied(), |sum, value| sum + value).map(|sum| sum / self.0 as f64).collect()
    }

    /// Counts of pairs, added up over each unit and then over all.
    pub fn tally(self, counts: impl Iterator<Item = (u64, u64)>) -> RatioTally {
        let mut tally = RatioTally::default();
        self.sums(counts, |a, b| (a.0 + b.0, a.1 + b.1)).for_each(|(x, n)| tally.add(x, n));
        tally
    }

    /// An estimate from sums over units, saying so where these are blocks.
    pub fn told(self, estimate: Estimate) -> Estimate {
        if self.are_blocks() { estimate.in_blocks_of(self.0) } else { estimate }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_trials_are_left_as_they_are() {
        let plain = Units::of(&Settings::default());
        let values = [0.1, 0.2, 0.3];
        assert_eq!(plain.means(&values), values);
        assert_eq!((plain.size(), plain.among(7), plain.are_blocks()), (1, 7, false));
    }

    #[test]
    fn blocks_are_added_up_in_order() {
        let blocks = Units::of(&Settings { stratified: true, ..Settings::default() });
        let values: Vec<f64> = (0..2 * BLOCK).map(|n| n as f64).collect();
        let half = (BLOCK - 1) as f64 / 2.0;
        assert_eq!(blocks.means(&values), [half, BLOCK as f64 + half]);
        let tally = blocks.tally((0..3 * BLOCK).map(|n| (n / BLOCK, 2)));
        assert_eq!((tally.trials, tally.sum_x), (3, u128::from(3 * BLOCK)));
        assert_eq!(tally.sum_xx, u128::from(5 * BLOCK * BLOCK));
    }
}
