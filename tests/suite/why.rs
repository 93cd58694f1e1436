//! Which constraint binds: shares add up, what is not there is nothing, what is taken away is what its own scenario would say, on any threads.

use crate::cli::{Place, leadsim};
use crate::measured::{play, scenario};
use leadsim::plan::constraints::{Constraint, Constraints};
use leadsim::plan::why::{Asked, OtherCurve, Ranking, Why, why};
use leadsim::plan::yardstick::Yardstick;
use leadsim::scenario::{self, Scenario, Set};
use leadsim::stats::paired;
use leadsim::stats::shapley::{Orders, everybody};
use leadsim::study::{Quiet, Study};
use leadsim::trial::{self, Prepared, Unwatched};
use std::path::Path;

fn shipped(name: &str) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    scenario::load(&path, &[]).unwrap_or_else(|problems| panic!("{problems}"))
}

fn asked(scenario: &Scenario, trials: u64) -> Asked {
    Asked { promise: scenario.model.agreement.headline(), trials, seed: 5, level: 0.95 }
}

fn answer(scenario: &Scenario, trials: u64) -> Why {
    let found = why(scenario, &asked(scenario, trials), &Quiet).unwrap_or_else(|error| panic!("{error}"));
    found.expect("nobody stops it")
}

fn ranking(why: &Why, yardstick: Yardstick) -> &Ranking {
    why.rankings.iter().find(|ranking| ranking.yardstick == yardstick).expect("it is ranked")
}

fn alone(why: &Why, yardstick: Yardstick, constraint: Constraint) -> f64 {
    let gains = &ranking(why, yardstick).gains;
    gains.iter().find(|gain| gain.constraint == constraint).expect("it is there").alone.value
}

/// Efficiency: in every yardstick the shares add up to everything minus today, though each trial went its own order.
#[test]
fn shares_add_up_to_the_gap_and_rankings_fall() {
    let found = answer(&shipped("template.toml"), 12);
    assert_eq!((found.present.len(), found.absent.len()), (8, 0));
    assert_eq!(found.orders, Orders::DrawnPair);
    assert_eq!(found.rankings.len(), 3);
    for ranking in &found.rankings {
        let sum: f64 = ranking.gains.iter().map(|gain| gain.share.expect("nobody stops it").value).sum();
        let gap = ranking.everything.value - ranking.today.value;
        assert!((sum - gap).abs() < 1e-9 * gap.abs(), "{:?}: {sum} against {gap}", ranking.yardstick);
        assert!((ranking.gap.value - gap).abs() < 1e-9 * gap.abs());
        assert!(ranking.gains.windows(2).all(|pair| pair[0].alone.value >= pair[1].alone.value));
    }
    let Some(OtherCurve::Played { curve, alone, trials, .. }) = &found.other else {
        panic!("{:?}", found.other)
    };
    assert_eq!((curve.as_str(), alone.len(), *trials), ("moderate", 8, 12));
}

fn opportunities(study: &Study) -> Vec<f64> {
    study.records.iter().map(|o| o.tiers.iter().map(|t| t.funnel.opportunities_expected).sum()).collect()
}

fn first(study: &Study) -> Vec<(f64, f64)> {
    let place = study.model.agreement.headline().expect("S1");
    let all = study.records.iter().map(|o| o.commitments[place].all);
    all.map(|all| (f64::from(all.kept), f64::from(all.judged))).collect()
}

/// Where a constraint has a key of its own, taking it away is what the scenario changed at that key says, to the last digit.
#[test]
fn what_is_taken_away_is_what_its_own_scenario_says() {
    let today = shipped("template.toml");
    let found = answer(&today, 10);
    let base = play(&today, 10, 5);
    for (constraint, sets) in [
        (Constraint::Volume, &["team.reps.count=7"][..]),
        (Constraint::RoutingDelay, &["routing.delay=0min", "routing.fails=0"]),
        (
            Constraint::Ownership,
            &["routing.policy=pool", "routing.follow_ups_to=pool", "buyers.recycling.to=routing"],
        ),
        (Constraint::AfterHoursHold, &["routing.after_hours=route at once"]),
        (Constraint::OwnWork, &["team.reps.own_work.customer_calls.interruptible=true"]),
    ] {
        let sets: Vec<Set> = sets.iter().map(|set| Set::parse(set).expect("a change")).collect();
        let other = play(&today.with(&sets).unwrap_or_else(|problems| panic!("{problems}")), 10, 5);
        let kept = paired::ratios(&first(&base), &first(&other), 0.95).expect("ten each").value;
        let made =
            paired::means(&opportunities(&base), &opportunities(&other), 0.95).expect("ten each").value;
        let (mine, also) = (
            alone(&found, Yardstick::Attainment, constraint),
            alone(&found, Yardstick::Opportunities, constraint),
        );
        assert!((mine - kept).abs() < 1e-12 && (also - made).abs() < 1e-9, "{constraint:?}: {mine} {kept}");
    }
}

