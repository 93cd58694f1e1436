//! Counting: what a lead adds to the record once its pass is over or the trial stops, in the stretch of the horizon it belongs to.

use super::clock::{self, Judged, Verdict, judge_due};
use super::funnel::{Funnel, Leg, ROUTING_PARTS};
use super::lead::Lead;
use super::leakage;
use super::outcome::{Outcome, Response};
use super::prepared::Prepared;
use super::stretch::{Stretches, TierStretch};
use super::watch::{Ending, Watch};
use super::world::World;
use crate::model::{Commitment, LeadId, Milestone, Promise, TierId};
use crate::time::{Instant, OpenHours, Span, Target};

/// Counts in the funnel a lead belongs to: its tier's in the stretch of its creation if new and of the horizon, the returning ones' if it
/// came back in the horizon.
pub(super) fn in_funnels(
    out: &mut Outcome,
    stretches: &Stretches,
    lead: &Lead,
    count: impl FnOnce(&mut Funnel),
) {
    if !lead.in_horizon {
        return;
    }
    let stretch = &mut out.stretches[stretches.at(lead.created)];
    count(match lead.pass {
        0 => &mut stretch.tiers[usize::from(lead.tier.0)].funnel,
        _ => &mut stretch.returned,
    });
}

/// One tier's counts in the stretch that holds an instant of the horizon.
fn at<'a>(out: &'a mut Outcome, stretches: &Stretches, tier: TierId, at: Instant) -> &'a mut TierStretch {
    &mut out.stretches[stretches.at(at)].tiers[usize::from(tier.0)]
}

/// Books a lead's stay among those routed and not begun, cut where weeks and months end.
pub(super) fn waited(
    out: &mut Outcome,
    prepared: &Prepared<'_>,
    tier: TierId,
    from: Instant,
    until: Instant,
) {
    let (horizon, stretches) = (&prepared.model.horizon, &prepared.stretches);
    let (mut from, until) = (from.max(horizon.start), until.min(horizon.end));
    while from < until {
        let stretch = stretches.at(from);
        let end = stretches.end(stretch).min(until);
        let handling = &mut out.stretches[stretch].tiers[usize::from(tier.0)].handling;
        handling.waiting_minutes += (end - from).as_minutes();
        from = end;
    }
}

/// Judges and counts a lead whose pass is over, or that is open when the trial stops.
pub(super) fn close<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let model = world.model;
    let lead = &world.leads[id.0 as usize];
    if world.now < model.horizon.start || lead.created >= model.horizon.end {
        return;
    }
    for (index, commitment) in model.agreement.commitments.iter().enumerate() {
        let is_first = world.prepared.first_attempt_of(lead) == Some(index);
        let known = is_first.then_some((lead.due_from, lead.due));
        let Some(judged) = judge_due(model, commitment, lead, world.now, known) else { continue };
        if !model.horizon.contains(judged.from) {
            continue;
        }
        count_judged(&mut world.out, world.prepared, index, lead, &judged);
        if is_first && judged.verdict == Verdict::Missed {
            count_missed(&mut world.out, &world.prepared.stretches, lead, judged.from);
        }
    }
    count_late(&mut world.out, &world.prepared.stretches, lead);
    count_response(world, id);
    count_reviewed(world, id);
    count_ended(world, id);
    leakage::count(world, id);
}

/// Where a tier stands among those a commitment covers.
pub(super) fn place_of(commitment: &Commitment, tier: TierId) -> usize {
    match commitment.scope.tiers.as_slice() {
        [] => usize::from(tier.0),
        tiers => tiers.iter().position(|t| *t == tier).expect("only leads it covers are judged"),
    }
}

