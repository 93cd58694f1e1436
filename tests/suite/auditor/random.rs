//! Random scenarios under the auditor, and every scenario that leadsim ships.
//!
//! `LEADSIM_AUDIT_CASES` asks for more than 256 cases, `LEADSIM_AUDIT_SEED` for others. What was found wrong once and is right now stands
//! in `found.rs` as scenarios in words.

use super::scenario_text::{Text, any_scenario};
use super::{Violation, audit, whole};
use leadsim::scenario::{self, Scenario};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::cell::Cell;
use std::path::Path;

fn asked(name: &str, otherwise: u32) -> u32 {
    std::env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(otherwise)
}

fn told(violations: &[Violation]) -> String {
    violations.iter().map(|v| format!("{:?} at {}: {}\n", v.property, v.at, v.what)).collect()
}

/// Runs a check on random scenarios; the first that fails is shown in its simplest form. At most one in fifty may be refused by the loader.
fn on_random_scenarios(share: u32, check: impl Fn(&str, &Scenario, u64) -> Vec<Violation>) {
    let cases = asked("LEADSIM_AUDIT_CASES", 256).div_ceil(share);
    let rng_seed = RngSeed::Fixed(u64::from(asked("LEADSIM_AUDIT_SEED", 1)));
    let config =
        Config { cases, rng_seed, failure_persistence: None, max_shrink_iters: 2_000, ..Config::default() };
    let refused = Cell::new(0);
    let result = TestRunner::new(config).run(&(any_scenario(), 0..1_000u64), |(Text(text), seed)| {
        let Ok(scenario) = scenario::from_text(&text, "random", Path::new("."), &[]) else {
            refused.set(refused.get() + 1);
            return Ok(());
        };
        let violations = check(&text, &scenario, seed);
        prop_assert!(violations.is_empty(), "seed {seed}, trial 0\n{}", told(&violations));
        Ok(())
    });
    if let Err(failed) = result {
        panic!("{failed}");
    }
    assert!(refused.get() * 50 <= cases, "the loader refuses {} of {cases} scenarios", refused.get());
}

#[test]
fn p1_to_p8_and_p11_random_scenarios_pass_the_audit() {
    on_random_scenarios(1, |_, scenario, seed| audit(&scenario.model, seed, 0));
}

#[test]
fn p9_estimates_are_numbers_inside_their_intervals() {
    on_random_scenarios(4, |_, scenario, seed| whole::estimates(&scenario.model, seed));
}

#[test]
fn p10_a_looser_target_is_never_kept_less_often() {
    on_random_scenarios(1, |_, scenario, seed| whole::looser_targets(&scenario.model, seed));
}

#[test]
fn p11_what_comes_later_changes_nothing_before() {
    on_random_scenarios(1, whole::no_look_ahead);
}

#[test]
fn p12_a_scenario_written_out_and_read_again_is_the_same() {
    on_random_scenarios(1, |_, scenario, _| {
        whole::round_trip(&scenario.model, &whole::written_out(scenario))
    });
}

#[test]
fn shipped_scenarios_pass_the_audit() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let files = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"));
    for path in files {
        let scenario = scenario::load(&path, &[]).unwrap_or_else(|problems| panic!("{problems}"));
        for trial in 0..2 {
            let violations = audit(&scenario.model, 1, trial);
            assert!(
                violations.is_empty(),
                "{}, seed 1, trial {trial}\n{}",
                path.display(),
                told(&violations)
            );
        }
        let violations = whole::looser_targets(&scenario.model, 1);
        assert!(violations.is_empty(), "{}\n{}", path.display(), told(&violations));
    }
}
