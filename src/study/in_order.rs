//! Trials in blocks: each block is taken by whichever thread is free, and handed on in the order of trial numbers.

use super::block::BLOCK;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Towards the end a block holds this part of the trials left, so that all threads end at about the same time. The rule knows the trials
/// and not the threads.
const PART: u64 = 8;

/// Fewest trials of a block where trials are independent.
pub(super) const LEAST: u64 = 2;

/// What is done, and what is next.
struct UnderWay<B, E, Next> {
    /// Trials that no thread has taken.
    left: Range<u64>,
    /// Fewest trials a block holds, but for the last.
    least: u64,
    /// The first trial that was not handed on.
    due: u64,
    /// Blocks that were done before one in front of them, by their first trial. Nobody waits for the slow one: they would be kept anyway.
    early: BTreeMap<u64, (u64, Result<B, E>)>,
    /// Takes the blocks in order.
    next: Next,
    failed: Option<E>,
}

impl<B, E, Next: FnMut(B)> UnderWay<B, E, Next> {
    /// The next block to play, if there is one.
    fn take(&mut self) -> Option<Range<u64>> {
        let from = self.left.start;
        let trials = (self.left.end.saturating_sub(from) / PART).clamp(self.least, BLOCK);
        self.left.start = (from + trials).min(self.left.end);
        (from < self.left.start).then_some(from..self.left.start)
    }

    /// Keeps a block, and hands on what is now in order. After a failure nothing is: the first one in order is the one that is told.
    fn done(&mut self, trials: Range<u64>, block: Result<B, E>) {
        if block.is_err() {
            self.left.start = self.left.end;
        }
        self.early.insert(trials.start, (trials.end, block));
        while let Some((end, block)) = self.early.remove(&self.due).filter(|_| self.failed.is_none()) {
            self.due = end;
            match block {
                Ok(block) => (self.next)(block),
                Err(failure) => self.failed = Some(failure),
            }
        }
    }
}

/// Plays `trials` in blocks of at least `least` on all threads and hands the blocks to `next` in order; where `stop` says so no further block is begun, and
/// those begun are finished, so that what was handed on is a whole prefix.
///
/// # Errors
///
/// That of the first block, in order, that failed; those before it were handed on.
pub(super) fn each_block<B: Send, E: Send>(
    trials: Range<u64>,
    least: u64,
    stop: impl Fn() -> bool + Sync,
    play: impl Fn(Range<u64>) -> Result<B, E> + Sync,
    next: impl FnMut(B) + Send,
) -> Result<(), E> {
    let due = trials.start;
    let under_way = UnderWay { left: trials, least, due, early: BTreeMap::new(), next, failed: None };
    let under_way = Mutex::new(under_way);
    rayon::scope(|scope| {
        for _ in 0..rayon::current_num_threads() {
            scope.spawn(|_| {
                while !stop() {
                    let Some(trials) = locked(&under_way).take() else { break };
                    let block = play(trials.clone());
                    locked(&under_way).done(trials, block);
                }
            });
        }
    });
    let ended = under_way.into_inner().unwrap_or_else(PoisonError::into_inner);
    ended.failed.map_or(Ok(()), Err)
}

/// A panic elsewhere leaves the lock poisoned and goes on by itself when all threads have ended.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    /// Plays on so many threads, blocks taking longer or shorter.
    fn handed_on(
        threads: usize,
        trials: Range<u64>,
        stop: impl Fn() -> bool + Sync + Send,
        fails: &[u64],
    ) -> (Vec<Range<u64>>, Result<(), u64>) {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a thread pool");
        let mut blocks = Vec::new();
        let play = |trials: Range<u64>| {
            std::thread::sleep(Duration::from_micros(trials.start.wrapping_mul(0x9E37_79B9) % 900));
            fails.iter().find(|trial| trials.contains(trial)).map_or(Ok(trials), |trial| Err(*trial))
        };
        let ended = pool.install(|| each_block(trials, LEAST, stop, play, |block| blocks.push(block)));
        (blocks, ended)
    }

    #[test]
    fn blocks_are_the_same_and_in_order_on_any_number_of_threads() {
        for trials in [0..0, 5..6, 0..64, 100..150, 7..1_007] {
            let (alone, ended) = handed_on(1, trials.clone(), || false, &[]);
            assert_eq!(ended, Ok(()));
            assert!(alone.iter().all(|block| block.end - block.start <= BLOCK));
            assert!(alone.iter().cloned().flatten().eq(trials.clone()), "{trials:?}: {alone:?}");
            for threads in [2, 7] {
                assert_eq!(handed_on(threads, trials.clone(), || false, &[]).0, alone, "{threads} threads");
            }
        }
    }

    #[test]
    fn the_first_failure_in_order_is_told_and_all_before_it_is_there() {
        let (mut before, _) = handed_on(1, 0..400, || false, &[]);
        before.retain(|block| block.end <= 131);
        for threads in [1, 2, 7] {
            let (blocks, ended) = handed_on(threads, 0..400, || false, &[131, 133, 250, 399]);
            assert_eq!(ended, Err(131), "{threads} threads");
            assert_eq!(blocks, before, "{threads} threads");
        }
    }

    #[test]
    fn a_stop_leaves_a_whole_prefix() {
        let asked = AtomicU64::new(0);
        let (blocks, ended) = handed_on(2, 0..1_000, || asked.fetch_add(1, Ordering::Relaxed) >= 9, &[]);
        assert_eq!(ended, Ok(()));
        let until = blocks.last().expect("some were begun").end;
        assert!(until < 1_000 && blocks.into_iter().flatten().eq(0..until));
    }
}
