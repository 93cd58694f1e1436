//! What the volumes played say: where the agreement breaks, how sure that is, and whether it holds again beyond.

use super::readings::{Measure, Side, side};
use super::stress::{Break, Stress, Stretch, VolumePoint};

/// Volumes that are all looked at before any break is sought: one break is not taken for granted.
pub(super) const LADDER: [f64; 14] =
    [0.05, 0.1, 0.15, 0.25, 0.35, 0.5, 0.65, 0.8, 1.25, 1.5, 2.0, 3.0, 4.0, 6.0];

/// A crossing is known when its neighbours are this near, as a ratio.
pub(super) const NEAR: f64 = 1.04;

fn good(found: &Stress, point: &VolumePoint, measure: Measure, wanted: f64) -> bool {
    found.estimate(&point.readings, measure).value >= wanted
}

/// The side of every volume played, rising.
fn sides(found: &Stress, measure: Measure, wanted: f64) -> Vec<(f64, Side)> {
    let of = |point: &VolumePoint| (point.times, side(&found.estimate(&point.readings, measure), wanted));
    found.volumes.iter().map(of).collect()
}

/// The crossing that is nearest to today: neighbouring volumes of which the smaller is good and the larger is not; the first above today where
/// today is good, else the last below.
pub(super) fn bracket(found: &Stress, measure: Measure, wanted: f64) -> Option<(f64, f64)> {
    let is_good = |point: &VolumePoint| good(found, point, measure, wanted);
    let today = found.volumes.iter().find(|point| point.times == 1.0).is_some_and(is_good);
    let falls = |pair: &&[VolumePoint]| is_good(&pair[0]) && !is_good(&pair[1]);
    let crossing = match today {
        true => found.volumes.windows(2).find(|pair| pair[0].times >= 1.0 && falls(pair)),
        false => found.volumes.windows(2).rev().find(|pair| pair[1].times <= 1.0 && falls(pair)),
    }?;
    Some((crossing[0].times, crossing[1].times))
}

/// Stretches of volumes surely on one side, rising; those that cannot be told lie between.
pub(super) fn stretches(found: &Stress, measure: Measure, wanted: f64) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for (times, side) in sides(found, measure, wanted) {
        match stretches.last_mut() {
            _ if side == Side::CannotTell => {}
            Some(last) if last.side == side => last.to = times,
            _ => stretches.push(Stretch { side, from: times, to: times }),
        }
    }
    stretches
}

/// Around a crossing: the largest volume up to which every one is surely good enough, or (above) the smallest from which on every one surely is
/// not; both as far as the next volume that is surely on the other side.
pub(super) fn surely(
    found: &Stress,
    measure: Measure,
    wanted: f64,
    (low, high): (f64, f64),
    above: bool,
) -> Option<f64> {
    let mut all = sides(found, measure, wanted);
    let (mine, other) = if above { (Side::Breaks, Side::Holds) } else { (Side::Holds, Side::Breaks) };
    // from the far end of this side towards the crossing
    if above {
        all.retain(|(times, _)| *times >= high);
        all.reverse();
    } else {
        all.retain(|(times, _)| *times <= low);
    }
    let beyond = all.iter().rposition(|(_, side)| *side == other);
    let begins = beyond.map_or(0, |place| {
        let unsure = all[place + 1..].iter().take_while(|(_, side)| *side == Side::CannotTell).count();
        place + 1 + unsure
    });
    all[begins..].iter().take_while(|(_, side)| *side == mine).last().map(|(times, _)| *times)
}

