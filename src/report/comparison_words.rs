//! What a compared measure is called, and a difference in the unit in which people would say it: "+9.1 points", "−13 min", "+$36K".

use super::names;
use super::wording::{JOINT, count, money, percent, price, thousands, waiting};
use crate::model::Model;
use crate::stats::Estimate;
use crate::study::{Finding, Scope, Unit};

/// Measures whose plain name says little.
const CALLED: [(&str, &str); 22] = [
    ("holds_jointly", "all goals reached together"),
    ("speed_to_lead_mean", "mean wait of a lead, wall clock"),
    ("first_response_mean", "mean first response, business time"),
    ("lead_work", "rep time on leads"),
    ("mqls", "MQLs"),
    ("sqls", "SQLs"),
    ("held", "meetings held"),
    ("mql_cost", "cost of MQLs"),
    ("mql_to_sql", "MQL to SQL"),
    ("mql_to_opportunity", "MQL to opportunity"),
    ("mql_to_won", "MQL to won"),
    ("sql_to_held", "SQL to meeting held"),
    ("first_response_kept", "first attempts in time, all promises"),
    ("kept_but_waited", "kept though the lead waited longer"),
    ("never_attempted", "leads never attempted"),
    ("never_attempted_share", "leads never attempted, share"),
    ("leakage", "opportunities lost"),
    ("leakage_total", "opportunities lost, all causes"),
    ("leakage_dollars", "dollars lost"),
    ("leakage_leads", "leads whose chance fell"),
    ("leakage_below_promise", "opportunities lost below the promise"),
    ("rep_time", "rep time"),
];

/// The measure in a few words: "Tier 1 within 15 minutes, kept", "cost per opportunity".
pub(super) fn measure(model: &Model, finding: &Finding) -> String {
    let promise = finding.commitment.as_ref().map(|id| promise(model, id));
    let plain = CALLED.iter().find(|(measure, _)| *measure == finding.measure).map(|(_, words)| *words);
    let what = plain.map_or_else(|| finding.measure.replace('_', " "), str::to_owned);
    let mut words = match (finding.measure, promise) {
        ("attainment", Some(promise)) => format!("{promise}, kept"),
        ("holds", Some(promise)) => format!("{promise}, goal reached"),
        (_, Some(promise)) => format!("{promise}, {what}"),
        (_, None) => what,
    };
    let more = [
        finding.cause.as_ref().map(|cause| cause.replace('_', " ")),
        finding.tier.as_ref().filter(|_| finding.commitment.is_none()).map(|tier| names::tier(tier)),
        match finding.scope {
            Scope::All => None,
            Scope::InHours => Some("in hours".into()),
            Scope::AfterHours => Some("after hours".into()),
            Scope::Returned => Some("returned leads".into()),
        },
    ];
    for part in more.into_iter().flatten() {
        words.push_str(&format!(", {part}"));
    }
    words
}

/// What the promise of an id says; the id where the model has none.
pub(super) fn promise(model: &Model, id: &str) -> String {
    let commitment = model.agreement.commitments.iter().find(|commitment| commitment.id == id);
    commitment.map_or_else(|| id.to_owned(), |commitment| names::promise(model, commitment))
}

/// Whether more of a measure is better; none where that depends.
pub(super) fn more_is_better(measure: &str) -> Option<bool> {
    match measure {
        "attainment" | "holds" | "holds_jointly" | "opportunities" | "pipeline" | "won" | "revenue" => {
            Some(true)
        }
        "team_cost" | "cost_per_opportunity" | "never_attempted" | "speed_to_lead_mean" => Some(false),
        _ => None,
    }
}

/// A value in its own unit: "64.1 %", "13 min", "$36K".
pub(super) fn value(unit: Unit, estimate: Estimate) -> String {
    match unit {
        _ if !estimate.is_known() => "–".into(),
        Unit::Share => format!("{}{JOINT}%", percent(estimate.value)),
        Unit::Minutes | Unit::BusinessMinutes => waiting(estimate.value.max(0.0)),
        Unit::Hours => waiting(estimate.value.max(0.0) * 60.0),
        Unit::HoursPerTrial => format!("{}{JOINT}h", count(estimate.value)),
        Unit::Dollars => price(estimate.value),
        Unit::DollarsPerTrial => money(estimate.value),
        Unit::PerTrial if estimate.value.abs() < 1000.0 => format!("{:.1}", estimate.value).replace('-', "−"),
        Unit::PerTrial => count(estimate.value),
        Unit::Number => format!("{:.2}", estimate.value),
    }
}

