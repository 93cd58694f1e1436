//! Draws the smoothest rising line through noisy results, for curves that can only go up.

/// Weighted least-squares fit that never decreases (pool adjacent violators: Ayer et al. 1955), one value per input.
///
/// Weights must be positive (numbers of trials, say); `values` and `weights` are read in step, up to the shorter.
pub fn increasing(values: &[f64], weights: &[f64]) -> Vec<f64> {
    struct Pool {
        value: f64,
        weight: f64,
        size: usize,
    }
    let mut pools: Vec<Pool> = Vec::new();
    for (&value, &weight) in values.iter().zip(weights) {
        let mut pool = Pool { value, weight, size: 1 };
        while let Some(last) = pools.pop_if(|last| last.value > pool.value) {
            let total = last.weight + pool.weight;
            pool.value = (last.value * last.weight + pool.value * pool.weight) / total;
            pool.weight = total;
            pool.size += last.size;
        }
        pools.push(pool);
    }
    pools.iter().flat_map(|pool| std::iter::repeat_n(pool.value, pool.size)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The max–min formula: an independent definition of the same fit.
    fn max_min(values: &[f64], weights: &[f64]) -> Vec<f64> {
        let average = |from: usize, to: usize| {
            let total: f64 = weights[from..=to].iter().sum();
            (from..=to).map(|i| values[i] * weights[i]).sum::<f64>() / total
        };
        (0..values.len())
            .map(|at| {
                (0..=at)
                    .map(|from| (at..values.len()).map(|to| average(from, to)).fold(f64::INFINITY, f64::min))
                    .fold(f64::NEG_INFINITY, f64::max)
            })
            .collect()
    }

    #[test]
    fn equals_the_max_min_formula() {
        let values = [0.3, 0.1, 0.5, 0.45, 0.2, 0.9, 0.85, 0.86, 1.0, 0.99];
        let weights = [10.0, 30.0, 5.0, 1.0, 12.0, 7.0, 7.0, 9.0, 3.0, 100.0];
        let fit = increasing(&values, &weights);
        for (got, expected) in fit.iter().zip(max_min(&values, &weights)) {
            assert!((got - expected).abs() < 1e-14);
        }
        assert!(fit.is_sorted());
    }

    #[test]
    fn a_rising_line_stays_as_it_is() {
        assert_eq!(increasing(&[1.0, 1.0, 2.0], &[1.0, 5.0, 1.0]), [1.0, 1.0, 2.0]);
        assert!(increasing(&[], &[]).is_empty());
    }
}
