//! Charts along an axis: response times, week by week, the capacity curve; and the hours of the week as a heat map.

use super::chart::{
    Axis, Figures, GREY, Heat, INK, Key, Line, Lines, Mark, Panel, Plot, Point, Stroke, Swatch,
};
use super::from_picture::{ends, known, share_tip, trial};
use crate::report::plot::{
    ByWeek, CapacityCurve, CapacityPoint, Clock, HeatMap, HeatPanel, ResponseCurve, ResponseTimes, Span,
};
use crate::report::wording::{goal, percent, plain, waiting};

/// Places along the time axis at which every curve is read, so that one tooltip tells them all.
const READINGS: usize = 56;
/// Names along the time axis, in minutes.
pub(super) const TIMES: [(f64, &str); 10] = [
    (0.25, "15 s"),
    (1.0, "1 min"),
    (5.0, "5 min"),
    (15.0, "15 min"),
    (60.0, "1 h"),
    (240.0, "4 h"),
    (1440.0, "1 day"),
    (4320.0, "3 days"),
    (10_080.0, "1 week"),
    (40_320.0, "4 weeks"),
];

/// Share answered within so many minutes, between the points of a curve as it is drawn.
fn read(points: &[(f64, f64)], minutes: f64) -> Option<f64> {
    let after = points.iter().position(|(at, _)| *at >= minutes);
    match after {
        None => points.last().map(|point| point.1),
        Some(0) => (points[0].0 == minutes).then_some(points[0].1),
        Some(place) => {
            let (before, after) = (points[place - 1], points[place]);
            // times are on a logarithmic axis, and so is the line between two of them
            let along = |at: f64| at.max(1e-3).ln();
            let step = along(after.0) - along(before.0);
            let part = if step > 0.0 { (along(minutes) - along(before.0)) / step } else { 1.0 };
            Some(before.1 + (after.1 - before.1) * part)
        }
    }
}

/// From the minute in which something happens to the last moment at which it does.
fn range(curves: &[Vec<(f64, f64)>]) -> (f64, f64) {
    let moving = |points: &Vec<(f64, f64)>| {
        let most = points.last().map_or(0.0, |point| point.1);
        points.iter().find(|(_, share)| *share >= most - 0.002).map_or(1.0, |(at, _)| *at)
    };
    let high = curves.iter().map(moving).fold(5.0, f64::max);
    let early = |points: &Vec<(f64, f64)>| points.iter().any(|(at, share)| *at < 1.0 && *share > 0.1);
    (if curves.iter().any(early) { 0.25 } else { 1.0 }, high)
}

/// How long leads wait for the first attempt.
pub(super) fn response_times(input: &ResponseTimes) -> Panel {
    let sorted = |curve: &ResponseCurve| {
        let mut points = curve.points.clone();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        points
    };
    let curves: Vec<Vec<(f64, f64)>> = input.curves.iter().map(sorted).collect();
    let (low, high) = range(&curves);
    let targets: Vec<&crate::report::plot::CurveTarget> =
        input.curves.iter().flat_map(|curve| &curve.targets).filter(|target| target.minutes > 0.0).collect();
    let high = targets.iter().map(|target| target.minutes).fold(high, f64::max);
    let step = (high / low).ln() / (READINGS - 1) as f64;
    let mut places: Vec<f64> = (0..READINGS).map(|n| low * (step * n as f64).exp()).collect();
    places.extend(targets.iter().map(|target| target.minutes).filter(|at| *at > low));
    places.sort_by(f64::total_cmp);
    places.dedup();
    let series = input.curves.iter().zip(&curves).map(|(curve, points)| Line {
        name: curve.label.clone(),
        colour: curve.tier % GREY,
        stroke: if curve.clock == Clock::Agreement { Stroke::Plain } else { Stroke::Broken },
        points: places
            .iter()
            .map(|at| {
                let value = read(points, *at);
                let tip = value.map_or(String::new(), |share| format!("{} %", percent(share)));
                Point { at: *at, value, tip, ..Point::default() }
            })
            .collect(),
    });
    let series: Vec<Line> = series.collect();
    let within = places.iter().map(|at| format!("within {}", plain(&waiting(*at)))).collect();
    let uprights = input.curves.iter().flat_map(|curve| {
        curve.targets.iter().filter(|target| target.minutes > 0.0).map(|target| Mark {
            at: target.minutes,
            name: format!(
                "target {}",
                target.words.clone().unwrap_or_else(|| plain(&waiting(target.minutes)))
            ),
            colour: curve.tier % GREY,
        })
    });
    let key = |curve: &ResponseCurve| {
        let swatch = if curve.clock == Clock::Agreement { Swatch::Line } else { Swatch::Dashed };
        Key::new(swatch, curve.tier % GREY, curve.label.clone())
    };
    let ticks = TIMES.iter().filter(|(at, _)| (low..=high).contains(at));
    let ticks = ticks.map(|(at, name)| (*at, (*name).to_owned()));
    Panel {
        title: "Leads that got their first attempt, share of the tier".into(),
        keys: input.curves.iter().map(key).collect(),
        plot: Plot::Lines(Lines {
            across: Axis {
                title: "Time waited for the first attempt (logarithmic)".into(),
                logarithmic: true,
                low: Some(low),
                high: Some(high),
                ticks: ticks.collect(),
                ..Axis::default()
            },
            up: Axis::share(""),
            places: within,
            series,
            levels: Vec::new(),
            uprights: uprights.collect(),
        }),
    }
}

