//! Picture: a share at every pair of two inputs' values, with the contour where it reaches its mark and today's pair outlined.

use super::figures::known;
use super::legend::{self, Sample};
use super::sheet::{Letters, Panel, Sheet};
use super::{Span, Words, axis, font, frame, theme};

/// Shares over two inputs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridMap {
    /// Message, subtitle and small print.
    pub words: Words,
    /// What runs along the level axis.
    pub across: String,
    /// What runs down the upright axis.
    pub down: String,
    /// Values of the first input, in order.
    pub columns: Vec<String>,
    /// Values of the second input, from the bottom up.
    pub rows: Vec<String>,
    /// Today's column and row.
    pub today: Option<(usize, usize)>,
    /// One or two panels side by side.
    pub panels: Vec<GridPanel>,
}

/// One share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridPanel {
    /// What it is of.
    pub title: String,
    /// Where the contour lies, a share.
    pub contour: Option<f64>,
    /// What the contour is: "goal 90 %".
    pub contour_words: String,
    /// By row, by column; shares (0 to 1).
    pub cells: Vec<Vec<Option<f64>>>,
    /// Their intervals, likewise; not drawn, for readers who ask. Empty for none.
    pub intervals: Vec<Vec<Option<Span>>>,
}

/// Width left of the panels for the names of rows.
const NAMES: f64 = 210.0;
const BETWEEN: f64 = 44.0;
const ROOM: f64 = 760.0;

pub(super) fn layout(input: &GridMap) -> Sheet {
    let (mut sheet, room) = frame::with_room(&input.words, ROOM);
    if input.columns.is_empty() || input.rows.is_empty() || input.panels.is_empty() {
        frame::nothing(&mut sheet, room);
        return sheet;
    }
    let many = input.panels.len() as f64;
    let width = (room.width() - NAMES - BETWEEN * (many - 1.0)) / many;
    let keys = keys(input);
    legend::keys(&mut sheet, room, &keys);
    let top = room.top + legend::height(&keys, room.width()) + 2.0 * axis::TITLE_HEIGHT + 22.0;
    let bottom = room.bottom - axis::LEVEL_HEIGHT;
    for (position, part) in input.panels.iter().enumerate() {
        let left = room.left + NAMES + position as f64 * (width + BETWEEN);
        let panel = Panel { left, top, right: left + width, bottom };
        draw_panel(&mut sheet, panel, input, part);
        if position == 0 {
            row_names(&mut sheet, panel, input);
        }
    }
    let letters = Letters::new(theme::TICK, theme::INK).bold();
    let down = font::fit(&format!("{}, upwards", input.down), theme::TICK, true, room.width() - 20.0);
    sheet.write((room.left, top - 16.0 - axis::TITLE_HEIGHT), &down, letters);
    sheet
}

/// What is drawn, and nothing that is not.
fn keys(input: &GridMap) -> Vec<(Sample, String)> {
    let mut keys = vec![
        (Sample::Patch(theme::along(&theme::BLUES, 0.0)), "0 %".to_owned()),
        (Sample::Patch(theme::along(&theme::BLUES, 0.8)), "100 %".to_owned()),
    ];
    if input.panels.iter().flat_map(|part| part.cells.iter().flatten()).any(|cell| known(*cell).is_none()) {
        keys.push((Sample::Patch(theme::MISSING), "not judged".to_owned()));
    }
    if input.panels.iter().any(|part| draws_contour(input, part)) {
        keys.push((
            Sample::Line(theme::INK),
            "between values that reach the mark and those below".to_owned(),
        ));
    }
    if input.today.is_some() {
        keys.push((Sample::Line(theme::ORANGES[3]), "framed: today".to_owned()));
    }
    keys
}

/// Whether the contour of a panel lies between any of its cells.
pub(in crate::report) fn draws_contour(input: &GridMap, part: &GridPanel) -> bool {
    part.contour.is_some_and(|level| !borders(input, part, level).is_empty())
}

