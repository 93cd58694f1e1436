//! A length of time, exact to the microsecond, shown the way people say it: "2 h 5 min".

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

/// Microseconds in a second.
pub(super) const SECOND: i64 = 1_000_000;
/// Microseconds in a minute.
pub(super) const MINUTE: i64 = 60 * SECOND;
/// Microseconds in an hour.
pub(super) const HOUR: i64 = 60 * MINUTE;
/// Microseconds in 24 hours.
pub(super) const DAY: i64 = 24 * HOUR;

/// A length of time in microseconds, which may be negative. What is made of numbers stops at [`Span::MAX`]; sums are plain integers: the
/// ends lie so far from those of the integers that sums of a few of them are exact, and nothing has to be checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(i64);

/// The nearest whole number, halves away from zero; stops at the ends, and not-a-number counts as zero. A cast and an addition,
/// where `f64::round` is a call into the mathematics library on plain x86-64.
#[inline]
fn nearest(ticks: f64) -> i64 {
    const END: f64 = Span::MAX.0 as f64;
    (ticks + 0.5f64.copysign(ticks)).clamp(-END, END) as i64
}

/// So many of a unit; stops at the ends.
const fn whole(number: i64, unit: i64) -> Span {
    let micros = number.saturating_mul(unit);
    let end = Span::MAX.0;
    Span(if micros > end {
        end
    } else if micros < -end {
        -end
    } else {
        micros
    })
}

impl Span {
    /// No time at all.
    pub const ZERO: Span = Span(0);
    /// The longest span that is told apart from a longer one, about 36,500 years.
    pub const MAX: Span = Span(1 << 60);

    /// This many microseconds.
    #[inline]
    pub const fn from_micros(micros: i64) -> Span {
        Span(micros)
    }

    /// The length in microseconds.
    #[inline]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// This many whole seconds.
    pub const fn seconds(seconds: i64) -> Span {
        whole(seconds, SECOND)
    }

    /// This many whole minutes.
    pub const fn minutes(minutes: i64) -> Span {
        whole(minutes, MINUTE)
    }

    /// This many whole hours.
    pub const fn hours(hours: i64) -> Span {
        whole(hours, HOUR)
    }

    /// This many times 24 hours, whatever the clocks do.
    pub const fn days(days: i64) -> Span {
        whole(days, DAY)
    }

    /// Seconds with a fraction, to the nearest microsecond; stops at the ends, and not-a-number counts as zero.
    pub fn from_seconds_f64(seconds: f64) -> Span {
        Span(nearest(seconds * SECOND as f64))
    }

    /// Minutes with a fraction, to the nearest microsecond; stops at the ends, and not-a-number counts as zero.
    pub fn from_minutes_f64(minutes: f64) -> Span {
        Span(nearest(minutes * MINUTE as f64))
    }

    /// Hours with a fraction, to the nearest microsecond; stops at the ends, and not-a-number counts as zero.
    pub fn from_hours_f64(hours: f64) -> Span {
        Span(nearest(hours * HOUR as f64))
    }

    /// The length in seconds.
    pub fn as_seconds(self) -> f64 {
        self.0 as f64 / SECOND as f64
    }

    /// The length in minutes.
    pub fn as_minutes(self) -> f64 {
        self.0 as f64 / MINUTE as f64
    }

    /// The length in hours.
    pub fn as_hours(self) -> f64 {
        self.0 as f64 / HOUR as f64
    }

    /// The length in days of 24 hours.
    pub fn as_days(self) -> f64 {
        self.0 as f64 / DAY as f64
    }

    /// The same length without detail nobody reads: to 0.1 s under a minute, 1 s under an hour, 1 min under two days,
    /// and 1 h beyond (halves away from zero).
    pub fn rounded(self) -> Span {
        let size = self.0.unsigned_abs();
        let step = match size {
            _ if size < MINUTE as u64 => SECOND / 10,
            _ if size < HOUR as u64 => SECOND,
            _ if size < 2 * DAY as u64 => MINUTE,
            _ => HOUR,
        } as u64;
        let steps = size / step + u64::from(size % step * 2 >= step);
        let micros = i64::try_from(steps.saturating_mul(step)).unwrap_or(i64::MAX);
        Span(if self.0 < 0 { -micros } else { micros })
    }
}

impl Add for Span {
    type Output = Span;
    #[inline]
    fn add(self, other: Span) -> Span {
        Span(self.0 + other.0)
    }
}

impl Sub for Span {
    type Output = Span;
    #[inline]
    fn sub(self, other: Span) -> Span {
        Span(self.0 - other.0)
    }
}

impl AddAssign for Span {
    #[inline]
    fn add_assign(&mut self, other: Span) {
        *self = *self + other;
    }
}

