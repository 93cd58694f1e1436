//! Leads arrive: each day's leads are drawn when the day begins, lists and replays stand ready from the start.

use super::lead::{Lead, Stage};
use super::luck::{self, of_day, of_lead, of_source};
use super::queue::Kind;
use super::watch::{Happening, Watch};
use super::world::World;
use crate::model::{
    AfterHours, Arrivals, Busyness, LeadId, Model, RateProfile, Replay, Resample, SourceId, TierId, ZoneId,
};
use crate::random::{Key, Law};
use crate::time::{Instant, Span};
use rand_distr::{Distribution, Gamma};

/// A lead that is about to arrive.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arrival {
    pub at: Instant,
    pub source: SourceId,
    pub key: Key,
    /// Given by a replay; else drawn.
    pub tier: Option<TierId>,
}

/// Where a rate-driven source stands in its own sequence.
#[derive(Debug, Clone)]
struct Progress {
    key: Key,
    /// Arrivals so far: the next one's ordinal.
    ordinal: u32,
    /// Operational time left until the next arrival, in expected arrivals.
    left: f64,
}

/// Leads that have been drawn and not yet arrived.
#[derive(Debug)]
pub(super) struct Pending {
    /// Lists and replays, latest first.
    fixed: Vec<Arrival>,
    /// Drawn day by day, latest first.
    daily: Vec<Arrival>,
    progress: Vec<Option<Progress>>,
}

impl Pending {
    pub fn new(model: &Model, trial: Key) -> Self {
        let mut fixed = Vec::new();
        let mut progress = Vec::new();
        for (i, source) in model.sources.iter().enumerate() {
            let key = luck::source(trial, &source.name);
            let id = SourceId(i as u16);
            progress.push(match &source.arrivals {
                Arrivals::Rate(rate) => Some(Progress { key, ordinal: 0, left: gap(&rate.gaps, key, 0) }),
                Arrivals::Uploads(uploads) => {
                    let mut ordinal = 0;
                    for (n, upload) in uploads.iter().enumerate() {
                        let size = upload.leads.sample(&mut key.stream(of_source::UPLOAD_SIZE, n as u32));
                        for _ in 0..size.round() as u64 {
                            let delay =
                                upload.delay.sample(&mut key.stream(of_source::UPLOAD_DELAY, ordinal));
                            let at = upload.at + Span::from_minutes_f64(delay);
                            fixed.push(Arrival {
                                at,
                                source: id,
                                key: key.child(u64::from(ordinal)),
                                tier: None,
                            });
                            ordinal += 1;
                        }
                    }
                    None
                }
                Arrivals::Replay(replay) => {
                    replayed(replay, id, key, &mut fixed);
                    None
                }
            });
        }
        let (opens, stop) = (model.horizon.opens, model.horizon.last());
        fixed.retain(|a| opens <= a.at && a.at < stop);
        latest_first(&mut fixed);
        Pending { fixed, daily: Vec::new(), progress }
    }

    /// When the next lead arrives.
    #[inline]
    pub fn next_at(&self) -> Option<Instant> {
        match (self.fixed.last(), self.daily.last()) {
            (Some(a), Some(b)) => Some(a.at.min(b.at)),
            (Some(a), None) | (None, Some(a)) => Some(a.at),
            (None, None) => None,
        }
    }

    /// Takes the next lead.
    #[inline]
    pub fn pop(&mut self) -> Option<Arrival> {
        match (self.fixed.last(), self.daily.last()) {
            (Some(a), Some(b)) if a.at <= b.at => self.fixed.pop(),
            (Some(_), None) => self.fixed.pop(),
            _ => self.daily.pop(),
        }
    }
}

/// Latest first, so that the next lead stands at the end. The sort is stable and sources are drawn in order, so ties keep
/// the order of sources (reversed twice).
fn latest_first(arrivals: &mut [Arrival]) {
    arrivals.reverse();
    arrivals.sort_by(|a, b| b.at.cmp(&a.at));
}

fn gap(law: &Law, key: Key, ordinal: u32) -> f64 {
    law.sample(&mut key.stream(of_source::GAP, ordinal))
}

