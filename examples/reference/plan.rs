//! What it takes to answer a case: a scenario, how to listen to its trials, and how each number comes out of what was heard.

use crate::case::Number;
use leadsim::scenario::{self, Scenario};
use leadsim::trial::Prepared;
use std::path::Path;

/// Sums heard in one trial, one a column.
pub type Row = Vec<f64>;

/// Plays one trial and returns what was heard: `(prepared, seed, trial)`.
pub type Play = Box<dyn Fn(&Prepared<'_>, u64, u64) -> Row + Sync>;

/// A number as a function of the mean of every column.
pub type Formula = Box<dyn Fn(&[f64]) -> f64 + Sync>;

/// A number of the case and how it is estimated.
pub struct Wanted {
    /// The exact number.
    pub number: Number,
    /// From the mean of every column over trials.
    pub formula: Formula,
    /// Whether it is a probability.
    pub probability: bool,
    /// Columns of a plain share, for the exact test when hits are rare.
    pub share: Option<Share>,
    /// Whether the number is the share of misses.
    pub complement: bool,
    /// Whether the plan's controls may steady it; never for numbers that are about the controls themselves.
    pub controlled: bool,
}

/// A sum of which the mean is known from the scenario alone: so many leads, so many minutes of handling.
#[derive(Debug, Clone, PartialEq)]
pub struct Control {
    /// What it is, for tables: it is judged itself.
    pub name: &'static str,
    /// Its column.
    pub column: usize,
    /// Its true mean in a trial.
    pub mean: f64,
}

/// Where a share's counts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Column of hits.
    pub hits: usize,
    /// Column of tries.
    pub tries: usize,
    /// Columns of hits and tries taken so far apart that they are as good as independent; the same columns where
    /// tries are independent as they are.
    pub apart: (usize, usize),
}

/// One scenario of a case and what is asked of it.
pub struct Plan {
    /// The scenario text, as a user could write it.
    pub scenario: String,
    /// Plays a trial.
    pub play: Play,
    /// What is asked.
    pub wanted: Vec<Wanted>,
    /// Controls that steady it.
    pub controls: Vec<Control>,
}

impl Wanted {
    /// A number estimated by a formula.
    pub fn of(number: &Number, formula: impl Fn(&[f64]) -> f64 + Sync + 'static) -> Wanted {
        let probability = number.path.iter().any(|key| key.starts_with("P_"));
        Wanted {
            number: number.clone(),
            formula: Box::new(formula),
            probability,
            share: None,
            complement: false,
            controlled: false,
        }
    }

    /// A number that is one column's total over another's, times a factor.
    pub fn ratio(number: &Number, top: usize, bottom: usize, factor: f64) -> Wanted {
        Wanted::of(number, move |mean| factor * mean[top] / mean[bottom])
    }

    /// A share.
    pub fn share(number: &Number, share: Share) -> Wanted {
        let wanted = Wanted::of(number, move |mean| mean[share.hits] / mean[share.tries]);
        Wanted { share: Some(share), probability: true, ..wanted }
    }

    /// The share of misses.
    pub fn misses(number: &Number, share: Share) -> Wanted {
        let wanted = Wanted::of(number, move |mean| 1.0 - mean[share.hits] / mean[share.tries]);
        Wanted { share: Some(share), probability: true, complement: true, ..wanted }
    }

    /// The same, steadied by the plan's controls.
    pub fn controlled(self) -> Wanted {
        Wanted { controlled: true, ..self }
    }

    /// The same, taken for a probability.
    pub fn taken_for_probability(self) -> Wanted {
        Wanted { probability: true, ..self }
    }
}

impl Plan {
    /// The scenario through the public loader.
    ///
    /// # Errors
    /// What the loader says.
    pub fn load(&self, name: &str) -> Result<Scenario, String> {
        scenario::from_text(&self.scenario, name, Path::new("."), &[])
            .map_err(|problems| problems.to_string())
    }
}
