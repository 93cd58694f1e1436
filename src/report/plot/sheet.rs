//! A picture before it is painted: a list of lines, areas, dots and words, each with its place on the sheet.
//!
//! The PNG and the SVG are painted from the same list, so they always show the same thing, and a test can read
//! the list to see whether two words overlap.

use super::font;
use super::theme::{self, Colour};

/// A place on the sheet: units from the left, units from the top.
pub(super) type Spot = (f64, f64);

/// An upright rectangle on the sheet, in picture units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Panel {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Panel {
    /// Width in picture units.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Height in picture units.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Whether the two share any place.
    pub fn meets(&self, other: &Panel) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether the spot lies inside, borders included.
    pub fn holds(&self, (x, y): Spot) -> bool {
        x >= self.left && x <= self.right && y >= self.top && y <= self.bottom
    }
}

/// Which part of the words sits at the given place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How words look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Letters {
    pub size: f64,
    pub bold: bool,
    pub colour: Colour,
    pub anchor: Anchor,
}

impl Letters {
    /// Regular letters of this size and colour that start at their place.
    pub fn new(size: f64, colour: Colour) -> Self {
        Self { size, bold: false, colour, anchor: Anchor::Start }
    }

    /// The same in bold.
    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same, centred on its place.
    pub fn middle(self) -> Self {
        Self { anchor: Anchor::Middle, ..self }
    }

    /// The same, ending at its place.
    pub fn end(self) -> Self {
        Self { anchor: Anchor::End, ..self }
    }

    /// Width of these words in picture units.
    pub fn width(&self, words: &str) -> f64 {
        font::width(words, self.size, self.bold)
    }

    /// Height of a line of these words, descenders included, in picture units.
    pub fn line_height(&self) -> f64 {
        self.size * 1.28
    }

    /// Where these words land when written at this baseline.
    pub fn footprint(&self, (x, baseline): Spot, words: &str) -> Panel {
        let width = self.width(words);
        let left = match self.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        let (top, bottom) = (baseline - 0.74 * self.size, baseline + 0.22 * self.size);
        Panel { left, top, right: left + width, bottom }
    }
}

/// One thing to paint.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    /// A line through the spots; `dash` is the length of a stroke and of the gap after it.
    Line { spots: Vec<Spot>, colour: Colour, width: f64, dash: Option<(f64, f64)> },
    /// A filled area with the spots as its border.
    Area { border: Vec<Spot>, colour: Colour },
    /// A filled upright rectangle.
    Block { panel: Panel, colour: Colour },
    /// A filled disc.
    Disc { centre: Spot, radius: f64, colour: Colour },
    /// Words on one line; the spot is on their baseline.
    Words { spot: Spot, words: String, letters: Letters },
}

/// The sheet: its size and everything on it, in painting order.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub width: f64,
    pub height: f64,
    pub title: String,
    pub marks: Vec<Mark>,
}

impl Sheet {
    /// A blank sheet of the usual width.
    pub fn blank(height: f64, title: &str) -> Self {
        Self { width: theme::WIDTH, height, title: font::printable(title), marks: Vec::new() }
    }

    /// Draws a solid line through the spots.
    pub fn line(&mut self, spots: Vec<Spot>, colour: Colour, width: f64) {
        self.marks.push(Mark::Line { spots, colour, width, dash: None });
    }

    /// Draws a dashed line through the spots.
    pub fn dashed(&mut self, spots: Vec<Spot>, colour: Colour, width: f64) {
        self.marks.push(Mark::Line { spots, colour, width, dash: Some((9.0, 7.0)) });
    }

    /// Fills the area inside the border.
    pub fn area(&mut self, border: Vec<Spot>, colour: Colour) {
        self.marks.push(Mark::Area { border, colour });
    }

    /// Fills an upright rectangle; nothing is drawn when it has no area.
    pub fn block(&mut self, panel: Panel, colour: Colour) {
        if panel.width() > 0.0 && panel.height() > 0.0 {
            self.marks.push(Mark::Block { panel, colour });
        }
    }

    /// Fills a disc.
    pub fn disc(&mut self, centre: Spot, radius: f64, colour: Colour) {
        self.marks.push(Mark::Disc { centre, radius, colour });
    }

    /// Writes words on one line; control characters are left out.
    pub fn write(&mut self, spot: Spot, words: &str, letters: Letters) {
        let words = font::printable(words);
        if !words.trim().is_empty() {
            self.marks.push(Mark::Words { spot, words, letters });
        }
    }

    /// Writes words over data: a pale card behind them keeps them readable.
    pub fn write_on_card(&mut self, spot: Spot, words: &str, letters: Letters) {
        let print = letters.footprint(spot, words);
        let card = Panel {
            left: print.left - 5.0,
            top: print.top - 2.0,
            right: print.right + 5.0,
            bottom: print.bottom + 1.0,
        };
        self.block(card, theme::faint(theme::PAPER, 0.82));
        self.write(spot, words, letters);
    }
}
