//! Do 95 % intervals contain the truth 95 % of the time? Fixed seeds, so these tests cannot flake.
//!
//! With a coverage of exactly 0.95, 2,000 runs fall outside [0.930, 0.968] with probability about 1e-4; that is the
//! chance that a mere change of seed fails such a test.

use crate::stats::law::crossing;
use crate::stats::ratio::mean_of_ratios;
use crate::stats::selection::kim_nelson;
use crate::stats::{DurationHistogram, Estimate, Method, RatioTally, RatioTallyF, paired, sequence};
use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};

const RUNS: u64 = 2_000;
const TRIALS: u64 = 200;

fn generator(run: u64) -> Xoshiro256PlusPlus {
    Xoshiro256PlusPlus::seed_from_u64(0x5eed_0000 + run)
}

/// One trial of an overdispersed desk: 20–180 cases, of which the busy and unlucky days miss more.
fn trial(source: &mut Xoshiro256PlusPlus, hardness: u64) -> (u64, u64) {
    desk(source.random_range(20..=180_u64), source.random_range(0..4_u64), hardness)
}

fn desk(cases: u64, luck: u64, hardness: u64) -> (u64, u64) {
    (cases - cases * cases * luck * hardness / 12_000, cases)
}

/// The exact pooled ratio, by going through every possible trial.
fn truth(hardness: u64) -> f64 {
    let all = (20..=180).flat_map(|cases| (0..4).map(move |luck| desk(cases, luck, hardness)));
    let (x, n) = all.fold((0, 0), |(x, n), one| (x + one.0, n + one.1));
    x as f64 / n as f64
}

fn share_covering(runs: u64, mut interval_and_truth: impl FnMut(u64) -> (Estimate, f64)) -> f64 {
    let covering = (0..runs).filter(|&run| {
        let (estimate, truth) = interval_and_truth(run);
        estimate.half_width().is_some() && estimate.contains(truth)
    });
    covering.count() as f64 / runs as f64
}

#[test]
fn pooled_ratio_covers() {
    for (hardness, method) in [(10, Method::Delta), (2, Method::DeltaLogit)] {
        let coverage = share_covering(RUNS, |run| {
            let mut source = generator(run);
            let mut tally = RatioTally::default();
            (0..TRIALS).map(|_| trial(&mut source, hardness)).for_each(|(x, n)| tally.add(x, n));
            let estimate = tally.estimate(0.95);
            assert_eq!(estimate.method, method);
            (estimate, truth(hardness))
        });
        assert!((0.930..=0.968).contains(&coverage), "{method:?}: {coverage}");
    }
}

/// The mean of ratios is another quantity: as an answer to the pooled question its interval is wrong nearly always.
#[test]
fn mean_of_ratios_is_not_the_pooled_ratio() {
    let coverage = share_covering(200, |run| {
        let mut source = generator(run);
        let pairs: Vec<(f64, f64)> =
            (0..TRIALS).map(|_| trial(&mut source, 10)).map(|(x, n)| (x as f64, n as f64)).collect();
        (mean_of_ratios(&pairs, 0.95), truth(10))
    });
    assert!(coverage < 0.5, "{coverage}");
}

#[test]
fn paired_difference_covers_and_is_sharper() {
    let (mut paired_width, mut apart_width) = (0.0, 0.0);
    let coverage = share_covering(RUNS, |run| {
        let mut source = generator(run);
        let (mut base, mut other) = (Vec::new(), Vec::new());
        let (mut base_tally, mut other_tally) = (RatioTallyF::default(), RatioTallyF::default());
        for _ in 0..TRIALS {
            let (cases, luck) = (source.random_range(20..=180_u64), source.random_range(0..4_u64));
            let pair = |(x, n): (u64, u64)| (x as f64, n as f64);
            base.push(pair(desk(cases, luck, 10)));
            other.push(pair(desk(cases, luck, 8)));
            base_tally.add(base[base.len() - 1].0, cases as f64);
            other_tally.add(other[other.len() - 1].0, cases as f64);
        }
        let difference = paired::ratios(&base, &other, 0.95).expect("same trials");
        let half = |tally: &RatioTallyF| tally.estimate(0.95).half_width().expect("many trials");
        paired_width += difference.half_width().expect("many trials");
        apart_width += half(&base_tally).hypot(half(&other_tally));
        (difference, truth(8) - truth(10))
    });
    assert!((0.930..=0.968).contains(&coverage), "{coverage}");
    assert!(paired_width < apart_width / 3.0, "{paired_width} {apart_width}");
}

