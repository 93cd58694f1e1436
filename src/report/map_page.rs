//! Two inputs at once, in words, as a table and as a map: how often the promise is kept at every pair of values.

use super::capacity::{Second, SweepPage, promise};
use super::directions::named;
use super::pictures::share_words;
use super::plot::{GridMap, GridPanel, Picture, Span, Words};
use super::sweep_words::trials_words;
use super::text::wrapped;
use super::wording::{TrialWord, goal, percent, plain, with_sign};
use crate::plan::sweep::SweepPoint;
use crate::stats::Estimate;

/// The page of a sweep over two inputs: text, and the picture.
pub(super) fn map_page(page: &SweepPage<'_>, second: &Second, trial: &TrialWord) -> (String, Picture) {
    let grid = Grid::of(page);
    let mut text = String::new();
    if page.points.len() < page.planned {
        text.push_str(&format!("first {} of {} points; stopped\n", page.points.len(), page.planned));
    }
    text.push_str(&format!(
        "{}: {} over {} and {}\n\n",
        page.name,
        promise(page),
        named(page.over),
        named(&second.over)
    ));
    for line in wrapped(&answer(page, second, &grid, trial), super::text::COLUMNS) {
        text.push_str(&line);
        text.push('\n');
    }
    let tables: [(String, Reading); 2] = [
        ("share of leads kept, %".to_owned(), |point| point.kept),
        (format!("share of {} that reach the goal, %", trial.many), |point| point.holds),
    ];
    for (what, reading) in tables {
        text.push_str(&format!(
            "\n{what} ({} % interval below); {} down, {} across\n",
            page.level * 100.0,
            second.over,
            page.over
        ));
        text.push_str(&super::text::columns(&rows(&grid, reading), 1));
    }
    text.push_str(&super::unjudged::refusals(page));
    (text, picture(page, second, &grid, trial))
}

/// A figure of a point.
type Reading = fn(&SweepPoint) -> Option<Estimate>;

/// The points in their columns (first input) and rows (second).
struct Grid<'a> {
    columns: Vec<&'a str>,
    rows: Vec<&'a str>,
    points: Vec<Vec<Option<&'a SweepPoint>>>,
}

