//! How large a gamma number is that so many others stay below: what turns an even share of chance into a busy or a quiet day.

use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::gamma::{gamma_lr, gamma_ur, ln_gamma};

/// The point below which a gamma number of this shape and scale 1 falls with the given probability, strictly between 0 and 1.
///
/// Halley's steps on the logarithm of the point, kept inside a bracket, from Wilson & Hilferty's (1931) approximation; good to about
/// eleven digits.
pub fn gamma_quantile(shape: f64, probability: f64) -> f64 {
    let log_gamma = ln_gamma(shape);
    // The lower tail is at most x^a / Γ(a + 1), so the point cannot lie before this.
    let mut low = (probability.ln() + log_gamma + shape.ln()) / shape;
    if low < SMALLEST {
        return low.exp();
    }
    // Of the width of the law on the logarithm.
    let close = CLOSE / shape.sqrt().max(1.0);
    let mut high = f64::INFINITY;
    let mut at = start(shape, probability).max(low);
    for _ in 0..MOST_STEPS {
        let point = at.exp();
        // The smaller tail, because the other loses its digits.
        let excess = match probability <= 0.5 {
            true => gamma_lr(shape, point) - probability,
            false => (1.0 - probability) - gamma_ur(shape, point),
        };
        if excess == 0.0 {
            return point;
        }
        if excess < 0.0 {
            low = at;
        } else {
            high = at;
        }
        let newton = excess / (shape * at - point - log_gamma).exp();
        let halley = at - newton / (1.0 - 0.5 * newton * (shape - point)).max(0.5);
        let next = match halley > low && halley < high.min(at + 2.0) {
            true => halley,
            false if high.is_infinite() => at + 1.0,
            false => low + (high - low) / 2.0,
        };
        if (next - at).abs() <= close {
            return next.exp();
        }
        at = next;
    }
    at.exp()
}

/// Below this logarithm a point is as good as zero, and equal to its lower bound.
const SMALLEST: f64 = -600.0;

/// Steps that even bisection does not need.
const MOST_STEPS: usize = 400;

/// A step so short leaves an error of about its cube.
const CLOSE: f64 = 1e-4;

/// Logarithm of the approximate point (Wilson & Hilferty 1931); minus infinity where that fails, far below small shapes.
fn start(shape: f64, probability: f64) -> f64 {
    let normal = Normal::standard().inverse_cdf(probability);
    let root = 1.0 - 1.0 / (9.0 * shape) + normal / (3.0 * shape.sqrt());
    if root > 0.0 { shape.ln() + 3.0 * root.ln() } else { f64::NEG_INFINITY }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shape 1 is the exponential law: −ln(1 − p). Shape 2 at p = 1 − 3e^−2: exactly 2.
    #[test]
    fn closed_forms() {
        for probability in [1e-9, 1e-3, 0.1, 0.5, 0.9, 0.999, 1.0 - 1e-9] {
            let exact = -f64::ln_1p(-probability);
            assert!((gamma_quantile(1.0, probability) / exact - 1.0).abs() < 1e-9, "{probability}");
        }
        let two = gamma_quantile(2.0, 1.0 - 3.0 * (-2.0_f64).exp());
        assert!((two - 2.0).abs() < 1e-11, "{two}");
    }

    /// The law's own probability at the point is the one asked for, at every shape.
    #[test]
    fn goes_back_to_the_probability() {
        for shape in [0.02, 0.3, 0.9, 1.0, 3.0, 12.0, 400.0, 1e6] {
            for probability in [1e-12, 1e-4, 0.02, 0.3, 0.5, 0.77, 0.99, 1.0 - 1e-10] {
                let point = gamma_quantile(shape, probability);
                if point < 1e-250 {
                    continue;
                }
                let (back, upper) = (gamma_lr(shape, point), gamma_ur(shape, point));
                let wrong = match probability <= 0.5 {
                    true => back / probability - 1.0,
                    false => upper / (1.0 - probability) - 1.0,
                };
                assert!(wrong.abs() < 1e-6, "shape {shape}, probability {probability}: {back}");
            }
        }
    }

    /// So small a shape that its point underflows is nothing, not a loop without end.
    #[test]
    fn tiny_shapes_end_at_zero() {
        assert_eq!(gamma_quantile(1e-4, 0.3), 0.0);
        assert!(gamma_quantile(1e-4, 0.999_99) >= 0.0);
    }
}
