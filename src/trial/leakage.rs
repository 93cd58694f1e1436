//! What handling cost: each lead's chance of an opportunity as an ideal twin, minus its chance with the handling it got,
//! causes swapped in one at a time in the order of the lead's life, so that the parts add up exactly.

use super::lead::Lead;
use super::outcome::{LEAK_CAUSES, LeakCause, Outcome};
use super::prepared::{Kind, Prepared};
use super::watch::{Ending, Watch};
use super::world::World;
use super::{clock, patience};
use crate::model::LeadId;
use crate::random::Law;
use crate::time::{Instant, Span};

/// The chance from accepted to opportunity of a new lead answered `wait` after it was created, with so many attempts in its cadence.
fn chance(prepared: &Prepared, lead: &Lead, wait: Span, attempts: usize) -> f64 {
    if wait <= prepared.as_good_as_at_once && attempts == planned(prepared, lead) {
        return prepared.ideal_of(lead);
    }
    chance_of(prepared, Kind::of(lead), lead.recycled_factor, wait, attempts)
}

/// How many attempts the cadence of a lead's label plans.
fn planned(prepared: &Prepared, lead: &Lead) -> usize {
    prepared.model.buyers.cadence(lead.tier).steps.len()
}

/// The chance of an ideal twin: a new lead of a kind, answered at once, its whole cadence made.
pub(super) fn ideal(prepared: &Prepared, kind: Kind) -> f64 {
    chance_of(prepared, kind, 1.0, Span::ZERO, prepared.model.buyers.cadence(kind.label).steps.len())
}

/// The same for any lead of a kind.
fn chance_of(prepared: &Prepared, kind: Kind, recycled: f64, wait: Span, attempts: usize) -> f64 {
    let buyers = &prepared.model.buyers;
    let (contact_factor, qualified_factor) = match &buyers.decay {
        Some(decay) => decay.factors(kind.tier, wait.as_minutes().max(0.0)),
        None => (1.0, 1.0),
    };
    let contacts = &prepared.contacts[prepared.kind(kind)][..attempts];
    let contacts = contacts.iter().map(|chance| (chance * contact_factor).min(1.0));
    let silent: f64 = match &buyers.interest {
        None => contacts.map(|chance| 1.0 - chance).product(),
        Some(law) => contacts
            .zip(&buyers.cadence(kind.label).steps)
            .map(|(chance, step)| 1.0 - chance * still_interested(law, wait, step.day))
            .product(),
    };
    let tier = &buyers.tiers[usize::from(kind.tier.0)];
    (1.0 - silent)
        * (tier.qualified * qualified_factor * recycled).min(1.0)
        * prepared.held
        * tier.opportunity
}

/// The chance that a lead still has interest at a planned attempt so many days after one that came `wait` after it was created.
fn still_interested(law: &Law, wait: Span, day: u32) -> f64 {
    1.0 - law.cdf((wait + Span::days(i64::from(day))).as_hours().max(0.0))
}

/// Chance lost by each cause, in order, and the ideal twin's chance; it minus the sum is the chance with the handling it got.
fn split(prepared: &Prepared, lead: &Lead, now: Instant) -> ([f64; LEAK_CAUSES], f64) {
    let steps = planned(prepared, lead);
    let mut lost = [0.0; LEAK_CAUSES];
    let routed = lead.routed.unwrap_or(now);
    let assigned = lead.assigned.unwrap_or(now);
    let answered = lead.attempted.unwrap_or(assigned);
    let automated = lead.automated_at.max(lead.held_until).min(routed);
    let ideal = prepared.ideal_of(lead);
    let mut before = ideal;
    let mut swap = |cause: LeakCause, after: f64| {
        lost[cause as usize] = before - after;
        before = after;
    };
    let mut known = (lead.created, ideal);
    let buyers = &prepared.model.buyers;
    let speed_counts = buyers.decay.is_some() || buyers.interest.is_some();
    let mut at = |instant: Instant| {
        // Most leads skip most causes: the same wait has the same chance.
        if speed_counts && instant != known.0 {
            known = (instant, chance(prepared, lead, instant - lead.created, steps));
        }
        known.1
    };
    swap(LeakCause::AfterHours, at(lead.held_until.min(routed)));
    swap(LeakCause::RoutingDelay, at(automated));
    swap(LeakCause::AutomationFailure, at(routed));
    let left = matches!(lead.ended, Some((_, Ending::Left)));
    // Whoever left did so for the wait it was in: for somebody eligible, or for an answer.
    let unseen = left && lead.assigned.is_none();
    swap(LeakCause::NobodyOnShift, if unseen { 0.0 } else { at(assigned) });
    if lead.overturned {
        // Sales was done with it at its review; the wait after that is the price of a wrong rejection.
        swap(LeakCause::SlowResponse, at(lead.disposed.unwrap_or(answered)));
        swap(LeakCause::WronglyRejected, at(answered));
    } else {
        swap(LeakCause::SlowResponse, if left { 0.0 } else { at(answered) });
    }
    if lead.attempted.is_none() {
        swap(LeakCause::NeverWorked, 0.0);
    } else if lead.gave_up {
        swap(LeakCause::GaveUp, chance(prepared, lead, answered - lead.created, lead.attempts.len()));
    }
    (lost, ideal)
}

