//! The page as one file of HTML: everything inside, nothing fetched, every name escaped, no script but its own.

use super::chart::{Chart, Key, Swatch};
use super::table::{Cell, Kind, Place, Table};
use super::{NOTHING_DRAWN, Page, ReportError, Tone, seal, small_picture};
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment};
use serde::Serialize;
use serde_json::Value;

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
/// The chart library; how it is built is said beside it.
const LIBRARY: &str = include_str!("../../../assets/charts/echarts.min.js");
/// What draws the charts, in the order in which its parts use each other.
const SCRIPTS: [&str; 6] = [
    include_str!("page_tools.js"),
    include_str!("page_lines.js"),
    include_str!("page_rows.js"),
    include_str!("page_dots.js"),
    include_str!("page_heat.js"),
    include_str!("page.js"),
];

/// Most inputs named on the page; the workbook has all.
const MOST_INPUTS: usize = 40;

/// What the template is filled with: words only.
#[derive(Serialize)]
struct View<'a> {
    command: &'a str,
    scenario: &'a str,
    heading: &'a str,
    question: &'a str,
    caveats: &'a [String],
    word: &'a str,
    tone: &'static str,
    answer: Vec<String>,
    paragraphs: Vec<(&'a str, Vec<String>)>,
    tables: Vec<TableView<'a>>,
    below: Vec<TableView<'a>>,
    folded: Vec<TableView<'a>>,
    charts: Vec<ChartView<'a>>,
    inputs_are: &'a str,
    inputs: Vec<(&'a str, &'a str, &'a str)>,
    more_inputs: usize,
    notes: &'a [String],
    methods: &'a [String],
    foot: Vec<(&'static str, String)>,
    style: &'a str,
    script: &'a str,
    seal: String,
    numbers: String,
}

#[derive(Serialize)]
struct TableView<'a> {
    title: &'a str,
    heads: Vec<HeadView<'a>>,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct HeadView<'a> {
    title: &'a str,
    number: bool,
    /// Whether narrow pages write it before each cell: not what names the row.
    told: bool,
}

#[derive(Serialize)]
struct RowView {
    /// Words that stand above the rows that share them; such a row has no cells.
    group: String,
    part: bool,
    cells: Vec<CellView>,
}

#[derive(Serialize)]
struct CellView {
    words: String,
    tone: &'static str,
    number: bool,
}

#[derive(Serialize)]
struct ChartView<'a> {
    id: &'a str,
    /// Whether it takes the whole width, its panels beside each other.
    wide: bool,
    title: String,
    subtitle: String,
    footer: String,
    panels: Vec<PanelView<'a>>,
    picture: Option<String>,
}

#[derive(Serialize)]
struct PanelView<'a> {
    title: &'a str,
    keys: Vec<(&'static str, usize, &'a str)>,
    /// "1-0": the panel's place among the numbers.
    place: String,
    kind: Value,
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "",
        Tone::Good => "good",
        Tone::Bad => "bad",
        Tone::Unsure => "unsure",
    }
}

/// A number and its unit stay on one line.
fn jointed(text: &str) -> String {
    text.replace(" %", "\u{a0}%").replace(" min", "\u{a0}min").replace(" h ", "\u{a0}h ")
}

/// Paragraphs of a text: a new line begins one.
fn split(sentences: &str) -> Vec<String> {
    sentences.split('\n').map(str::trim).filter(|text| !text.is_empty()).map(jointed).collect()
}

fn swatch(key: &Key) -> &'static str {
    match key.swatch {
        Swatch::Line => "line",
        Swatch::Dashed => "dashed",
        Swatch::Dot => "dot",
        Swatch::Field => "field",
        Swatch::Frame => "frame",
        Swatch::Interval => "interval",
        Swatch::Typical => "typical",
        Swatch::Stroke => "stroke",
        Swatch::Ramp => "ramp",
    }
}

fn tables(page: &Page, place: Place) -> Vec<TableView<'_>> {
    page.tables.iter().filter(|table| table.place == place).map(table_view).collect()
}

fn table_view(table: &Table) -> TableView<'_> {
    let shown = |place: &usize| table.columns[*place].on_page && !(table.grouped && *place == 0);
    let places: Vec<usize> = (0..table.columns.len()).filter(shown).collect();
    let is_number = |place: usize| !matches!(table.columns[place].kind, Kind::Words);
    // a row is named by its first column, and by the next where that has no heading of its own
    let names = places.iter().position(|place| !table.columns[*place].title.is_empty()).unwrap_or(0);
    let head = |(at, place): (usize, &usize)| HeadView {
        title: &table.columns[*place].title,
        number: is_number(*place),
        told: at > names,
    };
    let mut rows = Vec::new();
    let mut group = String::new();
    for row in &table.rows {
        let words = |place: usize| table.columns[place].kind.written(&row.cells[place]);
        if table.grouped && words(0) != group {
            group = words(0);
            rows.push(RowView { group: group.clone(), part: false, cells: Vec::new() });
        }
        let cell = |place: &usize| CellView {
            words: jointed(&words(*place)),
            tone: if let Cell::Toned(_, its) = &row.cells[*place] { tone(*its) } else { "" },
            number: is_number(*place),
        };
        rows.push(RowView { group: String::new(), part: row.part, cells: places.iter().map(cell).collect() });
    }
    TableView { title: &table.title, heads: places.iter().enumerate().map(head).collect(), rows }
}

