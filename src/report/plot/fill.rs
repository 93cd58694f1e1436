//! Filled areas in a bitmap: how much of each dot an area covers, exactly, so that slanted edges are smooth.

use super::sheet::Spot;
use super::stroke::Cover;

/// What the area inside the border covers, in dots; a border that crosses itself is filled where it goes round once.
///
/// Every edge leaves in each row how much it adds to the dots right of it; adding up from the left gives the covered shares.
pub(super) fn cover(border: &[Spot]) -> Cover {
    let mut cover = Cover::around(border, 1.0);
    // an edge reaches one dot beyond its own
    let columns = cover.columns + 2;
    let rows = cover.shares.len() / cover.columns.max(1);
    let mut steps = vec![0.0_f64; columns * rows];
    let (left, top) = (f64::from(cover.left), f64::from(cover.top));
    let next = border.iter().cycle().skip(1);
    for ((x0, y0), (x1, y1)) in border.iter().zip(next) {
        let (from, to) = ((x0 - left, y0 - top), (x1 - left, y1 - top));
        if y0 < y1 {
            add_edge(&mut steps, columns, from, to, 1.0);
        } else if y1 < y0 {
            add_edge(&mut steps, columns, to, from, -1.0);
        }
    }
    for (shares, steps) in
        cover.shares.chunks_exact_mut(cover.columns.max(1)).zip(steps.chunks_exact(columns))
    {
        let mut sum = 0.0;
        for (share, step) in shares.iter_mut().zip(steps) {
            sum += step;
            *share = sum.abs().min(1.0) as f32;
        }
    }
    cover
}

/// An edge that runs down, row by row.
fn add_edge(steps: &mut [f64], columns: usize, (x0, y0): Spot, (x1, y1): Spot, turn: f64) {
    let slope = (x1 - x0) / (y1 - y0);
    for row in y0 as usize..y1.ceil() as usize {
        let (upper, lower) = (y0.max(row as f64), y1.min(row as f64 + 1.0));
        let ends = (x0 + (upper - y0) * slope, x0 + (lower - y0) * slope);
        let (low, high) = (ends.0.min(ends.1), ends.0.max(ends.1));
        add_row(&mut steps[row * columns..][..columns], (low, high), turn * (lower - upper));
    }
}

/// A piece of an edge within one row, `height` of it in all, from `low` to `high` along the row.
fn add_row(steps: &mut [f64], (low, high): (f64, f64), height: f64) {
    // the part of the row's height that lies left of each dot's right border, and its mean within the dot
    let width = high - low;
    let mut before = 0.0;
    for column in low as usize..=(high as usize).min(steps.len() - 2) {
        let (from, to) = (low.max(column as f64), high.min(column as f64 + 1.0));
        let share = if width > 0.0 { (to - from) / width } else { 1.0 };
        let right = column as f64 + 1.0 - (from + to) / 2.0;
        // what begins in this dot covers the rest of it, and the next dots whole
        let here = height * share * right;
        steps[column] += here + before;
        before = height * share - here;
    }
    let last = (high as usize).min(steps.len() - 2) + 1;
    steps[last] += before;
}
