//! Picture: how sure a promise is along one input, such as the number of reps or the minutes promised, with the wanted certainty as a line.

use super::axis::{self, Scale, Tick};
use super::band::{self, Stop};
use super::figures::{amount, known, known_span};
use super::legend::{self, Sample};
use super::sheet::{Letters, Panel, Sheet, Spot};
use super::theme;
use super::{Span, Words, frame};

/// Chances along one input, one line a promise.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChanceCurve {
    /// Message, subtitle and small print.
    pub words: Words,
    /// What the chances are of, above the upright axis.
    pub measure: String,
    /// What runs along the level axis.
    pub across: String,
    /// What a place along the axis counts, after its number: "times today's leads".
    pub unit: String,
    /// Places along the axis and their names; round numbers if left empty.
    pub ticks: Vec<(f64, String)>,
    /// Whether the axis grows by factors; its ticks are then lengths of time in minutes.
    pub factors: bool,
    /// The wanted certainties, shares.
    pub wanted: Vec<f64>,
    /// What the bars or bands are.
    pub intervals: String,
    /// The lines.
    pub series: Vec<ChanceSeries>,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChanceSeries {
    /// Its name, at the end of the line.
    pub label: String,
    /// What its chances are shares of; trials if left empty.
    pub of: String,
    /// Measured points, from left to right.
    pub points: Vec<ChancePoint>,
    /// A line drawn instead of the one through the points, such as a rising fit: values at the same places.
    pub fitted: Vec<f64>,
    /// Marked places with their words, such as the answer or today's value.
    pub marks: Vec<(f64, String)>,
}

/// A chance at one place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ChancePoint {
    /// Where.
    pub at: f64,
    /// The chance (0 to 1).
    pub chance: f64,
    /// Its interval.
    pub interval: Option<Span>,
    /// Whether trials settled on which side of the wanted certainty it lies; an open point is drawn hollow.
    pub settled: bool,
}

/// Width of the labels right of the panel.
const COLUMN: f64 = 230.0;
/// Height of the drawing, in picture units.
const ROOM: f64 = 780.0;

pub(super) fn layout(input: &ChanceCurve) -> Sheet {
    let (mut sheet, room) = frame::with_room(&input.words, ROOM);
    let mut keys = Vec::new();
    if !input.intervals.is_empty() {
        keys.push((Sample::Patch(theme::faint(theme::MUTED, 0.45)), input.intervals.clone()));
    }
    legend::keys(&mut sheet, room, &keys);
    let top = room.top + legend::height(&keys, room.width()) + axis::TITLE_HEIGHT + 18.0;
    let several = input.series.len() > 1;
    let right = if several { room.right - COLUMN } else { room.right - 24.0 };
    let panel =
        Panel { left: room.left + axis::GUTTER, top, right, bottom: room.bottom - axis::LEVEL_HEIGHT };
    let (across, ticks) = scale_across(input, panel);
    let up = Scale::linear(0.0, 1.0, panel.bottom, panel.top);
    axis::upright(&mut sheet, panel, &up, &axis::percent_ticks(20), &input.measure);
    axis::level(&mut sheet, panel, &across, &ticks, &input.across);
    let lines: Vec<Vec<Stop>> = input.series.iter().map(|series| stops(series, &across, &up)).collect();
    let data: Vec<Spot> = lines.iter().flat_map(|line| band::trace(line)).collect();
    if data.is_empty() {
        frame::nothing(&mut sheet, panel);
    }
    draw_wanted(&mut sheet, panel, input, &up);
    for (position, (series, line)) in input.series.iter().zip(&lines).enumerate() {
        draw_series(&mut sheet, (&across, &up), series, line, position);
    }
    draw_marks(&mut sheet, panel, input, &across, &data);
    if several {
        let names = input.series.iter().map(|series| series.label.as_str());
        let labels = legend::of_lines(names, &lines);
        legend::at_line_ends(&mut sheet, panel, COLUMN, &labels);
    }
    sheet
}

/// The wanted certainties: dashed lines, their words at the right end, where lines have mostly risen above them.
fn draw_wanted(sheet: &mut Sheet, panel: Panel, input: &ChanceCurve, up: &Scale) {
    let letters = Letters::new(theme::TICK, theme::INK).bold().end();
    let mut taken = f64::NEG_INFINITY;
    let mut wanted: Vec<f64> = input.wanted.iter().copied().filter(|share| share.is_finite()).collect();
    wanted.sort_by(|a, b| b.total_cmp(a));
    for share in wanted {
        let y = up.at(share);
        sheet.dashed(vec![(panel.left, y), (panel.right, y)], theme::INK, 2.0);
        // below its line: above one of 99 % there is no room
        let baseline = y + letters.size;
        if baseline - letters.size > taken {
            let words = format!("in {} %", amount((share * 1e6).round() / 1e4));
            sheet.write_on_card((panel.right - 8.0, baseline), &words, letters);
            taken = baseline;
        }
    }
}

