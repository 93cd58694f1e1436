//! Reads a length of time the way people write it: "15min", "1h30m", "90 sec", "2 days", "PT5M".

use super::span::{DAY, HOUR, MINUTE, SECOND, Span};
use super::spelling::{closest, way_out};

/// Every spelling of a unit and its length in microseconds.
const UNITS: [(&str, i64); 23] = [
    ("ms", SECOND / 1000),
    ("s", SECOND),
    ("sec", SECOND),
    ("secs", SECOND),
    ("second", SECOND),
    ("seconds", SECOND),
    ("m", MINUTE),
    ("min", MINUTE),
    ("mins", MINUTE),
    ("minute", MINUTE),
    ("minutes", MINUTE),
    ("h", HOUR),
    ("hr", HOUR),
    ("hrs", HOUR),
    ("hour", HOUR),
    ("hours", HOUR),
    ("d", DAY),
    ("day", DAY),
    ("days", DAY),
    ("w", 7 * DAY),
    ("wk", 7 * DAY),
    ("week", 7 * DAY),
    ("weeks", 7 * DAY),
];

/// Units whose length depends on where in the calendar they fall.
const VARYING_UNITS: [&str; 9] = ["mo", "month", "months", "quarter", "quarters", "y", "yr", "year", "years"];

/// Why a length of time could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// Nothing was written.
    #[error("no length of time given; write a number and a unit, for example 15min")]
    Empty,
    /// A number stands alone.
    #[error("\"{number}\" has no unit; write a unit, for example {number}min")]
    NoUnit {
        /// The number as written.
        number: String,
    },
    /// The unit is not one of the known ones.
    #[error("unknown unit \"{unit}\"; {}", way_out(.suggestion.as_deref(), "use s, min, h, days or weeks"))]
    UnknownUnit {
        /// The unit as written.
        unit: String,
        /// The known unit it most resembles, if any does.
        suggestion: Option<String>,
    },
    /// The unit has no fixed length, as with months.
    #[error("\"{unit}\" has no fixed length; write days or weeks, for example 30 days")]
    VaryingUnit {
        /// The unit as written.
        unit: String,
    },
    /// The text is not a row of numbers and units.
    #[error(
        "cannot read \"{text}\" as a length of time; write a number and a unit, for example 15min or 1.5h"
    )]
    Unreadable {
        /// The text as written.
        text: String,
    },
    /// The length is below zero.
    #[error("\"{text}\" is negative; write a length of zero or more, for example 15min")]
    Negative {
        /// The text as written.
        text: String,
    },
    /// The length does not fit.
    #[error("\"{text}\" is longer than 290,000 years; write a shorter length, for example 15min")]
    TooLong {
        /// The text as written.
        text: String,
    },
}

/// Reads one or more numbers with units ("15min", "1h30m", "1 hour and 30 min", "0.5h", "4 weeks") or an ISO 8601
/// duration ("PT5M"); a day is 24 hours, and the result is rounded to the microsecond.
///
/// # Errors
/// [`SpanError`] says what is wrong and how to write it; a bare number is refused because its unit would be a guess.
pub fn parse_span(text: &str) -> Result<Span, SpanError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(SpanError::Empty);
    }
    if text.starts_with(['-', '−']) {
        return Err(SpanError::Negative { text: text.to_string() });
    }
    let lower = text.to_lowercase();
    let parts = match lower.strip_prefix('p') {
        Some(rest) if rest.starts_with(|c: char| c == 't' || c.is_ascii_digit()) => iso_parts(rest, text)?,
        _ => word_parts(&lower, text)?,
    };
    let mut micros: i128 = 0;
    for (number, unit_micros) in parts {
        micros += exact_micros(&number, unit_micros).ok_or_else(|| too_long(text))?;
    }
    i64::try_from(micros)
        .ok()
        .map(Span::from_micros)
        .filter(|span| *span <= Span::MAX)
        .ok_or_else(|| too_long(text))
}

fn too_long(text: &str) -> SpanError {
    SpanError::TooLong { text: text.to_string() }
}

/// Splits "1 hour and 30 min" into numbers and the length of their units in microseconds.
fn word_parts(lower: &str, text: &str) -> Result<Vec<(String, i64)>, SpanError> {
    let mut parts = Vec::new();
    let mut rest = lower;
    while !rest.is_empty() {
        let (number, after) = leading_number(rest, text)?;
        let after = after.trim_start();
        let (unit, after) = split_where(after, |c| !c.is_alphabetic());
        if unit.is_empty() && after.trim().is_empty() {
            return Err(SpanError::NoUnit { number });
        }
        parts.push((number, unit_length(unit, text)?));
        rest = after.trim_start_matches([' ', ',', '\t']);
        rest = rest.strip_prefix("and ").unwrap_or(rest).trim_start();
    }
    Ok(parts)
}

