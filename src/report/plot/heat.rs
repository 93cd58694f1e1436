//! A heat map and its colour bar: one coloured cell per hour and weekday, and the key to read the colours.

use super::axis::{Scale, round_ticks};
use super::figures::{amount, known};
use super::sheet::{Letters, Panel, Sheet};
use super::theme::{self, Colour};

/// Rows of cells; a missing value is `None`.
pub(super) type Cells = [[Option<f64>; 24]; 7];

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The top of the colour bar: a round number at or above the largest value (1 when all are zero or missing).
pub(super) fn top(cells: &Cells, cap: Option<f64>) -> f64 {
    let largest = cells.iter().flatten().filter_map(|cell| known(*cell)).fold(0.0, f64::max);
    let largest = known(cap).map_or(largest, |cap| largest.min(cap));
    if largest > 0.0 { round_ticks(0.0, largest, 4).last().map_or(largest, |tick| tick.value) } else { 1.0 }
}

/// Draws the cells; a missing value is grey with a stroke through it.
pub(super) fn cells(sheet: &mut Sheet, panel: Panel, cells: &Cells, ramp: &[Colour], top: f64) {
    let (column, row) = (panel.width() / 24.0, panel.height() / 7.0);
    for (day, hours) in cells.iter().enumerate() {
        for (hour, value) in hours.iter().enumerate() {
            let (left, upper) = (panel.left + hour as f64 * column, panel.top + day as f64 * row);
            let cell = Panel {
                left: left + 1.0,
                top: upper + 1.0,
                right: left + column - 1.0,
                bottom: upper + row - 1.0,
            };
            match known(*value) {
                Some(value) if value > top * (1.0 + 1e-9) => {
                    sheet.block(cell, theme::along(ramp, 1.0));
                    let letters = Letters::new(theme::TICK - 2.0, theme::PAPER).bold().middle();
                    let middle = (cell.left + cell.right) / 2.0;
                    let line = (cell.top + cell.bottom) / 2.0 + 0.35 * (theme::TICK - 2.0);
                    sheet.write((middle, line), &amount(value), letters);
                }
                Some(value) => sheet.block(cell, theme::along(ramp, value / top)),
                None => {
                    sheet.block(cell, theme::MISSING);
                    let stroke =
                        vec![(cell.left + 4.0, cell.bottom - 4.0), (cell.right - 4.0, cell.top + 4.0)];
                    sheet.line(stroke, theme::AXIS, 1.5);
                }
            }
        }
    }
    for (day, name) in DAYS.iter().enumerate() {
        let middle = panel.top + (day as f64 + 0.5) * row;
        let letters = Letters::new(theme::TICK, theme::INK).end();
        sheet.write((panel.left - 12.0, middle + 0.35 * theme::TICK), name, letters);
    }
}

/// Writes into every cell that is not empty or zero its number; dark cells have light figures.
pub(super) fn numbers(sheet: &mut Sheet, panel: Panel, cells: &Cells, top: f64) {
    let (column, row) = (panel.width() / 24.0, panel.height() / 7.0);
    for (day, hours) in cells.iter().enumerate() {
        for (hour, value) in hours.iter().enumerate() {
            let Some(value) = known(*value).filter(|value| *value > 0.0) else { continue };
            let colour = if value > 0.55 * top { theme::PAPER } else { theme::INK };
            let letters = Letters::new(theme::TICK - 2.0, colour).middle();
            let middle = panel.left + (hour as f64 + 0.5) * column;
            let line = panel.top + (day as f64 + 0.5) * row + 0.35 * (theme::TICK - 2.0);
            sheet.write((middle, line), &amount(value), letters);
        }
    }
}

/// Writes the hours under the cells, each at the left edge of its hour.
pub(super) fn hours(sheet: &mut Sheet, panel: Panel) {
    let column = panel.width() / 24.0;
    for hour in (0..=24).step_by(2) {
        let x = panel.left + hour as f64 * column;
        sheet.line(vec![(x, panel.bottom + 2.0), (x, panel.bottom + 9.0)], theme::AXIS, 1.5);
        let letters = Letters::new(theme::TICK, theme::MUTED).middle();
        sheet.write((x, panel.bottom + 13.0 + theme::TICK), &format!("{hour:02}:00"), letters);
    }
}

/// Draws the upright colour bar with its numbers; its unit stands above it.
pub(super) fn colour_bar(sheet: &mut Sheet, panel: Panel, ramp: &[Colour], top: f64, unit: &str) {
    const SLICES: usize = 64;
    let slice = panel.height() / SLICES as f64;
    for position in 0..SLICES {
        let bottom = panel.bottom - position as f64 * slice;
        let patch = Panel { left: panel.left, top: bottom - slice, right: panel.right, bottom };
        sheet.block(patch, theme::along(ramp, (position as f64 + 0.5) / SLICES as f64));
    }
    let scale = Scale::linear(0.0, top, panel.bottom, panel.top);
    for tick in round_ticks(0.0, top, 4).iter().filter(|tick| tick.value <= top * 1.001) {
        let y = scale.at(tick.value);
        sheet.line(vec![(panel.right, y), (panel.right + 7.0, y)], theme::AXIS, 1.5);
        let letters = Letters::new(theme::TICK, theme::MUTED);
        sheet.write((panel.right + 13.0, y + 0.35 * theme::TICK), &tick.label, letters);
    }
    let room = theme::WIDTH - theme::MARGIN / 2.0 - panel.left;
    let letters = Letters::new(theme::TICK, theme::INK).bold();
    sheet.write((panel.left, panel.top - 20.0), &super::font::fit(unit, theme::TICK, true, room), letters);
}
