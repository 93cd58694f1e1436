//! The report of a comparison: which is better, the differences with their intervals, and what differs in the inputs.

use super::table::{Cell, Kind, Place, Table};
use super::{Answer, Foot, NamedPicture, Page, Tone, csv_table, own_inputs};
use crate::plan::compare::Versus;
use crate::plan::differences::Difference;
use crate::report::comparison::{ComparisonPage, clock, not_moved, shown, small_print};
use crate::report::comparison_answer;
use crate::report::comparison_curves;
use crate::report::comparison_tables::{differences_table, inputs_table};
use crate::report::comparison_words::{Scaled, more_is_better, value};
use crate::report::directions::meant;
use crate::report::files::Manifest;
use crate::report::wording::{goal, list, plain};
use crate::scenario::Scenario;

/// The page of a comparison with `base`; `pictures` are its forest with its SVG file.
pub fn comparison_page(
    base: &Scenario,
    compared: &ComparisonPage<'_>,
    pictures: &[NamedPicture],
    manifest: &Manifest,
) -> Page {
    let comparison = compared.comparison;
    let names: Vec<String> = comparison.others.iter().map(|versus| versus.name.clone()).collect();
    let sentences: Vec<String> =
        comparison_answer::sentences(compared).iter().map(|words| plain(words)).collect();
    let answer = Answer { sentences: sentences.join("\n"), ..Answer::default() };
    let stopped = (names.len() < compared.planned)
        .then(|| format!("first {} of {} alternatives; stopped", names.len(), compared.planned));
    let heading = format!("{} against {}", list(&names), comparison.base);
    let question = match names.as_slice() {
        [only] => format!("Is {only} really better than {}?", comparison.base),
        _ => format!(
            "Which is really better than {}: {}?",
            comparison.base,
            list(&names).replace(" and ", " or ")
        ),
    };
    let foot = Foot::of(manifest, comparison.levels.together);
    let mut page = Page::new("compare", heading, question, answer, foot)
        .caveat(stopped)
        .paragraph(
            "CURVE",
            &comparison_curves::sentence(compared).map_or(String::new(), |words| plain(&words)),
        )
        .charts(pictures)
        .table(inputs(compared))
        .table(moved(compared))
        .table(csv_table::sheet("All differences", &differences_table(compared)))
        .table(csv_table::sheet("All inputs that differ", &inputs_table(compared)))
        .inputs(format!("Inputs of {} that differ from the template", comparison.base), own_inputs(base));
    for versus in &comparison.others {
        let whose = if names.len() > 1 { format!("{}: ", versus.name) } else { String::new() };
        page = page.note(format!("{whose}{}", plain(&not_moved(compared, versus))));
    }
    for note in compared.notes() {
        page = page.note(format!("{}.", plain(&note)));
    }
    page.method(plain(&small_print(compared)))
}

/// What differs in the inputs.
fn inputs(page: &ComparisonPage<'_>) -> Table {
    let mut table = Table::new("What differs", "What differs in the inputs")
        .column("Alternative", Kind::Words)
        .column("Input", Kind::Words)
        .column(page.comparison.base.clone(), Kind::Words)
        .column("Alternative says", Kind::Words);
    for (versus, inputs) in page.comparison.others.iter().zip(&page.inputs) {
        for input in inputs {
            let cell = |value: &Option<String>| match value {
                Some(value) => Cell::Words(plain(&meant(&input.path, value))),
                None => Cell::Words("–".into()),
            };
            let cells = vec![
                Cell::Words(versus.name.clone()),
                Cell::Words(input.path.clone()),
                cell(&input.base),
                cell(&input.other),
            ];
            table.row(false, cells);
        }
    }
    table.grouped()
}

/// The main measures that moved, and the strongest of the others.
fn moved(page: &ComparisonPage<'_>) -> Table {
    let level = plain(&goal(page.comparison.levels.together));
    let mut table = Table::new("What moves", "What really moves")
        .at(Place::Below)
        .column("Alternative", Kind::Words)
        .column("Measure", Kind::Words)
        .column(page.comparison.base.clone(), Kind::Words)
        .column("Alternative", Kind::Words)
        .column("Difference", Kind::Words)
        .column(format!("Interval, {level} all together"), Kind::Words);
    for versus in &page.comparison.others {
        let (mains, others) = shown(versus);
        for difference in mains.into_iter().chain(others) {
            table.row(false, cells(page, versus, difference));
        }
    }
    table.grouped()
}

fn cells(page: &ComparisonPage<'_>, versus: &Versus, difference: &Difference) -> Vec<Cell> {
    let unit = difference.finding.unit;
    let clock = clock(page);
    let scaled = Scaled::on(clock, unit, difference.difference);
    let value = |estimate| {
        clock.and_then(|clock| clock.written(unit, estimate)).unwrap_or_else(|| value(unit, estimate))
    };
    let is_more = difference.difference.value > 0.0;
    let tone = match more_is_better(difference.finding.measure) {
        Some(is_better) if is_better == is_more => Tone::Good,
        Some(_) => Tone::Bad,
        None => Tone::Plain,
    };
    vec![
        Cell::Words(versus.name.clone()),
        Cell::Words(plain(&page.measure(difference))),
        Cell::Words(plain(&value(difference.base))),
        Cell::Words(plain(&value(difference.other))),
        Cell::Toned(plain(&scaled.with_unit(difference.difference.value)), tone),
        Cell::Words(plain(&scaled.ends(difference.difference))),
    ]
}
