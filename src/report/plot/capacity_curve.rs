//! Picture: the capacity curve, how often Tier 1 is answered in time at each team size, under each way of routing.

use super::axis::{self, Scale, Tick};
use super::band::{self, Stop};
use super::by_week::draw_goal;
use super::figures::{amount, known, known_span, marked_goal};
use super::legend::{self, Sample};
use super::sheet::{Letters, Panel, Sheet, Spot};
use super::theme;
use super::{Span, Words, font, frame};

/// Several ways of working, each tried at several team sizes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CapacityCurve {
    /// Message, subtitle and small print.
    pub words: Words,
    /// What the main panel counts, such as "Tier 1 leads answered within 15 minutes".
    pub measure: String,
    /// Goal, share of leads (0 to 1).
    pub goal: Option<f64>,
    /// Whether the goal is not in the agreement: it is marked with a star.
    pub own_goal: bool,
    /// Reps in the team today (or today's value of what is swept).
    pub current_reps: Option<f64>,
    /// The group whose size is swept, where the team has several; empty for the whole team.
    pub group: String,
    /// What is swept, under the axis; "Team size (reps)" if left empty.
    pub across: String,
    /// Places along the axis and their names; whole numbers if left empty.
    pub ticks: Vec<(f64, String)>,
    /// Whether the places are words without an order: their points are not joined.
    pub words_across: bool,
    /// One line per way of working.
    pub series: Vec<CapacitySeries>,
}

impl CapacityCurve {
    /// The group's name, cut where it would not fit a small panel.
    fn short_group(&self) -> String {
        font::fit(&self.group, theme::TICK, true, 200.0)
    }

    fn across(&self) -> String {
        match (self.across.is_empty(), self.group.is_empty()) {
            (true, true) => "Team size (reps)".to_owned(),
            (true, false) => format!("People in {}", self.short_group()),
            (false, _) => self.across.clone(),
        }
    }

