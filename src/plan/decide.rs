//! Plays one team, or one set of levers, until a confidence sequence says on which side of the wanted probability it stands.

use super::size::{Decision, Tried, Wanted, hold};
use super::tested::is_empty;
use crate::model::Model;
use crate::stats::sequence::{self, Verdict, confidence_sequence};
use crate::study::{self, Ending, Failure, Progress, Settings, Study, Trials};
use crate::trial::{Outcome, REP_STATES, RepState};

/// Trials at which a size is looked at: whole blocks, each look a quarter further than the one before.
pub(super) fn looks(at_most: u64) -> impl Iterator<Item = u64> {
    const BLOCK: u64 = 20;
    std::iter::successors(Some(2 * BLOCK), |look| Some((look * 5 / 4).next_multiple_of(BLOCK)))
        .map(move |look| look.min(at_most))
        .scan(false, move |over, look| {
            let now = !*over;
            *over = look == at_most;
            now.then_some(look)
        })
}

/// Plays a model until it is decided with this chance of a wrong decision, and says how many trials that took; nothing is decided if the
/// user stopped it (Robbins 1970).
pub(super) fn decided(
    value: &str,
    model: Model,
    wanted: &Wanted,
    error: f64,
    seed: u64,
    progress: &dyn Progress,
) -> Result<(Option<Tried>, u64), Failure> {
    let judged = model.clone();
    let mut looks = looks(wanted.at_most);
    let mut decision = Decision::CannotTell;
    let count = |records: &[Outcome]| {
        records.iter().filter(|record| hold(&judged, &wanted.commitments, record)).count() as u64
    };
    let next = |records: &[Outcome]| {
        if !records.is_empty() {
            let (held, played) = (count(records), records.len() as u64);
            match sequence::verdict(held, played, wanted.probability, wanted.margin, error) {
                Verdict::Above => decision = Decision::Enough,
                Verdict::Below => decision = Decision::TooFew,
                Verdict::Near => return None,
                Verdict::Open => return looks.next(),
            }
            return None;
        }
        looks.next()
    };
    let trials = Trials::Fixed(wanted.at_most);
    let settings = Settings { seed, trials, level: wanted.level, ..Settings::default() };
    let study = study::run_while(model, settings, next, progress)?;
    if study.ending == Ending::Stopped {
        return Ok((None, study.trials()));
    }
    let held = (count(&study.records), study.trials());
    let empty = study.records.iter().filter(|record| is_empty(&wanted.commitments, record)).count() as u64;
    let tried = Tried { empty, ..tried(value, &study, held, decision, 1.0 - error) };
    Ok((Some(tried), study.trials()))
}

/// What was played of one size.
fn tried(value: &str, study: &Study, held: (u64, u64), decision: Decision, level: f64) -> Tried {
    let trials = study.records.len().max(1) as f64;
    let paid: f64 = study
        .records
        .iter()
        .flat_map(|record| {
            (0..REP_STATES).filter(|s| RepState::NAMED[*s].1.is_paid()).map(|s| record.rep_minutes[s])
        })
        .sum();
    let horizon = &study.model.horizon;
    let weeks = (horizon.end - horizon.start).as_days() / 7.0;
    let cost: f64 = study.records.iter().map(|record| record.team_cost).sum::<f64>() / trials;
    Tried {
        value: value.to_owned(),
        reps: study.model.reps.len() as u64,
        hours_a_week: paid / 60.0 / trials / weeks,
        team_cost: (cost > 0.0).then_some(cost),
        held,
        empty: 0,
        holds: confidence_sequence(held.0, held.1, level),
        decision,
        confirmed: None,
    }
}

/// Adds what was played before to the progress of what is being played; nobody knows how much there will be.
pub(super) struct SoFar<'a> {
    progress: &'a dyn Progress,
    before: u64,
}

impl<'a> SoFar<'a> {
    pub fn new(progress: &'a dyn Progress, before: u64) -> Self {
        SoFar { progress, before }
    }
}

impl Progress for SoFar<'_> {
    fn done(&self, trials: u64, planned: u64) {
        self.progress.done(self.before + trials, self.before + planned);
    }

    fn stop(&self) -> bool {
        self.progress.stop()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_whole_blocks_that_end_at_the_cap() {
        assert_eq!(looks(200).collect::<Vec<_>>(), [40, 60, 80, 100, 140, 180, 200]);
        assert_eq!(looks(40).collect::<Vec<_>>(), [40]);
        assert_eq!(looks(10).collect::<Vec<_>>(), [10]);
    }
}
