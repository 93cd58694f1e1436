//! Many trials: the same horizon played again and again with fresh luck, in parallel blocks folded in order, then estimates.

mod block;
mod calibrate;
mod findings;
mod in_order;
mod measure;
mod packed;
mod period_responses;
mod run;
mod series;
mod settings;
mod timed;
mod units;

pub use block::{Failure, panic_message};
pub use calibrate::{DecayRefused, PILOT_TRIALS, Pilot, calibrate_decay};
pub use findings::{Finding, Period, Scope, Unit};
pub use run::{Ending, Progress, Quiet, Study, run, run_while};
pub use series::{ByTrial, Series};
pub use settings::{FEWEST_BLOCKS, Settings, Trials};
pub use units::Units;
