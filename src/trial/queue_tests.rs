//! Tests of the list of events: always the earliest next, ties by their rule, whatever was scheduled when.

use super::queue::*;
use crate::time::{Instant, Span};
use proptest::prelude::*;

#[test]
fn kinds_stand_in_the_order_of_their_numbers() {
    for (i, kind) in KINDS.iter().enumerate() {
        assert_eq!(*kind as usize, i.min(Kind::BuyerActs as usize));
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
    assert_eq!(queue.next_at(epoch), Some(Kind::Stalled));
    let order: Vec<u32> = std::iter::from_fn(|| pop(&mut queue)).map(|e| e.whom).collect();
    assert_eq!(order, [4, 2, 1, 3]);
    assert_eq!(pop(&mut queue), None);
    assert_eq!(queue.next_at(at), None);
}

#[test]
fn what_comes_at_the_same_instant_is_taken_by_its_kind() {
    let epoch = Instant::from_micros(0);
    let at = epoch + Span::minutes(5);
    let mut queue = Queue::new(epoch);
    queue.push(at, Kind::Day, 1, 0);
    queue.push(at, Kind::Routed, 2, 0);
    assert_eq!(queue.pop_before(at - Span::minutes(1), Kind::Arrival), None);
    assert_eq!(queue.pop_before(at, Kind::Arrival).map(|e| e.whom), Some(1));
    assert_eq!(queue.pop_before(at, Kind::Arrival), None);
    assert_eq!(queue.pop_before(at + Span::minutes(1), Kind::Arrival).map(|e| e.whom), Some(2));
}

/// Takes the next event, whatever it is.
fn pop(queue: &mut Queue) -> Option<Scheduled> {
    queue.pop_before(Instant::MAX, Kind::BuyerActs)
}

proptest! {
    /// Against a plain sorted list: pushes near and far ahead, pops in between.
    #[test]
    fn pops_in_order_whatever_was_pushed(
        steps in prop::collection::vec((0i64..50, 0u32..44, prop::bool::weighted(0.4)), 1..900),
        // A narrow spread puts hundreds of events into one slot.
        spread in 18u32..44,
    ) {
        let epoch = Instant::from_micros(-7);
        let mut queue = Queue::new(epoch);
        let mut plain: Vec<(i64, u32)> = Vec::new();
        let mut now = 0;
        for (i, (t, shift, pops)) in steps.iter().enumerate() {
            if *pops {
                let expected = plain.iter().min().copied();
                plain.retain(|event| Some(*event) != expected);
                let got = pop(&mut queue).map(|e| ((e.at - epoch).micros(), e.whom));
                prop_assert_eq!(got, expected);
                now = got.map_or(now, |(at, _)| at);
            } else {
                let at = (now + (t << (shift % spread))).min((1 << TIME_BITS) - 1);
                queue.push(epoch + Span::from_micros(at), Kind::Reply, i as u32, (i % 9) as u32);
                plain.push((at, i as u32));
            }
            if let Some((first, _)) = plain.iter().min() {
                let first = epoch + Span::from_micros(*first);
                prop_assert_eq!(queue.next_at(first), Some(Kind::Reply));
                prop_assert_eq!(queue.next_at(first - Span::from_micros(1)), None);
            }
        }
        plain.sort_unstable();
        let rest: Vec<(i64, u32)> =
            std::iter::from_fn(|| pop(&mut queue)).map(|e| ((e.at - epoch).micros(), e.whom)).collect();
        prop_assert_eq!(rest, plain);
    }
}
