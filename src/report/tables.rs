//! The tables of a run as CSV: one row a trial, one row a week (or month) and measure, one row a point of a sweep.

use super::json::EstimateRow;
use super::lookup::Findings;
use crate::plan::sweep::SweepPoint;
use crate::stats::Estimate;
use crate::study::{Period, Study};
use crate::trial::{Funnel, Outcome, RepState};

/// Rows of text as a CSV file.
pub(super) fn written(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(&row).expect("memory takes every row, and all rows have one length");
    }
    writer.into_inner().expect("memory takes every row")
}

pub(super) fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// One row a trial: counts per commitment, funnel, money, rep minutes.
pub fn trials(study: &Study) -> Vec<u8> {
    let commitments = &study.model.agreement.commitments;
    let mut head = owned(&["trial"]);
    for commitment in commitments {
        head.push(format!("{}_kept", commitment.id));
        head.push(format!("{}_judged", commitment.id));
    }
    head.extend(owned(&[
        "mqls",
        "accepted",
        "rejected",
        "attempted",
        "attempts",
        "contacted",
        "sqls",
        "held",
        "opportunities",
        "opportunities_expected",
        "won",
        "won_by_close",
        "pipeline",
        "pipeline_expected",
        "revenue",
        "never_attempted",
        "gave_up",
        "open",
        "returned_mqls",
        "returned_opportunities",
        "team_cost",
        "mql_cost",
    ]));
    head.extend(RepState::NAMED.iter().skip(1).map(|(name, _)| format!("rep_minutes_{name}")));
    head.push("events".into());
    let rows = study.records.iter().enumerate().map(|(number, record)| trial_row(number, record));
    written(std::iter::once(head).chain(rows))
}

fn trial_row(number: usize, record: &Outcome) -> Vec<String> {
    let mut row = vec![number.to_string()];
    for commitment in &record.commitments {
        row.push(commitment.all.kept.to_string());
        row.push(commitment.all.judged.to_string());
    }
    let all = record.tiers.iter().fold(Funnel::default(), |sum, tier| sum + &tier.funnel);
    row.extend(
        [
            all.mqls,
            all.accepted,
            all.rejected,
            all.attempted,
            all.attempts,
            all.contacted,
            all.sqls,
            all.held,
            all.opportunities,
        ]
        .map(|n| n.to_string()),
    );
    row.push(decimal(all.opportunities_expected));
    row.extend([all.won, all.won_by_close].map(|n| n.to_string()));
    row.extend([all.pipeline, all.pipeline_expected, all.revenue].map(cents));
    row.extend(
        [all.never_attempted, all.gave_up, all.open, record.returned.mqls, record.returned.opportunities]
            .map(|n| n.to_string()),
    );
    row.extend([record.team_cost, record.mql_cost].map(cents));
    row.extend(RepState::NAMED.iter().skip(1).map(|(_, state)| decimal(record.rep_minutes[*state as usize])));
    row.push(record.events.to_string());
    row
}

fn decimal(value: f64) -> String {
    format!("{:.3}", if value == 0.0 { 0.0 } else { value })
}

fn cents(value: f64) -> String {
    format!("{:.2}", if value == 0.0 { 0.0 } else { value })
}

/// One row a week and measure, whole weeks and partial ones marked.
pub fn by_week(study: &Study, findings: &Findings) -> Vec<u8> {
    by_period("week", &study.model.horizon.weeks, findings, |period| match period {
        Period::Week(label) => Some(label),
        _ => None,
    })
}

/// One row a month and measure, whole months and partial ones marked.
pub fn by_month(study: &Study, findings: &Findings) -> Vec<u8> {
    by_period("month", &study.model.horizon.months, findings, |period| match period {
        Period::Month(label) => Some(label),
        _ => None,
    })
}

fn by_period(
    name: &str,
    periods: &[crate::model::Period],
    findings: &Findings,
    label_of: impl Fn(&Period) -> Option<&String>,
) -> Vec<u8> {
    let mut head = owned(&[name, "whole", "measure", "commitment", "tier", "cause", "scope"]);
    head.extend(owned(&["value", "low", "high", "level", "unit", "method", "typical_low", "typical_high"]));
    head.extend(owned(&["kept", "judged", "rejected_before", "open", "trials"]));
    let rows = findings.0.iter().filter_map(|finding| {
        let label = label_of(&finding.period)?;
        let whole = periods.iter().any(|period| period.label == *label && period.whole);
        let row = EstimateRow::of(finding);
        let name = |name: Option<String>| name.unwrap_or_default();
        let number = |value: Option<f64>| value.map_or(String::new(), |v| v.to_string());
        let count = |value: Option<u64>| value.map_or(String::new(), |v| v.to_string());
        Some(vec![
            label.clone(),
            whole.to_string(),
            row.measure,
            name(row.commitment),
            name(row.tier),
            name(row.cause),
            row.scope,
            number(row.value),
            number(row.low),
            number(row.high),
            row.level.to_string(),
            row.unit,
            row.method,
            number(row.typical_low),
            number(row.typical_high),
            count(row.kept),
            count(row.judged),
            count(row.rejected_before),
            count(row.open),
            row.trials.to_string(),
        ])
    });
    written(std::iter::once(head).chain(rows))
}

/// One row a point of a sweep; a point that could not be run has no figures, and says why; `put_in` is where nobody asked for the value.
pub fn sweep(line: &str, over: &str, points: &[SweepPoint]) -> Vec<u8> {
    let mut head = owned(&[line, over, "reps", "trials"]);
    for measure in ["kept", "holds", "opportunities", "lead_work", "team_cost"] {
        head.extend([measure.to_owned(), format!("{measure}_low"), format!("{measure}_high")]);
    }
    head.extend(owned(&[
        "kept_typical_low",
        "kept_typical_high",
        "opportunities_typical_low",
        "opportunities_typical_high",
        "refused",
        "put_in",
    ]));
    let number =
        |value: Option<f64>| value.filter(|v| v.is_finite()).map_or(String::new(), |v| v.to_string());
    let rows = points.iter().map(|point| {
        let mut row =
            vec![point.line.clone(), point.value.clone(), point.reps.to_string(), point.trials.to_string()];
        let estimates: [Option<Estimate>; 5] =
            [point.kept, point.holds, point.opportunities, point.lead_work, point.team_cost];
        for estimate in estimates {
            let shown = estimate.and_then(|e| e.shown());
            row.push(number(estimate.map(|e| e.value)));
            row.push(number(shown.map(|s| s.0)));
            row.push(number(shown.map(|s| s.1)));
        }
        for typical in [point.kept_typical, point.opportunities_typical] {
            row.push(number(typical.map(|t| t.0)));
            row.push(number(typical.map(|t| t.1)));
        }
        row.push(point.refused.as_deref().map_or(String::new(), |reason| reason.replace("\n  ", "; ")));
        row.push(if point.put_in { "yes" } else { "no" }.into());
        row
    });
    written(std::iter::once(head).chain(rows))
}
