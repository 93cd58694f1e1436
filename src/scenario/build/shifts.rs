//! The days on which reps are due to work, from the weekly shift of their site.

use super::frame::{Frame, days_between, monday_of};
use super::view::{Desk, View};
use crate::model::WorkDay;
use crate::scenario::value;
use crate::time::civil::{Date, Time};
use crate::time::{Instant, WeeklyBlock, Zone, clock_text};
use jiff::ToSpan;
use std::sync::Arc;

/// Minutes of the clock in a day.
const DAY: u16 = 24 * 60;

/// The weekly shift of a group: at most one block a day.
pub(super) struct Shifts {
    by_weekday: [Option<WeeklyBlock>; 7],
}

impl Shifts {
    /// The shift of a group; day and night if it gives none.
    /// A shift that cannot be true is told, and stands for day and night so that the rest of the group is still checked.
    pub(super) fn read(desk: &mut Desk<'_>, view: &View<'_>) -> Shifts {
        Shifts::written(desk, view).unwrap_or(Shifts { by_weekday: [None; 7] })
    }

    fn written(desk: &mut Desk<'_>, view: &View<'_>) -> Option<Shifts> {
        let blocks: Vec<WeeklyBlock> = match view.get("shift") {
            Some(_) => view.list("shift", value::shift).into_iter().flatten().collect(),
            None => crate::time::parse_blocks("Mon-Sun 00:00-24:00").expect("the text is well formed"),
        };
        let mut by_weekday: [Option<WeeklyBlock>; 7] = [None; 7];
        for block in blocks {
            let day = &mut by_weekday[block.weekday.to_monday_zero_offset() as usize];
            if day.is_some_and(|other| other != block) {
                let shift = view.get("shift")?;
                desk.report(
                    &shift,
                    format!("two blocks on a {:?}", block.weekday),
                    "write one block a day, and the break between them as `lunch`; hours after midnight belong to the evening before: \"Sun-Thu 22:00-06:00\"",
                );
                return None;
            }
            *day = Some(block);
        }
        let shifts = Shifts { by_weekday };
        if let Some((block, next)) = shifts.overlap()
            && let Some(shift) = view.get("shift")
        {
            let (late, early) = (clock_text(block.to_minute - DAY), clock_text(next.from_minute));
            let message = format!(
                "the shift of {:?} ends at {late} and that of {:?} begins at {early}",
                block.weekday, next.weekday
            );
            desk.report(
                &shift,
                message,
                "let one shift end before the next begins, or write two groups of reps",
            );
            return None;
        }
        Some(shifts)
    }

    /// A shift past midnight that has not ended when the next day's begins.
    fn overlap(&self) -> Option<(WeeklyBlock, WeeklyBlock)> {
        let after = (0..7).map(|day| (self.by_weekday[day], self.by_weekday[(day + 1) % 7]));
        let both = after.filter_map(|(block, next)| block.zip(next));
        both.into_iter().find(|(block, next)| block.to_minute > DAY + next.from_minute)
    }

    /// The working days at a site, from the run-in until promises are no longer tracked.
    pub(super) fn days(&self, zone: &Zone, view: &View<'_>, frame: &Frame) -> Arc<[WorkDay]> {
        let opens = frame.horizon.opens;
        let first = zone.local(opens).date();
        let mut days = Vec::new();
        for date in dates(zone, view, frame) {
            let Some(block) = self.by_weekday[date.weekday().to_monday_zero_offset() as usize] else {
                continue;
            };
            let (starts, ends) = hours(zone, date, &block);
            if ends > opens && starts < ends {
                let week = days_between(monday_of(first), monday_of(date)) / 7;
                days.push(WorkDay {
                    midnight: zone.instant(date.to_datetime(Time::midnight())),
                    starts,
                    ends,
                    week: week as u32,
                    day: days_between(first, date) as u32,
                });
            }
        }
        days.into()
    }
}

/// The dates at a site on which a group may work: those of the trial and the evening before it, when a shift past midnight may have
/// begun, without holidays if the group keeps them.
pub(super) fn dates(zone: &Zone, view: &View<'_>, frame: &Frame) -> Vec<Date> {
    let horizon = &frame.horizon;
    let keeps_holidays = view.text("holidays") != Some("none");
    let first = zone.local(horizon.opens).date();
    let days = first.yesterday().unwrap_or(first).series(1.day());
    days.take_while(|date| zone.instant(date.to_datetime(Time::midnight())) < horizon.known_until)
        .filter(|date| !(keeps_holidays && frame.closed.contains(date)))
        .collect()
}

/// When a block that starts on a date begins and ends.
pub(super) fn hours(zone: &Zone, date: Date, block: &WeeklyBlock) -> (Instant, Instant) {
    (minute(zone, date, block.from_minute), minute(zone, date, block.to_minute))
}

/// The instant at which the wall clock shows so many minutes of the day, those from 1440 on being of the next day. A time that the clocks
/// skip in spring is the moment of the skip, as it is for business hours.
fn minute(zone: &Zone, date: Date, minute: u16) -> Instant {
    let date = if minute < DAY { date } else { date.tomorrow().unwrap_or(date) };
    let time = value::clock_time(minute % DAY).unwrap_or(Time::midnight());
    zone.first_moment(date.to_datetime(time))
}
