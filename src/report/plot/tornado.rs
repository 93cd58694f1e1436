//! Picture: which input moves the answer most: a pair of bars an input, at its low and at its high end, the longest on top.

use super::axis::{self, Scale};
use super::figures::{known, known_span};
use super::legend::Sample;
use super::rows_by_panel::{self, Rows};
use super::sheet::{Letters, Panel, Sheet};
use super::theme::{self, Colour};
use super::{Span, Words, font};

/// Bars of inputs, one panel a measure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tornado {
    /// Message, subtitle and small print.
    pub words: Words,
    /// What bars of the first and of the second colour are; nothing where a row has one bar.
    pub keys: Vec<String>,
    /// The panels.
    pub panels: Vec<TornadoPanel>,
}

/// One measure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TornadoPanel {
    /// What is counted along the axis, with its unit.
    pub title: String,
    /// What stands at the line of no difference: "today 64.9 %".
    pub middle: String,
    /// The inputs, the longest bars first.
    pub rows: Vec<TornadoRow>,
}

/// One input.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TornadoRow {
    /// Its name.
    pub label: String,
    /// At its low end, at its high end; none where it could not be played.
    pub ends: Vec<Option<TornadoEnd>>,
}

/// One end: how far it is from the line, in the unit of the panel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TornadoEnd {
    /// The distance.
    pub by: f64,
    /// Its interval.
    pub interval: Option<Span>,
    /// Whether the interval leaves the line out; others are pale.
    pub real: bool,
    /// The input's value at this end.
    pub words: String,
}

const BAR: f64 = 22.0;
const BETWEEN_ROWS: f64 = 10.0;
const HEAD: f64 = 62.0;
const BETWEEN: f64 = 30.0;
const NAMES: f64 = 470.0;
/// Room for the words beside the longest bars.
const ENDS: f64 = 130.0;

pub(super) fn layout(input: &Tornado) -> Sheet {
    let mut keys: Vec<(Sample, String)> = input
        .keys
        .iter()
        .enumerate()
        .map(|(n, name)| (Sample::Bar(theme::series(n)), name.clone()))
        .collect();
    keys.push((Sample::Line(theme::INK), "interval of the difference (pale: it may be nothing)".into()));
    let rows = || input.panels.iter().flat_map(|panel| &panel.rows);
    let (mut sheet, room, places) = rows_by_panel::laid(&Rows {
        words: &input.words,
        keys,
        heights: input.panels.iter().map(|panel| panel.rows.iter().map(row_height).sum()).collect(),
        labels: rows().map(|row| row.label.as_str()).collect(),
        head: HEAD,
        between: BETWEEN,
        widest_name: NAMES,
        right: 10.0,
    });
    for (panel, place) in input.panels.iter().zip(places) {
        draw_panel(&mut sheet, panel, place, room.left);
    }
    sheet
}

fn row_height(row: &TornadoRow) -> f64 {
    BAR * row.ends.len().max(1) as f64 + BETWEEN_ROWS
}

fn draw_panel(sheet: &mut Sheet, panel: &TornadoPanel, place: Panel, left: f64) {
    let ends = panel.rows.iter().flat_map(|row| row.ends.iter().flatten());
    let (low, high) = rows_by_panel::reach(ends.map(|end| (Some(end.by), end.interval)));
    // words stand beyond the ends of the bars
    let inner = Panel { left: place.left + ENDS, right: place.right - ENDS, ..place };
    let ticks = axis::round_ticks(low, high, 6);
    let ends = (ticks.first().map_or(low, |tick| tick.value), ticks.last().map_or(high, |tick| tick.value));
    let scale = Scale::linear(ends.0, ends.1, inner.left, inner.right);
    axis::uprights(sheet, inner, &scale, &ticks);
    axis::level(sheet, inner, &scale, &ticks, &panel.title);
    let mut top = place.top;
    for (position, row) in panel.rows.iter().enumerate() {
        let strip = Panel { top, bottom: top + row_height(row), ..place };
        if position > 0 {
            sheet.line(vec![(left, top), (place.right, top)], theme::GRID, 1.0);
        }
        draw_row(sheet, row, strip, &scale, left);
        top = strip.bottom;
    }
    let zero = scale.at(0.0);
    sheet.line(vec![(zero, place.top - 6.0), (zero, place.bottom)], theme::INK, 2.5);
    let letters = Letters::new(theme::TICK, theme::INK).bold().middle();
    let half = letters.width(&panel.middle) / 2.0;
    let middle = zero.clamp(left + half, place.right - half);
    sheet.write((middle, place.top - 16.0), &panel.middle, letters);
}

fn draw_row(sheet: &mut Sheet, row: &TornadoRow, strip: Panel, scale: &Scale, left: f64) {
    let letters = Letters::new(theme::TICK, theme::INK);
    let middle = (strip.top + strip.bottom) / 2.0;
    let label = font::fit(&row.label, letters.size, false, strip.left - 16.0 - left);
    sheet.write((left, middle + 0.35 * letters.size), &label, letters);
    for (place, end) in row.ends.iter().enumerate() {
        let Some(end) = end else { continue };
        let top = strip.top + BETWEEN_ROWS / 2.0 + BAR * place as f64;
        draw_end(sheet, end, theme::series(place), top, scale);
    }
}

/// A bar from the line of no difference with its interval, and the input's value beyond it.
fn draw_end(sheet: &mut Sheet, end: &TornadoEnd, full: Colour, top: f64, scale: &Scale) {
    let Some(by) = known(Some(end.by)) else { return };
    let (zero, at) = (scale.at(0.0), scale.at(by));
    let colour = if end.real { full } else { theme::between(full, theme::PAPER, 0.6) };
    let bar = Panel { left: zero.min(at), right: zero.max(at), top: top + 2.0, bottom: top + BAR - 2.0 };
    sheet.block(bar, colour);
    let y = top + BAR / 2.0;
    let (mut least, mut most) = (zero.min(at), zero.max(at));
    if let Some(ends) = known_span(end.interval) {
        let (left, right) = (scale.at(ends.low), scale.at(ends.high));
        sheet.line(vec![(left, y), (right, y)], theme::INK, 2.0);
        for x in [left, right] {
            sheet.line(vec![(x, y - 4.0), (x, y + 4.0)], theme::INK, 2.0);
        }
        (least, most) = (least.min(left), most.max(right));
    }
    let size = theme::FOOTER - 2.0;
    let words = font::fit(&end.words, size, false, ENDS - 12.0);
    let letters = Letters::new(size, if end.real { theme::INK } else { theme::MUTED });
    if by < 0.0 {
        sheet.write((least - 8.0, y + 0.35 * size), &words, letters.end());
    } else {
        sheet.write((most + 8.0, y + 0.35 * size), &words, letters);
    }
}
