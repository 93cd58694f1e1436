//! Judging: every commitment on its own clock, once a lead's pass is over or the trial stops, and the counts that go with it.

use super::lead::Lead;
use super::leakage;
use super::outcome::{Funnel, Outcome};
use super::persistence;
use super::prepared::Prepared;
use super::watch::{Ending, Watch};
use super::world::World;
use crate::model::{Clock, Commitment, LeadId, Milestone, Model, Promise};
use crate::time::{Instant, OpenHours, Span, Target};

/// What a clock says about one lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Stopped in time.
    Kept,
    /// Stopped late, or past due.
    Missed,
    /// Rejected at review before any attempt and before it was due: not judged.
    RejectedBefore,
    /// Still running when the trial stopped.
    Open,
}

/// A judged clock: when it started, when it was due, what came of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// When it started.
    pub from: Instant,
    /// When it was due; past the known calendar, `None`.
    pub due: Option<Instant>,
    /// The verdict.
    pub verdict: Verdict,
}

fn stamp(lead: &Lead, milestone: Milestone) -> Option<Instant> {
    match milestone {
        Milestone::Created => Some(lead.created),
        Milestone::Routed => lead.routed,
        Milestone::Assigned => lead.assigned,
        Milestone::Attempted => lead.attempted,
        Milestone::Disposed => lead.disposed,
    }
}

fn covers(commitment: &Commitment, lead: &Lead) -> bool {
    (commitment.scope.tiers.is_empty() || commitment.scope.tiers.contains(&lead.tier))
        && commitment.scope.in_hours.is_none_or(|in_hours| in_hours == lead.in_hours)
}

/// When a clock that started at `from` is due for `lead`.
fn due(
    lead: &Lead,
    hours: &OpenHours,
    from: Instant,
    within: &Clock,
    after_hours: Option<&Clock>,
) -> Option<Instant> {
    let due = within.target.due(from, hours)?;
    match after_hours {
        Some(clock) if !lead.in_hours => Some(due.max(clock.target.due(lead.created, hours)?)),
        _ => Some(due),
    }
}

/// When the first attempt on `lead` is due, if a commitment says so and the lead is routed.
pub(super) fn first_attempt_due(prepared: &Prepared, lead: &Lead) -> Option<Instant> {
    let commitment = &prepared.model.agreement.commitments[prepared.first_attempt[usize::from(lead.tier.0)]?];
    let Promise::Timed { from, within, after_hours, .. } = &commitment.promise else { return None };
    let hours = &prepared.model.leads.zones[usize::from(lead.zone.0)].hours;
    due(lead, hours, stamp(lead, *from)?, within, after_hours.as_ref())
}

/// When routing is due for `lead`, if a commitment says so (else at once).
pub(super) fn routing_due(prepared: &Prepared, lead: &Lead) -> Instant {
    let promise = prepared.routing_promise[usize::from(!lead.in_hours)];
    let commitment = promise.map(|i| &prepared.model.agreement.commitments[i].promise);
    let Some(Promise::Timed { within, after_hours, .. }) = commitment else { return lead.created };
    let hours = &prepared.model.leads.zones[usize::from(lead.zone.0)].hours;
    due(lead, hours, lead.created, within, after_hours.as_ref()).unwrap_or(lead.created)
}

/// When the first attempt would be due if routing came at `routed`.
pub(super) fn first_attempt_due_if_routed(
    prepared: &Prepared,
    lead: &Lead,
    routed: Instant,
) -> Option<Instant> {
    let commitment = &prepared.model.agreement.commitments[prepared.first_attempt[usize::from(lead.tier.0)]?];
    let Promise::Timed { from, within, after_hours, .. } = &commitment.promise else { return None };
    let hours = &prepared.model.leads.zones[usize::from(lead.zone.0)].hours;
    let from = if *from == Milestone::Created { lead.created } else { routed };
    due(lead, hours, from, within, after_hours.as_ref())
}

