//! Laws of how long things take or how big they are, each with its mean beside its draw.

use rand::Rng;
use rand::distr::Open01;
use rand_distr::{Distribution, Exp1, Gamma, Poisson, StandardNormal};
use statrs::function::gamma::{gamma, gamma_lr, gamma_ur};

/// A law of a non-negative quantity; its unit is its user's (minutes for handling times, dollars for amounts).
#[derive(Debug, Clone, PartialEq)]
pub enum Law {
    /// Always the same.
    Constant(f64),
    /// Memoryless with this mean.
    Exponential {
        /// Mean.
        mean: f64,
    },
    /// `exp(mu + sigma Z)`: the usual shape of handling times (Brown et al. 2005).
    LogNormal {
        /// Mean of the logarithm.
        mu: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
    /// Gamma; Erlang-k has shape k.
    Gamma {
        /// Shape.
        shape: f64,
        /// Scale: mean / shape.
        scale: f64,
    },
    /// Weibull.
    Weibull {
        /// Shape.
        shape: f64,
        /// Scale.
        scale: f64,
    },
    /// Equally likely between two ends.
    Uniform {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// A count, Poisson: how many come where each of many might.
    Poisson {
        /// Mean count, above zero.
        mean: f64,
        /// What one counts for; 1 unless the law was scaled.
        unit: f64,
    },
    /// A count of 1 or more, geometric: one more with the same chance every time.
    Geometric {
        /// Mean count, at least 1.
        mean: f64,
        /// What one counts for; 1 unless the law was scaled.
        unit: f64,
    },
    /// One of several laws, by weight (hyperexponential and the like).
    Mixture {
        /// Which part.
        choice: super::Choice,
        /// The parts.
        parts: Vec<Law>,
    },
    /// One of these values, by weight.
    Empirical {
        /// Which value.
        choice: super::Choice,
        /// The values.
        values: Vec<f64>,
    },
}

/// The 90th percentile of the standard normal.
const Z90: f64 = 1.281_551_565_544_600_4;

impl Law {
    /// Always zero.
    pub const ZERO: Law = Law::Constant(0.0);

    /// Whether it is [`Law::ZERO`].
    #[inline]
    pub fn is_zero(&self) -> bool {
        matches!(self, Law::Constant(value) if *value == 0.0)
    }

    /// Log-normal by its median and 90th percentile. `None` unless 0 < median < p90.
    pub fn log_normal_median_p90(median: f64, p90: f64) -> Option<Self> {
        (median > 0.0 && p90 > median && p90.is_finite())
            .then(|| Law::LogNormal { mu: median.ln(), sigma: (p90 / median).ln() / Z90 })
    }

    /// Log-normal by its median and the standard deviation of its logarithm.
    pub fn log_normal_median_sigma(median: f64, sigma: f64) -> Option<Self> {
        (median > 0.0 && median.is_finite() && sigma >= 0.0 && sigma.is_finite())
            .then(|| Law::LogNormal { mu: median.ln(), sigma })
    }

    /// Log-normal by its mean and coefficient of variation.
    pub fn log_normal_mean_cv(mean: f64, cv: f64) -> Option<Self> {
        let variance = (1.0 + cv * cv).ln();
        (mean > 0.0 && mean.is_finite() && cv >= 0.0 && cv.is_finite())
            .then(|| Law::LogNormal { mu: mean.ln() - variance / 2.0, sigma: variance.sqrt() })
    }

    /// The law with every value multiplied by `factor` (above zero).
    pub fn times(&self, factor: f64) -> Law {
        match self {
            Law::Constant(value) => Law::Constant(value * factor),
            Law::Exponential { mean } => Law::Exponential { mean: mean * factor },
            Law::LogNormal { mu, sigma } => Law::LogNormal { mu: mu + factor.ln(), sigma: *sigma },
            Law::Gamma { shape, scale } => Law::Gamma { shape: *shape, scale: scale * factor },
            Law::Weibull { shape, scale } => Law::Weibull { shape: *shape, scale: scale * factor },
            Law::Uniform { low, high } => Law::Uniform { low: low * factor, high: high * factor },
            Law::Poisson { mean, unit } => Law::Poisson { mean: *mean, unit: unit * factor },
            Law::Geometric { mean, unit } => Law::Geometric { mean: *mean, unit: unit * factor },
            Law::Mixture { choice, parts } => Law::Mixture {
                choice: choice.clone(),
                parts: parts.iter().map(|part| part.times(factor)).collect(),
            },
            Law::Empirical { choice, values } => Law::Empirical {
                choice: choice.clone(),
                values: values.iter().map(|value| value * factor).collect(),
            },
        }
    }

    /// The draw that belongs to `purpose` and `index` of an owner.
    #[inline]
    pub fn draw(&self, owner: super::Key, purpose: u32, index: u32) -> f64 {
        match self {
            Law::Constant(value) => *value,
            law => law.sample(&mut owner.stream(purpose, index)),
        }
    }

    /// One draw. Give each draw a generator of its own ([`super::Key::stream`]): laws differ in how many numbers they use.
    pub fn sample(&self, rng: &mut impl Rng) -> f64 {
        match self {
            Law::Constant(value) => *value,
            Law::Exponential { mean } => {
                let e: f64 = Exp1.sample(rng);
                mean * e
            }
            Law::LogNormal { mu, sigma } => {
                let z: f64 = StandardNormal.sample(rng);
                (mu + sigma * z).exp()
            }
            Law::Gamma { shape, scale } => Gamma::new(*shape, *scale)
                .expect("the scenario admits only positive shapes and scales")
                .sample(rng),
            Law::Weibull { shape, scale } => {
                let e: f64 = Exp1.sample(rng);
                scale * e.powf(1.0 / shape)
            }
            Law::Uniform { low, high } => {
                let u: f64 = Open01.sample(rng);
                low + (high - low) * u
            }
            Law::Poisson { mean, unit } => {
                let count: f64 =
                    Poisson::new(*mean).expect("the scenario admits only means above zero").sample(rng);
                count * unit
            }
            Law::Geometric { mean, unit } => {
                let u: f64 = Open01.sample(rng);
                // Inversion (Devroye 1986, X.2); a mean of 1 makes the denominator minus infinity, and the count 1.
                (1.0 + (u.ln() / (-mean.recip()).ln_1p()).floor()) * unit
            }
            Law::Mixture { choice, parts } => {
                let u: f64 = Open01.sample(rng);
                parts[choice.pick(u)].sample(rng)
            }
            Law::Empirical { choice, values } => {
                let u: f64 = Open01.sample(rng);
                values[choice.pick(u)]
            }
        }
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        match self {
            Law::Constant(value) => *value,
            Law::Exponential { mean } => *mean,
            Law::LogNormal { mu, sigma } => (mu + sigma * sigma / 2.0).exp(),
            Law::Gamma { shape, scale } => shape * scale,
            Law::Weibull { shape, scale } => scale * gamma(1.0 + 1.0 / shape),
            Law::Uniform { low, high } => (low + high) / 2.0,
            Law::Poisson { mean, unit } | Law::Geometric { mean, unit } => mean * unit,
            Law::Mixture { choice, parts } => {
                parts.iter().enumerate().map(|(i, p)| choice.share(i) * p.mean()).sum()
            }
            Law::Empirical { choice, values } => {
                values.iter().enumerate().map(|(i, v)| choice.share(i) * v).sum()
            }
        }
    }

    /// The variance; infinite where it cannot be written down.
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        let variance = match self {
            Law::Constant(_) => 0.0,
            Law::Exponential { .. } => mean * mean,
            Law::LogNormal { sigma, .. } => mean * mean * (sigma * sigma).exp_m1(),
            Law::Gamma { shape, scale } => shape * scale * scale,
            Law::Weibull { shape, scale } => scale * scale * gamma(1.0 + 2.0 / shape) - mean * mean,
            Law::Uniform { low, high } => (high - low).powi(2) / 12.0,
            Law::Poisson { unit, .. } => mean * unit,
            Law::Geometric { mean: count, unit } => count * (count - 1.0) * unit * unit,
            Law::Mixture { choice, parts } => {
                let square = |part: &Law| part.variance() + (part.mean() - mean).powi(2);
                parts.iter().enumerate().map(|(i, part)| choice.share(i) * square(part)).sum()
            }
            Law::Empirical { choice, values } => {
                values.iter().enumerate().map(|(i, v)| choice.share(i) * (v - mean).powi(2)).sum()
            }
        };
        if variance.is_nan() { f64::INFINITY } else { variance.max(0.0) }
    }

    /// The probability of a value of at most `x`.
    pub fn cdf(&self, x: f64) -> f64 {
        if x < 0.0 {
            return 0.0;
        }
        match self {
            Law::Constant(value) => f64::from(u8::from(x >= *value)),
            Law::Exponential { mean } => 1.0 - (-x / mean).exp(),
            Law::LogNormal { mu, sigma } => {
                let z = if x == 0.0 { f64::NEG_INFINITY } else { (x.ln() - mu) / sigma };
                0.5 * statrs::function::erf::erfc(-z / std::f64::consts::SQRT_2)
            }
            Law::Gamma { shape, scale } => {
                if x == 0.0 {
                    0.0
                } else {
                    gamma_lr(*shape, x / scale)
                }
            }
            Law::Weibull { shape, scale } => 1.0 - (-(x / scale).powf(*shape)).exp(),
            Law::Uniform { low, high } => ((x - low) / (high - low)).clamp(0.0, 1.0),
            Law::Poisson { mean, unit } => gamma_ur((x / unit).floor() + 1.0, *mean),
            Law::Geometric { mean, unit } => {
                let below = (x / unit).floor();
                if below < 1.0 { 0.0 } else { 1.0 - (1.0 - mean.recip()).powf(below) }
            }
            Law::Mixture { choice, parts } => {
                parts.iter().enumerate().map(|(i, p)| choice.share(i) * p.cdf(x)).sum()
            }
            Law::Empirical { choice, values } => {
                values.iter().enumerate().filter(|(_, v)| **v <= x).map(|(i, _)| choice.share(i)).sum()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Choice, Key};

    /// Every law, 40,000 draws: Kolmogorov–Smirnov against its own cdf. Fixed seed; the critical value 2.23/sqrt(n)
    /// has a false alarm of about 1e-4 a law, were the seed changed.
    #[test]
    fn draws_follow_their_cdf_and_mean() {
        let laws = [
            Law::Exponential { mean: 3.0 },
            Law::log_normal_median_p90(2.0, 10.0).expect("valid"),
            Law::log_normal_mean_cv(12.0, 1.0).expect("valid"),
            Law::Gamma { shape: 10.0, scale: 0.1 },
            Law::Gamma { shape: 0.5, scale: 2.0 },
            Law::Weibull { shape: 0.7, scale: 0.6 },
            Law::Uniform { low: 1.0, high: 2.0 },
            Law::Mixture {
                choice: Choice::new(&[0.2, 0.8]).expect("valid"),
                parts: vec![Law::Exponential { mean: 2.5 }, Law::Exponential { mean: 0.625 }],
            },
        ];
        let n = 40_000;
        for (i, law) in laws.iter().enumerate() {
            let mut draws: Vec<f64> =
                (0..n).map(|k| law.sample(&mut Key::root(5).child(i as u64).stream(0, k))).collect();
            draws.sort_by(f64::total_cmp);
            let distance = draws
                .iter()
                .enumerate()
                .map(|(k, x)| (law.cdf(*x) - (k as f64 + 0.5) / f64::from(n)).abs())
                .fold(0.0, f64::max);
            assert!(distance < 2.23 / f64::from(n).sqrt(), "{law:?}: distance {distance}");
            let mean = draws.iter().sum::<f64>() / f64::from(n);
            assert!((mean / law.mean() - 1.0).abs() < 0.06, "{law:?}: mean {mean}");
            let variance = draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / f64::from(n);
            assert!((variance / law.variance() - 1.0).abs() < 0.2, "{law:?}: variance {variance}");
        }
    }

    /// Counts: 40,000 draws against their probabilities (Pearson; 45.3 has a false alarm of 1e-4 with 15 degrees of freedom), and mean and
    /// variance within 4 standard errors.
    #[test]
    fn counts_follow_their_law() {
        let n = 40_000_u32;
        // Variance: Poisson m, geometric on 1, 2, … m (m − 1).
        let laws = [
            (Law::Poisson { mean: 3.4, unit: 1.0 }, 3.4),
            (Law::Poisson { mean: 60.0, unit: 1.0 }, 60.0),
            (Law::Geometric { mean: 2.5, unit: 1.0 }, 2.5 * 1.5),
            (Law::Geometric { mean: 1.0, unit: 1.0 }, 0.0),
        ];
        for (i, (law, variance)) in laws.iter().enumerate() {
            let draws: Vec<f64> =
                (0..n).map(|k| law.sample(&mut Key::root(7).child(i as u64).stream(0, k))).collect();
            assert!(draws.iter().all(|x| *x == x.trunc() && *x >= 0.0), "{law:?}: whole numbers");
            let mean = draws.iter().sum::<f64>() / f64::from(n);
            let error = (variance / f64::from(n)).sqrt();
            assert!((mean - law.mean()).abs() <= 4.0 * error, "{law:?}: mean {mean}");
            let seen = draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / f64::from(n);
            assert!((seen - variance).abs() <= 0.05 * variance, "{law:?}: variance {seen}");
            assert!((law.variance() - variance).abs() < 1e-9, "{law:?}");
            let from = (law.mean() - 3.0 * variance.sqrt()).floor().max(0.0);
            let width = (variance.sqrt() / 2.5).ceil().max(1.0);
            let mut distance = 0.0;
            for bin in 0..15 {
                let (low, high) = (from + f64::from(bin) * width, from + f64::from(bin + 1) * width);
                let expected = f64::from(n) * (law.cdf(high - 0.5) - law.cdf(low - 0.5));
                let found = draws.iter().filter(|x| (low..high).contains(*x)).count() as f64;
                if expected >= 5.0 {
                    distance += (found - expected).powi(2) / expected;
                }
            }
            assert!(distance < 45.3, "{law:?}: {distance}");
        }
    }

    #[test]
    fn empirical_gives_its_values() {
        let law = Law::Empirical {
            choice: Choice::new(&[50.0, 20.0, 30.0]).expect("valid"),
            values: vec![30.0, 45.0, 60.0],
        };
        assert!((law.mean() - 42.0).abs() < 1e-12 && law.cdf(45.0) > 0.69 && law.cdf(44.0) < 0.51);
    }
}
