//! Reps at work: putting work in line, and the phases of what is in hand.

use super::desk;
use super::lead::Stage;
use super::luck::of_lead;
use super::pool::{Item, Waiting, place};
use super::queue::{Kind, next_stamp};
use super::watch::{Happening, RepState, Watch};
use super::world::World;
use super::{advance, late, put_down};
use crate::model::{Activity, Channel, LeadId, RepId, TieBreak};
use crate::time::{Instant, Span};

/// What a rep has in hand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Task {
    pub activity: Activity,
    pub phase: Phase,
    /// The lead it is about; meaningless for own work.
    pub lead: LeadId,
    /// When the phase will be done.
    pub ends: Instant,
}

/// Parts of handling a lead, each with its own length and its own stamp at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Reading the new lead.
    Review,
    /// Writing the rejection.
    Rejection,
    /// An attempt that is not answered on the spot.
    Attempt,
    /// A conversation and its logging.
    Conversation,
    /// An own task that is finished once begun.
    Own,
    /// An own task that gives way to leads.
    OwnMeanwhile,
}

impl Phase {
    /// Whether it is about no lead.
    fn is_own(self) -> bool {
        matches!(self, Phase::Own | Phase::OwnMeanwhile)
    }
}

impl Activity {
    fn state(self) -> RepState {
        match self {
            Activity::NewLead => RepState::NewLead,
            Activity::FollowUp => RepState::FollowUp,
            Activity::Reply => RepState::Reply,
            Activity::OwnWork => RepState::OwnWork,
        }
    }
}

/// Puts a lead's work in line: the rep's own, or the pool's.
pub(super) fn offer<W: Watch>(world: &mut World<'_, '_, W>, what: Waiting, id: LeadId, rep: Option<RepId>) {
    let group = match rep {
        Some(rep) => world.group(rep),
        None => &world.model.groups[world.prepared.pool_group[usize::from(world.lead(id).tier.0)]],
    };
    let then = group.order.then;
    let lead = world.lead(id);
    let since = match what {
        Waiting::New(_) => lead.routed.unwrap_or(world.now),
        _ => world.now,
    };
    let due = match (then, what) {
        (TieBreak::DueFirst, Waiting::New(_)) => {
            super::clock::first_attempt_due(world.prepared, lead).unwrap_or(since)
        }
        _ => since,
    };
    let stamp = lead.stamp;
    let order = match lead.stage {
        Stage::PutDown => put_down::place(lead.routed),
        _ => place(then, due, since),
    };
    let item = Item::new(what.rank(&group.order), order, world.pool.next_sequence(), what, (id.0, stamp));
    world.watch.in_line(world.now, id, what.activity(), rep);
    match rep {
        Some(rep) => {
            world.desk_mut(rep).line.push(item);
            if world.prepared.puts_down || world.free.contains(rep) {
                world.wake.push(rep);
            }
        }
        None => world.pool.push(item),
    }
}

/// The rep begins a piece of work, or goes on with it.
pub(super) fn start<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId, item: Item) {
    let id = LeadId(item.whom);
    world.desk_mut(rep).busy();
    let activity = item.what.activity();
    world.watch.takes(world.now, rep, activity, item.lead());
    let tier = if let Waiting::New(tier) = item.what { tier.0 } else { 0 };
    world.set_state_for(rep, activity.state(), tier);
    if item.what != Waiting::Own
        && let Some(rest) = world.lead_mut(id).put_down.take()
    {
        return put_down::take_up(world, rep, id, *rest);
    }
    match item.what {
        Waiting::Own => {
            let minutes = f64::from(item.whom) / 60_000.0;
            in_hand(world, rep, activity, Phase::Own, id, minutes);
        }
        Waiting::New(_) => start_new(world, rep, id),
        Waiting::FollowUp(_) => {
            world.enter(id, Stage::InHand);
            attempt(world, rep, id, activity);
        }
        Waiting::Reply(_) => {
            world.enter(id, Stage::InHand);
            let (work, key) = (&world.model.work, world.lead(id).key);
            let now = world.now;
            world.lead_mut(id).contacted.get_or_insert(now);
            world.tell(id, Happening::Contacted(rep));
            let minutes = work.reply.draw(key, of_lead::REPLY, 0) + talk_minutes(world, id);
            in_hand(world, rep, activity, Phase::Conversation, id, minutes);
        }
    }
}

