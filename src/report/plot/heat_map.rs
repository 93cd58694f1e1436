//! Picture: when leads come and when reps are there, hour by hour through the week.

use super::sheet::{Letters, Panel, Sheet};
use super::{Words, axis, font, frame, heat, theme};

/// The panels of the heat map, from the top; two are usual: leads, then reps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeatMap {
    /// Message, subtitle and small print.
    pub words: Words,
    /// One panel per thing counted; the first is blue, the second orange, then again.
    pub panels: Vec<HeatPanel>,
}

/// One week of hours for one thing counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeatPanel {
    /// What is counted, such as "Leads that arrive".
    pub title: String,
    /// Unit of the values, such as "leads per hour".
    pub unit: String,
    /// Where the colours end; cells above it are written out. The largest value if none.
    pub cap: Option<f64>,
    /// Values per weekday from Monday, and per hour from midnight.
    pub cells: [[Option<f64>; 24]; 7],
    /// Whether every cell says its number.
    pub numbers: bool,
}

const PANEL: f64 = 286.0;
const GAP: f64 = 54.0;

pub(super) fn layout(input: &HeatMap) -> Sheet {
    let each = axis::TITLE_HEIGHT + PANEL + GAP;
    let count = input.panels.len().max(1) as f64;
    let (mut sheet, room) = frame::with_room(&input.words, count * each + 34.0);
    if input.panels.is_empty() {
        frame::nothing(&mut sheet, room);
    }
    for (position, heat) in input.panels.iter().enumerate() {
        let top = room.top + position as f64 * each + axis::TITLE_HEIGHT;
        let panel = Panel { left: room.left + 64.0, top, right: room.right - 190.0, bottom: top + PANEL };
        let ramp = if position % 2 == 0 { &theme::BLUES } else { &theme::ORANGES };
        // a week that says its numbers may be compared with another: the scale ends where it is told to
        let highest = match heat.cap.filter(|_| heat.numbers) {
            Some(cap) => heat::top(&[[Some(cap); 24]; 7], None),
            None => heat::top(&heat.cells, heat.cap),
        };
        let letters = Letters::new(theme::TICK, theme::INK).bold();
        let title = font::fit(&heat.title, theme::TICK, true, panel.width());
        sheet.write((panel.left, panel.top - 20.0), &title, letters);
        heat::cells(&mut sheet, panel, &heat.cells, ramp, highest);
        if heat.numbers {
            heat::numbers(&mut sheet, panel, &heat.cells, highest);
        }
        heat::hours(&mut sheet, panel);
        let bar = Panel { left: panel.right + 34.0, right: panel.right + 62.0, ..panel };
        heat::colour_bar(&mut sheet, bar, ramp, highest, &heat.unit);
        if position + 1 == input.panels.len() {
            let middle = ((panel.left + panel.right) / 2.0, panel.bottom + 13.0 + 2.5 * theme::TICK);
            sheet.write(middle, "Hour of the day, local time", letters.middle());
        }
    }
    sheet
}
