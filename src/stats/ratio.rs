//! Shares pooled over all trials: everything that went well divided by everything there was.

use super::estimate::{Estimate, Method};
use super::law::critical_t;
use super::mean;

/// Above this share (or below one minus it) the interval is made on the log-odds scale, where it cannot leave 0..1.
pub const LOGIT_FROM: f64 = 0.95;

/// Exact running sums for the pooled ratio ΣX / ΣN of two counts per trial.
///
/// All sums are integers, so trials may be added and tallies merged in any order with the same result.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RatioTally {
    /// Number of trials added.
    pub trials: u64,
    /// Sum of the upper counts X.
    pub sum_x: u128,
    /// Sum of the lower counts N.
    pub sum_n: u128,
    /// Sum of X².
    pub sum_xx: u128,
    /// Sum of X·N.
    pub sum_xn: u128,
    /// Sum of N².
    pub sum_nn: u128,
    /// Whether X exceeded N in some trial, so that the ratio is not a share.
    pub exceeds_one: bool,
}

impl RatioTally {
    /// Adds one trial in which `x` of `n` counted (or `x` events against `n` units).
    pub fn add(&mut self, x: u64, n: u64) {
        let (wide_x, wide_n) = (u128::from(x), u128::from(n));
        self.trials += 1;
        self.sum_x += wide_x;
        self.sum_n += wide_n;
        self.sum_xx += wide_x * wide_x;
        self.sum_xn += wide_x * wide_n;
        self.sum_nn += wide_n * wide_n;
        self.exceeds_one |= x > n;
    }

    /// Adds the trials of another tally.
    pub fn merge(&mut self, other: &Self) {
        self.trials += other.trials;
        self.sum_x += other.sum_x;
        self.sum_n += other.sum_n;
        self.sum_xx += other.sum_xx;
        self.sum_xn += other.sum_xn;
        self.sum_nn += other.sum_nn;
        self.exceeds_one |= other.exceeds_one;
    }

    /// The pooled ratio ΣX / ΣN, or `None` when every N was 0.
    pub fn value(&self) -> Option<f64> {
        (self.sum_n > 0).then(|| self.sum_x as f64 / self.sum_n as f64)
    }

    /// The pooled ratio with its delta-method t interval (Cochran, Sampling Techniques, ch. 6), on the log-odds scale
    /// for shares above 0.95 or below 0.05; unknown when every N was 0.
    pub fn estimate(&self, level: f64) -> Estimate {
        self.estimate_at(&Confidence::at(level, self.trials))
    }

    /// The same, with critical values worked out before for this number of trials.
    pub fn estimate_at(&self, confidence: &Confidence) -> Estimate {
        let level = confidence.level;
        let Some(value) = self.value() else { return Estimate::unknown(level, Method::Delta, self.trials) };
        let Some(confidence) = confidence.values else {
            return Estimate::bare(value, level, Method::Delta, self.trials);
        };
        let share = !self.exceeds_one;
        let (low, high, method) = within_a_share(value, share, |scale| self.bounds(&confidence, scale));
        Estimate::with_interval(value, (low, high), level, method, self.trials)
    }

    /// Standard error of the pooled ratio by the delta method, or `None` with fewer than two trials or no N.
    pub fn standard_error(&self) -> Option<f64> {
        (self.trials > 1 && self.sum_n > 0).then(|| self.variance().sqrt())
    }

    /// The ends of the interval and its method, for a tally with at least two trials and some N.
    pub(super) fn bounds(&self, confidence: &Critical, scale: Scale) -> (f64, f64, Method) {
        let value = self.sum_x as f64 / self.sum_n as f64;
        pooled_bounds(value, self.variance(), !self.exceeds_one, confidence, scale)
    }

    fn variance(&self) -> f64 {
        let (trials, total) = (self.trials as f64, self.sum_n as f64);
        self.residual_squares() * trials / ((trials - 1.0) * total * total)
    }

