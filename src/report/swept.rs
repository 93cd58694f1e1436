//! Where the values of a sweep lie on its axis: numbers on one unit, or words side by side in the order given.

use crate::time::Target;

/// Minutes in an hour.
const HOUR: f64 = 60.0;
/// Minutes in a day.
const DAY: f64 = 1440.0;

/// What the number of a value counts; values that count different things share no axis.
#[derive(Debug, Clone, PartialEq)]
enum Kind {
    /// Whatever stands behind the number: "", "%", "$", "per week".
    Written(String),
    /// Minutes on the wall clock.
    Wall,
    /// Minutes of open hours.
    Business,
    /// Minutes on the wall clock that stands still on closed days.
    SkippingClosedDays,
    /// Open days.
    BusinessDays,
}

/// Where the values of a sweep lie along their axis; none of them does where they are words, or count different things.
pub fn places(values: &[String]) -> Vec<Option<f64>> {
    let swept = Swept::of(values.iter().map(String::as_str));
    values.iter().map(|value| swept.place(value).filter(|_| !swept.is_words())).collect()
}

/// The values of a sweep on their axis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Swept {
    /// Every value as written, once, in the order given.
    values: Vec<String>,
    /// Its places, where all values are numbers of one kind.
    numbers: Option<Numbers>,
}

#[derive(Debug, Clone, PartialEq)]
struct Numbers {
    kind: Kind,
    /// What one step of the axis is, in the unit of [`number`].
    unit: f64,
    /// Its name behind the axis title; empty for a bare number.
    name: String,
}

impl Swept {
    /// The axis of these values.
    pub fn of<'a>(values: impl IntoIterator<Item = &'a str>) -> Swept {
        let mut once: Vec<String> = Vec::new();
        for value in values {
            if !once.iter().any(|other| other == value) {
                once.push(value.to_owned());
            }
        }
        let read: Option<Vec<(Kind, f64)>> = once.iter().map(|value| number(value)).collect();
        let numbers = read.and_then(|read| {
            let kind = read.first()?.0.clone();
            read.iter().all(|(other, _)| *other == kind).then(|| {
                let most = read.iter().map(|(_, number)| *number).fold(0.0, f64::max);
                let (unit, name) = unit(&kind, most);
                Numbers { kind, unit, name }
            })
        });
        Swept { values: once, numbers }
    }

    /// Whether the values have no order but the one they were given in.
    pub fn is_words(&self) -> bool {
        self.numbers.is_none()
    }

    /// What the numbers count, such as "business minutes"; empty for bare numbers and words.
    pub fn unit(&self) -> &str {
        self.numbers.as_ref().map_or("", |numbers| &numbers.name)
    }

    /// Where a value lies along the axis, in the unit of the axis; words lie at 0, 1, 2 in the order given.
    pub fn place(&self, value: &str) -> Option<f64> {
        match &self.numbers {
            Some(numbers) => {
                let (kind, number) = number(value)?;
                (kind == numbers.kind).then_some(number / numbers.unit)
            }
            None => self.values.iter().position(|other| same(other, value)).map(|place| place as f64),
        }
    }

    /// The places with their names: numbers without their unit, words as written.
    pub fn ticks(&self) -> Vec<(f64, String)> {
        let tick = |value: &String| {
            let place = self.place(value)?;
            let name = if self.is_words() { value.clone() } else { round(place).to_string() };
            Some((place, name))
        };
        self.values.iter().filter_map(tick).collect()
    }
}

/// A hundredth of a thousandth is finer than any value a person writes.
fn round(number: f64) -> f64 {
    (number * 1e5).round() / 1e5
}

fn same(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.trim().trim_matches('"').to_lowercase().replace(['_', '-'], " ");
    plain(one) == plain(other) || number(one).is_some_and(|read| number(other) == Some(read))
}

