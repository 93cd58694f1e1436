//! The values of a sweep and its lines, as written on the command line: "3..12:3", "a,b,c", "label: path=value, path=value".

use crate::scenario::{Set, SetError};

/// How `--over` is written.
pub(super) const OVER_IS_WRITTEN: &str = "write --over team.reps.count=3..12, =3..12:3, or =3,6,9";

/// Most points one line of a sweep may have.
const MOST_VALUES: usize = 1_000;

/// What `--over` says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Over {
    /// The path.
    pub path: String,
    /// The values, as they go behind the `=`.
    pub values: Vec<String>,
    /// Whether they are a range of lengths or fractions, so that there is something between two of them.
    pub is_fine: bool,
}

impl Over {
    /// The value halfway between two of a range of lengths or fractions, as it goes behind the `=`.
    pub fn between(&self, one: &str, other: &str) -> Option<String> {
        let ((one, unit), (other, other_unit)) = (number(one)?, number(other)?);
        (self.is_fine && unit == other_unit).then(|| format!("{}{unit}", rounded((one + other) / 2.0)))
    }
}

/// So that 0.1 + 2 × 0.1 is written 0.3.
fn rounded(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}

/// Whether a range is one of lengths or fractions: not of bare whole numbers, which have no halves, nor of whole business days.
fn is_fine(values: &[String]) -> bool {
    let fine = |value: &String| {
        number(value).is_some_and(|(number, unit)| {
            number.fract() != 0.0 || !unit.is_empty() && !unit.starts_with("business d")
        })
    };
    values.iter().any(fine)
}

/// What a `--line` says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Its name in the table and the picture.
    pub label: String,
    /// The changes that make it.
    pub sets: Vec<Set>,
}

/// Splits at commas outside quotes, brackets and braces.
fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut depth, mut quoted) = (0_i32, false);
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            '[' | '{' if !quoted => depth += 1,
            ']' | '}' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().expect("one part is there from the start").push(letter);
    }
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// A number and the unit behind it: "15min" is (15, "min").
fn number(text: &str) -> Option<(f64, &str)> {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).unwrap_or(text.len());
    let value = text[..end].parse::<f64>().ok().filter(|value| value.is_finite())?;
    Some((value, text[end..].trim()))
}

/// "3..12", "3..12:3", "5min..30min:5min"; `None` if it is no range.
fn range(text: &str) -> Option<Result<Vec<String>, String>> {
    let (first, rest) = text.split_once("..")?;
    let (last, step) = rest.split_once(':').map_or((rest, None), |(last, step)| (last, Some(step)));
    let (Some((first, unit)), Some((last, last_unit))) = (number(first), number(last)) else { return None };
    let Some((step, step_unit)) = step.map_or(Some((1.0, unit)), number) else {
        return Some(Err(format!("the step in \"{text}\" is no number")));
    };
    if (last_unit, step_unit) != (unit, unit) {
        return Some(Err(format!(
            "\"{text}\" mixes units; write all three alike, for example 5min..30min:5min"
        )));
    }
    if step <= 0.0 || last < first {
        return Some(Err(format!("\"{text}\" leads nowhere; write low..high:step with a step above 0")));
    }
    let steps = ((last - first) / step + 1e-9).floor();
    if steps >= MOST_VALUES as f64 {
        return Some(Err(format!("\"{text}\" has {} values; {MOST_VALUES} are the most", steps + 1.0)));
    }
    let value = |n: usize| rounded(first + n as f64 * step);
    Some(Ok((0..=steps as usize).map(|n| format!("{}{unit}", value(n))).collect()))
}

/// "2-8" and "5min-30min": ranges to whoever writes them, but no values.
fn dashed(text: &str) -> Option<String> {
    let (first, last) = text.split_once('-')?;
    let plain = |text: &str| {
        let (_, unit) = number(text)?;
        (!text.contains('-') && unit.chars().all(|c| c.is_alphabetic() || c == '%'))
            .then_some(unit.to_owned())
    };
    let (unit, last_unit) = (plain(first)?, plain(last)?);
    let unit = if unit.is_empty() { last_unit } else { String::new() };
    Some(format!("{}{unit}..{}", first.trim(), last.trim()))
}

/// Reads `--over`.
///
/// # Errors
///
/// What is wrong, and how to write it.
pub(super) fn over(text: &str) -> Result<Over, String> {
    let way_out = OVER_IS_WRITTEN;
    // the path may hold quoted names with "=", so a set reads it
    let set = Set::parse(text).map_err(|error| format!("--over {error}\n  {way_out}"))?;
    let path = set.path();
    let written = text[value_start(text)..].trim();
    if let Some(range) = dashed(written) {
        return Err(format!("--over {path}={written} is one value; for a range write {range}\n  {way_out}"));
    }
    let (values, is_fine) = match range(written) {
        Some(values) => {
            let values = values.map_err(|error| format!("--over {error}\n  {way_out}"))?;
            let is_fine = is_fine(&values);
            (values, is_fine)
        }
        None => (split(written), false),
    };
    let values = once(values);
    match values.len() {
        0 => Err(format!("--over has no values\n  {way_out}")),
        n if n > MOST_VALUES => {
            Err(format!("--over has {n} values; {MOST_VALUES} are the most\n  {way_out}"))
        }
        _ => Ok(Over { path, values, is_fine }),
    }
}