fn level(share: Option<f64>, own: bool) -> Vec<Mark> {
    let star = if own { "*" } else { "" };
    let mark = |share| Mark { at: share, name: format!("goal {}{star}", plain(&goal(share))), colour: INK };
    known(share).map(mark).into_iter().collect()
}

fn band_keys(typical: &str) -> Vec<Key> {
    vec![
        Key::new(Swatch::Interval, GREY, "confidence interval of the figure"),
        Key::new(Swatch::Typical, GREY, format!("typical {typical} (8 of 10)")),
    ]
}

/// A promise week by week.
pub(super) fn by_week(input: &ByWeek) -> Panel {
    let point = |(place, week): (usize, &crate::report::plot::WeekPoint)| Point {
        at: place as f64,
        value: known(week.kept),
        interval: ends(week.interval),
        typical: ends(week.typical),
        tip: format!(
            "Week of {}: {}",
            week.start,
            share_tip(week.kept, week.interval, week.typical.map(|span| (span, "range")))
        ),
        ..Point::default()
    };
    let ticks = input.weeks.iter().enumerate().map(|(place, week)| (place as f64, week.start.clone()));
    let last = input.weeks.len().saturating_sub(1) as f64;
    Panel {
        title: input.measure.clone(),
        keys: band_keys("week"),
        plot: Plot::Lines(Lines {
            across: Axis {
                title: "Week starting".into(),
                low: Some(-0.4),
                high: Some(last + 0.4),
                ticks: ticks.collect(),
                ..Axis::default()
            },
            up: Axis::share(""),
            places: Vec::new(),
            series: vec![Line {
                name: input.measure.clone(),
                colour: 0,
                stroke: Stroke::Dotted,
                points: input.weeks.iter().enumerate().map(point).collect(),
            }],
            levels: level(input.goal, input.own_goal),
            uprights: Vec::new(),
        }),
    }
}

/// A value, its confidence interval, and the typical range of one trial.
type Figure = (Option<f64>, Option<Span>, Option<Span>);

/// What one figure of a capacity curve is read from.
struct Read<'a> {
    title: String,
    up: Axis,
    value: &'a dyn Fn(&CapacityPoint) -> Figure,
    tip: &'a dyn Fn(&CapacityPoint) -> String,
    levels: Vec<Mark>,
}

/// How often the promise is kept at each value, how many trials reach the goal, and what it brings.
pub(super) fn capacity_curve(input: &CapacityCurve) -> Vec<Panel> {
    let trial = trial(&input.words);
    let kept = Read {
        title: input.measure.clone(),
        up: Axis::share(""),
        value: &|point| (point.kept, point.interval, point.typical),
        tip: &|point| share_tip(point.kept, point.interval, point.typical.map(|span| (span, trial))),
        levels: level(input.goal, input.own_goal),
    };
    let holds = Read {
        title: format!("Share of {trial}s that reach the goal"),
        up: Axis::share(""),
        value: &|point| (point.holds, point.holds_interval, None),
        tip: &|point| format!("{} of {trial}s", share_tip(point.holds, point.holds_interval, None)),
        levels: Vec::new(),
    };
    let counts = input.series.iter().flat_map(|series| &series.points);
    let least = counts.filter_map(|point| known(point.opportunities)).fold(f64::INFINITY, f64::min);
    // the axis begins where the numbers do, and says so
    let cut = if least.is_finite() && least > 0.0 { " (axis cut)" } else { "" };
    let brings = Read {
        title: format!("Opportunities per {trial}{cut}"),
        up: Axis::of("", Figures::Count),
        value: &|point| (point.opportunities, point.opportunities_interval, None),
        tip: &|point| {
            let ends = ends(point.opportunities_interval)
                .map_or(" (no interval)".into(), |(low, high)| format!(" (interval {low:.1}–{high:.1})"));
            known(point.opportunities).map_or("no figure".into(), |n| format!("{n:.1}{ends} opportunities"))
        },
        levels: Vec::new(),
    };
    let has = |read: &Read<'_>| {
        let points = input.series.iter().flat_map(|series| &series.points);
        points.map(|point| (read.value)(point).0).any(|value| known(value).is_some())
    };
    [kept, holds, brings].into_iter().filter(has).map(|read| capacity_panel(input, read)).collect()
}

