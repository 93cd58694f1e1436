//! Picture: how long leads wait for the first attempt, as the share answered within each time.

use super::axis::{self, Scale, Tick};
use super::band::{self, Stop};
use super::figures::waiting;
use super::legend::{self, EndLabel, Sample};
use super::sheet::{Letters, Panel, Sheet, Spot};
use super::theme;
use super::{Words, frame};

/// The waiting times to draw, one curve per tier and clock.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResponseTimes {
    /// Message, subtitle and small print.
    pub words: Words,
    /// The curves; those of one tier share its colour.
    pub curves: Vec<ResponseCurve>,
}

/// Which clock a waiting time was taken from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// The clock of the agreement, which may stand still out of hours: drawn solid.
    #[default]
    Agreement,
    /// The clock on the lead's wall, from the form to the first attempt: drawn dashed.
    Lead,
}

/// One curve of waiting times.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResponseCurve {
    /// Name at the end of the curve.
    pub label: String,
    /// Position of the tier from 0: picks the colour.
    pub tier: usize,
    /// The clock the times are taken from.
    pub clock: Clock,
    /// Minutes and the share of all leads answered within them (0 to 1), in any order.
    pub points: Vec<(f64, f64)>,
    /// The targets of the tier, on the same clock; each is drawn as an upright with its length.
    pub targets: Vec<CurveTarget>,
}

/// A promised time on a curve's clock.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CurveTarget {
    /// Minutes.
    pub minutes: f64,
    /// In the agreement's words, where these are not its length: "1 business day (10 h)".
    pub words: Option<String>,
}

impl ResponseCurve {
    /// The targets that lie on the axis.
    fn known_targets(&self) -> impl Iterator<Item = &CurveTarget> {
        self.targets.iter().filter(|target| target.minutes.is_finite() && target.minutes > 0.0)
    }
}

const COLUMN: f64 = 215.0;
/// Height of a row of target names, in picture units.
const TARGET_ROW: f64 = 32.0;
const MARKS: [f64; 10] = [0.25, 1.0, 5.0, 15.0, 60.0, 240.0, 1440.0, 4320.0, 10_080.0, 40_320.0];

pub(super) fn layout(input: &ResponseTimes) -> Sheet {
    let (mut sheet, room) = frame::usual(&input.words);
    let keys = keys(input);
    let above = legend::height(&keys, room.width());
    let (low, high) = range(input);
    let across = Scale::logarithmic(low, high, room.left + axis::GUTTER, room.right - COLUMN);
    let targets = targets(input, &across);
    let rows = targets.iter().map(|target| target.row + 1).max().unwrap_or(0);
    let names = TARGET_ROW * rows as f64;
    legend::keys(&mut sheet, room, &keys);
    let panel = Panel {
        left: room.left + axis::GUTTER,
        top: room.top + above + axis::TITLE_HEIGHT + names + 16.0,
        right: room.right - COLUMN,
        bottom: room.bottom - axis::LEVEL_HEIGHT,
    };
    let up = Scale::linear(0.0, 1.0, panel.bottom, panel.top);
    let ticks: Vec<Tick> = MARKS
        .iter()
        .filter(|minutes| **minutes >= low * 0.999 && **minutes <= high * 1.001)
        .map(|minutes| Tick { value: *minutes, label: waiting(*minutes) })
        .collect();
    axis::uprights(&mut sheet, panel, &across, &ticks);
    let titled = Panel { top: panel.top - names, ..panel };
    axis::upright(&mut sheet, panel, &up, &axis::percent_ticks(20), "");
    axis::above(&mut sheet, titled, "Leads that got their first attempt, share of the tier");
    axis::level(&mut sheet, panel, &across, &ticks, "Time waited for the first attempt (logarithmic)");
    let drawn: Vec<(usize, Vec<Stop>)> = input
        .curves
        .iter()
        .enumerate()
        .map(|(position, curve)| (position, to_the_edge(stops(curve, &across, &up), panel.right)))
        .filter(|(_, stops)| !stops.is_empty())
        .collect();
    if drawn.is_empty() {
        frame::nothing(&mut sheet, panel);
    }
    draw_targets(&mut sheet, panel, &targets);
    for (position, stops) in &drawn {
        draw_curve(&mut sheet, &input.curves[*position], stops);
    }
    draw_crossings(&mut sheet, &crossings(input, &drawn, &across));
    legend::at_line_ends(&mut sheet, panel, COLUMN, &end_labels(input, &drawn));
    sheet
}

fn keys(input: &ResponseTimes) -> Vec<(Sample, String)> {
    let mut keys = Vec::new();
    if input.curves.iter().any(|curve| curve.clock == Clock::Lead) {
        keys.push((Sample::Line(theme::MUTED), "the agreement's clock".to_owned()));
        keys.push((
            Sample::Dashes(theme::MUTED),
            "the lead's own clock, nights and weekends included".to_owned(),
        ));
    }
    keys
}

/// Half an hour at least, and a little beyond the time by which nearly all that ever are answered are.
fn range(input: &ResponseTimes) -> (f64, f64) {
    let times = input.curves.iter().flat_map(|curve| {
        let last = curve.points.iter().map(|(_, share)| *share).filter(|share| share.is_finite());
        let nearly_all = 0.985 * last.fold(0.0, f64::max);
        let reached = curve.points.iter().filter(move |(_, share)| *share > 0.02 && *share < nearly_all);
        reached.map(|(minutes, _)| *minutes).chain(curve.known_targets().map(|target| target.minutes))
    });
    let (mut low, mut high) = (1.0_f64, 20.0_f64);
    for minutes in times.filter(|minutes| minutes.is_finite() && *minutes > 0.0) {
        low = low.min(minutes.max(0.25));
        high = high.max(minutes.min(27_000.0));
    }
    (low, 1.5 * high)
}

