//! The report of which assumption decides: the input that turns the verdict, the tornado, and every input with its ends and their source.

use super::table::{Cell, Kind, Measure, Place, Table};
use super::{Answer, Foot, NamedPicture, Page, csv_table, first_alone, own_inputs};
use crate::plan::readings;
use crate::plan::sensitivity::End;
use crate::report::directions::named;
use crate::report::files::Manifest;
use crate::report::sizing::promises;
use crate::report::tornado::{self, TornadoPage};
use crate::report::tornado_tables::tornado_table;
use crate::report::tornado_unknown;
use crate::report::wording::{TrialWord, goal, plain, with_sign};
use crate::scenario::Scenario;

/// The page of what decides; `pictures` are its tornado with its SVG file.
pub fn sensitivity_page(
    scenario: &Scenario,
    tornado: &TornadoPage<'_>,
    pictures: &[NamedPicture],
    manifest: &Manifest,
) -> Page {
    let found = tornado.found;
    let trial = TrialWord::of(&tornado.model.horizon);
    let what = plain(&promises(tornado.model, &found.wanted.commitments));
    let verb = if found.wanted.commitments.len() == 1 { "holds" } else { "hold" };
    let question = format!(
        "Which assumption decides whether {what} {verb} in {} of {}?",
        plain(&with_sign(found.wanted.probability)),
        plain(&trial.many)
    );
    let sentences = first_alone(&plain(&tornado::decides(tornado, &trial)));
    let answer = Answer { sentences, ..Answer::default() };
    let stopped =
        found.stopped.then(|| format!("first {} of {} inputs; stopped", found.bars.len(), found.inputs));
    let unknown = tornado.spread.map(|spread| tornado_unknown::not_known(tornado, spread, &trial));
    let heading = format!("{}: {what}", tornado.name);
    Page::new("sensitivity", heading, question, answer, Foot::of(manifest, found.level))
        .caveat(stopped)
        .paragraph("DEALS", &plain(&tornado::opportunities(tornado, &trial).unwrap_or_default()))
        .paragraph("CURVE", &plain(&tornado::curves(tornado, &trial)))
        .paragraph("DATA", &plain(&unknown.unwrap_or_default()))
        .charts(pictures)
        .table(ends(tornado, &trial))
        .table(csv_table::sheet("All numbers", &tornado_table(tornado)))
        .inputs("Inputs that differ from the template", own_inputs(scenario))
        .method(plain(&tornado::how_sure(tornado, &trial)))
}

/// One row an input and end, the input that moves the promise most first; all of them stand in the workbook.
fn ends(page: &TornadoPage<'_>, trial: &TrialWord) -> Table {
    let found = page.found;
    let measure = found.of_promise();
    let (of_promise, figure) = match measure {
        readings::Measure::Holds => ("Holds", Kind::Figure(Measure::Percent(1))),
        _ => ("Attainment", Kind::Figure(Measure::Percent(1))),
    };
    let interval = format!("{} interval, together", plain(&goal(found.level)));
    let mut table = Table::new("Assumptions", "Assumptions at both ends, the strongest first")
        .at(Place::Below)
        .column("Input", Kind::Words)
        .column("At", Kind::Words)
        .column(of_promise, figure)
        .column("Difference, points", Kind::Figure(Measure::Signed(1)))
        .column(interval.clone(), Kind::Range(Measure::Signed(1)))
        .column(format!("Opportunities a {}, difference", trial.short), Kind::Figure(Measure::Signed(1)))
        .column(interval, Kind::Range(Measure::Signed(1)))
        .column("Who says so", Kind::Words)
        .grouped();
    for place in found.order(measure).into_iter().take(tornado::MOST_ROWS) {
        let bar = &found.bars[place];
        for end in [&bar.low, &bar.high] {
            let [name, source] = [&named(&bar.name), &bar.source].map(|words| Cell::Words(plain(words)));
            let mut cells = vec![name, Cell::Words(plain(&end.words))];
            cells.extend(moved(page, end, measure, 100.0));
            // the opportunities themselves stand in the workbook's other sheet
            cells.extend(moved(page, end, readings::Measure::Opportunities, 1.0).into_iter().skip(1));
            cells.push(source);
            table.row(false, cells);
        }
    }
    table
}

/// A figure at an end, its difference from today and the interval of that.
fn moved(page: &TornadoPage<'_>, end: &End, measure: readings::Measure, times: f64) -> [Cell; 3] {
    match page.found.moved(end, measure) {
        Some(moved) => [
            Cell::Figure(moved.value.value),
            Cell::Figure(moved.by.value * times),
            Cell::range(moved.by.shown().map(|(low, high)| (low * times, high * times))),
        ],
        None => [Cell::Words("cannot be true".into()), Cell::Empty, Cell::Empty],
    }
}
