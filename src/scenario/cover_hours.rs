//! A group's cover as the scenario writes it, hours by hours, cut finer where wanted, and the same scenario with other headcounts in them.

use super::set::Set;
use super::{Problems, Scenario, value};
use crate::time::civil::Weekday;
use crate::time::{WeeklyBlock, clock_text};
use std::collections::BTreeMap;

/// Minutes of a day.
const DAY: u32 = 24 * 60;

/// Hours of the week with one headcount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverHours {
    /// As written: "Mon-Fri 08:00-12:00".
    pub hours: String,
    /// The same read; what runs past midnight belongs to the day on which it starts.
    pub blocks: Vec<WeeklyBlock>,
    /// How many are at work.
    pub count: u32,
}

impl CoverHours {
    /// Minutes a week that one rep is paid for here.
    pub fn minutes(&self) -> u64 {
        self.blocks.iter().map(|block| u64::from(block.to_minute - block.from_minute)).sum()
    }
}

impl Scenario {
    /// The cover of a group of reps, in the order written; empty for a group without one.
    pub fn cover(&self, group: &str) -> Vec<CoverHours> {
        let table = self.effective.get("team").and_then(|team| team.get(group));
        let entries = table.and_then(|table| table.get("cover")).map_or(&[][..], |cover| cover.entries());
        let read = |entry: &super::tree::Entry| {
            let blocks = value::shift_text(&entry.name).ok()?;
            let count = value::whole(&entry.node, 0, 10_000).ok()? as u32;
            Some(CoverHours { hours: entry.name.clone(), blocks, count })
        };
        entries.iter().filter_map(read).collect()
    }

    /// The same scenario with another cover of a group.
    ///
    /// # Errors
    /// Everything wrong with the changed scenario, for instance that nobody is ever at work.
    pub fn with_cover(&self, group: &str, cover: &[CoverHours]) -> Result<Scenario, Problems> {
        let set = Set::new(&format!("team.{group}.cover"), &cover_text(cover));
        self.with(&[set.expect("a group of a valid scenario is a path, and a table has a value")])
    }
}

/// The cover as it stands in a scenario: `{ "Mon-Fri 08:00-12:00" = 3 }`.
pub fn cover_text(cover: &[CoverHours]) -> String {
    let each: Vec<String> = cover.iter().map(|part| format!("\"{}\" = {}", part.hours, part.count)).collect();
    format!("{{ {} }}", each.join(", "))
}

/// The same cover in pieces of at most so many minutes, cut at whole multiples of them from midnight on; `step` divides a day.
pub fn cut(cover: &[CoverHours], step: u32) -> Vec<CoverHours> {
    let mut pieces = Vec::new();
    for part in cover {
        // the same stretch of the clock on several days stays one
        let mut by_clock: BTreeMap<(u32, u32, u32), Vec<Weekday>> = BTreeMap::new();
        for block in &part.blocks {
            let (mut from, to) = (u32::from(block.from_minute), u32::from(block.to_minute));
            while from < to {
                let next = ((from / step + 1) * step).min(to);
                let days_on = from / DAY;
                let weekday = if days_on > 0 { block.weekday.next() } else { block.weekday };
                let clock = (days_on, from % DAY, next - days_on * DAY);
                by_clock.entry(clock).or_default().push(weekday);
                from = next;
            }
        }
        for ((_, from, to), mut days) in by_clock {
            days.sort_by_key(|weekday| weekday.to_monday_zero_offset());
            let piece = |weekday: &Weekday| WeeklyBlock {
                weekday: *weekday,
                from_minute: from as u16,
                to_minute: to as u16,
            };
            let clock = format!("{}-{}", clock_text(from as u16), clock_text(to as u16));
            pieces.push(CoverHours {
                hours: format!("{} {clock}", days_text(&days)),
                blocks: days.iter().map(piece).collect(),
                count: part.count,
            });
        }
    }
    pieces
}

/// "Mon-Fri", "Sun-Thu", "Mon,Wed".
fn days_text(days: &[Weekday]) -> String {
    let short = |weekday: &Weekday| {
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][weekday.to_monday_zero_offset() as usize]
    };
    let in_a_row = |days: &[Weekday]| days.windows(2).all(|pair| pair[0].next() == pair[1]);
    // a row of days may go round the weekend
    let rows = (0..days.len()).map(|first| [&days[first..], &days[..first]].concat());
    match rows.into_iter().find(|row| row.len() > 2 && in_a_row(row)).as_deref() {
        Some([first, .., last]) => format!("{}-{}", short(first), short(last)),
        _ => days.iter().map(short).collect::<Vec<_>>().join(","),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(hours: &str, count: u32) -> CoverHours {
        CoverHours {
            hours: hours.into(),
            blocks: value::shift_text(hours).expect("hours can be read"),
            count,
        }
    }

    #[test]
    fn a_cover_is_cut_at_whole_hours_and_stays_the_same_hours() {
        let cover = [part("Mon-Fri 08:30-11:00", 3), part("Sat 10:00-11:00", 1)];
        let cut = cut(&cover, 60);
        assert_eq!(
            cover_text(&cut),
            "{ \"Mon-Fri 08:30-09:00\" = 3, \"Mon-Fri 09:00-10:00\" = 3, \"Mon-Fri 10:00-11:00\" = 3, \"Sat 10:00-11:00\" = 1 }"
        );
        let minutes = |cover: &[CoverHours]| cover.iter().map(CoverHours::minutes).sum::<u64>();
        assert_eq!((minutes(&cover), minutes(&cut)), (5 * 150 + 60, 5 * 150 + 60));
        assert!(cut.iter().all(|piece| part(&piece.hours, piece.count) == *piece));
    }

    #[test]
    fn what_runs_past_midnight_is_cut_into_the_next_day() {
        let cut = cut(&[part("Sun-Thu 22:00-02:00", 2)], 120);
        assert_eq!(cover_text(&cut), "{ \"Sun-Thu 22:00-24:00\" = 2, \"Mon-Fri 00:00-02:00\" = 2 }");
    }
}
