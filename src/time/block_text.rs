//! Reads opening hours the way people write them: "Mon-Fri 08:00-18:00", "Sat 10:00-14:00", "every day 00:00-24:00".

use jiff::civil::{Date, Weekday};

use super::spelling::{closest, way_out};
use super::weekly_block::{
    DatedOpening, DayBlock, MINUTES_IN_DAY, WeeklyBlock, merge_hours, merge_week, overlap,
};

/// The days of the week from Monday.
const WEEK: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// Why opening hours could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BlockError {
    /// Nothing was written.
    #[error("no opening hours given; write days and times, for example \"Mon-Fri 08:00-18:00\"")]
    Empty,
    /// There are times but no days.
    #[error("\"{text}\" does not say which days; write them first, for example \"Mon-Fri {text}\"")]
    NoDays {
        /// The text as written.
        text: String,
    },
    /// There are days but no times.
    #[error("\"{text}\" does not say which hours; add them, for example \"{text} 08:00-18:00\"")]
    NoTimes {
        /// The text as written.
        text: String,
    },
    /// A word is not a day of the week.
    #[error("\"{word}\" is not a day; {}", way_out(.suggestion.as_deref(), "write Mon, Tue, Wed, Thu, Fri, Sat or Sun"))]
    UnknownDay {
        /// The word as written.
        word: String,
        /// The day it most resembles, if any does.
        suggestion: Option<String>,
    },
    /// A stretch is not two times of day.
    #[error(
        "cannot read \"{text}\" as hours; write two times with a dash, for example 08:00-18:00, and give other days an entry of their own"
    )]
    UnreadableHours {
        /// The stretch as written.
        text: String,
    },
    /// A stretch ends before or when it starts.
    #[error(
        "\"{text}\" ends at or before it starts; no block runs past midnight, so write two: one until 24:00, and one from 00:00 on the next day"
    )]
    EndsBeforeStart {
        /// The stretch as written.
        text: String,
    },
    /// A shift ends when it starts.
    #[error("\"{text}\" ends when it starts; write 00:00-24:00 for day and night")]
    NoLength {
        /// The stretch as written.
        text: String,
    },
    /// Two stretches of one day share time.
    #[error("\"{block}\" and \"{other}\" overlap; write every hour of the week once")]
    Overlap {
        /// The first.
        block: WeeklyBlock,
        /// The other.
        other: WeeklyBlock,
    },
    /// A dated opening does not start with a date.
    #[error(
        "\"{text}\" does not start with a date; write year, month and day first, for example \"2026-03-14 10:00-14:00\""
    )]
    UnreadableDate {
        /// The text as written.
        text: String,
    },
}

/// Reads weekly opening hours, sorted from Monday with touching blocks merged: days (ranges, lists, "every day",
/// "weekdays", "weekends"), then one or more stretches ("08:00-12:00, 13:00-17:00"); ";" starts other days.
///
/// # Errors
/// [`BlockError`] says what is wrong and how to write it; a stretch past midnight is refused.
pub fn parse_blocks(text: &str) -> Result<Vec<WeeklyBlock>, BlockError> {
    parse_week(text, parse_stretch)
}

/// Reads weekly shifts: as [`parse_blocks`], but "22:00-06:00" runs past midnight and belongs to the day on which it starts.
/// Its closing counts on from that day's midnight, 06:00 being minute 1800.
///
/// # Errors
/// [`BlockError`] says what is wrong and how to write it.
pub fn parse_shifts(text: &str) -> Result<Vec<WeeklyBlock>, BlockError> {
    parse_week(text, parse_shift)
}

/// Reads one stretch of hours.
type ReadStretch = fn(&str) -> Result<DayBlock, BlockError>;

fn parse_week(text: &str, stretch: ReadStretch) -> Result<Vec<WeeklyBlock>, BlockError> {
    let mut blocks = Vec::new();
    for clause in text.split(';').map(str::trim).filter(|clause| !clause.is_empty()) {
        let plain = plain_text(clause);
        let Some(first_digit) = plain.find(|c: char| c.is_ascii_digit()) else {
            return Err(BlockError::NoTimes { text: clause.to_string() });
        };
        let (days, hours) = plain.split_at(first_digit);
        let days = parse_days(days.trim().trim_end_matches(':').trim_end(), clause)?;
        let hours = parse_hours(hours, stretch)?;
        for weekday in days {
            blocks.extend(hours.iter().map(|hours| WeeklyBlock {
                weekday,
                from_minute: hours.from_minute,
                to_minute: hours.to_minute,
            }));
        }
    }
    if let Some((block, other)) = overlap(&blocks) {
        return Err(BlockError::Overlap { block, other });
    }
    if blocks.is_empty() { Err(BlockError::Empty) } else { Ok(merge_week(&blocks)) }
}

