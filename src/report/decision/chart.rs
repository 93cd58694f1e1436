//! A chart as plain numbers and words: what is drawn, with the tooltip of every point already written.

pub use super::chart_rows::{Bar, Bars, Forest, ForestRow, Part, SpanBar, SpanRow, Spans, Stack, Stacks};
use serde::Serialize;

/// One message with what shows it: one or more panels, and the drawn picture for readers without scripts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chart {
    /// Short name, the same in every run: "attainment".
    pub id: String,
    /// The message, as one sentence.
    pub title: String,
    /// What is drawn, of whom.
    pub subtitle: String,
    /// Trials, seed, what bands and whiskers are.
    pub footer: String,
    /// What is drawn; empty where only the picture shows it.
    pub panels: Vec<Panel>,
    /// The same as a drawn SVG file, shown where scripts do not run or there is no panel.
    pub picture: Option<String>,
}

/// One drawing area with its heading and legend.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Panel {
    /// Heading: what is counted, with its unit.
    pub title: String,
    /// The legend.
    pub keys: Vec<Key>,
    /// What is drawn.
    pub plot: Plot,
}

/// An entry of a legend.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Key {
    /// The sign before the words.
    pub swatch: Swatch,
    /// Position of its colour in the series of colours; 7 is ink.
    pub colour: usize,
    /// What the sign means.
    pub words: String,
}

/// Position of the ink (the colour of text) behind the colours of series.
pub const INK: usize = 7;
/// Position of the grey of things without a colour of their own.
pub const GREY: usize = 6;

impl Key {
    /// An entry.
    pub fn new(swatch: Swatch, colour: usize, words: impl Into<String>) -> Key {
        Key { swatch, colour, words: words.into() }
    }
}

/// The sign of a legend's entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Swatch {
    /// A line with a dot.
    Line,
    /// A broken line.
    Dashed,
    /// A dot.
    Dot,
    /// A filled field.
    Field,
    /// A dark band: the interval of a figure.
    Interval,
    /// A light band: the typical range of one trial.
    Typical,
    /// An empty frame.
    Frame,
    /// An upright stroke: a goal.
    Stroke,
    /// Light to dark.
    Ramp,
}

/// The kinds of drawings.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Plot {
    /// Values along an axis: lines with bands, or points with whiskers.
    Lines(Lines),
    /// One bar a row, with its interval.
    Bars(Bars),
    /// Bars made of parts that add up to one whole.
    Stacks(Stacks),
    /// One figure a row with interval and typical range, against goals.
    Forest(Forest),
    /// Bars that begin and end anywhere, with intervals at their ends.
    Spans(Spans),
    /// A dot a thing, with its interval upright.
    Dots(Dots),
    /// Cells in rows and columns, coloured by value.
    Heat(Heat),
}

impl Plot {
    /// Whether there is nothing to draw: no row, or no value in any.
    pub fn is_empty(&self) -> bool {
        match self {
            Plot::Lines(lines) => {
                lines.series.iter().flat_map(|line| &line.points).all(|point| point.value.is_none())
            }
            Plot::Bars(bars) => bars.rows.iter().all(|bar| bar.value.is_none()),
            Plot::Stacks(stacks) => stacks.rows.iter().all(|stack| stack.parts.is_empty()),
            Plot::Forest(forest) => forest.rows.iter().all(|row| row.value.is_none()),
            Plot::Spans(spans) => spans.rows.iter().all(|row| row.bars.iter().all(Option::is_none)),
            Plot::Dots(dots) => dots.dots.is_empty(),
            Plot::Heat(heat) => heat.cells.iter().all(Option::is_none),
        }
    }
}

/// How the numbers of an axis are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Figures {
    /// A plain number with commas.
    #[default]
    Count,
    /// A share from 0 to 1, written in per cent.
    Percent,
    /// Dollars.
    Money,
}

/// An axis.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Axis {
    /// What is measured, with its unit.
    pub title: String,
    /// How its numbers are written.
    pub figures: Figures,
    /// Whether equal steps multiply.
    pub logarithmic: bool,
    /// Where it begins; where the numbers begin if none.
    pub low: Option<f64>,
    /// Where it ends; where the numbers end if none.
    pub high: Option<f64>,
    /// Places with a name of their own; the figures are written at round numbers if there are none.
    pub ticks: Vec<(f64, String)>,
}

