//! The cheapest set of levers for which an agreement holds with a wanted probability: a search from the cheapest on that stops at each
//! set as soon as it is decided, with a bound on the chance of any wrong decision.

use super::decide::{SoFar, looks};
use super::price_list::PriceList;
use super::size::hold;
use crate::model::Model;
use crate::stats::Estimate;
use crate::stats::sequence::confidence_sequence;
use crate::study::{self, DecayRefused, Ending, Failure, Pilot, Progress, Settings, Trials};
use crate::trial::Outcome;
use rayon::prelude::*;

pub use super::size::Wanted;

/// What trials say about one set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The promises hold with the wanted probability less the margin, or more.
    Enough,
    /// They hold with the wanted probability and the margin, or less.
    TooFew,
    /// The most trials were played and cannot tell: counted as too few.
    CannotTell,
    /// Screened beside cheaper sets, and dearer than the answer: nobody needed to know.
    NotNeeded,
}

/// One set that was played.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tried {
    /// Its place in the price list.
    pub set: usize,
    /// Trials in which the promises held, and trials played.
    pub held: (u64, u64),
    /// Share of trials in which they hold, with an interval that is valid whenever one stops.
    pub holds: Estimate,
    /// The decision.
    pub decision: Decision,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Fixed {
    /// The sets played, from the cheapest on.
    pub tried: Vec<Tried>,
    /// The cheapest that is enough, by its place among those tried.
    pub answer: Option<usize>,
    /// The next one that is enough and does not contain the whole answer; else the cheapest that trials could not tell.
    pub runner_up: Option<usize>,
    /// Sets decided by the first few trials.
    pub screened: usize,
    /// Trials played in all.
    pub trials: u64,
    /// Most trials that the search might play in all.
    pub in_all: u64,
    /// Whether it reached them before it was through; then it says between which sets the choice is open.
    pub capped: bool,
    /// Whether the user stopped the search.
    pub stopped: bool,
}

impl Fixed {
    /// Two sets between which the search leaves the choice open, by place among those tried, the cheaper first: the cheapest that is not ruled out,
    /// and the answer; without an answer, the next that is not ruled out either. Each may still differ much from the other.
    pub fn open_choice(&self) -> Option<(usize, usize)> {
        let until = self.answer.unwrap_or(self.tried.len());
        let is_open = |tried: &Tried| match tried.decision {
            Decision::CannotTell => true,
            // screened, and the search ended before it came to them
            Decision::NotNeeded => self.answer.is_none() && self.capped,
            Decision::Enough | Decision::TooFew => false,
        };
        let mut open = (0..until).filter(|place| is_open(&self.tried[*place]));
        let cheaper = open.next()?;
        Some((cheaper, self.answer.or_else(|| open.next())?))
    }

    /// The answer's own record.
    pub fn answer(&self) -> Option<&Tried> {
        self.answer.map(|place| &self.tried[place])
    }

    /// The runner-up's own record.
    pub fn runner_up(&self) -> Option<&Tried> {
        self.runner_up.map(|place| &self.tried[place])
    }

    /// Sets before the answer that trials could not tell.
    pub fn untold(&self) -> impl Iterator<Item = &Tried> {
        let until = self.answer.unwrap_or(self.tried.len());
        self.tried[..until].iter().filter(|tried| tried.decision == Decision::CannotTell)
    }
}

/// Why a search came to no answer.
#[derive(Debug, thiserror::Error)]
pub enum FixError {
    /// A decay curve cannot be true with one of the sets.
    #[error("with {levers}: {refused}")]
    Decay {
        /// The levers pulled.
        levers: String,
        /// Why.
        refused: Box<DecayRefused>,
    },
    /// A trial failed.
    #[error(transparent)]
    Trial(#[from] Failure),
}

/// Sets screened at a time: so many that all threads are busy, so few that little is spent beyond the answer.
const SCREENED_AT_ONCE: usize = 8;
/// Trials of the screening: one block.
const SCREENING: u64 = 20;

/// On which side of the wanted probability a set lies; none while that is open.
///
/// A set with a true share of at least `probability + margin` is called too few, or one of at most `probability - margin` enough, only if
/// its confidence sequence leaves the true share out, at whatever trial (Robbins 1970); between the two either answer is right.
pub fn side(held: (u64, u64), wanted: &Wanted, error: f64) -> Option<Decision> {
    let share = confidence_sequence(held.0, held.1, 1.0 - error);
    let above = share.low.is_some_and(|low| low > wanted.probability - wanted.margin);
    let below = share.high.is_some_and(|high| high < wanted.probability + wanted.margin);
    match (above, below) {
        (true, true) if share.value >= wanted.probability => Some(Decision::Enough),
        (_, true) => Some(Decision::TooFew),
        (true, false) => Some(Decision::Enough),
        (false, false) => None,
    }
}

/// A search in progress.
struct Search<'a> {
    list: &'a PriceList,
    pilot: Pilot<'a>,
    wanted: &'a Wanted,
    progress: &'a dyn Progress,
    /// What is known of each set, by place in the price list.
    tried: Vec<Option<Tried>>,
    screened: usize,
    trials: u64,
    in_all: u64,
    capped: bool,
    stopped: bool,
}

