//! Letters: the built-in typeface, how wide words are in it, and how to shorten or wrap them.

use std::sync::OnceLock;

use ab_glyph::{Font, FontRef, PxScale, ScaleFont};
use plotters::style::FontStyle;

use super::PlotError;

const REGULAR: &[u8] = include_bytes!("../../../assets/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../../assets/NotoSans-Bold.ttf");

/// The family written into SVG files: the built-in face first, then what most machines have.
pub(super) const FAMILY: &str = "Noto Sans, Helvetica, Arial, sans-serif";

/// The typeface in one weight.
pub(super) fn face(bold: bool) -> &'static FontRef<'static> {
    static FACES: OnceLock<[FontRef<'static>; 2]> = OnceLock::new();
    let faces = FACES.get_or_init(|| {
        [REGULAR, BOLD]
            .map(|bytes| FontRef::try_from_slice(bytes).expect("the built-in typeface is a valid font"))
    });
    &faces[usize::from(bold)]
}

/// Makes the typeface known to the drawing library, once per process: it looks for no font on the machine.
///
/// # Errors
/// When the library refuses the built-in typeface.
pub(super) fn register() -> Result<(), PlotError> {
    static DONE: OnceLock<bool> = OnceLock::new();
    let done = DONE.get_or_init(|| {
        plotters::style::register_font(FAMILY, FontStyle::Normal, REGULAR).is_ok()
            && plotters::style::register_font(FAMILY, FontStyle::Bold, BOLD).is_ok()
    });
    if *done { Ok(()) } else { Err(PlotError::Typeface) }
}

/// The scale that gives letters of this size (the em, in picture units).
pub(super) fn scale(size: f64, bold: bool) -> PxScale {
    let face = face(bold);
    let em = face.units_per_em().unwrap_or(1000.0);
    PxScale::from(size as f32 * face.height_unscaled() / em)
}

/// Width of the words in picture units.
pub(super) fn width(words: &str, size: f64, bold: bool) -> f64 {
    let face = face(bold).as_scaled(scale(size, bold));
    let mut total = 0.0;
    let mut previous = None;
    for letter in words.chars() {
        let glyph = face.glyph_id(letter);
        if let Some(before) = previous {
            total += face.kern(before, glyph);
        }
        total += face.h_advance(glyph);
        previous = Some(glyph);
    }
    f64::from(total)
}

/// The words on one line without control characters, which neither a picture nor an SVG file can hold.
pub(super) fn printable(words: &str) -> String {
    words
        .chars()
        .map(|letter| if letter.is_whitespace() && letter != '\u{a0}' { ' ' } else { letter })
        .filter(|letter| !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

/// The words, shortened with "…" until they are no wider than `room` picture units.
pub(super) fn fit(words: &str, size: f64, bold: bool, room: f64) -> String {
    let words = printable(words);
    if width(&words, size, bold) <= room {
        return words;
    }
    let mut letters: Vec<char> = words.chars().collect();
    while letters.pop().is_some() {
        let kept: String = letters.iter().collect();
        let shorter = format!("{}…", kept.trim_end());
        if width(&shorter, size, bold) <= room {
            return shorter;
        }
    }
    String::new()
}

/// The words over at most `lines` lines of `room` picture units each; what does not fit ends with "…".
pub(super) fn wrap(words: &str, size: f64, bold: bool, room: f64, lines: usize) -> Vec<String> {
    let words = printable(words);
    let mut done: Vec<String> = Vec::new();
    let mut rest: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
    while !rest.is_empty() && done.len() < lines {
        if done.len() + 1 == lines {
            done.push(fit(&rest.join(" "), size, bold, room));
            break;
        }
        let mut taken = 1;
        while taken < rest.len() && width(&rest[..=taken].join(" "), size, bold) <= room {
            taken += 1;
        }
        done.push(fit(&rest[..taken].join(" "), size, bold, room));
        rest.drain(..taken);
    }
    done
}

/// The words over one line, or over two of about equal length; what does not fit ends with "…".
pub(super) fn balanced(words: &str, size: f64, bold: bool, room: f64) -> Vec<String> {
    let whole = width(&printable(words), size, bold);
    if whole <= room || whole > 1.9 * room {
        return wrap(words, size, bold, room, 2);
    }
    let mut narrower = whole / 2.0;
    loop {
        // one line more than allowed shows whether the words fit this width
        let lines = wrap(words, size, bold, narrower.min(room), 3);
        if lines.len() < 3 || narrower >= room {
            return wrap(words, size, bold, narrower.min(room), 2);
        }
        narrower += 8.0;
    }
}
