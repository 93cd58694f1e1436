//! Lines through results: conversion against response time, and a steadier mean with the help of a known one.

/// A logistic model of yes/no outcomes.
#[derive(Debug, Clone, PartialEq)]
pub struct Logistic {
    /// Coefficients on the log-odds, in the order of the columns.
    pub coefficients: Vec<f64>,
    /// Their standard errors, from the inverse of the information.
    pub standard_errors: Vec<f64>,
}

/// Fits log-odds = Σ coefficient × column by maximum likelihood with Newton's method (McCullagh & Nelder, Generalized
/// Linear Models, ch. 4). Each row holds its columns; give a column of ones for an intercept. `None` when rows and outcomes differ
/// in number, columns depend on each other, or the outcomes are separated so that no finite top exists.
pub fn logistic(rows: &[Vec<f64>], outcomes: &[bool]) -> Option<Logistic> {
    let columns = rows.first()?.len();
    if rows.len() != outcomes.len() || columns == 0 || rows.iter().any(|row| row.len() != columns) {
        return None;
    }
    let mut coefficients = vec![0.0; columns];
    for _ in 0..100 {
        let (slope, information) = score(rows, outcomes, &coefficients);
        let inverse = inverted(information)?;
        let step: Vec<f64> = inverse.iter().map(|row| dot(row, &slope)).collect();
        coefficients.iter_mut().zip(&step).for_each(|(coefficient, step)| *coefficient += step);
        let largest = coefficients.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
        // Separated outcomes drive coefficients to infinity.
        if !largest.is_finite() || largest > 1e6 {
            return None;
        }
        if step.iter().all(|step| step.abs() <= 1e-13 * (1.0 + largest)) {
            let (_, information) = score(rows, outcomes, &coefficients);
            let inverse = inverted(information)?;
            let standard_errors = (0..columns).map(|i| inverse[i][i].sqrt()).collect();
            return Some(Logistic { coefficients, standard_errors });
        }
    }
    None
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

/// Slope and information of the log-likelihood.
fn score(rows: &[Vec<f64>], outcomes: &[bool], coefficients: &[f64]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let columns = coefficients.len();
    let (mut slope, mut information) = (vec![0.0; columns], vec![vec![0.0; columns]; columns]);
    for (row, &outcome) in rows.iter().zip(outcomes) {
        let chance = 1.0 / (1.0 + (-dot(row, coefficients)).exp());
        let surprise = f64::from(u8::from(outcome)) - chance;
        for i in 0..columns {
            slope[i] += row[i] * surprise;
            for j in 0..columns {
                information[i][j] += row[i] * row[j] * chance * (1.0 - chance);
            }
        }
    }
    (slope, information)
}

/// The inverse of a small symmetric matrix (Gauss–Jordan with pivoting), or `None` if it has none.
fn inverted(mut matrix: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let size = matrix.len();
    let mut inverse: Vec<Vec<f64>> =
        (0..size).map(|i| (0..size).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    for column in 0..size {
        let pivot =
            (column..size).max_by(|&a, &b| matrix[a][column].abs().total_cmp(&matrix[b][column].abs()))?;
        if matrix[pivot][column].abs() < 1e-300 || !matrix[pivot][column].is_finite() {
            return None;
        }
        matrix.swap(column, pivot);
        inverse.swap(column, pivot);
        let scale = matrix[column][column];
        for j in 0..size {
            matrix[column][j] /= scale;
            inverse[column][j] /= scale;
        }
        for row in (0..size).filter(|&row| row != column) {
            let factor = matrix[row][column];
            for j in 0..size {
                matrix[row][j] -= factor * matrix[column][j];
                inverse[row][j] -= factor * inverse[column][j];
            }
        }
    }
    Some(inverse)
}

/// A mean made steadier by a control: another number per trial whose true mean is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Controlled {
    /// Slope of the response on the control.
    pub slope: f64,
    /// The mean, moved by slope × (control's own mean − known mean).
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// The control-variate estimate of the mean of `responses` (Lavenberg & Welch 1981): least squares over the same trials, residual
/// variance over R − 2. `None` with fewer than three trials, unequal lengths or a control that never varies.
pub fn controlled_mean(responses: &[f64], controls: &[f64], known_mean: f64) -> Option<Controlled> {
    let trials = responses.len() as f64;
    if responses.len() < 3 || responses.len() != controls.len() {
        return None;
    }
    let (response, control) = (super::mean::average(responses), super::mean::average(controls));
    let pairs = || responses.iter().zip(controls).map(|(y, c)| (y - response, c - control));
    let spread: f64 = pairs().map(|(_, c)| c * c).sum();
    if spread <= 0.0 {
        return None;
    }
    let slope = pairs().map(|(y, c)| y * c).sum::<f64>() / spread;
    let off = control - known_mean;
    let residual: f64 = pairs().map(|(y, c)| (y - slope * c).powi(2)).sum::<f64>() / (trials - 2.0);
    let standard_error = (residual * (1.0 / trials + off * off / spread)).sqrt();
    Some(Controlled { slope, value: response - slope * off, standard_error })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With an intercept only, the fit is the log-odds of the share, its error 1/√(n p (1 − p)).
    #[test]
    fn an_intercept_is_the_log_odds() {
        let rows = vec![vec![1.0]; 10];
        let outcomes: Vec<bool> = (0..10).map(|i| i < 3).collect();
        let fit = logistic(&rows, &outcomes).unwrap();
        assert!((fit.coefficients[0] - (0.3_f64 / 0.7).ln()).abs() < 1e-12);
        assert!((fit.standard_errors[0] - 1.0 / 2.1_f64.sqrt()).abs() < 1e-12);
    }

    /// A two-by-two table: the slope is the log odds ratio, its error √(Σ 1/cell) (Woolf 1955).
    #[test]
    fn a_two_by_two_table_is_the_odds_ratio() {
        let cells = [(0.0, true, 5), (0.0, false, 15), (1.0, true, 12), (1.0, false, 8)];
        let (mut rows, mut outcomes) = (Vec::new(), Vec::new());
        for (x, outcome, count) in cells {
            for _ in 0..count {
                rows.push(vec![1.0, x]);
                outcomes.push(outcome);
            }
        }
        let fit = logistic(&rows, &outcomes).unwrap();
        assert!((fit.coefficients[1] - (12.0_f64 * 15.0 / (8.0 * 5.0)).ln()).abs() < 1e-11);
        let woolf = (1.0_f64 / 5.0 + 1.0 / 15.0 + 1.0 / 12.0 + 1.0 / 8.0).sqrt();
        assert!((fit.standard_errors[1] - woolf).abs() < 1e-11);
    }

    #[test]
    fn no_finite_answer_is_none() {
        let rows: Vec<Vec<f64>> = (0..6).map(|i| vec![1.0, f64::from(i)]).collect();
        assert_eq!(logistic(&rows, &[false, false, false, true, true, true]), None, "separated");
        let twice: Vec<Vec<f64>> = (0..4).map(|i| vec![f64::from(i), f64::from(i)]).collect();
        assert_eq!(logistic(&twice, &[true, false, true, false]), None, "columns depend on each other");
        assert_eq!(logistic(&[], &[]), None);
        assert_eq!(controlled_mean(&[1.0, 2.0, 3.0], &[1.0, 1.0, 1.0], 1.0), None);
    }

    /// A response that is a line in the control is known without error.
    #[test]
    fn a_perfect_control_leaves_no_error() {
        let controls = [1.0, 4.0, 2.0, 8.0];
        let responses = controls.map(|c| 3.0 - 2.0 * c);
        let found = controlled_mean(&responses, &controls, 5.0).unwrap();
        assert!((found.value + 7.0).abs() < 1e-12 && (found.slope + 2.0).abs() < 1e-12);
        assert!(found.standard_error < 1e-7);
    }

    /// By hand: slope 4/5, residual variance 1.8/2, and the known mean half a unit below the control's own.
    #[test]
    fn a_control_that_explains_a_part_leaves_the_rest_as_error() {
        let found = controlled_mean(&[2.0, 3.0, 5.0, 4.0], &[1.0, 2.0, 3.0, 4.0], 2.0).unwrap();
        assert!((found.slope - 0.8).abs() < 1e-14 && (found.value - 3.1).abs() < 1e-14);
        assert!((found.standard_error - (0.9_f64 * (0.25 + 0.25 / 5.0)).sqrt()).abs() < 1e-14);
    }
}
