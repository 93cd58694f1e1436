//! Tests of the histogram of durations: edges, merging, quantiles, and agreement with a full recount.

use super::*;
use proptest::prelude::*;

const BUCKETS: usize = DurationHistogram::BUCKETS;

fn seconds_at(edge: usize) -> f64 {
    super::seconds_at::<BUCKETS_PER_OCTAVE>(edge)
}

fn edge_of(seconds: f64) -> Option<usize> {
    super::edge_of::<BUCKETS_PER_OCTAVE>(seconds)
}

fn within(values: &[f64], t: f64) -> u64 {
    values.iter().filter(|&&value| value <= t).count() as u64
}

#[test]
fn edges_are_closed_above() {
    for edge in 1..=BUCKETS {
        let at = seconds_at(edge);
        assert_eq!(edge_of(at), Some(edge));
        assert_eq!(edge_of(at.next_up()), (edge < BUCKETS).then_some(edge + 1));
        assert!(at / seconds_at(edge - 1) <= 1.0 + 1.0 / 64.0);
    }
    assert_eq!((edge_of(-5.0), edge_of(0.0), edge_of(1.0)), (Some(0), Some(0), Some(0)));
    assert_eq!((edge_of(f64::INFINITY), edge_of(f64::NAN)), (None, None));
    const { assert!(LONGEST_SECONDS >= 1e8) };
}

#[test]
fn counts_every_case_once() {
    let mut histogram = DurationHistogram::default();
    histogram.add_trial(&[0.0, 0.5, 900.0, 900.1, 1e9], 3);
    histogram.add_trial(&[], 2);
    assert_eq!((histogram.trials(), histogram.cases(), histogram.never()), (2, 10, 6));
    assert_eq!(histogram.share_within(0.0, 0.95).value, 0.2);
    assert_eq!(histogram.share_within(-1.0, 0.95).value, 0.0);
    assert_eq!(histogram.share_within(1e12, 0.95).value, 0.4);
    assert_eq!(histogram.curve().last().unwrap().1, 0.4);
    assert!(histogram.curve().is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1));
}

#[test]
fn nothing_seen_is_unknown() {
    let mut histogram = DurationHistogram::default();
    assert!(!histogram.share_within(60.0, 0.95).is_known());
    assert_eq!(histogram.quantile(0.5, 0.95), None);
    assert_eq!(histogram.curve().count(), 0);
    histogram.add_trial(&[], 5);
    assert_eq!(histogram.quantile(0.5, 0.95), None);
    assert_eq!(histogram.share_within(60.0, 0.95).value, 0.0);
    assert_eq!(histogram.never(), 5);
}

#[test]
fn quantiles_are_within_a_bucket_of_the_truth() {
    let mut histogram = DurationHistogram::default();
    for trial in 0..100 {
        let values: Vec<f64> = (1..=200).map(|i| f64::from(i * 10) + f64::from(trial) / 50.0).collect();
        histogram.add_trial(&values, 0);
    }
    for share in [0.1, 0.5, 0.9, 0.99] {
        let found = histogram.quantile(share, 0.95).unwrap();
        assert!((found.value / (share * 2000.0) - 1.0).abs() < 0.02, "{found:?}");
        assert!(found.low.unwrap() <= found.value && found.value <= found.high.unwrap());
    }
}

#[test]
fn beyond_what_was_seen_is_none() {
    let mut histogram = DurationHistogram::default();
    for trial in 0..60_u32 {
        let ended: Vec<f64> = (0..90 + trial % 5).map(|i| f64::from(i + 2)).collect();
        histogram.add_trial(&ended, u64::from(10 - trial % 5));
    }
    assert_eq!(histogram.quantile(0.95, 0.95), None, "8 % never ended");
    let near = histogram.quantile(0.919, 0.95).unwrap();
    assert!(near.low.is_some() && near.high.is_none(), "the last of them may never end: {near:?}");
    assert!(histogram.quantile(0.5, 0.95).unwrap().high.is_some());
}

#[test]
fn one_trial_has_no_interval() {
    let mut histogram = DurationHistogram::default();
    histogram.add_trial(&[10.0, 20.0, 30.0], 0);
    let median = histogram.quantile(0.5, 0.95).unwrap();
    assert_eq!((median.low, median.high), (None, None));
    assert_eq!(histogram.share_within(20.0, 0.95).half_width(), None);
}

