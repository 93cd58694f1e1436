//! What a file takes over from the preset, and what it does not.

use super::*;
use crate::scenario::{Origin, explain, explain_text};

#[test]
fn headings_are_those_of_the_file() {
    let bare = valid(&on_template(""));
    assert_eq!((bare.title.as_str(), &bare.question, &bare.expect), ("try", &None, &None));
    for line in
        explain(&bare).iter().filter(|line| ["title", "question", "expect"].contains(&line.path.as_str()))
    {
        assert_eq!(line.origin, Origin::Default, "{line:?}");
    }
    let own = valid(&on_template("title = \"Ours\"\nexpect = \"Half of it.\"\n"));
    assert_eq!((own.title.as_str(), &own.question), ("Ours", &None));
    assert_eq!(own.expect.as_deref(), Some("Half of it."));
    let shipped = crate::scenario::load(Path::new("scenarios/template.toml"), &[]).expect("valid");
    assert!(shipped.expect.is_some_and(|expect| expect.starts_with("Tier 1 is kept")), "its own are kept");
}

#[test]
fn every_file_says_its_format() {
    let wanted = ("the scenario needs `format`", "write `format = 1` as the first line");
    for text in [SMALL.replace("format = 1\n", ""), "preset = \"template\"\n".to_string()] {
        let (path, message, help) = only_problem(&text);
        assert_eq!(
            (path.as_str(), message.as_str(), help.as_str()),
            ("format", wanted.0, wanted.1),
            "{text}"
        );
    }
}

#[test]
fn a_goal_written_anew_is_the_agreements_own() {
    let stated = |text: &str, sets: &[&str]| {
        let scenario = changed(&on_template(text), sets).unwrap_or_else(|problems| panic!("{problems}"));
        let s1 = scenario.model.agreement.commitments.iter().find(|c| c.id == "S1").expect("kept");
        (s1.goal.share, s1.goal.stated)
    };
    assert_eq!(stated("", &[]), (0.9, false), "the template's goal is leadsim's own");
    assert_eq!(stated("[commitments.S1]\nwithin = \"10min\"\n", &[]), (0.9, false));
    assert_eq!(stated("[commitments.S1]\ngoal = 0.9\n", &[]), (0.9, true));
    assert_eq!(stated("", &["commitments.S1.goal=0.95"]), (0.95, true));
    assert_eq!(stated("[commitments.S1]\ngoal = 0.9\ngoal_stated = false\n", &[]), (0.9, false));
    assert_eq!(stated("[commitments.S1]\ngoal = 0.9\n", &["commitments.S1.goal_stated=false"]), (0.9, false));
    let own = "[commitments.S1]\ngoal = 0.9\ngoal_stated = false\n";
    assert_eq!(
        stated(own, &["commitments.S1.goal=0.95"]),
        (0.95, true),
        "the command line is the user's own word"
    );
}

#[test]
fn a_title_with_figures_goes_where_other_figures_are_set() {
    let title = |text: &str, sets: &[&str]| {
        let scenario = changed(&on_template(text), sets).unwrap_or_else(|problems| panic!("{problems}"));
        scenario.model.agreement.commitments.iter().find(|c| c.id == "S2").expect("kept").title.clone()
    };
    let file = "[commitments.S2]\ntitle = \"Contacted within 2 hours\"\n";
    assert_eq!(title(file, &[]), "Contacted within 2 hours");
    assert_eq!(title(file, &["commitments.S2.goal=0.95"]), "Contacted within 2 hours");
    assert_eq!(title(file, &["commitments.S2.within=1 business hour"]), "Tier 2, first attempt");
    let both = ["commitments.S2.within=1 business hour", "commitments.S2.title=Contacted within the hour"];
    assert_eq!(title(file, &both), "Contacted within the hour");
    let worded = "[commitments.S2]\ntitle = \"Contacted soon\"\n";
    assert_eq!(title(worded, &["commitments.S2.within=1 business hour"]), "Contacted soon");
    let tier = "[commitments.S2]\ntitle = \"Tier 2, answered fast\"\n";
    assert_eq!(title(tier, &["commitments.S2.within=1 business hour"]), "Tier 2, answered fast");
    assert_eq!(title(file, &["commitments.S2.off=false"]), "Contacted within 2 hours");
    let share = "[commitments.S2]\ntitle = \"90 % contacted soon\"\n";
    assert_eq!(title(share, &["commitments.S2.goal=0.5"]), "Tier 2, first attempt");
}