/// The crossing on the straight line between the two volumes around it.
pub(super) fn read_off(found: &Stress, measure: Measure, wanted: f64, (low, high): (f64, f64)) -> Break {
    let value = |times: f64| {
        let point = found.volumes.iter().find(|point| point.times == times).expect("it was played");
        found.estimate(&point.readings, measure).value
    };
    let (y0, y1) = (value(low), value(high));
    let part = if y0 > y1 { ((y0 - wanted) / (y0 - y1)).clamp(0.0, 1.0) } else { 0.5 };
    Break::At {
        at: low + part * (high - low),
        low: surely(found, measure, wanted, (low, high), false),
        high: surely(found, measure, wanted, (low, high), true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::readings::Readings;
    use crate::plan::stress::Wanted;

    /// Trials of which a share holds.
    fn held(share: f64) -> Readings {
        let trials = 400_usize;
        let holds = (share * trials as f64).round() as usize;
        Readings {
            held: (0..trials).map(|n| n < holds).collect(),
            kept: (0..trials).map(|n| (if n < holds { 19 } else { 10 }, 20)).collect(),
            opportunities: vec![1.0; trials],
            pipeline: vec![1.0; trials],
            won: vec![1.0; trials],
        }
    }

    fn found(points: &[(f64, f64)]) -> Stress {
        let volumes: Vec<VolumePoint> = points
            .iter()
            .map(|(times, share)| VolumePoint { times: *times, readings: held(*share) })
            .collect();
        Stress {
            wanted: Wanted { commitments: vec![0], probability: 0.9, campaign: 3.0, notices: Vec::new() },
            today: held(1.0),
            today_week: None,
            week: None,
            volumes,
            not_scalable: None,
            breaks: None,
            falls: None,
            stretches: Vec::new(),
            confirmed: Vec::new(),
            cases: Vec::new(),
            reps_out: None,
            reps_out_two_weeks: None,
            burst: None,
            level: 0.95,
            trials: 400,
            coarse: 100,
            played: 0,
            seed: 1,
            stopped: false,
        }
    }

    #[test]
    fn a_crossing_lies_between_its_neighbours_and_inside_what_is_sure() {
        let found = found(&[(0.8, 1.0), (1.0, 0.99), (1.2, 0.93), (1.4, 0.85), (1.6, 0.6)]);
        let around = bracket(&found, Measure::Holds, 0.9);
        assert_eq!(around, Some((1.2, 1.4)));
        let Break::At { at, low, high } = read_off(&found, Measure::Holds, 0.9, (1.2, 1.4)) else {
            panic!("there is a crossing")
        };
        assert!((at - (1.2 + 0.2 * 0.03 / 0.08)).abs() < 1e-9, "{at}");
        // 93 and 85 of 100 are within chance of 90 at the level of all intervals together
        assert_eq!((low, high), (Some(1.0), Some(1.6)));
        let sides: Vec<_> =
            stretches(&found, Measure::Holds, 0.9).iter().map(|s| (s.side, s.from, s.to)).collect();
        assert_eq!(sides, [(Side::Holds, 0.8, 1.0), (Side::Breaks, 1.6, 1.6)]);
    }

    /// A break above today and one below: the one above is told where today holds, with what is sure up to the other ones; and that it holds
    /// again.
    #[test]
    fn an_agreement_that_holds_again_beyond_its_break_is_seen() {
        let points = [
            (0.05, 0.5),
            (0.5, 0.9),
            (0.8, 1.0),
            (1.0, 1.0),
            (1.5, 0.5),
            (2.0, 0.6),
            (3.0, 0.91),
            (4.0, 1.0),
        ];
        let found = found(&points);
        let around = bracket(&found, Measure::Holds, 0.9);
        assert_eq!(around, Some((1.0, 1.5)));
        let Break::At { low, high, .. } = read_off(&found, Measure::Holds, 0.9, (1.0, 1.5)) else {
            panic!("there is a crossing")
        };
        assert_eq!((low, high), (Some(1.0), Some(1.5)));
        let sides: Vec<_> =
            stretches(&found, Measure::Holds, 0.9).iter().map(|s| (s.side, s.from, s.to)).collect();
        use Side::{Breaks, Holds};
        assert_eq!(sides, [(Breaks, 0.05, 0.05), (Holds, 0.8, 1.0), (Breaks, 1.5, 2.0), (Holds, 4.0, 4.0)]);
    }

    #[test]
    fn nothing_crosses_where_all_is_good_or_bad() {
        assert_eq!(bracket(&found(&[(1.0, 1.0), (6.0, 0.95)]), Measure::Holds, 0.9), None);
        assert_eq!(bracket(&found(&[(0.05, 0.2), (1.0, 0.0)]), Measure::Holds, 0.9), None);
    }
}
