//! The kinds of drawings that have a row for each thing: bars, bars of parts, figures against goals, bars from anywhere to anywhere.

use super::chart::{Axis, Mark};
use serde::Serialize;

/// One bar a row.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Bars {
    /// The rows from the top.
    pub rows: Vec<Bar>,
}

/// One bar.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Bar {
    /// Its name.
    pub label: String,
    /// Its length.
    pub value: Option<f64>,
    /// Ends of its confidence interval.
    pub interval: Option<(f64, f64)>,
    /// What is written at its end.
    pub written: String,
    /// Position of its colour.
    pub colour: usize,
    /// What the tooltip says.
    pub tip: String,
}

/// Bars made of parts.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Stacks {
    /// The rows from the top.
    pub rows: Vec<Stack>,
}

/// One bar of parts.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Stack {
    /// Its name.
    pub label: String,
    /// Its parts from the left.
    pub parts: Vec<Part>,
}

/// A part of a bar.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Part {
    /// Its share, 0 to 1.
    pub share: f64,
    /// What is written in it where there is room.
    pub written: String,
    /// Position of its colour.
    pub colour: usize,
    /// What the tooltip says.
    pub tip: String,
}

/// One figure a row.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Forest {
    /// The axis along the bottom.
    pub along: Axis,
    /// The rows from the top.
    pub rows: Vec<ForestRow>,
    /// A level that every row is read against, such as no difference.
    pub zero: Option<f64>,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ForestRow {
    /// Its name.
    pub label: String,
    /// Whether it is a part of the row above.
    pub part: bool,
    /// Its figure.
    pub value: Option<f64>,
    /// Ends of its confidence interval.
    pub interval: Option<(f64, f64)>,
    /// Ends of the typical range of one trial.
    pub typical: Option<(f64, f64)>,
    /// Its goal.
    pub goal: Option<f64>,
    /// Position of its colour.
    pub colour: usize,
    /// Whether it is drawn pale, for what is not surely so.
    pub pale: bool,
    /// What the tooltip says.
    pub tip: String,
}

/// Bars that begin and end anywhere: the steps from one value to another, or how far inputs move a figure.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Spans {
    /// The axis along the bottom.
    pub along: Axis,
    /// The rows from the top.
    pub rows: Vec<SpanRow>,
    /// The line that bars are read against, with its name.
    pub line: Option<Mark>,
    /// Whether a thin line leads from the end of each bar down to the next row.
    pub joined: bool,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SpanRow {
    /// Its name.
    pub label: String,
    /// Its bars from the top; a gap where there is none.
    pub bars: Vec<Option<SpanBar>>,
}

/// One bar.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SpanBar {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Ends of the confidence interval of its end.
    pub interval: Option<(f64, f64)>,
    /// Position of its colour.
    pub colour: usize,
    /// Whether it is drawn pale, for what is not surely so.
    pub pale: bool,
    /// What is written beyond its end.
    pub written: String,
    /// What the tooltip says, interval included.
    pub tip: String,
}
