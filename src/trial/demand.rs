//! When leads come: each day's leads are drawn when the day begins; lists and replays stand ready from the start.

use super::luck::{self, of_lead, of_source};
use super::queue::Kind;
use super::watch::Watch;
use super::world::World;
use crate::model::{Arrivals, Model, RateCycle, RateProfile, Replay, Resample, SourceId, TierId, ZoneId};
use crate::random::{Key, Law};
use crate::time::{Instant, Span};

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
    /// When the next lead arrives; the end of time if none does.
    next_at: Instant,
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
                        let size = upload.leads.draw(key, of_source::UPLOAD_SIZE, n as u32);
                        for _ in 0..size.round() as u64 {
                            let delay = upload.delay.draw(key, of_source::UPLOAD_DELAY, ordinal);
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
        let mut pending = Pending { fixed, daily: Vec::new(), progress, next_at: Instant::MAX };
        pending.look();
        pending
    }

    /// When the next lead arrives; the end of time if none does.
    #[inline]
    pub fn next_at(&self) -> Instant {
        self.next_at
    }

    /// Takes the next lead.
    pub fn pop(&mut self) -> Option<Arrival> {
        let next = match (self.fixed.last(), self.daily.last()) {
            (Some(a), Some(b)) if a.at <= b.at => self.fixed.pop(),
            (Some(_), None) => self.fixed.pop(),
            _ => self.daily.pop(),
        };
        self.look();
        next
    }

    fn look(&mut self) {
        let at = |list: &[Arrival]| list.last().map_or(Instant::MAX, |arrival| arrival.at);
        self.next_at = at(&self.fixed).min(at(&self.daily));
    }
}

/// Latest first, so that the next lead stands at the end. The sort is stable and sources are drawn in order, so ties keep
/// the order of sources (reversed twice).
fn latest_first(arrivals: &mut [Arrival]) {
    arrivals.reverse();
    arrivals.sort_by_key(|a| std::cmp::Reverse(a.at));
}

fn gap(law: &Law, key: Key, ordinal: u32) -> f64 {
    law.draw(key, of_source::GAP, ordinal)
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
    world.forget_history();
    let prepared = world.prepared;
    let day = &prepared.days[number as usize];
    if let Some(next) = prepared.days.get(number as usize + 1) {
        world.queue.push(next.begins, Kind::Day, number + 1, 0);
    }
    let busyness = world.day_luck.busyness(world.model, day.date, day.week);
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
        let (model, source, daily) = (world.model, SourceId(i as u16), &mut world.arrivals.daily);
        let usual = &prepared.usual_hours[i];
        draw_day(SourceDay { model, rate, usual, day, source, progress, daily }, factor);
    }
    let opens = world.model.horizon.opens;
    world.arrivals.daily.retain(|a| a.at >= opens);
    latest_first(&mut world.arrivals.daily);
    world.arrivals.look();
}

/// A part of a day in which a source's rate moves along a straight line.
struct Stretch {
    /// When it begins, hours from midnight.
    starts: f64,
    /// How long it is, hours.
    hours: f64,
    /// Arrivals per hour where it begins and where it ends.
    first: f64,
    last: f64,
}

impl Stretch {
    /// Hours from its start in which so many arrivals are expected; solved so that nothing cancels.
    fn hours_until(&self, expected: f64) -> f64 {
        if self.first == self.last {
            return expected / self.first;
        }
        let slope = (self.last - self.first) / self.hours;
        let root = (self.first * self.first + 2.0 * slope * expected).max(0.0).sqrt();
        if self.first + root > 0.0 { 2.0 * expected / (self.first + root) } else { 0.0 }
    }
}

/// A source on one day.
struct SourceDay<'a> {
    model: &'a Model,
    rate: &'a RateProfile,
    /// Arrivals expected from midnight to the end of each hour of the week's usual days.
    usual: &'a HourSums,
    day: &'a super::prepared::Day,
    source: SourceId,
    progress: &'a mut Progress,
    daily: &'a mut Vec<Arrival>,
}

/// Draws a day's leads of a source whose rate is `factor` times the usual: its own unit-rate sequence is mapped onto the day by the
/// inverse of its cumulative rate, so that arrival `k` stays arrival `k` whatever the rates are.
fn draw_day(mut day: SourceDay<'_>, factor: f64) {
    match &day.rate.cycle {
        None => draw_by_hour(&mut day, factor),
        Some(cycle) => draw_cycle(&mut day, cycle, factor),
    }
}

