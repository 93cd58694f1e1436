//! P3, Little's law on the sample path: the number of leads routed and not begun, integrated over time, is the sum of their waits, and both
//! are what the trial booked.

use super::scene::{Scene, Stage};
use super::told::Told;
use super::{Property, Wrong};
use leadsim::model::{Horizon, LeadId, TierId};
use leadsim::time::{Instant, Span};
use leadsim::trial::{Outcome, stretches_in};
use std::collections::BTreeMap;

/// One tier's waiting leads.
#[derive(Debug, Clone)]
struct Tier {
    waiting: i64,
    changed: Instant,
    /// Lead-microseconds within the horizon, as an integral and as a sum of stays.
    integral: i64,
    stays: i64,
    by_period: Vec<i64>,
}

pub struct Little {
    tiers: Vec<Tier>,
    since: BTreeMap<LeadId, (Instant, TierId)>,
}

fn within(horizon: &Horizon, from: Instant, until: Instant) -> Span {
    (until.min(horizon.end) - from.max(horizon.start)).max(Span::ZERO)
}

impl Little {
    pub fn new(scene: &Scene<'_>) -> Self {
        let horizon = &scene.model.horizon;
        let tier = Tier {
            waiting: 0,
            changed: horizon.opens,
            integral: 0,
            stays: 0,
            by_period: vec![0; horizon.weeks.len() + horizon.months.len()],
        };
        Little { tiers: vec![tier; scene.model.leads.tiers.len()], since: BTreeMap::new() }
    }

    pub fn hear(&mut self, scene: &Scene<'_>, told: &Told) {
        let id = match *told {
            Told::Lead(id, ..) | Told::Takes(_, _, Some(id)) => id,
            _ => return,
        };
        let Some(seen) = scene.leads.get(&id) else { return };
        match (seen.stage == Stage::Waiting, self.since.contains_key(&id)) {
            (true, false) => {
                self.step(&scene.model.horizon, seen.facts.tier, scene.now, 1);
                self.since.insert(id, (scene.now, seen.facts.tier));
            }
            (false, true) => self.leaves(&scene.model.horizon, id, scene.now),
            _ => {}
        }
    }

    fn step(&mut self, horizon: &Horizon, tier: TierId, now: Instant, change: i64) {
        let tier = &mut self.tiers[usize::from(tier.0)];
        tier.integral += tier.waiting * within(horizon, tier.changed, now).micros();
        tier.waiting += change;
        tier.changed = now;
    }

    fn leaves(&mut self, horizon: &Horizon, id: LeadId, now: Instant) {
        let Some((since, tier)) = self.since.remove(&id) else { return };
        self.step(horizon, tier, now, -1);
        let tier = &mut self.tiers[usize::from(tier.0)];
        tier.stays += within(horizon, since, now).micros();
        for (sum, period) in tier.by_period.iter_mut().zip(horizon.weeks.iter().chain(&horizon.months)) {
            let (from, until) = (since.max(period.start), now.min(period.end));
            *sum += within(horizon, from, until.max(from)).micros();
        }
    }

    pub fn close(mut self, scene: &Scene<'_>, outcome: &Outcome, wrong: &mut Wrong) {
        let horizon = &scene.model.horizon;
        let open: Vec<LeadId> = self.since.keys().copied().collect();
        for id in open {
            self.leaves(horizon, id, horizon.end.max(scene.now));
        }
        for (n, (tier, told)) in self.tiers.iter().zip(&outcome.tiers).enumerate() {
            wrong.unless(tier.integral == tier.stays, Property::P3, horizon.end, || {
                format!("tier {n}: {} lead-microseconds of queue, {} of waits", tier.integral, tier.stays)
            });
            wrong.near(Property::P3, told.handling.waiting_minutes, minutes(tier.integral), 1e-9, || {
                format!("tier {n}, minutes waited")
            });
            for (period, ours) in tier.by_period.iter().enumerate() {
                let parts = stretches_in(horizon, period);
                let waited = |stretch: &usize| outcome.stretches[*stretch].tiers[n].handling.waiting_minutes;
                let theirs: f64 = parts.iter().map(waited).sum();
                wrong.near(Property::P3, theirs, minutes(*ours), 1e-9, || {
                    format!("tier {n}, period {period}, minutes waited")
                });
            }
        }
    }
}

fn minutes(micros: i64) -> f64 {
    Span::from_micros(micros).as_minutes()
}
