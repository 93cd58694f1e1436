//! The decision report as a reader opens it: whole in itself, safe, the same bytes again, its charts drawn in a real browser.

use super::cli::{Place, TEMPLATE, out};
use calamine::{Data, Reader, Xlsx, open_workbook};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Plays a command and gives the folder it left.
pub(super) fn played(place: &Place, name: &str, arguments: &[&str]) -> PathBuf {
    let folder = place.0.join(name);
    let mut all = arguments.to_vec();
    let shown = folder.to_string_lossy().into_owned();
    all.extend(["--out", &shown]);
    out(place, &all);
    folder
}

fn run(place: &Place, name: &str) -> PathBuf {
    played(place, name, &["run", TEMPLATE, "--trials", "60", "--seed", "1"])
}

fn sweep(place: &Place, name: &str) -> PathBuf {
    played(
        place,
        name,
        &["sweep", TEMPLATE, "--levers", "--over", "team.reps.count=4,6", "--trials", "50", "--seed", "1"],
    )
}

pub(super) fn page(folder: &Path) -> String {
    fs::read_to_string(folder.join("report.html")).expect("the folder has a page")
}

pub(super) fn book(folder: &Path) -> Xlsx<std::io::BufReader<fs::File>> {
    open_workbook(folder.join("report.xlsx")).expect("the folder has a workbook")
}

/// The page without what its script and style say.
pub(super) fn markup(text: &str) -> String {
    let mut rest = text;
    let mut markup = String::new();
    while let Some(place) = ["<script", "<style"].iter().filter_map(|tag| rest.find(tag)).min() {
        let end = if rest[place..].starts_with("<script") { "</script>" } else { "</style>" };
        let inside = place + rest[place..].find('>').expect("the tag ends") + 1;
        let close = inside + rest[inside..].find(end).expect("the element ends");
        markup.push_str(&rest[..inside]);
        rest = &rest[close..];
        // its end tag is markup again
        markup.push_str(end);
        rest = &rest[end.len()..];
    }
    markup + rest
}

/// Every tag closed where it must be, in the right order; what is wrong, if anything.
pub(super) fn wrongly_nested(text: &str) -> Option<String> {
    const VOID: [&str; 4] = ["meta", "link", "br", "!DOCTYPE"];
    let mut open: Vec<String> = Vec::new();
    for piece in markup(text).split('<').skip(1) {
        let tag = piece.split('>').next().unwrap_or("");
        let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or("").to_owned();
        if let Some(closed) = tag.strip_prefix('/') {
            match open.pop() {
                Some(last) if last == closed.trim() => {}
                last => return Some(format!("</{closed}> closes {last:?}")),
            }
        } else if !VOID.contains(&name.as_str()) && !tag.ends_with('/') {
            open.push(name);
        }
    }
    (!open.is_empty()).then(|| format!("left open: {open:?}"))
}

#[test]
fn the_nesting_test_sees_what_is_wrong() {
    assert_eq!(wrongly_nested("<!DOCTYPE html><p><meta a><b>x</b><i/></p><script>a<b</script>"), None);
    assert!(wrongly_nested("<p><b></p></b>").is_some());
    assert!(wrongly_nested("<p><b></b>").is_some());
}

/// A page that loads nothing, is well formed, and answers in its heading.
pub(super) fn is_whole(folder: &Path, first: &str) {
    let text = page(folder);
    let seen = markup(&text);
    assert_eq!(wrongly_nested(&text), None);
    for outside in [" src=", " href=", "url(", "<link", "<iframe", "<object", "<base"] {
        assert!(!seen.contains(outside), "the page loads something: {outside}");
    }
    let addresses = seen.replace("http://www.w3.org/2000/svg", "");
    assert!(!addresses.contains("http:") && !addresses.contains("https:"), "an address in the page");
    let style = text.split("<style>").nth(1).expect("a style").split("</style>").next().unwrap_or("");
    assert!(!style.contains("url(") && !style.contains("@import"), "the style loads something");
    assert!(text.contains("default-src &#x27;none&#x27;") || text.contains("default-src 'none'"));
    let normal = seen.replace("&#34;", "&quot;").replace('\u{a0}', " ");
    let heading = normal.split("<h1>").nth(1).unwrap_or("").split("</h1>").next().unwrap_or("");
    assert!(heading.starts_with(first), "{heading}");
    assert!(text.len() < 700_000, "{} bytes", text.len());
    let manifest = fs::read_to_string(folder.join("manifest.json")).expect("a manifest");
    assert!(manifest.contains("\"report.html\"") && manifest.contains("\"report.xlsx\""));
}