/// The unit in which all times of a comparison are written, in its table as in its picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Clock {
    /// Minutes in one of it.
    pub minutes: f64,
    /// "min".
    pub name: &'static str,
    /// "minutes".
    pub words: &'static str,
}

impl Clock {
    /// The unit that keeps the largest difference short; `None` where none is a time.
    pub fn of<'a>(differences: impl Iterator<Item = (Unit, &'a Estimate)>) -> Option<Clock> {
        let largest = differences.filter_map(|(unit, difference)| {
            let (low, high) = difference.shown().unwrap_or((difference.value, difference.value));
            let size = low.abs().max(high.abs());
            Some(size * in_minutes(unit)?).filter(|size| size.is_finite())
        });
        let clock = |minutes, name, words| Clock { minutes, name, words };
        largest.reduce(f64::max).map(|largest| match largest {
            minutes if minutes < 119.5 => clock(1.0, "min", "minutes"),
            minutes if minutes < 4320.0 => clock(60.0, "h", "hours"),
            _ => clock(1440.0, "days", "days"),
        })
    }

    /// A time in this unit: "115 min".
    pub fn written(self, unit: Unit, estimate: Estimate) -> Option<String> {
        let amount = in_minutes(unit)? * estimate.value / self.minutes;
        let decimals = if amount < 9.95 {
            2
        } else if amount < 99.5 {
            1
        } else {
            0
        };
        estimate.is_known().then(|| match amount {
            amount if amount >= 999.5 => format!("{}{JOINT}{}", thousands(amount.round() as u64), self.name),
            amount => format!("{:.decimals$}{JOINT}{}", amount.max(0.0), self.name),
        })
    }
}

/// Minutes in one of a unit of waiting times; `None` for other units.
fn in_minutes(unit: Unit) -> Option<f64> {
    match unit {
        Unit::Minutes | Unit::BusinessMinutes => Some(1.0),
        Unit::Hours => Some(60.0),
        _ => None,
    }
}

/// How a difference is written: how many of which unit, with how many decimals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scaled {
    times: f64,
    decimals: usize,
    before: &'static str,
    after: &'static str,
}

impl Scaled {
    /// As its size and its interval deserve: no more decimals than the interval knows.
    pub fn of(unit: Unit, difference: Estimate) -> Scaled {
        let ends = difference.shown().unwrap_or((difference.value, difference.value));
        let size = difference.value.abs().max(ends.0.abs()).max(ends.1.abs());
        let (times, before, after) = match unit {
            Unit::Share => (100.0, "", "points"),
            Unit::Minutes | Unit::BusinessMinutes => of_minutes(size, 1.0),
            Unit::Hours => of_minutes(size * 60.0, 60.0),
            Unit::HoursPerTrial => (1.0, "", "h"),
            Unit::Dollars | Unit::DollarsPerTrial => match size {
                size if size >= 999_500.0 => (1e-6, "$", "M"),
                size if size >= 9_999.5 => (1e-3, "$", "K"),
                _ => (1.0, "$", ""),
            },
            Unit::PerTrial | Unit::Number => (1.0, "", ""),
        };
        let half = (ends.1 - ends.0) / 2.0 * times;
        // one digit of the uncertainty; of what is known exactly, enough to see it
        let digits = match size * times {
            _ if half > 0.0 => -half.log10().floor(),
            shown if shown > 0.0 => 1.0 - shown.log10().floor(),
            _ => 0.0,
        };
        let least = if unit == Unit::Share { 1.0 } else { 0.0 };
        Scaled { times, decimals: digits.clamp(least, 3.0) as usize, before, after }
    }

    /// The same on a clock that several differences share; other units as ever.
    pub fn on(clock: Option<Clock>, unit: Unit, difference: Estimate) -> Scaled {
        let scaled = Scaled::of(unit, difference);
        let Some((clock, minutes)) = clock.zip(in_minutes(unit)) else { return scaled };
        let times = minutes / clock.minutes;
        let half = difference.half_width().unwrap_or(0.0) * times;
        let digits = if half > 0.0 { -half.log10().floor() } else { 0.0 };
        Scaled { times, after: clock.name, decimals: digits.clamp(0.0, 3.0) as usize, ..scaled }
    }

