//! Reads durations, dates, times of day, zones and opening hours.

use super::{Complaint, Read, expected, shortened, text};
use crate::scenario::problem::closest;
use crate::scenario::tree::{Node, Value};
use crate::time::civil::{Date, DateTime, Time, Weekday};
use crate::time::{DatedOpening, Span, Target, TargetError, WeeklyBlock, Zone};

pub(in crate::scenario) fn span(node: &Node) -> Read<Span> {
    match &node.value {
        Value::Text(text) => span_text(text).map_err(|complaint| match business_like(text) {
            Some(word) => {
                let plain = text.replace(word, "").split_whitespace().collect::<Vec<_>>().join(" ");
                complaint.help(format!("this time runs on the wall clock: write \"{plain}\""))
            }
            None => complaint,
        }),
        Value::Whole(_) | Value::Number(_) => {
            let written = node.text();
            Err(Complaint::new(format!("{written} has no unit"))
                .help(format!("write \"{written}min\" or \"{written}h\", whichever is meant")))
        }
        _ => expected("a duration in quotes, as in \"15min\"", node),
    }
}

pub(in crate::scenario) fn span_text(text: &str) -> Read<Span> {
    crate::time::parse_span(text).map_err(|error| Complaint::split(&error.to_string()))
}

/// A span in which the word "business" may stand, as the clock it runs on is fixed by its key.
pub(in crate::scenario) fn open_span(node: &Node) -> Read<Span> {
    match &node.value {
        Value::Text(text) => {
            span_text(&text.replace("business ", "").replace("open ", "")).map_err(|complaint| {
                match business_like(text) {
                    Some(word) => {
                        complaint.help(format!("did you mean \"{}\"?", text.replace(word, "business")))
                    }
                    None => complaint,
                }
            })
        }
        _ => span(node),
    }
}

/// The word of a length of time that is "business", or nearly.
fn business_like(text: &str) -> Option<&str> {
    text.split_whitespace().find(|word| closest(word, ["business"]).is_some())
}

/// "3 business days", "0 business days".
pub(in crate::scenario) fn business_days(node: &Node) -> Read<u32> {
    let text = text(node)?.trim();
    let complaint = || {
        Complaint::new(format!("\"{}\" is no number of business days", shortened(text)))
            .help("write \"3 business days\"")
    };
    let count = text
        .strip_suffix("business days")
        .or_else(|| text.strip_suffix("business day"))
        .ok_or_else(complaint)?;
    count.trim().parse().ok().filter(|days| *days <= 1000).ok_or_else(complaint)
}

pub(in crate::scenario) fn target(node: &Node) -> Read<Target> {
    let written = match &node.value {
        Value::Text(text) => text,
        Value::Whole(_) | Value::Number(_) => {
            let written = node.text();
            let help = format!(
                "write \"{written} business min\" for open hours or \"{written}min\" for time on the wall"
            );
            return Err(Complaint::new(format!("{written} has no unit")).help(help));
        }
        _ => return expected("a target in quotes, as in \"15 business min\"", node),
    };
    written.parse::<Target>().map_err(|error| {
        let complaint = Complaint::split(&error.to_string());
        // "next business day" knows its own way out.
        let help = if matches!(error, TargetError::WhenOnDay { .. }) { None } else { clock_help(written) };
        match help {
            Some(help) => complaint.help(help),
            None => complaint,
        }
    })
}

/// How to write the clock that "2bh", "1bd" or "15 buisness min" probably means; `None` where it is no question of the clock.
fn clock_help(written: &str) -> Option<String> {
    let usual = "write \"15 business min\", \"2 business hours\" or \"1 business day\" for open hours, or \"15min\" for time on the wall";
    let written = written.trim();
    if written.starts_with("by ") {
        return None;
    }
    let end = written.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(0);
    let (number, rest) = written.split_at(end);
    let words: Vec<&str> = rest.split_whitespace().collect();
    let unit = |letter: Option<char>| match letter {
        Some('m') => Some("business min"),
        Some('h') => Some(if number == "1" { "business hour" } else { "business hours" }),
        Some('d') => Some(if number == "1" { "business day" } else { "business days" }),
        _ => None,
    };
    let short = rest.trim().to_lowercase();
    let guess = match &words[..] {
        [_] => short
            .strip_prefix('b')
            .and_then(|letter| unit(letter.chars().next().filter(|_| letter.len() < 4))),
        [word, unit_word]
            if closest(word, ["business"]).is_some() && !word.eq_ignore_ascii_case("business") =>
        {
            unit(unit_word.to_lowercase().chars().next())
        }
        _ => None,
    };
    match guess.filter(|_| !number.is_empty()) {
        Some(unit) => Some(format!("did you mean \"{number} {unit}\"? {usual}")),
        None if written.to_lowercase().contains("business") => None,
        None if words.is_empty() => None,
        None => Some(usual.to_string()),
    }
}

pub(in crate::scenario) fn time_of_day(node: &Node) -> Read<u16> {
    let text = text(node)?;
    let complaint =
        || Complaint::new(format!("\"{}\" is no time of day", shortened(text))).help("write \"09:00\"");
    crate::time::parse_time_of_day(text).ok_or_else(complaint)
}

pub(in crate::scenario) fn date(node: &Node) -> Read<Date> {
    let text = text(node)?;
    date_text(text)
}

