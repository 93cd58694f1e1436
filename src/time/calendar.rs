//! When a team is open: weekly hours, holidays, and days opened by exception, in one time zone.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};

use super::instant::Instant;
use super::local_days::LocalDays;
use super::open_hours::OpenHours;
use super::weekly_block::{DatedOpening, DayBlock, WeeklyBlock, merge_hours, merge_week};
use super::zone::Zone;

/// Weekly opening hours with exceptions by date, in a zone.
///
/// A block is one stretch from the first moment the clock shows its start to the first moment it shows its end, so a
/// block across the autumn clock change is an hour longer and one across the spring change an hour shorter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    zone: Zone,
    blocks: Vec<WeeklyBlock>,
    /// The same blocks by weekday from Monday, ready for resolving.
    week: [Vec<DayBlock>; 7],
    closures: BTreeSet<Date>,
    openings: BTreeMap<Date, Vec<DayBlock>>,
}

/// Why a calendar makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// There is no open block at all.
    #[error("this calendar is never open; give it hours, for example \"Mon-Fri 08:00-18:00\"")]
    NeverOpen,
    /// A block ends before or when it starts, or after 24:00.
    #[error(
        "{when} {block} does not end after it starts and by 24:00; write two blocks for hours past midnight"
    )]
    BadBlock {
        /// The weekday or date.
        when: String,
        /// The block as given.
        block: DayBlock,
    },
    /// A date is opened by exception and closed.
    #[error("{date} is listed both as closed and as open; remove it from one of the two")]
    OpenAndClosed {
        /// The date.
        date: Date,
    },
    /// A dated opening has no hours.
    #[error(
        "the opening on {date} has no hours; add some, for example \"{date} 10:00-14:00\", or list it as closed"
    )]
    EmptyOpening {
        /// The date.
        date: Date,
    },
}

impl Calendar {
    /// A calendar from weekly blocks in any order (touching ones are merged), dates closed all day, and dates whose
    /// hours replace the weekly ones (several entries for one date add up).
    ///
    /// # Errors
    /// [`CalendarError`] when it would never be open, or a block or date contradicts itself.
    pub fn new(
        zone: Zone,
        blocks: Vec<WeeklyBlock>,
        closures: impl IntoIterator<Item = Date>,
        openings: impl IntoIterator<Item = DatedOpening>,
    ) -> Result<Calendar, CalendarError> {
        for block in &blocks {
            check(block.hours(), || format!("{:?}", block.weekday))?;
        }
        let closures: BTreeSet<Date> = closures.into_iter().collect();
        let mut by_date: BTreeMap<Date, Vec<DayBlock>> = BTreeMap::new();
        for DatedOpening { date, blocks } in openings {
            if closures.contains(&date) {
                return Err(CalendarError::OpenAndClosed { date });
            }
            if blocks.is_empty() {
                return Err(CalendarError::EmptyOpening { date });
            }
            for &block in &blocks {
                check(block, || date.to_string())?;
            }
            let hours = by_date.entry(date).or_default();
            hours.extend(blocks);
            *hours = merge_hours(std::mem::take(hours));
        }
        if blocks.is_empty() && by_date.is_empty() {
            return Err(CalendarError::NeverOpen);
        }
        let blocks = merge_week(&blocks);
        let mut week: [Vec<DayBlock>; 7] = Default::default();
        for block in &blocks {
            week[monday_index(block.weekday)].push(block.hours());
        }
        Ok(Calendar { zone, blocks, week, closures, openings: by_date })
    }

    /// The zone the hours are written in.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The weekly blocks, sorted from Monday and merged.
    pub fn blocks(&self) -> &[WeeklyBlock] {
        &self.blocks
    }

    /// The dates closed all day, in order.
    pub fn closures(&self) -> impl Iterator<Item = Date> + '_ {
        self.closures.iter().copied()
    }

    /// The dates with hours of their own, in order.
    pub fn openings(&self) -> impl Iterator<Item = (Date, &[DayBlock])> + '_ {
        self.openings.iter().map(|(date, blocks)| (*date, blocks.as_slice()))
    }

    /// The hours of one date, sorted and merged; empty when it is closed.
    pub fn hours_on(&self, date: Date) -> &[DayBlock] {
        if self.closures.contains(&date) {
            return &[];
        }
        match self.openings.get(&date) {
            Some(blocks) => blocks,
            None => &self.week[monday_index(date.weekday())],
        }
    }

    /// Turns the calendar into absolute open hours for every local day that has a moment in `from..=to`.
    pub fn resolve(&self, from: Instant, to: Instant) -> OpenHours {
        let days = LocalDays::resolve(&self.zone, from, to.max(from));
        OpenHours::build(days, |date| self.hours_on(date))
    }
}

fn monday_index(weekday: Weekday) -> usize {
    weekday.to_monday_zero_offset() as usize
}

fn check(block: DayBlock, when: impl Fn() -> String) -> Result<(), CalendarError> {
    if block.is_sound() { Ok(()) } else { Err(CalendarError::BadBlock { when: when(), block }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{parse_blocks, parse_opening};
    use jiff::civil::date;

    fn week() -> Vec<WeeklyBlock> {
        parse_blocks("Mon-Fri 08:00-12:00, 13:00-17:00").expect("reads")
    }

    #[test]
    fn contradictions_are_refused_with_a_way_out() {
        let new = |blocks, closures: Vec<Date>, openings: Vec<DatedOpening>| {
            Calendar::new(Zone::utc(), blocks, closures, openings).expect_err("refused").to_string()
        };
        assert!(new(vec![], vec![], vec![]).contains("never open"));
        let night = WeeklyBlock { weekday: Weekday::Monday, from_minute: 1200, to_minute: 480 };
        assert!(new(vec![night], vec![], vec![]).starts_with("Monday 20:00-08:00 does not end"));
        let day = date(2026, 3, 14);
        let opening = parse_opening("2026-03-14 10:00-14:00").expect("reads");
        assert!(new(week(), vec![day], vec![opening]).contains("2026-03-14 is listed both"));
        assert!(
            new(week(), vec![], vec![DatedOpening { date: day, blocks: vec![] }]).contains("has no hours")
        );
    }

    #[test]
    fn exceptions_take_the_place_of_the_weekly_hours() {
        let openings = ["2026-03-14 10:00-14:00", "2026-03-16 09:00-10:00", "2026-03-16 10:00-11:00"];
        let openings = openings.map(|text| parse_opening(text).expect("reads"));
        let calendar = Calendar::new(Zone::utc(), week(), [date(2026, 3, 17)], openings).expect("sound");
        assert_eq!(calendar.hours_on(date(2026, 3, 13)).len(), 2);
        assert_eq!(calendar.hours_on(date(2026, 3, 14)), [DayBlock { from_minute: 600, to_minute: 840 }]);
        assert_eq!(calendar.hours_on(date(2026, 3, 15)), []);
        assert_eq!(calendar.hours_on(date(2026, 3, 16)), [DayBlock { from_minute: 540, to_minute: 660 }]);
        assert_eq!(calendar.hours_on(date(2026, 3, 17)), []);
        assert_eq!(calendar.blocks().len(), 10);
        assert_eq!(calendar.closures().count(), 1);
        assert_eq!(calendar.openings().count(), 2);
        assert_eq!(calendar.zone(), &Zone::utc());
    }

    #[test]
    fn openings_alone_are_enough() {
        let opening = parse_opening("2026-03-14 10:00-14:00").expect("reads");
        assert!(Calendar::new(Zone::utc(), vec![], [], [opening]).is_ok());
    }
}
