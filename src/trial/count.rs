//! Counting: what a lead adds to the record once its pass is over or the trial stops, over the horizon, by week and by month.

use super::clock::{self, Judged, Verdict, judge};
use super::funnel::{Funnel, Leg, ROUTING_PARTS};
use super::lead::Lead;
use super::leakage;
use super::outcome::{CLAUSES, CommitmentOutcome, Handling, Judgements, Outcome};
use super::persistence;
use super::watch::{Ending, Watch};
use super::world::World;
use crate::model::{Commitment, Horizon, LeadId, Milestone, Model, Promise, TierId};
use crate::time::{Instant, OpenHours, Span, Target};

/// Where periods stand in every table of the record: the week and the month of `at`, weeks first.
pub(super) fn periods(horizon: &Horizon, at: Instant) -> impl Iterator<Item = usize> + use<> {
    let weeks = horizon.weeks.len();
    [horizon.week_of(at), horizon.month_of(at).map(|month| weeks + month)].into_iter().flatten()
}

/// Counts in every funnel a lead belongs to: its tier's, its week's and its month's if new and of the horizon, the
/// returning ones' if it came back in the horizon.
pub(super) fn in_funnels(out: &mut Outcome, horizon: &Horizon, lead: &Lead, count: impl Fn(&mut Funnel)) {
    match (lead.in_horizon, lead.pass) {
        (false, _) => {}
        (true, 0) => {
            let tier = &mut out.tiers[usize::from(lead.tier.0)];
            count(&mut tier.funnel);
            for period in periods(horizon, lead.created) {
                count(&mut tier.by_period[period].funnel);
            }
        }
        (true, _) => count(&mut out.returned),
    }
}

/// Counts what was handled at an instant of the horizon: over it, in its week and in its month.
fn in_handling(
    out: &mut Outcome,
    horizon: &Horizon,
    tier: TierId,
    at: Instant,
    count: impl Fn(&mut Handling),
) {
    if !horizon.contains(at) {
        return;
    }
    let tier = &mut out.tiers[usize::from(tier.0)];
    count(&mut tier.handling);
    for period in periods(horizon, at) {
        count(&mut tier.by_period[period].handling);
    }
}

