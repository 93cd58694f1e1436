//! Charts of pairs: a share at every pair of two inputs' values, and how far alternatives are from a base.

use super::chart::{Axis, Figures, Forest, ForestRow, GREY, Heat, Key, Panel, Plot, Swatch};
use super::from_picture::{ends, known, share_tip};
use crate::report::plot;
use crate::report::wording::plain;

/// A share at every pair.
pub(super) fn grid_map(input: &plot::GridMap) -> Vec<Panel> {
    input.panels.iter().map(|panel| map_panel(input, panel)).collect()
}

/// What stands in a cell: whole per cent, and neither 0 nor 100 where it is only near.
fn written(share: Option<f64>) -> String {
    match known(share).map(|share| share * 100.0) {
        None => "–".into(),
        Some(percent) if percent > 0.0 && percent < 0.5 => "<1".into(),
        Some(percent) if (99.5..100.0).contains(&percent) => ">99".into(),
        Some(percent) => format!("{percent:.0}"),
    }
}

fn map_panel(input: &plot::GridMap, panel: &plot::GridPanel) -> Panel {
    let (mut cells, mut tips) = (Vec::new(), Vec::new());
    // the first row lies at the bottom, as on any axis
    for (row, name) in input.rows.iter().enumerate().rev() {
        for (column, across) in input.columns.iter().enumerate() {
            let at = |values: &[Vec<Option<f64>>]| values.get(row).and_then(|row| *row.get(column)?);
            let span = panel.intervals.get(row).and_then(|row| *row.get(column)?);
            let today = if input.today == Some((column, row)) { "; today" } else { "" };
            cells.push(known(at(&panel.cells)));
            tips.push(format!(
                "{} {across}, {} {name}: {}{today}",
                input.across,
                input.down,
                share_tip(at(&panel.cells), span, None)
            ));
        }
    }
    let mut keys = vec![Key::new(Swatch::Ramp, 0, "0 to 100 %")];
    if cells.iter().any(Option::is_none) {
        keys.push(Key::new(Swatch::Field, GREY, "–: not judged"));
    }
    if plot::draws_contour(input, panel) {
        let words = format!("thick line: {} is reached on its darker side", panel.contour_words);
        keys.push(Key::new(Swatch::Stroke, super::chart::INK, words));
    }
    if input.today.is_some() {
        keys.push(Key::new(Swatch::Frame, 1, "framed: today"));
    }
    let today = input.today.filter(|(_, row)| *row < input.rows.len());
    Panel {
        title: panel.title.clone(),
        keys,
        plot: Plot::Heat(Heat {
            columns: input.columns.clone(),
            rows: input.rows.iter().rev().cloned().collect(),
            ramp: 0,
            top: 1.0,
            written: cells.iter().map(|cell| written(*cell)).collect(),
            cells,
            tips,
            across: input.across.clone(),
            down: input.down.clone(),
            hourly: String::new(),
            contour: known(panel.contour),
            today: today.map(|(column, row)| (input.rows.len() - 1 - row) * input.columns.len() + column),
        }),
    }
}

/// How far alternatives are from the base, a panel a unit.
pub(super) fn forest(input: &plot::Forest) -> Vec<Panel> {
    input.panels.iter().map(|panel| forest_panel(input, panel)).collect()
}

fn forest_panel(input: &plot::Forest, panel: &plot::ForestPanel) -> Panel {
    let several = input.alternatives.len() > 1;
    let mut keys: Vec<Key> = Vec::new();
    if several {
        let key = |(place, name): (usize, &String)| Key::new(Swatch::Dot, place % GREY, name.clone());
        keys.extend(input.alternatives.iter().enumerate().map(key));
    }
    keys.push(Key::new(
        Swatch::Interval,
        if several { GREY } else { 0 },
        "its interval; pale: no real difference",
    ));
    let mut rows = Vec::new();
    for row in &panel.rows {
        for (place, mark) in row.marks.iter().enumerate() {
            let Some(mark) = mark else { continue };
            let named = rows.last().is_some_and(|last: &(String, ForestRow)| last.0 == row.label);
            let whose = if several { input.alternatives.get(place).map_or("", String::as_str) } else { "" };
            rows.push((row.label.clone(), forest_row(panel, row, mark, (place, whose, named))));
        }
    }
    Panel {
        title: format!("Difference, {}", panel.unit),
        keys,
        plot: Plot::Forest(Forest {
            along: Axis::of(panel.unit.clone(), Figures::Count),
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            zero: Some(0.0),
        }),
    }
}

/// One alternative in one measure; the name of the measure stands at the first.
fn forest_row(
    panel: &plot::ForestPanel,
    row: &plot::ForestRow,
    mark: &plot::ForestMark,
    (place, whose, is_named): (usize, &str, bool),
) -> ForestRow {
    let interval = ends(mark.interval);
    let ends = interval.map_or("no interval".into(), |(low, high)| {
        format!("interval {} to {} {}", signed(low), signed(high), panel.unit)
    });
    let whose = if whose.is_empty() { String::new() } else { format!("{whose}, ") };
    ForestRow {
        label: if is_named { String::new() } else { row.label.clone() },
        part: is_named,
        value: known(mark.value),
        interval,
        colour: place % GREY,
        pale: !mark.moved,
        tip: format!("{whose}{}: {} ({ends})", row.label, plain(&mark.words)),
        ..ForestRow::default()
    }
}

/// "+1.25", "−12.3".
pub(super) fn signed(value: f64) -> String {
    let digits = if value.abs() < 1.0 { 2 } else { 1 };
    format!("{value:+.digits$}").replace('-', "−")
}
