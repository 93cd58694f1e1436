//! Open hours on random calendars against counting minute by minute, in the zones and weeks where clocks change.

use jiff::civil::{Date, DateTime, Weekday, date};
use proptest::prelude::*;

use super::{Calendar, DatedOpening, DayBlock, Instant, OpenHours, Span, WeeklyBlock, Zone};

const MINUTES: i64 = 60_000_000;

/// A random calendar, its zone, and the first day of the ten that are compared.
#[derive(Clone, Debug)]
struct Case {
    zone: Zone,
    first: Date,
    weekly: Vec<WeeklyBlock>,
    closures: Vec<Date>,
    openings: Vec<DatedOpening>,
}

impl Case {
    fn calendar(&self) -> Calendar {
        Calendar::new(self.zone.clone(), self.weekly.clone(), self.closures.clone(), self.openings.clone())
            .expect("the strategy makes sound calendars")
    }

    fn hours(&self) -> OpenHours {
        let noon = |date: Date| self.zone.instant(date.at(12, 0, 0, 0));
        let last = self.first.checked_add(jiff::Span::new().days(9)).expect("an ordinary date");
        self.calendar().resolve(noon(self.first), noon(last))
    }

    /// Whether the wall clock says open, straight from the blocks.
    fn says_open(&self, local: DateTime) -> bool {
        let minute = local.hour() as u16 * 60 + local.minute() as u16;
        let within = |block: &DayBlock| block.from_minute <= minute && minute < block.to_minute;
        if self.closures.contains(&local.date()) {
            return false;
        }
        let mut dated = self.openings.iter().filter(|opening| opening.date == local.date()).peekable();
        if dated.peek().is_some() {
            return dated.any(|opening| opening.blocks.iter().any(within));
        }
        self.weekly.iter().any(|block| block.weekday == local.weekday() && within(&block.hours()))
    }

    /// For each minute of the range, whether it is open.
    fn minutes(&self, hours: &OpenHours) -> Vec<bool> {
        let (from, to) = hours.range();
        let count = (to - from).micros() / MINUTES;
        (0..count).map(|minute| self.says_open(self.zone.local(from + Span::minutes(minute)))).collect()
    }
}

/// Block edges avoid 01:00 to 03:00, the hours shown twice in autumn, where "the first time" and the wall clock differ.
fn edge() -> impl Strategy<Value = u16> {
    prop_oneof![0_u16..=60, 180_u16..=1440, Just(0), Just(1440)]
}

fn day_block() -> impl Strategy<Value = DayBlock> {
    (edge(), edge()).prop_filter_map("a block needs a length", |(a, b)| {
        (a != b).then(|| DayBlock { from_minute: a.min(b), to_minute: a.max(b) })
    })
}

fn case() -> impl Strategy<Value = Case> {
    let places = prop_oneof![
        Just(("America/New_York", date(2026, 3, 3))),
        Just(("America/New_York", date(2026, 10, 28))),
        Just(("Europe/Amsterdam", date(2026, 3, 24))),
        Just(("Europe/Amsterdam", date(2026, 10, 20))),
        Just(("Asia/Kolkata", date(2026, 5, 1))),
        Just(("UTC", date(2026, 2, 25))),
    ];
    let weekly = proptest::collection::vec((0_i8..7, day_block()), 1..10);
    let closures = proptest::collection::btree_set(0_i64..10, 0..3);
    let openings = proptest::collection::vec((0_i64..10, proptest::collection::vec(day_block(), 1..3)), 0..3);
    (places, weekly, closures, openings).prop_map(|((zone, first), weekly, closures, openings)| {
        let day = |offset: i64| first.checked_add(jiff::Span::new().days(offset)).expect("an ordinary date");
        let weekly = weekly.into_iter().map(|(weekday, block)| WeeklyBlock {
            weekday: Weekday::from_monday_zero_offset(weekday).expect("below seven"),
            from_minute: block.from_minute,
            to_minute: block.to_minute,
        });
        let openings = openings.into_iter().filter(|(offset, _)| !closures.contains(offset));
        Case {
            zone: Zone::named(zone).expect("known"),
            first,
            weekly: weekly.collect(),
            openings: openings.map(|(offset, blocks)| DatedOpening { date: day(offset), blocks }).collect(),
            closures: closures.into_iter().map(day).collect(),
        }
    })
}

