//! Typical and bad trials: quantiles across trials, such as the worst quarter in ten.

use super::binomial;
use super::estimate::{Estimate, Method};

/// The sample quantile at `share` by linear interpolation between ordered values (type 7 of Hyndman & Fan 1996, the
/// default of R and NumPy); NaN when there are no values.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    of_sorted(&sorted(values), share)
}

/// The range in which 80 % of the trials fall: their 10 % and 90 % quantiles (NaN when there are no values).
pub fn typical_range(values: &[f64]) -> (f64, f64) {
    if let Some(range) = of_small_counts(values) {
        return range;
    }
    // Selecting is a fraction of the work of sorting, and thousands of measures ask for their range.
    let mut keys: Vec<i64> = values.iter().map(|value| key(*value)).collect();
    (select(&mut keys, LOW), select(&mut keys, HIGH))
}

/// The shares between which 80 % of the trials fall.
const LOW: f64 = 0.1;
const HIGH: f64 = 0.9;

/// Counts up to here are counted instead of ordered.
const SMALL: usize = 256;

/// The typical range where every value is a small whole number, as most counts of a week are; none where one is not.
fn of_small_counts(values: &[f64]) -> Option<(f64, f64)> {
    let mut counts = [0_u32; SMALL];
    for value in values {
        let whole = *value as usize;
        // To the bit, so that a negative zero is ordered as such.
        if whole >= SMALL || (whole as f64).to_bits() != value.to_bits() {
            return None;
        }
        counts[whole] += 1;
    }
    let last = values.len().checked_sub(1)?;
    let at = |rank: usize| {
        let mut seen = 0;
        let reaches = |count: &u32| {
            seen += *count as usize;
            seen > rank
        };
        counts.iter().position(reaches).map_or(f64::NAN, |whole| whole as f64)
    };
    let quantile = |share: f64| {
        let position = share * last as f64;
        let (below, part) = (position as usize, position.fract());
        if part == 0.0 { at(below) } else { between(at(below), at(below + 1), part) }
    };
    Some((quantile(LOW), quantile(HIGH)))
}

/// A whole number that is ordered as the value is by `f64::total_cmp`, and found back by [`value`].
fn key(value: f64) -> i64 {
    let bits = value.to_bits() as i64;
    bits ^ ((bits >> 63) as u64 >> 1) as i64
}

fn value(key: i64) -> f64 {
    f64::from_bits((key ^ ((key >> 63) as u64 >> 1) as i64) as u64)
}

/// Part of the way from one value to the next.
fn between(low: f64, high: f64, part: f64) -> f64 {
    low + part * (high - low)
}

/// The quantile at `share` of the keys of values in any order, which it rearranges; as [`quantile`].
fn select(keys: &mut [i64], share: f64) -> f64 {
    let Some(last) = keys.len().checked_sub(1) else { return f64::NAN };
    let position = share * last as f64;
    let (below, part) = (position as usize, position.fract());
    let (_, low, rest) = keys.select_nth_unstable(below);
    let low = *low;
    if part == 0.0 {
        return value(low);
    }
    let high = rest.iter().copied().min().unwrap_or(low);
    between(value(low), value(high), part)
}

/// The two ordered trials between which the true quantile lies, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranks {
    /// Rank of the lower end, or `None` when no trial is low enough.
    pub lower: Option<u64>,
    /// Rank of the upper end, or `None` when no trial is high enough: run more.
    pub upper: Option<u64>,
    /// Exact confidence of this pair of ranks, at least the level asked for.
    pub coverage: f64,
}

