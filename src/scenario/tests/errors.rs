//! What is wrong is said all at once, with the line, the reason and the way out.

use super::*;

#[test]
fn all_problems_at_once() {
    let text = r#"format = 1

[horizon]
length = "1 week"
run_in = "10 days"

[sources.web]
per_week = -3
tire = 1

[routing]
policy = "round-robin"

[team.reps]
count = 7
sick = 2

[work]
review = 8

[leads]
zones = { "America/New_Yrok" = 1 }
"#;
    let report = read(text).expect_err("seven problems").to_string();
    insta::assert_snapshot!(report, @r#"
error: horizon.run_in
  ╭▸ try.toml:5:10
  │
5 │ run_in = "10 days"
  │          ━━━━━━━━━ the run-in is not a whole number of weeks
  │
  ╰ help: write run_in = "4 weeks"

error: sources.web.per_week
  ╭▸ try.toml:8:12
  │
8 │ per_week = -3
  │            ━━ -3 is negative
  │
  ╰ help: write a number of 0 or more

error: sources.web.tire
  ╭▸ try.toml:9:1
  │
9 │ tire = 1
  │ ━━━━ unknown key `tire`
  │
  ╰ help: did you mean `tier`?

error: routing.policy
   ╭▸ try.toml:12:10
   │
12 │ policy = "round-robin"
   │          ━━━━━━━━━━━━━ "round-robin" is not one of "round robin", "pool"
   │
   ╰ help: did you mean "round robin"?

error: team.reps.sick
   ╭▸ try.toml:16:8
   │
16 │ sick = 2
   │        ━ 2 is more than 1: a probability lies between 0 and 1
   │
   ╰ help: if 2 per cent is meant, write "2%"

error: work.review
   ╭▸ try.toml:19:10
   │
19 │ review = 8
   │          ━ 8 has no unit
   │
   ╰ help: write "8min" or "8h", whichever is meant

error: leads.zones."America/New_Yrok"
   ╭▸ try.toml:22:11
   │
22 │ zones = { "America/New_Yrok" = 1 }
   │           ━━━━━━━━━━━━━━━━━━ unknown time zone "America/New_Yrok"
   │
   ╰ help: did you mean "America/New_York"?

7 problems in try.toml
"#);
}

#[test]
fn units_are_never_guessed() {
    let with = |old: &str, new: &str| only_problem(&SMALL.replace(old, new));
    let (path, message, help) = with("length = \"1 week\"", "length = 7");
    assert_eq!((path.as_str(), message.as_str()), ("horizon.length", "7 has no unit"));
    assert!(help.contains("\"7min\""));
    let (_, message, help) = with("within = \"15min\"", "within = 15");
    assert_eq!(
        (message.as_str(), help.as_str()),
        ("15 has no unit", "write \"15 business min\" for open hours or \"15min\" for time on the wall")
    );
    for (written, guess) in [
        ("2bh", "2 business hours"),
        ("1bd", "1 business day"),
        ("15 buisness min", "15 business min"),
        ("15bmin", "15 business min"),
    ] {
        let (_, _, help) = with("within = \"15min\"", &format!("within = \"{written}\""));
        assert!(help.starts_with(&format!("did you mean \"{guess}\"?")), "{written}: {help}");
        for way in ["15 business min", "2 business hours", "1 business day", "15min"] {
            assert!(help.contains(way), "{written}: {help}");
        }
    }
    let (_, _, help) = with("within = \"15min\"", "within = \"15 parsecs\"");
    assert!(help.starts_with("write \"15 business min\", \"2 business hours\""), "{help}");
    let (_, message, help) = with("count = 7", "count = 7\ncost_per_hour = 70");
    assert_eq!((message.as_str(), help.as_str()), ("70 has no currency", "write \"$70\""));
    let (_, message, _) = with("mean = \"8min\"", "mean = 8");
    assert_eq!(message, "`mean`: 8 has no unit");
}

#[test]
fn numbers_out_of_range_are_refused() {
    let with = |new: &str| only_problem(&SMALL.replace("count = 7", new)).1;
    assert_eq!(with("count = -2"), "-2 is less than 0");
    assert_eq!(with("count = 20000"), "20000 is more than 10000, the most leadsim takes");
    assert_eq!(with("count = 99999999999999999999"), "expected a whole number, found 100000000000000000000");
    assert_eq!(with("count = 7\nsick = 1.3"), "1.3 is more than 1: a probability lies between 0 and 1");
    assert_eq!(with("count = 7\nsick = nan"), "NaN is no finite number");
    assert_eq!(with("count = 7\nsick = inf"), "inf is no finite number");
    assert_eq!(with("count = 7\nsick = \"2%%\""), "\"2%%\" is no share");
    assert_eq!(with("count = 0"), "the team has no reps");
    let rate = only_problem(&SMALL.replace("per_hour = 42", "per_hour = -1"));
    assert_eq!((rate.0.as_str(), rate.1.as_str()), ("sources.web.per_hour", "-1 is negative"));
}

#[test]
fn many_reps_and_tiers_and_years_are_refused() {
    let reps = SMALL.replace("count = 7", "count = 6000\n[team.more]\ncount = 6000");
    assert_eq!(only_problem(&reps).1, "12000 reps; leadsim takes 10000 in all");
    let tiers: String = (0..101).map(|i| format!("[tiers.{i}]\n")).collect();
    let tiers = format!("{}\n{tiers}", SMALL.replace("per_hour = 42", "per_hour = 42\ntier = 0"));
    assert_eq!(only_problem(&tiers).1, "101 tiers; leadsim takes 100");
    assert_eq!(only_problem(&SMALL.replace("1 week", "600 weeks")).1, "the horizon is longer than ten years");
}

#[test]
fn horizons_that_cannot_be() {
    let with = |line: &str| only_problem(&SMALL.replace("run_in = \"0 weeks\"", line));
    assert_eq!(with("run_in = \"10 days\"").1, "the run-in is not a whole number of weeks");
    // Run-in begins on a Monday: one week before Sunday 1 February are 13 days, enough for 9 business days, not for 15.
    let text = on_template("[horizon]\nrun_in = \"1 week\"\n");
    assert!(read(&text).is_ok());
    let (path, message, help) = only_problem(&format!("{text}[buyers.cadence.steps.6]\nday = 15\n"));
    assert_eq!(
        (path.as_str(), message.as_str()),
        ("horizon.run_in", "the run-in is shorter than the cadence of 15 business days")
    );
    assert_eq!(help, "write run_in = \"4 weeks\" or more, or \"0 weeks\" to start with empty desks");
    let backwards = SMALL.replace("length = \"1 week\"", "end = \"2026-01-31\"");
    assert_eq!(only_problem(&backwards).1, "the horizon ends on 2026-01-31, before it starts on 2026-02-02");
    let both = SMALL.replace("length = \"1 week\"", "length = \"1 week\"\nend = \"2026-03-31\"");
    assert_eq!(only_problem(&both).1, "`end` and `length` contradict each other");
}

#[test]
fn calendars_that_never_open_and_zones_that_are_none() {
    let text = format!("{SMALL}\n[calendar]\nhours = \"Sat 08:00-09:00\"\nclosed = [\"2026-02-07\"]\n");
    assert_eq!(only_problem(&text).1, "the calendar is never open within the horizon");
    let zone = SMALL.replace("run_in", "zone = \"America/New_Yrok\"\nrun_in");
    let (path, message, help) = only_problem(&zone);
    assert_eq!((path.as_str(), message.as_str()), ("horizon.zone", "unknown time zone \"America/New_Yrok\""));
    assert_eq!(help, "did you mean \"America/New_York\"?");
}

#[test]
fn names_that_lead_nowhere() {
    let tier = format!("{SMALL}\ntiers = [2]\n");
    assert_eq!(only_problem(&tier).1, "there is no tier `2`");
    let order =
        SMALL.replace("count = 7", "count = 7\norder = [\"new\", \"replies\", \"follow-up\", \"own work\"]");
    let problems = read(&order).expect_err("replies is no kind of work");
    let said: Vec<&str> = problems.list.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(said, ["the order of work leaves out \"reply\"", "unknown work \"replies\""]);
    let word = only_problem(&SMALL.replace("\"pool\"", "\"pol\""));
    assert_eq!(
        (word.1.as_str(), word.2.as_str()),
        ("\"pol\" is not one of \"round robin\", \"pool\"", "did you mean \"pool\"?")
    );
    let key = only_problem(&SMALL.replace("count = 7", "count = 7\nshfit = \"Mon-Fri 09:00-17:00\""));
    assert_eq!((key.0.as_str(), key.2.as_str()), ("team.reps.shfit", "did you mean `shift`?"));
}

#[test]
fn things_that_say_too_little() {
    let silent = only_problem(&SMALL.replace("per_hour = 42", "batch = 1"));
    assert_eq!(silent.1, "nothing says how many leads this source brings");
    let timed = only_problem(&SMALL.replace("within = \"15min\"", ""));
    assert_eq!(timed.1, "a commitment of kind \"timed\" needs `within`");
    let foreign = only_problem(&format!("{SMALL}attempts = 6\n"));
    assert_eq!(foreign.1, "`attempts` does not belong to a commitment of kind \"timed\"");
    let cadence = only_problem(&format!("{SMALL}[buyers.cadence]\nsteps = []\n"));
    assert_eq!(cadence.1, "the cadence has no step");
    let weights = only_problem(&format!("{SMALL}[leads]\nsegments = {{ SMB = 0, enterprise = 0 }}\n"));
    assert_eq!(weights.1, "all weights are zero");
    let days = only_problem(&format!("{SMALL}[leads]\nweekday_shares = [1, 2, 3]\n"));
    assert_eq!(days.1, "3 weights where 7 are needed");
    let hands = only_problem(&SMALL.replace("policy = \"pool\"", "policy = \"pool\"\nfails = 0.03"));
    assert_eq!(hands.1, "leads of tier 1 may need routing by hand, and nothing says how long that takes");
    let meeting =
        only_problem(&SMALL.replace("[work]", "[team.reps.meetings.x]\nlength = \"30min\"\n[work]"));
    assert_eq!(meeting.1, "nothing says when this meeting is");
    let missing = read("format = 1\n").expect_err("nothing is there");
    let paths: Vec<&str> = missing.list.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(paths, ["sources", "routing", "team"]);
}

#[test]
fn keys_without_effect_are_refused() {
    let upload =
        SMALL.replace("per_hour = 42", "upload = { leads = 18, at = \"2026-02-04 15:00\" }\ngaps = 1");
    assert_eq!(only_problem(&upload).1, "`gaps` has no effect on this source");
    let leave = SMALL.replace(
        "[work]",
        "leave = { june = { from = \"2026-02-03\", until = \"2026-02-04\", reps = 9 } }\n[work]",
    );
    assert_eq!(only_problem(&leave).1, "there is no rep 9 of 7");
}

#[test]
fn interruptions_that_make_no_sense_are_refused() {
    let problem = |line: &str| only_problem(&SMALL.replace("[work]", &format!("{line}\n[work]"))).1;
    let own = |text: &str| problem(&format!("own_work.notes = {{ {text} }}"));
    assert_eq!(own("length = \"8min\""), "nothing says when this own work is done");
    assert_eq!(own("when_idle = \"once\", length = \"0min\""), "own work needs a length above zero");
    let two = "own_work.a = { when_idle = \"once\", length = \"8min\" }\nown_work.b = { when_idle = \"once\", length = \"9min\" }";
    assert_eq!(problem(two), "idle reps do a already");
    assert_eq!(
        problem("away.calls = { after = \"0min\", length = \"5min\" }"),
        "a rep called away at once never works"
    );
    assert_eq!(problem("put_down_for = [\"new 9\"]"), "there is no tier `9`");
    assert_eq!(problem("put_down_for = [\"hot\"]"), "unknown work \"hot\"");
    assert_eq!(problem("put_down_for = [\"own work\"]"), "own work takes nobody off a lead");
}

#[test]
fn effects_are_not_counted_twice() {
    let text = on_template("[buyers.interest]\nafter = { law = \"exponential\", mean = \"20h\" }\n");
    assert_eq!(
        only_problem(&text).1,
        "loss of interest beside a decay curve counts the effect of speed twice"
    );
    assert!(read(&format!("{text}both = true\n")).is_ok());
    assert!(read(&format!("{text}[buyers.decay]\noff = true\n")).is_ok());
}

#[test]
fn uploads_stay_inside_the_horizon() {
    let upload = |at: &str| SMALL.replace("per_hour = 42", &format!("upload = {{ leads = 18, at = {at} }}"));
    assert!(read(&upload("[\"2026-02-04 15:00\"]")).is_ok());
    let (path, message, _) = only_problem(&upload("[\"2026-02-04 15:00\", \"2027-02-04 15:00\"]"));
    assert_eq!(
        (path.as_str(), message.as_str()),
        ("sources.web.upload.at", "this upload lies outside the horizon and its run-in")
    );
}

#[test]
fn text_that_is_no_toml_is_refused_with_its_place() {
    let problems = read("format = 1\n[team.reps\ncount = 3\n").expect_err("a bracket is missing");
    assert_eq!(problems.list[0].line(), Some(2));
    let twice = read("format = 1\nformat = 1\n").expect_err("a key stands twice");
    assert!(twice.list[0].message.starts_with("this is not TOML: duplicate key"), "{twice}");
    let missing = crate::scenario::load(Path::new("nowhere.toml"), &[]).expect_err("there is no such file");
    assert!(missing.to_string().starts_with("error: nowhere.toml: cannot be read"), "{missing}");
}

#[test]
fn night_shifts_may_not_overlap() {
    let shift = |hours: &str| SMALL.replace("count = 7", &format!("count = 7\nshift = {hours}"));
    let (path, message, help) = only_problem(&shift("[\"Mon 22:00-06:00\", \"Tue 05:00-09:00\"]"));
    assert_eq!(path, "team.reps.shift");
    assert_eq!(message, "the shift of Monday ends at 06:00 and that of Tuesday begins at 05:00");
    assert!(help.contains("two groups"));
    let (_, message, help) = only_problem(&shift("\"every day 22:00-24:00, 00:00-06:00\""));
    assert_eq!(message, "two blocks on a Monday");
    assert!(help.contains("\"Sun-Thu 22:00-06:00\""));
    valid(&shift("[\"Mon 22:00-06:00\", \"Tue 06:00-14:00\"]"));
}

#[test]
fn persistence_by_segment_names_segments_that_exist() {
    let promise = |linkedin: &str| on_template(&format!("[commitments.S4]\nlinkedin = {linkedin}\n"));
    let (path, message, help) = only_problem(&promise("{ enterprize = 1 }"));
    assert_eq!(path, "commitments.S4.linkedin.enterprize");
    assert_eq!(message, "there is no segment `enterprize`");
    assert!(help.contains("enterprise"), "{help}");
    valid(&promise("1"));
    // Segments of another market: the template's own names are passed over.
    valid(&on_template("[leads]\nsegments = { all = 1 }\n[buyers.cadence.steps.5]\nby = \"phone\"\n"));
}

/// One mistake, one message: what follows from it is not told as well.
#[test]
fn a_mistyped_preset_hides_no_tables() {
    let (path, message, help) = only_problem("format = 1\npreset = \"templat\"\n");
    assert_eq!((path.as_str(), help.as_str()), ("preset", "did you mean \"template\"?"), "{message}");
}

#[test]
fn a_later_format_and_a_file_that_says_nothing_are_told_apart() {
    let (path, _, help) = only_problem("format = 2\npreset = \"template\"\n");
    assert!(path == "format" && help.contains("a later leadsim"), "{help}");
    for nothing in ["", "# only a comment\n", "\u{feff}"] {
        let (_, message, help) = only_problem(nothing);
        assert!(message == "says nothing" && help.contains("leadsim init"), "{message} {help}");
    }
}

#[test]
fn what_is_no_toml_is_told_with_its_own_way_out() {
    let help = |text: &str| {
        let problems = read(text).expect_err("no TOML");
        (problems.list[0].line(), problems.list[0].help.clone().unwrap_or_default())
    };
    let twice = help("format = 1\npreset = \"template\"\n[team.reps]\ncount = 7\ncount = 8\n");
    assert_eq!(twice, (Some(5), "it stands further up already; keep one of the two".into()));
    assert_eq!(
        help("format = 1\n[team.reps\ncount = 7\n"),
        (Some(2), "close the heading: [team.reps]".into())
    );
    assert!(help("format: 1\nteam:\n").1.contains("in quotes"));
}

#[test]
fn what_should_be_a_table_or_a_whole_number_is_told_how() {
    let with = |line: &str| only_problem(&format!("format = 1\npreset = \"template\"\n{line}\n"));
    assert_eq!(with("team = { reps = 7 }").2, "write a heading [team.reps] with its keys below, one a line");
    assert_eq!(with("team = { reps = { count = 6.5 } }").2, "write 7");
    assert!(with("team = { reps = { count = \"seven\" } }").2.contains("without quotes"));
}

/// The paths of all problems of the template with these lines, in order.
fn paths(more: &str) -> Vec<String> {
    let problems = read(&on_template(more)).expect_err("something is wrong");
    problems.list.iter().map(|problem| problem.path.clone()).collect()
}

#[test]
fn an_error_in_one_place_hides_none_elsewhere() {
    let same = |more: &str, mut wanted: Vec<&str>| {
        let mut found = paths(more);
        found.sort();
        wanted.sort_unstable();
        assert_eq!(found, wanted, "{more}");
    };
    let horizon = "[horizon]\nend = \"2026-01-01\"\n";
    same(&format!("[team.reps]\ncount = 0\n{horizon}"), vec!["team", "horizon.end"]);
    same("[team.reps]\ncount = 0\nsick = 2\n", vec!["team", "team.reps.sick"]);
    same(
        &format!(
            "[team.reps]\ncount = 0\n{horizon}[commitments.S1]\ntiers = [7]\n[routing.tiers.4]\npolicy = \"pool\"\n"
        ),
        vec!["team", "horizon.end", "commitments.S1.tiers", "routing.tiers.4"],
    );
    let source = "[leads]\nhour_shares = [1]\n[sources.x]\ntier = 9\n";
    same(source, vec!["leads.hour_shares", "sources.x", "sources.x.tier"]);
    same(&format!("{source}per_month = 3\n"), vec!["leads.hour_shares", "sources.x.tier"]);
    same(
        "[horizon]\nstart = \"soon\"\nrun_in = \"10 days\"\nrun_out_at_most = \"20000 days\"\n[work]\nreview = 8\n",
        vec!["horizon.start", "horizon.run_in", "horizon.run_out_at_most", "work.review"],
    );
    same(
        "[team.reps]\nshift = [\"Mon 08:00-10:00\", \"Mon 12:00-14:00\"]\n[team.reps.leave.away]\nreps = [400]\nfrom = \"2026-02-02\"\nuntil = \"2026-02-03\"\n",
        vec!["team.reps.shift", "team.reps.leave.away"],
    );
    same(
        "[commitments.S9]\nkind = \"persistence\"\nattempts = 3\nphone = [1, 2]\n",
        vec!["commitments.S9", "commitments.S9.phone"],
    );
}

#[test]
fn what_follows_from_an_error_is_not_told_beside_it() {
    for (more, only) in [
        ("[team.reps]\ncount = -1\n", "team.reps.count"),
        ("[team.reps]\ntiers = [9]\n", "team.reps.tiers"),
        ("[team.reps]\nshift = \"Mon 25:00\"\n", "team.reps.shift"),
        ("[sources.x]\ntier = 1\nper_mnth = 3\n", "sources.x.per_mnth"),
        ("[sources.x]\ntier = 1\nper_month = -3\n", "sources.x.per_month"),
        ("[horizon]\nstart = \"2026-13-01\"\nend = \"2026-03-29\"\n", "horizon.start"),
        (
            "[horizon]\nlength = \"1 day\"\nend = \"2020-01-01\"\n[sources.x]\ntier = 1\nupload = { at = \"2026-02-12 15:00\", leads = 9 }\n",
            "horizon.end",
        ),
        (
            "[commitments.S9]\nfrom = \"routed\"\nto = \"attempted\"\nwithn = \"5min\"\n",
            "commitments.S9.withn",
        ),
    ] {
        assert_eq!(paths(more), [only], "{more}");
    }
}

#[test]
fn the_way_out_shows_what_was_meant() {
    let help = |more: &str| only_problem(&on_template(more)).2;
    assert_eq!(
        help("[team.reps]\nsites = \"New York\"\n"),
        "write sites = { \"America/New_York\" = 1 }: time zones and their weights"
    );
    let (_, message, way_out) =
        only_problem(&on_template("[commitments.S1]\nwithin = \"next business day\"\n"));
    assert_eq!(message, "\"next business day\" does not say until when on that day");
    assert_eq!(way_out, "write \"by 18:00 next business day\" or \"1 business day\"");
    assert_eq!(help("[commitments.S1]\nwithin = \"the next day\"\n"), way_out);
    assert_eq!(
        help("[commitments.S1]\nwithin = \"in 2 business days\"\n"),
        "write \"by 18:00 in 2 business days\" or \"2 business days\""
    );
    assert!(read(&on_template("[commitments.S1]\nwithin = \"2 business days\"\n")).is_ok());
    assert_eq!(help("[sources.demo_form]\nper_month = \"60 a month\"\n"), "write 60");
    assert_eq!(help("[sources.demo_form]\nper_month = \"16.5\"\n"), "write 16.5");
    for unclear in ["many", "1,200", ""] {
        let text = format!("[sources.demo_form]\nper_month = \"{unclear}\"\n");
        assert_eq!(help(&text), "write digits alone, without quotes, such as 60", "{unclear}");
    }
}