/// Cases wait an exponential time whose mean grows with the day's load, so cases of one trial are alike.
/// With 1,000 runs a true coverage of 0.95 falls outside [0.920, 0.972] with probability below 1e-3.
#[test]
fn woodruff_quantile_covers() {
    let loads = [1_u64, 2, 3, 4, 5];
    let cases_on = |load: u64| 8 * load;
    let mean_wait = |load: u64| 300.0 * (load * load) as f64;
    let total: u64 = loads.iter().map(|&load| cases_on(load)).sum();
    let within = |t: f64| -> f64 {
        loads.iter().map(|&load| cases_on(load) as f64 * -f64::exp_m1(-t / mean_wait(load))).sum::<f64>()
            / total as f64
    };
    for share in [0.5, 0.9] {
        let truth = crossing(0.0, 1e6, |t| within(t) - share);
        let coverage = share_covering(1_000, |run| {
            let mut source = generator(run);
            let mut histogram = DurationHistogram::default();
            for _ in 0..100 {
                let load = loads[source.random_range(0..loads.len())];
                let draw = |_| -mean_wait(load) * (1.0 - source.random::<f64>()).ln();
                let mut waits: Vec<f64> = (0..cases_on(load)).map(draw).collect();
                waits.sort_by(f64::total_cmp);
                histogram.add_trial(&waits, 0);
            }
            (histogram.quantile(share, 0.95).expect("all ended"), truth)
        });
        assert!((0.920..=0.972).contains(&coverage), "share {share}: {coverage}");
    }
}

/// Watching after every trial, a fixed-size interval would miss far more often than one time in twenty; the confidence
/// sequence may not. 500 runs at exactly 5 % would exceed 45 with probability below 1e-4.
#[test]
fn confidence_sequence_survives_constant_watching() {
    let limit = 20.0_f64.ln();
    let missed = (0..500).filter(|&run| {
        let mut source = generator(run);
        let mut hits = 0;
        (1..=1_000).any(|n| {
            hits += u64::from(source.random::<f64>() < 0.9);
            sequence::log_evidence_against(0.9, hits, n) > limit
        })
    });
    let missed = missed.count();
    assert!((1..=45).contains(&missed), "{missed}");
}

/// Five plans, the best ahead by the indifference margin, at 5 % error: 300 runs at exactly 95 % would pick wrongly more
/// than 30 times with probability below 1e-4. The procedure must also finish early when the gap is wide.
#[test]
fn elimination_keeps_the_best() {
    let mut wrong = 0;
    for run in 0..300 {
        let mut source = generator(run);
        // Sum of twelve uniforms less six: near enough to normal, variance 1.
        let mut draw = || (0..12).map(|_| source.random::<f64>()).sum::<f64>() - 6.0;
        let shared: Vec<f64> = (0..400).map(|_| draw()).collect();
        let plans: Vec<Vec<f64>> = (0..5)
            .map(|plan| {
                let ahead = if plan == 3 { 0.5 } else { 0.0 };
                shared.iter().map(|luck| luck + ahead + 0.7 * draw()).collect()
            })
            .collect();
        let selected = kim_nelson(&plans, 20, 0.5, 0.05);
        assert_eq!(selected.standing.len(), 1);
        wrong += usize::from(selected.standing != [3]);
    }
    assert!(wrong <= 30, "{wrong}");
    let far =
        kim_nelson(&[vec![0.0, 1.0, 0.0, 1.0, 0.0], vec![100.0, 101.1, 100.0, 101.0, 100.0]], 4, 1.0, 0.05);
    assert_eq!((far.standing, far.dropped_after), (vec![1], vec![Some(4), None]));
}
