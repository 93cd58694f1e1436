//! A time zone by its IANA name, from data inside the program, so the same file gives the same answer on every machine.

use std::sync::LazyLock;

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

use super::instant::Instant;
use super::spelling::{closest, way_out};

/// Never the system's database: two machines with different updates would disagree.
static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// What people in sales write for a zone that the database does not know, and the name it most likely stands for.
const EVERYDAY_NAMES: [(&str, &str); 14] = [
    ("ET", "America/New_York"),
    ("EDT", "America/New_York"),
    ("Eastern", "America/New_York"),
    ("CT", "America/Chicago"),
    ("CDT", "America/Chicago"),
    ("Central", "America/Chicago"),
    ("MT", "America/Denver"),
    ("MDT", "America/Denver"),
    ("PT", "America/Los_Angeles"),
    ("PST", "America/Los_Angeles"),
    ("PDT", "America/Los_Angeles"),
    ("Pacific", "America/Los_Angeles"),
    ("BST", "Europe/London"),
    ("CEST", "Europe/Berlin"),
];

/// A time zone with its daylight-saving rules; cloning is cheap, and zones are equal when their names are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    timezone: TimeZone,
}

/// A zone name the bundled IANA database does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown time zone \"{name}\"; {}", way_out(.suggestion.as_deref(), "write an IANA name, for example \"Europe/Amsterdam\""))]
pub struct UnknownZone {
    /// The name as written.
    pub name: String,
    /// The known name it most resembles, if any does.
    pub suggestion: Option<String>,
}

impl Zone {
    /// The zone with this IANA name, in any letter case.
    ///
    /// # Errors
    /// [`UnknownZone`] when there is none, with the closest known name.
    pub fn named(name: &str) -> Result<Zone, UnknownZone> {
        let name = name.trim();
        let found = DATABASE.get(name).ok().filter(|timezone| !timezone.is_unknown());
        match found {
            Some(timezone) => Ok(Zone { timezone }),
            None => Err(UnknownZone { name: name.to_string(), suggestion: suggestion(name) }),
        }
    }

    /// Coordinated Universal Time, which has no daylight saving.
    pub fn utc() -> Zone {
        Zone { timezone: TimeZone::UTC }
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        self.timezone.iana_name().unwrap_or("UTC")
    }

    /// The moment a clock on the wall shows this date and time: a time the clocks skip in spring is shifted forward by
    /// what they skip (02:30 means 03:30), and a time they show twice in autumn means the first.
    pub fn instant(&self, local: DateTime) -> Instant {
        match self.timezone.to_ambiguous_timestamp(local).compatible() {
            Ok(timestamp) => Instant::from_micros(timestamp.as_microsecond()),
            Err(_) if local.year() > 0 => Instant::from_micros(jiff::Timestamp::MAX.as_microsecond()),
            Err(_) => Instant::from_micros(jiff::Timestamp::MIN.as_microsecond()),
        }
    }

    /// Whether the clocks on the wall never show this date and time, because they skip it in spring.
    pub fn skips(&self, local: DateTime) -> bool {
        matches!(self.timezone.to_ambiguous_timestamp(local).offset(), AmbiguousOffset::Gap { .. })
    }

    /// The first moment at which a clock on the wall shows this date and time or a later one: a time the clocks skip in spring
    /// is the moment of the skip. So begin and end the hours of a [`Calendar`](super::Calendar).
    pub fn first_moment(&self, local: DateTime) -> Instant {
        let at = self.instant(local);
        if self.local(at) == local {
            return at;
        }
        let skip = self.timezone.preceding(timestamp(at + super::span::Span::from_micros(1))).next();
        skip.map_or(at, |skip| Instant::from_micros(skip.timestamp().as_microsecond()))
    }

    /// What a clock on the wall shows at this moment (moments beyond the year 9999 show as its last).
    pub fn local(&self, instant: Instant) -> DateTime {
        self.timezone.to_datetime(timestamp(instant))
    }

    /// The zone's distance from UTC over a stretch of time, as (from when, microseconds to add to UTC); the first entry
    /// holds from the beginning of time and the last until the end of it.
    pub(super) fn offsets(&self, from: Instant, to: Instant) -> Vec<(Instant, i64)> {
        let micros = |offset: jiff::tz::Offset| i64::from(offset.seconds()) * super::span::SECOND;
        let first = micros(self.timezone.to_offset(timestamp(from)));
        let mut offsets = vec![(Instant::MIN, first)];
        for transition in self.timezone.following(timestamp(from)) {
            let at = Instant::from_micros(transition.timestamp().as_microsecond());
            if at > to {
                break;
            }
            let offset = micros(transition.offset());
            // some transitions only rename the zone's abbreviation
            if offsets.last().is_some_and(|&(_, previous)| previous != offset) {
                offsets.push((at, offset));
            }
        }
        offsets
    }
}

/// The nearest moment jiff can represent (years -9999 to 9999).
fn timestamp(instant: Instant) -> jiff::Timestamp {
    let (first, last) = (jiff::Timestamp::MIN, jiff::Timestamp::MAX);
    let micros = instant.micros().clamp(first.as_microsecond(), last.as_microsecond());
    jiff::Timestamp::from_microsecond(micros).unwrap_or(if micros < 0 { first } else { last })
}

