//! P6 for leads: attempts follow the plan: never too many, never too early, never more a day than allowed, and none once the buyer answers.

use super::scene::{Scene, Seen, Stage};
use super::told::Told;
use super::{Property, Wrong};
use leadsim::model::{Activity, LeadId, Step, TierPatience};
use leadsim::random::Law;
use leadsim::time::{Instant, Span};
use leadsim::trial::{Ending, Happening};
use std::collections::BTreeMap;

/// When each lead's next step may come at the earliest, and whether it must come just then.
#[derive(Default)]
pub struct Cadence {
    next: BTreeMap<LeadId, (Instant, bool)>,
}

impl Cadence {
    pub fn hear(&mut self, scene: &Scene<'_>, told: &Told, wrong: &mut Wrong) {
        match *told {
            Told::Lead(id, _, Happening::Attempted(_, number, channel)) => {
                let Some(seen) = scene.leads.get(&id) else { return };
                attempted(scene, seen, number, wrong);
                let steps = &scene.model.buyers.cadence(seen.facts.tier).steps;
                let planned = steps.get(number as usize - 1).map(|step| step.channel_for(seen.facts.segment));
                wrong.unless(planned == Some(channel), Property::P6, scene.now, || {
                    format!(
                        "attempt {number} on lead {} by {channel:?}, planned {planned:?}",
                        seen.facts.number
                    )
                });
            }
            Told::Lead(id, _, Happening::Ended(ending)) => {
                self.next.remove(&id);
                patience(scene, &scene.leads[&id], ending, wrong);
            }
            Told::Lead(id, _, Happening::Created | Happening::Replied) => {
                self.next.remove(&id);
            }
            Told::Done(_) => {}
            Told::InLine(id, Activity::FollowUp, _) => self.falls_due(scene, id, wrong),
            Told::Alerted(id, ..) => self.falls_due(scene, id, wrong),
            _ => {}
        }
    }

    /// A handling is over and the lead stands in its cadence: from now on it is known when the next attempt falls due.
    pub fn done(&mut self, scene: &Scene<'_>, id: LeadId) {
        let Some(seen) = scene.leads.get(&id) else { return };
        if seen.stage != Stage::Cadence || seen.gave_up {
            return;
        }
        if let Some(due) = next_due(scene, seen) {
            self.next.insert(id, due);
        }
    }

    fn falls_due(&mut self, scene: &Scene<'_>, id: LeadId, wrong: &mut Wrong) {
        if scene.leads[&id].stage != Stage::Cadence {
            return;
        }
        let Some((at, exactly)) = self.next.remove(&id) else { return };
        let fits = if exactly { scene.now == at } else { scene.now >= at };
        wrong.unless(fits, Property::P6, scene.now, || {
            format!("a follow-up of lead {} falls due, planned for {at}", scene.leads[&id].facts.number)
        });
    }

    /// A follow-up that never fell due.
    pub fn close(&self, scene: &Scene<'_>, wrong: &mut Wrong) {
        for (id, (at, exactly)) in &self.next {
            let seen = &scene.leads[id];
            let missed = *exactly && *at < scene.now && seen.stage == Stage::Cadence;
            wrong.unless(!missed, Property::P6, scene.now, || {
                format!("a follow-up of lead {} was planned for {at} and never fell due", seen.facts.number)
            });
        }
    }
}

/// The next step's day, after its pause; exact unless the limit of a day moves it.
fn next_due(scene: &Scene<'_>, seen: &Seen) -> Option<(Instant, bool)> {
    let cadence = scene.model.buyers.cadence(seen.facts.tier);
    let step = cadence.steps.get(seen.brought + seen.attempts.len())?;
    let (hours, done) = (scene.hours(&seen.facts), seen.last_done?);
    let (planned, known) = match (least_gap(step), step.day) {
        (Some((gap, known)), _) => (hours.after(done, gap)?, known),
        (None, 0) => (done, true),
        (None, day) => (hours.business_day_after(seen.attempted?, day)?, true),
    };
    let due = planned.max(done + step.pause);
    let day = hours.local_day_index(due);
    let made = seen.attempts.iter().filter(|(at, _)| hours.local_day_index(*at) == day).count();
    Some((due, known && made + seen.brought < cadence.most_per_day as usize))
}

/// The least gap after the step before, and whether it is always that one.
fn least_gap(step: &Step) -> Option<(Span, bool)> {
    step.gap.as_ref().map(|gap| match gap {
        Law::Constant(minutes) => (Span::from_minutes_f64(*minutes), true),
        Law::Uniform { low, .. } => (Span::from_minutes_f64(*low), false),
        _ => (Span::ZERO, false),
    })
}

fn attempted(scene: &Scene<'_>, seen: &Seen, number: u32, wrong: &mut Wrong) {
    let (now, lead) = (scene.now, seen.facts.number);
    let (cadence, hours) = (scene.model.buyers.cadence(seen.facts.tier), scene.hours(&seen.facts));
    let made = seen.brought + seen.attempts.len();
    wrong.unless(number as usize == made && made <= cadence.steps.len(), Property::P6, now, || {
        format!("attempt {number} on lead {lead}, of which {made} are known, {} planned", cadence.steps.len())
    });
    wrong.unless(seen.contacted.is_none(), Property::P6, now, || {
        format!("attempt {number} on lead {lead}, which has answered")
    });
    let day = hours.local_day_index(now);
    let that_day = seen.attempts.iter().filter(|(at, _)| hours.local_day_index(*at) == day).count();
    wrong.unless(day.is_none() || that_day <= cadence.most_per_day as usize, Property::P6, now, || {
        format!("attempt {that_day} of the day on lead {lead}, of {}", cadence.most_per_day)
    });
    let Some(step) = cadence.steps.get(made - 1).filter(|_| made > 1) else { return };
    let earliest = match (step.day, seen.attempted) {
        _ if step.gap.is_some() => {
            least_gap(step).zip(seen.last_done).and_then(|((gap, _), done)| hours.after(done, gap))
        }
        (0, _) | (_, None) => None,
        // The opening backlog says where its leads stand in the plan, not when they got there.
        (day, Some(first)) => hours.business_day_after(first, day).filter(|_| seen.brought == 0),
    };
    wrong.unless(earliest.is_none_or(|earliest| now >= earliest), Property::P6, now, || {
        format!("attempt {number} on lead {lead} before its day, {earliest:?}")
    });
    let pause = seen.last_done.map_or(step.pause, |done| now - done);
    wrong.unless(pause >= step.pause, Property::P6, now, || {
        format!("attempt {number} on lead {lead} {pause} after the last")
    });
}

/// Leads whose patience is always the same leave exactly when it is over.
fn patience(scene: &Scene<'_>, seen: &Seen, ending: Ending, wrong: &mut Wrong) {
    let Some(patience) = &scene.model.buyers.patience else { return };
    let TierPatience { leaves_after, leaves_at_once } = &patience.tiers[usize::from(seen.facts.true_tier.0)];
    let again = scene.model.routing.tiers[usize::from(seen.facts.tier.0)].calls_again.is_some();
    let (Some(Law::Constant(minutes)), Some(routed)) = (leaves_after, seen.routed) else { return };
    let from = if seen.backlog { scene.model.horizon.opens } else { routed };
    if ending != Ending::Left || again || (*leaves_at_once > 0.0 && scene.now == from) {
        return;
    }
    let stayed = scene.now - from;
    wrong.unless(stayed == Span::from_minutes_f64(*minutes), Property::P6, scene.now, || {
        format!("lead {} left after {stayed}, its patience is {minutes} minutes", seen.facts.number)
    });
}
