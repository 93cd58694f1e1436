//! The tables of a run as CSV: one row a trial, one row a week, one row a lead, one row an event.

use super::json::{EstimateRow, period};
use super::lookup::Findings;
use crate::model::{Commitment, Model, Promise, RepId, TierId};
use crate::plan::replay::{Event, TrialStory};
use crate::plan::sweep::SweepPoint;
use crate::stats::Estimate;
use crate::study::{Period, Study};
use crate::time::{Instant, Zone};
use crate::trial::{Funnel, Happening, Lead, Outcome, RepState, Verdict};

/// Rows of text as a CSV file.
fn written(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(&row).expect("memory takes every row, and all rows have one length");
    }
    writer.into_inner().expect("memory takes every row")
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The states of a rep, as columns name them.
const STATES: [(&str, RepState); 9] = [
    ("off", RepState::Off),
    ("absent", RepState::Absent),
    ("lunch", RepState::Lunch),
    ("meetings", RepState::Meeting),
    ("free", RepState::Free),
    ("new_leads", RepState::NewLead),
    ("follow_ups", RepState::FollowUp),
    ("replies", RepState::Reply),
    ("own_work", RepState::OwnWork),
];

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
    head.extend(STATES.iter().skip(1).map(|(name, _)| format!("rep_minutes_{name}")));
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
    row.extend(STATES.iter().skip(1).map(|(_, state)| decimal(record.rep_minutes[*state as usize])));
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
    let head = owned(&[
        "week",
        "whole",
        "measure",
        "commitment",
        "tier",
        "value",
        "low",
        "high",
        "level",
        "unit",
        "typical_low",
        "typical_high",
        "kept",
        "judged",
        "trials",
    ]);
    let weeks = &study.model.horizon.weeks;
    let rows = findings.0.iter().filter_map(|finding| {
        let Period::Week(label) = &finding.period else { return None };
        let whole = weeks.iter().any(|week| week.label == *label && week.whole);
        let row = EstimateRow::of(finding);
        let name = |name: Option<String>| name.unwrap_or_default();
        let number = |value: Option<f64>| value.map_or(String::new(), |v| v.to_string());
        let count = |value: Option<u64>| value.map_or(String::new(), |v| v.to_string());
        let label = period(&finding.period).trim_start_matches("week ").to_owned();
        Some(vec![
            label,
            whole.to_string(),
            row.measure,
            name(row.commitment),
            name(row.tier),
            number(row.value),
            number(row.low),
            number(row.high),
            row.level.to_string(),
            row.unit,
            number(row.typical_low),
            number(row.typical_high),
            count(row.kept),
            count(row.judged),
            row.trials.to_string(),
        ])
    });
    written(std::iter::once(head).chain(rows))
}

/// A stamp on the clock of `zone`, with its offset: 2026-02-03T09:05:12-05:00.
pub(super) fn stamp(zone: &Zone, at: Instant) -> String {
    let local = zone.local(at);
    // read as if it were UTC, the local time is ahead of the true instant by the zone's offset
    let seconds = (Zone::utc().instant(local) - at).as_seconds();
    let minutes = (seconds / 60.0).round() as i64;
    let sign = if minutes < 0 { '-' } else { '+' };
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    format!("{}{sign}{hours:02}:{rest:02}", local.strftime("%Y-%m-%dT%H:%M:%S"))
}

/// The word of a plain enum, snake case.
pub(super) fn snake(value: impl std::fmt::Debug) -> String {
    snake_case(&format!("{value:?}"))
}

fn snake_case(word: &str) -> String {
    let mut text = String::new();
    for letter in word.chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

/// Why a pass ended, or was rejected or disqualified.
pub(super) fn reason(model: &Model, lead: &Lead) -> Option<String> {
    let place = usize::from(lead.reason?);
    let reasons =
        if lead.rejected { &model.buyers.rejection_reasons } else { &model.buyers.disqualification_reasons };
    reasons.get(place).map(|reason| reason.name.clone())
}

/// One row a lead of the first trials: every stamp in its local time, both clocks, and what each commitment says.
pub fn leads(model: &Model, stories: &[TrialStory]) -> Vec<u8> {
    let mut head = owned(&[
        "trial",
        "lead",
        "came_from",
        "source",
        "tier",
        "true_tier",
        "segment",
        "zone",
        "in_horizon",
        "in_hours",
        "by_hand",
        "missing_fields",
        "created",
        "routed",
        "assigned",
        "noticed",
        "started",
        "attempted",
        "disposed",
        "contacted",
        "ended",
        "ending",
        "reason",
        "accepted",
        "rejected",
        "gave_up",
        "ignored",
        "attempts",
        "rep_minutes",
        "owner",
        "back_up",
        "lead_clock_minutes",
        "sla_clock_minutes",
    ]);
    for commitment in model.agreement.commitments.iter().filter(|c| is_judged_by_lead(c)) {
        head.push(format!("{}_due", commitment.id));
        head.push(format!("{}_verdict", commitment.id));
    }
    let rows = stories.iter().enumerate().flat_map(|(number, story)| {
        story.leads.iter().map(move |story| {
            let mut row = lead_row(model, number, &story.lead);
            let zone = &model.leads.zones[usize::from(story.lead.zone.0)].zone;
            let by_lead = model.agreement.commitments.iter().zip(&story.judged);
            for (_, judged) in by_lead.filter(|(commitment, _)| is_judged_by_lead(commitment)) {
                let due = judged.and_then(|j| j.due).map_or(String::new(), |at| stamp(zone, at));
                row.push(due);
                row.push(judged.map_or(String::new(), |j| verdict(j.verdict).to_owned()));
            }
            row
        })
    });
    written(std::iter::once(head).chain(rows))
}

/// What is promised by the month says nothing of a single lead.
fn is_judged_by_lead(commitment: &Commitment) -> bool {
    !matches!(commitment.promise, Promise::MonthlyVolume { .. } | Promise::RejectionBelow { .. })
}

/// How a verdict on one lead is called.
pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Kept => "kept",
        Verdict::Missed => "missed",
        Verdict::RejectedBefore => "rejected before it was due",
        Verdict::Open => "open",
    }
}

