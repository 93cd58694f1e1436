//! Reads single values: shares, money, durations, dates, zones. Units are required and never guessed.

use super::tree::{Node, Value};
use crate::time::civil::{Date, DateTime, Time, Weekday};
use crate::time::{DatedOpening, Span, Target, WeeklyBlock, Zone};

/// Why a value cannot be read, and what to write instead.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Complaint {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Complaint {
    pub(super) fn new(message: impl Into<String>) -> Complaint {
        Complaint { message: message.into(), help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Complaint {
        self.help = Some(help.into());
        self
    }

    /// Splits "what is wrong; what to do" of the time module into message and help.
    fn split(text: &str) -> Complaint {
        match text.split_once("; ") {
            Some((message, help)) => Complaint::new(message).help(help),
            None => Complaint::new(text),
        }
    }
}

/// The result of reading one value.
pub(super) type Read<T> = Result<T, Complaint>;

fn expected<T>(what: &str, node: &Node) -> Read<T> {
    Err(Complaint::new(format!("expected {what}, found {} ({})", node.called(), shortened(&node.text()))))
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 40 { text.to_string() } else { text.chars().take(39).chain(['…']).collect() }
}

/// A text without control characters.
pub(super) fn text(node: &Node) -> Read<&str> {
    match &node.value {
        Value::Text(text) if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') => {
            Err(Complaint::new("the text holds a control character").help("remove it"))
        }
        Value::Text(text) if text.len() > 20_000 => {
            Err(Complaint::new("the text is longer than 20,000 bytes"))
        }
        Value::Text(text) => Ok(text),
        _ => expected("a text in quotes", node),
    }
}

pub(super) fn flag(node: &Node) -> Read<bool> {
    match node.value {
        Value::Flag(flag) => Ok(flag),
        _ => expected("true or false", node),
    }
}

pub(super) fn whole(node: &Node, low: i64, high: i64) -> Read<i64> {
    match node.value {
        Value::Whole(number) if (low..=high).contains(&number) => Ok(number),
        Value::Whole(number) if number < low => Err(Complaint::new(format!("{number} is less than {low}"))),
        Value::Whole(number) => {
            Err(Complaint::new(format!("{number} is more than {high}, the most leadsim takes")))
        }
        Value::Number(number) => Err(Complaint::new(format!("expected a whole number, found {number}"))),
        _ => expected("a whole number", node),
    }
}

/// A finite number.
pub(super) fn number(node: &Node) -> Read<f64> {
    match node.value {
        Value::Whole(number) => Ok(number as f64),
        Value::Number(number) if number.is_finite() => Ok(number),
        Value::Number(number) => {
            Err(Complaint::new(format!("{number} is no finite number")).help("write a finite number"))
        }
        _ => expected("a number", node),
    }
}

pub(super) fn number_between(node: &Node, low: f64, high: f64) -> Read<f64> {
    let value = number(node)?;
    if value < low && low == 0.0 {
        return Err(Complaint::new(format!("{value} is negative")).help("write a number of 0 or more"));
    }
    if value < low || value > high {
        return Err(Complaint::new(format!("{value} does not lie between {low} and {high}")));
    }
    Ok(value)
}

pub(super) fn positive(node: &Node) -> Read<f64> {
    let value = number(node)?;
    if value > 0.0 {
        Ok(value)
    } else {
        Err(Complaint::new(format!("{value} is not above 0")).help("write a number above 0"))
    }
}

/// "20%" as 0.2, or a plain number as it is.
fn plain_or_percent(node: &Node) -> Read<f64> {
    match &node.value {
        Value::Text(text) => {
            let digits = text.trim().strip_suffix('%').map(str::trim);
            let percent =
                digits.and_then(|digits| digits.parse::<f64>().ok()).filter(|value| value.is_finite());
            match percent {
                Some(percent) => Ok(percent / 100.0),
                None => Err(Complaint::new(format!("\"{}\" is no share", shortened(text)))
                    .help("write 0.2 or \"20%\"")),
            }
        }
        _ => number(node),
    }
}

pub(super) fn share(node: &Node) -> Read<f64> {
    let value = plain_or_percent(node)?;
    if (0.0..=1.0).contains(&value) {
        return Ok(value);
    }
    if value < 0.0 {
        return Err(Complaint::new(format!("{value} is negative"))
            .help("a probability lies between 0 and 1, or \"0%\" and \"100%\""));
    }
    let complaint = Complaint::new(format!("{value} is more than 1: a probability lies between 0 and 1"));
    Err(if value <= 100.0 && matches!(node.value, Value::Whole(_) | Value::Number(_)) {
        complaint.help(format!("if {value} per cent is meant, write \"{value}%\""))
    } else {
        complaint.help("write 0.2 or \"20%\"")
    })
}

