//! Where agreements break: at volumes that theory knows, with intervals that hold, told in the first sentence.

use crate::cli::{Place, leadsim};
use crate::measured::scenario;
use leadsim::plan::readings::Side;
use leadsim::plan::stress::{Again, Break, Least, Stress, Wanted, stress};
use leadsim::plan::unrest::Kind;
use leadsim::study::{Quiet, Settings, Trials};

/// A week of days with six reps in one pool: leads of half-hour handling, on time when begun within five minutes.
pub(super) fn week(per_hour: f64, goal: &str) -> String {
    format!(
        "format = 1\n[horizon]\nstart = \"2026-02-02\"\nlength = \"4 weeks\"\nrun_in = \"0 weeks\"\nrun_out = \"none\"\nzone = \"UTC\"\n\
        [calendar]\nhours = [\"every day 00:00-24:00\"]\n[tiers.1]\n[sources.web]\ntier = 1\nper_hour = {per_hour}\n\
        [routing]\npolicy = \"pool\"\nfollow_ups_to = \"pool\"\n[team.reps]\ncount = 6\nshift = \"every day 00:00-24:00\"\nthen = \"oldest first\"\n\
        [work]\ndial = {{ law = \"exponential\", mean = \"30min\" }}\n[buyers.cadence]\nsteps.1 = {{ day = 0, by = \"phone\" }}\n\
        [commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"0 min\"\ngoal = \"{goal}\"\n"
    )
}

fn found(text: &str, trials: u64) -> Stress {
    let settings = Settings { seed: 9, trials: Trials::Fixed(trials), ..Settings::default() };
    let wanted = Wanted { commitments: vec![0], probability: 0.9, campaign: 3.0, notices: vec![0, 5] };
    stress(&scenario(text), wanted, &settings, &Quiet)
        .unwrap_or_else(|error| panic!("{error}"))
        .expect("nobody stops it")
}

/// Erlang's C: the chance that a lead finds all of `servers` busy at an offered load of `load`.
fn waits(servers: u32, load: f64) -> f64 {
    let blocked = (1..=servers).fold(1.0, |b, n| load * b / (f64::from(n) + load * b));
    let busy = load / f64::from(servers);
    blocked / (1.0 - busy * (1.0 - blocked))
}

/// Attainment is one minus Erlang's C, so the volume at which it falls below 80 % is known: with six reps an offered load of 3.66, the load of
/// today times the multiple. The crossing must lie within 2 % of it, and its interval around it (level 1 − 0.05/40 each end).
#[test]
fn the_volume_at_which_attainment_falls_is_erlangs() {
    let (mut low, mut high) = (1.0, 5.9);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if 1.0 - waits(6, middle) > 0.8 { low = middle } else { high = middle }
    }
    let today = 5.0 * 0.5;
    let exact = low / today;
    let found = found(&week(5.0, "80%"), 100);
    let Some(Break::At { at, low, high }) = found.falls else { panic!("{:?}", found.falls) };
    assert!((at / exact - 1.0).abs() < 0.02, "{at} instead of {exact}");
    assert!(
        low.is_some_and(|low| low <= exact) && high.is_some_and(|high| exact <= high),
        "{low:?} {exact} {high:?}"
    );
    // five reps keep well over 80 %, four well under
    assert!(1.0 - waits(5, today) > 0.83 && 1.0 - waits(4, today) < 0.77);
    assert_eq!(found.reps_out, Some(Least::From { breaks: 2, holds: 1 }), "{:?}", found.reps_out);
}

/// The sizes named are played again with fresh luck, which speaks against none of them: eight intervals that hold together at 95 %, one fixed
/// seed. The ladder is looked at to its ends.
#[test]
fn the_sizes_named_are_confirmed_with_fresh_luck() {
    let found = found(&week(5.0, "80%"), 100);
    let what: Vec<(Again, Side)> = found.confirmed.iter().map(|again| (again.what, again.found)).collect();
    let Some(Break::At { low: Some(low), high: Some(high), .. }) = found.breaks else {
        panic!("{:?}", found.breaks)
    };
    let volume = |times: f64| if times == 1.0 { Again::AsItIs } else { Again::Volume(times) };
    assert!(
        what.contains(&(volume(low), Side::Holds)) && what.contains(&(volume(high), Side::Breaks)),
        "{what:?}"
    );
    assert!(what.contains(&(Again::Case(Kind::RepsOut { reps: 2 }), Side::Breaks)), "{what:?}");
    assert!(found.confirmed.iter().all(|again| !again.contradicted(0.9)), "{:?}", found.confirmed);
    let ends = [found.volumes[0].times, found.volumes[found.volumes.len() - 1].times];
    assert_eq!(ends, [0.05, 6.0]);
    let sides: Vec<Side> = found.stretches.iter().map(|stretch| stretch.side).collect();
    assert_eq!(sides.last(), Some(&Side::Breaks), "{:?}", found.stretches);
}

