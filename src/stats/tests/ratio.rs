//! Tests of the pooled ratio: its edges, its scale, exactness and merging.

use super::*;
use proptest::prelude::*;

fn tally(pairs: &[(u64, u64)]) -> RatioTally {
    let mut tally = RatioTally::default();
    pairs.iter().for_each(|&(x, n)| tally.add(x, n));
    tally
}

#[test]
fn no_cases_is_unknown_and_one_trial_has_no_interval() {
    assert!(!tally(&[(0, 0), (0, 0)]).estimate(0.95).is_known());
    let one = tally(&[(9, 10)]).estimate(0.95);
    assert_eq!((one.value, one.low, one.high), (0.9, None, None));
    let one = {
        let mut one = RatioTallyF::default();
        one.add(9.0, 10.0);
        one.estimate(0.95)
    };
    assert_eq!((one.value, one.low, one.high), (0.9, None, None));
    assert!(!jackknife(&[(1.0, 2.0)], 0.95).is_known());
}

/// A perfect record is "at least …", not "100 % ± 0": Clopper–Pearson over whole trials.
#[test]
fn a_perfect_record_keeps_an_open_side() {
    let perfect = tally(&[(7, 7); 100]).estimate(0.95);
    assert_eq!((perfect.value, perfect.high, perfect.method), (1.0, Some(1.0), Method::WholeTrials));
    assert!((perfect.low.unwrap() - 0.025_f64.powf(0.01)).abs() < 1e-14);
    let none = tally(&[(0, 7); 100]).estimate(0.95);
    assert!((none.high.unwrap() - (1.0 - 0.025_f64.powf(0.01))).abs() < 1e-14 && none.low == Some(0.0));
}

/// Near 1 the interval stays inside 0..1; a ratio that is no share (events per unit) keeps the plain scale.
#[test]
fn scale_follows_the_kind_of_ratio() {
    let near_one = tally(&[(100, 100), (100, 100), (95, 100), (100, 100)]).estimate(0.95);
    assert_eq!(near_one.method, Method::DeltaLogit);
    assert!(near_one.high.unwrap() < 1.0 && near_one.low.unwrap() > 0.0);
    // θ = 0.9875, residuals 1.25, 1.25, −3.75, 1.25; log-odds by hand.
    let error = (18.75_f64 / (4.0 * 3.0 * 1e4)).sqrt();
    let reach = 3.182446305284263 * error / (0.9875 * 0.0125);
    let low = 1.0 / (1.0 + (-((0.9875_f64 / 0.0125).ln() - reach)).exp());
    assert!((near_one.low.unwrap() - low).abs() < 1e-12);
    assert_eq!(tally(&[(3, 2), (0, 2), (1, 2), (4, 2), (2, 2)]).estimate(0.95).method, Method::Delta);
    assert_eq!(tally(&[(3, 2), (0, 2)]).estimate(0.95).value, 0.75);
}

/// One miss among a hundred million: floating point would lose the variance, the integers do not.
#[test]
fn rare_misses_keep_their_variance() {
    let mut rare = tally(&[(1_000_000, 1_000_000); 99]);
    rare.add(999_999, 1_000_000);
    // Residuals: 99 × 0.01 and −0.99, squares sum 0.99; variance 0.99 · 100 / (99 · 1e16).
    assert!((rare.standard_error().unwrap() / 1e-8 - 1.0).abs() < 1e-12);
}

#[test]
fn huge_counts_fall_back_without_overflow() {
    let large = tally(&[(1 << 62, 1 << 63), (1 << 61, 1 << 63), (1 << 62, 1 << 62)]);
    let small = tally(&[(2, 4), (1, 4), (2, 2)]);
    assert!((large.standard_error().unwrap() / small.standard_error().unwrap() - 1.0).abs() < 1e-9);
}

proptest! {
    #[test]
    fn merging_knows_no_order(pairs in prop::collection::vec((0..500_u64, 0..500_u64), 0..40), cut in 0..40_usize) {
        let (first, second) = pairs.split_at(cut.min(pairs.len()));
        let (mut forward, mut backward) = (tally(first), tally(second));
        let keep = forward;
        forward.merge(&backward);
        backward.merge(&keep);
        let mut reversed = pairs.clone();
        reversed.reverse();
        prop_assert_eq!(forward, tally(&pairs));
        prop_assert_eq!(backward, tally(&reversed));
        prop_assert_eq!(forward, backward);
    }

    /// Counts and amounts are two roads to the same interval, merged or not.
    #[test]
    fn amounts_agree_with_counts(pairs in prop::collection::vec((0..90_u64, 90..500_u64), 2..40), cut in 0..40_usize) {
        let build = |part: &[(u64, u64)]| {
            let mut amounts = RatioTallyF::default();
            part.iter().for_each(|&(x, n)| amounts.add(x as f64, n as f64));
            amounts
        };
        let (first, second) = pairs.split_at(cut.min(pairs.len()));
        let mut merged = build(first);
        merged.merge(&build(second));
        let (exact, found) = (tally(&pairs).estimate(0.9), merged.estimate(0.9));
        prop_assert_eq!(exact.method, found.method);
        prop_assert!((exact.value - found.value).abs() < 1e-12);
        prop_assert!((exact.half_width().unwrap() - found.half_width().unwrap()).abs() < 1e-6);
    }
}
