//! What the trials can tell of a team and a goal: whether it reaches it, and whether it does so sooner than another team.

use super::turning::{Line, Needed, VolumePoint};
use crate::stats::{Estimate, paired};

/// Whether some volume played reaches a goal with the wanted probability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reaching {
    /// At some volume the whole interval of the probability lies at the wanted one or above.
    Reaches,
    /// At no volume does the interval reach it.
    DoesNot,
    /// Intervals hold it on both sides, or there are too few trials for one.
    CannotTell,
}

impl Reaching {
    /// From the probabilities of all volumes.
    pub(super) fn of(chances: &[Estimate], wanted: f64) -> Reaching {
        if chances.iter().any(|chance| chance.low.is_some_and(|low| low >= wanted)) {
            Reaching::Reaches
        } else if chances.iter().all(|chance| chance.high.is_some_and(|high| high < wanted)) {
            Reaching::DoesNot
        } else {
            Reaching::CannotTell
        }
    }

    /// Yes or no; none where it cannot be told.
    pub fn told(self) -> Option<bool> {
        match self {
            Reaching::Reaches => Some(true),
            Reaching::DoesNot => Some(false),
            Reaching::CannotTell => None,
        }
    }
}

impl Line {
    /// Whether some volume played surely reaches the goal with the wanted probability.
    pub fn reaches(&self) -> bool {
        self.reaching == Reaching::Reaches
    }

    /// The volume with the best probability.
    pub fn best(&self) -> &VolumePoint {
        let best = self.points.iter().max_by(|a, b| a.chance.value.total_cmp(&b.chance.value));
        best.expect("a line has a point")
    }

    /// How many MQLs the answer names, if it names any.
    pub fn named(&self) -> Option<f64> {
        match self.needed {
            Needed::Leads { leads, .. } | Needed::AtMost { leads } => Some(leads),
            Needed::NotReached { .. } => None,
        }
    }

    /// The other's probability to reach the goal minus this one's, both with the MQLs that this one needs, trial by trial on the same luck; between
    /// volumes played along a straight line. `None` where one of them was not played on both sides of that number.
    pub fn other_minus_own(&self, other: &Line, level: f64) -> Option<Estimate> {
        let leads = self.named()?;
        let (own, theirs) = (self.with(leads)?, other.with(leads)?);
        let trials = own.len().min(theirs.len());
        paired::means(&own[..trials], &theirs[..trials], level).ok()
    }

    /// The probability by trial with so many MQLs.
    fn with(&self, leads: f64) -> Option<Vec<f64>> {
        let after = self.points.iter().position(|point| point.leads >= leads - 1e-9)?;
        if (self.points[after].leads - leads).abs() <= 1e-9 {
            return Some(self.chances[after].clone());
        }
        let before = after.checked_sub(1)?;
        let (from, to) = (self.points[before].leads, self.points[after].leads);
        let part = (leads - from) / (to - from);
        let pairs = self.chances[before].iter().zip(&self.chances[after]);
        Some(pairs.map(|(low, high)| low + part * (high - low)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::volume::{Judge, Played};
    use crate::stats::Method;

    fn chance(low: f64, high: f64) -> Estimate {
        Estimate::with_interval((low + high) / 2.0, (low, high), 0.95, Method::StudentT, 64)
    }

    #[test]
    fn a_goal_inside_the_interval_is_neither_reached_nor_missed() {
        let near = chance(0.869, 0.930);
        assert_eq!(Reaching::of(&[chance(0.2, 0.3), near], 0.901), Reaching::CannotTell);
        assert_eq!(Reaching::of(&[near, chance(0.91, 0.95)], 0.901), Reaching::Reaches);
        assert_eq!(Reaching::of(&[chance(0.2, 0.3), near], 0.94), Reaching::DoesNot);
        let one_trial = Estimate::bare(1.0, 0.95, Method::StudentT, 1);
        assert_eq!(Reaching::of(&[one_trial], 0.5), Reaching::CannotTell);
    }

    /// Two teams of which the second holds two meetings fewer of about sixty in every trial, while luck moves both by thirty: their own intervals have nearly all
    /// in common, and yet the second surely has the lesser chance.
    #[test]
    fn teams_on_the_same_luck_are_told_apart_though_their_intervals_overlap() {
        let judge = Judge::new(15.0, 0.8, 0.25, None, 500e3, 0.95);
        let played = |times: f64, less: f64| {
            let held: Vec<f64> = (0..60).map(|n| times * (45.0 + f64::from(n * 17 % 31) - less)).collect();
            Played {
                times,
                mqls: vec![100.0 * times; held.len()],
                expected: held.iter().map(|held| held / 4.0).collect(),
                opportunities: vec![0.0; held.len()],
                pipeline: vec![0.0; held.len()],
                held,
            }
        };
        let line = |reps, less| Line::of(reps, vec![played(1.0, less), played(2.0, less)], &judge, 0.8);
        let (six, five) = (line(6, 0.0), line(5, 2.0));
        let (Needed::Leads { high: Some(high), .. }, Needed::Leads { low: Some(low), .. }) =
            (&six.needed, &five.needed)
        else {
            panic!("{:?} {:?}", six.needed, five.needed)
        };
        assert!(low < high, "their intervals overlap");
        let behind = six.other_minus_own(&five, 0.95).expect("both were played around it");
        assert!(behind.high.is_some_and(|high| high < 0.0), "{behind:?}");
        let none = six.other_minus_own(&six, 0.95).expect("played");
        assert_eq!((none.value, none.low, none.high), (0.0, Some(0.0), Some(0.0)));
    }
}
