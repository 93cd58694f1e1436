//! Where more leads stop helping, and which volume reaches the goal, read off volumes played side by side.

use super::paper::COVERAGE;
use super::reaching::Reaching;
use super::team::{Judge, Played};
use crate::stats::{Estimate, Method, mean, paired};

/// Beyond which volume more MQLs lower the opportunities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Turning {
    /// The most opportunities come at this volume; at the largest volume played there are fewer, beyond chance.
    Turns {
        /// MQLs a trial at which the mean is largest.
        at: f64,
        /// The largest volume played below all that may be the best.
        low: f64,
        /// The smallest volume played above all that may be.
        high: f64,
    },
    /// The largest volume played brings more than all others, beyond chance.
    Rises {
        /// MQLs a trial at the largest volume.
        up_to: f64,
    },
    /// The largest volume played may be the best, and so may others.
    CannotTell {
        /// Fewest MQLs that may be the best volume.
        from: f64,
        /// MQLs a trial at the largest volume.
        up_to: f64,
    },
}

/// How many MQLs reach the goal with the wanted probability.
#[derive(Debug, Clone, PartialEq)]
pub enum Needed {
    /// So many a trial.
    Leads {
        /// The number.
        leads: f64,
        /// Lower end of its interval; `None` if below the smallest volume played.
        low: Option<f64>,
        /// Upper end; `None` if above the largest.
        high: Option<f64>,
    },
    /// The smallest volume played, of so many MQLs, is enough.
    AtMost {
        /// MQLs a trial there.
        leads: f64,
    },
    /// No volume played is enough.
    NotReached {
        /// The best probability of them.
        best: Estimate,
        /// MQLs a trial there.
        at: f64,
        /// Whether more leads beyond those played cannot help: the opportunities have turned, or stand still.
        never: bool,
    },
}

/// One headcount at one volume, in figures.
#[derive(Debug, Clone, PartialEq)]
pub struct VolumePoint {
    /// How many times today's volume.
    pub times: f64,
    /// Mean MQLs a trial.
    pub leads: f64,
    /// Trials.
    pub trials: u64,
    /// Opportunities a trial.
    pub opportunities: Estimate,
    /// Their typical range in one trial, drawn.
    pub opportunities_typical: Option<(f64, f64)>,
    /// Opportunities an MQL.
    pub rate: Estimate,
    /// The probability to reach the goal, everything left to chance.
    pub chance: Estimate,
    /// Typical range of pipeline over bookings.
    pub coverage_typical: Option<(f64, f64)>,
    /// Share of trials with [`COVERAGE`] or more.
    pub covered: Estimate,
    /// Opportunities that a hundred more MQLs bring, on the way to the next volume played; none at the last.
    pub gain: Option<Estimate>,
}

/// One headcount at several volumes.
#[derive(Debug, Clone)]
pub struct Line {
    /// Reps in the team.
    pub reps: u64,
    /// What was played, by rising volume.
    pub played: Vec<Played>,
    /// The same in figures.
    pub points: Vec<VolumePoint>,
    /// By volume, the probability that each trial reaches the goal.
    pub chances: Vec<Vec<f64>>,
    /// Whether some volume played reaches the goal with the wanted probability, as far as the trials can tell.
    pub reaching: Reaching,
    /// How many MQLs are needed.
    pub needed: Needed,
    /// Where more no longer help.
    pub turning: Turning,
    /// MQLs a trial from which on more of them bring less than half of what they bring at the smallest volumes, beyond chance.
    pub half_from: Option<f64>,
}

impl Line {
    /// Reads the answers off volumes in rising order (at least one).
    pub fn of(reps: u64, played: Vec<Played>, judge: &Judge, wanted: f64) -> Line {
        let gains = gains(&played, judge.level);
        let by_trial: Vec<Vec<f64>> = played.iter().map(|played| judge.by_trial(played)).collect();
        let point = |(place, played): (usize, &Played)| {
            let (coverage_typical, covered) = played.coverage(judge.bookings, COVERAGE, judge.level);
            VolumePoint {
                times: played.times,
                leads: played.leads(),
                trials: played.trials(),
                opportunities: played.mean_opportunities(judge.level),
                opportunities_typical: Played::typical(&played.opportunities),
                rate: played.rate(judge.level),
                chance: judge.over(&by_trial[place]),
                coverage_typical,
                covered,
                gain: gains.get(place).copied(),
            }
        };
        let points: Vec<VolumePoint> = played.iter().enumerate().map(point).collect();
        let chances: Vec<Estimate> = points.iter().map(|point| point.chance).collect();
        let turning = turning(&played, judge.level);
        let needed = needed(&played, &chances, wanted, turning);
        let half_from = half_from(&points);
        let reaching = Reaching::of(&chances, wanted);
        Line { reps, played, points, chances: by_trial, reaching, needed, turning, half_from }
    }
}

