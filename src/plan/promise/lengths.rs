//! What trials needed of a promise, in order: the length that is enough with a wanted certainty, and how often a length is enough.

use crate::stats::quantile::ranks;
use crate::stats::{Estimate, proportion};
use crate::time::Span;

/// What trials needed, in ascending order; infinite last.
#[derive(Debug, Clone, PartialEq)]
pub struct Lengths(Vec<Option<Span>>);

impl Lengths {
    /// From what every trial needed, in any order.
    pub(super) fn of(mut lengths: Vec<Option<Span>>) -> Self {
        lengths.sort_by_key(|length| length.unwrap_or(Span::MAX));
        Lengths(lengths)
    }

    /// Number of trials.
    pub fn trials(&self) -> u64 {
        self.0.len() as u64
    }

    /// The shortest length that is enough in at least this share of trials (an order statistic), with its distribution-free interval
    /// (David & Nagaraja, Order Statistics, ch. 7).
    pub fn at(&self, certainty: f64, level: f64) -> Tightest {
        let n = self.trials();
        let rank = ((certainty * n as f64 - 1e-9).ceil() as u64).clamp(1, n.max(1));
        let of = |rank: u64| self.0.get(rank as usize - 1).copied().flatten();
        let ends = ranks(n, certainty, level);
        Tightest { length: of(rank), low: ends.lower.and_then(of), high: ends.upper.and_then(of) }
    }

    /// Share of trials in which this length is enough (Wilson, 1927).
    pub fn holds(&self, length: Span, level: f64) -> Estimate {
        let enough = self.0.iter().filter(|need| need.is_some_and(|need| need <= length)).count() as u64;
        proportion::wilson(enough, self.trials(), level)
    }

    /// Share of trials in which no length is enough.
    pub fn never(&self) -> f64 {
        self.0.iter().filter(|need| need.is_none()).count() as f64 / self.0.len().max(1) as f64
    }

    /// Finite lengths with the share of trials for which each is enough.
    pub fn steps(&self) -> impl Iterator<Item = (Span, f64)> + '_ {
        let n = self.0.len() as f64;
        self.0.iter().enumerate().filter_map(move |(place, need)| Some(((*need)?, (place + 1) as f64 / n)))
    }
}

/// The shortest length that is enough; none where no length is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tightest {
    /// The length.
    pub length: Option<Span>,
    /// Lower end of its interval, if trials are enough to tell.
    pub low: Option<Span>,
    /// Upper end; none where the trials cannot bound it.
    pub high: Option<Span>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tightest_is_an_order_statistic() {
        let lengths = Lengths::of((1..=100).rev().map(|n| (n <= 97).then(|| Span::minutes(n))).collect());
        let at = lengths.at(0.9, 0.95);
        assert_eq!(at.length, Some(Span::minutes(90)));
        assert!(at.low < at.length && at.high > at.length);
        assert_eq!(lengths.at(0.99, 0.95).length, None);
        assert_eq!(lengths.never(), 0.03);
        assert_eq!(lengths.holds(Span::minutes(50), 0.95).value, 0.5);
    }
}