/// Opened in a wide and in a narrow window, so many charts draw, nothing is wider than the window, and the console stays empty.
pub(super) fn draws(browser: &Path, place: &Place, folder: &Path, plots: usize) {
    for width in [1400, 380] {
        let (dom, console) = opened(browser, place, &folder.join("report.html"), width);
        assert!(console.is_empty(), "{width}: {console:?}");
        let seen = markup(&dom);
        assert_eq!(attributes(&seen, "data-plot").len(), plots, "charts of {}", folder.display());
        let drawn = attributes(&seen, "data-drawn");
        let shapes: Vec<u32> = drawn.iter().map(|count| count.parse().expect("a number of shapes")).collect();
        assert_eq!(shapes.len(), plots, "every chart says that it drew at {width}");
        assert!(shapes.iter().all(|count| *count >= 10), "a chart is empty at {width}: {shapes:?}");
        let across = attributes(&seen, "data-overflow");
        assert_eq!(across, ["0"], "the page is wider than its window of {width}");
    }
}

#[test]
fn pages_are_whole_in_themselves_and_answer_first() {
    let place = Place::new("pages-whole");
    is_whole(&run(&place, "run"), "&quot;Tier 1 within 15 minutes&quot; does not hold.");
    is_whole(&sweep(&place, "sweep"), "Tier 1 within 15 minutes, one owner by round robin: ");
}

#[test]
fn the_same_inputs_give_the_same_page_and_workbook() {
    let place = Place::new("pages-again");
    let (first, again) = (run(&place, "first"), run(&place, "again"));
    for name in ["report.html", "report.xlsx"] {
        assert!(
            fs::read(first.join(name)).expect("once") == fs::read(again.join(name)).expect("twice"),
            "{name}"
        );
    }
}

#[test]
fn a_scenario_cannot_write_markup_or_formulas_into_its_report() {
    let place = Place::new("pages-hostile");
    let file = place.0.join("hostile.toml");
    let text = "format = 1\npreset = \"template\"\n\
        question = \"=1+1 <img src=x onerror=alert(1)>\"\n\
        expect = '</script><script>alert(2)</script>'\n\
        [commitments.S1]\ntitle = '<svg onload=alert(3)> & \"quoted\"'\n";
    fs::write(&file, text).expect("the folder takes files");
    let shown = file.to_string_lossy().into_owned();
    let folder = played(&place, "hostile", &["run", &shown, "--trials", "20"]);
    let html = page(&folder);
    assert!(!html.contains("<img") && !html.contains("<svg onload") && !html.contains("<script>alert"));
    assert!(html.contains("&lt;img src=x onerror=alert(1)&gt;"));
    assert_eq!(wrongly_nested(&html), None);
    let mut book = book(&folder);
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).expect("a sheet");
        assert_eq!(formulas.used_cells().count(), 0, "{name}");
    }
    let answer = book.worksheet_range("Answer").expect("an answer");
    let words = Data::String("=1+1 <img src=x onerror=alert(1)>".into());
    assert!(answer.used_cells().any(|(_, _, cell)| *cell == words), "the question stands there as words");
    // what the file changes is named, where it is written
    let inputs = book.worksheet_range("Inputs").expect("inputs");
    let paths: Vec<String> = inputs.rows().skip(1).map(|row| row[0].to_string()).collect();
    assert_eq!(paths, ["commitments.S1.title"], "questions and expectations are no inputs");
}

