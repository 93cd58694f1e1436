//! Alternatives on the same leads: what moved is found, what did not is not, and what cannot be paired is refused.

use super::cli::{Place, TEMPLATE, leadsim};
use crate::measured::play;
use leadsim::plan::differences::{Differences, differences};
use leadsim::scenario::{self, Scenario, Set};
use leadsim::study::{ByTrial, Period, Series, Study};
use serde_json::Value;
use std::fs;
use std::path::Path;

fn template(sets: &[&str]) -> Scenario {
    let sets: Vec<Set> = sets.iter().map(|s| Set::parse(s).expect("a well-formed change")).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.toml");
    scenario::load(&path, &sets).unwrap_or_else(|problems| panic!("{problems}"))
}

fn series(sets: &[&str], trials: u64) -> Vec<Series> {
    play(&template(sets), trials, 4).series()
}

/// Every series makes up the estimate that it stands behind, and every estimate over the horizon but pooled quantiles has one.
#[test]
fn series_make_up_the_estimates() {
    let study: Study = play(&template(&[]), 60, 4);
    let series = study.series();
    for Series { finding, by_trial } in &series {
        let value = match by_trial {
            ByTrial::Ratio(pairs) => {
                let sum = pairs.iter().fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
                sum.0 / sum.1
            }
            ByTrial::Mean(values) => values.iter().sum::<f64>() / values.len() as f64,
            ByTrial::YesNo(answers) => {
                answers.iter().filter(|yes| **yes).count() as f64 / answers.len() as f64
            }
        };
        assert_eq!(by_trial.trials(), 60, "{finding:?}");
        let near = (value - finding.estimate.value).abs() <= 1e-9 * value.abs().max(1e-9);
        assert!(near, "{value} for {finding:?}");
    }
    let mut left_out: Vec<&str> = study
        .findings_over_horizon()
        .iter()
        .filter(|finding| finding.period == Period::Horizon && finding.estimate.is_known())
        .filter(|finding| !series.iter().any(|s| s.is_same_as(finding)))
        .map(|finding| finding.measure)
        .collect();
    left_out.sort_unstable();
    left_out.dedup();
    assert!(
        left_out.iter().all(|measure| measure.contains("_p50") || measure.contains("_p9")),
        "{left_out:?}"
    );
}

fn between(one: &[&str], other: &[&str], trials: u64) -> Differences {
    differences(&series(one, trials), &series(other, trials), |_| 0.95)
}

#[test]
fn identical_scenarios_differ_in_nothing_at_all() {
    let found = between(&[], &[], 60);
    assert!(found.both.len() > 200, "{}", found.both.len());
    assert!(found.only_base.is_empty() && found.only_other.is_empty());
    for difference in found.both {
        assert_eq!(difference.difference.value, 0.0, "{:?}", difference.finding);
        assert!(difference.is_same && !difference.moved && difference.worth.is_none(), "{difference:?}");
    }
}

/// Dearer reps cost their difference, to the cent, and nothing else moves.
#[test]
fn a_known_difference_is_found_and_nothing_beside_it() {
    let found = between(&["team.reps.cost_per_hour=$100"], &["team.reps.cost_per_hour=$110"], 60);
    for difference in &found.both {
        let of_cost = difference.finding.measure.contains("cost")
            || difference.finding.cause.as_deref() == Some("rejected_leads");
        assert!(of_cost || difference.is_same, "{:?}", difference.finding);
    }
    let cost = found.both.iter().find(|d| d.finding.measure == "team_cost").expect("a cost");
    assert!((cost.difference.value - cost.base.value * 0.1).abs() < 1e-6 * cost.base.value, "{cost:?}");
    assert!(cost.moved);
}

/// Where leads return in one scenario only, the counts of the other are 0, and its rates belong to it alone.
#[test]
fn counts_that_cannot_happen_are_nothing_and_rates_stand_alone() {
    let found = between(&["buyers.recycling.off=true"], &[], 60);
    let returned = |measure: &str| {
        found
            .both
            .iter()
            .find(|d| d.finding.measure == measure && d.finding.scope == leadsim::study::Scope::Returned)
    };
    let mqls = returned("mqls").expect("returning leads");
    assert_eq!(mqls.base.value, 0.0);
    assert!(mqls.moved && mqls.difference.value == mqls.other.value, "{mqls:?}");
    assert!(returned("accept_rate").is_none());
    assert!(found.only_other.iter().any(|f| f.measure == "accept_rate"), "{:?}", found.only_other);
}

