//! Paints a sheet into the shapes of an SVG file, with its words as real text.

use plotters::prelude::{
    Circle, IntoDrawingArea, IntoFont, PathElement, SVGBackend, ShapeStyle, Text, TextStyle,
};
use plotters::style::FontStyle;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::paint::{Canvas, Fineness, filled};
use super::sheet::{Anchor, Letters, Mark, Sheet, Spot};
use super::theme::{self, Colour};
use super::{PlotError, font, stroke};

/// The library writes whole numbers only, so the drawing is made eight times larger than it is shown.
const FINE: Fineness = Fineness(8.0);

/// The sheet as an SVG file.
///
/// # Errors
/// When the drawing library refuses.
pub(super) fn svg(sheet: &Sheet) -> Result<String, PlotError> {
    font::register()?;
    let mut file = String::new();
    {
        let size = FINE.size(sheet.width, sheet.height);
        let canvas = SVGBackend::with_string(&mut file, size).into_drawing_area();
        canvas.fill(&theme::PAPER).map_err(PlotError::drawing)?;
        for mark in &sheet.marks {
            paint(&canvas, mark)?;
        }
        canvas.present().map_err(PlotError::drawing)?;
    }
    Ok(shown(&file, sheet))
}

/// Shows the large drawing at the size of the sheet and names it for screen readers.
fn shown(file: &str, sheet: &Sheet) -> String {
    let (width, height) = FINE.size(sheet.width, sheet.height);
    let drawn = format!("width=\"{width}\" height=\"{height}\" viewBox");
    let (width, height) = Fineness(1.0).size(sheet.width, sheet.height);
    let shown =
        format!("width=\"{width}\" height=\"{height}\" role=\"img\" stroke-linejoin=\"round\" viewBox");
    let title = sheet.title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let sized = file.replacen(&drawn, &shown, 1);
    match sized.split_once(">\n") {
        Some((head, body)) => format!("{head}>\n<title>{title}</title>\n{body}"),
        None => sized,
    }
}

fn paint(canvas: &Canvas<SVGBackend>, mark: &Mark) -> Result<(), PlotError> {
    match mark {
        Mark::Area { border, colour } => FINE.area(canvas, border, *colour),
        Mark::Block { panel, colour } => FINE.block(canvas, panel, *colour),
        Mark::Disc { centre, radius, colour } => {
            let size = (radius * FINE.0).round() as i32;
            canvas.draw(&Circle::new(FINE.spot(*centre), size, filled(*colour))).map_err(PlotError::drawing)
        }
        Mark::Line { spots, colour, width, dash: None } => draw_line(canvas, spots, *width, *colour),
        Mark::Line { spots, colour, width, dash: Some(dash) } => stroke::broken(spots, *dash)
            .iter()
            .try_for_each(|piece| draw_line(canvas, piece, *width, *colour)),
        Mark::Words { spot, words, letters } => write(canvas, *spot, words, letters),
    }
}

fn draw_line(
    canvas: &Canvas<SVGBackend>,
    spots: &[Spot],
    width: f64,
    colour: Colour,
) -> Result<(), PlotError> {
    let path = FINE.path(spots);
    if path.len() < 2 {
        return Ok(());
    }
    let style = ShapeStyle { color: colour, filled: false, stroke_width: (width * FINE.0).round() as u32 };
    canvas.draw(&PathElement::new(path, style)).map_err(PlotError::drawing)
}

fn write(
    canvas: &Canvas<SVGBackend>,
    (x, baseline): Spot,
    words: &str,
    letters: &Letters,
) -> Result<(), PlotError> {
    let size = letters.size * FINE.0;
    let column = match letters.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let weight = if letters.bold { FontStyle::Bold } else { FontStyle::Normal };
    // the library writes size / 1.24 as the em, and puts the baseline 0.76 em under the top
    let style = TextStyle::from((font::FAMILY, size * 1.24).into_font().style(weight))
        .color(&letters.colour)
        .pos(Pos::new(column, VPos::Top));
    let (left, line) = FINE.spot((x, baseline));
    let top = line - (0.76 * size).round() as i32;
    canvas.draw(&Text::new(words.to_owned(), (left, top), style)).map_err(PlotError::drawing)
}
