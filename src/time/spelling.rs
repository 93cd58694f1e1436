//! "Did you mean …?": the known word closest to one that was mistyped.

/// Similarity (0 to 1, Jaro-Winkler) under which a guess would confuse more than help.
const CLOSE_ENOUGH: f64 = 0.8;

/// The candidate most like `text`, ignoring case, when one is close enough; the first of equals.
pub(super) fn closest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = text.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let score = strsim::jaro_winkler(&wanted, &candidate.to_lowercase());
        if score >= CLOSE_ENOUGH && best.is_none_or(|(leader, _)| score > leader) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The end of an error message: a guess when there is one, otherwise how to write it.
pub(super) fn way_out(guess: Option<&str>, otherwise: &str) -> String {
    match guess {
        Some(word) => format!("did you mean \"{word}\"?"),
        None => otherwise.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_near_miss_and_refuses_the_far_one() {
        assert_eq!(closest("minuets", ["seconds", "minutes", "hours"]), Some("minutes"));
        assert_eq!(closest("xyz", ["seconds", "minutes", "hours"]), None);
        assert_eq!(way_out(Some("h"), "write h"), "did you mean \"h\"?");
        assert_eq!(way_out(None, "write h"), "write h");
    }
}
