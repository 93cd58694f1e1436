//! The report of a sweep: the capacity curve, one sentence a way of working, and the table behind them.

use super::table::{Cell, Kind, Measure, Place, Table};
use super::{Answer, Foot, NamedPicture, Page, drawn, own_inputs};
use crate::plan::sweep::SweepPoint;
use crate::report::capacity::{self, SweepPage};
use crate::report::directions::{meant, named};
use crate::report::files::Manifest;
use crate::report::map_page;
use crate::report::sweep_words;
use crate::report::unjudged;
use crate::report::wording::{TrialWord, goal, plain};
use crate::scenario::Scenario;
use crate::stats::Estimate;

/// The page of a sweep; `pictures` are its capacity curve with its SVG file.
pub fn sweep_page(
    scenario: &Scenario,
    sweep: &SweepPage<'_>,
    pictures: &[NamedPicture],
    manifest: &Manifest,
) -> Page {
    let trial = TrialWord::of(&sweep.model.horizon);
    let words = pictures.first().map(|(name, picture, _)| drawn(name, picture, String::new()).title);
    // the page's answer is the chart's message, and stands right above it
    let first = format!("{}.", words.unwrap_or_default().trim_end_matches('.'));
    let sentences = match &sweep.second {
        Some(second) => vec![plain(&map_page::map_answer(sweep, second, &trial))],
        None => {
            let verdicts = capacity::verdicts(sweep).into_iter().map(|sentence| plain(&sentence));
            std::iter::once(first).chain(verdicts).collect()
        }
    };
    let answer = Answer { sentences: sentences.join("\n"), ..Answer::default() };
    let over = sweep
        .second
        .as_ref()
        .map_or(sweep.over.to_owned(), |second| format!("{} and {}", sweep.over, second.over));
    let promise = plain(&capacity::promise(sweep));
    let stopped = (sweep.points.len() < sweep.planned)
        .then(|| format!("first {} of {} points; stopped", sweep.points.len(), sweep.planned));
    let heading = format!("{}: {promise} over {over}", sweep.name);
    let question = format!("How does \"{promise}\" change with {over}?");
    let mut page = Page::new("sweep", heading, question, answer, Foot::of(manifest, sweep.level))
        .caveat(stopped)
        .paragraph("CURVE", &sweep_words::curve(sweep).map_or(String::new(), |words| plain(&words)))
        .charts_under_answer(pictures)
        .table(points(sweep, &trial))
        .inputs("Inputs that differ from the template, beside what is swept", own_inputs(scenario))
        .note(plain(&unjudged::refusals(sweep)));
    if sweep.points.iter().filter_map(|point| point.headline.as_ref()).any(|promise| !promise.goal.stated) {
        page = page.note("* not in your agreement: leadsim's own goal.");
    }
    methods(page, sweep.points, &trial)
}

/// One estimate of a point.
type FigureOf = fn(&SweepPoint) -> Option<Estimate>;

/// The footnote: how the intervals were made.
fn methods(mut page: Page, points: &[SweepPoint], trial: &TrialWord) -> Page {
    let figures: [(&str, FigureOf); 3] = [
        ("Kept", |point| point.kept),
        ("Reached", |point| point.holds),
        ("Opportunities and cost", |point| point.opportunities),
    ];
    for (word, of) in figures {
        let mut words: Vec<&str> = points.iter().filter_map(of).map(|its| its.method.words()).collect();
        words.dedup();
        words.sort_unstable();
        words.dedup();
        if !words.is_empty() {
            page = page.method(format!("{word}: {}.", words.join("; or ")));
        }
    }
    page.method(format!(
        "Every point is played with the same luck, {} trial by trial, so differences between points are surer than their intervals look.",
        trial.short
    ))
    .method(format!("Typical {}: 8 of 10 {}; more trials do not narrow it.", trial.short, trial.many))
}

/// One row a point.
fn points(sweep: &SweepPage<'_>, trial: &TrialWord) -> Table {
    let interval = format!("{} interval", plain(&goal(sweep.level)));
    let range = |measure| Kind::Range(measure);
    let short = trial.short;
    let mut table = Table::new("Sweep", "Every point")
        .at(Place::Below)
        .column(sweep.second.as_ref().map_or("Way of working", |second| &second.over), Kind::Words)
        .column(named(sweep.over), Kind::Words)
        .hidden("Reps", Kind::Figure(Measure::Number(0)))
        .column("Kept", Kind::Figure(Measure::Percent(1)))
        .column(interval.clone(), range(Measure::Percent(1)))
        .column(format!("Typical {short}"), range(Measure::Percent(0)))
        .column(format!("Reached in, of {short}s"), Kind::Figure(Measure::Percent(0)))
        .column(interval.clone(), range(Measure::Percent(1)))
        .column(format!("Opportunities a {short}"), Kind::Figure(Measure::Number(1)))
        .column(interval.clone(), range(Measure::Number(1)))
        .column("Team cost", Kind::Figure(Measure::Money))
        .hidden("Trials", Kind::Figure(Measure::Number(0)));
    if sweep.points.iter().any(|point| !point.line.is_empty()) {
        table = table.grouped();
    }
    for point in sweep.points {
        let line = match &sweep.second {
            // as a heading of its rows a value alone says nothing
            Some(second) => format!("{} = {}", second.over, plain(&meant(&second.over, &point.line))),
            None if point.line.is_empty() => "as it is".to_owned(),
            None => point.line.clone(),
        };
        let figure = |estimate: Option<Estimate>| Cell::figure(estimate.map(|its| its.value));
        let ends = |estimate: Option<Estimate>| Cell::range(estimate.and_then(|its| its.shown()));
        let kept = match point.refused {
            Some(_) => Cell::Words("refused".into()),
            None => figure(point.kept),
        };
        let cells = vec![
            Cell::Words(line),
            Cell::Words(point.value.clone()),
            Cell::Figure(point.reps as f64),
            kept,
            ends(point.kept),
            Cell::range(point.kept_typical),
            figure(point.holds),
            ends(point.holds),
            figure(point.opportunities),
            ends(point.opportunities),
            figure(point.team_cost),
            Cell::Figure(point.trials as f64),
        ];
        table.row(false, cells);
    }
    table
}
