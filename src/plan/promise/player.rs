//! Plays the studies behind a promise: trial by trial what it needed, and targets tried until the study finds the same.

use super::per_trial::PerTrial;
use super::together::{self, Together};
use super::{Played, PromiseError, Rung, Wanted, by_day, measure_of, signable};
use crate::model::{Goal, Model, Promise};
use crate::plan::needed::Needs;
use crate::study::{Failure, Progress, panic_message};
use crate::time::{Span, Target};
use crate::trial::{self, Prepared};
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Rounds of a search at most; each plays the targets that the one before found.
pub(super) const ROUNDS: usize = 4;

/// Plays studies one after another.
pub(super) struct Player<'a> {
    pub wanted: &'a Wanted,
    pub progress: &'a dyn Progress,
    pub trials: u64,
    pub studies: u64,
    pub stopped: bool,
}

/// One study: every promise in it, and what each trial needed of all of them.
#[derive(Clone)]
pub(super) struct Studied {
    /// By promise.
    pub played: Vec<Played>,
    /// By trial, what the goal of every promise needs.
    pub goals: Vec<Vec<Option<Span>>>,
}

impl Player<'_> {
    /// Plays certainty after certainty: the targets found are written into the agreement and played, until they stay.
    pub fn search(
        &mut self,
        model: &Model,
        certainty: f64,
        as_written: &Studied,
    ) -> Result<Option<Studied>, PromiseError> {
        let find = |studied: &Studied| -> Vec<Option<Span>> {
            let tightest =
                |played: &Played| played.goal.at(certainty, self.wanted.level).length.map(signable);
            studied.played.iter().map(tightest).collect()
        };
        let mut targets = find(as_written);
        let mut last: Option<Studied> = None;
        for _ in 0..ROUNDS {
            let Some(studied) = self.play(model, &targets)? else { return Ok(None) };
            let found = find(&studied);
            let settled = found == targets;
            last = Some(studied);
            if settled {
                break;
            }
            targets = found;
        }
        Ok(last)
    }

    /// Lengths with which all promises hold in the same trials with this certainty, and how often all do where each has its own. `studied`
    /// was played with the lengths each needs by itself, or with any where nothing hangs on lengths.
    pub fn together(
        &mut self,
        model: &Model,
        certainty: f64,
        studied: &Studied,
        searched: bool,
    ) -> Result<Option<Together>, PromiseError> {
        let level = self.wanted.level;
        let each = together::each_by_itself(studied, certainty, level);
        let Some(mut lengths) = together::lengths(&studied.goals, certainty) else {
            return Ok(Some(Together::none(certainty, each, &studied.goals, level)));
        };
        let mut all = together::share(&studied.goals, &lengths, level);
        let mut settled = !searched;
        for _ in 0..if searched { ROUNDS } else { 0 } {
            let targets: Vec<Option<Span>> = lengths.iter().copied().map(Some).collect();
            let Some(studied) = self.play(model, &targets)? else { return Ok(None) };
            all = together::share(&studied.goals, &lengths, level);
            match together::lengths(&studied.goals, certainty) {
                Some(found) if found != lengths => lengths = found,
                Some(_) => {
                    settled = true;
                    break;
                }
                None => return Ok(Some(Together::none(certainty, each, &studied.goals, level))),
            }
            all = together::share(&studied.goals, &lengths, level);
        }
        Ok(Some(Together { certainty, each, lengths: Some(lengths), all, settled }))
    }

    /// One study: what every trial needed, promise by promise. `targets` stand in the agreement instead of what is written. `None` if the
    /// user stopped it; of the agreement as written, on which all else rests, the trials that were finished are told.
    pub fn play(&mut self, model: &Model, targets: &[Option<Span>]) -> Result<Option<Studied>, PromiseError> {
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
        let played = |place: usize| {
            let rungs = days.get(place).map_or(Vec::new(), |days| {
                rungs(&model, self.wanted.commitments[place], days, per_trial.iter().map(|t| &t[place]))
            });
            let of_promise: Vec<&PerTrial> = per_trial.iter().map(|trial| &trial[place]).collect();
            Played { target: targets.get(place).copied().flatten(), by_day: rungs, ..Played::of(&of_promise) }
        };
        let played = (0..self.wanted.commitments.len()).map(played).collect();
        let goals =
            per_trial.iter().map(|trial| trial.iter().map(|promise| promise.goal).collect()).collect();
        Ok(Some(Studied { played, goals }))
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