    /// Σ(X − θN)² at θ = ΣX/ΣN: exact integer arithmetic times (ΣN)², because the terms all but cancel when the share
    /// is near 1; in floating point only when the integers would not fit 128 bits.
    fn residual_squares(&self) -> f64 {
        let exact = || -> Option<u128> {
            let plus = self.sum_n.checked_mul(self.sum_n)?.checked_mul(self.sum_xx)?;
            let also_plus = self.sum_x.checked_mul(self.sum_x)?.checked_mul(self.sum_nn)?;
            let minus = self.sum_x.checked_mul(self.sum_n)?.checked_mul(self.sum_xn)?.checked_mul(2)?;
            plus.checked_add(also_plus)?.checked_sub(minus)
        };
        let total = self.sum_n as f64;
        if let Some(scaled) = exact() {
            return scaled as f64 / (total * total);
        }
        let theta = self.sum_x as f64 / total;
        let (xx, xn, nn) = (self.sum_xx as f64, self.sum_xn as f64, self.sum_nn as f64);
        (xx - 2.0 * theta * xn + theta * theta * nn).max(0.0)
    }
}

/// Running sums for the pooled ratio ΣX / ΣN of two amounts per trial (hours, money, expected counts).
///
/// The sums are floating point: add trials in the order of their index, or results differ in the last digits.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct RatioTallyF {
    /// Number of trials added.
    pub trials: u64,
    /// Mean of the upper amounts X.
    pub mean_x: f64,
    /// Mean of the lower amounts N.
    pub mean_n: f64,
    /// Sum of squared deviations of X from its mean.
    pub squares_x: f64,
    /// Sum of products of the deviations of X and N.
    pub products: f64,
    /// Sum of squared deviations of N from its mean.
    pub squares_n: f64,
    /// Whether X was negative or exceeded N in some trial, so that the ratio is not a share.
    pub exceeds_one: bool,
}

impl RatioTallyF {
    /// Adds one trial with upper amount `x` and lower amount `n` (Welford 1962, for two amounts at once).
    pub fn add(&mut self, x: f64, n: f64) {
        self.trials += 1;
        let count = self.trials as f64;
        let (from_x, from_n) = (x - self.mean_x, n - self.mean_n);
        self.mean_x += from_x / count;
        self.mean_n += from_n / count;
        self.squares_x += from_x * (x - self.mean_x);
        self.products += from_x * (n - self.mean_n);
        self.squares_n += from_n * (n - self.mean_n);
        self.exceeds_one |= x < 0.0 || x > n;
    }

    /// Adds the trials of another tally after those of this one (Chan, Golub, LeVeque 1979).
    pub fn merge(&mut self, other: &Self) {
        if other.trials == 0 {
            return;
        }
        let (mine, theirs) = (self.trials as f64, other.trials as f64);
        let (step_x, step_n) = (other.mean_x - self.mean_x, other.mean_n - self.mean_n);
        let weight = mine * theirs / (mine + theirs);
        self.trials += other.trials;
        self.mean_x += step_x * theirs / (mine + theirs);
        self.mean_n += step_n * theirs / (mine + theirs);
        self.squares_x += other.squares_x + step_x * step_x * weight;
        self.products += other.products + step_x * step_n * weight;
        self.squares_n += other.squares_n + step_n * step_n * weight;
        self.exceeds_one |= other.exceeds_one;
    }

    /// The pooled ratio ΣX / ΣN, or `None` when ΣN is not above 0.
    pub fn value(&self) -> Option<f64> {
        (self.mean_n > 0.0).then(|| self.mean_x / self.mean_n)
    }

    /// The pooled ratio with its delta-method t interval, as [`RatioTally::estimate`].
    pub fn estimate(&self, level: f64) -> Estimate {
        self.estimate_at(&Confidence::at(level, self.trials))
    }

    /// The same, with critical values worked out before for this number of trials.
    pub fn estimate_at(&self, confidence: &Confidence) -> Estimate {
        let level = confidence.level;
        let Some(value) = self.value() else { return Estimate::unknown(level, Method::Delta, self.trials) };
        let Some(confidence) = confidence.values else {
            return Estimate::bare(value, level, Method::Delta, self.trials);
        };
        let residual = self.squares_x - 2.0 * value * self.products + value * value * self.squares_n;
        let trials = self.trials as f64;
        let variance = residual.max(0.0) / (trials * (trials - 1.0) * self.mean_n * self.mean_n);
        let share = !self.exceeds_one;
        let bounds = |scale| pooled_bounds(value, variance, share, &confidence, scale);
        let (low, high, method) = within_a_share(value, share, bounds);
        Estimate::with_interval(value, (low, high), level, method, self.trials)
    }
}

/// On which scale an interval is made symmetric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    Plain,
    LogOdds,
}

