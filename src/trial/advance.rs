//! The buyer's side of a lead's life: answers, replies, the next attempt, qualification, booking, and every way to end.

use super::count;
use super::funnel::Leg;
use super::lead::{Lead, Stage};
use super::leakage;
use super::luck::of_lead;
use super::pool::Waiting;
use super::queue::Kind;
use super::route::offer_later_work;
use super::watch::{Ending, Happening, Watch};
use super::world::{Return, World};
use crate::model::{Channel, Destination, LeadId, Model, RepId};
use crate::time::{Instant, Span};

const HOUR: f64 = 60.0;
const DAY: f64 = 24.0 * HOUR;

/// The chance that attempt `number`, made at `at` by `channel`, is answered.
pub(super) fn contact_chance(model: &Model, lead: &Lead, number: u32, channel: Channel, at: Instant) -> f64 {
    let contact = &model.buyers.tiers[usize::from(lead.true_tier.0)].contact;
    let chance = contact.chance(number as usize, channel) * lead.contact_factor;
    if chance > 0.0 && has_lost_interest(model, lead, at) { 0.0 } else { chance }
}

/// Whether the lead has silently lost interest by `at`.
fn has_lost_interest(model: &Model, lead: &Lead, at: Instant) -> bool {
    model.buyers.interest.as_ref().is_some_and(|law| {
        let hours = law.draw(lead.key, of_lead::INTEREST, 0);
        at > lead.created + Span::from_hours_f64(hours)
    })
}

/// The buyer will answer this email or message, later.
pub(super) fn will_reply<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId, number: u32) {
    if world.lead(id).reply_pending {
        return;
    }
    let lead = world.lead(id);
    let delay = world.model.buyers.reply_delay.draw(lead.key, of_lead::REPLY_DELAY, number);
    let birth = lead.birth;
    let at = world.after_business(id, world.now, Span::from_minutes_f64(delay));
    world.lead_mut(id).reply_pending = true;
    world.queue.push(at, Kind::Reply, id.0, birth);
}

/// A reply comes in.
pub(super) fn replied<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId, birth: u32) {
    if world.lead(id).birth != birth || world.lead(id).ended.is_some() {
        return;
    }
    world.tell(id, Happening::Replied);
    let lead = world.lead_mut(id);
    lead.reply_pending = false;
    match lead.stage {
        Stage::Cadence => offer_reply(world, id),
        // An attempt is being made at this moment: the reply is seen right after it.
        _ => lead.reply_came = true,
    }
}

fn offer_reply<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    world.enter(id, Stage::Replied);
    let tier = world.lead(id).tier;
    offer_later_work(world, id, Waiting::Reply(tier));
}

/// An attempt was not answered on the spot: wait for the reply, plan the next one, or stop.
pub(super) fn not_answered<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId, id: LeadId) {
    world.enter(id, Stage::Cadence);
    if std::mem::take(&mut world.lead_mut(id).reply_came) {
        return offer_reply(world, id);
    }
    let model = world.model;
    let made = world.lead(id).attempts.len();
    let (tier, key) = (world.lead(id).tier, world.lead(id).key);
    let Some(step) = model.buyers.cadence(tier).steps.get(made) else {
        return unless_a_reply_is_due(world, id);
    };
    let gives_up = if made >= 2 { world.group(rep).gives_up[usize::from(tier.0)] } else { 0.0 };
    if gives_up > 0.0 && key.uniform(of_lead::GIVES_UP, made as u32 + 1) < gives_up {
        world.lead_mut(id).gave_up = true;
        world.tell(id, Happening::GaveUp(rep));
        return unless_a_reply_is_due(world, id);
    }
    // A day beyond the last known calendar day never comes: the lead stays open.
    if let Some(at) = next_due(world, id, step) {
        world.schedule(at, Kind::FollowUpDue, id);
    }
}

