//! Weekly hours without meetings: when they are, and whether the meetings of the group have room outside of them.

use super::frame::Frame;
use super::shifts;
use super::view::{Desk, View};
use crate::model::{RandomMeetings, Rep, StandingMeeting, WorkDay};
use crate::scenario::problem::did_you_mean;
use crate::scenario::tree::key_text;
use crate::scenario::value;
use crate::time::civil::Time;
use crate::time::{Instant, Span, WeeklyBlock, Zone};
use jiff::ToSpan;
use std::sync::Arc;

/// So many meetings by chance may be too long for the longest stretch outside.
const TOO_LONG: f64 = 0.001;

/// Meetings that fill more than this share of the time outside are put off for days.
const NEARLY_FULL: f64 = 0.8;

/// The meetings that take place in these hours all the same, by name.
pub(super) fn excepted<'a>(group: &View<'a>) -> Vec<&'a str> {
    group.get("no_meetings").map(|hours| hours.list("except", value::text)).unwrap_or_default()
}

/// The hours on the dates of the trial, as lived at a site; empty if the group has none.
pub(super) fn at_site(group: &View<'_>, site: &Zone, frame: &Frame) -> Arc<[(Instant, Instant)]> {
    let Some(view) = group.get("no_meetings") else { return Arc::new([]) };
    let blocks: Vec<WeeklyBlock> = view.list("hours", value::hours).into_iter().flatten().collect();
    let zone = view.zone("zone").unwrap_or_else(|| site.clone());
    let first = zone.local(frame.horizon.opens).date();
    // the evening before, when a shift past midnight may have begun
    let dates = first.yesterday().unwrap_or(first).series(1.day());
    let mut stretches: Vec<(Instant, Instant)> = dates
        .take_while(|date| zone.instant(date.to_datetime(Time::midnight())) < frame.horizon.known_until)
        .flat_map(|date| {
            let today = blocks.iter().filter(move |block| block.weekday == date.weekday());
            today.map(|block| shifts::hours(&zone, date, block)).collect::<Vec<_>>()
        })
        .filter(|(from, until)| from < until)
        .collect();
    stretches.sort_unstable();
    stretches.dedup_by(|next, last| {
        let touches = next.0 <= last.1;
        if touches {
            last.1 = last.1.max(next.1);
        }
        touches
    });
    stretches.into()
}

/// Whether a standing meeting overlaps hours without meetings.
pub(super) fn holds(stretches: &[(Instant, Instant)], meeting: &StandingMeeting) -> bool {
    let ends = meeting.starts + meeting.length;
    let next = stretches.partition_point(|(_, until)| *until <= meeting.starts);
    stretches.get(next).is_some_and(|(from, _)| *from < ends)
}

/// A standing meeting has its hour: it is moved by whoever writes the scenario.
pub(super) fn refuse_standing(
    desk: &mut Desk<'_>,
    group: &View<'_>,
    meeting: &View<'_>,
    (rep, starts): (&str, Instant),
    name: &str,
    frame: &Frame,
) {
    let Some(view) = group.get("no_meetings") else { return };
    let zone = meeting.zone("zone").unwrap_or_else(|| frame.zone().clone());
    let when = zone.local(starts).strftime("%a %Y-%m-%d %H:%M");
    let message = format!("{} is held in these hours: {when} for {rep}", meeting.path);
    let help = format!(
        "move it with its `on`, change `hours` or `zone`, or write except = [\"{}\"]",
        key_text(name)
    );
    desk.report(&view, message, help);
}

