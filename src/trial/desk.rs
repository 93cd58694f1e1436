//! A rep's day: shift, leave and sickness, lunch, meetings, and what is in hand.

use super::away::{self, Calls};
use super::choose;
use super::cover;
use super::day::{Meeting, fill_agenda, fill_own_work, is_absent};
use super::luck::{self, of_rep};
use super::meanwhile::Meanwhile;
use super::pool::{Alerts, Line};
use super::put_down;
use super::queue::{Kind, next_stamp};
use super::watch::{RepState, Watch};
use super::work::{self, Task};
use super::world::World;
use crate::model::{Interruption, RepId};
use crate::random::Key;
use crate::time::{Instant, Span};

/// A stretch of the day away from the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Block {
    pub starts: Instant,
    pub length: Span,
    pub state: RepState,
}

/// Where the rep is in the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Off,
    Absent,
    Desk,
    Block,
}

#[derive(Debug)]
pub(super) struct Desk {
    /// The rep's group.
    pub group: usize,
    /// The rep has no own work and a shift, no cover: with no lead to work there is nothing to do.
    pub only_leads: bool,
    pub state: RepState,
    /// Since when, as far as it is not booked yet.
    pub since: Instant,
    /// Since when, whatever was booked in between.
    pub began: Instant,
    /// Since when at the desk.
    pub arrived: Instant,
    /// Since when on shift and present.
    pub on_shift_since: Instant,
    place: Place,
    /// Index of the current (or next) working day.
    pub day: usize,
    /// End of the current shift.
    pub ends: Instant,
    pub agenda: Vec<Block>,
    pub next_block: usize,
    pub next_standing: usize,
    /// Meetings by chance that had room only in hours without meetings: held on the next day that has room outside.
    pub put_off: Vec<Meeting>,
    /// A block, a call away or the end of the shift is due and waits for the task in hand.
    pub owed: bool,
    /// Calls away at random moments.
    pub away: Calls,
    pub task: Option<Task>,
    /// A task put down for a meeting, with what is left of it.
    pub paused: Option<(Task, Span)>,
    pub task_stamp: u32,
    /// Work that belongs to this rep.
    pub line: Line,
    /// Alerts this rep has not noticed yet.
    pub alerts: Alerts,
    /// Own tasks not begun: when each comes up (or came up), and its minutes, from `own_next` on.
    pub own: Vec<(Instant, f64)>,
    pub own_next: usize,
    /// The same of own work that gives way to leads, and the task of it that was put down.
    pub meanwhile: Meanwhile,
    /// Whether the rep will be called when the next own task comes up.
    own_called: bool,
    /// Own tasks begun for want of other work.
    idle_tasks: u32,
    /// Whether one was begun in this spell of idleness.
    pub idle_task_done: bool,
    /// Leads assigned, by month of the horizon.
    pub assigned_by_month: Vec<u32>,
    /// Minutes on shift and present, by month of the horizon.
    pub present_by_month: Vec<f64>,
}

impl Desk {
    pub fn new(opens: Instant, months: usize) -> Self {
        Desk {
            group: 0,
            only_leads: false,
            state: RepState::Off,
            since: opens,
            began: opens,
            arrived: opens,
            on_shift_since: opens,
            place: Place::Off,
            day: 0,
            ends: opens,
            agenda: Vec::new(),
            next_block: 0,
            next_standing: 0,
            put_off: Vec::new(),
            owed: false,
            away: Calls::default(),
            task: None,
            paused: None,
            task_stamp: 0,
            line: Line::new(),
            alerts: Alerts::default(),
            own: Vec::new(),
            own_next: 0,
            meanwhile: Meanwhile::default(),
            own_called: false,
            idle_tasks: 0,
            idle_task_done: false,
            assigned_by_month: vec![0; months],
            present_by_month: vec![0.0; months],
        }
    }
}

impl Desk {
    /// When the first own task not begun came up, and its minutes, if it has by now.
    pub fn own_task_due(&self, now: Instant) -> Option<(Instant, f64)> {
        self.own.get(self.own_next).copied().filter(|(at, _)| *at <= now)
    }

    /// Work is taken in hand: a spell of idleness is over.
    pub fn busy(&mut self) {
        self.idle_task_done = false;
    }

    /// The first own task not begun is taken in hand.
    pub fn own_task_begun(&mut self) {
        self.own_next += 1;
    }
}