/// Finds the cheapest set of the price list that is enough, and the next one after it that is another way.
///
/// Sets are taken in order of price, so that nothing is spent on dearer ones: a block of trials for a few at a time, which decides most,
/// then the open ones one by one, each until its confidence sequence puts its share on one side, with error `wanted.error` over all sets
/// of the list together (Bonferroni). All sets are played on the same luck. No set is passed over because another one failed: that more
/// levers do better is not believed. After `in_all` trials the search ends, decided or not: a set whose trials ran out is not told apart, which
/// is no decision and so takes nothing from the bound.
///
/// # Errors
///
/// [`FixError`]: a decay curve that cannot be true, or a trial that failed.
pub fn fix(
    list: &PriceList,
    base: &Model,
    wanted: &Wanted,
    in_all: u64,
    progress: &dyn Progress,
) -> Result<Fixed, FixError> {
    let mut search = Search {
        list,
        pilot: Pilot::of(base),
        wanted,
        progress,
        tried: vec![None; list.sets.len()],
        screened: 0,
        trials: 0,
        in_all,
        capped: false,
        stopped: false,
    };
    let all: Vec<usize> = (0..list.sets.len()).collect();
    let answer = search.first_enough(&all)?;
    let mut runner_up = None;
    if let Some(answer) = answer {
        let pulled = &list.sets[answer].levers;
        let others: Vec<usize> =
            (answer + 1..list.sets.len()).filter(|&set| !list.sets[set].includes(pulled)).collect();
        runner_up = search.first_enough(&others)?;
    }
    Ok(search.finish(answer, runner_up))
}

