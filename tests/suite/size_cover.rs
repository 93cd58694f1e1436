//! The search for the least cover: right on a line whose exact answer is known, equal to trying everything on a small grid, clear on the
//! command line.

use crate::cli::{Place, leadsim};
use crate::measured::scenario;
use crate::size::DAY;
use leadsim::plan::cover_desk::{Desk, LeastCover};
use leadsim::plan::least_cover::least_cover;
use leadsim::plan::size::{Decision, Wanted};
use leadsim::scenario::Scenario;
use leadsim::study::{self, Quiet, Settings, Trials};
use rayon::prelude::*;

/// The day of COMP-MMC-DAY with a cover instead of reps with a shift.
pub(super) fn day(cover: &str) -> String {
    DAY.replace("count = 6\nshift = \"every day 00:00-24:00\"", &format!("cover = {cover}"))
}

fn wanted(probability: f64, seed: u64) -> Wanted {
    Wanted {
        commitments: vec![0],
        probability,
        margin: 0.005,
        error: 0.01,
        at_most: 20_000,
        confirm: 0,
        seed,
        level: 0.95,
    }
}

fn found(scenario: &Scenario, wanted: &Wanted) -> LeastCover {
    let desk = Desk { scenario, group: "reps", parts: scenario.cover("reps") };
    least_cover(&desk, wanted, &Quiet).unwrap_or_else(|error| panic!("{error}"))
}

/// One part that is the whole day is the team itself: 6 reps hold the goal on 89.4 % of days and 7 on 98.0 % (COMP-MMC-DAY), so 7 are the
/// least for 92 % and 6 for 86 %, from any start. By its error budget a search is wrong with chance at most 1 %, and far less by measure.
#[test]
fn a_cover_of_one_part_is_the_smallest_team() {
    for (probability, least) in [(0.86, 6), (0.92, 7)] {
        (1..=8_u64).into_par_iter().for_each(|seed| {
            let start = [2, 4, 7, 15][seed as usize % 4];
            let scenario = scenario(&day(&format!("{{ \"every day 00:00-24:00\" = {start} }}")));
            let found = found(&scenario, &wanted(probability, seed));
            let answer = found.answer().unwrap_or_else(|| panic!("seed {seed}: none in {found:?}"));
            assert_eq!(answer.counts, [least], "seed {seed}, {probability}");
            let fewer = found.fewer[0].map(|place| found.judged[place].tried.decision);
            assert_eq!((fewer, found.not_judged()), (Some(Decision::TooFew), 0), "seed {seed}");
        });
    }
}

/// Two parts of the day of unlike length with 5 to 8 reps in each: every one of the 16 covers is played for 20,000 days, and the search finds
/// the one with the fewest rep-hours that is enough. The wanted share lies at least 1.5 points (7 standard errors) from all of them.
#[test]
fn on_a_small_grid_the_answer_is_that_of_trying_everything() {
    let text = day(
        "{ \"every day 00:00-05:00\" = 7, \"every day 05:00-08:00\" = 7, \"every day 08:00-24:00\" = 7 }",
    );
    let scenario = scenario(&text);
    let parts = scenario.cover("reps");
    // after the last lead nothing falls under the promise: that part may be empty
    let desk = Desk { scenario: &scenario, group: "reps", parts };
    let grid: Vec<[u32; 3]> = (5..=8).flat_map(|a| (5..=8).map(move |b| [a, b, 0])).collect();
    let share = |counts: &[u32; 3]| {
        let model = scenario.with_cover("reps", &desk.cover(counts)).expect("a cover").model;
        let settings = Settings { seed: 77, trials: Trials::Fixed(20_000), ..Settings::default() };
        let study = study::run(model, settings, &Quiet).expect("trials are played");
        let kept = |record: &&leadsim::trial::Outcome| {
            let tally = record.commitments[0].all;
            tally.kept * 5 >= tally.judged * 4
        };
        study.records.iter().filter(kept).count() as f64 / 20_000.0
    };
    let shares: Vec<f64> = grid.iter().map(share).collect();
    for probability in [0.7, 0.84, 0.917] {
        let near = shares.iter().map(|share| (share - probability).abs()).fold(1.0, f64::min);
        assert!(near >= 0.015, "{probability}: {shares:?}");
        let enough = grid.iter().zip(&shares).filter(|(_, share)| **share >= probability);
        let least =
            enough.min_by_key(|(counts, _)| 5 * counts[0] + 3 * counts[1]).expect("some are enough").0;
        for seed in 1..=3 {
            let found = found(&scenario, &wanted(probability, seed));
            let answer = found.answer().expect("an answer");
            assert_eq!(answer.counts, least, "seed {seed}: {grid:?} {shares:?}");
            assert_eq!(found.not_judged(), 0);
            assert!(
                found
                    .fewer
                    .iter()
                    .flatten()
                    .all(|place| found.judged[*place].tried.decision != Decision::Enough)
            );
        }
    }
}

