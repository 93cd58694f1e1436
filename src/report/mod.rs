//! From findings to pages: sentences, tables, JSON, CSV, pictures and folders. It computes no statistic and prints nothing.

pub mod plot;

mod broken;
mod capacity;
mod causes;
pub mod decision;
pub mod files;
mod from_preset;
pub mod json;
mod lead_moments;
pub mod lead_tables;
mod leftovers;
#[cfg(all(test, unix))]
mod leftovers_tests;
mod lookup;
mod modelled;
mod names;
pub mod pictures;
mod pictures_of_time;
mod rows;
mod sentences;
mod sheet;
mod story;
mod swept;
pub mod tables;
pub mod text;
mod unjudged;
mod verdict;
mod volume;
mod wording;

pub use capacity::{SweepPage, sweep_page};
pub use from_preset::{meeting_hours, sentence as from_preset};
pub use lookup::Findings;
pub use names::routing as routing_words;
pub use rows::Row;
pub use sheet::{Sheet, Source};
pub use story::story;
pub use verdict::Verdict;
pub use wording::{TrialWord, plain, plural, thousands};
