//! The hours of the company's week: which one it is, and how long anybody was at a desk in each.

use super::prepared::next;
use crate::time::{Instant, Span, Zone};

/// Midnights of one zone, to find a local hour without converting.
#[derive(Debug)]
pub(super) struct CompanyDays {
    midnights: Vec<Instant>,
    first_weekday: usize,
    /// When the clock began to show each hour of days on which it changes, by day: an hour may be missing, and one may come twice.
    changed: Vec<(usize, Vec<(Instant, usize)>)>,
}

const DAY: Span = Span::days(1);

impl CompanyDays {
    pub fn new(zone: &Zone, from: Instant, until: Instant) -> Self {
        let first = zone.local(from).date();
        let mut midnights = Vec::new();
        let mut date = first;
        loop {
            let midnight = zone.instant(date.at(0, 0, 0, 0));
            midnights.push(midnight);
            if midnight > until {
                break;
            }
            date = next(date);
        }
        let days = midnights.windows(2).enumerate();
        let changed = days.filter(|(_, day)| day[1] - day[0] != DAY);
        let changed = changed.map(|(day, ends)| (day, hours_shown(zone, ends[0], ends[1]))).collect();
        CompanyDays { midnights, first_weekday: first.weekday().to_monday_zero_offset() as usize, changed }
    }

    /// The day of `at`: found from the average length of a day, then corrected by at most a step or two.
    fn day_of(&self, at: Instant) -> usize {
        let guess = (at - self.midnights[0]).micros() / DAY.micros();
        let mut day = (guess.max(0) as usize).min(self.midnights.len() - 1);
        while day > 0 && self.midnights[day] > at {
            day -= 1;
        }
        while day + 1 < self.midnights.len() && self.midnights[day + 1] <= at {
            day += 1;
        }
        day
    }

    /// Whether the day has 24 hours.
    fn is_plain(&self, day: usize) -> bool {
        self.midnights.get(day + 1).is_some_and(|next| *next - self.midnights[day] == DAY)
    }

    /// Hours from Monday 00:00 to the day's midnight.
    fn monday_hours(&self, day: usize) -> usize {
        (self.first_weekday + day) % 7 * 24
    }

    /// Hour of the week, 0 = Monday 00:00.
    pub fn hour_of_week(&self, at: Instant) -> usize {
        self.hour_of_day(self.day_of(at), at).0
    }

    /// Hour of the week at an instant of a known day, and when it ends.
    fn hour_of_day(&self, day: usize, at: Instant) -> (usize, Instant) {
        let first = self.monday_hours(day);
        if let Some((_, hours)) = self.changed.iter().find(|(changed, _)| *changed == day) {
            let place = hours.partition_point(|(begins, _)| *begins <= at).saturating_sub(1);
            let end = hours.get(place + 1).map_or(self.midnights[day + 1], |(begins, _)| *begins);
            return (first + hours[place].1, end);
        }
        let hour = ((at - self.midnights[day]).micros() / HOUR).clamp(0, 23);
        (first + hour as usize, self.midnights[day] + Span::hours(hour + 1))
    }
}

/// When the clock of a zone begins to show each hour from `from` to `until`.
fn hours_shown(zone: &Zone, from: Instant, until: Instant) -> Vec<(Instant, usize)> {
    let mut hours: Vec<(Instant, usize)> = Vec::new();
    let mut at = from;
    while at < until {
        let hour = zone.local(at).hour() as usize;
        if hours.last().is_none_or(|(_, last)| *last != hour) {
            hours.push((at, hour));
        }
        // Clocks change by quarters of an hour.
        at += Span::minutes(15);
    }
    hours
}

/// Hours of a week.
const WEEK: usize = 7 * 24;
const HOUR: i64 = Span::hours(1).micros();

/// Time at desks by hour of the company's week: parts of an hour are added where they fall, runs of whole hours by their two ends.
#[derive(Debug)]
pub(super) struct DeskHours {
    parts: Vec<u64>,
    /// By hour, by how many more stretches hold it whole than hold the hour before.
    whole: Vec<i64>,
}

impl DeskHours {
    pub fn none() -> Self {
        DeskHours { parts: vec![0; WEEK], whole: vec![0; WEEK + 1] }
    }