    fn today(&self, value: f64) -> String {
        if self.across.is_empty() {
            let whom = match (self.group.is_empty(), amount(value).as_str()) {
                (true, "1") => "rep".to_owned(),
                (true, _) => "reps".to_owned(),
                (false, _) => format!("in {}", self.short_group()),
            };
            format!("today: {} {whom}", amount(value))
        } else {
            let name = self.ticks.iter().find(|(place, _)| (place - value).abs() < 1e-9);
            format!("today: {}", name.map_or_else(|| amount(value), |(_, name)| name.clone()))
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

/// The stops of every way of working.
fn lines(input: &CapacityCurve, across: &Scale, up: &Scale, reading: Reading) -> Vec<Vec<Stop>> {
    let mut lines: Vec<Vec<Stop>> =
        input.series.iter().map(|series| stops(series, across, up, reading)).collect();
    side_by_side(input, &mut lines);
    lines
}

/// The team sizes on the axis, half a rep of air on both sides.
fn team_sizes(input: &CapacityCurve, panel: Panel) -> (Scale, Vec<Tick>) {
    let sizes = input.series.iter().flat_map(|series| &series.points).map(|point| point.reps);
    let sizes = sizes.chain(input.current_reps).filter(|reps| reps.is_finite());
    let (low, high) =
        sizes.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), reps| (low.min(reps), high.max(reps)));
    let (low, high) = if low <= high { (low, high) } else { (1.0, 2.0) };
    let named: Vec<Tick> =
        input.ticks.iter().map(|(value, label)| Tick { value: *value, label: label.clone() }).collect();
    if input.words_across {
        let last = named.len().max(1) as f64 - 1.0;
        return (Scale::linear(-0.5, last + 0.5, panel.left, panel.right), named);
    }
    // a rep is a whole one; other values may all lie within one
    let least = if named.is_empty() { 1.0 } else { 0.0 };
    let air = 0.04 * (high - low).max(least);
    let most = (panel.width() / 70.0) as usize;
    let ticks = match named.len() {
        0 => axis::whole_ticks(low, high, most),
        few if few <= 12 => named,
        _ => axis::round_ticks(low, high, most)
            .into_iter()
            .filter(|tick| tick.value >= low - air && tick.value <= high + air)
            .collect(),
    };
    (Scale::linear(low - air, high + air, panel.left, panel.right), ticks)
}

/// The axis under a panel; words take two lines each, and the title's place where they need it.
fn draw_across(sheet: &mut Sheet, panel: Panel, input: &CapacityCurve, across: &Scale, ticks: &[Tick]) {
    if !input.words_across {
        axis::level(sheet, panel, across, ticks, &input.across());
        return;
    }
    let letters = Letters::new(theme::TICK, theme::MUTED).middle();
    let room = panel.width() / ticks.len().max(1) as f64 - 12.0;
    let names: Vec<Vec<String>> =
        ticks.iter().map(|tick| font::wrap(&tick.label, theme::TICK, false, room, 2)).collect();
    let title = if names.iter().any(|lines| lines.len() > 1) { String::new() } else { input.across() };
    axis::level(sheet, panel, across, &[], &title);
    for (tick, lines) in ticks.iter().zip(&names) {
        let x = across.at(tick.value);
        sheet.line(vec![(x, panel.bottom), (x, panel.bottom + 7.0)], theme::AXIS, 1.5);
        for (row, line) in lines.iter().enumerate() {
            let baseline = panel.bottom + 12.0 + theme::TICK + row as f64 * letters.line_height();
            sheet.write((x, baseline), line, letters);
        }
    }
}

/// Points of several ways of working over one word stand beside each other.
fn side_by_side(input: &CapacityCurve, lines: &mut [Vec<Stop>]) {
    if !input.words_across {
        return;
    }
    let middle = (lines.len() as f64 - 1.0) / 2.0;
    for (position, line) in lines.iter_mut().enumerate() {
        for stop in line {
            stop.x += (position as f64 - middle) * 18.0;
        }
    }
}

fn draw_main(sheet: &mut Sheet, panel: Panel, input: &CapacityCurve) {
    let (across, ticks) = team_sizes(input, panel);
    let up = Scale::linear(0.0, 1.0, panel.bottom, panel.top);
    axis::upright(sheet, panel, &up, &axis::percent_ticks(20), &input.measure);
    draw_across(sheet, panel, input, &across, &ticks);
    let kept: Reading = |point| (point.kept, point.interval);
    let lines = lines(input, &across, &up, kept);
    let data: Vec<Spot> = lines.iter().flat_map(|line| band::trace(line)).collect();
    if data.is_empty() {
        frame::nothing(sheet, panel);
    }
    let typical: Reading = |point| (point.kept, point.typical);
    for (position, line) in self::lines(input, &across, &up, typical).iter().enumerate() {
        for part in parts(input, line) {
            band::band(sheet, part, theme::faint(theme::series(position), 0.13));
        }
    }
    if let Some(reps) = known(input.current_reps) {
        draw_today(sheet, panel, across.at(reps), Some(&input.today(reps)), &data);
    }
    if let Some(goal) = known(input.goal) {
        draw_goal(sheet, panel, up.at(goal), &format!("goal {}", marked_goal(goal, input.own_goal)), &data);
    }
    draw_lines(sheet, input, &lines, 4.5, 8.0);
    let names = input.series.iter().map(|series| series.label.as_str());
    let labels = legend::of_lines(names, &lines);
    legend::at_line_ends(sheet, panel, COLUMN, &labels);
}

fn draw_lines(sheet: &mut Sheet, input: &CapacityCurve, lines: &[Vec<Stop>], width: f64, radius: f64) {
    for (position, line) in lines.iter().enumerate() {
        for part in parts(input, line) {
            band::band(sheet, part, theme::faint(theme::series(position), 0.45));
        }
    }
    for (position, line) in lines.iter().enumerate() {
        if !input.words_across {
            band::line(sheet, line, theme::series(position), width, false);
        }
        band::markers(sheet, line, band::marker(position), theme::series(position), radius);
    }
}

/// A line as a whole, or its points one by one where nothing lies between them.
fn parts<'a>(input: &CapacityCurve, line: &'a [Stop]) -> Vec<&'a [Stop]> {
    if input.words_across { line.chunks(1).collect() } else { vec![line] }
}

pub(super) fn draw_today(sheet: &mut Sheet, panel: Panel, x: f64, words: Option<&str>, data: &[Spot]) {
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
    draw_across(sheet, panel, input, &across, &ticks);
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
    draw_across(sheet, panel, input, &across, &ticks);
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
    let lines = lines(input, across, up, reading);
    if lines.iter().flatten().all(|stop| stop.value.is_none()) {
        frame::nothing(sheet, panel);
    }
    draw_lines(sheet, input, &lines, 3.5, 6.0);
}