pub(in crate::scenario) fn date_text(text: &str) -> Read<Date> {
    let complaint = || {
        Complaint::new(format!("\"{}\" is no date", shortened(text)))
            .help("write year-month-day, as in \"2026-02-01\"")
    };
    let date: Date = text.trim().parse().map_err(|_| complaint())?;
    if text.trim().len() != 10 {
        return Err(complaint());
    }
    if (1970..=2200).contains(&date.year()) {
        Ok(date)
    } else {
        Err(Complaint::new(format!("{date} lies outside 1970 to 2200")))
    }
}

/// "2026-02-12 15:00".
pub(in crate::scenario) fn date_time(node: &Node) -> Read<DateTime> {
    let text = text(node)?.trim();
    let complaint = || {
        Complaint::new(format!("\"{}\" is no date with a time", shortened(text)))
            .help("write \"2026-02-12 15:00\"")
    };
    let (day, clock) = text.split_once([' ', 'T']).ok_or_else(complaint)?;
    let minute = crate::time::parse_time_of_day(clock).ok_or_else(complaint)?;
    Ok(date_text(day)?.to_datetime(clock_time(minute).ok_or_else(complaint)?))
}

/// The time of day so many minutes after midnight; `None` for 24:00.
pub(in crate::scenario) fn clock_time(minute: u16) -> Option<Time> {
    Time::new((minute / 60) as i8, (minute % 60) as i8, 0, 0).ok()
}

pub(in crate::scenario) fn zone(node: &Node) -> Read<Zone> {
    zone_text(text(node)?)
}

pub(in crate::scenario) fn zone_text(text: &str) -> Read<Zone> {
    Zone::named(text).map_err(|error| Complaint::split(&error.to_string()))
}

pub(in crate::scenario) fn hours(node: &Node) -> Read<Vec<WeeklyBlock>> {
    crate::time::parse_blocks(text(node)?).map_err(|error| Complaint::split(&error.to_string()))
}

pub(in crate::scenario) fn shift(node: &Node) -> Read<Vec<WeeklyBlock>> {
    shift_text(text(node)?)
}

/// Weekly hours that may run past midnight.
pub(in crate::scenario) fn shift_text(text: &str) -> Read<Vec<WeeklyBlock>> {
    crate::time::parse_shifts(text).map_err(|error| Complaint::split(&error.to_string()))
}

pub(in crate::scenario) fn opening(node: &Node) -> Read<DatedOpening> {
    crate::time::parse_opening(text(node)?).map_err(|error| Complaint::split(&error.to_string()))
}

/// "Mon 14:00": the weekday and the minute of the day.
pub(in crate::scenario) fn weekday_time(node: &Node) -> Read<(Weekday, u16)> {
    let text = text(node)?.trim();
    let complaint = || {
        Complaint::new(format!("\"{}\" is no weekday with a time", shortened(text)))
            .help("write \"Mon 14:00\"")
    };
    let (day, clock) = text.split_once(' ').ok_or_else(complaint)?;
    let weekday = weekday(day).ok_or_else(complaint)?;
    let minute = crate::time::parse_time_of_day(clock.trim()).ok_or_else(complaint)?;
    if minute < 1440 { Ok((weekday, minute)) } else { Err(complaint()) }
}

fn weekday(word: &str) -> Option<Weekday> {
    let word = word.to_lowercase();
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let index = names.iter().position(|name| word.len() >= 3 && name.starts_with(&word))?;
    Weekday::from_monday_zero_offset(index as i8).ok()
}

/// A day of every month with a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::scenario) struct MonthlyTime {
    /// From 1; -1 for the last.
    pub(in crate::scenario) nth: i8,
    pub(in crate::scenario) weekday: Weekday,
    pub(in crate::scenario) minute: u16,
}

/// "2nd Thursday 15:00", "last Tuesday 10:00".
pub(in crate::scenario) fn monthly_time(node: &Node) -> Read<MonthlyTime> {
    let text = text(node)?;
    let complaint = || {
        Complaint::new(format!("\"{}\" is no day of the month", shortened(text)))
            .help("write \"2nd Thursday 15:00\" or \"last Thursday 15:00\"")
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let [nth, day, clock] = words[..] else { return Err(complaint()) };
    let nth = match nth {
        "1st" | "first" => 1,
        "2nd" | "second" => 2,
        "3rd" | "third" => 3,
        "4th" | "fourth" => 4,
        "last" => -1,
        _ => return Err(complaint()),
    };
    let minute =
        crate::time::parse_time_of_day(clock).filter(|minute| *minute < 1440).ok_or_else(complaint)?;
    Ok(MonthlyTime { nth, weekday: weekday(day).ok_or_else(complaint)?, minute })
}

/// "6-10" or "3": first and last.
pub(in crate::scenario) fn day_range(name: &str) -> Read<(u32, u32)> {
    let (from, to) = name.split_once('-').unwrap_or((name, name));
    match (from.trim().parse::<u32>(), to.trim().parse::<u32>()) {
        (Ok(from), Ok(to)) if from <= to && to <= 1000 => Ok((from, to)),
        _ => {
            Err(Complaint::new(format!("`{name}` is no number of business days")).help("write 3 or \"6-10\""))
        }
    }
}
