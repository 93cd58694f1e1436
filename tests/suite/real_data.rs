//! A real lead desk, replayed by the scenario of `docs/REAL-DATA.md`: the model's waits beside the log's, where the log is at hand.

use crate::measured::{kept, play};
use leadsim::scenario::{Set, from_text};
use std::path::{Path, PathBuf};

/// The log, if this machine has it.
fn log() -> Option<PathBuf> {
    let shared = std::env::var_os("LEADSIM_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let file = shared.join("data/bpi2012/leads_H1.csv");
    if file.is_file() {
        return file.canonicalize().ok();
    }
    println!(
        "skipped: the lender's log is not here (looked for data/bpi2012/leads_H1.csv in LEADSIM_SHARED or ../shared)"
    );
    None
}

/// The scenario in the page's first TOML block.
fn text() -> &'static str {
    let page = include_str!("../../docs/REAL-DATA.md");
    let block = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
    block.expect("the page holds a scenario")
}

/// Waits of the judged weeks in the log: minutes of open time, minutes on the wall.
fn waits(file: &Path) -> Vec<(f64, f64)> {
    let mut rows = csv::Reader::from_path(file).expect("the log can be read");
    let headers = rows.headers().expect("the log has headers").clone();
    let column = |name: &str| headers.iter().position(|h| h == name).expect("a column of the log");
    let (scheduled, open, wall) = (column("scheduled"), column("wait_staffed_min"), column("wait_min"));
    rows.records()
        .map(|row| row.expect("a row"))
        .filter(|row| ("2011-11-07".."2011-12-12").contains(&&row[scheduled][..10]))
        .map(|row| (row[open].parse().expect("minutes"), row[wall].parse().expect("minutes")))
        .collect()
}

#[test]
fn the_pages_scenario_is_valid_but_for_its_file() {
    let problems = from_text(text(), "lender", Path::new("no such folder"), &[]).expect_err("no file there");
    assert_eq!(problems.list.len(), 1, "{problems}");
    assert_eq!(problems.list[0].path, "sources.leads.replay.file");
}

/// The log is one draw: a share of its 1,244 leads is sure to 1.4 points. Three such errors, and one point for a curve that
/// is not exactly log-normal, make the tolerance; a desk that kept its habits is refused once in 400 comparisons or so.
#[test]
fn waits_are_those_of_the_log() {
    let Some(file) = log() else { return };
    let set = Set::new("sources.leads.replay.file", &file.display().to_string()).expect("a path");
    let scenario = from_text(text(), "lender", Path::new("."), &[set]).unwrap_or_else(|p| panic!("{p}"));
    let study = play(&scenario, 100, 1);
    for record in &study.records {
        assert_eq!(record.created, record.ended + record.open);
    }
    let waits = waits(&file);
    for (commitment, minutes, on_the_wall) in [
        ("within_15", 15.0, false),
        ("within_60", 60.0, false),
        ("within_120", 120.0, false),
        ("wall_8h", 480.0, true),
    ] {
        let begun = waits.iter().filter(|w| if on_the_wall { w.1 } else { w.0 } <= minutes).count();
        let real = begun as f64 / waits.len() as f64;
        let model = kept(&study, commitment);
        println!("{commitment}: log {real:.3}, model {:.3} ± {:.3}", model.value, model.error);
        assert_eq!(model.judged, 100 * waits.len() as u64, "every lead of the judged weeks, in every trial");
        let tolerance = 3.0 * (real * (1.0 - real) / waits.len() as f64).sqrt() + 0.01;
        assert!(
            (model.value - real).abs() <= tolerance,
            "{commitment}: log {real:.3}, model {:.3}",
            model.value
        );
    }
}
