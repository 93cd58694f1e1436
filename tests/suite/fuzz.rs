//! Random input at every door: whatever is thrown at it, leadsim answers or says what is wrong, and never breaks.
//!
//! Four targets, each a function of a list of bytes: the scenario reader ([`scenario`]), the reader of real stamps ([`stamps`]), the
//! calendar builder ([`calendar`]) and a tiny whole run ([`whole`]). The bytes say what is changed and how, so that a shorter list is a
//! simpler case. `LEADSIM_FUZZ_CASES` asks for more than a few cases of each (1000 takes minutes), `LEADSIM_FUZZ_SEED` for others.

#[path = "fuzz_bytes.rs"]
mod bytes;
#[path = "fuzz_calendar.rs"]
mod calendar;
#[path = "fuzz_mutate.rs"]
mod mutate;
#[path = "fuzz_scenario.rs"]
mod scenario;
#[path = "fuzz_stamps.rs"]
mod stamps;
#[path = "fuzz_whole.rs"]
mod whole;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::cell::Cell;

fn asked(name: &str, otherwise: u32) -> u32 {
    std::env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(otherwise)
}

/// What a target made of its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Met {
    /// They were taken, and everything behind the door was tried.
    Accepted,
    /// They were refused in words, or left for being too large.
    Refused,
}

/// Throws random bytes at a target; bytes that break it are shown in their shortest form, with what broke. Of the usual cases at least
/// one in ten is accepted and one in ten refused, so that both sides of the door are seen.
fn throw(usual_cases: u32, target: fn(&[u8]) -> Result<Met, String>) {
    let config = Config {
        cases: asked("LEADSIM_FUZZ_CASES", usual_cases),
        rng_seed: RngSeed::Fixed(u64::from(asked("LEADSIM_FUZZ_SEED", 1))),
        failure_persistence: None,
        max_shrink_iters: 500,
        ..Config::default()
    };
    let any_bytes = proptest::collection::vec(any::<u8>(), 0..200);
    let (cases, accepted) = (config.cases, Cell::new(0));
    let thrown = TestRunner::new(config).run(&any_bytes, |bytes| {
        let met = target(&bytes).map_err(TestCaseError::fail)?;
        accepted.set(accepted.get() + u32::from(met == Met::Accepted));
        Ok(())
    });
    if let Err(failed) = thrown {
        panic!("{failed}");
    }
    let accepted = accepted.get();
    assert!(10 * accepted >= cases && 10 * (cases - accepted) >= cases, "{accepted} of {cases} accepted");
}

#[test]
fn the_scenario_reader_reads_or_says_where_it_is_wrong() {
    throw(1_200, scenario::target);
}

#[test]
fn the_reader_of_stamps_reads_or_names_the_line() {
    throw(400, stamps::target);
}

#[test]
fn calendars_hold_together_whatever_they_are_built_of() {
    throw(1_500, calendar::target);
}

#[test]
fn what_is_accepted_can_be_played() {
    throw(250, whole::target);
}
