//! The table of commitments: what was promised, how often it is kept, how sure that is, and what a single quarter may bring.

use super::lookup::Findings;
use super::names;
use super::verdict::Verdict;
use super::wording::{count, percent_range, with_sign};
use crate::model::{Commitment, Goal, Milestone, Promise};
use crate::stats::Estimate;
use crate::study::{Finding, Period, Scope, Study};

/// One commitment, or a part of the one above.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// "S1".
    pub id: String,
    /// "Tier 1, first attempt"; of a part "in hours, 15 bus. min (67 %)", with its share of the leads.
    pub title: String,
    /// Whether it is a part of the row above.
    pub part: bool,
    /// How often it must be kept; none for parts.
    pub goal: Option<Goal>,
    /// Whether it is judged by the month.
    pub monthly: bool,
    /// Share kept.
    pub kept: Option<Estimate>,
    /// Typical range of that share in one trial.
    pub typical: Option<(f64, f64)>,
    /// What stands in place of the typical range for monthly promises: "415–481 in all".
    pub typical_text: Option<String>,
    /// Share of trials that reach the goal; none for parts.
    pub holds: Option<Estimate>,
    /// The word; none for parts.
    pub verdict: Option<Verdict>,
}

/// First what sales promised lead by lead, then routing, then what is judged by the month.
fn rank(commitment: &Commitment) -> u8 {
    match commitment.promise {
        Promise::Timed { to: Milestone::Routed | Milestone::Assigned, .. } => 1,
        Promise::Timed { .. } | Promise::Persistence { .. } => 0,
        Promise::MonthlyVolume { .. } | Promise::RejectionBelow { .. } => 2,
    }
}

/// All rows of a study.
pub fn of(study: &Study, findings: &Findings) -> Vec<Row> {
    let mut commitments: Vec<&Commitment> = study.model.agreement.commitments.iter().collect();
    commitments.sort_by_key(|c| rank(c));
    commitments.into_iter().flat_map(|c| rows(study, findings, c)).collect()
}

fn known(finding: Option<&Finding>) -> Option<Estimate> {
    finding.map(|f| f.estimate).filter(Estimate::is_known)
}

fn rows(study: &Study, findings: &Findings, commitment: &Commitment) -> Vec<Row> {
    let parts = parts(findings, commitment);
    let attainment = findings.of_commitment("attainment", &commitment.id, Scope::All);
    let holds = known(findings.of_commitment("holds", &commitment.id, Scope::All));
    let monthly = rank(commitment) == 2;
    let kept = known(attainment);
    let mut rows = vec![Row {
        id: commitment.id.clone(),
        title: title(study, commitment, !parts.is_empty()),
        part: false,
        goal: Some(commitment.goal),
        monthly,
        kept,
        typical: attainment.and_then(|f| f.typical),
        typical_text: if monthly { monthly_range(study, findings, commitment) } else { None },
        holds,
        verdict: holds.as_ref().map(Verdict::of),
    }];
    rows.extend(parts);
    rows
}

/// The title, with its target where neither the title nor rows below say it, in figures or in words.
fn title(study: &Study, commitment: &Commitment, has_parts: bool) -> String {
    const TIMES: [&str; 8] = ["second", "minute", "hour", "day", "week", "noon", "midnight", "o'clock"];
    // which leads it is about is no target
    let bare = commitment.title.to_lowercase().replace("after hours", "").replace("in hours", "");
    let says_a_time = bare
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .any(|word| TIMES.contains(&word) || word.strip_suffix('s').is_some_and(|one| TIMES.contains(&one)));
    names::row_title(&study.model, commitment, has_parts || says_a_time)
}

/// In hours and after hours, where the agreement promises them different things.
fn parts(findings: &Findings, commitment: &Commitment) -> Vec<Row> {
    let Promise::Timed { within, after_hours: Some(after_hours), .. } = &commitment.promise else {
        return Vec::new();
    };
    let judged = |scope| {
        let totals = findings.of_commitment("attainment", &commitment.id, scope)?.totals?;
        Some(totals.judged as f64)
    };
    let all = judged(Scope::All).unwrap_or(0.0);
    [(Scope::InHours, "in hours", within), (Scope::AfterHours, "after hours", after_hours)]
        .into_iter()
        .filter_map(|(scope, when, clock)| {
            let finding = findings.of_commitment("attainment", &commitment.id, scope)?;
            // the other part is the rest, and its clock takes the room
            let share = judged(scope).filter(|_| all > 0.0 && scope == Scope::InHours).map(|n| n / all);
            let of_all = share.map_or(String::new(), |share| format!(" ({})", with_sign(share)));
            Some(Row {
                id: String::new(),
                title: format!("{when}, {}{of_all}", names::short_clock(clock)),
                part: true,
                goal: None,
                monthly: false,
                kept: known(Some(finding)),
                typical: finding.typical,
                typical_text: None,
                holds: None,
                verdict: None,
            })
        })
        .collect()
}

/// What a trial typically brings, of what is promised by the month.
fn monthly_range(study: &Study, findings: &Findings, commitment: &Commitment) -> Option<String> {
    match commitment.promise {
        Promise::MonthlyVolume { .. } => {
            let tier = match commitment.scope.tiers.as_slice() {
                [] => None,
                [only] => Some(study.model.leads.tiers[usize::from(only.0)].name.as_str()),
                _ => return None,
            };
            let (low, high) = findings.of_tier("mqls", tier, Scope::All)?.typical?;
            Some(format!("{}–{} in all", count(low), count(high)))
        }
        Promise::RejectionBelow { .. } if commitment.scope.tiers.is_empty() => {
            let whole: Vec<&str> =
                study.model.horizon.months.iter().filter(|m| m.whole).map(|m| m.label.as_str()).collect();
            let is_whole = |p: &Period| matches!(p, Period::Month(label) if whole.contains(&label.as_str()));
            // the widest of the months' own typical ranges
            let range = findings
                .by_period("rejected_of_disposed", None, is_whole)
                .filter_map(|f| f.typical)
                .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
            Some(format!("{}\u{a0}%", percent_range(range)))
        }
        _ => None,
    }
}
