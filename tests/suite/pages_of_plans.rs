//! The decision reports of the planning commands: whole in themselves, drawn in a real browser, their workbooks the numbers of the CSV tables.

use super::cli::{Place, TEMPLATE};
use super::pages::{book, browser, draws, is_whole, played, same, table};
use calamine::{Data, Reader};
use std::path::{Path, PathBuf};

/// A day whose answer is known: 7 reps.
fn size(place: &Place) -> PathBuf {
    std::fs::write(place.0.join("day.toml"), super::size::DAY).expect("a file can be written");
    let sizes = ["size", "day.toml", "--over", "team.reps.count=4..8"];
    played(place, "size", &[&sizes[..], &["--confirm", "100", "--seed", "1"]].concat())
}

/// The same day, its cover sought by the hour.
fn cover(place: &Place) -> PathBuf {
    let day = super::size_cover::day("{ \"every day 00:00-04:00\" = 9, \"every day 04:00-08:00\" = 9 }");
    std::fs::write(place.0.join("covered.toml"), day).expect("a file can be written");
    played(place, "cover", &["size", "covered.toml", "--cover", "--seed", "1"])
}

fn promise(place: &Place) -> PathBuf {
    played(place, "promise", &["promise", TEMPLATE, "--trials", "60", "--seed", "1"])
}

/// The template against a team with a back-up.
fn compare(place: &Place, more: &[&str]) -> PathBuf {
    let line = ["compare", TEMPLATE, "--line", "back-up: routing.tiers.1.back_up.after=5min"];
    let name = if more.is_empty() { "compare" } else { "compare-several" };
    played(place, name, &[&line[..], more, &["--trials", "60", "--seed", "1"]].concat())
}

fn volume_of_numbers(place: &Place) -> PathBuf {
    played(place, "numbers", &["volume", "--goal", "2M", "--amount", "40k", "--rate", "25%"])
}

fn volume_of_team(place: &Place) -> PathBuf {
    let team = ["volume", TEMPLATE, "--goal", "2M", "--reps", "4,6", "--times", "0.4,0.7,1,2"];
    played(place, "team", &[&team[..], &["--trials", "60", "--seed", "1"]].concat())
}

fn map(place: &Place) -> PathBuf {
    let overs = ["--over", "team.reps.count=4,5,6,7,8", "--over", "routing.tiers.1.policy=round robin,pool"];
    played(place, "map", &[&["sweep", TEMPLATE][..], &overs, &["--trials", "50", "--seed", "1"]].concat())
}

fn why(place: &Place) -> PathBuf {
    played(place, "why", &["why", TEMPLATE, "--trials", "20", "--seed", "1"])
}

/// A day and a price list whose answer is known.
fn fix(place: &Place) -> PathBuf {
    std::fs::write(place.0.join("list.toml"), super::fix::DAY).expect("a file can be written");
    played(place, "fix", &["fix", "list.toml", "--confirm", "100", "--seed", "1"])
}

fn sensitivity(place: &Place) -> PathBuf {
    std::fs::write(place.0.join("ends.toml"), super::sensitivity::DAY).expect("a file can be written");
    let vary = ["--vary", "team.reps.count=5..7", "--vary", "work.dial.mean=28min..32min", "--only"];
    played(
        place,
        "sensitivity",
        &[&["sensitivity", "ends.toml", "--trials", "60", "--seed", "1"], &vary[..]].concat(),
    )
}

fn stress(place: &Place) -> PathBuf {
    std::fs::write(place.0.join("weeks.toml"), super::stress::week(3.0, "80%"))
        .expect("a file can be written");
    played(place, "stress", &["stress", "weeks.toml", "--trials", "20", "--seed", "1"])
}

