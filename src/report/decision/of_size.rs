//! The report of a search for the smallest team: the size, the chance curve, and every size tried.

use super::table::{Cell, Kind, Measure, Place, Table};
use super::{Answer, Foot, NamedPicture, Page, capital, first_alone, own_inputs, tried};
use crate::report::files::Manifest;
use crate::report::sizing::{self, SizePage};
use crate::report::wording::{TrialWord, goal, plain, with_sign};
use crate::scenario::Scenario;

/// The page of a search; `pictures` are its chance curve with its SVG file.
pub fn size_page(
    scenario: &Scenario,
    size: &SizePage<'_>,
    pictures: &[NamedPicture],
    manifest: &Manifest,
) -> Page {
    let trial = TrialWord::of(&size.model.horizon);
    let promises = plain(&sizing::promises(size.model, &size.wanted.commitments));
    let verb = if size.wanted.commitments.len() == 1 { "holds" } else { "hold together" };
    let question = format!(
        "What is the smallest {} with which {promises} {verb} in {} of {}?",
        size.over,
        plain(&with_sign(size.wanted.probability)),
        plain(&trial.many)
    );
    let sentences: Vec<String> = sizing::sentences(size, &trial).iter().map(|words| plain(words)).collect();
    let (how, answer) = sentences.split_last().map_or(("", &[][..]), |(how, answer)| (how.as_str(), answer));
    let answer = Answer { sentences: first_alone(&answer.join("\n")), ..Answer::default() };
    let searched = plain(&sizing::level(size));
    let mut foot = Foot::of(manifest, size.wanted.level);
    foot.level = format!("{searched} in the search, {} with fresh luck", foot.level);
    let heading = format!("{}: {promises}", size.name);
    Page::new("size", heading, question, answer, foot)
        .charts(pictures)
        .table(sizes(size, &trial))
        .inputs("Inputs that differ from the template, beside the size", own_inputs(scenario))
        .method(how)
        .method(format!(
            "Holds: share of {} in which every promise asked about reaches its goal; {}.",
            plain(&trial.many),
            size.size.tried.first().map_or("none", |tried| tried.holds.method.words())
        ))
}

/// One row a size, in the columns of sizes.csv.
fn sizes(page: &SizePage<'_>, trial: &TrialWord) -> Table {
    let level = plain(&goal(page.wanted.level));
    let searched = plain(&sizing::level(page));
    let last = page.over.rsplit('.').next().unwrap_or(page.over);
    let mut table = Table::new("Sizes", "Every size tried")
        .at(Place::Below)
        .column(capital(last), Kind::Words)
        .column("Reps", Kind::Figure(Measure::Number(0)))
        .column("Paid hours a week", Kind::Figure(Measure::Number(0)));
    table = tried::columns(table, trial, &searched, &level);
    for (place, tried) in page.size.tried.iter().enumerate() {
        let mut cells = vec![
            Cell::Words(tried.value.clone()),
            Cell::Figure(tried.reps as f64),
            Cell::Figure(tried.hours_a_week),
        ];
        cells.extend(tried::cells(tried, page.size.smallest == Some(place)));
        table.row(false, cells);
    }
    table
}
