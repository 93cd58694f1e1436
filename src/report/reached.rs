//! From which value of a sweep on, or up to which, the goal is reached reliably: what the sweep recommends.

use super::capacity::{SweepPage, lines};
use super::swept::Swept;
use super::verdict::HOLDS_FROM;
use crate::plan::sweep::SweepPoint;

/// The points with their shares of trials that reach the goal.
pub(super) fn known<'a>(points: &[&'a SweepPoint]) -> impl DoubleEndedIterator<Item = (&'a SweepPoint, f64)> {
    points.iter().filter_map(|point| Some((*point, point.holds?.value)))
}

/// The point that reaches the goal most often.
pub(super) fn best<'a>(points: &[&'a SweepPoint]) -> Option<(&'a SweepPoint, f64)> {
    known(points).max_by(|a, b| a.1.total_cmp(&b.1))
}

/// The point from which on, or (true) up to which, the goal is reached reliably; of values that are words the best.
pub(super) fn reliable<'a>(
    swept: &Swept,
    points: &[&'a SweepPoint],
) -> (Option<(&'a SweepPoint, f64)>, bool) {
    let words = swept.is_words();
    // Values may have been asked for in any order: 5 hours, 4 hours, 30 minutes.
    let mut points = points.to_vec();
    let place = |point: &SweepPoint| swept.place(&point.value).unwrap_or(f64::INFINITY);
    points.sort_by(|a, b| place(a).total_cmp(&place(b)));
    let points = points.as_slice();
    let reliable = |(_, holds): &(&SweepPoint, f64)| *holds >= HOLDS_FROM;
    // words have no "from here on": the best of them is the answer
    let holds = if words { best(points).filter(reliable) } else { known(points).find(reliable) };
    // where larger values are harder, the answer is how far it still holds
    let falls = !words
        && known(points).next().is_some_and(|first| reliable(&first))
        && known(points).next_back().is_some_and(|last| !reliable(&last));
    if falls { (known(points).take_while(reliable).last(), true) } else { (holds, false) }
}

/// Places of the points that the page recommends: of each line that from which on, or up to which, the goal is reached reliably.
pub fn recommended(page: &SweepPage<'_>) -> Vec<usize> {
    let swept = page.swept();
    let lines = lines(page.points);
    let found = lines.iter().filter_map(|(_, points)| reliable(&swept, points).0);
    found.filter_map(|(point, _)| page.points.iter().position(|other| std::ptr::eq(other, point))).collect()
}
