//! Plans that once said more than their trials showed: each case is a command that gave a wrong sentence.

use super::cli::{Place, TEMPLATE};
use super::mended_inputs::told;

fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_promise_under_which_nothing_falls_is_refused() {
    let place = Place::new("about-nothing");
    let short = ["--set", "horizon.end=2026-02-20", "--clause", "M1", "--no-out"];
    for command in ["size", "fix", "sensitivity", "stress"] {
        let (code, _, said) = told(&place, &[&[command, TEMPLATE], &short[..]].concat());
        assert_eq!(code, 2, "{command}: {said}");
        assert!(said.contains("nothing falls under M1") && said.contains("--clause ("), "{command}: {said}");
    }
}

/// The third of four values is enough and no other: a search that trusted their order would stop before it. At 40 quarters the error of one
/// size is 1 % / 4; none of the sizes lies within 40 points of the half that is wanted.
#[test]
fn a_search_without_an_answer_plays_what_it_passed_over() {
    let place = Place::new("passed-over");
    let over = "commitments.S1.within=15 business min,16 business min,5 business hours,17 business min";
    let some = ["--probability", "0.5", "--at-most", "40", "--confirm", "0", "--no-out"];
    let (code, page, said) = told(&place, &[&["size", TEMPLATE, "--over", over], &some[..]].concat());
    assert_eq!(code, 0, "{said}");
    let page = joined(&page);
    assert!(page.contains("within = 5 business hours") && page.contains("the smallest team"), "{page}");
    assert!(page.contains("Today's commitments.S1.within = 15 business min hold"), "today is known: {page}");
}

#[test]
fn a_list_written_downwards_gives_the_same_answer() {
    let place = Place::new("downwards");
    let answer = |over: &str| {
        let sweep = ["sweep", TEMPLATE, "--over", over, "--trials", "50", "--no-out", "-q"];
        let page = joined(&told(&place, &sweep).1);
        let from = page.find("reaches the").expect("it says where");
        page[from..].split(';').next().expect("a sentence").split(". ").next().expect("a sentence").to_owned()
    };
    let down = answer("commitments.S1.within=5 business hours,4 business hours,15 business min");
    let up = answer("commitments.S1.within=15 business min,4 business hours,5 business hours");
    assert_eq!(down, up);
    assert!(down.contains("4 business hours") && !down.contains("up to"), "{down}");
}

#[test]
fn volumes_that_are_no_plan_are_refused_or_remarked_on() {
    let place = Place::new("no-plan");
    let numbers = ["volume", "--goal", "2M", "--amount", "40k", "--rate", "25%", "--no-out"];
    let (code, _, said) = told(&place, &[&numbers[..], &["--volume-cv", "2"]].concat());
    assert!(code == 2 && said.contains("must lie between 0 and 1"), "{said}");
    let (code, page, said) = told(&place, &[&numbers[..], &["--rate-from", "1000"]].concat());
    assert!(code == 0 && joined(&page).contains("known from 1,200 MQLs instead of 1,000"), "{said} {page}");
    let small = ["volume", "--goal", "2", "--amount", "40k", "--rate", "25%", "--no-out"];
    assert!(told(&place, &small).2.contains("less than one deal of $40K"));
    let (code, _, said) = told(&place, &["volume", "--goal", "-2M", "--amount", "40k", "--no-out"]);
    assert!(code == 2 && said.contains("above zero"), "{said}");
    let nobody = ["volume", TEMPLATE, "--goal", "2M", "--team", "nobody", "--no-out"];
    let (code, _, said) = told(&place, &nobody);
    assert!(code == 2 && said.contains("no such group") && said.contains("reps"), "{said}");
}

