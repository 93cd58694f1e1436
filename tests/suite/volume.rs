//! `leadsim volume` as a user meets it: plain numbers, a scenario's team, folders, and what is refused.

use crate::cli::{Place, TEMPLATE, leadsim, out};
use serde_json::Value;
use std::fs;

const PLAIN: [&str; 7] = ["volume", "--goal", "2M", "--amount", "40k", "--rate", "25%"];

fn plain(place: &Place, more: &[&str]) -> String {
    out(place, &[&PLAIN, more].concat())
}

fn document(place: &Place, arguments: &[&str]) -> Value {
    serde_json::from_str(&out(place, &[arguments, &["--format", "json", "--no-out"]].concat())).expect("JSON")
}

fn refused(place: &Place, arguments: &[&str]) -> String {
    let output = leadsim(place, arguments).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The text on one line.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Exact numbers: 232, 247, 251, 266; the domain's published ones are by Monte Carlo and lie within one MQL.
#[test]
fn plain_numbers_give_the_ladder() {
    let place = Place::new("volume-plain");
    let text = plain(&place, &["--no-out"]);
    let first = joined(&text);
    assert!(
        first.starts_with(
            "Plan 266 MQLs a quarter, not 200, to reach $2.0M in 90 % of quarters: with the textbook's 200 the goal \
             is reached in 48 % of quarters."
        ),
        "{text}"
    );
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    let answer = document(&place, &PLAIN);
    assert_eq!((answer["textbook"].as_u64(), answer["needed"].as_u64()), (Some(200), Some(266)));
    let at_ninety = |rung: &Value| rung["needed"][1]["mqls"].as_u64();
    let ladder: Vec<Option<u64>> = answer["ladder"].as_array().expect("rows").iter().map(at_ninety).collect();
    assert_eq!(ladder, [Some(232), Some(247), Some(251), Some(266)]);
    let coin = answer["ladder"][0]["at_textbook"].as_f64().expect("a share");
    assert!((coin - 0.5271).abs() < 1e-4, "{coin}");
    assert_eq!(answer["rate_known_from"][0]["mqls"].as_u64(), Some(322));
    assert_eq!(answer["one_more_quarter"]["mqls_then"].as_u64(), Some(259));
}

#[test]
fn money_and_rates_are_read_as_people_write_them() {
    let place = Place::new("volume-spelling");
    let usual = plain(&place, &["--no-out", "--quiet"]);
    let other =
        ["volume", "--goal", "$2,000,000", "--amount", "$40K", "--rate", "0.25", "--no-out", "--quiet"];
    assert_eq!(usual, out(&place, &other));
    // what is not given is the template's: $40K, spread by 0.8
    assert_eq!(usual, out(&place, &["volume", "--goal", "2m", "--rate", "25 %", "--no-out", "--quiet"]));
    let surer = document(&place, &[&PLAIN[..], &["--rate-from", "exactly", "--fixed-volume"]].concat());
    assert_eq!(surer["needed"].as_u64(), Some(247));
    assert_eq!(surer["ladder"].as_array().map(Vec::len), Some(2));
    let blurred = document(&place, &[&PLAIN[..], &["--volume-cv", "0.1"]].concat());
    assert!(blurred["needed"].as_u64() > Some(266));
    let other = document(&place, &[&PLAIN[..], &["--probability", "75%"]].concat());
    assert!(other["needed"].as_u64() > Some(200) && other["needed"].as_u64() < Some(266));
    assert_eq!(other["ladder"][0]["needed"].as_array().map(Vec::len), Some(4));
}

#[test]
fn a_lag_takes_more_and_says_which_mqls_count() {
    let place = Place::new("volume-lag");
    let text = joined(&plain(&place, &["--no-out", "--lag", "30 days", "--bookings", "600k"]));
    for part in [
        "Plan 427 MQLs a quarter",
        "62 % of the opportunities of a quarter's MQLs come before it ends",
        "427 MQLs are needed, else 266 MQLs",
        "Coverage of $600K of bookings",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn what_cannot_be_planned_is_refused_with_the_way_out() {
    let place = Place::new("volume-refused");
    for (arguments, words) in [
        (vec!["volume"], "--goal 2M"),
        (vec!["volume", "--goal", "lots"], "2M, 40k"),
        (vec!["volume", "--goal", "2M", "--rate", "25"], "25%"),
        (vec!["volume", "--goal", "2M", "--rate", "25%", "--rate-from", "3"], "write 4 or more"),
        (vec!["volume", "--goal", "2M", "--probability", "1"], "0.95"),
        (vec!["volume", "--goal", "2M", "--lag", "30"], "30 days"),
        (vec!["volume", "--goal", "2M", "--lag", "2000 days"], "leave --lag out"),
        (vec!["volume", "--goal", "900B", "--amount", "1"], "check --goal and --amount"),
        (vec!["volume", "--goal", "2M", "--reps", "3..5"], "FILE"),
        (vec!["volume", TEMPLATE, "--goal", "2M", "--rate", "25%"], "leave --rate out"),
        (vec!["volume", TEMPLATE, "--times", "0..3"], "--times 0.5,1,2,4"),
        (vec!["volume", TEMPLATE, "--reps", "0..2"], "--reps 3..8"),
    ] {
        let error = refused(&place, &arguments);
        assert!(error.contains(words), "{arguments:?}: {error}");
    }
    let replay = TEMPLATE.replace("template.toml", "replay.toml");
    let error = refused(&place, &["volume", &replay, "--goal", "2M", "--no-out"]);
    assert!(error.contains("cannot be multiplied"), "{error}");
}

/// The template, few trials: the team reaches the goal with about as many MQLs as the ladder at its own rate, for it is far from full.
#[test]
fn the_template_answers_with_its_team() {
    let place = Place::new("volume-team");
    let arguments =
        ["volume", TEMPLATE, "--goal", "2M", "--reps", "4,6", "--times", "0.4,0.7,1,2", "--trials", "60"];
    let text = out(&place, &[&arguments[..], &["--out", "answer"]].concat());
    let flat = joined(&text);
    assert!(
        flat.starts_with("Plan ")
            && flat.contains(
                " with today's 6 reps to reach $2.0M of pipeline in 90 % of quarters, not the textbook's "
            ),
        "{text}"
    );
    for part in [
        "Next best, MQLs a quarter that reach it too: 4 reps with ",
        "plan with this",
        "enough too",
        "On paper, not to plan with (plan with the ",
        "ON PAPER, WITHOUT THE TEAM",
        "more of them bring more opportunities",
        "Under the decay curve",
        "COVERAGE OF",
        "seed 1",
    ] {
        assert!(flat.contains(part), "{part}: {text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 110), "{text}");
    for name in [
        "summary.txt",
        "volume.json",
        "ladder.csv",
        "curves.csv",
        "team.csv",
        "probability-by-volume.png",
        "opportunities-by-volume.svg",
        "manifest.json",
    ] {
        assert!(place.0.join("answer").join(name).is_file(), "{name}");
    }
    let table = fs::read_to_string(place.0.join("answer/team.csv")).expect("the table");
    assert!(
        table.lines().count() > 12 && table.starts_with("curve,reps,times,mqls,trials,opportunities,"),
        "{table}"
    );
    let answer: Value =
        serde_json::from_str(&fs::read_to_string(place.0.join("answer/volume.json")).expect("JSON"))
            .expect("JSON");
    assert_eq!(answer["team"]["plan_with"]["reps"].as_u64(), Some(6));
    let on_paper = answer["needed"].as_f64().expect("a number");
    for line in answer["team"]["headcounts"].as_array().expect("lines") {
        let needed = line["needed"]["mqls"].as_f64().expect("reached");
        assert!((needed / on_paper - 1.0).abs() < 0.08, "{needed} {on_paper}");
        let chances: Vec<f64> = line["volumes"]
            .as_array()
            .expect("volumes")
            .iter()
            .map(|volume| volume["probability"]["value"].as_f64().expect("a share"))
            .collect();
        assert!(chances.windows(2).all(|pair| pair[0] <= pair[1] + 0.01), "{chances:?}");
    }
    let again = document(&place, &arguments);
    assert_eq!(again["team"], answer["team"], "the same seed gives the same numbers");
}

/// One rep who goes through follow-ups before new leads, the oldest first, with twenty times the leads: everybody is answered late, so more
/// MQLs bring fewer opportunities, by dozens where the standard error is a few.
#[test]
fn a_drowned_team_turns() {
    let place = Place::new("volume-turn");
    let order = "team.reps.order=[\"follow-up\",\"new\",\"reply\",\"own work\"]";
    let usual = ["volume", TEMPLATE, "--goal", "40M", "--reps", "1", "--times", "1,12,20", "--trials", "10"];
    let sets = ["--set", "team.reps.then=\"oldest first\"", "--set", order];
    let answer = document(&place, &[&usual[..], &sets[..]].concat());
    let line = &answer["team"]["headcounts"][0];
    assert!(line["turning"]["turns_at"].as_f64().is_some_and(|at| at < 7_000.0), "{}", line["turning"]);
    assert_eq!(line["needed"]["cannot_be_reached"], Value::Bool(true), "{}", line["needed"]);
}

/// Half of today's volume is far from a goal that takes about all of it, and one rep with six works it no better: no team is an alternative, and
/// none is called one. With 444 MQLs a quarter at $8.7K each 40 times the goal is out of reach of every volume, whatever the luck.
#[test]
fn a_team_that_cannot_is_no_alternative() {
    let place = Place::new("volume-no-alternative");
    let goal = ["volume", TEMPLATE, "--goal", "150M", "--reps", "1,6", "--times", "0.5,1", "--trials", "6"];
    let text = joined(&out(&place, &[&goal[..], &["--no-out"]].concat()));
    assert!(
        text.starts_with("No number of MQLs to plan with: today's 6 reps do not reach $150.0M"),
        "{text}"
    );
    assert!(text.contains("Not enough: 1 rep (at best in 0 %"), "{text}");
    assert!(!text.contains("Next best") && !text.contains("plan with this"), "{text}");
    let answer = document(&place, &goal);
    assert_eq!(answer["team"]["plan_with"], Value::Null);
    assert_eq!(answer["team"]["headcounts"][0]["reaches_the_goal"], Value::Bool(false));
}

/// An uneven volume (cv 1: an exponential law of the rate) needs a thousand times the mean to be this sure; only the counts that may miss the goal are looked at.
#[test]
fn a_very_uneven_volume_is_planned_at_once() {
    let place = Place::new("volume-uneven");
    let needed = |probability: &str| {
        let more = ["--volume-cv", "1", "--probability", probability];
        document(&place, &[&PLAIN[..], &more].concat())["needed"].as_u64().expect("a number")
    };
    let (nine, three_nines) = (needed("0.9"), needed("0.999"));
    // were all deals of one size and the rate known, P(rate × N ≥ 50) = exp(−50 / (0.25 N)): 1,898 and 199,900
    assert!((1_700..2_100).contains(&nine), "{nine}");
    assert!((180_000..220_000).contains(&three_nines), "{three_nines}");
}

/// At its best 64 quarters leave open whether the team reaches the goal in 90.1 % of them: neither "do not reach", nor that another curve changes what is recommended.
#[test]
fn what_the_trials_leave_open_is_not_decided() {
    let place = Place::new("volume-open");
    let usual =
        ["volume", TEMPLATE, "--reps", "6", "--times", "1,1.15", "--seed", "1", "--probability", "0.901"];
    for trials in ["64", "1"] {
        let arguments = [&usual[..], &["--trials", trials]].concat();
        let text = joined(&out(&place, &[&arguments[..], &["--no-out"]].concat()));
        assert!(text.starts_with("It cannot be told whether today's 6 reps reach $3.6M"), "{text}");
        assert!(text.contains("it cannot be told whether the recommendation changes"), "{text}");
        assert!(!text.contains("do not reach") && !text.contains("plan with this"), "{text}");
        let answer = document(&place, &arguments);
        let line = &answer["team"]["headcounts"][0];
        assert_eq!(line["reaches_the_goal"], Value::Null);
        assert_eq!(answer["team"]["plan_with"], Value::Null);
        assert_eq!(answer["team"]["other_curve"]["recommendation_changes"], Value::Null);
    }
}