/// Nothing was changed, so nothing broke.
#[test]
fn what_fails_as_it_is_does_not_break() {
    let place = Place::new("stress-as-it-is");
    let path = place.0.join("week.toml");
    std::fs::write(&path, week(10.0, "80%")).expect("a file in a place of its own");
    let arguments =
        ["stress", &path.display().to_string(), "--trials", "60", "--notice", "0", "--no-out", "-q"];
    let output = leadsim(&place, &arguments).assert().success();
    let text = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
    assert!(text.lines().any(|line| line.starts_with("does not hold as it is  ")), "{text}");
    assert!(!text.lines().any(|line| line.contains("  breaks  ")), "{text}");
    assert!(text.replace("\n  ", " ").contains("played again with fresh luck (seed 1000004"), "{text}");
    let json = [&arguments[..], &["--format", "json"]].concat();
    let output = leadsim(&place, &json).assert().success();
    let document: serde_json::Value = serde_json::from_slice(&output.get_output().stdout).expect("JSON");
    assert_eq!(document["today"]["verdict"], "does_not_hold_as_it_is");
}

/// Above its breaking point already: the lower volume at which it would hold is told.
#[test]
fn an_agreement_that_fails_is_told_its_lower_volume() {
    let found = found(&week(10.0, "80%"), 60);
    assert_eq!(found.today_side(), Side::Breaks);
    let Some(Break::At { at, .. }) = found.breaks else { panic!("{:?}", found.breaks) };
    assert!((0.6..0.8).contains(&at), "{at}");
    assert_eq!(found.reps_out, Some(Least::Already));
}

/// With five days' notice nothing changes for a team without meetings: the same leads, the same luck, the same answer.
#[test]
fn notice_is_worth_what_it_clears() {
    let found = found(&week(5.0, "80%"), 40);
    let campaigns: Vec<_> =
        found.cases.iter().filter(|case| matches!(case.kind, Kind::Campaign { .. })).collect();
    assert_eq!(campaigns.len(), 2);
    assert_eq!(campaigns[0].readings, campaigns[1].readings);
    let week = campaigns[0].week.expect("a month has whole weeks").value;
    assert!(
        week < found.today_week.expect("the same week").value - 0.2,
        "three times the leads swamp the week: {week}"
    );
}

#[test]
fn the_command_answers_in_its_first_sentence() {
    let place = Place::new("stress");
    let (path, out) = (place.0.join("week.toml"), place.0.join("out"));
    std::fs::write(&path, week(5.0, "80%")).expect("a file in a place of its own");
    let (file, folder) = (path.display().to_string(), out.display().to_string());
    let arguments = ["stress", &file, "--trials", "100", "--notice", "0", "--out", &folder, "--quiet"];
    let output = leadsim(&place, &arguments).output().expect("the program starts");
    let text = String::from_utf8_lossy(&output.stdout).replace('\n', " ");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.starts_with("S1 (") && text.contains("holds in 90 % of"), "{text}");
    assert!(text.contains("times today's leads"), "{text}");
    for name in
        ["summary.txt", "stress.csv", "stress.json", "stress.png", "stress.svg", "volume.png", "volume.svg"]
    {
        assert!(out.join(name).exists(), "{name}");
    }
    let wrong = leadsim(&place, &["stress", &file, "--campaign", "0", "--no-out"])
        .output()
        .expect("the program starts");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("--campaign 3"));
}

/// A day that begins at midnight in New York is well under way in London and ends in Tokyo: who is out is out wherever the desk stands. One
/// rep of six has half of the time that the leads take, and begins one in twenty at once (of 5,760); six begin more than nine in ten.
#[test]
fn reps_out_are_out_in_any_zone_on_the_first_day() {
    let kept = |site: &str, out: bool| {
        let text = week(4.0, "80%").replace("4 weeks", "1 day").replace("\"UTC\"", "\"America/New_York\"");
        let text = text.replace("count = 6", &format!("count = 6\nsites = {{ \"{site}\" = 1 }}"));
        let mut scenario = scenario(&text);
        if out {
            let five = Kind::RepsOut { reps: 5 };
            scenario.model =
                leadsim::plan::unrest::under(&scenario.model, five, None, &[]).expect("one stays");
        }
        let study = crate::measured::play(&scenario, 60, 3);
        let tallies = study.records.iter().map(|record| record.commitments[0].all);
        let (kept, judged) = tallies.fold((0, 0), |sum, tally| (sum.0 + tally.kept, sum.1 + tally.judged));
        f64::from(kept) / f64::from(judged)
    };
    for site in ["America/New_York", "Europe/London", "Asia/Tokyo", "Pacific/Honolulu"] {
        assert!(kept(site, false) > 0.9, "{site}: {}", kept(site, false));
        assert!(kept(site, true) < 0.15, "{site}: {}", kept(site, true));
    }
}

/// Days of notice are whole ones, and the way out is said.
#[test]
fn notice_in_hours_is_refused_with_the_way_out() {
    let place = Place::new("stress-notice");
    let output = leadsim(&place, &["stress", crate::cli::TEMPLATE, "--notice", "2h"]).assert().code(2);
    let text = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
    assert!(text.contains("write 0,2,5,10"), "{text}");
}
