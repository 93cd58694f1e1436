//! Reads and writes a promise about time in words: "15 business min", "by close of the 2nd business day".

use std::fmt;
use std::str::FromStr;

use super::block_text::parse_time_of_day;
use super::duration::{SpanError, parse_span};
use super::span::{HOUR, MINUTE, Span, decimal_seconds};
use super::target::Target;
use super::weekly_block::clock_text;

/// Why a target could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// Nothing was written.
    #[error("no target given; write one, for example \"15 business min\" or \"by 09:00 next business day\"")]
    Empty,
    /// The amount of time in it could not be read.
    #[error(transparent)]
    Amount(#[from] SpanError),
    /// A number stands alone, so neither the unit nor the kind of clock is known.
    #[error(
        "\"{number}\" has no unit; write a unit, for example {number}min, or {number} business min for open hours only"
    )]
    NoUnit {
        /// The number as written.
        number: String,
    },
    /// Business days with a fraction or together with other units, or business weeks.
    #[error(
        "\"{text}\" is not a whole number of business days; write for example \"2 business days\" or \"12 business hours\""
    )]
    NotWholeDays {
        /// The target as written.
        text: String,
    },
    /// A "by" that does not say which day.
    #[error(
        "\"{text}\" does not say on which day; write for example \"by 09:00 next business day\" or \"by close of the 2nd business day\""
    )]
    WhichDay {
        /// The target as written.
        text: String,
    },
    /// A day without a time on it: "next business day".
    #[error("\"{text}\" does not say until when on that day; write \"{by}\" or \"{days}\"")]
    WhenOnDay {
        /// The target as written.
        text: String,
        /// The same day with a time of day.
        by: Box<Target>,
        /// So many business days after the start.
        days: Box<Target>,
    },
    /// A "by" with no readable time of day.
    #[error("\"{time}\" is not a time of day; write for example \"by 09:00 next business day\"")]
    WhichTime {
        /// The words where the time should be.
        time: String,
    },
}

impl FromStr for Target {
    type Err = TargetError;

    /// Reads "15min" (wall clock), "15 business min", "2 business days", "by 09:00 next business day", "by 09:00 in 2
    /// business days", "by close of the 2nd business day", "same business day" or "24h skipping closed days".
    fn from_str(text: &str) -> Result<Target, TargetError> {
        let plain = text
            .to_lowercase()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .replace("working", "business");
        if plain.is_empty() {
            return Err(TargetError::Empty);
        }
        if ["same business day", "same day"].contains(&plain.as_str()) {
            return Ok(Target::CloseOfBusinessDay(0));
        }
        if let Some(rest) = plain.strip_prefix("by ") {
            return parse_by(rest, text);
        }
        if let Some(amount) = plain.strip_suffix("skipping closed days") {
            return Ok(Target::SkippingClosedDays(amount_of(amount)?));
        }
        if let Some(business_days) = parse_day_alone(&plain) {
            return Err(TargetError::WhenOnDay {
                text: text.trim().to_string(),
                by: Box::new(Target::ByTime { minute_of_day: 18 * 60, business_days }),
                days: Box::new(Target::BusinessDays(business_days)),
            });
        }
        match plain.split_once("business") {
            Some((before, after)) => parse_business(&format!("{before}{after}"), text),
            None => Ok(Target::Wall(amount_of(&plain)?)),
        }
    }
}

/// Reads a span, but names the choice of clock when the unit is missing.
fn amount_of(amount: &str) -> Result<Span, TargetError> {
    parse_span(amount).map_err(|error| match error {
        SpanError::NoUnit { number } => TargetError::NoUnit { number },
        other => TargetError::Amount(other),
    })
}

