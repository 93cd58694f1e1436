//! Some trials of a scenario, picked by number: the same trials that a study of this seed plays, of which little is kept.

use crate::model::Model;
use crate::study::{Failure, Progress, panic_message};
use crate::trial::{self, Outcome, Prepared, Unwatched};
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Trials played between two looks at whether to stop.
const WAVE: usize = 40;

/// Plays trials `numbers` of `seed`, and keeps of each what `keep` makes of it, in the order of `numbers`; none where the user stopped it.
/// `played` hears after every wave how many more are done.
///
/// # Errors
///
/// [`Failure`] names the first trial that failed.
pub fn play<T: Send>(
    model: &Model,
    seed: u64,
    numbers: &[u64],
    keep: impl Fn(&Outcome) -> T + Sync,
    progress: &dyn Progress,
    mut played: impl FnMut(u64),
) -> Result<Option<Vec<T>>, Failure> {
    let prepared = Prepared::new(model);
    let one = |&number: &u64| {
        let play = || trial::run(&prepared, seed, number, &mut Unwatched);
        match catch_unwind(AssertUnwindSafe(play)) {
            Ok(outcome) => Ok(keep(&outcome)),
            Err(panic) => Err(Failure { trial: number, seed, message: panic_message(panic.as_ref()) }),
        }
    };
    let mut kept = Vec::with_capacity(numbers.len());
    for wave in numbers.chunks(WAVE) {
        if progress.stop() {
            return Ok(None);
        }
        let wave: Vec<Result<T, Failure>> = wave.par_iter().map(one).collect();
        for result in wave {
            kept.push(result?);
        }
        played(kept.len() as u64);
    }
    Ok(Some(kept))
}
