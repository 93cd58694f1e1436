//! A rep's day on the clock of the wall: shift, lunch and meetings keep their local time when the clocks change.

use leadsim::model::{Model, RepId};
use leadsim::scenario;
use leadsim::time::{Instant, Zone};
use leadsim::trial::{self, Outcome, Prepared, RepState, Watch};
use std::path::Path;

/// The four Sundays: zone, the Monday of that week, the Sunday, and its length in hours.
const SUNDAYS: [(&str, &str, &str, i64); 4] = [
    ("America/New_York", "2026-03-02", "2026-03-08", 23),
    ("America/New_York", "2026-10-26", "2026-11-01", 25),
    ("Europe/Berlin", "2026-03-23", "2026-03-29", 23),
    ("Europe/Berlin", "2026-10-19", "2026-10-25", 25),
];

fn model(zone: &str, start: &str, team: &str) -> Model {
    let text = format!(
        "format = 1\n[horizon]\nzone = \"{zone}\"\nstart = \"{start}\"\nlength = \"2 weeks\"\nrun_in = \"1 week\"\n\
         [sources.web]\nper_hour = 1\n[routing]\npolicy = \"pool\"\n[team.reps]\n{team}\n\
         [work]\nreview = \"1min\"\n[commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"15min\"\n"
    );
    scenario::from_text(&text, "desks", Path::new("."), &[])
        .unwrap_or_else(|problems| panic!("{problems}"))
        .model
}

/// Every change of the only rep's state.
#[derive(Default)]
struct Day(Vec<(Instant, RepState)>);

impl Watch for Day {
    fn rep(&mut self, at: Instant, _: RepId, state: RepState) {
        self.0.push((at, state));
    }
}

fn play(model: &Model) -> (Day, Outcome) {
    let mut day = Day::default();
    let outcome = trial::run(&Prepared::new(model), 1, 0, &mut day);
    (day, outcome)
}

impl Day {
    /// Local times at which a state began on a date.
    fn began(&self, zone: &Zone, date: &str, wanted: RepState) -> Vec<String> {
        let local = |at: Instant| zone.local(at).to_string();
        let times = self.0.iter().filter(|(_, state)| *state == wanted).map(|(at, _)| local(*at));
        times.filter_map(|text| text.strip_prefix(date).map(|time| time[1..6].to_string())).collect()
    }
}

#[test]
fn lunch_and_meetings_keep_their_time_on_the_wall_when_the_clocks_change() {
    for (name, monday, sunday, hours) in SUNDAYS {
        let zone = Zone::named(name).expect("known");
        let team = "count = 1\nshift = \"Mon-Sun 08:00-17:00\"\nlunch = { at = \"12:00\", length = \"45min\" }\ninterruption = \"pause\"\n\
                    meetings.review = { on = \"Sun 15:00\", length = \"30min\" }";
        let model = model(name, monday, team);
        let date: leadsim::time::civil::Date = sunday.parse().expect("a date");
        let midnight = |date: leadsim::time::civil::Date| zone.instant(date.at(0, 0, 0, 0));
        let length = midnight(date.tomorrow().expect("a day")) - midnight(date);
        assert_eq!(length.as_hours(), hours as f64, "{name} {sunday} is the day");
        let (day, _) = play(&model);
        for date in [monday, sunday] {
            assert_eq!(day.began(&zone, date, RepState::Lunch), ["12:00"], "lunch, {name} {date}");
            assert_eq!(day.began(&zone, date, RepState::Off).last().expect("goes home"), "17:00");
        }
        assert_eq!(day.began(&zone, sunday, RepState::Meeting), ["15:00"], "{name}");
    }
}

#[test]
fn the_lunch_of_an_absent_rep_is_unpaid_on_the_sunday_too() {
    for (name, monday, sunday, hours) in SUNDAYS {
        // An hour too early or too late, this lunch would lie outside the shift.
        let shift = if hours == 23 { "Sun 11:00-12:30" } else { "Sun 11:30-13:00" };
        let team = format!(
            "count = 1\nshift = \"{shift}\"\nlunch = {{ at = \"12:00\", length = \"30min\" }}\nsick = 1"
        );
        let (_, outcome) = play(&model(name, monday, &team));
        let lunch = outcome.rep_minutes[RepState::Lunch as usize];
        assert_eq!(lunch, 60.0, "two Sundays, {name} {sunday}");
    }
}

#[test]
fn a_shift_that_ends_or_begins_in_a_skipped_hour_does_so_at_the_skip_as_business_hours_do() {
    for (name, monday, sunday, hours) in SUNDAYS.into_iter().filter(|day| day.3 == 23) {
        let zone = Zone::named(name).expect("known");
        let model_of = |shift: &str| model(name, monday, &format!("count = 1\nshift = \"{shift}\""));
        let minutes = |model: &Model| {
            let on =
                |day: &&leadsim::model::WorkDay| zone.local(day.midnight).to_string().starts_with(sunday);
            model.reps[0].days.iter().find(on).map(|day| (day.ends - day.starts).as_minutes())
        };
        assert_eq!(minutes(&model_of("Sun 00:00-02:30")), Some(120.0), "{name}, {hours} hours");
        assert_eq!(minutes(&model_of("Sun 02:30-03:15")), Some(15.0), "{name}");
        assert_eq!(minutes(&model_of("Sun 00:00-24:00")), Some(23.0 * 60.0), "{name}");
    }
}

#[test]
fn a_night_shift_is_written_in_one_piece_and_lasts_from_clock_to_clock() {
    for (name, monday, sunday, hours) in SUNDAYS {
        let zone = Zone::named(name).expect("known");
        let team = "count = 1\nshift = \"Sat-Sun 22:00-06:00\"\nlunch = { at = \"01:00\", length = \"30min\" }\ninterruption = \"pause\"";
        let (day, outcome) = play(&model(name, monday, team));
        assert_eq!(day.began(&zone, sunday, RepState::Off), ["06:00"], "{name} {sunday}");
        assert_eq!(day.began(&zone, sunday, RepState::Lunch), ["01:00"], "{name} {sunday}");
        let begins = day.0.iter().filter(|(_, state)| *state == RepState::Off).count();
        assert!(begins >= 6, "two nights a week for three weeks");
        // In two weeks of the horizon: the tail of the Sunday before, two Saturdays, a Sunday, and two hours of the last one.
        let minutes: f64 = outcome.rep_minutes.iter().sum();
        let change = 60.0 * (hours - 24) as f64;
        let planned = 60.0 * (6.0 + 8.0 + 8.0 + 8.0 + 2.0) + change;
        assert!((minutes - planned).abs() < 1e-6, "{name} {sunday}: {minutes} of {planned}");
    }
}

#[test]
fn a_night_shift_that_began_before_the_trial_is_at_the_desk_when_it_opens() {
    let text = "format = 1\n[horizon]\nstart = \"2026-02-02\"\nlength = \"1 week\"\nrun_in = \"0 weeks\"\n[sources.web]\nper_hour = 1\n\
                [routing]\npolicy = \"pool\"\n[team.reps]\ncount = 1\nshift = \"Sun 20:00-06:00\"\n\
                [commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"15min\"\n";
    let scenario = scenario::from_text(text, "night", Path::new("."), &[])
        .unwrap_or_else(|problems| panic!("{problems}"));
    let outcome = trial::run(&Prepared::new(&scenario.model), 1, 0, &mut trial::Unwatched);
    assert_eq!(
        outcome.rep_minutes.iter().sum::<f64>(),
        600.0,
        "six hours of the first night, four of the last"
    );
}
