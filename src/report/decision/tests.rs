//! A page by hand: every kind of chart and cell, and names that try to be markup, script or formula.

use super::chart::{
    Axis, Figures, Forest, ForestRow, Heat, INK, Key, Line, Lines, Panel, Plot, Point, Stroke, Swatch,
};
use super::table::{Cell, Kind, Measure, Place};
use super::*;
use calamine::{Data, Reader, Xlsx};
use std::io::Cursor;

const MARKUP: &str = "<img src=x onerror=alert(1)></script><script>alert(2)</script>";
const FORMULA: &str = "=HYPERLINK(\"http://example.invalid\",\"click\")";

fn chart() -> Chart {
    let point = |at: f64| Point {
        at,
        value: Some(0.123_456_789),
        interval: Some((0.1, 0.2)),
        typical: None,
        tip: format!("{MARKUP} at {at}"),
        ..Point::default()
    };
    let line = Line {
        name: MARKUP.into(),
        colour: 0,
        stroke: Stroke::Whiskers,
        points: vec![point(1.0), Point { value: None, ..point(2.0) }, point(3.0)],
    };
    let lines = Lines {
        across: Axis::of("reps", Figures::Count),
        up: Axis::share("kept"),
        places: vec![MARKUP.into()],
        series: vec![line],
        levels: Vec::new(),
        uprights: Vec::new(),
    };
    let row =
        ForestRow { label: MARKUP.into(), value: Some(0.5), tip: MARKUP.into(), ..ForestRow::default() };
    let forest = Forest { along: Axis::share("kept"), rows: vec![row], zero: Some(0.5) };
    let heat = Heat {
        columns: vec![MARKUP.into()],
        rows: vec![MARKUP.into()],
        top: 1.0,
        cells: vec![Some(f64::NAN)],
        tips: vec![MARKUP.into()],
        ..Heat::default()
    };
    let panel = |plot| Panel { title: MARKUP.into(), keys: vec![Key::new(Swatch::Dot, INK, MARKUP)], plot };
    Chart {
        id: "hand".into(),
        title: MARKUP.into(),
        panels: vec![panel(Plot::Lines(lines)), panel(Plot::Forest(forest)), panel(Plot::Heat(heat))],
        ..Chart::default()
    }
}

fn page() -> Page {
    let mut table = Table::new("A [very] long/name: of a sheet, longer than allowed", MARKUP)
        .column(MARKUP, Kind::Words)
        .column("share", Kind::Figure(Measure::Percent(1)))
        .column("interval", Kind::Range(Measure::Percent(1)));
    table.row(false, vec![Cell::Words(FORMULA.into()), Cell::Starred(0.9), Cell::Range(0.8, 0.95)]);
    table.row(true, vec![Cell::Toned("no".into(), Tone::Bad), Cell::Words("no leads".into())]);
    let again = table.clone().at(Place::Folded).grouped();
    let answer = Answer { word: "NO".into(), tone: Tone::Bad, sentences: format!("{MARKUP} \n{FORMULA}") };
    let foot = Foot { scenario: MARKUP.into(), seed: 7, ..Foot::default() };
    let input = Input { path: MARKUP.into(), value: FORMULA.into(), origin: "--set".into() };
    Page::new("run", MARKUP, MARKUP, answer, foot)
        .caveat(Some(MARKUP.into()))
        .paragraph("WHY", MARKUP)
        .chart(chart())
        .table(table)
        .table(again)
        .inputs(MARKUP, vec![input])
        .note(MARKUP)
        .method(MARKUP)
}

#[test]
fn no_name_becomes_markup_or_script() {
    let text = html(&page()).unwrap();
    assert!(!text.contains("<img") && !text.contains("alert(2)</script>"), "a name is markup");
    assert_eq!(text.matches("<script").count(), 2, "the numbers and the page's own script");
    assert_eq!(text.matches("</script").count(), 2);
    assert!(text.contains("&lt;img src=x onerror=alert(1)&gt;"), "the name itself is there to read");
    assert!(text.starts_with("<!DOCTYPE html>"));
}

#[test]
fn the_policy_allows_the_pages_own_script_only() {
    let text = html(&page()).unwrap();
    let (head, script) = text.rsplit_once("<script>").unwrap();
    let (script, _) = script.split_once("</script>").unwrap();
    let policy = format!("default-src 'none'; script-src '{}';", seal::of(script));
    assert!(head.replace("&#x2f;", "/").contains(&policy), "the seal is that of the script");
}

#[test]
fn numbers_keep_four_digits_and_gaps_stay_gaps() {
    let text = html(&page()).unwrap();
    assert!(text.contains("\"value\":0.1235"), "rounded to four digits");
    assert!(!text.contains("0.123456789"));
    assert!(text.contains("\"cells\":[null]"), "what is no number is a gap");
}

#[test]
fn the_same_page_gives_the_same_bytes() {
    assert_eq!(files(&page()).unwrap(), files(&page()).unwrap());
}

#[test]
fn the_workbook_holds_numbers_as_numbers_and_words_as_words() {
    let bytes = workbook(&page()).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    let long = "A  very  long name  of a sheet,";
    assert_eq!(names.len(), 4, "{names:?}");
    assert_eq!((names[0].as_str(), names[1].as_str(), names[3].as_str()), ("Answer", long, "Inputs"));
    assert!(names[2].chars().count() <= 31 && names[2] != names[1], "{names:?}");
    for name in &names {
        assert_eq!(book.worksheet_formula(name).unwrap().used_cells().count(), 0, "{name} has a formula");
    }
    let sheet = book.worksheet_range(long).unwrap();
    let row: Vec<&Data> = sheet.rows().nth(1).unwrap().iter().collect();
    let expected = [Data::String(FORMULA.into()), Data::Float(0.9), Data::Float(0.8), Data::Float(0.95)];
    assert_eq!(row, expected.iter().collect::<Vec<_>>());
    let heads: Vec<String> = sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(heads[1..], ["share", "interval, low", "interval, high"]);
    assert_eq!(sheet.rows().nth(2).unwrap()[1], Data::String("no leads".into()));
}

#[test]
fn words_of_a_group_stand_once() {
    let mut table =
        Table::new("t", "t").column("way", Kind::Words).column("n", Kind::Figure(Measure::Number(0)));
    for (way, n) in [("pool", 1.0), ("pool", 2.0), ("owner", 3.0)] {
        table.row(false, vec![Cell::Words(way.into()), Cell::Figure(n)]);
    }
    let page = Page::default().table(table.grouped());
    let text = html(&page).unwrap();
    assert_eq!(text.matches(">pool<").count(), 1);
    assert_eq!(text.matches("class=\"group\"").count(), 2);
}
