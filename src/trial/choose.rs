//! What a free rep takes next: of the rep's own line, the pool and the rep's own tasks, whatever comes first.

use super::desk;
use super::lead::Lead;
use super::line::Line;
use super::pool::{Item, Waiting, place};
use super::rep_set::RepSet;
use super::watch::Watch;
use super::work::{Phase, begin_own, start};
use super::world::World;
use super::{cover, lot, meanwhile, put_down};
use crate::model::{RepId, TieBreak};

/// The rep's own task that came up first and is not done, as waiting work.
#[inline]
pub(super) fn own_task_due<W: Watch>(world: &World<'_, '_, W>, rep: RepId) -> Option<Item> {
    let (at, minutes) = world.desk(rep).own_task_due(world.now)?;
    let order = &world.group(rep).order;
    // The length travels with the task, in milliseconds: up to 49 days.
    let length = (minutes * 60_000.0).round() as u32;
    Some(Item::new(order.own_work, place(order.then, at, at), 0, Waiting::Own, (length, 0)))
}

/// Whether waiting work is still wanted.
#[inline]
pub(super) fn wanted(leads: &[Lead], item: &Item) -> bool {
    leads[item.whom as usize].stamp == item.stamp
}

/// A free rep takes the best of what waits, or stays free; a busy one may be taken off what is in hand.
pub(super) fn take_next<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    if !world.free.contains(rep) {
        if !world.prepared.puts_down {
            return;
        }
        if !meanwhile::in_hand(world, rep) {
            return put_down::reconsider(world, rep);
        }
        // Own work gives way to whatever waits in the rep's own line; the pool has a rotation.
        if first_of_own(world, rep).is_none() {
            return;
        }
        meanwhile::put_down(world, rep);
    }
    let chosen = if world.group(rep).order.then == TieBreak::Random {
        lot::by_lot(world, rep)
    } else {
        first_in_order(world, rep)
    };
    match chosen {
        Some(item) => start(world, rep, item),
        None => idle(world, rep),
    }
}

/// Takes the first of what waits for the rep.
fn first_in_order<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) -> Option<Item> {
    // Most of the time no lead waits.
    if world.pool.waiting == 0 && world.desk(rep).line.is_empty() {
        let task = own_task_due(world, rep)?;
        world.desk_mut(rep).own_task_begun();
        return Some(task);
    }
    // Ties go to the rep's own line, then to the pool, then to own work.
    let (mut best, mut from) = (first_of_own(world, rep), From::Line);
    if let Some((line, item)) = best_in_pool(world, rep)
        && best.is_none_or(|other| item < other)
    {
        (best, from) = (Some(item), From::Pool(line));
    }
    if let Some(item) = own_task_due(world, rep)
        && best.is_none_or(|other| item < other)
    {
        (best, from) = (Some(item), From::Desk);
    }
    let item = best?;
    match from {
        From::Line => {
            world.desk_mut(rep).line.take(0);
        }
        From::Pool(line) if matches!(world.pool.lines[line], Line::ByLot(_)) => {
            return lot::draw(world, rep, &[(from, item.rank())]);
        }
        From::Pool(line) => {
            world.pool.take(line, 0);
        }
        From::Desk => world.desk_mut(rep).own_task_begun(),
    }
    Some(item)
}

/// The first piece of work in the rep's own line that is still wanted; those before it leave the line.
pub(super) fn first_of_own<W>(world: &mut World<'_, '_, W>, rep: RepId) -> Option<Item> {
    let leads = &world.leads;
    world.desks[rep.0 as usize].line.first(|item| wanted(leads, item))
}

/// Whether the rep may take this piece of work.
pub(super) fn may_take<W>(world: &World<'_, '_, W>, rep: RepId, item: &Item) -> bool {
    item.what.tier().is_none_or(|tier| world.prepared.may_take[usize::from(tier.0)].contains(rep))
}

/// Nothing waits: own work that fills idle time begins, or the rep stays free until something comes.
pub(super) fn idle<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    if world.desk(rep).only_leads {
        return;
    }
    if world.prepared.own_gives_way && meanwhile::goes_on(world, rep) {
        return;
    }
    match desk::idle_task(world, rep) {
        Some((minutes, false)) => begin_own(world, rep, Phase::Own, minutes),
        Some((minutes, true)) => begin_own(world, rep, Phase::OwnMeanwhile, minutes),
        None if cover::leaves(world, rep, true) => {}
        None => desk::call_for_own_task(world, rep),
    }
}

