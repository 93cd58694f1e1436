//! A source's rate over a cycle of any length: steps of equal length, or straight lines between points.

use super::frame::{Frame, monday_of};
use super::view::{Desk, View};
use crate::model::{RateCycle, RatePart};
use crate::scenario::value;
use crate::time::Span;

/// Shorter steps would cost more than the leads they bring.
const SHORTEST: Span = Span::minutes(1);

/// Most steps or points of a cycle.
const MOST_PARTS: usize = 10_000;

/// The cycle of `[sources.NAME.rate]`.
pub(super) fn cycle(desk: &mut Desk<'_>, view: &View<'_>, frame: &Frame) -> Option<RateCycle> {
    let length = view.span("every")?;
    let steps = view.list("per_hour", |node| value::number_between(node, 0.0, 1e9));
    let points = view.read("points", value::rate_points).unwrap_or_default();
    let count = steps.len().max(points.len());
    if count == 0 {
        let help = "write per_hour = [20, 45, 60, 50], or points = [[\"0h\", 20], [\"6h\", 32]]";
        desk.report(view, "nothing says how many leads this cycle brings", help);
        return None;
    }
    if count > MOST_PARTS || length.micros() < SHORTEST.micros() * count as i64 {
        desk.report(view, "the steps are shorter than a minute", "write fewer of them, or a longer cycle");
        return None;
    }
    if points.last().is_some_and(|(at, _)| *at >= length) {
        let help = "leave the end out: it is joined to the first point of the next cycle";
        desk.report(view, "a point lies at or behind the end of the cycle", help);
        return None;
    }
    let parts = if points.is_empty() { in_steps(&steps, length) } else { between(&points, length) };
    let horizon = &frame.horizon;
    let from = monday_of(horizon.zone.local(horizon.start).date());
    Some(RateCycle { from, length, parts })
}

fn in_steps(steps: &[f64], length: Span) -> Vec<RatePart> {
    let count = steps.len() as i64;
    // Multiplied first, so that the last step ends with the cycle whatever the remainder.
    let at = |step: i64| {
        Span::from_micros(length.micros() / count * step + length.micros() % count * step / count)
    };
    let part = |(step, rate): (usize, &f64)| {
        let step = step as i64;
        RatePart { starts: at(step), ends: at(step + 1), first: *rate, last: *rate }
    };
    steps.iter().enumerate().map(part).collect()
}

/// Straight lines from point to point, and around the end of the cycle to the first again.
fn between(points: &[(Span, f64)], length: Span) -> Vec<RatePart> {
    let (first, last) = (points[0], points[points.len() - 1]);
    let around = RatePart { starts: last.0, ends: length + first.0, first: last.1, last: first.1 };
    let at_the_end = around.rate_at(length);
    let mut parts = Vec::with_capacity(points.len() + 1);
    if first.0 > Span::ZERO {
        parts.push(RatePart { starts: Span::ZERO, ends: first.0, first: at_the_end, last: first.1 });
    }
    let lines = points.windows(2);
    parts.extend(lines.map(|pair| RatePart {
        starts: pair[0].0,
        ends: pair[1].0,
        first: pair[0].1,
        last: pair[1].1,
    }));
    parts.push(RatePart { starts: last.0, ends: length, first: last.1, last: at_the_end });
    parts
}