/// A back-up owner is a remedy, not a part of ownership: a pool keeps it, as who writes the pool into the scenario does.
#[test]
fn a_pool_keeps_its_back_up() {
    let today = shipped("template-back-up.toml");
    let constraints = Constraints::of(&today, None);
    let place =
        constraints.present.iter().position(|its| *its == Constraint::Ownership).expect("leads have owners");
    let sets = [
        "routing.policy=pool",
        "routing.tiers.1.policy=pool",
        "routing.follow_ups_to=pool",
        "buyers.recycling.to=routing",
    ];
    let sets: Vec<Set> = sets.iter().map(|set| Set::parse(set).expect("a change")).collect();
    let written = today.with(&sets).unwrap_or_else(|problems| panic!("{problems}"));
    let mut lifted = today.clone();
    lifted.model = constraints.without(1 << place);
    let (mine, said) = (play(&lifted, 8, 5), play(&written, 8, 5));
    assert!(written.model.routing.tiers[0].back_up.is_some());
    assert_eq!((first(&mine), opportunities(&mine)), (first(&said), opportunities(&said)));
}

/// Every set of constraints that the shipped scenarios have makes a model that plays: no invariant of the builders is broken.
#[test]
fn every_shipped_scenario_plays_without_any_of_them() {
    for name in [
        "campaign-3x.toml",
        "enterprise-desk.toml",
        "nights-and-weekends.toml",
        "replay.toml",
        "single-owner-meetings.toml",
        "start-up.toml",
        "template-back-up.toml",
        "template-pooled.toml",
    ] {
        let constraints = Constraints::of(&shipped(name), None);
        let players = constraints.present.len();
        assert!(players > 1, "{name}");
        for lifted in (0..players).map(|place| 1 << place).chain([everybody(players), everybody(players) - 1])
        {
            let model = constraints.without(lifted);
            let outcome = trial::run(&Prepared::new(&model), 3, 0, &mut Unwatched);
            assert!(outcome.tiers.iter().any(|tier| tier.funnel.mqls > 0), "{name} {lifted:b}");
        }
    }
}

/// A pool of reps with nothing in their way but their number and one list a week.
const BARE: &str = "format = 1\n[horizon]\nstart = \"2026-02-02\"\nlength = \"2 weeks\"\nrun_in = \"0 weeks\"\nzone = \"UTC\"\n\
    [calendar]\nhours = [\"Mon-Fri 09:00-17:00\"]\n[tiers.1]\n[sources.list]\ntier = 1\n\
    upload = { leads = 30, at = [\"2026-02-03 09:00\", \"2026-02-10 09:00\"] }\n[routing]\npolicy = \"pool\"\nfollow_ups_to = \"pool\"\n\
    [team.reps]\ncount = 2\nshift = \"Mon-Fri 09:00-17:00\"\n[work]\ndial = \"10min\"\n[buyers.cadence]\nsteps.1 = { day = 0, by = \"phone\" }\n\
    [commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"30 business min\"\n";

/// By hand: 30 leads at once, two reps, ten minutes each: begun at 0, 10, 20 and 30 minutes are 8 of 30; three reps begin 12 of 30.
#[test]
fn a_desk_worked_out_by_hand_has_the_gains_worked_out_by_hand() {
    let bare = scenario(BARE);
    let found = answer(&bare, 4);
    assert_eq!(found.present, [Constraint::Volume, Constraint::Bursts]);
    assert_eq!(found.orders, Orders::All);
    let kept = ranking(&found, Yardstick::Attainment);
    assert!((kept.today.value - 8.0 / 30.0).abs() < 1e-12, "{:?}", kept.today);
    let more = alone(&found, Yardstick::Attainment, Constraint::Volume);
    assert!((more - 4.0 / 30.0).abs() < 1e-12, "{more}");
    // one by one over eighty open hours, sixty leads hardly ever wait for half an hour
    assert!(kept.everything.value > 0.9, "{:?}", kept.everything);
    let sum: f64 = kept.gains.iter().map(|gain| gain.share.expect("whole").value).sum();
    assert!((sum - kept.gap.value).abs() < 1e-12);
    // of two players each gets the mean of what it brings first and what it brings last
    let (volume, bursts) = (more, alone(&found, Yardstick::Attainment, Constraint::Bursts));
    let share = kept.gains.iter().find(|gain| gain.constraint == Constraint::Volume).expect("there").share;
    let by_hand = (volume + (kept.gap.value - bursts)) / 2.0;
    assert!((share.expect("whole").value - by_hand).abs() < 1e-12, "{share:?} {by_hand}");
}

