//! The calendar builder: any weekly blocks, closures, openings and zones; a calendar that is built holds together.

use super::Met;
use super::bytes::Choices;
use leadsim::time::civil::{Date, Weekday, date};
use leadsim::time::{Calendar, DatedOpening, DayBlock, Instant, OpenHours, Span, WeeklyBlock, Zone};
use leadsim::time::{parse_blocks, parse_opening, parse_shifts, parse_span};

/// Zones that once did something unusual: changed at midnight, by half an hour, skipped a day, have no summer time.
const ZONES: [&str; 12] = [
    "UTC",
    "America/New_York",
    "Europe/Amsterdam",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Cairo",
    "America/Havana",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Antarctica/Troll",
];

const FIRST_DAYS: [Date; 8] = [
    date(2026, 3, 6),
    date(2026, 10, 23),
    date(2026, 10, 30),
    date(2011, 12, 28),
    date(2018, 11, 1),
    date(1970, 1, 1),
    date(2199, 12, 20),
    date(2026, 2, 26),
];

/// Builds a calendar and asks it everything.
pub fn target(bytes: &[u8]) -> Result<Met, String> {
    let mut choices = Choices::new(bytes);
    let zone = Zone::named(ZONES[choices.below(ZONES.len())]).map_err(|error| error.to_string())?;
    let first = *choices.of(&FIRST_DAYS);
    let days = 1 + choices.below(30);
    let weekly: Vec<WeeklyBlock> = (0..choices.below(8)).map(|_| weekly(&mut choices)).collect();
    let near =
        |choices: &mut Choices<'_>| first.saturating_add(jiff::Span::new().days(choices.below(30) as i64));
    let closures: Vec<Date> = (0..choices.below(4)).map(|_| near(&mut choices)).collect();
    let openings: Vec<DatedOpening> = (0..choices.below(3))
        .map(|_| {
            let blocks = (0..choices.below(4)).map(|_| day_block(&mut choices)).collect();
            DatedOpening { date: near(&mut choices), blocks }
        })
        .collect();
    let said = format!("{zone:?} {first} {days} days {weekly:?} {closures:?} {openings:?}");
    let moments: Vec<u32> = (0..12).map(|_| choices.number()).collect();
    // texts of any kind are read or refused, too
    let text = String::from_utf8_lossy(choices.rest()).into_owned();
    let _ = (parse_blocks(&text), parse_shifts(&text), parse_opening(&text), parse_span(&text));
    let calendar = match Calendar::new(zone.clone(), weekly, closures, openings) {
        Ok(calendar) => calendar,
        Err(error) if error.to_string().contains("; ") => return Ok(Met::Refused),
        Err(error) => return Err(format!("refused without the way out: {error}\n{said}")),
    };
    let noon = |date: Date| zone.instant(date.at(12, 0, 0, 0));
    let hours =
        calendar.resolve(noon(first), noon(first.saturating_add(jiff::Span::new().days(days as i64))));
    stretches(&hours).and_then(|()| dates(&calendar, &hours)).map_err(|what| format!("{what}\n{said}"))?;
    for pair in moments.chunks(2) {
        let (from, to) = (moment(&hours, pair[0]), moment(&hours, pair[1]));
        answers(&hours, from, to).map_err(|what| format!("{what}, at {from} and {to}\n{said}"))?;
    }
    Ok(Met::Accepted)
}

fn weekly(choices: &mut Choices<'_>) -> WeeklyBlock {
    let block = day_block(choices);
    let weekday = Weekday::from_monday_zero_offset(choices.below(7) as i8).expect("below seven");
    WeeklyBlock { weekday, from_minute: block.from_minute, to_minute: block.to_minute }
}