    /// The amount without sign and unit: "9.1".
    fn digits(self, amount: f64) -> String {
        let (size, decimals) = ((amount * self.times).abs(), self.decimals);
        if size < 1000.0 { format!("{size:.decimals$}") } else { thousands(size.round() as u64) }
    }

    /// With its sign, without its unit: "+9.1", "−$36"; what rounds to nothing has no sign.
    pub fn signed(self, amount: f64) -> String {
        let digits = self.digits(amount);
        let is_nothing = digits.chars().all(|c| matches!(c, '0' | '.'));
        let sign = if is_nothing {
            ""
        } else if amount < 0.0 {
            "−"
        } else {
            "+"
        };
        format!("{sign}{}{digits}", self.before)
    }

    /// With sign and unit: "+9.1 points".
    pub fn with_unit(self, amount: f64) -> String {
        format!("{}{}", self.signed(amount), self.unit())
    }

    /// The size with its unit: "9.1 points".
    pub fn size(self, amount: f64) -> String {
        format!("{}{}{}", self.before, self.digits(amount), self.unit())
    }

    /// From low to high with signs: "+8.6 to +9.6"; empty where no interval is known.
    pub fn ends(self, difference: Estimate) -> String {
        difference.shown().map_or(String::new(), |(low, high)| {
            let unit = if self.before == "$" { self.after } else { "" };
            format!("{}{unit} to {}{unit}", self.signed(low), self.signed(high))
        })
    }

    /// The sizes from the smaller to the larger end, where the whole interval has the sign of `more`: "8.6 to 9.6".
    pub fn sizes(self, difference: Estimate) -> String {
        match difference.shown() {
            Some((low, high)) if low >= 0.0 || high <= 0.0 => {
                let (near, far) = if low >= 0.0 { (low, high) } else { (high, low) };
                let unit = if self.before == "$" { self.after } else { "" };
                format!("{0}{1}{unit} to {0}{2}{unit}", self.before, self.digits(near), self.digits(far))
            }
            _ => self.ends(difference),
        }
    }

    fn unit(self) -> String {
        match (self.before, self.after) {
            ("$", unit) => unit.to_owned(),
            (_, "") => String::new(),
            (_, unit) => format!("{JOINT}{unit}"),
        }
    }
}

/// Minutes in the unit that keeps them short; `each` minutes make one of what is scaled.
fn of_minutes(minutes: f64, each: f64) -> (f64, &'static str, &'static str) {
    match minutes {
        m if m < 1.0 => (each * 60.0, "", "s"),
        m if m < 119.5 => (each, "", "min"),
        m if m < 4320.0 => (each / 60.0, "", "h"),
        _ => (each / 1440.0, "", "days"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::wording::plain;
    use super::*;
    use crate::stats::Method;

    fn told(unit: Unit, value: f64, ends: (f64, f64)) -> (String, String) {
        let difference = Estimate::with_interval(value, ends, 0.95, Method::PairedT, 1000);
        let scaled = Scaled::of(unit, difference);
        (plain(&scaled.with_unit(value)), scaled.ends(difference))
    }

    #[test]
    fn differences_have_the_digits_that_their_interval_knows() {
        let pair = |one: &str, two: &str| (one.to_owned(), two.to_owned());
        assert_eq!(told(Unit::Share, 0.0912, (0.0861, 0.0963)), pair("+9.1 points", "+8.6 to +9.6"));
        assert_eq!(told(Unit::Share, -0.0004, (-0.0007, -0.0001)), pair("−0.04 points", "−0.07 to −0.01"));
        assert_eq!(told(Unit::Minutes, -13.4, (-14.1, -12.7)), pair("−13.4 min", "−14.1 to −12.7"));
        assert_eq!(told(Unit::Minutes, 200.0, (140.0, 260.0)), pair("+3 h", "+2 to +4"));
        assert_eq!(
            told(Unit::DollarsPerTrial, 36_000.0, (33_000.0, 39_000.0)),
            pair("+$36K", "+$33K to +$39K")
        );
        assert_eq!(told(Unit::PerTrial, 0.0, (0.0, 0.0)), pair("0", "0 to 0"));
        assert_eq!(told(Unit::PerTrial, 4.23, (3.9, 4.5)), pair("+4.2", "+3.9 to +4.5"));
    }
}
