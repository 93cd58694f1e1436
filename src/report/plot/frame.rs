//! The frame of every picture: the message on top, a line under it, small print at the foot, room between.

use super::sheet::{Letters, Panel, Sheet};
use super::{Words, font, theme};

/// A picture lower than this looks like a strip torn off.
const LEAST_HEIGHT: f64 = 420.0;

/// A sheet of the usual size with its words on it, and the room left for the drawing.
pub(super) fn usual(words: &Words) -> (Sheet, Panel) {
    of_height(words, theme::HEIGHT)
}

/// A sheet that gives the drawing this much height, in picture units.
pub(super) fn with_room(words: &Words, room: f64) -> (Sheet, Panel) {
    of_height(words, (head_height(words) + room + foot_height(words)).ceil().max(LEAST_HEIGHT))
}

/// A sheet of this total height, in picture units.
pub(super) fn of_height(words: &Words, height: f64) -> (Sheet, Panel) {
    let mut sheet = Sheet::blank(height, &words.title);
    let mut line = theme::MARGIN;
    for (part, letters) in head(words) {
        line += letters.line_height();
        sheet.write((theme::MARGIN, line - 0.3 * letters.size), &part, letters);
    }
    let small = footer_lines(words);
    let letters = Letters::new(theme::FOOTER, theme::MUTED);
    for (position, part) in small.iter().rev().enumerate() {
        let baseline = height - 0.55 * theme::MARGIN - position as f64 * letters.line_height();
        sheet.write((theme::MARGIN, baseline), part, letters);
    }
    let room = Panel {
        left: theme::MARGIN,
        top: head_height(words),
        right: theme::WIDTH - theme::MARGIN,
        bottom: height - foot_height(words),
    };
    (sheet, room)
}

/// Says in the middle of a panel that there is nothing to draw.
pub(super) fn nothing(sheet: &mut Sheet, panel: Panel) {
    let middle = ((panel.left + panel.right) / 2.0, (panel.top + panel.bottom) / 2.0);
    sheet.write_on_card(
        middle,
        "nothing to draw: no values",
        Letters::new(theme::LABEL, theme::MUTED).middle(),
    );
}

/// The message in one line when slightly smaller letters allow it, else in two lines of about equal length.
fn head(words: &Words) -> Vec<(String, Letters)> {
    let room = theme::WIDTH - 2.0 * theme::MARGIN;
    let full = Letters::new(theme::TITLE, theme::INK).bold();
    let size = (theme::TITLE * room / full.width(&words.title).max(1.0)).min(theme::TITLE).floor();
    let title = if size >= theme::LEAST_TITLE { Letters { size, ..full } } else { full };
    let subtitle = Letters::new(theme::SUBTITLE, theme::MUTED);
    let mut lines = Vec::new();
    lines.extend(font::balanced(&words.title, title.size, true, room).into_iter().map(|part| (part, title)));
    lines.extend(
        font::balanced(&words.subtitle, subtitle.size, false, room).into_iter().map(|part| (part, subtitle)),
    );
    lines
}

fn footer_lines(words: &Words) -> Vec<String> {
    font::wrap(&words.footer, theme::FOOTER, false, theme::WIDTH - 2.0 * theme::MARGIN, 3)
}

fn head_height(words: &Words) -> f64 {
    theme::MARGIN + head(words).iter().map(|(_, letters)| letters.line_height()).sum::<f64>() + 30.0
}

fn foot_height(words: &Words) -> f64 {
    0.55 * theme::MARGIN + footer_lines(words).len() as f64 * theme::FOOTER * 1.28 + 22.0
}