/// Books a lead's stay among those routed and not begun, cut where weeks and months end.
pub(super) fn waited(out: &mut Outcome, horizon: &Horizon, tier: TierId, from: Instant, until: Instant) {
    let (from, until) = (from.max(horizon.start), until.min(horizon.end));
    if from >= until {
        return;
    }
    let tier = &mut out.tiers[usize::from(tier.0)];
    tier.handling.waiting_minutes += (until - from).as_minutes();
    let lists = [(&horizon.weeks, 0), (&horizon.months, horizon.weeks.len())];
    for (list, base) in lists {
        let first = list.partition_point(|p| p.end <= from);
        for (n, period) in list.iter().enumerate().skip(first).take_while(|(_, p)| p.start < until) {
            let minutes = (until.min(period.end) - from.max(period.start)).as_minutes();
            tier.by_period[base + n].handling.waiting_minutes += minutes;
        }
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
        let Some(judged) = judge(model, commitment, lead, world.now) else { continue };
        if !model.horizon.contains(judged.from) {
            continue;
        }
        count_judged(&mut world.out.commitments[index], model, commitment, lead, &judged);
        let is_first = world.prepared.first_attempt_of(lead) == Some(index);
        if is_first && judged.verdict == Verdict::Missed {
            count_missed(&mut world.out, &model.horizon, lead, judged.from);
        }
    }
    count_late(&mut world.out, &model.horizon, lead);
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

/// Counts what one commitment says of one lead: over the horizon, by tier, and by week and month of the clock's start.
fn count_judged(
    counts: &mut CommitmentOutcome,
    model: &Model,
    commitment: &Commitment,
    lead: &Lead,
    judged: &Judged,
) {
    let (place, covered) = (place_of(commitment, lead.tier), counts.by_tier.len());
    let add = |cell: &mut Judgements| match judged.verdict {
        Verdict::RejectedBefore => cell.rejected_before += 1,
        Verdict::Open => cell.open += 1,
        verdict if lead.in_hours => cell.in_hours.count(verdict == Verdict::Kept),
        verdict => cell.after_hours.count(verdict == Verdict::Kept),
    };
    add(&mut counts.by_tier[place]);
    for period in periods(&model.horizon, judged.from) {
        add(&mut counts.by_period[period * covered + place]);
    }
    let kept = match judged.verdict {
        Verdict::RejectedBefore => return counts.rejected_before += 1,
        Verdict::Open => return counts.open += 1,
        verdict => verdict == Verdict::Kept,
    };
    counts.all.count(kept);
    if lead.in_hours { &mut counts.in_hours } else { &mut counts.after_hours }.count(kept);
    let hours = &model.leads.zones[usize::from(lead.zone.0)].hours;
    counts.kept_but_waited += u32::from(kept && waited_longer(commitment, hours, lead));
    if let Promise::Persistence(promise) = &commitment.promise {
        let clauses = persistence::clauses(promise, hours, lead, judged.due);
        let add = |cell: &mut [u32; CLAUSES]| {
            for (sum, kept) in cell.iter_mut().zip(clauses) {
                *sum += u32::from(kept);
            }
        };
        add(&mut counts.clauses_by_tier[place]);
        for period in periods(&model.horizon, judged.from) {
            add(&mut counts.clauses_by_period[period]);
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
fn count_missed(out: &mut Outcome, horizon: &Horizon, lead: &Lead, from: Instant) {
    let tier = &mut out.tiers[usize::from(lead.tier.0)];
    tier.missed += 1;
    tier.missed_never_attempted += u32::from(lead.attempted.is_none() && !lead.rejected);
    tier.missed_rejected += u32::from(lead.attempted.is_none() && lead.rejected);
    for period in periods(horizon, from) {
        tier.by_period[period].missed += 1;
    }
}

/// A late lead whose wait is explained, by week and month of routing (over the horizon it was counted when it was explained).
fn count_late(out: &mut Outcome, horizon: &Horizon, lead: &Lead) {
    let (Some(minutes), Some(routed)) = (&lead.late_minutes, lead.routed) else { return };
    for period in periods(horizon, routed) {
        out.tiers[usize::from(lead.tier.0)].by_period[period].late += 1;
        for (sum, minutes) in out.late_minutes_by_period[period].iter_mut().zip(minutes.iter()) {
            *sum += *minutes as f32;
        }
    }
}

/// A first response. A lead worked only after its rejection was overturned days later is left out and counted: sales answered it
/// in time, by rejecting it, and the wait that followed was RevOps' review.
fn count_response<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let lead = &world.leads[id.0 as usize];
    let horizon = &world.model.horizon;
    let Some(routed) = lead.routed.filter(|at| horizon.contains(*at)) else { return };
    let class = usize::from(!lead.in_hours);
    if lead.overturned {
        return in_handling(&mut world.out, horizon, lead.tier, routed, |h| {
            h.responses[class].overturned += 1
        });
    }
    let hours = &world.model.leads.zones[usize::from(lead.zone.0)].hours;
    let responses = &mut world.out.responses[usize::from(lead.tier.0)][class];
    match lead.attempted {
        Some(at) => {
            let (sla, wait) = (hours.open_between(routed, at), at - lead.created);
            responses.sla_seconds.push(sla.as_seconds());
            responses.lead_seconds.push(wait.as_seconds());
            in_handling(&mut world.out, horizon, lead.tier, routed, |h| {
                let sums = &mut h.responses[class];
                sums.sla_minutes += sla.as_minutes();
                sums.lead_minutes += wait.as_minutes();
                sums.attempted += 1;
            });
        }
        // Still open and not yet due: not known to be slow.
        None if lead.ended.is_none()
            && clock::first_attempt_due(world.prepared, lead).is_none_or(|due| due >= world.now) => {}
        None if !lead.rejected => responses.never += 1,
        None => {}
    }
}

/// A review, at the instant of its verdict.
fn count_reviewed<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let lead = &world.leads[id.0 as usize];
    let Some(disposed) = lead.disposed else { return };
    in_handling(&mut world.out, &world.model.horizon, lead.tier, disposed, |h| {
        h.rejected += u32::from(lead.rejected);
        h.disposed += 1;
    });
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
    in_funnels(&mut world.out, &world.model.horizon, lead, |f| {
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
                f.went(leg, hours, 1.0);
            }
        }
    });
    count_reasons(&mut world.out, world.model, &world.leads[id.0 as usize]);
}

/// Created → routed in its parts: the hold until business hours, the automation, and what came by hand.
fn routing_parts(lead: &Lead, routed: Instant) -> [Span; ROUTING_PARTS] {
    let held = lead.held_until - lead.created;
    let automated = (lead.automated_at.min(routed) - lead.created - held).max(Span::ZERO);
    [held, automated, (routed - lead.created - held - automated).max(Span::ZERO)]
}

/// Why a new lead was rejected for good, or disqualified.
fn count_reasons(out: &mut Outcome, model: &Model, lead: &Lead) {
    let (true, 0, Some(reason)) = (lead.in_horizon, lead.pass, lead.reason) else { return };
    let reason = usize::from(reason);
    let rejected = lead.rejected && !lead.overturned;
    let tier = &mut out.tiers[usize::from(lead.tier.0)];
    let (of_tier, by_period) = match lead.ended {
        _ if rejected => (&mut tier.rejections, &mut out.rejections_by_period),
        Some((_, Ending::Disqualified)) => {
            (&mut tier.disqualifications, &mut out.disqualifications_by_period)
        }
        _ => return,
    };
    let width = of_tier.len();
    of_tier[reason] += 1;
    for period in periods(&model.horizon, lead.created) {
        by_period[period * width + reason] += 1;
    }
}
