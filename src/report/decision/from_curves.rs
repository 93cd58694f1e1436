//! Charts of curves over one input: how sure a promise is, and what a number of MQLs brings.

use super::chart::{Axis, Figures, GREY, INK, Key, Line, Lines, Mark, Panel, Plot, Point, Stroke, Swatch};
use super::from_bands::TIMES;
use super::from_picture::{ends, known, share_tip, trial};
use crate::report::plot::{ChanceCurve, ChanceSeries, VolumeCurves, VolumeLine};
use crate::report::wording::{goal, percent, plain, thousands, waiting};

/// The least and the most of these places.
fn range(places: impl Iterator<Item = f64>) -> (f64, f64) {
    let places = places.filter(|place| place.is_finite());
    let (low, high) =
        places.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at), high.max(at)));
    if low <= high { (low, high) } else { (0.0, 1.0) }
}

/// What a place along the axis is called.
fn place_name(input: &ChanceCurve, at: f64) -> String {
    let tick = input.ticks.iter().find(|(place, _)| (place - at).abs() < 1e-9);
    match tick {
        Some((_, name)) => name.clone(),
        None if input.factors => plain(&waiting(at)),
        None if !input.unit.is_empty() => format!("{} {}", (at * 100.0).round() / 100.0, plain(&input.unit)),
        None => format!("{at}"),
    }
}

/// Names along an axis of lengths of time: the usual ones, and more where these are few.
fn times(low: f64, high: f64) -> Vec<(f64, String)> {
    const MORE: [(f64, &str); 6] = [
        (10.0, "10 min"),
        (30.0, "30 min"),
        (120.0, "2 h"),
        (480.0, "8 h"),
        (720.0, "12 h"),
        (2880.0, "2 days"),
    ];
    let usual = TIMES.iter().filter(|(at, _)| (low..=high).contains(at));
    let mut named: Vec<(f64, &str)> = usual.copied().collect();
    if named.len() < 5 {
        named.extend(MORE.iter().filter(|(at, _)| (low..=high).contains(at)));
        named.sort_by(|a, b| a.0.total_cmp(&b.0));
    }
    named.into_iter().map(|(at, name)| (at, name.to_owned())).collect()
}

/// How sure a promise is at each value.
pub(super) fn chance_curve(input: &ChanceCurve) -> Panel {
    let places = input.series.iter().flat_map(|series| series.points.iter().map(|point| point.at));
    let marked = input.series.iter().flat_map(|series| series.marks.iter().map(|mark| mark.0));
    let (low, high) = range(places.chain(marked));
    let least = if input.ticks.is_empty() { 0.0 } else { 0.2 };
    let margin = if input.factors { 0.0 } else { ((high - low) * 0.04).max(least) };
    let ticks = match input.factors {
        true => times(low, high),
        false => input.ticks.clone(),
    };
    let wanted =
        |share: &f64| Mark { at: *share, name: format!("wanted {}", plain(&goal(*share))), colour: INK };
    let upright = |(place, series): (usize, &ChanceSeries)| {
        let colour = if input.series.len() > 1 { place % GREY } else { GREY };
        let mark = move |(at, name): &(f64, String)| Mark { at: *at, name: plain(name), colour };
        series.marks.iter().filter(|(at, _)| at.is_finite()).map(mark).collect::<Vec<Mark>>()
    };
    let mut keys: Vec<Key> = Vec::new();
    for (place, series) in input.series.iter().enumerate().filter(|(_, series)| !series.label.is_empty()) {
        keys.push(Key::new(Swatch::Line, place % GREY, series.label.clone()));
    }
    if !input.intervals.is_empty() {
        keys.push(Key::new(
            Swatch::Interval,
            if keys.is_empty() { 0 } else { GREY },
            plain(&input.intervals),
        ));
    }
    Panel {
        title: input.measure.clone(),
        keys,
        plot: Plot::Lines(Lines {
            across: Axis {
                title: input.across.clone(),
                logarithmic: input.factors,
                low: Some(low - margin),
                high: Some(high + margin),
                ticks,
                ..Axis::default()
            },
            up: Axis::share(""),
            places: Vec::new(),
            series: input.series.iter().enumerate().flat_map(|each| chance_lines(input, each)).collect(),
            levels: input.wanted.iter().map(wanted).collect(),
            uprights: input.series.iter().enumerate().flat_map(upright).collect(),
        }),
    }
}

