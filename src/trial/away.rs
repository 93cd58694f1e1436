//! Calls away at random moments: a clock a kind that runs while the rep is at the desk, and what it does when it has run down.

use super::desk::key_of;
use super::luck::{self, of_rep};
use super::watch::Watch;
use super::world::World;
use crate::model::{Away, RepGroup, RepId};
use crate::random::Key;
use crate::time::{Instant, Span};

/// When a rep will be called away, by kind of call.
#[derive(Debug, Default)]
pub(super) struct Calls {
    clocks: Vec<Clock>,
    /// At the desk, and counted until then.
    running_since: Option<Instant>,
}

/// One kind of call.
#[derive(Debug)]
struct Clock {
    /// Desk time until the next.
    left: Span,
    /// Which call the next one is, from 0.
    number: u32,
}

impl Calls {
    /// The first shift begins with every clock wound up; later shifts go on where the last one stopped.
    pub fn open(&mut self, group: &RepGroup, rep: Key) {
        for kind in &group.away[self.clocks.len()..] {
            self.clocks.push(Clock { left: until_called(kind, rep, 0), number: 0 });
        }
    }

    /// The clocks run. Returns when the first has run down.
    pub fn start(&mut self, now: Instant) -> Option<Instant> {
        self.count(now);
        self.running_since = Some(now);
        self.clocks.iter().map(|clock| now + clock.left).min()
    }

    /// Brings the clocks up to now, if they run.
    pub fn count(&mut self, now: Instant) {
        if let Some(since) = self.running_since {
            let gone = now - since;
            self.clocks.iter_mut().for_each(|clock| clock.left = (clock.left - gone).max(Span::ZERO));
            self.running_since = Some(now);
        }
    }

    /// The clocks stand still.
    pub fn stop(&mut self, now: Instant) {
        self.count(now);
        self.running_since = None;
    }

    /// The first kind whose clock has run down.
    pub fn due(&self) -> Option<usize> {
        self.clocks.iter().position(|clock| clock.left <= Span::ZERO)
    }
}

fn until_called(kind: &Away, rep: Key, number: u32) -> Span {
    let key = luck::away(rep, &kind.name);
    Span::from_minutes_f64(kind.after.draw(key, of_rep::AWAY_AFTER, number))
}

/// The rep is called away: winds the clock up again, and returns when the rep is back, at the end of the shift at the latest.
pub(super) fn called<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId, call: usize) -> Instant {
    let (now, key) = (world.now, key_of(world, rep));
    let kind = &world.group(rep).away[call];
    let clock = &mut world.desk_mut(rep).away.clocks[call];
    let number = clock.number;
    *clock = Clock { left: until_called(kind, key, number + 1), number: number + 1 };
    let stream = &mut luck::away(key, &kind.name).stream(of_rep::AWAY_LENGTH, number);
    let back = now + Span::from_minutes_f64(kind.length.sample(stream));
    back.min(closing(world, rep, back))
}

/// The end of the shift, or of the last of those that follow each other without a break, as far as `until`.
fn closing<W: Watch>(world: &World<'_, '_, W>, rep: RepId, until: Instant) -> Instant {
    let (desk, days) = (world.desk(rep), &world.model.reps[rep.0 as usize].days);
    let mut ends = desk.ends;
    for next in days.iter().skip(desk.day + 1).take_while(|day| day.starts < until) {
        if next.starts > ends {
            break;
        }
        ends = next.ends;
    }
    ends
}
