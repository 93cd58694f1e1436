//! The days on which reps are due to work, from the weekly shift of their site.

use super::frame::{Frame, days_between, monday_of};
use super::view::{Desk, View};
use crate::model::WorkDay;
use crate::scenario::value;
use crate::time::civil::{Date, Time};
use crate::time::{Instant, WeeklyBlock, Zone};
use std::sync::Arc;

/// The weekly shift of a group: at most one block a day.
pub(super) struct Shifts {
    by_weekday: [Option<WeeklyBlock>; 7],
}

impl Shifts {
    /// The shift of a group; day and night if it gives none.
    pub(super) fn read(desk: &mut Desk<'_>, view: &View<'_>) -> Option<Shifts> {
        let blocks: Vec<WeeklyBlock> = match view.get("shift") {
            Some(_) => view.list("shift", value::hours).into_iter().flatten().collect(),
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
                    "write one block a day, and the break between them as `lunch`; hours after midnight need a second group of reps",
                );
                return None;
            }
            *day = Some(block);
        }
        Some(Shifts { by_weekday })
    }

    /// The working days at a site, from the run-in until promises are no longer tracked.
    pub(super) fn days(&self, zone: &Zone, view: &View<'_>, frame: &Frame) -> Arc<[WorkDay]> {
        let horizon = &frame.horizon;
        let first = zone.local(horizon.opens).date();
        let keeps_holidays = view.text("holidays") != Some("none");
        let mut days = Vec::new();
        let mut date = first;
        loop {
            let midnight = zone.instant(date.to_datetime(Time::midnight()));
            if midnight >= horizon.known_until {
                return days.into();
            }
            let block = self.by_weekday[date.weekday().to_monday_zero_offset() as usize];
            if let Some(block) = block
                && !(keeps_holidays && frame.closed.contains(&date))
            {
                let (starts, ends) =
                    (minute(zone, date, block.from_minute), minute(zone, date, block.to_minute));
                if ends > horizon.opens && starts < ends {
                    let week = days_between(monday_of(first), monday_of(date)) / 7;
                    days.push(WorkDay {
                        midnight,
                        starts,
                        ends,
                        week: week as u32,
                        day: days_between(first, date) as u32,
                    });
                }
            }
            match date.tomorrow() {
                Ok(next) => date = next,
                Err(_) => return days.into(),
            }
        }
    }
}

/// The instant so many minutes of the day after midnight on the wall clock; 24:00 is the next midnight. A time that the clocks
/// skip in spring is the moment of the skip, as it is for business hours.
fn minute(zone: &Zone, date: Date, minute: u16) -> Instant {
    match value::clock_time(minute) {
        Some(time) => zone.first_moment(date.to_datetime(time)),
        None => zone.first_moment(date.tomorrow().unwrap_or(date).to_datetime(Time::midnight())),
    }
}
