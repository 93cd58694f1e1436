//! How often intervals held the truth: counted by kind and number of trials, told as a table, held against the band.

use leadsim::stats::Estimate;
use std::collections::BTreeMap;

/// Intervals made of each kind at each number of trials.
pub const RUNS: u64 = 2_000;

/// Where the share of intervals that hold the truth must lie at 200 trials. With a coverage of exactly 0.95, one kind falls outside with
/// probability 1e-4. Skewed trials cover less, even 200 of them: at a true 0.94 another seed would fail with probability 0.03. Seeds are fixed, so the
/// alarm is raised once and for all, or never.
const BAND: std::ops::RangeInclusive<f64> = 0.930..=0.968;

/// Further numbers of trials to tell beside the 200 that are asserted: `LEADSIM_COVERAGE_TRIALS=20,50`, as in the table of docs/METHOD.md.
pub fn asked() -> Vec<u64> {
    let text = std::env::var("LEADSIM_COVERAGE_TRIALS").unwrap_or_default();
    let number =
        |word: &str| word.trim().parse().unwrap_or_else(|_| panic!("LEADSIM_COVERAGE_TRIALS: {word:?}"));
    text.split(',').filter(|word| !word.trim().is_empty()).map(number).collect()
}

/// One interval and what it should hold: kind, interval, truth.
pub type Told = (String, Estimate, f64);

/// Intervals by kind and number of trials: all, and those that held the truth.
#[derive(Debug, Default)]
pub struct Coverage(BTreeMap<(String, u64), (u64, u64)>);

impl Coverage {
    /// Counts intervals made from so many trials. One without an end is not counted as holding anything.
    pub fn add(&mut self, trials: u64, told: Vec<Told>) {
        for (kind, estimate, truth) in told {
            let (all, held) = self.0.entry((kind, trials)).or_default();
            *all += 1;
            *held += u64::from(estimate.half_width().is_some() && estimate.contains(truth));
        }
    }

    /// Prints the table.
    pub fn print(&self, what: &str) {
        for ((kind, trials), (all, held)) in &self.0 {
            println!("{what} | {kind} | {trials} | {:.4} | {all}", *held as f64 / *all as f64);
        }
    }

    /// Holds every kind at so many trials against the band.
    pub fn assert_at(&self, what: &str, trials: u64) {
        let mut kinds = 0;
        for ((kind, _), (all, held)) in self.0.iter().filter(|((_, at), _)| *at == trials) {
            let share = *held as f64 / *all as f64;
            assert_eq!(*all, RUNS, "{what}, {kind}");
            assert!(BAND.contains(&share), "{what}, {kind}: {share} of {RUNS} intervals hold the truth");
            kinds += 1;
        }
        assert!(kinds > 0, "{what}: nothing was counted at {trials} trials");
    }
}
