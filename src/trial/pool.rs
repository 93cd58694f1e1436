//! Waiting work: what one rep or the pool has in front of it, and alerts nobody has noticed yet.

pub(super) use super::line::Line;
use super::prepared::Prepared;
use super::queue::{Kind, Queue, next_stamp};
use crate::model::{LeadId, Order, RepId, TieBreak, TierId};
use crate::time::{Instant, Span};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The pool where an event wants a rep: this number for the first class of tiers, one less for each further class.
const POOL: u32 = (1 << super::queue::WHOM_BITS) - 1;

/// Most classes: tiers are numbered by a byte.
const CLASSES: u32 = 256;

/// Whose alerts an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// One rep's.
    Rep(RepId),
    /// The pool's, about tiers of this class.
    Pool(usize),
}

impl Whose {
    /// As the number in an event.
    pub fn number(self) -> u32 {
        match self {
            Whose::Rep(rep) => rep.0,
            Whose::Pool(class) => POOL - class as u32,
        }
    }

    /// Back from the number in an event.
    pub fn of_number(number: u32) -> Whose {
        if number > POOL - CLASSES {
            Whose::Pool((POOL - number) as usize)
        } else {
            Whose::Rep(RepId(number))
        }
    }

    /// The rep, unless it is the pool.
    pub fn rep(self) -> Option<RepId> {
        match self {
            Whose::Rep(rep) => Some(rep),
            Whose::Pool(_) => None,
        }
    }
}

/// What kind of work waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Waiting {
    /// A new lead of a tier.
    New(TierId),
    /// A follow-up due, of a lead of a tier.
    FollowUp(TierId),
    /// A reply of a lead of a tier.
    Reply(TierId),
    /// An own task, kept at its desk; `whom` is its length in milliseconds.
    Own,
}

impl Waiting {
    /// Its rank in an order of work; lower is done first.
    #[inline]
    pub fn rank(self, order: &Order) -> u8 {
        match self {
            Waiting::New(tier) => order.new[usize::from(tier.0)],
            Waiting::FollowUp(_) => order.follow_up,
            Waiting::Reply(_) => order.reply,
            Waiting::Own => order.own_work,
        }
    }

    /// The tier of the lead it is about.
    #[inline]
    pub fn tier(self) -> Option<TierId> {
        match self {
            Waiting::New(tier) | Waiting::FollowUp(tier) | Waiting::Reply(tier) => Some(tier),
            Waiting::Own => None,
        }
    }
}

/// One piece of waiting work. Compared by rank, then by the order within a rank, then by when it was put there: one number, so that
/// lines compare at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Item {
    /// From the top: 8 bits of rank, 64 of order, 32 of sequence.
    place: u128,
    pub whom: u32,
    pub stamp: u32,
    pub what: Waiting,
}

const SEQUENCE_BITS: u32 = 32;
const ORDER_BITS: u32 = 64;

impl Item {
    /// A piece of work of a rank, with its order within the rank (smaller is first) and its number in the order of coming.
    #[inline]
    pub fn new(rank: u8, order: i64, sequence: u32, what: Waiting, (whom, stamp): (u32, u32)) -> Self {
        // Signed numbers in the order of unsigned ones: the sign bit flipped.
        let order = (order as u64) ^ (1 << 63);
        let place = u128::from(rank) << (ORDER_BITS + SEQUENCE_BITS)
            | u128::from(order) << SEQUENCE_BITS
            | u128::from(sequence);
        Item { place, whom, stamp, what }
    }

    /// Its rank.
    #[inline]
    pub fn rank(&self) -> u8 {
        (self.place >> (ORDER_BITS + SEQUENCE_BITS)) as u8
    }

    /// Its order within the rank.
    #[inline]
    pub fn order(&self) -> i64 {
        ((self.place >> SEQUENCE_BITS) as u64 ^ (1 << 63)) as i64
    }

    /// The same at another rank.
    #[inline]
    pub fn at_rank(self, rank: u8) -> Self {
        let below = self.place & ((1 << (ORDER_BITS + SEQUENCE_BITS)) - 1);
        Item { place: u128::from(rank) << (ORDER_BITS + SEQUENCE_BITS) | below, ..self }
    }
}

/// Lines that may hold work, a bit each. The last bit stands for all lines from there on, and once set stays so.
#[derive(Debug, Default, Clone, Copy)]
struct Filled(u64);

const LAST_BIT: usize = 63;

impl Filled {
    #[inline]
    fn mark(&mut self, line: usize) {
        self.0 |= 1 << line.min(LAST_BIT);
    }

    #[inline]
    fn forget(&mut self, line: usize) {
        if line < LAST_BIT {
            self.0 &= !(1 << line);
        }
    }

    /// The first at or after `from`; behind the last bit, every line.
    #[inline]
    fn next(self, from: usize) -> Option<usize> {
        let rest = self.0 >> from.min(LAST_BIT);
        (rest != 0).then(|| from + rest.trailing_zeros() as usize)
    }
}

