//! The workloads of `benches/workloads`, which other engines play too: the same answers first, then who is faster.
//!
//! Answers of W2 and W3 are those of four other engines together (a hand-written program, simu-des, SimPy and cimba; standard error of "all"
//! 0.0002 over 500 replications); of W1 Erlang's. Fixed seed; six comparisons at 4.3 standard errors each (theirs
//! and ours together): a false alarm of 1e-4 in all.

#[path = "../../benches/baseline/w2.rs"]
mod baseline;

use crate::measured::ratio;
use leadsim::scenario;
use leadsim::study::{self, Finding, Period, Quiet, Scope, Settings, Trials};
use std::path::Path;

/// Findings over the whole horizon.
fn played(name: &str, trials: u64) -> Vec<Finding> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/workloads").join(name);
    let scenario = scenario::load(&path, &[]).unwrap_or_else(|problems| panic!("{problems}"));
    let settings = Settings { trials: Trials::Fixed(trials), ..Settings::default() };
    let study = study::run(scenario.model, settings, &Quiet).expect("no trial fails");
    study.findings().into_iter().filter(|f| f.period == Period::Horizon && f.scope == Scope::All).collect()
}

/// Holds one finding against the answer of others, whose standard error is `theirs`.
fn agrees(findings: &[Finding], measure: &str, of: (Option<&str>, Option<&str>), answer: f64, theirs: f64) {
    let wanted = |f: &&Finding| {
        f.measure == measure
            && f.commitment.as_deref() == of.0
            && f.tier.as_deref() == of.1
            && f.cause.is_none()
    };
    let found = findings.iter().find(wanted).unwrap_or_else(|| panic!("{measure} of {of:?}"));
    let (low, high) = found.estimate.low.zip(found.estimate.high).expect("enough trials for an interval");
    let ours = (high - low) / (2.0 * 1.96);
    let error = (ours * ours + theirs * theirs).sqrt();
    let away = (found.estimate.value - answer) / error;
    assert!(
        away.abs() < 4.3,
        "{measure} of {of:?}: {} where others say {answer}, z {away:.1}",
        found.estimate.value
    );
    assert!(error < 0.02 * answer, "{measure} of {of:?} is too wide to say anything: {error}");
}

/// Class 1 is hardly ever late, and then many leads at once: no interval of sixty quarters is of use, but half a lead in a thousand is far off.
fn rare(findings: &[Finding], answer: f64) {
    let found = findings.iter().find(|f| f.measure == "attainment" && f.commitment.as_deref() == Some("C1"));
    let share = found.expect("class 1 is promised").estimate.value;
    assert!((share - answer).abs() < 5e-4, "class 1: {share} where others say {answer}");
}

#[test]
fn w1_is_erlangs_queue() {
    let found = played("w1.toml", 60);
    agrees(&found, "attainment", (Some("C1"), None), 1.0 - 0.668_732, 0.0);
    agrees(&found, "speed_to_lead_mean", (None, None), 60.0 * 0.668_732, 0.0);
}

#[test]
fn w2_answers_as_other_engines_do() {
    let found = played("w2.toml", 60);
    rare(&found, 0.99974);
    agrees(&found, "attainment", (Some("ALL"), None), 0.92379, 2e-4);
    agrees(&found, "speed_to_lead_mean", (None, None), 282.8, 0.5);
}

/// The program that the benchmarks set beside W2 plays W2: the same leads, on time and waiting, as the scenario and as other engines.
/// Five comparisons at 4.3 standard errors each: a false alarm of 1e-4 in all.
#[test]
fn the_program_written_for_w2_alone_plays_w2() {
    let quarters: Vec<_> = (0..400).map(baseline::quarter).collect();
    let begun = |q: &baseline::Counted| f64::from(q.begun.iter().sum::<u32>());
    let measured = |what: &str, part: fn(&baseline::Counted) -> f64| {
        let pairs: Vec<_> = quarters.iter().map(|q| (part(q), begun(q))).collect();
        ratio(what, &pairs)
    };
    let on_time = measured("on time", |q| f64::from(q.on_time.iter().sum::<u32>()));
    let waited = measured("waited", |q| q.waited);
    let leads: Vec<_> = quarters.iter().map(|q| (f64::from(q.leads), 1.0)).collect();
    for (found, answer, theirs) in
        [(on_time, 0.92379, 2e-4), (waited, 282.8, 0.5), (ratio("leads", &leads), 5_000.0, 0.0)]
    {
        let away = (found.value - answer) / found.error.hypot(theirs);
        assert!(away.abs() < 4.3, "{found:?} where others say {answer}, z {away:.1}");
        assert!(found.error < 0.005 * answer, "{found:?} is too wide to say anything");
    }
    let class_1: Vec<_> = quarters.iter().map(|q| (f64::from(q.on_time[0]), f64::from(q.begun[0]))).collect();
    assert!((ratio("class 1", &class_1).value - 0.99974).abs() < 5e-4, "{class_1:?}");
    let ours = played("w2.toml", 60);
    agrees(&ours, "attainment", (Some("ALL"), None), on_time.value, on_time.error);
    agrees(&ours, "speed_to_lead_mean", (None, None), waited.value, waited.error);
}

#[test]
fn w3_answers_as_other_engines_do() {
    let found = played("w3.toml", 60);
    rare(&found, 0.99961);
    agrees(&found, "attainment", (Some("ALL"), None), 0.92027, 2e-4);
    agrees(&found, "speed_to_lead_mean", (None, None), 283.0, 0.5);
}

/// A year of 5,000 reps and 4 million leads is read, has the leads it should, and is within the limits (it takes a minute to play).
#[test]
fn an_enterprise_is_within_the_limits() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/workloads/enterprise.toml");
    let scenario = scenario::load(&path, &[]).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(scenario.model.reps.len(), 5_000);
    let a_year = scenario.expected_leads() * 52.0 / (52.0 + 12.0);
    assert!((3.8e6..4.4e6).contains(&a_year), "{a_year} leads a year beside the run-in and run-out");
}
