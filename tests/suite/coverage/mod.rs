//! Do 95 % intervals contain the truth 95 times in a hundred? Asked of systems whose truth is known exactly.
//!
//! `studies` asks it of what a study reports, engine and all. `reference_cases` asks it of the same estimators on cases of the literature, whose
//! trials are drawn without the engine because two thousand times two hundred of them would take minutes.

mod chain;
mod reference_cases;
mod studies;
mod tally;