/// The first volume of the first step whose gain lies below half of the first step's, its whole interval below the whole other one's half.
fn half_from(points: &[VolumePoint]) -> Option<f64> {
    let most = points.first()?.gain?.low? / 2.0;
    points
        .iter()
        .find(|point| point.gain.and_then(|gain| gain.high).is_some_and(|high| high < most))
        .map(|p| p.leads)
}

/// Opportunities that a hundred more MQLs brought between neighbouring volumes: opportunities more over MQLs more of the same trials, as a ratio
/// of sums whose terms are paired trial by trial (Cochran 1977, §6.4).
fn gains(played: &[Played], level: f64) -> Vec<Estimate> {
    played.windows(2).map(|pair| gain(&pair[0], &pair[1], level)).collect()
}

fn gain(one: &Played, other: &Played, level: f64) -> Estimate {
    let opportunities = one.expected.iter().zip(&other.expected).map(|(one, other)| other - one);
    let leads = one.mqls.iter().zip(&other.mqls).map(|(one, other)| other - one);
    let more: Vec<(f64, f64)> = opportunities.zip(leads).collect();
    let trials = more.len() as u64;
    let Some((ratio, parts)) = paired::linearised(&more) else {
        return Estimate::unknown(level, Method::PairedT, trials);
    };
    let value = 100.0 * ratio;
    match mean::mean(&parts, level).half_width().map(|half| 100.0 * half) {
        Some(half) => {
            Estimate::with_interval(value, (value - half, value + half), level, Method::PairedT, trials)
        }
        None => Estimate::bare(value, level, Method::PairedT, trials),
    }
}

/// Opportunities of the second minus those of the first, on the trials that both played.
fn more_opportunities(one: &Played, other: &Played, level: f64) -> Estimate {
    let trials = one.expected.len().min(other.expected.len());
    paired::means(&one.expected[..trials], &other.expected[..trials], level)
        .expect("both lists were cut to one length")
}

/// Compares every volume with the best one on the same trials (multiple comparisons with the best, Hsu 1984, by Bonferroni's
/// bound): a volume stays a candidate unless it brings fewer opportunities beyond chance.
pub(super) fn turning(points: &[Played], level: f64) -> Turning {
    let last = points.len() - 1;
    let leads: Vec<f64> = points.iter().map(Played::leads).collect();
    let best = (0..points.len())
        .max_by(|a, b| mean::average(&points[*a].expected).total_cmp(&mean::average(&points[*b].expected)))
        .unwrap_or(last);
    let each = 1.0 - (1.0 - level) / (last.max(1) as f64);
    let may_be_best = |place: &usize| {
        let behind = more_opportunities(&points[*place], &points[best], each);
        *place == best || behind.low.is_none_or(|low| low <= 0.0)
    };
    let candidates: Vec<usize> = (0..points.len()).filter(may_be_best).collect();
    let (first, final_one) = (candidates[0], candidates[candidates.len() - 1]);
    if final_one < last {
        // between volumes nothing was played: the best lies somewhere between the neighbours of the candidates
        Turning::Turns { at: leads[best], low: leads[first.saturating_sub(1)], high: leads[final_one + 1] }
    } else if first == last && last > 0 {
        Turning::Rises { up_to: leads[last] }
    } else {
        Turning::CannotTell { from: leads[first], up_to: leads[last] }
    }
}

/// The least volume with the wanted probability, between neighbours along a straight line.
fn needed(points: &[Played], chances: &[Estimate], wanted: f64, turning: Turning) -> Needed {
    let leads: Vec<f64> = points.iter().map(Played::leads).collect();
    let of = |value: fn(&Estimate) -> f64| {
        crossing(&leads, &chances.iter().map(value).collect::<Vec<f64>>(), wanted)
    };
    match of(|chance| chance.value) {
        Crossing::Before if chances[0].low.is_none_or(|low| low >= wanted) => {
            Needed::AtMost { leads: leads[0] }
        }
        Crossing::Before => {
            Needed::Leads { leads: leads[0], low: None, high: of(|chance| chance.low.unwrap_or(0.0)).place() }
        }
        Crossing::At(found) => Needed::Leads {
            leads: found,
            low: of(|chance| chance.high.unwrap_or(1.0)).place(),
            high: of(|chance| chance.low.unwrap_or(0.0)).place(),
        },
        Crossing::Never => {
            let best = (0..points.len())
                .max_by(|a, b| chances[*a].value.total_cmp(&chances[*b].value))
                .expect("a line has a point");
            let possible = chances.iter().any(|chance| chance.high.is_none_or(|high| high >= wanted));
            // Only where opportunities surely fall again does a volume not played bring no more.
            let never = !possible && matches!(turning, Turning::Turns { .. }) && points.len() > 2;
            Needed::NotReached { best: chances[best], at: leads[best], never }
        }
    }
}

enum Crossing {
    Before,
    At(f64),
    Never,
}

impl Crossing {
    fn place(self) -> Option<f64> {
        match self {
            Crossing::At(place) => Some(place),
            _ => None,
        }
    }
}

