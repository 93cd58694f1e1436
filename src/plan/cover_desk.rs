//! A desk whose cover is sought, part by part of the week, and what the search for it has to tell.

use super::size::{Decision, Tried};
use crate::model::Model;
use crate::scenario::{CoverHours, Problems, Scenario};
use crate::study::{DecayRefused, Failure, Pilot};

/// Whose cover is sought.
#[derive(Debug)]
pub struct Desk<'a> {
    /// The scenario as it is.
    pub scenario: &'a Scenario,
    /// The group of reps.
    pub group: &'a str,
    /// Its cover today, in the parts that the search may change one by one.
    pub parts: Vec<CoverHours>,
}

impl Desk<'_> {
    /// The cover with these headcounts.
    pub fn cover(&self, counts: &[u32]) -> Vec<CoverHours> {
        let with = |(part, count): (&CoverHours, &u32)| CoverHours { count: *count, ..part.clone() };
        self.parts.iter().zip(counts).map(with).collect()
    }

    /// Rep-hours a week of a cover, as written: whoever stays on to finish is not counted.
    pub fn rep_hours(&self, counts: &[u32]) -> f64 {
        let minutes = |(part, count): (&CoverHours, &u32)| part.minutes() * u64::from(*count);
        self.parts.iter().zip(counts).map(minutes).sum::<u64>() as f64 / 60.0
    }

    /// Today's headcounts.
    pub fn today(&self) -> Vec<u32> {
        self.parts.iter().map(|part| part.count).collect()
    }

    /// What is simulated with these headcounts.
    pub(super) fn model(&self, counts: &[u32], pilot: &Pilot<'_>) -> Result<Model, CoverError> {
        let changed = self.scenario.with_cover(self.group, &self.cover(counts));
        let mut model = changed.map_err(|problems| CoverError::Refused(Box::new(problems)))?.model;
        pilot.calibrate(&mut model).map_err(|refused| CoverError::Decay(Box::new(refused)))?;
        Ok(model)
    }
}

/// Why a search came to no answer.
#[derive(Debug, thiserror::Error)]
pub enum CoverError {
    /// A cover cannot be true.
    #[error("{}", .0.render(true))]
    Refused(Box<Problems>),
    /// A decay curve cannot be true with one of the covers.
    #[error("with one of the covers: {0}")]
    Decay(Box<DecayRefused>),
    /// A trial failed.
    #[error(transparent)]
    Trial(#[from] Failure),
}

/// A cover that was judged.
#[derive(Debug, Clone)]
pub struct Judged {
    /// Its headcounts, part by part.
    pub counts: Vec<u32>,
    /// Rep-hours a week, as written.
    pub rep_hours: f64,
    /// What trials say of it.
    pub tried: Tried,
}

/// The answer.
#[derive(Debug, Clone)]
pub struct LeastCover {
    /// Every cover judged, in the order in which it was.
    pub judged: Vec<Judged>,
    /// Covers that could be judged at most: what the error is shared out among.
    pub at_most: usize,
    /// The least that is enough, by its place among those judged.
    pub least: Option<usize>,
    /// With one rep fewer than the answer, part by part, by place among those judged; none where nobody is, or it was not judged.
    pub fewer: Vec<Option<usize>>,
    /// One rep of the answer moved to shorter hours: how many such covers there are, and those judged.
    pub moves: (usize, Vec<usize>),
    /// Covers looked at quickly before any was judged.
    pub looked_at: usize,
    /// Trials of these looks.
    pub look_trials: u64,
    /// Whether looks ran out before the search was through: from then on it went by headcounts alone.
    pub looks_spent: bool,
    /// Trials in all.
    pub trials: u64,
    /// Whether no further cover could be judged before the search was through.
    pub spent: bool,
    /// Whether the user stopped the search.
    pub stopped: bool,
}

impl LeastCover {
    /// The answer's own record.
    pub fn answer(&self) -> Option<&Judged> {
        self.least.map(|place| &self.judged[place])
    }

    /// Of those with one rep fewer or a rep moved, the one that came nearest.
    pub fn runner_up(&self) -> Option<&Judged> {
        let beside = self.fewer.iter().flatten().chain(&self.moves.1);
        beside
            .map(|place| &self.judged[*place])
            .max_by(|a, b| a.tried.holds.value.total_cmp(&b.tried.holds.value))
    }

    /// Of the trials of the answer (or of the first cover judged, where there is none), the share in which nothing fell under the promises.
    pub fn empty(&self) -> f64 {
        let tried = self.answer().or(self.judged.first()).map(|judged| &judged.tried);
        tried.map_or(0.0, |tried| tried.empty as f64 / tried.held.1.max(1) as f64)
    }

    /// Whether any cover was left undecided, for which more trials may tell.
    pub fn undecided(&self) -> usize {
        self.judged.iter().filter(|judged| judged.tried.decision == Decision::CannotTell).count()
    }

    /// Whether the answer is one rep in all: that one is not taken out.
    pub fn is_last_rep(&self) -> bool {
        self.answer().is_some_and(|answer| answer.counts.iter().sum::<u32>() == 1)
    }

