//! The look of every picture: one palette that colour-blind people can read, and one set of letter sizes.

use plotters::style::RGBAColor;

/// A colour with its opacity.
pub(super) type Colour = RGBAColor;

/// Width of every picture, in picture units (one unit is one pixel of the PNG).
pub(super) const WIDTH: f64 = 1600.0;
/// Usual height of a picture, in picture units.
pub(super) const HEIGHT: f64 = 1000.0;
/// Blank border on every side, in picture units.
pub(super) const MARGIN: f64 = 48.0;

/// Letter size of the message at the top.
pub(super) const TITLE: f64 = 37.0;
/// Smallest letter size of the message before it takes two lines.
pub(super) const LEAST_TITLE: f64 = 32.0;
/// Letter size of the line under the message.
pub(super) const SUBTITLE: f64 = 25.0;
/// Letter size of row labels, values and line labels.
pub(super) const LABEL: f64 = 24.0;
/// Letter size of axis numbers, axis titles and legends.
pub(super) const TICK: f64 = 21.0;
/// Letter size of the small print.
pub(super) const FOOTER: f64 = 19.0;

/// Main text.
pub(super) const INK: Colour = RGBAColor(31, 41, 51, 1.0);
/// Secondary text.
pub(super) const MUTED: Colour = RGBAColor(88, 99, 110, 1.0);
/// Grid lines.
pub(super) const GRID: Colour = RGBAColor(227, 231, 236, 1.0);
/// Axis lines and separators.
pub(super) const AXIS: Colour = RGBAColor(154, 165, 177, 1.0);
/// Background.
pub(super) const PAPER: Colour = RGBAColor(255, 255, 255, 1.0);
/// Cells and bars whose value is missing.
pub(super) const MISSING: Colour = RGBAColor(238, 240, 243, 1.0);

/// Okabe and Ito (2008), reordered so that neighbours differ in lightness too; yellow is left out (unreadable on
/// white) and a neutral grey closes the list.
const SERIES: [Colour; 7] = [
    RGBAColor(0, 114, 178, 1.0),
    RGBAColor(213, 94, 0, 1.0),
    RGBAColor(0, 158, 115, 1.0),
    RGBAColor(204, 121, 167, 1.0),
    RGBAColor(230, 159, 0, 1.0),
    RGBAColor(86, 180, 233, 1.0),
    RGBAColor(125, 135, 146, 1.0),
];

/// Light to dark blue (ColorBrewer "Blues", Harrower and Brewer 2003): lightness alone carries the value.
pub(super) const BLUES: [Colour; 5] = [
    RGBAColor(243, 248, 253, 1.0),
    RGBAColor(198, 219, 239, 1.0),
    RGBAColor(107, 174, 214, 1.0),
    RGBAColor(33, 113, 181, 1.0),
    RGBAColor(8, 48, 107, 1.0),
];

/// Light to dark orange (ColorBrewer "Oranges").
pub(super) const ORANGES: [Colour; 5] = [
    RGBAColor(255, 246, 236, 1.0),
    RGBAColor(253, 208, 162, 1.0),
    RGBAColor(253, 141, 60, 1.0),
    RGBAColor(217, 72, 1, 1.0),
    RGBAColor(127, 39, 4, 1.0),
];

/// The colour of the series with this position; the list repeats after its end.
pub(super) fn series(position: usize) -> Colour {
    SERIES[position % SERIES.len()]
}

/// The same colour, more transparent.
pub(super) fn faint(colour: Colour, opacity: f64) -> Colour {
    RGBAColor(colour.0, colour.1, colour.2, opacity)
}

/// A mixture: `share` of 0 gives `from`, 1 gives `to`.
pub(super) fn between(from: Colour, to: Colour, share: f64) -> Colour {
    let blend = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
    RGBAColor(blend(from.0, to.0), blend(from.1, to.1), blend(from.2, to.2), 1.0)
}

/// The colour at a share (0 to 1) along a ramp of colours.
pub(super) fn along(ramp: &[Colour], share: f64) -> Colour {
    let steps = ramp.len().saturating_sub(1).max(1);
    let place = share.clamp(0.0, 1.0) * steps as f64;
    let step = (place.floor() as usize).min(steps - 1);
    between(ramp[step], ramp[(step + 1).min(ramp.len() - 1)], place - step as f64)
}

/// A series colour dark enough to be read as text on white.
pub(super) fn as_text(colour: Colour) -> Colour {
    let mut darker = colour;
    for _ in 0..12 {
        // 4.5 to 1 is the contrast the WCAG asks of body text
        if 1.05 / (luminance(darker) + 0.05) >= 4.5 {
            break;
        }
        darker = between(darker, INK, 0.15);
    }
    darker
}

/// Dark or white letters, whichever contrasts more with this fill.
pub(super) fn letters_on(fill: Colour) -> Colour {
    let light = luminance(fill);
    let on_white = 1.05 / (light + 0.05);
    let on_ink = (light + 0.05) / (luminance(INK) + 0.05);
    if on_white > on_ink { PAPER } else { INK }
}

/// Relative luminance, 0 (black) to 1 (white), as WCAG 2.1 defines it.
pub(super) fn luminance(colour: Colour) -> f64 {
    let linear = |channel: u8| {
        let part = f64::from(channel) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(colour.0) + 0.7152 * linear(colour.1) + 0.0722 * linear(colour.2)
}
