//! Who gets the lead: owner or pool, the visible queue when nobody is eligible, alerts, and back-up owners.

use super::clock;
use super::lead::Stage;
use super::luck::of_lead;
use super::patience;
use super::pool::{Alert, Waiting, Whose};
use super::queue::Kind;
use super::rep_set::RepSet;
use super::watch::{Happening, Watch};
use super::work;
use super::world::World;
use crate::model::{Awareness, LeadId, Policy, RepId, TierId};
use crate::time::{Instant, Span};

/// A lead leaves the automation (or the hold, or the hand that routed it) and its SLA clock starts.
pub(super) fn route<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    hand_over(world, id, world.now);
    if world.model.buyers.patience.is_some() {
        patience::begins(world, id);
    }
}

/// The same for a lead whose SLA clock has run since `since`: one of the opening backlog. It has not left so far; its patience starts now.
pub(super) fn route_since<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId, since: Instant) {
    hand_over(world, id, since);
    if world.model.buyers.patience.is_some() {
        patience::stays(world, id);
    }
}

fn hand_over<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId, since: Instant) {
    let (now, prepared) = (world.now, world.prepared);
    world.enter(id, Stage::Waiting);
    let lead = world.lead_mut(id);
    lead.routed = Some(since);
    clock::note_due(prepared, lead);
    let (tier, previous) = (lead.tier, lead.owner);
    count_routed(world, id);
    world.tell(id, Happening::Routed);
    let rules = &world.model.routing.tiers[usize::from(tier.0)];
    if let Some(back_up) = rules.back_up {
        // Calendars are known from two weeks before the trial opens; an older clock has run out long ago.
        let since = since.max(world.model.horizon.opens - Span::days(13));
        let at = world.after_business(id, since, back_up.after);
        world.schedule(at.max(now), Kind::BackUp, id);
    }
    let may = &world.prepared.may_take[usize::from(tier.0)];
    let previous = previous.filter(|rep| may.contains(*rep));
    world.lead_mut(id).owner = previous;
    match (rules.policy, previous) {
        (_, Some(owner)) => assign(world, id, owner),
        (Policy::Pool, None) if rules.calls_again.is_some() => patience::calls(world, id),
        (Policy::Pool, None) => to_pool(world, id),
        (Policy::RoundRobin, None) => {
            // Those who wait already come first.
            if !world.unassigned[usize::from(tier.0)].is_empty() || !assign_next(world, id, tier) {
                let stamp = world.lead(id).stamp;
                world.unassigned[usize::from(tier.0)].push_back((id, stamp));
                world.tell(id, Happening::Unassigned);
            }
        }
    }
}

fn count_routed<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let horizon = &world.model.horizon;
    let lead = &mut world.leads[id.0 as usize];
    if lead.routed.is_some_and(|at| horizon.contains(at)) && !lead.matters {
        lead.matters = true;
        world.open_that_matter += 1;
    }
}

/// Whom the rotation does not rule out.
fn eligible<'a, W>(world: &'a World<'_, '_, W>, aware: Awareness) -> &'a RepSet {
    match (aware.meetings, aware.shift, aware.leave) {
        (true, ..) => &world.at_desk,
        (false, true, true) => &world.on_shift,
        (false, true, false) => &world.in_shift,
        (false, false, true) => &world.present,
        (false, false, false) => &world.everyone,
    }
}

/// The next rep in the rotation gets the lead; false if nobody is eligible.
fn assign_next<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId, tier: TierId) -> bool {
    let who = eligible(world, world.model.routing.aware).next_from(
        world.rotation[usize::from(tier.0)],
        &world.prepared.may_take[usize::from(tier.0)],
        &[],
    );
    match who {
        Some(rep) => {
            world.rotation[usize::from(tier.0)] = rep.0 + 1;
            assign(world, id, rep);
            true
        }
        None => false,
    }
}

