//! The smallest team for which promises hold with a wanted probability: a search that stops at each size as soon as it is decided, with a
//! bound on the chance of any wrong decision.

use super::decide::{SoFar, decided};
use crate::model::Model;
use crate::stats::{Estimate, isotonic, proportion};
use crate::study::{self, DecayRefused, Ending, Failure, Pilot, Progress, Settings, Trials};
use crate::trial::Outcome;

/// A team that might do.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// What makes it, as written: "7".
    pub value: String,
    /// What is simulated, its decay not yet calibrated.
    pub model: Model,
}

/// What is wanted of a team, or of a set of levers.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// Commitments that must hold together, by their place in the agreement.
    pub commitments: Vec<usize>,
    /// With which probability, for instance 0.9.
    pub probability: f64,
    /// Half-width of the band around it within which shares are not told apart, a share: 0.005 is half a point.
    pub margin: f64,
    /// Chance that anything tried is put on the wrong side, over the whole search.
    pub error: f64,
    /// Trials of one team or set at most.
    pub at_most: u64,
    /// Trials with fresh luck, for the answer and what it is held against.
    pub confirm: u64,
    /// Seed of all luck; the confirmation has one of its own.
    pub seed: u64,
    /// Confidence level of the intervals that are shown.
    pub level: f64,
}

/// What trials say about one size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The promises hold with the wanted probability, or more.
    Enough,
    /// They hold with less.
    TooFew,
    /// The trials cannot tell: counted as too few.
    CannotTell,
}

/// One size that was played.
#[derive(Debug, Clone)]
pub struct Tried {
    /// What makes it, as written.
    pub value: String,
    /// Reps.
    pub reps: u64,
    /// Paid hours of the whole team a week.
    pub hours_a_week: f64,
    /// Cost of the team a trial, dollars; none where no wages are given.
    pub team_cost: Option<f64>,
    /// Trials in which the promises held, and trials played.
    pub held: (u64, u64),
    /// Trials in which nothing fell under any of them: they count as held.
    pub empty: u64,
    /// Share of trials in which they hold, with an interval that is valid whenever one stops.
    pub holds: Estimate,
    /// The decision.
    pub decision: Decision,
    /// The same with fresh luck, where it was asked for: a share with an exact interval.
    pub confirmed: Option<Estimate>,
}

impl Tried {
    fn holds_with_fresh_luck(&self, probability: f64) -> bool {
        self.confirmed.is_some_and(|fresh| fresh.low.is_some_and(|low| low > probability))
    }
}

/// The answer.
#[derive(Debug, Clone)]
pub struct Size {
    /// All sizes, from the smallest on; those the search could pass over are missing.
    pub tried: Vec<Tried>,
    /// Sizes there were to try.
    pub candidates: usize,
    /// Of these, how many are smaller than the answer (or than any, where there is none) and were not played.
    pub passed_over: usize,
    /// The smallest that is enough, by its place among those tried.
    pub smallest: Option<usize>,
    /// Sizes with more hours than one that is enough and yet not enough: more people do not always help here.
    pub not_monotone: bool,
    /// Isotonic fit of the share over those tried, the picture's line.
    pub fitted: Vec<f64>,
    /// Trials played in all.
    pub trials: u64,
    /// Whether some size got fewer trials than it asked for, because those of the whole search ran out.
    pub ran_out: bool,
    /// Whether the user stopped the search.
    pub stopped: bool,
}

impl Size {
    /// The next smaller size that was tried, if the answer has one.
    pub fn runner_up(&self) -> Option<&Tried> {
        self.smallest?.checked_sub(1).map(|place| &self.tried[place])
    }

    /// The answer's own record.
    pub fn answer(&self) -> Option<&Tried> {
        self.smallest.map(|place| &self.tried[place])
    }

    /// The sizes next below the answer that were played and stay undecided.
    pub fn undecided_below(&self) -> &[Tried] {
        let Some(answer) = self.smallest else { return &[] };
        let below = &self.tried[..answer];
        let open = below.iter().rev().take_while(|tried| tried.decision == Decision::CannotTell).count();
        &below[answer - open..]
    }

    /// Whether fresh luck speaks against the search: against the answer, or for the size before it although that was found too small.
    pub fn contradicted(&self, probability: f64) -> bool {
        let fails = |answer: &Tried| {
            answer.confirmed.is_some_and(|fresh| fresh.high.is_some_and(|high| high < probability))
        };
        let ruled_out = |less: &&Tried| less.decision == Decision::TooFew;
        self.answer().is_some_and(fails)
            || self.runner_up().filter(ruled_out).is_some_and(|less| less.holds_with_fresh_luck(probability))
    }

