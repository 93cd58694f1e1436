//! Listeners: what the runner hears of a trial, summed up in columns.

pub mod attempts;
pub mod batches;
pub mod line;
pub mod phases;
pub mod response;