/// Reads the hours of one date: "2026-03-14 10:00-14:00", with more stretches after commas.
///
/// # Errors
/// [`BlockError`] says what is wrong and how to write it.
pub fn parse_opening(text: &str) -> Result<DatedOpening, BlockError> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(BlockError::UnreadableDate { text: text.to_string() });
    }
    let (date, hours) = trimmed.split_once([' ', 'T']).unwrap_or((trimmed, ""));
    let date: Date = date
        .trim_end_matches(':')
        .parse()
        .map_err(|_| BlockError::UnreadableDate { text: trimmed.to_string() })?;
    if hours.trim().is_empty() {
        return Err(BlockError::NoTimes { text: trimmed.to_string() });
    }
    Ok(DatedOpening { date, blocks: merge_hours(parse_hours(&plain_text(hours), parse_stretch)?) })
}

/// Reads a time of day ("08:00", "8:30", "6pm", "24:00") as minutes after local midnight; `None` when it is not one.
pub fn parse_time_of_day(text: &str) -> Option<u16> {
    let text = text.trim().to_lowercase();
    let (digits, half) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(digits), _) => (digits.trim_end(), Some(0)),
        (_, Some(digits)) => (digits.trim_end(), Some(12 * 60)),
        _ => (text.as_str(), None),
    };
    let number = |text: &str| -> Option<u16> {
        let sound = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if sound { text.parse().ok() } else { None }
    };
    let (hour, minute) = match (digits.split_once(':'), half) {
        (Some((hour, minute)), _) if minute.len() == 2 => (number(hour)?, number(minute)?),
        (None, Some(_)) => (number(digits)?, 0),
        _ => return None,
    };
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(_) => hour % 12,
        None => hour,
    };
    let total = hour * 60 + minute + half.unwrap_or(0);
    (minute < 60 && total <= MINUTES_IN_DAY).then_some(total)
}

/// Lower case, plain dashes and no spaces round them.
fn plain_text(text: &str) -> String {
    let dashes = text.to_lowercase().replace(['–', '—', '−'], "-");
    dashes.split('-').map(str::trim).collect::<Vec<_>>().join("-")
}

fn parse_days(days: &str, clause: &str) -> Result<Vec<Weekday>, BlockError> {
    match days {
        "" => return Err(BlockError::NoDays { text: clause.to_string() }),
        "every day" | "daily" => return Ok(between(Weekday::Monday, Weekday::Sunday)),
        "weekdays" => return Ok(between(Weekday::Monday, Weekday::Friday)),
        "weekends" => return Ok(between(Weekday::Saturday, Weekday::Sunday)),
        _ => {}
    }
    let mut all = Vec::new();
    for word in days.split([',', ' ', '&', '+']).filter(|word| !word.is_empty() && *word != "and") {
        match word.split_once('-') {
            Some((first, last)) => all.extend(between(parse_day(first)?, parse_day(last)?)),
            None => all.push(parse_day(word)?),
        }
    }
    Ok(all)
}

/// A day by its name, its plural or at least its first three letters.
fn parse_day(word: &str) -> Result<Weekday, BlockError> {
    let singular = word.strip_suffix('s').filter(|word| word.ends_with("day")).unwrap_or(word);
    let known = WEEK.iter().find(|(name, _)| singular.len() >= 3 && name.starts_with(singular));
    known.map(|(_, weekday)| *weekday).ok_or_else(|| {
        // as hours are written: "Mon", not "monday"
        let known = closest(word, WEEK.iter().map(|(name, _)| *name));
        let suggestion = known.map(|name| format!("{}{}", name[..1].to_uppercase(), &name[1..3]));
        BlockError::UnknownDay { word: word.to_string(), suggestion }
    })
}

/// The days from one to another, both included, going round the weekend if need be.
fn between(first: Weekday, last: Weekday) -> Vec<Weekday> {
    let count = usize::try_from(first.until(last)).unwrap_or(0) + 1;
    first.cycle_forward().take(count).collect()
}

fn parse_hours(text: &str, read: ReadStretch) -> Result<Vec<DayBlock>, BlockError> {
    let stretches = text.replace(" and ", ",");
    stretches.split(',').map(str::trim).filter(|stretch| !stretch.is_empty()).map(read).collect()
}

fn parse_stretch(stretch: &str) -> Result<DayBlock, BlockError> {
    let block = parse_times(stretch)?;
    if block.is_sound() { Ok(block) } else { Err(BlockError::EndsBeforeStart { text: stretch.to_string() }) }
}

fn parse_shift(stretch: &str) -> Result<DayBlock, BlockError> {
    let mut block = parse_times(stretch)?;
    if block.to_minute == block.from_minute {
        return Err(BlockError::NoLength { text: stretch.to_string() });
    }
    if block.to_minute < block.from_minute {
        block.to_minute += MINUTES_IN_DAY;
    }
    Ok(block)
}

