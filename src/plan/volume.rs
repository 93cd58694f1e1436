//! From a pipeline goal back to leads: how many reach it with a wanted probability, alone on paper and with the team that works them.

pub mod amounts;
pub mod counts;
pub mod ladder;
#[cfg(test)]
mod ladder_tests;
pub mod lags;
pub mod paper;
pub mod reaching;
pub mod team;
pub mod turning;
pub mod with_team;

pub use ladder::{Delivery, Layer, MoreEvidence, Question, Rung, Solver, ladder, more_evidence};
pub use lags::Lags;
pub use paper::{COVERAGE, Coverage, Paper, paper};
pub use reaching::Reaching;
pub use team::{Judge, NotPlayed, Played};
pub use turning::{Line, Needed, Turning, VolumePoint};
pub use with_team::{Headcount, OtherCurve, Today, Wanted, WithTeam};
