//! Response times when some leads are still waiting: what is known of them counts, and nobody is dropped.

use super::law::normal_probability;
use std::f64::consts::{PI, SQRT_2};

/// One duration: how long it was watched, and whether its end was seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Watched {
    /// Time to the end, or to where watching stopped; above zero, any unit.
    pub time: f64,
    /// Whether the end was seen (false: censored, still going when watching stopped).
    pub ended: bool,
}

/// The share still going after a time, with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Surviving {
    /// Share still going, 0 to 1 (Kaplan & Meier 1958).
    pub share: f64,
    /// Its standard error (Greenwood 1926).
    pub standard_error: f64,
}

/// The share of durations longer than `time`; ends at one instant come before stops at the same instant.
pub fn surviving(durations: &[Watched], time: f64) -> Surviving {
    let mut ordered: Vec<Watched> = durations.to_vec();
    ordered.sort_by(|a, b| a.time.total_cmp(&b.time).then(b.ended.cmp(&a.ended)));
    let (mut share, mut greenwood) = (1.0, 0.0);
    let mut first = 0;
    while first < ordered.len() && ordered[first].time <= time {
        let at_risk = (ordered.len() - first) as f64;
        let same = ordered[first..].iter().take_while(|other| other.time == ordered[first].time).count();
        let ends = ordered[first..first + same].iter().filter(|other| other.ended).count() as f64;
        share *= 1.0 - ends / at_risk;
        if ends < at_risk {
            greenwood += ends / (at_risk * (at_risk - ends));
        }
        first += same;
    }
    Surviving { share, standard_error: share * f64::sqrt(greenwood) }
}

/// The rate of ends of a memoryless law by maximum likelihood: ends seen per time watched; `None` with no time watched.
pub fn exponential_rate(durations: &[Watched]) -> Option<f64> {
    let watched: f64 = durations.iter().map(|duration| duration.time).sum();
    let ends = durations.iter().filter(|duration| duration.ended).count() as f64;
    (watched > 0.0).then(|| ends / watched)
}

/// A log-normal law fitted to durations of which some are censored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogNormalFit {
    /// Mean of the logarithm.
    pub mu: f64,
    /// Standard deviation of the logarithm.
    pub sigma: f64,
    /// Logarithm of the likelihood.
    pub log_likelihood: f64,
}

/// The log-normal law of greatest likelihood, by Newton's method in (μ, ln σ) (Lawless, Statistical Models and Methods for
/// Lifetime Data, ch. 5); `None` with fewer than two different ends seen.
pub fn log_normal_fit(durations: &[Watched]) -> Option<LogNormalFit> {
    let seen: Vec<f64> = durations.iter().filter(|d| d.ended && d.time > 0.0).map(|d| d.time.ln()).collect();
    let spread = super::mean::variance(&seen).filter(|variance| *variance > 0.0)?.sqrt();
    let mut at = (super::mean::average(&seen), spread.ln());
    let mut value = log_likelihood(durations, at);
    for _ in 0..200 {
        let (slope, bend) = derivatives(durations, at);
        let step = newton_step(slope, bend);
        let mut part = 1.0;
        // Far from the top a full step may overshoot; halving it always climbs.
        let (next, better) = loop {
            let next = (at.0 + part * step.0, at.1 + part * step.1);
            let reached = log_likelihood(durations, next);
            if reached >= value || part < 1e-12 {
                break (next, reached);
            }
            part /= 2.0;
        };
        let moved = (next.0 - at.0).abs() + (next.1 - at.1).abs();
        (at, value) = (next, better);
        if moved < 1e-13 * (1.0 + at.0.abs() + at.1.abs()) {
            break;
        }
    }
    Some(LogNormalFit { mu: at.0, sigma: at.1.exp(), log_likelihood: value })
}

/// Probability that a standard normal number is above `z`, accurate in the far tail.
fn above(z: f64) -> f64 {
    0.5 * statrs::function::erf::erfc(z / SQRT_2)
}

/// Density over tail probability of the standard normal law.
fn hazard(z: f64) -> f64 {
    let density = (-z * z / 2.0).exp() / (2.0 * PI).sqrt();
    // Beyond 30 both vanish and their ratio is z + 1/z to all digits that matter here.
    if z > 30.0 { z + 1.0 / z } else { density / above(z) }
}

fn log_likelihood(durations: &[Watched], (mu, log_sigma): (f64, f64)) -> f64 {
    let sigma = log_sigma.exp();
    let of_one = |duration: &Watched| {
        let log_time = duration.time.ln();
        let z = (log_time - mu) / sigma;
        if duration.ended {
            -log_sigma - log_time - z * z / 2.0 - (2.0 * PI).ln() / 2.0
        } else {
            above(z).max(f64::MIN_POSITIVE).ln()
        }
    };
    durations.iter().map(of_one).sum()
}