pub(super) fn weight(node: &Node) -> Read<f64> {
    let value = plain_or_percent(node)?;
    if value < 0.0 {
        return Err(Complaint::new(format!("{value} is negative")).help("write a weight of 0 or more"));
    }
    Ok(value)
}

/// Dollars; "$70", "$40K", "$3.6M", "$1.2B", "$1,200".
pub(super) fn money(node: &Node) -> Read<f64> {
    let text = match &node.value {
        Value::Text(text) => text.trim(),
        Value::Whole(_) | Value::Number(_) => {
            let written = node.text();
            return Err(
                Complaint::new(format!("{written} has no currency")).help(format!("write \"${written}\""))
            );
        }
        _ => return expected("dollars, as in \"$40K\"", node),
    };
    let refused = || {
        Complaint::new(format!("\"{}\" is no amount of money", shortened(text)))
            .help("write \"$70\", \"$40K\" or \"$3.6M\"")
    };
    let digits = text.strip_prefix('$').ok_or_else(refused)?;
    let (digits, times) = match digits.chars().last().map(|c| c.to_ascii_uppercase()) {
        Some('K') => (&digits[..digits.len() - 1], 1e3),
        Some('M') => (&digits[..digits.len() - 1], 1e6),
        Some('B') => (&digits[..digits.len() - 1], 1e9),
        _ => (digits, 1.0),
    };
    let plain: String = digits.chars().filter(|&c| c != ',').collect();
    if !plain.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(refused());
    }
    let value: f64 = plain.trim().parse().map_err(|_| refused())?;
    if value.is_finite() { Ok(value * times) } else { Err(refused()) }
}

pub(super) fn span(node: &Node) -> Read<Span> {
    match &node.value {
        Value::Text(text) => span_text(text),
        Value::Whole(_) | Value::Number(_) => {
            let written = node.text();
            Err(Complaint::new(format!("{written} has no unit"))
                .help(format!("write \"{written}min\" or \"{written}h\", whichever is meant")))
        }
        _ => expected("a duration in quotes, as in \"15min\"", node),
    }
}

pub(super) fn span_text(text: &str) -> Read<Span> {
    crate::time::parse_span(text).map_err(|error| Complaint::split(&error.to_string()))
}

/// A span in which the word "business" may stand, as the clock it runs on is fixed by its key.
pub(super) fn open_span(node: &Node) -> Read<Span> {
    match &node.value {
        Value::Text(text) => span_text(&text.replace("business ", "").replace("open ", "")),
        _ => span(node),
    }
}

