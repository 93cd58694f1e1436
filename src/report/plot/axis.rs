//! Axes: where a value lands on the sheet, which round numbers to print beside it, and the light grid.

use super::figures;
use super::sheet::{Letters, Panel, Sheet};
use super::theme;

/// Turns values into places between `start` and `end` on the sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    start: f64,
    end: f64,
    logarithmic: bool,
}

impl Scale {
    /// Equal steps for equal differences; an empty range is widened so that one value sits in the middle.
    pub fn linear(low: f64, high: f64, start: f64, end: f64) -> Self {
        let (low, high) = if high - low > 0.0 { (low, high) } else { (low - 0.5, low + 0.5) };
        Self { low, high, start, end, logarithmic: false }
    }

    /// Equal steps for equal ratios; both ends must be above zero.
    pub fn logarithmic(low: f64, high: f64, start: f64, end: f64) -> Self {
        Self { low: low.ln(), high: high.ln(), start, end, logarithmic: true }
    }

    /// The place of a value; values outside the range land on the nearer end.
    pub fn at(&self, value: f64) -> f64 {
        let value = if self.logarithmic { value.max(f64::MIN_POSITIVE).ln() } else { value };
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.start + share * (self.end - self.start)
    }
}

/// One printed number on an axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    pub value: f64,
    pub label: String,
}

/// Round numbers from `low` to beyond `high`, about `wanted` of them; the first and last enclose the range.
pub(super) fn round_ticks(low: f64, high: f64, wanted: usize) -> Vec<Tick> {
    let step = round_step((high - low).max(1e-9) / wanted.max(1) as f64);
    let first = (low / step + 1e-9).floor();
    let last = (high / step - 1e-9).ceil();
    let count = (last - first).clamp(1.0, 200.0) as usize;
    (0..=count)
        .map(|position| (first + position as f64) * step)
        .map(|value| Tick { value, label: figures::on_axis(value, step) })
        .collect()
}

/// Whole numbers from `low` to `high`, thinned until at most `most` are left.
pub(super) fn whole_ticks(low: f64, high: f64, most: usize) -> Vec<Tick> {
    let step = round_step(((high - low) / most.max(1) as f64).max(0.6)).max(1.0);
    let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
    (first..=last)
        .map(|position| position as f64 * step)
        .map(|value| Tick { value, label: figures::on_axis(value, step) })
        .collect()
}

/// 0 to 100 per cent in steps of `step` per cent.
pub(super) fn percent_ticks(step: usize) -> Vec<Tick> {
    (0..=100)
        .step_by(step.max(1))
        .map(|percent| Tick { value: percent as f64 / 100.0, label: format!("{percent} %") })
        .collect()
}

/// The next of 1, 2, 5 times a power of ten.
fn round_step(at_least: f64) -> f64 {
    let power = 10_f64.powf(at_least.log10().floor());
    let ratio = at_least / power;
    let factor = match ratio {
        _ if ratio <= 1.0 + 1e-9 => 1.0,
        _ if ratio <= 2.0 + 1e-9 => 2.0,
        _ if ratio <= 5.0 + 1e-9 => 5.0,
        _ => 10.0,
    };
    factor * power
}

/// Horizontal grid lines with their numbers on the left, and the axis title above the panel.
pub(super) fn upright(sheet: &mut Sheet, panel: Panel, scale: &Scale, ticks: &[Tick], title: &str) {
    for tick in ticks {
        let y = scale.at(tick.value);
        sheet.line(vec![(panel.left, y), (panel.right, y)], theme::GRID, 1.5);
        let letters = Letters::new(theme::TICK, theme::MUTED).end();
        sheet.write((panel.left - 12.0, y + 0.35 * theme::TICK), &tick.label, letters);
    }
    above(sheet, panel, title);
}

/// The axis title, above the top left corner of its panel: nobody has to tilt their head.
pub(super) fn above(sheet: &mut Sheet, panel: Panel, title: &str) {
    let letters = Letters::new(theme::TICK, theme::INK).bold();
    let longest = super::font::fit(title, theme::TICK, true, panel.width() + GUTTER);
    sheet.write((panel.left - GUTTER, panel.top - 20.0), &longest, letters);
}

/// Ticks with their numbers under the panel, the axis line, and the axis title under the numbers.
///
/// Numbers that would touch the one before are left out.
pub(super) fn level(sheet: &mut Sheet, panel: Panel, scale: &Scale, ticks: &[Tick], title: &str) {
    let letters = Letters::new(theme::TICK, theme::MUTED).middle();
    let baseline = panel.bottom + 12.0 + theme::TICK;
    let mut taken = f64::NEG_INFINITY;
    for tick in ticks {
        let x = scale.at(tick.value);
        let print = letters.footprint((x, baseline), &tick.label);
        if print.left < taken + 10.0 {
            continue;
        }
        taken = print.right;
        sheet.line(vec![(x, panel.bottom), (x, panel.bottom + 7.0)], theme::AXIS, 1.5);
        sheet.write((x, baseline), &tick.label, letters);
    }
    sheet.line(vec![(panel.left, panel.bottom), (panel.right, panel.bottom)], theme::AXIS, 2.0);
    let middle = ((panel.left + panel.right) / 2.0, baseline + 1.4 * theme::TICK);
    sheet.write(middle, title, Letters::new(theme::TICK, theme::INK).bold().middle());
}

/// Vertical grid lines.
pub(super) fn uprights(sheet: &mut Sheet, panel: Panel, scale: &Scale, ticks: &[Tick]) {
    for tick in ticks {
        let x = scale.at(tick.value);
        sheet.line(vec![(x, panel.top), (x, panel.bottom)], theme::GRID, 1.5);
    }
}

/// Width left of a panel that [`upright`] needs for its numbers, in picture units.
pub(super) const GUTTER: f64 = 78.0;
/// Height under a panel that [`level`] needs, in picture units.
pub(super) const LEVEL_HEIGHT: f64 = 12.0 + 2.4 * theme::TICK + 10.0;
/// Height above a panel that its title needs, in picture units.
pub(super) const TITLE_HEIGHT: f64 = 20.0 + theme::TICK;