/// Ranks whose ordered values bracket the quantile at `share` with confidence at least `level`, whatever the law of
/// the values (binomial ranks; David & Nagaraja, Order Statistics, ch. 7).
pub fn ranks(n: u64, share: f64, level: f64) -> Ranks {
    let masses = binomial::masses(n, share);
    let tail = (1.0 - level) / 2.0;
    let lower = binomial::quantile(&masses, tail);
    let upper = binomial::quantile(&masses, 1.0 - tail) + 1;
    // Rank k is at most the quantile exactly when at least k values fall below it.
    let coverage = masses.iter().take(upper as usize).skip(lower as usize).sum();
    Ranks { lower: (lower > 0).then_some(lower), upper: (upper <= n).then_some(upper), coverage }
}

/// The quantile at `share` across trials, with the distribution-free interval between two ordered trials.
pub fn estimate(values: &[f64], share: f64, level: f64) -> Estimate {
    let ordered = sorted(values);
    let ranks = ranks(values.len() as u64, share, level);
    let at = |rank: Option<u64>| rank.map(|rank| ordered[rank as usize - 1]);
    let value = of_sorted(&ordered, share);
    let bare = Estimate::bare(value, level, Method::OrderStatistic, values.len() as u64);
    Estimate { low: at(ranks.lower), high: at(ranks.upper), ..bare }
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut ordered = values.to_vec();
    ordered.sort_by(f64::total_cmp);
    ordered
}

fn of_sorted(ordered: &[f64], share: f64) -> f64 {
    let Some(last) = ordered.len().checked_sub(1) else { return f64::NAN };
    let position = share.clamp(0.0, 1.0) * last as f64;
    let below = position as usize;
    let above = (below + 1).min(last);
    let part = position - below as f64;
    // Written so that two equal neighbours give that value exactly.
    ordered[below] + part * (ordered[above] - ordered[below])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interpolates_like_type_seven() {
        let values = [4.0, 1.0, 3.0, 2.0];
        assert_eq!(quantile(&values, 0.0), 1.0);
        assert_eq!(quantile(&values, 0.5), 2.5);
        assert!((quantile(&values, 0.9) - 3.7).abs() < 1e-15);
        assert_eq!(quantile(&values, 1.0), 4.0);
        assert!(quantile(&[], 0.5).is_nan());
        assert_eq!(quantile(&[7.0], 0.3), 7.0);
    }

    /// Counts, amounts, and what is neither have the range that ordering gives, to the bit.
    #[test]
    fn typical_ranges_are_those_of_ordered_values() {
        let lists: [Vec<f64>; 6] = [
            (0..101).map(|i| f64::from(i * 37 % 23)).collect(),
            (0..100).map(|i| f64::from(i * 37 % 400)).collect(),
            (0..99).map(|i| f64::from(i * 37 % 23) / 7.0 - 1.0).collect(),
            vec![255.0, 254.0, 255.0],
            vec![0.0, -0.0, 0.0],
            vec![f64::INFINITY, 3.0, 2.0, 1.0],
        ];
        for values in lists {
            let (low, high) = typical_range(&values);
            let (expected_low, expected_high) = (quantile(&values, 0.1), quantile(&values, 0.9));
            assert!(low == expected_low || (low - expected_low).abs() < 1e-12, "{values:?}");
            assert!(high == expected_high || (high - expected_high).abs() < 1e-12 || expected_high.is_nan());
        }
        assert!(typical_range(&[]).0.is_nan());
    }

    #[test]
    fn typical_range_of_eleven() {
        let values: Vec<f64> = (0..=10).rev().map(f64::from).collect();
        assert_eq!(typical_range(&values), (1.0, 9.0));
    }

    #[test]
    fn too_few_trials_leave_an_end_open() {
        let values: Vec<f64> = (1..=20).map(f64::from).collect();
        let high = estimate(&values, 0.95, 0.95);
        assert_eq!(high.high, None);
        assert!(high.low.is_some());
        assert_eq!(estimate(&values, 0.01, 0.95).low, None);
        let median = estimate(&values, 0.5, 0.95);
        // Ranks 6 and 15 for n = 20 are the textbook pair (coverage 0.9586).
        assert_eq!((median.low, median.high), (Some(6.0), Some(15.0)));
    }
}