/// The stamps of a replay, as they were or resampled.
fn replayed(replay: &Replay, source: SourceId, key: Key, fixed: &mut Vec<Arrival>) {
    let day_end = |day: usize| replay.days.get(day + 1).map_or(replay.stamps.len(), |d| d.0);
    let mut push = |at: Instant, stamp: usize, ordinal: usize| {
        let tier = replay.tiers.as_ref().map(|tiers| tiers[stamp]);
        fixed.push(Arrival { at, source, key: key.child(ordinal as u64), tier });
    };
    if replay.resample == Resample::AsIs {
        for (i, &at) in replay.stamps.iter().enumerate() {
            push(at, i, i);
        }
        return;
    }
    let mut ordinal = 0;
    let mut monday = None;
    for (n, &(midnight, weekday)) in replay.targets.iter().enumerate() {
        let u = |index: usize| key.uniform(of_source::RESAMPLE, index as u32);
        let day = match replay.resample {
            Resample::Day => pick_same_weekday(replay, weekday, u(n)),
            _ => {
                if weekday == 0 || monday.is_none() {
                    monday = pick_whole_week(replay, u(n));
                }
                monday.map(|first| first + usize::from(weekday))
            }
        };
        let Some(day) = day else { continue };
        for stamp in replay.days[day].0..day_end(day) {
            push(midnight + (replay.stamps[stamp] - replay.days[day].1), stamp, ordinal);
            ordinal += 1;
        }
    }
}

fn pick_same_weekday(replay: &Replay, weekday: u8, u: f64) -> Option<usize> {
    let days = replay.days.iter().filter(|d| d.2 == weekday).count();
    let pick = (u * days as f64) as usize;
    replay.days.iter().enumerate().filter(|(_, d)| d.2 == weekday).nth(pick).map(|(i, _)| i)
}

fn pick_whole_week(replay: &Replay, u: f64) -> Option<usize> {
    let whole = |i: &usize| replay.days[*i].2 == 0 && i + 7 <= replay.days.len();
    let weeks = (0..replay.days.len()).filter(whole).count();
    (0..replay.days.len()).filter(whole).nth((u * weeks as f64) as usize)
}

/// A calendar day begins: draws its busyness and its leads.
pub(super) fn day<W: Watch>(world: &mut World<'_, '_, W>, number: u32) {
    world.accrue_waiting();
    world.forget_history();
    let prepared = world.prepared;
    let day = &prepared.days[number as usize];
    if let Some(next) = prepared.days.get(number as usize + 1) {
        world.queue.push(next.begins, Kind::Day, number + 1, 0);
    }
    let busyness = busyness(world.model, world.key, day.date, day.week);
    for (i, source) in world.model.sources.iter().enumerate() {
        let Arrivals::Rate(rate) = &source.arrivals else { continue };
        let progress = world.arrivals.progress[i].as_mut().expect("rate sources have a progress");
        let surge: f64 = rate
            .surges
            .iter()
            .filter(|s| s.from <= day.date && day.date <= s.until)
            .map(|s| s.times)
            .product();
        let factor = surge * if rate.busyness { busyness } else { 1.0 };
        draw_day(world.model, rate, day, factor, SourceId(i as u16), progress, &mut world.arrivals.daily);
    }
    let opens = world.model.horizon.opens;
    world.arrivals.daily.retain(|a| a.at >= opens);
    latest_first(&mut world.arrivals.daily);
}

fn busyness(model: &Model, trial: Key, date: jiff::civil::Date, week: u64) -> f64 {
    let (shape, key) = match model.busyness {
        Busyness::None => return 1.0,
        Busyness::Daily { shape } => {
            let days = date.since(jiff::civil::Date::ZERO).map_or(0, |span| i64::from(span.get_days()));
            (shape, luck::day(trial, days as u64))
        }
        Busyness::Weekly { shape } => (shape, luck::day(trial, week)),
    };
    Gamma::new(shape, 1.0 / shape)
        .expect("the scenario admits only positive shapes")
        .sample(&mut key.stream(of_day::BUSYNESS, 0))
}

/// Maps a source's own unit-rate sequence onto the day by the inverse of its cumulative rate: arrival `k` stays arrival `k`
/// whatever the rates are.
fn draw_day(
    model: &Model,
    rate: &RateProfile,
    day: &super::prepared::Day,
    factor: f64,
    source: SourceId,
    progress: &mut Progress,
    daily: &mut Vec<Arrival>,
) {
    let hours = &rate.hourly[usize::from(day.weekday) * 24..][..24];
    for (hour, per_hour) in hours.iter().enumerate() {
        let per_hour = per_hour * factor;
        let mut used = 0.0;
        while progress.left <= per_hour - used {
            used += progress.left;
            let minutes = (hour as f64 + used / per_hour) * 60.0;
            let key = progress.key.child(u64::from(progress.ordinal));
            let size = match &rate.batch {
                Law::Constant(one) if *one == 1.0 => 1,
                law => {
                    law.sample(&mut progress.key.stream(of_source::BATCH, progress.ordinal)).round() as u32
                }
            };
            for n in 0..size {
                let key = if n == 0 { key } else { key.child(u64::from(n)) };
                daily.push(Arrival { at: local(model, day, key, minutes), source, key, tier: None });
            }
            progress.ordinal += 1;
            progress.left = gap(&rate.gaps, progress.key, progress.ordinal);
        }
        progress.left -= per_hour - used;
    }
}