fn stops(curve: &ResponseCurve, across: &Scale, up: &Scale) -> Vec<Stop> {
    let known =
        curve.points.iter().copied().filter(|(minutes, share)| minutes.is_finite() && share.is_finite());
    let mut points: Vec<(f64, f64)> = known.collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let stop = |(minutes, share): &(f64, f64)| Stop {
        x: across.at(*minutes),
        value: Some(up.at(*share)),
        band: None,
    };
    let mut stops: Vec<Stop> = points.iter().map(stop).collect();
    // times below the axis all land on its low end: only the last of them belongs to the curve
    let low = across.at(0.0);
    let first = stops.iter().rposition(|stop| stop.x <= low).unwrap_or(0);
    stops.drain(..first);
    stops
}

/// After its last lead a curve stays where it is; drawn to the edge, all names begin at the same upright.
fn to_the_edge(mut stops: Vec<Stop>, right: f64) -> Vec<Stop> {
    if let Some(last) = stops.last().copied().filter(|last| stops.len() > 1 && last.x < right) {
        stops.push(Stop { x: right, ..last });
    }
    stops
}

fn draw_curve(sheet: &mut Sheet, curve: &ResponseCurve, stops: &[Stop]) {
    let colour = theme::series(curve.tier);
    let dashed = curve.clock == Clock::Lead;
    band::line(sheet, stops, colour, if dashed { 3.0 } else { 4.5 }, dashed);
    if stops.len() == 1 {
        band::markers(sheet, stops, band::marker(curve.tier), colour, 8.0);
    }
}

/// A target, where it stands, and in which row above the panel its name fits.
struct Target {
    x: f64,
    row: usize,
    words: String,
    tier: usize,
}

/// The targets, each tier's once; names that would touch go to rows of their own, three at most.
fn targets(input: &ResponseTimes, across: &Scale) -> Vec<Target> {
    let mut placed: Vec<(Target, f64, f64)> = Vec::new();
    let each = input.curves.iter().flat_map(|curve| curve.known_targets().map(move |target| (curve, target)));
    for (curve, target) in each {
        let length = target.words.clone().unwrap_or_else(|| waiting(target.minutes));
        let (x, words) = (across.at(target.minutes), format!("target {length}"));
        if placed.iter().any(|(other, ..)| other.tier == curve.tier && other.words == words) {
            continue;
        }
        let half = Letters::new(theme::TICK, theme::INK).width(&words) / 2.0 + 6.0;
        let taken = |row: usize| {
            placed
                .iter()
                .any(|(other, left, right)| other.row == row && x + half > *left && x - half < *right)
        };
        if let Some(row) = (0..3).find(|row| !taken(*row)) {
            placed.push((Target { x, row, words, tier: curve.tier }, x - half, x + half));
        }
    }
    placed.into_iter().map(|(target, ..)| target).collect()
}

/// A dashed line per target, its name above the panel.
fn draw_targets(sheet: &mut Sheet, panel: Panel, targets: &[Target]) {
    let baseline = |target: &Target| panel.top - 14.0 - TARGET_ROW * target.row as f64;
    for target in targets {
        let colour = theme::faint(theme::series(target.tier), 0.8);
        sheet.dashed(vec![(target.x, baseline(target) + 8.0), (target.x, panel.bottom)], colour, 2.0);
    }
    for target in targets {
        let letters = Letters::new(theme::TICK, theme::as_text(theme::series(target.tier))).middle();
        sheet.write_on_card((target.x, baseline(target)), &target.words, letters);
    }
}

/// Where curves meet their targets, each with its tier.
fn crossings(input: &ResponseTimes, drawn: &[(usize, Vec<Stop>)], across: &Scale) -> Vec<(Spot, usize)> {
    let of_curve = |(position, stops): &(usize, Vec<Stop>)| -> Vec<(Spot, usize)> {
        let curve = &input.curves[*position];
        let crossing = |target: &CurveTarget| {
            let x = across.at(target.minutes);
            Some(((x, height_at(stops, x)?), curve.tier))
        };
        curve.known_targets().filter_map(crossing).collect()
    };
    drawn.iter().flat_map(of_curve).collect()
}

/// A dot at every crossing; its share is not written, since the table's also counts leads that are not in the curve.
fn draw_crossings(sheet: &mut Sheet, crossings: &[(Spot, usize)]) {
    for (spot, tier) in crossings {
        band::mark(sheet, *spot, band::Marker::Disc, theme::PAPER, 10.0);
        band::mark(sheet, *spot, band::Marker::Disc, theme::series(*tier), 7.5);
    }
}

/// Height of the drawn line at this place.
fn height_at(stops: &[Stop], x: f64) -> Option<f64> {
    stops.windows(2).find(|pair| pair[0].x <= x && x <= pair[1].x && pair[1].x > pair[0].x).and_then(|pair| {
        let share = (x - pair[0].x) / (pair[1].x - pair[0].x);
        Some(pair[0].value? + share * (pair[1].value? - pair[0].value?))
    })
}

fn end_labels(input: &ResponseTimes, drawn: &[(usize, Vec<Stop>)]) -> Vec<EndLabel> {
    drawn
        .iter()
        .filter_map(|(position, stops)| {
            let (curve, last) = (&input.curves[*position], stops.last()?);
            let spot = (last.x, last.value?);
            Some(EndLabel {
                spot,
                name: curve.label.clone(),
                colour: theme::series(curve.tier),
                dashed: curve.clock == Clock::Lead,
            })
        })
        .collect()
}
