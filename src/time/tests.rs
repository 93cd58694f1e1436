//! Promises on real calendars: evenings, weekends, holidays, lunches, Saturdays and the weeks the clocks change.

use jiff::civil::{Date, date};

use super::{Calendar, DatedOpening, Instant, OpenHours, Span, Target, Zone, parse_blocks, parse_opening};

struct Place {
    zone: Zone,
    hours: OpenHours,
}

impl Place {
    /// The whole of 2026 in a zone.
    fn new(zone: &str, hours: &str, closures: &[Date], openings: &[&str]) -> Place {
        let zone = Zone::named(zone).expect("known");
        let openings: Vec<DatedOpening> =
            openings.iter().map(|text| parse_opening(text).expect("reads")).collect();
        let blocks = parse_blocks(hours).expect("reads");
        let calendar =
            Calendar::new(zone.clone(), blocks, closures.iter().copied(), openings).expect("sound");
        let at = |date: Date| zone.instant(date.at(12, 0, 0, 0));
        let hours = calendar.resolve(at(date(2026, 1, 1)), at(date(2026, 12, 31)));
        Place { zone, hours }
    }

    fn office() -> Place {
        // Presidents' Day and Memorial Day
        let holidays = [date(2026, 2, 16), date(2026, 5, 25)];
        Place::new("America/New_York", "Mon-Fri 08:00-18:00", &holidays, &[])
    }

    fn at(&self, local: &str) -> Instant {
        self.zone.instant(local.replace(' ', "T").parse().expect("a local date and time"))
    }

    fn local(&self, instant: Option<Instant>) -> String {
        match instant {
            Some(instant) => self.zone.local(instant).strftime("%Y-%m-%d %H:%M").to_string(),
            None => "never".to_string(),
        }
    }

    /// When a target written in words and started at a local time is due, in local time.
    fn due(&self, target: &str, start: &str) -> String {
        let target: Target = target.parse().expect(target);
        self.local(target.due(self.at(start), &self.hours))
    }
}

#[test]
fn fifteen_business_minutes_from_just_before_closing_run_on_at_the_next_opening() {
    let office = Place::office();
    let due = |start| office.due("15 business min", start);
    assert_eq!(due("2026-03-10 17:55"), "2026-03-11 08:10");
    assert_eq!(due("2026-03-13 17:55"), "2026-03-16 08:10"); // Friday to Monday
    assert_eq!(due("2026-02-13 17:55"), "2026-02-17 08:10"); // Monday is a holiday
    assert_eq!(due("2026-03-10 17:45"), "2026-03-10 18:00"); // runs out exactly at closing
    assert_eq!(due("2026-03-10 18:00"), "2026-03-11 08:15");
    assert_eq!(due("2026-03-10 02:00"), "2026-03-10 08:15");
    assert_eq!(due("2026-03-14 12:00"), "2026-03-16 08:15");
    assert_eq!(office.due("15min", "2026-03-10 17:55"), "2026-03-10 18:10");
    assert_eq!(office.due("25 business hours", "2026-03-12 13:00"), "2026-03-16 18:00");
}

#[test]
fn business_time_does_not_see_the_clocks_change_over_the_weekend() {
    for (zone, friday, monday) in [
        ("America/New_York", "2026-03-06", "2026-03-09"),
        ("America/New_York", "2026-10-30", "2026-11-02"),
        ("Europe/Amsterdam", "2026-03-27", "2026-03-30"),
        ("Europe/Amsterdam", "2026-10-23", "2026-10-26"),
    ] {
        let place = Place::new(zone, "Mon-Fri 08:00-18:00", &[], &[]);
        let start = format!("{friday} 17:55");
        assert_eq!(place.due("15 business min", &start), format!("{monday} 08:10"));
        assert_eq!(place.due("1 business day", &start), format!("{monday} 17:55"));
        assert_eq!(place.due("by 09:00 next business day", &start), format!("{monday} 09:00"));
        let (friday, monday) = (place.at(&start), place.at(&format!("{monday} 08:10")));
        assert_eq!(place.hours.open_between(friday, monday), Span::minutes(15));
        let noon = monday + Span::hours(3);
        assert_eq!(place.hours.minute_of_day(noon), Some(11 * 60 + 10));
    }
}

