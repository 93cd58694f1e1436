//! The report of the cheapest fix: the levers and their price, cost against certainty, the runner-up, and the sets worth a look.

use super::table::{Cell, Kind, Measure, Place, Table};
use super::{Answer, Foot, NamedPicture, Page, Tone, csv_table, first_alone, own_inputs};
use crate::plan::fix::Decision;
use crate::report::files::Manifest;
use crate::report::remedy::{self, FixPage};
use crate::report::remedy_inseparable;
use crate::report::remedy_tables::{fix_table, label, near_frontier, verdict};
use crate::report::sizing::promises;
use crate::report::wording::{TrialWord, plain, with_sign};
use crate::scenario::Scenario;

/// The page of a search among levers; `pictures` are its frontier with its SVG file.
pub fn fix_page(
    scenario: &Scenario,
    fix: &FixPage<'_>,
    pictures: &[NamedPicture],
    manifest: &Manifest,
) -> Page {
    let trial = TrialWord::of(&fix.model.horizon);
    let what = plain(&promises(fix.model, &fix.wanted.commitments));
    let question = format!(
        "What is the cheapest way to keep {what} in {} of {}?",
        plain(&with_sign(fix.wanted.probability)),
        plain(&trial.many)
    );
    let answer = first_alone(&plain(&remedy::answer(fix, &trial)));
    let answer = Answer { sentences: answer, ..Answer::default() };
    let words = |said: Option<String>| plain(&said.unwrap_or_default());
    let heading = format!("{}: {what}", fix.name);
    Page::new("fix", heading, question, answer, Foot::of(manifest, fix.wanted.level))
        .caveat(manifest.stopped.then(|| "stopped before every set was settled".to_owned()))
        .paragraph("NEXT", &words(remedy::runner_up(fix, &trial)))
        .paragraph(
            "APART",
            &words(remedy_inseparable::inseparable(fix, &trial).filter(|_| fix.fixed.answer.is_some())),
        )
        .paragraph("OPEN", &words(remedy::untold(fix, &trial)))
        .charts(pictures)
        .table(sets(fix, &trial))
        .table(prices(fix, &trial))
        .table(csv_table::sheet("All sets", &fix_table(fix)))
        .inputs("Inputs that differ from the template", own_inputs(scenario))
        .note(words(remedy::prices::what_was_left_out(fix, &trial)))
        .method(plain(&remedy::how_sure(fix, &trial)))
        .method(format!(
            "Holds: share of {} in which every promise asked about reaches its goal; {}.",
            plain(&trial.many),
            fix.fixed.tried.first().map_or("none", |tried| tried.holds.method.words())
        ))
}

fn tone(decision: Decision) -> Tone {
    match decision {
        Decision::Enough => Tone::Good,
        Decision::TooFew => Tone::Bad,
        Decision::CannotTell => Tone::Unsure,
        Decision::NotNeeded => Tone::Plain,
    }
}

/// The sets worth a row, the cheapest first; the workbook has all of them beside.
fn sets(page: &FixPage<'_>, trial: &TrialWord) -> Table {
    let short = trial.short;
    let mut table = Table::new("Sets", "The sets worth a look, the cheapest first")
        .at(Place::Below)
        .column("Set", Kind::Words)
        .column("Levers", Kind::Words)
        .column(format!("Cost a {short}"), Kind::Figure(Measure::Dollars))
        .column(format!("Holds, of {short}s"), Kind::Figure(Measure::Percent(1)))
        .column("Interval", Kind::Range(Measure::Percent(1)))
        .column(format!("{}s played", super::capital(short)), Kind::Figure(Measure::Number(0)))
        .column("Verdict", Kind::Words);
    for place in near_frontier(page) {
        let tried = &page.fixed.tried[place];
        let set = &page.list.sets[tried.set];
        let verdict = match (page.fixed.answer == Some(place), page.fixed.runner_up == Some(place)) {
            (true, _) => "the answer".to_owned(),
            (_, true) => format!("runner-up, {}", verdict(tried.decision)),
            _ => verdict(tried.decision).to_owned(),
        };
        table.row(
            false,
            vec![
                Cell::Words(remedy::short_name(page, tried)),
                Cell::Words(label(page.list, &set.levers)),
                Cell::Figure(set.cost),
                Cell::Figure(tried.holds.value),
                Cell::range(tried.holds.low.zip(tried.holds.high)),
                Cell::Figure(tried.held.1 as f64),
                Cell::Toned(verdict, tone(tried.decision)),
            ],
        );
    }
    table
}

/// The price list.
fn prices(page: &FixPage<'_>, trial: &TrialWord) -> Table {
    let mut table = Table::new("Prices", "What each lever costs")
        .at(Place::Below)
        .column("Lever", Kind::Words)
        .column("What it is", Kind::Words)
        .column(format!("Price a {}", trial.short), Kind::Figure(Measure::Dollars));
    for row in remedy::prices::prices(page, trial).into_iter().skip(1) {
        table.row(false, row.iter().map(|cell| Cell::Words(plain(cell))).collect());
    }
    table
}
