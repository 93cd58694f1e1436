//! Picture: a figure against the number of MQLs, one line a layer of chance or a headcount.

use super::axis::{self, Scale, Tick};
use super::band::{self, Marker, Stop};
use super::by_week::draw_goal;
use super::capacity_curve::draw_today;
use super::figures::known_span;
use super::legend::{self, Sample};
use super::sheet::{Panel, Sheet, Spot};
use super::theme;
use super::{Span, Words, frame};

/// Lines over the number of MQLs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VolumeCurves {
    /// Message, subtitle and small print.
    pub words: Words,
    /// What is counted, written above the axis.
    pub measure: String,
    /// Under the axis, such as "MQLs planned a quarter".
    pub across: String,
    /// Whether values are shares (0 to 1), shown in per cent.
    pub shares: bool,
    /// What is wanted, with its name.
    pub goal: Option<(f64, String)>,
    /// A number of MQLs that is marked, with its name: the textbook's, or today's.
    pub today: Option<(f64, String)>,
    /// The lines.
    pub lines: Vec<VolumeLine>,
    /// What the larger mark on a line stands for; empty for none.
    pub marked: String,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VolumeLine {
    /// Its name.
    pub label: String,
    /// MQLs, value, confidence interval.
    pub points: Vec<(f64, f64, Option<Span>)>,
    /// A point of it worth a larger mark.
    pub mark: Option<(f64, f64)>,
    /// Whether its points were played one by one (and are shown) rather than computed along a curve.
    pub dotted: bool,
}

/// Width of the labels right of the panel.
const COLUMN: f64 = 270.0;

pub(super) fn layout(input: &VolumeCurves) -> Sheet {
    let (mut sheet, room) = frame::usual(&input.words);
    let keys = keys(input);
    legend::keys(&mut sheet, room, &keys);
    let panel = Panel {
        left: room.left + axis::GUTTER,
        top: room.top + legend::height(&keys, room.width()) + axis::TITLE_HEIGHT + 22.0,
        right: room.right - COLUMN,
        bottom: room.bottom - axis::LEVEL_HEIGHT,
    };
    let (across, ticks) = across(input, panel);
    let (up, steps) = up(input, panel);
    axis::upright(&mut sheet, panel, &up, &steps, &input.measure);
    axis::level(&mut sheet, panel, &across, &ticks, &input.across);
    let stops: Vec<Vec<Stop>> = input.lines.iter().map(|line| stops(line, &across, &up)).collect();
    let data: Vec<Spot> = stops.iter().flat_map(|line| band::trace(line)).collect();
    if data.is_empty() {
        frame::nothing(&mut sheet, panel);
    }
    for (place, line) in stops.iter().enumerate() {
        band::band(&mut sheet, line, theme::faint(theme::series(place), 0.22));
    }
    draw_names(&mut sheet, panel, input, (&across, &up), data);
    for (place, (line, stops)) in input.lines.iter().zip(&stops).enumerate() {
        band::line(&mut sheet, stops, theme::series(place), 4.0, false);
        if line.dotted {
            band::markers(&mut sheet, stops, band::marker(place), theme::series(place), 6.0);
        }
    }
    draw_marks(&mut sheet, input, &across, &up);
    legend::at_line_ends(
        &mut sheet,
        panel,
        COLUMN,
        &legend::of_lines(input.lines.iter().map(|line| line.label.as_str()), &stops),
    );
    sheet
}

/// The marked number and what is wanted: each name where it covers least of the lines, the other's among them.
fn draw_names(
    sheet: &mut Sheet,
    panel: Panel,
    input: &VolumeCurves,
    (across, up): (&Scale, &Scale),
    data: Vec<Spot>,
) {
    let level = input.goal.as_ref().filter(|(value, _)| value.is_finite());
    let upright = input.today.as_ref().filter(|(value, _)| value.is_finite());
    let steps =
        |from: f64, to: f64| (0..=STEPS).map(move |n| from + (to - from) * f64::from(n) / f64::from(STEPS));
    let mut around = data;
    if let Some((value, words)) = upright {
        let x = across.at(*value);
        let mut with_level = around.clone();
        with_level.extend(level.iter().flat_map(|(goal, _)| {
            let y = up.at(*goal);
            steps(panel.left, panel.right).map(move |x| (x, y))
        }));
        draw_today(sheet, panel, x, Some(words), &with_level);
        around.extend(steps(panel.top, panel.bottom).map(|y| (x, y)));
    }
    if let Some((value, words)) = level {
        draw_goal(sheet, panel, up.at(*value), words, &around);
    }
}

/// How many spots a line drawn across the panel counts for when names are placed.
const STEPS: u32 = 60;