/// Where a piece of waiting work lies.
#[derive(Clone, Copy)]
pub(super) enum From {
    /// In the rep's own line.
    Line,
    /// In this line of the pool.
    Pool(usize),
    /// Among the rep's own tasks.
    Desk,
}

/// Work has come to the pool: the next free rep in the rotation who may take some of it takes what comes first for that rep, until
/// no free rep stands beside work that waits. Then what comes first may take busy reps off what comes later.
pub(super) fn hand_out<W: Watch>(world: &mut World<'_, '_, W>) {
    loop {
        while let Some(rep) = next_for_pool(world, None) {
            world.pool.rotation = rep.0 + 1;
            take_next(world, rep);
        }
        if !world.prepared.puts_down {
            return;
        }
        if world.prepared.own_gives_way {
            let at_own_work = meanwhile::reps(world);
            if let Some(rep) = next_for_pool(world, Some(&at_own_work)) {
                meanwhile::put_down(world, rep);
                continue;
            }
        }
        if !put_down::interrupt_for_pool(world) {
            return;
        }
    }
}

/// The usual case: one piece of work has come, nothing else happens at this instant, and the next free rep has no other work and takes it,
/// as [`hand_out`] would have it. Says whether nothing is left to hand out.
pub(super) fn hand_out_one<W: Watch>(world: &mut World<'_, '_, W>, item: Item) -> bool {
    if world.recheck_unassigned || !wanted(&world.leads, &item) || world.queue.next_at(world.now).is_some() {
        return false;
    }
    let Some(tier) = item.what.tier() else { return false };
    let may = &world.prepared.may_take[usize::from(tier.0)];
    let Some(rep) = world.free.next_from(world.pool.rotation, may, &[]) else { return false };
    let desk = world.desk(rep);
    let has_other_work = !desk.line.is_empty() || desk.own_task_due(world.now).is_some();
    if has_other_work || world.group(rep).order.then == TieBreak::Random {
        return false;
    }
    world.pool.offered = false;
    world.pool.rotation = rep.0 + 1;
    world.pool.take_alone();
    world.pool.in_lines = true;
    start(world, rep, item);
    if world.pool.waiting > 0 {
        hand_out(world);
    }
    world.pool.in_lines = false;
    world.wake.is_empty() && !world.pool.offered && !world.recheck_unassigned
}

/// The next of these reps (`None`: of the free ones) in the rotation who may take pooled work.
fn next_for_pool<W>(world: &mut World<'_, '_, W>, reps: Option<&RepSet>) -> Option<RepId> {
    if world.pool.waiting == 0 || reps.unwrap_or(&world.free).is_empty() {
        return None;
    }
    let mut next = world.pool.next_filled(0);
    while let Some(line) = next {
        let tier = first_in_line(world, line).and_then(|item| item.what.tier());
        let rep = tier.and_then(|tier| {
            let reps = reps.unwrap_or(&world.free);
            reps.next_from(world.pool.rotation, &world.prepared.may_take[usize::from(tier.0)], &[])
        });
        if rep.is_some() {
            return rep;
        }
        next = world.pool.next_filled(line + 1);
    }
    None
}

/// A piece of work of a pooled line that may be taken next; void ones before it leave the line.
pub(super) fn first_in_line<W>(world: &mut World<'_, '_, W>, line: usize) -> Option<Item> {
    let leads = &world.leads;
    world.pool.first(line, |item| wanted(leads, item))
}

/// The best pooled item the rep may take, ranked by the rep's own order of work, and its line.
fn best_in_pool<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) -> Option<(usize, Item)> {
    if world.pool.waiting == 0 {
        return None;
    }
    let ranks = &world.prepared.line_ranks[world.desk(rep).group];
    let mut best: Option<(usize, Item)> = None;
    let mut next = world.pool.next_filled(0);
    while let Some(line) = next {
        next = world.pool.next_filled(line + 1);
        let rank = ranks[line];
        // All in a line share a rank: what comes later need not be looked at.
        if best.is_some_and(|(_, item)| item.rank() < rank) {
            continue;
        }
        let Some(item) = first_in_line(world, line).filter(|item| may_take(world, rep, item)) else {
            continue;
        };
        let item = item.at_rank(rank);
        if best.is_none_or(|(_, b)| item < b) {
            best = Some((line, item));
        }
    }
    best
}
