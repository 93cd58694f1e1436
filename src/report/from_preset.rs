//! One sentence at the foot of the page: which leads, promises and people are the template's and not the user's.

use crate::scenario::Inherited;

/// Longest list of names, in characters; what is longer ends with a count.
const LONGEST: usize = 40;

/// "From the template, not from your file: sources intent and newsletter; deal sizes and win rates."
pub fn sentence(inherited: &Inherited) -> String {
    let mut parts = Vec::new();
    for (one, names) in [
        ("source", &inherited.sources),
        ("commitment", &inherited.commitments),
        ("rep group", &inherited.groups),
    ] {
        if !names.is_empty() {
            let s = if names.len() == 1 { "" } else { "s" };
            parts.push(format!("{one}{s} {}", listed(names)));
        }
    }
    parts.extend(match (inherited.deal_sizes, inherited.win_rates) {
        (true, true) => Some("deal sizes and win rates".to_owned()),
        (true, false) => Some("deal sizes".to_owned()),
        (false, true) => Some("win rates".to_owned()),
        (false, false) => None,
    });
    format!("From the {}, not from your file: {}.", inherited.preset, parts.join("; "))
}

/// Names with commas, as many as fit.
fn listed(names: &[String]) -> String {
    let mut text = names[0].clone();
    for (place, name) in names.iter().enumerate().skip(1) {
        if text.chars().count() + 2 + name.chars().count() > LONGEST {
            return format!("{text} and {} more", names.len() - place);
        }
        text = format!("{text}, {name}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lines_at_most_even_when_everything_is_the_templates() {
        let names = |words: &str| words.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let mut all = Inherited {
            preset: "template".into(),
            sources: names(
                "pricing_or_direct event_registration webinar high_score_inbound intent content newsletter",
            ),
            commitments: names("M1 M8 M9 M10 S1 S2 S3 S4 S5"),
            groups: names("reps"),
            deal_sizes: true,
            win_rates: true,
        };
        let text = sentence(&all);
        assert!(crate::report::text::faint_line(&text).lines().count() <= 2, "{text}");
        assert!(
            text.contains(
                "sources pricing_or_direct, event_registration and 5 more; commitments M1, M8, M9,"
            ),
            "{text}"
        );
        assert!(text.ends_with("; rep group reps; deal sizes and win rates."), "{text}");
        (all.sources, all.commitments, all.groups) = (names("intent newsletter"), vec![], vec![]);
        all.deal_sizes = false;
        assert_eq!(
            sentence(&all),
            "From the template, not from your file: sources intent, newsletter; win rates."
        );
    }
}
