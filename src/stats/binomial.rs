//! Chances of k successes in n tries, summed exactly.

/// Probability of each number of successes 0..=n when every try succeeds with `probability`.
///
/// Built outwards from the most likely count by ratios of neighbours and then scaled to sum 1, which keeps full
/// precision where logarithms of factorials would lose it.
pub fn masses(n: u64, probability: f64) -> Vec<f64> {
    let size = usize::try_from(n).expect("a count of trials held in memory fits the address space") + 1;
    let mut mass = vec![0.0; size];
    if probability <= 0.0 || probability >= 1.0 {
        mass[if probability <= 0.0 { 0 } else { size - 1 }] = 1.0;
        return mass;
    }
    let odds = probability / (1.0 - probability);
    let mode = (((n + 1) as f64 * probability) as usize).min(size - 1);
    mass[mode] = 1.0;
    for k in mode + 1..size {
        mass[k] = mass[k - 1] * odds * (size - k) as f64 / k as f64;
    }
    for k in (0..mode).rev() {
        mass[k] = mass[k + 1] * (k + 1) as f64 / (odds * (size - 1 - k) as f64);
    }
    let total: f64 = mass.iter().sum();
    mass.iter_mut().for_each(|m| *m /= total);
    mass
}

/// Smallest count k with P(at most k successes) ≥ `share`.
pub fn quantile(masses: &[f64], share: f64) -> u64 {
    let mut below = 0.0;
    for (k, mass) in masses.iter().enumerate() {
        below += mass;
        if below >= share {
            return k as u64;
        }
    }
    masses.len().saturating_sub(1) as u64
}

/// Two-sided exact p-value of k successes in n tries against `probability`: the chance of any outcome at most as
/// likely as the one seen (the rule of R's `binom.test`).
pub fn test_two_sided(k: u64, n: u64, probability: f64) -> f64 {
    let masses = masses(n, probability);
    let seen = masses.get(k as usize).copied().unwrap_or(0.0);
    // Equal likelihoods may differ in the last digits; the slack is that of R.
    let limit = seen * (1.0 + 1e-7);
    masses.iter().filter(|&&mass| mass <= limit).sum::<f64>().min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masses_of_a_fair_coin() {
        assert_eq!(masses(4, 0.5), vec![1.0 / 16.0, 4.0 / 16.0, 6.0 / 16.0, 4.0 / 16.0, 1.0 / 16.0]);
        assert_eq!(masses(2, 0.0), vec![1.0, 0.0, 0.0]);
        assert_eq!(masses(2, 1.0), vec![0.0, 0.0, 1.0]);
        assert_eq!(masses(0, 0.3), vec![1.0]);
    }

    #[test]
    fn masses_have_the_right_mean_at_any_size() {
        for (n, p) in [(10_u64, 0.01), (1000, 0.95), (200_000, 0.3)] {
            let mean: f64 = masses(n, p).iter().enumerate().map(|(k, m)| k as f64 * m).sum();
            assert!((mean / (n as f64 * p) - 1.0).abs() < 1e-11);
        }
    }

    /// Hand-counted: 2^-10 times binomial coefficients; 3/16 + … for the skew case.
    #[test]
    fn two_sided_p_values() {
        assert!((test_two_sided(1, 10, 0.5) - 22.0 / 1024.0).abs() < 1e-15);
        assert!((test_two_sided(5, 10, 0.5) - 1.0).abs() < 1e-14);
        // n = 3, p = 1/4: masses 27, 27, 9, 1 of 64; two successes: 9 + 1.
        assert!((test_two_sided(2, 3, 0.25) - 10.0 / 64.0).abs() < 1e-15);
        assert!((test_two_sided(0, 0, 0.25) - 1.0).abs() < 1e-15);
    }
}