/// Own work begins for want of other work.
pub(super) fn begin_own<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId, phase: Phase, minutes: f64) {
    world.watch.takes(world.now, rep, Activity::OwnWork, None);
    world.set_state(rep, RepState::OwnWork);
    in_hand(world, rep, Activity::OwnWork, phase, LeadId(0), minutes);
}

fn start_new<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId, id: LeadId) {
    let now = world.now;
    world.enter(id, Stage::InHand);
    let overturned = {
        let lead = world.lead_mut(id);
        lead.started.get_or_insert(now);
        // Whoever begins has the lead, back-up or not.
        lead.owner = Some(rep);
        lead.overturned
    };
    if overturned {
        return attempt(world, rep, id, Activity::NewLead);
    }
    world.tell(id, Happening::ReviewStarted(rep));
    let lead = world.lead(id);
    let work = &world.model.work;
    let mut minutes = work.review[usize::from(lead.tier.0)].draw(lead.key, of_lead::REVIEW, 0);
    if lead.missing_fields {
        minutes += world.model.leads.rework.draw(lead.key, of_lead::REWORK, 0);
    }
    in_hand(world, rep, Activity::NewLead, Phase::Review, id, minutes);
}

/// Takes a phase in hand for so many minutes at the rep's pace; a phase of no length is over at once.
fn in_hand<W: Watch>(
    world: &mut World<'_, '_, W>,
    rep: RepId,
    activity: Activity,
    phase: Phase,
    lead: LeadId,
    minutes: f64,
) {
    let minutes = minutes * world.group(rep).pace;
    let task = Task { activity, phase, lead, ends: world.now + Span::from_minutes_f64(minutes) };
    if !phase.is_own() {
        world.lead_mut(lead).minutes += minutes;
    }
    if task.ends <= world.now {
        if phase_done(world, rep, task) {
            desk::hands_free(world, rep);
        }
        return;
    }
    resume(world, rep, task, task.ends - world.now);
}

/// Goes on with a task that has so much left.
pub(super) fn resume<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId, task: Task, left: Span) {
    let tier = if task.phase.is_own() { 0 } else { world.lead(task.lead).tier.0 };
    world.set_state_for(rep, task.activity.state(), tier);
    let ends = world.now + left;
    let desk = world.desk_mut(rep);
    desk.task = Some(Task { ends, ..task });
    desk.task_stamp = next_stamp(desk.task_stamp);
    let stamp = desk.task_stamp;
    world.queue.push(ends, Kind::TaskEnds, rep.0, stamp);
}

/// The phase in hand is over.
pub(super) fn task_ends<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId, stamp: u32) {
    if world.desk(rep).task_stamp != stamp {
        return;
    }
    let Some(task) = world.desk_mut(rep).task.take() else { return };
    if phase_done(world, rep, task) {
        desk::done_for_now(world, rep);
    }
}

/// A phase is over; says whether the rep has nothing in hand any more.
fn phase_done<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId, task: Task) -> bool {
    let id = task.lead;
    match task.phase {
        Phase::Own | Phase::OwnMeanwhile => {}
        Phase::Review => {
            reviewed(world, rep, id);
            return false;
        }
        Phase::Rejection => advance::rejected(world, id),
        Phase::Attempt => advance::not_answered(world, rep, id),
        Phase::Conversation => advance::talked(world, id),
    }
    world.watch.done(world.now, rep);
    true
}

