//! How busy a day or week is: each trial draws for itself, or the trials of a block share out quiet and busy days evenly.

use super::luck::{self, of_day};
use super::prepared::Prepared;
use crate::model::{Busyness, Model};
use crate::random::{Key, gamma_quantile};
use jiff::civil::Date;
use rand_distr::{Distribution, Gamma};

/// Trials that share out their busyness: trial numbers with the same quotient by it stand in one block.
pub const STRATA: u64 = 20;

/// Whose luck the busyness of a trial's days is.
#[derive(Debug, Clone, Copy)]
pub(super) struct DayLuck {
    trial: Key,
    /// The block and the trial's place in it, where its trials share out their busyness.
    block: Option<(Key, u32)>,
}

impl DayLuck {
    /// Of a trial of a seed.
    pub fn of(prepared: &Prepared<'_>, seed: u64, trial: u64) -> Self {
        let root = Key::root(seed);
        let block = || (luck::block(root, trial / STRATA), (trial % STRATA) as u32);
        DayLuck { trial: root.child(trial), block: prepared.stratified().then(block) }
    }

    /// The factor on the usual rates of a day, of mean 1.
    pub fn busyness(&self, model: &Model, date: Date, week: u64) -> f64 {
        let (shape, number) = match model.busyness {
            Busyness::None => return 1.0,
            Busyness::Daily { shape } => {
                let days = date.since(Date::ZERO).map_or(0, |span| i64::from(span.get_days()));
                (shape, days as u64)
            }
            Busyness::Weekly { shape } => (shape, week),
        };
        match self.probability(number) {
            None => Gamma::new(shape, 1.0 / shape)
                .expect("the scenario admits only positive shapes")
                .sample(&mut luck::day(self.trial, number).stream(of_day::BUSYNESS, 0)),
            Some(probability) => gamma_quantile(shape, probability) / shape,
        }
    }

    /// Where in its law the factor of a day (or week) lies, 0 to 1, in a block that shares them out: a Latin hypercube (McKay, Beckman &
    /// Conover 1979; Owen 1997 on its variance), one permutation a day. Each trial by itself has the law it would have alone.
    fn probability(&self, number: u64) -> Option<f64> {
        let (block, place) = self.block?;
        let within = luck::day(self.trial, number).uniform(of_day::WITHIN_STRATUM, 0);
        let stratum = f64::from(stratum(luck::day(block, number), place));
        // Rounding must not carry the last stratum to 1, where busyness has no end.
        Some(((stratum + within) / STRATA as f64).min(1.0 - f64::EPSILON))
    }
}

/// The stratum of the trial at `place`: the rank of its number among those of the block, and so a permutation that each trial can work out
/// alone.
fn stratum(day: Key, place: u32) -> u32 {
    let number = |place: u32| (day.uniform(of_day::STRATUM, place), place);
    let own = number(place);
    (0..STRATA as u32).filter(|other| number(*other) < own).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luck(seed: u64, trial: u64) -> DayLuck {
        let root = Key::root(seed);
        let block = (luck::block(root, trial / STRATA), (trial % STRATA) as u32);
        DayLuck { trial: root.child(trial), block: Some(block) }
    }

    /// Every day of every block hits each stratum exactly once.
    #[test]
    fn each_stratum_once() {
        for (seed, block, day) in [(1, 0, 739_000), (1, 7, 739_001), (5, 3, 2)] {
            let mut hit = [0; STRATA as usize];
            for trial in block * STRATA..(block + 1) * STRATA {
                let probability = luck(seed, trial).probability(day).unwrap();
                assert!(probability > 0.0 && probability < 1.0);
                hit[(probability * STRATA as f64) as usize] += 1;
            }
            assert_eq!(hit, [1; STRATA as usize], "seed {seed}, block {block}, day {day}");
        }
    }

    /// Two days, two blocks and two seeds have permutations of their own.
    #[test]
    fn days_are_shared_out_apart() {
        let order = |seed: u64, block: u64, day: u64| -> Vec<u32> {
            let block = luck::block(Key::root(seed), block);
            (0..STRATA as u32).map(|place| stratum(luck::day(block, day), place)).collect()
        };
        let one = order(1, 0, 10);
        assert!(one != order(1, 0, 11) && one != order(1, 1, 10) && one != order(2, 0, 10));
    }

    /// One trial over many days has the law it would have alone: chi-square over 50 cells of 100,000 draws, 85.35 at false alarm 1e-3 with
    /// 49 degrees of freedom; the pairs of two neighbours in 10 × 10 cells, 148.2 at 1e-3 with 99 (their strata differ, so the cells of one
    /// stratum pair are rarer by a twentieth: the two trials are taken from different blocks).
    #[test]
    fn a_trial_alone_is_spread_evenly() {
        let mut cells = [0_u32; 50];
        let mut pairs = [0_u32; 100];
        let (one, other) = (luck(3, 7), luck(3, 28));
        for day in 0..100_000 {
            let (here, there) = (one.probability(day).unwrap(), other.probability(day).unwrap());
            cells[(here * 50.0) as usize] += 1;
            pairs[(here * 10.0) as usize * 10 + (there * 10.0) as usize] += 1;
        }
        let chi = |cells: &[u32]| {
            let mean = 100_000.0 / cells.len() as f64;
            cells.iter().map(|n| (f64::from(*n) - mean).powi(2) / mean).sum::<f64>()
        };
        assert!(chi(&cells) < 85.35, "{}", chi(&cells));
        assert!(chi(&pairs) < 148.2, "{}", chi(&pairs));
    }
}
