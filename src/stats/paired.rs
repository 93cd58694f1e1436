//! What a change makes: the difference between two plans run on the same trials, with the same luck.
//!
//! All differences are "other minus base", so a positive number means more under the other plan.

use super::binomial;
use super::estimate::{Estimate, Method};
use super::law::critical_normal;
use super::mean;
use super::proportion::clopper_pearson;

/// Below this many disagreeing trials the normal interval gives way to exact bounds.
pub const EXACT_BELOW: u64 = 25;

/// Two lists of trials that cannot be paired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cannot pair {base} trials with {other}; run both plans on the same trials")]
pub struct UnequalTrials {
    /// Trials of the base plan.
    pub base: usize,
    /// Trials of the other plan.
    pub other: usize,
}

/// Difference of two pooled ratios ΣX / ΣN, other minus base, with a paired t interval; pairs are (X, N) by trial.
///
/// Unknown when one side has no N at all.
///
/// # Errors
/// When the lists differ in length.
pub fn ratios(base: &[(f64, f64)], other: &[(f64, f64)], level: f64) -> Result<Estimate, UnequalTrials> {
    same_length(base.len(), other.len())?;
    let (Some((base_ratio, base)), Some((other_ratio, other))) = (linearised(base), linearised(other)) else {
        return Ok(Estimate::unknown(level, Method::PairedT, base.len() as u64));
    };
    let deviations: Vec<f64> = base.iter().zip(&other).map(|(base, other)| other - base).collect();
    let around_zero = mean::interval(&deviations, level, Method::PairedT);
    let value = other_ratio - base_ratio;
    let half = around_zero.half_width();
    Ok(Estimate {
        value,
        low: half.map(|half| value - half),
        high: half.map(|half| value + half),
        ..around_zero
    })
}

/// The pooled ratio ΣX / ΣN with each trial's own contribution to it, linearised: these sum to zero by construction, and their spread
/// is the ratio's (Cochran 1977, §6.4). None without any N.
pub fn linearised(pairs: &[(f64, f64)]) -> Option<(f64, Vec<f64>)> {
    let trials = pairs.len() as f64;
    let (x, n) = pairs.iter().fold((0.0, 0.0), |(x, n), pair| (x + pair.0, n + pair.1));
    (n > 0.0).then(|| (x / n, pairs.iter().map(|pair| (pair.0 - x / n * pair.1) * trials / n).collect()))
}

/// How many times the trials it would take without shared luck to know the difference as well: the variances of both plans over the
/// variance of their difference by trial (Law 2015, §11.2); below 1 where sharing does harm. None where the difference does not vary.
///
/// # Errors
/// When the lists differ in length.
pub fn worth_of_pairing(base: &[f64], other: &[f64]) -> Result<Option<f64>, UnequalTrials> {
    same_length(base.len(), other.len())?;
    let differences: Vec<f64> = base.iter().zip(other).map(|(base, other)| other - base).collect();
    let apart = mean::variance(base).zip(mean::variance(other)).map(|(base, other)| base + other);
    let paired = mean::variance(&differences).filter(|variance| *variance > 0.0);
    Ok(apart.zip(paired).map(|(apart, paired)| apart / paired))
}

/// The level at which each of so many intervals is made, so that all hold together at `level` (Bonferroni).
pub fn level_of_each(level: f64, intervals: usize) -> f64 {
    1.0 - (1.0 - level) / intervals.max(1) as f64
}

/// Difference of two means over trials, other minus base, with a paired t interval.
///
/// # Errors
/// When the lists differ in length.
pub fn means(base: &[f64], other: &[f64], level: f64) -> Result<Estimate, UnequalTrials> {
    same_length(base.len(), other.len())?;
    let differences: Vec<f64> = base.iter().zip(other).map(|(base, other)| other - base).collect();
    Ok(mean::interval(&differences, level, Method::PairedT))
}

/// How two plans compare on a yes/no question asked of every trial.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct PairedHolds {
    /// Difference of the shares of trials that say yes, other minus base.
    pub difference: Estimate,
    /// Trials that say yes only under the base plan.
    pub only_base: u64,
    /// Trials that say yes only under the other plan.
    pub only_other: u64,
    /// Exact two-sided sign test: the chance of so one-sided a split, were both plans equal.
    pub p_value: f64,
}

/// Compares two plans on a yes/no answer per trial.
///
/// # Errors
/// When the lists differ in length.
pub fn holds(base: &[bool], other: &[bool], level: f64) -> Result<PairedHolds, UnequalTrials> {
    same_length(base.len(), other.len())?;
    let count =
        |wanted: (bool, bool)| base.iter().zip(other).filter(|&(&b, &o)| (b, o) == wanted).count() as u64;
    Ok(holds_from_counts(count((true, false)), count((false, true)), base.len() as u64, level))
}

/// As [`holds`], from the number of trials that say yes only under the base plan, only under the other, and in all.
pub fn holds_from_counts(only_base: u64, only_other: u64, trials: u64, level: f64) -> PairedHolds {
    let p_value = binomial::test_two_sided(only_other, only_base + only_other, 0.5);
    let difference = difference_of_shares(only_base, only_other, trials, level);
    PairedHolds { difference, only_base, only_other, p_value }
}

