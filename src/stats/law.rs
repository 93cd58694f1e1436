//! Reference curves of statistics: the cut-off points of the normal, Student and beta laws.

use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::beta::{beta_reg, ln_beta};

/// Probability that a standard normal number is at most `z`.
pub fn normal_probability(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

/// The standard normal number below which this share of all lies; infinite at 0 and 1.
pub fn normal_quantile(share: f64) -> f64 {
    Normal::standard().inverse_cdf(share)
}

/// Two-sided critical value of the standard normal law at `level` (0.95 gives 1.96), or `None` unless 0 < level < 1.
pub fn critical_normal(level: f64) -> Option<f64> {
    is_level(level).then(|| -Normal::standard().inverse_cdf((1.0 - level) / 2.0))
}

/// Two-sided critical value of Student's t law at `level`, or `None` unless 0 < level < 1 and there is at least one
/// degree of freedom.
pub fn critical_t(level: f64, degrees_of_freedom: u64) -> Option<f64> {
    if !is_level(level) || degrees_of_freedom == 0 {
        return None;
    }
    let freedom = degrees_of_freedom as f64;
    // P(|T| > t) = I_x(freedom / 2, 1 / 2) with x = freedom / (freedom + t²); the complement y = t² / (freedom + t²)
    // is the small number when there are many trials, so it is the one to solve for.
    let y = beta_quantile(level, 0.5, freedom / 2.0);
    Some((freedom * y / (1.0 - y)).sqrt())
}

/// The point below which a beta(a, b) number falls with the given probability.
///
/// Own bracketed search on the regularised incomplete beta function: it always ends, where a free Newton iteration
/// may not, and is good to the last digits of that function.
pub fn beta_quantile(probability: f64, a: f64, b: f64) -> f64 {
    if probability <= 0.0 {
        return 0.0;
    }
    if probability >= 1.0 {
        return 1.0;
    }
    let log_scale = ln_beta(a, b);
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    let mut x = (a / (a + b)).clamp(1e-300, 1.0 - 1e-16);
    for _ in 0..2_000 {
        let excess = beta_reg(a, b, x) - probability;
        if excess == 0.0 {
            return x;
        }
        if excess < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let density = ((a - 1.0) * x.ln() + (b - 1.0) * (1.0 - x).ln() - log_scale).exp();
        let newton = x - excess / density;
        let next = if newton > low && newton < high { newton } else { low + (high - low) / 2.0 };
        if (next - x).abs() <= 1e-16 * x || next <= low || next >= high {
            return next;
        }
        x = next;
    }
    x
}

/// The point between `low` and `high` where `excess` changes sign, to the last digit (bisection).
pub fn crossing(mut low: f64, mut high: f64, excess: impl Fn(f64) -> f64) -> f64 {
    let rising = excess(high) > 0.0;
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return middle;
        }
        if (excess(middle) > 0.0) == rising {
            high = middle;
        } else {
            low = middle;
        }
    }
}

fn is_level(level: f64) -> bool {
    level > 0.0 && level < 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, expected: f64, relative: f64) {
        assert!((got - expected).abs() <= relative * expected.abs(), "got {got}, expected {expected}");
    }

    /// Published tables of Student's t (scipy `t.ppf`, 15 digits).
    #[test]
    fn student_critical_values() {
        close(critical_t(0.95, 1).unwrap(), 12.706204736174694, 1e-12);
        close(critical_t(0.95, 23).unwrap(), 2.0686576104190406, 1e-12);
        close(critical_t(0.99, 5).unwrap(), 4.032142983557536, 1e-12);
        // For many trials z + (z³ + z) / 4ν (Cornish & Fisher 1938).
        close(critical_t(0.95, 1_000_000).unwrap(), 1.959966356811, 1e-9);
        assert_eq!(critical_t(0.95, 0), None);
        assert_eq!(critical_t(1.0, 5), None);
        assert_eq!(critical_t(f64::NAN, 5), None);
    }

    #[test]
    fn normal_critical_values() {
        close(critical_normal(0.95).unwrap(), 1.959963984540054, 1e-12);
        close(critical_normal(0.999999).unwrap(), 4.891638475699412, 1e-10);
    }

    /// Closed form: beta(a, 1) has distribution function x^a, beta(1, b) has 1 − (1 − x)^b.
    #[test]
    fn beta_quantile_closed_forms() {
        for exponent in [0.5, 1.0, 7.0, 300.0, 100_000.0] {
            for probability in [1e-9, 0.025, 0.5, 0.975, 0.9999] {
                close(
                    beta_quantile(probability, exponent, 1.0),
                    f64::powf(probability, 1.0 / exponent),
                    1e-9,
                );
                let upper = -f64::exp_m1(f64::ln_1p(-probability) / exponent);
                close(beta_quantile(probability, 1.0, exponent), upper, 1e-9);
            }
        }
    }

    #[test]
    fn beta_quantile_inverts_for_many_trials() {
        for (a, b) in [(90_000.0, 10_001.0), (2.0, 1e6), (500_000.0, 500_001.0)] {
            let x = beta_quantile(0.025, a, b);
            let (mean, spread) = (a / (a + b), (a * b / (a + b + 1.0)).sqrt() / (a + b));
            assert!((beta_reg(a, b, x) - 0.025).abs() < 1e-10);
            assert!((x - (mean - 1.96 * spread)).abs() < 1.3 * spread, "{x} {mean} {spread}");
        }
    }

    #[test]
    fn crossing_finds_the_root_from_either_side() {
        close(crossing(0.0, 2.0, |x| x * x - 2.0), 2.0_f64.sqrt(), 1e-15);
        close(crossing(0.0, 2.0, |x| 2.0 - x * x), 2.0_f64.sqrt(), 1e-15);
    }
}
