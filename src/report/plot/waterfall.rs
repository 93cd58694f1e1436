//! Picture: a waterfall from today to everything taken away, a step for what each constraint holds back.

use super::axis::{self, Scale};
use super::figures::{known, known_span};
use super::sheet::{Letters, Panel, Sheet};
use super::theme::{self, Colour};
use super::{Span, Words, font, frame};

/// From a first value over steps to a last one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waterfall {
    /// Message, subtitle and small print.
    pub words: Words,
    /// What the axis counts.
    pub measure: String,
    /// Whether values are shares, shown as per cent.
    pub in_percent: bool,
    /// The first value.
    pub start: Option<f64>,
    /// The first value in words.
    pub start_words: String,
    /// A short note beside the first value.
    pub start_note: String,
    /// From the first to the last value.
    pub steps: Vec<WaterfallStep>,
    /// The last value.
    pub end: Option<f64>,
    /// The last value in words.
    pub end_words: String,
    /// A short note beside the last value.
    pub end_note: String,
}

/// One step up or down, in the unit of the values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WaterfallStep {
    /// Its name.
    pub label: String,
    /// How far it goes.
    pub change: f64,
    /// Interval of how far it goes.
    pub interval: Option<Span>,
    /// How far in words: "+9.1".
    pub words: String,
    /// A short note at the end of the row.
    pub note: String,
}

const ROW: f64 = 56.0;
const BAR: f64 = 15.0;
const NAMES: f64 = 330.0;
const VALUES: f64 = 120.0;
const NOTES: f64 = 190.0;

pub(super) fn layout(input: &Waterfall) -> Sheet {
    let rows = ROW * (input.steps.len() + 2) as f64;
    let (mut sheet, room) = frame::with_room(&input.words, rows + axis::LEVEL_HEIGHT);
    let letters = Letters::new(theme::LABEL, theme::INK);
    let names = input.steps.iter().map(|step| letters.width(&step.label));
    let names = names.fold(letters.bold().width(LAST), f64::max).min(NAMES);
    let panel = Panel {
        left: room.left + names + 24.0,
        top: room.top,
        right: room.right - VALUES - NOTES,
        bottom: room.top + rows,
    };
    let (Some(start), Some(end)) = (known(input.start), known(input.end)) else {
        frame::nothing(&mut sheet, panel);
        return sheet;
    };
    let (scale, ticks) = scale(input, start, panel);
    axis::uprights(&mut sheet, panel, &scale, &ticks);
    axis::level(&mut sheet, panel, &scale, &ticks, &input.measure);
    let rows = Rows { panel, left: room.left, right: room.right, scale };
    rows.whole(&mut sheet, 0, (FIRST, &input.start_words, &input.start_note), start);
    let mut reached = start;
    for (place, step) in input.steps.iter().enumerate() {
        rows.step(&mut sheet, place + 1, step, reached);
        reached += step.change;
    }
    let last = (LAST, input.end_words.as_str(), input.end_note.as_str());
    rows.whole(&mut sheet, input.steps.len() + 1, last, end);
    sheet
}

const FIRST: &str = "today";
const LAST: &str = "everything taken away";

/// From zero (or below, where values are) to beyond the largest value; shares never beyond 100 %.
fn scale(input: &Waterfall, start: f64, panel: Panel) -> (Scale, Vec<axis::Tick>) {
    let (mut low, mut high, mut reached) = (start.min(0.0), start.max(0.0), start);
    for step in &input.steps {
        let ends = known_span(step.interval).unwrap_or(Span::new(step.change, step.change));
        let (least, most) = (step.change.min(ends.low), step.change.max(ends.high));
        (low, high) = (low.min(reached + least), high.max(reached + most));
        reached += step.change;
    }
    high = known(input.end).map_or(high, |end| high.max(end));
    if input.in_percent && low >= 0.0 && high <= 1.0 {
        return (Scale::linear(0.0, 1.0, panel.left, panel.right), axis::percent_ticks(20));
    }
    let times = if input.in_percent { 100.0 } else { 1.0 };
    let mut ticks = axis::round_ticks(low * times, high * times, 6);
    for tick in &mut ticks {
        tick.value /= times;
        if input.in_percent {
            tick.label.push_str(" %");
        }
    }
    let ends = (ticks.first().map_or(low, |tick| tick.value), ticks.last().map_or(high, |tick| tick.value));
    (Scale::linear(ends.0, ends.1, panel.left, panel.right), ticks)
}