/// Something on the rep's agenda is due: the shift, a block, a call away, or the end of any.
pub(super) fn agenda<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    // With cover nobody has a day of their own, and the first rep's agenda is the group's.
    if world.group(rep).cover.is_some() {
        return cover::step(world, world.model.reps[rep.0 as usize].group);
    }
    match world.desk(rep).place {
        Place::Off => begin_shift(world, rep),
        Place::Absent => leave(world, rep),
        Place::Block => {
            let desk = world.desk_mut(rep);
            desk.place = Place::Desk;
            desk.idle_task_done &= desk.paused.is_some();
            settle(world, rep);
        }
        Place::Desk if world.desk(rep).task.is_some() => due_in_the_midst(world, rep),
        Place::Desk => settle(world, rep),
    }
}

/// Something is due while a task is in hand.
fn due_in_the_midst<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    turn_pages(world, rep);
    let (now, group) = (world.now, world.group(rep));
    let desk = world.desk_mut(rep);
    desk.away.count(now);
    let planned =
        now >= desk.ends || desk.agenda.get(desk.next_block).is_some_and(|block| block.starts <= now);
    let how = match desk.away.due() {
        _ if planned => group.interruption,
        Some(call) => group.away[call].interruption,
        // Only another day has begun.
        None => return wait_for_agenda(world, rep),
    };
    match how {
        Interruption::Finish => world.desk_mut(rep).owed = true,
        Interruption::HandBack if put_down::may_be_put_down(world, rep) => {
            put_down::put_down(world, rep);
            settle(world, rep);
        }
        Interruption::Pause | Interruption::HandBack => {
            let desk = world.desk_mut(rep);
            let task = desk.task.take().expect("something is in hand");
            desk.paused = Some((task, task.ends - now));
            desk.task_stamp = next_stamp(desk.task_stamp);
            settle(world, rep);
        }
    }
}

/// The rep has nothing in hand any more: what was owed comes first, then whatever waits.
pub(super) fn hands_free<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    if std::mem::take(&mut world.desk_mut(rep).owed) {
        settle(world, rep);
    } else if !cover::leaves(world, rep, false) {
        world.set_state(rep, RepState::Free);
        world.wake.push(rep);
    }
}

/// The same at the end of an event: where nothing waits for anybody, the rep is free without looking for work.
pub(super) fn done_for_now<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    let (now, desk) = (world.now, world.desk(rep));
    let waits = desk.owed || !desk.line.is_empty() || desk.own_task_due(now).is_some();
    if waits || world.pool.waiting > 0 || !world.is_settled() {
        hands_free(world, rep);
    } else if desk.only_leads {
        world.set_state(rep, RepState::Free);
    } else if !cover::leaves(world, rep, false) {
        world.set_state(rep, RepState::Free);
        choose::idle(world, rep);
    }
}

/// Between two things: leave if the shift is over, begin a block or a call away that is due, else be at the desk.
fn settle<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    turn_pages(world, rep);
    let now = world.now;
    let desk = world.desk_mut(rep);
    if now >= desk.ends {
        return leave(world, rep);
    }
    desk.away.count(now);
    match desk.agenda.get(desk.next_block).copied() {
        Some(block) if block.starts <= now => {
            desk.next_block += 1;
            step_out(world, rep, block.state, now + block.length);
        }
        _ => match desk.away.due() {
            Some(call) => {
                let back = away::called(world, rep, call);
                step_out(world, rep, RepState::Meeting, back);
            }
            None => be_at_the_desk(world, rep),
        },
    }
}

/// The rep leaves the desk until `back`.
fn step_out<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId, state: RepState, back: Instant) {
    let now = world.now;
    let desk = world.desk_mut(rep);
    desk.place = Place::Block;
    desk.away.stop(now);
    world.set_state(rep, state);
    world.queue.push(back, Kind::Agenda, rep.0, 0);
}

/// Nothing is due: the rep goes on with what was paused, or looks for work.
fn be_at_the_desk<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    wait_for_agenda(world, rep);
    let desk = world.desk_mut(rep);
    desk.place = Place::Desk;
    match desk.paused.take() {
        Some((task, left)) => {
            work::resume(world, rep, task, left);
            put_down::look_again(world, rep);
        }
        None => {
            world.set_state(rep, RepState::Free);
            world.wake.push(rep);
        }
    }
}

/// At the desk until the next thing is due.
fn wait_for_agenda<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    let now = world.now;
    let desk = world.desk_mut(rep);
    let block = desk.agenda.get(desk.next_block).map_or(desk.ends, |block| block.starts.min(desk.ends));
    let due = desk.away.start(now).map_or(block, |call| call.min(block));
    world.queue.push(due.max(now), Kind::Agenda, rep.0, 0);
}

