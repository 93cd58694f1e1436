//! Numbers as people say them: "64.1 %", "$3.8M", "13.5 h", "1,000 quarters", "Feb–Apr 2026".

use crate::model::Horizon;
use crate::time::{Instant, Span};
use jiff::ToSpan;
use jiff::civil::Date;

/// Keeps a number and its unit on one line; [`plain`] turns it back into a space.
pub(crate) const JOINT: char = '\u{a0}';

/// The text with ordinary spaces.
pub fn plain(text: &str) -> String {
    text.replace(JOINT, " ")
}

/// A share in per cent with one decimal and no sign: 0.641 is "64.1". Never rounds a part to none or all.
pub fn percent(share: f64) -> String {
    match share * 100.0 {
        p if p > 0.0 && p < 0.05 => "<0.1".into(),
        p if (99.95..100.0).contains(&p) => ">99.9".into(),
        p => format!("{p:.1}"),
    }
}

/// A share in whole per cent without a sign: "64"; a part is never none or all: "<1", ">99".
pub fn whole_percent(share: f64) -> String {
    match share * 100.0 {
        p if p > 0.0 && p < 0.5 => "<1".into(),
        p if (99.5..100.0).contains(&p) => ">99".into(),
        p => format!("{p:.0}"),
    }
}

/// A share in whole per cent with its sign.
pub fn with_sign(share: f64) -> String {
    format!("{}{JOINT}%", whole_percent(share))
}

/// A goal with no more decimals than it was written with: "90 %", "97.5 %".
pub fn goal(share: f64) -> String {
    let percent = (share * 1e6).round() / 1e4;
    format!("{percent}{JOINT}%")
}

/// From low to high, whole per cent: "57–71".
pub fn percent_range((low, high): (f64, f64)) -> String {
    format!("{:.0}–{:.0}", low * 100.0, high * 100.0)
}

/// Whole per cents of parts of one whole, adding up to 100 (largest remainders are rounded up).
pub fn parts_of_hundred(shares: &[f64]) -> Vec<u32> {
    let total: f64 = shares.iter().sum();
    if total <= 0.0 {
        return vec![0; shares.len()];
    }
    let exact: Vec<f64> = shares.iter().map(|s| s / total * 100.0).collect();
    let mut whole: Vec<u32> = exact.iter().map(|e| e.floor() as u32).collect();
    let missing = 100_u32.saturating_sub(whole.iter().sum());
    let mut order: Vec<usize> = (0..exact.len()).collect();
    order.sort_by(|a, b| exact[*b].fract().total_cmp(&exact[*a].fract()).then(a.cmp(b)));
    for place in order.into_iter().take(missing as usize) {
        whole[place] += 1;
    }
    whole
}

/// A whole number with commas: "1,000".
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A mean count: whole from ten on, one decimal below, commas from a thousand on.
pub fn count(value: f64) -> String {
    match value.abs() {
        size if size >= 1e15 => format!("{value:.2e}"),
        size if size >= 9.95 => {
            let sign = if value < 0.0 { "−" } else { "" };
            format!("{sign}{}", thousands(size.round() as u64))
        }
        size if size < 0.05 => "0".into(),
        _ => format!("{value:.1}").replace('-', "−"),
    }
}

/// Money: "$640", "$36K", "$3.8M".
pub fn money(dollars: f64) -> String {
    let sign = if dollars < -0.5 { "−" } else { "" };
    let (value, unit) = in_unit(dollars.abs(), dollars.abs());
    format!("{sign}${value}{unit}")
}

/// A price: dollars to the dollar up to ten thousand, in thousands above.
pub fn price(dollars: f64) -> String {
    if dollars.abs() < 9_999.5 && dollars >= 0.0 {
        format!("${}", thousands(dollars.round() as u64))
    } else {
        money(dollars)
    }
}

/// A range of money in the unit of `of`, which stands before it: "$3.1M–$4.5M".
pub fn money_range((low, high): (f64, f64), of: f64) -> String {
    let ((low, _), (high, unit)) = (in_unit(low, of.abs()), in_unit(high, of.abs()));
    format!("${low}{unit}–${high}{unit}")
}

fn in_unit(value: f64, scale: f64) -> (String, &'static str) {
    match scale {
        s if s >= 999_950_000.0 => (format!("{:.1}", value / 1e9), "B"),
        s if s >= 999_500.0 => (format!("{:.1}", value / 1e6), "M"),
        s if s >= 999.5 => (format!("{:.0}", value / 1e3), "K"),
        _ => (format!("{value:.0}"), ""),
    }
}

/// A waiting time: "40 s", "9 min", "13.5 h", "2.3 days".
pub fn waiting(minutes: f64) -> String {
    let (number, unit) = waiting_parts(minutes);
    let number = if unit == "s" && number == "0" { "less than 1".into() } else { number };
    let unit = if unit == "days" && number == "1" { "day" } else { unit };
    format!("{number}{JOINT}{unit}")
}

