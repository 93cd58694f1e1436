//! What cannot be read (no TOML, no unit, no number that can be) is told with what was probably meant.

use super::*;

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
fn a_later_format_and_a_file_that_says_nothing_are_told_apart() {
    let (path, _, help) = only_problem("format = 2\npreset = \"template\"\n");
    assert!(path == "format" && help.contains("a later leadsim"), "{help}");
    for nothing in ["", "# only a comment\n", "\u{feff}"] {
        let (_, message, help) = only_problem(nothing);
        assert!(message == "says nothing" && help.contains("leadsim init"), "{message} {help}");
    }
}

#[test]
fn what_should_be_a_table_or_a_whole_number_is_told_how() {
    let with = |line: &str| only_problem(&format!("format = 1\npreset = \"template\"\n{line}\n"));
    assert_eq!(with("team = { reps = 7 }").2, "write a heading [team.reps] with its keys below, one a line");
    assert_eq!(with("team = { reps = { count = 6.5 } }").2, "write 7");
    assert!(with("team = { reps = { count = \"seven\" } }").2.contains("without quotes"));
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

#[test]
fn every_refusal_of_a_number_or_unit_has_its_way_out() {
    let help = |option: &str| {
        let problems = changed(&on_template(""), &[option]).expect_err(option);
        assert_eq!(problems.list.len(), 1, "{option}: {problems}");
        problems.list[0].help.clone().unwrap_or_default()
    };
    for (option, wanted) in [
        ("team.reps.count=1000000", "write 10000 or less"),
        ("study.trials=2000000000", "write 1000000000 or less"),
        ("team.reps.pace=0", "write a number from 0.01 to 100"),
        ("buyers.cadence.steps.2.day=-1", "write a whole number, 0 to 1000"),
        ("sources.intent.per_month=\"16/day\"", "write per_day = 16 instead of per_month"),
        ("sources.intent.per_month=\"200 a month\"", "write 200"),
        ("horizon.run_in=4", "write \"4 weeks\", if weeks are meant"),
        ("team.reps.lunch.length=60", "write \"60min\", if min are meant"),
        ("work.dial=\"1 businss min\"", "this time runs on the wall clock: write \"1 min\""),
        ("work.dial=\"1 business min\"", "this time runs on the wall clock: write \"1 min\""),
        ("buyers.reply_delay=\"1 businss min\"", "did you mean \"1 business min\"?"),
        ("horizon.zone=Mars", "write an IANA name, for example \"Europe/Amsterdam\""),
    ] {
        assert_eq!(help(option), wanted, "{option}");
    }
}

#[test]
fn a_contradiction_is_shown_at_the_change_that_made_it() {
    let text = on_template("[work]\ndial = \"2min\"\n[buyers.cadence.steps]\n2 = { day = 60 }\n");
    let problems = read(&text).expect_err("the steps are out of order");
    let lines: Vec<Option<usize>> = problems.list.iter().map(crate::scenario::Problem::line).collect();
    assert_eq!(lines, [Some(6), Some(6)], "{problems}");
    let options = ["work.dial=2min", "buyers.cadence.steps.2.day=60", "work.voicemail=2min"];
    let problems = changed(&on_template(""), &options).expect_err("the steps are out of order");
    assert!(problems.list.iter().all(|problem| problem.option() == Some(1)), "{problems}");
    assert!(problems.list.iter().any(|problem| problem.message.starts_with("horizon.run_in: the run-in")));
    // what was wrong before the options stays where it is
    let own = "format = 1\n".to_string()
        + &SMALL.replacen("format = 1\n", "", 1).replace("per_hour = 42", "batch = 1");
    let problems = changed(&own, &["work.voicemail=2min"]).expect_err("nothing says how many leads");
    assert!(
        problems.list.iter().all(|problem| problem.option().is_none() && problem.line().is_some()),
        "{problems}"
    );
}