impl Scale {
    pub(super) fn of(value: f64, is_share: bool) -> Self {
        let ordinary = (1.0 - LOGIT_FROM..=LOGIT_FROM).contains(&value);
        if is_share && !ordinary { Self::LogOdds } else { Self::Plain }
    }
}

/// A confidence level with the critical values it needs at a number of trials, to be worked out once for many estimates.
#[derive(Debug, Clone, Copy)]
pub struct Confidence {
    pub(super) level: f64,
    /// None where a level or a number of trials allows no interval.
    pub(super) values: Option<Critical>,
}

impl Confidence {
    /// For `trials` trials.
    pub fn at(level: f64, trials: u64) -> Self {
        Self { level, values: Critical::new(level, trials) }
    }
}

/// The critical values of a [`Confidence`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Critical {
    pub(super) critical: f64,
    unseen: f64,
}

impl Critical {
    pub(super) fn new(level: f64, trials: u64) -> Option<Self> {
        let critical = critical_t(level, trials.saturating_sub(1))?;
        // Largest share of trials that can stay unseen in all of them: Clopper–Pearson at 0 successes.
        let unseen = 1.0 - ((1.0 - level) / 2.0).powf(1.0 / trials as f64);
        Some(Self { critical, unseen })
    }
}

/// The interval on the scale that suits the value; on log-odds also where few cases would carry a share's plain interval beyond 0 or 1.
pub(super) fn within_a_share(
    value: f64,
    is_share: bool,
    bounds: impl Fn(Scale) -> (f64, f64, Method),
) -> (f64, f64, Method) {
    let ends = bounds(Scale::of(value, is_share));
    if is_share && (ends.0 < 0.0 || ends.1 > 1.0) { bounds(Scale::LogOdds) } else { ends }
}

fn pooled_bounds(
    value: f64,
    variance: f64,
    is_share: bool,
    confidence: &Critical,
    scale: Scale,
) -> (f64, f64, Method) {
    // No exception in any trial is not "0 ± 0": up to `unseen` of the trials could be all exceptions.
    if is_share && value <= 0.0 {
        return (0.0, confidence.unseen, Method::WholeTrials);
    }
    if is_share && value >= 1.0 {
        return (1.0 - confidence.unseen, 1.0, Method::WholeTrials);
    }
    let reach = confidence.critical * variance.sqrt();
    if scale == Scale::Plain {
        return (value - reach, value + reach, Method::Delta);
    }
    let odds = value / (1.0 - value);
    let factor = (reach / (value * (1.0 - value))).exp();
    let low = odds / factor / (1.0 + odds / factor);
    let high = 1.0 / (1.0 + 1.0 / (odds * factor));
    (low, high, Method::DeltaLogit)
}

/// The pooled ratio corrected by the jackknife over trials, with the t interval of its pseudo-values (Quenouille 1956).
///
/// Each pair is one trial (X, N). Unknown when leaving out some trial leaves no N.
pub fn jackknife(pairs: &[(f64, f64)], level: f64) -> Estimate {
    let trials = pairs.len() as f64;
    let (sum_x, sum_n) = pairs.iter().fold((0.0, 0.0), |(x, n), pair| (x + pair.0, n + pair.1));
    if pairs.len() < 2 || pairs.iter().any(|pair| sum_n - pair.1 <= 0.0) {
        return Estimate::unknown(level, Method::Jackknife, pairs.len() as u64);
    }
    let pseudo: Vec<f64> = pairs
        .iter()
        .map(|&(x, n)| trials * sum_x / sum_n - (trials - 1.0) * (sum_x - x) / (sum_n - n))
        .collect();
    mean::interval(&pseudo, level, Method::Jackknife)
}

/// The unweighted mean of each trial's own ratio X / N, with a t interval: another quantity than the pooled ratio,
/// because quiet trials weigh as much as busy ones.
///
/// Trials with N = 0 have no ratio and are left out; `trials` counts those used.
pub fn mean_of_ratios(pairs: &[(f64, f64)], level: f64) -> Estimate {
    let ratios: Vec<f64> = pairs.iter().filter(|pair| pair.1 > 0.0).map(|&(x, n)| x / n).collect();
    mean::interval(&ratios, level, Method::MeanOfRatios)
}

#[cfg(test)]
#[path = "tests/ratio.rs"]
mod tests;
