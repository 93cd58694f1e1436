//! The shipped scenarios: each one runs, shows what it says it shows, and stands in the folder's table.

use crate::measured::{ONE_IN_TEN_THOUSAND, agrees, kept, play};
use leadsim::scenario::{self, Scenario};
use leadsim::study::Study;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A seed that none of the written numbers was measured with.
const OTHER_SEED: u64 = 2;

/// Trials behind the numbers in the files.
const MEASURED_WITH: f64 = 1_000.0;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

fn load(name: &str) -> Scenario {
    let path = folder().join(format!("{name}.toml"));
    scenario::load(&path, &[]).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Names of the shipped files, without ending.
fn shipped() -> BTreeSet<String> {
    std::fs::read_dir(folder())
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .filter_map(|path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()))
        .collect()
}

#[test]
fn every_scenario_runs_and_no_lead_is_lost() {
    for name in shipped() {
        let scenario = load(&name);
        let study = play(&scenario, 40, OTHER_SEED);
        assert_eq!(study.trials(), 40, "{name}");
        for (trial, record) in study.records.iter().enumerate() {
            assert!(record.created > 0, "{name}, trial {trial}");
            assert_eq!(record.created, record.ended + record.open, "{name}, trial {trial}");
        }
    }
}

#[test]
fn every_scenario_asks_and_answers() {
    for name in shipped() {
        let scenario = load(&name);
        assert!(scenario.question.is_some_and(|question| question.ends_with('?')), "{name} asks no question");
        assert!(scenario.expect.is_some_and(|expect| expect.len() > 30), "{name} expects nothing");
        assert_ne!(scenario.title, name, "{name} has no title");
        let text = std::fs::read_to_string(folder().join(format!("{name}.toml"))).expect("it is there");
        assert!(text.starts_with("# "), "{name} does not say what it is");
    }
}

/// The table is read whole: a file without a row and a row without a file are both wrong, and so is another question.
#[test]
fn the_table_lists_every_file_with_its_question() {
    let readme = std::fs::read_to_string(folder().join("README.md")).expect("the folder has a README");
    let mut listed = BTreeSet::new();
    for row in readme.lines().filter(|line| line.starts_with("| [")) {
        let name =
            row.split("](").nth(1).and_then(|rest| rest.split(".toml)").next()).expect("a link to a file");
        assert!(listed.insert(name.to_string()), "{name} is listed twice");
        let cells: Vec<&str> = row.split(" | ").collect();
        assert_eq!(cells.len(), 4, "{row}");
        assert_eq!(Some(cells[1].to_string()), load(name).question, "{name}");
    }
    assert_eq!(listed, shipped());
}

/// Every headline share, measured anew with another seed. The tolerance is 3.9 standard errors of the difference between
/// this measurement and the written one, whose error is smaller by the root of the number of trials: a right number is
/// refused once in ten thousand seeds. Errors are below a point, so that a change of four points cannot slip through.
#[test]
fn headline_shares_are_as_written() {
    let headlines: [(&str, &str, f64, u64); 11] = [
        ("template", "S1", 0.649, 200),
        ("template-pooled", "S1", 0.892, 200),
        ("template-back-up", "S1", 0.895, 200),
        ("price-list", "S1", 0.649, 200),
        ("nights-and-weekends", "S1", 0.763, 200),
        ("campaign-3x", "S1", 0.643, 200),
        ("start-up", "contacted", 0.903, 200),
        ("enterprise-desk", "S1", 0.905, 40),
        ("replay", "S1", 0.648, 200),
        ("lead-desk", "S1", 0.997, 200),
        ("single-owner-meetings", "S1", 0.8, 200),
    ];
    assert_eq!(headlines.iter().map(|h| h.0.to_string()).collect::<BTreeSet<_>>(), shipped());
    for (name, commitment, written, trials) in headlines {
        let mut measured = kept(&play(&load(name), trials, OTHER_SEED), commitment);
        measured.error *= (1.0 + trials as f64 / MEASURED_WITH).sqrt();
        agrees(name, measured, written, 0.01);
    }
}

fn opportunities(study: &Study) -> Vec<f64> {
    study
        .records
        .iter()
        .map(|record| record.tiers.iter().map(|tier| tier.funnel.opportunities_expected).sum())
        .collect()
}

/// Opportunities a quarter against the template, quarter by quarter with the same luck; tolerance as above.
#[test]
fn changes_cost_or_bring_the_opportunities_written() {
    const TRIALS: u64 = 200;
    let template = opportunities(&play(&load("template"), TRIALS, OTHER_SEED));
    for (name, written) in [
        ("template-pooled", 1.72),
        ("template-back-up", 1.51),
        ("nights-and-weekends", -8.45),
        ("campaign-3x", 25.50),
    ] {
        let changed = opportunities(&play(&load(name), TRIALS, OTHER_SEED));
        let gains: Vec<f64> = changed.iter().zip(&template).map(|(new, old)| new - old).collect();
        let trials = TRIALS as f64;
        let mean = gains.iter().sum::<f64>() / trials;
        let variance = gains.iter().map(|gain| (gain - mean).powi(2)).sum::<f64>() / (trials - 1.0);
        let error = (variance / trials * (1.0 + trials / MEASURED_WITH)).sqrt();
        println!("{name}: {mean:.2} ± {error:.2}, written {written}");
        assert!(
            (mean - written).abs() <= ONE_IN_TEN_THOUSAND * error,
            "{name}: {mean} ± {error}, written {written}"
        );
        assert!(mean.signum() * written.signum() > 0.0, "{name}");
    }
}
