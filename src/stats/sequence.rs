//! When may we stop? Rules for looking at the result while trials are still coming in.

use super::estimate::{Estimate, Method};
use super::law::crossing;
use statrs::function::beta::ln_beta;

/// Trials before the first look; fewer make a sequential interval cover too little.
pub const FIRST_LOOK: u64 = 100;

/// The numbers of trials at which to look: 100, 150, 225, 337, 505, … (each the last times 1.5, rounded down).
///
/// Looks go by trial index, never by who finished first: quiet trials finish early, and stopping on them is biased
/// (Heidelberger 1988; Glynn & Heidelberger 1991).
pub fn looks() -> impl Iterator<Item = u64> {
    std::iter::successors(Some(FIRST_LOOK), |&trials| trials.checked_mul(3).map(|tripled| tripled / 2))
}

/// Whether the interval is narrow enough to stop: half-width at most the target, in the same unit
/// (Chow & Robbins 1965). A missing half-width never stops.
pub fn stop(half_width: Option<f64>, target: f64) -> bool {
    half_width.is_some_and(|half_width| half_width <= target)
}

/// Half-width to ask for so that the relative error of `value` is at most `relative` (Law, Simulation Modeling and
/// Analysis, ch. 9: the estimate itself is uncertain, so γ becomes γ / (1 + γ)).
pub fn relative_target(value: f64, relative: f64) -> f64 {
    value.abs() * relative / (1.0 + relative)
}

/// Logarithm of the evidence against a true share of `probability` after k successes in n trials: under that share,
/// its exponential exceeds 1/α at any time with chance at most α (Ville 1939; Robbins 1970).
pub fn log_evidence_against(probability: f64, k: u64, n: u64) -> f64 {
    let (hits, misses) = (k as f64, (n - k.min(n)) as f64);
    // 0 · ln 0 counts as 0: no hits say nothing against a share of 0.
    let log_power = |count: f64, chance: f64| if count == 0.0 { 0.0 } else { count * chance.ln() };
    ln_beta(hits + 1.0, misses + 1.0) - log_power(hits, probability) - log_power(misses, 1.0 - probability)
}

/// The share of trials with an interval that is valid at every n at once, so one may watch and stop at will.
pub fn confidence_sequence(k: u64, n: u64, level: f64) -> Estimate {
    if n == 0 || !(level > 0.0 && level < 1.0) {
        return Estimate::unknown(level, Method::ConfidenceSequence, n);
    }
    let share = k as f64 / n as f64;
    let limit = -(1.0 - level).ln();
    let excess = |probability: f64| log_evidence_against(probability, k, n) - limit;
    let low = if k == 0 { 0.0 } else { crossing(0.0, share, excess) };
    let high = if k >= n { 1.0 } else { crossing(share, 1.0, excess) };
    Estimate::with_interval(share, (low, high), level, Method::ConfidenceSequence, n)
}

/// What a sequence of trials has shown about a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The true share is above the threshold.
    Above,
    /// The true share is below the threshold.
    Below,
    /// The true share is within the indifference margin: the difference does not matter.
    Near,
    /// Not decided yet.
    Open,
}

/// Which side of `threshold` the true share lies on, at error `alpha` over all looks together; `Near` once the
/// interval lies inside threshold ± `margin` (a margin of 0 never says so).
pub fn verdict(k: u64, n: u64, threshold: f64, margin: f64, alpha: f64) -> Verdict {
    let interval = confidence_sequence(k, n, 1.0 - alpha);
    match (interval.low, interval.high) {
        (Some(low), _) if low > threshold => Verdict::Above,
        (_, Some(high)) if high < threshold => Verdict::Below,
        (Some(low), Some(high)) if low > threshold - margin && high < threshold + margin => Verdict::Near,
        _ => Verdict::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_grow_by_half() {
        assert_eq!(looks().take(6).collect::<Vec<_>>(), [100, 150, 225, 337, 505, 757]);
        assert!(looks().count() < 120, "ends before the counter overflows");
    }

    #[test]
    fn stopping_needs_a_half_width() {
        assert!(stop(Some(0.01), 0.01) && !stop(Some(0.0101), 0.01) && !stop(None, 1.0));
        assert!((relative_target(-2.0, 0.1) - 2.0 / 11.0).abs() < 1e-15);
    }

    #[test]
    fn verdicts() {
        assert_eq!(verdict(140, 140, 0.9, 0.01, 0.05), Verdict::Above);
        assert_eq!(verdict(10, 40, 0.9, 0.01, 0.05), Verdict::Below);
        assert_eq!(verdict(9, 10, 0.9, 0.01, 0.05), Verdict::Open);
        assert_eq!(verdict(90_000, 100_000, 0.9, 0.01, 0.05), Verdict::Near);
        assert_eq!(verdict(90_000, 100_000, 0.9, 0.0, 0.05), Verdict::Open);
    }

    /// The interval is exactly where the evidence reaches 1/α, and it is wider than the fixed-size interval.
    #[test]
    fn ends_lie_on_the_evidence_limit() {
        let interval = confidence_sequence(88, 96, 0.95);
        for end in [interval.low.unwrap(), interval.high.unwrap()] {
            assert!((log_evidence_against(end, 88, 96) - 20.0_f64.ln()).abs() < 1e-9);
        }
        let (low, high) = super::super::proportion::clopper_pearson(88, 96, 0.95);
        assert!(interval.low.unwrap() < low && interval.high.unwrap() > high);
    }
}