    /// The size before the answer, where the search could not tell and fresh luck alone would take it.
    pub fn smaller_with_fresh_luck(&self, probability: f64) -> Option<&Tried> {
        let open = |less: &&Tried| less.decision == Decision::CannotTell;
        self.runner_up().filter(open).filter(|less| less.holds_with_fresh_luck(probability))
    }
}

/// Why a search came to no answer.
#[derive(Debug, thiserror::Error)]
pub enum SizeError {
    /// A decay curve cannot be true with one of the teams.
    #[error("with {value}: {refused}")]
    Decay {
        /// The team.
        value: String,
        /// Why.
        refused: Box<DecayRefused>,
    },
    /// A trial failed.
    #[error(transparent)]
    Trial(#[from] Failure),
}

/// Sizes below the answer (or any, where none is enough) that are ruled out one by one, the largest first.
pub const MOST_BELOW: usize = 40;

/// Trials that every size may have, whatever is left of those of the whole search.
const FEWEST: u64 = 40;

/// Whether all wanted promises hold in a trial.
pub(super) fn hold(model: &Model, commitments: &[usize], outcome: &Outcome) -> bool {
    commitments.iter().all(|&i| {
        let tally = outcome.commitments[i].all;
        model.agreement.commitments[i].goal.holds(u64::from(tally.kept), u64::from(tally.judged))
    })
}

/// A search in progress.
struct Search<'a> {
    candidates: &'a [Candidate],
    pilot: &'a Pilot<'a>,
    wanted: &'a Wanted,
    /// Trials of the whole search, roughly.
    in_all: u64,
    progress: &'a dyn Progress,
    /// Sizes decided so far, by place among the candidates.
    tried: Vec<Option<Tried>>,
    trials: u64,
    /// Whether a size got fewer trials than it asked for, because those of the whole search ran out.
    ran_out: bool,
    stopped: bool,
}

/// Finds the smallest of `candidates` (ordered from the smallest) that is enough.
///
/// A probe at `first` (a guess, or today's size) is followed by galloping and bisection; each size is sampled until a confidence sequence
/// puts its share on one side of the wanted probability (Robbins 1970), with error `wanted.error` over all sizes together (Bonferroni).
/// More people need not help under priorities or shared owners, so all smaller sizes are then ruled out one by one, and the answer and the
/// size before it are played again with fresh luck. `also`, today's size, is decided in any case: people want to know where they stand.
/// A plateau near the wanted probability could take `wanted.at_most` trials at every size; no size may take more than half of what is left of
/// `in_all`, so that each is looked at, and those that get too few stay undecided.
///
/// # Errors
///
/// [`SizeError`]: a decay curve that cannot be true, or a trial that failed.
pub fn size(
    candidates: &[Candidate],
    base: &Model,
    wanted: &Wanted,
    in_all: u64,
    first: usize,
    also: Option<usize>,
    progress: &dyn Progress,
) -> Result<Size, SizeError> {
    let pilot = Pilot::of(base);
    let mut search = Search {
        candidates,
        pilot: &pilot,
        wanted,
        in_all,
        progress,
        tried: vec![None; candidates.len()],
        trials: 0,
        ran_out: false,
        stopped: false,
    };
    search.bracket(first.min(candidates.len() - 1))?;
    search.rule_out_others()?;
    if let Some(also) = also.filter(|_| !search.stopped) {
        search.decide(also)?;
    }
    search.confirm()?;
    Ok(search.finish())
}