/// First derivatives in (μ, ln σ), and second ones as (μμ, μσ, σσ).
fn derivatives(durations: &[Watched], (mu, log_sigma): (f64, f64)) -> ((f64, f64), (f64, f64, f64)) {
    let sigma = log_sigma.exp();
    let (mut slope, mut bend) = ((0.0, 0.0), (0.0, 0.0, 0.0));
    for duration in durations {
        let z = (duration.time.ln() - mu) / sigma;
        if duration.ended {
            slope = (slope.0 + z / sigma, slope.1 + z * z - 1.0);
            bend = (bend.0 - 1.0 / (sigma * sigma), bend.1 - 2.0 * z / sigma, bend.2 - 2.0 * z * z);
        } else {
            let hazard = hazard(z);
            let change = hazard * (hazard - z);
            slope = (slope.0 + hazard / sigma, slope.1 + hazard * z);
            bend.0 -= change / (sigma * sigma);
            bend.1 -= (hazard + z * change) / sigma;
            bend.2 -= hazard * z + z * z * change;
        }
    }
    (slope, bend)
}

/// Where the quadratic of these derivatives has its top; uphill by the slope where it has none.
fn newton_step(slope: (f64, f64), bend: (f64, f64, f64)) -> (f64, f64) {
    let determinant = bend.0 * bend.2 - bend.1 * bend.1;
    if bend.0 < 0.0 && determinant > 0.0 {
        let first = -(bend.2 * slope.0 - bend.1 * slope.1) / determinant;
        let second = -(bend.0 * slope.1 - bend.1 * slope.0) / determinant;
        return (first, second);
    }
    let length = slope.0.hypot(slope.1).max(1e-300);
    (slope.0 / length, slope.1 / length)
}

impl LogNormalFit {
    /// Share of durations longer than `time` under this law.
    pub fn share_beyond(&self, time: f64) -> f64 {
        1.0 - normal_probability((time.ln() - self.mu) / self.sigma)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(times: &[f64]) -> Vec<Watched> {
        times.iter().map(|&time| Watched { time, ended: true }).collect()
    }

    #[test]
    fn without_censoring_it_is_the_empirical_share() {
        let durations = ended(&[1.0, 2.0, 3.0, 4.0]);
        let found = surviving(&durations, 2.0);
        assert!((found.share - 0.5).abs() < 1e-15);
        // Greenwood without censoring is the binomial error √(S(1 − S)/n).
        assert!((found.standard_error - 0.25).abs() < 1e-15);
        assert_eq!(surviving(&durations, 0.5).share, 1.0);
        assert_eq!(surviving(&durations, 9.0).share, 0.0);
    }

    /// Hand-counted: of 3, one ends at 1, one is lost at 2, one ends at 3.
    #[test]
    fn a_censored_duration_leaves_without_ending() {
        let mut durations = ended(&[1.0, 3.0]);
        durations.push(Watched { time: 2.0, ended: false });
        assert!((surviving(&durations, 2.5).share - 2.0 / 3.0).abs() < 1e-15);
        assert_eq!(surviving(&durations, 3.0).share, 0.0);
        assert!((exponential_rate(&durations).unwrap() - 2.0 / 6.0).abs() < 1e-15);
    }

    #[test]
    fn a_log_normal_fit_without_censoring_is_the_mean_and_spread_of_logarithms() {
        let logs = [0.1, 0.7, 1.9, 2.2, 3.1];
        let durations = ended(&logs.map(f64::exp));
        let fit = log_normal_fit(&durations).unwrap();
        let mean = logs.iter().sum::<f64>() / 5.0;
        let variance = logs.iter().map(|log| (log - mean) * (log - mean)).sum::<f64>() / 5.0;
        assert!((fit.mu - mean).abs() < 1e-10 && (fit.sigma - variance.sqrt()).abs() < 1e-10);
        assert!((fit.share_beyond(mean.exp()) - 0.5).abs() < 1e-9);
        assert_eq!(log_normal_fit(&ended(&[2.0])), None);
    }

    /// Censoring the longest ones moves the fit up.
    #[test]
    fn censoring_moves_the_fit_up() {
        let times = [1.0, 2.0, 3.0, 5.0, 8.0, 13.0];
        let plain = log_normal_fit(&ended(&times)).unwrap();
        let mut durations = ended(&times);
        durations[4].ended = false;
        durations[5].ended = false;
        let censored = log_normal_fit(&durations).unwrap();
        assert!(censored.mu > plain.mu && censored.sigma > plain.sigma);
        let nudged = |mu: f64, log_sigma: f64| log_likelihood(&durations, (mu, log_sigma));
        let top = nudged(censored.mu, censored.sigma.ln());
        for (a, b) in [(1e-3, 0.0), (-1e-3, 0.0), (0.0, 1e-3), (0.0, -1e-3)] {
            assert!(nudged(censored.mu + a, censored.sigma.ln() + b) < top, "this is the top");
        }
    }
}
