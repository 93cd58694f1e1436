//! Lead work put down in the middle: for a lead that comes first, or because its rep has to go. It keeps its place at the head of its line,
//! and whoever takes it up goes on where it stopped.

use super::choose::{self, From};
use super::cover;
use super::lead::Stage;
use super::lot;
use super::pool::{Item, Line, Waiting};
use super::queue::next_stamp;
use super::watch::{Happening, RepState, Watch};
use super::work::{self, Phase, Task};
use super::world::World;
use crate::model::{Activity, LeadId, RepGroup, RepId, TierId};
use crate::time::{Instant, Span};
use std::cmp::Reverse;

/// What is left of a task, and at whose pace.
#[derive(Debug, Clone)]
pub(super) struct PutDown {
    task: Task,
    left: Span,
    rep: RepId,
}

/// Whether the rep has lead work in hand that may be put down: nobody hangs up on a buyer, and own work is finished.
pub(super) fn may_be_put_down<W: Watch>(world: &World<'_, '_, W>, rep: RepId) -> bool {
    world
        .desk(rep)
        .task
        .is_some_and(|task| !matches!(task.phase, Phase::Own | Phase::OwnMeanwhile | Phase::Conversation))
}

/// The rep puts the lead in hand down; it waits again, in the line it came from.
pub(super) fn put_down<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    let now = world.now;
    let desk = world.desk_mut(rep);
    let task = desk.task.take().expect("there is lead work in hand");
    desk.task_stamp = next_stamp(desk.task_stamp);
    let id = task.lead;
    world.enter(id, Stage::PutDown);
    let lead = world.lead_mut(id);
    lead.put_down = Some(Box::new(PutDown { task, left: task.ends - now, rep }));
    let tier = lead.tier;
    // A new lead that came from the pool goes back to it; what belongs to an owner stays there.
    let pooled = match task.activity {
        Activity::NewLead if !lead.overturned => lead.assigned_to.is_none(),
        _ => !world.model.routing.follow_ups_to_owner,
    };
    world.tell(id, Happening::PutDown(rep));
    let what = match task.activity {
        Activity::NewLead => Waiting::New(tier),
        Activity::FollowUp => Waiting::FollowUp(tier),
        Activity::Reply => Waiting::Reply(tier),
        Activity::OwnWork => unreachable!("own work is never put down"),
    };
    work::offer(world, what, id, (!pooled).then_some(rep));
}

/// The place in line of a lead that was put down: before all that nobody has begun, the one routed first before the others.
pub(super) fn place(routed: Option<Instant>) -> i64 {
    routed.map_or(0, Instant::micros) - (1 << 62)
}

/// Whether this is the place of a lead that was put down: instants lie far above.
#[inline]
pub(super) fn is_place_of(order: i64) -> bool {
    order < -(1 << 61)
}

/// A rep goes on with a lead that was put down.
pub(super) fn take_up<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId, id: LeadId, put_down: PutDown) {
    let PutDown { task, left, rep: before } = put_down;
    world.enter(id, Stage::InHand);
    let pace = world.group(rep).pace / world.group(before).pace;
    let now_left = if pace == 1.0 { left } else { Span::from_minutes_f64(left.as_minutes() * pace) };
    let lead = world.lead_mut(id);
    lead.minutes += (now_left - left).as_minutes();
    if task.activity == Activity::NewLead {
        lead.owner = Some(rep);
    }
    world.tell(id, Happening::TakenUp(rep));
    work::resume(world, rep, task, now_left);
}

/// A rep who comes back to a paused task may find work that takes the rep off it.
pub(super) fn look_again<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    if world.prepared.puts_down {
        world.wake.push(rep);
        world.pool.offered |= world.pool.waiting > 0;
    }
}