fn keys(input: &VolumeCurves) -> Vec<(Sample, String)> {
    let mut keys = Vec::new();
    if input.lines.iter().flat_map(|line| &line.points).any(|point| known_span(point.2).is_some()) {
        keys.push((
            Sample::Patch(theme::faint(theme::MUTED, 0.35)),
            "confidence interval of the figure".to_owned(),
        ));
    }
    if !input.marked.is_empty() && input.lines.iter().any(|line| line.mark.is_some()) {
        keys.push((Sample::Dot(theme::INK), input.marked.clone()));
    }
    keys
}

fn across(input: &VolumeCurves, panel: Panel) -> (Scale, Vec<Tick>) {
    let places = input.lines.iter().flat_map(|line| &line.points).map(|point| point.0);
    let places = places.chain(input.today.as_ref().map(|today| today.0)).filter(|place| place.is_finite());
    let (low, high) = places
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), place| (low.min(place), high.max(place)));
    let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
    let air = 0.02 * (high - low).max(1.0);
    let ticks = axis::whole_ticks(low, high, (panel.width() / 90.0) as usize);
    (Scale::linear(low - air, high + air, panel.left, panel.right), ticks)
}

fn up(input: &VolumeCurves, panel: Panel) -> (Scale, Vec<Tick>) {
    if input.shares {
        return (Scale::linear(0.0, 1.0, panel.bottom, panel.top), axis::percent_ticks(10));
    }
    let ends = |point: &(f64, f64, Option<Span>)| point.2.map_or(point.1, |span| span.high.max(point.1));
    let values = input.lines.iter().flat_map(|line| &line.points).map(ends);
    let values = values.chain(input.goal.as_ref().map(|goal| goal.0)).filter(|value| value.is_finite());
    let high = values.fold(0.0, f64::max);
    let ticks = axis::round_ticks(0.0, if high > 0.0 { 1.04 * high } else { 1.0 }, 7);
    let last = ticks.last().map_or(1.0, |tick| tick.value);
    (Scale::linear(0.0, last, panel.bottom, panel.top), ticks)
}

fn stops(line: &VolumeLine, across: &Scale, up: &Scale) -> Vec<Stop> {
    let stop = |(place, value, span): &(f64, f64, Option<Span>)| Stop {
        x: across.at(*place),
        value: value.is_finite().then(|| up.at(*value)),
        band: known_span(*span).map(|ends| (up.at(ends.low), up.at(ends.high))),
    };
    line.points.iter().filter(|point| point.0.is_finite()).map(stop).collect()
}

fn draw_marks(sheet: &mut Sheet, input: &VolumeCurves, across: &Scale, up: &Scale) {
    for (place, line) in input.lines.iter().enumerate() {
        let Some((x, y)) = line.mark.filter(|(x, y)| x.is_finite() && y.is_finite()) else { continue };
        let spot = (across.at(x), up.at(y));
        band::mark(sheet, spot, Marker::Disc, theme::INK, 13.0);
        band::mark(sheet, spot, Marker::Disc, theme::PAPER, 10.0);
        band::mark(sheet, spot, Marker::Disc, theme::series(place), 7.0);
    }
}

#[cfg(test)]
mod tests {
    use super::super::sheet::Mark;
    use super::*;

    fn line(label: &str, last: f64) -> VolumeLine {
        let points =
            (0..10).map(|n| (100.0 + 20.0 * f64::from(n), last * f64::from(n) / 9.0, None)).collect();
        VolumeLine { label: label.into(), points, mark: Some((200.0, 0.5)), dotted: true }
    }

    fn written(input: &VolumeCurves) -> Vec<String> {
        let words = |mark: &Mark| match mark {
            Mark::Words { words, .. } => Some(words.clone()),
            _ => None,
        };
        layout(input).marks.iter().filter_map(words).collect()
    }

    #[test]
    fn lines_goal_and_the_marked_number_are_named() {
        let input = VolumeCurves {
            measure: "Probability".into(),
            shares: true,
            goal: Some((0.9, "wanted: 90 %".into())),
            today: Some((200.0, "textbook: 200".into())),
            lines: vec![line("count luck", 1.0), line("all", 0.8)],
            marked: "needed".into(),
            ..VolumeCurves::default()
        };
        let words = written(&input);
        for expected in ["count luck", "all", "wanted: 90 %", "textbook: 200", "needed", "Probability"] {
            assert!(words.iter().any(|word| word == expected), "{expected}: {words:?}");
        }
    }

    #[test]
    fn nothing_and_one_point_are_drawn_too() {
        assert!(written(&VolumeCurves::default()).iter().any(|word| word.starts_with("nothing to draw")));
        let one =
            VolumeLine { points: vec![(300.0, 20.0, Some(Span::new(19.0, 21.0)))], ..line("6 reps", 1.0) };
        let input = VolumeCurves { lines: vec![one], ..VolumeCurves::default() };
        assert!(written(&input).iter().any(|word| word == "6 reps"));
    }
}