#[test]
fn a_block_across_a_clock_change_has_its_real_length() {
    for (zone, day, hours) in [
        ("America/New_York", "2026-03-08", 5),
        ("America/New_York", "2026-11-01", 7),
        ("Europe/Amsterdam", "2026-03-29", 5),
        ("Europe/Amsterdam", "2026-10-25", 7),
        ("Europe/Amsterdam", "2026-10-18", 6),
    ] {
        let place = Place::new(zone, "Sun 00:00-06:00", &[], &[]);
        let (from, to) = (place.at(&format!("{day} 00:00")), place.at(&format!("{day} 23:00")));
        assert_eq!(place.hours.open_between(from, to), Span::hours(hours), "{zone} {day}");
        assert_eq!(place.local(place.hours.next_closing(from)), format!("{day} 06:00"));
    }
    // the skipped hour is no open time, and what remains of the other block starts at the skip
    let place = Place::new("America/New_York", "Sun 02:00-02:45, 02:50-03:15", &[], &[]);
    let (from, to) = (place.at("2026-03-08 00:00"), place.at("2026-03-09 00:00"));
    assert_eq!(place.hours.open_between(from, to), Span::minutes(15));
    assert_eq!(place.local(place.hours.next_opening(from)), "2026-03-08 03:00");
}

#[test]
fn a_lunch_stops_the_clock() {
    let place = Place::new("Europe/Amsterdam", "Mon-Fri 09:00-12:30, 13:30-17:00", &[], &[]);
    assert_eq!(place.due("1 business hour", "2026-03-10 12:00"), "2026-03-10 14:00");
    assert_eq!(place.due("30 business min", "2026-03-10 12:00"), "2026-03-10 12:30");
    assert_eq!(place.due("1 business day", "2026-03-10 13:00"), "2026-03-11 13:30"); // starts after lunch
    assert_eq!(place.due("by 09:00 next business day", "2026-03-10 13:00"), "2026-03-11 09:00");
    assert_eq!(place.due("same business day", "2026-03-10 13:00"), "2026-03-10 17:00");
    let lunch = place.at("2026-03-10 12:30");
    assert!(!place.hours.is_open(lunch));
    assert!(place.hours.is_open(lunch - Span::from_micros(1)));
    assert_eq!(
        place.hours.open_between(place.at("2026-03-09 00:00"), place.at("2026-03-16 00:00")),
        Span::hours(35)
    );
    // a long day's lunchtime lands in the next day's lunch and moves to the end of it
    let place = Place::new("Europe/Amsterdam", "Mon 09:00-17:00; Tue-Fri 09:00-12:30, 13:30-17:00", &[], &[]);
    assert_eq!(place.due("1 business day", "2026-03-09 13:00"), "2026-03-10 13:30");
}

#[test]
fn a_saturday_opened_by_exception_counts() {
    let place = Place::new("America/New_York", "Mon-Fri 08:00-18:00", &[], &["2026-03-14 10:00-14:00"]);
    assert_eq!(place.due("15 business min", "2026-03-13 17:55"), "2026-03-14 10:10");
    assert_eq!(place.due("1 business day", "2026-03-13 17:55"), "2026-03-14 14:00"); // held inside its hours
    assert_eq!(place.due("1 business day", "2026-03-13 08:30"), "2026-03-14 10:00");
    assert_eq!(place.due("2 business days", "2026-03-13 08:30"), "2026-03-16 08:30");
    assert_eq!(place.due("by 09:00 next business day", "2026-03-13 12:00"), "2026-03-14 09:00"); // kept as written
    assert_eq!(place.due("by close of the next business day", "2026-03-13 12:00"), "2026-03-14 14:00");
}