/// Counts what one commitment says of one lead, in the stretch in which its clock started.
fn count_judged(out: &mut Outcome, prepared: &Prepared<'_>, index: usize, lead: &Lead, judged: &Judged) {
    let model = prepared.model;
    let commitment = &model.agreement.commitments[index];
    let place = place_of(commitment, lead.tier);
    let counts = &out.commitments[index];
    let (cell, clauses_cell) = (counts.judged_from + place, counts.clauses_from + place);
    let stretch = &mut out.stretches[prepared.stretches.at(judged.from)];
    let cell = &mut stretch.judged[cell];
    let kept = match judged.verdict {
        Verdict::RejectedBefore => return cell.rejected_before += 1,
        Verdict::Open => return cell.open += 1,
        verdict => verdict == Verdict::Kept,
    };
    if lead.in_hours { &mut cell.in_hours } else { &mut cell.after_hours }.count(kept);
    let hours = &model.leads.zones[usize::from(lead.zone.0)].hours;
    cell.kept_but_waited += u32::from(kept && waited_longer(commitment, hours, lead));
    if matches!(commitment.promise, Promise::Persistence(_)) {
        for (sum, kept) in stretch.clauses[clauses_cell].iter_mut().zip(judged.clauses) {
            *sum += u32::from(kept);
        }
    }
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

/// A first-attempt promise missed.
fn count_missed(out: &mut Outcome, stretches: &Stretches, lead: &Lead, from: Instant) {
    let counts = at(out, stretches, lead.tier, from);
    counts.missed += 1;
    counts.missed_never_attempted += u32::from(lead.attempted.is_none() && !lead.rejected);
    counts.missed_rejected += u32::from(lead.attempted.is_none() && lead.rejected);
}

/// A late lead whose wait is explained, in the stretch of its routing (over the horizon it was counted when it was explained).
fn count_late(out: &mut Outcome, stretches: &Stretches, lead: &Lead) {
    let (Some(minutes), Some(routed)) = (&lead.late_minutes, lead.routed) else { return };
    let counts = at(out, stretches, lead.tier, routed);
    counts.late += 1;
    for (sum, minutes) in counts.late_minutes.iter_mut().zip(minutes.iter()) {
        *sum += minutes;
    }
}

/// A first response. A lead worked only after its rejection was overturned days later is left out and counted: sales answered it
/// in time, by rejecting it, and the wait that followed was RevOps' review.
fn count_response<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let lead = &world.leads[id.0 as usize];
    let horizon = &world.model.horizon;
    let Some(routed) = lead.routed.filter(|at| horizon.contains(*at)) else { return };
    let class = usize::from(!lead.in_hours);
    let stretch = world.prepared.stretches.at(routed);
    let tier = usize::from(lead.tier.0);
    let sums = &mut world.out.stretches[stretch].tiers[tier].handling.responses[class];
    if lead.overturned {
        sums.overturned += 1;
        return;
    }
    let hours = &world.model.leads.zones[usize::from(lead.zone.0)].hours;
    let responses = &mut world.out.responses[tier];
    match lead.attempted {
        Some(at) => {
            let (sla, wait) = (hours.open_between(routed, at), at - lead.created);
            responses.sla.push(Response::new(sla, stretch, class));
            responses.lead.push(Response::new(wait, stretch, class));
            sums.sla_minutes += sla.as_minutes();
            sums.lead_minutes += wait.as_minutes();
            sums.attempted += 1;
        }
        // Still open and not yet due: not known to be slow.
        None if lead.ended.is_none()
            && clock::first_attempt_due(world.prepared, lead).is_none_or(|due| due >= world.now) => {}
        None if !lead.rejected => responses.never.push(Response::new(Span::ZERO, stretch, class)),
        None => {}
    }
}

/// A review, at the instant of its verdict.
fn count_reviewed<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let lead = &world.leads[id.0 as usize];
    let horizon = &world.model.horizon;
    let Some(disposed) = lead.disposed.filter(|at| horizon.contains(*at)) else { return };
    let handling = &mut at(&mut world.out, &world.prepared.stretches, lead.tier, disposed).handling;
    handling.rejected += u32::from(lead.rejected);
    handling.disposed += 1;
}