#[test]
fn too_few_quarters_are_said_to_be_too_few() {
    let place = Place::new("too-few");
    let vary = ["--vary", "team.reps.pace=0.9..1.1", "--only", "--trials", "20", "--no-out"];
    let page = joined(&told(&place, &[&["sensitivity", TEMPLATE], &vary[..]].concat()).1);
    assert!(page.contains("20 quarters are too few to say which input decides"), "{page}");
    assert!(!page.contains("beyond chance") && !page.contains(" ~ "), "{page}");
    let line = ["--line", "more: team.reps.count=12", "--trials", "20", "--no-out"];
    let page = joined(&told(&place, &[&["compare", TEMPLATE], &line[..]].concat()).1);
    assert!(page.contains("are too few to say") && !page.contains("loses nothing"), "{page}");
}

#[test]
fn small_errors_name_the_way_out_that_works() {
    let place = Place::new("small-errors");
    for (arguments, says, not) in [
        (
            vec!["run", TEMPLATE, "--set", "team.reps.count=-2"],
            "1 or more; 0 only where another",
            "0 to 10000",
        ),
        (
            vec!["sensitivity", TEMPLATE, "--vary", "team.reps.pace=1.2..0.9"],
            "write --vary team.reps.pace=0.9..1.2",
            "LOW..HIGH",
        ),
        (vec!["sensitivity", TEMPLATE, "--vary", "team.reps.count=6..6"], "to a higher one", "panicked"),
        (
            vec!["sweep", TEMPLATE, "--over", "commitments.S1.within=15,30"],
            "--over commitments.S1.within=15min,30min",
            "team.reps.count=3..12",
        ),
        (vec!["why", TEMPLATE, "--clause", "S9"], "M8, M9, M10, S1, S2", "all"),
        (vec!["why", TEMPLATE, "--clause", "S1,S2"], "one of M1, M8", "S1,S2"),
    ] {
        let (code, _, said) = told(&place, &[&arguments[..], &["--no-out"]].concat());
        let said = joined(&said);
        assert!(code == 2 && said.contains(says) && !said.contains(not), "{arguments:?}: {said}");
    }
    // the way out of the sweep is one
    let over = "commitments.S1.within=15 business min,30 business min";
    let (code, _, said) = told(&place, &["sweep", TEMPLATE, "--over", over, "--trials", "2", "--no-out"]);
    assert_eq!(code, 0, "{said}");
}

/// All times of a comparison stand on one clock: the table's rows in the unit of the picture's panel.
#[test]
fn times_of_a_comparison_stand_on_one_clock() {
    let place = Place::new("one-clock");
    let pooled = TEMPLATE.replace("template.toml", "template-pooled.toml");
    let out = place.0.join("out").display().to_string();
    let (code, page, said) = told(&place, &["compare", TEMPLATE, &pooled, "--trials", "60", "--out", &out]);
    assert_eq!(code, 0, "{said}");
    let picture = std::fs::read_to_string(place.0.join("out/forest.svg")).expect("a picture");
    let panels: Vec<&str> = ["minutes", "hours", "days"]
        .into_iter()
        .filter(|unit| picture.contains(&format!("Difference from the base, {unit}\n")))
        .collect();
    assert_eq!(panels, ["minutes"], "one panel of times");
    let rows: Vec<&str> =
        page.lines().filter(|row| row.starts_with("time in stage") || row.starts_with("mean wait")).collect();
    assert!(!rows.is_empty() && rows.iter().all(|row| row.replace('\u{a0}', " ").contains(" min")), "{page}");
    assert!(rows.iter().all(|row| !row.replace('\u{a0}', " ").contains(" h ")), "{rows:?}");
}

