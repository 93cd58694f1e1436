//! Names for what is drawn: a row of keys, labels at line ends, and the spot where a label covers least.

use super::band::Stop;
use super::font;
use super::sheet::{Letters, Panel, Sheet, Spot};
use super::theme::{self, Colour};

/// What stands in front of a name in the row of keys.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sample {
    /// A filled patch.
    Patch(Colour),
    /// A thin filled bar.
    Bar(Colour),
    /// A solid line.
    Line(Colour),
    /// A dashed line.
    Dashes(Colour),
    /// A dot.
    Dot(Colour),
    /// An upright tick.
    Upright(Colour),
}

const ROW_HEIGHT: f64 = 34.0;

/// How many rows the keys need in this width.
pub(super) fn rows(keys: &[(Sample, String)], width: f64) -> usize {
    places(keys, width).last().map_or(0, |(row, _)| row + 1)
}

/// Height of the keys in this width, in picture units.
pub(super) fn height(keys: &[(Sample, String)], width: f64) -> f64 {
    rows(keys, width) as f64 * ROW_HEIGHT
}

/// Draws the keys in rows from the top left corner of the panel; they are named in the order given.
pub(super) fn keys(sheet: &mut Sheet, panel: Panel, keys: &[(Sample, String)]) {
    let letters = Letters::new(theme::TICK, theme::INK);
    for ((sample, name), (row, offset)) in keys.iter().zip(places(keys, panel.width())) {
        let (x, y) = (panel.left + offset, panel.top + (row as f64 + 0.5) * ROW_HEIGHT);
        draw_sample(sheet, *sample, x, y);
        let start = sample_width(*sample) + 10.0;
        let name = font::fit(name, theme::TICK, false, panel.width() - start);
        sheet.write((x + start, y + 0.35 * theme::TICK), &name, letters);
    }
}

fn places(keys: &[(Sample, String)], width: f64) -> Vec<(usize, f64)> {
    let (mut row, mut offset) = (0, 0.0);
    let mut places = Vec::new();
    for (sample, name) in keys {
        let room = (sample_width(*sample) + 10.0 + font::width(name, theme::TICK, false)).min(width);
        if offset > 0.0 && offset + room > width {
            (row, offset) = (row + 1, 0.0);
        }
        places.push((row, offset));
        offset += room + 36.0;
    }
    places
}

fn sample_width(sample: Sample) -> f64 {
    match sample {
        Sample::Patch(_) => 22.0,
        Sample::Dot(_) => 16.0,
        Sample::Upright(_) => 6.0,
        Sample::Bar(_) | Sample::Line(_) | Sample::Dashes(_) => 40.0,
    }
}

fn draw_sample(sheet: &mut Sheet, sample: Sample, x: f64, y: f64) {
    let (right, middle) = (x + sample_width(sample), x + sample_width(sample) / 2.0);
    let bar = |half: f64| Panel { left: x, top: y - half, right, bottom: y + half };
    match sample {
        Sample::Patch(colour) => sheet.block(bar(11.0), colour),
        Sample::Bar(colour) => sheet.block(bar(5.0), colour),
        Sample::Line(colour) => sheet.line(vec![(x, y), (right, y)], colour, 4.0),
        Sample::Dashes(colour) => sheet.dashed(vec![(x, y), (right, y)], colour, 3.0),
        Sample::Dot(colour) => sheet.disc((middle, y), 8.0, colour),
        Sample::Upright(colour) => sheet.line(vec![(middle, y - 13.0), (middle, y + 13.0)], colour, 4.0),
    }
}

/// A label at the end of a line.
#[derive(Clone, Debug)]
pub(super) struct EndLabel {
    pub spot: Spot,
    pub name: String,
    pub colour: Colour,
    /// Whether its line is dashed, and so the leader to its name.
    pub dashed: bool,
}