/// A moment somewhere in, or a little outside, ten days from the start of the range.
fn moment(hours: &OpenHours, share: f64) -> Instant {
    let (from, to) = hours.range();
    from + Span::from_hours_f64((to - from).as_hours() * (share * 1.1 - 0.05))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_minute_agrees_with_the_wall_clock(case in case()) {
        let hours = case.hours();
        let minutes = case.minutes(&hours);
        let (from, _) = hours.range();
        let mut open = 0;
        for (minute, &is_open) in minutes.iter().enumerate() {
            let at = from + Span::minutes(minute as i64);
            prop_assert_eq!(hours.is_open(at), is_open);
            prop_assert_eq!(hours.is_open(at + Span::from_micros(MINUTES - 1)), is_open);
            prop_assert_eq!(hours.open_between(from, at), Span::minutes(open));
            open += i64::from(is_open);
            if minute % 7 == 0 {
                let next = minutes[minute..].iter().position(|&open| open);
                let opening = next.map(|ahead| at + Span::minutes(ahead as i64));
                prop_assert_eq!(hours.next_opening(at), opening);
                let closing = next.and_then(|ahead| {
                    let shut = minutes[minute + ahead..].iter().position(|&open| !open)?;
                    Some(at + Span::minutes((ahead + shut) as i64))
                });
                // at the very end of the range only the calendar knows whether it stays open
                prop_assert!(hours.next_closing(at) == closing
                    || (closing.is_none() && hours.next_closing(at) == Some(hours.range().1)));
            }
        }
        let listed: Span = hours.intervals().map(|(opens, closes)| closes - opens).sum();
        prop_assert_eq!(listed, Span::minutes(open));
    }

    #[test]
    fn after_agrees_with_counting(case in case(), start in 0_usize..14_000, amount in 0_i64..4_000) {
        let hours = case.hours();
        let minutes = case.minutes(&hours);
        let (from, _) = hours.range();
        let start = start.min(minutes.len() - 1);
        let mut left = amount;
        let mut counted = None;
        for (minute, &is_open) in minutes.iter().enumerate().skip(start) {
            left -= i64::from(is_open);
            if is_open && (left <= 0) {
                // with nothing to count, the opening itself; otherwise the end of the last counted minute
                counted = Some(from + Span::minutes(minute as i64 + i64::from(amount > 0)));
                break;
            }
        }
        prop_assert_eq!(hours.after(from + Span::minutes(start as i64), Span::minutes(amount)), counted);
    }

    #[test]
    fn business_time_adds_up_and_comes_back(case in case(), shares in proptest::array::uniform3(0.0_f64..1.0)) {
        let hours = case.hours();
        let [a, b, c] = shares.map(|share| moment(&hours, share));
        prop_assert_eq!(hours.open_between(a, b) + hours.open_between(b, c), hours.open_between(a, c));
        prop_assert_eq!(hours.open_between(a, b), -hours.open_between(b, a));
        let (start, end) = (a.min(b), a.max(b));
        let passed = hours.open_between(start, end);
        prop_assert!(passed >= Span::ZERO && passed <= end - start);
        if let Some(reached) = hours.after(start, passed) {
            prop_assert_eq!(hours.open_between(start, reached), passed);
            // the first such moment, so never later than the one measured to, except to wait for an opening
            prop_assert!(reached <= end || passed == Span::ZERO);
            if passed > Span::ZERO {
                prop_assert!(hours.open_between(start, reached - Span::from_micros(1)) < passed);
            }
        }
    }

    #[test]
    fn business_days_are_open_days_in_order(case in case(), share in 0.0_f64..1.0, days in 1_u32..5, minute in 0_u16..=1440) {
        let hours = case.hours();
        let start = moment(&hours, share);
        let open_dates = |after: Instant| -> Vec<Date> {
            let mut dates: Vec<Date> = hours.intervals().filter(|(_, closes)| *closes > after)
                .flat_map(|(opens, closes)| {
                    let last = case.zone.local(closes - Span::from_micros(1)).date();
                    case.zone.local(opens.max(after)).date().series(jiff::Span::new().days(1)).take_while(move |d| *d <= last)
                }).collect();
            dates.dedup();
            dates
        };
        if let Some(begin) = hours.next_opening(start) {
            let dates = open_dates(begin);
            let due = hours.business_day_after(start, days);
            prop_assert_eq!(due.is_some(), dates.len() > days as usize);
            if let Some(due) = due {
                let last_moment = if hours.is_open(due) { due } else { due - Span::from_micros(1) };
                prop_assert_eq!(hours.local_date(last_moment), Some(dates[days as usize]));
                // a time the clocks skip in spring (02:00 to 03:00) cannot be kept
                let skipped = |minute: u16| (120..180).contains(&minute);
                let (asked, given) = (hours.minute_of_day(begin), hours.minute_of_day(due));
                if hours.is_open(due) && given != asked && !asked.is_some_and(skipped) {
                    // moved: only to an opening
                    prop_assert!(!hours.is_open(due - Span::from_micros(1)) || given == Some(0));
                }
            }
            let close = hours.close_of_business_day(start, 0);
            prop_assert_eq!(close.map(|close| hours.local_date(close - Span::from_micros(1))), Some(Some(dates[0])));
        }
        if let Some(due) = hours.at_time_on_business_day(start, minute, days) {
            prop_assert!(due >= start);
            let date = hours.local_date(due).filter(|_| minute < 1440);
            prop_assert!(date.is_none_or(|date| !case.calendar().hours_on(date).is_empty()));
        }
    }
}