/// Where rows lie.
struct Rows {
    panel: Panel,
    left: f64,
    right: f64,
    scale: Scale,
}

impl Rows {
    fn middle(&self, place: usize) -> f64 {
        self.panel.top + (place as f64 + 0.5) * ROW
    }

    fn name(&self, sheet: &mut Sheet, place: usize, name: &str, letters: Letters) {
        let room = self.panel.left - 24.0 - self.left;
        let name = font::fit(name, letters.size, letters.bold, room);
        sheet.write((self.left, self.middle(place) + 0.35 * letters.size), &name, letters);
    }

    fn words(&self, sheet: &mut Sheet, place: usize, words: &str, letters: Letters) {
        let words = font::fit(words, letters.size, letters.bold, VALUES - 20.0);
        let right = self.panel.right + VALUES;
        sheet.write((right, self.middle(place) + 0.35 * letters.size), &words, letters.end());
    }

    /// A bar from zero: the first and the last value.
    fn whole(&self, sheet: &mut Sheet, place: usize, (name, words, note): (&str, &str, &str), value: f64) {
        let letters = Letters::new(theme::LABEL, theme::INK).bold();
        self.name(sheet, place, name, letters);
        self.bar(sheet, place, (0.0, value), theme::series(6));
        self.words(sheet, place, words, letters);
        self.note(sheet, place, note);
    }

    fn note(&self, sheet: &mut Sheet, place: usize, note: &str) {
        let letters = Letters::new(theme::TICK, theme::MUTED);
        let words = font::fit(note, letters.size, false, NOTES - 24.0);
        sheet.write((self.right, self.middle(place) + 0.35 * letters.size), &words, letters.end());
    }

    fn bar(&self, sheet: &mut Sheet, place: usize, (from, to): (f64, f64), colour: Colour) {
        let (from, to, middle) = (self.scale.at(from), self.scale.at(to), self.middle(place));
        // a step of nothing is a hair, not nothing
        let (left, right) = (from.min(to), from.max(to).max(from.min(to) + 2.0));
        sheet.block(Panel { left, top: middle - BAR, right, bottom: middle + BAR }, colour);
    }

    /// A bar from where the step before ended, its whisker at its own end, and a thin line down from there to the next row.
    fn step(&self, sheet: &mut Sheet, place: usize, step: &WaterfallStep, reached: f64) {
        let letters = Letters::new(theme::LABEL, theme::INK);
        self.name(sheet, place, &step.label, letters);
        let middle = self.middle(place);
        let before = self.scale.at(reached);
        sheet.line(vec![(before, middle - ROW + BAR), (before, middle - BAR)], theme::AXIS, 1.5);
        let colour = if step.change < 0.0 { theme::series(1) } else { theme::series(0) };
        self.bar(sheet, place, (reached, reached + step.change), colour);
        if let Some(ends) = known_span(step.interval) {
            let (low, high) = (self.scale.at(reached + ends.low), self.scale.at(reached + ends.high));
            sheet.line(vec![(low, middle), (high, middle)], theme::INK, 2.5);
            for x in [low, high] {
                sheet.line(vec![(x, middle - 6.0), (x, middle + 6.0)], theme::INK, 2.5);
            }
        }
        let after = self.scale.at(reached + step.change);
        sheet.line(vec![(after, middle + BAR), (after, middle + ROW - BAR)], theme::AXIS, 1.5);
        self.words(sheet, place, &step.words, letters.bold());
        self.note(sheet, place, &step.note);
    }
}
