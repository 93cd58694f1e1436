//! Picture: what each way costs against how sure the promise then is, with the cheapest way to every certainty and the wanted one.

use super::axis::{self, Scale, Tick};
use super::figures::{amount, known_span};
use super::legend::{self, Sample};
use super::sheet::{Letters, Panel, Sheet, Spot};
use super::theme::{self, Colour};
use super::{Span, Words, font, frame};

/// Ways with their price and their chance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frontier {
    /// Message, subtitle and small print.
    pub words: Words,
    /// What the chances are of, above the upright axis.
    pub measure: String,
    /// What runs along the level axis: "Cost per quarter".
    pub across: String,
    /// The wanted certainty, a share.
    pub wanted: f64,
    /// Every way that was tried.
    pub points: Vec<FrontierPoint>,
}

/// What a way is to the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Not enough.
    #[default]
    TooFew,
    /// Trials could not tell, or nobody needed to know.
    Open,
    /// Enough.
    Enough,
    /// The answer itself.
    Answer,
}

/// One way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontierPoint {
    /// Price, dollars.
    pub cost: f64,
    /// The chance (0 to 1).
    pub chance: f64,
    /// Its interval.
    pub interval: Option<Span>,
    /// What it is to the answer.
    pub standing: Standing,
    /// What it is made of.
    pub levers: String,
    /// Its name, where it is to be read.
    pub label: String,
}

/// Height of the drawing, in picture units.
const ROOM: f64 = 780.0;
/// Widest label, in picture units.
const WIDEST: f64 = 620.0;

/// What the line in steps is.
pub const STAIRS: &str = "surest at or below this cost";

impl Standing {
    /// All of them, the best first.
    pub const ALL: [Standing; 4] = [Standing::Answer, Standing::Enough, Standing::Open, Standing::TooFew];

    /// Position of its colour among those of series.
    pub fn colour(self) -> usize {
        match self {
            Standing::Answer => 1,
            Standing::Enough => 2,
            Standing::Open => 4,
            Standing::TooFew => 6,
        }
    }

    /// What it is called in a legend.
    pub fn words(self) -> &'static str {
        match self {
            Standing::Answer => "the answer",
            Standing::Enough => "enough",
            Standing::Open => "not told",
            Standing::TooFew => "not enough",
        }
    }
}

fn colour(standing: Standing) -> Colour {
    theme::series(standing.colour())
}

pub(super) fn layout(input: &Frontier) -> Sheet {
    let (mut sheet, room) = frame::with_room(&input.words, ROOM);
    let points: Vec<&FrontierPoint> = input.known().collect();
    let mut keys: Vec<(Sample, String)> = Standing::ALL
        .iter()
        .filter(|standing| points.iter().any(|point| point.standing == **standing))
        .map(|standing| (Sample::Dot(colour(*standing)), standing.words().to_owned()))
        .collect();
    if points.len() > 1 {
        keys.push((Sample::Line(theme::series(0)), STAIRS.to_owned()));
    }
    legend::keys(&mut sheet, room, &keys);
    let top = room.top + legend::height(&keys, room.width()) + axis::TITLE_HEIGHT + 18.0;
    let panel = Panel {
        left: room.left + axis::GUTTER,
        top,
        right: room.right - 24.0,
        bottom: room.bottom - axis::LEVEL_HEIGHT,
    };
    let up = Scale::linear(0.0, 1.0, panel.bottom, panel.top);
    axis::upright(&mut sheet, panel, &up, &axis::percent_ticks(20), &input.measure);
    let (across, ticks) = scale_across(&points, panel);
    axis::level(&mut sheet, panel, &across, &ticks, &input.across);
    if points.is_empty() {
        frame::nothing(&mut sheet, panel);
        return sheet;
    }
    let wanted = draw_wanted(&mut sheet, panel, input.wanted, &up);
    draw_frontier(&mut sheet, panel, &input.stairs(), (&across, &up));
    draw_points(&mut sheet, &points, (&across, &up));
    draw_labels(&mut sheet, panel, &points, (&across, &up), wanted);
    sheet
}

fn scale_across(points: &[&FrontierPoint], panel: Panel) -> (Scale, Vec<Tick>) {
    let (low, high) =
        points.iter().fold((0.0_f64, 0.0_f64), |(low, high), p| (low.min(p.cost), high.max(p.cost)));
    let high = if high > low { high } else { low + 1_000.0 };
    let air = 0.03 * (high - low);
    let ticks = axis::round_ticks(low, high, 8)
        .into_iter()
        .filter(|tick| tick.value >= low - air && tick.value <= high + air)
        .map(|tick| Tick { value: tick.value, label: format!("${}", tick.label).replace("$−", "−$") });
    (Scale::linear(low - air, high + air, panel.left, panel.right), ticks.collect())
}

/// The wanted certainty as a dashed line; returns where its words stand.
fn draw_wanted(sheet: &mut Sheet, panel: Panel, wanted: f64, up: &Scale) -> Panel {
    let y = up.at(wanted);
    sheet.dashed(vec![(panel.left, y), (panel.right, y)], theme::INK, 2.0);
    let letters = Letters::new(theme::TICK, theme::INK).bold().end();
    let words = format!("wanted: {} %", amount((wanted * 1e6).round() / 1e4));
    let spot = (panel.right - 8.0, y + letters.size + 6.0);
    sheet.write_on_card(spot, &words, letters);
    letters.footprint(spot, &words)
}