/// The review is done: reject with a reason, or accept and go on to the first attempt at once.
fn reviewed<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId, id: LeadId) {
    let now = world.now;
    let (key, tier) = (world.lead(id).key, world.lead(id).true_tier);
    if world.model.agreement.disposed_on_review {
        world.lead_mut(id).disposed = Some(now);
    }
    let accepted = world.model.buyers.tiers[usize::from(tier.0)].accepted;
    if accepted >= 1.0 || key.uniform(of_lead::ACCEPTED, 0) < accepted {
        world.lead_mut(id).accepted = true;
        world.tell(id, Happening::Accepted(rep));
        return attempt(world, rep, id, Activity::NewLead);
    }
    let reason = world.model.buyers.rejection_mix.pick(key.uniform(of_lead::REJECTION_REASON, 0));
    let lead = world.lead_mut(id);
    lead.rejected = true;
    lead.reason = Some(reason as u8);
    lead.disposed.get_or_insert(now);
    late::explain(world, id);
    world.tell(id, Happening::Rejected(rep, reason));
    let minutes = world.model.work.rejection.draw(key, of_lead::REJECTION, 0);
    in_hand(world, rep, Activity::NewLead, Phase::Rejection, id, minutes);
}

/// Makes the next attempt of the cadence.
fn attempt<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId, id: LeadId, activity: Activity) {
    let now = world.now;
    let model = world.model;
    let lead = world.lead_mut(id);
    let number = lead.attempts.len() as u32 + 1;
    let channel = model.buyers.cadence(lead.tier).steps[number as usize - 1].channel_for(lead.segment);
    lead.attempts.push((now, channel));
    lead.disposed.get_or_insert(now);
    let (key, first) = (lead.key, lead.attempted.is_none());
    if first {
        first_attempt(world, id);
    }
    world.tell(id, Happening::Attempted(rep, number, channel));
    let chance = advance::contact_chance(model, world.lead(id), number, channel, now);
    let answered = chance > 0.0 && key.uniform(of_lead::CONTACT, number) < chance;
    let work = &model.work;
    let sample = |law: &crate::random::Law, purpose| law.draw(key, purpose, number);
    let minutes = match channel {
        Channel::Phone if answered => {
            world.lead_mut(id).contacted.get_or_insert(now);
            world.tell(id, Happening::Contacted(rep));
            let minutes = talk_minutes(world, id);
            return in_hand(world, rep, activity, Phase::Conversation, id, minutes);
        }
        Channel::Phone => {
            let left = work.voicemail_share > 0.0
                && key.uniform(of_lead::VOICEMAIL_LEFT, number) < work.voicemail_share;
            sample(&work.dial, of_lead::ATTEMPT)
                + if left { sample(&work.voicemail, of_lead::VOICEMAIL) } else { 0.0 }
        }
        Channel::Email => sample(&work.email, of_lead::ATTEMPT),
        Channel::LinkedIn => sample(&work.linkedin, of_lead::ATTEMPT),
    };
    if answered {
        advance::will_reply(world, id, number);
    }
    in_hand(world, rep, activity, Phase::Attempt, id, minutes);
}

/// Stamps the first attempt: the response is over, and the buyer's factors are settled by how long it took.
fn first_attempt<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let now = world.now;
    let lead = world.lead_mut(id);
    lead.attempted = Some(now);
    let (tier, minutes) = (lead.true_tier, (now - lead.created).as_minutes());
    if let Some(decay) = &world.model.buyers.decay {
        let (contact, qualified) = decay.factors(tier, minutes);
        let lead = world.lead_mut(id);
        (lead.contact_factor, lead.qualified_factor) = (contact, qualified);
    }
    late::explain(world, id);
}

/// Minutes of a conversation and its logging.
fn talk_minutes<W: Watch>(world: &World<'_, '_, W>, id: LeadId) -> f64 {
    let (work, key) = (&world.model.work, world.lead(id).key);
    work.conversation.draw(key, of_lead::CONVERSATION, 0) + work.logging.draw(key, of_lead::LOGGING, 0)
}