#[test]
fn business_days_keep_the_local_time() {
    let office = Place::office();
    assert_eq!(office.due("1 business day", "2026-03-10 14:20"), "2026-03-11 14:20");
    assert_eq!(office.due("3 business days", "2026-03-12 14:20"), "2026-03-17 14:20");
    assert_eq!(office.due("2 business days", "2026-05-22 09:00"), "2026-05-27 09:00"); // Memorial Day between
    assert_eq!(office.due("1 business day", "2026-03-14 11:00"), "2026-03-17 08:00"); // from Monday's opening
    assert_eq!(office.due("1 business day", "2026-03-10 19:00"), "2026-03-12 08:00");
    assert_eq!(office.due("0 business days", "2026-03-10 19:00"), "2026-03-11 08:00");
    // the local time is exactly the shorter day's closing
    let place = Place::new("UTC", "Mon 09:00-18:00; Tue,Wed 09:00-17:00", &[], &[]);
    assert_eq!(place.due("1 business day", "2026-03-09 17:00"), "2026-03-10 17:00");
    assert_eq!(place.due("1 business day", "2026-03-09 17:30"), "2026-03-10 17:00");
}

#[test]
fn by_nine_next_business_day_depends_on_when_the_lead_comes() {
    let office = Place::office();
    let due = |start| office.due("by 09:00 next business day", start);
    assert_eq!(due("2026-03-10 11:00"), "2026-03-11 09:00"); // in hours
    assert_eq!(due("2026-03-10 08:00"), "2026-03-11 09:00"); // at opening
    assert_eq!(due("2026-03-10 19:00"), "2026-03-11 09:00"); // after hours
    assert_eq!(due("2026-03-10 02:00"), "2026-03-10 09:00"); // early morning: the same day
    assert_eq!(due("2026-03-14 15:00"), "2026-03-16 09:00"); // weekend
    assert_eq!(due("2026-03-13 18:00"), "2026-03-16 09:00"); // Friday evening
    assert_eq!(due("2026-02-16 10:00"), "2026-02-17 09:00"); // holiday
    assert_eq!(office.due("by 09:00 in 2 business days", "2026-03-13 11:00"), "2026-03-17 09:00");
    assert_eq!(office.due("by 09:00 in 2 business days", "2026-03-14 11:00"), "2026-03-17 09:00");
    assert_eq!(office.due("by 07:00 next business day", "2026-03-10 07:30"), "2026-03-11 07:00"); // never in the past
    assert_eq!(office.due("by 17:00 the same business day", "2026-03-10 11:00"), "2026-03-10 17:00");
    assert_eq!(office.due("by 17:00 the same business day", "2026-03-10 17:30"), "2026-03-11 17:00");
    assert_eq!(office.due("by 17:00 the same business day", "2026-03-14 11:00"), "2026-03-16 17:00");
}

#[test]
fn close_of_business_counts_days_the_same_way() {
    let office = Place::office();
    assert_eq!(office.due("same business day", "2026-03-10 11:00"), "2026-03-10 18:00");
    assert_eq!(office.due("same business day", "2026-03-10 19:00"), "2026-03-11 18:00");
    assert_eq!(office.due("by close of the next business day", "2026-03-10 11:00"), "2026-03-11 18:00");
    assert_eq!(office.due("by close of the next business day", "2026-03-10 02:00"), "2026-03-10 18:00");
    assert_eq!(office.due("by close of the next business day", "2026-03-14 11:00"), "2026-03-16 18:00");
    assert_eq!(office.due("by close of the 2nd business day", "2026-03-13 11:00"), "2026-03-17 18:00");
}

#[test]
fn closed_days_can_be_skipped_whole() {
    let office = Place::office();
    let due = |start| office.due("24 h skipping closed days", start);
    assert_eq!(due("2026-03-13 15:00"), "2026-03-16 15:00");
    assert_eq!(due("2026-03-10 15:00"), "2026-03-11 15:00");
    assert_eq!(due("2026-03-14 15:00"), "2026-03-17 00:00");
    assert_eq!(due("2026-02-13 23:00"), "2026-02-17 23:00");
    assert_eq!(office.due("0 min skipping closed days", "2026-03-14 15:00"), "2026-03-16 00:00");
}

