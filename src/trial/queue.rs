//! What happens next: the list of scheduled events, earliest first, ties by a written rule.

use crate::time::{Instant, Span};

/// What may be scheduled. At one instant, events happen in the order in which they stand here;
/// events of one kind in the order in which they were scheduled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Kind {
    /// A rep's task, or a phase of it, is done.
    TaskEnds,
    /// A rep's agenda: shift begins or ends, a meeting or lunch is due or over.
    Agenda,
    /// A calendar day begins somewhere: its arrivals are drawn.
    Day,
    /// A lead arrives (kept in lists of their own; stands here for its place among ties).
    Arrival,
    /// A lead leaves the automation, the hold or the hands of whoever routes it.
    Routed,
    /// An alert is noticed, by a rep or by the pool.
    Noticed,
    /// A lead's first owner has not started in time.
    BackUp,
    /// The next attempt of a cadence falls due.
    FollowUpDue,
    /// A reply comes in.
    Reply,
    /// RevOps sends a rejected lead back.
    Overturned,
    /// A rep's own task comes up.
    OwnTask,
    /// A lead comes back from nurture or on its date.
    Returns,
    /// A lead that nobody works is given up for stalled.
    Stalled,
}

const KINDS: [Kind; 13] = [
    Kind::TaskEnds,
    Kind::Agenda,
    Kind::Day,
    Kind::Arrival,
    Kind::Routed,
    Kind::Noticed,
    Kind::BackUp,
    Kind::FollowUpDue,
    Kind::Reply,
    Kind::Overturned,
    Kind::OwnTask,
    Kind::Returns,
    Kind::Stalled,
];

/// One scheduled event: who it concerns, and the stamp it must still carry to be valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scheduled {
    pub at: Instant,
    pub kind: Kind,
    /// Lead, rep or day number.
    pub whom: u32,
    /// The owner's stamp when it was scheduled; another stamp by now means the event is void.
    pub stamp: u32,
}

/// Bits of `whom`: 16.7 million leads in the system at once.
pub(crate) const WHOM_BITS: u32 = 24;
/// Bits of a stamp.
pub(crate) const STAMP_BITS: u32 = 18;
const SEQUENCE_BITS: u32 = 32;
const KIND_BITS: u32 = 4;
/// Microseconds since the trial opened: 35 years.
const TIME_BITS: u32 = 50;
const _: () = assert!(TIME_BITS + KIND_BITS + SEQUENCE_BITS + STAMP_BITS + WHOM_BITS == 128);

/// The next stamp after `stamp`, within its bits.
#[inline]
pub(crate) const fn next_stamp(stamp: u32) -> u32 {
    (stamp + 1) & ((1 << STAMP_BITS) - 1)
}

/// Events packed into 16 bytes each: time, kind, order of scheduling, stamp, whom.
///
/// Those of the current stretch of time stand in a 4-ary heap; later ones lie unsorted in the bucket of their stretch until it
/// begins. A cadence is planned days ahead, so most events wait where it costs nothing, and the heap stays a few dozen long.
#[derive(Debug)]
pub(crate) struct Queue {
    /// Events of the current stretch, least first, four children a node.
    heap: Vec<u128>,
    /// Events of later stretches, by number of stretch.
    later: Vec<Vec<u128>>,
    /// Number of the current stretch.
    current: usize,
    /// Events in `later`.
    waiting: usize,
    epoch: Instant,
    sequence: u32,
}

/// A stretch is 2^36 microseconds, 19 hours.
const STRETCH_SHIFT: u32 = 128 - TIME_BITS + 36;
/// Stretches past this one share it (the heap sorts them all the same): 89 years of 19 hours would be a long list.
const LAST_STRETCH: usize = 1 << 13;

impl Queue {
    pub fn new(epoch: Instant) -> Self {
        Queue { heap: Vec::with_capacity(256), later: Vec::new(), current: 0, waiting: 0, epoch, sequence: 0 }
    }

    /// Schedules an event. `at` must not lie before the trial opened.
    #[inline]
    pub fn push(&mut self, at: Instant, kind: Kind, whom: u32, stamp: u32) {
        let micros = (at - self.epoch).micros().max(0);
        debug_assert!(whom < 1 << WHOM_BITS && stamp < 1 << STAMP_BITS);
        // Beyond 35 years nothing is ever reached; such events are kept at the far end.
        let micros = (micros as u64).min((1 << TIME_BITS) - 1);
        let word = (u128::from(micros) << (128 - TIME_BITS))
            | ((kind as u128) << (128 - TIME_BITS - KIND_BITS))
            | (u128::from(self.sequence) << (STAMP_BITS + WHOM_BITS))
            | (u128::from(stamp) << WHOM_BITS)
            | u128::from(whom);
        self.sequence =
            self.sequence.checked_add(1).expect("a trial is limited to four thousand million events");
        let stretch = stretch(word);
        if stretch <= self.current {
            self.heap.push(word);
            self.sift_up(self.heap.len() - 1);
            return;
        }
        if stretch >= self.later.len() {
            self.later.resize_with(stretch + 1, Vec::new);
        }
        self.later[stretch].push(word);
        self.waiting += 1;
        if self.heap.is_empty() {
            self.begin_next_stretch();
        }
    }