/// When the next step of the cadence falls due: its day, or its gap after the one before, after its pause, and within the limit per day.
fn next_due<W: Watch>(world: &World<'_, '_, W>, id: LeadId, step: &crate::model::Step) -> Option<Instant> {
    let (lead, hours, now) = (world.lead(id), world.hours(id), world.now);
    let first = lead.attempted?;
    let planned = match (&step.gap, step.day) {
        (Some(gap), _) => {
            let minutes = gap.draw(lead.key, of_lead::STEP_GAP, lead.attempts.len() as u32 + 1);
            hours.after(now, Span::from_minutes_f64(minutes))?
        }
        (None, 0) => now,
        (None, day) => hours.business_day_after(first, day)?,
    };
    let due = planned.max(now + step.pause);
    let most = world.model.buyers.cadence(lead.tier).most_per_day as usize;
    if lead.attempts.len() < most {
        return Some(due);
    }
    // Attempts stand in order of time, and none comes after what is due.
    let made_since = |midnight| lead.attempts.iter().rev().take_while(|(at, _)| *at >= midnight).count();
    match hours.local_midnight(due) {
        Some(midnight) if made_since(midnight) >= most => {
            // At midnight sharp the day that begins counts as today.
            let after = due + Span::from_micros(1);
            hours.at_time_on_business_day(after, 0, 1).and_then(|at| hours.next_opening(at))
        }
        _ => Some(due),
    }
}

fn unless_a_reply_is_due<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    if !world.lead(id).reply_pending {
        let ending = match has_lost_interest(world.model, world.lead(id), world.now) {
            true => Ending::LostInterest,
            false => Ending::Unresponsive,
        };
        end(world, id, ending, Destination::Nurture);
    }
}

/// A lead of the opening backlog that is in its cadence: so many attempts made, the next one due within the days to its step.
pub(super) fn in_cadence<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId, ordinal: u32) {
    let model = world.model;
    let steps = &model.buyers.cadence(world.lead(id).tier).steps;
    let (now, reps) = (world.now, model.reps.len() as u32);
    let lead = world.lead_mut(id);
    let made = 1 + (lead.key.uniform(of_lead::BACKLOG_POSITION, 0) * (steps.len() - 1) as f64) as usize;
    // Its last step is behind it by as many business days as the plan says; a week has five of them.
    let behind = Span::from_hours_f64(24.0 * 1.4 * f64::from(steps[made - 1].day));
    // Even a first attempt of today was made before the trial opens: no clock of such a lead is of the horizon.
    let just_before = now - Span::from_micros(1);
    let first = (now - behind).max(model.horizon.opens - Span::days(13)).min(just_before);
    lead.accepted = true;
    lead.created = lead.created.min(first);
    (lead.routed, lead.assigned, lead.attempted) = (Some(first), Some(first), Some(first));
    lead.owner = (reps > 0).then(|| RepId(ordinal % reps));
    lead.attempts = steps[..made].iter().map(|step| (first, step.channel_for(lead.segment))).collect();
    world.enter(id, Stage::Cadence);
    let Some(step) = steps.get(made) else {
        return end(world, id, Ending::Unresponsive, Destination::Nurture);
    };
    let days = step.day - steps[made - 1].day;
    let u = world.lead(id).key.uniform(of_lead::BACKLOG_POSITION, 1);
    let at = world.hours(id).business_day_after(now + Span::from_hours_f64(24.0 * u), days.saturating_sub(1));
    if let Some(at) = at {
        world.schedule(at.max(now), Kind::FollowUpDue, id);
    }
}

/// The next attempt falls due.
pub(super) fn follow_up_due<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId, stamp: u32) {
    if world.lead(id).stamp == stamp {
        let tier = world.lead(id).tier;
        offer_later_work(world, id, Waiting::FollowUp(tier));
    }
}

/// The rejection is written: RevOps may overturn it; else the lead goes where its reason says.
pub(super) fn rejected<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let lead = world.lead(id);
    let reason =
        &world.model.buyers.rejection_reasons[usize::from(lead.reason.expect("a rejection has a reason"))];
    if reason.overturned > 0.0 && lead.key.uniform(of_lead::OVERTURNED, 0) < reason.overturned {
        let at =
            world.hours(id).business_day_after(world.now, world.model.buyers.overturn_after_business_days);
        world.enter(id, Stage::RejectionReviewed);
        if let Some(at) = at {
            world.schedule(at, Kind::Overturned, id);
        }
        return;
    }
    end(world, id, Ending::Rejected, reason.destination);
}