/// Splits the part of an ISO 8601 duration after its P, where M means months before the T and minutes after it.
fn iso_parts(body: &str, text: &str) -> Result<Vec<(String, i64)>, SpanError> {
    let unreadable = || SpanError::Unreadable { text: text.to_string() };
    let (dates, times) = body.split_once('t').unwrap_or((body, ""));
    let mut parts = Vec::new();
    for (section, in_times) in [(dates, false), (times, true)] {
        let mut rest = section;
        while !rest.is_empty() {
            let (number, after) = leading_number(rest, text)?;
            let letter = after.chars().next().ok_or_else(unreadable)?;
            let length = match (in_times, letter) {
                (false, 'w') => 7 * DAY,
                (false, 'd') => DAY,
                (false, 'm') => return Err(SpanError::VaryingUnit { unit: "months".to_string() }),
                (false, 'y') => return Err(SpanError::VaryingUnit { unit: "years".to_string() }),
                (true, 'h') => HOUR,
                (true, 'm') => MINUTE,
                (true, 's') => SECOND,
                _ => return Err(unreadable()),
            };
            parts.push((number, length));
            rest = &after[letter.len_utf8()..];
        }
    }
    if parts.is_empty() { Err(unreadable()) } else { Ok(parts) }
}

/// Takes a plain decimal number off the front.
fn leading_number<'a>(rest: &'a str, text: &str) -> Result<(String, &'a str), SpanError> {
    let (number, after) = split_where(rest, |c| !(c.is_ascii_digit() || c == '.'));
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let points = number.len() - digits;
    let decimal_comma =
        after.strip_prefix(',').is_some_and(|tail| tail.starts_with(|c: char| c.is_ascii_digit()));
    if digits == 0 || points > 1 || decimal_comma {
        return Err(SpanError::Unreadable { text: text.to_string() });
    }
    Ok((number.to_string(), after))
}

/// Cuts the text before the first character that satisfies the test.
fn split_where(text: &str, test: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(test).unwrap_or(text.len()))
}

fn unit_length(unit: &str, text: &str) -> Result<i64, SpanError> {
    if let Some((_, length)) = UNITS.iter().find(|(name, _)| *name == unit) {
        return Ok(*length);
    }
    if unit.is_empty() {
        return Err(SpanError::Unreadable { text: text.to_string() });
    }
    if VARYING_UNITS.contains(&unit) {
        return Err(SpanError::VaryingUnit { unit: unit.to_string() });
    }
    let suggestion = closest(unit, UNITS.iter().map(|(name, _)| *name)).map(str::to_string);
    Err(SpanError::UnknownUnit { unit: unit.to_string(), suggestion })
}

/// A decimal number of units in whole microseconds without passing through floating point, so 0.1 h is exactly 6 min.
fn exact_micros(number: &str, unit_micros: i64) -> Option<i128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    // 15 decimals of a week are already far below a microsecond
    let fraction = &fraction[..fraction.len().min(15)];
    let scale = 10_i128.pow(fraction.len() as u32);
    let numerator: i128 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    let unit = i128::from(unit_micros);
    Some(i128::from(whole) * unit + (2 * numerator * unit + scale) / (2 * scale))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_write() {
        let cases = [
            ("15min", Span::minutes(15)),
            ("1h30m", Span::minutes(90)),
            ("90 sec", Span::seconds(90)),
            ("2 days", Span::days(2)),
            ("0.5h", Span::minutes(30)),
            (".5 h", Span::minutes(30)),
            ("PT5M", Span::minutes(5)),
            ("p1dt2h", Span::hours(26)),
            ("P2W", Span::days(14)),
            ("4 weeks", Span::days(28)),
            ("1 hour and 30 min", Span::minutes(90)),
            ("2 days, 3 h", Span::hours(51)),
            (" 15 Minutes ", Span::minutes(15)),
            ("0.1h", Span::minutes(6)),
            ("0 min", Span::ZERO),
            ("250ms", Span::from_micros(250_000)),
        ];
        for (text, span) in cases {
            assert_eq!(parse_span(text), Ok(span), "{text}");
        }
    }

    #[test]
    fn refuses_and_says_the_way_out() {
        let message = |text: &str| parse_span(text).expect_err(text).to_string();
        assert_eq!(message("15"), "\"15\" has no unit; write a unit, for example 15min");
        assert_eq!(message("1h30"), "\"30\" has no unit; write a unit, for example 30min");
        assert_eq!(message("15 minuets"), "unknown unit \"minuets\"; did you mean \"minutes\"?");
        assert_eq!(message("3 xyz"), "unknown unit \"xyz\"; use s, min, h, days or weeks");
        assert!(message("3 months").starts_with("\"months\" has no fixed length"));
        assert!(message("P3M").starts_with("\"months\" has no fixed length"));
        assert!(message("").ends_with("for example 15min"));
        assert!(message("-5min").contains("negative"));
        assert!(message("9999999999999 weeks").contains("longer"));
        assert!(message("99999999999999999999 s").contains("longer"));
        for text in ["min", "1,5h", "1.2.3h", "PT", "PT5", "P5H", "5min!", "15 15 min", "."] {
            assert!(matches!(parse_span(text), Err(SpanError::Unreadable { .. })), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(micros in 0_i64..Span::MAX.micros()) {
            let span = Span::from_micros(micros);
            prop_assert_eq!(parse_span(&span.to_string()), Ok(span));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,12}") {
            let _ = parse_span(&text);
        }
    }
}