impl Search<'_> {
    /// The first of these sets that is enough.
    fn first_enough(&mut self, sets: &[usize]) -> Result<Option<usize>, FixError> {
        for some in sets.chunks(SCREENED_AT_ONCE) {
            if self.left() == 0 {
                return Ok(None);
            }
            self.screen(some)?;
            for &set in some {
                if self.tried[set].is_some_and(|tried| tried.decision == Decision::NotNeeded) {
                    if self.left() == 0 {
                        return Ok(None);
                    }
                    self.settle(set)?;
                }
                if self.stopped {
                    return Ok(None);
                }
                if self.tried[set].is_some_and(|tried| tried.decision == Decision::Enough) {
                    return Ok(Some(set));
                }
            }
        }
        Ok(None)
    }

    /// Trials that the search may still play; once there are none, it is capped.
    fn left(&mut self) -> u64 {
        let left = self.in_all.saturating_sub(self.trials);
        self.capped |= left == 0;
        left
    }

    /// The chance of a wrong decision at one set: all sets may be visited (Bonferroni).
    fn error_of_one(&self) -> f64 {
        self.wanted.error / self.list.sets.len() as f64
    }

    fn know(&mut self, set: usize, held: (u64, u64), decision: Decision) {
        let holds = confidence_sequence(held.0, held.1, 1.0 - self.error_of_one());
        self.tried[set] = Some(Tried { set, held, holds, decision });
    }

    /// Plays a block of trials of each set not looked at yet, several sets at a time.
    fn screen(&mut self, sets: &[usize]) -> Result<(), FixError> {
        let fresh: Vec<usize> = sets.iter().copied().filter(|&set| self.tried[set].is_none()).collect();
        let models: Vec<Model> =
            fresh.iter().map(|&set| self.calibrated(set)).collect::<Result<_, FixError>>()?;
        let (wanted, trials) = (self.wanted, SCREENING.min(self.wanted.at_most));
        let settings = settings(wanted, wanted.seed, trials);
        let watch = OnlyStop(self.progress);
        let studies: Vec<Result<Option<(u64, u64)>, Failure>> = models
            .into_par_iter()
            .map(|model| {
                let study = study::run(model, settings.clone(), &watch)?;
                let held = holding(&study.model, &wanted.commitments, &study.records);
                Ok((study.ending != Ending::Stopped).then_some((held, study.trials())))
            })
            .collect();
        for (set, held) in fresh.into_iter().zip(studies) {
            match held? {
                Some(held) => {
                    let decision = side(held, wanted, self.error_of_one());
                    self.screened += usize::from(decision.is_some());
                    self.trials += held.1;
                    self.know(set, held, decision.unwrap_or(Decision::NotNeeded));
                }
                None => self.stopped = true,
            }
        }
        self.progress.done(self.trials, self.trials + self.wanted.at_most);
        Ok(())
    }

    /// Plays a set until it is decided.
    fn settle(&mut self, set: usize) -> Result<(), FixError> {
        let (wanted, error) = (self.wanted, self.error_of_one());
        let model = self.calibrated(set)?;
        let judged = model.clone();
        // what the screening has played is played again, and decides again
        let mut looks = looks(wanted.at_most.min(self.left().max(SCREENING)));
        let mut decision = Decision::CannotTell;
        let next = |records: &[Outcome]| {
            if !records.is_empty() {
                let held = (holding(&judged, &wanted.commitments, records), records.len() as u64);
                if let Some(side) = side(held, wanted, error) {
                    decision = side;
                    return None;
                }
            }
            looks.next()
        };
        let so_far = SoFar::new(self.progress, self.trials);
        let study = study::run_while(model, settings(wanted, wanted.seed, wanted.at_most), next, &so_far)?;
        self.trials += study.trials();
        if study.ending == Ending::Stopped {
            self.stopped = true;
            return Ok(());
        }
        let held = (holding(&judged, &wanted.commitments, &study.records), study.trials());
        self.know(set, held, decision);
        Ok(())
    }

    fn calibrated(&self, set: usize) -> Result<Model, FixError> {
        let set = &self.list.sets[set];
        let mut model = set.model.clone();
        self.pilot.calibrate(&mut model).map_err(|refused| {
            let labels: Vec<String> = set.levers.iter().map(|&l| self.list.levers[l].label()).collect();
            FixError::Decay { levers: labels.join(" and "), refused: Box::new(refused) }
        })?;
        Ok(model)
    }

    fn finish(self, answer: Option<usize>, runner_up: Option<usize>) -> Fixed {
        let tried: Vec<Tried> = self.tried.into_iter().flatten().collect();
        let place = |set: usize| tried.iter().position(|tried| tried.set == set);
        let untold = || tried.iter().position(|tried| tried.decision == Decision::CannotTell);
        Fixed {
            answer: answer.and_then(place),
            runner_up: match answer {
                Some(_) => runner_up.and_then(place).or_else(untold),
                None => None,
            },
            screened: self.screened,
            trials: self.trials,
            in_all: self.in_all,
            capped: self.capped,
            stopped: self.stopped,
            tried,
        }
    }
}

/// Trials in which all wanted promises hold.
pub(super) fn holding(model: &Model, commitments: &[usize], records: &[Outcome]) -> u64 {
    records.iter().filter(|record| hold(model, commitments, record)).count() as u64
}

/// How sets are played.
pub(super) fn settings(wanted: &Wanted, seed: u64, trials: u64) -> Settings {
    Settings { seed, trials: Trials::Fixed(trials), level: wanted.level, ..Settings::default() }
}

/// Of several studies at once only their sum is told, by whoever plays them.
pub(super) struct OnlyStop<'a>(pub &'a dyn Progress);

impl Progress for OnlyStop<'_> {
    fn stop(&self) -> bool {
        self.0.stop()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted() -> Wanted {
        Wanted {
            commitments: vec![0],
            probability: 0.9,
            margin: 0.01,
            error: 0.01,
            at_most: 3_000,
            confirm: 0,
            seed: 1,
            level: 0.95,
        }
    }

    #[test]
    fn a_set_is_on_a_side_once_its_interval_is() {
        let side = |held| side(held, &wanted(), 1e-4);
        assert_eq!(side((0, 20)), Some(Decision::TooFew));
        assert_eq!(side((9, 20)), Some(Decision::TooFew));
        assert_eq!(side((20, 20)), None);
        assert_eq!(side((300, 300)), Some(Decision::Enough));
        assert_eq!(side((270, 300)), None);
        // inside of the margin the share itself says which
        assert_eq!(side((90_100, 100_000)), Some(Decision::Enough));
        assert_eq!(side((89_900, 100_000)), Some(Decision::TooFew));
    }
}