#[test]
fn a_further_group_works_as_the_presets_own() {
    let text = on_template(
        "[team.berlin]\ncount = 2\nsites = { \"Europe/Berlin\" = 1 }\nattention.1 = \"5min\"\nmeetings.training.off = true\n",
    );
    let scenario = valid(&text);
    let [reps, berlin] = &scenario.model.groups[..] else { panic!("two groups") };
    assert_eq!(berlin.name, "berlin");
    assert_eq!(berlin.absences, reps.absences);
    assert_eq!((&berlin.gives_up, &berlin.never_worked), (&reps.gives_up, &reps.never_worked));
    assert_eq!((berlin.own_work.len(), berlin.meetings.len()), (1, reps.meetings.len()));
    assert_eq!(berlin.attention[1].delay, reps.attention[1].delay, "tier by tier");
    assert!((berlin.attention[0].delay.mean() - 5.0).abs() < 1e-9);
    let of = |name: &str| scenario.model.reps.iter().filter(|rep| rep.name.starts_with(name)).count();
    assert_eq!((of("reps"), of("berlin")), (6, 2));
    assert!(scenario.model.reps[6].name.contains("Europe/Berlin"));
    let lines = explain(&scenario);
    let origin = |path: &str| lines.iter().find(|line| line.path == path).map(|line| line.origin.clone());
    let group = Origin::PresetGroup { name: "template".to_string(), group: "reps".to_string() };
    assert_eq!(origin("team.berlin.sick"), Some(group));
    assert_eq!(origin("team.berlin.meetings.training.on"), None);
    assert!(matches!(origin("team.berlin.attention.1"), Some(Origin::File { .. })));
    assert!(explain_text(&lines).contains("template's [team.reps]  about 5 days a year; P"));
}

#[test]
fn a_further_group_takes_no_heads_sites_or_dates_from_the_preset() {
    let (path, message, _) = only_problem(&on_template("[team.berlin]\nsick = 0\n"));
    assert_eq!((path.as_str(), message.as_str()), ("team.berlin", "nothing says how many reps these are"));
    let text = on_template(
        "[team.reps.leave.may]\nfrom = \"2026-03-02\"\nuntil = \"2026-03-06\"\n[team.late]\ncount = 3\n[horizon]\nzone = \"America/Chicago\"\n",
    );
    let model = valid(&text).model;
    assert!(model.reps[6..].iter().all(|rep| rep.leave.is_empty() && rep.name.contains("America/Chicago")));
    let none = valid(&format!("{SMALL}[team.more]\ncount = 1\n"));
    assert_eq!(none.model.groups[1].absences.sick, 0.0, "without a preset what is left out is off");
}

#[test]
fn two_rates_contradict_each_other_under_a_preset_too() {
    let both = on_template("[sources.demo_form]\nper_month = 20\nper_week = 5\n");
    let (path, message, help) = only_problem(&both);
    assert_eq!(path, "sources.demo_form.per_week");
    assert_eq!(message, "`per_week` and `per_month` contradict each other");
    assert_eq!(help, "keep one of the two");
    assert!(read(&on_template("[sources.webinar]\nper_month = 20\nupload.off = true\n")).is_ok());
    assert!(
        read(&on_template("[sources.webinar]\nper_month = 20\n")).is_ok(),
        "the preset's upload gives way"
    );
}

#[test]
fn leave_in_another_year_is_warned_of() {
    let warnings = |dates: &str| valid(&on_template(&format!("[team.reps.leave.may]\n{dates}\n"))).warnings;
    let mistyped = warnings("from = \"2025-03-02\"\nuntil = \"2025-03-13\"");
    assert_eq!(
        mistyped,
        [
            "team.reps.leave.may: 2025-03-02 to 2025-03-13 lies outside of the run (2025-12-29 to 2026-06-25, horizon 2026-02-01 to 2026-04-30), so nobody is away; see whether the year is right"
        ]
    );
    assert!(warnings("from = \"2026-03-02\"\nuntil = \"2026-03-13\"").is_empty());
    assert!(warnings("from = \"2025-12-20\"\nuntil = \"2026-01-02\"").is_empty(), "the run-in is played");
    assert_eq!(warnings("from = \"2026-12-21\"\nuntil = \"2026-12-31\"").len(), 1);
}

#[test]
fn a_cadence_that_can_never_keep_the_promise_is_warned_of() {
    let warnings = |text: &str| valid(&on_template(text)).warnings;
    assert!(warnings("").is_empty());
    assert_eq!(
        warnings("[buyers.cadence.steps]\n5 = { day = 6, by = \"phone\" }\n"),
        [
            "commitments.S4 can never be kept for mid-market, enterprise: the cadence plans 0 of 1 attempts by LinkedIn; add steps to buyers.cadence.steps, or promise less"
        ]
    );
    let late = warnings("[buyers.cadence.steps]\n6 = { day = 12, by = \"email\" }\n");
    assert_eq!(late.len(), 1);
    assert!(late[0].starts_with("commitments.S4 can never be kept: the cadence plans 5 of 6 attempts in time and 2 of 3 attempts by email"), "{late:?}");
}