/// Mostly sound, sometimes backwards or past the end of the day.
fn day_block(choices: &mut Choices<'_>) -> DayBlock {
    let (a, b) = (choices.number() as u16, choices.number() as u16);
    match choices.below(12) {
        11 => DayBlock { from_minute: a, to_minute: b },
        10 => DayBlock { from_minute: 0, to_minute: 1440 },
        _ => DayBlock { from_minute: (a % 1440).min(b % 1440), to_minute: (a % 1440).max(b % 1440) + 1 },
    }
}

/// A moment in the range, or a little outside.
fn moment(hours: &OpenHours, choice: u32) -> Instant {
    let (from, to) = hours.range();
    let length = (to - from).as_hours();
    from + Span::from_hours_f64(length * (f64::from(choice) / f64::from(u32::MAX) * 1.2 - 0.1))
}

fn must(holds: bool, what: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what.to_string()) }
}

/// Open stretches stand in order, apart, inside the range, and their lengths are the business time.
fn stretches(hours: &OpenHours) -> Result<(), String> {
    let (from, to) = hours.range();
    must(from < to, "the range is empty")?;
    let mut last = None;
    let mut total = Span::ZERO;
    for (opens, closes) in hours.intervals() {
        must(
            from <= opens && opens < closes && closes <= to,
            "a stretch outside of the range, or backwards",
        )?;
        must(last.is_none_or(|last| last < opens), "stretches touch or are out of order")?;
        must(hours.is_open(opens) && !hours.is_open(closes), "open from the opening up to the closing")?;
        last = Some(closes);
        total += closes - opens;
    }
    must(hours.open_between(from, to) == total, "stretches do not add up to the business time")
}

/// Every local day of the range is a day of the calendar.
fn dates(calendar: &Calendar, hours: &OpenHours) -> Result<(), String> {
    let (mut at, to) = hours.range();
    let (mut days, mut last) = (0, None);
    while at < to {
        let index = hours.local_day_index(at).ok_or("a moment of the range has no day")?;
        let date = hours.local_date(at).ok_or("a moment of the range has no date")?;
        // a zone that moved over the date line never saw a day that is counted all the same
        must(index >= days && last.is_none_or(|last| last < date), "days are out of order")?;
        must(hours.local_midnight(at) == Some(at), "a day does not begin with its midnight")?;
        must(calendar.zone().local(at).date() == date, "the zone says another date")?;
        (days, last) = (index + 1, Some(date));
        // the first moment of another day; no day is longer than 26 hours
        let mut next = at + Span::hours(20);
        while next < to && hours.local_day_index(next) == Some(index) {
            next += Span::hours(1);
        }
        at = hours.local_midnight(next).unwrap_or(to);
    }
    must(days == hours.local_day_count(), "days are missing")
}

/// What is asked of two moments hangs together.
fn answers(hours: &OpenHours, from: Instant, to: Instant) -> Result<(), String> {
    let between = hours.open_between(from, to);
    must(between == Span::ZERO - hours.open_between(to, from), "business time there and back")?;
    must(between.micros().abs() <= (to - from).micros().abs(), "more business time than time")?;
    if let Some(opens) = hours.next_opening(from) {
        must(opens >= from && hours.is_open(opens), "the next opening is not open")?;
        must(hours.open_between(from, opens) == Span::ZERO, "open before the next opening")?;
    }
    if let Some(closes) = hours.next_closing(from) {
        must(closes > from && !hours.is_open(closes), "open at the next closing")?;
    }
    if between > Span::ZERO
        && let Some(end) = hours.after(from, between)
    {
        must(end <= to, "business time ends late")?;
        must(hours.open_between(from, end) == between, "not so much business time")?;
    }
    for days in 0..4 {
        let after = hours.business_day_after(from, days);
        must(after.is_none_or(|after| after >= from || days == 0), "a business day later lies before")?;
        let close = hours.close_of_business_day(from, days);
        must(close.is_none_or(|close| close >= from), "a business day closed before")?;
    }
    let skipping = hours.after_skipping_closed_days(from, Span::hours(30));
    must(skipping.is_none_or(|at| at >= from + Span::hours(30)), "closed days make it shorter")
}
