//! What a first-time user typed and was not told: lines that do nothing, ragged logs, dates outside of the run, and values nobody means.

use super::cli::{Place, TEMPLATE, leadsim, out};
use std::fs;

/// Exit code, standard output and standard error.
pub fn told(place: &Place, arguments: &[&str]) -> (i32, String, String) {
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
fn a_line_of_a_log_with_a_field_too_many_or_too_few_is_refused_where_the_file_is_named() {
    let place = Place::new("ragged");
    let keys = "tier_column = \"tier\"";
    let (code, said) = replayed(&place, "created,note,tier\n2026-03-05 10:00,hello, world,1\n", keys, "");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("line 2 has 4 fields, the header has 3"), "{said}");
    assert!(said.contains("quote a field that holds a comma") && !said.contains("no tier"), "{said}");
    assert!(said.contains("ours.toml:9:") && said.contains("file = \"log.csv\""), "{said}");
    let (code, said) = replayed(&place, "created,note,tier\n2026-03-05 10:00,hello\n", keys, "");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("line 2 has 2 fields, the header has 3"), "{said}");
    let quoted = "created,note,tier\n2026-03-05 10:00,\"hello, world\",1\n\n2026-03-06 10:00,,1\n";
    let (code, said) = replayed(&place, quoted, keys, "[tiers.1]\n");
    assert_eq!(code, 0, "{said}");
}

#[test]
fn a_column_that_is_there_twice_is_refused() {
    let place = Place::new("twice");
    let (code, said) = replayed(&place, "created,created\n2026-03-05 10:00,2026-03-06 10:00\n", "", "");
    assert_eq!(code, 2, "{said}");
    assert!(
        said.contains("log.csv has 2 columns `created`") && said.contains("rename all but one"),
        "{said}"
    );
    let (code, said) = replayed(&place, "note,created,note\na,2026-03-05 10:00,b\n", "", "");
    assert_eq!(code, 0, "columns that nobody reads may be called anything: {said}");
}

#[test]
fn local_times_that_the_clocks_skip_are_told() {
    let place = Place::new("skipped");
    let log = "created\n2026-03-05 10:00\n2026-03-08 02:30\n2026-03-08 02:10\n2026-03-08 02:30-05:00\n";
    let (code, said) = replayed(&place, log, "", "");
    assert_eq!(code, 0, "{said}");
    let note = "2 stamps are local times that the clocks of America/New_York skip (the first on line 3: \"2026-03-08 02:30\" is taken as 03:30)";
    assert!(said.contains(note), "{said}");
    let (_, said) = replayed(&place, "created\n2026-03-08 01:59\n2026-03-08 03:00\n", "", "");
    assert!(!said.contains("skip"), "{said}");
    let upload = |at: &str| {
        let source = format!("[sources.list]\nupload = {{ leads = 5, at = \"{at}\" }}\n");
        fs::write(place.0.join("list.toml"), week(&source)).expect("the place takes files");
        told(&place, &["run", "list.toml", "--no-out", "--trials", "1"])
    };
    let (code, _, said) = upload("2026-03-08 02:30");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("the clocks of America/New_York skip 2026-03-08 02:30"), "{said}");
    assert!(said.contains("write \"2026-03-08 03:30\""), "{said}");
    assert_eq!(upload("2026-03-08 03:30").0, 0);
}

#[test]
fn a_surge_outside_of_the_run_is_refused_as_an_upload_is() {
    let place = Place::new("surge");
    let surge = |from: &str, until: &str| {
        format!("sources.demo_form.surges.x={{from=\"{from}\",until=\"{until}\",times=10}}")
    };
    let said = refused(&place, &surge("2027-03-02", "2027-03-06"));
    assert!(said.contains("this surge lies outside the horizon and its run-in"), "{said}");
    assert!(said.contains("write dates from 2025-12-29 to before 2026-05-01"), "{said}");
    refused(&place, &surge("2025-12-01", "2025-12-28"));
    refused(&place, &surge("2026-05-01", "2026-05-09"));
    noted(&place, &[&surge("2025-12-01", "2025-12-29")]);
    noted(&place, &[&surge("2026-04-30", "2026-06-05")]);
}

#[test]
fn a_sweep_without_commitments_follows_opportunities() {
    let place = Place::new("no-promise");
    let text = "format = 1\n[sources.a]\nper_month = 0\n[routing]\n[team.reps]\ncount = 1\n";
    fs::write(place.0.join("bare.toml"), text).expect("the place takes files");
    let page = out(
        &place,
        &["sweep", "bare.toml", "--over", "team.reps.count=1,2,2", "--trials", "2", "--out", "o"],
    );
    assert!(page.contains("no commitment to hold; opportunities a quarter: 0.0 at every value."), "{page}");
    assert!(!page.contains("fell under"), "{page}");
    assert_eq!(page.lines().filter(|line| line.trim_start().starts_with("2  ")).count(), 1, "{page}");
    let curve = fs::read_to_string(place.0.join("o/capacity-curve.svg")).expect("a picture");
    assert!(curve.contains("no commitment to hold") && !curve.contains("no figure"), "{curve}");
    assert!(curve.contains("today: 1 rep\n"), "{curve}");
}

