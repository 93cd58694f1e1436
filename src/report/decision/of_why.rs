//! The report of what binds: the constraints that make up the gap, the waterfall of their fair shares, and each in all three yardsticks.

use super::table::{Cell, Kind, Measure, Place, Table};
use super::{Answer, Foot, NamedPicture, Page, csv_table, first_alone, own_inputs};
use crate::report::binding::{self, WhyPage};
use crate::report::binding_part;
use crate::report::binding_rows;
use crate::report::binding_tables::why_table;
use crate::report::files::Manifest;
use crate::report::wording::{goal, plain};
use crate::scenario::Scenario;

/// The page of what binds; `pictures` are its waterfall with its SVG file.
pub fn why_page(
    scenario: &Scenario,
    asked: &WhyPage<'_>,
    pictures: &[NamedPicture],
    manifest: &Manifest,
) -> Page {
    let answer = plain(&format!("{}\n{}", binding::answer(asked), binding::gap(asked)));
    let answer = Answer { sentences: first_alone(&answer), ..Answer::default() };
    let stopped = binding_part::stopped(asked);
    let heading = format!("{}: what binds {}", asked.name, plain(&asked.subject()));
    let question = format!("Which constraint holds {} back?", plain(&asked.subject()));
    let other = binding::other_curve(asked).unwrap_or_default();
    let mut page = Page::new("why", heading, question, answer, Foot::of(manifest, asked.asked.level))
        .caveat(stopped)
        .paragraph("CURVE", &plain(&other))
        .charts_under_answer(pictures)
        .table(constraints(asked))
        .table(csv_table::sheet("All numbers", &why_table(asked)))
        .inputs("Inputs that differ from the template", own_inputs(scenario));
    for note in binding::meanings(asked) {
        page = page.note(plain(&note));
    }
    page.method(plain(&binding::how_sure(asked)))
}

/// One row a yardstick and constraint, as the text page has them.
fn constraints(asked: &WhyPage<'_>) -> Table {
    let interval = format!("{} interval, together", plain(&goal(asked.asked.level)));
    // words, for each yardstick has its own unit, but in the columns of numbers
    let figure = Kind::Figure(Measure::Number(0));
    let mut table = Table::new("Constraints", "What each constraint holds back")
        .at(Place::Below)
        .column("In", Kind::Words)
        .column("Constraint", Kind::Words)
        .column("Taken away alone", figure)
        .column(interval.clone(), figure)
        .column("Fair share of the gap", figure)
        .column(interval, figure)
        .column("Part of the gap", figure)
        .grouped();
    for ranking in &asked.why.rankings {
        let unit = binding_rows::unit_of(asked, ranking.yardstick);
        for row in binding_rows::rows(asked, ranking).into_iter().skip(1) {
            let cells = row.iter().map(|cell| Cell::Words(plain(cell)));
            table.row(false, std::iter::once(Cell::Words(unit.clone())).chain(cells).collect());
        }
    }
    table
}