/// A value as a number and what it counts: lengths of time in minutes, business days in days.
fn number(value: &str) -> Option<(Kind, f64)> {
    let value = value.trim().trim_matches('"').trim();
    match Target::parse(value) {
        Ok(Target::Wall(length)) => return Some((Kind::Wall, length.as_minutes())),
        Ok(Target::Business(length)) => return Some((Kind::Business, length.as_minutes())),
        Ok(Target::SkippingClosedDays(length)) => {
            return Some((Kind::SkippingClosedDays, length.as_minutes()));
        }
        Ok(Target::BusinessDays(days)) => return Some((Kind::BusinessDays, f64::from(days))),
        Ok(_) => return None,
        Err(_) => {}
    }
    let (money, bare) = value.strip_prefix('$').map_or(("", value), |bare| ("$", bare));
    let end = bare.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-').unwrap_or(bare.len());
    let number = bare[..end].parse::<f64>().ok().filter(|number| number.is_finite())?;
    let unit = format!("{money} {}", bare[end..].trim());
    Some((Kind::Written(unit.trim().to_owned()), number))
}

/// The unit that keeps the largest of these numbers short, and its name.
fn unit(kind: &Kind, most: f64) -> (f64, String) {
    let (length, plain) = match kind {
        Kind::Written(unit) => return (1.0, unit.clone()),
        Kind::BusinessDays => return (1.0, "business days".to_owned()),
        _ if most < 2.0 => (1.0 / 60.0, "seconds"),
        _ if most <= 2.0 * HOUR => (1.0, "minutes"),
        // a business day is not 24 hours of open time
        Kind::Business => (HOUR, "hours"),
        _ if most <= 3.0 * DAY => (HOUR, "hours"),
        _ => (DAY, "days"),
    };
    let name = match kind {
        Kind::Business => format!("business {plain}"),
        Kind::SkippingClosedDays => format!("{plain} skipping closed days"),
        _ => plain.to_owned(),
    };
    (length, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(values: &[&str]) -> (Vec<f64>, String) {
        let swept = Swept::of(values.iter().copied());
        (values.iter().map(|value| swept.place(value).unwrap()).collect(), swept.unit().to_owned())
    }

    #[test]
    fn values_of_one_clock_share_a_unit() {
        let business = ["15 business min", "30 business min", "1 business hour"];
        assert_eq!(places(&business), (vec![15.0, 30.0, 60.0], "business minutes".into()));
        assert_eq!(places(&["30min", "4h"]), (vec![0.5, 4.0], "hours".into()));
        assert_eq!(places(&["1 business day", "3 business days"]), (vec![1.0, 3.0], "business days".into()));
        assert_eq!(places(&["0.8", "0.95"]), (vec![0.8, 0.95], String::new()));
        assert_eq!(places(&["$40", "$60"]), (vec![40.0, 60.0], "$".into()));
        assert_eq!(Swept::of(["0.8", "0.85"]).ticks(), [(0.8, "0.8".to_owned()), (0.85, "0.85".to_owned())]);
    }

    #[test]
    fn values_that_share_no_unit_stand_side_by_side_as_written() {
        for values in [&["24h", "48h", "2 business days"][..], &["round robin", "pool"], &["5", "off"]] {
            let swept = Swept::of(values.iter().copied());
            assert!(swept.is_words());
            let names: Vec<String> = swept.ticks().into_iter().map(|(_, name)| name).collect();
            assert_eq!(names, values);
            assert_eq!(swept.place(values[1]), Some(1.0));
        }
    }

    #[test]
    fn the_value_of_today_is_found_however_it_is_written() {
        let minutes = Swept::of(["15 business min", "1 business hour"]);
        assert_eq!(minutes.place("0.5 business hours"), Some(30.0));
        assert_eq!(minutes.place("30min"), None, "another clock");
        let words = Swept::of(["round_robin", "pool"]);
        assert_eq!(words.place("round robin"), Some(0.0));
        assert_eq!(Swept::of(["24h", "2 business days"]).place("1 day"), Some(0.0));
    }
}
