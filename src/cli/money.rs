//! Numbers of a plan on the command line: "$2M", "40k", "25%", "30 days", each refused with the way out.

use crate::random::Law;

/// Reads dollars: 2M, 40k, $2,000,000.
pub(super) fn money(text: &str) -> Result<f64, String> {
    let hint = "write dollars, for example 2M, 40k or $2,000,000";
    let bare: String = text.chars().filter(|c| !matches!(c, '$' | ',' | '_' | ' ')).collect();
    let unit = match bare.chars().last().map(|c| c.to_ascii_lowercase()) {
        Some('k') => 1e3,
        Some('m') => 1e6,
        Some('b') => 1e9,
        _ => 1.0,
    };
    let digits = if unit > 1.0 { &bare[..bare.len() - 1] } else { &bare };
    match digits.parse::<f64>() {
        Ok(number) if number > 0.0 && (number * unit).is_finite() => Ok(number * unit),
        Ok(_) => Err(format!("must be above zero; {hint}")),
        Err(_) => Err(format!("is no amount of money; {hint}")),
    }
}

/// Reads a share above 0, at most 1: 25% or 0.25.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let hint = "write 25% or 0.25";
    let (digits, unit) = match text.trim().strip_suffix('%') {
        Some(digits) => (digits.trim(), 100.0),
        None => (text.trim(), 1.0),
    };
    match digits.parse::<f64>() {
        Ok(number) if number > 0.0 && number / unit <= 1.0 => Ok(number / unit),
        Ok(number) if unit == 1.0 && number > 1.0 && number <= 100.0 => {
            Err(format!("is more than all of them; for {number} per cent write {number}%"))
        }
        Ok(_) => Err(format!("must lie above 0 and not above 100%; {hint}")),
        Err(_) => Err(format!("is no share; {hint}")),
    }
}

/// Reads the wanted probability: above 0, below 1.
pub(super) fn probability(text: &str) -> Result<f64, String> {
    match share(text) {
        Ok(share) if share < 1.0 => Ok(share),
        Ok(_) => Err("cannot be certain; write 0.95, or 99%".into()),
        Err(error) => Err(error.replace("25% or 0.25", "90% or 0.9")),
    }
}

/// Reads a coefficient of variation: 0.8 or 80%; 0 for none.
pub(super) fn variation(text: &str) -> Result<f64, String> {
    let hint = "write the standard deviation over the mean, for example 0.8";
    let (digits, unit) = match text.trim().strip_suffix('%') {
        Some(digits) => (digits.trim(), 100.0),
        None => (text.trim(), 1.0),
    };
    match digits.parse::<f64>() {
        Ok(number) if (0.0..=5.0).contains(&(number / unit)) => Ok(number / unit),
        Ok(_) => Err(format!("must lie between 0 and 5; {hint}")),
        Err(_) => Err(format!("is no number; {hint}")),
    }
}

/// Reads by how much a planned volume is off: beyond its own size it would be no plan.
pub(super) fn volume_variation(text: &str) -> Result<f64, String> {
    match variation(text)? {
        cv if cv <= 1.0 => Ok(cv),
        _ => {
            Err("must lie between 0 and 1; a volume that is off by more than its own size is no plan".into())
        }
    }
}

/// From how many past leads a rate is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum RateFrom {
    /// From so many.
    Past(f64),
    /// It is taken as known exactly.
    Exactly,
}

/// Reads "200", or "exactly".
pub(super) fn rate_from(text: &str) -> Result<RateFrom, String> {
    let hint = "write how many past MQLs the rate was counted on, for example 200, or exactly";
    let bare: String = text.chars().filter(|c| !matches!(c, ',' | '_' | ' ')).collect();
    match (bare.as_str(), bare.parse::<f64>()) {
        ("exactly", _) => Ok(RateFrom::Exactly),
        (_, Ok(number)) if (1.0..=1e9).contains(&number) => Ok(RateFrom::Past(number)),
        (_, Ok(_)) => Err(format!("must be at least 1; {hint}")),
        _ => Err(format!("is no number of MQLs; {hint}")),
    }
}