/// The words of a text page without its line breaks.
fn joined(folder: &Path) -> String {
    let text = std::fs::read_to_string(folder.join("summary.txt")).expect("a summary");
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The page's answer in HTML, as words.
fn heading(folder: &Path) -> String {
    let text = super::pages::markup(&super::pages::page(folder));
    let heading = text.split("<h1>").nth(1).expect("a heading").split("</h1>").next().expect("its end");
    let plain = heading.replace('\u{a0}', " ").replace("&#34;", "\"").replace("&quot;", "\"");
    plain
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&#x2f;", "/")
        .replace("&gt;", ">")
        .replace("&lt;", "<")
        .replace("&amp;", "&")
}

#[test]
fn every_plan_leaves_a_page_that_is_whole_and_says_what_its_text_says() {
    let place = Place::new("pages-plans");
    for folder in [
        size(&place),
        cover(&place),
        promise(&place),
        compare(&place, &[]),
        volume_of_numbers(&place),
        volume_of_team(&place),
        map(&place),
        why(&place),
        fix(&place),
        sensitivity(&place),
        stress(&place),
    ] {
        is_whole(&folder, "");
        let (heading, text) = (heading(&folder), joined(&folder));
        assert!(heading.len() > 40, "{heading}");
        assert!(text.contains(&heading), "\"{heading}\" is not on the text page: {text}");
        // nothing but the heading of a sweep stands above the answer of a text page
        let before = text.find(&heading).unwrap_or(usize::MAX);
        assert!(before < 120, "the page answers first: {before} letters stand before \"{heading}\"");
    }
}

/// A sheet of a workbook against a CSV table: as many rows, and cell by cell the same.
fn holds(folder: &Path, sheet: &str, csv: &str) {
    let mut book = book(folder);
    let range = book.worksheet_range(sheet).expect("the sheet");
    let rows: Vec<&[Data]> = range.rows().skip(1).collect();
    let path = folder.join(csv);
    let mut reader = csv::Reader::from_path(&path).expect("the table");
    let records: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), records.len(), "{sheet}");
    assert_eq!(rows.len(), table(&path).len());
    let mut numbers = 0;
    for (row, record) in rows.iter().zip(&records) {
        assert_eq!(row.len(), record.len(), "{sheet}");
        for (cell, text) in row.iter().zip(record) {
            let shown = cell.to_string();
            assert!(shown == text || (same(cell, text) && !text.is_empty()), "{sheet}: {cell} is not {text}");
            numbers += usize::from(text.parse::<f64>().is_ok());
        }
    }
    assert!(numbers >= 5, "{sheet} has numbers");
}

#[test]
fn the_workbooks_of_plans_hold_the_numbers_of_their_csv() {
    let place = Place::new("pages-plan-books");
    holds(&size(&place), "Sizes", "sizes.csv");
    let promised = promise(&place);
    holds(&promised, "Minutes", "promises.csv");
    holds(&promised, "Days", "days.csv");
    let compared = compare(&place, &[]);
    holds(&compared, "All differences", "differences.csv");
    holds(&volume_of_numbers(&place), "Ladder", "ladder.csv");
    let team = volume_of_team(&place);
    holds(&team, "Curves", "curves.csv");
    holds(&team, "Team", "team.csv");
    holds(&why(&place), "All numbers", "constraints.csv");
    holds(&fix(&place), "All sets", "sets.csv");
    holds(&sensitivity(&place), "All numbers", "tornado.csv");
    holds(&stress(&place), "All numbers", "stress.csv");
}

/// What is worked out without trials has neither seed nor trials, and the report says so in words.
#[test]
fn where_nothing_is_drawn_no_seed_and_no_trials_are_told() {
    let place = Place::new("pages-nothing-drawn");
    let folder = volume_of_numbers(&place);
    let sheet = book(&folder).worksheet_range("Answer").expect("an answer");
    let told: Vec<(String, String)> =
        sheet.rows().map(|row| (row[0].to_string(), row[1].to_string())).collect();
    for name in ["Seed", "Trials"] {
        let words = told.iter().find(|(other, _)| other == name).expect("the line is there");
        assert!(words.1.starts_with("none: nothing is drawn"), "{words:?}");
    }
    let page = super::pages::markup(&super::pages::page(&folder));
    assert!(page.contains("seed and trials none: nothing is drawn"));
    assert!(!page.contains("seed 0") && !page.contains("trials 0"));
}

#[test]
fn charts_of_plans_draw_in_a_browser() {
    let Some(browser) = browser() else {
        println!("skipped: no browser on this machine (set LEADSIM_BROWSER, or install chromium)");
        return;
    };
    let place = Place::new("pages-plans-browser");
    draws(&browser, &place, &size(&place), 1);
    let covered = cover(&place);
    let page = std::fs::read_to_string(covered.join("report.html")).expect("a page");
    let panels = page.matches("data-plot=").count();
    assert!(panels >= 1, "the week of the cover");
    draws(&browser, &place, &covered, panels);
    draws(&browser, &place, &promise(&place), 1);
    draws(&browser, &place, &volume_of_numbers(&place), 1);
    draws(&browser, &place, &volume_of_team(&place), 2);
    draws(&browser, &place, &map(&place), 2);
    draws(&browser, &place, &why(&place), 1);
    draws(&browser, &place, &fix(&place), 1);
    draws(&browser, &place, &sensitivity(&place), 1);
    draws(&browser, &place, &stress(&place), 3);
    let several = compare(&place, &["--line", "eight: team.reps.count=8"]);
    let units = several.join("report.html");
    let panels = std::fs::read_to_string(units).expect("a page").matches("data-plot=").count();
    assert!(panels >= 3, "shares, minutes, numbers: {panels}");
    draws(&browser, &place, &several, panels);
}
