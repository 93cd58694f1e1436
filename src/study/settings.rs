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
    /// Whether the busyness of days and weeks is shared out evenly among the trials of each block, and every interval made from whole blocks; numbers
    /// of trials are then rounded up as [`Settings::whole`] says.
    pub stratified: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { seed: 1, trials: Trials::Fixed(1_000), level: 0.95, stratified: false }
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

/// Fewest blocks of trials that share out their busyness: their totals say how sure a figure is.
pub const FEWEST_BLOCKS: u64 = 20;

impl Settings {
    /// The number of trials, not below `trials`, after which a figure may be asked for: where busyness is shared out, whole blocks, and
    /// enough of them.
    pub fn whole(&self, trials: u64) -> u64 {
        match self.stratified {
            true => trials.next_multiple_of(super::block::BLOCK).max(FEWEST_BLOCKS * super::block::BLOCK),
            false => trials,
        }
    }
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
