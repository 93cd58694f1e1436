//! Many differences at once, none of them real: the intervals of a comparison hold all together as often as they say.

use crate::stats::paired::{self, level_of_each};
use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};

const RUNS: u64 = 1_000;
const TRIALS: usize = 200;
const MEASURES: usize = 20;

/// How many of 1,000 comparisons of 20 measures, all of them equal under both plans, call at least one of them moved.
fn false_alarms(level: f64) -> usize {
    let is_alarm = |run: &u64| {
        let mut source = Xoshiro256PlusPlus::seed_from_u64(0x70_67_68_72 + run);
        (0..MEASURES).any(|measure| {
            let (mut base, mut other) = (Vec::new(), Vec::new());
            for _ in 0..TRIALS {
                // what both plans share of a trial, and what each has of its own
                let shared: f64 = source.random_range(0.0..1.0);
                let mut own = || shared + source.random_range(0.0..0.5_f64);
                base.push(own());
                other.push(own());
            }
            if measure % 2 == 0 {
                return !paired::means(&base, &other, level).expect("one length").contains(0.0);
            }
            let yes = |values: &[f64]| values.iter().map(|value| *value > 0.7).collect::<Vec<bool>>();
            let holds = paired::holds(&yes(&base), &yes(&other), level).expect("one length");
            !holds.difference.contains(0.0) && holds.p_value <= 1.0 - level
        })
    };
    (0..RUNS).filter(is_alarm).count()
}

/// At most 5 % of comparisons may be wrong anywhere: of 1,000, more than 77 would come with probability below 1e-4. Without the correction most
/// would be.
#[test]
fn intervals_of_many_measures_hold_together() {
    let together = false_alarms(level_of_each(0.95, MEASURES));
    assert!((5..=77).contains(&together), "{together} of {RUNS} comparisons raise a false alarm");
    let alone = false_alarms(0.95);
    assert!(alone > 400, "{alone}: each at 95 % is not enough for all together");
}

/// By hand: contributions of (8, 10), (6, 10) around 0.7 are ±0.1 (÷ mean 10): 0.1 and −0.1.
#[test]
fn contributions_and_the_worth_of_pairing_by_hand() {
    let (ratio, parts) = paired::linearised(&[(8.0, 10.0), (6.0, 10.0)]).expect("some cases");
    assert!((ratio - 0.7).abs() < 1e-15);
    assert!((parts[0] - 0.1).abs() < 1e-15 && (parts[1] + 0.1).abs() < 1e-15);
    // variances 1 and 4 apart; the differences 0, 1, 2 vary by 1: five times the trials
    let worth = paired::worth_of_pairing(&[1.0, 2.0, 3.0], &[1.0, 3.0, 5.0]).expect("one length");
    assert!((worth.expect("it varies") - 5.0).abs() < 1e-12);
    assert_eq!(paired::worth_of_pairing(&[1.0, 2.0], &[2.0, 3.0]), Ok(None));
    assert!((level_of_each(0.95, 10) - 0.995).abs() < 1e-15);
}
