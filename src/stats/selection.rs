//! Picking the best of several plans without fooling oneself: how many trials, and which plans may be dropped.

use super::law::normal_probability;
use statrs::function::gamma::ln_gamma;

/// Rinott's constant h for choosing the best of `plans` after a first stage of `first_trials` each, with probability
/// of correct selection `confidence` (Rinott 1978), or `None` with fewer than two plans or two trials, or a confidence
/// that is not between 1/plans and 1.
///
/// Second stage: plan i needs max(first_trials, ⌈(h·Sᵢ/δ)²⌉) trials to be within δ of the best.
pub fn rinott(plans: u32, first_trials: u32, confidence: f64) -> Option<f64> {
    if plans < 2 || first_trials < 2 || !(confidence > 1.0 / f64::from(plans) && confidence < 1.0) {
        return None;
    }
    let freedom = f64::from(first_trials - 1);
    let grid = chi_square_grid(freedom);
    let others = plans as i32 - 1;
    let selected = |h: f64| -> f64 {
        grid.iter()
            .map(|&(x, weight_x)| {
                let inner: f64 = grid
                    .iter()
                    .map(|&(y, weight_y)| {
                        weight_y * normal_probability(h / (freedom * (1.0 / x + 1.0 / y)).sqrt())
                    })
                    .sum();
                weight_x * inner.powi(others)
            })
            .sum()
    };
    let mut high = 1.0;
    while selected(high) < confidence {
        high *= 2.0;
        if high > 1e9 {
            return None;
        }
    }
    Some(root(1e-9, high, |h| selected(h) - confidence))
}

/// Points and weights that integrate smooth functions of a chi-square number: the trapezoid rule in its logarithm,
/// which converges exponentially because the density dies out at both ends.
fn chi_square_grid(freedom: f64) -> Vec<(f64, f64)> {
    const STEPS: usize = 48;
    let half = freedom / 2.0;
    // Left end: density falls like x^half; right end: like e^(−x/2). Both cut where e^-36 of the mass is left.
    let (from, to) =
        ((freedom.ln() - 36.0 / half.min(18.0) - 1.0), (freedom + 12.0 * freedom.sqrt() + 80.0).ln());
    let step = (to - from) / STEPS as f64;
    let constant = -ln_gamma(half) - half * std::f64::consts::LN_2;
    let raw: Vec<(f64, f64)> = (0..=STEPS)
        .map(|i| from + i as f64 * step)
        .map(|log_x| (log_x.exp(), (half * log_x - log_x.exp() / 2.0 + constant).exp() * step))
        .collect();
    raw.into_iter().filter(|&(_, weight)| weight > 1e-18).collect()
}

/// The point between 0 and `high` where a rising function changes sign, to a relative precision.
fn root(precision: f64, high: f64, excess: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, high);
    while high - low > precision * high {
        let middle = (low + high) / 2.0;
        if excess(middle) > 0.0 {
            high = middle;
        } else {
            low = middle;
        }
    }
    (low + high) / 2.0
}

/// Constants of the KN elimination procedure (Kim & Nelson 2001, with c = 1).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KimNelson {
    /// η = ½[(2α/(k − 1))^(−2/(n₀ − 1)) − 1].
    pub eta: f64,
    /// h² = 2η(n₀ − 1).
    pub h_squared: f64,
}

impl KimNelson {
    /// Constants for `plans` plans, `first_trials` trials before the first elimination and total error `alpha`.
    pub fn new(plans: u32, first_trials: u32, alpha: f64) -> Self {
        let freedom = f64::from(first_trials) - 1.0;
        let eta = 0.5 * ((2.0 * alpha / (f64::from(plans) - 1.0)).powf(-2.0 / freedom) - 1.0);
        Self { eta, h_squared: 2.0 * eta * freedom }
    }