/// A line with its band; where a line of its own is fitted to the points, these with whiskers and that beside them.
fn chance_lines(input: &ChanceCurve, (place, series): (usize, &ChanceSeries)) -> Vec<Line> {
    let colour = place % GREY;
    let whose = if series.label.is_empty() { String::new() } else { format!("{}, ", series.label) };
    let of = if series.of.is_empty() { format!("{}s", trial(&input.words)) } else { plain(&series.of) };
    let point = |point: &crate::report::plot::ChancePoint| {
        let open = if point.settled { "" } else { "; not settled" };
        Point {
            at: point.at,
            value: known(Some(point.chance)),
            interval: ends(point.interval),
            typical: None,
            open: !point.settled,
            tip: format!(
                "{whose}{}: {} of {of}{open}",
                place_name(input, point.at),
                share_tip(Some(point.chance), point.interval, None)
            ),
        }
    };
    let measured: Vec<Point> = series.points.iter().filter(|point| point.at.is_finite()).map(point).collect();
    let has_fit = !series.fitted.is_empty();
    let fitted = series.points.iter().zip(&series.fitted).map(|(point, value)| Point {
        at: point.at,
        value: known(Some(*value)),
        ..Point::default()
    });
    let line = |stroke, points| Line { name: series.label.clone(), colour, stroke, points };
    let mut lines = Vec::new();
    if has_fit {
        lines.push(line(Stroke::Plain, fitted.filter(|point| point.at.is_finite()).collect()));
    }
    let stroke = match (has_fit, input.factors) {
        (true, _) => Stroke::Whiskers,
        (false, true) => Stroke::Plain,
        (false, false) => Stroke::Dotted,
    };
    lines.push(line(stroke, measured));
    lines
}

/// A figure against the number of MQLs.
pub(super) fn volume_curves(input: &VolumeCurves) -> Panel {
    let up = match input.shares {
        true => Axis::share(""),
        false => Axis { low: Some(0.0), ..Axis::of("", Figures::Count) },
    };
    let named = |mark: &Option<(f64, String)>, colour| {
        let mark = mark.as_ref().filter(|(at, _)| at.is_finite());
        mark.map(|(at, name)| Mark { at: *at, name: plain(name), colour }).into_iter().collect()
    };
    let mut keys: Vec<Key> = Vec::new();
    for (place, line) in input.lines.iter().enumerate() {
        keys.push(Key::new(Swatch::Line, place % GREY, line.label.clone()));
    }
    if input.lines.iter().flat_map(|line| &line.points).any(|point| ends(point.2).is_some()) {
        keys.push(Key::new(Swatch::Interval, GREY, "confidence interval of the figure"));
    }
    if !input.marked.is_empty() && input.lines.iter().any(|line| line.mark.is_some()) {
        keys.push(Key::new(Swatch::Dot, INK, plain(&input.marked)));
    }
    Panel {
        title: input.measure.clone(),
        keys,
        plot: Plot::Lines(Lines {
            across: Axis { title: input.across.clone(), ..Axis::default() },
            up,
            places: Vec::new(),
            series: input.lines.iter().enumerate().flat_map(|each| volume_lines(input, each)).collect(),
            levels: named(&input.goal, INK),
            uprights: named(&input.today, GREY),
        }),
    }
}

/// A line, and the larger mark on it as a line of one point.
fn volume_lines(input: &VolumeCurves, (place, line): (usize, &VolumeLine)) -> Vec<Line> {
    let written = |value: f64| match input.shares {
        true => format!("{} %", percent(value)),
        false => format!("{value:.1}"),
    };
    let leads = |at: f64| thousands(at.round().max(0.0) as u64);
    let point = |(at, value, span): &(f64, f64, Option<crate::report::plot::Span>)| {
        let interval = ends(*span);
        let ends = interval
            .map_or(String::new(), |(low, high)| format!(" (interval {}–{})", written(low), written(high)));
        let tip = format!("{}; at {} MQLs: {}{ends}", line.label, leads(*at), written(*value));
        Point { at: *at, value: known(Some(*value)), interval, tip, ..Point::default() }
    };
    let own = Line {
        name: line.label.clone(),
        colour: place % GREY,
        stroke: if line.dotted { Stroke::Dotted } else { Stroke::Plain },
        points: line.points.iter().filter(|point| point.0.is_finite()).map(point).collect(),
    };
    let mark = line.mark.filter(|(at, value)| at.is_finite() && value.is_finite()).map(|(at, value)| Line {
        name: input.marked.clone(),
        colour: INK,
        stroke: Stroke::Whiskers,
        points: vec![Point {
            at,
            value: Some(value),
            tip: format!("{}; {}: {}", line.label, plain(&input.marked), leads(at)),
            ..Point::default()
        }],
    });
    std::iter::once(own).chain(mark).collect()
}