/// Reads what is left of a business target without the word "business": whole days, or an amount without days.
fn parse_business(amount: &str, text: &str) -> Result<Target, TargetError> {
    let mut units = amount.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    // a business day is not 24 hours of open time, so days stand alone
    if !units.any(|unit| unit.starts_with(['d', 'w'])) {
        return Ok(Target::Business(amount_of(amount)?));
    }
    let not_whole = || TargetError::NotWholeDays { text: text.trim().to_string() };
    let amount = amount.trim();
    let unit_start = amount.find(|c: char| !c.is_ascii_digit()).ok_or_else(not_whole)?;
    let (number, unit) = amount.split_at(unit_start);
    match (number.parse(), unit.trim()) {
        (Ok(business_days), "d" | "day" | "days") => Ok(Target::BusinessDays(business_days)),
        _ => Err(not_whole()),
    }
}

/// Reads what follows "by".
fn parse_by(rest: &str, text: &str) -> Result<Target, TargetError> {
    let which_day = |words: &str| {
        parse_which_day(words).ok_or_else(|| TargetError::WhichDay { text: text.trim().to_string() })
    };
    if rest == "close of business" {
        return Ok(Target::CloseOfBusinessDay(0));
    }
    if let Some(day) = rest.strip_prefix("close of ") {
        return Ok(Target::CloseOfBusinessDay(which_day(day)?));
    }
    // "9:00 am" may be written apart
    let mut words = rest.splitn(3, ' ');
    let (first, second, third) =
        (words.next().unwrap_or(""), words.next().unwrap_or(""), words.next().unwrap_or(""));
    let (time, day) = match second {
        "am" | "pm" => (format!("{first}{second}"), third.to_string()),
        _ => (first.to_string(), format!("{second} {third}")),
    };
    let minute_of_day = parse_time_of_day(&time).ok_or(TargetError::WhichTime { time })?;
    Ok(Target::ByTime { minute_of_day, business_days: which_day(day.trim())? })
}

/// Reads a day that stands alone, as in "next business day" or "the next day"; "2 business days" is an amount, not a day.
fn parse_day_alone(words: &str) -> Option<u32> {
    let amount = words.split(' ').next().is_some_and(|first| first.parse::<u32>().is_ok());
    let business = match words.ends_with("next day") {
        true => words.replace("next day", "next business day"),
        false => words.to_string(),
    };
    parse_which_day(&business).filter(|_| !amount)
}

/// Reads "next business day", "in 2 business days", "the 2nd business day" or "the same business day" as a number.
fn parse_which_day(words: &str) -> Option<u32> {
    let mut words = words.split(' ').skip_while(|word| ["on", "of", "in", "the"].contains(word));
    let which = words.next()?;
    if words.next()? != "business" || !["day", "days"].contains(&words.next()?) || words.next().is_some() {
        return None;
    }
    match which {
        "same" => Some(0),
        "next" | "following" | "first" => Some(1),
        "second" => Some(2),
        "third" => Some(3),
        _ => {
            let (digits, ending) =
                which.split_at(which.find(|c: char| !c.is_ascii_digit()).unwrap_or(which.len()));
            let number = digits.parse().ok()?;
            (ending.is_empty() || ending == ordinal_ending(number)).then_some(number)
        }
    }
}

/// "st", "nd", "rd" or "th".
fn ordinal_ending(number: u32) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

/// An amount of open time in the largest unit that fits exactly; never days, because a business day is not 24 hours.
fn business_amount(amount: Span) -> String {
    let micros = amount.micros();
    if micros == HOUR {
        "1 business hour".to_string()
    } else if micros % HOUR == 0 && micros != 0 {
        format!("{} business hours", micros / HOUR)
    } else if micros % MINUTE == 0 {
        format!("{} business min", micros / MINUTE)
    } else {
        let sign = if micros < 0 { "-" } else { "" };
        format!("{sign}{} business s", decimal_seconds(micros.unsigned_abs()))
    }
}

