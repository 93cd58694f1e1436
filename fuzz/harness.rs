//! The doors that `tests/suite/fuzz.rs` knocks at, for libFuzzer: it learns which bytes lead to code not seen before.

#![allow(dead_code, reason = "each target knocks at one door")]

#[path = "../tests/suite/fuzz_bytes.rs"]
pub mod bytes;
#[path = "../tests/suite/fuzz_calendar.rs"]
pub mod calendar;
#[path = "../tests/suite/fuzz_mutate.rs"]
pub mod mutate;
#[path = "../tests/suite/fuzz_scenario.rs"]
pub mod scenario;
#[path = "../tests/suite/fuzz_stamps.rs"]
pub mod stamps;
#[path = "../tests/suite/fuzz_whole.rs"]
pub mod whole;

/// What a target made of its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// They were taken, and everything behind the door was tried.
    Accepted,
    /// They were refused in words, or left for being too large.
    Refused,
}

/// A door that is broken is told as libFuzzer wants it, with what broke.
pub fn knock(target: fn(&[u8]) -> Result<Met, String>, bytes: &[u8]) {
    if let Err(broken) = target(bytes) {
        panic!("{broken}");
    }
}