/// RevOps sends a rejected lead back to its owner, who now works it.
pub(super) fn overturned<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId, stamp: u32) {
    if world.lead(id).stamp != stamp {
        return;
    }
    world.enter(id, Stage::Waiting);
    let lead = world.lead_mut(id);
    lead.overturned = true;
    lead.accepted = true;
    let tier = lead.tier;
    world.tell(id, Happening::Overturned);
    offer_later_work(world, id, Waiting::New(tier));
}

/// Nobody ever began it.
pub(super) fn stalled<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId, birth: u32) {
    let lead = world.lead(id);
    if lead.birth == birth && lead.ended.is_none() && lead.stage == Stage::Waiting {
        end(world, id, Ending::NeverWorked, Destination::Nurture);
    }
}

/// A conversation is over: qualified, or not.
pub(super) fn talked<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let buyers = &world.model.buyers;
    let lead = world.lead(id);
    let tier = &buyers.tiers[usize::from(lead.true_tier.0)];
    let chance = tier.qualified * lead.qualified_factor * lead.recycled_factor;
    if lead.key.uniform(of_lead::QUALIFIED, 0) < chance {
        world.tell(id, Happening::Qualified);
        return book(world, id);
    }
    let reason = buyers.disqualification_mix.pick(lead.key.uniform(of_lead::DISQUALIFICATION, 0));
    world.lead_mut(id).reason = Some(reason as u8);
    world.tell(id, Happening::Disqualified(reason));
    end(world, id, Ending::Disqualified, buyers.disqualification_reasons[reason].destination);
}

/// Booking and what follows: laws only, no rep time, so the lead's pass can be told to its end here.
fn book<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let funnel = &world.model.buyers.funnel;
    let (key, hours) = (world.lead(id).key, world.hours(id));
    let days_out = |index: u32| {
        let (from, to) = funnel.days_out[funnel.days_out_mix.pick(key.uniform(of_lead::DAYS_OUT, index))];
        let within = key.uniform(of_lead::DAYS_OUT, 100 + index);
        from + ((within * f64::from(to - from + 1)) as u32).min(to - from)
    };
    let out = days_out(0);
    let mut at = hours.business_day_after(world.now, out).unwrap_or(Instant::MAX);
    world.tell(id, Happening::Booked(at));
    let mut held = key.uniform(of_lead::SHOW, 0) < funnel.meeting.show_at(out);
    world.tell(id, Happening::Met { at, held, rebooked: false });
    if !held && key.uniform(of_lead::REBOOK, 0) < funnel.meeting.rebooked {
        at = hours.business_day_after(at, days_out(1)).unwrap_or(Instant::MAX);
        held = key.uniform(of_lead::SHOW, 1) < funnel.meeting.rebooked_show;
        world.tell(id, Happening::Met { at, held, rebooked: true });
    }
    count_sql(world, id);
    if !held {
        return end(world, id, Ending::NoShow, Destination::Nurture);
    }
    let ending = after_meeting(world, id, at);
    end(world, id, ending, Destination::Closed);
}

fn count_sql<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let (lead, now) = (&world.leads[id.0 as usize], world.now);
    let hours = lead.contacted.map(|at| (now - at).as_hours());
    count::in_funnels(&mut world.out, &world.prepared.stretches, lead, |f| {
        f.sqls += 1;
        if let Some(hours) = hours {
            f.went(Leg::ContactedToSql, hours);
        }
    });
}