/// Every value once, where it first stands: a second would only repeat its row.
fn once(values: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::with_capacity(values.len());
    for value in values {
        if !kept.iter().any(|other| other.trim_matches('"') == value.trim_matches('"')) {
            kept.push(value);
        }
    }
    kept
}

/// Where the value begins: behind the first "=" outside quotes.
fn value_start(text: &str) -> usize {
    let mut quoted = false;
    for (place, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '=' if !quoted => return place + 1,
            _ => {}
        }
    }
    text.len()
}

/// Reads a `--line`.
///
/// # Errors
///
/// What is wrong, and how to write it.
pub(super) fn line(text: &str) -> Result<Line, String> {
    let way_out = "write --line \"label: path=value, path=value\", or --line \"as it is:\"";
    let Some((label, sets)) = text.split_once(':') else {
        return Err(format!("--line \"{text}\" has no label\n  {way_out}"));
    };
    if label.trim().is_empty() || label.contains('=') {
        return Err(format!("--line \"{text}\" has no label\n  {way_out}"));
    }
    let sets: Result<Vec<Set>, SetError> = split(sets).iter().map(|set| Set::parse(set)).collect();
    let sets = sets.map_err(|error| format!("--line {error}\n  {way_out}"))?;
    Ok(Line { label: label.trim().to_owned(), sets })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_lists_are_read() {
        assert_eq!(over("team.reps.count=3..5").unwrap().values, ["3", "4", "5"]);
        assert_eq!(over("team.reps.count=3..12:3").unwrap().values, ["3", "6", "9", "12"]);
        assert_eq!(over("a.b=0.1..0.3:0.1").unwrap().values, ["0.1", "0.2", "0.3"]);
        assert_eq!(over("a.b=5min..15min:5min").unwrap().values, ["5min", "10min", "15min"]);
        assert_eq!(over("a.b=\"x, y\", z, [1, 2]").unwrap().values, ["\"x, y\"", "z", "[1, 2]"]);
        assert_eq!(over("team.reps.count=3,3,4,3").unwrap().values, ["3", "4"]);
        assert_eq!(over("a.b=pool, \"pool\"").unwrap().values, ["pool"]);
        assert_eq!(
            over("a.b=7").unwrap(),
            Over { path: "a.b".into(), values: vec!["7".into()], is_fine: false }
        );
    }

    #[test]
    fn lengths_and_fractions_have_something_in_between() {
        let between = |text: &str, one: &str, other: &str| over(text).unwrap().between(one, other);
        assert_eq!(between("a=10min..60min:10min", "10min", "20min").as_deref(), Some("15min"));
        assert_eq!(between("a=0.1..0.3:0.1", "0.1", "0.2").as_deref(), Some("0.15"));
        let business = "a=15 business min..60 business min:15 business min";
        assert_eq!(
            between(business, "15business min", "30business min").as_deref(),
            Some("22.5business min")
        );
        for text in ["a=3..12", "a=3..12:3", "a=10min,20min", "a=0.1,0.2", "a=1 business day..3 business day"]
        {
            let values = over(text).unwrap().values;
            assert_eq!(between(text, &values[0], &values[1]), None, "{text}");
        }
    }

    #[test]
    fn nonsense_is_refused_with_the_way_out() {
        for text in ["team.reps.count", "a=9..3", "a=1..9:0", "a=0..1:0.0001", "a=5min..9h", "a=1..3:x", "a="]
        {
            let error = over(text).unwrap_err();
            assert!(error.contains("--over team.reps.count=3..12"), "{text}: {error}");
        }
    }

    #[test]
    fn a_range_with_a_dash_is_told_how() {
        for (text, wanted) in
            [("2-8", "write 2..8"), ("5min-30min", "write 5min..30min"), ("5-30min", "write 5min..30min")]
        {
            let error = over(&format!("team.reps.count={text}")).unwrap_err();
            assert!(error.lines().next().unwrap_or("").ends_with(wanted), "{error}");
        }
        for text in ["-3", "2026-02-03", "08:00-18:00", "\"Mon-Fri 08:00-18:00\"", "-3..-1"] {
            assert!(over(&format!("a.b={text}")).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_line_has_a_label_and_changes() {
        let back_up = line("back-up: routing.tiers.1.back_up.after=5min, a.b=[1, 2]").unwrap();
        assert_eq!((back_up.label.as_str(), back_up.sets.len()), ("back-up", 2));
        assert_eq!(line("as it is:").unwrap().sets.len(), 0);
        assert!(line("team.reps.count=5").is_err() && line(": a=1").is_err());
    }
}
