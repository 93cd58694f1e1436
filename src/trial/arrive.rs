//! A lead arrives: what it is, and when it will be routed. Also those that come back, and those that were there already.

use super::demand::{Arrival, true_zone};
use super::lead::{Lead, Stage};
use super::luck::{self, of_lead};
use super::queue::Kind;
use super::watch::{Happening, Watch};
use super::world::World;
use crate::model::{AfterHours, LeadId, Model, SegmentId, SourceId, TierId, ZoneId};
use crate::random::Key;
use crate::time::{Instant, Span};

/// A new lead is here: what it is, and when it will be routed. Returns it if that is at once.
pub(super) fn arrive<W: Watch>(world: &mut World<'_, '_, W>, arrival: Arrival) -> Option<LeadId> {
    let leads = &world.model.leads;
    let key = arrival.key;
    let source = &world.model.sources[usize::from(arrival.source.0)];
    let true_tier = arrival
        .tier
        .or(source.only_tier())
        .unwrap_or_else(|| TierId(source.tier_mix.pick(key.uniform(of_lead::TIER, 0)) as u8));
    let unknown = leads.zone_unknown > 0.0 && key.uniform(of_lead::ZONE_UNKNOWN, 0) < leads.zone_unknown;
    let lead = Lead {
        segment: SegmentId(if leads.segments.len() > 1 {
            leads.segment_mix.pick(key.uniform(of_lead::SEGMENT, 0)) as u8
        } else {
            0
        }),
        zone: if unknown { leads.default_zone } else { true_zone(world.model, key) },
        missing_fields: leads.missing_fields > 0.0
            && key.uniform(of_lead::MISSING_FIELDS, 0) < leads.missing_fields,
        tier: label(world.model, true_tier, key),
        true_tier,
        source: arrival.source,
        ..blank(key, world.now, world.out.created as u32 + 1)
    };
    begin(world, lead, source.outside_automation)
}

/// A lead with nothing known about it yet.
fn blank(key: Key, now: Instant, number: u32) -> Lead {
    Lead {
        key,
        number,
        came_from: None,
        source: SourceId(0),
        tier: TierId(0),
        true_tier: TierId(0),
        zone: ZoneId(0),
        segment: SegmentId(0),
        pass: 0,
        in_hours: true,
        in_horizon: false,
        by_hand: false,
        missing_fields: false,
        created: now,
        held_until: now,
        automated_at: now,
        routed: None,
        assigned: None,
        noticed: None,
        started: None,
        attempted: None,
        waiting_since: now,
        due_from: Instant::MIN,
        due: None,
        disposed: None,
        contacted: None,
        ended: None,
        attempts: Vec::new(),
        owner: None,
        assigned_to: None,
        back_up: None,
        accepted: false,
        rejected: false,
        reason: None,
        gave_up: false,
        ignored: false,
        late_minutes: None,
        minutes: 0.0,
        contact_factor: 1.0,
        qualified_factor: 1.0,
        recycled_factor: 1.0,
        stage: Stage::Routing,
        stamp: 0,
        birth: 0,
        alerts: 0,
        back_ups: 0,
        calls: 0,
        alerted: Vec::new(),
        reply_pending: false,
        reply_came: false,
        stalling: false,
        overturned: false,
        put_down: None,
        matters: false,
    }
}

/// The tier on the label: now and then one off.
fn label(model: &Model, tier: TierId, key: Key) -> TierId {
    let (last, share) = (model.leads.tiers.len() as u8 - 1, model.leads.mis_tiered);
    if share == 0.0 || last == 0 {
        return tier;
    }
    let u = key.uniform(of_lead::MIS_TIERED, 0);
    if u >= share {
        return tier;
    }
    let up = u < share / 2.0;
    match (tier.0, up) {
        (0, _) => TierId(1),
        (t, _) if t == last => TierId(last - 1),
        (t, true) => TierId(t - 1),
        (t, false) => TierId(t + 1),
    }
}

