//! A range for a ratio when its denominator is itself uncertain: few leads, rare tiers.

use super::law::critical_t;
use super::mean::average;

/// Fieller's interval (low, high) for Σx / Σn over independent trials (Fieller 1954), or `None` when the denominator is too
/// uncertain for a finite interval, or with fewer than two trials.
///
/// Needed instead of the delta method only when the mean of n is within about four standard errors of 0.
pub fn fieller(pairs: &[(f64, f64)], level: f64) -> Option<(f64, f64)> {
    let trials = pairs.len() as f64;
    let critical = critical_t(level, (pairs.len() as u64).checked_sub(1)?)?;
    let (tops, bottoms): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let (top, bottom) = (average(&tops), average(&bottoms));
    let covariance = |one: &[f64], other: &[f64]| {
        let (a, b) = (average(one), average(other));
        one.iter().zip(other).map(|(x, y)| (x - a) * (y - b)).sum::<f64>() / (trials - 1.0) / trials
    };
    let (of_top, of_both, of_bottom) =
        (covariance(&tops, &tops), covariance(&tops, &bottoms), covariance(&bottoms, &bottoms));
    let squared = critical * critical;
    // All ratios r with (top − r·bottom)² ≤ t² Var(top − r·bottom).
    let a = bottom * bottom - squared * of_bottom;
    let b = top * bottom - squared * of_both;
    let c = top * top - squared * of_top;
    let root = b * b - a * c;
    (a > 0.0 && root >= 0.0).then(|| ((b - root.sqrt()) / a, (b + root.sqrt()) / a))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ends solve the equation they come from: the t statistic of x − r·n is the critical value there.
    #[test]
    fn the_ends_are_where_the_t_statistic_is_critical() {
        let pairs = [(3.0, 5.0), (4.0, 6.0), (2.0, 6.0), (5.0, 7.0), (4.0, 5.0)];
        let (low, high) = fieller(&pairs, 0.95).unwrap();
        assert!(low < 18.0 / 29.0 && 18.0 / 29.0 < high);
        for ratio in [low, high] {
            let rest: Vec<f64> = pairs.iter().map(|(x, n)| x - ratio * n).collect();
            let t = average(&rest) / (super::super::mean::variance(&rest).unwrap() / 5.0).sqrt();
            assert!((t.abs() - critical_t(0.95, 4).unwrap()).abs() < 1e-9, "{t}");
        }
    }

    #[test]
    fn a_denominator_near_zero_has_no_finite_interval() {
        assert_eq!(fieller(&[(1.0, 1.0), (1.0, -1.0), (2.0, 0.5)], 0.95), None);
        assert_eq!(fieller(&[(1.0, 1.0)], 0.95), None);
    }
}
