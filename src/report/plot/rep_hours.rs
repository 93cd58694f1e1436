//! Picture: what the reps' paid hours go to, the largest use on top.

use super::axis::{self, Scale};
use super::band;
use super::figures::{amount, known, known_span, percent};
use super::sheet::{Letters, Panel, Sheet};
use super::{Span, Words, font, frame, theme};

/// The uses of paid hours, in any order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RepHours {
    /// Message, subtitle and small print.
    pub words: Words,
    /// One row per use.
    pub rows: Vec<RepHoursRow>,
}

/// One use of paid hours.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RepHoursRow {
    /// Name of the use, such as "meetings".
    pub label: String,
    /// Share of paid hours (0 to 1).
    pub share: Option<f64>,
    /// Confidence interval of that share.
    pub interval: Option<Span>,
    /// Hours per rep and week.
    pub hours_per_week: Option<f64>,
    /// Whether the row is what the picture is about (working leads): drawn in the second colour.
    pub highlighted: bool,
}

const ROW: f64 = 62.0;

pub(super) fn layout(input: &RepHours) -> Sheet {
    let mut rows: Vec<&RepHoursRow> = input.rows.iter().collect();
    rows.sort_by(|a, b| known(b.share).unwrap_or(-1.0).total_cmp(&known(a.share).unwrap_or(-1.0)));
    let height = ROW * rows.len().max(2) as f64;
    let (mut sheet, room) = frame::with_room(&input.words, 34.0 + height + axis::LEVEL_HEIGHT);
    let name = Letters::new(theme::LABEL, theme::INK);
    let names = rows.iter().map(|row| name.bold().width(&row.label)).fold(100.0, f64::max).min(460.0);
    let top = room.top + 34.0;
    let panel =
        Panel { left: room.left + names + 24.0, top, right: room.right - 290.0, bottom: top + height };
    let largest = rows.iter().filter_map(|row| known(row.share)).fold(0.0, f64::max);
    let step = if largest > 0.5 { 20 } else { 10 };
    let end = ((largest * 100.0 / step as f64).ceil().max(1.0) * step as f64).min(100.0) / 100.0;
    let scale = Scale::linear(0.0, end, panel.left, panel.right);
    let ticks: Vec<axis::Tick> =
        axis::percent_ticks(step).into_iter().filter(|tick| tick.value <= end + 1e-9).collect();
    axis::uprights(&mut sheet, panel, &scale, &ticks);
    axis::level(&mut sheet, panel, &scale, &ticks, "Share of paid hours");
    let head = Letters::new(theme::TICK, theme::MUTED).end();
    sheet.write((room.right, top - 12.0), "hours per rep-week", head);
    if rows.is_empty() {
        frame::nothing(&mut sheet, panel);
    }
    for (position, row) in rows.iter().enumerate() {
        let middle = panel.top + (position as f64 + 0.5) * ROW;
        let letters = if row.highlighted { name.bold() } else { name };
        let label = font::fit(&row.label, name.size, row.highlighted, names);
        sheet.write((panel.left - 16.0, middle + 0.35 * name.size), &label, letters.end());
        draw_row(&mut sheet, row, middle, &scale, letters, room.right);
    }
    sheet
}

fn draw_row(sheet: &mut Sheet, row: &RepHoursRow, middle: f64, scale: &Scale, letters: Letters, right: f64) {
    let colour = theme::series(if row.highlighted { 1 } else { 0 });
    let line = middle + 0.35 * letters.size;
    match known(row.share) {
        Some(share) => {
            let (left, end) = (scale.at(0.0), scale.at(share));
            // small shares are read as parts of a larger one, so they must add up
            let decimals = if share > 0.0 && share < 0.1 { 1 } else { 0 };
            sheet.block(Panel { left, top: middle - 20.0, right: end, bottom: middle + 20.0 }, colour);
            let mut clear = end;
            if let Some(ends) = known_span(row.interval) {
                let ends = (scale.at(ends.low), scale.at(ends.high));
                band::whisker(sheet, ends, middle);
                clear = end.max(ends.1);
            }
            sheet.write_on_card((clear + 14.0, line), &percent(share, decimals), letters.bold());
        }
        None => sheet.write(
            (scale.at(0.0) + 14.0, line),
            "not known",
            Letters { colour: theme::MUTED, ..letters },
        ),
    }
    let hours = known(row.hours_per_week).map_or("–".to_owned(), |hours| format!("{} h", amount(hours)));
    sheet.write((right, line), &hours, letters.end());
}
