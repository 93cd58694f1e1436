//! How many trials, from which seed, at which level.

/// How a study is run.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The seed from which all luck grows.
    pub seed: u64,
    /// How many trials.
    pub trials: Trials,
    /// Confidence level of every interval, for instance 0.95.
    pub level: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { seed: 1, trials: Trials::Fixed(1_000), level: 0.95 }
    }
}

/// When to stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Trials {
    /// After so many.
    Fixed(u64),
    /// When the interval of the headline attainment is at most this half-width (a share: 0.005 is half a point), looked at after
    /// 100, 150, 225, … trials, in order of trial number, and at the latest after `at_most`.
    Precision {
        /// Wanted half-width, as a share.
        half_width: f64,
        /// Cap on the number of trials.
        at_most: u64,
    },
}

impl Trials {
    /// Most trials that will be played.
    pub fn at_most(self) -> u64 {
        match self {
            Trials::Fixed(trials) => trials,
            Trials::Precision { at_most, .. } => at_most,
        }
    }
}