/// Where the next working day begins as this one ends, and the rep comes to it, the rep just goes on: no way home and back at
/// midnight for teams at work day and night.
#[inline]
fn turn_pages<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    if world.now >= world.desk(rep).ends {
        turn_pages_over(world, rep);
    }
}

fn turn_pages_over<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    let (now, group) = (world.now, world.group(rep));
    while now >= world.desk(rep).ends {
        let person = &world.model.reps[rep.0 as usize];
        let (desk, key) = (world.desk(rep), key_of(world, rep));
        let Some(next) = person.days.get(desk.day + 1) else { return };
        if next.starts > desk.ends || is_absent(key, group, person, next) {
            return;
        }
        if desk.task.is_none() {
            book(world, rep);
        }
        let desk = world.desk_mut(rep);
        desk.day += 1;
        desk.ends = next.ends;
        let key = key.child(u64::from(next.day));
        fill_agenda(desk, person, group, next, key);
        fill_own_work(desk, group, next, key);
    }
}

/// Books what a rep has been doing up to now.
fn book<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    // A week or month that has ended first, or its end would be booked twice.
    world.turn_periods();
    let now = world.now;
    let (state, since, present) = {
        let desk = world.desk_mut(rep);
        let since = std::mem::replace(&mut desk.since, now);
        (desk.state, since, std::mem::replace(&mut desk.on_shift_since, now))
    };
    world.account(rep, state, since);
    world.account_presence(rep, present);
}

fn leave<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    if world.desk(rep).state > RepState::Absent {
        world.account_presence(rep, world.desk(rep).on_shift_since);
    }
    world.set_state(rep, RepState::Off);
    let now = world.now;
    let days = &world.model.reps[rep.0 as usize].days;
    let desk = world.desk_mut(rep);
    desk.place = Place::Off;
    desk.away.stop(now);
    desk.day += 1;
    if let Some(day) = days.get(desk.day) {
        world.queue.push(day.starts.max(now), Kind::Agenda, rep.0, 0);
    }
}

/// The key under which a rep's luck lies.
pub(super) fn key_of<W>(world: &World<'_, '_, W>, rep: RepId) -> Key {
    let person = &world.model.reps[rep.0 as usize];
    world.group_keys[person.group].child(u64::from(person.ordinal))
}

fn begin_shift<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    let person = &world.model.reps[rep.0 as usize];
    let group = world.group(rep);
    let day = person.days[world.desk(rep).day];
    let key = key_of(world, rep);
    world.desk_mut(rep).ends = day.ends;
    let absent = is_absent(key, group, person, &day);
    world.present.set(rep, !absent);
    if absent {
        world.desk_mut(rep).place = Place::Absent;
        world.set_state(rep, RepState::Absent);
        world.queue.push(day.ends.max(world.now), Kind::Agenda, rep.0, 0);
        world.unpaid_lunch(rep, person.lunch_on(world.desk(rep).day));
        return;
    }
    let key = key.child(u64::from(day.day));
    let now = world.now;
    let desk = world.desk_mut(rep);
    desk.on_shift_since = now;
    desk.idle_task_done = false;
    desk.away.open(group, key);
    desk.agenda.clear();
    desk.next_block = 0;
    fill_agenda(desk, person, group, &day, key);
    fill_own_work(desk, group, &day, key);
    settle(world, rep);
}

/// A rep with nothing to do is called when the next own task comes up.
pub(super) fn call_for_own_task<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    let desk = world.desk_mut(rep);
    if desk.own_called {
        return;
    }
    let at = desk.own.get(desk.own_next).map(|(at, _)| *at);
    if let Some(at) = at.into_iter().chain(desk.meanwhile.next()).min() {
        desk.own_called = true;
        world.queue.push(at, Kind::OwnTask, rep.0, 0);
    }
}

/// Nothing waits: the own task that fills idle time, if there is one and it is its turn. Its minutes, and whether it gives way to leads.
pub(super) fn idle_task<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) -> Option<(f64, bool)> {
    let work = world.group(rep).idle_work.as_ref()?;
    let key = luck::idle_work(key_of(world, rep));
    let desk = world.desk_mut(rep);
    if desk.idle_task_done && !work.again {
        return None;
    }
    desk.idle_task_done = true;
    desk.idle_tasks += 1;
    Some((work.length.draw(key, of_rep::IDLE_WORK, desk.idle_tasks), work.interruptible))
}

/// An own task comes up while the rep may be free.
pub(super) fn own_task<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    world.desk_mut(rep).own_called = false;
    if world.free.contains(rep) {
        world.wake.push(rep);
    }
}