fn parse_times(stretch: &str) -> Result<DayBlock, BlockError> {
    let unreadable = || BlockError::UnreadableHours { text: stretch.to_string() };
    let (from, to) = stretch.split_once('-').ok_or_else(unreadable)?;
    let from_minute = parse_time_of_day(from).ok_or_else(unreadable)?;
    let to_minute = parse_time_of_day(to).ok_or_else(unreadable)?;
    Ok(DayBlock { from_minute, to_minute })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> String {
        let blocks = parse_blocks(text).expect(text);
        blocks.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn reads_what_people_write() {
        assert_eq!(shown("Mon,Wed 09:00-12:00"), "Mon 09:00-12:00; Wed 09:00-12:00");
        assert_eq!(shown("Sat 10:00-14:00"), "Sat 10:00-14:00");
        assert_eq!(
            shown("Fri-Mon 8:00 – 9:00"),
            "Mon 08:00-09:00; Fri 08:00-09:00; Sat 08:00-09:00; Sun 08:00-09:00"
        );
        assert_eq!(shown("Tuesdays and thurs: 8am-6:30pm"), "Tue 08:00-18:30; Thu 08:00-18:30");
        assert_eq!(shown("Mon 13:00-17:00, 08:00-12:00"), "Mon 08:00-12:00; Mon 13:00-17:00");
        assert_eq!(shown("Mon 08:00-12:00 and 12:00-18:00"), "Mon 08:00-18:00");
        assert_eq!(shown("weekends 00:00-24:00; Mon 09:00-10:00").matches(';').count(), 2);
        assert_eq!(parse_blocks("every day 00:00-24:00").expect("reads").len(), 7);
        assert_eq!(parse_blocks("Mon-Fri 08:00-18:00").expect("reads").len(), 5);
    }

    #[test]
    fn refuses_and_says_the_way_out() {
        let message = |text: &str| parse_blocks(text).expect_err(text).to_string();
        assert!(message("Mon 18:00-08:00").contains("write two: one until 24:00"));
        assert!(message("Mon 08:00-08:00").contains("ends at or before it starts"));
        assert!(message("Mon 08:00-25:00").contains("cannot read \"08:00-25:00\""));
        assert!(message("Mon 8-18").contains("for example 08:00-18:00"));
        assert!(message("Mon 08:00-12:00, Sat 10:00-14:00").contains("an entry of their own"));
        assert_eq!(message("Wendesday 08:00-18:00"), "\"wendesday\" is not a day; did you mean \"Wed\"?");
        assert_eq!(message("Mo-Fr 08:00-18:00"), "\"mo\" is not a day; did you mean \"Mon\"?");
        assert_eq!(
            message("Mon 08:00-12:00, 11:00-18:00"),
            "\"Mon 08:00-12:00\" and \"Mon 11:00-18:00\" overlap; write every hour of the week once"
        );
        assert!(parse_shifts("Mon-Fri 22:00-06:00; Wed 20:00-23:00").is_err());
        assert_eq!(shown("Mon-Tue 08:00-12:00; Mon 08:00-12:00"), "Mon 08:00-12:00; Tue 08:00-12:00");
        assert!(message("08:00-18:00").contains("\"Mon-Fri 08:00-18:00\""));
        assert!(message("Mon-Fri").contains("\"Mon-Fri 08:00-18:00\""));
        assert!(message("  ").contains("no opening hours"));
    }

    #[test]
    fn a_shift_may_run_past_midnight() {
        let night = parse_shifts("Fri-Sat 22:00-06:00").expect("reads");
        let hours: Vec<_> =
            night.iter().map(|block| (block.weekday, block.from_minute, block.to_minute)).collect();
        assert_eq!(hours, [(Weekday::Friday, 1320, 1800), (Weekday::Saturday, 1320, 1800)]);
        assert_eq!(
            parse_shifts("Mon 22:00-00:00").expect("reads"),
            parse_blocks("Mon 22:00-24:00").expect("reads")
        );
        assert_eq!(parse_shifts("Mon-Fri 09:00-17:00"), parse_blocks("Mon-Fri 09:00-17:00"));
        let message = parse_shifts("Mon 08:00-08:00").expect_err("no length").to_string();
        assert_eq!(message, "\"08:00-08:00\" ends when it starts; write 00:00-24:00 for day and night");
    }

    #[test]
    fn reads_the_hours_of_one_date() {
        let opening = parse_opening("2026-03-14 13:00-15:00, 10:00-13:00").expect("reads");
        assert_eq!(opening.date, jiff::civil::date(2026, 3, 14));
        assert_eq!(opening.blocks, [DayBlock { from_minute: 600, to_minute: 900 }]);
        assert!(matches!(parse_opening("Sat 10:00-14:00"), Err(BlockError::UnreadableDate { .. })));
        assert!(matches!(parse_opening("2026-02-30 10:00-14:00"), Err(BlockError::UnreadableDate { .. })));
        assert!(matches!(parse_opening("2026-03-14"), Err(BlockError::NoTimes { .. })));
        assert!(matches!(parse_opening(""), Err(BlockError::UnreadableDate { .. })));
    }

    #[test]
    fn times_of_day() {
        let cases =
            [("08:00", 480), ("8:30", 510), ("24:00", 1440), ("12am", 0), ("12pm", 720), ("6:15 pm", 1095)];
        for (text, minute) in cases {
            assert_eq!(parse_time_of_day(text), Some(minute), "{text}");
        }
        for text in ["", "8", "8:5", "08:60", "24:01", "13pm", "0am", "+8:00", "8:+1", "008:00"] {
            assert_eq!(parse_time_of_day(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,20}") {
            let _ = parse_blocks(&text);
            let _ = parse_opening(&text);
        }
    }
}