fn chart_view<'a>((place, chart): (usize, &'a Chart), numbers: &Value) -> ChartView<'a> {
    let panel = |(at, panel): (usize, &'a super::chart::Panel)| PanelView {
        title: &panel.title,
        keys: panel.keys.iter().map(|key| (swatch(key), key.colour, key.words.as_str())).collect(),
        place: format!("{place}-{at}"),
        kind: numbers[place][at]["kind"].clone(),
    };
    ChartView {
        id: &chart.id,
        wide: false,
        title: jointed(&chart.title),
        subtitle: jointed(&chart.subtitle),
        footer: jointed(&chart.footer),
        panels: chart.panels.iter().enumerate().map(panel).collect(),
        picture: chart.picture.as_deref().map(small_picture::small),
    }
}

/// The charts in two columns; the last of an odd number takes both, as do two of which one has several panels.
fn charts<'a>(page: &'a Page, numbers: &Value) -> Vec<ChartView<'a>> {
    let count = page.charts.len();
    let uneven = count == 2 && page.charts.iter().any(|chart| chart.panels.len() > 1);
    let view = |(place, chart)| ChartView {
        wide: uneven || (place + 1 == count && count % 2 == 1),
        ..chart_view((place, chart), numbers)
    };
    page.charts.iter().enumerate().map(view).collect()
}

/// Without what only readers of the source need: remarks on lines of their own, and what stands before a line.
fn bare(source: &str) -> String {
    source.lines().map(str::trim).filter(|line| !line.starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The library, then everything that draws with it in a function of its own.
fn script() -> String {
    let own: Vec<String> = SCRIPTS.iter().map(|part| bare(part)).collect();
    format!("{LIBRARY}\n\"use strict\";\n(function () {{\n{}\n}})();\n", own.join("\n"))
}

/// Numbers with four digits are finer than any screen, and a third of the length; fields that are missing are left out.
fn rounded(value: Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => {
            let exact = number.as_f64().unwrap_or(0.0);
            let short = format!("{exact:.3e}").parse().unwrap_or(exact);
            if short.fract() == 0.0 && short.abs() < 1e9 {
                Value::from(short as i64)
            } else {
                Value::from(short)
            }
        }
        Value::Array(items) => items.into_iter().map(rounded).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, field)| !field.is_null())
            .map(|(name, field)| (name, rounded(field)))
            .collect(),
        other => other,
    }
}

/// What the script draws: for every chart its panels. No name in it can end the element that holds it.
fn numbers(page: &Page) -> Result<Value, ReportError> {
    let panels: Result<Vec<Value>, _> =
        page.charts.iter().map(|chart| serde_json::to_value(&chart.panels)).collect();
    let panels = panels.map_err(|error| ReportError::Page(error.to_string()))?;
    Ok(Value::Array(panels.into_iter().map(rounded).collect()))
}

/// The drawing parts alone, in the order of the numbers.
fn plots(numbers: &Value) -> Value {
    let of = |chart: &Value| -> Value {
        chart
            .as_array()
            .map_or(Value::Null, |panels| panels.iter().map(|panel| panel["plot"].clone()).collect())
    };
    numbers.as_array().map_or(Value::Null, |charts| charts.iter().map(of).collect())
}

/// JSON that may stand in a page: no character of it begins a tag or a comment.
fn harmless(json: &Value) -> String {
    json.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn foot(page: &Page) -> Vec<(&'static str, String)> {
    let foot = &page.foot;
    let hash: String = foot.scenario_hash.chars().take(12).collect();
    let mut words = vec![("scenario", format!("{} ({hash})", foot.scenario))];
    match foot.is_drawn() {
        true => words.extend([
            ("seed", foot.seed.to_string()),
            ("trials", crate::report::thousands(foot.trials)),
            ("intervals", foot.level.clone()),
        ]),
        false => words.push(("seed and trials", NOTHING_DRAWN.into())),
    }
    words.push(("leadsim", foot.leadsim.clone()));
    words
}

/// The page as the text of one HTML file; the same page gives the same bytes.
///
/// # Errors
///
/// [`ReportError::Page`] when the template is refused.
pub fn html(page: &Page) -> Result<String, ReportError> {
    let numbers = numbers(page)?;
    let plots = plots(&numbers);
    let script = script();
    let view = View {
        command: &page.command,
        scenario: &page.foot.scenario,
        heading: &page.heading,
        question: &page.question,
        caveats: &page.caveats,
        word: &page.answer.word,
        tone: tone(page.answer.tone),
        answer: split(&page.answer.sentences),
        paragraphs: page.paragraphs.iter().map(|p| (p.word.as_str(), split(&p.sentences))).collect(),
        tables: tables(page, Place::Page),
        below: tables(page, Place::Below),
        folded: tables(page, Place::Folded),
        charts: charts(page, &plots),
        inputs_are: &page.inputs_are,
        inputs: page
            .inputs
            .iter()
            .take(MOST_INPUTS)
            .map(|i| (i.path.as_str(), i.value.as_str(), i.origin.as_str()))
            .collect(),
        more_inputs: page.inputs.len().saturating_sub(MOST_INPUTS),
        notes: &page.notes,
        methods: &page.methods,
        foot: foot(page),
        style: &bare(STYLE),
        seal: seal::of(&script),
        script: &script,
        numbers: harmless(&plots),
    };
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.render_str(TEMPLATE, Serde(&view)).map_err(|error| ReportError::Page(format!("{error:#}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_and_indents_are_left_out_of_what_a_page_carries() {
        assert_eq!(
            bare("// a remark\n  const a = 1;\n    // another\n  b(a); // kept"),
            "const a = 1;\nb(a); // kept"
        );
    }
}
