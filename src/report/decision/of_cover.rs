//! The report of a search for the least cover: the rep-hours, today's week beside the answer's, every part with one rep fewer, and every
//! cover judged.

use super::table::{Cell, Kind, Measure, Place, Table};
use super::{Answer, Foot, NamedPicture, Page, Tone, first_alone, own_inputs, tried};
use crate::report::covering::{self, CoverPage};
use crate::report::files::Manifest;
use crate::report::wording::{TrialWord, goal, plain, with_sign};

/// The page of a search; `pictures` are the two weeks with their SVG file.
pub fn cover_page(page: &CoverPage<'_>, pictures: &[NamedPicture], manifest: &Manifest) -> Page {
    let trial = page.trial();
    let promises = plain(&page.promises());
    let verb = if page.wanted.commitments.len() == 1 { "holds" } else { "hold together" };
    let question = format!(
        "What is the least cover of team.{} with which {promises} {verb} in {} of {}?",
        page.desk.group,
        plain(&with_sign(page.wanted.probability)),
        plain(&trial.many)
    );
    let sentences: Vec<String> = covering::sentences(page, &trial).iter().map(|words| plain(words)).collect();
    let (how, answer) = sentences.split_last().map_or(("", &[][..]), |(how, answer)| (how.as_str(), answer));
    let answer = Answer { sentences: first_alone(&answer.join("\n")), ..Answer::default() };
    let mut foot = Foot::of(manifest, page.wanted.level);
    foot.level = format!("{} in the search, {} with fresh luck", plain(&covering::level(page)), foot.level);
    let heading = format!("{}: {promises}", page.desk.scenario.name);
    let mut made = Page::new("size", heading, question, answer, foot)
        .charts(pictures)
        .table(parts(page, &trial))
        .table(covers(page, &trial))
        .inputs("Inputs that differ from the template, beside the cover", own_inputs(page.desk.scenario))
        .method(how)
        .method(format!(
            "Holds: share of {} in which every promise asked about reaches its goal.",
            plain(&trial.many)
        ));
    if let Some(set) = page.set() {
        made = made.method(format!("The cover as an option: {set}"));
    }
    made
}

/// One row a part of the cover, in the columns of cover.csv.
fn parts(page: &CoverPage<'_>, trial: &TrialWord) -> Table {
    let searched = plain(&covering::level(page));
    let mut table = Table::new("Cover", "The cover, and what one rep fewer would do")
        .at(Place::Below)
        .column("Cover", Kind::Words)
        .column("Hours a week", Kind::Figure(Measure::Number(1)))
        .column("Reps today", Kind::Figure(Measure::Number(0)))
        .column("Least", Kind::Figure(Measure::Number(0)))
        .hidden("One fewer: held", Kind::Figure(Measure::Number(0)))
        .column(format!("One fewer: {}s played", trial.short), Kind::Figure(Measure::Number(0)))
        .column(format!("One fewer: holds, of {}s", trial.short), Kind::Figure(Measure::Percent(1)))
        .column(format!("{searched} interval"), Kind::Range(Measure::Percent(1)))
        .column("Verdict", Kind::Words);
    for part in page.parts() {
        let tried = part.fewer.map(|fewer| &fewer.tried);
        let tone = tried.map_or(Tone::Plain, |tried| tried::tone(tried.decision));
        let cells = vec![
            Cell::Words(part.hours.to_owned()),
            Cell::Figure(part.long),
            Cell::Figure(f64::from(part.today)),
            Cell::figure(part.least.map(f64::from)),
            Cell::figure(tried.map(|tried| tried.held.0 as f64)),
            Cell::figure(tried.map(|tried| tried.held.1 as f64)),
            Cell::figure(tried.map(|tried| tried.holds.value)),
            Cell::range(tried.and_then(|tried| tried::ends(&tried.holds))),
            Cell::Toned(covering::verdict(&part).into(), tone),
        ];
        table.row(false, cells);
    }
    table
}

/// One row a cover judged, in the columns of covers.csv.
fn covers(page: &CoverPage<'_>, trial: &TrialWord) -> Table {
    let searched = plain(&covering::level(page));
    let level = plain(&goal(page.wanted.level));
    let mut table = Table::new("Covers judged", "Every cover judged, in the order in which it was")
        .at(Place::Below)
        .column("Cover", Kind::Words)
        .column("Rep-hours a week", Kind::Figure(Measure::Number(1)))
        .hidden("Paid hours a week", Kind::Figure(Measure::Number(1)));
    table = tried::columns(table, trial, &searched, &level);
    for (place, judged) in page.found.judged.iter().enumerate() {
        let tried = &judged.tried;
        let mut cells = vec![
            Cell::Words(tried.value.clone()),
            Cell::Figure(judged.rep_hours),
            Cell::Figure(tried.hours_a_week),
        ];
        cells.extend(tried::cells(tried, page.found.least == Some(place)));
        table.row(false, cells);
    }
    table
}
