//! What a promise is called where its author gives it no title: worked out from its own numbers, so that it cannot say others.

use crate::model::{Clock, Milestone, Promise, Scope};
use crate::time::{Span, Target, clock_text};

/// "Tier 1, first attempt", "Accept or reject in 4 business hours", "150 MQLs a month"; `tiers` are the names of all tiers.
pub(super) fn title(promise: &Promise, scope: &Scope, tiers: &[String]) -> String {
    let what = match promise {
        Promise::Timed { to, within, .. } => match to {
            Milestone::Attempted => "first attempt".to_string(),
            Milestone::Created => format!("created {}", when(within, scope)),
            Milestone::Routed => format!("routed {}", when(within, scope)),
            Milestone::Assigned => format!("assigned {}", when(within, scope)),
            Milestone::Disposed => format!("accept or reject {}", when(within, scope)),
        },
        Promise::Persistence(persistence) => {
            let many = if persistence.attempts == 1 { "attempt" } else { "attempts" };
            format!("{} {many}, then give up", number_word(persistence.attempts))
        }
        Promise::MonthlyVolume { target } => format!("{} MQLs a month", with_commas(*target)),
        Promise::RejectionBelow { share } => {
            format!("rejected under {} % a month", (share * 1e6).round() / 1e4)
        }
    };
    let whom = whom(scope, tiers);
    if whom.is_empty() { capital(&what) } else { format!("{whom}, {what}") }
}

/// "Tier 1", "Tiers 1, 2 after hours", "In hours"; empty for all leads at any time.
fn whom(scope: &Scope, tiers: &[String]) -> String {
    let names: Vec<&str> =
        scope.tiers.iter().filter_map(|id| tiers.get(usize::from(id.0))).map(String::as_str).collect();
    let numbered = |name: &&str| name.chars().all(|c| c.is_ascii_digit());
    let whom = match names[..] {
        [] => String::new(),
        [only] if numbered(&only) => format!("Tier {only}"),
        [only] => only.to_string(),
        _ => format!("Tiers {}", names.join(", ")),
    };
    let hours = match scope.in_hours {
        Some(true) => "in hours",
        Some(false) => "after hours",
        None => return whom,
    };
    if whom.is_empty() { capital(hours) } else { format!("{whom} {hours}") }
}

/// "in 15 minutes", "in 4 business hours", "by 08:00".
fn when(clock: &Clock, scope: &Scope) -> String {
    match clock.target {
        Target::Wall(span) => format!("in {}", length(span, "")),
        Target::Business(span) => format!("in {}", length(span, "business ")),
        Target::BusinessDays(1) => "in 1 business day".to_string(),
        Target::BusinessDays(days) => format!("in {days} business days"),
        Target::SkippingClosedDays(_) => format!("in {}", clock.text),
        // what comes after hours is due on the next business day, unless it says otherwise
        Target::ByTime { minute_of_day, business_days: 1 } if scope.in_hours == Some(false) => {
            format!("by {}", clock_text(minute_of_day))
        }
        Target::ByTime { .. } | Target::CloseOfBusinessDay(_) => clock.text.clone(),
    }
}

/// "15 minutes", "4 business hours"; odd lengths as "1 h 30 min".
fn length(span: Span, business: &str) -> String {
    let units = [(Span::hours(1), "hour"), (Span::minutes(1), "minute")];
    for (unit, name) in units {
        if span >= unit && span.micros() % unit.micros() == 0 {
            let count = span.micros() / unit.micros();
            return format!("{count} {business}{name}{}", if count == 1 { "" } else { "s" });
        }
    }
    if business.is_empty() { span.to_string() } else { format!("{span} of business time") }
}

/// "six"; numbers above twelve in digits.
fn number_word(number: u32) -> String {
    let words = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    words.get(number as usize).map_or_else(|| number.to_string(), |word| (*word).to_string())
}

/// "1,500"; a fraction is kept.
fn with_commas(number: f64) -> String {
    let text = format!("{number}");
    let (whole, rest) = text
        .split_once('.')
        .map_or((text.as_str(), String::new()), |(whole, part)| (whole, format!(".{part}")));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + &rest
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TierId;

    fn timed(to: Milestone, within: &str, tiers: &[u8], in_hours: Option<bool>) -> String {
        let target = within.parse().expect("a target");
        let within = Clock { target, text: within.to_string() };
        let promise = Promise::Timed { from: Milestone::Routed, to, within, after_hours: None };
        let scope = Scope { tiers: tiers.iter().map(|id| TierId(*id)).collect(), in_hours };
        title(&promise, &scope, &["1".to_string(), "hot".to_string()])
    }

    #[test]
    fn a_title_says_the_numbers_of_the_promise() {
        let (attempted, routed, disposed) = (Milestone::Attempted, Milestone::Routed, Milestone::Disposed);
        assert_eq!(timed(attempted, "15 business min", &[0], None), "Tier 1, first attempt");
        assert_eq!(timed(attempted, "1h", &[1], Some(true)), "hot in hours, first attempt");
        assert_eq!(timed(attempted, "1h", &[], None), "First attempt");
        assert_eq!(timed(disposed, "4 business hours", &[], None), "Accept or reject in 4 business hours");
        assert_eq!(
            timed(disposed, "1 business hour", &[0, 1], None),
            "Tiers 1, hot, accept or reject in 1 business hour"
        );
        assert_eq!(timed(routed, "15min", &[], Some(true)), "In hours, routed in 15 minutes");
        assert_eq!(timed(routed, "90sec", &[], None), "Routed in 1 min 30 s");
        assert_eq!(
            timed(routed, "by 08:00 next business day", &[], Some(false)),
            "After hours, routed by 08:00"
        );
        assert_eq!(
            timed(routed, "by 08:00 next business day", &[], None),
            "Routed by 08:00 next business day"
        );
        assert_eq!(timed(Milestone::Assigned, "2 business days", &[], None), "Assigned in 2 business days");
    }

    #[test]
    fn counts_and_shares_are_written_as_one_says_them() {
        let all = Scope { tiers: Vec::new(), in_hours: None };
        let called = |promise: &Promise| title(promise, &all, &[]);
        assert_eq!(called(&Promise::MonthlyVolume { target: 150.0 }), "150 MQLs a month");
        assert_eq!(called(&Promise::MonthlyVolume { target: 1500.5 }), "1,500.5 MQLs a month");
        assert_eq!(called(&Promise::RejectionBelow { share: 0.25 }), "Rejected under 25 % a month");
        assert_eq!(called(&Promise::RejectionBelow { share: 0.075 }), "Rejected under 7.5 % a month");
        let numbers: Vec<String> = [0, 1, 6, 13].into_iter().map(number_word).collect();
        assert_eq!(numbers, ["no", "one", "six", "13"]);
    }
}
