//! Drawing: turns finished numbers into pictures, as PNG and as SVG; it computes no statistics.
//!
//! Every picture has a plain input with its numbers, labels and units. Shares run from 0 to 1. A missing or
//! non-finite number leaves a gap; an empty input gives a picture that says so.

mod theme;
mod font;
mod sheet;
mod bitmap;
mod stroke;
mod fill;
mod paint;
mod dots;
mod shapes;
mod figures;
mod frame;
mod axis;
mod band;
mod legend;
mod rows_by_panel;
mod heat;
mod attainment;
mod response_times;
mod why_late;
mod by_week;
mod heat_map;
mod rep_hours;
mod funnel;
mod capacity_curve;
mod chance_curve;
mod forest;
mod waterfall;
mod grid_map;
mod volume_curves;
mod frontier;
mod tornado;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod hard_samples;
#[cfg(test)]
mod tests;

pub use attainment::{Attainment, AttainmentRow};
pub use by_week::{ByWeek, WeekPoint};
pub use capacity_curve::{CapacityCurve, CapacityPoint, CapacitySeries};
pub use chance_curve::{ChanceCurve, ChancePoint, ChanceSeries};
pub use forest::{Forest, ForestMark, ForestPanel, ForestRow};
pub use frontier::{Frontier, FrontierPoint, STAIRS, Standing};
pub use funnel::{Funnel, FunnelStage, Leak};
pub(super) use grid_map::draws_contour;
pub use grid_map::{GridMap, GridPanel};
pub use heat_map::{HeatMap, HeatPanel};
pub use rep_hours::{RepHours, RepHoursRow};
pub use response_times::{Clock, CurveTarget, ResponseCurve, ResponseTimes};
pub use tornado::{Tornado, TornadoEnd, TornadoPanel, TornadoRow};
pub use volume_curves::{VolumeCurves, VolumeLine};
pub use waterfall::{Waterfall, WaterfallStep};
pub use why_late::{WhyLate, WhyLateBar};

use sheet::Sheet;

/// What a picture says in words: the message, the line under it, and the small print.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// The message, as one sentence.
    pub title: String,
    /// What is drawn, of whom, over which period.
    pub subtitle: String,
    /// How many quarters, which seed, what the bands are.
    pub footer: String,
    /// What one trial is called; "quarter" if left empty.
    pub trial: String,
}

impl Words {
    /// What one trial is called.
    fn trial(&self) -> &str {
        if self.trial.is_empty() { "quarter" } else { &self.trial }
    }
}

/// From a low to a high value, both in the unit of the value they belong to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Span {
    /// The span from `low` to `high`.
    pub fn new(low: f64, high: f64) -> Self {
        Self { low, high }
    }
}

/// Every picture the program can draw.
#[derive(Clone, Debug, PartialEq)]
pub enum Picture {
    /// How often each commitment is kept, against its goal.
    Attainment(Attainment),
    /// How long leads wait for the first attempt.
    ResponseTimes(ResponseTimes),
    /// What late leads were waiting for.
    WhyLate(WhyLate),
    /// How often a commitment is kept, week by week.
    ByWeek(ByWeek),
    /// When leads come and when reps are there, by hour of the week.
    HeatMap(HeatMap),
    /// What the reps' paid hours go to.
    RepHours(RepHours),
    /// How many leads reach each stage, and where they leak.
    Funnel(Funnel),
    /// How often a commitment is kept at each team size.
    CapacityCurve(CapacityCurve),
    /// How sure a promise is along one input.
    ChanceCurve(ChanceCurve),
    /// A share over two inputs.
    GridMap(GridMap),
    /// How far alternatives are from the base, measure by measure.
    Forest(Forest),
    /// A figure against the number of MQLs.
    VolumeCurves(VolumeCurves),
    /// What each constraint holds back, from today to everything taken away.
    Waterfall(Waterfall),
    /// What each way costs against how sure the promise then is.
    Frontier(Frontier),
    /// Which input moves the answer most, at its low and its high end.
    Tornado(Tornado),
}

/// Why a picture could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum PlotError {
    /// The built-in typeface was refused.
    #[error("the built-in typeface could not be loaded")]
    Typeface,
    /// The drawing library or the file format refused; the words are theirs.
    #[error("the picture could not be drawn: {0}")]
    Drawing(String),
}

impl PlotError {
    fn drawing(error: impl std::fmt::Display) -> Self {
        Self::Drawing(error.to_string())
    }
}

/// The picture as the bytes of a PNG file, 1600 dots wide and usually 1000 high (more when there are many rows).
///
/// # Errors
/// When the drawing library refuses.
pub fn png(picture: &Picture) -> Result<Vec<u8>, PlotError> {
    dots::png(&layout(picture))
}

/// The picture as the text of an SVG file, with the same layout as the PNG and its labels as real text.
///
/// # Errors
/// When the drawing library refuses.
pub fn svg(picture: &Picture) -> Result<String, PlotError> {
    shapes::svg(&layout(picture))
}

/// Lays the picture out on a sheet.
fn layout(picture: &Picture) -> Sheet {
    match picture {
        Picture::Attainment(input) => attainment::layout(input),
        Picture::ResponseTimes(input) => response_times::layout(input),
        Picture::WhyLate(input) => why_late::layout(input),
        Picture::ByWeek(input) => by_week::layout(input),
        Picture::HeatMap(input) => heat_map::layout(input),
        Picture::RepHours(input) => rep_hours::layout(input),
        Picture::Funnel(input) => funnel::layout(input),
        Picture::CapacityCurve(input) => capacity_curve::layout(input),
        Picture::ChanceCurve(input) => chance_curve::layout(input),
        Picture::GridMap(input) => grid_map::layout(input),
        Picture::Forest(input) => forest::layout(input),
        Picture::VolumeCurves(input) => volume_curves::layout(input),
        Picture::Waterfall(input) => waterfall::layout(input),
        Picture::Frontier(input) => frontier::layout(input),
        Picture::Tornado(input) => tornado::layout(input),
    }
}
