//! Panels of rows one below the other, names of rows on the left: where each lies, for pictures of differences.

use super::figures::{known, known_span};
use super::legend::{self, Sample};
use super::sheet::{Letters, Panel, Sheet};
use super::theme;
use super::{Span, Words, axis, frame};

/// What has to be known to find a place for everything.
pub(super) struct Rows<'a> {
    /// Message, subtitle and small print.
    pub words: &'a Words,
    /// The legend; none if left empty.
    pub keys: Vec<(Sample, String)>,
    /// Heights of the rows of each panel.
    pub heights: Vec<f64>,
    /// Names of all rows.
    pub labels: Vec<&'a str>,
    /// Room above the rows of a panel.
    pub head: f64,
    /// Room between panels.
    pub between: f64,
    /// Widest column of names.
    pub widest_name: f64,
    /// Room kept on the right.
    pub right: f64,
}

/// The sheet with its words and legend, the whole room, and where the rows of each panel lie.
pub(super) fn laid(rows: &Rows<'_>) -> (Sheet, Panel, Vec<Panel>) {
    let width = theme::WIDTH - 2.0 * theme::MARGIN;
    let above = if rows.keys.is_empty() { 0.0 } else { legend::height(&rows.keys, width) + 10.0 };
    let whole = |height: &f64| rows.head + height + axis::LEVEL_HEIGHT + rows.between;
    let panels: f64 = rows.heights.iter().map(whole).sum();
    let (mut sheet, room) = frame::with_room(rows.words, above + panels.max(160.0));
    if !rows.keys.is_empty() {
        legend::keys(&mut sheet, room, &rows.keys);
    }
    let letters = Letters::new(theme::TICK, theme::INK);
    let names = rows.labels.iter().map(|label| letters.width(label)).fold(120.0, f64::max);
    let mut top = room.top + above;
    if rows.labels.is_empty() {
        frame::nothing(&mut sheet, Panel { top, ..room });
    }
    let mut places = Vec::new();
    for height in &rows.heights {
        let first = top + rows.head;
        places.push(Panel {
            left: room.left + names.min(rows.widest_name) + 24.0,
            top: first,
            right: room.right - rows.right,
            bottom: first + height,
        });
        top += whole(height);
    }
    (sheet, room, places)
}

/// From the least to the most of values and interval ends, nothing always among them.
pub(super) fn reach(values: impl Iterator<Item = (Option<f64>, Option<Span>)>) -> (f64, f64) {
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    for (value, interval) in values {
        let ends = known_span(interval).map_or([None, None], |ends| [Some(ends.low), Some(ends.high)]);
        for value in [known(value)].into_iter().chain(ends).flatten() {
            (low, high) = (low.min(value), high.max(value));
        }
    }
    if high - low > 0.0 { (low, high) } else { (-1.0, 1.0) }
}