/// Two waiting times in the unit of the second: "9/72 min".
pub fn waiting_pair(first: f64, second: f64) -> String {
    let (second_text, unit) = waiting_parts(second);
    let first_text = match unit {
        "s" => format!("{:.0}", first * 60.0),
        "min" => format!("{first:.0}"),
        "h" => trimmed(first / 60.0),
        _ => trimmed(first / 1440.0),
    };
    format!("{first_text}/{second_text}{JOINT}{unit}")
}

fn waiting_parts(minutes: f64) -> (String, &'static str) {
    match minutes {
        m if m < 1.0 => (format!("{:.0}", m * 60.0), "s"),
        m if m < 119.5 => (format!("{m:.0}"), "min"),
        m if m < 4320.0 => (trimmed(m / 60.0), "h"),
        m => (trimmed(m / 1440.0), "days"),
    }
}

fn trimmed(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// "1 rep", "6 reps".
pub fn plural(number: u64, one: &str, many: &str) -> String {
    format!("{}{JOINT}{}", thousands(number), if number == 1 { one } else { many })
}

/// "a", "a and b", "a, b and c".
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// What one trial is called: a quarter only where it is about a quarter long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialWord {
    /// In a table's heading: "quarter", "week", "month", "year", else "horizon".
    pub short: &'static str,
    /// In a sentence: "quarter", "horizon of 5 weeks".
    pub one: String,
    /// Several of them: "quarters", "horizons of 5 weeks".
    pub many: String,
}

impl TrialWord {
    /// The word for a horizon of this length.
    pub fn of(horizon: &Horizon) -> TrialWord {
        let days = (horizon.end - horizon.start).as_days().round() as i64;
        let short = match days {
            7 => "week",
            28..=31 => "month",
            85..=97 => "quarter",
            364..=371 => "year",
            _ => "horizon",
        };
        if short != "horizon" {
            return TrialWord { short, one: short.into(), many: format!("{short}s") };
        }
        let length = match (days / 7, days % 7) {
            (weeks, 0) => plural(weeks.unsigned_abs(), "week", "weeks"),
            _ => plural(days.unsigned_abs(), "day", "days"),
        };
        TrialWord { short, one: format!("horizon of {length}"), many: format!("horizons of {length}") }
    }

    /// "1 quarter", "1,000 quarters".
    pub fn count(&self, number: u64) -> String {
        plural(number, &self.one, &self.many)
    }
}

/// First and last day of the horizon on the company's calendar.
pub fn days_of(horizon: &Horizon) -> (Date, Date) {
    let date = |at: Instant| horizon.zone.local(at).date();
    (date(horizon.start), date(horizon.end - Span::seconds(1)))
}

/// When the horizon is: "Feb–Apr 2026" for whole months, else "2 Feb – 3 May 2026".
pub fn dates(horizon: &Horizon) -> String {
    let (first, last) = days_of(horizon);
    let whole = first.day() == 1 && last.checked_add(1.day()).is_ok_and(|next| next.day() == 1);
    let same_year = first.year() == last.year();
    let written = |date: Date, pattern: &str| date.strftime(pattern).to_string();
    match (whole, same_year) {
        (true, true) if first.month() == last.month() => written(first, "%b %Y"),
        (true, true) => format!("{}–{}", written(first, "%b"), written(last, "%b %Y")),
        (true, false) => format!("{} – {}", written(first, "%b %Y"), written(last, "%b %Y")),
        (false, true) => format!("{} – {}", written(first, "%-d %b"), written(last, "%-d %b %Y")),
        (false, false) => format!("{} – {}", written(first, "%-d %b %Y"), written(last, "%-d %b %Y")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_never_rounded_to_none_or_all() {
        assert_eq!(
            (percent(0.0), percent(0.0001), percent(0.99999)),
            ("0.0".into(), "<0.1".into(), ">99.9".into())
        );
        assert_eq!(
            (whole_percent(0.004), whole_percent(0.997), whole_percent(1.0)),
            ("<1".into(), ">99".into(), "100".into())
        );
        assert_eq!(plain(&goal(0.9)), "90 %");
        assert_eq!(plain(&goal(0.975)), "97.5 %");
    }

    #[test]
    fn parts_add_up_to_a_hundred() {
        assert_eq!(parts_of_hundred(&[1.0, 1.0, 1.0]), [34, 33, 33]);
        assert_eq!(parts_of_hundred(&[0.435, 0.435, 0.13]).iter().sum::<u32>(), 100);
        assert_eq!(parts_of_hundred(&[0.0]), [0]);
    }

    #[test]
    fn money_and_waiting_times_read_naturally() {
        assert_eq!(
            (money(3_812_000.0), money(36_400.0), money(640.2)),
            ("$3.8M".into(), "$36K".into(), "$640".into())
        );
        assert_eq!(money_range((3.1e6, 4.46e6), 3.8e6), "$3.1M–$4.5M");
        assert_eq!(price(3_187.4), "$3,187");
        assert_eq!(plain(&waiting(0.5)), "30 s");
        assert_eq!(plain(&waiting(810.0)), "13.5 h");
        assert_eq!(plain(&waiting_pair(9.0, 72.2)), "9/72 min");
        assert_eq!(plain(&plural(1, "rep", "reps")), "1 rep");
        assert_eq!(thousands(1_234_567), "1,234,567");
    }
}
