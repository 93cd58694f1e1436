//! A rep's day: shift, leave and sickness, lunch, meetings, and what is in hand.

use super::luck::of_rep;
use super::pool::{Alerts, Line};
use super::queue::{Kind, next_stamp};
use super::watch::{RepState, Watch};
use super::work::Task;
use super::world::World;
use crate::model::{Interruption, Rep, RepGroup, RepId, WorkDay};
use crate::random::{Key, Law};
use crate::time::{Instant, Span};
use rand::distr::Open01;
use rand::prelude::Distribution;
use rand_distr::{Exp1, Poisson};

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
    pub state: RepState,
    /// Since when.
    pub since: Instant,
    /// Since when at the desk.
    pub arrived: Instant,
    /// Since when on shift and present.
    pub on_shift_since: Instant,
    place: Place,
    /// Index of the current (or next) working day.
    day: usize,
    /// End of the current shift.
    ends: Instant,
    agenda: Vec<Block>,
    next_block: usize,
    next_standing: usize,
    /// A block or the end of the shift is due and waits for the task in hand.
    owed: bool,
    pub task: Option<Task>,
    /// A task put down for a meeting, with what is left of it.
    pub paused: Option<(Task, Span)>,
    pub task_stamp: u32,
    /// Work that belongs to this rep.
    pub line: Line,
    /// Alerts this rep has not noticed yet.
    pub alerts: Alerts,
    /// Own tasks not begun: when each comes up (or came up), and its minutes, from `own_next` on.
    own: Vec<(Instant, f64)>,
    own_next: usize,
    /// Whether the rep will be called when the next own task comes up.
    own_called: bool,
    /// Minutes on shift within the horizon, lunch not counted, absences counted.
    pub paid_minutes: f64,
    /// Leads assigned, by month of the horizon.
    pub assigned_by_month: Vec<u32>,
    /// Minutes on shift and present, by month of the horizon.
    pub present_by_month: Vec<f64>,
}

impl Desk {
    pub fn new(opens: Instant, months: usize) -> Self {
        Desk {
            state: RepState::Off,
            since: opens,
            arrived: opens,
            on_shift_since: opens,
            place: Place::Off,
            day: 0,
            ends: opens,
            agenda: Vec::new(),
            next_block: 0,
            next_standing: 0,
            owed: false,
            task: None,
            paused: None,
            task_stamp: 0,
            line: Line::new(),
            alerts: Alerts::default(),
            own: Vec::new(),
            own_next: 0,
            own_called: false,
            paid_minutes: 0.0,
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

    /// The first own task not begun is taken in hand.
    pub fn own_task_begun(&mut self) {
        self.own_next += 1;
    }
}

/// Something on the rep's agenda is due: the shift, a block, or the end of either.
pub(super) fn agenda<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    match world.desk(rep).place {
        Place::Off => begin_shift(world, rep),
        Place::Absent => leave(world, rep),
        Place::Block => {
            world.desk_mut(rep).place = Place::Desk;
            settle(world, rep);
        }
        Place::Desk if world.desk(rep).task.is_some() => match world.group(rep).interruption {
            Interruption::Finish => world.desk_mut(rep).owed = true,
            Interruption::Pause => {
                let now = world.now;
                let desk = world.desk_mut(rep);
                let task = desk.task.take().expect("checked above");
                desk.paused = Some((task, task.ends - now));
                desk.task_stamp = next_stamp(desk.task_stamp);
                settle(world, rep);
            }
        },
        Place::Desk => settle(world, rep),
    }
}

/// The rep has nothing in hand any more: what was owed comes first, then whatever waits.
pub(super) fn hands_free<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    if std::mem::take(&mut world.desk_mut(rep).owed) {
        settle(world, rep);
    } else {
        world.set_state(rep, RepState::Free);
        world.wake.push(rep);
    }
}

/// Between two things: leave if the shift is over, begin a block that is due, else be at the desk.
fn settle<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    let now = world.now;
    let desk = world.desk_mut(rep);
    if now >= desk.ends {
        return leave(world, rep);
    }
    match desk.agenda.get(desk.next_block).copied() {
        Some(block) if block.starts <= now => {
            desk.next_block += 1;
            desk.place = Place::Block;
            world.set_state(rep, block.state);
            world.queue.push(now + block.length, Kind::Agenda, rep.0, 0);
        }
        next => {
            let due = next.map_or(desk.ends, |block| block.starts.min(desk.ends));
            desk.place = Place::Desk;
            world.queue.push(due.max(now), Kind::Agenda, rep.0, 0);
            match world.desk_mut(rep).paused.take() {
                Some((task, left)) => super::work::resume(world, rep, task, left),
                None => {
                    world.set_state(rep, RepState::Free);
                    world.wake.push(rep);
                }
            }
        }
    }
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
    desk.day += 1;
    if let Some(day) = days.get(desk.day) {
        world.queue.push(day.starts.max(now), Kind::Agenda, rep.0, 0);
    }
}

fn begin_shift<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    let person = &world.model.reps[rep.0 as usize];
    let group = world.group(rep);
    let day = person.days[world.desk(rep).day];
    let key = world.group_keys[person.group].child(u64::from(person.ordinal));
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
    fill_agenda(desk, person, group, &day, key);
    fill_own_work(desk, group, &day, key);
    settle(world, rep);
}

/// Weeks have keys of their own beside the days of a rep.
const WEEKS: u64 = 1 << 40;