/// Writes the target so that reading it back gives the same one.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match *self {
            Target::Wall(amount) => amount.to_string(),
            Target::Business(amount) => business_amount(amount),
            Target::SkippingClosedDays(amount) => format!("{amount} skipping closed days"),
            Target::BusinessDays(1) => "1 business day".to_string(),
            Target::BusinessDays(days) => format!("{days} business days"),
            Target::ByTime { minute_of_day, business_days } => {
                let time = clock_text(minute_of_day);
                match business_days {
                    0 => format!("by {time} the same business day"),
                    1 => format!("by {time} next business day"),
                    days => format!("by {time} in {days} business days"),
                }
            }
            Target::CloseOfBusinessDay(0) => "same business day".to_string(),
            Target::CloseOfBusinessDay(1) => "by close of the next business day".to_string(),
            Target::CloseOfBusinessDay(days) => {
                format!("by close of the {days}{} business day", ordinal_ending(days))
            }
        };
        f.pad(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_write() {
        let by = |minute_of_day, business_days| Target::ByTime { minute_of_day, business_days };
        let cases = [
            ("15min", Target::Wall(Span::minutes(15))),
            ("1 day", Target::Wall(Span::days(1))),
            ("15 business min", Target::Business(Span::minutes(15))),
            ("15 business minutes", Target::Business(Span::minutes(15))),
            ("2 Business Hours", Target::Business(Span::hours(2))),
            ("4 working hours", Target::Business(Span::hours(4))),
            ("1 business hour 30 min", Target::Business(Span::minutes(90))),
            ("1.5h business", Target::Business(Span::minutes(90))),
            ("1 business day", Target::BusinessDays(1)),
            ("3 working days", Target::BusinessDays(3)),
            ("by 09:00 next business day", by(540, 1)),
            ("by 9 am on the next business day", by(540, 1)),
            ("by 09:00 in 2 business days", by(540, 2)),
            ("by 17:00 on the same business day", by(1020, 0)),
            ("by close of the 2nd business day", Target::CloseOfBusinessDay(2)),
            ("by close of next business day", Target::CloseOfBusinessDay(1)),
            ("by close of business", Target::CloseOfBusinessDay(0)),
            ("same business day", Target::CloseOfBusinessDay(0)),
            ("same day", Target::CloseOfBusinessDay(0)),
            ("24h skipping closed days", Target::SkippingClosedDays(Span::hours(24))),
        ];
        for (text, target) in cases {
            assert_eq!(text.parse(), Ok(target), "{text}");
        }
    }

    #[test]
    fn refuses_and_says_the_way_out() {
        let message = |text: &str| Target::parse(text).expect_err(text).to_string();
        assert!(message("15").contains("15 business min for open hours only"));
        assert!(message("15 business").contains("\"15\" has no unit"));
        assert!(message("1.5 business days").contains("not a whole number of business days"));
        assert!(message("1 business day 2 hours").contains("12 business hours"));
        assert!(message("2 business weeks").contains("2 business days"));
        assert!(message("by 09:00").contains("by 09:00 next business day"));
        assert!(message("by 09:00 tomorrow").contains("on which day"));
        assert!(message("by noon next business day").contains("\"noon\" is not a time of day"));
        assert!(message("by close of the 2th business day").contains("on which day"));
        assert!(message("15 business minuets").contains("did you mean \"minutes\""));
        assert!(message(" ").contains("no target given"));
    }

    fn any_target() -> impl Strategy<Value = Target> {
        let span = || {
            prop_oneof![0_i64..200_000_000_000, (0_i64..5000).prop_map(|m| m * MINUTE)]
                .prop_map(Span::from_micros)
        };
        prop_oneof![
            span().prop_map(Target::Wall),
            span().prop_map(Target::Business),
            span().prop_map(Target::SkippingClosedDays),
            (0_u32..200).prop_map(Target::BusinessDays),
            (0_u16..=1440, 0_u32..200)
                .prop_map(|(minute_of_day, business_days)| Target::ByTime { minute_of_day, business_days }),
            (0_u32..200).prop_map(Target::CloseOfBusinessDay),
        ]
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(target in any_target()) {
            prop_assert_eq!(target.to_string().parse(), Ok(target));
        }

        #[test]
        fn no_text_panics(text in "(by |in |the )?\\PC{0,12}( business day)?") {
            let _ = Target::parse(&text);
        }
    }
}
