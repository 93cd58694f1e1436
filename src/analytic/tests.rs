//! Formulas against values computed elsewhere to many digits (40-digit recursions, quadrature, R's queueing package).

use super::mg1::{self, Moments};
use super::{ErlangA, ErlangC, priority};

fn close(got: f64, expected: f64, relative: f64) {
    assert!((got - expected).abs() <= relative * expected.abs(), "got {got}, expected {expected}");
}

/// One settled line: arrival rate, service rate, servers; wait probability, mean, variance, 0.9 and 0.99 quantile; pairs of
/// a time and the probability to wait at most that long.
type Line = (f64, f64, u32, [f64; 5], &'static [(f64, f64)]);

/// Erlang B recursion in 40 digits, checked with the stationary vector, an integral form and R.
const LINES: [Line; 7] = [
    (
        0.8,
        1.0,
        1,
        [0.8, 4.000000000000001, 24.00000000000001, 10.397207708399183, 21.910133173369413],
        &[
            (0.5, 0.27613006557123226),
            (1.0, 0.34501539753761445),
            (5.0, 0.7056964470628461),
            (10.0, 0.8917317734107097),
        ],
    ),
    (
        8.0,
        1.0,
        10,
        [
            0.40918015079644354,
            0.20459007539822177,
            0.1627329764467717,
            0.7044926697863957,
            1.8557852162834185,
        ],
        &[
            (0.1, 0.6649916269938656),
            (0.5, 0.8494710347865578),
            (1.0, 0.9446234883971634),
            (2.0, 0.9925056041175745),
        ],
    ),
    (
        42.0,
        7.5,
        7,
        [
            0.4859376103251326,
            0.046279772411917386,
            0.006673377410628252,
            0.150562862462398,
            0.36985668084278334,
        ],
        &[
            (0.016666666666666666, 0.5920762613567562),
            (0.08333333333333333, 0.7974310663221172),
            (0.25, 0.9647987975742426),
            (1.0, 0.9999866190036062),
        ],
    ),
    (
        19.0,
        1.0,
        20,
        [0.7554012320910864, 0.7554012320910864, 0.9401714427374415, 2.022078855333529, 4.324663948327575],
        &[
            (0.1, 0.3164846995735187),
            (0.5, 0.5418259923520572),
            (1.0, 0.7221034168781121),
            (3.0, 0.9623907872127124),
        ],
    ),
    (
        95.0,
        1.0,
        100,
        [
            0.5064568539130206,
            0.10129137078260411,
            0.03025660651802266,
            0.32445378986005885,
            0.784970808458868,
        ],
        &[
            (0.05, 0.6055710055806595),
            (0.1, 0.6928183902801508),
            (0.2, 0.8136849356050312),
            (0.5, 0.9584274898434856),
        ],
    ),
    (
        0.98,
        1.0,
        1,
        [0.98, 48.99999999999996, 2498.9999999999955, 114.11911928382621, 229.2483739335284],
        &[(1.0, 0.03940530015937984), (20.0, 0.3430863548850737), (100.0, 0.8673714224281198)],
    ),
    (
        48.0,
        1.0,
        50,
        [0.6944556111968343, 0.34722780559841715, 0.22666065661772497, 0.968979029700147, 2.1202715761971698],
        &[(0.1, 0.4314278344655857), (0.5, 0.7445240578345361), (1.0, 0.9060156531634215)],
    ),
];

#[test]
fn waits_without_loss() {
    for (arrivals, service, servers, [wait, mean, variance, p90, p99], within) in LINES {
        let line = ErlangC::new(arrivals, service, servers).expect("keeps up");
        close(line.wait_probability(), wait, 1e-12);
        close(line.mean_wait(), mean, 1e-12);
        close(line.mean_queue(), arrivals * mean, 1e-12);
        close(line.wait_variance(), variance, 1e-12);
        close(line.wait_quantile(0.9).expect("below 1"), p90, 1e-12);
        close(line.wait_quantile(0.99).expect("below 1"), p99, 1e-12);
        within.iter().for_each(|&(time, share)| close(line.wait_within(time), share, 1e-12));
    }
}

#[test]
fn a_team_that_cannot_keep_up_has_no_settled_line() {
    assert_eq!(ErlangC::new(10.0, 1.0, 10), None);
    assert_eq!(ErlangC::new(-1.0, 1.0, 10), None);
    assert_eq!(ErlangC::new(f64::NAN, 1.0, 10), None);
    let easy = ErlangC::new(1.0, 1.0, 10).expect("keeps up");
    assert_eq!((easy.wait_quantile(0.5), easy.wait_quantile(1.0)), (Some(0.0), None));
    assert_eq!(easy.wait_within(-1.0), 0.0);
}

/// 60 arrivals an hour, 7 minutes each; times in minutes. Exhaustive search in 40 digits, checked with pyworkforce.
#[test]
fn smallest_teams() {
    let cases = [
        (5.0, 0.8, 9, 0.9077470299100805),
        (5.0, 0.9, 9, 0.9077470299100805),
        (5.0, 0.95, 10, 0.9739866786554465),
        (1.0, 0.8, 10, 0.8555556256994322),
        (15.0, 0.9, 8, 0.9254652546163057),
        (60.0, 0.99, 8, 0.9998796445740382),
    ];
    for (time, share, servers, reached) in cases {
        let line = ErlangC::smallest_team(1.0, 1.0 / 7.0, time, share, 100).expect("some team does");
        assert_eq!(line.servers(), servers);
        close(line.wait_within(time), reached, 1e-12);
    }
    assert_eq!(ErlangC::smallest_team(1.0, 1.0 / 7.0, 5.0, 0.9, 8), None);
}

/// One line with patience: arrival, service and patience rate, servers; wait probability, share giving up, mean wait of
/// all and of the served, utilisation; pairs of a time and the probability to be served within it.
type ImpatientLine = (f64, f64, f64, u32, [f64; 5], &'static [(f64, f64)]);

/// Birth-and-death chain in 40 digits; the first is the example of Garnett, Mandelbaum & Reiman 2002.
const IMPATIENT: [ImpatientLine; 4] = [
    (
        48.0,
        1.0,
        0.5,
        50,
        [
            0.4677740685537904,
            0.030912249162193216,
            0.06182449832438643,
            0.060265003992551906,
            0.9303242408042945,
        ],
        &[(0.1, 0.7386217179375105), (0.20833333333333334, 0.8745569096732534), (1.0, 0.9690874244760139)],
    ),
    (
        102.0,
        1.0,
        1.0,
        100,
        [
            0.5917186345188439,
            0.04991797599982072,
            0.04991797599982072,
            0.0490409218547748,
            0.9690836644801829,
        ],
        &[(0.05, 0.6004559090342971), (0.1, 0.7587772981086686), (0.2, 0.91627121575667)],
    ),
    (
        60.0,
        5.0,
        2.0,
        10,
        [
            0.8770134688274895,
            0.19049642585233953,
            0.09524821292616976,
            0.09846084332432918,
            0.9714042889771926,
        ],
        &[(0.08333333333333333, 0.39461994909367654), (0.25, 0.766645512190761), (1.0, 0.8095035741473712)],
    ),
    (
        10.0,
        1.0,
        0.25,
        10,
        [
            0.6933843878640651,
            0.08376982094561566,
            0.33507928378246266,
            0.3295614149373605,
            0.9162301790543843,
        ],
        &[(0.1, 0.38900780893716264), (0.5, 0.6650213372515502), (2.0, 0.914633533481827)],
    ),
];

#[test]
fn waits_with_patience() {
    for (arrivals, service, patience, servers, expected, within) in IMPATIENT {
        let line = ErlangA::new(arrivals, service, patience, servers).expect("positive rates");
        close(line.wait_probability(), expected[0], 1e-11);
        close(line.abandon_probability(), expected[1], 1e-11);
        close(line.mean_wait(), expected[2], 1e-11);
        close(line.mean_wait_of_served(), expected[3], 1e-11);
        close(line.utilisation(), expected[4], 1e-11);
        within.iter().for_each(|&(time, share)| close(line.served_within(time), share, 1e-11));
    }
}

/// Endless patience is Erlang's line; overload tends to the share that cannot be served; nothing overflows.
#[test]
fn patience_at_its_limits() {
    let (patient, erlang) = (ErlangA::new(8.0, 1.0, 1e-9, 10), ErlangC::new(8.0, 1.0, 10));
    close(patient.expect("valid").wait_probability(), erlang.expect("keeps up").wait_probability(), 1e-7);
    let flooded = ErlangA::new(3000.0, 1.0, 0.001, 1000).expect("valid");
    close(flooded.abandon_probability(), 2.0 / 3.0, 1e-9);
    close(flooded.utilisation(), 1.0, 1e-9);
    let idle = ErlangA::new(0.001, 1.0, 1.0, 500).expect("valid");
    assert_eq!((idle.wait_probability(), idle.served_within(0.0)), (0.0, 1.0));
    assert_eq!(ErlangA::new(1.0, 1.0, 0.0, 5), None);
}

/// Closed forms, checked with the transform inverted numerically.
#[test]
fn one_server_any_handling_time() {
    let mixture = Moments::mixture(0.2, Moments::exponential(2.5), Moments::exponential(0.625));
    let cases = [
        (0.8, Moments::constant(1.0), 2.0, 5.333333333333333),
        (0.7, mixture, 3.6458333333333335, 28.78689236111111),
        (5.0, Moments::erlang(3, 1.0 / 6.0), 0.5555555555555556, 0.411522633744856),
        (4.0, Moments::lognormal(0.2, 1.5), 1.3, 3.5208333333333335),
    ];
    for (arrivals, handling, mean, variance) in cases {
        close(mg1::mean_wait(arrivals, handling).expect("keeps up"), mean, 1e-12);
        close(mg1::wait_variance(arrivals, handling).expect("keeps up"), variance, 1e-12);
    }
    assert_eq!(mg1::mean_wait(1.0, Moments::constant(1.0)), None);
}

/// Hillier & Lieberman's County Hospital and three more, in closed form.
#[test]
fn urgent_first() {
    let cases: [(&[f64], f64, u32, &[f64]); 4] = [
        (&[0.2, 0.6, 1.2], 3.0, 1, &[0.23809523809523808, 0.3246753246753247, 0.9090909090909091]),
        (&[0.2, 0.6, 1.2], 3.0, 2, &[0.028735632183908046, 0.033156498673740056, 0.04807692307692308]),
        (&[10.0, 26.0], 7.5, 6, &[0.014793485691322494, 0.07396742845661247]),
        (&[3.0, 5.0, 4.0], 1.0, 14, &[0.043791397510453495, 0.10217992752439149, 0.5619896013841532]),
    ];
    for (arrivals, service, servers, expected) in cases {
        let waits = priority::team(arrivals, service, servers);
        waits
            .iter()
            .zip(expected)
            .for_each(|(wait, &expected)| close(wait.expect("keeps up"), expected, 1e-12));
        assert_eq!(waits.len(), expected.len());
    }
    let classes = [
        (0.3, Moments::exponential(0.5)),
        (0.4, Moments::constant(0.8)),
        (0.25, Moments::lognormal(1.0, 1.2)),
    ];
    let waits = priority::one_server(&classes);
    for (wait, expected) in waits.iter().zip([0.5976470588235294, 1.127635960044395, 3.4231805929919137]) {
        close(wait.expect("keeps up"), expected, 1e-12);
    }
}

/// An overloaded bottom class waits for ever; the top class then always meets a busy server. Both roads agree.
#[test]
fn overload_below_does_not_reach_the_top() {
    let by_team = priority::team(&[0.5, 2.0, 1.0], 1.0, 1);
    let classes = [0.5, 2.0, 1.0].map(|rate| (rate, Moments::exponential(1.0)));
    let by_one = priority::one_server(&classes);
    assert_eq!((by_team[1], by_team[2]), (None, None));
    assert_eq!((by_one[1], by_one[2]), (None, None));
    // Residual 1, load above 0, with 0.5: 1 / (1 · 0.5).
    close(by_team[0].expect("keeps up"), 2.0, 1e-15);
    close(by_one[0].expect("keeps up"), 2.0, 1e-15);
}
