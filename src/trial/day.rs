//! What a rep's working day holds: leave and sickness, lunch, meetings, own tasks. All of it is known, or drawn, when the day begins.

use super::desk::{Block, Desk};
use super::luck::of_rep;
use super::watch::RepState;
use crate::model::{Rep, RepGroup, WorkDay};
use crate::random::{Key, Law};
use crate::time::Span;
use rand::distr::Open01;
use rand::prelude::Distribution;
use rand_distr::{Exp1, Poisson};

/// Weeks have keys of their own beside the days of a rep.
const WEEKS: u64 = 1 << 40;

/// Whether the rep is on leave or sick on a working day.
pub(super) fn is_absent(key: Key, group: &RepGroup, person: &Rep, day: &WorkDay) -> bool {
    let absences = &group.absences;
    person.leave.iter().any(|(from, until)| *from <= day.midnight && day.midnight < *until)
        || (absences.leave_weeks_per_quarter > 0.0
            && key.child(WEEKS + u64::from(day.week)).uniform(of_rep::LEAVE, 0)
                < absences.leave_weeks_per_quarter / 13.0 * group.rearranged.leave_on(day))
        || (absences.sick > 0.0 && key.child(u64::from(day.day)).uniform(of_rep::SICK, 0) < absences.sick)
}

/// Puts the day's lunch and meetings on the rep's agenda.
pub(super) fn fill_agenda(desk: &mut Desk, person: &Rep, group: &RepGroup, day: &WorkDay, key: Key) {
    // What is overdue is still due where one day goes over into the next.
    desk.agenda.drain(..desk.next_block);
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
    if desk.agenda.len() > 1 {
        desk.agenda.sort_unstable();
    }
    let rearranged = group.rearranged.meetings_on(day);
    for (kind, meetings) in group.meetings.iter().enumerate() {
        let kind = kind as u32;
        let count = draw_count(meetings.per_day * rearranged, key, kind);
        for n in 0..count {
            let index = kind << 16 | n;
            let length = Span::from_minutes_f64(meetings.length.draw(key, of_rep::MEETING_LENGTH, index));
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
    if !desk.agenda.is_sorted() {
        desk.agenda.sort_unstable();
    }
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
            let place = agenda.iter().take_while(|block| block.starts < starts).count();
            agenda.insert(place, Block { starts, length, state: RepState::Meeting });
            return;
        }
    }
}

/// Own tasks come as a Poisson process over the planned desk time of the day.
pub(super) fn fill_own_work(desk: &mut Desk, group: &RepGroup, day: &WorkDay, key: Key) {
    // What was left undone is still there today.
    desk.own.drain(..desk.own_next);
    desk.own_next = 0;
    desk.meanwhile.next_day();
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
            let task = (at, sample_minutes(&work.length, &mut rng));
            if work.interruptible { desk.meanwhile.tasks.push(task) } else { desk.own.push(task) }
        }
    }
    if group.own_work.len() > 1 {
        for tasks in [&mut desk.own, &mut desk.meanwhile.tasks] {
            tasks.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        }
    }
}

fn sample_minutes(law: &Law, rng: &mut crate::random::Stream) -> f64 {
    // A law may use several numbers; each task gets a generator of its own so that lengths do not shift arrivals.
    let u: f64 = Open01.sample(rng);
    law.sample(&mut Key::root(u.to_bits()).stream(0, 0))
}
