//! Plays a scenario given as text and measures one promise, with a standard error that knows leads of one trial are kin.

use leadsim::scenario::{self, Scenario};
use leadsim::study::{self, Quiet, Settings, Study, Trials};
use std::path::Path;

/// The scenario of a text.
pub fn scenario(text: &str) -> Scenario {
    scenario::from_text(text, "fact", Path::new("."), &[]).unwrap_or_else(|problems| panic!("{problems}"))
}

/// All trials of a scenario, its decay scaled as the command line does it.
pub fn play(scenario: &Scenario, trials: u64, seed: u64) -> Study {
    let mut model = scenario.model.clone();
    study::calibrate_decay(&scenario.base, &mut model).unwrap_or_else(|refused| panic!("{refused}"));
    let settings = Settings { seed, trials: Trials::Fixed(trials), ..Settings::default() };
    study::run(model, settings, &Quiet).unwrap_or_else(|failure| panic!("{failure:?}"))
}

/// A share measured over independent trials.
#[derive(Debug, Clone, Copy)]
pub struct Measured {
    /// All kept over all judged.
    pub value: f64,
    /// Standard error of a ratio of sums over independent trials (linearised), so it allows for leads of one trial that
    /// share their fate.
    pub error: f64,
    /// All judged.
    pub judged: u64,
}

/// How often a promise was kept.
pub fn kept(study: &Study, commitment: &str) -> Measured {
    let index = study
        .model
        .agreement
        .commitments
        .iter()
        .position(|c| c.id == commitment)
        .unwrap_or_else(|| panic!("no commitment {commitment}"));
    let pairs: Vec<(f64, f64)> = study
        .records
        .iter()
        .map(|record| record.commitments[index].all)
        .map(|tally| (f64::from(tally.kept), f64::from(tally.judged)))
        .collect();
    ratio(commitment, &pairs)
}

/// A ratio of sums over independent trials: numerator and denominator of each.
pub fn ratio(what: &str, pairs: &[(f64, f64)]) -> Measured {
    let (kept, judged) = pairs.iter().fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
    assert!(judged > 0.0, "nothing was judged for {what}");
    let value = kept / judged;
    let trials = pairs.len() as f64;
    let squares: f64 = pairs.iter().map(|(kept, judged)| (kept - value * judged).powi(2)).sum();
    let error = (squares * trials / (trials - 1.0)).sqrt() / judged;
    Measured { value, error, judged: judged as u64 }
}

/// Two-sided normal bound that a right program passes but for one comparison in ten thousand.
pub const ONE_IN_TEN_THOUSAND: f64 = 3.891;

/// Holds a measured share against its exact value: the error must be small enough to tell, and the two must agree.
///
/// The false alarm of one comparison is 1e-4; as seeds are fixed, the alarm is raised once and for all, or never.
pub fn agrees(what: &str, measured: Measured, exact: f64, error_at_most: f64) {
    println!("{what}: {:.6} ± {:.6}, exact {exact:.6}", measured.value, measured.error);
    assert!(
        measured.error <= error_at_most,
        "{what}: the error {} is above {error_at_most}, this comparison could not tell",
        measured.error
    );
    let z = (measured.value - exact) / measured.error;
    assert!(
        z.abs() <= ONE_IN_TEN_THOUSAND,
        "{what}: {} ± {} over {} leads, exact {exact} (z = {z:.2})",
        measured.value,
        measured.error,
        measured.judged
    );
}
