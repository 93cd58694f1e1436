//! Which input matters most: each input's share of the variance of a result, alone and with all it interacts with.

/// One input's share of the variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// By itself: first-order index.
    pub alone: f64,
    /// With everything it interacts with: total index.
    pub total: f64,
}

/// Points at which to evaluate a result (Saltelli 2002): two independent tables of inputs, and for every input the first table
/// with that input's column taken from the second.
#[derive(Debug, Clone, PartialEq)]
pub struct Design {
    /// First table: one row of inputs a point.
    pub first: Vec<Vec<f64>>,
    /// Second table.
    pub second: Vec<Vec<f64>>,
}

impl Design {
    /// A design of `points` points in `inputs` inputs, from a source of uniform numbers.
    pub fn new(points: usize, inputs: usize, mut uniform: impl FnMut() -> f64) -> Self {
        let mut table = || (0..points).map(|_| (0..inputs).map(|_| uniform()).collect()).collect();
        Design { first: table(), second: table() }
    }

    /// The first table with column `input` from the second.
    pub fn mixed(&self, input: usize) -> impl Iterator<Item = Vec<f64>> + '_ {
        self.first.iter().zip(&self.second).map(move |(first, second)| {
            let mut row = first.clone();
            row[input] = second[input];
            row
        })
    }
}

/// Shares of variance from the results at a design's points: `first` and `second` for its two tables, `mixed[i]` for the table
/// mixed in input i. First-order indices by Saltelli et al. 2010, total ones by Jansen 1999. Give conditional means (or
/// many trials a point): the noise of trials would count as everybody's total. `None` when numbers of results differ or
/// the results never vary.
pub fn shares(first: &[f64], second: &[f64], mixed: &[Vec<f64>]) -> Option<Vec<Share>> {
    let points = first.len();
    if points < 2 || second.len() != points || mixed.iter().any(|results| results.len() != points) {
        return None;
    }
    let all: Vec<f64> = first.iter().chain(second).copied().collect();
    let variance = super::mean::variance(&all).filter(|variance| *variance > 0.0)?;
    let centre = super::mean::average(&all);
    let n = points as f64;
    let of_input = |results: &Vec<f64>| {
        let (mut alone, mut total) = (0.0, 0.0);
        for ((a, b), c) in first.iter().zip(second).zip(results) {
            // Centred: the mean adds nothing but noise.
            alone += (b - centre) * (c - a);
            total += (a - c) * (a - c);
        }
        Share { alone: alone / n / variance, total: total / (2.0 * n) / variance }
    };
    Some(mixed.iter().map(of_input).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Key;

    fn found(points: usize, inputs: usize, result: impl Fn(&[f64]) -> f64) -> Vec<Share> {
        let mut count = 0;
        let design = Design::new(points, inputs, || {
            count += 1;
            Key::root(5).uniform(0, count)
        });
        let at = |table: &[Vec<f64>]| table.iter().map(|row| result(row)).collect::<Vec<f64>>();
        let mixed: Vec<Vec<f64>> =
            (0..inputs).map(|input| design.mixed(input).map(|row| result(&row)).collect()).collect();
        shares(&at(&design.first), &at(&design.second), &mixed).unwrap()
    }

    /// x + 2y on the unit square: shares 1/5 and 4/5, nothing shared.
    #[test]
    fn a_sum_splits_by_squares() {
        let shares = found(40_000, 2, |x| x[0] + 2.0 * x[1]);
        for (share, exact) in shares.iter().zip([0.2, 0.8]) {
            assert!((share.alone - exact).abs() < 0.03 && (share.total - exact).abs() < 0.03, "{share:?}");
        }
    }

    /// The product of two centred numbers: nothing alone, everything together.
    #[test]
    fn a_product_is_all_interaction() {
        for share in found(40_000, 2, |x| (x[0] - 0.5) * (x[1] - 0.5)) {
            assert!(share.alone.abs() < 0.03 && (share.total - 1.0).abs() < 0.05, "{share:?}");
        }
    }

    #[test]
    fn results_that_never_vary_have_no_shares() {
        assert_eq!(shares(&[1.0, 1.0], &[1.0, 1.0], &[vec![1.0, 1.0]]), None);
        assert_eq!(shares(&[1.0, 2.0], &[1.0], &[]), None);
    }
}
