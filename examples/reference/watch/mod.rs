//! Listeners: what the runner hears of a trial, summed up in columns.

pub mod line;