    /// Parts of the answer from which a rep could be taken and that were not judged.
    pub fn not_judged(&self) -> usize {
        let Some(answer) = self.answer() else { return 0 };
        let people: u32 = answer.counts.iter().sum();
        let open = |(count, fewer): (&u32, &Option<usize>)| *count > 0 && people > 1 && fewer.is_none();
        answer.counts.iter().zip(&self.fewer).filter(|pair| open(*pair)).count()
    }

    /// Whether fresh luck speaks against the search: against the answer, or for a lesser cover although that was found too little.
    pub fn contradicted(&self, probability: f64) -> bool {
        let high = |judged: &Judged| judged.tried.confirmed.and_then(|fresh| fresh.high);
        self.answer().and_then(high).is_some_and(|high| high < probability)
            || self.nearest_with_fresh_luck(Decision::TooFew, probability).is_some()
    }

    /// The lesser cover that came nearest, where the search could not tell and fresh luck alone would take it.
    pub fn less_with_fresh_luck(&self, probability: f64) -> Option<&Judged> {
        self.nearest_with_fresh_luck(Decision::CannotTell, probability)
    }

    fn nearest_with_fresh_luck(&self, decided: Decision, probability: f64) -> Option<&Judged> {
        let low = |judged: &Judged| judged.tried.confirmed.and_then(|fresh| fresh.low);
        let nearest = self.runner_up().filter(|nearest| nearest.tried.decision == decided);
        nearest.filter(|nearest| low(nearest).is_some_and(|low| low > probability))
    }
}

/// One rep more in a part.
pub(super) fn more(counts: &[u32], part: usize) -> Vec<u32> {
    let mut next = counts.to_vec();
    next[part] += 1;
    next
}

/// One rep fewer in a part; `None` where nobody is, or nobody would be left in the whole week.
pub(super) fn less(counts: &[u32], part: usize) -> Option<Vec<u32>> {
    let mut next = counts.to_vec();
    next[part] = next[part].checked_sub(1)?;
    next.iter().any(|count| *count > 0).then_some(next)
}

/// One rep fewer, part by part.
pub(super) fn fewer(counts: &[u32]) -> Vec<Option<Vec<u32>>> {
    (0..counts.len()).map(|part| less(counts, part)).collect()
}

/// Pairs of parts between which moving a rep saves hours; what nobody covers today stays so.
pub(super) fn moves(parts: &[CoverHours], counts: &[u32]) -> Vec<(usize, usize)> {
    let from = (0..parts.len()).filter(|part| counts[*part] > 0);
    let to = |from: usize| {
        let shorter = move |to: &usize| parts[*to].count > 0 && parts[*to].minutes() < parts[from].minutes();
        (0..parts.len()).filter(shorter).map(move |to| (from, to))
    };
    from.flat_map(to).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Estimate, Method};

    /// Fresh luck speaks against an answer that falls short and against a runner-up that does not; not where its interval holds the wanted share.
    #[test]
    fn fresh_luck_contradicts_where_it_is_sure() {
        let judged = |counts: [u32; 2], fresh: (f64, f64), decision: Decision| Judged {
            counts: counts.to_vec(),
            rep_hours: f64::from(counts[0] + counts[1]),
            tried: Tried {
                value: String::new(),
                reps: 2,
                hours_a_week: 0.0,
                team_cost: None,
                held: (38, 40),
                empty: 10,
                holds: Estimate::bare(0.95, 0.99, Method::ConfidenceSequence, 40),
                decision,
                confirmed: Some(Estimate::with_interval(0.9, fresh, 0.95, Method::ClopperPearson, 100)),
            },
        };
        let with = |answer: (f64, f64), fewer: (f64, f64), decision: Decision| LeastCover {
            judged: vec![judged([2, 1], answer, Decision::Enough), judged([1, 1], fewer, decision)],
            at_most: 40,
            least: Some(0),
            fewer: vec![Some(1), None],
            moves: (0, Vec::new()),
            looked_at: 0,
            look_trials: 0,
            looks_spent: false,
            trials: 0,
            spent: false,
            stopped: false,
        };
        let found = |answer, fewer| with(answer, fewer, Decision::TooFew);
        assert!(!found((0.88, 0.95), (0.8, 0.91)).contradicted(0.9));
        assert!(found((0.8, 0.89), (0.7, 0.8)).contradicted(0.9));
        assert!(found((0.92, 0.99), (0.91, 0.97)).contradicted(0.9));
        // what the search had left open is not contradicted, only perhaps enough
        let open = with((0.92, 0.99), (0.91, 0.97), Decision::CannotTell);
        assert!(!open.contradicted(0.9) && open.less_with_fresh_luck(0.9).is_some());
        assert!(found((0.92, 0.99), (0.91, 0.97)).less_with_fresh_luck(0.9).is_none());
        let fine = found((0.88, 0.95), (0.8, 0.91));
        assert_eq!(
            (fine.empty(), fine.undecided(), fine.is_last_rep(), fine.not_judged()),
            (0.25, 0, false, 1)
        );
    }
}
