//! The report of a volume plan: how many MQLs a goal takes, the curves, the ladder of chance, and what the team adds.

use super::table::{Cell, Kind, Place, Table};
use super::{Answer, Foot, Input, NamedPicture, Page, capital, csv_table, own_inputs};
use crate::report::files::Manifest;
use crate::report::volume_plan::{self, VolumePage};
use crate::report::wording::{goal, money, plain};
use crate::scenario::Scenario;

/// The page of a plan; `scenario` is the one whose team works the MQLs, if there is one, `pictures` its pictures with their SVG files.
pub fn volume_page(
    scenario: Option<&Scenario>,
    plan: &VolumePage<'_>,
    pictures: &[NamedPicture],
    manifest: &Manifest,
) -> Page {
    let paper = plan.paper;
    let aim = money(paper.question.goal);
    let sentences: Vec<String> = volume_plan::sentences(plan).iter().map(|words| plain(words)).collect();
    let answer = Answer { sentences: sentences.join("\n"), ..Answer::default() };
    let question = plain(&format!(
        "How many MQLs a {} does it take to reach {aim} of pipeline in {} of {}?",
        plan.trial.short,
        goal(paper.wanted),
        plan.trial.many
    ));
    let mut foot = Foot::of(manifest, plan.team.as_ref().map_or(paper.wanted, |team| team.level));
    if plan.team.is_none() {
        foot.level = "none, for the answer is exact".into();
    }
    let heading = format!("{}: {aim} of pipeline", plan.name);
    let mut page = Page::new("volume", heading, question, answer, foot).charts_under_answer(pictures);
    if let Some(team) = &plan.team {
        page = page.table(of_words("Teams", "Every headcount", volume_plan::headcounts(plan, team)));
        if let Some(rows) = volume_plan::volumes(plan, team) {
            page = page.table(of_words("Volumes", "Every volume", rows));
        }
    }
    page = page
        .table(of_words("Chance", volume_plan::ladder_title(plan), volume_plan::ladder(plan)))
        .table(csv_table::sheet("Ladder", &volume_plan::ladder_csv(plan)))
        .table(csv_table::sheet("Curves", &volume_plan::curves_csv(plan)));
    if let Some(table) = volume_plan::team_csv(plan) {
        page = page.table(csv_table::sheet("Team", &table));
    }
    let (method, notes) = volume_plan::remarks(plan);
    for note in notes {
        page = page.note(plain(&note));
    }
    page.inputs("What the answer is made from", inputs(scenario, plan)).method(plain(&method))
}

/// What went in, then what the scenario says otherwise than the template.
fn inputs(scenario: Option<&Scenario>, plan: &VolumePage<'_>) -> Vec<Input> {
    let own = |input: &volume_plan::VolumeInput| Input {
        path: input.what.to_owned(),
        value: plain(&input.value),
        origin: input.source.clone(),
    };
    plan.inputs.iter().map(own).chain(scenario.map(own_inputs).unwrap_or_default()).collect()
}

/// A heading of a text page without its capitals, but for amounts and names.
fn quiet(heading: &str) -> String {
    let word = |word: &str| match word {
        "CI" => "interval".to_owned(),
        "OPPS" => "opportunities".into(),
        "OPPS/MQL" => "opportunities/MQL".into(),
        word if word.starts_with("MQLS") => word.replace("MQLS", "MQLs"),
        word if word.starts_with('$') => word.to_owned(),
        word => word.to_lowercase(),
    };
    heading.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// A table of the text page: a row of headings, then words.
fn of_words(sheet: &str, title: &str, rows: Vec<Vec<String>>) -> Table {
    let mut rows = rows.into_iter();
    let mut table = Table::new(sheet, title).at(Place::Below);
    for heading in rows.next().unwrap_or_default() {
        table = table.column(capital(&quiet(&plain(&heading))), Kind::Words);
    }
    for row in rows {
        table.row(false, row.iter().map(|cell| Cell::Words(plain(cell))).collect());
    }
    table
}
