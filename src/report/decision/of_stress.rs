//! The report of a stress test: the volume at which the agreement breaks, the curve over volume, and every stress played.

use super::table::{Cell, Kind, Measure, Place, Table};
use super::{Answer, Foot, NamedPicture, Page, Tone, csv_table, first_alone, own_inputs};
use crate::plan::readings::{self, Side};
use crate::report::breaking::{self, BreakingPage};
use crate::report::breaking_again;
use crate::report::breaking_tables::breaking_table;
use crate::report::files::Manifest;
use crate::report::sizing::promises;
use crate::report::wording::{TrialWord, goal, plain, with_sign};
use crate::scenario::Scenario;
use crate::stats::Estimate;

/// The page of a stress test; `pictures` are its curve, where volumes were played, and its bars, with their SVG files.
pub fn stress_page(
    scenario: &Scenario,
    stress: &BreakingPage<'_>,
    pictures: &[NamedPicture],
    manifest: &Manifest,
) -> Page {
    let found = stress.found;
    let trial = TrialWord::of(&stress.model.horizon);
    let what = plain(&promises(stress.model, &found.wanted.commitments));
    let verb = if found.wanted.commitments.len() == 1 { "holds" } else { "hold" };
    let question = format!(
        "How many more leads, people out or campaigns can there be until {what} no longer {verb} in {} of {}?",
        plain(&with_sign(found.wanted.probability)),
        plain(&trial.many)
    );
    let more = [breaking_again::holds_again(stress), breaking::attainment(stress)];
    let more: Vec<String> = more.into_iter().flatten().collect();
    let answer = plain(&format!("{}\n{}", breaking::volume(stress, &trial), more.join(" ")));
    let answer = Answer { sentences: first_alone(&answer), ..Answer::default() };
    let heading = format!("{}: {what} under stress", stress.name);
    let words = |said: Option<String>| plain(&said.unwrap_or_default());
    Page::new("stress", heading, question, answer, Foot::of(manifest, found.together()))
        .caveat(found.stopped.then(|| "stopped: what follows is about the stresses that were played".to_owned()))
        .paragraph("PEOPLE", &words(breaking::people(stress, &trial)))
        .paragraph("CAMPAIGN", &words(breaking::campaigns(stress, &trial)))
        .paragraph("FRESH LUCK", &words(breaking_again::confirmed(stress, &trial)))
        .charts(pictures)
        .table(stresses(stress, &trial))
        .table(csv_table::sheet("All numbers", &breaking_table(stress)))
        .inputs("Inputs that differ from the template", own_inputs(scenario))
        .method(plain(&breaking::how_sure(stress, &trial)))
        .method(format!(
            "Holds: share of {} in which every promise asked about reaches its goal. Attainment: of its leads, the share for which the first of them is kept.",
            plain(&trial.many)
        ))
}

/// One row a stress or volume.
fn stresses(page: &BreakingPage<'_>, trial: &TrialWord) -> Table {
    let found = page.found;
    let interval = format!("{} interval, together", plain(&goal(found.together())));
    let percent = Measure::Percent(1);
    let mut table = Table::new("Stresses", "Every stress played")
        .at(Place::Below)
        .column("Stress", Kind::Words)
        .column(format!("Holds, of {}s", trial.short), Kind::Figure(percent))
        .column(interval.clone(), Kind::Range(percent))
        .column("Verdict", Kind::Words)
        .column("Attainment", Kind::Figure(percent))
        .column(interval.clone(), Kind::Range(percent))
        .column("In time in that week", Kind::Figure(percent))
        .column(interval, Kind::Range(percent));
    let figures = |estimate: Option<Estimate>| {
        [Cell::figure(estimate.map(|its| its.value)), Cell::range(estimate.and_then(|its| its.shown()))]
    };
    for (place, (name, readings, week)) in breaking::all(page, trial).into_iter().enumerate() {
        let word = breaking_again::verdict(found, readings, place == 0);
        let tone = match found.side(readings) {
            Side::Holds => Tone::Good,
            Side::Breaks => Tone::Bad,
            Side::CannotTell => Tone::Unsure,
        };
        let mut cells = vec![Cell::Words(plain(&name))];
        cells.extend(figures(Some(found.estimate(readings, readings::Measure::Holds))));
        cells.push(Cell::Toned(word.into(), tone));
        cells.extend(figures(Some(found.estimate(readings, readings::Measure::Attainment))));
        cells.extend(figures(week));
        table.row(false, cells);
    }
    table
}
