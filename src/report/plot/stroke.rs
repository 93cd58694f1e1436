//! Smooth lines in a bitmap: how much of each dot a stroke covers, at joints and ends as in between.

use super::sheet::Spot;

/// The dots a stroke touches: a rectangle of dots and the covered share (0 to 1) of each, row by row.
pub(super) struct Cover {
    pub left: i32,
    pub top: i32,
    pub columns: usize,
    pub shares: Vec<f32>,
}

/// What a stroke of this width through the spots covers, all in dots; its ends are round, one spot is a disc.
///
/// A dot is covered by its distance to the nearest piece of the path, so joints are never counted twice.
pub(super) fn cover(spots: &[Spot], width: f64) -> Cover {
    let mut cover = Cover::around(spots, width / 2.0 + 1.0);
    if let [only] = spots {
        cover.add_piece(*only, *only, width);
    }
    for pair in spots.windows(2) {
        cover.add_piece(pair[0], pair[1], width);
    }
    cover
}

impl Cover {
    /// Nothing covered yet, with room for these spots and `reach` dots around them.
    pub fn around(spots: &[Spot], reach: f64) -> Cover {
        let least = |pick: fn(&Spot) -> f64| spots.iter().map(pick).fold(f64::INFINITY, f64::min) - reach;
        let most = |pick: fn(&Spot) -> f64| spots.iter().map(pick).fold(f64::NEG_INFINITY, f64::max) + reach;
        let (left, top) = (least(|spot| spot.0).floor() as i32, least(|spot| spot.1).floor() as i32);
        let columns = (most(|spot| spot.0).ceil() as i32 - left).max(0) as usize;
        let rows = (most(|spot| spot.1).ceil() as i32 - top).max(0) as usize;
        Cover { left, top, columns, shares: vec![0.0; columns * rows] }
    }

    fn add_piece(&mut self, from: Spot, to: Spot, width: f64) {
        let reach = width / 2.0 + 1.0;
        let rows = self.shares.len() / self.columns.max(1);
        let within =
            |low: f64, origin: i32, count: usize| ((low - f64::from(origin)).max(0.0) as usize).min(count);
        let first_row = within(from.1.min(to.1) - reach, self.top, rows);
        let last_row = within(from.1.max(to.1) + reach + 1.0, self.top, rows);
        let first_column = within(from.0.min(to.0) - reach, self.left, self.columns);
        let last_column = within(from.0.max(to.0) + reach + 1.0, self.left, self.columns);
        for row in first_row..last_row {
            for column in first_column..last_column {
                let middle =
                    (f64::from(self.left) + column as f64 + 0.5, f64::from(self.top) + row as f64 + 0.5);
                let share = (width / 2.0 + 0.5 - distance(middle, from, to)).clamp(0.0, 1.0) as f32;
                let place = &mut self.shares[row * self.columns + column];
                *place = place.max(share);
            }
        }
    }
}

/// Distance of a spot from the piece of line between two others.
fn distance((x, y): Spot, (x0, y0): Spot, (x1, y1): Spot) -> f64 {
    let (dx, dy) = (x1 - x0, y1 - y0);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { (((x - x0) * dx + (y - y0) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (across, down) = (x - x0 - along * dx, y - y0 - along * dy);
    // no overflow is near, so the plain root does, many times faster than `hypot`
    (across * across + down * down).sqrt()
}

/// The strokes of a dashed line, each as long as `stroke` and `gap` apart.
pub(super) fn broken(spots: &[Spot], (stroke, gap): (f64, f64)) -> Vec<Vec<Spot>> {
    let mut strokes = Vec::new();
    let mut current: Vec<Spot> = spots.first().copied().into_iter().collect();
    let (mut inked, mut left) = (true, stroke);
    for pair in spots.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let length = (x1 - x0).hypot(y1 - y0);
        let mut walked = 0.0;
        while length - walked > left {
            walked += left;
            let spot = (x0 + (x1 - x0) * walked / length, y0 + (y1 - y0) * walked / length);
            if inked {
                current.push(spot);
                strokes.push(std::mem::take(&mut current));
            } else {
                current = vec![spot];
            }
            inked = !inked;
            left = if inked { stroke } else { gap };
        }
        left -= length - walked;
        if inked {
            current.push((x1, y1));
        }
    }
    if current.len() > 1 {
        strokes.push(current);
    }
    strokes
}
