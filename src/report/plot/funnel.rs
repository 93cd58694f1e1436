//! Picture: how many leads reach each stage, and beside it what the leaks cost by cause.

use super::band;
use super::figures::{amount, known, known_span, money};
use super::sheet::{Letters, Panel, Sheet};
use super::theme::{self, Colour};
use super::{Span, Words, font, frame};

/// The stages of the funnel and its leaks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Funnel {
    /// Message, subtitle and small print.
    pub words: Words,
    /// Currency symbol of the dollars column, such as "$".
    pub currency: String,
    /// Stages from the widest.
    pub stages: Vec<FunnelStage>,
    /// Leaks, in drawing order from the top.
    pub leaks: Vec<Leak>,
}

/// One stage of the funnel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FunnelStage {
    /// Name of the stage, such as "accepted".
    pub label: String,
    /// How many leads reach it in a quarter.
    pub count: Option<f64>,
    /// Confidence interval of that count.
    pub interval: Option<Span>,
    /// A short note after the count, such as "76 % of MQLs".
    pub note: String,
}

/// What one cause costs in a quarter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leak {
    /// The cause, such as "first attempt too late".
    pub cause: String,
    /// Opportunities lost per quarter.
    pub opportunities: Option<f64>,
    /// Confidence interval of that loss.
    pub interval: Option<Span>,
    /// Pipeline lost per quarter, in units of the currency.
    pub pipeline: Option<f64>,
    /// Confidence interval of that pipeline.
    pub pipeline_interval: Option<Span>,
}

const HEAD: f64 = 74.0;
const STAGE: f64 = 88.0;
const LEAK: f64 = 96.0;
const GUTTER: f64 = 70.0;

pub(super) fn layout(input: &Funnel) -> Sheet {
    let rows = (STAGE * input.stages.len().max(2) as f64).max(LEAK * input.leaks.len() as f64);
    let (mut sheet, room) = frame::with_room(&input.words, HEAD + rows + 12.0);
    let split = room.left + 0.54 * room.width();
    let both = Panel { top: room.top + HEAD, bottom: room.top + HEAD + rows, ..room };
    let left = if input.leaks.is_empty() { both } else { Panel { right: split - GUTTER / 2.0, ..both } };
    draw_stages(&mut sheet, left, input);
    if !input.leaks.is_empty() {
        let line = vec![(split, room.top), (split, both.bottom)];
        sheet.line(line, theme::GRID, 2.0);
        draw_leaks(&mut sheet, Panel { left: split + GUTTER / 2.0, ..both }, input);
    }
    sheet
}

fn draw_stages(sheet: &mut Sheet, panel: Panel, input: &Funnel) {
    let head = Letters::new(theme::LABEL, theme::INK).bold();
    sheet.write(
        (panel.left, panel.top - 46.0),
        &format!("Leads that reach each stage, per {}", input.words.trial()),
        head,
    );
    if input.stages.is_empty() {
        frame::nothing(sheet, panel);
    }
    let name = Letters::new(theme::LABEL, theme::INK);
    let note = Letters::new(theme::TICK, theme::MUTED);
    let names = input.stages.iter().map(|stage| name.width(&stage.label)).fold(90.0, f64::max).min(230.0);
    let widest = input.stages.iter().filter_map(|stage| known(stage.count)).fold(0.0, f64::max);
    let start = panel.left + names + 18.0;
    let figures = Letters::new(theme::LABEL + 2.0, theme::INK).bold();
    let figure = |stage: &FunnelStage| known(stage.count).map_or("not known".to_owned(), amount);
    let share = |stage: &FunnelStage| match known(stage.count) {
        Some(count) if widest > 0.0 => (count / widest).max(0.0),
        _ => 0.0,
    };
    let ends = |stage: &FunnelStage| {
        let ends = known_span(stage.interval).filter(|_| widest > 0.0)?;
        Some(((ends.low / widest).max(0.0), (ends.high / widest).clamp(0.0, 1.5)))
    };
    let reach = |stage: &FunnelStage| ends(stage).map_or(0.0, |(_, high)| high).max(share(stage));
    // the longest bar leaves every stage room for the words after its own bar
    let after =
        |stage: &FunnelStage| 28.0 + figures.width(&figure(stage)) + note.width(&stage.note).min(230.0);
    let longest = input
        .stages
        .iter()
        .filter(|stage| reach(stage) > 0.0)
        .map(|stage| (panel.right - start - after(stage)) / reach(stage))
        .fold(panel.right - start, f64::min)
        .max(80.0);
    for (position, stage) in input.stages.iter().enumerate() {
        let middle = panel.top + (position as f64 + 0.5) * STAGE;
        let line = middle + 0.35 * name.size;
        let label = font::fit(&stage.label, name.size, false, names);
        sheet.write((start - 18.0, line), &label, name.end());
        let end = start + longest * share(stage);
        let deeper = position as f64 / input.stages.len().max(2) as f64;
        let colour = theme::between(theme::series(0), theme::series(2), deeper);
        sheet.block(Panel { left: start, top: middle - 30.0, right: end, bottom: middle + 30.0 }, colour);
        let figure = figure(stage);
        let ends = ends(stage);
        if let Some((low, high)) = ends {
            band::whisker(sheet, (start + longest * low, start + longest * high), middle);
        }
        let end = ends.map_or(end, |(_, high)| end.max(start + longest * high));
        sheet.write((end + 14.0, line), &figure, figures);
        let at = end + 28.0 + figures.width(&figure);
        sheet.write((at, line), &font::fit(&stage.note, note.size, false, panel.right - at), note);
    }
}

