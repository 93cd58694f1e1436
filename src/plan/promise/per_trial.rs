//! What one trial needs of one promise: the shortest length for its goal, and the shortest that calls no review.

use crate::model::{Goal, Model};
use crate::plan::needed::{Need, shortest};
use crate::time::{Instant, Span};

/// What one trial needs of one promise.
pub(super) struct PerTrial {
    /// The shortest length with which the goal over the horizon is reached; `None` if no length is enough.
    pub goal: Option<Span>,
    /// The shortest with which no review is called.
    pub no_review: Option<Span>,
    /// Leads that some length counts as kept.
    pub attempted: u64,
    /// Leads that no length does; those rejected in time, or still open, are neither.
    pub never: u64,
    /// Whether fewer weeks had leads than call for a review.
    pub few_weeks: bool,
    /// Leads the promise is about.
    pub leads: u64,
    /// By day that is tried, whether it was enough for the goal, for no review, for both.
    pub days: Vec<[bool; 3]>,
}

impl PerTrial {
    /// From what every lead needed.
    pub fn of(model: &Model, needs: &[(Instant, Need)], goal: Goal, review_after: usize) -> Self {
        let horizon = &model.horizon;
        let holds = |kept, judged| goal.holds(kept, judged);
        let mut weeks: Vec<Vec<Need>> = vec![Vec::new(); horizon.weeks.len()];
        for (begun, need) in needs {
            if let Some(week) = horizon.week_of(*begun) {
                weeks[week].push(*need);
            }
        }
        // A partial week is not judged; one without leads neither breaks a run nor makes it longer.
        let judged =
            weeks.into_iter().zip(&horizon.weeks).filter(|(week, period)| period.whole && !week.is_empty());
        let by_week: Vec<Option<Span>> = judged.map(|(week, _)| shortest(week.into_iter(), holds)).collect();
        PerTrial {
            goal: shortest(needs.iter().map(|need| need.1), holds),
            no_review: without_review(&by_week, review_after),
            attempted: needs.iter().filter(|need| matches!(need.1, Need::KeptFrom(_))).count() as u64,
            never: needs.iter().filter(|need| need.1 == Need::Never).count() as u64,
            few_weeks: by_week.len() < review_after.max(1),
            leads: needs.len() as u64,
            days: Vec::new(),
        }
    }

    /// Whether some length was enough for the goal, for no review, for both: of one target, whether that was.
    pub fn enough(&self) -> [bool; 3] {
        [self.goal.is_some(), self.no_review.is_some(), self.both().is_some()]
    }

    /// What both together need.
    pub fn both(&self) -> Option<Span> {
        self.goal.zip(self.no_review).map(|(goal, review)| goal.max(review))
    }
}

/// The shortest length with which no `run` weeks in a row fall below their goal: in every such run some week must be kept, so the longest
/// of the shortest.
fn without_review(weeks: &[Option<Span>], run: usize) -> Option<Span> {
    let length = |week: &Option<Span>| week.unwrap_or(Span::MAX);
    let hardest =
        weeks.windows(run.max(1)).map(|run| run.iter().map(length).min().unwrap_or(Span::ZERO)).max();
    hardest.map_or(Some(Span::ZERO), |hardest| (hardest < Span::MAX).then_some(hardest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_review_needs_weeks_in_a_row() {
        let weeks = [3, 9, 4, 8, 7, 2].map(|n| Some(Span::minutes(n)));
        // pairs: 3 4 4 7 2 → 7; threes: 3 4 4 2 → 4
        assert_eq!(without_review(&weeks, 2), Some(Span::minutes(7)));
        assert_eq!(without_review(&weeks, 3), Some(Span::minutes(4)));
        assert_eq!(without_review(&weeks, 7), Some(Span::ZERO));
        assert_eq!(without_review(&[None, None], 2), None);
        assert_eq!(without_review(&[None, Some(Span::minutes(1)), None], 2), Some(Span::minutes(1)));
    }
}
