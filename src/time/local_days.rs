//! The local days of a zone over a stretch of time: when each begins, its date, and what the clock on the wall shows.

use jiff::civil::{Date, DateTime, Time, Weekday};

use super::instant::Instant;
use super::span::{DAY, MINUTE, Span};
use super::zone::Zone;

/// One local day.
#[derive(Clone, Debug)]
struct LocalDay {
    begins: Instant,
    date: Date,
    weekday: Weekday,
    /// 24 hours long, so no clock changed during it.
    plain: bool,
}

/// Consecutive local days, with the zone's clock changes, so that local time needs no zone rules any more.
///
/// A local time that a day shows twice means the first; one that it skips means the moment it is skipped. Both follow
/// from one rule: a time of day is the first moment the clock shows it or a later one.
#[derive(Clone, Debug)]
pub(super) struct LocalDays {
    /// The days, and one more that only marks where the last one ends.
    days: Vec<LocalDay>,
    /// From when each distance to UTC (in microseconds) holds.
    offsets: Vec<(Instant, i64)>,
}

impl LocalDays {
    /// Every local day that has a moment in `from..=to` (years -9990 to 9990; moments beyond count as the nearest).
    pub(super) fn resolve(zone: &Zone, from: Instant, to: Instant) -> LocalDays {
        let (first, last) = (Date::constant(-9990, 1, 1), Date::constant(9990, 12, 31));
        let date = |instant| zone.local(instant).date().clamp(first, last);
        // a margin covers the neighbours' midnights, and the day after the last
        let margin = Span::days(3);
        let offsets = zone.offsets(from - margin, to + margin);
        let mut days = LocalDays { days: Vec::new(), offsets };
        let (start, end) = (date(from), date(to).max(date(from)));
        let mut date = start;
        loop {
            let begins = days.first_moment(local_midnight(date));
            if let Some(previous) = days.days.last_mut() {
                previous.plain = begins - previous.begins == Span::days(1);
            }
            days.days.push(LocalDay { begins, date, weekday: date.weekday(), plain: false });
            if date > end {
                return days;
            }
            date = date.tomorrow().expect("dates are clamped well before jiff's last one");
        }
    }

    /// How many days there are.
    pub(super) fn count(&self) -> usize {
        self.days.len() - 1
    }

    /// The first and the last moment, the latter being the end of the last day.
    pub(super) fn range(&self) -> (Instant, Instant) {
        (self.begins(0), self.begins(self.count()))
    }

    /// When a day begins; the day after the last one marks the end of the range.
    #[inline]
    pub(super) fn begins(&self, day: usize) -> Instant {
        self.days[day].begins
    }

    /// A day's date; the day after the last one has one too.
    pub(super) fn date(&self, day: usize) -> Date {
        self.days[day].date
    }

    /// A day's weekday; the day after the last one has one too.
    pub(super) fn weekday(&self, day: usize) -> Weekday {
        self.days[day].weekday
    }

    /// The day a moment falls in, or `None` outside the range.
    #[inline]
    pub(super) fn index(&self, at: Instant) -> Option<usize> {
        let (from, to) = self.range();
        if at < from || at >= to {
            return None;
        }
        // clock changes move midnights by hours, so a guess by whole days is at most a step or two off
        let mut day = (((at - from).micros() / DAY) as usize).min(self.count() - 1);
        while at < self.days[day].begins {
            day -= 1;
        }
        while at >= self.days[day + 1].begins {
            day += 1;
        }
        Some(day)
    }

    /// Microseconds after midnight that the clock shows at a moment within the given day.
    #[inline]
    pub(super) fn time_of_day(&self, day: usize, at: Instant) -> Span {
        if self.days[day].plain {
            return at - self.days[day].begins;
        }
        let segment = self.offsets.partition_point(|&(from, _)| from <= at) - 1;
        Span::from_micros((at.micros() + self.offsets[segment].1).rem_euclid(DAY))
    }

    /// The moment of a local time of day, from midnight up to 24:00.
    #[inline]
    pub(super) fn at(&self, day: usize, time_of_day: Span) -> Instant {
        let local_day = &self.days[day];
        if local_day.plain {
            return local_day.begins + time_of_day;
        }
        self.first_moment(local_midnight(local_day.date) + time_of_day.micros())
    }