/// Somebody may have become eligible: the visible queue moves.
pub(super) fn recheck_unassigned<W: Watch>(world: &mut World<'_, '_, W>) {
    for tier in 0..world.unassigned.len() {
        while let Some(&(id, stamp)) = world.unassigned[tier].front() {
            let valid = world.lead(id).stamp == stamp;
            if valid && !assign_next(world, id, TierId(tier as u8)) {
                break;
            }
            world.unassigned[tier].pop_front();
        }
    }
    if !world.back_up_waiting.is_empty() && !world.at_desk.is_empty() {
        for (id, stamp) in std::mem::take(&mut world.back_up_waiting) {
            if world.lead(id).stamp == stamp {
                call_back_up(world, id);
            }
        }
    }
}

fn assign<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId, rep: RepId) {
    let now = world.now;
    let month = world.model.horizon.month_of(now);
    let lead = world.lead_mut(id);
    lead.assigned = Some(now);
    lead.owner = Some(rep);
    lead.assigned_to = Some(rep);
    if let Some(month) = month {
        world.desk_mut(rep).assigned_by_month[month] += 1;
    }
    world.tell(id, Happening::Assigned(rep));
    alert(world, id, Some(rep));
}

fn to_pool<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let now = world.now;
    world.lead_mut(id).assigned = Some(now);
    world.tell(id, Happening::Pooled);
    alert(world, id, None);
}

/// Alerts a rep (or the pool): one draw of attention, running in desk time. No attention delay: noticed at once.
fn alert<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId, rep: Option<RepId>) {
    let lead = world.lead_mut(id);
    let (number, stamp, key, tier) = (lead.alerts, lead.stamp, lead.key, lead.tier);
    lead.alerts = lead.alerts.saturating_add(1);
    let group = match rep {
        Some(rep) => world.group(rep),
        None => &world.model.groups[world.prepared.pool_group[usize::from(tier.0)]],
    };
    let law = &group.attention[usize::from(tier.0)].delay;
    if law.is_zero() {
        return notice(world, id, stamp, rep, number);
    }
    let delay = Span::from_minutes_f64(law.draw(key, of_lead::ATTENTION, u32::from(number)));
    put_alert(world, id, rep, number, delay);
}

/// A call that finds somebody free in the pool is noticed at once.
pub(super) fn rings<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let lead = world.lead_mut(id);
    let (number, stamp) = (lead.alerts, lead.stamp);
    lead.alerts = lead.alerts.saturating_add(1);
    notice(world, id, stamp, None, number);
}

/// A follow-up or a reply falls to its owner (or the pool): on the list at once, or when it is noticed.
pub(super) fn offer_later_work<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId, what: Waiting) {
    let owner = if world.model.routing.follow_ups_to_owner { world.lead(id).owner } else { None };
    let group = match owner {
        Some(rep) => world.group(rep),
        None => &world.model.groups[world.prepared.pool_group[usize::from(world.lead(id).tier.0)]],
    };
    if matches!(what, Waiting::New(_)) || group.attention_follow_up.is_zero() {
        return work::offer(world, what, id, owner);
    }
    let lead = world.lead(id);
    let index = 2 * lead.attempts.len() as u32 + u32::from(matches!(what, Waiting::Reply(_)));
    let delay = group.attention_follow_up.draw(lead.key, of_lead::ATTENTION_FOLLOW_UP, index);
    put_alert(world, id, owner, 0, Span::from_minutes_f64(delay));
}

/// Starts an alert's desk clock.
fn put_alert<W: Watch>(
    world: &mut World<'_, '_, W>,
    id: LeadId,
    rep: Option<RepId>,
    number: u8,
    delay: Span,
) {
    let (now, lead) = (world.now, world.lead(id));
    let (stamp, class) = (lead.stamp, world.prepared.class_of_tier[usize::from(lead.tier.0)]);
    let whose = rep.map_or(Whose::Pool(class), Whose::Rep);
    world.watch.alerted(now, id, rep, delay);
    let alerts = alerts_of(world, whose);
    if let Some(at) = alerts.add(now, delay, Alert { lead: id, stamp, number }) {
        let stamp = alerts.stamp;
        world.queue.push(at, Kind::Noticed, whose.number(), stamp);
    }
}

/// The desk clock says that an alert is noticed now.
pub(super) fn noticed<W: Watch>(world: &mut World<'_, '_, W>, whom: u32, stamp: u32) {
    let now = world.now;
    let whose = Whose::of_number(whom);
    if alerts_of(world, whose).stamp != stamp {
        return;
    }
    while let Some(alert) = alerts_of(world, whose).noticed(now) {
        notice(world, alert.lead, alert.stamp, whose.rep(), alert.number);
    }
    if let Some(at) = alerts_of(world, whose).reschedule(now) {
        let stamp = alerts_of(world, whose).stamp;
        world.queue.push(at, Kind::Noticed, whom, stamp);
    }
}

