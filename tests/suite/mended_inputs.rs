//! What a first-time user typed and was not told: lines that do nothing, ragged logs, dates outside of the run, and values nobody means.

use super::cli::{Place, TEMPLATE, leadsim, out};
use std::fs;

/// Exit code, standard output and standard error.
fn told(place: &Place, arguments: &[&str]) -> (i32, String, String) {
    let output = leadsim(place, arguments).output().expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().expect("no signal"), text(&output.stdout), text(&output.stderr))
}

/// What is said of a template with one change, which is refused.
fn refused(place: &Place, set: &str) -> String {
    let (code, _, said) = told(place, &["run", TEMPLATE, "--no-out", "--trials", "1", "--set", set]);
    assert_eq!(code, 2, "{set}: {said}");
    said
}

/// What is said on standard error of a template with these changes, which runs.
fn noted(place: &Place, sets: &[&str]) -> String {
    let mut arguments = vec!["run", TEMPLATE, "--no-out", "--trials", "1"];
    sets.iter().for_each(|set| arguments.extend(["--set", set]));
    let (code, _, said) = told(place, &arguments);
    assert_eq!(code, 0, "{sets:?}: {said}");
    said
}

/// A week in New York with one source and one rep.
fn week(source: &str) -> String {
    format!(
        "format = 1\n[horizon]\nzone = \"America/New_York\"\nstart = \"2026-03-02\"\nlength = \"2 weeks\"\nrun_in = \"0 weeks\"\n{source}\n[routing]\n[team.reps]\ncount = 1\n[work]\ndial = \"1min\"\n[commitments.c]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"15min\"\n"
    )
}

/// Standard error of a run that replays this log.
fn replayed(place: &Place, csv: &str, keys: &str, tiers: &str) -> (i32, String) {
    fs::write(place.0.join("log.csv"), csv).expect("the place takes files");
    let source = format!(
        "[sources.log.replay]\n# the leads of March\nfile = \"log.csv\"\nzone = \"America/New_York\"\n{keys}"
    );
    fs::write(place.0.join("ours.toml"), format!("{}{tiers}", week(&source))).expect("the place takes files");
    let (code, _, said) = told(place, &["run", "ours.toml", "--no-out", "--trials", "1"]);
    (code, said)
}

#[test]
fn a_line_that_sets_what_is_swept_is_refused() {
    let place = Place::new("overwritten");
    let sweep = |over: &str, line: &str| {
        told(&place, &["sweep", TEMPLATE, "--no-out", "--trials", "1", "--over", over, "--line", line])
    };
    let (code, _, said) = sweep("team.reps.count=1..2", "a: team.reps.count=9");
    assert_eq!(code, 2, "{said}");
    assert!(
        said.contains("--line \"a\" writes team.reps.count=9, and --over writes team.reps.count over it")
            && said.contains("leave team.reps.count=9 out of the line"),
        "{said}"
    );
    let (code, _, said) = sweep("sources.demo_form.per_month=10,20", "a: sources.demo_form.per_week=9");
    assert_eq!(code, 2, "per_month takes the place of per_week: {said}");
    let (code, _, said) = sweep("team.reps.count=6", "a: team.reps.pace=1.1");
    assert_eq!(code, 0, "{said}");
}

#[test]
fn quiet_is_quiet_and_huge_numbers_are_short() {
    let place = Place::new("quiet");
    let zero = ["--set", "commitments.S1.within=0min", "--no-out", "--trials", "1"];
    let run = |more: &[&str]| told(&place, &[&["run", TEMPLATE], &zero[..], more].concat()).2;
    assert!(run(&[]).contains("note: "));
    assert_eq!(run(&["-q"]), "");
    let sweep = ["sweep", TEMPLATE, "--over", "routing.tiers.1.back_up.after=5min", "-q"];
    assert_eq!(told(&place, &[&sweep[..], &zero[2..]].concat()).2, "");
    let said = told(&place, &["run", TEMPLATE, "-q", "--set", "sources.demo_form.per_month=1e300"]).2;
    assert!(said.contains("1e300 does not lie between") && !said.contains("000000000000"), "{said}");
    for set in ["team.reps.count=1e300", "team.reps.pace=1e300", "horizon.length=1e300"] {
        let said = refused(&place, set);
        assert!(!said.contains("000000000000"), "{said}");
    }
}
