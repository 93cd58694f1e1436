//! The page as one file of HTML: everything inside, nothing fetched, every name escaped, no script but its own.

use super::chart::{Chart, Key, Swatch};
use super::table::{Cell, Kind, Place, Table};
use super::{Page, ReportError, Tone, seal};
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment};
use serde::Serialize;
use serde_json::Value;

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
/// The chart library; how it is built is said beside it.
const LIBRARY: &str = include_str!("../../../assets/charts/echarts.min.js");
const SCRIPT: &str = include_str!("page.js");

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
    style: &'static str,
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
    text.replace(" %", "\u{a0}%")
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
    let head = |place: &usize| HeadView { title: &table.columns[*place].title, number: is_number(*place) };
    let mut rows = Vec::new();
    let mut group = String::new();
    for row in &table.rows {
        let words = |place: usize| table.columns[place].kind.written(&row.cells[place]);
        if table.grouped && words(0) != group {
            group = words(0);
            rows.push(RowView { group: group.clone(), part: false, cells: Vec::new() });
        }
        let cell = |place: &usize| CellView {
            words: words(*place),
            tone: if let Cell::Toned(_, its) = &row.cells[*place] { tone(*its) } else { "" },
            number: is_number(*place),
        };
        rows.push(RowView { group: String::new(), part: row.part, cells: places.iter().map(cell).collect() });
    }
    TableView { title: &table.title, heads: places.iter().map(head).collect(), rows }
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
        title: jointed(&chart.title),
        subtitle: jointed(&chart.subtitle),
        footer: jointed(&chart.footer),
        panels: chart.panels.iter().enumerate().map(panel).collect(),
        picture: chart.picture.as_deref().map(small),
    }
}

/// A picture without what is so anyway, scaled by the page, neighbours of one look in one path: half its length.
fn small(svg: &str) -> String {
    const USUAL: [&str; 4] = [
        " opacity=\"1\"",
        " stroke=\"none\"",
        " font-family=\"Noto Sans, Helvetica, Arial, sans-serif\"",
        " width=\"1600\"",
    ];
    let text = USUAL.iter().fold(svg.to_owned(), |text, usual| text.replace(usual, ""));
    let mut small = String::new();
    let mut look: Option<String> = None;
    for line in text.lines() {
        let drawn = stroke(line).or_else(|| block(line));
        let (its, path) = drawn.map_or((None, String::new()), |(look, path)| (Some(look), path));
        if its != look {
            small.push_str(if look.is_some() { "\"/>" } else { "" });
            small.push_str(&its.as_ref().map_or(String::new(), |its| format!("<path {its} d=\"")));
        }
        small.push_str(if its.is_some() { &path } else { line });
        look = its;
    }
    small
}

/// A stroke of a picture as its look and a piece of a path.
fn stroke(line: &str) -> Option<(String, String)> {
    let rest = line.strip_prefix("<polyline fill=\"none\" ")?;
    let (look, points) = rest.split_once(" points=\"")?;
    let points = points.strip_suffix("\"/>")?.trim_end();
    Some((format!("fill=\"none\" {look}"), format!("M{points}")))
}

/// A block of a picture as its colour and a piece of a path.
fn block(line: &str) -> Option<(String, String)> {
    let parts: Vec<&str> = line.strip_prefix("<rect ")?.strip_suffix("/>")?.split('"').collect();
    let [" x=" | "x=", x, " y=", y, " width=", width, " height=", height, " fill=", fill, ""] = parts[..]
    else {
        return None;
    };
    Some((format!("fill=\"{fill}\""), format!("M{x},{y}h{width}v{height}h-{width}z")))
}

/// Numbers with six digits are finer than any screen, and a third of the length; fields that are missing are left out.
fn rounded(value: Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => {
            let exact = number.as_f64().unwrap_or(0.0);
            let short = format!("{exact:.5e}").parse().unwrap_or(exact);
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
    let mut words = vec![
        (
            "scenario",
            format!("{} ({})", foot.scenario, foot.scenario_hash.chars().take(12).collect::<String>()),
        ),
        ("seed", foot.seed.to_string()),
        ("trials", crate::report::thousands(foot.trials)),
        ("intervals", foot.level.clone()),
        ("leadsim", foot.leadsim.clone()),
    ];
    // what was worked out without trials has no seed either
    words.retain(|(name, _)| foot.trials > 0 || !["seed", "trials"].contains(name));
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
    let script = format!("{LIBRARY}\n{SCRIPT}");
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
        charts: page.charts.iter().enumerate().map(|each| chart_view(each, &plots)).collect(),
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
        style: STYLE,
        seal: seal::of(&script),
        script: &script,
        numbers: harmless(&plots),
    };
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.render_str(TEMPLATE, Serde(&view)).map_err(|error| ReportError::Page(format!("{error:#}")))
}
