//! Picture: how often each commitment is kept, against its goal, one row per commitment.

use super::axis::{self, Scale};
use super::figures::{known, known_span, marked_goal, percent};
use super::legend::{self, Sample};
use super::sheet::{Letters, Panel, Sheet};
use super::theme::{self, Colour};
use super::{Span, Words, font, frame};

/// The commitments to draw, in order from the top.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attainment {
    /// Message, subtitle and small print.
    pub words: Words,
    /// One row per commitment or part of one.
    pub rows: Vec<AttainmentRow>,
}

/// One commitment, or a part of one (in hours, after hours).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttainmentRow {
    /// Name of the commitment.
    pub label: String,
    /// Whether the row is a part of the row above: drawn smaller and lighter.
    pub part: bool,
    /// Goal, share of leads (0 to 1).
    pub goal: Option<f64>,
    /// Whether the goal is not in the agreement: it is marked with a star.
    pub own_goal: bool,
    /// Share kept over all leads of all quarters (0 to 1).
    pub kept: Option<f64>,
    /// 95 % interval of the mean, shares.
    pub interval: Option<Span>,
    /// Typical range of one quarter (10th to 90th percentile), shares.
    pub typical: Option<Span>,
    /// Share of quarters that reach the goal (0 to 1).
    pub quarters_kept: Option<f64>,
}

const ROW: f64 = 62.0;
const PART: f64 = 48.0;
const COLUMN: f64 = 118.0;
const HEADS: f64 = 64.0;

pub(super) fn layout(input: &Attainment) -> Sheet {
    let trials = format!("{}s", input.words.trial());
    let keys = keys(input.words.trial());
    let width = theme::WIDTH - 2.0 * theme::MARGIN;
    let rows: f64 = input.rows.iter().map(row_height).sum::<f64>().max(2.0 * ROW);
    let above = legend::height(&keys, width) + HEADS;
    let (mut sheet, room) = frame::with_room(&input.words, above + rows + axis::LEVEL_HEIGHT);
    legend::keys(&mut sheet, room, &keys);
    let names =
        input.rows.iter().map(|row| name_letters(row).width(&row.label) + indent(row)).fold(120.0, f64::max);
    let panel = Panel {
        left: room.left + names.min(520.0) + 24.0,
        top: room.top + above,
        right: room.right - 3.0 * COLUMN,
        bottom: room.top + above + rows,
    };
    let scale = Scale::linear(0.0, 1.0, panel.left, panel.right);
    let ticks = axis::percent_ticks(20);
    axis::uprights(&mut sheet, panel, &scale, &ticks);
    axis::level(&mut sheet, panel, &scale, &ticks, "Kept, share of leads (months for monthly promises)");
    for (position, heads) in [["", "goal"], ["", "kept"], [trials.as_str(), "that hold"]].iter().enumerate() {
        let letters = Letters::new(theme::TICK, theme::MUTED).end();
        let x = panel.right + (position as f64 + 1.0) * COLUMN;
        sheet.write((x, panel.top - 14.0 - letters.line_height()), heads[0], letters);
        sheet.write((x, panel.top - 14.0), heads[1], letters);
    }
    if input.rows.is_empty() {
        frame::nothing(&mut sheet, panel);
    }
    let mut top = panel.top;
    for (position, row) in input.rows.iter().enumerate() {
        let strip = Panel { top, bottom: top + row_height(row), ..panel };
        if position > 0 && !row.part {
            sheet.line(vec![(room.left, top), (room.right, top)], theme::GRID, 1.5);
        }
        draw_name(&mut sheet, room.left, strip, row);
        draw_row(&mut sheet, strip, row, &scale);
        draw_columns(&mut sheet, strip, row);
        top = strip.bottom;
    }
    sheet
}

fn keys(trial: &str) -> Vec<(Sample, String)> {
    let colour = theme::series(0);
    vec![
        (Sample::Dot(colour), format!("kept, all {trial}s together")),
        (
            Sample::Patch(theme::between(colour, theme::PAPER, 0.35)),
            "confidence interval of that figure".to_owned(),
        ),
        (Sample::Bar(theme::faint(colour, 0.28)), format!("typical {trial} (8 of 10)")),
        (Sample::Upright(theme::INK), "goal".to_owned()),
    ]
}

