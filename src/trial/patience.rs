//! Leads that do not wait for ever: they leave while nobody has begun them, or, where there is no line, call again later.

use super::advance;
use super::lead::{Lead, Stage};
use super::luck::of_lead;
use super::meanwhile;
use super::queue::Kind;
use super::rep_set::RepSet;
use super::route;
use super::watch::{Ending, Happening, Watch};
use super::world::World;
use crate::model::{Destination, LeadId, Model, TierPatience};
use crate::time::Span;

/// How patient a lead is, by the tier by which it buys.
fn of<'m>(model: &'m Model, lead: &Lead) -> Option<(&'m TierPatience, Destination)> {
    let patience = model.buyers.patience.as_ref()?;
    Some((&patience.tiers[usize::from(lead.true_tier.0)], patience.then))
}

/// How long the lead would wait for somebody to begin it.
fn leaves_after(tier: &TierPatience, lead: &Lead) -> Option<Span> {
    let law = tier.leaves_after.as_ref()?;
    Some(Span::from_minutes_f64(law.draw(lead.key, of_lead::LEAVES_AFTER, 0)))
}

/// Whether the lead is one of those that leave at once where nobody is free.
fn leaves_at_once(tier: &TierPatience, lead: &Lead) -> bool {
    tier.leaves_at_once > 0.0 && lead.key.uniform(of_lead::LEAVES_AT_ONCE, 0) < tier.leaves_at_once
}

/// Whether the lead would not stay so long from routed until somebody begins it.
pub(super) fn is_gone_after(model: &Model, lead: &Lead, wait: Span) -> bool {
    wait > Span::ZERO
        && of(model, lead).is_some_and(|(tier, _)| {
            leaves_at_once(tier, lead) || leaves_after(tier, lead).is_some_and(|stays| stays < wait)
        })
}

/// A lead has been routed just now: unless somebody begins it at this instant, it leaves at once or will leave later.
pub(super) fn begins<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let stamp = world.lead(id).stamp;
    // Whoever is free takes it now, if anybody does.
    world.dispatch();
    let lead = world.lead(id);
    let Some((tier, then)) = of(world.model, lead) else { return };
    if lead.stamp != stamp || lead.stage != Stage::Waiting {
        return;
    }
    if leaves_at_once(tier, lead) && !somebody_is_free(world, id) {
        return leaves(world, id, then);
    }
    stays(world, id);
}

/// The lead waits, and its patience runs from now on.
pub(super) fn stays<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let lead = world.lead(id);
    if lead.stage != Stage::Waiting {
        return;
    }
    let Some(stays) = of(world.model, lead).and_then(|(tier, _)| leaves_after(tier, lead)) else { return };
    world.schedule(world.now + stays, Kind::BuyerActs, id);
}

/// Whether one who may take the lead has empty hands, or own work in them that gives way: its owner, or of the pool anybody.
fn somebody_is_free<W>(world: &World<'_, '_, W>, id: LeadId) -> bool {
    let lead = &world.leads[id.0 as usize];
    let among = |reps: &RepSet| match lead.owner {
        Some(owner) => reps.contains(owner),
        None => reps.next_from(0, &world.prepared.may_take[usize::from(lead.tier.0)], &[]).is_some(),
    };
    among(&world.free) || (world.prepared.own_gives_way && among(&meanwhile::reps(world)))
}

/// The lead itself acts: its patience is over, or it calls again.
pub(super) fn acts<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId, stamp: u32) {
    let lead = world.lead(id);
    if lead.stamp != stamp {
        return;
    }
    match (lead.stage, of(world.model, lead)) {
        (Stage::Away, _) => calls(world, id),
        (_, Some((_, then))) => leaves(world, id, then),
        (_, None) => {}
    }
}

/// Where there is no line: a free rep takes the lead now, or it goes away, to call again or not.
pub(super) fn calls<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let now = world.now;
    let lead = world.lead_mut(id);
    lead.calls = lead.calls.saturating_add(1);
    lead.assigned.get_or_insert(now);
    if somebody_is_free(world, id) {
        if world.lead(id).stage == Stage::Away {
            world.enter(id, Stage::Waiting);
        }
        let stamp = world.lead(id).stamp;
        world.tell(id, Happening::Pooled);
        route::rings(world, id);
        world.dispatch();
        if world.lead(id).stamp != stamp {
            return;
        }
    }
    found_nobody(world, id);
}

fn found_nobody<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    world.enter(id, Stage::Away);
    let lead = world.lead(id);
    let (call, key) = (lead.calls, lead.key);
    let rules = &world.model.routing.tiers[usize::from(lead.tier.0)];
    let rules = rules.calls_again.as_ref().expect("only called where the tier has no line");
    world.tell(id, Happening::FoundNobody { call });
    let last = rules.gives_up.len().saturating_sub(1);
    let gives_up = rules.gives_up.get((call as usize - 1).min(last)).copied().unwrap_or(0.0);
    if gives_up > 0.0 && key.uniform(of_lead::GIVES_UP_CALLING, call) < gives_up {
        return leaves(world, id, rules.then);
    }
    let after = Span::from_minutes_f64(rules.after.draw(key, of_lead::CALLS_AGAIN, call));
    world.schedule(world.now + after, Kind::BuyerActs, id);
}

fn leaves<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId, then: Destination) {
    advance::end(world, id, Ending::Left, then);
}
