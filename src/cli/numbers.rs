//! Whole numbers on the command line, refused in words: "many" is no whole number, 0 trials are too few.

/// Reads a whole number from `least` to `most`.
fn whole(text: &str, least: u64, most: u64) -> Result<u64, String> {
    let text = text.trim();
    let bare: String = text.chars().filter(|letter| !matches!(letter, ',' | '_' | ' ' | '\'')).collect();
    match (text.parse::<u64>(), bare.parse::<u64>()) {
        (Ok(number), _) if number < least => Err(format!("must be at least {least}")),
        (Ok(number), _) if number > most => Err(format!("must be at most {most}")),
        (Ok(number), _) => Ok(number),
        (Err(_), Ok(number)) => Err(format!("is no whole number; write {number}, without separators")),
        _ if text.starts_with('-') => Err(format!("must be a whole number of at least {least}")),
        _ => Err("is no whole number".into()),
    }
}

/// How many trials: 1 or more.
pub(super) fn trials(text: &str) -> Result<u64, String> {
    whole(text, 1, u64::MAX)
}

/// A seed, or which trial: 0 or more.
pub(super) fn from_zero(text: &str) -> Result<u64, String> {
    whole(text, 0, u64::MAX)
}

/// Which lead: 1 or more.
pub(super) fn lead(text: &str) -> Result<u32, String> {
    whole(text, 1, u64::from(u32::MAX)).map(|number| number as u32)
}

/// Of how many trials every lead is written: 1 to 1000.
pub(super) fn traced(text: &str) -> Result<u32, String> {
    whole(text, 1, 1000).map(|number| number as u32)
}

/// How long the parts of a cover are, minutes: from a quarter of an hour, and a whole number of them is a day.
pub(super) fn part_of_day(text: &str) -> Result<u32, String> {
    let text = text.trim();
    let (number, unit) =
        text.split_at(text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len()));
    let times = match unit.trim() {
        "min" | "m" => 1,
        "h" => 60,
        _ => return Err("is no time; write 30min, 1h or 2h".into()),
    };
    let minutes = number.parse::<u32>().ok().and_then(|number| number.checked_mul(times)).unwrap_or(0);
    let fits = (15..=1440).contains(&minutes) && 1440 % minutes == 0;
    fits.then_some(minutes)
        .ok_or("must go into a day a whole number of times, from 15min on; write 30min, 1h or 2h".into())
}

/// Business days of notice: 0 to 365.
pub(super) fn days(text: &str) -> Result<u32, String> {
    match whole(text, 0, 365) {
        Ok(number) => Ok(number as u32),
        Err(_) => Err("is no whole number of business days up to 365; write 0,2,5,10".into()),
    }
}

/// How many threads: 1 to 1024.
pub(super) fn threads(text: &str) -> Result<u16, String> {
    whole(text, 1, 1024).map(|number| number as u16)
}

/// Reads a multiple: above 0, at most 100.
pub(super) fn times(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(times) if times > 0.0 && times <= 100.0 => Ok(times),
        Ok(_) => {
            Err("must lie above 0 and at most at 100; write a multiple, for example --campaign 3".into())
        }
        Err(_) => Err("is no number; write a multiple, for example --campaign 3".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_refused_in_words() {
        assert_eq!(trials("1000"), Ok(1000));
        assert_eq!(trials("0"), Err("must be at least 1".into()));
        assert_eq!(trials("1,000"), Err("is no whole number; write 1000, without separators".into()));
        assert_eq!(from_zero("-1"), Err("must be a whole number of at least 0".into()));
        assert_eq!(trials("many"), Err("is no whole number".into()));
        assert_eq!(traced("1001"), Err("must be at most 1000".into()));
        assert_eq!(threads("70000"), Err("must be at most 1024".into()));
    }

    #[test]
    fn a_part_of_a_cover_goes_into_a_day() {
        assert_eq!((part_of_day("1h"), part_of_day("30min"), part_of_day("24h")), (Ok(60), Ok(30), Ok(1440)));
        for wrong in ["7h", "5min", "0h", "1", "h", "-1h", "999999999h"] {
            assert!(part_of_day(wrong).is_err_and(|error| error.contains("write 30min")), "{wrong}");
        }
    }
}