/// How far a lead came. What follows its conversation is counted when it happens, in `advance`.
fn count_ended<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let lead = &world.leads[id.0 as usize];
    let ending = lead.ended.map(|(_, ending)| ending);
    let rejected = lead.rejected && !lead.overturned;
    let routing = lead.routed.map(|routed| routing_parts(lead, routed));
    let hours = |from: Option<Instant>, to: Option<Instant>| Some((to? - from?).as_hours());
    let legs = [
        (Leg::CreatedToRouted, hours(Some(lead.created), lead.routed)),
        (Leg::RoutedToAttempted, hours(lead.routed, lead.attempted).filter(|_| !lead.overturned)),
        (Leg::AttemptedToContacted, hours(lead.attempted, lead.contacted)),
    ];
    in_funnels(&mut world.out, &world.prepared.stretches, lead, |f| {
        f.routed += u32::from(lead.routed.is_some());
        f.auto_routed += u32::from(lead.routed.is_some() && !lead.by_hand);
        for (sum, part) in f.routing_minutes.iter_mut().zip(routing.into_iter().flatten()) {
            *sum += part.as_minutes();
        }
        if let Some(assigned) = lead.assigned {
            f.assigned += 1;
            f.owner_minutes += (assigned - lead.created).as_minutes();
        }
        f.disposed += u32::from(lead.disposed.is_some());
        f.accepted += u32::from(lead.accepted);
        f.rejected += u32::from(rejected);
        f.overturned += u32::from(lead.overturned);
        f.attempted += u32::from(lead.attempted.is_some());
        f.attempts += lead.attempts.len() as u32;
        for (_, channel) in &lead.attempts {
            f.attempts_by_channel[*channel as usize] += 1;
        }
        f.contacted += u32::from(lead.contacted.is_some());
        f.disqualified += u32::from(ending == Some(Ending::Disqualified));
        f.never_attempted += u32::from(lead.attempted.is_none() && !lead.rejected);
        f.gave_up += u32::from(lead.gave_up);
        f.left += u32::from(ending == Some(Ending::Left));
        f.unresponsive += u32::from(matches!(ending, Some(Ending::Unresponsive | Ending::LostInterest)));
        f.open += u32::from(ending.is_none());
        f.minutes_on_rejected += if rejected { lead.minutes } else { 0.0 };
        for (leg, hours) in legs {
            if let Some(hours) = hours {
                f.went(leg, hours);
            }
        }
    });
    count_reasons(&mut world.out, world.prepared, &world.leads[id.0 as usize]);
}

/// Created → routed in its parts: the hold until business hours, the automation, and what came by hand.
fn routing_parts(lead: &Lead, routed: Instant) -> [Span; ROUTING_PARTS] {
    let held = lead.held_until - lead.created;
    let automated = (lead.automated_at.min(routed) - lead.created - held).max(Span::ZERO);
    [held, automated, (routed - lead.created - held - automated).max(Span::ZERO)]
}

/// Why a new lead was rejected for good, or disqualified.
fn count_reasons(out: &mut Outcome, prepared: &Prepared<'_>, lead: &Lead) {
    let (true, 0, Some(reason)) = (lead.in_horizon, lead.pass, lead.reason) else { return };
    let reason = usize::from(reason);
    let rejected = lead.rejected && !lead.overturned;
    let stretch = &mut out.stretches[prepared.stretches.at(lead.created)];
    let buyers = &prepared.model.buyers;
    let (counts, width) = match lead.ended {
        _ if rejected => (&mut stretch.rejections, buyers.rejection_reasons.len()),
        Some((_, Ending::Disqualified)) => {
            (&mut stretch.disqualifications, buyers.disqualification_reasons.len())
        }
        _ => return,
    };
    counts[usize::from(lead.tier.0) * width + reason] += 1;
}