    /// The heap is empty: the next stretch that has events begins.
    fn begin_next_stretch(&mut self) {
        while self.heap.is_empty() && self.waiting > 0 {
            self.current += 1;
            for word in std::mem::take(&mut self.later[self.current]) {
                self.waiting -= 1;
                self.heap.push(word);
                self.sift_up(self.heap.len() - 1);
            }
        }
    }

    /// Time and kind of the next event, without taking it.
    #[inline]
    pub fn peek(&self) -> Option<(Instant, Kind)> {
        self.heap.first().map(|word| (self.time(*word), kind(*word)))
    }

    /// Takes the next event.
    #[inline]
    pub fn pop(&mut self) -> Option<Scheduled> {
        let last = self.heap.pop()?;
        let word = match self.heap.first_mut() {
            None => last,
            Some(root) => {
                let word = std::mem::replace(root, last);
                self.sift_down();
                word
            }
        };
        if self.heap.is_empty() {
            self.begin_next_stretch();
        }
        Some(Scheduled {
            at: self.time(word),
            kind: kind(word),
            whom: (word & ((1 << WHOM_BITS) - 1)) as u32,
            stamp: ((word >> WHOM_BITS) & ((1 << STAMP_BITS) - 1)) as u32,
        })
    }

    #[inline]
    fn time(&self, word: u128) -> Instant {
        self.epoch + Span::from_micros((word >> (128 - TIME_BITS)) as i64)
    }

    #[inline]
    fn sift_up(&mut self, mut at: usize) {
        let word = self.heap[at];
        while at > 0 {
            let parent = (at - 1) / 4;
            if self.heap[parent] <= word {
                break;
            }
            self.heap[at] = self.heap[parent];
            at = parent;
        }
        self.heap[at] = word;
    }

    /// Fills the hole at the root: the least child moves up at every level until the bottom, and the last event, which
    /// belongs near the bottom anyway, rises from there. Saves the comparison with it at every level (Wegener, 1993).
    #[inline]
    fn sift_down(&mut self) {
        let heap = &mut self.heap[..];
        let word = heap[0];
        let mut at = 0;
        loop {
            let first = 4 * at + 1;
            let Some(children) = heap.get(first..first + 4) else { break };
            let left = usize::from(children[1] < children[0]);
            let right = 2 + usize::from(children[3] < children[2]);
            let least = if children[right] < children[left] { right } else { left };
            heap[at] = children[least];
            at = first + least;
        }
        let first = 4 * at + 1;
        if let Some(least) = (first..heap.len()).min_by_key(|child| heap[*child]) {
            heap[at] = heap[least];
            at = least;
        }
        heap[at] = word;
        self.sift_up(at);
    }
}

#[inline]
fn stretch(word: u128) -> usize {
    ((word >> STRETCH_SHIFT) as usize).min(LAST_STRETCH)
}

#[inline]
fn kind(word: u128) -> Kind {
    KINDS[((word >> (128 - TIME_BITS - KIND_BITS)) & ((1 << KIND_BITS) - 1)) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn kinds_stand_in_the_order_of_their_numbers() {
        for (i, kind) in KINDS.iter().enumerate() {
            assert_eq!(*kind as usize, i);
        }
    }

    #[test]
    fn ties_go_by_kind_then_by_order_of_scheduling() {
        let epoch = Instant::from_micros(1_000);
        let mut queue = Queue::new(epoch);
        let at = epoch + Span::minutes(5);
        queue.push(at, Kind::Reply, 1, 0);
        queue.push(at, Kind::TaskEnds, 2, 7);
        queue.push(at, Kind::Reply, 3, 0);
        queue.push(epoch, Kind::Stalled, 4, 0);
        assert_eq!(queue.peek(), Some((epoch, Kind::Stalled)));
        let order: Vec<u32> = std::iter::from_fn(|| queue.pop()).map(|e| e.whom).collect();
        assert_eq!(order, [4, 2, 1, 3]);
        assert_eq!(queue.pop(), None);
    }

    proptest! {
        /// Against a plain sorted list: pushes near and far ahead, pops in between.
        #[test]
        fn pops_in_order_whatever_was_pushed(
            steps in prop::collection::vec((0i64..50, 0u32..44, prop::bool::weighted(0.4)), 1..400),
        ) {
            let epoch = Instant::from_micros(-7);
            let mut queue = Queue::new(epoch);
            let mut plain: Vec<(i64, u32)> = Vec::new();
            let mut now = 0;
            for (i, (t, shift, pops)) in steps.iter().enumerate() {
                if *pops {
                    let expected = plain.iter().min().copied();
                    plain.retain(|event| Some(*event) != expected);
                    let got = queue.pop().map(|e| ((e.at - epoch).micros(), e.whom));
                    prop_assert_eq!(got, expected);
                    now = got.map_or(now, |(at, _)| at);
                } else {
                    let at = (now + (t << shift)).min((1 << TIME_BITS) - 1);
                    queue.push(epoch + Span::from_micros(at), Kind::Reply, i as u32, (i % 9) as u32);
                    plain.push((at, i as u32));
                }
                prop_assert_eq!(queue.peek().map(|(at, _)| (at - epoch).micros()), plain.iter().min().map(|e| e.0));
            }
            plain.sort_unstable();
            let rest: Vec<(i64, u32)> =
                std::iter::from_fn(|| queue.pop()).map(|e| ((e.at - epoch).micros(), e.whom)).collect();
            prop_assert_eq!(rest, plain);
        }
    }
}
