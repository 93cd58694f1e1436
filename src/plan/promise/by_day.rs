//! Promises that name a day or a time of day: how often they hold as written, and how often tighter and looser days would.

use crate::stats::{Estimate, proportion};
use crate::time::Target;

/// One promise by the day, and in how many trials it was enough.
#[derive(Debug, Clone, PartialEq)]
pub struct Rung {
    /// What is promised.
    pub target: Target,
    /// Whether it is what the agreement says.
    pub written: bool,
    /// Trials in which it was enough: for the goal, for no review, for both.
    pub enough: [u64; 3],
    /// Trials.
    pub trials: u64,
}

impl Rung {
    /// Share of trials in which it was enough for the goal (0), for no review (1) or for both (2) (Wilson, 1927).
    pub fn holds(&self, purpose: usize, level: f64) -> Estimate {
        proportion::wilson(self.enough[purpose], self.trials, level)
    }
}

/// The tightest of these, from tight to loose, that was enough for a purpose in at least this share of trials.
pub fn tightest(rungs: &[Rung], purpose: usize, certainty: f64) -> Option<&Rung> {
    let wanted = |rung: &&Rung| rung.enough[purpose] as f64 >= certainty * rung.trials as f64 - 1e-9;
    rungs.iter().find(wanted)
}

/// Days that are tried beside the one written.
const LADDER: [Target; 9] = [
    Target::CloseOfBusinessDay(0),
    Target::ByTime { minute_of_day: 10 * 60, business_days: 1 },
    Target::ByTime { minute_of_day: 12 * 60, business_days: 1 },
    Target::BusinessDays(1),
    Target::CloseOfBusinessDay(1),
    Target::BusinessDays(2),
    Target::BusinessDays(3),
    Target::BusinessDays(5),
    Target::BusinessDays(10),
];

/// The promise as written among the days that are tried, from tight to loose; none where it is an amount of time.
pub(super) fn targets(written: Target) -> Vec<Target> {
    if matches!(written, Target::Wall(_) | Target::Business(_)) {
        return Vec::new();
    }
    let mut all: Vec<Target> = LADDER.into_iter().filter(|target| *target != written).collect();
    all.push(written);
    all.sort_by_key(|target| nominal(*target));
    all
}

/// Minutes until due for a lead that comes at noon, so that targets have an order; which of two is tighter for one lead depends on its hour.
fn nominal(target: Target) -> i64 {
    const DAY: i64 = 24 * 60;
    const NOON: i64 = DAY / 2;
    const CLOSE: i64 = 18 * 60;
    match target {
        Target::Wall(span) | Target::Business(span) | Target::SkippingClosedDays(span) => {
            NOON + span.as_minutes().round() as i64
        }
        Target::BusinessDays(days) => NOON + i64::from(days) * DAY,
        // a time of day that is past at noon is the next day's
        Target::ByTime { minute_of_day, business_days: 0 } if i64::from(minute_of_day) < NOON => {
            i64::from(minute_of_day) + DAY
        }
        Target::ByTime { minute_of_day, business_days } => {
            i64::from(minute_of_day) + i64::from(business_days) * DAY
        }
        Target::CloseOfBusinessDay(days) => CLOSE + i64::from(days) * DAY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

    #[test]
    fn what_is_written_stands_where_it_belongs() {
        assert!(targets(Target::Business(Span::minutes(15))).is_empty());
        let nine = Target::ByTime { minute_of_day: 9 * 60, business_days: 1 };
        let all = targets(nine);
        assert_eq!(all.len(), LADDER.len() + 1);
        assert_eq!(&all[..3], &[LADDER[0], nine, LADDER[1]]);
        // one that is among them already stands there once
        assert_eq!(targets(Target::BusinessDays(1)), LADDER);
    }

    #[test]
    fn the_tightest_is_the_first_that_is_enough() {
        let rung = |target, goal| Rung { target, written: false, enough: [goal, 0, 0], trials: 10 };
        let rungs = [rung(LADDER[0], 5), rung(LADDER[1], 9), rung(LADDER[2], 10)];
        assert_eq!(tightest(&rungs, 0, 0.9).map(|rung| rung.target), Some(LADDER[1]));
        assert_eq!(tightest(&rungs, 1, 0.9), None);
    }
}
