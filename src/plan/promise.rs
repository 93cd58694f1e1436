//! The tightest promise: how many minutes per tier this team can sign so that the goal holds with a wanted certainty.

mod by_day;
mod lengths;
mod per_trial;
mod player;
mod together;

use super::needed::Measure;
use crate::model::{Milestone, Model, Promise, TieBreak};
use crate::study::{DecayRefused, Failure, Pilot, Progress};
use crate::time::Span;
use per_trial::PerTrial;
use player::{Player, Studied};

pub use by_day::{Rung, tightest as tightest_day};
pub use lengths::{Lengths, Tightest};
pub use together::Together;

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

impl Wanted {
    /// The certainty that is spoken of first: 90 %, or the one nearest to it.
    pub fn spoken(&self) -> usize {
        let distance = |share: &f64| (share - 0.9).abs();
        let places = self.certainties.iter().enumerate();
        places.min_by(|a, b| distance(a.1).total_cmp(&distance(b.1))).map_or(0, |(place, _)| place)
    }

    /// Trials from which on the length for a certainty has an upper end: fewer may all lie below it.
    pub fn fewest(&self, certainty: f64) -> u64 {
        (((1.0 - self.level) / 2.0).ln() / certainty.ln()).ceil().max(1.0) as u64
    }

    /// Studies that are played at most.
    pub fn studies(&self, searched: bool) -> u64 {
        let together = u64::from(self.commitments.len() > 1);
        if searched { player::ROUNDS as u64 * (self.certainties.len() as u64 + together) + 1 } else { 1 }
    }
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
    /// Of leads that count however long the promise (attempted, or never), the share attempted, over all trials; leads rejected in time
    /// and those still open do not count.
    pub ever: f64,
    /// Trials in which fewer weeks had leads than call for a review, so that none could be called.
    pub few_weeks: u64,
    /// Trials in which nothing fell under the promise, so that any length was enough.
    pub empty: u64,
    /// Under the agreement as written, for a promise that names a day or a time of day: how it and others like it hold, from the
    /// tightest on; else empty.
    pub by_day: Vec<Rung>,
}

impl Played {
    /// From what every trial needed, under the agreement as written.
    fn of(trials: &[&PerTrial]) -> Played {
        let lengths =
            |of: fn(&PerTrial) -> Option<Span>| Lengths::of(trials.iter().map(|trial| of(trial)).collect());
        let sum = |of: fn(&PerTrial) -> u64| trials.iter().map(|trial| of(trial)).sum::<u64>();
        let (attempted, never) = (sum(|trial| trial.attempted), sum(|trial| trial.never));
        Played {
            goal: lengths(|trial| trial.goal),
            no_review: lengths(|trial| trial.no_review),
            both: lengths(PerTrial::both),
            target: None,
            ever: if attempted + never > 0 { attempted as f64 / (attempted + never) as f64 } else { 1.0 },
            few_weeks: sum(|trial| u64::from(trial.few_weeks)),
            empty: sum(|trial| u64::from(trial.leads == 0)),
            by_day: Vec::new(),
        }
    }
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
    /// How often all hold together, and lengths with which they do; none for one promise, or where the user stopped it before.
    pub together: Option<Together>,
    /// Whole weeks of the horizon: fewer than call for a review, and none can be called.
    pub whole_weeks: usize,
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
    let studies = wanted.studies(searched);
    let mut player = Player { wanted, progress, trials: 0, stopped: false, studies };
    let whole_weeks = model.horizon.weeks.iter().filter(|week| week.whole).count();
    let Some(as_written) = player.play(&model, &[])? else {
        return Ok(Promises {
            answers: Vec::new(),
            together: None,
            whole_weeks,
            searched,
            trials: 0,
            of_each: 0,
            stopped: true,
        });
    };
    let of_each = player.trials;
    let mut by_certainty: Vec<Studied> = Vec::new();
    for certainty in &wanted.certainties {
        if !searched {
            by_certainty.push(as_written.clone());
            continue;
        }
        if player.stopped {
            break;
        }
        match player.search(&model, *certainty, &as_written)? {
            Some(studied) => by_certainty.push(studied),
            None => break,
        }
    }
    let spoken = wanted.spoken();
    let together = match by_certainty.get(spoken) {
        Some(studied) if wanted.commitments.len() > 1 => {
            player.together(&model, wanted.certainties[spoken], studied, searched)?
        }
        _ => None,
    };
    let answer = |(place, as_written): (usize, Played)| {
        let commitment = wanted.commitments[place];
        let promise = &model.agreement.commitments[commitment];
        Answer {
            commitment,
            measure: measure_of(&model, commitment),
            goal: wanted.goal.unwrap_or(promise.goal.share),
            as_written,
            by_certainty: by_certainty.iter().map(|studied| studied.played[place].clone()).collect(),
        }
    };
    let answers = as_written.played.into_iter().enumerate().map(answer).collect();
    let (trials, stopped) = (player.trials, player.stopped);
    Ok(Promises { answers, together, whole_weeks, searched, trials, of_each, stopped })
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