#[test]
fn a_promise_whose_leads_nobody_sends_is_warned_of() {
    let warnings = |text: &str| valid(&on_template(text)).warnings;
    let none = warnings(
        "[sources.demo_form]\nper_month = 0\n[sources.pricing_or_direct]\noff = true\n[sources.event_registration]\noff = true\n",
    );
    let s1 = |its: &&String| its.starts_with("commitments.S1: no source sends leads of tier 1;");
    assert!(none.iter().any(|its| s1(&its)), "{none:?}");
    assert!(!warnings("[sources.demo_form]\nper_month = 0\n").iter().any(|its| s1(&its)), "others send them");
}

#[test]
fn what_is_the_presets_alone_is_known() {
    let of = |text: &str, sets: &[&str]| {
        changed(&on_template(text), sets).unwrap_or_else(|problems| panic!("{problems}")).inherited
    };
    assert_eq!(of("", &[]), None, "a file that says nothing means the template");
    assert_eq!(of("[routing]\npolicy = \"pool\"\n", &[]), None);
    assert_eq!(valid(SMALL).inherited, None, "no preset");
    for aside in ["decay]\ncurve = \"moderate\"", "cadence]\nmost_per_day = 3", "booking]\nshow = 0.8"] {
        assert_eq!(of(&format!("[buyers.{aside}\n"), &[]), None, "the template's buyers are meant: {aside}");
    }
    let rates = of("[buyers.tiers.2]\nwon = 0.3\n[buyers.decay]\ncurve = \"moderate\"\n", &[]).expect("some");
    assert!(rates.deal_sizes && !rates.win_rates);
    let sources = "[sources.demo_form]\nper_month = 9\n[sources.ours]\ntier = 1\nper_month = 9\n[sources.content]\noff = true\n";
    let found = of(sources, &["sources.intent.per_month=3", "sources.webinar.off=true"]).expect("some");
    assert_eq!(
        found.sources,
        ["pricing_or_direct", "event_registration", "high_score_inbound", "newsletter"]
    );
    assert!(found.commitments.is_empty() && found.groups.is_empty(), "the file names none of their kind");
    assert!(found.deal_sizes && found.win_rates);
    let team = of("[team.ours]\ncount = 1\n[buyers.opportunity]\namount = \"$9K\"\n", &[]).expect("some");
    assert_eq!((team.groups, team.deal_sizes, team.win_rates), (vec!["reps".to_string()], false, true));
    let promise = of("[commitments.S1]\ngoal = 0.8\n", &["buyers.tiers.1.won=0.2"]).expect("some");
    assert_eq!(promise.commitments, ["M1", "M8", "M9", "M10", "S2", "S3", "S4", "S5"]);
    assert!(promise.deal_sizes && !promise.win_rates);
}

#[test]
fn a_mistyped_source_is_not_added_in_silence() {
    let source = |name: &str| format!("[sources.{name}]\ntier = 1\nper_month = 5\n");
    let (path, message, help) = only_problem(&on_template(&source("webinr")));
    assert_eq!(path, "sources.webinr");
    assert!(message.contains("beside the preset's `webinar`"), "{message}");
    assert!(help.contains("did you mean [sources.webinar]?") && help.contains("off = true"), "{help}");
    // both ways out that the message names
    let count = |text: &str| valid(&on_template(text)).model.sources.len();
    let preset = count("");
    assert_eq!(count(&format!("{}[sources.webinar]\n", source("webinr"))), preset + 1);
    assert_eq!(count(&format!("{}[sources.webinar]\noff = true\n", source("webinr"))), preset);
    // one that only contains the name may well be meant: it is told, and kept
    let longer = valid(&on_template(&source("webinar_emea")));
    assert_eq!(longer.model.sources.len(), preset + 1);
    assert!(longer.warnings.iter().any(|warning| warning.contains("`webinar`")), "{:?}", longer.warnings);
    let (path, ..) = only_problem(&on_template("[team.rep]\ncount = 8\n"));
    assert_eq!(path, "team.rep");
    // what is nowhere in the preset, and what the file itself speaks of, is nobody's slip
    assert!(valid(&on_template(&source("partners"))).warnings.is_empty());
    let set = changed(&on_template(""), &["sources.webinr.tier=1", "sources.webinr.per_month=5"]);
    assert!(set.is_err(), "the command line is looked at too");
}