/// A CSV table as rows of named fields.
pub(super) fn table(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("the table");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

pub(super) fn number(cell: &Data) -> Option<f64> {
    match cell {
        Data::Float(value) => Some(*value),
        Data::Int(value) => Some(*value as f64),
        _ => None,
    }
}

pub(super) fn same(cell: &Data, text: &str) -> bool {
    match (number(cell), text.parse::<f64>()) {
        (Some(a), Ok(b)) => (a - b).abs() <= 1e-12 * b.abs().max(1.0),
        (None, Err(_)) => true,
        _ => false,
    }
}

#[test]
fn the_workbook_of_a_sweep_holds_the_numbers_of_its_csv() {
    let place = Place::new("pages-sweep");
    let folder = sweep(&place, "sweep");
    let mut book = book(&folder);
    assert_eq!(book.sheet_names(), ["Answer", "Sweep"]);
    let sheet = book.worksheet_range("Sweep").expect("the points");
    let csv = table(&folder.join("sweep.csv"));
    let rows: Vec<&[Data]> = sheet.rows().skip(1).collect();
    assert_eq!(rows.len(), csv.len());
    assert!(csv.len() >= 4, "values under several ways of working");
    for (row, fields) in rows.iter().zip(&csv) {
        assert_eq!(row[0].to_string(), fields["line"]);
        assert_eq!(row[1].to_string(), fields["team.reps.count"]);
        let names = [
            "reps",
            "kept",
            "kept_low",
            "kept_high",
            "kept_typical_low",
            "kept_typical_high",
            "holds",
            "holds_low",
            "holds_high",
            "opportunities",
            "opportunities_low",
            "opportunities_high",
            "team_cost",
            "trials",
        ];
        for (cell, name) in row[2..].iter().zip(names) {
            assert!(same(cell, &fields[name]), "{name}: {cell} is not {}", fields[name]);
        }
    }
}

#[test]
fn the_workbook_of_a_run_holds_the_numbers_of_its_csv() {
    let place = Place::new("pages-run");
    let folder = run(&place, "run");
    let mut book = book(&folder);
    let names = book.sheet_names();
    for name in [
        "Answer",
        "Commitments",
        "Funnel",
        "Leakage",
        "Why late",
        "Waits",
        "Rep hours",
        "By week",
        "All numbers",
    ] {
        assert!(names.iter().any(|other| other == name), "{name} is not among {names:?}");
    }
    let weeks = book.worksheet_range("By week").expect("weeks");
    let csv: Vec<_> = table(&folder.join("by-week.csv"))
        .into_iter()
        .filter(|row| row["measure"] == "attainment" && row["scope"] == "all")
        .collect();
    let rows: Vec<&[Data]> = weeks.rows().skip(1).collect();
    assert_eq!(rows.len(), csv.len());
    assert!(csv.len() > 50, "nine commitments over twelve weeks");
    for (row, fields) in rows.iter().zip(&csv) {
        assert_eq!(
            (row[0].to_string(), row[2].to_string()),
            (fields["week"].clone(), fields["commitment"].clone())
        );
        for (cell, name) in row[3..].iter().zip(["value", "low", "high", "typical_low", "typical_high"]) {
            assert!(same(cell, &fields[name]), "{name}: {cell} is not {}", fields[name]);
        }
    }
}

/// A browser that can open a page without a window: LEADSIM_BROWSER, or the first of the usual names on the path.
pub(super) fn browser() -> Option<PathBuf> {
    if let Some(own) = std::env::var_os("LEADSIM_BROWSER") {
        return Some(PathBuf::from(own));
    }
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    names.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file()))
}

/// The page as it stands after its script ran in a window so wide, and what went to the console.
pub(super) fn opened(browser: &Path, place: &Place, page: &Path, width: u32) -> (String, Vec<String>) {
    let profile = place.0.join("profile");
    let output = Command::new(browser)
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--dump-dom"])
        .args(["--enable-logging=stderr", "--v=0", "--virtual-time-budget=8000", "--no-first-run"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("--window-size={width},1200"))
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("the browser starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let console = said.lines().filter(|line| line.contains("CONSOLE")).map(str::to_owned).collect();
    (String::from_utf8_lossy(&output.stdout).into_owned(), console)
}

/// What stands in an attribute, every time it is there.
pub(super) fn attributes(text: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    text.split(&start).skip(1).map(|rest| rest.split('"').next().unwrap_or("").to_owned()).collect()
}

#[test]
fn charts_draw_in_a_browser_and_nothing_goes_to_the_console() {
    let Some(browser) = browser() else {
        println!("skipped: no browser on this machine (set LEADSIM_BROWSER, or install chromium)");
        return;
    };
    let place = Place::new("pages-browser");
    for (folder, plots) in [(run(&place, "run"), 9), (sweep(&place, "sweep"), 3)] {
        draws(&browser, &place, &folder, plots);
    }
}

#[test]
fn the_policy_stops_every_other_script() {
    let Some(browser) = browser() else {
        println!("skipped: no browser on this machine (set LEADSIM_BROWSER, or install chromium)");
        return;
    };
    let place = Place::new("pages-policy");
    let folder = sweep(&place, "sweep");
    let foreign = "<script>document.documentElement.dataset.foreign = '1'</script><img src=\"file:///nowhere.png\"></main>";
    let file = place.0.join("tampered.html");
    fs::write(&file, page(&folder).replacen("</main>", foreign, 1)).expect("the folder takes files");
    let (dom, console) = opened(&browser, &place, &file, 1400);
    assert!(!markup(&dom).contains("data-foreign"), "a foreign script ran");
    assert!(console.len() >= 2, "both are refused, and this test's own console is read: {console:?}");
}
