//! How much of the spread of some results one input explains: along a line, or between the values it took.

use super::mean::average;

/// What each result had as its input.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// A number: the results are held against a straight line.
    Along(Vec<f64>),
    /// One of several values, by place: the results are held against their means.
    Among(Vec<usize>),
}

/// Chance alone explains that much of 1 / so often: a share is named only where F exceeds this (three standard errors of one slope).
const BEYOND_CHANCE: f64 = 9.0;

/// Share of the variance of `results` that the input explains, corrected for what chance explains (adjusted R²; Fisher 1925, Theil 1961);
/// 0 where it is not beyond chance, or where fewer than four results are left to judge by.
pub fn share(results: &[f64], input: &Input) -> f64 {
    let n = results.len();
    let mean = average(results);
    let whole: f64 = results.iter().map(|result| (result - mean).powi(2)).sum();
    let (explained, parameters) = match input {
        Input::Along(scores) => (along(results, mean, scores), 1),
        Input::Among(places) => among(results, mean, places),
    };
    let left = n as f64 - 1.0 - parameters as f64;
    if whole <= 0.0 || parameters == 0 || left < 4.0 {
        return 0.0;
    }
    let unexplained = (1.0 - explained / whole).max(0.0);
    let f = (1.0 - unexplained) / parameters as f64 / (unexplained / left);
    if f < BEYOND_CHANCE {
        return 0.0;
    }
    (1.0 - unexplained * (n as f64 - 1.0) / left).clamp(0.0, 1.0)
}

/// Sum of squares along the line of least squares.
fn along(results: &[f64], mean: f64, scores: &[f64]) -> f64 {
    let middle = average(scores);
    let width: f64 = scores.iter().map(|score| (score - middle).powi(2)).sum();
    let common: f64 = results.iter().zip(scores).map(|(y, x)| (y - mean) * (x - middle)).sum();
    if width > 0.0 { common.powi(2) / width } else { 0.0 }
}

/// Sum of squares between the values, and how many means beyond the first were fitted.
fn among(results: &[f64], mean: f64, places: &[usize]) -> (f64, usize) {
    let values = places.iter().max().map_or(0, |most| most + 1);
    let mut groups = vec![(0.0, 0_u32); values];
    for (result, place) in results.iter().zip(places) {
        groups[*place].0 += result - mean;
        groups[*place].1 += 1;
    }
    let taken = groups.iter().filter(|(_, many)| *many > 0);
    let between = taken.clone().map(|(sum, many)| sum * sum / f64::from(*many)).sum();
    (between, taken.count().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: y = 2x + (1, −1, −1, 1, 1, −1, −1, 1), x = 1…8: line 4·42 = 168 of 176, F = 126, adjusted 1 − 8/176 · 7/6.
    #[test]
    fn a_line_by_hand() {
        let scores: Vec<f64> = (1..=8).map(f64::from).collect();
        let off = [1.0, -1.0, -1.0, 1.0, 1.0, -1.0, -1.0, 1.0];
        let results: Vec<f64> = scores.iter().zip(off).map(|(x, off)| 2.0 * x + off).collect();
        let found = share(&results, &Input::Along(scores));
        assert!((found - (1.0 - 8.0 / 176.0 * 7.0 / 6.0)).abs() < 1e-12, "{found}");
    }

    /// By hand: eight results of two values, means 0 and 10, ±1 about them: 200 of 208, adjusted 1 − 8/208 · 7/6.
    #[test]
    fn values_by_hand() {
        let results = [-1.0, 1.0, -1.0, 1.0, 9.0, 11.0, 9.0, 11.0];
        let found = share(&results, &Input::Among(vec![0, 0, 0, 0, 2, 2, 2, 2]));
        assert!((found - (1.0 - 8.0 / 208.0 * 7.0 / 6.0)).abs() < 1e-12, "{found}");
    }

    #[test]
    fn chance_and_what_does_not_vary_explain_nothing() {
        let results = [1.0, 2.0, 3.0, 3.0, 2.0, 1.0, 1.0, 2.0];
        assert_eq!(share(&results, &Input::Along((0..8).map(f64::from).collect())), 0.0);
        assert_eq!(share(&[5.0; 8], &Input::Along((0..8).map(f64::from).collect())), 0.0);
        assert_eq!(share(&results, &Input::Among(vec![0; 8])), 0.0);
        assert_eq!(share(&[1.0, 2.0, 3.0], &Input::Along(vec![1.0, 2.0, 3.0])), 0.0);
    }
}