/// Inside a bucket the curve is a straight line, and the quantile reads the same line backwards.
#[test]
fn share_and_quantile_are_inverse_inside_a_bucket() {
    // 900 s lies half-way between the edges 896 and 904; 40 cases fall below that bucket and 20 into it.
    let mut histogram = DurationHistogram::default();
    for _ in 0..60 {
        histogram.add_trial(&[[100.0; 40].as_slice(), &[903.0; 20], &[5000.0; 40]].concat(), 0);
    }
    let within = histogram.share_within(900.0, 0.95);
    assert!((within.value - 0.5).abs() < 1e-15);
    assert!((histogram.quantile(0.5, 0.95).unwrap().value - 900.0).abs() < 1e-9);
    assert!((histogram.quantile(0.45, 0.95).unwrap().value - 898.0).abs() < 1e-9);
    let mut shuffled = DurationHistogram::default();
    for _ in 0..60 {
        shuffled.add_trial(&[[5000.0; 40].as_slice(), &[903.0; 20], &[100.0; 40]].concat(), 0);
    }
    assert_eq!(shuffled, histogram, "values out of order are put in order");
}

/// Few cases a trial: the interval knows that the largest of 100 is no upper bound for the 99 % quantile.
#[test]
fn extreme_quantile_of_few_cases_has_no_upper_end() {
    let mut histogram = DurationHistogram::default();
    for trial in 1..=100_u32 {
        histogram.add_trial(&[f64::from(trial * 10)], 0);
    }
    assert_eq!(histogram.quantile(0.99, 0.95).unwrap().high, None);
    assert!(histogram.quantile(0.9, 0.95).unwrap().high.is_some());
}

fn trials() -> impl Strategy<Value = Vec<(Vec<f64>, u64)>> {
    let values = prop::collection::vec((0.0..20.0_f64).prop_map(f64::exp), 0..30);
    prop::collection::vec((values, 0..4_u64), 2..12)
}

proptest! {
    /// With coarse buckets the curve is exact at its edges too, and a quantile lies in the bucket of the true one.
    #[test]
    fn coarse_buckets_are_exact_at_their_edges(trials in trials(), edge in 0..8 * OCTAVES, share in 0.05..0.95_f64) {
        let mut coarse = BucketHistogram::<8>::default();
        let t = super::seconds_at::<8>(edge);
        let mut recount = RatioTally::default();
        for (values, never) in &trials {
            let mut buckets: Vec<f64> = values.clone();
            buckets.sort_by(f64::total_cmp);
            coarse.add_buckets(buckets.iter().map(|&v| Bucket::of(v)), values.len() as u64 + never);
            recount.add(within(values, t), values.len() as u64 + never);
        }
        if recount.sum_n > 0 {
            prop_assert_eq!(coarse.share_within(t, 0.9), recount.estimate(0.9));
        }
        let mut all: Vec<f64> = trials.iter().flat_map(|(values, _)| values).copied().collect();
        all.sort_by(f64::total_cmp);
        let wanted = (share * recount.sum_n as f64).ceil().max(1.0) as usize - 1;
        match (coarse.quantile(share, 0.9), all.get(wanted).filter(|_| recount.sum_n > 0)) {
            (Some(found), Some(truth)) => {
                let upper = super::edge_of::<8>(*truth).map_or(f64::INFINITY, super::seconds_at::<8>);
                prop_assert!(found.value <= upper && (upper <= 1.0 || found.value >= upper / 1.126), "{} or {truth}", found.value);
            }
            (found, truth) => prop_assert!(found.is_none() && truth.is_none_or(|t| *t > LONGEST_SECONDS)),
        }
    }

    /// At every edge the interval equals that of a tally recounted from the raw values.
    #[test]
    fn equals_a_full_recount(trials in trials(), edge in 0..BUCKETS) {
        let t = seconds_at(edge);
        let (mut histogram, mut recount) = (DurationHistogram::default(), RatioTally::default());
        for (values, never) in &trials {
            histogram.add_trial(values, *never);
            recount.add(within(values, t), values.len() as u64 + never);
        }
        let (found, expected) = (histogram.share_within(t, 0.9), recount.estimate(0.9));
        if expected.is_known() {
            prop_assert_eq!(found, expected);
        } else {
            prop_assert!(!found.is_known());
        }
    }

    /// Merging in any grouping and order gives the same histogram as adding one by one.
    #[test]
    fn merging_knows_no_order(trials in trials(), cut in 0..12_usize) {
        let mut all = DurationHistogram::default();
        trials.iter().for_each(|(values, never)| all.add_trial(values, *never));
        let (first, second) = trials.split_at(cut.min(trials.len()));
        let build = |part: &[(Vec<f64>, u64)]| {
            let mut histogram = DurationHistogram::default();
            part.iter().rev().for_each(|(values, never)| histogram.add_trial(values, *never));
            histogram
        };
        let (mut forward, mut backward) = (build(first), build(second));
        let keep = forward.clone();
        forward.merge(&backward);
        backward.merge(&keep);
        prop_assert_eq!(&forward, &all);
        prop_assert_eq!(&backward, &all);
    }
}
