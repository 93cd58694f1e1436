//! Picture: the capacity curve, how often Tier 1 is answered in time at each team size, under each way of routing.

use super::axis::{self, Scale, Tick};
use super::band::{self, Stop};
use super::by_week::draw_goal;
use super::figures::{amount, known, known_span, short_percent};
use super::legend::{self, EndLabel, Sample};
use super::sheet::{Letters, Panel, Sheet, Spot};
use super::theme;
use super::{Span, Words, frame};

/// Several ways of working, each tried at several team sizes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CapacityCurve {
    /// Message, subtitle and small print.
    pub words: Words,
    /// What the main panel counts, such as "Tier 1 leads answered within 15 minutes".
    pub measure: String,
    /// Goal, share of leads (0 to 1).
    pub goal: Option<f64>,
    /// Reps in the team today (or today's value of what is swept).
    pub current_reps: Option<f64>,
    /// What is swept, under the axis; "Team size (reps)" if left empty.
    pub across: String,
    /// One line per way of working.
    pub series: Vec<CapacitySeries>,
}

impl CapacityCurve {
    fn across(&self) -> &str {
        if self.across.is_empty() { "Team size (reps)" } else { &self.across }
    }

    fn today(&self, value: f64) -> String {
        if self.across.is_empty() {
            format!("today: {} reps", amount(value))
        } else {
            format!("today: {}", amount(value))
        }
    }
}

/// One way of working at several team sizes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CapacitySeries {
    /// Name at the end of the line, such as "back-up after 5 min".
    pub label: String,
    /// Team sizes, in any order.
    pub points: Vec<CapacityPoint>,
}

/// One way of working at one team size.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CapacityPoint {
    /// Number of reps.
    pub reps: f64,
    /// Share kept over all leads of all quarters (0 to 1).
    pub kept: Option<f64>,
    /// 95 % interval of that share.
    pub interval: Option<Span>,
    /// Typical range of one quarter (10th to 90th percentile), shares.
    pub typical: Option<Span>,
    /// Share of quarters that reach the goal (0 to 1).
    pub holds: Option<f64>,
    /// 95 % interval of that share (Wilson, 1927).
    pub holds_interval: Option<Span>,
    /// Opportunities per quarter.
    pub opportunities: Option<f64>,
    /// 95 % interval of the opportunities.
    pub opportunities_interval: Option<Span>,
}

/// Width of the labels right of the main panel.
const COLUMN: f64 = 212.0;
/// Width of the two small panels.
const SMALL: f64 = 392.0;
/// Height of the drawing, in picture units.
const ROOM: f64 = 800.0;

pub(super) fn layout(input: &CapacityCurve) -> Sheet {
    let (mut sheet, room) = frame::with_room(&input.words, ROOM);
    let keys = keys(input);
    legend::keys(&mut sheet, room, &keys);
    let top = room.top + legend::height(&keys, room.width()) + axis::TITLE_HEIGHT + 18.0;
    let bottom = room.bottom - axis::LEVEL_HEIGHT;
    let left = room.right - SMALL;
    let main =
        Panel { left: room.left + axis::GUTTER, top, right: left - axis::GUTTER - 24.0 - COLUMN, bottom };
    let between = axis::LEVEL_HEIGHT + axis::TITLE_HEIGHT + 14.0;
    let height = (bottom - top - between) / 2.0;
    let holds = Panel { left, top, right: room.right, bottom: top + height };
    let deals = Panel { left, top: bottom - height, right: room.right, bottom };
    draw_main(&mut sheet, main, input);
    draw_holds(&mut sheet, holds, input);
    draw_opportunities(&mut sheet, deals, input);
    sheet
}