fn is_absent(key: Key, group: &RepGroup, person: &Rep, day: &WorkDay) -> bool {
    let absences = &group.absences;
    person.leave.iter().any(|(from, until)| *from <= day.midnight && day.midnight < *until)
        || (absences.leave_weeks_per_quarter > 0.0
            && key.child(WEEKS + u64::from(day.week)).uniform(of_rep::LEAVE, 0)
                < absences.leave_weeks_per_quarter / 13.0)
        || (absences.sick > 0.0 && key.child(u64::from(day.day)).uniform(of_rep::SICK, 0) < absences.sick)
}

fn fill_agenda(desk: &mut Desk, person: &Rep, group: &RepGroup, day: &WorkDay, key: Key) {
    desk.agenda.clear();
    desk.next_block = 0;
    if let Some((starts, length)) = person.lunch_on(desk.day) {
        desk.agenda.push(Block { starts, length, state: RepState::Lunch });
    }
    while let Some(meeting) = person.standing.get(desk.next_standing).filter(|m| m.starts < day.ends) {
        desk.next_standing += 1;
        if meeting.starts >= day.starts {
            desk.agenda.push(Block {
                starts: meeting.starts,
                length: meeting.length,
                state: RepState::Meeting,
            });
        }
    }
    desk.agenda.sort_unstable();
    for (kind, meetings) in group.meetings.iter().enumerate() {
        let kind = kind as u32;
        let count = draw_count(meetings.per_day, key, kind);
        for n in 0..count {
            let index = kind << 16 | n;
            let length = Span::from_minutes_f64(
                meetings.length.sample(&mut key.stream(of_rep::MEETING_LENGTH, index)),
            );
            place_meeting(
                &mut desk.agenda,
                day,
                length,
                meetings.grid,
                key.uniform(of_rep::MEETING_PLACE, index),
            );
        }
    }
    for (kind, rhythm) in group.rhythms.iter().enumerate() {
        let offset = rhythm.every.as_minutes() * key.uniform(of_rep::RHYTHM, kind as u32);
        let mut starts = day.starts + Span::from_minutes_f64(offset);
        while starts < day.ends {
            desk.agenda.push(Block { starts, length: rhythm.length, state: RepState::Meeting });
            starts += rhythm.every;
        }
    }
    desk.agenda.sort_unstable();
}

fn draw_count(mean: f64, key: Key, kind: u32) -> u32 {
    match Poisson::new(mean) {
        Ok(law) => law.sample(&mut key.stream(of_rep::MEETING_COUNT, kind)) as u32,
        // A mean of zero is no meeting.
        Err(_) => 0,
    }
}

/// Puts a meeting on the grid at a random place where it overlaps nothing; going round from there if it must.
/// A day without room drops it.
fn place_meeting(agenda: &mut Vec<Block>, day: &WorkDay, length: Span, grid: Span, u: f64) {
    let room = (day.ends - day.starts - length).micros();
    if room < 0 {
        return;
    }
    let places = room / grid.micros() + 1;
    let first = ((u * places as f64) as i64).min(places - 1);
    for step in 0..places {
        let starts = day.starts + Span::from_micros((first + step) % places * grid.micros());
        let ends = starts + length;
        if agenda.iter().all(|b| ends <= b.starts || b.starts + b.length <= starts) {
            agenda.push(Block { starts, length, state: RepState::Meeting });
            return;
        }
    }
}

/// Own tasks come as a Poisson process over the planned desk time of the day.
fn fill_own_work(desk: &mut Desk, group: &RepGroup, day: &WorkDay, key: Key) {
    // What was left undone is still there today.
    desk.own.drain(..desk.own_next);
    desk.own_next = 0;
    for (kind, work) in group.own_work.iter().enumerate() {
        let mean = work.length.mean();
        if work.share <= 0.0 || mean <= 0.0 {
            continue;
        }
        let gap = mean / work.share;
        let mut rng = key.stream(of_rep::OWN_WORK, kind as u32);
        let mut desk_minutes = 0.0;
        let mut blocks = desk.agenda.iter().peekable();
        let mut at = day.starts;
        loop {
            let e: f64 = Exp1.sample(&mut rng);
            desk_minutes += gap * e;
            let mut left = Span::from_minutes_f64(std::mem::take(&mut desk_minutes));
            while let Some(block) = blocks.peek().filter(|b| b.starts <= at + left) {
                left -= (block.starts - at).max(Span::ZERO);
                at = at.max(block.starts + block.length);
                blocks.next();
            }
            at += left;
            if at >= day.ends {
                break;
            }
            desk.own.push((at, sample_minutes(&work.length, &mut rng)));
        }
    }
    desk.own.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
}

fn sample_minutes(law: &Law, rng: &mut crate::random::Stream) -> f64 {
    // A law may use several numbers; each task gets a generator of its own so that lengths do not shift arrivals.
    let u: f64 = Open01.sample(rng);
    law.sample(&mut Key::root(u.to_bits()).stream(0, 0))
}

/// A rep with nothing to do is called when the next own task comes up.
pub(super) fn call_for_own_task<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    let desk = world.desk_mut(rep);
    if desk.own_called {
        return;
    }
    if let Some(&(at, _)) = desk.own.get(desk.own_next) {
        desk.own_called = true;
        world.queue.push(at, Kind::OwnTask, rep.0, 0);
    }
}

/// An own task comes up while the rep may be free.
pub(super) fn own_task<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) {
    world.desk_mut(rep).own_called = false;
    if world.free.contains(rep) {
        world.wake.push(rep);
    }
}
