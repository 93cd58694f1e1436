//! Whether anything falls under a promise at all: one under which nothing falls would "hold" in every trial, which answers no question.

use crate::model::Model;
use crate::stats::proportion::clopper_pearson;
use crate::study::{Failure, Quiet, Settings, run_while};
use crate::trial::Outcome;

/// Trials after which a share of trials without anything to judge is told at the latest.
const MOST_LOOKED_AT: u64 = 640;

/// Whether nothing falls under any of these commitments in a trial: it then counts as one in which they hold.
pub(super) fn is_empty(commitments: &[usize], record: &Outcome) -> bool {
    commitments.iter().all(|i| record.commitments[*i].all.judged == 0)
}

/// The share of trials in which nothing falls under any of these commitments, where that alone reaches the wanted probability, so that
/// they would hold whatever is done; none where it does not. It is looked at until an exact interval tells, as a rule after few trials.
///
/// # Errors
///
/// A [`Failure`] names the trial that failed.
pub fn holds_by_itself(
    model: &Model,
    commitments: &[usize],
    probability: f64,
    seed: u64,
) -> Result<Option<f64>, Failure> {
    let mut model = model.clone();
    model.buyers.decay = None;
    let empty = |records: &[Outcome]| records.iter().filter(|one| is_empty(commitments, one)).count() as u64;
    let mut looks = [4, 20, 40, 160, MOST_LOOKED_AT].into_iter();
    let next = |records: &[Outcome]| {
        let (low, high) = clopper_pearson(empty(records), records.len() as u64, 0.999);
        (low < probability && probability <= high).then(|| looks.next()).flatten()
    };
    let study = run_while(model, Settings { seed, ..Settings::default() }, next, &Quiet)?;
    let share = empty(&study.records) as f64 / study.records.len().max(1) as f64;
    Ok((share >= probability).then_some(share))
}

/// Trials without any lead or month to judge after which a promise counts as being about nothing.
pub const LOOKED_AT: u64 = 40;

/// Of these commitments, by their place in the agreement, those under which nothing fell in [`LOOKED_AT`] trials of `seed`; as a rule one trial
/// shows that there are none. Whether leads convert does not matter to it.
///
/// # Errors
///
/// A [`Failure`] names the trial that failed.
pub fn about_nothing(model: &Model, commitments: &[usize], seed: u64) -> Result<Vec<usize>, Failure> {
    let mut model = model.clone();
    model.buyers.decay = None;
    let unjudged = |records: &[Outcome]| -> Vec<usize> {
        let judged = |i: usize| records.iter().any(|record| record.commitments[i].all.judged > 0);
        commitments.iter().copied().filter(|i| !judged(*i)).collect()
    };
    let mut looks = [1, LOOKED_AT].into_iter();
    let next = |records: &[Outcome]| match unjudged(records).is_empty() {
        true => None,
        false => looks.next(),
    };
    let study = run_while(model, Settings { seed, ..Settings::default() }, next, &Quiet)?;
    Ok(unjudged(&study.records))
}