/// Which way a pace counts stands wherever it is printed.
#[test]
fn a_pace_says_which_way_it_counts() {
    let place = Place::new("pace");
    let faster = ["--set", "team.reps.pace=0.8", "--trials", "4", "--seed", "1"];
    let out = place.0.join("run").display().to_string();
    let (code, _, said) = told(&place, &[&["run", TEMPLATE, "--out", &out], &faster[..]].concat());
    assert_eq!(code, 0, "{said}");
    let page = std::fs::read_to_string(place.0.join("run/report.html")).expect("a page");
    assert!(page.replace("&#x20;", " ").contains("each task takes 20"), "the run's inputs");
    let over = ["sweep", TEMPLATE, "--over", "team.reps.pace=0.8,1", "--trials", "4", "--no-out"];
    assert!(told(&place, &over).1.contains("team.reps.pace (below 1 is faster)"));
    let line = "fast: team.reps.pace=0.8";
    let (_, page, _) = told(&place, &["compare", TEMPLATE, "--line", line, "--trials", "4", "--no-out"]);
    assert!(page.contains("team.reps.pace (below 1 is faster)"), "{page}");
    let vary = ["--vary", "team.reps.pace=0.8..1.2", "--only", "--trials", "4", "--no-out"];
    let (_, page, _) = told(&place, &[&["sensitivity", TEMPLATE], &vary[..]].concat());
    assert!(page.contains("team.reps.pace (below 1 is faster, now 1)"), "{page}");
}

/// Two leads in ten days: on 87 % of days nobody comes, and those count as held. That is said, and refused where it alone is what is wanted
/// (of 640 days, more than 9 standard errors above 75 %).
#[test]
fn days_on_which_nothing_falls_under_a_promise_are_named() {
    let place = Place::new("empty-days");
    let cover = "cover = { \"every day 00:00-04:00\" = 9, \"every day 04:00-08:00\" = 9 }";
    let day = super::size::DAY.replace("count = 6\nshift = \"every day 00:00-24:00\"", cover);
    std::fs::write(place.0.join("day.toml"), day.replace("per_hour = 2", "per_hour = 0.006"))
        .expect("a file");
    let some = ["size", "day.toml", "--cover", "--no-out", "-q", "--seed", "1", "--confirm", "0"];
    let (code, page, said) = told(&place, &some);
    assert_eq!(code, 0, "{said}");
    let page = joined(&page);
    assert!(page.contains("nothing falls under S1") && page.contains("and those count as held"), "{page}");
    assert!(page.contains("The last rep of the group is not taken out."), "{page}");
    let (code, _, said) = told(&place, &[&some[..], &["--probability", "0.75"]].concat());
    assert!(
        code == 2 && said.contains("nothing falls under S1") && said.contains("longer horizon"),
        "{said}"
    );
}

/// Twenty quarters are too few for an interval of money: nothing is said of the recommendation, in words or as data.
#[test]
fn what_neither_curve_is_sure_of_changes_no_recommendation() {
    let place = Place::new("untold-recommendation");
    let line = ["--line", "slow: routing.delay=3h", "--trials", "20", "--no-out", "-q"];
    let compare = [&["compare", TEMPLATE], &line[..]].concat();
    let page = joined(&told(&place, &compare).1);
    assert!(page.contains("whether the recommendation changes cannot be told"), "{page}");
    let json = told(&place, &[&compare[..], &["--format", "json"]].concat()).1;
    assert!(joined(&json).contains("\"recommendation_changes\": null"), "{json}");
    let sweep = ["sweep", TEMPLATE, "--over", "team.reps.count=4,8", "--trials", "10", "--no-out", "-q"];
    let page = joined(&told(&place, &sweep).1);
    assert!(page.contains("no value is recommended, so the curve changes no recommendation"), "{page}");
}

/// The base brings most opportunities under both curves: which of two worse ways is the less bad is no recommendation.
#[test]
fn a_change_of_recommendation_is_never_between_two_ways_worse_than_the_base() {
    let place = Place::new("base-is-best");
    let lines = [
        "--line",
        "slow: routing.delay=3h",
        "--line",
        "fewer: buyers.tiers.2.qualified=0.60, buyers.tiers.1.qualified=0.71",
    ];
    let page = joined(
        &told(&place, &[&["compare", TEMPLATE, "--trials", "100", "--no-out"], &lines[..]].concat()).1,
    );
    assert!(page.contains("the recommendation does not change"), "{page}");
}