/// The place of a piece of work among others of its rank: smaller is first.
pub(super) fn place(then: TieBreak, due: Instant, since: Instant) -> i64 {
    match then {
        TieBreak::DueFirst => due.micros(),
        // Lots are drawn when work is taken; beside work in another order it stands by its age.
        TieBreak::OldestFirst | TieBreak::Random => since.micros(),
        TieBreak::NewestFirst => -since.micros(),
    }
}

/// How an order of work ranks the lines of a [`Pool`].
pub(super) fn ranks_of_lines(order: &Order) -> Vec<u8> {
    let tiers = order.new.len();
    let later = [order.follow_up, order.reply].into_iter().flat_map(|rank| vec![rank; tiers]);
    order.new.iter().copied().chain(later).collect()
}

/// Work that belongs to nobody yet: a line per tier and kind (new leads, follow-ups, replies).
#[derive(Debug)]
pub(super) struct Pool {
    pub lines: Vec<Line>,
    /// Alerts by class of tiers: each clock runs while somebody who may take those tiers is at the desk.
    pub alerts: Vec<Alerts>,
    /// Reps at the desk by class of tiers they may take.
    pub at_desk: Vec<u32>,
    /// Work has come since free reps were last looked for.
    pub offered: bool,
    /// Where the rotation of free reps stands.
    pub rotation: u32,
    /// Pieces of work in all lines, void ones included: zero saves the look.
    pub waiting: usize,
    /// The only piece of work that waits, before it is put into its line: most of the time a free rep takes it at once.
    alone: Option<Item>,
    /// Work is being handed out from the lines: what comes goes there.
    pub in_lines: bool,
    /// Which lines hold work.
    filled: Filled,
    /// How often each rep has drawn by lot what to take next.
    pub draws: Vec<u32>,
    sequence: u32,
}

impl Pool {
    pub fn new(prepared: &Prepared<'_>) -> Self {
        let (model, classes) = (prepared.model, prepared.classes);
        let line =
            |group: &usize| Line::of(model.groups.get(*group).map_or(TieBreak::DueFirst, |g| g.order.then));
        Pool {
            lines: (0..3).flat_map(|_| prepared.pool_group.iter().map(line)).collect(),
            alerts: (0..classes).map(|_| Alerts::default()).collect(),
            at_desk: vec![0; classes],
            offered: false,
            rotation: 0,
            waiting: 0,
            alone: None,
            in_lines: false,
            filled: Filled::default(),
            draws: vec![0; model.reps.len()],
            sequence: 0,
        }
    }

    /// The line for a kind of work.
    pub fn line(&self, what: Waiting) -> usize {
        match what {
            Waiting::New(tier) => usize::from(tier.0),
            Waiting::FollowUp(tier) => self.lines.len() / 3 + usize::from(tier.0),
            Waiting::Reply(tier) => 2 * (self.lines.len() / 3) + usize::from(tier.0),
            Waiting::Own => unreachable!("own work is never pooled"),
        }
    }

    /// A piece of work comes.
    pub fn push(&mut self, item: Item) {
        self.offered = true;
        self.waiting += 1;
        if self.waiting == 1 && !self.in_lines {
            self.alone = Some(item);
        } else {
            self.line_up();
            self.put(item);
        }
    }

    fn put(&mut self, item: Item) {
        let line = self.line(item.what);
        self.lines[line].push(item);
        self.filled.mark(line);
    }

    /// All that waits stands in the lines.
    #[inline]
    pub fn line_up(&mut self) {
        if let Some(item) = self.alone.take() {
            self.put(item);
        }
    }

    /// The only piece of work that waits, if it has not been put into its line.
    #[inline]
    pub fn alone(&self) -> Option<Item> {
        self.alone
    }

    /// Takes it.
    #[inline]
    pub fn take_alone(&mut self) {
        self.alone = None;
        self.waiting = 0;
    }

    /// The first line at or after `from` that may hold work.
    #[inline]
    pub fn next_filled(&self, from: usize) -> Option<usize> {
        self.filled.next(from).filter(|line| *line < self.lines.len())
    }

    /// A piece of work of a line that may be taken next; void ones before it leave.
    pub fn first(&mut self, line: usize, wanted: impl Fn(&Item) -> bool) -> Option<Item> {
        let work = &mut self.lines[line];
        let before = work.len();
        let first = work.first(wanted);
        let left = work.len();
        self.waiting -= before - left;
        if left == 0 {
            self.filled.forget(line);
        }
        first
    }

    /// Takes a ticket of a line.
    pub fn take(&mut self, line: usize, number: usize) -> Option<Item> {
        let item = self.lines[line].take(number);
        self.waiting -= usize::from(item.is_some());
        if self.lines[line].is_empty() {
            self.filled.forget(line);
        }
        item
    }

