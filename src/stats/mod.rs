//! Statistics for simulated trials: every figure leaves here as an estimate with its interval, level, count and method.
//!
//! Nothing in this stage knows what is being counted. A trial is the independent unit throughout; what happens
//! inside a trial may depend on itself in any way.

pub mod binomial;
pub mod busyness;
pub mod components;
pub mod estimate;
pub mod explained;
pub mod fieller;
pub mod histogram;
pub mod isotonic;
pub mod law;
pub mod mean;
pub mod paired;
pub mod poisson_test;
pub mod proportion;
pub mod quantile;
pub mod ratio;
pub mod regression;
pub mod selection;
pub mod sensitivity;
pub mod sequence;
pub mod shapley;
pub mod skewness;
pub mod survival;
pub mod warmup;

pub use estimate::{Estimate, FEWEST_TRIALS_FOR_AN_INTERVAL, Method};
pub use histogram::{BUCKETS_PER_OCTAVE, Bucket, BucketHistogram, DurationHistogram};
pub use ratio::{Confidence, RatioTally, RatioTallyF};

#[cfg(test)]
mod tests;
