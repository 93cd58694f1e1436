//! How sure we are of a share of trials, such as "the promise held in 183 of 200".

use super::binomial;
use super::estimate::{Estimate, Method};
use super::law::{beta_quantile, critical_normal};
use super::ratio::{Confidence, RatioTally};

/// Wilson score interval for k of n trials (Wilson 1927; recommended by Brown, Cai, DasGupta 2001).
pub fn wilson(k: u64, n: u64, level: f64) -> Estimate {
    let Some(z) = critical_normal(level).filter(|_| n > 0) else {
        return Estimate::unknown(level, Method::Wilson, n);
    };
    let (hits, trials) = (k as f64, n as f64);
    let share = hits / trials;
    let centre = (hits + z * z / 2.0) / (trials + z * z);
    let reach = z * (share * (1.0 - share) * trials + z * z / 4.0).sqrt() / (trials + z * z);
    // At 0 and n the formula gives 0 and 1 up to rounding; say so exactly.
    let low = if k == 0 { 0.0 } else { centre - reach };
    let high = if k >= n { 1.0 } else { centre + reach };
    Estimate::with_interval(share, (low, high), level, Method::Wilson, n)
}

/// Share of trials that say yes, where only blocks of `size` trials are independent: `hits` by block, as a pooled ratio over blocks.
///
/// Where all blocks agree their spread tells nothing; the interval is then Wilson's over single trials, which is too wide rather than too
/// narrow as long as the trials of a block spread more evenly than independent ones.
pub fn of_blocks(hits: &[u64], size: u64, confidence: &Confidence) -> Estimate {
    let (blocks, level) = (hits.len() as u64, confidence.level);
    if hits.windows(2).all(|pair| pair[0] == pair[1]) {
        let single = wilson(hits.iter().sum(), blocks * size, level);
        return Estimate { blocks: Some(blocks), ..single };
    }
    let mut tally = RatioTally::default();
    hits.iter().for_each(|hits| tally.add(*hits, size));
    tally.estimate_at(confidence).in_blocks_of(size)
}

/// Exact two-sided interval (low, high) for k of n trials (Clopper & Pearson 1934); (0, 1) when n is 0.
pub fn clopper_pearson(k: u64, n: u64, level: f64) -> (f64, f64) {
    let one_sided = (1.0 + level) / 2.0;
    (clopper_pearson_lower(k, n, one_sided), clopper_pearson_upper(k, n, one_sided))
}

/// Exact one-sided lower bound for k of n trials: the true share is at least this, at confidence `level`.
pub fn clopper_pearson_lower(k: u64, n: u64, level: f64) -> f64 {
    if k == 0 { 0.0 } else { beta_quantile(1.0 - level, k as f64, (n - k.min(n) + 1) as f64) }
}

/// Exact one-sided upper bound for k of n trials: the true share is at most this, at confidence `level`.
pub fn clopper_pearson_upper(k: u64, n: u64, level: f64) -> f64 {
    if k >= n { 1.0 } else { beta_quantile(level, (k + 1) as f64, (n - k) as f64) }
}

/// Exact two-sided interval for k of n trials as an estimate (Clopper & Pearson 1934).
pub fn clopper_pearson_estimate(k: u64, n: u64, level: f64) -> Estimate {
    if n == 0 {
        return Estimate::unknown(level, Method::ClopperPearson, 0);
    }
    Estimate::with_interval(
        k as f64 / n as f64,
        clopper_pearson(k, n, level),
        level,
        Method::ClopperPearson,
        n,
    )
}

/// Jeffreys interval for k of n trials, with ends 0 at k = 0 and 1 at k = n (Brown, Cai, DasGupta 2001).
pub fn jeffreys(k: u64, n: u64, level: f64) -> Estimate {
    if n == 0 {
        return Estimate::unknown(level, Method::Jeffreys, 0);
    }
    let (a, b) = (k as f64 + 0.5, (n - k.min(n)) as f64 + 0.5);
    let tail = (1.0 - level) / 2.0;
    let low = if k == 0 { 0.0 } else { beta_quantile(tail, a, b) };
    let high = if k >= n { 1.0 } else { beta_quantile(1.0 - tail, a, b) };
    Estimate::with_interval(k as f64 / n as f64, (low, high), level, Method::Jeffreys, n)
}

/// Exact two-sided binomial p-value of k of n trials against a claimed `probability`.
pub fn exact_test(k: u64, n: u64, probability: f64) -> f64 {
    binomial::test_two_sided(k, n, probability)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_observed_claims_nothing() {
        assert!(!wilson(0, 0, 0.95).is_known());
        assert_eq!(clopper_pearson(0, 0, 0.95), (0.0, 1.0));
    }

    /// All-success rule: 29 trials prove 0.90, 59 prove 0.95, 299 prove 0.99 at 95 % confidence, and not one fewer.
    #[test]
    fn all_success_rule() {
        for (n, claim) in [(29, 0.90), (59, 0.95), (299, 0.99)] {
            assert!(clopper_pearson_lower(n, n, 0.95) >= claim);
            assert!(clopper_pearson_lower(n - 1, n - 1, 0.95) < claim);
        }
    }

    /// By hand: blocks of 4 with 1, 2, 3 hits; block means 1/4, 1/2, 3/4 with standard error 1/4/√3, t(0.9; 2) = 2.919986.
    #[test]
    fn blocks_spread_by_their_own_means() {
        let found = of_blocks(&[1, 2, 3], 4, &Confidence::at(0.9, 3));
        assert_eq!((found.value, found.trials, found.blocks), (0.5, 12, Some(3)));
        assert!((found.half_width().unwrap() - 2.919985580353726 * 0.25 / 3.0_f64.sqrt()).abs() < 1e-9);
    }

    /// Blocks that agree say nothing of their spread: as if trials were independent. Near 1 the ends stay inside.
    #[test]
    fn blocks_that_agree_are_no_certainty() {
        let even = of_blocks(&[3; 20], 20, &Confidence::at(0.95, 20));
        let plain = wilson(60, 400, 0.95);
        assert_eq!((even.low, even.high, even.method), (plain.low, plain.high, Method::Wilson));
        let all = of_blocks(&[20; 20], 20, &Confidence::at(0.95, 20));
        assert!(all.low.unwrap() < 0.995 && all.high == Some(1.0));
        let mut one_miss = [20; 20];
        one_miss[7] = 19;
        let near = of_blocks(&one_miss, 20, &Confidence::at(0.95, 20));
        assert!(near.low.unwrap() > 0.9 && near.high.unwrap() < 1.0 && near.method == Method::DeltaLogit);
    }

    /// The bounds and the mirrored bounds are the same statement.
    #[test]
    fn bounds_mirror() {
        let (low, high) = clopper_pearson(17, 120, 0.9);
        let (mirrored_low, mirrored_high) = clopper_pearson(103, 120, 0.9);
        assert!((low - (1.0 - mirrored_high)).abs() < 1e-13 && (high - (1.0 - mirrored_low)).abs() < 1e-13);
    }
}
