//! What was promised, as data: from which milestone to which, how soon on which clock, for which leads, and how often.

use super::TierId;
use crate::time::{Span, Target};

/// All commitments, in the order they are reported.
#[derive(Debug, Clone)]
pub struct Agreement {
    /// The commitments.
    pub commitments: Vec<Commitment>,
    /// Whether a lead counts as disposed when it is reviewed (else at its first attempt or rejection).
    pub disposed_on_review: bool,
}

impl Agreement {
    /// The promise the whole agreement is named after, by its place: the first timed first attempt, else the first commitment.
    pub fn headline(&self) -> Option<usize> {
        let is_first_attempt =
            |c: &Commitment| matches!(c.promise, Promise::Timed { to: Milestone::Attempted, .. });
        let first = self.commitments.iter().position(is_first_attempt);
        first.or(if self.commitments.is_empty() { None } else { Some(0) })
    }
}

/// One commitment.
#[derive(Debug, Clone)]
pub struct Commitment {
    /// "S1", "M9", … as in the agreement.
    pub id: String,
    /// What it says, for the table: "Tier 1, first attempt".
    pub title: String,
    /// What must happen.
    pub promise: Promise,
    /// Which leads it covers.
    pub scope: Scope,
    /// How often it must be kept.
    pub goal: Goal,
}

/// Which leads a commitment covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Labelled tiers; empty for all.
    pub tiers: Vec<TierId>,
    /// Only leads created in (`Some(true)`) or outside (`Some(false)`) the lead's business hours; `None` for both.
    pub in_hours: Option<bool>,
}

/// What must happen.
#[derive(Debug, Clone)]
pub enum Promise {
    /// `to` within `within` of `from`; a lead created while closed is due at the later of that and `after_hours`.
    Timed {
        /// Starts the clock.
        from: Milestone,
        /// Stops it.
        to: Milestone,
        /// For leads created in business hours.
        within: Clock,
        /// For leads created while closed: the later of this and `within`.
        after_hours: Option<Clock>,
    },
    /// Attempts before "unresponsive".
    Persistence(Persistence),
    /// At least so many new MQLs a calendar month.
    MonthlyVolume {
        /// MQLs, passes of recycled leads not counted.
        target: f64,
    },
    /// Less than this share of the month's reviewed MQLs rejected.
    RejectionBelow {
        /// Share, exclusive.
        share: f64,
    },
}

/// Persistence before "unresponsive": at least so many attempts, spread over days and channels. A clause of zero asks for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Persistence {
    /// Attempts, all channels.
    pub attempts: u32,
    /// Within so many business days of the first.
    pub within_days: u32,
    /// Attempts by phone, on how many days.
    pub phone: (u32, u32),
    /// Attempts by email, on how many days.
    pub email: (u32, u32),
    /// Attempts by LinkedIn, by segment.
    pub linkedin: Vec<u32>,
    /// Distinct business days with an attempt.
    pub days: u32,
    /// At most this many attempts on one local day of the lead; none for no limit.
    pub most_per_day: Option<u32>,
    /// Least time between one attempt and the next, wall time.
    pub pause: Span,
}

/// A target on a named clock.
#[derive(Debug, Clone)]
pub struct Clock {
    /// How long, or by when.
    pub target: Target,
    /// As written, for reports: "15 business min".
    pub text: String,
}

/// A stamp in a lead's life that a clock may start or stop at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Milestone {
    /// Became an MQL.
    Created,
    /// Left the automation (or the hold) towards sales.
    Routed,
    /// Got a name on it (for the pool: was shown to it).
    Assigned,
    /// First attempt began.
    Attempted,
    /// Accepted or rejected.
    Disposed,
}

/// How often a commitment must be kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    /// Share of leads (timed, persistence), compared exactly: kept >= share × judged. For monthly promises: share of whole months.
    pub share: f64,
    /// Whether the agreement states it, or leadsim supplied it.
    pub stated: bool,
}

impl Goal {
    /// Whether `kept` of `judged` holds; no leads: holds. Exact for goals written with up to six decimals.
    pub fn holds(&self, kept: u64, judged: u64) -> bool {
        let millionths = (self.share * 1e6).round() as u128;
        u128::from(kept) * 1_000_000 >= millionths * u128::from(judged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_compared_without_rounding() {
        let goal = Goal { share: 0.9, stated: true };
        assert!(goal.holds(9, 10) && goal.holds(90, 100) && goal.holds(0, 0));
        assert!(!goal.holds(89, 99) || 89 * 10 >= 9 * 99);
        assert!(!goal.holds(899_999, 1_000_000) && goal.holds(900_000, 1_000_000));
    }
}