fn difference_of_shares(only_base: u64, only_other: u64, trials: u64, level: f64) -> Estimate {
    let Some(critical) = critical_normal(level).filter(|_| trials > 0) else {
        return Estimate::unknown(level, Method::DiscordantPairs, trials);
    };
    let count = trials as f64;
    let (discordant, net) = ((only_base + only_other) as f64, only_other as f64 - only_base as f64);
    let value = net / count;
    if only_base + only_other < EXACT_BELOW {
        let ends = exact_bounds(only_base, only_other, trials, level);
        return Estimate::with_interval(value, ends, level, Method::SignTest, trials);
    }
    let reach = critical * (discordant - net * net / count).max(0.0).sqrt() / count;
    let ends = ((value - reach).max(-1.0), (value + reach).min(1.0));
    Estimate::with_interval(value, ends, level, Method::DiscordantPairs, trials)
}

/// Exact bounds for the difference d·(2q − 1), where d is the share of trials that disagree and q the share of those
/// won by the other plan: exact bounds for each at half the error, and the worst corners of the two.
fn exact_bounds(only_base: u64, only_other: u64, trials: u64, level: f64) -> (f64, f64) {
    let each = (1.0 + level) / 2.0;
    let differing = clopper_pearson(only_base + only_other, trials, each);
    let won = clopper_pearson(only_other, only_base + only_other, each);
    let (pull_low, pull_high) = (2.0 * won.0 - 1.0, 2.0 * won.1 - 1.0);
    let low = pull_low * if pull_low < 0.0 { differing.1 } else { differing.0 };
    let high = pull_high * if pull_high > 0.0 { differing.1 } else { differing.0 };
    (low, high)
}

fn same_length(base: usize, other: usize) -> Result<(), UnequalTrials> {
    if base == other { Ok(()) } else { Err(UnequalTrials { base, other }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_must_agree() {
        assert_eq!(means(&[1.0], &[], 0.95), Err(UnequalTrials { base: 1, other: 0 }));
    }

    /// By hand: base 8/10, 6/10; other 9/10, 9/10. Deviations (other − base): ∓0.1 around 0.2.
    #[test]
    fn difference_of_ratios_by_hand() {
        let base = [(8.0, 10.0), (6.0, 10.0)];
        let other = [(9.0, 10.0), (9.0, 10.0)];
        let change = ratios(&base, &other, 0.95).unwrap();
        assert!((change.value - 0.2).abs() < 1e-15);
        // Two trials: standard error 0.1, t(0.95; 1) = 12.7062….
        assert!((change.half_width().unwrap() - 1.2706204736174694).abs() < 1e-12);
    }

    #[test]
    fn equal_trial_sizes_reduce_ratios_to_means() {
        let base = [(3.0, 10.0), (7.0, 10.0), (4.0, 10.0), (9.0, 10.0)];
        let other = [(5.0, 10.0), (7.0, 10.0), (8.0, 10.0), (8.0, 10.0)];
        let share = |pairs: &[(f64, f64)]| pairs.iter().map(|pair| pair.0 / pair.1).collect::<Vec<_>>();
        let pooled = ratios(&base, &other, 0.9).unwrap();
        let plain = means(&share(&base), &share(&other), 0.9).unwrap();
        assert!((pooled.value - plain.value).abs() < 1e-14);
        assert!((pooled.low.unwrap() - plain.low.unwrap()).abs() < 1e-14);
    }

    #[test]
    fn many_disagreements_use_the_normal_interval() {
        let result = holds_from_counts(10, 40, 200, 0.95);
        let se = ((50.0 - 900.0 / 200.0_f64).sqrt()) / 200.0;
        assert_eq!(result.difference.method, Method::DiscordantPairs);
        assert!((result.difference.value - 0.15).abs() < 1e-15);
        assert!((result.difference.half_width().unwrap() - 1.959963984540054 * se).abs() < 1e-10);
    }

    #[test]
    fn few_disagreements_use_the_sign_test() {
        let result = holds(&[true, false, false, false], &[false, true, true, true], 0.95).unwrap();
        assert_eq!((result.only_base, result.only_other), (1, 3));
        assert!((result.p_value - 10.0 / 16.0).abs() < 1e-15);
        assert_eq!(result.difference.method, Method::SignTest);
        assert!(result.difference.contains(0.0) && result.difference.contains(0.5));
    }

    /// No trial disagrees: the difference is not "0 ± 0"; 1000 trials leave room for about 0.44 %.
    #[test]
    fn full_agreement_still_has_width() {
        let none = holds_from_counts(0, 0, 1000, 0.95);
        let room = 1.0 - 0.0125_f64.powf(1.0 / 1000.0);
        assert!((none.difference.high.unwrap() - room).abs() < 1e-12);
        assert!((none.difference.low.unwrap() + room).abs() < 1e-12);
        assert_eq!(none.p_value, 1.0);
    }
}