    /// A rep who may take these classes of tiers comes to the desk: their clocks run.
    pub fn attend(&mut self, classes: &[usize], now: Instant, queue: &mut Queue) {
        for &class in classes {
            self.at_desk[class] += 1;
            let alerts = &mut self.alerts[class];
            if self.at_desk[class] == 1
                && let Some(at) = alerts.start(now)
            {
                queue.push(at, Kind::Noticed, Whose::Pool(class).number(), alerts.stamp);
            }
        }
    }

    /// The rep leaves the desk: the clocks of classes that nobody there may take stand still.
    pub fn desert(&mut self, classes: &[usize], now: Instant) {
        for &class in classes {
            self.at_desk[class] -= 1;
            if self.at_desk[class] == 0 {
                self.alerts[class].stop(now);
            }
        }
    }

    /// Numbers pieces of work in the order in which they came.
    pub fn next_sequence(&mut self) -> u32 {
        self.sequence = self.sequence.wrapping_add(1);
        self.sequence
    }
}

/// One alert about a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Alert {
    pub lead: LeadId,
    /// The lead's stamp when it was given.
    pub stamp: u32,
    /// Which of the lead's alerts: each draws anew whether it is ignored.
    pub number: u8,
}

/// Alerts not yet noticed: each is noticed after so much *desk time*, so the clock stands still while nobody is at the desk.
#[derive(Debug, Default)]
pub(super) struct Alerts {
    heap: BinaryHeap<Reverse<(i64, u32, Alert)>>,
    clock: Span,
    running_since: Option<Instant>,
    sequence: u32,
    /// Of the scheduled event; older events are void.
    pub stamp: u32,
}

impl Alerts {
    fn clock_at(&self, now: Instant) -> Span {
        self.clock + self.running_since.map_or(Span::ZERO, |since| now - since)
    }

    /// The desk is manned: returns when the next alert will be noticed.
    pub fn start(&mut self, now: Instant) -> Option<Instant> {
        self.running_since = Some(now);
        self.reschedule(now)
    }

    /// The desk is empty: nothing is noticed until it is manned again.
    pub fn stop(&mut self, now: Instant) {
        self.clock = self.clock_at(now);
        self.running_since = None;
        self.stamp = next_stamp(self.stamp);
    }

    /// A new alert, noticed after `delay` of desk time. Returns the event to schedule, if it comes before all others.
    pub fn add(&mut self, now: Instant, delay: Span, alert: Alert) -> Option<Instant> {
        let deadline = (self.clock_at(now) + delay).micros();
        self.sequence = self.sequence.wrapping_add(1);
        let first = self.heap.peek().is_none_or(|Reverse((d, ..))| deadline < *d);
        self.heap.push(Reverse((deadline, self.sequence, alert)));
        if first { self.reschedule(now) } else { None }
    }

    /// Takes one alert that has been noticed by now.
    pub fn noticed(&mut self, now: Instant) -> Option<Alert> {
        let clock = self.clock_at(now).micros();
        let Reverse((deadline, ..)) = self.heap.peek()?;
        if *deadline > clock {
            return None;
        }
        self.heap.pop().map(|Reverse((_, _, alert))| alert)
    }

    /// When the next alert will be noticed, if the clock runs; voids the event scheduled before.
    pub fn reschedule(&mut self, now: Instant) -> Option<Instant> {
        self.running_since?;
        self.stamp = next_stamp(self.stamp);
        let Reverse((deadline, ..)) = self.heap.peek()?;
        let left = Span::from_micros(deadline - self.clock_at(now).micros());
        Some(now + left.max(Span::ZERO))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever comes and goes, going from one line to the next meets every line that holds work.
        #[test]
        fn no_line_with_work_is_passed_over(changes in prop::collection::vec((0usize..100, any::<bool>()), 1..60)) {
            let (mut filled, mut plain) = (Filled::default(), [false; 100]);
            for (line, comes) in changes {
                plain[line] = comes;
                if comes { filled.mark(line) } else { filled.forget(line) }
                let mut met = [false; 100];
                let mut next = filled.next(0);
                while let Some(line) = next.filter(|line| *line < 100) {
                    prop_assert!(line >= LAST_BIT || plain[line]);
                    met[line] = true;
                    next = filled.next(line + 1);
                }
                prop_assert!((0..100).all(|line| met[line] || !plain[line]));
            }
        }

        /// Packed or not, work stands in the order of rank, order within the rank, coming.
        #[test]
        fn work_stands_in_order(
            one in (any::<u8>(), any::<i64>(), any::<u32>()),
            other in (any::<u8>(), any::<i64>(), any::<u32>()),
        ) {
            let item = |(rank, order, sequence)| Item::new(rank, order, sequence, Waiting::Own, (0, 0));
            prop_assert_eq!(item(one).cmp(&item(other)), one.cmp(&other));
            prop_assert_eq!((item(one).rank(), item(one).order()), (one.0, one.1));
            prop_assert_eq!(item(one).at_rank(7), item((7, one.1, one.2)));
        }
    }
}
