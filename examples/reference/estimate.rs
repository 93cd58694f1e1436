//! From the sums of independent trials to a number with its standard error.

use crate::plan::{Control, Row, Wanted};
use crate::verdict::{Estimated, FEW, Rare};
use std::borrow::Cow;

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

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

/// What rows say about many numbers; means and spreads are worked out once.
pub struct Heard<'a> {
    /// Of each trial.
    rows: &'a [Row],
    /// Of each independent unit: a trial, or the mean of a block of them.
    units: Cow<'a, [Row]>,
    means: Vec<f64>,
    spreads: Vec<f64>,
    controls: &'a [Control],
}

impl<'a> Heard<'a> {
    /// Takes in the rows of all trials, of which so many make an independent unit.
    pub fn new(rows: &'a [Row], size: usize, controls: &'a [Control]) -> Self {
        let units: Cow<'a, [Row]> = match size {
            1 => Cow::Borrowed(rows),
            _ => rows.chunks(size).map(means).collect(),
        };
        let means = means(rows);
        let spreads = spreads(&units, &means);
        Heard { rows, units, means, spreads, controls }
    }

    /// The number with its standard error by linearisation over trials (the delta method: Cochran, Sampling Techniques, ch. 6):
    /// whatever happens inside a trial, trials are independent. Controls, where they are allowed, take out what they explain (Lavenberg &
    /// Welch 1981).
    pub fn estimate(&self, wanted: &Wanted) -> Estimated {
        let value = (wanted.formula)(&self.means);
        let slopes = self.slopes(wanted);
        let influence = |row: &Row| -> f64 {
            slopes.iter().map(|&(column, slope)| slope * (row[column] - self.means[column])).sum()
        };
        let influences: Vec<f64> = self.units.iter().map(influence).collect();
        let trials = self.units.len() as f64;
        let error = |rest: &[f64], used: f64| {
            let squares: f64 = rest.iter().map(|value| value * value).sum();
            (squares / (trials - 1.0 - used) / trials).sqrt()
        };
        let (value, error) = match self.steadied(wanted, &influences) {
            Some((moved, rest)) => (value + moved, error(&rest, self.controls.len() as f64)),
            None => (value, error(&influences, 0.0)),
        };
        let (trials, probability) = (self.units.len() as u64, wanted.probability);
        Estimated { value, error, trials, probability, rare: self.rare(wanted) }
    }

    /// How far the controls move a number, and what of each trial's influence they leave unexplained.
    fn steadied(&self, wanted: &Wanted, influences: &[f64]) -> Option<(f64, Vec<f64>)> {
        if !wanted.controlled || self.controls.is_empty() {
            return None;
        }
        // Least squares on one control after the other, each freed of those before it (Gram–Schmidt).
        let mut rest = influences.to_vec();
        let mut moved = 0.0;
        let mut freed: Vec<(Vec<f64>, f64)> = Vec::new();
        for control in self.controls {
            let column = control.column;
            let mut values: Vec<f64> =
                self.units.iter().map(|row| row[column] - self.means[column]).collect();
            let mut off = self.means[column] - control.mean;
            for (other, its_off) in &freed {
                let slope = dot(&values, other) / dot(other, other);
                values.iter_mut().zip(other).for_each(|(value, by)| *value -= slope * by);
                off -= slope * its_off;
            }
            let spread = dot(&values, &values);
            if spread <= 0.0 {
                continue;
            }
            let slope = dot(&rest, &values) / spread;
            rest.iter_mut().zip(&values).for_each(|(value, by)| *value -= slope * by);
            moved -= slope * off;
            freed.push((values, off));
        }
        Some((moved, rest))
    }

    /// A control's own mean, to be held against the known one: a control that is off would hide what it steadies.
    pub fn of_control(&self, control: &Control) -> Estimated {
        let (value, spread) = (self.means[control.column], self.spreads[control.column]);
        let error = spread / (self.units.len() as f64).sqrt();
        Estimated { value, error, trials: self.units.len() as u64, probability: false, rare: None }
    }

    /// How the number answers to each column that it depends on.
    fn slopes(&self, wanted: &Wanted) -> Vec<(usize, f64)> {
        let mut at = self.means.clone();
        let mut slopes = Vec::new();
        for column in 0..at.len() {
            // A hundredth of the standard error of the mean: well inside where the formula is straight.
            let step = 0.01 * self.spreads[column] / (self.units.len() as f64).sqrt();
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
        let with =
            |condition: &dyn Fn(&Row) -> bool| self.rows.iter().filter(|row| condition(row)).count() as u64;
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
        let found = Heard::new(&rows, 1, &[]).estimate(&Wanted::ratio(&number(), 0, 1, 2.0));
        let (x, n): (f64, f64) = rows.iter().fold((0.0, 0.0), |sum, row| (sum.0 + row[0], sum.1 + row[1]));
        assert!((found.value - 2.0 * x / n).abs() < 1e-12);
        let squares: f64 = rows.iter().map(|row| (row[0] - x / n * row[1]).powi(2)).sum();
        let error = 2.0 * (squares * 300.0 / 299.0).sqrt() / n;
        assert!((found.error / error - 1.0).abs() < 1e-6, "{} {error}", found.error);
    }

    /// Blocks whose trials balance each other out leave no error, though single trials differ; their mean is the same.
    #[test]
    fn blocks_are_the_units() {
        let rows: Vec<Row> = (0..400).map(|i| vec![f64::from(i % 20), 1.0]).collect();
        let wanted = Wanted::ratio(&number(), 0, 1, 1.0);
        let (single, block) = (Heard::new(&rows, 1, &[]), Heard::new(&rows, 20, &[]));
        let (single, block) = (single.estimate(&wanted), block.estimate(&wanted));
        assert_eq!((single.value, block.value), (9.5, 9.5));
        assert!(single.error > 0.2 && block.error == 0.0 && block.trials == 20);
    }

    #[test]
    fn rare_hits_are_counted() {
        let share = crate::plan::Share { hits: 0, tries: 1, apart: (0, 1) };
        let mut rows: Vec<Row> = vec![vec![0.0, 10.0]; 200];
        rows[3][0] = 1.0;
        let found = Heard::new(&rows, 1, &[]).estimate(&Wanted::share(&number(), share));
        assert_eq!(found.rare, Some(Rare { hits: 1, tries: 2000 }));
        rows.iter_mut().take(60).for_each(|row| row[0] = 5.0);
        assert_eq!(Heard::new(&rows, 1, &[]).estimate(&Wanted::share(&number(), share)).rare, None);
    }

    /// Two controls at once give what the normal equations give: here the response is a line in both, so nothing is left.
    #[test]
    fn controls_take_out_what_they_explain() {
        let rows: Vec<Row> = (0..300)
            .map(|i| {
                let (a, b) = (f64::from(i % 7), f64::from(i % 11 + i % 7));
                vec![2.0 * a - 3.0 * b + 1.0, a, b]
            })
            .collect();
        let control = |name, column, mean| Control { name, column, mean };
        let controls = [control("a", 1, 3.1), control("b", 2, 8.2)];
        let wanted = Wanted::of(&number(), |mean| mean[0]).controlled();
        let found = Heard::new(&rows, 1, &controls).estimate(&wanted);
        assert!((found.value - (2.0 * 3.1 - 3.0 * 8.2 + 1.0)).abs() < 1e-9 && found.error < 1e-9);
        let plain = Heard::new(&rows, 1, &[]).estimate(&wanted);
        assert!(plain.error > 0.1);
    }
}
