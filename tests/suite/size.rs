//! The search for the smallest team: right on a line whose exact answer is known, honest where trials cannot tell, clear on the command line.

use crate::cli::{Place, leadsim};
use crate::measured::scenario;
use leadsim::plan::first_guess::{How, guess};
use leadsim::plan::size::{Candidate, Decision, Size, Wanted, size};
use leadsim::study::Quiet;
use rayon::prelude::*;

/// Eight hours of six leads an hour per half-hour of handling, from an empty desk; on time is whoever is begun at once (COMP-MMC-DAY).
pub(crate) const DAY: &str = "format = 1\n[horizon]\nstart = \"2026-02-02\"\nlength = \"1 day\"\nrun_in = \"0 weeks\"\nrun_out = \"none\"\nzone = \"UTC\"\n\
    [calendar]\nhours = [\"every day 00:00-24:00\"]\n[tiers.1]\n[sources.web]\ntier = 1\nper_hour = 2\n\
    hour_shares = [1,1,1,1,1,1,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]\n[routing]\npolicy = \"pool\"\nfollow_ups_to = \"pool\"\n\
    [team.reps]\ncount = 6\nshift = \"every day 00:00-24:00\"\nthen = \"oldest first\"\n\
    [work]\ndial = { law = \"exponential\", mean = \"30min\" }\n[buyers.cadence]\nsteps.1 = { day = 0, by = \"phone\" }\n\
    [commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"0 min\"\ngoal = \"80%\"\n";

/// Shares of days on which 80 % are begun at once, exact by dynamic programming: with 4, 5, 6, 7 and 8 reps.
const EXACT: [f64; 5] = [
    0.190_330_860_688_504,
    0.608_878_285_276_929,
    0.893_910_429_756_291,
    0.980_498_395_856_515,
    0.997_055_601_549_347,
];

fn wanted(probability: f64, seed: u64, at_most: u64) -> Wanted {
    Wanted {
        commitments: vec![0],
        probability,
        margin: 0.005,
        error: 0.01,
        at_most,
        confirm: 0,
        seed,
        level: 0.95,
    }
}

fn candidates() -> Vec<Candidate> {
    let of = |count: usize| Candidate {
        value: count.to_string(),
        model: scenario(&DAY.replace("count = 6", &format!("count = {count}"))).model,
    };
    (4..=8).map(of).collect()
}

fn found(candidates: &[Candidate], wanted: &Wanted, first: usize) -> Size {
    size(candidates, &candidates[2].model, wanted, u64::MAX, first, None, &Quiet)
        .unwrap_or_else(|error| panic!("{error}"))
}