impl Axis {
    /// A share of something, from none to all.
    pub fn share(title: impl Into<String>) -> Axis {
        Axis {
            title: title.into(),
            figures: Figures::Percent,
            low: Some(0.0),
            high: Some(1.0),
            ..Axis::default()
        }
    }

    /// An axis whose ends follow from what is drawn.
    pub fn of(title: impl Into<String>, figures: Figures) -> Axis {
        Axis { title: title.into(), figures, ..Axis::default() }
    }
}

/// Values along an axis.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Lines {
    /// The axis along the bottom.
    pub across: Axis,
    /// The axis upwards.
    pub up: Axis,
    /// What a tooltip says once of each place, where all lines have the same places; words of points are then read after the line's name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
    /// The lines.
    pub series: Vec<Line>,
    /// Level lines with a name: goals.
    pub levels: Vec<Mark>,
    /// Upright lines with a name: targets, today.
    pub uprights: Vec<Mark>,
}

/// One line of values.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// What it is.
    pub name: String,
    /// Position of its colour.
    pub colour: usize,
    /// How it is drawn.
    pub stroke: Stroke,
    /// Its points from left to right.
    pub points: Vec<Point>,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stroke {
    /// A line with a dot at every point, intervals as bands.
    Dotted,
    /// A bare line.
    Plain,
    /// A bare broken line.
    Broken,
    /// Points with whiskers and no line.
    Whiskers,
}

/// One point.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Point {
    /// Place along the axis.
    pub at: f64,
    /// Value; a gap if none.
    pub value: Option<f64>,
    /// Ends of its confidence interval.
    pub interval: Option<(f64, f64)>,
    /// Ends of the typical range of one trial.
    pub typical: Option<(f64, f64)>,
    /// What the tooltip says, interval included.
    pub tip: String,
    /// Whether its dot is hollow, for what is not settled.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub open: bool,
}

/// A line across the drawing with a name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// Where.
    pub at: f64,
    /// Its name.
    pub name: String,
    /// Position of its colour.
    pub colour: usize,
}

/// Things with a price, or another amount, against a share: a dot each, with its interval upright.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Dots {
    /// The axis along the bottom.
    pub across: Axis,
    /// The axis upwards.
    pub up: Axis,
    /// The dots; later ones lie on top.
    pub dots: Vec<Dot>,
    /// A line in steps from the left: the most at or below each place.
    pub stairs: Vec<(f64, f64)>,
    /// Level lines with a name: what is wanted.
    pub levels: Vec<Mark>,
}

/// One dot.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Dot {
    /// Place along the bottom.
    pub at: f64,
    /// Value.
    pub value: f64,
    /// Ends of its confidence interval.
    pub interval: Option<(f64, f64)>,
    /// Position of its colour.
    pub colour: usize,
    /// Whether it is larger than the others and its name bold: the answer.
    pub large: bool,
    /// The name written beside it; empty for none.
    pub name: String,
    /// What the tooltip says.
    pub tip: String,
}

/// Cells in rows and columns.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Heat {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Names of the rows from the top.
    pub rows: Vec<String>,
    /// Position of the ramp of colours: 0 blue, 1 orange.
    pub ramp: usize,
    /// Where the colours end.
    pub top: f64,
    /// Row after row; none where nothing is known.
    pub cells: Vec<Option<f64>>,
    /// What the tooltips say, cell by cell.
    pub tips: Vec<String>,
    /// Where the cells are the hours of a week: the unit of their tips, which are then numbers after day and hour.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hourly: String,
    /// What is written in the cells where there is room; empty for none.
    pub written: Vec<String>,
    /// What runs along the bottom; empty where the names of the columns say it.
    pub across: String,
    /// What the rows are; empty where their names say it.
    pub down: String,
    /// A thick line lies between cells on either side of this value.
    pub contour: Option<f64>,
    /// The cell of today.
    pub today: Option<usize>,
}