/// A day of a source that follows the hours of the week.
fn draw_by_hour(day: &mut SourceDay<'_>, factor: f64) {
    let weekday = usize::from(day.day.weekday);
    let (sums, rates) = (day.usual.of_day(weekday), &day.rate.hourly[weekday * 24..][..24]);
    let expected = sums[24] * factor;
    let mut used = 0.0;
    while expected > 0.0 && day.progress.left <= expected - used {
        used += day.progress.left;
        // In the usual day's measure; the first arrival comes in an hour that has a rate.
        let place = (used / factor).clamp(f64::MIN_POSITIVE, sums[24]);
        let hour = sums.partition_point(|sum| *sum < place) - 1;
        day.arrives((hour as f64 + ((place - sums[hour]) / rates[hour]).min(1.0)) * 60.0);
    }
    day.progress.left -= expected - used;
}

/// A day of a source with a cycle of its own.
fn draw_cycle(day: &mut SourceDay<'_>, cycle: &RateCycle, factor: f64) {
    let whole = Span::days(1);
    let days = i64::from(cycle.from.until(day.day.date).map_or(0, |span| span.get_days()));
    let mut place = Span::from_micros((days * whole.micros()).rem_euclid(cycle.length.micros()));
    let mut part = cycle.parts.partition_point(|part| part.ends <= place);
    let mut starts = Span::ZERO;
    while starts < whole {
        let this = &cycle.parts[part];
        let length = (this.ends - place).min(whole - starts);
        let (first, last) = (this.rate_at(place) * factor, this.rate_at(place + length) * factor);
        draw_stretch(day, &Stretch { starts: starts.as_hours(), hours: length.as_hours(), first, last });
        (starts, place) = (starts + length, place + length);
        if place == this.ends {
            part = (part + 1) % cycle.parts.len();
            place = cycle.parts[part].starts;
        }
    }
}

fn draw_stretch(day: &mut SourceDay<'_>, stretch: &Stretch) {
    let expected = (stretch.first + stretch.last) / 2.0 * stretch.hours;
    let mut used = 0.0;
    while day.progress.left <= expected - used {
        used += day.progress.left;
        day.arrives((stretch.starts + stretch.hours_until(used)) * 60.0);
    }
    day.progress.left -= expected - used;
}

impl SourceDay<'_> {
    /// The next arrival of the source's sequence comes so many minutes after midnight: one lead, or a batch.
    fn arrives(&mut self, minutes: f64) {
        let (rate, ordinal, own) = (self.rate, self.progress.ordinal, self.progress.key);
        let key = own.child(u64::from(ordinal));
        let size = match &rate.batch {
            Law::Constant(one) if *one == 1.0 => 1,
            law => law.draw(own, of_source::BATCH, ordinal).round() as u32,
        };
        for n in 0..size {
            // Passes of one lead are its children too; members of a batch stand apart from them.
            let key = if n == 0 { key } else { key.child(1 << 32 | u64::from(n)) };
            let at = local(self.model, self.day, key, minutes);
            self.daily.push(Arrival { at, source: self.source, key, tier: None });
        }
        self.progress.ordinal = ordinal + 1;
        self.progress.left = gap(&rate.gaps, own, ordinal + 1);
    }
}

/// Arrivals expected from midnight to each full hour of a source's usual days, factors aside.
#[derive(Debug)]
pub(super) struct HourSums([[f64; 25]; 7]);

impl HourSums {
    /// Adds up the hours of a week.
    pub fn of(hourly: &[f64; 168]) -> Self {
        let mut sums = [[0.0; 25]; 7];
        for (day, hours) in sums.iter_mut().zip(hourly.chunks_exact(24)) {
            for (hour, rate) in hours.iter().enumerate() {
                day[hour + 1] = day[hour] + rate;
            }
        }
        HourSums(sums)
    }

    fn of_day(&self, weekday: usize) -> &[f64; 25] {
        &self.0[weekday]
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

/// The zone a lead truly lives in.
pub(super) fn true_zone(model: &Model, key: Key) -> ZoneId {
    match model.leads.zones.len() {
        1 => ZoneId(0),
        _ => ZoneId(model.leads.zone_mix.pick(key.uniform(of_lead::ZONE, 0)) as u8),
    }
}
