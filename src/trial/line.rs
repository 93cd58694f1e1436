//! A line of waiting work: taken in order, or drawn by lot from all that share the best rank.

use super::pool::Item;
use super::put_down;
use crate::model::TieBreak;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Work that waits.
#[derive(Debug)]
pub(super) enum Line {
    /// The least item is the first.
    InOrder(BinaryHeap<Reverse<Item>>),
    /// Work by rank: of the best rank, what was put down comes first, and of the rest each piece is as likely as any other to be next.
    ByLot(Vec<Lot>),
}

/// Work of one rank that is drawn by lot.
#[derive(Debug, Default)]
pub(super) struct Lot {
    /// Begun and put down; the least item is the first.
    put_down: BinaryHeap<Reverse<Item>>,
    rest: Vec<Item>,
}

impl Line {
    /// An empty line in order.
    pub fn new() -> Self {
        Line::InOrder(BinaryHeap::new())
    }

    /// An empty line for work of which equals go `then`.
    pub fn of(then: TieBreak) -> Self {
        if then == TieBreak::Random { Line::ByLot(Vec::new()) } else { Line::new() }
    }

    /// Puts a piece of work into the line.
    #[inline]
    pub fn push(&mut self, item: Item) {
        match self {
            Line::InOrder(heap) => heap.push(Reverse(item)),
            Line::ByLot(ranks) => {
                let rank = usize::from(item.rank());
                if rank >= ranks.len() {
                    ranks.resize_with(rank + 1, Lot::default);
                }
                if put_down::is_place_of(item.order()) {
                    ranks[rank].put_down.push(Reverse(item));
                } else {
                    ranks[rank].rest.push(item);
                }
            }
        }
    }

    /// A piece of work that may be taken next: the first in order, or any of the best rank. Those before it that nobody wants any
    /// more leave the line.
    #[inline]
    pub fn first(&mut self, wanted: impl Fn(&Item) -> bool) -> Option<Item> {
        match self {
            Line::InOrder(heap) => first_wanted(heap, &wanted),
            Line::ByLot(ranks) => ranks.iter_mut().find_map(|lot| {
                while lot.rest.last().is_some_and(|item| !wanted(item)) {
                    lot.rest.pop();
                }
                first_wanted(&mut lot.put_down, &wanted).or(lot.rest.last().copied())
            }),
        }
    }

    /// Pieces of work in the line, void ones included.
    #[inline]
    pub fn len(&self) -> usize {
        match self {
            Line::InOrder(heap) => heap.len(),
            Line::ByLot(ranks) => ranks.iter().map(|lot| lot.put_down.len() + lot.rest.len()).sum(),
        }
    }

    /// Whether nothing is in the line, void work included.
    #[inline]
    pub fn is_empty(&self) -> bool {
        match self {
            Line::InOrder(heap) => heap.is_empty(),
            Line::ByLot(_) => self.len() == 0,
        }
    }

    /// Tickets in a draw among all work of one rank: pieces of the best rank that may be next, void ones included.
    pub fn tickets(&self) -> usize {
        match self {
            Line::InOrder(heap) => heap.len(),
            Line::ByLot(ranks) => {
                let tickets = |lot: &Lot| if lot.put_down.is_empty() { lot.rest.len() } else { 1 };
                ranks.iter().map(tickets).find(|many| *many > 0).unwrap_or(0)
            }
        }
    }

    /// Takes ticket `number` of the best rank; of a line in order, and of work put down, it is the first, whatever the number.
    #[inline]
    pub fn take(&mut self, number: usize) -> Option<Item> {
        match self {
            Line::InOrder(heap) => heap.pop().map(|Reverse(item)| item),
            Line::ByLot(ranks) => {
                let lot = ranks.iter_mut().find(|lot| !lot.put_down.is_empty() || !lot.rest.is_empty())?;
                if let Some(Reverse(item)) = lot.put_down.pop() {
                    return Some(item);
                }
                (number < lot.rest.len()).then(|| lot.rest.swap_remove(number))
            }
        }
    }
}

/// The least piece of work that is wanted; void ones before it leave.
#[inline]
fn first_wanted(heap: &mut BinaryHeap<Reverse<Item>>, wanted: &impl Fn(&Item) -> bool) -> Option<Item> {
    while heap.peek().is_some_and(|Reverse(item)| !wanted(item)) {
        heap.pop();
    }
    heap.peek().map(|Reverse(item)| *item)
}