/// With a goal of 100 % slack is never above 0, so what looks just enough lies far above today; today's 560 rep-hours were judged first, and
/// hold on more than the wanted 70 % of days. No answer is dearer than a cover that the same search judged enough.
#[test]
fn no_answer_has_more_hours_than_a_cover_known_to_be_enough() {
    let cover =
        "{ \"every day 00:00-01:00\" = 10, \"every day 01:00-05:00\" = 10, \"every day 05:00-08:00\" = 10 }";
    let scenario = scenario(&day(cover).replace("goal = \"80%\"", "goal = \"100%\""));
    for seed in 1..=3 {
        let found = found(&scenario, &Wanted { at_most: 200, ..wanted(0.7, seed) });
        let answer = found.answer().expect("today is enough");
        let enough = found.judged.iter().filter(|judged| judged.tried.decision == Decision::Enough);
        let least = enough.map(|judged| judged.rep_hours).fold(f64::INFINITY, f64::min);
        assert_eq!(answer.rep_hours, least, "seed {seed}: {:?}", found.judged);
        assert!(answer.rep_hours <= 560.0 && !found.spent, "seed {seed}: {:?}", found.judged);
    }
}

/// At 40 days none of the covers can be told from 99 %: the search ends, has no answer, says that it did not tell, and how to play more.
#[test]
fn covers_that_cannot_be_told_are_not_called_too_few() {
    let place = Place::new("size-cover-untold");
    let text = day(
        "{ \"every day 00:00-04:00\" = 9, \"every day 04:00-08:00\" = 9, \"every day 08:00-24:00\" = 0 }",
    );
    std::fs::write(place.0.join("day.toml"), text).expect("a file can be written");
    let some =
        ["size", "day.toml", "--cover", "--at-most", "40", "--probability", "0.99", "--out", "answer", "-q"];
    let output = leadsim(&place, &some).assert().success();
    let words = String::from_utf8_lossy(&output.get_output().stdout).replace('\u{a0}', " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("is shown to be enough") && words.contains("--at-most 400"), "{words}");
    assert!(words.contains("nobody, as today, in every day 08:00-24:00"), "{words}");
    let json = std::fs::read_to_string(place.0.join("answer/cover.json")).expect("a document");
    let document: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((document["at_most"].as_u64(), document["least"].is_null()), (Some(40), true));
    assert!(document["spent"].is_boolean() && document["looks_spent"] == false, "{json}");
    let page = std::fs::read_to_string(place.0.join("answer/report.html")).expect("a page");
    assert!(
        page.contains("No cover tried is shown to hold the goal"),
        "the picture says no more than the search"
    );
}

#[test]
fn the_page_answers_first_and_the_folder_holds_it() {
    let place = Place::new("size-cover-page");
    let text = day("{ \"every day 00:00-04:00\" = 9, \"every day 04:00-08:00\" = 9 }");
    std::fs::write(place.0.join("day.toml"), text).expect("a file can be written");
    let arguments = ["size", "day.toml", "--cover", "--out", "answer", "--seed", "1", "-q"];
    let output = leadsim(&place, &arguments).assert().success();
    let words = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
    assert!(words.contains("rep-hours a week are enough for S1"), "{words}");
    assert!(words.contains("No cover with one rep fewer in any part of it is "), "{words}");
    assert!(words.contains("several parts were not all tried"), "{words}");
    let files =
        ["summary.txt", "cover.csv", "covers.csv", "cover.json", "cover.png", "report.html", "report.xlsx"];
    for file in files {
        assert!(place.0.join("answer").join(file).is_file(), "{file}");
    }
    // the option that the page prints is the cover it found
    let set = words
        .lines()
        .find_map(|line| line.strip_prefix("--set '"))
        .expect("an option")
        .trim_end_matches('\'');
    let again = ["run", "day.toml", "--set", set, "--trials", "100", "--no-out", "-q"];
    leadsim(&place, &again).assert().success();
    let json = ["size", "day.toml", "--cover", "--cover-parts", "2h", "--no-out", "-q", "--format", "json"];
    let one = leadsim(&place, &[&json[..], &["--threads", "1"]].concat()).assert().success();
    let two = leadsim(&place, &[&json[..], &["--threads", "2"]].concat()).assert().success();
    assert_eq!(one.get_output().stdout, two.get_output().stdout);
    let document: serde_json::Value = serde_json::from_slice(&one.get_output().stdout).expect("JSON");
    assert_eq!(document["parts"].as_array().map(Vec::len), Some(4));
    let hours = document["rep_hours_a_week"].as_f64().expect("an answer");
    assert!(hours <= 7.0 * 8.0 * 7.0, "7 reps all along are enough, {hours} rep-hours are more");
}

#[test]
fn wrong_questions_are_refused_with_the_way_out() {
    let place = Place::new("size-cover-refused");
    std::fs::write(place.0.join("day.toml"), DAY).expect("a file can be written");
    let covered = day("{ \"every day 00:00-08:00\" = 6 }");
    std::fs::write(place.0.join("covered.toml"), covered).expect("a file can be written");
    for (arguments, says) in [
        (vec!["day.toml", "--cover"], "leave --cover out"),
        (vec!["covered.toml"], "ask for the least cover: --cover"),
        (vec!["covered.toml", "--cover", "--cover-parts", "7h"], "write 30min"),
        (vec!["covered.toml", "--cover", "--team", "nobody"], "there is reps"),
        (vec!["covered.toml", "--cover-parts", "1h"], "--cover"),
    ] {
        let all = [vec!["size"], arguments, vec!["--no-out"]].concat();
        let output = leadsim(&place, &all).assert().code(2);
        let text = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
        assert!(text.contains(says), "{all:?}: {text}");
    }
}