fn draw_leaks(sheet: &mut Sheet, panel: Panel, input: &Funnel) {
    let head = Letters::new(theme::LABEL, theme::INK).bold();
    let unit = Letters::new(theme::TICK, theme::MUTED);
    let half = (panel.width() - 30.0) / 2.0;
    let second = panel.left + half + 30.0;
    sheet.write(
        (panel.left, panel.top - 46.0),
        &format!("What leaks, by cause, per {}", input.words.trial()),
        head,
    );
    sheet.write((panel.left, panel.top - 10.0), "opportunities", unit);
    let has_pipeline = input.leaks.iter().any(|leak| leak.pipeline.is_some());
    if has_pipeline {
        sheet.write((second, panel.top - 10.0), "pipeline", unit);
    }
    let most = |value: fn(&Leak) -> Lost| {
        let ends = |lost: Lost| [known(lost.0), known_span(lost.1).map(|ends| ends.high)];
        input.leaks.iter().flat_map(|leak| ends(value(leak))).flatten().fold(0.0, f64::max)
    };
    let count: fn(&Leak) -> Lost = |leak| (leak.opportunities, leak.interval);
    let value: fn(&Leak) -> Lost = |leak| (leak.pipeline, leak.pipeline_interval);
    let pitch = (panel.height() / input.leaks.len() as f64).min(1.3 * LEAK);
    let (opportunities, pipeline) = (most(count), most(value));
    for (position, leak) in input.leaks.iter().enumerate() {
        let top = panel.top + position as f64 * pitch + 8.0;
        let name = Letters::new(theme::TICK + 1.0, theme::INK);
        let cause = font::fit(&leak.cause, name.size, false, panel.width());
        sheet.write((panel.left, top + 30.0), &cause, name);
        let of = |place: f64, (lost, most): (Lost, f64), colour| LeakBar {
            place: (place, top + 42.0),
            room: half,
            lost,
            most,
            colour,
        };
        let worth = |worth: f64| money(&input.currency, worth);
        let bar = of(panel.left, (count(leak), opportunities), theme::series(1));
        draw_leak_bar(sheet, bar, &amount);
        if has_pipeline {
            draw_leak_bar(sheet, of(second, (value(leak), pipeline), theme::series(4)), &worth);
        }
    }
}

/// What is lost to a cause, with its interval.
type Lost = (Option<f64>, Option<Span>);

/// A bar of what is lost: its top left corner, the room for the longest, and what that would be.
struct LeakBar {
    place: (f64, f64),
    room: f64,
    lost: Lost,
    most: f64,
    colour: Colour,
}

fn draw_leak_bar(sheet: &mut Sheet, bar: LeakBar, figure: &dyn Fn(f64) -> String) {
    let LeakBar { place: (left, top), room, lost: (lost, interval), most, colour } = bar;
    let letters = Letters::new(theme::TICK + 1.0, theme::INK).bold();
    let at =
        |value: f64| left + (room - 92.0) * if most > 0.0 { (value / most).clamp(0.0, 1.0) } else { 0.0 };
    let mut right = at(known(lost).unwrap_or(0.0));
    sheet.block(Panel { left, top, right, bottom: top + 36.0 }, colour);
    if let Some(ends) = known_span(interval).filter(|ends| ends.high > 0.0) {
        band::whisker(sheet, (at(ends.low), at(ends.high)), top + 18.0);
        right = right.max(at(ends.high));
    }
    let gap = if right > left { 12.0 } else { 0.0 };
    let words = known(lost).map_or("not known".to_owned(), figure);
    sheet.write((right + gap, top + 18.0 + 0.35 * letters.size), &words, letters);
}