/// Judges a timed or persistence promise for one lead at `now`; `None` where it does not apply.
pub fn judge(model: &Model, commitment: &Commitment, lead: &Lead, now: Instant) -> Option<Judged> {
    if !covers(commitment, lead) {
        return None;
    }
    let hours = &model.leads.zones[usize::from(lead.zone.0)].hours;
    match &commitment.promise {
        Promise::Timed { from, to, within, after_hours } => {
            let from = stamp(lead, *from)?;
            let due = due(lead, hours, from, within, after_hours.as_ref());
            let late = |at: Instant| due.is_some_and(|due| at > due);
            // Rejected in time, before any attempt: not judged, even if the rejection is overturned and the lead attempted later.
            let rejected_before =
                *to == Milestone::Attempted && lead.rejected && lead.disposed.is_some_and(|at| !late(at));
            let verdict = match stamp(lead, *to) {
                _ if rejected_before => Verdict::RejectedBefore,
                Some(at) if late(at) => Verdict::Missed,
                Some(_) => Verdict::Kept,
                None if late(now) || lead.ended.is_some() => Verdict::Missed,
                None => Verdict::Open,
            };
            Some(Judged { from, due, verdict })
        }
        Promise::Persistence(promise) => persistence::judge(promise, hours, lead),
        Promise::MonthlyVolume { .. } | Promise::RejectionBelow { .. } => None,
    }
}

/// The funnel a lead counts in: its tier's if new and of the horizon, the returning ones' if it came back in the horizon.
pub(super) fn funnel_of<'a>(out: &'a mut Outcome, lead: &Lead) -> Option<&'a mut Funnel> {
    match (lead.in_horizon, lead.pass) {
        (false, _) => None,
        (true, 0) => Some(&mut out.tiers[usize::from(lead.tier.0)].funnel),
        (true, _) => Some(&mut out.returned),
    }
}

/// Judges and counts a lead whose pass is over, or that is open when the trial stops.
pub(super) fn close<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let now = world.now;
    let model = world.model;
    let lead = &world.leads[id.0 as usize];
    if now < model.horizon.start || lead.created >= model.horizon.end {
        return;
    }
    let hours = &model.leads.zones[usize::from(lead.zone.0)].hours;
    let out = &mut world.out;
    let first_attempt = world.prepared.first_attempt[usize::from(lead.tier.0)];
    for (index, commitment) in model.agreement.commitments.iter().enumerate() {
        let counts = &mut out.commitments[index];
        let Some(judged) = judge(model, commitment, lead, now) else { continue };
        if !model.horizon.contains(judged.from) {
            continue;
        }
        let kept = match judged.verdict {
            Verdict::RejectedBefore => {
                counts.rejected_before += 1;
                continue;
            }
            Verdict::Open => {
                counts.open += 1;
                continue;
            }
            verdict => verdict == Verdict::Kept,
        };
        counts.all.count(kept);
        counts.by_tier[usize::from(lead.tier.0)].count(kept);
        if !kept && first_attempt == Some(index) {
            let tier = &mut out.tiers[usize::from(lead.tier.0)];
            tier.missed += 1;
            tier.missed_never_attempted += u32::from(lead.attempted.is_none() && !lead.rejected);
            tier.missed_rejected += u32::from(lead.attempted.is_none() && lead.rejected);
        }
        if lead.in_hours { &mut counts.in_hours } else { &mut counts.after_hours }.count(kept);
        if let Some(week) = model.horizon.week_of(judged.from) {
            counts.by_week[week].count(kept);
        }
        if let Some(month) = model.horizon.month_of(judged.from) {
            counts.by_month[month].count(kept);
        }
        counts.kept_but_waited += u32::from(kept && waited_longer(commitment, hours, lead));
    }
    count_response(world, id);
    count_ended(world, id);
    leakage::count(world, id);
}

