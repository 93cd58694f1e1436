//! A moment in time, exact to the microsecond, the same everywhere on Earth.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

use super::span::Span;

/// A moment, in microseconds since 1970-01-01T00:00:00Z. Sums are plain integers; the ends lie so far from those of the integers that a
/// few of them add up exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// The earliest moment that can be written down, before every calendar.
    pub const MIN: Instant = Instant(-Span::MAX.micros());
    /// The latest moment that can be written down: "never" in a queue of events.
    pub const MAX: Instant = Instant(Span::MAX.micros());

    /// The moment this many microseconds after the Unix epoch.
    #[inline]
    pub const fn from_micros(micros: i64) -> Instant {
        Instant(micros)
    }

    /// Microseconds since the Unix epoch.
    #[inline]
    pub const fn micros(self) -> i64 {
        self.0
    }
}

impl Add<Span> for Instant {
    type Output = Instant;
    #[inline]
    fn add(self, span: Span) -> Instant {
        Instant(self.0 + span.micros())
    }
}

impl AddAssign<Span> for Instant {
    #[inline]
    fn add_assign(&mut self, span: Span) {
        *self = *self + span;
    }
}

impl Sub<Span> for Instant {
    type Output = Instant;
    #[inline]
    fn sub(self, span: Span) -> Instant {
        Instant(self.0 - span.micros())
    }
}

impl Sub for Instant {
    type Output = Span;
    #[inline]
    fn sub(self, earlier: Instant) -> Span {
        Span::from_micros(self.0 - earlier.0)
    }
}

/// Writes the moment in UTC, as in `2026-03-10T13:00:00Z`.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_microsecond(self.0) {
            Ok(timestamp) => f.pad(&timestamp.to_string()),
            Err(_) if self.0 > 0 => f.pad("the end of time"),
            Err(_) => f.pad("the beginning of time"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_spans_add_up() {
        let noon = Instant::from_micros(43_200_000_000);
        assert_eq!(noon + Span::hours(1) - noon, Span::minutes(60));
        assert_eq!(noon - Span::hours(12), Instant::from_micros(0));
        let mut later = noon;
        later += Span::seconds(1);
        assert!(later > noon);
    }

    #[test]
    fn the_ends_add_up() {
        assert!(Instant::MAX + Span::days(1) > Instant::MAX);
        assert!(Instant::MIN - Span::days(1) < Instant::MIN);
        assert_eq!(Instant::MAX - Instant::MIN - Span::MAX, Span::MAX);
        assert_eq!(Instant::MAX + Span::MAX - Span::MAX, Instant::MAX);
    }

    #[test]
    fn shown_in_utc() {
        assert_eq!(Instant::from_micros(0).to_string(), "1970-01-01T00:00:00Z");
        assert_eq!(Instant::MAX.to_string(), "the end of time");
    }
}
