//! Meetings of the model: standing ones seated rep by rep, those by chance, and even rhythms.

use super::frame::{Frame, days_between, monday_of};
use super::no_meetings;
use super::view::{Desk, View};
use crate::model::{RandomMeetings, Rep, Rhythm, StandingMeeting};
use crate::random::Law;
use crate::scenario::kind::Unit;
use crate::scenario::value;
use crate::time::civil::{Date, date};
use crate::time::{Instant, Span};
use jiff::ToSpan;

/// Most seats of one meeting over all its dates: dates times reps.
const MOST_SEATS: usize = 10_000_000;

/// Keys that only a standing meeting has.
const STANDING: [&str; 3] = ["zone", "every_weeks", "who"];

/// The meetings that come by chance.
pub(super) fn by_chance(desk: &mut Desk<'_>, group: &View<'_>) -> Vec<RandomMeetings> {
    let mut meetings = Vec::new();
    let anywhere = no_meetings::excepted(group);
    for (name, view) in group.entries("meetings") {
        check_kind(desk, &view);
        let (Some(per_day), Some(length)) = (view.number("per_day"), view.law("length", Unit::Minutes))
        else {
            continue;
        };
        let grid = view.span("grid").unwrap_or(Span::minutes(30));
        if grid <= Span::ZERO || grid > Span::hours(24) {
            desk.report(&view, "the grid lies between a moment and a day", "write grid = \"30min\"");
        }
        meetings.push(RandomMeetings {
            name: name.to_string(),
            per_day,
            length,
            grid,
            anywhere: anywhere.contains(&name),
        });
    }
    meetings
}

/// Refuses meetings of no kind, and keys that the kind at hand would ignore.
fn check_kind(desk: &mut Desk<'_>, view: &View<'_>) {
    let (standing, chance, rhythm) =
        (view.get("on").is_some(), view.get("per_day").is_some(), view.get("every").is_some());
    if !(standing || chance || rhythm) {
        desk.report(
            view,
            "nothing says when this meeting is",
            "write on = \"Mon 14:00\", per_day = 1.8 or every = \"75min\"",
        );
        return;
    }
    for key in STANDING.iter().filter(|_| !standing).chain(["grid"].iter().filter(|_| !chance)) {
        if let Some(key_view) = view.get(key) {
            let kind = if STANDING.contains(key) {
                "standing meeting (`on`)"
            } else {
                "meeting by chance (`per_day`)"
            };
            desk.report(&key_view, format!("`{key}` belongs to a {kind}"), "take it out");
        }
    }
    let fixed = matches!(view.law("length", Unit::Minutes), None | Some(Law::Constant(_)));
    if !chance && !fixed {
        desk.report(view, "only meetings by chance have a law of lengths", "write length = \"30min\"");
    }
}

fn fixed_length(view: &View<'_>) -> Option<Span> {
    match view.law("length", Unit::Minutes)? {
        Law::Constant(minutes) => Some(Span::from_minutes_f64(minutes)),
        _ => None,
    }
}

/// The even rhythms.
pub(super) fn rhythms(desk: &mut Desk<'_>, group: &View<'_>) -> Vec<Rhythm> {
    let mut rhythms = Vec::new();
    for (_, view) in group.entries("meetings") {
        let (Some(every), Some(length)) = (view.span("every"), fixed_length(&view)) else { continue };
        if length >= every || length <= Span::ZERO {
            desk.report(
                &view,
                "a block must be shorter than the time from start to start, and longer than nothing",
                "write every = \"75min\" with length = \"30min\"",
            );
        }
        rhythms.push(Rhythm { every, length });
    }
    rhythms
}

/// Gives every rep the standing meetings that fall into the rep's working hours.
pub(super) fn seat(desk: &mut Desk<'_>, group: &View<'_>, frame: &Frame, reps: &mut [Rep]) {
    let anywhere = no_meetings::excepted(group);
    for (name, view) in group.entries("meetings") {
        if view.get("on").is_none() {
            continue;
        }
        let Some(length) = fixed_length(&view) else { continue };
        if length <= Span::ZERO {
            desk.report(&view, "this meeting has no length", "write length = \"30min\"");
            continue;
        }
        let who = view.text("who").unwrap_or("all");
        let mut in_closed_hours = None;
        // how often each rep was asked, and came
        let mut asked = vec![(0, 0); reps.len()];
        let occurrences = occurrences(&view, frame);
        if occurrences.len().saturating_mul(reps.len()) > MOST_SEATS {
            let message = format!("{} dates of this meeting for {} reps", occurrences.len(), reps.len());
            desk.report(
                &view,
                message,
                format!("leadsim takes {MOST_SEATS} in all: write fewer times in `on`"),
            );
            continue;
        }
        for (turn, starts) in occurrences {
            let invited = |index: usize| {
                who != "one in turn" || turn.rem_euclid(reps.len().max(1) as i64) == index as i64
            };
            let guests: Vec<usize> = (0..reps.len()).filter(|index| invited(*index)).collect();
            for index in guests {
                let after = if who == "one after another" { length.micros() * index as i64 } else { 0 };
                let meeting = StandingMeeting { starts: starts + Span::from_micros(after), length };
                asked[index].0 += 1;
                if attends(&reps[index], meeting.starts) {
                    asked[index].1 += 1;
                    if no_meetings::holds(&reps[index].no_meetings, &meeting) {
                        in_closed_hours.get_or_insert((index, meeting.starts));
                    }
                    reps[index].standing.push(meeting);
                }
            }
        }
        if let Some((index, starts)) = in_closed_hours.filter(|_| !anywhere.contains(&name)) {
            no_meetings::refuse_standing(desk, group, &view, (&reps[index].name, starts), name, frame);
        }
        let never = asked.iter().filter(|(asked, came)| *asked > 0 && *came == 0).count();
        if never > 0 {
            desk.notes.push(format!(
                "{} lies outside of the shift of {never} of {} reps, who never go",
                view.path,
                reps.len()
            ));
        }
    }
    reps.iter_mut().for_each(|rep| rep.standing.sort_by_key(|meeting| meeting.starts));
}

/// A meeting outside a rep's hours is not attended.
fn attends(rep: &Rep, at: Instant) -> bool {
    let after = rep.days.partition_point(|day| day.starts <= at);
    after > 0 && at < rep.days[after - 1].ends
}

/// Every occurrence with its running number. Weeks are counted from a fixed Monday, so that another run-in or start
/// does not move a fortnightly meeting.
fn occurrences(view: &View<'_>, frame: &Frame) -> Vec<(i64, Instant)> {
    let horizon = &frame.horizon;
    let zone = view.zone("zone").unwrap_or_else(|| frame.zone().clone());
    let every = i64::from(view.count("every_weeks").max(1));
    let mut list = Vec::new();
    let mut monday: Date = monday_of(zone.local(horizon.opens).date());
    while zone.instant(monday.at(0, 0, 0, 0)) < horizon.known_until {
        let week = days_between(date(1970, 1, 5), monday) / 7;
        if week.rem_euclid(every) == 0 {
            for (weekday, minute) in view.list("on", value::weekday_time) {
                let day = monday.saturating_add(i64::from(weekday.to_monday_zero_offset()).days());
                let Some(time) = value::clock_time(minute) else { continue };
                if !frame.closed.contains(&day) {
                    list.push((week / every, zone.instant(day.to_datetime(time))));
                }
            }
        }
        monday = monday.saturating_add(7.days());
    }
    list
}