#[test]
fn a_promise_that_nothing_fell_under_has_no_share_of_quarters_kept() {
    let place = Place::new("nothing");
    fs::write(place.0.join("none.toml"), week("[sources.a]\nper_month = 0")).expect("the place takes files");
    let sweep = ["sweep", "none.toml", "--over", "team.reps.count=1..2", "--trials", "2", "--out", "o"];
    let page = out(&place, &sweep);
    assert!(page.contains("no lead fell under the promise") && !page.contains("100 %"), "{page}");
    let table = fs::read_to_string(place.0.join("o/sweep.csv")).expect("a table");
    let row = table.lines().nth(1).expect("a point");
    assert!(row.starts_with(",1,1,2,,,,,,,0,"), "neither kept nor holds is known: {row}");
    let curve = fs::read_to_string(place.0.join("o/capacity-curve.svg")).expect("a picture");
    assert!(curve.contains("no lead fell under the promise"), "{curve}");
}

#[test]
fn values_that_nobody_means_are_told() {
    let place = Place::new("implausible");
    let said = refused(&place, "team.reps.lunch.length=12h");
    assert!(said.contains("a lunch of 12 h leaves nothing of a shift of"), "{said}");
    let said = noted(&place, &["team.reps.meetings.busy={ per_day = 20, length = \"60min\" }"]);
    assert!(said.contains("meetings by chance") && said.contains("whose longest shift is"), "{said}");
    assert!(said.contains("do not take place"), "{said}");
    let said = noted(&place, &["commitments.S1.within=0 business min"]);
    assert!(
        said.contains("note: S1 (")
            && said.contains("gives 0 business min: it is kept only in the very instant"),
        "{said}"
    );
    let said = noted(&place, &["commitments.M9.within=0min"]);
    assert!(said.contains("only a hand-over in the same instant keeps it"), "{said}");
    let said = refused(&place, "backlog={ 1 = { age = \"30 days\" } }");
    assert!(said.contains("nothing says how many leads of this age there are"), "{said}");
    noted(&place, &["backlog={ 1 = { age = \"30 days\", waiting = 0 } }"]);
    assert_eq!(noted(&place, &[]), "");
}

#[test]
fn hours_that_overlap_are_refused_in_the_calendar_as_in_a_shift() {
    let place = Place::new("overlap");
    for hours in ["Mon-Fri 08:00-12:00, 11:00-18:00", "[\"Mon-Fri 08:00-12:00\", \"Fri 11:00-18:00\"]"] {
        let said = refused(&place, &format!("calendar.hours={hours}"));
        assert!(said.contains("overlap") && said.contains("write every hour of the week once"), "{said}");
    }
    noted(&place, &["calendar.hours=[\"Mon-Fri 08:00-12:00\", \"Mon-Fri 12:00-18:00\"]"]);
    let said = refused(&place, "team.reps.shift=Mon-Fri 08:00-12:00, 11:00-18:00");
    assert!(said.contains("\"Mon 08:00-12:00\" and \"Mon 11:00-18:00\" overlap"), "{said}");
    let said = refused(&place, "team.reps.shift=Mo-Fr 08:00-17:00");
    assert!(said.contains("\"mo\" is not a day") && said.contains("did you mean \"Mon\"?"), "{said}");
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

/// No lead comes, and the weeks hold no whole month: nothing is kept and nothing missed.
#[test]
fn what_nothing_fell_under_has_no_verdict() {
    let place = Place::new("untested");
    let text = "format = 1\nhorizon = { start = \"2026-03-02\", end = \"2026-03-29\", zone = \"UTC\" }\n\
        [sources.a]\nper_month = 0\n[routing]\n[team.reps]\ncount = 1\n[buyers.decay]\ncurve = \"gentle\"\nstrength = 1\n\
        [commitments.c]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"15 business min\"\n\
        [commitments.m]\nkind = \"monthly volume\"\nat_least = 150\n";
    fs::write(place.0.join("none.toml"), text).expect("written");
    let run = ["run", "none.toml", "--trials", "60", "--no-out", "--fail-if-missed"];
    let assert = leadsim(&place, &run).assert().code(1);
    let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(told.contains("missed: c ") && told.contains("missed: m "), "{told}");
    let page = String::from_utf8_lossy(&assert.get_output().stdout).into_owned();
    assert!(
        page.contains("UNTESTED") && page.contains("no leads") && page.contains("no whole month"),
        "{page}"
    );
    assert!(!page.contains("holds") && !page.contains("100 %"), "{page}");
    let json = out(&place, &["run", "none.toml", "--trials", "60", "--no-out", "--format", "json"]);
    assert!(!json.contains("\"verdict\": \"holds\""), "{json}");
}

#[test]
fn a_precision_is_not_judged_by_fewer_trials_than_its_first_look() {
    let place = Place::new("at-most");
    let run = ["run", TEMPLATE, "--no-out", "--precision", "5pp", "--at-most", "50"];
    let assert = leadsim(&place, &run).assert().code(2);
    let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(told.contains("--at-most 100 or more"), "{told}");
}
