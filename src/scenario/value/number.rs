//! Reads numbers: whole ones, shares, weights, dollars.

use super::{Complaint, Read, expected, shortened};
use crate::scenario::levers::{Cost, Per};
use crate::scenario::tree::{Node, Value};

/// A number as people write it: from 10^21 on, and below a ten-millionth, as "1e300", for nobody counts 300 zeros.
pub(in crate::scenario) fn figure(number: f64) -> String {
    let size = number.abs();
    if size.is_finite() && (size >= 1e21 || (size > 0.0 && size < 1e-7)) {
        format!("{number:e}")
    } else {
        number.to_string()
    }
}

pub(in crate::scenario) fn whole(node: &Node, low: i64, high: i64) -> Read<i64> {
    match node.value {
        Value::Whole(number) if (low..=high).contains(&number) => Ok(number),
        Value::Whole(number) if number < low => {
            let range = if high == i64::MAX { "or more".to_string() } else { format!("to {high}") };
            Err(Complaint::new(format!("{number} is less than {low}"))
                .help(format!("write a whole number, {low} {range}")))
        }
        Value::Whole(number) => {
            Err(Complaint::new(format!("{number} is more than {high}, the most leadsim takes"))
                .help(format!("write {high} or less")))
        }
        Value::Number(number) => {
            Err(Complaint::new(format!("expected a whole number, found {}", figure(number)))
                .help(format!("write {}", (number.round() as i64).clamp(low, high))))
        }
        _ => expected("a whole number", node)
            .map_err(|complaint: Complaint| complaint.help("write digits alone, without quotes, such as 6")),
    }
}

/// A finite number.
pub(in crate::scenario) fn number(node: &Node) -> Read<f64> {
    match node.value {
        Value::Whole(number) => Ok(number as f64),
        Value::Number(number) if number.is_finite() => Ok(number),
        Value::Number(number) => {
            Err(Complaint::new(format!("{number} is no finite number")).help("write a finite number"))
        }
        _ => expected("a number", node).map_err(|complaint| with_digits(complaint, node)),
    }
}

/// Offers the number that a text begins with: 60 for "60 a month".
fn with_digits(complaint: Complaint, node: &Node) -> Complaint {
    let Value::Text(text) = &node.value else { return complaint };
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    match text[..end].trim_end_matches('.').parse::<f64>() {
        // "1,200" and "1e3" would be cut in the middle.
        Ok(number) if !text[end..].starts_with([',', 'e', 'E']) => complaint.help(format!("write {number}")),
        _ => complaint.help("write digits alone, without quotes, such as 60"),
    }
}

pub(in crate::scenario) fn number_between(node: &Node, low: f64, high: f64) -> Read<f64> {
    let value = number(node)?;
    if value < low && low == 0.0 {
        return Err(
            Complaint::new(format!("{} is negative", figure(value))).help("write a number of 0 or more")
        );
    }
    if value < low || value > high {
        return Err(Complaint::new(format!("{} does not lie between {low} and {high}", figure(value)))
            .help(format!("write a number from {low} to {high}")));
    }
    Ok(value)
}

pub(in crate::scenario) fn positive(node: &Node) -> Read<f64> {
    let value = number(node)?;
    if value > 0.0 {
        Ok(value)
    } else {
        Err(Complaint::new(format!("{} is not above 0", figure(value))).help("write a number above 0"))
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

pub(in crate::scenario) fn share(node: &Node) -> Read<f64> {
    let value = plain_or_percent(node)?;
    if (0.0..=1.0).contains(&value) {
        return Ok(value);
    }
    if value < 0.0 {
        return Err(Complaint::new(format!("{} is negative", figure(value)))
            .help("a probability lies between 0 and 1, or \"0%\" and \"100%\""));
    }
    let complaint =
        Complaint::new(format!("{} is more than 1: a probability lies between 0 and 1", figure(value)));
    Err(if value <= 100.0 && matches!(node.value, Value::Whole(_) | Value::Number(_)) {
        complaint.help(format!("if {value} per cent is meant, write \"{value}%\""))
    } else {
        complaint.help("write 0.2 or \"20%\"")
    })
}

pub(in crate::scenario) fn weight(node: &Node) -> Read<f64> {
    let value = plain_or_percent(node)?;
    if value < 0.0 {
        return Err(
            Complaint::new(format!("{} is negative", figure(value))).help("write a weight of 0 or more")
        );
    }
    Ok(value)
}

/// Dollars; "$70", "$40K", "$3.6M", "$1.2B", "$1,200".
pub(in crate::scenario) fn money(node: &Node) -> Read<f64> {
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
    money_text(text)
}

fn money_text(text: &str) -> Read<f64> {
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

/// What a lever costs: "$3,000 per quarter", "$500 once", or "as paid".
pub(in crate::scenario) fn cost(node: &Node) -> Read<Cost> {
    let Value::Text(text) = &node.value else {
        return expected("a cost, as in \"$3,000 per quarter\"", node);
    };
    let text = text.trim();
    if text == "as paid" {
        return Ok(Cost::AsPaid);
    }
    let hint = || "write \"$3,000 per quarter\" (or week, month, year), \"$500 once\" or \"as paid\"";
    let split = text.split_once(' ').map(|(dollars, per)| (dollars, per.trim()));
    let Some((dollars, per)) = split else {
        let what = format!("\"{}\" does not say for how long", shortened(text));
        return Err(match money_text(text) {
            Ok(_) => Complaint::new(what).help(format!("write \"{text} per quarter\", or \"{text} once\"")),
            Err(complaint) => complaint.help(hint()),
        });
    };
    let dollars = money_text(dollars).map_err(|complaint| complaint.help(hint()))?;
    let per = match per {
        "once" => Per::Once,
        "per week" | "a week" => Per::Week,
        "per month" | "a month" => Per::Month,
        "per quarter" | "a quarter" => Per::Quarter,
        "per year" | "a year" => Per::Year,
        other => {
            return Err(
                Complaint::new(format!("unknown stretch of time \"{}\"", shortened(other))).help(hint())
            );
        }
    };
    Ok(Cost::Dollars(dollars, per))
}

/// Exactly `count` weights, not all zero.
pub(in crate::scenario) fn weights(node: &Node, count: usize) -> Read<Vec<f64>> {
    let Value::List(items) = &node.value else {
        return expected(&format!("a list of {count} weights"), node);
    };
    if items.len() != count {
        return Err(Complaint::new(format!("{} weights where {count} are needed", items.len()))
            .help(format!("write {count} numbers; only their proportions count")));
    }
    let weights: Vec<f64> = items.iter().map(weight).collect::<Read<_>>()?;
    if weights.iter().sum::<f64>() > 0.0 {
        Ok(weights)
    } else {
        Err(Complaint::new("all weights are zero").help("give at least one a weight above 0"))
    }
}
