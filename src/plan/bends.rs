//! Where a curve of measured points deserves more of them: where it bends more than its errors explain, and where it crosses what is wanted.

use crate::stats::Estimate;

/// A point of a curve: where it lies, and how high, with its error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Knot {
    /// Where it lies along the axis.
    pub at: f64,
    /// How high.
    pub value: f64,
    /// Half-width of its interval.
    pub error: f64,
}

impl Knot {
    /// Of an estimate with an interval; none without.
    pub fn of(at: f64, estimate: Option<Estimate>) -> Option<Self> {
        let estimate = estimate?;
        Some(Knot { at, value: estimate.value, error: estimate.half_width()? })
    }
}

/// How far the middle one of three points lies off the straight line between its neighbours, in half-widths of that distance: above 1 the
/// bend is more than chance. Divided second difference; the points are taken as independent, which with shared luck reckons too much error.
pub(super) fn bend(before: Knot, here: Knot, after: Knot) -> f64 {
    let span = after.at - before.at;
    if span <= 0.0 {
        return 0.0;
    }
    let (first, last) = ((after.at - here.at) / span, (here.at - before.at) / span);
    let off = here.value - first * before.value - last * after.value;
    let error = here.error.hypot((first * before.error).hypot(last * after.error));
    if off == 0.0 { 0.0 } else { off.abs() / error.max(f64::MIN_POSITIVE) }
}

/// Bends of a curve by place, none at its ends.
pub(super) fn bends(knots: &[Option<Knot>]) -> Vec<f64> {
    let mut bends = vec![0.0; knots.len()];
    for (place, three) in knots.windows(3).enumerate() {
        if let [Some(before), Some(here), Some(after)] = three {
            bends[place + 1] = bend(*before, *here, *after);
        }
    }
    bends
}

/// Places behind which the curve goes over to the other side of what is wanted.
pub(super) fn crossings(values: &[Option<f64>], wanted: f64) -> Vec<usize> {
    let side = |value: &Option<f64>| value.map(|value| value >= wanted);
    let pairs = values.windows(2).enumerate();
    let crossing = |(_, pair): &(usize, &[Option<f64>])| match (side(&pair[0]), side(&pair[1])) {
        (Some(one), Some(other)) => one != other,
        _ => false,
    };
    pairs.filter(crossing).map(|(place, _)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knot(at: f64, value: f64) -> Option<Knot> {
        Some(Knot { at, value, error: 0.03 })
    }

    #[test]
    fn a_straight_line_has_no_bend_and_a_knee_has_one() {
        let line: Vec<_> = (0..5).map(|n| knot(f64::from(n), 0.1 * f64::from(n))).collect();
        assert!(bends(&line).iter().all(|bend| *bend < 1e-9));
        let knee = [knot(0.0, 0.0), knot(1.0, 0.0), knot(3.0, 0.8), knot(4.0, 0.9)];
        let found = bends(&knee);
        assert_eq!((found[0], found[3]), (0.0, 0.0));
        // a third of the way from 0 to 0.8 lies 0.267 above; its error is 0.03 √(1 + 4/9 + 1/9)
        let expected = (0.8 / 3.0) / (0.03 * (1.0_f64 + 4.0 / 9.0 + 1.0 / 9.0).sqrt());
        assert!((found[1] - expected).abs() < 1e-9 && found[2] > 1.0, "{found:?}");
        assert_eq!(bends(&[knot(0.0, 0.0), None, knot(2.0, 1.0)]), [0.0; 3]);
    }

    #[test]
    fn crossings_lie_between_the_two_sides() {
        let values = [Some(0.2), Some(0.91), Some(0.89), None, Some(0.95)];
        assert_eq!(crossings(&values, 0.9), [0, 1]);
    }
}