/// Where values first reach `wanted`, between neighbours along a straight line.
fn crossing(places: &[f64], values: &[f64], wanted: f64) -> Crossing {
    match values.iter().position(|value| *value >= wanted) {
        None => Crossing::Never,
        Some(0) => Crossing::Before,
        Some(after) => {
            let (x0, x1) = (places[after - 1], places[after]);
            let (y0, y1) = (values[after - 1], values[after]);
            Crossing::At(x0 + (x1 - x0) * (wanted - y0) / (y1 - y0))
        }
    }
}

/// Between which two neighbours, by place, the wanted probability is first reached, and at which times of today's volume by a straight line.
pub(super) fn bracket(points: &[Played], chances: &[f64], wanted: f64) -> Option<f64> {
    let times: Vec<f64> = points.iter().map(|point| point.times).collect();
    crossing(&times, chances, wanted).place()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn played(times: f64, opportunities: &[f64]) -> Played {
        let n = opportunities.len();
        Played {
            times,
            mqls: vec![100.0 * times; n],
            held: opportunities.iter().map(|x| 2.0 * x).collect(),
            expected: opportunities.to_vec(),
            opportunities: opportunities.to_vec(),
            pipeline: opportunities.iter().map(|x| 40e3 * x).collect(),
        }
    }

    /// Common luck of ten trials, so that differences are known exactly but for a little.
    fn with_luck(mean: f64) -> Vec<f64> {
        (0..30).map(|n| mean + f64::from(n % 10) + if n % 3 == 0 { 0.1 } else { -0.05 }).collect()
    }

    #[test]
    fn a_volume_that_brings_fewer_is_told_from_noise() {
        let rising =
            [played(1.0, &with_luck(20.0)), played(2.0, &with_luck(30.0)), played(3.0, &with_luck(35.0))];
        assert_eq!(turning(&rising, 0.95), Turning::Rises { up_to: 300.0 });
        let falling =
            [played(1.0, &with_luck(20.0)), played(2.0, &with_luck(30.0)), played(3.0, &with_luck(25.0))];
        assert_eq!(turning(&falling, 0.95), Turning::Turns { at: 200.0, low: 100.0, high: 300.0 });
        let noisy: Vec<f64> = (0..30).map(|n| 30.0 + f64::from(n * 7 % 11)).collect();
        let flat = [played(1.0, &with_luck(20.0)), played(2.0, &noisy), played(3.0, &with_luck(30.0))];
        assert_eq!(turning(&flat, 0.95), Turning::CannotTell { from: 200.0, up_to: 300.0 });
    }

    #[test]
    fn the_needed_volume_lies_between_its_neighbours() {
        let points =
            vec![played(1.0, &with_luck(20.0)), played(2.0, &with_luck(60.0)), played(3.0, &with_luck(70.0))];
        let judge = Judge::new(50.0, 0.8, 0.25, None, 500e3, 0.95);
        let line = Line::of(6, points.clone(), &judge, 0.8);
        let Needed::Leads { leads, low: Some(low), high: Some(high) } = line.needed else {
            panic!("{:?}", line.needed)
        };
        assert!(100.0 < low && low <= leads && leads <= high && high < 300.0, "{low} {leads} {high}");
        let line = Line::of(6, points[..1].to_vec(), &judge, 0.8);
        assert!(
            matches!(line.needed, Needed::NotReached { never: false, at: 100.0, .. }),
            "{:?}",
            line.needed
        );
        let line = Line::of(6, points[2..].to_vec(), &judge, 0.5);
        assert_eq!(line.needed, Needed::AtMost { leads: 300.0 });
        let line = Line::of(6, points, &judge, 0.8);
        let gains: Vec<f64> = line.points.iter().filter_map(|point| Some(point.gain?.value)).collect();
        assert!((gains[0] - 40.0).abs() < 1e-9 && (gains[1] - 10.0).abs() < 1e-9 && gains.len() == 2);
        assert_eq!(line.half_from, Some(200.0), "10 is less than half of 40");
        // 60 and more deals of $40K are more than three times $500K
        assert!(line.points[1].covered.value == 1.0 && line.points[0].covered.value < 1.0);
    }

    /// One hundred and twenty trials whose MQLs swing by a fifth, at one opportunity for each five of them at both volumes: a hundred more bring exactly
    /// twenty, though the opportunities more swing as the MQLs do.
    #[test]
    fn what_more_leads_bring_is_a_ratio_of_the_same_trials() {
        let swing = |times: f64| -> Played {
            let mqls: Vec<f64> = (0..120).map(|n| times * (80.0 + f64::from(n * 37 % 41))).collect();
            let bring: Vec<f64> = mqls.iter().map(|mqls| mqls / 5.0).collect();
            Played { mqls, ..played(times, &bring) }
        };
        let (one, two) = (swing(1.0), swing(2.0).first(60));
        let found = gain(&one, &two, 0.95);
        let half = found.half_width().expect("many trials");
        assert!((found.value - 20.0).abs() < 1e-9 && half < 1e-6, "{found:?}");
    }
}
