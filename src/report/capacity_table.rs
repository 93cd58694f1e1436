//! The points of a sweep as the table of its page.

use super::capacity::SweepPage;
use super::wording::{TrialWord, count, money, percent, plain, with_sign};
use crate::plan::sweep::SweepPoint;
use crate::stats::Estimate;

/// One row a point, ways of working one below the other.
pub(super) fn table(page: &SweepPage<'_>, lines: &[(&str, Vec<&SweepPoint>)], trial: &TrialWord) -> String {
    // "buyers.decay.strength.1": the name of a tier alone says nothing
    let parts: Vec<&str> = page.over.split('.').collect();
    let last = match parts.as_slice() {
        [.., before, last] if last.chars().all(|letter| letter.is_ascii_digit()) => {
            format!("{before}.{last}")
        }
        [.., last] => (*last).to_owned(),
        [] => String::new(),
    };
    let several = lines.iter().any(|(name, _)| !name.is_empty());
    let mut head: Vec<String> = if several { vec!["WAY OF WORKING".into()] } else { Vec::new() };
    head.extend([
        last.to_uppercase(),
        "KEPT".into(),
        format!("{}\u{a0}% CI", (page.level * 1e6).round() / 1e4),
        "TYPICAL".into(),
        format!("{}S KEPT", trial.short.to_uppercase()),
        format!("{}\u{a0}% CI", (page.level * 1e6).round() / 1e4),
        "OPPS".into(),
        "TEAM COST".into(),
    ]);
    let mut rows = vec![head];
    for (name, points) in lines {
        for (place, point) in points.iter().enumerate() {
            let dash = || "–".to_owned();
            let mut row = Vec::new();
            if several {
                row.push(if place == 0 { (*name).to_owned() } else { String::new() });
            }
            row.extend([
                point.value.clone(),
                match point.kept {
                    None if point.refused.is_some() => "refused".into(),
                    kept => kept.map_or_else(dash, |kept| percent(kept.value)),
                },
                ends(point.kept).unwrap_or_else(dash),
                point.kept_typical.map_or_else(dash, super::wording::percent_range),
                point.holds.map_or_else(dash, |holds| plain(&with_sign(holds.value))),
                ends(point.holds).unwrap_or_else(dash),
                point.opportunities.map_or_else(dash, |n| count_finely(n.value)),
                point.team_cost.map_or_else(dash, |cost| money(cost.value)),
            ]);
            rows.push(row);
        }
    }
    super::text::columns(&rows, usize::from(several))
}

/// "86.1–94.8"; none where trials are too few for an interval.
fn ends(share: Option<Estimate>) -> Option<String> {
    let (low, high) = share?.shown()?;
    Some(format!("{:.1}–{:.1}", low * 100.0, high * 100.0))
}

/// Opportunities differ by fractions between ways of working, so one decimal stays below a thousand.
pub(super) fn count_finely(value: f64) -> String {
    if value < 1000.0 { format!("{value:.1}") } else { count(value) }
}
