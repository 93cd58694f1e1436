//! Presets, `off` and `--set`: one value changes, nothing else does.

use super::*;
use crate::model::{Arrivals, BackUp, Policy};
use crate::random::Law;
use crate::scenario::{Origin, explain};
use crate::time::Span;

fn origin_of(scenario: &Scenario, path: &str) -> Option<(String, Origin)> {
    explain(scenario).into_iter().find(|line| line.path == path).map(|line| (line.value, line.origin))
}

#[test]
fn a_file_over_the_preset_changes_only_what_it_says() {
    let scenario =
        valid(&on_template("[team.reps]\ncount = 8\n[commitments.S1]\nwithin = \"30 business min\"\n"));
    assert_eq!(scenario.model.reps.len(), 8);
    let s1 = scenario.model.agreement.commitments.iter().find(|c| c.id == "S1").expect("kept");
    assert_eq!(s1.title, "Tier 1, first attempt");
    assert_eq!(origin_of(&scenario, "team.reps.count"), Some(("8".to_string(), Origin::File { line: 4 })));
    let preset = Origin::Preset { name: "template".to_string() };
    assert_eq!(origin_of(&scenario, "team.reps.pace"), Some(("1".to_string(), preset)));
}

#[test]
fn laws_mixes_and_rates_are_replaced_whole() {
    let text = on_template(
        r#"
[leads]
zones = { "Europe/Berlin" = 1 }
[work]
review = { law = "exponential", mean = "8min" }
email = "1min"
[sources.demo_form]
per_week = 5
"#,
    );
    let model = valid(&text).model;
    let zones: Vec<&str> = model.leads.zones.iter().map(|zone| zone.zone.name()).collect();
    assert_eq!(zones, ["Europe/Berlin", "America/New_York"], "the company's zone stays for unknown leads");
    assert_eq!(model.work.review, vec![Law::Exponential { mean: 8.0 }; 3]);
    assert_eq!(model.work.email, Law::Constant(1.0));
    let Arrivals::Rate(profile) = &model.sources[0].arrivals else { panic!("a rate") };
    assert!((profile.hourly.iter().sum::<f64>() - 5.0).abs() < 1e-9);
}

#[test]
fn off_takes_a_thing_out() {
    let text = on_template(
        "[sources.webinar]\noff = true\n[buyers.decay]\noff = true\n[team.reps.meetings.customer]\noff = true\n",
    );
    let model = valid(&text).model;
    assert_eq!(model.sources.len(), 7);
    assert!(model.buyers.decay.is_none());
    assert_eq!(model.groups[0].meetings.len(), 1);
    let kept = changed(&text, &["sources.webinar.off=false"]).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(kept.model.sources.len(), 8);
}

#[test]
fn options_reach_every_kind_of_value() {
    let options = [
        "team.reps.count=7",
        "routing.policy=pool",
        "routing.tiers.1.policy=round robin",
        "routing.back_up.after=5min",
        "commitments.S1.within=30 business min",
        "work.review.1=3min",
        "team.reps.attention.2.median=10min",
        "sources.demo_form.per_day=2",
        "leads.zones.\"America/Denver\"=50",
        "buyers.decay.curve=moderate",
    ];
    let scenario = changed(&on_template(""), &options).unwrap_or_else(|problems| panic!("{problems}"));
    let model = &scenario.model;
    assert_eq!(model.reps.len(), 7);
    let policies: Vec<Policy> = model.routing.tiers.iter().map(|tier| tier.policy).collect();
    assert_eq!(policies, [Policy::RoundRobin, Policy::Pool, Policy::Pool]);
    assert_eq!(model.routing.tiers[2].back_up, Some(BackUp { after: Span::minutes(5), times: 1 }));
    assert_eq!(model.work.review[0], Law::Constant(3.0));
    assert!((model.groups[0].attention[1].delay.cdf(10.0) - 0.5).abs() < 1e-9);
    assert_eq!(model.buyers.decay.as_ref().map(|decay| decay.curve.name.as_str()), Some("moderate"));
    assert_eq!(origin_of(&scenario, "sources.demo_form.per_day").map(|found| found.1), Some(Origin::Set));
    assert_eq!(origin_of(&scenario, "sources.demo_form.per_month"), None);
    assert_eq!(origin_of(&scenario, "leads.zones").map(|found| found.1), Some(Origin::Set));
}

#[test]
fn a_wrong_option_names_itself_and_what_was_meant() {
    let problems =
        changed(&on_template(""), &["team.reps.cuont=7", "team.rep.count=7", "team.reps.count=many"])
            .expect_err("all three are wrong");
    let said: Vec<(Option<usize>, &str, Option<&str>)> =
        problems.list.iter().map(|p| (p.option(), p.message.as_str(), p.help.as_deref())).collect();
    assert_eq!(
        said,
        [
            (Some(0), "[team.reps] has no `cuont`", Some("did you mean `count`?")),
            (Some(1), "[team] has no `rep`", Some("did you mean `reps`?")),
            (
                Some(2),
                "expected a whole number, found a text (\"many\")",
                Some("write digits alone, without quotes, such as 6")
            ),
        ]
    );
    assert!(problems.to_string().contains("--set team.reps.cuont=7"));
}

