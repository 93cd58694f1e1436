//! Numbers as people read them: shares as per cent, money in thousands, waiting times in words.

use super::Span;

/// The value when it is there and is a finite number.
pub(super) fn known(value: Option<f64>) -> Option<f64> {
    value.filter(|number| number.is_finite())
}

/// The span when both ends are finite, the lower end first.
pub(super) fn known_span(span: Option<Span>) -> Option<Span> {
    span.filter(|ends| ends.low.is_finite() && ends.high.is_finite())
        .map(|ends| Span::new(ends.low.min(ends.high), ends.low.max(ends.high)))
}

/// A share (0 to 1) in per cent with this many decimals: 0.641 is "64.1 %". Never rounds a part to none or all.
pub(super) fn percent(share: f64, decimals: usize) -> String {
    let step = 10_f64.powi(-(decimals as i32));
    let shown = share * 100.0;
    if shown > 0.0 && shown < step / 2.0 {
        return format!("<{step:.decimals$} %");
    }
    if shown < 100.0 && shown > 100.0 - step / 2.0 {
        return format!(">{:.decimals$} %", 100.0 - step);
    }
    format!("{shown:.decimals$} %")
}

/// A share that needs no decimals when it is a whole per cent: a goal of 0.9 is "90 %".
pub(super) fn short_percent(share: f64) -> String {
    let whole = (share * 100.0 - (share * 100.0).round()).abs() < 1e-6;
    percent(share, if whole { 0 } else { 1 })
}

/// A goal; one that is not in the agreement carries a star.
pub(super) fn marked_goal(share: f64, own: bool) -> String {
    format!("{}{}", short_percent(share), if own { "*" } else { "" })
}

/// A count or an amount with the decimals it deserves: "446", "24.3", "1.7", "0.35"; thousands with a comma.
pub(super) fn amount(value: f64) -> String {
    let size = value.abs();
    if size >= 1000.0 {
        return with_commas(value.round());
    }
    let decimals = match size {
        _ if size.fract() == 0.0 || size >= 100.0 => 0,
        _ if size >= 1.0 => 1,
        _ => 2,
    };
    format!("{value:.decimals$}")
}

/// An axis number whose neighbour is `step` away.
pub(super) fn on_axis(value: f64, step: f64) -> String {
    if value.abs() >= 1000.0 {
        return with_commas(value.round());
    }
    let decimals = if step >= 1.0 { 0 } else { (-step.log10()).ceil().clamp(1.0, 6.0) as usize };
    // "-0" comes out of rounding a tiny negative number
    let shown = if value == 0.0 { 0.0 } else { value };
    format!("{shown:.decimals$}")
}

fn with_commas(whole: f64) -> String {
    let digits = format!("{:.0}", whole.abs());
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if whole < 0.0 { format!("−{grouped}") } else { grouped }
}

/// Money in units, thousands, millions or billions: "$640", "$36K", "$3.8M".
pub(super) fn money(symbol: &str, value: f64) -> String {
    let sign = if value < 0.0 { "−" } else { "" };
    let size = value.abs();
    let body = if size >= 999_950_000.0 {
        format!("{:.1}B", size / 1e9)
    } else if size >= 999_500.0 {
        format!("{:.1}M", size / 1e6)
    } else if size >= 999.5 {
        format!("{:.0}K", size / 1e3)
    } else {
        format!("{size:.0}")
    };
    format!("{sign}{symbol}{body}")
}

/// A waiting time in minutes, in the largest unit that keeps it short: "15 min", "4 h", "1 day".
pub(super) fn waiting(minutes: f64) -> String {
    let (value, unit) = match minutes {
        _ if minutes < 1.0 => (minutes * 60.0, "s"),
        _ if minutes < 120.0 && minutes % 60.0 != 0.0 => (minutes, "min"),
        _ if minutes < 1440.0 => (minutes / 60.0, "h"),
        _ => (minutes / 1440.0, "day"),
    };
    let number =
        if (value - value.round()).abs() < 0.05 { format!("{value:.0}") } else { format!("{value:.1}") };
    let plural = if unit == "day" && number != "1" { "s" } else { "" };
    format!("{number} {unit}{plural}")
}
