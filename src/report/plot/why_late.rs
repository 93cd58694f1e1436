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
}

const ROW: f64 = 118.0;

pub(super) fn layout(input: &WhyLate) -> Sheet {
    let keys: Vec<(Sample, String)> = input
        .causes
        .iter()
        .enumerate()
        .map(|(position, cause)| (Sample::Patch(fill(position, input.causes.len())), cause.clone()))
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

/// Colours of the causes, light beside dark so that neighbours differ without hue (after Okabe and Ito 2008, and the
/// "muted" scheme of Paul Tol 2021).
const CAUSES: [Colour; 9] = [
    RGBAColor(0, 114, 178, 1.0),
    RGBAColor(230, 159, 0, 1.0),
    RGBAColor(136, 34, 85, 1.0),
    RGBAColor(86, 180, 233, 1.0),
    RGBAColor(213, 94, 0, 1.0),
    RGBAColor(240, 228, 66, 1.0),
    RGBAColor(0, 158, 115, 1.0),
    RGBAColor(232, 190, 213, 1.0),
    RGBAColor(51, 34, 136, 1.0),
];
/// The rest beside a dark cause.
const LIGHT_REST: Colour = RGBAColor(200, 206, 212, 1.0);

/// The last of several causes is the rest, and the rest is grey: light beside a dark cause, dark beside a light one.
fn fill(position: usize, causes: usize) -> Colour {
    let loud = |position: usize| CAUSES[position % CAUSES.len()];
    if causes > 2 && position + 1 == causes {
        let beside = theme::luminance(loud(position - 1));
        return if beside > 0.3 { theme::MUTED } else { LIGHT_REST };
    }
    loud(position)
}

fn draw_bar(sheet: &mut Sheet, input: &WhyLate, bar: &WhyLateBar, middle: f64, scale: &Scale) {
    let mut done = 0.0;
    let known_shares = bar.shares.iter().map(|share| known(*share).unwrap_or(0.0).max(0.0));
    for (position, share) in known_shares.enumerate() {
        let (left, right) = (scale.at(done), scale.at(done + share));
        done += share;
        let colour = fill(position, input.causes.len().max(bar.shares.len()));
        let segment =
            Panel { left, top: middle - 36.0, right: (right - 2.0).max(left), bottom: middle + 36.0 };
        sheet.block(segment, colour);
        let letters = Letters::new(theme::TICK, theme::letters_on(colour)).middle();
        let figure = percent(share, 0);
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
    fn neighbouring_causes_differ_in_lightness() {
        for causes in 2..=12 {
            for position in 1..causes {
                let light = |place| theme::luminance(fill(place, causes)) + 0.05;
                let (one, other) = (light(position - 1), light(position));
                let contrast = one.max(other) / one.min(other);
                assert!(contrast > 1.5, "{position} of {causes}: {contrast}");
            }
        }
    }
}
