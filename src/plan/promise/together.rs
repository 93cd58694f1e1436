//! All promises in the same trials: how often they hold together, and the lengths with which they do.

use super::player::Studied;
use super::signable;
use crate::stats::{Estimate, proportion};
use crate::time::Span;

/// Several promises at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Together {
    /// The certainty that is spoken of.
    pub certainty: f64,
    /// Share of trials in which all hold, each at the length that it needs by itself; none where one of them has no such length.
    pub each: Option<Estimate>,
    /// Lengths, whole minutes and in the order of the answers, with which all hold in the same trials with this certainty; none if no
    /// lengths do.
    pub lengths: Option<Vec<Span>>,
    /// Share of trials in which all hold with these lengths; where there are none, in which every promise has any length that is enough.
    pub all: Estimate,
    /// Whether these very lengths stood in the agreement when this was played; without deadlines that order work it does not matter.
    pub settled: bool,
}

impl Together {
    /// That no lengths are enough so surely.
    pub(super) fn none(
        certainty: f64,
        each: Option<Estimate>,
        goals: &[Vec<Option<Span>>],
        level: f64,
    ) -> Together {
        let any = goals.iter().filter(|trial| trial.iter().all(Option::is_some)).count() as u64;
        let all = proportion::wilson(any, goals.len() as u64, level);
        Together { certainty, each, lengths: None, all, settled: true }
    }
}

/// Share of trials in which all hold, each at the length that it needs by itself, whole minutes.
pub(super) fn each_by_itself(studied: &Studied, certainty: f64, level: f64) -> Option<Estimate> {
    let length = |played: &super::Played| played.goal.at(certainty, level).length.map(signable);
    let lengths: Option<Vec<Span>> = studied.played.iter().map(length).collect();
    Some(share(&studied.goals, &lengths?, level))
}

/// Share of trials in which all hold with these lengths (Wilson, 1927).
pub(super) fn share(goals: &[Vec<Option<Span>>], lengths: &[Span], level: f64) -> Estimate {
    let holds = |trial: &&Vec<Option<Span>>| {
        trial.iter().zip(lengths).all(|(need, length)| need.is_some_and(|need| need <= *length))
    };
    proportion::wilson(goals.iter().filter(holds).count() as u64, goals.len() as u64, level)
}

/// Lengths, whole minutes, with which all promises hold together in at least this share of trials. All are made as sure as each other: each is
/// enough by itself in the same share of trials, and that share is raised until all together are enough in the wanted one. `None` if no lengths are.
pub(super) fn lengths(goals: &[Vec<Option<Span>>], certainty: f64) -> Option<Vec<Span>> {
    let places = goals.first()?.len();
    let sorted: Vec<Vec<Span>> = (0..places)
        .map(|place| {
            let mut needs: Vec<Span> = goals.iter().filter_map(|trial| trial[place]).map(signable).collect();
            needs.sort_unstable();
            needs
        })
        .collect();
    // How many trials must be enough, promise by promise, for this one to be among them in all.
    let rank = |trial: &Vec<Option<Span>>| -> Option<usize> {
        let ranks = trial.iter().zip(&sorted).map(|(need, sorted)| {
            let need = signable((*need)?);
            Some(sorted.partition_point(|other| *other < need))
        });
        ranks.collect::<Option<Vec<usize>>>().map(|ranks| ranks.into_iter().max().unwrap_or(0))
    };
    let mut ranks: Vec<usize> = goals.iter().filter_map(rank).collect();
    ranks.sort_unstable();
    let wanted = ((certainty * goals.len() as f64 - 1e-9).ceil() as usize).max(1);
    let rank = *ranks.get(wanted - 1)?;
    sorted.iter().map(|needs| needs.get(rank).or(needs.last()).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two promises whose bad trials are not the same: each by itself is enough in 9 of 10 trials at 9 min, both in 8 only.
    #[test]
    fn what_is_enough_for_each_is_not_enough_for_all() {
        let minutes = |n: i64| Some(Span::minutes(n));
        let goals: Vec<Vec<Option<Span>>> = (1..=10).map(|n| vec![minutes(n), minutes(11 - n)]).collect();
        let nine = [Span::minutes(9), Span::minutes(9)];
        assert_eq!(share(&goals, &nine, 0.95).value, 0.8);
        assert_eq!(lengths(&goals, 0.8), Some(nine.to_vec()));
        assert_eq!(lengths(&goals, 0.9), Some(vec![Span::minutes(10), Span::minutes(10)]));
    }

    #[test]
    fn no_lengths_are_enough_where_trials_have_none() {
        let minutes = |n: i64| Some(Span::minutes(n));
        let goals: Vec<Vec<Option<Span>>> =
            (1..=10).map(|n| vec![minutes(n), (n > 2).then(|| Span::minutes(5))]).collect();
        assert_eq!(lengths(&goals, 0.9), None);
        // the second promise is enough at 5 min or never, so the first alone decides
        assert_eq!(lengths(&goals, 0.8), Some(vec![Span::minutes(10), Span::minutes(5)]));
        let none = Together::none(0.9, None, &goals, 0.95);
        assert_eq!((none.lengths, none.all.value), (None, 0.8));
    }

    /// The lengths found are the tightest on their way: with one trial fewer for each promise, all hold together in fewer than wanted.
    #[test]
    fn the_lengths_are_just_enough() {
        let goals: Vec<Vec<Option<Span>>> = (0..100)
            .map(|n| [7, 13, 29].map(|step| Some(Span::minutes(1 + n * step % 101))).to_vec())
            .collect();
        let found = lengths(&goals, 0.9).expect("every trial has lengths");
        assert!(share(&goals, &found, 0.95).value >= 0.9);
        let tighter: Vec<Span> = found.iter().map(|length| *length - Span::minutes(1)).collect();
        assert!(share(&goals, &tighter, 0.95).value < 0.9, "{found:?}");
    }
}
