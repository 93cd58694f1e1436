//! Cover: so many of a group are at work, by time of day. Where fewer are wanted, free reps leave first, and then whoever finishes first.

use super::queue::Kind;
use super::watch::{RepState, Watch};
use super::world::World;
use crate::model::{Model, RepId};
use std::ops::Range;

/// How many of a group are wanted, and how many are there.
#[derive(Debug, Default)]
pub(super) struct Headcount {
    wanted: u32,
    at_work: u32,
    /// Which step of the cover comes next.
    next: usize,
    /// Closed, and working off what waits: whoever finds nothing leaves.
    closing: bool,
}

/// One a group, for those with cover; everybody is off.
pub(super) fn headcounts(model: &Model) -> Vec<Headcount> {
    model.groups.iter().map(|_| Headcount::default()).collect()
}

/// The reps of a group stand next to each other.
fn members<W>(world: &World<'_, '_, W>, group: usize) -> Range<u32> {
    let reps = &world.model.reps;
    let first = reps.partition_point(|rep| rep.group < group);
    let after = reps.partition_point(|rep| rep.group <= group);
    first as u32..after as u32
}

/// Schedules the first step of every group with cover; its first rep stands for the group.
pub(super) fn open<W: Watch>(world: &mut World<'_, '_, W>) {
    let opens = world.now;
    for (group, rules) in world.model.groups.iter().enumerate() {
        let first = members(world, group).next();
        if let (Some(cover), Some(first)) = (&rules.cover, first)
            && let Some((at, _)) = cover.steps.first()
        {
            world.queue.push((*at).max(opens), Kind::Agenda, first, 0);
        }
    }
}

/// From now on more or fewer are wanted.
pub(super) fn step<W: Watch>(world: &mut World<'_, '_, W>, group: usize) {
    let Some(cover) = &world.model.groups[group].cover else { return };
    let (now, reps) = (world.now, members(world, group));
    let count = &mut world.headcounts[group];
    let mut wanted = count.wanted;
    while let Some((_, step)) = cover.steps.get(count.next).filter(|(at, _)| *at <= now) {
        wanted = *step;
        count.next += 1;
    }
    if let Some((at, _)) = cover.steps.get(count.next) {
        world.queue.push(*at, Kind::Agenda, reps.start, 0);
    }
    count.closing = wanted == 0 && cover.works_off;
    if count.closing {
        // The last headcount goes on, and those who find nothing to do leave.
        world.wake.extend(reps.map(RepId).filter(|rep| world.free.contains(*rep)));
        return;
    }
    count.wanted = wanted;
    for rep in reps.clone().rev().map(RepId) {
        if is_over(world, group) && world.free.contains(rep) {
            goes(world, rep);
        }
    }
    for rep in reps.map(RepId) {
        let count = &world.headcounts[group];
        if count.at_work < count.wanted && world.desk(rep).state == RepState::Off {
            comes(world, rep);
        }
    }
}

/// Whether more of a group are at work than are wanted; never where the group has no cover.
#[inline]
pub(super) fn is_over<W>(world: &World<'_, '_, W>, group: usize) -> bool {
    let count = &world.headcounts[group];
    count.at_work > count.wanted
}

/// The rep has finished, or has found nothing to do: leaves if there are more at work than wanted, or if the group has closed and nothing
/// waits. Says whether the rep has left.
#[inline]
pub(super) fn leaves<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId, nothing_waits: bool) -> bool {
    let group = world.desk(rep).group;
    let leaves = is_over(world, group) || (nothing_waits && world.headcounts[group].closing);
    if leaves {
        goes(world, rep);
    }
    leaves
}

fn comes<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    world.headcounts[world.model.reps[rep.0 as usize].group].at_work += 1;
    world.desk_mut(rep).on_shift_since = world.now;
    world.set_state(rep, RepState::Free);
    world.wake.push(rep);
}

fn goes<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    world.headcounts[world.model.reps[rep.0 as usize].group].at_work -= 1;
    world.account_presence(rep, world.desk(rep).on_shift_since);
    world.set_state(rep, RepState::Off);
}