#[test]
fn always_open_in_utc_is_plain_time() {
    let place = Place::new("UTC", "every day 00:00-24:00", &[], &[]);
    let (from, to) = place.hours.range();
    assert_eq!(to - from, Span::days(365));
    assert_eq!(place.hours.intervals().collect::<Vec<_>>(), [(from, to)]);
    let start = place.at("2026-06-15 23:59");
    assert!(place.hours.is_open(start));
    assert_eq!(place.hours.after(start, Span::days(30)), Some(start + Span::days(30)));
    assert_eq!(place.hours.after(start, Span::days(300)), None);
    assert_eq!(place.hours.after(from, to - from), Some(to));
    assert_eq!(place.hours.next_closing(start), None); // it stays open beyond the range
    assert_eq!(place.hours.next_opening(start), Some(start));
    assert_eq!(place.due("1 business day", "2026-06-15 23:59"), "2026-06-16 23:59");
    assert_eq!(place.due("by 09:00 next business day", "2026-06-15 23:59"), "2026-06-16 09:00");
    assert_eq!(place.due("same business day", "2026-06-15 23:59"), "2026-06-16 00:00");
}

#[test]
fn what_is_held_until_a_time_is_released_at_the_next_opening_at_the_latest() {
    let office = Place::office();
    let released = |start: &str, minute: u16| {
        office.local(office.hours.release_on_next_business_day(office.at(start), minute))
    };
    let opens = office.local(office.hours.next_opening(office.at("2026-06-16 03:00")));
    assert_eq!(opens, "2026-06-16 08:00");
    assert_eq!(released("2026-06-15 22:00", 8 * 60), "2026-06-16 08:00");
    assert_eq!(released("2026-06-16 03:00", 8 * 60), "2026-06-16 08:00");
    // The hold's time lies before the opening, and is past: nothing is gained by a day more.
    assert_eq!(released("2026-06-16 07:50", 7 * 60), "2026-06-16 07:50");
    assert_eq!(released("2026-06-16 06:50", 7 * 60), "2026-06-16 07:00");
    assert_eq!(released("2026-06-19 20:00", 7 * 60), "2026-06-22 07:00");
}

#[test]
fn beyond_the_range_nothing_is_known() {
    let office = Place::office();
    let (from, to) = office.hours.range();
    assert_eq!(
        (office.local(Some(from)), office.local(Some(to))),
        ("2026-01-01 00:00".into(), "2027-01-01 00:00".into())
    );
    for outside in [from - Span::from_micros(1), to, Instant::MIN, Instant::MAX] {
        assert!(!office.hours.is_open(outside));
        assert_eq!(office.hours.next_opening(outside), None);
        assert_eq!(office.hours.next_closing(outside), None);
        assert_eq!(office.hours.after(outside, Span::ZERO), None);
        assert_eq!(office.hours.local_date(outside), None);
        assert_eq!(office.hours.weekday(outside), None);
        assert_eq!(office.hours.minute_of_day(outside), None);
        assert_eq!(office.hours.business_day_after(outside, 1), None);
        assert_eq!(office.hours.at_time_on_business_day(outside, 540, 1), None);
        assert_eq!(office.hours.close_of_business_day(outside, 0), None);
        assert_eq!(office.hours.after_skipping_closed_days(outside, Span::ZERO), None);
    }
    assert_eq!(office.hours.open_between(Instant::MIN, Instant::MAX), office.hours.open_between(from, to));
    assert_eq!(office.due("1 business day", "2026-12-31 09:00"), "never");
    assert_eq!(office.due("15 business min", "2026-12-31 17:55"), "never");
    assert_eq!(office.due("by 09:00 next business day", "2026-12-31 17:55"), "never");
    assert_eq!(office.hours.business_day_after(from, u32::MAX), None);
    assert_eq!(office.hours.close_of_business_day(from, u32::MAX), None);
    assert_eq!(office.due("15min", "2026-12-31 23:55"), "2027-01-01 00:10");
}

#[test]
fn local_lookups_name_the_day() {
    let office = Place::office();
    let at = office.at("2026-11-01 01:30") + Span::hours(1); // the second 01:30
    assert_eq!(office.hours.local_date(at), Some(date(2026, 11, 1)));
    assert_eq!(office.hours.weekday(at), Some(jiff::civil::Weekday::Sunday));
    assert_eq!(office.hours.minute_of_day(at), Some(90));
    assert_eq!(office.hours.local_day_index(at), Some(304));
    assert_eq!(office.hours.local_day_count(), 365);
}
