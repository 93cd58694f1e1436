//! Reads the words of the trade: tiers, channels, where a lead goes, what happens after hours.

use super::{Complaint, Read, expected, number_between, positive, shortened, span, text};
use crate::scenario::problem::closest;
use crate::scenario::tree::{Node, Value};
use crate::time::Span;

/// The name of a tier, written as a word or a number.
pub(in crate::scenario) fn tier_name(node: &Node) -> Read<String> {
    match &node.value {
        Value::Whole(number) => Ok(number.to_string()),
        Value::Text(text) => Ok(text.clone()),
        _ => expected("the name of a tier, as in 1 or \"1\"", node),
    }
}

/// One of a few words.
pub(in crate::scenario) fn word<'a>(node: &'a Node, words: &[&'static str]) -> Read<&'a str> {
    let written = text(node)?;
    if words.contains(&written) {
        return Ok(written);
    }
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    let complaint = Complaint::new(format!("\"{}\" is not one of {}", shortened(written), quoted.join(", ")));
    Err(match closest(written, words.iter().copied()) {
        Some(guess) => complaint.help(format!("did you mean \"{guess}\"?")),
        None => complaint,
    })
}

/// A curve: minutes and value, minutes rising and values not.
pub(in crate::scenario) fn points(node: &Node) -> Read<Vec<(f64, f64)>> {
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

/// Rates at moments of a cycle: times rising from 0 on.
pub(in crate::scenario) fn rate_points(node: &Node) -> Read<Vec<(Span, f64)>> {
    let complaint =
        || Complaint::new("expected points of time and rate").help("write [[\"0h\", 20], [\"6h\", 32]]");
    let Value::List(items) = &node.value else { return Err(complaint()) };
    let mut points: Vec<(Span, f64)> = Vec::with_capacity(items.len());
    for item in items {
        let Value::List(pair) = &item.value else { return Err(complaint()) };
        let [time, rate] = &pair[..] else { return Err(complaint()) };
        let point = (span(time)?, number_between(rate, 0.0, 1e9)?);
        if points.last().is_some_and(|last| point.0 <= last.0) {
            return Err(Complaint::new("times must rise").help("the last point is joined to the first again"));
        }
        points.push(point);
    }
    if points.is_empty() { Err(complaint()) } else { Ok(points) }
}

/// "route at once" (`None`) or "hold until 08:00" (the minute of the day).
pub(in crate::scenario) fn after_hours(node: &Node) -> Read<Option<u16>> {
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
pub(in crate::scenario) enum Whither {
    Closed,
    Nurture,
    Recycle(u32),
}

/// "closed", "nurture" or "recycle in 90 days".
pub(in crate::scenario) fn destination(node: &Node) -> Read<Whither> {
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
