//! What happens next: the list of scheduled events, earliest first, ties by a written rule.

use crate::time::Instant;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

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
    /// A lead that waits leaves, or one that found nobody free calls again.
    BuyerActs,
}

pub(super) const KINDS: [Kind; 16] = [
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
    Kind::BuyerActs,
    // Room for what four bits can say: no bound has to be checked.
    Kind::BuyerActs,
    Kind::BuyerActs,
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
pub(super) const TIME_BITS: u32 = 50;
const _: () = assert!(TIME_BITS + KIND_BITS + SEQUENCE_BITS + STAMP_BITS + WHOM_BITS == 128);
const _: () = assert!(KINDS.len() <= 1 << KIND_BITS);

/// The next stamp after `stamp`, within its bits.
#[inline]
pub(crate) const fn next_stamp(stamp: u32) -> u32 {
    (stamp + 1) & ((1 << STAMP_BITS) - 1)
}

/// Events packed into 16 bytes each: time, kind, order of scheduling, stamp, whom.
///
/// Time is cut into stretches of 19 hours, and the current stretch into slots as fine as the trial is busy. Events of later
/// stretches and slots lie unsorted where they fall; a slot is sorted when it begins, and is a dozen events long, so the next event
/// is the last of a short sorted list. A crowd in one slot (a list of a hundred thousand leads) goes through a heap.
#[derive(Debug)]
pub(crate) struct Queue {
    /// Events of the current slot, latest first.
    near: Vec<u128>,
    /// Events scheduled into the current slot while it was crowded.
    crowd: BinaryHeap<Reverse<u128>>,
    /// Events of the later slots of the current stretch.
    slots: Vec<Vec<u128>>,
    /// Which slots hold events, 64 a word.
    filled: Vec<u64>,
    /// Events of later stretches, by number of stretch.
    later: Vec<Vec<u128>>,
    /// Emptied lists, kept for their room.
    spare: Vec<Vec<u128>>,
    /// Number of the current stretch.
    current: usize,
    /// Where the current slot ends, microseconds since the trial opened.
    slot_ends: u64,
    /// A slot is two to so many microseconds long.
    slot_bits: u32,
    /// Events in `slots`.
    in_slots: usize,
    /// Events in `later`.
    waiting: usize,
    /// Events taken since the stretch began.
    taken: usize,
    epoch: Instant,
    sequence: u32,
}

/// A stretch is 2^36 microseconds, 19 hours.
const STRETCH_BITS: u32 = 36;
/// Stretches past this one share it (sorted all the same): 89 years of 19 hours would be a long list.
const LAST_STRETCH: usize = 1 << 13;
/// Slots a stretch is cut into: at least 2^4, at most 2^16.
const FEWEST_SLOTS: u32 = 4;
const MOST_SLOTS: u32 = 16;
/// Events a slot should hold, as a power of two.
const SLOT_FILL: u32 = 3;
/// A current slot with more than this is a crowd.
const CROWD: usize = 128;

impl Queue {
    pub fn new(epoch: Instant) -> Self {
        let mut queue = Queue {
            near: Vec::with_capacity(64),
            crowd: BinaryHeap::new(),
            slots: Vec::new(),
            filled: Vec::new(),
            later: Vec::new(),
            spare: Vec::new(),
            current: 0,
            slot_ends: 0,
            slot_bits: 0,
            in_slots: 0,
            waiting: 0,
            taken: 0,
            epoch,
            sequence: 0,
        };
        queue.cut(FEWEST_SLOTS);
        queue
    }

    /// Cuts the current stretch into 2^`bits` slots; the first of them begins.
    fn cut(&mut self, bits: u32) {
        self.slot_bits = STRETCH_BITS - bits;
        self.slots.resize_with((1 << bits).max(self.slots.len()), Vec::new);
        self.filled.resize((self.slots.len()).div_ceil(64), 0);
        self.slot_ends = ((self.current as u64) << STRETCH_BITS) + (1 << self.slot_bits);
    }

    /// Schedules an event. `at` must not lie before the trial opened.
    #[inline]
    pub fn push(&mut self, at: Instant, kind: Kind, whom: u32, stamp: u32) {
        debug_assert!(whom < 1 << WHOM_BITS && stamp < 1 << STAMP_BITS);
        // Beyond 35 years nothing is ever reached; such events are kept at the far end.
        let micros = (at - self.epoch).micros().clamp(0, (1 << TIME_BITS) - 1) as u64;
        let word = (u128::from(micros) << (128 - TIME_BITS))
            | ((kind as u128) << (128 - TIME_BITS - KIND_BITS))
            | (u128::from(self.sequence) << (STAMP_BITS + WHOM_BITS))
            | (u128::from(stamp) << WHOM_BITS)
            | u128::from(whom);
        self.sequence =
            self.sequence.checked_add(1).expect("a trial is limited to four thousand million events");
        if micros < self.slot_ends {
            if self.near.len() < CROWD {
                // Most of what is scheduled so soon comes among the first.
                let mut place = self.near.len();
                self.near.push(word);
                while place > 0 && self.near[place - 1] < word {
                    self.near[place] = self.near[place - 1];
                    place -= 1;
                }
                self.near[place] = word;
            } else {
                self.crowd.push(Reverse(word));
            }
            return;
        }
        let stretch = stretch(micros);
        if stretch <= self.current {
            self.put_in_slot(micros, word);
        } else {
            self.put_in_later(stretch, word);
        }
        if self.near.is_empty() && self.crowd.is_empty() {
            self.begin_next_slot();
        }
    }

    #[inline]
    fn put_in_slot(&mut self, micros: u64, word: u128) {
        let since = micros - ((self.current as u64) << STRETCH_BITS);
        // The last stretch has no end; what lies beyond its slots goes to the last of them.
        let slot = (since.min((1 << STRETCH_BITS) - 1) >> self.slot_bits) as usize;
        self.slots[slot].push(word);
        self.filled[slot / 64] |= 1 << (slot % 64);
        self.in_slots += 1;
    }

    #[inline]
    fn put_in_later(&mut self, stretch: usize, word: u128) {
        if stretch >= self.later.len() {
            self.later.resize_with(stretch + 1, Vec::new);
        }
        let list = &mut self.later[stretch];
        if list.capacity() == 0
            && let Some(spare) = self.spare.pop()
        {
            *list = spare;
        }
        list.push(word);
        self.waiting += 1;
    }

    /// The current slot is empty: the next that has events begins.
    fn begin_next_slot(&mut self) {
        if self.in_slots == 0 && !self.begin_next_stretch() {
            return;
        }
        let words = self.filled.iter().enumerate().find(|(_, word)| **word != 0);
        let (word, bits) = words.expect("some slot holds events");
        let slot = word * 64 + bits.trailing_zeros() as usize;
        self.filled[word] &= !(1 << (slot % 64));
        std::mem::swap(&mut self.near, &mut self.slots[slot]);
        self.near.sort_unstable_by(|a, b| b.cmp(a));
        self.in_slots -= self.near.len();
        let endless = self.current == LAST_STRETCH && slot + 1 == 1 << (STRETCH_BITS - self.slot_bits);
        let begins = ((self.current as u64) << STRETCH_BITS) + ((slot as u64) << self.slot_bits);
        self.slot_ends = if endless { u64::MAX } else { begins + (1 << self.slot_bits) };
    }

    /// Spreads the events of the next stretch that has any over its slots, as many slots as the last one was busy.
    fn begin_next_stretch(&mut self) -> bool {
        if self.waiting == 0 {
            return false;
        }
        self.current += 1;
        while self.later[self.current].is_empty() {
            self.current += 1;
        }
        let mut list = std::mem::take(&mut self.later[self.current]);
        self.waiting -= list.len();
        let busy = std::mem::take(&mut self.taken).max(list.len()).max(1).ilog2();
        let bits = STRETCH_BITS - self.slot_bits;
        // A quiet stretch (a night) keeps the cut of the busier one before it.
        self.cut(busy.saturating_sub(SLOT_FILL).clamp(FEWEST_SLOTS, MOST_SLOTS).max(bits));
        for word in list.drain(..) {
            self.put_in_slot((word >> (128 - TIME_BITS)) as u64, word);
        }
        self.spare.push(list);
        true
    }

    /// The next event as it is packed.
    #[inline]
    fn first(&self) -> Option<u128> {
        if self.crowd.is_empty() { self.near.last().copied() } else { self.first_of_crowd() }
    }

    #[cold]
    fn first_of_crowd(&self) -> Option<u128> {
        let Reverse(other) = *self.crowd.peek()?;
        Some(self.near.last().map_or(other, |word| other.min(*word)))
    }

    /// What comes next, if it comes at this instant; nothing comes before it.
    #[inline]
    pub fn next_at(&self, now: Instant) -> Option<Kind> {
        self.first().filter(|word| self.time(*word) <= now).map(kind_of)
    }

    /// Takes the next event if it comes before what is of kind `kind` at `at`.
    #[inline]
    pub fn pop_before(&mut self, at: Instant, kind: Kind) -> Option<Scheduled> {
        let word = self.first()?;
        let (time, what) = (self.time(word), kind_of(word));
        if time > at || (time == at && what >= kind) {
            return None;
        }
        if self.crowd.is_empty() {
            self.near.pop();
        } else {
            self.pop_from_crowd();
        }
        self.taken += 1;
        if self.near.is_empty() && self.crowd.is_empty() {
            self.begin_next_slot();
        }
        Some(Scheduled {
            at: time,
            kind: what,
            whom: (word & ((1 << WHOM_BITS) - 1)) as u32,
            stamp: ((word >> WHOM_BITS) & ((1 << STAMP_BITS) - 1)) as u32,
        })
    }

    #[cold]
    fn pop_from_crowd(&mut self) -> Option<u128> {
        let Reverse(other) = *self.crowd.peek()?;
        match self.near.last() {
            Some(word) if *word < other => self.near.pop(),
            _ => self.crowd.pop().map(|Reverse(word)| word),
        }
    }

    /// When a packed event happens; no sum of a trial's beginning and 35 years wraps round.
    #[inline]
    fn time(&self, word: u128) -> Instant {
        Instant::from_micros(self.epoch.micros().wrapping_add((word >> (128 - TIME_BITS)) as i64))
    }
}

#[inline]
fn kind_of(word: u128) -> Kind {
    KINDS[((word >> (128 - TIME_BITS - KIND_BITS)) & ((1 << KIND_BITS) - 1)) as usize]
}

#[inline]
fn stretch(micros: u64) -> usize {
    ((micros >> STRETCH_BITS) as usize).min(LAST_STRETCH)
}
