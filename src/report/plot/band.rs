//! A line with bands around it: gaps where values are missing, a dot with a bar where a value stands alone.

use super::sheet::{Sheet, Spot};
use super::theme::{self, Colour};

/// One place along a line: where its value and the ends of its band lie on the sheet.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stop {
    pub x: f64,
    pub value: Option<f64>,
    pub band: Option<(f64, f64)>,
}

/// Marks that tell series apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    Disc,
    Square,
    Triangle,
    Diamond,
}

/// The marker of the series with this position; the list repeats after its end.
pub(super) fn marker(position: usize) -> Marker {
    [Marker::Disc, Marker::Square, Marker::Triangle, Marker::Diamond][position % 4]
}

/// Fills the band between neighbouring stops; a stop alone gets a narrow upright bar.
pub(super) fn band(sheet: &mut Sheet, stops: &[Stop], colour: Colour) {
    for run in runs(stops, |stop| stop.band.is_some()) {
        let ends: Vec<(f64, f64, f64)> =
            run.iter().filter_map(|stop| stop.band.map(|(low, high)| (stop.x, low, high))).collect();
        let border: Vec<Spot> = if let [(x, low, high)] = ends[..] {
            vec![(x - 6.0, high), (x + 6.0, high), (x + 6.0, low), (x - 6.0, low)]
        } else {
            let upper = ends.iter().map(|(x, _, high)| (*x, *high));
            let lower = ends.iter().rev().map(|(x, low, _)| (*x, *low));
            upper.chain(lower).collect()
        };
        sheet.area(border, colour);
    }
}

/// Draws the line through neighbouring values.
pub(super) fn line(sheet: &mut Sheet, stops: &[Stop], colour: Colour, width: f64, dashed: bool) {
    for run in runs(stops, |stop| stop.value.is_some()) {
        let spots: Vec<Spot> = run.iter().filter_map(|stop| stop.value.map(|y| (stop.x, y))).collect();
        if dashed {
            sheet.dashed(spots, colour, width);
        } else {
            sheet.line(spots, colour, width);
        }
    }
}

/// Puts a marker with a white rim on every value; where values lie too close together, on some of them only.
pub(super) fn markers(sheet: &mut Sheet, stops: &[Stop], shape: Marker, colour: Colour, radius: f64) {
    let mut last = f64::NEG_INFINITY;
    for stop in stops {
        if let Some(y) = stop.value.filter(|_| stop.x - last >= 2.6 * radius) {
            last = stop.x;
            mark(sheet, (stop.x, y), shape, theme::PAPER, radius + 2.5);
            mark(sheet, (stop.x, y), shape, colour, radius);
        }
    }
}

/// Draws one marker.
pub(super) fn mark(sheet: &mut Sheet, (x, y): Spot, shape: Marker, colour: Colour, radius: f64) {
    // equal areas look equally large, so the cornered shapes get a different reach than the disc
    let corners =
        |reach: &[(f64, f64)]| reach.iter().map(|(dx, dy)| (x + dx * radius, y + dy * radius)).collect();
    match shape {
        Marker::Disc => sheet.disc((x, y), radius, colour),
        Marker::Square => sheet.area(corners(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]), colour),
        Marker::Triangle => sheet.area(corners(&[(0.0, -1.25), (1.15, 0.85), (-1.15, 0.85)]), colour),
        Marker::Diamond => {
            sheet.area(corners(&[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)]), colour)
        }
    }
}

/// Spots along the drawn line, a few units apart: what a label must not cover.
pub(super) fn trace(stops: &[Stop]) -> Vec<Spot> {
    let mut spots = Vec::new();
    for run in runs(stops, |stop| stop.value.is_some()) {
        let path: Vec<Spot> = run.iter().filter_map(|stop| stop.value.map(|y| (stop.x, y))).collect();
        spots.extend(path.iter().copied());
        for pair in path.windows(2) {
            let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
            let steps = ((x1 - x0).hypot(y1 - y0) / 4.0).ceil().max(1.0);
            for step in 1..steps as usize {
                let share = step as f64 / steps;
                spots.push((x0 + (x1 - x0) * share, y0 + (y1 - y0) * share));
            }
        }
    }
    spots
}

/// Stretches of neighbours that all have what is asked for.
fn runs(stops: &[Stop], has: impl Fn(&Stop) -> bool) -> Vec<&[Stop]> {
    stops.chunk_by(|a, b| has(a) == has(b)).filter(|run| run.first().is_some_and(&has)).collect()
}

/// Half the height of the ends of a whisker, in picture units.
const WHISKER: f64 = 7.0;

/// A thin interval over the end of a bar, from x to x at the height of its middle.
pub(super) fn whisker(sheet: &mut Sheet, (left, right): (f64, f64), y: f64) {
    sheet.line(vec![(left, y), (right, y)], theme::INK, 2.0);
    for x in [left, right] {
        sheet.line(vec![(x, y - WHISKER), (x, y + WHISKER)], theme::INK, 2.0);
    }
}
