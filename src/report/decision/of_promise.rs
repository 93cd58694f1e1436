//! The report of the tightest promises: the minutes to sign, minutes against certainty, and every length found.

use super::table::{Cell, Kind, Place, Table};
use super::{Answer, Foot, NamedPicture, Page, capital, csv_table, first_alone, own_inputs};
use crate::report::files::Manifest;
use crate::report::promising::{self, PromisePage};
use crate::report::wording::{TrialWord, goal, list, plain};
use crate::scenario::Scenario;

/// The page of the tightest promises; `pictures` are its curve with its SVG file.
pub fn promise_page(
    scenario: &Scenario,
    promise: &PromisePage<'_>,
    pictures: &[NamedPicture],
    manifest: &Manifest,
) -> Page {
    let trial = TrialWord::of(&promise.model.horizon);
    let [answer, reviews, how] = promising::sentences(promise, &trial).map(|words| plain(&words));
    let sure: Vec<String> = promise.wanted.certainties.iter().map(|share| plain(&goal(*share))).collect();
    let question = format!(
        "What minutes can this team promise and keep in {} of {}?",
        list(&sure).replace(" and ", " or "),
        plain(&trial.many)
    );
    let answer = Answer { sentences: first_alone(&format!("{answer}\n{reviews}")), ..Answer::default() };
    let heading = format!("{}: the tightest promises of a first attempt", promise.name);
    let stopped = promise.promises.stopped.then(|| "stopped before every promise was settled".to_owned());
    let mut page = Page::new("promise", heading, question, answer, Foot::of(manifest, promise.wanted.level))
        .caveat(stopped)
        .charts(pictures)
        .table(lengths(promise))
        .table(csv_table::sheet("Minutes", &promising::promise_table(promise)));
    if promise.promises.together.is_some() {
        page = page.table(together(promise));
    }
    if let Some(sheet) = promising::promise_days_table(promise) {
        page = page.table(days(promise)).table(csv_table::sheet("Days", &sheet));
    }
    page.inputs("Inputs that differ from the template", own_inputs(scenario))
        .method(how)
        .method(readings(promise, &trial))
}

/// What the rows of the first table mean.
fn readings(promise: &PromisePage<'_>, trial: &TrialWord) -> String {
    let many = plain(&trial.many);
    let goal = format!(
        "Goal: every length that would have reached the goal in so many {many}, each promise by itself."
    );
    if !promise.can_be_reviewed() {
        return goal;
    }
    format!(
        "{goal} No review: that would have called no breach review. Both: both in the same {}.",
        trial.short
    )
}

/// Lengths by themselves and together.
fn together(promise: &PromisePage<'_>) -> Table {
    let mut rows = promising::together(promise).into_iter();
    let mut table = Table::new("Together", "All promises in the same trials, hours:minutes").at(Place::Below);
    for title in rows.next().unwrap_or_default() {
        table = table.column(capital(&plain(&title).to_lowercase().replace(", h:mm", "")), Kind::Words);
    }
    for row in rows {
        table.row(false, row.iter().map(|text| Cell::Words(plain(text))).collect());
    }
    table
}

/// Every day that was tried for promises that name one.
fn days(promise: &PromisePage<'_>) -> Table {
    let mut rows = promising::days(promise).into_iter();
    let title = "Promises by the day: how often each is enough";
    let mut table = Table::new("By the day", title).at(Place::Below);
    for title in rows.next().unwrap_or_default() {
        table = table.column(capital(&plain(&title).to_lowercase()), Kind::Words);
    }
    let mut whose = String::new();
    for row in rows {
        if row.first().is_some_and(|id| !id.is_empty()) {
            whose.clone_from(&row[0]);
        }
        let cells = row.iter().enumerate().map(|(place, text)| match place {
            0 => Cell::Words(whose.clone()),
            _ => Cell::Words(plain(text)),
        });
        table.row(false, cells.collect());
    }
    table.grouped()
}

/// The table of the text page: one row a promise and purpose.
fn lengths(page: &PromisePage<'_>) -> Table {
    let mut rows = promising::rows(page).into_iter();
    let head = rows.next().unwrap_or_default();
    let mut table =
        Table::new("Promises", "The shortest time that can be promised, hours:minutes").at(Place::Below);
    for title in head {
        let title = plain(&title).to_lowercase().replace(", h:mm", "");
        table = table.column(capital(&title), Kind::Words);
    }
    let mut whose = [String::new(), String::new(), String::new()];
    for row in rows {
        // what the rows of one promise share stands in each, so that a row can be read alone
        let named = |(place, text): (usize, String)| {
            let once = match place {
                0 => Some(0),
                2 => Some(1),
                3 => Some(2),
                _ => None,
            };
            let Some(once) = once else { return Cell::Words(plain(&text)) };
            if !text.is_empty() {
                whose[once] = plain(&text);
            }
            Cell::Words(whose[once].clone())
        };
        table.row(false, row.into_iter().enumerate().map(named).collect());
    }
    table.grouped()
}
