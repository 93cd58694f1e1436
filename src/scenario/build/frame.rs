//! The frame of the model: horizon with its weeks and months, and the agreement's business hours.

use super::view::{Desk, View};
use crate::model::{Cadence, Horizon, Period, RunOut};
use crate::scenario::tree::Node;
use crate::scenario::value;
use crate::time::civil::{Date, Time, date};
use crate::time::{Calendar, DatedOpening, Instant, OpenHours, Span, WeeklyBlock, Zone};
use jiff::ToSpan;

/// Longest horizon, days.
const LONGEST_DAYS: i64 = 3653;

/// What stands fixed before leads and reps are made.
pub(super) struct Frame {
    pub(super) horizon: Horizon,
    pub(super) closed: Vec<Date>,
    hours: Vec<WeeklyBlock>,
    openings: Vec<DatedOpening>,
    clock: Option<Zone>,
}

/// The frame; with problems, one to go on with.
pub(super) fn frame(desk: &mut Desk<'_>, root: &View<'_>) -> Frame {
    let empty = Node::table(crate::scenario::tree::Place::DEFAULT);
    let full = crate::scenario::merge::filled_section("horizon", &empty);
    let defaults = View::root(&full);
    let view = root.get("horizon").unwrap_or(View { node: defaults.node, path: "horizon".to_string() });
    let horizon = horizon(desk, &view);
    let calendar = root.get("calendar");
    let table = calendar.as_ref();
    let hours: Vec<WeeklyBlock> = match table {
        Some(table) => table.list("hours", value::hours).into_iter().flatten().collect(),
        None => crate::time::parse_blocks("Mon-Sun 00:00-24:00").expect("the text is well formed"),
    };
    let frame = Frame {
        horizon,
        closed: table.map(|table| table.list("closed", value::date)).unwrap_or_default(),
        hours,
        openings: table.map(|table| table.list("open", value::opening)).unwrap_or_default(),
        clock: table.and_then(|table| table.read("clock", value::zone)),
    };
    if let Some(table) = calendar {
        check_calendar(desk, &table, &frame);
    }
    frame
}

impl Frame {
    /// First and last day of the horizon, in the company's zone.
    pub(super) fn days_judged(&self) -> (Date, Date) {
        self.days(self.horizon.start, self.horizon.end)
    }

    /// First day of the run-in and last day that the run-out can reach, in the company's zone.
    pub(super) fn days_played(&self) -> (Date, Date) {
        self.days(self.horizon.opens, self.horizon.last())
    }

    /// First day of the run-in and the day after the last judged one, in the company's zone.
    pub(super) fn days_from_run_in(&self) -> (Date, Date) {
        let date = |at: Instant| self.horizon.zone.local(at).date();
        (date(self.horizon.opens), date(self.horizon.end))
    }

    fn days(&self, from: Instant, before: Instant) -> (Date, Date) {
        let date = |at: Instant| self.horizon.zone.local(at).date();
        (date(from), date(before - Span::from_micros(1)))
    }

    /// The agreement's business hours for a lead that lives in `zone`.
    pub(super) fn hours_in(&self, zone: &Zone) -> Option<OpenHours> {
        let zone = self.clock.clone().unwrap_or_else(|| zone.clone());
        let calendar = Calendar::new(
            zone,
            self.hours.clone(),
            self.closed.iter().copied(),
            self.openings.iter().cloned(),
        );
        Some(calendar.ok()?.resolve(self.horizon.opens - Span::days(14), self.horizon.known_until))
    }

    pub(super) fn zone(&self) -> &Zone {
        &self.horizon.zone
    }
}

