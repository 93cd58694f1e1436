//! What a commitment's numbers mean in one word: holds, misses, coin flip, at risk, or too few trials to tell.

use crate::stats::Estimate;
use schemars::JsonSchema;
use serde::Serialize;

/// From this share of trials kept on, a promise holds.
pub const HOLDS_FROM: f64 = 0.90;
/// Between these shares it is a coin flip; below it misses; above, but short of holding, it is at risk.
pub const COIN_FLIP: (f64, f64) = (0.35, 0.65);

/// The word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Kept in nine of ten trials or more.
    Holds,
    /// Kept in fewer than about a third.
    Misses,
    /// Kept in about half of all trials.
    CoinFlip,
    /// Kept more often than not, but not reliably.
    AtRisk,
    /// So few trials that it may hold or miss.
    TooFewTrials,
}

impl Verdict {
    /// From the share of trials that reach the goal, by one rule for all promises.
    pub fn of(holds: &Estimate) -> Verdict {
        // an interval that reaches from "misses" to "more often than not" says nothing
        let sure = holds.low.is_some_and(|low| low >= COIN_FLIP.0)
            || holds.high.is_some_and(|high| high <= COIN_FLIP.1);
        match holds.value {
            _ if !sure => Verdict::TooFewTrials,
            held if held >= HOLDS_FROM => Verdict::Holds,
            held if held < COIN_FLIP.0 => Verdict::Misses,
            held if held <= COIN_FLIP.1 => Verdict::CoinFlip,
            _ => Verdict::AtRisk,
        }
    }

    /// With its sign, for a table.
    pub fn marked(self) -> &'static str {
        match self {
            Verdict::Holds => "✓ holds",
            Verdict::Misses => "✗ misses",
            Verdict::CoinFlip => "~ coin flip",
            Verdict::AtRisk => "~ at risk",
            Verdict::TooFewTrials => "? too few",
        }
    }

    /// The answer at the top of the page.
    pub fn answer(self) -> &'static str {
        match self {
            Verdict::Holds => "YES",
            Verdict::Misses => "NO",
            Verdict::CoinFlip => "COIN FLIP",
            Verdict::AtRisk => "AT RISK",
            Verdict::TooFewTrials => "UNCLEAR",
        }
    }

    /// After the quoted promise: `"Tier 1 within 15 minutes" does not hold`.
    pub fn predicate(self) -> &'static str {
        match self {
            Verdict::Holds => "holds",
            Verdict::Misses => "does not hold",
            Verdict::CoinFlip => "is a coin flip",
            Verdict::AtRisk => "holds more often than not, but is at risk",
            Verdict::TooFewTrials => "may hold or not, these trials are too few to tell",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::proportion::wilson;

    #[test]
    fn the_word_follows_the_share_of_trials() {
        let of = |k, n| Verdict::of(&wilson(k, n, 0.95));
        assert_eq!(of(0, 1000), Verdict::Misses);
        assert_eq!(of(200, 1000), Verdict::Misses);
        assert_eq!(of(500, 1000), Verdict::CoinFlip);
        assert_eq!(of(760, 1000), Verdict::AtRisk);
        assert_eq!(of(940, 1000), Verdict::Holds);
    }

    #[test]
    fn a_handful_of_trials_decides_only_what_it_can() {
        let of = |k, n| Verdict::of(&wilson(k, n, 0.95));
        assert_eq!(
            (of(0, 1), of(1, 1), of(1, 2), of(5, 10)),
            (Verdict::TooFewTrials, Verdict::TooFewTrials, Verdict::TooFewTrials, Verdict::TooFewTrials)
        );
        assert_eq!((of(0, 5), of(5, 5)), (Verdict::Misses, Verdict::Holds));
    }

    #[test]
    fn the_word_changes_at_its_marks() {
        let of = |k| Verdict::of(&wilson(k, 1000, 0.95));
        assert_eq!((of(349), of(350)), (Verdict::Misses, Verdict::CoinFlip));
        assert_eq!((of(650), of(651)), (Verdict::CoinFlip, Verdict::AtRisk));
        assert_eq!((of(899), of(900)), (Verdict::AtRisk, Verdict::Holds));
    }
}