    /// How far the sum of `trials` paired differences may fall below zero before the plan is dropped, when the
    /// difference has first-stage variance `variance` and `indifference` is the smallest gap that matters.
    pub fn allowance(&self, variance: f64, trials: u32, indifference: f64) -> f64 {
        let scaled = self.h_squared * variance / (indifference * indifference);
        (indifference / 2.0 * (scaled - f64::from(trials))).max(0.0)
    }
}

/// Which plan KN picks and when it dropped the others (larger is better).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selected {
    /// The plans still standing, by position; exactly one when the procedure ended.
    pub standing: Vec<usize>,
    /// For every plan the number of trials after which it was dropped, or `None` while it stands.
    pub dropped_after: Vec<Option<u32>>,
}

/// Runs the KN procedure over `values[plan][trial]` on shared random numbers: keeps a plan within `indifference` of the
/// best with probability 1 − `alpha` (for normal values). Plans may still all stand when the trials run out.
pub fn kim_nelson(values: &[Vec<f64>], first_trials: u32, indifference: f64, alpha: f64) -> Selected {
    let plans = values.len();
    let mut dropped_after = vec![None; plans];
    let mut standing: Vec<usize> = (0..plans).collect();
    let available = values.iter().map(Vec::len).min().unwrap_or(0) as u32;
    if plans < 2 || first_trials < 2 || available < first_trials {
        return Selected { standing, dropped_after };
    }
    let constants = KimNelson::new(plans as u32, first_trials, alpha);
    let spread = first_stage_variances(values, first_trials as usize);
    let sum = |plan: usize, trials: u32| values[plan][..trials as usize].iter().sum::<f64>();
    let mut sums: Vec<f64> = (0..plans).map(|plan| sum(plan, first_trials)).collect();
    for trials in first_trials..=available {
        if trials > first_trials {
            standing.iter().for_each(|&plan| sums[plan] += values[plan][trials as usize - 1]);
        }
        let falls = |plan: usize, rival: usize| {
            sums[plan] - sums[rival] < -constants.allowance(spread[plan][rival], trials, indifference)
        };
        let losers: Vec<usize> = standing
            .iter()
            .copied()
            .filter(|&plan| standing.iter().any(|&rival| falls(plan, rival)))
            .collect();
        losers.iter().for_each(|&plan| dropped_after[plan] = Some(trials));
        standing.retain(|plan| !losers.contains(plan));
        if standing.len() == 1 {
            break;
        }
    }
    Selected { standing, dropped_after }
}

fn first_stage_variances(values: &[Vec<f64>], first_trials: usize) -> Vec<Vec<f64>> {
    let between = |one: &[f64], other: &[f64]| {
        let differences: Vec<f64> = one.iter().zip(other).take(first_trials).map(|(a, b)| a - b).collect();
        super::mean::variance(&differences).unwrap_or(0.0)
    };
    values.iter().map(|one| values.iter().map(|other| between(one, other)).collect()).collect()
}

/// How to share a fixed budget of trials between plans when the smallest mean is best (OCBA: Chen, Lin, Yücesan,
/// Chick 2000), as fractions that sum to 1; no guarantee, only good use. `None` with fewer than two plans, lengths
/// that differ, or a tie for best.
pub fn ocba_fractions(means: &[f64], standard_deviations: &[f64]) -> Option<Vec<f64>> {
    if means.len() < 2 || means.len() != standard_deviations.len() {
        return None;
    }
    let best = (0..means.len()).min_by(|&a, &b| means[a].total_cmp(&means[b]))?;
    if (0..means.len()).any(|plan| plan != best && means[plan] <= means[best]) {
        return None;
    }
    let mut share: Vec<f64> = means
        .iter()
        .zip(standard_deviations)
        .map(|(mean, deviation)| (deviation / (mean - means[best])) * (deviation / (mean - means[best])))
        .collect();
    let others = (0..means.len()).filter(|&plan| plan != best);
    let squares: f64 = others.map(|plan| (share[plan] / standard_deviations[plan]).powi(2)).sum();
    share[best] = standard_deviations[best] * squares.sqrt();
    let total: f64 = share.iter().sum();
    Some(share.into_iter().map(|part| part / total).collect())
}
