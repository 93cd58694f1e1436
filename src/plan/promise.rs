//! The tightest promise: how many minutes per tier this team can sign so that the goal holds with a wanted certainty.

mod by_day;
mod lengths;
mod per_trial;

use super::needed::{Measure, Needs};
use crate::model::{Goal, Milestone, Model, Promise, TieBreak};
use crate::study::{DecayRefused, Failure, Pilot, Progress, panic_message};
use crate::time::{Span, Target};
use crate::trial::{self, Prepared};
use per_trial::PerTrial;
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub use by_day::{Rung, tightest as tightest_day};
pub use lengths::{Lengths, Tightest};

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
    /// Under the agreement as written, for a promise that names a day or a time of day: how it and others like it hold, from the
    /// tightest on; else empty.
    pub by_day: Vec<Rung>,
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
        let days = if targets.is_empty() { self.days(&model) } else { Vec::new() };
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
                (from..until).into_par_iter().map(|trial| self.one(&prepared, &days, trial)).collect();
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
                both: lengths(PerTrial::both),
                target: targets.get(place).copied().flatten(),
                ever: ever as f64 / leads.max(1) as f64,
                by_day: days.get(place).map_or(Vec::new(), |days| {
                    rungs(&model, self.wanted.commitments[place], days, per_trial.iter().map(|t| &t[place]))
                }),
            }
        });
        Ok(Some(played.collect()))
    }

    /// By promise, the days that are tried.
    fn days(&self, model: &Model) -> Vec<Vec<Target>> {
        let of = |commitment: &usize| match written(model, *commitment) {
            Some(target) => by_day::targets(target),
            None => Vec::new(),
        };
        self.wanted.commitments.iter().map(of).collect()
    }

    /// One trial; a panic in it is caught and named.
    fn one(
        &self,
        prepared: &Prepared<'_>,
        days: &[Vec<Target>],
        trial: u64,
    ) -> Result<Vec<PerTrial>, Failure> {
        let played = catch_unwind(AssertUnwindSafe(|| {
            let mut needs = Needs::new(prepared.model, &self.wanted.commitments);
            trial::run(prepared, self.wanted.seed, trial, &mut needs);
            let under = |(place, days): (usize, &Vec<Target>)| {
                days.iter().map(|day| needs.under(place, *day)).collect::<Vec<_>>()
            };
            let by_day: Vec<_> = days.iter().enumerate().map(under).collect();
            (needs.finish(), by_day)
        }));
        let (needs, by_day) = played.map_err(|panic| Failure {
            trial,
            seed: self.wanted.seed,
            message: panic_message(panic.as_ref()),
        })?;
        let of = |(place, &commitment): (usize, &usize)| {
            let promise = &prepared.model.agreement.commitments[commitment];
            let goal = Goal { share: self.wanted.goal.unwrap_or(promise.goal.share), stated: true };
            let of = |needs| PerTrial::of(prepared.model, needs, goal, self.wanted.review_after);
            let days = by_day
                .get(place)
                .map_or(Vec::new(), |days| days.iter().map(|needs| of(needs.as_slice()).enough()).collect());
            PerTrial { days, ..of(needs[place].as_slice()) }
        };
        Ok(self.wanted.commitments.iter().enumerate().map(of).collect())
    }
}

/// What a promise of a first attempt says about time.
fn written(model: &Model, commitment: usize) -> Option<Target> {
    match &model.agreement.commitments[commitment].promise {
        Promise::Timed { within, .. } => Some(within.target),
        _ => None,
    }
}

/// In how many trials each day was enough.
fn rungs<'a>(
    model: &Model,
    commitment: usize,
    days: &[Target],
    trials: impl Iterator<Item = &'a PerTrial>,
) -> Vec<Rung> {
    let own = written(model, commitment);
    let none =
        |target: &Target| Rung { target: *target, written: own == Some(*target), enough: [0; 3], trials: 0 };
    let mut rungs: Vec<Rung> = days.iter().map(none).collect();
    for trial in trials {
        for (rung, enough) in rungs.iter_mut().zip(&trial.days) {
            rung.trials += 1;
            for (sum, enough) in rung.enough.iter_mut().zip(enough) {
                *sum += u64::from(*enough);
            }
        }
    }
    rungs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_signed_whole() {
        assert_eq!(signable(Span::seconds(61)), Span::minutes(2));
        assert_eq!(signable(Span::minutes(2)), Span::minutes(2));
        assert_eq!(signable(Span::ZERO), Span::minutes(1));
    }
}