/// The rank of what the rep has in hand, if work that comes first may take the rep off it. A rep who is due elsewhere is left alone.
fn rank_in_hand<W: Watch>(world: &World<'_, '_, W>, rep: RepId) -> Option<u8> {
    let desk = world.desk(rep);
    let due_elsewhere = desk.owed || cover::is_over(world, world.model.reps[rep.0 as usize].group);
    if due_elsewhere || !may_be_put_down(world, rep) {
        return None;
    }
    let (task, order) = (desk.task?, &world.group(rep).order);
    let tier = world.lead(task.lead).tier;
    Some(match task.activity {
        Activity::NewLead => order.new[usize::from(tier.0)],
        Activity::FollowUp => order.follow_up,
        Activity::Reply => order.reply,
        Activity::OwnWork => return None,
    })
}

/// Whether work of this kind takes a rep of the group off work of a rank.
fn takes_off(group: &RepGroup, what: Waiting, rank: u8) -> bool {
    let list = &group.put_down_for;
    let listed = match what {
        Waiting::New(tier) => list.new[usize::from(tier.0)],
        Waiting::FollowUp(_) => list.follow_up,
        Waiting::Reply(_) => list.reply,
        Waiting::Own => false,
    };
    listed && what.rank(&group.order) < rank
}

/// The first in a busy rep's own line may take the rep off what is in hand.
pub(super) fn reconsider<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    let Some(rank) = rank_in_hand(world, rep) else { return };
    let Some(item) = choose::first_of_own(world, rep) else { return };
    if takes_off(world.group(rep), item.what, rank)
        && let Some(item) = take_out(world, rep, item, rank)
    {
        change_over(world, rep, item);
    }
}

/// Takes the first piece out of the rep's own line; where equals go by lot, any of those that may take the rep off work of this rank.
fn take_out<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId, first: Item, rank: u8) -> Option<Item> {
    if let Line::InOrder(_) = world.desk(rep).line {
        return world.desk_mut(rep).line.take(0);
    }
    let mut others = Vec::new();
    let drawn = loop {
        let drawn = lot::draw(world, rep, &[(From::Line, first.rank())])?;
        if takes_off(world.group(rep), drawn.what, rank) {
            break drawn;
        }
        others.push(drawn);
    };
    others.into_iter().for_each(|item| world.desk_mut(rep).line.push(item));
    Some(drawn)
}

/// Where nobody who may take it is free, the first of a pooled line may take a rep off what is in hand. False if none does.
pub(super) fn interrupt_for_pool<W: Watch>(world: &mut World<'_, '_, W>) -> bool {
    let mut best: Option<(Item, usize, RepId)> = None;
    for line in 0..world.pool.lines.len() {
        let Some(item) = choose::first_in_line(world, line) else { continue };
        let Some(tier) = item.what.tier() else { continue };
        if best.is_none_or(|(other, ..)| item < other)
            && let Some(rep) = whom_to_interrupt(world, item.what, tier)
        {
            best = Some((item, line, rep));
        }
    }
    let Some((item, line, rep)) = best else { return false };
    let item = match world.pool.lines[line] {
        // All in one line of the pool are alike: any of them, by lot.
        Line::ByLot(_) => lot::draw(world, rep, &[(From::Pool(line), item.rank())]),
        Line::InOrder(_) => world.pool.take(line, 0),
    };
    let Some(item) = item else { return false };
    change_over(world, rep, item);
    true
}

/// Of those with work in hand that may be put down for `what`: the one whose work comes last, and of these the one who began last.
fn whom_to_interrupt<W: Watch>(world: &World<'_, '_, W>, what: Waiting, tier: TierId) -> Option<RepId> {
    let may = &world.prepared.may_take[usize::from(tier.0)];
    let reps = (0..world.desks.len() as u32).map(RepId).filter(|rep| may.contains(*rep));
    let ranked = reps.filter_map(|rep| {
        let rank = rank_in_hand(world, rep)?;
        takes_off(world.group(rep), what, rank).then(|| (rank, world.desk(rep).began, Reverse(rep)))
    });
    ranked.max().map(|(_, _, Reverse(rep))| rep)
}

/// The rep puts down what is in hand and begins `item`, which has left its line.
fn change_over<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId, item: Item) {
    put_down(world, rep);
    world.set_state(rep, RepState::Free);
    work::start(world, rep, item);
}
