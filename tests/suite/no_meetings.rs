//! Hours without meetings: the same meetings at other hours, each rep's luck in step, and what has no room is refused.

use crate::measured::scenario;
use leadsim::model::{Model, RepId};
use leadsim::scenario;
use leadsim::time::Instant;
use leadsim::trial::{self, Prepared, RepState, Watch};
use std::collections::BTreeMap;
use std::path::Path;

/// Six reps at three sites and meetings of every kind, but no lead: every meeting begins when it is meant to.
const DESK: &str = r#"
format = 1
[horizon]
zone = "America/New_York"
start = "2026-02-02"
length = "40 weeks"
run_in = "0 weeks"
run_out = "none"
[sources.none]
per_week = 0
[routing]
policy = "pool"
[team.reps]
count = 6
sites = { "America/New_York" = 3, "America/Chicago" = 1, "America/Los_Angeles" = 2 }
shift = "Mon-Fri 08:00-17:00"
sick = 0.05
lunch = { at = ["11:00", "12:00"], length = "60min" }
[team.reps.meetings]
team = { on = "Mon 16:30", length = "30min" }
customer = { per_day = 1.8, length = { values = ["30min", "45min", "60min"], weights = [50, 20, 30] } }
ad_hoc = { per_day = 0.8, length = "30min" }
"#;

const KEPT_FREE: &str = "[team.reps.no_meetings]\nhours = [\"Mon-Thu 10:00-11:00\", \"Fri 09:15-10:45\"]\n";

/// Every stretch in meetings, by rep.
#[derive(Default)]
struct Meetings {
    since: BTreeMap<RepId, Instant>,
    all: BTreeMap<RepId, Vec<(Instant, Instant)>>,
}

impl Watch for Meetings {
    fn rep(&mut self, at: Instant, rep: RepId, state: RepState) {
        if let Some(since) = self.since.remove(&rep) {
            self.all.entry(rep).or_default().push((since, at));
        }
        if state == RepState::Meeting {
            self.since.insert(rep, at);
        }
    }
}

fn meetings(model: &Model, trial: u64) -> Meetings {
    let mut meetings = Meetings::default();
    trial::run(&Prepared::new(model), 7, trial, &mut meetings);
    meetings
}

/// Minutes in meetings by weekday (Monday 0) and quarter of an hour of the day, on each rep's own clock: counted on the wall, not
/// by what the model says of its hours.
fn by_quarter(model: &Model, meetings: &Meetings) -> BTreeMap<(i8, i32), u32> {
    let mut minutes = BTreeMap::new();
    for (rep, stretches) in &meetings.all {
        let name = &model.reps[rep.0 as usize].name;
        let site = name.split(['(', ')']).nth(1).expect("a rep's name ends with the site");
        let zone = leadsim::time::Zone::named(site).expect("a site is a zone");
        for (from, until) in stretches {
            let length = (*until - *from).as_minutes().round() as i64;
            for minute in 0..length {
                let at = zone.local(*from + leadsim::time::Span::minutes(minute));
                let quarter = i32::from(at.hour()) * 4 + i32::from(at.minute()) / 15;
                *minutes.entry((at.weekday().to_monday_zero_offset(), quarter)).or_insert(0) += 1;
            }
        }
    }
    minutes
}

#[test]
fn the_block_is_empty_and_the_totals_are_equal() {
    let before = scenario(DESK).model;
    let after = scenario(&format!("{DESK}{KEPT_FREE}")).model;
    let (mut elsewhere, mut minutes) = (0, [0_u32; 2]);
    for trial in 0..3 {
        let with = by_quarter(&after, &meetings(&after, trial));
        let without = by_quarter(&before, &meetings(&before, trial));
        let is_free = |(day, quarter): &(i8, i32)| match day {
            0..=3 => (40..44).contains(quarter),
            4 => (37..43).contains(quarter),
            _ => false,
        };
        let inside = |of: &BTreeMap<(i8, i32), u32>| -> u32 {
            of.iter().filter(|(key, _)| is_free(key)).map(|(_, minutes)| minutes).sum()
        };
        assert_eq!(inside(&with), 0, "trial {trial}");
        assert!(inside(&without) > 10_000, "trial {trial}: {} minutes were there before", inside(&without));
        elsewhere += inside(&without);
        for (total, of) in minutes.iter_mut().zip([&without, &with]) {
            *total += of.values().sum::<u32>();
        }
    }
    assert!(elsewhere > 0);
    assert_eq!(minutes[0], minutes[1], "as many minutes of meetings in all");
}