/// A lead comes back as an MQL.
pub(super) fn returns<W: Watch>(world: &mut World<'_, '_, W>, index: u32) -> Option<LeadId> {
    let back = world.returns[index as usize].take().expect("each return happens once");
    let recycling = &world.model.buyers.recycling;
    let mut lead = Lead {
        came_from: Some(back.number),
        source: back.source,
        segment: back.segment,
        zone: back.zone,
        tier: recycling.tier,
        true_tier: recycling.tier,
        pass: back.pass,
        recycled_factor: recycling.qualified_times,
        ..blank(back.key, world.now, world.out.created as u32 + 1)
    };
    if recycling.to_previous_owner {
        lead.owner = back.owner;
    }
    begin(world, lead, false)
}

/// Stamps a lead's creation and schedules its routing.
fn begin<W: Watch>(world: &mut World<'_, '_, W>, mut lead: Lead, outside_automation: bool) -> Option<LeadId> {
    let now = world.now;
    let model = world.model;
    let hours = &model.leads.zones[usize::from(lead.zone.0)].hours;
    let routing = &model.routing;
    lead.in_hours = hours.is_open(now);
    lead.in_horizon = model.horizon.contains(now);
    lead.matters = lead.in_horizon;
    let delay = routing.automated.draw(lead.key, of_lead::AUTOMATION_DELAY, 0);
    lead.automated_at = now + Span::from_minutes_f64(delay);
    lead.by_hand = outside_automation
        || (routing.fails > 0.0 && lead.key.uniform(of_lead::AUTOMATION_FAILS, 0) < routing.fails);
    let mut routed_at = lead.automated_at;
    if lead.by_hand {
        let by_hand = &routing.tiers[usize::from(lead.tier.0)].by_hand;
        let delay = Span::from_minutes_f64(by_hand.delay.draw(lead.key, of_lead::BY_HAND_DELAY, 0));
        routed_at =
            if by_hand.business { hours.after(now, delay).unwrap_or(Instant::MAX) } else { now + delay };
    }
    if !lead.in_hours
        && let AfterHours::HoldUntil { minute_of_day } = routing.after_hours
    {
        lead.held_until = hours.release_on_next_business_day(now, minute_of_day).unwrap_or(Instant::MAX);
        routed_at = routed_at.max(lead.held_until);
    }
    let by_hand = lead.by_hand;
    count_created(world, &lead);
    let matters = lead.matters;
    let id = world.place(lead);
    world.open_that_matter += u32::from(matters);
    world.tell(id, Happening::Created);
    if routed_at <= now {
        return Some(id);
    }
    world.tell(id, Happening::Waits { until: routed_at, automation_failed: by_hand });
    world.schedule(routed_at, Kind::Routed, id);
    None
}

fn count_created<W: Watch>(world: &mut World<'_, '_, W>, lead: &Lead) {
    if !lead.in_horizon {
        return;
    }
    super::count::in_funnels(&mut world.out, &world.prepared.stretches, lead, |f| f.mqls += 1);
    if lead.pass > 0 {
        return;
    }
    let hour = world.prepared.company.hour_of_week(world.now);
    world.out.arrivals_by_hour[hour] += 1;
    world.out.mql_cost += world.model.leads.tiers[usize::from(lead.tier.0)].cost_per_mql;
}

/// Leads that stand in the CRM when the trial opens: some wait for a first attempt, some are in their cadence.
pub(super) fn open_backlog<W: Watch>(world: &mut World<'_, '_, W>) {
    for (entry, backlog) in world.model.backlog.iter().enumerate() {
        for n in 0..backlog.waiting + backlog.in_cadence {
            let key = luck::backlog(world.key, entry as u64, u64::from(n));
            let age = backlog.age_days.draw(key, of_lead::BACKLOG_AGE, 0);
            let created = world.now - Span::from_hours_f64(24.0 * age);
            let lead = Lead {
                tier: backlog.tier,
                true_tier: backlog.tier,
                zone: true_zone(world.model, key),
                created,
                held_until: created,
                automated_at: created,
                ..blank(key, world.now, world.out.created as u32 + 1)
            };
            let id = world.place(lead);
            world.tell(id, Happening::Created);
            if n < backlog.waiting {
                super::route::route_since(world, id, created);
            } else {
                super::advance::in_cadence(world, id, n);
            }
        }
    }
}
