//! Own work that a rep does meanwhile: it gives way to every lead that comes, and is gone on with when nothing waits any more.

use super::cover;
use super::queue::next_stamp;
use super::rep_set::RepSet;
use super::watch::{RepState, Watch};
use super::work::{self, Phase, Task};
use super::world::World;
use crate::model::{Activity, RepId};
use crate::time::{Instant, Span};

/// A rep's own work that gives way to leads.
#[derive(Debug, Default)]
pub(super) struct Meanwhile {
    /// Tasks not begun: when each comes up (or came up), and its minutes, from `begun` on.
    pub tasks: Vec<(Instant, f64)>,
    /// How many of them are begun.
    begun: usize,
    /// The task that was put down, what is left of it, and whether the spell of idleness had had its own task.
    put_down: Option<(Task, Span, bool)>,
}

impl Meanwhile {
    /// When the next task comes up (or came up).
    pub fn next(&self) -> Option<Instant> {
        self.tasks.get(self.begun).map(|(at, _)| *at)
    }

    /// What was left undone is still there the next day.
    pub fn next_day(&mut self) {
        self.tasks.drain(..self.begun);
        self.begun = 0;
    }
}

/// Whether the rep has own work in hand that gives way to leads, and nowhere else to go.
pub(super) fn in_hand<W>(world: &World<'_, '_, W>, rep: RepId) -> bool {
    let desk = &world.desks[rep.0 as usize];
    desk.task.is_some_and(|task| task.phase == Phase::OwnMeanwhile)
        && !desk.owed
        && !cover::is_over(world, world.model.reps[rep.0 as usize].group)
}

/// All who have.
pub(super) fn reps<W>(world: &World<'_, '_, W>) -> RepSet {
    RepSet::from_fn(world.desks.len(), |rep| in_hand(world, RepId(rep as u32)))
}

/// The rep puts own work down: hands are free for what has come.
pub(super) fn put_down<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    let now = world.now;
    let desk = world.desk_mut(rep);
    let task = desk.task.take().expect("own work is in hand");
    desk.task_stamp = next_stamp(desk.task_stamp);
    desk.meanwhile.put_down = Some((task, task.ends - now, desk.idle_task_done));
    world.watch.done(now, rep);
    world.set_state(rep, RepState::Free);
}

/// Nothing waits: the rep goes on with what was put down, or begins the next task that has come up. False if there is none.
pub(super) fn goes_on<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) -> bool {
    let now = world.now;
    let own = &mut world.desk_mut(rep).meanwhile;
    if let Some((task, left, idle_task_done)) = own.put_down.take() {
        world.desk_mut(rep).idle_task_done = idle_task_done;
        world.watch.takes(now, rep, Activity::OwnWork, None);
        work::resume(world, rep, task, left);
        return true;
    }
    let Some((_, minutes)) = own.tasks.get(own.begun).copied().filter(|(at, _)| *at <= now) else {
        return false;
    };
    own.begun += 1;
    world.desk_mut(rep).busy();
    work::begin_own(world, rep, Phase::OwnMeanwhile, minutes);
    true
}
