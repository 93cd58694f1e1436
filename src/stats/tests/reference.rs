//! Procedures on fixed numbers, against answers computed with other programs (named at each test).

use crate::stats::proportion::{clopper_pearson, clopper_pearson_lower, jeffreys, wilson};
use crate::stats::selection::{KimNelson, ocba_fractions, rinott};
use crate::stats::{
    Estimate, Method, RatioTally, RatioTallyF, fieller, isotonic, quantile, ratio, sequence, warmup,
};

fn close(got: f64, expected: f64, relative: f64) {
    assert!((got - expected).abs() <= relative * expected.abs(), "got {got}, expected {expected}");
}

fn ends(estimate: Estimate) -> [f64; 2] {
    [estimate.low.expect("an interval"), estimate.high.expect("an interval")]
}

/// One row: k, n, then Wilson, Clopper–Pearson, Jeffreys (low, high each) and the one-sided Clopper–Pearson lower bound.
type ProportionRow = (u64, u64, [f64; 2], [f64; 2], [f64; 2], f64);

/// Computed with scipy's beta quantiles, checked against R's `prop.test`, `binom.test` and `qbeta`.
const PROPORTIONS: [ProportionRow; 7] = [
    (0, 50, [0.0, 0.07134759913335872], [0.0, 0.07112173646419764], [0.0, 0.048758459444071374], 0.0),
    (
        3,
        50,
        [0.02061497034897397, 0.16217091688838173],
        [0.01254858783533406, 0.16548194660377288],
        [0.017186649071151135, 0.15153256302766024],
        0.01655185918923134,
    ),
    (
        45,
        50,
        [0.7863976856252035, 0.9565242350681096],
        [0.7818646335657977, 0.9667249064109775],
        [0.7946451719769524, 0.9608056356058162],
        0.8011669974835816,
    ),
    (
        50,
        50,
        [0.9286524008666414, 1.0],
        [0.9288782635358024, 1.0],
        [0.9512415405559286, 1.0],
        0.9418449208830277,
    ),
    (
        183,
        200,
        [0.8681041292843443, 0.9462542498225244],
        [0.8673948341704476, 0.9497040813697427],
        [0.8703601500764996, 0.9477497187801778],
        0.8752288668076718,
    ),
    (
        961,
        1000,
        [0.9471306895804986, 0.9713410390958196],
        [0.947069064214555, 0.9721228512046636],
        [0.947640716690269, 0.971697875997977],
        0.9493659932051121,
    ),
    (
        1,
        10000,
        [1.765267360112231e-05, 0.0005662688974013381],
        [2.5317775934746866e-06, 0.0005570369979470473],
        [1.0789975675698304e-05, 0.0004673226374648567],
        5.1293162837673e-06,
    ),
];

#[test]
fn intervals_for_a_proportion() {
    for (k, n, expected_wilson, expected_exact, expected_jeffreys, lower) in PROPORTIONS {
        let (low, high) = clopper_pearson(k, n, 0.95);
        let found = [ends(wilson(k, n, 0.95)), [low, high], ends(jeffreys(k, n, 0.95))];
        for (got, expected) in found.iter().zip([expected_wilson, expected_exact, expected_jeffreys]) {
            close(got[0], expected[0], 1e-10);
            close(got[1], expected[1], 1e-10);
        }
        close(clopper_pearson_lower(k, n, 0.95), lower, 1e-10);
    }
}

const ON_TIME: [u32; 24] = [
    128, 185, 187, 155, 145, 157, 153, 123, 183, 142, 178, 195, 159, 134, 129, 158, 179, 178, 145, 139, 130,
    192, 167, 188,
];
const ALL: [u32; 24] = [
    131, 211, 209, 158, 151, 165, 163, 128, 197, 148, 216, 230, 171, 141, 132, 169, 187, 200, 151, 143, 133,
    219, 182, 214,
];

/// Computed with NumPy, checked with R.
#[test]
fn ratio_over_trials() {
    let (mut counts, mut amounts) = (RatioTally::default(), RatioTallyF::default());
    let pairs: Vec<(f64, f64)> =
        ON_TIME.iter().zip(&ALL).map(|(&x, &n)| (f64::from(x), f64::from(n))).collect();
    for (&x, &n) in ON_TIME.iter().zip(&ALL) {
        counts.add(u64::from(x), u64::from(n));
        amounts.add(f64::from(x), f64::from(n));
    }
    for found in [counts.estimate(0.95), amounts.estimate(0.95)] {
        assert_eq!((found.method, found.trials), (Method::Delta, 24));
        close(found.value, 0.9228729814413111, 1e-12);
        close(ends(found)[0], 0.9023953427170327, 1e-11);
        close(ends(found)[1], 0.9433506201655896, 1e-11);
    }
    close(counts.standard_error().expect("24 trials"), 0.009898998568511409, 1e-12);
    let jackknife = ratio::jackknife(&pairs, 0.95);
    close(jackknife.value, 0.9225419467028716, 1e-11);
    close(ends(jackknife)[0], 0.9019382624932097, 1e-11);
    close(ends(jackknife)[1], 0.9431456309125335, 1e-11);
    let (low, high) = fieller::fieller(&pairs, 0.95).expect("far from 0");
    close(low, 0.9037011772543213, 1e-11);
    close(high, 0.9448836427965914, 1e-11);
    let unweighted = ratio::mean_of_ratios(&pairs, 0.95);
    close(unweighted.value, 0.930141907134694, 1e-12);
    // t(0.95; 23) = 2.0686576104190406 turns the half-width back into a standard error.
    let half_width = unweighted.half_width().expect("24 trials");
    close(half_width / 2.0686576104190406, 0.009103051445075255, 1e-11);
}

