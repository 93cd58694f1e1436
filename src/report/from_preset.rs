//! One sentence at the foot of the page: which leads, promises and people are the template's and not the user's.

use super::lookup::Findings;
use super::wording::JOINT;
use crate::scenario::Inherited;
use crate::study::Study;

/// "From the template, not from your file: sources intent, newsletter; deal sizes and win rates; meetings (12.9 h a rep-week)."
pub fn sentence(inherited: &Inherited, meeting_hours: Option<f64>) -> String {
    let mut parts = Vec::new();
    for (one, names) in [
        ("source", &inherited.sources),
        ("commitment", &inherited.commitments),
        ("rep group", &inherited.groups),
    ] {
        if !names.is_empty() {
            let s = if names.len() == 1 { "" } else { "s" };
            parts.push(format!("{one}{s} {}", names.join(", ")));
        }
    }
    parts.extend(match (inherited.deal_sizes, inherited.win_rates) {
        (true, true) => Some("deal sizes and win rates".to_owned()),
        (true, false) => Some("deal sizes".to_owned()),
        (false, true) => Some("win rates".to_owned()),
        (false, false) => None,
    });
    parts.extend(inherited.inputs.iter().map(|input| match meeting_hours {
        Some(hours) if input == "meetings" => {
            format!("{input} ({hours:.1}{JOINT}h{JOINT}a{JOINT}rep-week)")
        }
        _ => input.clone(),
    }));
    format!("From the {}, not from your file: {}.", inherited.preset, parts.join("; "))
}

/// Hours that a rep of the study spends in meetings, a week.
pub fn meeting_hours(study: &Study, findings: &Findings) -> Option<f64> {
    let model = &study.model;
    let weeks = (model.horizon.end - model.horizon.start).as_days() / 7.0;
    let paid = findings.value("paid_hours")?;
    let (_, share) = findings.causes("rep_time", None).into_iter().find(|(cause, _)| *cause == "meetings")?;
    Some(paid * share / weeks / model.reps.len().max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_named_and_four_lines_hold_it() {
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
            inputs: vec!["meetings".into(), "own work".into(), "the pipeline goal".into()],
        };
        let text = sentence(&all, Some(12.94));
        assert!(crate::report::text::faint_line(&text).lines().count() <= 4, "{text}");
        assert!(text.contains("high_score_inbound, intent, content, newsletter; commitments M1,"), "{text}");
        let end = "; meetings (12.9 h a rep-week); own work; the pipeline goal.";
        assert!(crate::report::plain(&text).ends_with(end), "{text}");
        (all.sources, all.commitments, all.groups) = (names("intent newsletter"), vec![], vec![]);
        (all.deal_sizes, all.inputs) = (false, vec![]);
        assert_eq!(
            sentence(&all, None),
            "From the template, not from your file: sources intent, newsletter; win rates."
        );
    }
}