    /// [`Self::at`] for a time of day in minutes.
    #[inline]
    pub(super) fn at_minute(&self, day: usize, minute_of_day: u16) -> Instant {
        self.at(day, Span::from_micros(i64::from(minute_of_day) * MINUTE))
    }

    /// The first moment the clock shows this local time (in microseconds as if it were UTC) or a later one.
    fn first_moment(&self, local: i64) -> Instant {
        // no clock is two days from UTC, so earlier segments have ended by then
        let early = Instant::from_micros(local - 2 * DAY);
        let first = self.offsets.partition_point(|&(from, _)| from <= early).saturating_sub(1);
        let mut moment = Instant::from_micros(local);
        for (index, &(from, offset)) in self.offsets.iter().enumerate().skip(first) {
            moment = Instant::from_micros(local - offset).max(from);
            let ends = self.offsets.get(index + 1).map_or(Instant::MAX, |&(next, _)| next);
            if moment < ends {
                break;
            }
        }
        moment
    }
}

/// A date's midnight in microseconds, as if its zone were UTC.
fn local_midnight(date: Date) -> i64 {
    Zone::utc().instant(DateTime::from_parts(date, Time::midnight())).micros()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn days(name: &str, first: Date, last: Date) -> (Zone, LocalDays) {
        let zone = Zone::named(name).expect("known");
        let noon = |date: Date| zone.instant(date.at(12, 0, 0, 0));
        let days = LocalDays::resolve(&zone, noon(first), noon(last));
        (zone, days)
    }

    #[test]
    fn clock_change_days_have_their_real_length() {
        for (name, changed, hours) in [
            ("America/New_York", date(2026, 3, 8), 23),
            ("America/New_York", date(2026, 11, 1), 25),
            ("Europe/Amsterdam", date(2026, 3, 29), 23),
            ("Europe/Amsterdam", date(2026, 10, 25), 25),
        ] {
            let (_, days) = days(name, changed, changed);
            assert_eq!(days.count(), 1);
            let (from, to) = days.range();
            assert_eq!(to - from, Span::hours(hours), "{name} {changed}");
        }
    }

    #[test]
    fn every_quarter_hour_agrees_with_the_zone() {
        // Cairo and Havana change at midnight, Lord Howe by half an hour, Samoa skipped a whole day
        for (name, first, last) in [
            ("America/New_York", date(2026, 3, 6), date(2026, 3, 10)),
            ("America/Havana", date(2026, 10, 30), date(2026, 11, 3)),
            ("Africa/Cairo", date(2026, 4, 22), date(2026, 4, 26)),
            ("Australia/Lord_Howe", date(2026, 4, 3), date(2026, 4, 7)),
            ("Pacific/Apia", date(2011, 12, 28), date(2012, 1, 2)),
            ("Asia/Kolkata", date(2026, 1, 1), date(2026, 1, 3)),
        ] {
            let (zone, days) = days(name, first, last);
            let (from, to) = days.range();
            let mut at = from;
            while at < to {
                let (day, local) = (days.index(at).expect("in range"), zone.local(at));
                assert_eq!(days.date(day), local.date(), "{name} {local}");
                assert_eq!(days.weekday(day), local.weekday());
                let minute = i64::from(local.hour()) * 60 + i64::from(local.minute());
                assert_eq!(days.time_of_day(day, at), Span::minutes(minute), "{name} {local}");
                assert!(days.at(day, Span::minutes(minute)) <= at);
                at += Span::minutes(15);
            }
            assert_eq!(days.index(to), None);
            assert_eq!(days.index(from - Span::from_micros(1)), None);
        }
    }

    #[test]
    fn skipped_times_are_the_moment_of_the_skip() {
        let (zone, days) = days("America/New_York", date(2026, 3, 8), date(2026, 3, 8));
        let three = zone.instant(date(2026, 3, 8).at(3, 0, 0, 0));
        for minute in [120, 150, 180] {
            assert_eq!(days.at_minute(0, minute), three);
        }
        assert_eq!(days.at_minute(0, 1440), days.begins(1));
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        let days = LocalDays::resolve(&Zone::utc(), Instant::MAX, Instant::MAX);
        assert_eq!(days.count(), 1);
        assert!(LocalDays::resolve(&Zone::utc(), Instant::MIN, Instant::MIN).count() == 1);
    }
}
