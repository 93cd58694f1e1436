//! One person serving first come, first served, with handling times of any shape (M/G/1).

/// Handling times known by their first moments, in time, time² and time³.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    /// Mean handling time.
    pub mean: f64,
    /// Mean of the squared handling time.
    pub second: f64,
    /// Mean of the cubed handling time.
    pub third: f64,
}

impl Moments {
    /// Always exactly `time`.
    pub fn constant(time: f64) -> Self {
        Self { mean: time, second: time * time, third: time * time * time }
    }

    /// Exponential with the given mean.
    pub fn exponential(mean: f64) -> Self {
        Self { mean, second: 2.0 * mean * mean, third: 6.0 * mean * mean * mean }
    }

    /// Lognormal with the given mean and coefficient of variation.
    pub fn lognormal(mean: f64, variation: f64) -> Self {
        let spread = 1.0 + variation * variation;
        Self {
            mean,
            second: mean * mean * spread,
            third: (mean * spread) * (mean * spread) * (mean * spread),
        }
    }

    /// Erlang with `phases` exponential phases and the given mean.
    pub fn erlang(phases: u32, mean: f64) -> Self {
        let (k, phase) = (f64::from(phases), mean / f64::from(phases));
        Self {
            mean,
            second: k * (k + 1.0) * phase * phase,
            third: k * (k + 1.0) * (k + 2.0) * phase * phase * phase,
        }
    }

    /// A share `probability` of the first kind, the rest of the second.
    pub fn mixture(probability: f64, first: Self, second: Self) -> Self {
        let mix = |a: f64, b: f64| probability * a + (1.0 - probability) * b;
        Self {
            mean: mix(first.mean, second.mean),
            second: mix(first.second, second.second),
            third: mix(first.third, second.third),
        }
    }
}

/// Mean wait, or `None` when one person cannot keep up (Pollaczek 1930, Khinchine 1932).
pub fn mean_wait(arrival_rate: f64, handling: Moments) -> Option<f64> {
    let idle = 1.0 - arrival_rate * handling.mean;
    (arrival_rate >= 0.0 && idle > 0.0).then(|| arrival_rate * handling.second / (2.0 * idle))
}

/// Variance of the wait, or `None` when one person cannot keep up (Takács 1962).
pub fn wait_variance(arrival_rate: f64, handling: Moments) -> Option<f64> {
    let mean = mean_wait(arrival_rate, handling)?;
    let idle = 1.0 - arrival_rate * handling.mean;
    Some(mean * mean + arrival_rate * handling.third / (3.0 * idle))
}