fn keys(input: &CapacityCurve) -> Vec<(Sample, String)> {
    let points = || input.series.iter().flat_map(|series| &series.points);
    let mut keys = Vec::new();
    if points().any(|point| known_span(point.interval).is_some()) {
        keys.push((
            Sample::Patch(theme::faint(theme::MUTED, 0.55)),
            "confidence interval of the figure".to_owned(),
        ));
    }
    if points().any(|point| known_span(point.typical).is_some()) {
        keys.push((
            Sample::Patch(theme::faint(theme::MUTED, 0.2)),
            format!("typical {} (8 of 10)", input.words.trial()),
        ));
    }
    keys
}

/// A value of a point and the ends of its band, in the unit of one panel.
type Reading = fn(&CapacityPoint) -> (Option<f64>, Option<Span>);

fn stops(series: &CapacitySeries, across: &Scale, up: &Scale, reading: Reading) -> Vec<Stop> {
    let mut points: Vec<&CapacityPoint> =
        series.points.iter().filter(|point| point.reps.is_finite()).collect();
    points.sort_by(|a, b| a.reps.total_cmp(&b.reps));
    let stop = |point: &&CapacityPoint| {
        let (value, span) = reading(point);
        Stop {
            x: across.at(point.reps),
            value: known(value).map(|value| up.at(value)),
            band: known_span(span).map(|ends| (up.at(ends.low), up.at(ends.high))),
        }
    };
    points.iter().map(stop).collect()
}

/// The team sizes on the axis, half a rep of air on both sides.
fn team_sizes(input: &CapacityCurve, panel: Panel) -> (Scale, Vec<Tick>) {
    let sizes = input.series.iter().flat_map(|series| &series.points).map(|point| point.reps);
    let sizes = sizes.chain(input.current_reps).filter(|reps| reps.is_finite());
    let (low, high) =
        sizes.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), reps| (low.min(reps), high.max(reps)));
    let (low, high) = if low <= high { (low, high) } else { (1.0, 2.0) };
    let air = 0.04 * (high - low).max(1.0);
    let most = (panel.width() / 70.0) as usize;
    (Scale::linear(low - air, high + air, panel.left, panel.right), axis::whole_ticks(low, high, most))
}

fn draw_main(sheet: &mut Sheet, panel: Panel, input: &CapacityCurve) {
    let (across, ticks) = team_sizes(input, panel);
    let up = Scale::linear(0.0, 1.0, panel.bottom, panel.top);
    axis::upright(sheet, panel, &up, &axis::percent_ticks(20), &input.measure);
    axis::level(sheet, panel, &across, &ticks, input.across());
    let lines: Vec<Vec<Stop>> = input
        .series
        .iter()
        .map(|series| stops(series, &across, &up, |point| (point.kept, point.interval)))
        .collect();
    let data: Vec<Spot> = lines.iter().flat_map(|line| band::trace(line)).collect();
    if data.is_empty() {
        frame::nothing(sheet, panel);
    }
    for (position, series) in input.series.iter().enumerate() {
        let typical = stops(series, &across, &up, |point| (point.kept, point.typical));
        band::band(sheet, &typical, theme::faint(theme::series(position), 0.13));
    }
    if let Some(reps) = known(input.current_reps) {
        draw_today(sheet, panel, across.at(reps), Some(&input.today(reps)), &data);
    }
    if let Some(goal) = known(input.goal) {
        draw_goal(sheet, panel, up.at(goal), &format!("goal {}", short_percent(goal)), &data);
    }
    draw_lines(sheet, &lines, 4.5, 8.0);
    let labels: Vec<EndLabel> = input
        .series
        .iter()
        .zip(&lines)
        .enumerate()
        .filter_map(|(position, (series, line))| {
            let last = line.iter().rev().find(|stop| stop.value.is_some())?;
            Some(EndLabel {
                spot: (last.x, last.value?),
                name: series.label.clone(),
                colour: theme::series(position),
            })
        })
        .collect();
    legend::at_line_ends(sheet, panel, COLUMN, &labels);
}

