//! Paints what PNG and SVG paint alike: filled areas and rectangles, through the drawing library.

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend, Polygon, Rectangle};
use plotters::style::ShapeStyle;

use super::PlotError;
use super::sheet::{Panel, Spot};
use super::theme::Colour;

/// A canvas of the drawing library; its places are whole numbers, counted from the top left.
pub(super) type Canvas<Backend> = DrawingArea<Backend, Shift>;

/// How many of the canvas's whole steps make one picture unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fineness(pub f64);

impl Fineness {
    /// Width and height of the canvas for a sheet of this size.
    pub fn size(self, width: f64, height: f64) -> (u32, u32) {
        ((width.round() * self.0) as u32, (height.round() * self.0) as u32)
    }

    /// The nearest place on the canvas.
    pub fn spot(self, (x, y): Spot) -> (i32, i32) {
        ((x * self.0).round() as i32, (y * self.0).round() as i32)
    }

    /// The nearest places on the canvas, without steps of length zero.
    pub fn path(self, spots: &[Spot]) -> Vec<(i32, i32)> {
        let mut path: Vec<(i32, i32)> = spots.iter().map(|spot| self.spot(*spot)).collect();
        path.dedup();
        path
    }

    /// Fills the area inside the border.
    ///
    /// # Errors
    /// When the drawing library refuses.
    pub fn area<Backend: DrawingBackend>(
        self,
        canvas: &Canvas<Backend>,
        border: &[Spot],
        colour: Colour,
    ) -> Result<(), PlotError> {
        let path = self.path(border);
        if path.len() < 3 {
            return Ok(());
        }
        canvas.draw(&Polygon::new(path, filled(colour))).map_err(PlotError::drawing)
    }

    /// Fills an upright rectangle.
    ///
    /// # Errors
    /// When the drawing library refuses.
    pub fn block<Backend: DrawingBackend>(
        self,
        canvas: &Canvas<Backend>,
        panel: &Panel,
        colour: Colour,
    ) -> Result<(), PlotError> {
        let corners = [self.spot((panel.left, panel.top)), self.spot((panel.right, panel.bottom))];
        canvas.draw(&Rectangle::new(corners, filled(colour))).map_err(PlotError::drawing)
    }
}

/// The library's name for a plain fill.
pub(super) fn filled(colour: Colour) -> ShapeStyle {
    ShapeStyle { color: colour, filled: true, stroke_width: 0 }
}