/// The instant of a local wall-clock time, in the zone the lead truly lives in.
fn local(model: &Model, day: &super::prepared::Day, key: Key, minutes: f64) -> Instant {
    let zone = true_zone(model, key);
    match day.midnights[usize::from(zone.0)] {
        Some(midnight) => midnight + Span::from_minutes_f64(minutes),
        None => {
            // A day with a clock change: the wall clock decides.
            let second = (minutes * 60.0).min(86_399.0) as i32;
            let time = day.date.at((second / 3600) as i8, (second / 60 % 60) as i8, (second % 60) as i8, 0);
            model.leads.zones[usize::from(zone.0)].zone.instant(time)
        }
    }
}

fn true_zone(model: &Model, key: Key) -> ZoneId {
    match model.leads.zones.len() {
        1 => ZoneId(0),
        _ => ZoneId(model.leads.zone_mix.pick(key.uniform(of_lead::ZONE, 0)) as u8),
    }
}

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
        segment: crate::model::SegmentId(if leads.segments.len() > 1 {
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
        segment: crate::model::SegmentId(0),
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
        minutes: 0.0,
        contact_factor: 1.0,
        qualified_factor: 1.0,
        recycled_factor: 1.0,
        stage: Stage::Routing,
        stamp: 0,
        birth: 0,
        alerts: 0,
        back_ups: 0,
        reply_pending: false,
        reply_came: false,
        stalling: false,
        overturned: false,
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
    let delay = routing.automated.sample(&mut lead.key.stream(of_lead::AUTOMATION_DELAY, 0));
    lead.automated_at = now + Span::from_minutes_f64(delay);
    lead.by_hand = outside_automation
        || (routing.fails > 0.0 && lead.key.uniform(of_lead::AUTOMATION_FAILS, 0) < routing.fails);
    let mut routed_at = lead.automated_at;
    if lead.by_hand {
        let by_hand = &routing.tiers[usize::from(lead.tier.0)].by_hand;
        let delay =
            Span::from_minutes_f64(by_hand.delay.sample(&mut lead.key.stream(of_lead::BY_HAND_DELAY, 0)));
        routed_at =
            if by_hand.business { hours.after(now, delay).unwrap_or(Instant::MAX) } else { now + delay };
    }
    if !lead.in_hours
        && let AfterHours::HoldUntil { minute_of_day } = routing.after_hours
    {
        lead.held_until = hours.at_time_on_business_day(now, minute_of_day, 1).unwrap_or(Instant::MAX);
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
    if lead.pass > 0 {
        world.out.returned.mqls += 1;
        return;
    }
    let horizon = &world.model.horizon;
    let (week, month) = (horizon.week_of(world.now), horizon.month_of(world.now));
    let (hour, _) = world.prepared.hour_of_week(world.now);
    world.out.arrivals_by_hour[hour] += 1;
    let tier = &mut world.out.tiers[usize::from(lead.tier.0)];
    tier.funnel.mqls += 1;
    if let Some(week) = week {
        tier.mqls_by_week[week] += 1;
    }
    if let Some(month) = month {
        tier.mqls_by_month[month] += 1;
    }
    world.out.mql_cost += world.model.leads.tiers[usize::from(lead.tier.0)].cost_per_mql;
}

/// Leads that stand in the CRM when the trial opens: some wait for a first attempt, some are in their cadence.
pub(super) fn open_backlog<W: Watch>(world: &mut World<'_, '_, W>) {
    for (entry, backlog) in world.model.backlog.iter().enumerate() {
        for n in 0..backlog.waiting + backlog.in_cadence {
            let key = luck::backlog(world.key, entry as u64, u64::from(n));
            let age = backlog.age_days.sample(&mut key.stream(of_lead::BACKLOG_AGE, 0));
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
                super::route::route(world, id);
            } else {
                super::advance::in_cadence(world, id, n);
            }
        }
    }
}
