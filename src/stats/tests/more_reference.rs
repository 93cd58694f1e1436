//! Procedures for data and inputs on fixed numbers, against answers computed with other programs (named at each test).

use crate::stats::survival::{Watched, exponential_rate, log_normal_fit, surviving};
use crate::stats::{busyness, poisson_test};

fn close(got: f64, expected: f64, relative: f64) {
    assert!((got - expected).abs() <= relative * expected.abs(), "got {got}, expected {expected}");
}

/// Minutes, and whether the end was seen; 5 of 40 are censored.
const TIMES: [(f64, bool); 40] = [
    (6.1, true),
    (16.6, true),
    (34.5, false),
    (2.5, true),
    (22.5, false),
    (4.4, true),
    (20.9, true),
    (47.3, true),
    (0.7, true),
    (4.5, false),
    (22.6, true),
    (5.6, true),
    (2.4, true),
    (12.3, true),
    (8.9, true),
    (1.0, true),
    (2.0, true),
    (9.7, true),
    (40.4, true),
    (1.1, true),
    (15.9, true),
    (25.0, true),
    (2.2, true),
    (11.6, false),
    (7.5, true),
    (17.4, true),
    (9.5, true),
    (11.0, false),
    (19.0, true),
    (6.1, true),
    (4.2, true),
    (0.9, true),
    (11.0, true),
    (31.9, true),
    (0.7, true),
    (5.3, true),
    (26.8, true),
    (8.5, true),
    (5.5, true),
    (4.3, true),
];

/// Computed with SciPy, checked with R's `survfit` and `survreg`.
#[test]
fn censored_response_times() {
    let durations = TIMES.map(|(time, ended)| Watched { time, ended });
    let cases = [
        (5.0, 0.7, 0.07245688373094718),
        (10.0, 0.4407407407407407, 0.07945661812266702),
        (20.0, 0.2666666666666667, 0.07344708189518687),
        (30.0, 0.1354497354497355, 0.060102381780623444),
    ];
    for (time, share, error) in cases {
        let found = surviving(&durations, time);
        close(found.share, share, 1e-12);
        close(found.standard_error, error, 1e-12);
    }
    let fit = log_normal_fit(&durations).expect("many ends were seen");
    close(fit.mu, 2.094200900161141, 1e-7);
    close(fit.sigma, 1.2369806259972855, 1e-7);
    close(fit.log_likelihood, -127.83152834506679, 1e-9);
    close(exponential_rate(&durations).expect("time was watched"), 0.07138486640832144, 1e-12);
}

/// The shape solved with 30 digits (mpmath), where SciPy's optimiser differs in the seventh; the rest with SciPy, checked with R.
#[test]
fn busyness_of_forty_days() {
    let counts = [
        44, 55, 45, 86, 39, 38, 46, 100, 85, 47, 89, 46, 57, 54, 29, 107, 36, 30, 65, 19, 28, 39, 68, 82, 65,
        47, 37, 68, 25, 45, 82, 96, 56, 45, 49, 50, 74, 56, 71, 57,
    ];
    close(busyness::gamma_poisson_shape(&counts).expect("uneven"), 7.849225439805347, 1e-12);
    let found = busyness::dispersion(&counts).expect("counts");
    close(found.index, 8.385887779330403, 1e-12);
    close(found.chi_square, 327.0496233938857, 1e-12);
    close(found.p_value, 3.4856087963786805e-47, 1e-8);
}

/// Computed directly and with SciPy's `kstwo`, checked with R's exact `ks.test`.
#[test]
fn arrivals_of_three_hours() {
    let intervals = [
        vec![19.489, 20.769, 22.789, 37.145, 44.066],
        vec![
            13.837, 14.83, 15.226, 26.526, 29.058, 33.215, 42.13, 45.392, 46.021, 47.328, 51.262, 52.613,
            54.28, 58.242,
        ],
        vec![11.53, 15.969, 17.724, 24.973, 27.501, 27.606, 29.169, 44.57, 48.861, 54.534],
    ];
    let found = poisson_test::poisson_arrivals(&intervals, 60.0).expect("stamps inside their hours");
    assert_eq!(found.arrivals, 29);
    close(found.mean_gap, 1.0606679518066768, 1e-12);
    close(found.distance, 0.07196768748492832, 1e-12);
    close(found.p_value, 0.995582467936482, 1e-12);
}