/// Counts the leakage of a lead that was accepted, or never got that far.
pub(super) fn count<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let prepared = world.prepared;
    let lead = &world.leads[id.0 as usize];
    let rejected = lead.rejected && !lead.overturned;
    // An open lead's handling is not over: it is counted as open, not as lost.
    if !lead.in_horizon || lead.pass > 0 || rejected || lead.ended.is_none() {
        return;
    }
    // Where speed changes nothing, a lead that was attempted and not given up has lost nothing, by any cause.
    if prepared.speed_is_free && lead.attempted.is_some() && !lead.gave_up {
        return;
    }
    // A lead nobody reviewed would have been accepted with its tier's probability.
    let accepted =
        if lead.accepted { 1.0 } else { prepared.model.buyers.tiers[usize::from(lead.true_tier.0)].accepted };
    let (lost, ideal) = split(prepared, lead, world.now);
    let lost = lost.map(|lost| accepted * lost);
    let below = just_kept(prepared, lead, &mut world.just_kept)
        .map_or(0.0, |promised| accepted * (promised - ideal) + lost.iter().sum::<f64>());
    let stretch = prepared.stretches.at(lead.created);
    let tier = &mut world.out.stretches[stretch].tiers[usize::from(lead.tier.0)];
    for (leak, lost) in tier.leaks.iter_mut().zip(lost) {
        leak.leads += u32::from(lost > 0.0);
        leak.opportunities += lost;
    }
    tier.below_just_kept += below;
}

/// The wait of the last lead of each kind whose every clause was just kept, and its chance: most promises allow the same wait.
pub(super) type JustKept = Vec<(Span, f64)>;

/// The chance of a lead with every clause just kept and its cadence completed, if a clause is about its first attempt.
fn just_kept(prepared: &Prepared, lead: &Lead, known: &mut JustKept) -> Option<f64> {
    let routing_due = clock::routing_due(prepared, lead);
    let due = clock::first_attempt_due_if_routed(prepared, lead, routing_due)?;
    let steps = planned(prepared, lead);
    // Some would have left before their promise was due.
    let gone = patience::is_gone_after(prepared.model, lead, due - routing_due);
    if gone {
        return Some(0.0);
    }
    let (wait, known) = (due - lead.created, &mut known[prepared.kind(Kind::of(lead))]);
    if known.0 != wait {
        *known = (wait, chance(prepared, lead, wait, steps));
    }
    Some(known.1)
}

/// A new lead that was sent back to marketing and will never be an MQL again: another pass, answered at once, would have had a chance.
pub(super) fn count_never_recycled(out: &mut Outcome, prepared: &Prepared, lead: &Lead) {
    let buyers = &prepared.model.buyers;
    let again = &buyers.recycling;
    let steps = buyers.cadence(again.tier).steps.len();
    let kind = Kind { label: again.tier, tier: again.tier, segment: lead.segment };
    let accepted = buyers.tiers[usize::from(again.tier.0)].accepted;
    let stretch = prepared.stretches.at(lead.created);
    let leak = &mut out.stretches[stretch].tiers[usize::from(lead.tier.0)].never_recycled;
    leak.leads += 1;
    leak.opportunities += accepted * chance_of(prepared, kind, again.qualified_times, Span::ZERO, steps);
}
