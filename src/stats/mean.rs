//! The average over trials, with its interval.

use super::estimate::{Estimate, Method};
use super::law::critical_t;
use super::ratio::Confidence;

/// Mean of one number per trial with Student's t interval; unknown when there are no values.
pub fn mean(values: &[f64], level: f64) -> Estimate {
    interval(values, level, Method::StudentT)
}

/// The same, with critical values worked out before for this number of trials.
pub fn mean_at(values: &[f64], confidence: &Confidence) -> Estimate {
    let critical = confidence.values.map(|values| values.critical);
    with_critical(values, confidence.level, critical, Method::StudentT)
}

/// Arithmetic mean, or NaN when there are no values.
pub fn average(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Sample variance (divisor n − 1), in squared units, or `None` with fewer than two values.
pub fn variance(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let centre = average(values);
    // Two passes: the one-pass formula loses every digit when the mean is large against the spread.
    let squares: f64 = values.iter().map(|value| (value - centre) * (value - centre)).sum();
    Some(squares / (values.len() - 1) as f64)
}

/// Mean with a t interval under the name of the caller's method.
pub(super) fn interval(values: &[f64], level: f64, method: Method) -> Estimate {
    with_critical(values, level, critical_t(level, (values.len() as u64).saturating_sub(1)), method)
}

fn with_critical(values: &[f64], level: f64, critical: Option<f64>, method: Method) -> Estimate {
    let trials = values.len() as u64;
    let value = average(values);
    let reach = variance(values).zip(critical);
    match reach.map(|(variance, critical)| critical * (variance / trials as f64).sqrt()) {
        Some(reach) => Estimate::with_interval(value, (value - reach, value + reach), level, method, trials),
        None => Estimate::bare(value, level, method, trials),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_trial_has_no_interval_and_none_no_value() {
        let one = mean(&[3.0], 0.95);
        assert_eq!((one.value, one.low, one.high, one.trials), (3.0, None, None, 1));
        assert!(!mean(&[], 0.95).is_known());
    }

    /// Values 1..5: mean 3, variance 2.5, t(0.95; 4) = 2.7764451051977987.
    #[test]
    fn textbook_interval() {
        let five = mean(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.95);
        let reach = 2.7764451051977987 * 0.5_f64.sqrt();
        assert!((five.value - 3.0).abs() < 1e-15);
        assert!((five.low.unwrap() - (3.0 - reach)).abs() < 1e-12);
        assert!((five.half_width().unwrap() - reach).abs() < 1e-12);
    }

    #[test]
    fn variance_survives_a_large_mean() {
        let shifted: Vec<f64> = [4.0, 7.0, 13.0, 16.0].iter().map(|value| value + 1e9).collect();
        assert!((variance(&shifted).unwrap() - 30.0).abs() < 1e-6);
    }
}