fn alerts_of<'a, W>(world: &'a mut World<'_, '_, W>, whose: Whose) -> &'a mut super::pool::Alerts {
    match whose {
        Whose::Rep(rep) => &mut world.desks[rep.0 as usize].alerts,
        Whose::Pool(class) => &mut world.pool.alerts[class],
    }
}

/// A rep (or somebody in the pool) sees the lead: it joins the waiting work, or is silently ignored.
fn notice<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId, stamp: u32, rep: Option<RepId>, alert: u8) {
    let now = world.now;
    let lead = world.lead_mut(id);
    if lead.stamp != stamp {
        return;
    }
    let (stage, tier) = (lead.stage, lead.tier);
    match stage {
        Stage::Cadence => return work::offer(world, Waiting::FollowUp(tier), id, rep),
        Stage::Replied => return work::offer(world, Waiting::Reply(tier), id, rep),
        _ => {}
    }
    let lead = world.lead_mut(id);
    lead.noticed.get_or_insert(now);
    let (tier, key) = (lead.tier, lead.key);
    world.tell(id, Happening::Noticed(rep));
    let group = match rep {
        Some(rep) => world.group(rep),
        None => &world.model.groups[world.prepared.pool_group[usize::from(tier.0)]],
    };
    let never = group.never_worked[usize::from(tier.0)];
    if never > 0.0 && key.uniform(of_lead::IGNORED, u32::from(alert)) < never {
        world.lead_mut(id).ignored = true;
        world.tell(id, Happening::Ignored(rep));
        return stall_later(world, id);
    }
    work::offer(world, Waiting::New(tier), id, rep);
}

/// Business days without any step after which a lead counts as stalled (domain: 10).
const STALLED_AFTER_DAYS: u32 = 10;

fn stall_later<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    if std::mem::replace(&mut world.lead_mut(id).stalling, true) {
        return;
    }
    let at = world.hours(id).business_day_after(world.now, STALLED_AFTER_DAYS);
    let birth = world.lead(id).birth;
    if let Some(at) = at {
        world.queue.push(at, Kind::Stalled, id.0, birth);
    }
}

/// The first owner has not started in time.
pub(super) fn back_up<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId, stamp: u32) {
    if world.lead(id).stamp == stamp {
        call_back_up(world, id);
    }
}

/// One more alert: to the next rep in the rotation who is free, else at the desk, and has not been alerted to this lead yet;
/// nobody there: as soon as somebody is.
fn call_back_up<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let now = world.now;
    let lead = world.lead_mut(id);
    let (tier, owner, stamp) = (lead.tier, lead.owner, lead.stamp);
    let mut alerted = std::mem::take(&mut lead.alerted);
    if alerted.is_empty() {
        alerted.extend(owner);
    }
    let may = &world.prepared.may_take[usize::from(tier.0)];
    let start = world.back_up_rotation;
    let next = |who: &RepSet| who.next_from(start, may, &alerted);
    let Some(rep) = next(&world.free).or_else(|| next(&world.at_desk)) else {
        // Once everybody knows of the lead, nobody is left to call.
        if next(&world.everyone).is_some() {
            world.back_up_waiting.push((id, stamp));
        }
        world.lead_mut(id).alerted = alerted;
        return;
    };
    alerted.push(rep);
    world.back_up_rotation = rep.0 + 1;
    let rules =
        world.model.routing.tiers[usize::from(tier.0)].back_up.expect("only called where the tier has one");
    let lead = world.lead_mut(id);
    lead.alerted = alerted;
    lead.back_up = Some((rep, now));
    lead.back_ups += 1;
    let again = lead.back_ups < rules.times;
    world.tell(id, Happening::BackUp(rep));
    alert(world, id, Some(rep));
    if again && world.lead(id).stamp == stamp {
        let at = world.after_business(id, world.now, rules.after);
        world.schedule(at, Kind::BackUp, id);
    }
}