fn cell(panel: Panel, input: &GridMap, column: usize, row: usize) -> Panel {
    let (wide, high) = (panel.width() / input.columns.len() as f64, panel.height() / input.rows.len() as f64);
    let left = panel.left + column as f64 * wide;
    // the first row lies at the bottom, as on any axis
    let bottom = panel.bottom - row as f64 * high;
    Panel { left, top: bottom - high, right: left + wide, bottom }
}

fn draw_panel(sheet: &mut Sheet, panel: Panel, input: &GridMap, part: &GridPanel) {
    let letters = Letters::new(theme::TICK, theme::INK).bold();
    let title = match part.contour_words.is_empty() || !draws_contour(input, part) {
        true => part.title.clone(),
        false => format!("{} (line: {})", part.title, part.contour_words),
    };
    sheet.write(
        (panel.left, panel.top - 16.0),
        &font::fit(&title, theme::TICK, true, panel.width()),
        letters,
    );
    for (row, values) in part.cells.iter().enumerate() {
        for (column, value) in values.iter().enumerate() {
            draw_cell(sheet, cell(panel, input, column, row), known(*value));
        }
    }
    if let Some(level) = part.contour {
        draw_contour(sheet, panel, input, part, level);
    }
    if let Some((column, row)) = input.today {
        let place = cell(panel, input, column, row);
        let inset = 5.0;
        let (left, right) = (place.left + inset, place.right - inset);
        let (top, bottom) = (place.top + inset, place.bottom - inset);
        let border = vec![(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        sheet.line(border, theme::ORANGES[3], 4.0);
        let letters = Letters::new(theme::TICK - 3.0, theme::ORANGES[3]).bold().middle();
        if place.height() > 70.0 && letters.width("today") < place.width() - 12.0 {
            sheet.write_on_card(((left + right) / 2.0, bottom - 10.0), "today", letters);
        }
    }
    column_names(sheet, panel, input);
}

fn draw_cell(sheet: &mut Sheet, place: Panel, value: Option<f64>) {
    let inner = Panel {
        left: place.left + 1.0,
        top: place.top + 1.0,
        right: place.right - 1.0,
        bottom: place.bottom - 1.0,
    };
    let Some(share) = value else {
        sheet.block(inner, theme::MISSING);
        return;
    };
    // half of the ramp: letters stay readable on it, and blue on white says more is better
    let fill = theme::along(&theme::BLUES, share * 0.8);
    sheet.block(inner, fill);
    let letters = Letters::new(theme::TICK - 1.0, theme::letters_on(fill)).middle();
    let percent = share * 100.0;
    let words = match percent {
        p if p > 0.0 && p < 0.5 => "<1".to_owned(),
        p if (99.5..100.0).contains(&p) => ">99".to_owned(),
        p => format!("{p:.0}"),
    };
    if letters.width(&words) < inner.width() - 4.0 && inner.height() > letters.line_height() {
        let middle =
            ((inner.left + inner.right) / 2.0, (inner.top + inner.bottom) / 2.0 + 0.35 * letters.size);
        sheet.write(middle, &words, letters);
    }
}

/// A thick line between cells on either side of the level.
fn draw_contour(sheet: &mut Sheet, panel: Panel, input: &GridMap, part: &GridPanel, level: f64) {
    for (column, row, side) in borders(input, part, level) {
        let place = cell(panel, input, column, row);
        let ends = match side {
            Side::Right => vec![(place.right, place.top), (place.right, place.bottom)],
            Side::Top => vec![(place.left, place.top), (place.right, place.top)],
        };
        sheet.line(ends, theme::INK, 5.0);
    }
}

/// A side of a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Side {
    Right,
    Top,
}

/// Sides of cells that lie on either side of the level: column, row, side.
fn borders(input: &GridMap, part: &GridPanel, level: f64) -> Vec<(usize, usize, Side)> {
    let reaches = |column: usize, row: usize| {
        let value = *part.cells.get(row)?.get(column)?;
        known(value).map(|value| value >= level)
    };
    let mut borders = Vec::new();
    for row in 0..input.rows.len() {
        for column in 0..input.columns.len() {
            let Some(own) = reaches(column, row) else { continue };
            for (side, other) in
                [(Side::Right, reaches(column + 1, row)), (Side::Top, reaches(column, row + 1))]
            {
                if other.is_some_and(|other| other != own) {
                    borders.push((column, row, side));
                }
            }
        }
    }
    borders
}

fn column_names(sheet: &mut Sheet, panel: Panel, input: &GridMap) {
    let letters = Letters::new(theme::TICK - 1.0, theme::MUTED).middle();
    let room = panel.width() / input.columns.len() as f64;
    let longest = input.columns.iter().map(|name| letters.width(name)).fold(0.0, f64::max);
    // every so many, where all would touch
    let every = if longest + 8.0 <= room {
        1
    } else {
        ((longest + 8.0) / room).ceil().min(input.columns.len() as f64) as usize
    };
    let most = room * every as f64 - 8.0;
    for (column, name) in input.columns.iter().enumerate().step_by(every.max(1)) {
        let place = cell(panel, input, column, 0);
        let middle = (place.left + place.right) / 2.0;
        let name = font::fit(name, letters.size, false, most.min(panel.width()));
        let print = letters.footprint((middle, 0.0), &name);
        if print.left >= panel.left - 20.0 && print.right <= panel.right + 20.0 {
            sheet.write((middle, panel.bottom + 10.0 + letters.size), &name, letters);
        }
    }
    let title = font::fit(&input.across, theme::TICK, true, panel.width());
    let middle = (panel.left + panel.right) / 2.0;
    sheet.write(
        (middle, panel.bottom + 20.0 + 2.2 * theme::TICK),
        &title,
        Letters::new(theme::TICK, theme::INK).bold().middle(),
    );
}

fn row_names(sheet: &mut Sheet, panel: Panel, input: &GridMap) {
    let letters = Letters::new(theme::TICK - 1.0, theme::MUTED).end();
    let high = panel.height() / input.rows.len() as f64;
    let every =
        if high >= letters.line_height() { 1 } else { (letters.line_height() / high).ceil() as usize };
    for (row, name) in input.rows.iter().enumerate().step_by(every.max(1)) {
        let place = cell(panel, input, 0, row);
        let name = font::fit(name, letters.size, false, NAMES - 24.0);
        sheet.write(
            (panel.left - 12.0, (place.top + place.bottom) / 2.0 + 0.35 * letters.size),
            &name,
            letters,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::sheet::Mark;
    use super::*;

    fn written(best: f64, today: Option<(usize, usize)>) -> Vec<String> {
        let cells = vec![vec![Some(0.2), Some(best)], vec![Some(0.1), None]];
        let input = GridMap {
            across: "team.reps.count".into(),
            down: "commitments.S1.within".into(),
            columns: vec!["4".into(), "8".into()],
            rows: vec!["15min".into(), "1h".into()],
            today,
            panels: vec![GridPanel {
                title: "Share kept".into(),
                contour: Some(0.9),
                contour_words: "goal 90 %".into(),
                cells,
                ..GridPanel::default()
            }],
            ..GridMap::default()
        };
        let words = |mark: &Mark| match mark {
            Mark::Words { words, .. } => Some(words.clone()),
            _ => None,
        };
        layout(&input).marks.iter().filter_map(words).collect()
    }

    #[test]
    fn the_legend_names_what_is_drawn_and_nothing_else() {
        let has = |words: &[String], start: &str| words.iter().any(|word| word.starts_with(start));
        let drawn = written(0.95, Some((0, 0)));
        for expected in
            ["between values", "framed: today", "not judged", "team.reps.count", "commitments.S1.within"]
        {
            assert!(has(&drawn, expected), "{expected}: {drawn:?}");
        }
        assert!(has(&drawn, "Share kept (line: goal 90 %)"), "{drawn:?}");
        let bare = written(0.3, None);
        assert!(!has(&bare, "between values") && !has(&bare, "framed") && !has(&bare, "Share kept (line"));
    }
}
