//! Whether anything falls under a promise at all: one under which nothing falls would "hold" in every trial, which answers no question.

use crate::model::Model;
use crate::study::{Failure, Quiet, Settings, run_while};
use crate::trial::Outcome;

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
