//! The report of a run: everything that its summary and its pictures show, and the tables behind them.

use super::chart::Chart;
use super::csv_table;
use super::run_tables;
use super::table::{Cell, Kind, Measure, Table};
use super::{Answer, Foot, NamedPicture, Page, Tone, capital, drawn, own_inputs};
use crate::report::doubt_tables;
use crate::report::files::Manifest;
use crate::report::rows::Row;
use crate::report::sheet::{Sheet, Source};
use crate::report::verdict::Verdict;
use crate::report::wording::{goal, plain};
use crate::scenario::Scenario;

/// Charts in the order of a reader's questions; the rest follow.
const ORDER: [&str; 7] =
    ["attainment", "why-late", "by-week", "response-times", "funnel", "rep-hours", "heat-map"];

/// Measures whose estimand and method stand in the footnote, and what the page calls them.
const METHODS: [(&str, &str); 6] = [
    ("attainment", "Kept"),
    ("holds", "Reached"),
    ("first_response_p90", "Waits"),
    ("late_because", "Causes"),
    ("opportunities", "Counts"),
    ("leakage", "Leaks"),
];

/// Whether a verdict is good news.
fn tone(verdict: Option<Verdict>) -> Tone {
    match verdict {
        Some(Verdict::Holds) => Tone::Good,
        Some(Verdict::Misses) => Tone::Bad,
        Some(Verdict::CoinFlip | Verdict::AtRisk | Verdict::TooFewTrials) => Tone::Unsure,
        None => Tone::Plain,
    }
}

/// The page of a run; `pictures` are its pictures with their names and SVG files.
pub fn run_page(
    scenario: &Scenario,
    source: &Source<'_>,
    sheet: &Sheet,
    pictures: &[NamedPicture],
    manifest: &Manifest,
) -> Page {
    let headline = sheet.rows.iter().find(|row| row.verdict.map(Verdict::answer) == Some(sheet.answer.0));
    let answer = Answer {
        word: sheet.answer.0.into(),
        tone: tone(headline.and_then(|row| row.verdict)),
        sentences: plain(&sheet.answer.1),
    };
    let question = scenario.question.clone().unwrap_or_else(|| "Does this team keep its agreement?".into());
    let mut page = Page::new("run", plain(&sheet.heading), question, answer, Foot::of(manifest, sheet.level))
        .caveat(sheet.caveat.as_deref().map(plain))
        .caveat(sheet.flattery.map(plain))
        .paragraph("WHY", &plain(&sheet.why))
        .paragraph("PAY", &plain(&sheet.pay))
        .paragraph("DOUBT", &plain(&sheet.doubt))
        .paragraph("EXPECTED", scenario.expect.as_deref().unwrap_or(""))
        .table(commitments(sheet));
    for table in doubts(source, sheet) {
        page = page.table(table);
    }
    page = page.inputs("Inputs that differ from the template", own_inputs(scenario));
    for chart in charts(pictures) {
        page = page.chart(chart);
    }
    for table in run_tables::of(source, &sheet.trial) {
        page = page.table(table);
    }
    for note in &sheet.notes {
        page = page.note(plain(note));
    }
    if sheet.has_own_goal {
        page = page.note("* not in your agreement: leadsim's own goal.");
    }
    methods(page, source, sheet)
}

fn charts(pictures: &[NamedPicture]) -> Vec<Chart> {
    let place = |name: &str| ORDER.iter().position(|other| *other == name).unwrap_or(ORDER.len());
    let mut ordered: Vec<_> = pictures.iter().collect();
    ordered.sort_by_key(|(name, _, _)| place(name));
    ordered.into_iter().map(|(name, picture, svg)| drawn(name, picture, svg.clone())).collect()
}

/// The footnote: what each kind of number is, and how its interval was made.
fn methods(mut page: Page, source: &Source<'_>, sheet: &Sheet) -> Page {
    let headline = sheet.rows.first().map(|row| row.id.as_str());
    for (measure, word) in METHODS {
        let all = || source.findings.0.iter().filter(|f| f.measure == measure && f.estimate.is_known());
        let found = all().find(|f| f.commitment.as_deref() == headline).or_else(|| all().next());
        if let Some(found) = found {
            page = page.method(format!(
                "{word}: {}; interval: {}.",
                found.estimand,
                found.estimate.method.words()
            ));
        }
    }
    page.method(format!(
        "Typical {}: 8 of 10 {} (10th to 90th percentile); more trials do not narrow it.",
        sheet.trial.short, sheet.trial.many
    ))
}

/// Goals in per cent with the decimals they were written with.
fn goal_decimals(rows: &[Row]) -> usize {
    let whole = |share: f64| !goal(share).contains('.');
    usize::from(!rows.iter().filter_map(|row| row.goal).all(|goal| whole(goal.share)))
}

/// The doubt of every measure: as words on the page, as numbers in the workbook; nothing where all inputs are taken as written.
fn doubts(source: &Source<'_>, sheet: &Sheet) -> Vec<Table> {
    let (Some(found), Some((head, rows))) = (source.doubts, sheet.doubt_rows.split_first()) else {
        return Vec::new();
    };
    let title =
        "With uncertain inputs drawn: what luck and what the inputs leave open (± of shares in points)";
    let mut table = Table::new("Doubt", title);
    for column in head {
        table = table.column(capital(&column.to_lowercase()), Kind::Words);
    }
    for row in rows {
        table.row(false, row.iter().map(|cell| Cell::Words(plain(cell))).collect());
    }
    vec![table, csv_table::sheet("Input uncertainty", &doubt_tables::table(found))]
}

/// The table of commitments.
fn commitments(sheet: &Sheet) -> Table {
    let trial = sheet.trial.short;
    let interval = format!("{} interval", plain(&goal(sheet.level)));
    let mut table = Table::new("Commitments", "What was promised, and how often it is kept")
        .column("", Kind::Words)
        .column("Commitment", Kind::Words)
        .column("Goal", Kind::Figure(Measure::Percent(goal_decimals(&sheet.rows))))
        .column("Kept", Kind::Figure(Measure::Percent(1)))
        .column(interval.clone(), Kind::Range(Measure::Percent(1)))
        .column(format!("Typical {trial}"), Kind::Range(Measure::Percent(0)))
        .column(format!("{}s kept", capital(trial)), Kind::Figure(Measure::Percent(0)))
        .column(interval, Kind::Range(Measure::Percent(1)))
        .column("Verdict", Kind::Words);
    for row in &sheet.rows {
        let of_months = if row.monthly { " (share of months)" } else { "" };
        let typical = match &row.typical_text {
            Some(words) => Cell::Words(plain(words)),
            None => Cell::range(row.typical.filter(|_| !row.monthly)),
        };
        let kept = match row.kept {
            None => Cell::Words(if row.monthly { "no whole month" } else { "no leads" }.into()),
            Some(kept) => Cell::figure(Some(kept.value)),
        };
        let cells = vec![
            Cell::Words(row.id.clone()),
            Cell::Words(format!("{}{of_months}", plain(&row.title))),
            row.goal.map_or(Cell::Empty, |goal| match goal.stated {
                true => Cell::Figure(goal.share),
                false => Cell::Starred(goal.share),
            }),
            kept,
            Cell::range(row.kept.and_then(|kept| kept.shown())),
            typical,
            Cell::figure(row.holds.map(|holds| holds.value)),
            Cell::range(row.holds.and_then(|holds| holds.shown())),
            row.verdict
                .map_or(Cell::Empty, |verdict| Cell::Toned(verdict.marked().into(), tone(Some(verdict)))),
        ];
        table.row(row.part, cells);
    }
    table
}
