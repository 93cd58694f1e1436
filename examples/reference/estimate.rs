//! From the sums of independent trials to a number with its standard error.

use crate::plan::{Row, Wanted};
use crate::verdict::{Estimated, FEW, Rare};

/// Mean of every column.
pub fn means(rows: &[Row]) -> Vec<f64> {
    let columns = rows.first().map_or(0, Vec::len);
    let mut sums = vec![0.0; columns];
    for row in rows {
        sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
    }
    sums.iter().map(|sum| sum / rows.len() as f64).collect()
}

/// Standard deviation of every column.
fn spreads(rows: &[Row], means: &[f64]) -> Vec<f64> {
    let mut squares = vec![0.0; means.len()];
    for row in rows {
        for ((square, value), mean) in squares.iter_mut().zip(row).zip(means) {
            *square += (value - mean) * (value - mean);
        }
    }
    let freedom = (rows.len() as f64 - 1.0).max(1.0);
    squares.iter().map(|square| (square / freedom).sqrt()).collect()
}

/// What rows say about many numbers; means and spreads are worked out once.
pub struct Heard<'a> {
    rows: &'a [Row],
    means: Vec<f64>,
    spreads: Vec<f64>,
}

impl<'a> Heard<'a> {
    /// Takes in the rows of all trials.
    pub fn new(rows: &'a [Row]) -> Self {
        let means = means(rows);
        let spreads = spreads(rows, &means);
        Heard { rows, means, spreads }
    }

    /// The number with its standard error by linearisation over trials (the delta method: Cochran, Sampling Techniques, ch. 6):
    /// whatever happens inside a trial, trials are independent.
    pub fn estimate(&self, wanted: &Wanted) -> Estimated {
        let value = (wanted.formula)(&self.means);
        let slopes = self.slopes(wanted);
        let squares: f64 = self
            .rows
            .iter()
            .map(|row| {
                let influence: f64 =
                    slopes.iter().map(|&(column, slope)| slope * (row[column] - self.means[column])).sum();
                influence * influence
            })
            .sum();
        let trials = self.rows.len() as f64;
        let error = (squares / (trials - 1.0) / trials).sqrt();
        Estimated {
            value,
            error,
            trials: self.rows.len() as u64,
            probability: wanted.probability,
            rare: self.rare(wanted),
        }
    }

    /// How the number answers to each column that it depends on.
    fn slopes(&self, wanted: &Wanted) -> Vec<(usize, f64)> {
        let mut at = self.means.clone();
        let mut slopes = Vec::new();
        for column in 0..at.len() {
            // A hundredth of the standard error of the mean: well inside where the formula is straight.
            let step = 0.01 * self.spreads[column] / (self.rows.len() as f64).sqrt();
            if step == 0.0 {
                continue;
            }
            at[column] = self.means[column] + step;
            let above = (wanted.formula)(&at);
            at[column] = self.means[column] - step;
            let below = (wanted.formula)(&at);
            at[column] = self.means[column];
            let slope = (above - below) / (2.0 * step);
            if slope != 0.0 {
                slopes.push((column, slope));
            }
        }
        slopes
    }

    /// Counts for the exact test, if fewer than 30 trials saw a hit, or fewer than 30 a miss.
    fn rare(&self, wanted: &Wanted) -> Option<Rare> {
        let share = wanted.share?;
        let with = |condition: &dyn Fn(&Row) -> bool| self.rows.iter().filter(|row| condition(row)).count() as u64;
        let with_hit = with(&|row| row[share.hits] > 0.0);
        let with_miss = with(&|row| row[share.hits] < row[share.tries]);
        if with_hit.min(with_miss) >= FEW {
            return None;
        }
        let total = |column: usize| self.rows.iter().map(|row| row[column]).sum::<f64>() as u64;
        let (hits, tries) = (total(share.apart.0), total(share.apart.1));
        Some(Rare { hits: if wanted.complement { tries - hits } else { hits }, tries })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Number;

    fn number() -> Number {
        Number { path: vec!["x".to_string()], exact: 1.0 }
    }

    /// The pooled ratio's own formula gives the same error as linearisation of a general one.
    #[test]
    fn a_ratio_has_the_error_of_a_ratio() {
        let rows: Vec<Row> = (0..300).map(|i| vec![f64::from(i % 7), 5.0 + f64::from(i % 4)]).collect();
        let found = Heard::new(&rows).estimate(&Wanted::ratio(&number(), 0, 1, 2.0));
        let (x, n): (f64, f64) = rows.iter().fold((0.0, 0.0), |sum, row| (sum.0 + row[0], sum.1 + row[1]));
        assert!((found.value - 2.0 * x / n).abs() < 1e-12);
        let squares: f64 = rows.iter().map(|row| (row[0] - x / n * row[1]).powi(2)).sum();
        let error = 2.0 * (squares * 300.0 / 299.0).sqrt() / n;
        assert!((found.error / error - 1.0).abs() < 1e-6, "{} {error}", found.error);
    }

    #[test]
    fn rare_hits_are_counted() {
        let share = crate::plan::Share { hits: 0, tries: 1, apart: (0, 1) };
        let mut rows: Vec<Row> = vec![vec![0.0, 10.0]; 200];
        rows[3][0] = 1.0;
        let found = Heard::new(&rows).estimate(&Wanted::share(&number(), share));
        assert_eq!(found.rare, Some(Rare { hits: 1, tries: 2000 }));
        rows.iter_mut().take(60).for_each(|row| row[0] = 5.0);
        assert_eq!(Heard::new(&rows).estimate(&Wanted::share(&number(), share)).rare, None);
    }
}