/// Computed with scipy's binomial law, checked with R's `qbinom`; a rank of n + 1 means "no finite upper bound".
#[test]
fn ranks_for_a_quantile() {
    let cases = [
        (100, 0.9, 0.95, 84, 96, 0.955690107191223),
        (200, 0.9, 0.95, 171, 189, 0.9668839008979295),
        (1000, 0.95, 0.95, 936, 964, 0.9580952682226541),
        (500, 0.5, 0.99, 221, 280, 0.9917385781830175),
        (60, 0.99, 0.95, 58, 61, 0.9775798352111645),
    ];
    for (n, share, level, lower, upper, coverage) in cases {
        let found = quantile::ranks(n, share, level);
        assert_eq!((found.lower, found.upper), (Some(lower), (upper <= n).then_some(upper)));
        close(found.coverage, coverage, 1e-11);
    }
}

/// Computed directly from the definition, checked with backward running sums.
#[test]
fn warm_up_of_a_fixed_series() {
    let text = include_str!("mser5_series.txt");
    let series: Vec<f64> = text.split_whitespace().map(|word| word.parse().expect("a number")).collect();
    let cut = warmup::mser5(&series).expect("long enough");
    assert_eq!((cut.observations, cut.at_limit), (10, false));
    close(cut.statistic, 0.009198405767624748, 1e-10);
    close(cut.kept_mean, -0.14852137931034484, 1e-10);
}

/// Computed with Brent's method on the mixture martingale, checked with mpmath at many digits; α = 0.05.
#[test]
fn confidence_sequence_for_a_proportion() {
    let cases = [
        (0, 10, 0.0, 0.41688027565653607, 20.62795565714208),
        (29, 32, 0.6682038584923278, 0.9927762722303104, -2.0424583481263543),
        (88, 96, 0.7906516215982728, 0.9803412220455736, -2.4929154360369914),
        (930, 1000, 0.8960767892479286, 0.9560616726108018, 1.6266319186596832),
        (8890, 10000, 0.876156213390816, 0.9010309939099335, 1.6703976826092912),
    ];
    for (k, n, lower, upper, evidence) in cases {
        let found = ends(sequence::confidence_sequence(k, n, 0.95));
        close(found[0], lower, 1e-10);
        close(found[1], upper, 1e-10);
        close(sequence::log_evidence_against(0.9, k, n), evidence, 1e-9);
    }
}

/// Gauss–Legendre over chi-square probabilities; adaptive quadrature differs by up to 1.2e-5, and it is that value the
/// trapezoid rule here converges to (h = 3.385418731253594 for five plans, 20 trials, 0.95, at 48, 96 and 192 steps).
#[test]
fn rinott_constants() {
    let cases = [
        (2, 20, 0.95, 2.452464462643312),
        (5, 20, 0.95, 3.3853934899565243),
        (10, 20, 0.95, 3.8752336326817876),
        (10, 10, 0.9, 3.745822566952597),
        (3, 30, 0.99, 3.838167572154641),
    ];
    for (plans, first_trials, confidence, expected) in cases {
        close(rinott(plans, first_trials, confidence).expect("in range"), expected, 1.5e-5);
    }
    close(rinott(5, 20, 0.95).expect("in range"), 3.385418731253594, 1e-8);
    assert_eq!(rinott(1, 20, 0.95), None);
    assert_eq!(rinott(4, 20, 0.25), None);
}

/// Closed forms (Kim & Nelson 2001; Chen and others 2000) evaluated in double precision.
#[test]
fn elimination_constants_and_budget_shares() {
    let cases = [
        (5, 10, 0.05, 0.6349672651536731, 11.429410772766115),
        (10, 20, 0.05, 0.3029338036492749, 11.511484538672446),
        (20, 20, 0.1, 0.3075165584410602, 11.685629220760287),
    ];
    for (plans, first_trials, alpha, eta, h_squared) in cases {
        let found = KimNelson::new(plans, first_trials, alpha);
        close(found.eta, eta, 1e-12);
        close(found.h_squared, h_squared, 1e-12);
    }
    let shares = ocba_fractions(&[1.0, 1.3, 1.9, 2.6], &[1.0, 1.5, 0.7, 2.0]).expect("one best plan");
    let expected = [0.38079589577739187, 0.5698035438897016, 0.01378783883980019, 0.035612721493106354];
    shares.iter().zip(expected).for_each(|(&got, expected)| close(got, expected, 1e-12));
    assert_eq!(ocba_fractions(&[1.0, 1.0], &[1.0, 1.0]), None);
}

/// Pool adjacent violators, checked with the max–min formula: these values already rise.
#[test]
fn isotonic_fit_of_a_fixed_curve() {
    let values =
        [0.0536, 0.1992, 0.206, 0.3282, 0.4543, 0.4567, 0.5692, 0.6477, 0.7991, 0.8516, 0.8978, 0.99];
    let weights = [101.0, 271.0, 83.0, 245.0, 121.0, 74.0, 316.0, 226.0, 222.0, 270.0, 116.0, 318.0];
    let fit = isotonic::increasing(&values, &weights);
    let expected =
        [0.0536, 0.1992, 0.206, 0.3282, 0.4543, 0.4567, 0.5692, 0.6477, 0.7991, 0.8516, 0.8978, 0.99];
    fit.iter().zip(expected).for_each(|(&got, expected)| close(got, expected, 1e-12));
    assert_eq!(fit.len(), expected.len());
}
