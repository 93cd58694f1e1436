//! What can be read and still cannot be (a calendar that never opens, a name that leads nowhere) is refused.

use super::*;

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

#[test]
fn contact_by_channel_names_the_channels_of_the_cadence() {
    let with = |contact: &str| on_template(&format!("[buyers.tiers.1]\ncontact = {contact}\n"));
    let (path, message, help) = only_problem(&with("{ phone = 0.3, email = 0.2 }"));
    assert_eq!(path, "buyers.tiers.1.contact");
    assert_eq!(message, "channel `linkedin` is left out, and the cadence uses it");
    assert_eq!(help, "add linkedin = 0.1, or what you see today");
    let (path, message, help) = only_problem(&with("{ phone = 0.3, email = 0.2, linkedin = 0, mail = 1 }"));
    assert_eq!(
        (path.as_str(), message.as_str()),
        ("buyers.tiers.1.contact.mail", "there is no channel `mail`")
    );
    assert_eq!(help, "did you mean `email`?");
    let (path, message, _) = only_problem(&with("{ phone = [0.3, 2], email = 0.2, linkedin = 0 }"));
    assert_eq!(path, "buyers.tiers.1.contact.phone", "{message}");
}

#[test]
fn paths_of_uncertain_inputs_stand_in_quotes() {
    for (written, line) in [
        (
            "sources.demo_form.per_month = { low = 40, high = 80 }",
            "write \"sources.demo_form.per_month\" = { low = \"40\", high = \"80\" }",
        ),
        ("work.dial = [\"1min\", \"3min\"]", "write \"work.dial\" = { low = \"1min\", high = \"3min\" }"),
        (
            "buyers.tiers.1.qualified = { counts = [48, 200] }",
            "write \"buyers.tiers.1.qualified\" = { counts = [48, 200] }",
        ),
    ] {
        let (_, message, help) = only_problem(&on_template(&format!("[uncertainty]\n{written}\n")));
        assert!(message.contains("without quotes"), "{written}: {message}");
        assert_eq!(help, line, "{written}");
    }
    let (_, message, help) =
        only_problem(&on_template("[uncertainty]\n\"work.dial\" = { low = \"1min\" }\n"));
    assert!(message.contains("low and high"), "{message}");
    assert_eq!(help, "write \"work.dial\" = { low = \"1min\", high = \"…\" }");
}