#[test]
fn todays_model_has_no_options_but_todays_buyers() {
    let scenario = changed(&on_template(""), &["team.reps.count=9", "buyers.tiers.1.won=0.5"])
        .unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!((scenario.model.reps.len(), scenario.base.reps.len()), (9, 6));
    assert_eq!((scenario.model.buyers.tiers[0].won, scenario.base.buyers.tiers[0].won), (0.5, 0.5));
    let under = valid(&on_template("[team.reps]\ncount = 9\n[buyers.decay]\nseen_under = \"preset\"\n"));
    assert_eq!((under.model.reps.len(), under.base.reps.len()), (9, 6));
    let plain = valid(&on_template("[team.reps]\ncount = 9\n"));
    assert_eq!((plain.model.reps.len(), plain.base.reps.len()), (9, 9));
}

#[test]
fn with_lays_changes_over_changes() {
    let first =
        changed(&on_template(""), &["team.reps.count=7"]).unwrap_or_else(|problems| panic!("{problems}"));
    let more = [
        Set::new("team.reps.count", "8").expect("valid"),
        Set::new("routing.policy", "pool").expect("valid"),
    ];
    let second = first.with(&more).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!((second.model.reps.len(), second.base.reps.len(), second.sets().len()), (8, 6, 3));
}

#[test]
fn the_hash_knows_values_and_not_their_spelling() {
    let plain = valid(SMALL);
    assert_eq!(plain.hash, valid(&SMALL.replace("count = 7", "count = 7   # seven")).hash);
    let swapped =
        SMALL.replace("from = \"routed\"\nto = \"attempted\"", "to = \"attempted\"\nfrom = \"routed\"");
    assert_eq!(plain.hash, valid(&swapped).hash);
    assert_ne!(plain.hash, valid(&SMALL.replace("count = 7", "count = 8")).hash);
    assert_eq!(
        plain.hash,
        changed(&SMALL.replace("count = 7", "count = 8"), &["team.reps.count=7"]).expect("valid").hash
    );
    assert_eq!(plain.hash, valid(&format!("title = \"x\"\n{SMALL}[study]\nseed = 5\n")).hash);
    assert_eq!(plain.hash_text().len(), 64);
    let written = crate::scenario::load(Path::new("scenarios/template.toml"), &[]).expect("valid");
    assert_eq!(written.hash, valid(&on_template("")).hash);
}

#[test]
fn one_tier_can_be_exempt_from_the_back_up() {
    let text = on_template("[routing.back_up]\nafter = \"5min\"\n[routing.tiers.3.back_up]\noff = true\n");
    let tiers = valid(&text).model.routing.tiers;
    assert_eq!(tiers.iter().map(|tier| tier.back_up.is_some()).collect::<Vec<_>>(), [true, true, false]);
}

#[test]
fn a_list_of_steps_is_a_table_of_steps() {
    let list =
        on_template("[buyers.cadence]\nsteps = [{ day = 0, by = \"phone\" }, { day = 1, by = \"email\" }]\n");
    let steps = valid(&list).model.buyers.cadences[0].steps.clone();
    assert_eq!(steps.iter().map(|step| step.day).collect::<Vec<_>>(), [0, 1, 2, 4, 6, 9]);
}

#[test]
fn options_add_named_things_and_switch_whole_groups_off() {
    let options = [
        "sources.p={ tier = 2, per_week = 5 }",
        "sources.demo_form.surges.x={ from = \"2026-02-09\", until = \"2026-02-10\", times = 3 }",
        "team.reps.leave.x={ from = \"2026-02-09\", until = \"2026-02-10\" }",
        "team.reps.meetings.off=true",
        "team.reps.own_work.off=true",
    ];
    let plain = valid(&on_template("")).model;
    let model = changed(&on_template(""), &options).unwrap_or_else(|problems| panic!("{problems}")).model;
    assert_eq!(model.sources.len(), plain.sources.len() + 1);
    assert!(
        plain.reps.iter().all(|rep| rep.leave.is_empty())
            && model.reps.iter().all(|rep| rep.leave.len() == 1)
    );
    assert!(!plain.reps[0].standing.is_empty() && model.reps.iter().all(|rep| rep.standing.is_empty()));
    assert!(!plain.groups[0].meetings.is_empty() && model.groups[0].meetings.is_empty());
    assert!(!plain.groups[0].own_work.is_empty() && model.groups[0].own_work.is_empty());
    let problems = changed(&on_template(""), &["sources.p=5", "team.reps.leave.x.from=2026-02-09"])
        .expect_err("no tables");
    assert_eq!(problems.list.len(), 2, "{problems}");
}

#[test]
fn an_option_does_not_switch_on_what_the_file_has_switched_off() {
    let text = on_template("[team.reps]\noff = true\n[team.ny]\ncount = 3\n[team.london]\ncount = 2\n");
    let problems = changed(&text, &["team.reps.count=4"]).expect_err("nobody is there");
    let told: Vec<_> = problems.list.iter().map(|p| (p.message.as_str(), p.help.as_deref())).collect();
    let help = "on are ny, london; or switch it on with --set team.reps.off=false first";
    assert_eq!(told, [("[team.reps] is off", Some(help))]);
    let on = changed(&text, &["team.reps.off=false", "team.reps.count=4"]).unwrap_or_else(|p| panic!("{p}"));
    assert_eq!(on.model.reps.len(), 9);
    let decay =
        changed(&on_template(""), &["buyers.decay.off=true", "buyers.decay.curve=steep"]).expect_err("off");
    assert_eq!(decay.list[0].help.as_deref(), Some("switch it on with --set buyers.decay.off=false first"));
    // What is off in the preset is there to be switched on.
    assert!(changed(&on_template(""), &["routing.back_up.after=5min"]).is_ok());
}
