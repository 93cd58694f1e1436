//! Listeners: what the runner hears of a trial, summed up in columns.

pub mod attempts;
pub mod batches;
pub mod calls;
pub mod days;
pub mod duty;
pub mod line;
pub mod offered;
pub mod phases;
pub mod ranks;
pub mod reps;
pub mod response;
