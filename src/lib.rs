//! leadsim: what a sales–marketing SLA does to a team, before anybody signs it.
//!
//! The flow, top to bottom; every module uses only modules above it in this list (a test keeps it so):
//!
//! ```text
//! scenario file → model → one trial (event loop) → many trials → estimates → plan → report → screen
//! ```
//!
//! `docs/ARCHITECTURE.md` has the map, `docs/METHOD.md` how each number is made.

// ground: knows nothing of leads
pub mod time;
pub mod random;
pub mod stats;
pub mod analytic;
// the flow
pub mod model;
pub mod scenario;
pub mod trial;
pub mod study;
pub mod plan;
// the edges
pub mod report;
pub mod cli;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