/// A lag as written, with its law in days.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lag {
    /// What it means, in words.
    pub words: String,
    /// Its law, days.
    pub law: Law,
}

/// The 90th percentile of a lag of which only the median is given, in medians.
const USUAL_P90: f64 = 2.0;

/// Reads "30 days" (the median), "6 weeks", or "30..75 days" (median and 90th percentile).
pub(super) fn lag(text: &str) -> Result<Lag, String> {
    let hint = "write the median, for example \"30 days\" or \"6 weeks\", or median and 90th percentile: \"30..75 days\"";
    let text = text.trim().to_lowercase();
    let end = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
    let (digits, unit) = (text[..end].trim(), text[end..].trim());
    let days = match unit {
        "d" | "day" | "days" => 1.0,
        "w" | "week" | "weeks" => 7.0,
        "" => return Err(format!("has no unit; {hint}")),
        _ => return Err(format!("is no time in days or weeks; {hint}")),
    };
    let number = |text: &str| text.trim().parse::<f64>().map(|number| number * days);
    let (median, p90) = match digits.split_once("..") {
        Some((median, p90)) => (number(median), number(p90)),
        None => (number(digits), number(digits).map(|median| USUAL_P90 * median)),
    };
    let (Ok(median), Ok(p90)) = (median, p90) else { return Err(format!("is no time; {hint}")) };
    if median > 3650.0 {
        return Err(format!("is more than ten years; {hint}"));
    }
    match Law::log_normal_median_p90(median, p90) {
        Some(law) => Ok(Lag { words: format!("median {median} days, 9 in 10 within {p90} days"), law }),
        None => Err(format!("must be above zero, the 90th percentile above the median; {hint}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_as_people_write_it() {
        for (text, dollars) in
            [("2M", 2e6), ("$2,000,000", 2e6), ("40k", 4e4), ("$ 1.5 b", 1.5e9), ("640", 640.0)]
        {
            assert_eq!(money(text), Ok(dollars), "{text}");
        }
        for text in ["", "k", "-5", "0", "2 euros", "inf", "NaN"] {
            assert!(money(text).is_err_and(|error| error.contains("2M")), "{text}");
        }
    }

    #[test]
    fn shares_are_per_cent_or_fractions() {
        assert_eq!((share("25%"), share("0.25"), share("100 %")), (Ok(0.25), Ok(0.25), Ok(1.0)));
        assert_eq!(share("25"), Err("is more than all of them; for 25 per cent write 25%".into()));
        assert!(share("0").is_err() && share("-1%").is_err() && share("a").is_err() && share("nan").is_err());
        assert!(probability("1").is_err() && probability("90%") == Ok(0.9));
        assert_eq!((variation("0.8"), variation("80%"), variation("0")), (Ok(0.8), Ok(0.8), Ok(0.0)));
        assert!(variation("-1").is_err() && variation("NaN").is_err());
        assert_eq!(
            (rate_from("1,200"), rate_from("exactly")),
            (Ok(RateFrom::Past(1200.0)), Ok(RateFrom::Exactly))
        );
        assert!(rate_from("0").is_err() && rate_from("many").is_err());
    }

    #[test]
    fn a_lag_is_a_median_or_two_quantiles() {
        let one = lag("30 days").expect("a lag").law;
        assert!((one.cdf(30.0) - 0.5).abs() < 1e-9 && (one.cdf(60.0) - 0.9).abs() < 1e-9);
        assert!((lag("6 weeks").expect("a lag").law.cdf(42.0) - 0.5).abs() < 1e-9);
        assert!((lag("30..75 days").expect("a lag").law.cdf(75.0) - 0.9).abs() < 1e-9);
        for text in ["30", "30 hours", "75..30 days", "0 days", "x days", ""] {
            assert!(lag(text).is_err_and(|error| error.contains("30")), "{text}");
        }
    }
}