/// Refuses names of no meeting, rhythms, and meetings by chance that have no room outside of these hours.
pub(super) fn check(desk: &mut Desk<'_>, group: &View<'_>, meetings: &[RandomMeetings], reps: &[Rep]) {
    let Some(view) = group.get("no_meetings") else { return };
    let named: Vec<(&str, View<'_>)> = group.entries("meetings");
    let excepted = excepted(group);
    for name in &excepted {
        if !named.iter().any(|(known, _)| known == name)
            && let Some(key) = view.get("except")
        {
            let help = did_you_mean(name, named.iter().map(|(known, _)| *known));
            desk.report(&key, format!("this group has no meeting `{name}`"), help);
        }
    }
    let kept_out = |name: &str| !excepted.contains(&name);
    if let Some((name, _)) = named.iter().find(|(name, its)| its.get("every").is_some() && kept_out(name)) {
        let message = format!("the rhythm `{name}` comes round at every hour of the day");
        let help = format!("write except = [\"{}\"], or `per_day` for it", key_text(name));
        desk.report(&view, message, help);
    }
    if !desk.sure_of_horizon || !desk.problems.is_empty() {
        return;
    }
    let touches = |rep: &Rep| rep.days.iter().any(|day| !rep.no_meetings_on(day).is_empty());
    if !reps.is_empty() && !reps.iter().any(touches) {
        desk.notes.push(format!("{} lies outside of every shift and moves no meeting", view.path));
    }
    let by_chance: Vec<&RandomMeetings> =
        meetings.iter().filter(|meeting| !meeting.anywhere && meeting.per_day > 0.0).collect();
    for rep in reps {
        if too_long(desk, &view, &by_chance, rep) || too_many(desk, &view, &by_chance, rep) {
            return;
        }
    }
}

/// Refuses meetings of which too many are longer than any stretch outside, and would not be without these hours.
fn too_long(desk: &mut Desk<'_>, view: &View<'_>, meetings: &[&RandomMeetings], rep: &Rep) -> bool {
    for meeting in meetings {
        let longest = |closed: bool| {
            let of_day = |(number, day): (usize, &WorkDay)| {
                let places = free(rep, number, day, closed).into_iter();
                places.map(|(from, until)| until - on_grid(from, day, meeting.grid)).max()
            };
            rep.days.iter().enumerate().filter_map(of_day).max().unwrap_or(Span::ZERO).max(Span::ZERO)
        };
        let outside = longest(true);
        let longer_than = |room: Span| 1.0 - meeting.length.cdf(room.as_minutes());
        let share = longer_than(outside);
        if share > longer_than(longest(false)) + TOO_LONG {
            let message = format!(
                "{:.1} % of the meetings `{}` last longer than {outside}, the longest stretch that {} has outside of these hours",
                100.0 * share,
                meeting.name,
                rep.name
            );
            let help = format!(
                "keep fewer hours free, shorten the meetings, or write except = [\"{}\"]",
                key_text(&meeting.name)
            );
            desk.report(view, message, help);
            return true;
        }
    }
    false
}

/// Refuses meetings that fill more than the time outside; says where they nearly do.
fn too_many(desk: &mut Desk<'_>, view: &View<'_>, meetings: &[&RandomMeetings], rep: &Rep) -> bool {
    let asked: f64 = meetings.iter().map(|its| its.per_day * its.length.mean()).sum();
    let of_day = |(number, day): (usize, &WorkDay)| {
        free(rep, number, day, true).iter().map(|(from, until)| (*until - *from).as_minutes()).sum::<f64>()
    };
    let room = rep.days.iter().enumerate().map(of_day).sum::<f64>() / rep.days.len().max(1) as f64;
    if rep.days.is_empty() || asked <= NEARLY_FULL * room {
        return false;
    }
    let message = format!(
        "meetings by chance take {:.1} h of a working day on average, and {} has {:.1} h for them outside of these hours",
        asked / 60.0,
        rep.name,
        room / 60.0
    );
    if asked > room {
        desk.report(view, message, "keep fewer hours free, or write fewer, shorter or excepted meetings");
    } else {
        desk.warnings.push(format!("{}: {message}: many are put off to other days", view.path));
    }
    true
}

/// The first place of the day's grid from an instant on.
fn on_grid(from: Instant, day: &WorkDay, grid: Span) -> Instant {
    let steps = (from - day.starts).micros().max(0) as u64;
    day.starts + Span::from_micros(steps.div_ceil(grid.micros().max(1) as u64) as i64 * grid.micros())
}

/// The stretches of a working day without lunch and standing meetings, and without closed hours if asked.
fn free(rep: &Rep, number: usize, day: &WorkDay, closed: bool) -> Vec<(Instant, Instant)> {
    let lunch = rep.lunch_on(number).map(|(starts, length)| (starts, starts + length));
    let first = rep.standing.partition_point(|meeting| meeting.starts < day.starts);
    let standing = rep.standing[first..].iter().take_while(|meeting| meeting.starts < day.ends);
    let standing = standing.map(|meeting| (meeting.starts, meeting.starts + meeting.length));
    let closed = if closed { rep.no_meetings_on(day) } else { &[] };
    let mut taken: Vec<(Instant, Instant)> =
        lunch.into_iter().chain(standing).chain(closed.iter().copied()).collect();
    taken.sort_unstable();
    let (mut free, mut at) = (Vec::new(), day.starts);
    for (from, until) in taken.into_iter().chain([(day.ends, day.ends)]) {
        if from > at {
            free.push((at, from.min(day.ends)));
        }
        at = at.max(until);
    }
    free
}