/// The level axis: named places, or round numbers.
fn scale_across(input: &ChanceCurve, panel: Panel) -> (Scale, Vec<Tick>) {
    let places = input.series.iter().flat_map(|series| {
        series.points.iter().map(|point| point.at).chain(series.marks.iter().map(|mark| mark.0))
    });
    let (low, high) = places
        .chain(input.ticks.iter().map(|tick| tick.0))
        .filter(|at| at.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at), high.max(at)));
    let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
    if input.factors {
        return times_across(low, high, panel);
    }
    let air = if high > low { 0.04 * (high - low) } else { 0.5 };
    let named: Vec<Tick> =
        input.ticks.iter().map(|(value, label)| Tick { value: *value, label: label.clone() }).collect();
    let most = (panel.width() / 90.0) as usize;
    let ticks = if named.is_empty() {
        axis::round_ticks(low, high, most)
            .into_iter()
            .filter(|tick| tick.value >= low - air && tick.value <= high + air)
            .collect()
    } else {
        named
    };
    (Scale::linear(low - air, high + air, panel.left, panel.right), ticks)
}

/// An axis of minutes that grows by factors.
fn times_across(low: f64, high: f64, panel: Panel) -> (Scale, Vec<Tick>) {
    let (low, high) = (low.max(0.5) / 1.15, high.max(low.max(0.5) * 2.0) * 1.15);
    let times = [
        (1, "1 min"),
        (2, "2 min"),
        (5, "5 min"),
        (10, "10 min"),
        (15, "15 min"),
        (30, "30 min"),
        (60, "1 h"),
        (120, "2 h"),
        (240, "4 h"),
        (480, "8 h"),
        (960, "16 h"),
        (1920, "32 h"),
        (3840, "64 h"),
        (7680, "128 h"),
    ];
    let ticks = times
        .into_iter()
        .map(|(minutes, label)| Tick { value: f64::from(minutes), label: label.to_owned() })
        .filter(|tick| tick.value >= low && tick.value <= high);
    (Scale::logarithmic(low, high, panel.left, panel.right), ticks.collect())
}

fn stops(series: &ChanceSeries, across: &Scale, up: &Scale) -> Vec<Stop> {
    let stop = |point: &ChancePoint| {
        let placed = point.at.is_finite();
        Stop {
            x: across.at(point.at),
            value: known(Some(point.chance)).filter(|_| placed).map(|value| up.at(value)),
            band: known_span(point.interval)
                .filter(|_| placed)
                .map(|ends| (up.at(ends.low), up.at(ends.high))),
        }
    };
    // one stop a point: marks and fits are read beside them
    series.points.iter().map(stop).collect()
}

fn draw_series(
    sheet: &mut Sheet,
    (across, up): (&Scale, &Scale),
    series: &ChanceSeries,
    line: &[Stop],
    position: usize,
) {
    let colour = theme::series(position);
    if series.fitted.len() == series.points.len() && !series.fitted.is_empty() {
        // few points with a fit between them: each has a bar of its own
        for stop in line.chunks(1) {
            band::band(sheet, stop, theme::faint(colour, 0.45));
        }
        let fit: Vec<Spot> = series
            .points
            .iter()
            .zip(&series.fitted)
            .filter(|(point, _)| point.at.is_finite())
            .map(|(point, value)| (across.at(point.at), up.at(*value)))
            .collect();
        sheet.line(fit, theme::faint(colour, 0.8), 3.0);
        band::markers(sheet, line, band::marker(position), colour, 8.0);
    } else {
        band::band(sheet, line, theme::faint(colour, 0.45));
        band::line(sheet, line, colour, 4.0, false);
    }
    // what trials could not settle is hollow
    for (_, stop) in series.points.iter().zip(line.chunks(1)).filter(|(point, _)| !point.settled) {
        band::markers(sheet, stop, band::marker(position), theme::PAPER, 4.0);
    }
}

/// Upright lines at marked places; their words stand at the foot, stepped up where they would meet.
fn draw_marks(sheet: &mut Sheet, panel: Panel, input: &ChanceCurve, across: &Scale, data: &[Spot]) {
    let mut taken: Vec<Panel> = Vec::new();
    for (position, series) in input.series.iter().enumerate() {
        for (at, words) in series.marks.iter().filter(|(at, _)| at.is_finite()) {
            let x = across.at(*at);
            let colour = if input.series.len() > 1 { theme::series(position) } else { theme::AXIS };
            sheet.line(vec![(x, panel.top), (x, panel.bottom)], colour, 2.5);
            let letters = Letters::new(theme::TICK, theme::MUTED).bold();
            let mut places = Vec::new();
            for step in 0..8 {
                let y = panel.bottom - 16.0 - f64::from(step) * (letters.line_height() + 14.0);
                places.extend([((x + 12.0, y), letters), ((x - 12.0, y), letters.end())]);
            }
            let free: Vec<_> = places
                .into_iter()
                .filter(|(spot, letters)| {
                    let print = letters.footprint(*spot, words);
                    let inside = print.left >= panel.left + 4.0 && print.right <= panel.right - 4.0;
                    inside && taken.iter().all(|other| !print.meets(other))
                })
                .collect();
            if free.is_empty() {
                continue;
            }
            let (spot, letters) = free[legend::clearest(&free, words, data)];
            taken.push(letters.footprint(spot, words));
            sheet.write_on_card(spot, words, letters);
        }
    }
}