impl<'a> Grid<'a> {
    fn of(page: &SweepPage<'a>) -> Grid<'a> {
        let mut columns: Vec<&str> = Vec::new();
        let mut rows: Vec<&str> = Vec::new();
        for point in page.points {
            if !columns.contains(&point.value.as_str()) {
                columns.push(&point.value);
            }
            if !rows.contains(&point.line.as_str()) {
                rows.push(&point.line);
            }
        }
        let at = |row: &&str, column: &&str| {
            page.points.iter().find(|point| point.line == **row && point.value == **column)
        };
        let points = rows.iter().map(|row| columns.iter().map(|column| at(row, column)).collect()).collect();
        Grid { columns, rows, points }
    }

    fn known(&self) -> impl Iterator<Item = (&'a SweepPoint, Estimate)> + '_ {
        self.points.iter().flatten().flatten().filter_map(|point| Some((*point, point.holds?)))
    }
}

/// The answer of the page, for other pages.
pub(super) fn map_answer(page: &SweepPage<'_>, second: &Second, trial: &TrialWord) -> String {
    answer(page, second, &Grid::of(page), trial)
}

/// The first sentence: from which pair on it holds, or how near the best comes.
fn answer(page: &SweepPage<'_>, second: &Second, grid: &Grid<'_>, trial: &TrialWord) -> String {
    let whole = page.goal().map_or("its goal".to_owned(), |share| format!("the {} goal", goal(share)));
    let last = |path: &str| path.rsplit('.').next().unwrap_or(path).replace('_', " ");
    let pair = |point: &SweepPoint| {
        format!("{} {} and {} {}", last(page.over), point.value, last(&second.over), point.line)
    };
    let reliable = super::verdict::HOLDS_FROM;
    // where it holds for sure: the lower end of the interval decides
    let sure: Vec<&SweepPoint> = grid
        .known()
        .filter(|(_, holds)| holds.low.is_some_and(|low| low >= reliable))
        .map(|(point, _)| point)
        .collect();
    let cost = |point: &SweepPoint| point.team_cost.map_or(f64::INFINITY, |cost| cost.value);
    let least = sure.iter().map(|point| cost(point)).min_by(f64::total_cmp).unwrap_or(f64::INFINITY);
    // Of several that cost the same, the one that holds most often.
    let often = |point: &SweepPoint| point.holds.map_or(0.0, |holds| holds.value);
    let cheapest = sure
        .iter()
        .copied()
        .filter(|point| cost(point) <= least)
        .max_by(|a, b| often(a).total_cmp(&often(b)));
    let by_cost = sure.iter().any(|point| cost(point) > least);
    let which = if by_cost { "the one with the least team cost" } else { "the one that does so most often" };
    let pairs = grid.known().count();
    match (cheapest, grid.known().max_by(|a, b| a.1.value.total_cmp(&b.1.value))) {
        (Some(point), _) => format!(
            "{} of {pairs} pairs reach {whole} in at least {} of {} even at the low end of the interval; {which} is {}: kept for {} of leads.",
            sure.len(),
            with_sign(reliable),
            trial.many,
            pair(point),
            point.kept.map_or("–".into(), share_words)
        ),
        (None, Some((point, holds))) => format!(
            "No pair reaches {whole} in {} of {} at the low end of its interval; the best is {}: in {} of {}.",
            with_sign(reliable),
            trial.many,
            pair(point),
            share_words(holds),
            trial.many
        ),
        (None, None) => format!("No {} can be held against {whole}.", trial.short),
    }
}

/// Says where today's pair would lie, if it is not among those swept and so not framed.
fn not_among(page: &SweepPage<'_>, second: &Second, is_framed: bool) -> String {
    match page.today.as_ref().zip(second.today.as_ref()).filter(|_| !is_framed) {
        Some((one, other)) => format!(
            " Today's pair is not among them: {} {}, {} {}.",
            page.over,
            one.trim_matches('"'),
            second.over,
            other.trim_matches('"')
        ),
        None => String::new(),
    }
}

fn rows(grid: &Grid<'_>, reading: Reading) -> Vec<Vec<String>> {
    let mut rows =
        vec![std::iter::once(String::new()).chain(grid.columns.iter().map(|c| (*c).to_owned())).collect()];
    for (name, points) in grid.rows.iter().zip(&grid.points) {
        let estimate = |point: &Option<&SweepPoint>| point.and_then(reading);
        let value = |point| estimate(point).map_or("–".to_owned(), |e| percent(e.value));
        let ends = |point| {
            let ends = estimate(point).and_then(|e| e.low.zip(e.high));
            ends.map_or(String::new(), |(low, high)| format!("{:.1}–{:.1}", low * 100.0, high * 100.0))
        };
        rows.push(std::iter::once((*name).to_owned()).chain(points.iter().map(value)).collect());
        rows.push(std::iter::once(String::new()).chain(points.iter().map(ends)).collect());
    }
    rows
}

fn picture(page: &SweepPage<'_>, second: &Second, grid: &Grid<'_>, trial: &TrialWord) -> Picture {
    let cells = |reading: Reading| {
        let value = |point: &Option<&SweepPoint>| point.and_then(reading).map(|e| e.value);
        grid.points.iter().map(|row| row.iter().map(value).collect()).collect()
    };
    let intervals = |reading: Reading| {
        let span = |point: &Option<&SweepPoint>| {
            let (low, high) = point.and_then(reading)?.shown()?;
            Some(Span::new(low, high))
        };
        grid.points.iter().map(|row| row.iter().map(span).collect()).collect()
    };
    let place = |names: &[&str], today: &Option<String>| {
        let today = today.as_ref()?;
        let plain = |text: &str| text.trim_matches('"').replace(['_', '-'], " ").to_lowercase();
        names.iter().position(|name| plain(name) == plain(today))
    };
    let today = place(&grid.columns, &page.today).zip(place(&grid.rows, &second.today));
    let share = page.goal();
    let words = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Picture::GridMap(GridMap {
        words: Words {
            title: plain(&answer(page, second, grid, trial)),
            subtitle: plain(&format!(
                "{}: {}, {}",
                page.name,
                promise(page),
                super::wording::dates(&page.model.horizon)
            )),
            footer: plain(&format!(
                "{}, seed {}, the same luck at all points.{}",
                trials_words(page.points, trial),
                page.seed,
                not_among(page, second, today.is_some())
            )),
            trial: trial.short.into(),
        },
        across: named(page.over),
        down: named(&second.over),
        columns: words(&grid.columns),
        rows: words(&grid.rows),
        today,
        panels: vec![
            GridPanel {
                title: "Share of leads kept, %".into(),
                contour: share,
                contour_words: share.map_or(String::new(), |share| format!("goal {}", plain(&goal(share)))),
                cells: cells(|point| point.kept),
                intervals: intervals(|point| point.kept),
            },
            GridPanel {
                title: format!("Share of {} that reach the goal, %", trial.many),
                contour: Some(super::verdict::HOLDS_FROM),
                contour_words: plain(&goal(super::verdict::HOLDS_FROM)),
                cells: cells(|point| point.holds),
                intervals: intervals(|point| point.holds),
            },
        ],
    })
}