    /// Adds one rep's stretch at the desk.
    pub fn add(&mut self, days: &CompanyDays, mut from: Instant, until: Instant) {
        let mut day = days.day_of(from);
        while from < until {
            let end = days.midnights.get(day + 1).map_or(until, |midnight| until.min(*midnight));
            if days.is_plain(day) {
                let midnight = days.midnights[day];
                self.add_plain(days.monday_hours(day), (from - midnight).micros(), (end - midnight).micros());
            } else {
                self.add_by_hour(days, day, from, end);
            }
            day += 1;
            from = end;
        }
    }

    /// Of a day of 24 hours whose first is the week's `first`: from so many microseconds after its midnight until so many.
    fn add_plain(&mut self, first: usize, from: i64, until: i64) {
        let (begins, ends) = ((from / HOUR) as usize, (until / HOUR) as usize);
        if begins == ends {
            self.parts[first + begins] += (until - from) as u64;
            return;
        }
        self.parts[first + begins] += ((begins as i64 + 1) * HOUR - from) as u64;
        self.whole[first + begins + 1] += 1;
        self.whole[first + ends] -= 1;
        let rest = until - ends as i64 * HOUR;
        if rest > 0 {
            self.parts[first + ends] += rest as u64;
        }
    }

    /// Of a day on which clocks change.
    fn add_by_hour(&mut self, days: &CompanyDays, day: usize, mut from: Instant, until: Instant) {
        while from < until {
            let (hour, end) = days.hour_of_day(day, from);
            self.parts[hour] += (end.min(until) - from).micros() as u64;
            from = end;
        }
    }

    /// Microseconds by hour of the week, 0 = Monday 00:00.
    pub fn micros(&self) -> Vec<u64> {
        let mut whole = 0;
        let hours = self.parts.iter().zip(&self.whole).map(|(part, change)| {
            whole += change;
            part + (whole * HOUR) as u64
        });
        hours.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 8 March 2026 in New York has no 02:00; 1 November has 01:00 twice.
    #[test]
    fn hours_are_those_on_the_wall() {
        let zone = Zone::named("America/New_York").expect("a zone of the table");
        for (date, shown, lengths) in [
            (jiff::civil::date(2026, 3, 8), [0, 1, 3, 4, 5], [1, 1, 0, 1, 1]),
            (jiff::civil::date(2026, 11, 1), [0, 1, 1, 2, 3], [1, 2, 1, 1, 1]),
        ] {
            let midnight = zone.instant(date.at(0, 0, 0, 0));
            let days = CompanyDays::new(&zone, midnight, midnight + Span::days(3));
            let hours = (0..5).map(|n| days.hour_of_week(midnight + Span::minutes(60 * n + 30)) - 6 * 24);
            assert_eq!(hours.collect::<Vec<usize>>(), shown, "{date}");
            let mut desk = DeskHours::none();
            desk.add(&days, midnight, zone.instant(date.at(5, 0, 0, 0)));
            let until_five = lengths.map(|hours| hours * HOUR as u64);
            assert_eq!(desk.micros()[6 * 24..6 * 24 + 5], until_five, "{date}");
        }
    }

    /// Every stretch of a fortnight with a clock change, against adding it hour by hour.
    #[test]
    fn runs_of_hours_add_up_to_their_hours() {
        let zone = Zone::named("America/New_York").expect("a zone of the table");
        let opens = zone.instant(jiff::civil::date(2026, 3, 1).at(0, 0, 0, 0));
        let days = CompanyDays::new(&zone, opens, opens + Span::days(15));
        for from in (0..14 * 24 * 60).step_by(97) {
            for length in [0, 1, 59, 60, 61, 600, 1_440, 3_000] {
                let from = opens + Span::minutes(from);
                let until = from + Span::minutes(length);
                let (mut runs, mut hourly) = (DeskHours::none(), vec![0; WEEK]);
                runs.add(&days, from, until);
                let mut at = from;
                while at < until {
                    let (hour, end) = days.hour_of_day(days.day_of(at), at);
                    hourly[hour] += (end.min(until) - at).micros() as u64;
                    at = end.min(until);
                }
                assert_eq!(runs.micros(), hourly, "{from} for {length} minutes");
            }
        }
    }
}