fn lead_row(model: &Model, trial: usize, lead: &Lead) -> Vec<String> {
    let place = &model.leads.zones[usize::from(lead.zone.0)];
    let at = |moment: Option<Instant>| moment.map_or(String::new(), |at| stamp(&place.zone, at));
    let name = |rep: Option<RepId>| rep.map_or(String::new(), |rep| model.reps[rep.0 as usize].name.clone());
    let minutes = |value: Option<f64>| value.map_or(String::new(), |v| format!("{v:.2}"));
    let tier = |tier: TierId| model.leads.tiers[usize::from(tier.0)].name.clone();
    let sla =
        lead.routed.zip(lead.attempted).map(|(from, to)| place.hours.open_between(from, to).as_minutes());
    vec![
        trial.to_string(),
        lead.number.to_string(),
        lead.came_from.map_or(String::new(), |n| n.to_string()),
        model.sources.get(usize::from(lead.source.0)).map_or(String::new(), |source| source.name.clone()),
        tier(lead.tier),
        tier(lead.true_tier),
        model.leads.segments.get(usize::from(lead.segment.0)).map_or(String::new(), |s| s.name.clone()),
        place.zone.name().to_owned(),
        lead.in_horizon.to_string(),
        lead.in_hours.to_string(),
        lead.by_hand.to_string(),
        lead.missing_fields.to_string(),
        at(Some(lead.created)),
        at(lead.routed),
        at(lead.assigned),
        at(lead.noticed),
        at(lead.started),
        at(lead.attempted),
        at(lead.disposed),
        at(lead.contacted),
        at(lead.ended.map(|(at, _)| at)),
        lead.ended.map_or("open".into(), |(_, ending)| snake(ending)),
        reason(model, lead).unwrap_or_default(),
        lead.accepted.to_string(),
        lead.rejected.to_string(),
        lead.gave_up.to_string(),
        lead.ignored.to_string(),
        lead.attempts.len().to_string(),
        format!("{:.2}", lead.minutes),
        name(lead.owner),
        name(lead.back_up.map(|(rep, _)| rep)),
        minutes(lead.lead_clock_minutes()),
        minutes(sla),
    ]
}

/// One row an event of the first trials, in UTC.
pub fn events(model: &Model, stories: &[TrialStory]) -> Vec<u8> {
    let head = owned(&["trial", "at", "lead", "rep", "what", "detail"]);
    let rows = stories.iter().enumerate().flat_map(|(number, story)| {
        story.events.iter().map(move |(at, event)| {
            let (lead, rep, what, detail) = event_words(model, event);
            vec![number.to_string(), at.to_string(), lead, rep, what, detail]
        })
    });
    written(std::iter::once(head).chain(rows))
}

fn event_words(model: &Model, event: &Event) -> (String, String, String, String) {
    let rep_name = |rep: RepId| model.reps[rep.0 as usize].name.clone();
    match event {
        Event::Rep(rep, state) => (String::new(), rep_name(*rep), "rep_state".into(), snake(state)),
        Event::Lead(number, what) => {
            let debug = format!("{what:?}");
            let name = debug.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_owned();
            let (rep, detail) = match *what {
                Happening::Assigned(rep)
                | Happening::BackUp(rep)
                | Happening::ReviewStarted(rep)
                | Happening::Accepted(rep)
                | Happening::Contacted(rep)
                | Happening::GaveUp(rep) => (Some(rep), String::new()),
                Happening::Noticed(rep) | Happening::Ignored(rep) => (rep, String::new()),
                Happening::Rejected(rep, reason) => {
                    (Some(rep), model.buyers.rejection_reasons[reason].name.clone())
                }
                Happening::Disqualified(reason) => {
                    (None, model.buyers.disqualification_reasons[reason].name.clone())
                }
                Happening::Attempted(rep, n, channel) => (Some(rep), format!("{n} by {}", snake(channel))),
                Happening::Waits { until, automation_failed } => (
                    None,
                    format!("until {until}{}", if automation_failed { ", automation failed" } else { "" }),
                ),
                Happening::Booked(at) | Happening::Won { at } => (None, at.to_string()),
                Happening::Met { at, held, rebooked } => {
                    let what = if held { "held" } else { "no show" };
                    (None, format!("{what} {at}{}", if rebooked { ", rebooked" } else { "" }))
                }
                Happening::Opportunity { at, dollars } => (None, format!("{dollars:.0} dollars {at}")),
                Happening::Ended(ending) => (None, snake(ending)),
                _ => (None, String::new()),
            };
            (number.to_string(), rep.map_or(String::new(), rep_name), snake_case(&name), detail)
        }
    }
}

/// One row a point of a sweep.
pub fn sweep(over: &str, points: &[SweepPoint]) -> Vec<u8> {
    let mut head = owned(&["line", over, "reps", "trials"]);
    for measure in ["kept", "holds", "opportunities", "lead_work", "team_cost"] {
        head.extend([measure.to_owned(), format!("{measure}_low"), format!("{measure}_high")]);
    }
    head.extend(owned(&[
        "kept_typical_low",
        "kept_typical_high",
        "opportunities_typical_low",
        "opportunities_typical_high",
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
        row
    });
    written(std::iter::once(head).chain(rows))
}
