//! One stretch of opening hours: "Mon 08:00-18:00" every week, or "10:00-14:00" on one date.

use std::fmt;

use jiff::civil::{Date, Weekday};

/// Minutes in a day of the clock, the latest end a block may have (24:00).
pub(super) const MINUTES_IN_DAY: u16 = 24 * 60;

/// Open from one time of day to another, in minutes after local midnight, the end itself closed; at most 24:00 = 1440.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayBlock {
    /// Opening, in minutes after local midnight.
    pub from_minute: u16,
    /// Closing, in minutes after local midnight, up to 1440.
    pub to_minute: u16,
}

/// A [`DayBlock`] that comes back every week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WeeklyBlock {
    /// The day of the week on which it starts.
    pub weekday: Weekday,
    /// Opening, in minutes after local midnight.
    pub from_minute: u16,
    /// Closing, in minutes after the midnight before the opening, up to 1440; in a shift past midnight beyond it.
    pub to_minute: u16,
}

/// The hours of one date, taking the place of whatever its day of the week would have.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DatedOpening {
    /// The date.
    pub date: Date,
    /// When it is open on that date.
    pub blocks: Vec<DayBlock>,
}

impl DayBlock {
    /// Whether the block ends after it starts and no later than 24:00.
    pub(super) fn is_sound(self) -> bool {
        self.from_minute < self.to_minute && self.to_minute <= MINUTES_IN_DAY
    }
}

impl WeeklyBlock {
    /// The block's hours without its weekday.
    pub fn hours(self) -> DayBlock {
        DayBlock { from_minute: self.from_minute, to_minute: self.to_minute }
    }
}

/// Sorts blocks and merges those that touch or overlap.
pub(super) fn merge_hours(mut blocks: Vec<DayBlock>) -> Vec<DayBlock> {
    blocks.sort_unstable();
    let mut merged: Vec<DayBlock> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match merged.last_mut() {
            Some(last) if block.from_minute <= last.to_minute => {
                last.to_minute = last.to_minute.max(block.to_minute)
            }
            _ => merged.push(block),
        }
    }
    merged
}

/// Sorts weekly blocks from Monday on and merges those that touch or overlap within a day.
pub(super) fn merge_week(blocks: &[WeeklyBlock]) -> Vec<WeeklyBlock> {
    let mut merged = Vec::with_capacity(blocks.len());
    for weekday in Weekday::Monday.cycle_forward().take(7) {
        let day = blocks.iter().filter(|block| block.weekday == weekday).map(|block| block.hours()).collect();
        merged.extend(merge_hours(day).into_iter().map(|hours| WeeklyBlock {
            weekday,
            from_minute: hours.from_minute,
            to_minute: hours.to_minute,
        }));
    }
    merged
}

/// Two blocks of one day that share time without being the same, if there are any. Blocks that only touch share none.
pub fn overlap(blocks: &[WeeklyBlock]) -> Option<(WeeklyBlock, WeeklyBlock)> {
    let shares = |one: &WeeklyBlock, other: &WeeklyBlock| {
        one.weekday == other.weekday
            && one != other
            && one.from_minute < other.to_minute
            && other.from_minute < one.to_minute
    };
    blocks.iter().enumerate().find_map(|(place, block)| {
        let other = blocks[place + 1..].iter().find(|other| shares(block, other))?;
        Some((*block, *other))
    })
}

/// A time of day as "08:05", from minutes after local midnight.
pub fn clock_text(minute_of_day: u16) -> String {
    format!("{:02}:{:02}", minute_of_day / 60, minute_of_day % 60)
}

impl fmt::Display for DayBlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // a shift past midnight ends on the next day's clock
        let next_day = if self.to_minute > MINUTES_IN_DAY { MINUTES_IN_DAY } else { 0 };
        f.pad(&format!("{}-{}", clock_text(self.from_minute), clock_text(self.to_minute - next_day)))
    }
}

/// Writes "Mon 08:00-18:00", which [`parse_blocks`](super::parse_blocks) reads back.
impl fmt::Display for WeeklyBlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = match self.weekday {
            Weekday::Monday => "Mon",
            Weekday::Tuesday => "Tue",
            Weekday::Wednesday => "Wed",
            Weekday::Thursday => "Thu",
            Weekday::Friday => "Fri",
            Weekday::Saturday => "Sat",
            Weekday::Sunday => "Sun",
        };
        f.pad(&format!("{day} {}", self.hours()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(from_minute: u16, to_minute: u16) -> DayBlock {
        DayBlock { from_minute, to_minute }
    }

    #[test]
    fn touching_and_overlapping_blocks_become_one() {
        let merged =
            merge_hours(vec![hours(600, 700), hours(0, 60), hours(60, 90), hours(620, 640), hours(650, 800)]);
        assert_eq!(merged, [hours(0, 90), hours(600, 800)]);
    }

    #[test]
    fn blocks_overlap_where_they_share_time_and_are_not_the_same() {
        let block = |from_minute, to_minute| WeeklyBlock { weekday: Weekday::Monday, from_minute, to_minute };
        assert_eq!(overlap(&[block(0, 60), block(60, 90), block(0, 60)]), None);
        assert_eq!(overlap(&[block(0, 60), block(30, 90)]), Some((block(0, 60), block(30, 90))));
        let tuesday = WeeklyBlock { weekday: Weekday::Tuesday, ..block(30, 90) };
        assert_eq!(overlap(&[block(0, 60), tuesday]), None);
    }

    #[test]
    fn shown_as_written() {
        let block = WeeklyBlock { weekday: Weekday::Sunday, from_minute: 485, to_minute: 1440 };
        assert_eq!(block.to_string(), "Sun 08:05-24:00");
        let night = WeeklyBlock { to_minute: 1800, ..block };
        assert_eq!(night.to_string(), "Sun 08:05-06:00");
    }

    #[test]
    fn a_block_must_end_after_it_starts_and_within_the_day() {
        assert!(hours(0, 1440).is_sound());
        assert!(!hours(60, 60).is_sound());
        assert!(!hours(60, 1441).is_sound());
    }
}
