//! Paints a sheet into the dots of a PNG file.

use ab_glyph::{Font, ScaleFont};
use plotters::prelude::{BitMapBackend, DrawingBackend, IntoDrawingArea};

use super::paint::{Canvas, Fineness};
use super::sheet::{Letters, Mark, Panel, Sheet, Spot};
use super::stroke::Cover;
use super::theme::{self, Colour};
use super::{PlotError, bitmap, fill, font, stroke};

/// One dot per picture unit: lines, areas and letters know how much of a dot they cover.
const DOTS: Fineness = Fineness(1.0);

/// The sheet as a PNG file, one dot per picture unit.
///
/// # Errors
/// When the drawing library or the file format refuses.
pub(super) fn png(sheet: &Sheet) -> Result<Vec<u8>, PlotError> {
    font::register()?;
    let (width, height) = DOTS.size(sheet.width, sheet.height);
    let mut dots = vec![255_u8; width as usize * height as usize * 3];
    {
        let canvas = BitMapBackend::with_buffer(&mut dots, (width, height)).into_drawing_area();
        for mark in &sheet.marks {
            paint(&canvas, mark)?;
        }
        canvas.present().map_err(PlotError::drawing)?;
    }
    bitmap::encode(&dots, width, height)
}

fn paint<Backend: DrawingBackend>(canvas: &Canvas<Backend>, mark: &Mark) -> Result<(), PlotError> {
    match mark {
        Mark::Area { border, .. } if border.len() < 3 => Ok(()),
        Mark::Area { border, colour } => draw_cover(canvas, &fill::cover(border), *colour),
        Mark::Block { panel, colour } => DOTS.block(canvas, &on_dots(panel), *colour),
        Mark::Disc { centre, radius, colour } => draw_stroke(canvas, &[*centre], 2.0 * radius, *colour),
        Mark::Line { spots, colour, width, dash: None } => draw_stroke(canvas, spots, *width, *colour),
        Mark::Line { spots, colour, width, dash: Some(dash) } => stroke::broken(spots, *dash)
            .iter()
            .try_for_each(|piece| draw_stroke(canvas, piece, *width, *colour)),
        Mark::Words { spot, words, letters } => write(canvas, *spot, words, letters),
    }
}

/// Draws a line dot by dot: the library rounds every bend to whole dots, which makes curves wobble.
fn draw_stroke<Backend: DrawingBackend>(
    canvas: &Canvas<Backend>,
    spots: &[Spot],
    width: f64,
    colour: Colour,
) -> Result<(), PlotError> {
    if spots.is_empty() {
        return Ok(());
    }
    draw_cover(canvas, &stroke::cover(spots, width), colour)
}

fn draw_cover<Backend: DrawingBackend>(
    canvas: &Canvas<Backend>,
    cover: &Cover,
    colour: Colour,
) -> Result<(), PlotError> {
    for (row, shares) in cover.shares.chunks_exact(cover.columns.max(1)).enumerate() {
        for (column, share) in shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
            put(canvas, (cover.left + column as i32, cover.top + row as i32), *share, colour)?;
        }
    }
    Ok(())
}

/// The rectangle with its borders between dots, so that neighbours meet without a seam; none is so thin that it vanishes.
fn on_dots(panel: &Panel) -> Panel {
    let (left, top) = (panel.left.round(), panel.top.round());
    let right = panel.right.round().max(left + 1.0);
    Panel { left, top, right, bottom: panel.bottom.round().max(top + 1.0) }
}

/// Writes words dot by dot: the library's own lettering drops each letter's left bearing, which spoils the spacing.
fn write<Backend: DrawingBackend>(
    canvas: &Canvas<Backend>,
    (x, baseline): Spot,
    words: &str,
    letters: &Letters,
) -> Result<(), PlotError> {
    let face = font::face(letters.bold).as_scaled(font::scale(letters.size, letters.bold));
    let left = letters.footprint((x, baseline), words).left;
    let (mut pen, line) = (left as f32, baseline.round() as f32);
    let mut previous = None;
    for letter in words.chars() {
        let id = face.glyph_id(letter);
        if let Some(before) = previous {
            pen += face.kern(before, id);
        }
        previous = Some(id);
        let mut glyph = face.scaled_glyph(letter);
        glyph.position = ab_glyph::point(pen, line);
        pen += face.h_advance(id);
        let Some(outline) = face.font.outline_glyph(glyph) else { continue };
        let bounds = outline.px_bounds();
        let mut covered = Vec::new();
        outline.draw(|column, row, share| covered.push((column, row, share)));
        for (column, row, share) in covered {
            let spot = (bounds.min.x as i32 + column as i32, bounds.min.y as i32 + row as i32);
            put(canvas, spot, share, letters.colour)?;
        }
    }
    Ok(())
}

/// Colours the covered share of one dot.
fn put<Backend: DrawingBackend>(
    canvas: &Canvas<Backend>,
    spot: (i32, i32),
    share: f32,
    colour: Colour,
) -> Result<(), PlotError> {
    let seen = theme::faint(colour, f64::from(share.clamp(0.0, 1.0)) * colour.3);
    canvas.draw_pixel(spot, &seen).map_err(PlotError::drawing)
}