/// The known name a mistyped one most resembles, comparing the whole name, then the city alone ("New York").
fn suggestion(name: &str) -> Option<String> {
    if let Some((_, zone)) = EVERYDAY_NAMES.iter().find(|(everyday, _)| everyday.eq_ignore_ascii_case(name)) {
        return Some((*zone).to_string());
    }
    let known: Vec<String> = DATABASE.available().map(|known| known.to_string()).collect();
    let city = name.rsplit('/').next().unwrap_or(name).replace(' ', "_");
    let same_city =
        known.iter().find(|known| known.rsplit('/').next().is_some_and(|c| c.eq_ignore_ascii_case(&city)));
    let whole = || closest(name, known.iter().map(String::as_str));
    let part = || {
        // a word of few letters is like too many cities: "Mars" is neither Marquesas nor Maseru
        let city = closest(&city, known.iter().filter_map(|known| known.rsplit('/').next()))
            .filter(|_| city.chars().count() > 4)?;
        known.iter().map(String::as_str).find(|known| known.rsplit('/').next() == Some(city))
    };
    same_city.map(String::as_str).or_else(whole).or_else(part).map(str::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;
    use jiff::civil::date;

    #[test]
    fn a_mistyped_name_gets_a_guess() {
        let error = Zone::named("America/New_Yrok").expect_err("no such zone");
        assert_eq!(
            error.to_string(),
            "unknown time zone \"America/New_Yrok\"; did you mean \"America/New_York\"?"
        );
        let guess = |name: &str| Zone::named(name).expect_err("no such zone").suggestion;
        assert_eq!(guess("New York").as_deref(), Some("America/New_York"));
        assert_eq!(guess("Amsterdm").as_deref(), Some("Europe/Amsterdam"));
        assert_eq!(guess("PST").as_deref(), Some("America/Los_Angeles"));
        assert_eq!(guess("qqq"), None);
        assert!(Zone::named("qqq").expect_err("no such zone").to_string().ends_with("\"Europe/Amsterdam\""));
        assert!(Zone::named("Etc/Unknown").is_err());
        assert!(Zone::named("").is_err());
    }

    #[test]
    fn names_ignore_case_and_utc_is_utc() {
        assert_eq!(Zone::named("europe/amsterdam").expect("known").name(), "Europe/Amsterdam");
        assert_eq!(Zone::named("UTC").expect("known"), Zone::utc());
        assert_eq!(Zone::utc().name(), "UTC");
        assert_eq!(
            Zone::utc().instant(date(1970, 1, 2).at(0, 0, 0, 0)),
            Instant::from_micros(0) + Span::days(1)
        );
    }

    #[test]
    fn skipped_times_shift_forward_and_repeated_times_mean_the_first() {
        let zone = Zone::named("America/New_York").expect("known");
        let skipped = zone.instant(date(2026, 3, 8).at(2, 30, 0, 0));
        assert_eq!(zone.local(skipped), date(2026, 3, 8).at(3, 30, 0, 0));
        let skips = |hour, minute| zone.skips(date(2026, 3, 8).at(hour, minute, 0, 0));
        assert_eq!([skips(1, 59), skips(2, 0), skips(2, 59), skips(3, 0)], [false, true, true, false]);
        assert!(!zone.skips(date(2026, 11, 1).at(1, 30, 0, 0)), "shown twice is not skipped");
        let repeated = zone.instant(date(2026, 11, 1).at(1, 30, 0, 0));
        assert_eq!(repeated.to_string(), "2026-11-01T05:30:00Z");
        assert_eq!(zone.local(repeated + Span::hours(1)), date(2026, 11, 1).at(1, 30, 0, 0));
    }

    #[test]
    fn the_first_moment_of_a_skipped_time_is_the_skip() {
        for (name, day, hour) in
            [("America/New_York", date(2026, 3, 8), 2), ("Europe/Berlin", date(2026, 3, 29), 2)]
        {
            let zone = Zone::named(name).expect("known");
            let at = |hour: i8, minute: i8| zone.first_moment(day.at(hour, minute, 0, 0));
            for minute in [0, 15, 30, 59] {
                assert_eq!(at(hour, minute), at(hour + 1, 0), "{name}");
            }
            assert_eq!(zone.local(at(1, 59)), day.at(1, 59, 0, 0));
            assert_eq!(zone.local(at(hour + 1, 1)), day.at(hour + 1, 1, 0, 0));
        }
        let zone = Zone::named("America/New_York").expect("known");
        let repeated = date(2026, 11, 1).at(1, 30, 0, 0);
        assert_eq!(zone.first_moment(repeated), zone.instant(repeated));
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        let zone = Zone::named("Asia/Kolkata").expect("known");
        assert_eq!(zone.local(Instant::MAX).year(), 9999);
        assert!(zone.instant(DateTime::MAX) > zone.instant(date(2026, 1, 1).at(0, 0, 0, 0)));
        assert!(zone.instant(DateTime::MIN) < Instant::from_micros(0));
    }
}