/// Meetings that were outside of the hours stay where they were, unless one that was moved took their place: common luck stays in step.
#[test]
fn nearly_all_other_meetings_stay_where_they_were() {
    let (before, after) = (scenario(DESK).model, scenario(&format!("{DESK}{KEPT_FREE}")).model);
    let (before, after) = (meetings(&before, 0), meetings(&after, 0));
    let (mut same, mut all) = (0, 0);
    for (rep, stretches) in &before.all {
        let others: std::collections::BTreeSet<Instant> = after.all[rep].iter().map(|its| its.0).collect();
        all += stretches.len();
        same += stretches.iter().filter(|(from, _)| others.contains(from)).count();
    }
    // about one in eight lies in the hours, and a few are pushed on by those
    assert!(same * 10 > all * 7 && same < all, "{same} of {all} begin when they did");
}

/// Hours that lie outside of every shift change nothing at all, and say so.
#[test]
fn hours_at_night_change_no_bit() {
    let night = format!("{DESK}[team.reps.no_meetings]\nhours = \"Mon-Sun 20:00-24:00\"\n");
    let with = scenario::from_text(&night, "night", Path::new("."), &[]).unwrap_or_else(|p| panic!("{p}"));
    assert_eq!(with.notes, ["team.reps.no_meetings lies outside of every shift and moves no meeting"]);
    let without = scenario(DESK).model;
    assert_eq!(meetings(&with.model, 1).all, meetings(&without, 1).all);
}

fn refused(more: &str) -> (String, String, String) {
    let problems = scenario::from_text(&format!("{DESK}{more}"), "try", Path::new("."), &[])
        .err()
        .unwrap_or_else(|| panic!("taken: {more}"));
    assert_eq!(problems.list.len(), 1, "{problems}");
    let problem = &problems.list[0];
    (problem.path.clone(), problem.message.clone(), problem.help.clone().unwrap_or_default())
}

#[test]
fn what_has_no_room_is_refused_with_its_place_and_the_way_out() {
    let hours = |hours: &str| refused(&format!("[team.reps.no_meetings]\nhours = {hours}\n"));
    let place = "team.reps.no_meetings".to_string();
    assert_eq!(
        hours("\"Mon 16:45-17:00\""),
        (
            place.clone(),
            "team.reps.meetings.team is held in these hours: Mon 2026-02-02 16:30 for reps 1 (America/New_York)".into(),
            "move it with its `on`, change `hours` or `zone`, or write except = [\"team\"]".into()
        )
    );
    let (path, message, help) = hours("\"Mon-Fri 08:00-15:30\"\nzone = \"America/New_York\"");
    assert!(path == place && help.starts_with("keep fewer hours free"), "{path}: {help}");
    let start =
        "meetings by chance take 1.7 h of a working day on average, and reps 1 (America/New_York) has 1.4 h";
    assert!(message.starts_with(start), "{message}");
    let (_, message, help) = hours("\"Mon-Fri 08:15-16:15\"\nzone = \"America/New_York\"");
    let start = "50.0 % of the meetings `customer` last longer than 30";
    assert!(message.starts_with(start) && help.ends_with("except = [\"customer\"]"), "{message}: {help}");
    let rhythm = "[team.reps.meetings.round]\nevery = \"75min\"\nlength = \"15min\"\n[team.reps.no_meetings]\nhours = \"Fri 08:00-09:00\"\n";
    let (_, message, help) = refused(rhythm);
    assert_eq!(message, "the rhythm `round` comes round at every hour of the day");
    assert_eq!(help, "write except = [\"round\"], or `per_day` for it");
    let (path, message, help) =
        refused("[team.reps.no_meetings]\nhours = \"Fri 08:00-09:00\"\nexcept = [\"costumer\"]\n");
    assert_eq!(path, "team.reps.no_meetings.except");
    assert_eq!(message, "this group has no meeting `costumer`");
    assert!(help.contains("customer"), "{help}");
    let (path, message, _) = hours("\"Mon-Fri 8-9\"");
    assert!(path == "team.reps.no_meetings.hours", "{path}: {message}");
    let typo = format!("{DESK}[team.reps.no_meetings]\nhour = \"Fri 08:00-09:00\"\n");
    let told =
        scenario::from_text(&typo, "try", Path::new("."), &[]).err().map(|problems| problems.to_string());
    let told = told.expect("a key that nobody knows");
    assert!(told.contains("needs `hours`") && told.contains("did you mean `hours`?"), "{told}");
}

#[test]
fn excepted_meetings_take_place_in_the_hours_all_the_same() {
    let text = format!(
        "{DESK}[team.reps.no_meetings]\nhours = \"Mon-Fri 15:00-17:00\"\nzone = \"America/New_York\"\nexcept = [\"team\", \"customer\"]\n"
    );
    let model = scenario(&text).model;
    let zone = leadsim::time::Zone::named("America/New_York").expect("a zone");
    let told = meetings(&model, 0);
    let in_hours =
        told.all.values().flatten().filter(|(from, _)| (15..17).contains(&zone.local(*from).hour()));
    assert!(in_hours.count() > 500);
    assert!(model.groups[0].meetings.iter().map(|its| its.anywhere).eq([true, false]));
}
