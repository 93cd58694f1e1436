//! What a rep's working day holds: leave and sickness, lunch, meetings, own tasks. All of it is known, or drawn, when the day begins.

use super::desk::{Block, Desk};
use super::luck::of_rep;
use super::watch::RepState;
use crate::model::{Rep, RepGroup, WorkDay};
use crate::random::{Key, Law};
use crate::time::{Instant, Span};
use rand::distr::Open01;
use rand::prelude::Distribution;
use rand_distr::{Exp1, Poisson};

/// Weeks have keys of their own beside the days of a rep.
const WEEKS: u64 = 1 << 40;

/// Whether the rep is on leave or sick on a working day. Leave is that of the day whose noon it holds, so that neighbouring zones agree on
/// which day it is.
pub(super) fn is_absent(key: Key, group: &RepGroup, person: &Rep, day: &WorkDay) -> bool {
    let absences = &group.absences;
    let noon = day.midnight + Span::hours(12);
    person.leave.iter().any(|(from, until)| *from <= noon && noon < *until)
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
    meet_by_chance(desk, person, group, day, key);
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

/// A meeting by chance that is to be placed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meeting {
    length: Span,
    grid: Span,
    /// Where in the day, from 0 to below 1.
    place: f64,
}

/// Puts the day's meetings by chance on the agenda, after those that were put off.
fn meet_by_chance(desk: &mut Desk, person: &Rep, group: &RepGroup, day: &WorkDay, key: Key) {
    let closed = person.no_meetings_on(day);
    for meeting in std::mem::take(&mut desk.put_off) {
        if !meeting.is_placed(&mut desk.agenda, day, closed) {
            desk.put_off.push(meeting);
        }
    }
    let rearranged = group.rearranged.meetings_on(day);
    for (kind, meetings) in group.meetings.iter().enumerate() {
        let kind = kind as u32;
        let closed = if meetings.anywhere { &[] } else { closed };
        let count = draw_count(meetings.per_day * rearranged, key, kind);
        for n in 0..count {
            let index = kind << 16 | n;
            let length = Span::from_minutes_f64(meetings.length.draw(key, of_rep::MEETING_LENGTH, index));
            let place = key.uniform(of_rep::MEETING_PLACE, index);
            let meeting = Meeting { length, grid: meetings.grid, place };
            if !meeting.is_placed(&mut desk.agenda, day, closed)
                && !closed.is_empty()
                && meeting.room(&desk.agenda, day, &[]).is_some()
            {
                desk.put_off.push(meeting);
            }
        }
    }
}

fn draw_count(mean: f64, key: Key, kind: u32) -> u32 {
    match Poisson::new(mean) {
        Ok(law) => law.sample(&mut key.stream(of_rep::MEETING_COUNT, kind)) as u32,
        // A mean of zero is no meeting.
        Err(_) => 0,
    }
}

impl Meeting {
    /// Puts it on the agenda where it overlaps nothing. A day without room drops it.
    fn is_placed(self, agenda: &mut Vec<Block>, day: &WorkDay, closed: &[(Instant, Instant)]) -> bool {
        let Some(starts) = self.room(agenda, day, closed) else { return false };
        let place = agenda.iter().take_while(|block| block.starts < starts).count();
        agenda.insert(place, Block { starts, length: self.length, state: RepState::Meeting });
        true
    }

    /// A place on the grid where it overlaps nothing: its own, or the next, going round from there if it must.
    fn room(self, agenda: &[Block], day: &WorkDay, closed: &[(Instant, Instant)]) -> Option<Instant> {
        let room = (day.ends - day.starts - self.length).micros();
        if room < 0 {
            return None;
        }
        let places = room / self.grid.micros() + 1;
        let at = |place: i64| day.starts + Span::from_micros(place * self.grid.micros());
        let is_open = |starts: Instant| {
            let ends = starts + self.length;
            closed.iter().all(|(from, until)| ends <= *from || *until <= starts)
        };
        let first = match closed {
            [] => ((self.place * places as f64) as i64).min(places - 1),
            _ => open_place(self.place, places, |place| is_open(at(place)))?,
        };
        (0..places).map(|step| at((first + step) % places)).find(|starts| {
            let (starts, ends) = (*starts, *starts + self.length);
            is_open(starts) && agenda.iter().all(|b| ends <= b.starts || b.starts + b.length <= starts)
        })
    }
}

/// The open place that a uniform number means. It stays where it would be without closed places if that is open; the numbers that mean
/// closed places are shared out evenly among the open ones. So meetings outside of closed hours stay where they are.
fn open_place(u: f64, places: i64, is_open: impl Fn(i64) -> bool) -> Option<i64> {
    let scaled = u * places as f64;
    let wanted = (scaled as i64).min(places - 1);
    if is_open(wanted) {
        return Some(wanted);
    }
    let open = (0..places).filter(|place| is_open(*place)).count();
    let closed_before = (0..wanted).filter(|place| !is_open(*place)).count();
    let share = (closed_before as f64 + (scaled - wanted as f64)) / (places as usize - open) as f64;
    let rank = ((share * open as f64) as usize).min(open.checked_sub(1)?);
    (0..places).filter(|place| is_open(*place)).nth(rank)
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

#[cfg(test)]
mod tests {
    use super::open_place;

    /// 18 places, 4 of them closed: a fine comb of numbers means every open place equally often, and no other.
    #[test]
    fn numbers_of_closed_places_are_shared_out_evenly_and_others_stay() {
        let is_open = |place: i64| !(5..8).contains(&place) && place != 12;
        let mut meant = [0_u32; 18];
        const TEETH: u32 = 18 * 14 * 100;
        for tooth in 0..TEETH {
            let u = (f64::from(tooth) + 0.5) / f64::from(TEETH);
            let place = open_place(u, 18, is_open).expect("some are open");
            meant[place as usize] += 1;
            let wanted = (u * 18.0) as i64;
            assert!(!is_open(wanted) || place == wanted, "{u}");
        }
        for (place, count) in meant.iter().enumerate() {
            assert_eq!(*count, if is_open(place as i64) { TEETH / 14 } else { 0 }, "place {place}");
        }
        assert_eq!(open_place(0.5, 18, |_| false), None);
        assert_eq!(open_place(0.999_999, 3, |place| place == 0), Some(0));
    }
}
