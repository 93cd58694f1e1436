//! A line of waiting work: taken in order, or drawn by lot from all that share the best rank.

use super::pool::Item;
use crate::model::TieBreak;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Work that waits.
#[derive(Debug)]
pub(super) enum Line {
    /// The least item is the first.
    InOrder(BinaryHeap<Reverse<Item>>),
    /// Items by rank: among those of the best rank, each is as likely as any other to be next.
    ByLot(Vec<Vec<Item>>),
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
                let rank = usize::from(item.rank);
                if rank >= ranks.len() {
                    ranks.resize_with(rank + 1, Vec::new);
                }
                ranks[rank].push(item);
            }
        }
    }

    /// A piece of work that may be taken next: the first in order, or any of the best rank. Those before it that nobody wants any
    /// more leave the line.
    #[inline]
    pub fn first(&mut self, wanted: impl Fn(&Item) -> bool) -> Option<Item> {
        match self {
            Line::InOrder(heap) => {
                while heap.peek().is_some_and(|Reverse(item)| !wanted(item)) {
                    heap.pop();
                }
                heap.peek().map(|Reverse(item)| *item)
            }
            Line::ByLot(ranks) => ranks.iter_mut().find_map(|items| {
                while items.last().is_some_and(|item| !wanted(item)) {
                    items.pop();
                }
                items.last().copied()
            }),
        }
    }

    /// Pieces of work in the line, void ones included.
    #[inline]
    pub fn len(&self) -> usize {
        match self {
            Line::InOrder(heap) => heap.len(),
            Line::ByLot(ranks) => ranks.iter().map(Vec::len).sum(),
        }
    }

    /// Tickets in a draw among all work of one rank: pieces of the best rank, void ones included.
    pub fn tickets(&self) -> usize {
        match self {
            Line::InOrder(heap) => heap.len(),
            Line::ByLot(ranks) => ranks.iter().map(Vec::len).find(|many| *many > 0).unwrap_or(0),
        }
    }

    /// Takes ticket `number` of the best rank; of a line in order it is the first, whatever the number.
    #[inline]
    pub fn take(&mut self, number: usize) -> Option<Item> {
        match self {
            Line::InOrder(heap) => heap.pop().map(|Reverse(item)| item),
            Line::ByLot(ranks) => {
                let items = ranks.iter_mut().find(|items| !items.is_empty())?;
                (number < items.len()).then(|| items.swap_remove(number))
            }
        }
    }
}