/// From a held meeting to money: expected values from here on, and drawn ones beside them.
fn after_meeting<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId, at: Instant) -> Ending {
    let model = world.model;
    let (mean_amount, end_of_horizon) = (world.prepared.mean_amount, model.horizon.end);
    let lead = world.lead(id);
    let (key, tier) = (lead.key, &model.buyers.tiers[usize::from(lead.true_tier.0)]);
    let opportunity = key.uniform(of_lead::OPPORTUNITY, 0) < tier.opportunity;
    let amount = model.buyers.funnel.amount.draw(key, of_lead::AMOUNT, 0);
    let won = opportunity && key.uniform(of_lead::WON, 0) < tier.won;
    let cycle = model.buyers.funnel.cycle_days.draw(key, of_lead::CYCLE, 0);
    let won_at = at + Span::from_minutes_f64(cycle * DAY);
    let (lead, now) = (&world.leads[id.0 as usize], world.now);
    // a meeting past the known calendar has no date, and tells nothing of how long it takes
    let dated = at < Instant::MAX;
    count::in_funnels(&mut world.out, &world.prepared.stretches, lead, |f| {
        f.held += 1;
        f.opportunities_expected += tier.opportunity;
        f.pipeline_expected += tier.opportunity * mean_amount;
        f.won_expected += tier.opportunity * tier.won;
        f.opportunities += u32::from(opportunity);
        f.pipeline += if opportunity { amount } else { 0.0 };
        f.won += u32::from(won);
        f.won_by_close += u32::from(won && won_at < end_of_horizon);
        f.revenue += if won { amount } else { 0.0 };
        if dated {
            f.went(Leg::SqlToHeld, (at - now).as_hours());
            f.went_perhaps(Leg::CreatedToOpportunity, (at - lead.created).as_hours(), tier.opportunity);
            f.went_perhaps(Leg::OpportunityToWon, cycle * 24.0, tier.opportunity * tier.won);
        }
    });
    if opportunity {
        world.tell(id, Happening::Opportunity { at, dollars: amount });
    }
    if won {
        world.tell(id, Happening::Won { at: won_at });
    }
    match (opportunity, won) {
        (false, _) => Ending::NoOpportunity,
        (true, false) => Ending::Lost,
        (true, true) => Ending::Won,
    }
}

/// Ends a pass: judged, counted, perhaps to come back, and its place is vacant.
pub(super) fn end<W: Watch>(
    world: &mut World<'_, '_, W>,
    id: LeadId,
    ending: Ending,
    destination: Destination,
) {
    let now = world.now;
    world.enter(id, Stage::Ended);
    let lead = world.lead_mut(id);
    lead.ended = Some((now, ending));
    world.out.ended += 1;
    world.tell(id, Happening::Ended(ending));
    come_back(world, id, destination);
    count::close(world, id);
    if world.lead(id).matters {
        world.open_that_matter -= 1;
    }
    world.vacant.push(id);
}

/// Nurture or recycling: some leads come back as MQLs.
fn come_back<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId, destination: Destination) {
    let recycling = &world.model.buyers.recycling;
    let lead = world.lead(id);
    let may = lead.pass + 1 < recycling.passes;
    let after = match destination {
        Destination::Closed => return,
        Destination::Recycle { days } if may => Some(f64::from(days)),
        Destination::Nurture if may && lead.key.uniform(of_lead::RECYCLED, 0) < recycling.share => {
            Some(recycling.after_days.draw(lead.key, of_lead::RECYCLED_AFTER, 0))
        }
        _ => None,
    };
    let at = after.map(|days| world.now + Span::from_minutes_f64(days * DAY));
    let horizon = &world.model.horizon;
    let played = at.filter(|at| *at < world.prepared.stop_at);
    count::in_funnels(&mut world.out, &world.prepared.stretches, &world.leads[id.0 as usize], |f| {
        f.sent_back += 1;
        f.recycled += u32::from(at.is_some());
        f.recycled_by_close += u32::from(at.is_some_and(|at| at < horizon.end));
        f.nurtured += u32::from(played.is_none());
    });
    let lead = &world.leads[id.0 as usize];
    if at.is_none() && recycling.passes > 1 && lead.in_horizon && lead.pass == 0 {
        leakage::count_never_recycled(&mut world.out, world.prepared, lead);
    }
    let Some(at) = played else { return };
    let lead = world.lead(id);
    let back = Return {
        key: lead.key.child(u64::from(lead.pass) + 1),
        number: lead.number,
        source: lead.source,
        segment: lead.segment,
        zone: lead.zone,
        owner: lead.owner,
        pass: lead.pass + 1,
    };
    world.returns.push(Some(back));
    let index = world.returns.len() as u32 - 1;
    world.queue.push(at, Kind::Returns, index, 0);
}