/// The page, the standard error and the exit code of a comparison.
fn asked(place: &Place, arguments: &[&str]) -> (String, String, Option<i32>) {
    let all: Vec<&str> = ["compare"].iter().chain(arguments).copied().collect();
    let output = leadsim(place, &all).output().expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

const BACK_UP: &str = "back-up: routing.tiers.1.back_up.after=5min";

#[test]
fn the_first_sentence_says_which_is_better_and_the_folder_holds_the_rest() {
    let place = Place::new("compare-page");
    let (page, said, code) =
        asked(&place, &[TEMPLATE, "--line", BACK_UP, "--trials", "60", "--out", "found"]);
    assert_eq!(code, Some(0), "{said}");
    let joined = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(joined.starts_with("back-up keeps \"Tier 1 within 15 minutes\" for 2"), "{page}");
    assert!(joined.contains("more leads than template (") && joined.contains("WHAT DIFFERS"), "{page}");
    assert!(page.contains("routing.tiers.1.back_up.after") && page.contains("\"5min\""), "{page}");
    assert!(joined.contains("hold together at 95 % (Bonferroni:"), "{page}");
    assert!(joined.contains("times the trials for the headline"), "{page}");
    assert!(page.lines().all(|line| line.chars().count() <= 112), "{page}");
    for name in
        ["summary.txt", "comparison.json", "differences.csv", "inputs.csv", "forest.png", "forest.svg"]
    {
        assert!(place.0.join("found").join(name).exists(), "{name}");
    }
    let inputs = fs::read_to_string(place.0.join("found/inputs.csv")).expect("a table");
    assert!(inputs.contains("back-up,routing.tiers.1.back_up.after,"), "{inputs}");
    assert!(!inputs.contains("levers") && inputs.lines().count() <= 4, "{inputs}");

    let (json, _, _) =
        asked(&place, &[TEMPLATE, "--line", BACK_UP, "--trials", "60", "--no-out", "--format", "json"]);
    let document: Value = serde_json::from_str(&json).expect("one JSON document");
    let rows = document["alternatives"][0]["differences"].as_array().expect("rows");
    let lead = rows.iter().find(|row| row["role"] == "headline").expect("a headline");
    assert_eq!((lead["measure"].as_str(), lead["moved"].as_bool()), (Some("attainment"), Some(true)));
    let holds = rows.iter().find(|row| row["measure"] == "holds" && row["commitment"] == lead["commitment"]);
    let holds = holds.expect("whether it holds");
    let count = |name: &str| holds[name].as_u64().expect("a count");
    let net = (count("trials_only_other") as f64 - count("trials_only_base") as f64) / 60.0;
    assert!((holds["difference"]["value"].as_f64().expect("a value") - net).abs() < 1e-12);
    assert!(lead["worth_of_same_leads"].as_f64().expect("it varies") > 1.0, "{lead}");
}

#[test]
fn what_is_the_same_is_called_no_real_difference() {
    let place = Place::new("compare-same");
    let (page, _, code) =
        asked(&place, &[TEMPLATE, "--line", "same: team.reps.count=6", "--trials", "50", "--no-out"]);
    assert_eq!(code, Some(0));
    assert!(page.starts_with("No real difference: same gives the same as template in all"), "{page}");
    assert!(page.contains("template and same say the same.") && !page.contains("WHAT MOVES"), "{page}");
    // a promise nobody is near, changed: the headline does not move
    let slower = ["--line", "other goal: commitments.M8.off=true", "--trials", "50", "--no-out"];
    let (page, _, _) = asked(&place, &[&[TEMPLATE][..], &slower[..]].concat());
    assert!(page.starts_with("No real difference between other goal and template"), "{page}");
    assert!(page.contains("Only in template:") && page.contains("promises: M8"), "{page}");
}

#[test]
fn several_alternatives_have_a_best_and_a_runner_up() {
    let place = Place::new("compare-several");
    let more = ["--line", "two more reps: team.reps.count=8", "--levers", "--trials", "60", "--no-out"];
    let (page, said, code) = asked(&place, &[&[TEMPLATE][..], &more[..]].concat());
    assert_eq!(code, Some(0), "{said}");
    let joined = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(joined.starts_with("Of 3 alternatives ") && joined.contains("; next comes "), "{page}");
    assert_eq!(page.matches("WHAT DIFFERS").count(), 3, "{page}");
    let (few, said, _) = asked(&place, &[TEMPLATE, "--levers", "--trials", "20", "--no-out"]);
    assert!(said.contains("too few for intervals"), "{said}");
    assert!(!few.contains("WHAT MOVES"), "{few}");
}

#[test]
fn what_cannot_be_paired_is_refused_with_the_way_out() {
    let place = Place::new("compare-refused");
    let text = fs::read_to_string(TEMPLATE).expect("the template");
    let write = |name: &str, text: &str| fs::write(place.0.join(name), text).expect("the place takes files");
    write("renamed.toml", &text.replace("sources.webinar", "sources.seminar"));
    assert!(text.contains("[sources.webinar]") && text.contains("run_in = \"4 weeks\""));
    write("opens.toml", &text.replace("run_in = \"4 weeks\"", "run_in = \"2 weeks\""));
    write("seed.toml", "format = 1\npreset = \"template\"\n[study]\nseed = 5\n");
    write("seed6.toml", "format = 1\npreset = \"template\"\n[study]\nseed = 6\n");
    for (arguments, why, way_out) in [
        (vec![TEMPLATE], "nothing to compare template with", "--line \"more reps:"),
        (
            vec![TEMPLATE, "renamed.toml"],
            "template alone has webinar, renamed alone has seminar",
            "the same name in both",
        ),
        (
            vec![TEMPLATE, "opens.toml"],
            "the first lead of one is not the first of the other",
            "same horizon.run_in",
        ),
        (
            vec![TEMPLATE, "--line", "May: horizon.end=2026-05-31"],
            "not the same days, so not the same leads",
            "the same horizon.start, horizon.end",
        ),
        (vec!["seed.toml", "seed6.toml"], "study.seed = 5, seed6 for 6", "write --seed 5"),
        (
            vec![TEMPLATE, "--line", "a: team.reps.count=7", "--line", "a: team.reps.count=8"],
            "two scenarios are called \"a\"",
            "label of its own",
        ),
        (vec![TEMPLATE, "--line", "ill: team.reps.sick=2"], "--line team.reps.sick=2", "label: path=value"),
        (vec![TEMPLATE, "--line", "team.reps.count=7"], "has no label", "label: path=value"),
    ] {
        let all = [&arguments[..], &["--no-out", "--trials", "5"][..]].concat();
        let (page, said, code) = asked(&place, &all);
        assert_eq!((code, page.as_str()), (Some(2), ""), "{arguments:?}: {said}");
        assert!(said.contains(why) && said.contains(way_out), "{arguments:?}: {said}");
    }
    let (_, said, code) =
        asked(&place, &["seed.toml", "seed6.toml", "--seed", "3", "--no-out", "--trials", "5"]);
    assert_eq!(code, Some(0), "{said}");
}

/// What can be paired and means less than it seems has a note.
#[test]
fn what_pairs_less_well_has_a_note() {
    let place = Place::new("compare-noted");
    let copy = "format = 1\npreset = \"template\"\n[routing.tiers.1.back_up]\nafter = \"5min\"\n";
    fs::write(place.0.join("copy.toml"), copy).expect("the place takes files");
    let lines = [
        "--line",
        "fewer sources: sources.webinar.off=true",
        "--line",
        "later: commitments.S1.within=30 business min",
        "--trials",
        "20",
        "--no-out",
    ];
    let (page, said, code) = asked(&place, &[&[TEMPLATE, "copy.toml"][..], &lines[..]].concat());
    assert_eq!(code, Some(0), "{said}");
    let joined = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(joined.contains("copy answers at another speed than template"), "{page}");
    assert!(joined.contains("template alone has the source webinar"), "{page}");
    assert!(joined.contains("S1 does not promise the same in template and later"), "{page}");
    assert!(joined.contains("later keeps its own S1 (\"Tier 1 within 30 minutes\""), "{page}");
    assert!(!joined.contains("later answers at another speed"), "{page}");
}

/// What promises something else is no better or worse at the same promise.
#[test]
fn an_alternative_with_another_promise_is_not_ranked() {
    let place = Place::new("compare-own-promise");
    let said = |lines: &[&str]| {
        let lines = lines.iter().flat_map(|line| ["--line", line]);
        let all: Vec<&str> =
            ["compare", TEMPLATE, "--trials", "60", "--no-out", "-q"].into_iter().chain(lines).collect();
        let output = leadsim(&place, &all).assert().success();
        let text = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
        text.replace("\n  ", " ").replace('\u{a0}', " ")
    };
    let (pool, slow) = ("pool: routing.policy=pool", "slow: routing.delay=3h");
    let looser = "looser: commitments.S1.within=30 business min";
    let not_ranked =
        "looser is not ranked: it promises \"Tier 1 within 30 minutes\", not \"Tier 1 within 15 minutes\".";
    let two = said(&[pool, looser]);
    assert!(two.starts_with("pool does better than template in \"Tier 1 within 15 minutes\": +"), "{two}");
    assert!(two.lines().next().is_some_and(|line| line.contains(not_ranked)), "{two}");
    let three = said(&[pool, slow, looser]);
    assert!(three.starts_with("Of 2 alternatives pool does best") && three.contains(not_ranked), "{three}");
}