/// Seeds tried; more on request (with 200, both searches were right in all).
fn seeds() -> u64 {
    std::env::var("LEADSIM_SIZE_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(40)
}

/// Wanted shares that lie at least 1.5 points from every exact one: the answer must be right in 99 % of seeds, so in all of 40. A search
/// is wrong with chance at most 1 % by its error budget, and by its measured error (no wrong side in 20,000, `docs/METHOD.md`) far less.
#[test]
fn the_smallest_team_is_found_in_99_of_100_seeds() {
    let candidates = candidates();
    for (probability, smallest) in [(0.86, "6"), (0.92, "7")] {
        assert!(EXACT.iter().all(|share| (share - probability).abs() >= 0.015));
        let right = |seed: &u64| {
            let first = (*seed % 5) as usize;
            let found = found(&candidates, &wanted(probability, *seed, 20_000), first);
            found.answer().is_some_and(|answer| answer.value == smallest)
        };
        let right = (0..seeds()).into_par_iter().filter(right).count() as u64;
        assert!(100 * right >= 99 * seeds(), "{right} of {} found {smallest} for {probability}", seeds());
    }
}

/// Six reps hold the goal on 89.4 % of days: too near to 90 % for 3,000 days. Seven are answered, not six, and it is said that six
/// were not told apart.
#[test]
fn what_cannot_be_told_apart_is_said() {
    let candidates = candidates();
    let found = found(&candidates, &wanted(0.9, 1, 3_000), 2);
    assert_eq!(found.answer().map(|answer| answer.value.as_str()), Some("7"));
    let less = found.runner_up().expect("six were tried");
    assert_eq!((less.value.as_str(), less.decision, less.held.1), ("6", Decision::CannotTell, 3_000));
    assert!(less.holds.contains(EXACT[2]));
}

/// With days enough six are told apart from 90.5 %, and with fresh luck nothing speaks against it. One fixed seed; a confirmation at 95 %
/// contradicts a right answer with chance 2 × 2.5 %.
#[test]
fn with_days_enough_seven_and_not_six() {
    let candidates = candidates();
    let wanted = Wanted { margin: 0.0, confirm: 2_000, ..wanted(0.905, 3, 60_000) };
    let found = found(&candidates, &wanted, 0);
    let decisions: Vec<(&str, Decision)> =
        found.tried.iter().map(|tried| (tried.value.as_str(), tried.decision)).collect();
    use Decision::{Enough, TooFew};
    assert_eq!(decisions[..4], [("4", TooFew), ("5", TooFew), ("6", TooFew), ("7", Enough)]);
    assert!(!found.contradicted(0.905) && !found.not_monotone);
    for (tried, exact) in found.tried.iter().zip(EXACT) {
        assert!(tried.holds.contains(exact), "{}: {:?}", tried.value, tried.holds);
    }
}

/// With a team written as forty, Erlang C begins at the right size for 92 % (seven; the guess knows nothing of the empty desk in the
/// morning) and the search plays fewer days than one that begins at forty; both find seven. Fixed seed, 1 % error.
#[test]
fn a_guess_spares_the_way_from_a_team_far_off() {
    let of = |count: usize| Candidate {
        value: count.to_string(),
        model: scenario(&DAY.replace("count = 6", &format!("count = {count}"))).model,
    };
    let candidates: Vec<Candidate> = (1..=120).map(of).collect();
    let wanted = wanted(0.92, 1, 20_000);
    let began = guess(&candidates, &wanted).expect("some size is enough");
    assert_eq!((began.how, candidates[began.place].value.as_str()), (How::ErlangC, "7"));
    assert!((began.busiest - 3.0).abs() < 1e-9 && began.at_desk == 1.0, "{began:?}");
    let search = |first: usize| {
        size(&candidates, &candidates[39].model, &wanted, u64::MAX, first, Some(39), &Quiet)
            .unwrap_or_else(|e| panic!("{e}"))
    };
    let (guessed, from_today) = (search(began.place), search(39));
    for found in [&guessed, &from_today] {
        assert_eq!(found.answer().map(|answer| answer.value.as_str()), Some("7"));
    }
    println!("{} days from the guess, {} from forty", guessed.trials, from_today.trials);
    assert!(guessed.trials + 500 <= from_today.trials, "{} {}", guessed.trials, from_today.trials);
}

/// A headcount is begun at Erlang's guess; a lever that is no headcount, at today's value.
#[test]
fn the_page_says_where_it_began() {
    let place = Place::new("size-began");
    std::fs::write(place.0.join("day.toml"), DAY).expect("a file can be written");
    let asked = |more: &[&str]| {
        let all = [&["size", "day.toml", "--confirm", "0", "--no-out", "-q", "--seed", "1"], more].concat();
        let output = leadsim(&place, &all).assert().success();
        String::from_utf8_lossy(&output.get_output().stdout).replace("\n  ", " ")
    };
    let text = asked(&["--over", "team.reps.count=4..12"]);
    assert!(
        text.contains("began at 7, where Erlang C puts the answer (3.0 rep-hours of lead work"),
        "{text}"
    );
    let document = asked(&["--over", "team.reps.count=4..12", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&document).expect("JSON");
    assert_eq!((&document["began"]["value"], &document["began"]["by"]), (&"7".into(), &"erlang_c".into()));
    let pace = asked(&["--over", "team.reps.pace=2,1,0.5,0.4"]);
    assert!(pace.contains("began at today's size"), "{pace}");
}

#[test]
fn nothing_is_enough_and_it_is_said() {
    let place = Place::new("size-none");
    std::fs::write(place.0.join("day.toml"), DAY).expect("a file can be written");
    let arguments =
        ["size", "day.toml", "--over", "team.reps.count=1..3", "--confirm", "0", "--no-out", "-q"];
    let output = leadsim(&place, &arguments).assert().success();
    let text = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
    assert!(text.starts_with("No size asked about (of 3) is enough for S1"), "{text}");
}

#[test]
fn the_page_answers_first_and_the_folder_holds_it() {
    let place = Place::new("size-page");
    std::fs::write(place.0.join("day.toml"), DAY).expect("a file can be written");
    let arguments =
        ["size", "day.toml", "--over", "team.reps.count=4..8", "--out", "answer", "--seed", "1", "-q"];
    let output = leadsim(&place, &arguments).assert().success();
    let text = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
    assert!(text.starts_with("7 reps are enough for S1"), "{text}");
    for file in ["summary.txt", "sizes.csv", "size.json", "size.png", "size.svg", "manifest.json"] {
        assert!(place.0.join("answer").join(file).is_file(), "{file}");
    }
    let json =
        ["size", "day.toml", "--over", "team.reps.count=8,4,7,5,6", "--no-out", "-q", "--format", "json"];
    let one = leadsim(&place, &[&json[..], &["--threads", "1"]].concat()).assert().success();
    let two = leadsim(&place, &[&json[..], &["--threads", "2"]].concat()).assert().success();
    assert_eq!(one.get_output().stdout, two.get_output().stdout);
    let document: serde_json::Value = serde_json::from_slice(&one.get_output().stdout).expect("JSON");
    assert_eq!(document["smallest"], "7");
}

/// Where several sizes cannot be told from the goal, the answer is not called the smallest, and all of them are named; fresh luck for a smaller
/// one is no contradiction. Exact: seven hold 80 % on 98.0 % of days.
#[test]
fn sizes_that_cannot_be_told_are_named() {
    let place = Place::new("size-undecided");
    std::fs::write(place.0.join("day.toml"), DAY).expect("a file can be written");
    let ask = |more: &[&str]| {
        let over = ["size", "day.toml", "--over", "team.reps.count=4..9", "--no-out", "-q", "--seed", "1"];
        let output = leadsim(&place, &[&over[..], more].concat()).assert().success();
        let text = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
        text.replace("\n  ", " ").replace('\u{a0}', " ")
    };
    let two = ask(&["--at-most", "200", "--set", "commitments.S1.goal=88%", "--confirm", "0"]);
    assert!(two.starts_with("9 reps are surely enough for S1"), "{two}");
    assert!(two.contains("Whether 7 or 8 reps would do cannot be told from 200"), "{two}");
    let one = ask(&["--at-most", "400", "--probability", "0.96"]);
    assert!(one.starts_with("8 reps are enough for S1") && one.contains("Whether 7 reps would do"), "{one}");
    assert!(
        one.contains("Fresh luck alone would take 7 reps too.") && !one.contains("speaks against"),
        "{one}"
    );
}

/// Sizes that all lie near what is wanted cannot eat up the search: each has at most half of what is left, which is said.
#[test]
fn the_whole_search_has_an_end() {
    let near: Vec<Candidate> =
        (1..=12).map(|place| Candidate { value: place.to_string(), model: scenario(DAY).model }).collect();
    let wanted = wanted(0.894, 1, 20_000);
    let found =
        size(&near, &near[0].model, &wanted, 2_000, 5, Some(5), &Quiet).unwrap_or_else(|e| panic!("{e}"));
    assert!(found.ran_out && found.trials <= 2_000 + 12 * 40, "{}", found.trials);
    assert_eq!(found.tried.len(), 12, "every size was looked at");
    assert!(found.tried.iter().all(|tried| tried.decision == Decision::CannotTell && tried.held.1 >= 40));
    let place = Place::new("size-in-all");
    std::fs::write(place.0.join("day.toml"), DAY).expect("a file can be written");
    let cramped = ["size", "day.toml", "--in-all", "200", "--no-out", "-q", "--seed", "1", "--confirm", "0"];
    let output = leadsim(&place, &cramped).assert().success();
    let text = String::from_utf8_lossy(&output.get_output().stdout).replace("\n  ", " ");
    assert!(text.contains("more --in-all may tell the undecided ones"), "{text}");
}

#[test]
fn wrong_questions_are_refused_with_the_way_out() {
    let place = Place::new("size-refused");
    std::fs::write(place.0.join("day.toml"), DAY).expect("a file can be written");
    for (arguments, says) in [
        (vec!["--clause", "S9"], "it has S1"),
        (vec!["--probability", "90"], "write 90%"),
        (vec!["--over", "team.nobody.count=1..3"], "team.nobody"),
        (vec!["--margin", "1"], "--margin 0.5pp"),
    ] {
        let all = [vec!["size", "day.toml", "--no-out"], arguments].concat();
        let output = leadsim(&place, &all).assert().code(2);
        let text = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
        assert!(text.contains(says), "{all:?}: {text}");
    }
}
