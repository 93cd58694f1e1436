//! Picture: how far alternatives are from the base, measure by measure, with the line of no difference; a panel a unit.

use super::axis::{self, Scale};
use super::figures::{known, known_span};
use super::legend::Sample;
use super::rows_by_panel::{self, Rows};
use super::sheet::{Letters, Panel, Sheet};
use super::theme::{self, Colour};
use super::{Span, Words, band, font};

/// Differences from the base.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forest {
    /// Message, subtitle and small print.
    pub words: Words,
    /// The alternatives, in the order of the marks of every row.
    pub alternatives: Vec<String>,
    /// One panel a unit.
    pub panels: Vec<ForestPanel>,
}

/// Measures of one unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForestPanel {
    /// What the axis counts: "points", "minutes".
    pub unit: String,
    /// The measures.
    pub rows: Vec<ForestRow>,
}

/// One measure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForestRow {
    /// Its name.
    pub label: String,
    /// Alternative minus base, one an alternative; none where it has no such measure.
    pub marks: Vec<Option<ForestMark>>,
}

/// One difference, in the unit of its panel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForestMark {
    /// The difference.
    pub value: Option<f64>,
    /// Its interval.
    pub interval: Option<Span>,
    /// Whether it is really one; others are pale.
    pub moved: bool,
    /// The difference in words, written beside a row that has one mark.
    pub words: String,
}

const ROW: f64 = 44.0;
const MORE: f64 = 24.0;
const HEAD: f64 = 26.0;
const BETWEEN: f64 = 26.0;
const NAMES: f64 = 560.0;
const VALUES: f64 = 300.0;

pub(super) fn layout(input: &Forest) -> Sheet {
    let several = input.alternatives.len() > 1;
    let named = input.alternatives.iter().enumerate();
    let rows = || input.panels.iter().flat_map(|panel| &panel.rows);
    let (mut sheet, room, places) = rows_by_panel::laid(&Rows {
        words: &input.words,
        keys: named
            .filter(|_| several)
            .map(|(n, name)| (Sample::Dot(theme::series(n)), name.clone()))
            .collect(),
        heights: input.panels.iter().map(|panel| panel.rows.iter().map(row_height).sum()).collect(),
        labels: rows().map(|row| row.label.as_str()).collect(),
        head: HEAD,
        between: BETWEEN,
        widest_name: NAMES,
        right: if several { 20.0 } else { VALUES },
    });
    for (panel, place) in input.panels.iter().zip(places) {
        draw_panel(&mut sheet, panel, place, (room.left, room.right));
    }
    sheet
}

fn row_height(row: &ForestRow) -> f64 {
    ROW + MORE * (row.marks.len().saturating_sub(1)) as f64
}

fn draw_panel(sheet: &mut Sheet, panel: &ForestPanel, place: Panel, (left, right): (f64, f64)) {
    let marks = panel.rows.iter().flat_map(|row| row.marks.iter().flatten());
    let (low, high) = rows_by_panel::reach(marks.map(|mark| (mark.value, mark.interval)));
    let ticks = axis::round_ticks(low, high, 6);
    let ends = (ticks.first().map_or(low, |tick| tick.value), ticks.last().map_or(high, |tick| tick.value));
    let scale = Scale::linear(ends.0, ends.1, place.left, place.right);
    axis::uprights(sheet, place, &scale, &ticks);
    axis::level(sheet, place, &scale, &ticks, &format!("Difference from the base, {}", panel.unit));
    let mut top = place.top;
    for row in panel.rows.iter().rev().skip(1).rev() {
        top += row_height(row);
        sheet.line(vec![(left, top), (right, top)], theme::GRID, 1.5);
    }
    let zero = scale.at(0.0);
    sheet.line(vec![(zero, place.top - 6.0), (zero, place.bottom)], theme::INK, 2.5);
    let mut top = place.top;
    for row in &panel.rows {
        let strip = Panel { top, bottom: top + row_height(row), ..place };
        draw_row(sheet, row, strip, &scale, (left, right));
        top = strip.bottom;
    }
}

fn draw_row(sheet: &mut Sheet, row: &ForestRow, strip: Panel, scale: &Scale, (left, right): (f64, f64)) {
    let middle = (strip.top + strip.bottom) / 2.0;
    let letters = Letters::new(theme::TICK, theme::INK);
    let label = font::fit(&row.label, letters.size, false, strip.left - 20.0 - left);
    sheet.write((left, middle + 0.35 * letters.size), &label, letters);
    let first = middle - MORE * (row.marks.len().saturating_sub(1)) as f64 / 2.0;
    for (place, mark) in row.marks.iter().enumerate() {
        let Some(mark) = mark else { continue };
        let y = first + MORE * place as f64;
        draw_mark(sheet, mark, place, y, scale);
        if row.marks.len() == 1 {
            let colour = if mark.moved { theme::INK } else { theme::MUTED };
            let words = font::fit(&mark.words, letters.size, mark.moved, VALUES - 16.0);
            let letters = Letters { bold: mark.moved, colour, ..letters };
            sheet.write((right, y + 0.35 * letters.size), &words, letters.end());
        }
    }
}

/// A dot on its interval; one that is no real difference is pale.
fn draw_mark(sheet: &mut Sheet, mark: &ForestMark, place: usize, y: f64, scale: &Scale) {
    let full = theme::series(place);
    let colour: Colour = if mark.moved { full } else { theme::between(full, theme::PAPER, 0.55) };
    if let Some(ends) = known_span(mark.interval) {
        let (left, right) = (scale.at(ends.low), scale.at(ends.high));
        sheet.line(vec![(left, y), (right, y)], colour, 4.0);
        for x in [left, right] {
            sheet.line(vec![(x, y - 7.0), (x, y + 7.0)], colour, 2.5);
        }
    }
    if let Some(value) = known(mark.value) {
        band::mark(sheet, (scale.at(value), y), band::marker(place), theme::PAPER, 9.5);
        band::mark(sheet, (scale.at(value), y), band::marker(place), colour, 7.0);
    }
}
