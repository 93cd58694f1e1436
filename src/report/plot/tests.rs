//! Tests of the pictures: nothing overlaps, nothing is cut off, both files hold what they should.

use super::sheet::{Mark, Panel};
use super::*;

/// Every line of words on the sheet with the place it takes.
fn prints(sheet: &Sheet) -> Vec<(String, Panel)> {
    let print = |mark: &Mark| match mark {
        Mark::Words { spot, words, letters } => Some((words.clone(), letters.footprint(*spot, words))),
        _ => None,
    };
    sheet.marks.iter().filter_map(print).collect()
}

/// Fails when words overlap words or leave the sheet.
fn check_words(name: &str, sheet: &Sheet) {
    let prints = prints(sheet);
    assert!(!prints.is_empty(), "{name}: no words at all");
    for (position, (words, print)) in prints.iter().enumerate() {
        let inside = print.left >= 4.0 && print.right <= sheet.width - 4.0 && print.top >= 4.0;
        assert!(inside && print.bottom <= sheet.height - 4.0, "{name}: {words:?} is cut off at {print:?}");
        for (other, place) in &prints[position + 1..] {
            assert!(!print.meets(place), "{name}: {words:?} at {print:?} overlaps {other:?} at {place:?}");
        }
    }
}

fn keep(name: &str, png: &[u8], svg: &str) {
    if std::env::var_os("LEADSIM_KEEP_PLOTS").is_some() {
        let folder = std::env::temp_dir().join("leadsim-plots");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{name}.png")), png).unwrap();
        std::fs::write(folder.join(format!("{name}.svg")), svg).unwrap();
        println!("wrote {}/{name}.png and .svg", folder.display());
    }
}

#[test]
fn every_picture_becomes_a_png_and_an_svg_of_the_same_size() {
    for (name, picture) in samples::all().into_iter().chain(hard_samples::hard()) {
        let (png, svg) = (png(&picture).unwrap(), svg(&picture).unwrap());
        assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n", "{name}");
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        let (width, height) = (number(16), number(20));
        assert_eq!(width, 1600, "{name}");
        assert!((400..=7000).contains(&height), "{name}: height {height}");
        assert!(svg.contains(&format!("width=\"{width}\" height=\"{height}\"")), "{name}");
        assert!(svg.trim_end().ends_with("</svg>"), "{name}");
        keep(name, &png, &svg);
    }
}

#[test]
fn words_neither_overlap_nor_leave_the_sheet() {
    for (name, picture) in samples::all().into_iter().chain(hard_samples::hard()) {
        check_words(name, &layout(&picture));
    }
}

#[test]
fn the_svg_holds_the_labels_as_text() {
    let expected: [(Picture, &[&str]); 9] = [
        (samples::attainment(), &["S1  Tier 1, first attempt", "64.1 %", "&lt;1 %", "goal"]),
        (samples::response_times(), &["Tier 3", "target 15 min", "4 h", "3 days"]),
        (samples::why_late(), &["meetings", "43 %", "nobody on shift"]),
        (samples::by_week(), &["2 Feb", "27 Apr", "goal 90 %"]),
        (samples::heat_map(), &["Mon", "Sun", "leads per hour", "reps present"]),
        (samples::rep_hours(), &["working leads", "4 %", "10.8 h"]),
        (samples::funnel(), &["meeting held", "446", "$1.9M", "$68K"]),
        (samples::capacity_curve(), &["pooled", "goal 90 %", "today: 6 reps", "Team size (reps)"]),
        (samples::waterfall(), &["today", "ownership", "+15.7", "alone +24.0", "98.8 %", "98.5–99.0"]),
    ];
    for (picture, labels) in expected {
        let file = svg(&picture).unwrap();
        for label in labels {
            assert!(file.contains(label), "{label:?} is missing from {picture:?}");
        }
        assert!(file.contains("1,000 quarters, seed 1"));
        assert!(file.contains("font-family=\"Noto Sans, Helvetica, Arial, sans-serif\""));
    }
}

#[test]
fn the_png_shows_the_series_in_their_colours() {
    let file = png(&samples::capacity_curve()).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let mut dots = vec![0; reader.output_buffer_size()];
    reader.next_frame(&mut dots).unwrap();
    for position in 0..3 {
        let colour = theme::series(position);
        let count = dots.chunks_exact(3).filter(|dot| *dot == [colour.0, colour.1, colour.2]).count();
        assert!(count > 1000, "series {position} covers {count} dots");
    }
}

#[test]
fn a_dot_lies_where_its_value_says() {
    let scale = axis::Scale::linear(0.0, 1.0, 100.0, 300.0);
    assert!((scale.at(0.25) - 150.0).abs() < 1e-9);
    assert!((scale.at(7.0) - 300.0).abs() < 1e-9);
    let scale = axis::Scale::logarithmic(1.0, 100.0, 0.0, 200.0);
    assert!((scale.at(10.0) - 100.0).abs() < 1e-9);
    assert!(scale.at(0.0).abs() < 1e-9);
}

