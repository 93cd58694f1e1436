//! The tightest promise: how many minutes per tier this team can sign so that the goal holds with a wanted certainty.

use super::needed::{Measure, Need, Needs};
use super::promise_trial::PerTrial;
use crate::model::{Goal, Milestone, Model, Promise, TieBreak};
use crate::stats::quantile::ranks;
use crate::stats::{Estimate, proportion};
use crate::study::{DecayRefused, Failure, Pilot, Progress, panic_message};
use crate::time::{Instant, Span};
use crate::trial::{self, Prepared};
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// Promises of a first attempt, by their place in the agreement.
    pub commitments: Vec<usize>,
    /// Wanted certainties, ascending: 0.8, 0.9, 0.95.
    pub certainties: Vec<f64>,
    /// Goal instead of each promise's own, a share of leads.
    pub goal: Option<f64>,
    /// Weeks in a row below goal that call for a breach review.
    pub review_after: usize,
    /// Trials.
    pub trials: u64,
    /// Seed of all luck.
    pub seed: u64,
    /// Confidence level of intervals.
    pub level: f64,
}

/// What trials needed, in ascending order; infinite last.
#[derive(Debug, Clone, PartialEq)]
pub struct Lengths(Vec<Option<Span>>);

impl Lengths {
    fn of(mut lengths: Vec<Option<Span>>) -> Self {
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

/// One promise, under the targets at which one certainty was played.
#[derive(Debug, Clone)]
pub struct Played {
    /// What the goal over the horizon needs.
    pub goal: Lengths,
    /// What it takes that no weeks in a row fall below the goal.
    pub no_review: Lengths,
    /// What both together need.
    pub both: Lengths,
    /// The length that stood in the agreement when this was played; none for the agreement as written.
    pub target: Option<Span>,
    /// Share of leads that any length would count as kept, over all trials.
    pub ever: f64,
}

/// One promise of the agreement, answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its place in the agreement.
    pub commitment: usize,
    /// On which clock it is measured.
    pub measure: Measure,
    /// The goal it is held against.
    pub goal: f64,
    /// Under the agreement as written.
    pub as_written: Played,
    /// By wanted certainty: the study that answers it; fewer if the user stopped it.
    pub by_certainty: Vec<Played>,
}

/// All answers.
#[derive(Debug, Clone)]
pub struct Promises {
    /// One a promise.
    pub answers: Vec<Answer>,
    /// Whether the order of work depends on deadlines, so that each certainty was played with targets of its own.
    pub searched: bool,
    /// Trials played in all.
    pub trials: u64,
    /// Trials of the agreement as written: fewer than wanted if the user stopped it there.
    pub of_each: u64,
    /// Whether the user stopped it.
    pub stopped: bool,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum PromiseError {
    /// The decay curve cannot be true.
    #[error(transparent)]
    Decay(#[from] DecayRefused),
    /// A trial failed.
    #[error(transparent)]
    Trial(#[from] Failure),
}

/// Whether anything anybody does depends on how long a promise is: who takes work by its deadline does.
pub fn depends_on_targets(model: &Model) -> bool {
    model.groups.iter().any(|group| group.order.then == TieBreak::DueFirst)
}

/// Promises of a first attempt, by their place in the agreement.
pub fn first_attempts(model: &Model) -> Vec<usize> {
    let timed = |i: &usize| {
        matches!(
            model.agreement.commitments[*i].promise,
            Promise::Timed {
                to: Milestone::Attempted,
                from: Milestone::Created | Milestone::Routed | Milestone::Assigned,
                ..
            }
        )
    };
    (0..model.agreement.commitments.len()).filter(timed).collect()
}

/// Rounds of a search at most; each plays the targets that the one before found.
const ROUNDS: usize = 4;

/// Answers every promise for every certainty. Where no work is ordered by deadlines one study answers all, exactly; else each certainty
/// is played with its own targets until these are what the study itself finds.
///
/// # Errors
///
/// [`PromiseError`]: a decay curve that cannot be true, or a trial that failed.
pub fn promise(
    model: &Model,
    base: &Model,
    wanted: &Wanted,
    progress: &dyn Progress,
) -> Result<Promises, PromiseError> {
    let mut model = model.clone();
    Pilot::of(base).calibrate(&mut model)?;
    let searched = depends_on_targets(&model);
    let mut player = Player {
        wanted,
        progress,
        trials: 0,
        stopped: false,
        studies: if searched { 2 * wanted.certainties.len() as u64 + 1 } else { 1 },
    };
    let Some(as_written) = player.play(&model, &[])? else {
        return Ok(Promises { answers: Vec::new(), searched, trials: 0, of_each: 0, stopped: true });
    };
    let of_each = player.trials;
    let mut by_certainty: Vec<Vec<Played>> = Vec::new();
    for certainty in &wanted.certainties {
        if !searched {
            by_certainty.push(as_written.clone());
            continue;
        }
        if player.stopped {
            break;
        }
        match player.search(&model, *certainty, &as_written)? {
            Some(played) => by_certainty.push(played),
            None => break,
        }
    }
    let answer = |(place, as_written): (usize, Played)| {
        let commitment = wanted.commitments[place];
        let promise = &model.agreement.commitments[commitment];
        Answer {
            commitment,
            measure: measure_of(&model, commitment),
            goal: wanted.goal.unwrap_or(promise.goal.share),
            as_written,
            by_certainty: by_certainty.iter().map(|played| played[place].clone()).collect(),
        }
    };
    let answers = as_written.into_iter().enumerate().map(answer).collect();
    Ok(Promises { answers, searched, trials: player.trials, of_each, stopped: player.stopped })
}

fn measure_of(model: &Model, commitment: usize) -> Measure {
    match &model.agreement.commitments[commitment].promise {
        Promise::Timed { within, .. } => Measure::of(within),
        _ => Measure::Business,
    }
}

/// The least step between two targets that a search tells apart: nobody signs seconds.
pub const STEP: Span = Span::minutes(1);

/// A length as it is signed: whole minutes, rounded up.
pub fn signable(length: Span) -> Span {
    let step = STEP.micros();
    Span::from_micros((length.micros() + step - 1).div_euclid(step) * step).max(STEP)
}

/// Plays studies one after another.
struct Player<'a> {
    wanted: &'a Wanted,
    progress: &'a dyn Progress,
    trials: u64,
    studies: u64,
    stopped: bool,
}

impl Player<'_> {
    /// Plays certainty after certainty: the targets found are written into the agreement and played, until they stay.
    fn search(
        &mut self,
        model: &Model,
        certainty: f64,
        as_written: &[Played],
    ) -> Result<Option<Vec<Played>>, PromiseError> {
        let find = |played: &[Played]| -> Vec<Option<Span>> {
            let tightest =
                |played: &Played| played.goal.at(certainty, self.wanted.level).length.map(signable);
            played.iter().map(tightest).collect()
        };
        let mut targets = find(as_written);
        let mut last: Option<Vec<Played>> = None;
        for _ in 0..ROUNDS {
            let Some(played) = self.play(model, &targets)? else { return Ok(None) };
            let found = find(&played);
            let settled = found == targets;
            last = Some(played);
            if settled {
                break;
            }
            targets = found;
        }
        Ok(last)
    }

    /// One study: what every trial needed, promise by promise. `targets` stand in the agreement instead of what is written. `None` if the
    /// user stopped it; of the agreement as written, on which all else rests, the trials that were finished are told.
    fn play(&mut self, model: &Model, targets: &[Option<Span>]) -> Result<Option<Vec<Played>>, PromiseError> {
        let mut model = model.clone();
        for (&commitment, target) in self.wanted.commitments.iter().zip(targets) {
            let measure = measure_of(&model, commitment);
            if let (Some(length), Promise::Timed { within, .. }) =
                (target, &mut model.agreement.commitments[commitment].promise)
            {
                within.target = measure.target(*length);
                within.text = within.target.to_string();
            }
        }
        let prepared = Prepared::new(&model);
        let mut per_trial: Vec<Vec<PerTrial>> = Vec::new();
        const WAVE: u64 = 40;
        let total = self.studies * self.wanted.trials;
        while (per_trial.len() as u64) < self.wanted.trials {
            self.progress.done(self.trials, total.max(self.trials));
            if self.progress.stop() {
                self.stopped = true;
                if targets.is_empty() && !per_trial.is_empty() {
                    break;
                }
                return Ok(None);
            }
            let from = per_trial.len() as u64;
            let until = (from + WAVE).min(self.wanted.trials);
            let wave: Result<Vec<Vec<PerTrial>>, Failure> =
                (from..until).into_par_iter().map(|trial| self.one(&prepared, trial)).collect();
            per_trial.extend(wave?);
            self.trials += until - from;
        }
        let played = (0..self.wanted.commitments.len()).map(|place| {
            let lengths = |of: fn(&PerTrial) -> Option<Span>| {
                Lengths::of(per_trial.iter().map(|trial| of(&trial[place])).collect())
            };
            let (ever, leads) = per_trial
                .iter()
                .fold((0, 0), |sum, trial| (sum.0 + trial[place].ever, sum.1 + trial[place].leads));
            Played {
                goal: lengths(|trial| trial.goal),
                no_review: lengths(|trial| trial.no_review),
                both: lengths(|trial| trial.goal.zip(trial.no_review).map(|(goal, review)| goal.max(review))),
                target: targets.get(place).copied().flatten(),
                ever: ever as f64 / leads.max(1) as f64,
            }
        });
        Ok(Some(played.collect()))
    }

    /// One trial; a panic in it is caught and named.
    fn one(&self, prepared: &Prepared<'_>, trial: u64) -> Result<Vec<PerTrial>, Failure> {
        let played = catch_unwind(AssertUnwindSafe(|| {
            let mut needs = Needs::new(prepared.model, &self.wanted.commitments);
            trial::run(prepared, self.wanted.seed, trial, &mut needs);
            needs.finish()
        }));
        let needs = played.map_err(|panic| Failure {
            trial,
            seed: self.wanted.seed,
            message: panic_message(panic.as_ref()),
        })?;
        let of = |(needs, &commitment): (Vec<(Instant, Need)>, &usize)| {
            let promise = &prepared.model.agreement.commitments[commitment];
            let goal = Goal { share: self.wanted.goal.unwrap_or(promise.goal.share), stated: true };
            PerTrial::of(prepared.model, &needs, goal, self.wanted.review_after)
        };
        Ok(needs.into_iter().zip(&self.wanted.commitments).map(of).collect())
    }
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

    #[test]
    fn minutes_are_signed_whole() {
        assert_eq!(signable(Span::seconds(61)), Span::minutes(2));
        assert_eq!(signable(Span::minutes(2)), Span::minutes(2));
        assert_eq!(signable(Span::ZERO), Span::minutes(1));
    }
}