/// "3 business days", "0 business days".
pub(super) fn business_days(node: &Node) -> Read<u32> {
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

pub(super) fn target(node: &Node) -> Read<Target> {
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
    written.parse::<Target>().map_err(|error| Complaint::split(&error.to_string()))
}

pub(super) fn time_of_day(node: &Node) -> Read<u16> {
    let text = text(node)?;
    let complaint =
        || Complaint::new(format!("\"{}\" is no time of day", shortened(text))).help("write \"09:00\"");
    crate::time::parse_time_of_day(text).ok_or_else(complaint)
}

pub(super) fn date(node: &Node) -> Read<Date> {
    let text = text(node)?;
    date_text(text)
}

pub(super) fn date_text(text: &str) -> Read<Date> {
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
pub(super) fn date_time(node: &Node) -> Read<DateTime> {
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
pub(super) fn clock_time(minute: u16) -> Option<Time> {
    Time::new((minute / 60) as i8, (minute % 60) as i8, 0, 0).ok()
}

pub(super) fn zone(node: &Node) -> Read<Zone> {
    zone_text(text(node)?)
}

pub(super) fn zone_text(text: &str) -> Read<Zone> {
    Zone::named(text).map_err(|error| Complaint::split(&error.to_string()))
}

pub(super) fn hours(node: &Node) -> Read<Vec<WeeklyBlock>> {
    crate::time::parse_blocks(text(node)?).map_err(|error| Complaint::split(&error.to_string()))
}

pub(super) fn opening(node: &Node) -> Read<DatedOpening> {
    crate::time::parse_opening(text(node)?).map_err(|error| Complaint::split(&error.to_string()))
}

/// "Mon 14:00": the weekday and the minute of the day.
pub(super) fn weekday_time(node: &Node) -> Read<(Weekday, u16)> {
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
pub(super) struct MonthlyTime {
    /// From 1; -1 for the last.
    pub(super) nth: i8,
    pub(super) weekday: Weekday,
    pub(super) minute: u16,
}

/// "2nd Thursday 15:00", "last Tuesday 10:00".
pub(super) fn monthly_time(node: &Node) -> Read<MonthlyTime> {
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

/// The name of a tier, written as a word or a number.
pub(super) fn tier_name(node: &Node) -> Read<String> {
    match &node.value {
        Value::Whole(number) => Ok(number.to_string()),
        Value::Text(text) => Ok(text.clone()),
        _ => expected("the name of a tier, as in 1 or \"1\"", node),
    }
}

/// "6-10" or "3": first and last.
pub(super) fn day_range(name: &str) -> Read<(u32, u32)> {
    let (from, to) = name.split_once('-').unwrap_or((name, name));
    match (from.trim().parse::<u32>(), to.trim().parse::<u32>()) {
        (Ok(from), Ok(to)) if from <= to && to <= 1000 => Ok((from, to)),
        _ => {
            Err(Complaint::new(format!("`{name}` is no number of business days")).help("write 3 or \"6-10\""))
        }
    }
}

/// The single value, or the members of the list.
pub(super) fn one_or_more(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::List(items) => items.iter().collect(),
        _ => vec![node],
    }
}

/// One of a few words.
pub(super) fn word<'a>(node: &'a Node, words: &[&'static str]) -> Read<&'a str> {
    let written = text(node)?;
    if words.contains(&written) {
        return Ok(written);
    }
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    let complaint = Complaint::new(format!("\"{}\" is not one of {}", shortened(written), quoted.join(", ")));
    Err(match super::problem::closest(written, words.iter().copied()) {
        Some(guess) => complaint.help(format!("did you mean \"{guess}\"?")),
        None => complaint,
    })
}

/// Exactly `count` weights, not all zero.
pub(super) fn weights(node: &Node, count: usize) -> Read<Vec<f64>> {
    let Value::List(items) = &node.value else {
        return expected(&format!("a list of {count} weights"), node);
    };
    if items.len() != count {
        return Err(Complaint::new(format!("{} weights where {count} are needed", items.len())));
    }
    let weights: Vec<f64> = items.iter().map(weight).collect::<Read<_>>()?;
    if weights.iter().sum::<f64>() > 0.0 { Ok(weights) } else { Err(Complaint::new("all weights are zero")) }
}

/// A curve: minutes and value, minutes rising and values not.
pub(super) fn points(node: &Node) -> Read<Vec<(f64, f64)>> {
    let complaint =
        || Complaint::new("expected points of time and value").help("write [[\"5min\", 21], [\"30min\", 1]]");
    let Value::List(items) = &node.value else { return Err(complaint()) };
    let mut points: Vec<(f64, f64)> = Vec::with_capacity(items.len());
    for item in items {
        let Value::List(pair) = &item.value else { return Err(complaint()) };
        let [time, value] = &pair[..] else { return Err(complaint()) };
        let point = (span(time)?.as_minutes(), positive(value)?);
        if point.0 <= 0.0 {
            return Err(Complaint::new("the first point must lie after 0 minutes")
                .help("the curve is flat before its first point"));
        }
        if points.last().is_some_and(|last| point.0 <= last.0 || point.1 > last.1) {
            return Err(Complaint::new("times must rise and values must not")
                .help("a later answer never converts better"));
        }
        points.push(point);
    }
    if points.is_empty() { Err(complaint()) } else { Ok(points) }
}

/// "route at once" (`None`) or "hold until 08:00" (the minute of the day).
pub(super) fn after_hours(node: &Node) -> Read<Option<u16>> {
    let written = text(node)?.trim();
    if written == "route at once" {
        return Ok(None);
    }
    let minute =
        written.strip_prefix("hold until ").and_then(|clock| crate::time::parse_time_of_day(clock.trim()));
    match minute {
        Some(minute) if minute < 1440 => Ok(Some(minute)),
        _ => Err(Complaint::new(format!(
            "\"{}\" says neither when nor whether leads are held",
            shortened(written)
        ))
        .help("write \"hold until 08:00\" or \"route at once\"")),
    }
}

/// Where a lead goes when sales is through with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Whither {
    Closed,
    Nurture,
    Recycle(u32),
}

/// "closed", "nurture" or "recycle in 90 days".
pub(super) fn destination(node: &Node) -> Read<Whither> {
    let written = text(node)?.trim();
    let days = || {
        let days = written.strip_prefix("recycle in ")?.trim_end_matches('s').strip_suffix("day")?;
        days.trim().parse::<u32>().ok().filter(|days| *days <= 3650)
    };
    match (written, days()) {
        ("closed", _) => Ok(Whither::Closed),
        ("nurture", _) => Ok(Whither::Nurture),
        (_, Some(days)) => Ok(Whither::Recycle(days)),
        _ => Err(Complaint::new(format!("\"{}\" is no place for a lead to go", shortened(written)))
            .help("write \"closed\", \"nurture\" or \"recycle in 90 days\"")),
    }
}
