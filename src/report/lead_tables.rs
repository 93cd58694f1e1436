//! The tables of a traced run as CSV: one row a lead with all its stamps, one row an event.

use super::lead_moments::{self, MOMENTS};
use super::tables::{owned, written};
use crate::model::{Commitment, Model, Promise, RepId, TierId};
use crate::plan::replay::{Event, LeadStory, TrialStory};
use crate::time::{Instant, Zone};
use crate::trial::{Ending, Happening, LateCause, Lead, Verdict};
use std::collections::BTreeMap;

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

/// One row a lead of the first trials: every stamp in its local time, both clocks, of a late lead of the horizon the minutes it waited
/// for each cause (on its SLA clock), and what each commitment says.
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
    ]);
    head.extend(MOMENTS.iter().map(|(name, _)| (*name).to_owned()));
    head.extend(owned(&[
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
        "opportunity_dollars",
        "all_attempts",
    ]));
    head.extend(LateCause::ALL.iter().map(|cause| format!("late_{}", snake(cause))));
    for commitment in model.agreement.commitments.iter().filter(|c| is_judged_by_lead(c)) {
        head.push(format!("{}_due", commitment.id));
        head.push(format!("{}_verdict", commitment.id));
    }
    let rows = stories.iter().enumerate().flat_map(|(number, story)| {
        story.leads.iter().map(move |story| {
            let mut row = lead_row(model, number, story);
            let late = story.lead.late_minutes.as_deref();
            row.extend(LateCause::ALL.iter().map(|cause| {
                late.map_or(String::new(), |minutes| format!("{:.2}", minutes[*cause as usize]))
            }));
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

fn lead_row(model: &Model, trial: usize, story: &LeadStory) -> Vec<String> {
    let lead = &story.lead;
    let place = &model.leads.zones[usize::from(lead.zone.0)];
    let at = |moment: Option<Instant>| moment.map_or(String::new(), |at| stamp(&place.zone, at));
    let name = |rep: Option<RepId>| rep.map_or(String::new(), |rep| model.reps[rep.0 as usize].name.clone());
    let minutes = |value: Option<f64>| value.map_or(String::new(), |v| format!("{v:.2}"));
    let tier = |tier: TierId| model.leads.tiers[usize::from(tier.0)].name.clone();
    let sla =
        lead.routed.zip(lead.attempted).map(|(from, to)| place.hours.open_between(from, to).as_minutes());
    let mut row = vec![
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
    ];
    row.extend(MOMENTS.iter().map(|(_, moment)| at(moment(story))));
    row.extend([
        at(lead_moments::ended(story)),
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
        lead_moments::dollars(story).map_or(String::new(), |dollars| format!("{dollars:.0}")),
        lead_moments::attempts(story, |moment| stamp(&place.zone, moment)),
    ]);
    row
}

/// One row an event of the first trials, in UTC and in order of time. Meetings and deals are known when the conversation is
/// over; their rows stand at their own dates, and the end of such a lead at the date of what ended it.
pub fn events(model: &Model, stories: &[TrialStory]) -> Vec<u8> {
    let head = owned(&["trial", "at", "lead", "rep", "what", "detail"]);
    let rows = stories.iter().enumerate().flat_map(|(number, story)| {
        in_order_of_time(story).into_iter().map(move |(at, event)| {
            let (lead, rep, what, detail) = event_words(model, event);
            vec![number.to_string(), at.map_or(String::new(), |at| at.to_string()), lead, rep, what, detail]
        })
    });
    written(std::iter::once(head).chain(rows))
}

/// The events with their own dates, those without one last; at one moment as they happened.
fn in_order_of_time(story: &TrialStory) -> Vec<(Option<Instant>, &Event)> {
    let mut latest: BTreeMap<u32, Instant> = BTreeMap::new();
    let mut dated: Vec<(Option<Instant>, &Event)> = Vec::with_capacity(story.events.len());
    for (told, event) in &story.events {
        let at = match event {
            Event::Lead(number, what) => {
                let own = own_date(what, *told);
                let latest = latest.entry(*number).or_insert(own);
                *latest = own.max(*latest);
                match what {
                    // when a deal is lost is in no scenario
                    Happening::Ended(Ending::Lost) => Instant::MAX,
                    Happening::Ended(_) => *latest,
                    _ => own,
                }
            }
            Event::Rep(..) => *told,
        };
        // beyond the last known calendar day there are no dates
        dated.push((Some(at).filter(|at| *at < Instant::MAX), event));
    }
    dated.sort_by_key(|(at, _)| at.unwrap_or(Instant::MAX));
    dated
}

/// When it happens, rather than when it is told.
pub(super) fn own_date(what: &Happening, told: Instant) -> Instant {
    match what {
        Happening::Met { at, .. } | Happening::Opportunity { at, .. } | Happening::Won { at } => *at,
        _ => told,
    }
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
                | Happening::PutDown(rep)
                | Happening::TakenUp(rep)
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
                Happening::Booked(at) => (None, format!("for {at}")),
                Happening::Met { held, rebooked, .. } => {
                    let what = if held { "held" } else { "no show" };
                    (None, format!("{what}{}", if rebooked { ", rebooked" } else { "" }))
                }
                Happening::Opportunity { dollars, .. } => (None, format!("{dollars:.0} dollars")),
                Happening::FoundNobody { call } => (None, format!("call {call}")),
                Happening::Ended(ending) => (None, snake(ending)),
                _ => (None, String::new()),
            };
            (number.to_string(), rep.map_or(String::new(), rep_name), snake_case(&name), detail)
        }
    }
}