impl Frontier {
    /// The highest chance for the money: where it rises, as cost and chance.
    pub fn stairs(&self) -> Vec<(f64, f64)> {
        let mut sorted: Vec<&FrontierPoint> = self.known().collect();
        sorted.sort_by(|a, b| a.cost.total_cmp(&b.cost).then(b.chance.total_cmp(&a.chance)));
        sorted.retain(|point| point.standing != Standing::Open || point.interval.is_some());
        let mut stairs: Vec<(f64, f64)> = Vec::new();
        for point in sorted {
            if stairs.last().is_none_or(|(_, best)| point.chance > *best) {
                stairs.push((point.cost, point.chance));
            }
        }
        stairs
    }

    /// Ways whose price and chance are numbers.
    pub fn known(&self) -> impl Iterator<Item = &FrontierPoint> {
        self.points.iter().filter(|point| point.cost.is_finite() && point.chance.is_finite())
    }
}

/// The highest chance for the money, as steps.
fn draw_frontier(sheet: &mut Sheet, panel: Panel, stairs: &[(f64, f64)], (across, up): (&Scale, &Scale)) {
    let mut line: Vec<Spot> = Vec::new();
    for (cost, chance) in stairs {
        let x = across.at(*cost);
        line.extend(line.last().map(|before| (x, before.1)));
        line.push((x, up.at(*chance)));
    }
    line.extend(line.last().map(|last| (panel.right, last.1)));
    sheet.line(line, theme::faint(theme::series(0), 0.7), 3.0);
}

fn draw_points(sheet: &mut Sheet, points: &[&FrontierPoint], (across, up): (&Scale, &Scale)) {
    // bars only where they can be told apart: at named points
    for point in points.iter().filter(|point| !point.label.is_empty()) {
        if let Some(ends) = known_span(point.interval) {
            let x = across.at(point.cost);
            let bar = vec![(x, up.at(ends.low)), (x, up.at(ends.high))];
            sheet.line(bar, theme::faint(colour(point.standing), 0.7), 5.0);
        }
    }
    let mut order: Vec<&&FrontierPoint> = points.iter().collect();
    order.sort_by_key(|point| match point.standing {
        Standing::TooFew => 0,
        Standing::Open => 1,
        Standing::Enough => 2,
        Standing::Answer => 3,
    });
    for point in order {
        let spot = (across.at(point.cost), up.at(point.chance));
        let radius = if point.standing == Standing::Answer { 12.0 } else { 7.0 };
        sheet.disc(spot, radius + 2.0, theme::PAPER);
        sheet.disc(spot, radius, colour(point.standing));
    }
}

/// Names beside their points, where they cover least and meet no other words.
fn draw_labels(
    sheet: &mut Sheet,
    panel: Panel,
    points: &[&FrontierPoint],
    (across, up): (&Scale, &Scale),
    wanted: Panel,
) {
    let mut data: Vec<Spot> =
        points.iter().map(|point| (across.at(point.cost), up.at(point.chance))).collect();
    // the wanted line and the bars are to stay in sight as well
    let line = wanted.top - 6.0;
    data.extend((0..60).map(|step| (panel.left + panel.width() * f64::from(step) / 59.0, line)));
    for point in points.iter().filter(|point| !point.label.is_empty()) {
        if let Some(ends) = known_span(point.interval) {
            let along = |step: i32| ends.low + (ends.high - ends.low) * f64::from(step) / 9.0;
            data.extend((0..10).map(|step| (across.at(point.cost), up.at(along(step)))));
        }
    }
    let mut taken = vec![wanted];
    let mut named: Vec<&&FrontierPoint> = points.iter().filter(|point| !point.label.is_empty()).collect();
    named.sort_by_key(|point| point.standing != Standing::Answer);
    for point in named {
        let (x, y) = (across.at(point.cost), up.at(point.chance));
        let bold = point.standing == Standing::Answer;
        let letters = Letters { bold, ..Letters::new(theme::TICK, theme::as_text(colour(point.standing))) };
        let words = font::fit(&point.label, letters.size, bold, WIDEST);
        let mut places = Vec::new();
        for step in 0..12 {
            for way in [1.0, -1.0] {
                let baseline = y + 0.35 * letters.size + way * f64::from(step) * 22.0;
                places.extend([
                    ((x + 20.0, baseline), letters),
                    ((x - 20.0, baseline), letters.end()),
                    ((x, baseline), letters.middle()),
                ]);
            }
        }
        let free: Vec<_> = places
            .into_iter()
            .filter(|(spot, letters)| {
                let print = letters.footprint(*spot, &words);
                let inside = print.left >= panel.left + 4.0
                    && print.right <= panel.right - 4.0
                    && print.top >= panel.top + 2.0
                    && print.bottom <= panel.bottom - 4.0;
                inside && taken.iter().all(|other| !print.meets(other))
            })
            .collect();
        if free.is_empty() {
            continue;
        }
        let (spot, letters) = free[legend::clearest(&free, &words, &data)];
        taken.push(letters.footprint(spot, &words));
        sheet.write_on_card(spot, &words, letters);
    }
}