impl Search<'_> {
    /// Gallops away from the first probe until one size is enough and one before it is not, then halves what lies between.
    fn bracket(&mut self, first: usize) -> Result<(), SizeError> {
        let last = self.candidates.len() - 1;
        let (mut too_few, mut enough) = (None, None);
        let (mut at, mut step) = (first, 1);
        while !self.stopped {
            let Some(decision) = self.decide(at)? else { return Ok(()) };
            if decision == Decision::Enough {
                enough = Some(at);
            } else {
                too_few = Some(at);
            }
            at = match (too_few, enough) {
                (Some(low), Some(high)) if high - low <= 1 => return Ok(()),
                (Some(low), Some(high)) => low + (high - low) / 2,
                (Some(low), None) if low == last => return Ok(()),
                (Some(low), None) => (low + step).min(last),
                (None, Some(0)) => return Ok(()),
                (None, Some(high)) => high.saturating_sub(step),
                (None, None) => unreachable!("one of them was decided just now"),
            };
            step *= 2;
        }
        Ok(())
    }

    /// The sizes below the answer are looked at, and all of them where there is none: that a smaller team is no better is tested, not believed.
    fn rule_out_others(&mut self) -> Result<(), SizeError> {
        let enough = |tried: &Option<Tried>| tried.as_ref().is_some_and(|t| t.decision == Decision::Enough);
        let known = |search: &Self| search.tried.iter().position(enough);
        let mut left = MOST_BELOW;
        let mut place = known(self).unwrap_or(self.candidates.len());
        while place > 0 && left > 0 && !self.stopped {
            place -= 1;
            if self.tried[place].is_none() {
                self.decide(place)?;
                left -= 1;
            }
        }
        Ok(())
    }

    /// The chance of a wrong decision at one size: all sizes may be visited (Bonferroni).
    fn error_of_one(&self) -> f64 {
        self.wanted.error / self.candidates.len() as f64
    }

    /// Plays a size until it is decided; `None` if the user stopped it.
    fn decide(&mut self, place: usize) -> Result<Option<Decision>, SizeError> {
        if let Some(tried) = &self.tried[place] {
            return Ok(Some(tried.decision));
        }
        let model = self.calibrated(place)?;
        let so_far = SoFar::new(self.progress, self.trials);
        let value = &self.candidates[place].value;
        let half_of_the_rest = self.in_all.saturating_sub(self.trials) / 2;
        let at_most = self.wanted.at_most.min(half_of_the_rest.max(FEWEST));
        let wanted = Wanted { at_most, ..self.wanted.clone() };
        let (tried, played) = decided(value, model, &wanted, self.error_of_one(), wanted.seed, &so_far)?;
        self.trials += played;
        let is_open = tried.as_ref().is_some_and(|tried| tried.decision == Decision::CannotTell);
        self.ran_out |= is_open && played == at_most && at_most < self.wanted.at_most;
        self.stopped |= tried.is_none();
        let decision = tried.as_ref().map(|tried| tried.decision);
        self.tried[place] = tried;
        Ok(decision)
    }

    /// The answer and the size before it once more, with luck that the search has not seen.
    fn confirm(&mut self) -> Result<(), SizeError> {
        let enough = |tried: &Option<Tried>| tried.as_ref().is_some_and(|t| t.decision == Decision::Enough);
        let Some(answer) = self.tried.iter().position(enough) else { return Ok(()) };
        for place in [Some(answer), answer.checked_sub(1)].into_iter().flatten() {
            if self.stopped || self.wanted.confirm == 0 || self.tried[place].is_none() {
                return Ok(());
            }
            let model = self.calibrated(place)?;
            let settings = Settings {
                trials: Trials::Fixed(self.wanted.confirm),
                ..self.settings(fresh(self.wanted.seed))
            };
            let so_far = SoFar::new(self.progress, self.trials);
            let study = study::run(model, settings, &so_far)?;
            self.trials += study.trials();
            if study.ending == Ending::Stopped {
                self.stopped = true;
                return Ok(());
            }
            let held =
                study.records.iter().filter(|r| hold(&study.model, &self.wanted.commitments, r)).count();
            let fresh = proportion::clopper_pearson_estimate(held as u64, study.trials(), self.wanted.level);
            self.tried[place].as_mut().expect("decided above").confirmed = Some(fresh);
        }
        Ok(())
    }

    fn settings(&self, seed: u64) -> Settings {
        Settings {
            seed,
            trials: Trials::Fixed(self.wanted.at_most),
            level: self.wanted.level,
            ..Settings::default()
        }
    }

    fn calibrated(&self, place: usize) -> Result<Model, SizeError> {
        let candidate = &self.candidates[place];
        let mut model = candidate.model.clone();
        self.pilot.calibrate(&mut model).map_err(|refused| SizeError::Decay {
            value: candidate.value.clone(),
            refused: Box::new(refused),
        })?;
        Ok(model)
    }

    fn finish(self) -> Size {
        let candidates = self.tried.len();
        let enough = |t: &Tried| t.decision == Decision::Enough;
        let answer = self.tried.iter().position(|tried| tried.as_ref().is_some_and(enough));
        let below = &self.tried[..answer.unwrap_or(candidates)];
        let passed_over = below.iter().filter(|tried| tried.is_none()).count();
        let tried: Vec<Tried> = self.tried.into_iter().flatten().collect();
        // A search that was stopped has not seen all that is smaller.
        let smallest = if self.stopped { None } else { tried.iter().position(enough) };
        let not_monotone =
            smallest.is_some_and(|answer| tried[answer..].iter().any(|t| t.decision == Decision::TooFew));
        let shares: Vec<f64> = tried.iter().map(|t| t.holds.value).collect();
        let weights: Vec<f64> = tried.iter().map(|t| t.held.1 as f64).collect();
        let fitted = isotonic::increasing(&shares, &weights);
        Size {
            tried,
            candidates,
            passed_over,
            smallest,
            not_monotone,
            fitted,
            trials: self.trials,
            ran_out: self.ran_out,
            stopped: self.stopped,
        }
    }
}

/// The seed of the confirmation.
pub fn fresh(seed: u64) -> u64 {
    seed.wrapping_add(1_000_003)
}
