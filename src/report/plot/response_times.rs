//! Picture: how long leads wait for the first attempt, as the share answered within each time.

use super::axis::{self, Scale, Tick};
use super::band::{self, Stop};
use super::figures::{known, percent, waiting};
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
    /// The target of the tier in minutes, on the same clock.
    pub target: Option<f64>,
}

const COLUMN: f64 = 215.0;
const MARKS: [f64; 10] = [0.25, 1.0, 5.0, 15.0, 60.0, 240.0, 1440.0, 4320.0, 10_080.0, 40_320.0];

pub(super) fn layout(input: &ResponseTimes) -> Sheet {
    let (mut sheet, room) = frame::usual(&input.words);
    let keys = keys(input);
    let above = legend::height(&keys, room.width());
    let targets =
        34.0 * input.curves.iter().filter(|curve| known(curve.target).is_some()).count().min(3) as f64;
    legend::keys(&mut sheet, room, &keys);
    let panel = Panel {
        left: room.left + axis::GUTTER,
        top: room.top + above + axis::TITLE_HEIGHT + targets + 12.0,
        right: room.right - COLUMN,
        bottom: room.bottom - axis::LEVEL_HEIGHT,
    };
    let (low, high) = range(input);
    let across = Scale::logarithmic(low, high, panel.left, panel.right);
    let up = Scale::linear(0.0, 1.0, panel.bottom, panel.top);
    let ticks: Vec<Tick> = MARKS
        .iter()
        .filter(|minutes| **minutes >= low * 0.999 && **minutes <= high * 1.001)
        .map(|minutes| Tick { value: *minutes, label: waiting(*minutes) })
        .collect();
    axis::uprights(&mut sheet, panel, &across, &ticks);
    let titled = Panel { top: panel.top - targets, ..panel };
    axis::upright(&mut sheet, panel, &up, &axis::percent_ticks(20), "");
    axis::above(&mut sheet, titled, "leads that got their first attempt, share of the tier");
    axis::level(&mut sheet, panel, &across, &ticks, "time waited for the first attempt (logarithmic)");
    let drawn: Vec<(usize, Vec<Stop>)> = input
        .curves
        .iter()
        .enumerate()
        .map(|(position, curve)| (position, stops(curve, &across, &up)))
        .filter(|(_, stops)| !stops.is_empty())
        .collect();
    if drawn.is_empty() {
        frame::nothing(&mut sheet, panel);
    }
    draw_targets(&mut sheet, panel, input, &across);
    for (position, stops) in &drawn {
        draw_curve(&mut sheet, &input.curves[*position], stops);
    }
    draw_crossings(&mut sheet, input, &drawn, &across, &up);
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
    if input.curves.iter().any(|curve| known(curve.target).is_some()) {
        keys.push((Sample::Upright(theme::MUTED), "target".to_owned()));
    }
    keys
}

/// One minute to three days, or wider when the numbers are.
fn range(input: &ResponseTimes) -> (f64, f64) {
    let times = input.curves.iter().flat_map(|curve| {
        let reached = curve.points.iter().filter(|(_, share)| *share > 0.02 && *share < 0.995);
        reached.map(|(minutes, _)| *minutes).chain(curve.target)
    });
    let (mut low, mut high) = (1.0_f64, 4320.0_f64);
    for minutes in times.filter(|minutes| minutes.is_finite() && *minutes > 0.0) {
        low = low.min(minutes.max(0.25));
        high = high.max(minutes.min(40_320.0));
    }
    (low, high)
}

fn stops(curve: &ResponseCurve, across: &Scale, up: &Scale) -> Vec<Stop> {
    let mut points: Vec<(f64, f64)> = curve
        .points
        .iter()
        .copied()
        .filter(|(minutes, share)| minutes.is_finite() && share.is_finite())
        .collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    points
        .iter()
        .map(|(minutes, share)| Stop { x: across.at(*minutes), value: Some(up.at(*share)), band: None })
        .collect()
}

fn draw_curve(sheet: &mut Sheet, curve: &ResponseCurve, stops: &[Stop]) {
    let colour = theme::series(curve.tier);
    let dashed = curve.clock == Clock::Lead;
    band::line(sheet, stops, colour, if dashed { 3.0 } else { 4.5 }, dashed);
    if stops.len() == 1 {
        band::markers(sheet, stops, band::marker(curve.tier), colour, 8.0);
    }
}

/// A dashed line per target, its name above the panel; names that would touch go to rows of their own.
fn draw_targets(sheet: &mut Sheet, panel: Panel, input: &ResponseTimes, across: &Scale) {
    let mut rows: Vec<Vec<Panel>> = vec![Vec::new(); 3];
    let mut seen: Vec<(usize, f64)> = Vec::new();
    for curve in &input.curves {
        let Some(target) = known(curve.target).filter(|minutes| *minutes > 0.0) else { continue };
        if seen.contains(&(curve.tier, target)) {
            continue;
        }
        seen.push((curve.tier, target));
        let (x, colour) = (across.at(target), theme::series(curve.tier));
        let words = format!("target {}", waiting(target));
        let letters = Letters::new(theme::TICK, theme::as_text(colour)).middle();
        let free = |row: &Vec<Panel>| {
            let print = letters.footprint((x, 0.0), &words);
            row.iter().all(|other| print.right + 12.0 < other.left || print.left > other.right + 12.0)
        };
        let Some(row) = rows.iter().position(free) else { continue };
        let baseline = panel.top - 14.0 - 32.0 * row as f64;
        rows[row].push(letters.footprint((x, 0.0), &words));
        sheet.dashed(vec![(x, baseline + 8.0), (x, panel.bottom)], theme::faint(colour, 0.8), 2.0);
        sheet.write((x, baseline), &words, letters);
    }
}

/// A dot where a curve meets its target, with the share answered in time beside it.
fn draw_crossings(
    sheet: &mut Sheet,
    input: &ResponseTimes,
    drawn: &[(usize, Vec<Stop>)],
    across: &Scale,
    up: &Scale,
) {
    let mut data: Vec<Spot> = drawn.iter().flat_map(|(_, stops)| band::trace(stops)).collect();
    for (position, stops) in drawn {
        let curve = &input.curves[*position];
        let Some(x) = known(curve.target).filter(|minutes| *minutes > 0.0).map(|target| across.at(target))
        else {
            continue;
        };
        let Some(y) = height_at(stops, x) else { continue };
        let colour = theme::series(curve.tier);
        band::mark(sheet, (x, y), band::Marker::Disc, theme::PAPER, 10.0);
        band::mark(sheet, (x, y), band::Marker::Disc, colour, 7.5);
        let share = (up.at(0.0) - y) / (up.at(0.0) - up.at(1.0));
        let words = percent(share, 0);
        let letters = Letters::new(theme::LABEL, theme::as_text(colour)).bold();
        let places = [
            ((x + 14.0, y + 28.0), letters),
            ((x - 14.0, y - 14.0), letters.end()),
            ((x + 14.0, y - 12.0), letters),
            ((x - 14.0, y + 28.0), letters.end()),
        ];
        let (spot, letters) = places[legend::clearest(&places, &words, &data)];
        let print = letters.footprint(spot, &words);
        // the next label must not land on this one
        for step in 0..40 {
            let share = f64::from(step) / 40.0;
            data.push((print.left + share * print.width(), (print.top + print.bottom) / 2.0));
        }
        sheet.write_on_card(spot, &words, letters);
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
            Some(EndLabel { spot, name: curve.label.clone(), colour: theme::series(curve.tier) })
        })
        .collect()
}
