//! Are daily counts more uneven than chance allows, and by how much? The busyness of days, measured from counts.

use statrs::function::gamma::{digamma, gamma_ur};

/// Unevenness of counts against a Poisson law.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dispersion {
    /// Mean count.
    pub mean: f64,
    /// Variance over mean; 1 for a Poisson law.
    pub index: f64,
    /// (n − 1) × index, chi-square with n − 1 degrees of freedom if counts are Poisson (Cox & Lewis 1966).
    pub chi_square: f64,
    /// Chance of so large a chi-square under a Poisson law.
    pub p_value: f64,
}

/// How uneven counts are; `None` with fewer than two counts or none above zero.
pub fn dispersion(counts: &[u64]) -> Option<Dispersion> {
    let values: Vec<f64> = counts.iter().map(|&count| count as f64).collect();
    let (mean, variance) = (super::mean::average(&values), super::mean::variance(&values)?);
    if mean <= 0.0 {
        return None;
    }
    let freedom = values.len() as f64 - 1.0;
    let chi_square = freedom * variance / mean;
    let p_value = if chi_square > 0.0 { gamma_ur(freedom / 2.0, chi_square / 2.0) } else { 1.0 };
    Some(Dispersion { mean, index: variance / mean, chi_square, p_value })
}

/// The shape of the Gamma factor of mean 1 that makes Poisson counts as uneven as these, by maximum likelihood of the
/// negative binomial law (Lawless 1987); `None` if the counts are no more uneven than Poisson ones.
pub fn gamma_poisson_shape(counts: &[u64]) -> Option<f64> {
    let found = dispersion(counts)?;
    let n = counts.len() as f64;
    // The likelihood has its top at a finite shape exactly when the variance (divisor n) exceeds the mean
    // (Levin & Reeds 1977).
    if found.index * (n - 1.0) / n <= 1.0 {
        return None;
    }
    let slope = |log_shape: f64| {
        let shape = log_shape.exp();
        let from_counts: f64 =
            counts.iter().map(|&count| digamma(shape + count as f64) - digamma(shape)).sum();
        from_counts - n * (found.mean / shape).ln_1p()
    };
    Some(super::law::crossing((1e-8_f64).ln(), (1e10_f64).ln(), slope).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_counts_need_no_busyness() {
        assert_eq!(gamma_poisson_shape(&[10, 11, 9, 10]), None);
        assert_eq!(dispersion(&[3]), None);
        assert_eq!(dispersion(&[0, 0, 0]), None);
        let even = dispersion(&[5, 5, 5]).unwrap();
        assert_eq!((even.index, even.p_value), (0.0, 1.0));
    }

    /// Hand-counted: mean 2, variance 4, so index 2 and chi-square 4 on 2 degrees: p = e^−2.
    #[test]
    fn dispersion_by_hand() {
        let found = dispersion(&[0, 2, 4]).unwrap();
        assert_eq!((found.mean, found.index, found.chi_square), (2.0, 2.0, 4.0));
        assert!((found.p_value - (-2.0_f64).exp()).abs() < 1e-14);
    }

    /// The likelihood itself, summed with logarithms of factorials, is lower on both sides.
    #[test]
    fn the_shape_is_the_top_of_the_likelihood() {
        use statrs::function::gamma::ln_gamma;
        let counts = [12, 9, 22, 16, 37, 4, 50, 2, 24, 19];
        let shape = gamma_poisson_shape(&counts).unwrap();
        let mean = 19.5;
        let likelihood = |k: f64| -> f64 {
            counts
                .iter()
                .map(|&y| {
                    let y = y as f64;
                    ln_gamma(k + y) - ln_gamma(k) + k * (k / (k + mean)).ln() + y * (mean / (k + mean)).ln()
                })
                .sum()
        };
        assert!(likelihood(shape) > likelihood(shape * 1.01) && likelihood(shape) > likelihood(shape / 1.01));
    }
}
