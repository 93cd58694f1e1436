//! Do leads really come by chance, as the simulation assumes? A test of arrival stamps against a Poisson process.

/// What the test found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PoissonTest {
    /// Number of arrivals used.
    pub arrivals: usize,
    /// Mean of the transformed gaps; 1 for a Poisson process.
    pub mean_gap: f64,
    /// Largest distance between the transformed gaps' distribution and the exponential one (Kolmogorov–Smirnov).
    pub distance: f64,
    /// Exact chance of so large a distance under a Poisson process.
    pub p_value: f64,
}

/// Tests arrivals within intervals of equal `length` in which the rate hardly changes: gaps are transformed so that they are
/// exponential with mean 1 under a Poisson process, whatever the rates (Brown et al. 2005). Stamps count from their
/// interval's start. `None` without arrivals, or with a stamp outside its interval.
pub fn poisson_arrivals(intervals: &[Vec<f64>], length: f64) -> Option<PoissonTest> {
    let mut gaps = Vec::new();
    for stamps in intervals {
        let mut ordered = stamps.clone();
        ordered.sort_by(f64::total_cmp);
        let mut before = 0.0;
        for (j, &stamp) in ordered.iter().enumerate() {
            if !(stamp >= 0.0 && stamp < length) {
                return None;
            }
            let left = (ordered.len() - j) as f64;
            gaps.push(-left * ((length - stamp) / (length - before)).ln());
            before = stamp;
        }
    }
    let distance = distance_to_exponential(&mut gaps)?;
    let p_value = 1.0 - kolmogorov_probability(gaps.len(), distance);
    Some(PoissonTest { arrivals: gaps.len(), mean_gap: super::mean::average(&gaps), distance, p_value })
}

/// Largest distance between the empirical distribution of `values` and 1 − e^−x.
fn distance_to_exponential(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let n = values.len() as f64;
    let distances = values.iter().enumerate().map(|(i, value)| {
        let expected = -(-value).exp_m1();
        (expected - i as f64 / n).max((i + 1) as f64 / n - expected)
    });
    distances.reduce(f64::max)
}

/// Probability that the two-sided Kolmogorov–Smirnov distance of n values is below `distance`, exactly (Durbin 1968, in the
/// matrix form of Marsaglia, Tsang & Wang 2003).
pub fn kolmogorov_probability(n: usize, distance: f64) -> f64 {
    let scaled = n as f64 * distance;
    if n == 0 || scaled <= 0.5 {
        return 0.0;
    }
    if distance >= 1.0 {
        return 1.0;
    }
    // From here on the complement is below 1e-15 (and the power below would be wasted work).
    if scaled * distance > 18.0 {
        return 1.0;
    }
    let k = scaled as usize + 1;
    let size = 2 * k - 1;
    let h = k as f64 - scaled;
    let power = matrix_power(&durbin_matrix(size, h), size, n);
    let (mut value, mut exponent) = (power.0[(k - 1) * size + k - 1], power.1);
    for i in 1..=n {
        value *= i as f64 / n as f64;
        if value < 1e-140 {
            value *= 1e140;
            exponent -= 140;
        }
    }
    (value * 10.0_f64.powi(exponent)).clamp(0.0, 1.0)
}

fn durbin_matrix(size: usize, h: f64) -> Vec<f64> {
    let mut matrix = vec![0.0; size * size];
    for i in 0..size {
        for j in 0..size {
            matrix[i * size + j] = f64::from(u8::from(i + 1 >= j));
        }
    }
    for i in 0..size {
        matrix[i * size] -= h.powi(i as i32 + 1);
        matrix[(size - 1) * size + i] -= h.powi((size - i) as i32);
    }
    if 2.0 * h - 1.0 > 0.0 {
        matrix[(size - 1) * size] += (2.0 * h - 1.0).powi(size as i32);
    }
    for i in 0..size {
        for j in 0..=i {
            for factor in 1..=i + 1 - j {
                matrix[i * size + j] /= factor as f64;
            }
        }
    }
    matrix
}

/// A power of a square matrix, with a power of ten taken out so that nothing overflows.
fn matrix_power(matrix: &[f64], size: usize, power: usize) -> (Vec<f64>, i32) {
    let mut result: Vec<f64> =
        (0..size * size).map(|at| f64::from(u8::from(at / size == at % size))).collect();
    let mut exponent = 0;
    let (mut base, mut base_exponent) = (matrix.to_vec(), 0);
    let mut left = power;
    while left > 0 {
        if left % 2 == 1 {
            result = product(&result, &base, size);
            exponent += base_exponent;
        }
        base = product(&base, &base, size);
        base_exponent *= 2;
        for (values, exponent) in [(&mut result, &mut exponent), (&mut base, &mut base_exponent)] {
            if values[(size / 2) * size + size / 2] > 1e140 {
                values.iter_mut().for_each(|value| *value *= 1e-140);
                *exponent += 140;
            }
        }
        left /= 2;
    }
    (result, exponent)
}

fn product(one: &[f64], other: &[f64], size: usize) -> Vec<f64> {
    let mut result = vec![0.0; size * size];
    for i in 0..size {
        for k in 0..size {
            let factor = one[i * size + k];
            for j in 0..size {
                result[i * size + j] += factor * other[k * size + j];
            }
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One value: the distance is max(u, 1 − u), so P(D < d) = 2d − 1.
    #[test]
    fn one_value_by_hand() {
        for distance in [0.55, 0.7, 0.99] {
            assert!((kolmogorov_probability(1, distance) - (2.0 * distance - 1.0)).abs() < 1e-14);
        }
    }

    /// Published with the method: n = 10, d = 0.274 gives 0.6284796154565041.
    #[test]
    fn the_published_value() {
        assert!((kolmogorov_probability(10, 0.274) - 0.628_479_615_456_504_1).abs() < 1e-12);
        assert_eq!(kolmogorov_probability(10, 0.01), 0.0);
        assert_eq!(kolmogorov_probability(10, 1.0), 1.0);
    }

    /// For many values Kolmogorov's limit, 1 − 2 Σ (−1)^(k−1) e^(−2k²x²), within its error of order 1/√n.
    #[test]
    fn the_limit_for_many_values() {
        let x = 1.0_f64;
        let limit = 1.0 - 2.0 * ((-2.0 * x * x).exp() - (-8.0 * x * x).exp() + (-18.0 * x * x).exp());
        let n = 2000;
        assert!((kolmogorov_probability(n, x / (n as f64).sqrt()) - limit).abs() < 0.01);
    }

    #[test]
    fn clockwork_is_no_poisson_process() {
        let clockwork: Vec<Vec<f64>> = vec![(0..30).map(|i| 1.0 + 2.0 * f64::from(i)).collect(); 4];
        let found = poisson_arrivals(&clockwork, 60.0).unwrap();
        assert!(found.arrivals == 120 && found.p_value < 1e-6, "{found:?}");
        assert_eq!(poisson_arrivals(&[vec![61.0]], 60.0), None);
        assert_eq!(poisson_arrivals(&[vec![]], 60.0), None);
    }
}