impl SubAssign for Span {
    #[inline]
    fn sub_assign(&mut self, other: Span) {
        *self = *self - other;
    }
}

impl Neg for Span {
    type Output = Span;
    #[inline]
    fn neg(self) -> Span {
        Span(-self.0)
    }
}

impl Mul<i64> for Span {
    type Output = Span;
    #[inline]
    fn mul(self, times: i64) -> Span {
        whole(self.0, times)
    }
}

impl Sum for Span {
    fn sum<I: Iterator<Item = Span>>(spans: I) -> Span {
        spans.fold(Span::ZERO, Add::add)
    }
}

/// Writes the exact length in the units people use: "0 min", "12.5 s", "15 min", "2 h 5 min", "36 h", and from 48 hours
/// on "2 days 3 h". [`parse_span`](super::parse_span) reads it back; call [`Span::rounded`] first for a measured length.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0.unsigned_abs();
        if rest == 0 {
            return f.pad("0 min");
        }
        let mut parts = Vec::new();
        if rest >= 2 * DAY as u64 {
            parts.push(format!("{} days", rest / DAY as u64));
            rest %= DAY as u64;
        }
        for (unit, name) in [(HOUR as u64, "h"), (MINUTE as u64, "min")] {
            if rest >= unit {
                parts.push(format!("{} {name}", rest / unit));
                rest %= unit;
            }
        }
        if rest > 0 {
            parts.push(format!("{} s", decimal_seconds(rest)));
        }
        let sign = if self.0 < 0 { "-" } else { "" };
        f.pad(&format!("{sign}{}", parts.join(" ")))
    }
}

/// Microseconds as seconds with no more decimals than needed.
pub(super) fn decimal_seconds(micros: u64) -> String {
    let second = SECOND as u64;
    if micros.is_multiple_of(second) {
        return (micros / second).to_string();
    }
    format!("{}.{:06}", micros / second, micros % second).trim_end_matches('0').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_agree() {
        assert_eq!(Span::days(1), Span::hours(24));
        assert_eq!(Span::hours(1), Span::minutes(60));
        assert_eq!(Span::minutes(1), Span::seconds(60));
        assert_eq!(Span::from_minutes_f64(0.5), Span::seconds(30));
        assert_eq!(Span::from_hours_f64(1.5), Span::minutes(90));
        assert_eq!(Span::from_seconds_f64(0.000_000_6), Span::from_micros(1));
        assert_eq!(Span::minutes(90).as_hours(), 1.5);
        assert_eq!(Span::hours(36).as_days(), 1.5);
        assert_eq!(Span::seconds(90).as_minutes(), 1.5);
        assert_eq!(Span::minutes(2).as_seconds(), 120.0);
    }

    #[test]
    fn what_is_made_of_numbers_stops_at_the_ends() {
        assert_eq!(Span::from_hours_f64(f64::INFINITY), Span::MAX);
        assert_eq!(Span::from_hours_f64(-1e300), -Span::MAX);
        assert_eq!(Span::from_hours_f64(f64::NAN), Span::ZERO);
        assert_eq!(Span::days(i64::MAX), Span::MAX);
        assert_eq!(Span::hours(i64::MIN), -Span::MAX);
        assert_eq!(Span::MAX * 1_000_000, Span::MAX);
        assert_eq!(Span::MAX + Span::MAX - Span::MAX, Span::MAX);
        assert!(Span::MAX + Span::minutes(1) > Span::MAX);
        assert_eq!(Span::minutes(7) * 3, Span::minutes(21));
    }

    #[test]
    fn shown_as_people_say_it() {
        let cases = [
            (Span::ZERO, "0 min"),
            (Span::minutes(15), "15 min"),
            (Span::minutes(125), "2 h 5 min"),
            (Span::hours(24), "24 h"),
            (Span::days(2) + Span::hours(3), "2 days 3 h"),
            (Span::from_micros(12_500_000), "12.5 s"),
            (Span::seconds(90), "1 min 30 s"),
            (-Span::minutes(15), "-15 min"),
        ];
        for (span, text) in cases {
            assert_eq!(span.to_string(), text);
        }
        assert_eq!(format!("{:>8}", Span::minutes(15)), "  15 min");
    }

    #[test]
    fn rounding_keeps_what_people_read() {
        assert_eq!(Span::from_micros(12_349_999).rounded().to_string(), "12.3 s");
        assert_eq!(Span::from_micros(870_500_000).rounded().to_string(), "14 min 31 s");
        assert_eq!((Span::hours(13) + Span::seconds(29)).rounded().to_string(), "13 h");
        assert_eq!((-Span::hours(50) - Span::minutes(31)).rounded(), -Span::hours(51));
        assert!(Span::MAX.rounded() > Span::days(100_000_000));
    }
}