#[test]
fn ticks_are_round_and_enclose_the_range() {
    let labels = |low, high, wanted| -> Vec<String> {
        axis::round_ticks(low, high, wanted).into_iter().map(|tick| tick.label).collect()
    };
    assert_eq!(labels(91.2, 99.5, 3), ["90", "95", "100"]);
    assert_eq!(labels(0.0, 2.6, 4), ["0", "1", "2", "3"]);
    assert_eq!(labels(0.0, 0.031, 4), ["0.00", "0.01", "0.02", "0.03", "0.04"]);
    let whole: Vec<f64> = axis::whole_ticks(1.0, 60.0, 15).into_iter().map(|tick| tick.value).collect();
    assert_eq!(whole.first().zip(whole.last()), Some((&5.0, &60.0)));
}

#[test]
fn figures_never_round_a_part_to_none_or_all() {
    assert_eq!(figures::percent(0.641, 1), "64.1 %");
    assert_eq!(figures::percent(0.0, 0), "0 %");
    assert_eq!(figures::percent(0.0004, 0), "<1 %");
    assert_eq!(figures::percent(0.9996, 0), ">99 %");
    assert_eq!(figures::percent(1.0, 0), "100 %");
    assert_eq!(figures::money("$", 3_812_000.0), "$3.8M");
    assert_eq!(figures::money("$", 36_000.0), "$36K");
    assert_eq!(figures::amount(12_345.6), "12,346");
    assert_eq!(figures::waiting(4320.0), "3 days");
    assert_eq!(figures::waiting(90.0), "90 min");
}

#[test]
fn labels_move_apart_and_stay_in_order() {
    let centres = legend::spread(&[50.0, 51.0, 52.0], &[20.0; 3], 0.0, 60.0);
    assert_eq!(centres, [10.0, 30.0, 50.0]);
    assert_eq!(legend::spread(&[10.0, 90.0], &[20.0; 2], 0.0, 100.0), [10.0, 90.0]);
}

#[test]
fn long_words_are_shortened_and_wrapped() {
    let long = "Enterprise accounts in Österreich und der Schweiz, 営業 hours only";
    let short = font::fit(long, 24.0, false, 200.0);
    assert!(short.ends_with('…') && font::width(&short, 24.0, false) <= 200.0, "{short}");
    let lines = font::wrap(long, 24.0, false, 300.0, 2);
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|line| font::width(line, 24.0, false) <= 300.0), "{lines:?}");
    assert_eq!(font::printable("a\nb\u{0}c"), "a bc");
}

#[test]
fn text_is_readable_on_white_and_on_fills() {
    for position in 0..7 {
        let colour = theme::series(position);
        assert_ne!(theme::letters_on(colour), colour);
        let dark = theme::as_text(colour);
        let sum = |colour: theme::Colour| u32::from(colour.0) + u32::from(colour.1) + u32::from(colour.2);
        assert!(sum(dark) <= sum(colour), "series {position}");
    }
}

#[test]
fn a_stroke_covers_its_length_times_its_width() {
    let sum = |spots: &[sheet::Spot]| -> f64 {
        stroke::cover(spots, 6.0).shares.iter().map(|share| f64::from(*share)).sum()
    };
    let disc = std::f64::consts::PI * 9.0;
    assert!((sum(&[(50.3, 20.7)]) - disc).abs() < 1.0, "a disc");
    let slanted = sum(&[(10.2, 10.4), (70.2, 90.4)]);
    assert!((slanted - (600.0 + disc)).abs() < 6.0, "{slanted}");
    // a joint on the way must not count twice
    let jointed = sum(&[(10.2, 10.4), (40.2, 50.4), (70.2, 90.4)]);
    assert!((slanted - jointed).abs() < 1e-3, "{slanted} {jointed}");
}

#[test]
fn dashes_go_on_around_bends() {
    let strokes = stroke::broken(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)], (6.0, 2.0));
    assert_eq!(strokes.len(), 3);
    assert_eq!(strokes[0], [(0.0, 0.0), (6.0, 0.0)]);
    assert_eq!(strokes[1], [(8.0, 0.0), (10.0, 0.0), (10.0, 4.0)]);
    assert_eq!(strokes[2], [(10.0, 6.0), (10.0, 10.0)]);
}

#[test]
fn an_area_covers_what_geometry_says() {
    let sum = |border: &[sheet::Spot]| -> f64 {
        fill::cover(border).shares.iter().map(|share| f64::from(*share)).sum()
    };
    let triangle = [(3.3, 2.2), (43.3, 12.2), (13.3, 52.7)];
    // half the cross product of two sides
    let exact = ((40.0 * 50.5) - (10.0 * 10.0)) / 2.0;
    assert!((sum(&triangle) - exact).abs() < 1e-3, "{} {exact}", sum(&triangle));
    let turned: Vec<sheet::Spot> = triangle.iter().rev().copied().collect();
    assert!((sum(&turned) - exact).abs() < 1e-3, "the other way round");
    let bowl = [(0.25, 0.0), (10.25, 20.5), (20.25, 0.0), (20.25, 30.0), (0.25, 30.0)];
    assert!((sum(&bowl) - (600.0 - 205.0)).abs() < 1e-3, "{}", sum(&bowl));

    let block = fill::cover(&[(1.5, 1.0), (4.0, 1.0), (4.0, 2.25), (1.5, 2.25)]);
    let share =
        |x: i32, y: i32| block.shares[(y - block.top) as usize * block.columns + (x - block.left) as usize];
    assert_eq!([share(0, 1), share(1, 1), share(3, 1), share(4, 1)], [0.0, 0.5, 1.0, 0.0]);
    assert_eq!([share(1, 2), share(3, 2), share(3, 3)], [0.125, 0.25, 0.0]);
}
