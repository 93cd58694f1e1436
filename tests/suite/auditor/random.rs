//! Random scenarios under the auditor, and every scenario that leadsim ships.

use super::scenario_text::any_scenario;
use super::{Violation, audit};
use leadsim::scenario;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::path::Path;

fn told(violations: &[Violation]) -> String {
    violations.iter().map(|v| format!("{:?} at {}: {}\n", v.property, v.at, v.what)).collect()
}

#[test]
fn random_scenarios_pass_the_audit() {
    let cases: u32 = std::env::var("LEADSIM_AUDIT_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(256);
    let seed: u64 = std::env::var("LEADSIM_AUDIT_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    let config = Config {
        cases,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        max_shrink_iters: 3000,
        ..Config::default()
    };
    let refused = std::cell::Cell::new(0);
    let mut runner = TestRunner::new(config);
    let result = runner.run(&(any_scenario(), 0..1000u64), |(text, seed)| {
        let Ok(scenario) = scenario::from_text(&text.0, "random", Path::new("."), &[]) else {
            refused.set(refused.get() + 1);
            return Ok(());
        };
        let violations = audit(&scenario.model, seed, 0);
        prop_assert!(violations.is_empty(), "seed {seed}, trial 0\n{}", told(&violations));
        Ok(())
    });
    eprintln!("refused {}", refused.get());
    if let Err(failed) = result {
        panic!("{failed}");
    }
}

#[test]
fn survey() {
    use proptest::strategy::ValueTree;
    let n: u64 = std::env::var("N").ok().and_then(|n| n.parse().ok()).unwrap_or(1500);
    let config = Config { rng_seed: RngSeed::Fixed(77), failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    for case in 0..n {
        let text = any_scenario().new_tree(&mut runner).unwrap().current();
        let Ok(scenario) = scenario::from_text(&text.0, "random", Path::new("."), &[]) else { continue };
        let model = scenario.model;
        let result = std::panic::catch_unwind(|| audit(&model, case, 0));
        let violations = match result {
            Ok(v) => v,
            Err(_) => {
                println!("PANIC case {case}");
                std::fs::write(format!("/tmp/av/panic{case}.toml"), &text.0).unwrap();
                continue;
            }
        };
        for v in violations {
            let words: Vec<&str> = v
                .what
                .split_whitespace()
                .filter(|w| !w.contains(|c: char| c.is_ascii_digit()))
                .take(9)
                .collect();
            let key = format!("{:?} {}", v.property, words.join(" "));
            let count = seen.entry(key).or_insert(0);
            *count += 1;
            if *count <= 2 {
                println!("case {case} {:?} at {}: {}", v.property, v.at, v.what);
                std::fs::write(format!("/tmp/av/c{case}.toml"), &text.0).unwrap();
            }
        }
    }
    println!("{seen:#?}");
}
