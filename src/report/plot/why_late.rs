//! Picture: what late leads were waiting for, one bar per tier that adds up to 100 %.

use super::axis::{self, Scale};
use super::figures::{known, percent};
use super::legend::{self, Sample};
use super::sheet::{Letters, Panel, Sheet};
use super::theme::{self, Colour};
use super::{Words, font, frame};
use plotters::style::RGBAColor;

/// The causes and one bar per tier.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WhyLate {
    /// Message, subtitle and small print.
    pub words: Words,
    /// Names of the causes, in drawing order from the left.
    pub causes: Vec<String>,
    /// Which colour each cause has in every picture, in the same order; none for the rest.
    pub colours: Vec<Option<usize>>,
    /// One bar per tier.
    pub bars: Vec<WhyLateBar>,
}

/// The waiting of one tier's late leads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WhyLateBar {
    /// Name of the tier.
    pub label: String,
    /// A short note under the name, such as "54 late leads a quarter".
    pub note: String,
    /// Share of the waiting (0 to 1) per cause, in the order of the causes.
    pub shares: Vec<Option<f64>>,
    /// The shares in whole per cent as they are written; shares that have none are rounded.
    pub written: Vec<u32>,
}

const ROW: f64 = 118.0;

pub(super) fn layout(input: &WhyLate) -> Sheet {
    let keys: Vec<(Sample, String)> = input
        .causes
        .iter()
        .enumerate()
        .map(|(position, cause)| (Sample::Patch(fill(input, position)), cause.clone()))
        .collect();
    let above = legend::height(&keys, theme::WIDTH - 2.0 * theme::MARGIN) + 22.0;
    let rows = ROW * input.bars.len().max(2) as f64;
    let (mut sheet, room) = frame::with_room(&input.words, above + rows + axis::LEVEL_HEIGHT);
    legend::keys(&mut sheet, room, &keys);
    let name = Letters::new(theme::LABEL, theme::INK).bold();
    let note = Letters::new(theme::FOOTER, theme::MUTED);
    let wide = |bar: &WhyLateBar| name.width(&bar.label).max(note.width(&bar.note));
    let names = input.bars.iter().map(wide).fold(100.0, f64::max).min(330.0);
    let panel = Panel {
        left: room.left + names + 24.0,
        top: room.top + above,
        right: room.right - 24.0,
        bottom: room.top + above + rows,
    };
    let scale = Scale::linear(0.0, 1.0, panel.left, panel.right);
    let ticks = axis::percent_ticks(20);
    axis::uprights(&mut sheet, panel, &scale, &ticks);
    axis::level(&mut sheet, panel, &scale, &ticks, "Share of the time late leads waited");
    if input.bars.is_empty() {
        frame::nothing(&mut sheet, panel);
    }
    for (position, bar) in input.bars.iter().enumerate() {
        let middle = panel.top + (position as f64 + 0.5) * ROW;
        let lift = if bar.note.is_empty() { 0.35 * name.size } else { -4.0 };
        sheet.write((room.left, middle + lift), &font::fit(&bar.label, name.size, true, names), name);
        sheet.write((room.left, middle + 24.0), &font::fit(&bar.note, note.size, false, names), note);
        draw_bar(&mut sheet, input, bar, middle, &scale);
    }
    sheet
}

/// Colours bound to causes, so that a cause looks the same in every run (after Okabe and Ito 2008, and the "muted" scheme of Paul
/// Tol 2021). Those that usually stand side by side differ in lightness as well as in hue.
const CAUSES: [Colour; 16] = [
    RGBAColor(0, 114, 178, 1.0),
    RGBAColor(230, 159, 0, 1.0),
    RGBAColor(86, 180, 233, 1.0),
    RGBAColor(170, 68, 153, 1.0),
    RGBAColor(240, 228, 66, 1.0),
    RGBAColor(136, 34, 85, 1.0),
    RGBAColor(213, 94, 0, 1.0),
    RGBAColor(51, 34, 136, 1.0),
    RGBAColor(0, 158, 115, 1.0),
    RGBAColor(250, 180, 222, 1.0),
    RGBAColor(153, 221, 204, 1.0),
    RGBAColor(153, 153, 51, 1.0),
    RGBAColor(238, 136, 150, 1.0),
    RGBAColor(17, 90, 51, 1.0),
    RGBAColor(102, 37, 6, 1.0),
    RGBAColor(221, 204, 119, 1.0),
];
/// All causes that are too small to be told.
const REST: Colour = RGBAColor(200, 206, 212, 1.0);

fn fill(input: &WhyLate, position: usize) -> Colour {
    match input.colours.get(position) {
        Some(None) => REST,
        Some(Some(number)) => CAUSES[number % CAUSES.len()],
        None => CAUSES[position % CAUSES.len()],
    }
}

fn draw_bar(sheet: &mut Sheet, input: &WhyLate, bar: &WhyLateBar, middle: f64, scale: &Scale) {
    let mut done = 0.0;
    let known_shares = bar.shares.iter().map(|share| known(*share).unwrap_or(0.0).max(0.0));
    for (position, share) in known_shares.enumerate() {
        let (left, right) = (scale.at(done), scale.at(done + share));
        done += share;
        let colour = fill(input, position);
        let segment =
            Panel { left, top: middle - 36.0, right: (right - 2.0).max(left), bottom: middle + 36.0 };
        sheet.block(segment, colour);
        let letters = Letters::new(theme::TICK, theme::letters_on(colour)).middle();
        let figure = match bar.written.get(position) {
            Some(whole) if *whole > 0 => format!("{whole} %"),
            _ => percent(share, 0),
        };
        let heavy = letters.bold();
        let cause = input.causes.get(position).map_or("", String::as_str);
        let (centre, room) = ((segment.left + segment.right) / 2.0, segment.width() - 6.0);
        if share <= 0.0 || heavy.width(&figure) > room {
            continue;
        }
        if letters.width(cause) + 6.0 <= room && !cause.is_empty() {
            sheet.write((centre, middle - 6.0), cause, letters);
            sheet.write((centre, middle + 22.0), &figure, heavy);
        } else {
            sheet.write((centre, middle + 0.35 * theme::TICK), &figure, heavy);
        }
    }
    if done <= 0.0 {
        let letters = Letters::new(theme::TICK, theme::MUTED);
        sheet.write((scale.at(0.0) + 14.0, middle + 0.35 * theme::TICK), "no late leads", letters);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_causes_look_alike() {
        let all: Vec<Colour> = CAUSES.into_iter().chain([REST]).collect();
        for (place, one) in all.iter().enumerate() {
            for other in &all[..place] {
                let apart = |a: u8, b: u8| (f64::from(a) - f64::from(b)).powi(2);
                let distance = (apart(one.0, other.0) + apart(one.1, other.1) + apart(one.2, other.2)).sqrt();
                assert!(distance > 36.0, "{one:?} and {other:?}: {distance}");
            }
        }
    }

    #[test]
    fn a_cause_keeps_its_colour_wherever_it_stands() {
        let picture = |colours: &[Option<usize>]| WhyLate { colours: colours.to_vec(), ..WhyLate::default() };
        let (one, other) = (picture(&[Some(3), Some(7), None]), picture(&[Some(7), None]));
        assert_eq!(fill(&one, 1), fill(&other, 0));
        assert_eq!((fill(&one, 2), fill(&other, 1)), (REST, REST));
    }
}
