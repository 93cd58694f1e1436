//! Numbers on the command line that are easily mistaken: a precision in points, a level as a share.

/// Reads a half-width: "0.5pp" is 0.005.
pub(super) fn points(text: &str) -> Result<f64, String> {
    let hint = "write it in percentage points, for example --precision 0.5pp";
    let number = text.trim().strip_suffix("pp").ok_or(format!("has no unit; {hint}"))?;
    match number.trim().parse::<f64>() {
        Ok(points) if points > 0.0 && points < 50.0 => Ok(points / 100.0),
        Ok(_) => Err(format!("must lie between 0pp and 50pp; {hint}")),
        Err(_) => Err(format!("is no number; {hint}")),
    }
}

/// Reads a confidence level: a share like 0.95.
pub(super) fn level(text: &str) -> Result<f64, String> {
    let hint = "write a share, for example --level 0.95";
    if let Some(percent) = text.trim().strip_suffix('%') {
        let share = percent.trim().parse::<f64>().map(|percent| percent / 100.0);
        return match share {
            Ok(share) if (0.5..1.0).contains(&share) => Ok(share),
            Ok(_) => Err(format!("must be at least 50% and below 100%; {hint}")),
            Err(_) => Err(format!("is no number; {hint}")),
        };
    }
    match text.trim().parse::<f64>() {
        Ok(level) if (0.5..1.0).contains(&level) => Ok(level),
        Ok(level) if (50.0..100.0).contains(&level) => {
            Err(format!("is a per cent; write --level {}", level / 100.0))
        }
        Ok(_) => Err(format!("must be at least 0.5 and below 1; {hint}")),
        Err(_) => Err(format!("is no number; {hint}")),
    }
}

/// Reads a share or a per cent that lies strictly between none and all: "0.9" and "90%" are 0.9.
fn share(text: &str, hint: &str) -> Result<f64, String> {
    let text = text.trim();
    let (number, hundred) = text.strip_suffix('%').map_or((text, 1.0), |percent| (percent.trim(), 100.0));
    match number.parse::<f64>() {
        Ok(number) if number > 0.0 && number < hundred => Ok(number / hundred),
        Ok(number) if hundred == 1.0 && number > 1.0 && number < 100.0 => {
            Err(format!("must lie between 0 and 1; for {number} per cent write {number}%"))
        }
        Ok(_) => Err(format!("must lie between 0 and 1; {hint}")),
        Err(_) => Err(format!("is no number; {hint}")),
    }
}

/// Reads a wanted probability: "0.9" or "90%".
pub(super) fn probability(text: &str) -> Result<f64, String> {
    share(text, "write a share, for example --probability 0.9")
}

/// Reads a goal: "0.9" or "90%".
pub(super) fn goal(text: &str) -> Result<f64, String> {
    if matches!(text.trim(), "1" | "1.0" | "100%" | "100 %") {
        return Ok(1.0);
    }
    share(text, "write a share, for example --goal 0.9")
}

/// Reads a sum of money: "$5,000", "$5K" or "5000".
pub(super) fn dollars(text: &str) -> Result<f64, String> {
    let hint = "write dollars, for example --at-most-cost '$5,000' or 5K";
    let plain: String = text.trim().trim_start_matches('$').chars().filter(|c| *c != ',').collect();
    let (digits, times) = match plain.strip_suffix(['K', 'k']) {
        Some(digits) => (digits, 1e3),
        None => (
            plain.strip_suffix(['M', 'm']).unwrap_or(&plain),
            if plain.ends_with(['M', 'm']) { 1e6 } else { 1.0 },
        ),
    };
    match digits.parse::<f64>() {
        Ok(number) if number.is_finite() && number >= 0.0 => Ok(number * times),
        Ok(_) => Err(format!("must be 0 or more; {hint}")),
        Err(_) => Err(format!("is no sum of money; {hint}")),
    }
}

/// Reads an allowed chance of error: "0.01" or "1%".
pub(super) fn error(text: &str) -> Result<f64, String> {
    share(text, "write a small share, for example --error 0.01")
}

/// Reads a margin: "0.5pp" is 0.005; "0pp" is none.
pub(super) fn margin(text: &str) -> Result<f64, String> {
    if text.trim().strip_suffix("pp").is_some_and(|number| number.trim().parse() == Ok(0.0)) {
        return Ok(0.0);
    }
    points(text).map_err(|error| error.replace("--precision", "--margin"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_precision_is_in_points_and_a_level_is_a_share() {
        assert_eq!(points("0.5pp"), Ok(0.005));
        assert!(points("0.5").is_err_and(|error| error.contains("0.5pp")));
        assert!(points("0pp").is_err() && points("nanpp").is_err());
        assert_eq!((dollars("$5,000"), dollars("5K"), dollars("$1.5M")), (Ok(5e3), Ok(5e3), Ok(1.5e6)));
        assert!(dollars("-1").is_err() && dollars("x").is_err() && dollars("inf").is_err());
        assert_eq!(level("0.9"), Ok(0.9));
        assert!(level("95").is_err_and(|error| error.contains("--level 0.95")));
        assert_eq!((level("95%"), level("90 %")), (Ok(0.95), Ok(0.9)));
        assert!(level("40%").is_err() && level("100%").is_err() && level("x%").is_err());
        assert!(level("1").is_err() && level("NaN").is_err());
    }
}
