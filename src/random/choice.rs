//! A weighted pick from a short list: tier mixes, zones, reasons, days out.

/// Weights over `0..len`, picked by one uniform draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Running sums of the shares; the last is exactly 1.
    cumulative: Vec<f64>,
}

impl Choice {
    /// Makes a choice from weights (any positive scale). `None` if a weight is negative or not finite, or all are zero.
    pub fn new(weights: &[f64]) -> Option<Self> {
        let total: f64 = weights.iter().sum();
        if weights.iter().any(|w| !w.is_finite() || *w < 0.0) || !total.is_finite() || total <= 0.0 {
            return None;
        }
        let mut sum = 0.0;
        let mut cumulative: Vec<f64> = weights
            .iter()
            .map(|w| {
                sum += w;
                sum / total
            })
            .collect();
        // Trailing zero weights must stay impossible, so 1 is set from the last positive weight on.
        let last = weights.iter().rposition(|w| *w > 0.0).expect("the total is positive");
        cumulative[last..].fill(1.0);
        Some(Choice { cumulative })
    }

    /// A certain outcome, number 0.
    pub fn certain() -> Self {
        Choice { cumulative: vec![1.0] }
    }

    /// The outcome at the uniform draw `u` in (0, 1).
    #[inline]
    pub fn pick(&self, u: f64) -> usize {
        self.cumulative.iter().position(|&c| u < c).unwrap_or(self.cumulative.len() - 1)
    }

    /// The probability of outcome `i`.
    pub fn share(&self, i: usize) -> f64 {
        self.cumulative[i] - if i == 0 { 0.0 } else { self.cumulative[i - 1] }
    }

    /// How many outcomes there are.
    pub fn len(&self) -> usize {
        self.cumulative.len()
    }

    /// Never: a choice has at least one outcome.
    pub fn is_empty(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picks_by_share_and_never_a_zero() {
        let choice = Choice::new(&[2.0, 0.0, 6.0, 0.0]).expect("valid weights");
        assert_eq!([0.1, 0.24, 0.26, 0.999_999].map(|u| choice.pick(u)), [0, 0, 2, 2]);
        assert_eq!((choice.share(0), choice.share(1), choice.share(2)), (0.25, 0.0, 0.75));
        assert!(
            Choice::new(&[0.0]).is_none()
                && Choice::new(&[-1.0, 2.0]).is_none()
                && Choice::new(&[]).is_none()
        );
    }
}
