//! Promises counted in business days: "1 business day", "by 09:00 next business day", "by close of business".

use super::instant::Instant;
use super::open_hours::{OpenDay, OpenHours};
use super::span::Span;

impl OpenHours {
    /// "n business days": the same local time on the n-th following open day, counted from the next opening when
    /// `start` is closed. A local time outside that day's hours moves to its opening or closing, whichever is nearer
    /// in time, and one in a midday break to the end of the break. Zero days gives `start` or the next opening.
    pub fn business_day_after(&self, start: Instant, business_days: u32) -> Option<Instant> {
        let begin = self.next_opening(start)?;
        if business_days == 0 {
            return Some(begin);
        }
        let day = self.days.index(begin)?;
        let target = self.open_days.get(self.open_days_before[day].checked_add(business_days as usize)?)?;
        let same_time = self.days.at(target.day, self.days.time_of_day(day, begin));
        if same_time >= target.closes {
            return Some(target.closes);
        }
        Some(self.interval_after(same_time).opens.max(same_time))
    }

    /// "By 09:00 next business day": that local time on the n-th open day whose opening comes after `start`, so a start
    /// before opening counts today as the first. Zero means the business day on which the clock starts. A time already
    /// past on that day moves one open day on; a time outside opening hours is kept as written.
    pub fn at_time_on_business_day(
        &self,
        start: Instant,
        minute_of_day: u16,
        business_days: u32,
    ) -> Option<Instant> {
        let position = self.promised_day(start, business_days)?;
        let time_on = |day: &OpenDay| self.days.at_minute(day.day, minute_of_day.min(24 * 60));
        let due = time_on(self.open_days.get(position)?);
        if due >= start { Some(due) } else { self.open_days.get(position + 1).map(time_on) }
    }

    /// "Hold until 08:00": that local time on the next open day whose opening comes after `start`, or `start` itself where that time is
    /// past already, as for what comes at 08:53 to a desk that opens at 09:00.
    pub fn release_on_next_business_day(&self, start: Instant, minute_of_day: u16) -> Option<Instant> {
        let day = self.open_days.get(self.promised_day(start, 1)?)?;
        Some(self.days.at_minute(day.day, minute_of_day.min(24 * 60)).max(start))
    }

    /// "By close of the n-th business day": the last closing of the n-th open day whose opening comes after `start`;
    /// zero means the business day on which the clock starts, which is the next one when `start` is closed for the day.
    pub fn close_of_business_day(&self, start: Instant, business_days: u32) -> Option<Instant> {
        let position = self.promised_day(start, business_days)?;
        self.open_days.get(position).map(|day| day.closes)
    }

    /// Wall-clock time that stands still on days without open hours: 24 h from Friday 15:00 is Monday 15:00. A start on
    /// a closed day counts from the next open day's midnight.
    pub fn after_skipping_closed_days(&self, start: Instant, amount: Span) -> Option<Instant> {
        let first = self.days.index(start)?;
        let mut left = amount.max(Span::ZERO);
        for open in &self.open_days[self.open_days_before[first]..] {
            let begin = self.days.begins(open.day).max(start);
            let rest_of_day = self.days.begins(open.day + 1) - begin;
            if left <= rest_of_day {
                return Some(begin + left);
            }
            left -= rest_of_day;
        }
        None
    }

    /// Position among the open days of the n-th whose opening comes after `start`, or for zero of the day on which a
    /// business clock started then begins to run.
    fn promised_day(&self, start: Instant, business_days: u32) -> Option<usize> {
        let Some(earlier) = (business_days as usize).checked_sub(1) else {
            let day = self.days.index(self.next_opening(start)?)?;
            return Some(self.open_days_before[day]);
        };
        let day = self.days.index(start)?;
        let today = self.open_days_before[day];
        let begun = self.open_days.get(today).is_some_and(|open| open.day == day && open.opens <= start);
        today.checked_add(usize::from(begun))?.checked_add(earlier)
    }
}