fn capacity_panel(input: &CapacityCurve, read: Read<'_>) -> Panel {
    let across = match (input.across.is_empty(), input.group.is_empty()) {
        (false, _) => input.across.clone(),
        (true, true) => "Team size (reps)".into(),
        (true, false) => format!("People in {}", input.group),
    };
    let places = input.series.iter().flat_map(|series| series.points.iter().map(|point| point.reps));
    let (least, most) =
        places.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at), high.max(at)));
    let margin = if input.words_across { 0.4 } else { ((most - least) * 0.04).max(f64::EPSILON) };
    let name_of = |at: f64| {
        let tick = input.ticks.iter().find(|(place, _)| *place == at).map(|(_, name)| name.clone());
        tick.unwrap_or_else(|| format!("{at}"))
    };
    let mut points: Vec<f64> = input.series.iter().flat_map(|s| s.points.iter().map(|p| p.reps)).collect();
    points.sort_by(f64::total_cmp);
    points.dedup();
    let line = |(place, series): (usize, &crate::report::plot::CapacitySeries)| Line {
        name: series.label.clone(),
        colour: place % GREY,
        stroke: Stroke::Dotted,
        points: series
            .points
            .iter()
            .map(|point| {
                let (value, interval, typical) = (read.value)(point);
                let tip = format!("{}, at {}: {}", series.label, name_of(point.reps), (read.tip)(point));
                Point {
                    at: point.reps,
                    value: known(value),
                    interval: ends(interval),
                    typical: ends(typical),
                    tip,
                    ..Point::default()
                }
            })
            .collect(),
    };
    let mut keys: Vec<Key> = input
        .series
        .iter()
        .enumerate()
        .map(|(place, series)| Key::new(Swatch::Line, place % GREY, series.label.clone()))
        .collect();
    if !read.levels.is_empty() {
        keys.extend(band_keys(trial(&input.words)));
    }
    let today = input.current_reps.filter(|at| *at >= least && *at <= most).map(|at| Mark {
        at,
        name: format!("today: {}", name_of(at)),
        colour: GREY,
    });
    Panel {
        title: read.title,
        keys,
        plot: Plot::Lines(Lines {
            across: Axis {
                title: across,
                low: Some(least - margin),
                high: Some(most + margin),
                ticks: points.iter().map(|at| (*at, name_of(*at))).collect(),
                ..Axis::default()
            },
            up: read.up,
            places: Vec::new(),
            series: input.series.iter().enumerate().map(line).collect(),
            levels: read.levels,
            uprights: today.into_iter().collect(),
        }),
    }
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// When leads come and when reps are there.
pub(super) fn heat_map(input: &HeatMap) -> Vec<Panel> {
    input.panels.iter().enumerate().map(heat_panel).collect()
}

fn heat_panel((place, heat): (usize, &HeatPanel)) -> Panel {
    let cells: Vec<Option<f64>> = heat.cells.iter().flatten().map(|cell| known(*cell)).collect();
    let top = known(heat.cap).unwrap_or_else(|| cells.iter().flatten().copied().fold(0.0, f64::max));
    let tip = |cell: &Option<f64>| cell.map_or("–".into(), |value| format!("{value:.2}"));
    Panel {
        title: heat.title.clone(),
        keys: vec![Key::new(Swatch::Ramp, place % 2, format!("0 to {} {}", two_digits(top), heat.unit))],
        plot: Plot::Heat(Heat {
            columns: (0..24).map(|hour| format!("{hour:02}")).collect(),
            rows: DAYS.map(str::to_owned).to_vec(),
            ramp: place,
            top,
            tips: cells.iter().map(tip).collect(),
            hourly: heat.unit.clone(),
            down: String::new(),
            cells,
            ..Heat::default()
        }),
    }
}

/// The largest value of a legend: two decimals below ten.
fn two_digits(value: f64) -> String {
    if value < 10.0 { format!("{value:.2}") } else { format!("{value:.0}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_read_between_its_points_as_it_is_drawn() {
        let points = [(1.0, 0.1), (100.0, 0.5)];
        assert_eq!(read(&points, 0.5), None);
        assert_eq!(read(&points, 1.0), Some(0.1));
        assert!((read(&points, 10.0).unwrap() - 0.3).abs() < 1e-12);
        assert_eq!(read(&points, 1e6), Some(0.5));
    }
}