/// Whether the lead itself waited longer, from created, than its promise names: longer on the wall than the length (24 hours a business
/// day), or beyond the moment ("by 09:00", "same business day") as counted from created.
fn waited_longer(commitment: &Commitment, hours: &OpenHours, lead: &Lead) -> bool {
    let Promise::Timed { to: Milestone::Attempted, within, .. } = &commitment.promise else { return false };
    let Some(at) = lead.attempted else { return false };
    match within.target {
        Target::Wall(span) | Target::Business(span) | Target::SkippingClosedDays(span) => {
            at - lead.created > span
        }
        Target::BusinessDays(days) => at - lead.created > Span::days(i64::from(days)),
        Target::ByTime { .. } | Target::CloseOfBusinessDay(_) => {
            within.target.due(lead.created, hours).is_some_and(|due| at > due)
        }
    }
}

fn count_response<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let lead = &world.leads[id.0 as usize];
    let Some(routed) = lead.routed.filter(|at| world.model.horizon.contains(*at)) else { return };
    let hours = &world.model.leads.zones[usize::from(lead.zone.0)].hours;
    let responses = &mut world.out.responses[usize::from(lead.tier.0)][usize::from(!lead.in_hours)];
    match lead.attempted {
        Some(at) => {
            let (sla, wait) = (hours.open_between(routed, at), at - lead.created);
            responses.sla_seconds.push(sla.as_seconds());
            responses.lead_seconds.push(wait.as_seconds());
            let tier = &mut world.out.tiers[usize::from(lead.tier.0)];
            let sums = &mut tier.response_minutes[usize::from(!lead.in_hours)];
            sums.0 += sla.as_minutes();
            sums.1 += wait.as_minutes();
            sums.2 += 1;
        }
        // Still open and not yet due: not known to be slow.
        None if lead.ended.is_none()
            && first_attempt_due(world.prepared, lead).is_none_or(|due| due >= world.now) => {}
        None if !lead.rejected => responses.never += 1,
        None => {}
    }
}

fn count_ended<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let lead = &world.leads[id.0 as usize];
    let horizon = &world.model.horizon;
    if let Some(month) = lead.disposed.and_then(|at| horizon.month_of(at)) {
        let counts = &mut world.out.tiers[usize::from(lead.tier.0)].disposed_by_month[month];
        counts.0 += u32::from(lead.rejected);
        counts.1 += 1;
    }
    let new = lead.in_horizon && lead.pass == 0;
    if new {
        for (_, channel) in &lead.attempts {
            world.out.attempts_by_channel[*channel as usize] += 1;
        }
        if let (true, Some(reason)) = (lead.rejected && !lead.overturned, lead.reason) {
            world.out.rejections[usize::from(reason)] += 1;
        }
        if let (Some((_, Ending::Disqualified)), Some(reason)) = (lead.ended, lead.reason) {
            world.out.disqualifications[usize::from(reason)] += 1;
        }
    }
    if let (true, Some(assigned)) = (new, lead.assigned) {
        let sums = &mut world.out.tiers[usize::from(lead.tier.0)].owner_minutes;
        sums.0 += (assigned - lead.created).as_minutes();
        sums.1 += 1;
    }
    let Some(counts) = funnel_of(&mut world.out, lead) else { return };
    let ending = lead.ended.map(|(_, ending)| ending);
    counts.accepted += u32::from(lead.accepted);
    counts.rejected += u32::from(lead.rejected && !lead.overturned);
    counts.attempted += u32::from(lead.attempted.is_some());
    counts.attempts += lead.attempts.len() as u32;
    counts.contacted += u32::from(lead.contacted.is_some());
    counts.disqualified += u32::from(ending == Some(Ending::Disqualified));
    counts.never_attempted += u32::from(lead.attempted.is_none() && !lead.rejected);
    counts.gave_up += u32::from(lead.gave_up);
    counts.unresponsive += u32::from(matches!(ending, Some(Ending::Unresponsive | Ending::LostInterest)));
    counts.left += u32::from(ending == Some(Ending::Left));
    counts.open += u32::from(ending.is_none());
    if lead.rejected && !lead.overturned {
        counts.minutes_on_rejected += lead.minutes;
    }
}
