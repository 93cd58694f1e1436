//! From findings to pages: sentences, tables, JSON, CSV, pictures and folders. It computes no statistic and prints nothing.

pub mod plot;

mod broken;
mod capacity;
mod causes;
mod comparison;
mod comparison_answer;
mod comparison_picture;
mod comparison_tables;
mod comparison_words;
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
mod promising;
mod remedy;
mod remedy_picture;
mod remedy_tables;
mod rows;
mod sentences;
mod sheet;
mod sizing;
mod story;
mod swept;
pub mod tables;
pub mod text;
mod unjudged;
mod verdict;
mod volume;
mod wording;

pub use capacity::{SweepPage, sweep_page};
pub use comparison::{ComparisonPage, comparison_page};
pub use comparison_picture::forest;
pub use comparison_tables::{comparison_document, differences_table, inputs_table};
pub use from_preset::{meeting_hours, sentence as from_preset};
pub use lookup::Findings;
pub use names::routing as routing_words;
pub use promising::{PromisePage, promise_document, promise_page, promise_table};
pub use remedy::{FixPage, fix_page};
pub use remedy_picture::frontier;
pub use remedy_tables::{fix_document, fix_table};
pub use rows::Row;
pub use sheet::{Sheet, Source};
pub use sizing::{SizePage, size_document, size_page, size_table};
pub use story::story;
pub use verdict::Verdict;
pub use wording::{TrialWord, plain, plural, thousands};