fn draw_lines(sheet: &mut Sheet, lines: &[Vec<Stop>], width: f64, radius: f64) {
    for (position, line) in lines.iter().enumerate() {
        band::band(sheet, line, theme::faint(theme::series(position), 0.45));
    }
    for (position, line) in lines.iter().enumerate() {
        band::line(sheet, line, theme::series(position), width, false);
        band::markers(sheet, line, band::marker(position), theme::series(position), radius);
    }
}

fn draw_today(sheet: &mut Sheet, panel: Panel, x: f64, words: Option<&str>, data: &[Spot]) {
    sheet.line(vec![(x, panel.top), (x, panel.bottom)], theme::AXIS, 2.5);
    let Some(words) = words else { return };
    let letters = Letters::new(theme::TICK, theme::MUTED).bold();
    let (right, left) = ((x + 12.0), (x - 12.0));
    let (foot, head) = (panel.bottom - 16.0, panel.top + 26.0);
    let places = [
        ((right, foot), letters),
        ((left, foot), letters.end()),
        ((right, head), letters),
        ((left, head), letters.end()),
    ];
    let inside: Vec<_> = places
        .into_iter()
        .filter(|(spot, letters)| {
            let print = letters.footprint(*spot, words);
            print.left >= panel.left && print.right <= panel.right
        })
        .collect();
    if !inside.is_empty() {
        let (spot, letters) = inside[legend::clearest(&inside, words, data)];
        sheet.write_on_card(spot, words, letters);
    }
}

fn draw_holds(sheet: &mut Sheet, panel: Panel, input: &CapacityCurve) {
    let (across, ticks) = team_sizes(input, panel);
    let up = Scale::linear(0.0, 1.0, panel.bottom, panel.top);
    axis::upright(
        sheet,
        panel,
        &up,
        &axis::percent_ticks(25),
        &format!("Share of {}s that reach the goal", input.words.trial()),
    );
    axis::level(sheet, panel, &across, &ticks, input.across());
    let reading: Reading = |point| (point.holds, point.holds_interval);
    draw_small(sheet, panel, input, &across, &up, reading);
}

fn draw_opportunities(sheet: &mut Sheet, panel: Panel, input: &CapacityCurve) {
    let (across, ticks) = team_sizes(input, panel);
    let points = || input.series.iter().flat_map(|series| &series.points);
    let values = points().flat_map(|point| {
        let span = known_span(point.opportunities_interval);
        [known(point.opportunities), span.map(|ends| ends.low), span.map(|ends| ends.high)]
    });
    let (low, high) = values
        .flatten()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
    let air = if high > low { 0.0 } else { (0.05 * high.abs()).max(0.5) };
    // counts below zero do not exist
    let bottom = if low >= 0.0 { (low - air).max(0.0) } else { low - air };
    let marks = axis::round_ticks(bottom, high + air, 3);
    let ends = marks.first().zip(marks.last()).map_or((0.0, 1.0), |(first, last)| (first.value, last.value));
    let up = Scale::linear(ends.0, ends.1, panel.bottom, panel.top);
    // the axis of a count rarely starts at zero here, and the title says so
    let cut = if ends.0 > 0.0 { " (axis cut)" } else { "" };
    let title = format!("Opportunities per {}{cut}", input.words.trial());
    axis::upright(sheet, panel, &up, &marks, &title);
    axis::level(sheet, panel, &across, &ticks, input.across());
    let reading: Reading = |point| (point.opportunities, point.opportunities_interval);
    draw_small(sheet, panel, input, &across, &up, reading);
}

fn draw_small(
    sheet: &mut Sheet,
    panel: Panel,
    input: &CapacityCurve,
    across: &Scale,
    up: &Scale,
    reading: Reading,
) {
    if let Some(reps) = known(input.current_reps) {
        draw_today(sheet, panel, across.at(reps), None, &[]);
    }
    let lines: Vec<Vec<Stop>> =
        input.series.iter().map(|series| stops(series, across, up, reading)).collect();
    if lines.iter().flatten().all(|stop| stop.value.is_none()) {
        frame::nothing(sheet, panel);
    }
    draw_lines(sheet, &lines, 3.5, 6.0);
}