/// A list spread out is as many leads, each judged.
#[test]
fn leads_that_come_evenly_are_as_many() {
    let bare = scenario(BARE);
    let constraints = Constraints::of(&bare, None);
    for number in 0..5 {
        let judged = |lifted| {
            let model = constraints.without(lifted);
            trial::run(&Prepared::new(&model), 2, number, &mut Unwatched).commitments[0].all.judged
        };
        assert_eq!((judged(0), judged(2)), (60, 60));
    }
}

#[test]
fn what_a_scenario_lacks_is_none_here_and_exactly_nothing() {
    let place = Place::new("why-none");
    std::fs::write(place.0.join("bare.toml"), BARE).expect("a file can be written");
    let json = ["why", "bare.toml", "--trials", "60", "--no-out", "-q", "--format", "json"];
    let output = leadsim(&place, &json).assert().success();
    let document: serde_json::Value = serde_json::from_slice(&output.get_output().stdout).expect("JSON");
    for ranking in document["rankings"].as_array().expect("rankings") {
        let rows = ranking["constraints"].as_array().expect("rows");
        assert_eq!(rows.len(), 8);
        for row in
            rows.iter().filter(|row| !["volume", "bursts"].iter().any(|here| row["constraint"] == *here))
        {
            let nothing = (row["alone"]["value"].as_f64(), row["shapley_share"]["value"].as_f64());
            assert_eq!(nothing, (Some(0.0), Some(0.0)), "{row}");
            assert!(row["rank"].is_null());
        }
    }
    let here = |key: &str| {
        let told = document["constraints"].as_array().expect("constraints").iter();
        told.clone().find(|told| told["constraint"] == key).expect("all eight")["here"].as_bool()
    };
    assert_eq!((here("bursts"), here("meetings")), (Some(true), Some(false)));
    let text = leadsim(&place, &["why", "bare.toml", "--trials", "60", "--no-out", "-q"]).assert().success();
    let text = String::from_utf8_lossy(&text.get_output().stdout).into_owned();
    assert!(
        text.contains("None here, so exactly 0:") && text.contains("meetings: 2 reps hold no meetings"),
        "{text}"
    );
    assert!(text.starts_with("Bursts bind"), "{text}");
}

#[test]
fn the_answer_is_the_same_on_any_threads_and_stands_in_the_folder() {
    let place = Place::new("why-page");
    let template = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/template.toml");
    let asked = ["why", template, "--trials", "50", "--clause", "S1", "-q"];
    let one = leadsim(&place, &[&asked[..], &["--threads", "1", "--out", "one"]].concat()).assert().success();
    let two = leadsim(&place, &[&asked[..], &["--threads", "2", "--out", "two"]].concat()).assert().success();
    assert_eq!(one.get_output().stdout, two.get_output().stdout);
    for file in ["summary.txt", "constraints.csv", "why.json", "waterfall.png", "waterfall.svg"] {
        let read =
            |folder: &str| std::fs::read(place.0.join(folder).join(file)).expect("a file of the folder");
        assert_eq!(read("one"), read("two"), "{file}");
    }
    let text = String::from_utf8_lossy(&one.get_output().stdout).into_owned();
    assert!(text.starts_with("Ownership and meetings bind, not headcount: with one shared pool "), "{text}");
    assert!(text.contains("all taken away") && text.contains("\"moderate\""), "{text}");
}

#[test]
fn wrong_questions_are_refused_with_the_way_out() {
    let place = Place::new("why-refused");
    std::fs::write(place.0.join("bare.toml"), BARE).expect("a file can be written");
    for (arguments, says) in [(vec!["--clause", "S9"], "it has S1"), (vec!["--trials", "900000000"], "fits")]
    {
        let all = [vec!["why", "bare.toml", "--no-out"], arguments].concat();
        let output = leadsim(&place, &all).assert().code(2);
        let text = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
        assert!(text.contains(says), "{all:?}: {text}");
    }
}