fn row_height(row: &AttainmentRow) -> f64 {
    if row.part { PART } else { ROW }
}

fn indent(row: &AttainmentRow) -> f64 {
    if row.part { 30.0 } else { 0.0 }
}

fn name_letters(row: &AttainmentRow) -> Letters {
    if row.part {
        Letters::new(theme::TICK, theme::MUTED)
    } else {
        Letters::new(theme::LABEL, theme::INK).bold()
    }
}

fn tone(row: &AttainmentRow) -> Colour {
    let colour = theme::series(0);
    if row.part { theme::between(colour, theme::PAPER, 0.35) } else { colour }
}

fn draw_name(sheet: &mut Sheet, left: f64, strip: Panel, row: &AttainmentRow) {
    let letters = name_letters(row);
    let start = left + indent(row);
    let room = strip.left - 20.0 - start;
    let lines = match letters.width(&row.label) <= room {
        true => vec![row.label.clone()],
        false => font::wrap(&row.label, letters.size, letters.bold, room, 2),
    };
    let pitch = 1.08 * letters.size;
    let first = middle(strip) + 0.35 * letters.size - (lines.len() as f64 - 1.0) * pitch / 2.0;
    for (place, line) in lines.iter().enumerate() {
        sheet.write((start, first + place as f64 * pitch), line, letters);
    }
}

fn draw_row(sheet: &mut Sheet, strip: Panel, row: &AttainmentRow, scale: &Scale) {
    let (y, colour) = (middle(strip), tone(row));
    let size = if row.part { 0.75 } else { 1.0 };
    let bar = |span: Span, half: f64| {
        // an interval narrower than a line would vanish
        let (left, right) = (scale.at(span.low), scale.at(span.high));
        let grow = (6.0 - (right - left)).max(0.0) / 2.0;
        Panel { left: left - grow, top: y - half * size, right: right + grow, bottom: y + half * size }
    };
    if let Some(typical) = known_span(row.typical) {
        sheet.block(bar(typical, 6.0), theme::faint(colour, 0.28));
    }
    if let Some(interval) = known_span(row.interval) {
        sheet.block(bar(interval, 17.0), theme::between(colour, theme::PAPER, 0.35));
    }
    if let Some(goal) = known(row.goal) {
        let (x, reach) = (scale.at(goal), 22.0 * size);
        let tick = Panel { left: x - 2.0, top: y - reach, right: x + 2.0, bottom: y + reach };
        sheet.block(tick, if row.part { theme::MUTED } else { theme::INK });
    }
    if let Some(kept) = known(row.kept) {
        sheet.disc((scale.at(kept), y), 9.0 * size, theme::PAPER);
        sheet.disc((scale.at(kept), y), 7.0 * size, colour);
    }
}

fn draw_columns(sheet: &mut Sheet, strip: Panel, row: &AttainmentRow) {
    let plain = Letters { anchor: super::sheet::Anchor::End, ..name_letters(row) };
    let missing = || "–".to_owned();
    let columns = [
        (known(row.goal).map(|goal| marked_goal(goal, row.own_goal)), Letters { bold: false, ..plain }),
        (known(row.kept).map(|kept| percent(kept, 1)), plain),
        (known(row.quarters_kept).map(|share| percent(share, 0)), plain),
    ];
    for (position, (figure, letters)) in columns.into_iter().enumerate() {
        // a part without its own count of quarters stays blank rather than looking unknown
        let figure =
            if figure.is_none() && row.part { String::new() } else { figure.unwrap_or_else(missing) };
        let x = strip.right + (position as f64 + 1.0) * COLUMN;
        sheet.write((x, middle(strip) + 0.35 * letters.size), &figure, letters);
    }
}

fn middle(strip: Panel) -> f64 {
    (strip.top + strip.bottom) / 2.0
}