/// A label for each line, in the colours of series, at its last value; none for a line without one.
pub(super) fn of_lines<'a>(names: impl Iterator<Item = &'a str>, lines: &[Vec<Stop>]) -> Vec<EndLabel> {
    let label = |(position, (name, line)): (usize, (&str, &Vec<Stop>))| {
        let last = line.iter().rev().find(|stop| stop.value.is_some())?;
        let spot = (last.x, last.value?);
        Some(EndLabel { spot, name: name.to_owned(), colour: theme::series(position), dashed: false })
    };
    names.zip(lines).enumerate().filter_map(label).collect()
}

/// Air between names of several lines.
const BETWEEN_NAMES: f64 = 10.0;

/// Writes labels in the column right of the panel, beside the line ends, moved apart until none overlap.
///
/// Names take up to three lines while there is room for that; labels beyond what the panel's height holds are left out.
pub(super) fn at_line_ends(sheet: &mut Sheet, panel: Panel, column_width: f64, labels: &[EndLabel]) {
    let letters = Letters::new(theme::TICK + 1.0, theme::INK).bold();
    let room = column_width - 34.0;
    let fitting = (panel.height() / letters.line_height()) as usize;
    let most = (fitting / labels.len().max(1)).clamp(1, 3);
    let labels = &labels[..labels.len().min(fitting)];
    let lines = |name: &str| font::wrap(name, letters.size, true, room, most);
    let heights: Vec<f64> =
        labels.iter().map(|label| lines(&label.name).len() as f64 * letters.line_height()).collect();
    let wanted: Vec<f64> = labels.iter().map(|label| label.spot.1).collect();
    // names of several lines need air between them, or nobody sees where one ends
    let air = if heights.iter().any(|height| *height > letters.line_height()) { BETWEEN_NAMES } else { 0.0 };
    let total: f64 = heights.iter().map(|height| height + air).sum();
    let air = if total > panel.height() { 0.0 } else { air };
    let apart: Vec<f64> = heights.iter().map(|height| height + air).collect();
    let centres = spread(&wanted, &apart, panel.top - 14.0, panel.bottom);
    for ((label, centre), height) in labels.iter().zip(centres).zip(heights) {
        let colour = theme::as_text(label.colour);
        let elbow = panel.right + 24.0;
        let leader = vec![(label.spot.0 + 11.0, label.spot.1), (elbow, centre)];
        if label.dashed || elbow - label.spot.0 > 90.0 {
            // a long solid leader would look like data
            sheet.dashed(leader, theme::faint(label.colour, 0.45), 1.5);
        } else {
            sheet.line(leader, theme::faint(label.colour, 0.6), 1.5);
        }
        for (position, part) in lines(&label.name).iter().enumerate() {
            let top = centre - height / 2.0 + position as f64 * letters.line_height();
            sheet.write((elbow + 6.0, top + 0.97 * letters.size), part, Letters { colour, ..letters });
        }
    }
}

/// Moves centres as little as needed so that things of these heights neither overlap nor leave the range.
///
/// Order is kept; when they cannot all fit, they overrun the lower end rather than overlap.
pub(super) fn spread(wanted: &[f64], heights: &[f64], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]).then(a.cmp(b)));
    let mut centres = wanted.to_vec();
    let mut ceiling = high;
    for place in order.iter().rev() {
        centres[*place] = centres[*place].min(ceiling - heights[*place] / 2.0);
        ceiling = centres[*place] - heights[*place] / 2.0;
    }
    let mut floor = low;
    for place in &order {
        centres[*place] = centres[*place].max(floor + heights[*place] / 2.0);
        floor = centres[*place] + heights[*place] / 2.0;
    }
    centres
}

/// The candidate place whose words would cover the fewest spots of data; the first of equals.
pub(super) fn clearest(candidates: &[(Spot, Letters)], words: &str, data: &[Spot]) -> usize {
    let covered = |(spot, letters): &(Spot, Letters)| {
        let print = letters.footprint(*spot, words);
        let grown = Panel {
            left: print.left - 8.0,
            top: print.top - 8.0,
            right: print.right + 8.0,
            bottom: print.bottom + 8.0,
        };
        data.iter().filter(|spot| grown.holds(**spot)).count()
    };
    (0..candidates.len()).min_by_key(|position| covered(&candidates[*position])).unwrap_or(0)
}
