//! A range that leans the way the trials do: a few very bad trials make a mean wait uncertain upwards more than downwards.

use super::estimate::{Estimate, Method};
use super::ratio::{Confidence, RatioTallyF};

/// The pooled ratio ΣX / ΣN of two amounts per trial that is no share (minutes a lead, dollars a deal); pairs are (X, N) by trial.
///
/// The t interval of [`RatioTallyF::estimate_at`], corrected for skewness by Hall's transformation (Hall 1992, "On the removal of
/// skewness by transformation").
pub fn ratio_at(pairs: &[(f64, f64)], confidence: &Confidence) -> Estimate {
    // Minutes a lead may be below one in every trial and are no share for that.
    let mut tally = RatioTallyF { exceeds_one: true, ..Default::default() };
    pairs.iter().for_each(|&(x, n)| tally.add(x, n));
    let plain = tally.estimate_at(confidence);
    let (Some(half), Some(critical)) = (plain.half_width(), confidence.values) else { return plain };
    let lean = lean(pairs.iter().map(|(x, n)| x - plain.value * n));
    if half == 0.0 || !lean.is_finite() {
        return plain;
    }
    let error = half / critical.critical;
    let reach = |at: f64| plain.value - error * untransformed(at, lean);
    let ends = (reach(critical.critical), reach(-critical.critical));
    Estimate::with_interval(plain.value, ends, plain.level, Method::DeltaSkewed, plain.trials)
}

/// Sample skewness of deviations that sum to zero, over the root of their number.
fn lean(deviations: impl Iterator<Item = f64>) -> f64 {
    let (mut squares, mut cubes) = (0.0, 0.0);
    for deviation in deviations {
        squares += deviation * deviation;
        cubes += deviation * deviation * deviation;
    }
    // (Σd³ / n) / (Σd² / n)^1.5 / √n
    cubes / (squares * squares.sqrt())
}

/// The t statistic that Hall's transformation takes to `transformed`, where trials lean so much: the inverse of
/// T + a (T²/3 + 1/6) + a² T³/27, which rises everywhere and has no skewness to first order.
fn untransformed(transformed: f64, lean: f64) -> f64 {
    if lean.abs() < 1e-6 {
        return transformed;
    }
    3.0 / lean * ((1.0 + lean * (transformed - lean / 6.0)).cbrt() - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_undoes_the_transformation() {
        for lean in [-0.9, -0.2, 1e-5, 0.3, 1.0] {
            for t in [-4.0_f64, -1.0, 0.0, 0.5, 3.0] {
                let there = t + lean * (t * t / 3.0 + 1.0 / 6.0) + lean * lean * t.powi(3) / 27.0;
                assert!((untransformed(there, lean) - t).abs() < 1e-9, "{lean} {t}");
            }
        }
        assert_eq!(untransformed(1.5, 0.0), 1.5);
    }

    /// By hand: waits 3, 3, 3, 11 of one lead each; mean 5, deviations −2, −2, −2, 6: Σd² = 48, Σd³ = 192.
    #[test]
    fn a_bad_trial_moves_the_upper_end() {
        let pairs = [(3.0, 1.0), (3.0, 1.0), (3.0, 1.0), (11.0, 1.0)];
        assert!((lean([-2.0, -2.0, -2.0, 6.0].into_iter()) - 192.0 / (48.0 * 48.0_f64.sqrt())).abs() < 1e-15);
        let leaning = ratio_at(&pairs, &Confidence::at(0.9, 4));
        assert_eq!((leaning.value, leaning.method), (5.0, Method::DeltaSkewed));
        let (low, high) = (leaning.low.unwrap(), leaning.high.unwrap());
        assert!(high - 5.0 > 2.0 * (5.0 - low) && low < 5.0, "{low} {high}");
        let mirrored = pairs.map(|(x, n)| (14.0 - x, n));
        let mirrored = ratio_at(&mirrored, &Confidence::at(0.9, 4));
        assert!((mirrored.low.unwrap() - (14.0 - high)).abs() < 1e-9);
    }

    /// Even trials lean to no side: the plain interval; single trials have none. Amounts below one are no shares.
    #[test]
    fn without_skewness_nothing_changes() {
        let confidence = Confidence::at(0.95, 2);
        let even = ratio_at(&[(3.0, 1.0), (5.0, 1.0)], &confidence);
        assert!((even.half_width().unwrap() - 12.706204736174694).abs() < 1e-9);
        assert!((even.low.unwrap() + even.high.unwrap() - 8.0).abs() < 1e-9);
        assert_eq!(ratio_at(&[(0.3, 1.0), (0.4, 1.0)], &confidence).method, Method::DeltaSkewed);
        assert_eq!(ratio_at(&[(0.0, 1.0), (0.0, 2.0)], &confidence).half_width(), Some(0.0));
        assert_eq!(ratio_at(&[(3.0, 1.0)], &Confidence::at(0.95, 1)).low, None);
        assert_eq!(ratio_at(&[(3.0, 1.0), (3.0, 1.0)], &confidence).half_width(), Some(0.0));
    }
}