fn check_calendar(desk: &mut Desk<'_>, table: &View<'_>, frame: &Frame) {
    if let Some(hours) = table.get("hours")
        && let Some((block, other)) = crate::time::overlap(&frame.hours)
    {
        desk.report(
            &hours,
            format!("\"{block}\" and \"{other}\" overlap"),
            "write every hour of the week once",
        );
    }
    let zone = frame.clock.clone().unwrap_or_else(|| frame.zone().clone());
    match Calendar::new(
        zone,
        frame.hours.clone(),
        frame.closed.iter().copied(),
        frame.openings.iter().cloned(),
    ) {
        Ok(calendar) => {
            let open = calendar.resolve(frame.horizon.opens - Span::days(14), frame.horizon.known_until);
            if desk.sure_of_horizon && open.open_between(frame.horizon.start, frame.horizon.end) == Span::ZERO
            {
                desk.report(
                    table,
                    "the calendar is never open within the horizon",
                    "give it hours, for example hours = \"Mon-Fri 08:00-18:00\", and fewer closed dates",
                );
            }
        }
        Err(error) => {
            let text = error.to_string();
            let (message, help) =
                text.split_once("; ").unwrap_or((&text, "write hours = \"Mon-Fri 08:00-18:00\""));
            desk.report(table, message, help);
        }
    }
}

fn midnight(zone: &Zone, date: Date) -> Instant {
    zone.instant(date.to_datetime(Time::midnight()))
}

/// The Monday on or before a date.
pub(super) fn monday_of(date: Date) -> Date {
    date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days())
}

/// The horizon. Its parts are checked one by one; what cannot be read or be true has a stand-in.
fn horizon(desk: &mut Desk<'_>, view: &View<'_>) -> Horizon {
    let zone = view.zone("zone").unwrap_or_else(Zone::utc);
    let start = view.read("start", value::date).unwrap_or(date(2026, 2, 2));
    let until = until(desk, view, start);
    let weeks_in = run_in_weeks(desk, view);
    desk.sure_of_horizon &= until.is_some() && weeks_in.is_some();
    let (until, in_weeks) = until.unwrap_or((start.saturating_add(91.days()), true));
    let weeks_in = weeks_in.unwrap_or(4);
    let opens = if weeks_in == 0 { start } else { monday_of(start.saturating_sub((7 * weeks_in).days())) };
    let end = midnight(&zone, until);
    let run_out = match view.text("run_out") {
        Some("none") => RunOut::None,
        _ => RunOut::UntilResolved { at_most: run_out_at_most(desk, view) },
    };
    let mut horizon = Horizon {
        opens: midnight(&zone, opens),
        start: midnight(&zone, start),
        end,
        run_out,
        known_until: end,
        weeks: weeks(&zone, start, until),
        months: if in_weeks {
            months_of_weeks(&zone, start, until)
        } else {
            calendar_months(&zone, start, until)
        },
        zone,
    };
    horizon.known_until = horizon.last() + Span::days(56);
    horizon
}

/// How long leads are followed at most once the judged stretch is over.
fn run_out_at_most(desk: &mut Desk<'_>, view: &View<'_>) -> Span {
    let usual = Span::days(56);
    let Some((key, at_most)) = view.get("run_out_at_most").zip(view.span("run_out_at_most")) else {
        return usual;
    };
    if at_most <= Span::days(LONGEST_DAYS) {
        return at_most;
    }
    desk.report(&key, "the run-out is longer than ten years", "write run_out_at_most = \"8 weeks\"");
    desk.sure_of_horizon = false;
    usual
}

/// The day after the last judged day, and whether months are counted in weeks.
fn until(desk: &mut Desk<'_>, view: &View<'_>, start: Date) -> Option<(Date, bool)> {
    let (until, in_weeks) = match view.get("end") {
        Some(end) => {
            let last = value::date(end.node).ok()?;
            if last < start {
                desk.report(
                    &end,
                    format!("the horizon ends on {last}, before it starts on {start}"),
                    "write the last judged day",
                );
                return None;
            }
            (last.tomorrow().ok()?, false)
        }
        None => {
            let length = view.span("length").unwrap_or(Span::days(91));
            let days = length.micros() / Span::days(1).micros();
            if Span::days(days) != length || days == 0 {
                desk.report(
                    &view.get("length")?,
                    "the horizon is not a whole number of days",
                    "write length = \"13 weeks\"",
                );
                return None;
            }
            (start.saturating_add(days.min(LONGEST_DAYS + 1).days()), days % 7 == 0)
        }
    };
    if days_between(start, until) > LONGEST_DAYS {
        let key = if in_weeks { "length" } else { "end" };
        desk.report(&view.get(key)?, "the horizon is longer than ten years", "write length = \"13 weeks\"");
        return None;
    }
    Some((until, in_weeks))
}

pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map(|span| i64::from(span.get_days())).unwrap_or(0)
}

fn run_in_weeks(desk: &mut Desk<'_>, view: &View<'_>) -> Option<i64> {
    let run_in = view.span("run_in")?;
    let weeks = run_in.micros() / Span::days(7).micros();
    let key = view.get("run_in")?;
    if Span::days(7 * weeks) != run_in {
        desk.report(&key, "the run-in is not a whole number of weeks", "write run_in = \"4 weeks\"");
        return None;
    }
    if weeks > 520 {
        desk.report(&key, "the run-in is longer than ten years", "write run_in = \"4 weeks\"");
        return None;
    }
    Some(weeks)
}

/// Refuses a run-in that is over before the first lead's cadence is: desks would still be filling up.
pub(super) fn check_run_in(desk: &mut Desk<'_>, root: &View<'_>, frame: &Frame, cadences: &[Cadence]) {
    if !desk.sure_of_horizon {
        return;
    }
    let run_in = frame.horizon.start - frame.horizon.opens;
    let standing = |entry: &(&str, View<'_>)| entry.1.count("waiting") + entry.1.count("in_cadence") > 0;
    if run_in > Span::ZERO
        && let Some((_, view)) = root.entries("backlog").into_iter().find(standing)
    {
        desk.report(
            &view,
            "a backlog is what stands there when the judged stretch begins, and a run-in works it off before",
            "write run_in = \"0 weeks\" in [horizon] to start from this backlog, or leave the backlog out",
        );
    }
    let steps = cadences.iter().flat_map(|cadence| &cadence.steps);
    let last_day = steps.map(|step| step.day).max().unwrap_or(0);
    let needed_days = i64::from(last_day) * 7 / 5;
    if run_in == Span::ZERO || run_in >= Span::days(needed_days) {
        return;
    }
    let weeks = needed_days.div_euclid(7) + 1;
    let message = format!("the run-in is shorter than the cadence of {last_day} business days");
    if let Some(view) = root.get("horizon").and_then(|horizon| horizon.get("run_in")) {
        desk.report(
            &view,
            message,
            format!("write run_in = \"{weeks} weeks\" or more, or \"0 weeks\" to start with empty desks"),
        );
    }
}

fn period(zone: &Zone, from: Date, to: Date, label: String, start: Date, until: Date) -> Period {
    let whole = from >= start && to <= until;
    Period { start: midnight(zone, from), end: midnight(zone, to), label, whole }
}

/// The Monday weeks that touch the horizon.
fn weeks(zone: &Zone, start: Date, until: Date) -> Vec<Period> {
    let mut weeks = Vec::new();
    let mut monday = monday_of(start);
    while monday < until {
        let next = monday.saturating_add(7.days());
        weeks.push(period(zone, monday, next, monday.to_string(), start, until));
        monday = next;
    }
    weeks
}

/// The calendar months that touch the horizon.
fn calendar_months(zone: &Zone, start: Date, until: Date) -> Vec<Period> {
    let mut months = Vec::new();
    let mut first = start.first_of_month();
    while first < until {
        let next = first.saturating_add(1.month());
        months.push(period(zone, first, next, first.strftime("%Y-%m").to_string(), start, until));
        first = next;
    }
    months
}

/// Months of 4, 4 and 5 weeks from the start.
fn months_of_weeks(zone: &Zone, start: Date, until: Date) -> Vec<Period> {
    let mut months = Vec::new();
    let mut first = start;
    let mut week = 1;
    for length in [4, 4, 5].into_iter().cycle() {
        if first >= until {
            break;
        }
        let next = first.saturating_add((7 * length).days());
        let label = format!("weeks {week}–{}", week + length - 1);
        months.push(period(zone, first, next, label, start, until));
        (first, week) = (next, week + length);
    }
    months
}
