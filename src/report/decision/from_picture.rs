//! From a picture that is drawn to the chart a reader can hover over: the same numbers, the same words.

use super::chart::{Chart, Panel};
use super::{from_bands, from_bars, from_curves, from_dots, from_pairs, from_spans};
use crate::report::plot::{Picture, Span, Words};
use crate::report::wording::{percent, plain};

/// The chart of a picture, with the picture itself (its SVG) for readers without scripts.
///
/// A picture that gives no panel, or nothing to draw in them, is shown as it is drawn.
pub fn drawn(id: &str, picture: &Picture, svg: String) -> Chart {
    let (words, panels): (&Words, Vec<Panel>) = match picture {
        Picture::Attainment(input) => (&input.words, vec![from_bars::attainment(input)]),
        Picture::WhyLate(input) => (&input.words, vec![from_bars::why_late(input)]),
        Picture::RepHours(input) => (&input.words, vec![from_bars::rep_hours(input)]),
        Picture::Funnel(input) => (&input.words, from_bars::funnel(input)),
        Picture::ResponseTimes(input) => (&input.words, vec![from_bands::response_times(input)]),
        Picture::ByWeek(input) => (&input.words, vec![from_bands::by_week(input)]),
        Picture::HeatMap(input) => (&input.words, from_bands::heat_map(input)),
        Picture::CapacityCurve(input) => (&input.words, from_bands::capacity_curve(input)),
        Picture::ChanceCurve(input) => (&input.words, vec![from_curves::chance_curve(input)]),
        Picture::VolumeCurves(input) => (&input.words, vec![from_curves::volume_curves(input)]),
        Picture::GridMap(input) => (&input.words, from_pairs::grid_map(input)),
        Picture::Forest(input) => (&input.words, from_pairs::forest(input)),
        Picture::Waterfall(input) => (&input.words, vec![from_spans::waterfall(input)]),
        Picture::Tornado(input) => (&input.words, from_spans::tornado(input)),
        Picture::Frontier(input) => (&input.words, vec![from_dots::frontier(input)]),
    };
    Chart {
        id: id.into(),
        title: plain(&words.title),
        subtitle: plain(&words.subtitle),
        footer: plain(&words.footer),
        panels: panels.into_iter().filter(|panel| !panel.plot.is_empty()).collect(),
        picture: Some(svg),
    }
}

/// What one trial is called in a picture.
pub(super) fn trial(words: &Words) -> &str {
    if words.trial.is_empty() { "quarter" } else { &words.trial }
}

/// Both ends of a span that are numbers.
pub(super) fn ends(span: Option<Span>) -> Option<(f64, f64)> {
    span.filter(|span| span.low.is_finite() && span.high.is_finite()).map(|span| (span.low, span.high))
}

/// A number, where it is one.
pub(super) fn known(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite())
}

/// "64.9 % (interval 64.6–65.2), typical quarter 58–72 %", for a tooltip.
pub(super) fn share_tip(value: Option<f64>, interval: Option<Span>, typical: Option<(Span, &str)>) -> String {
    let Some(value) = known(value) else { return "no figure".into() };
    let interval = ends(interval).map_or(" (no interval)".into(), |(low, high)| {
        format!(" (interval {}–{})", percent(low), percent(high))
    });
    let typical = typical.and_then(|(span, trial)| {
        let (low, high) = ends(Some(span))?;
        Some(format!(", typical {trial} {:.0}–{:.0} %", low * 100.0, high * 100.0))
    });
    format!("{} %{interval}{}", percent(value), typical.unwrap_or_default())
}
