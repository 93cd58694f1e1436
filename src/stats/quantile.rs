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
    let mut values = values.to_vec();
    // Selecting is a fraction of the work of sorting, and thousands of measures ask for their range.
    (select(&mut values, 0.1), select(&mut values, 0.9))
}

/// The quantile at `share` of values in any order, which it rearranges; as [`quantile`].
fn select(values: &mut [f64], share: f64) -> f64 {
    let Some(last) = values.len().checked_sub(1) else { return f64::NAN };
    let position = share * last as f64;
    let (below, part) = (position as usize, position.fract());
    let (_, low, rest) = values.select_nth_unstable_by(below, f64::total_cmp);
    let low = *low;
    if part == 0.0 {
        return low;
    }
    let high = rest.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    low + part * (high - low)
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
    Estimate {
        value: of_sorted(&ordered, share),
        low: at(ranks.lower),
        high: at(ranks.upper),
        level,
        method: Method::OrderStatistic,
        trials: values.len() as u64,
    }
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
