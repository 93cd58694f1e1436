//! The decision report: one page with answer, pictures, tables and inputs, as a web page that opens offline and as a workbook.
//!
//! A command fills a [`Page`] with what it knows (nothing here computes a statistic) and hands it to [`files`]:
//!
//! ```text
//! let page = Page::new("size", heading, question, Answer { … }, Foot::of(&manifest, level))
//!     .paragraph("WHY", sentences)
//!     .chart(decision::drawn("size", &picture, svg))   // any Picture; or a Chart built by hand
//!     .table(table)
//!     .inputs("Inputs that differ from the template", inputs);
//! ```

pub mod chart;
mod chart_rows;
mod csv_table;
mod from_bands;
mod from_bars;
mod from_curves;
mod from_dots;
mod from_pairs;
mod from_picture;
mod from_spans;
mod html;
mod inputs;
mod of_compare;
mod of_cover;
mod of_fix;
mod of_promise;
mod of_run;
mod of_sensitivity;
mod of_size;
mod of_stress;
mod of_sweep;
mod of_volume;
mod of_why;
mod run_tables;
mod seal;
mod small_picture;
pub mod table;
mod tried;
#[cfg(test)]
mod tests;
mod workbook;

pub use chart::Chart;
pub use from_picture::drawn;
pub use html::html;
pub use inputs::own_inputs;
pub use of_compare::comparison_page;
pub use of_cover::cover_page;
pub use of_fix::fix_page;
pub use of_promise::promise_page;
pub use of_run::run_page;
pub use of_sensitivity::sensitivity_page;
pub use of_size::size_page;
pub use of_stress::stress_page;
pub use of_sweep::sweep_page;
pub use of_volume::volume_page;
pub use of_why::why_page;
pub use table::Table;
pub use workbook::workbook;

use super::files::Manifest;
use super::plot::Picture;

/// Names of the two files in a folder.
pub const FILES: [&str; 2] = ["report.html", "report.xlsx"];

/// A picture under the name of its file, and its SVG file.
pub type NamedPicture = (&'static str, Picture, String);

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The template was refused; the words are the library's.
    #[error("the page could not be written: {0}")]
    Page(String),
    /// The workbook was refused; the words are the library's.
    #[error("the workbook could not be written: {0}")]
    Workbook(String),
}

/// Whether words are good news.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// Neither.
    #[default]
    Plain,
    /// It holds.
    Good,
    /// It does not hold.
    Bad,
    /// It may or may not hold.
    Unsure,
}

/// The answer: a word, and sentences of which the first answers the question.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// "NO"; empty where sentences say it.
    pub word: String,
    /// Whether it is good news.
    pub tone: Tone,
    /// The sentences; a new line begins a paragraph.
    pub sentences: String,
}

/// A word in the margin and sentences beside it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paragraph {
    /// "WHY".
    pub word: String,
    /// The sentences; a new line begins a paragraph.
    pub sentences: String,
}

/// One input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    /// Its path: "team.reps.count".
    pub path: String,
    /// Its value, as the scenario writes it.
    pub value: String,
    /// Who says so: "your file", "--set".
    pub origin: String,
}

/// What makes the report again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Foot {
    /// The scenario's name.
    pub scenario: String,
    /// SHA-256 of its effective values.
    pub scenario_hash: String,
    /// Seed.
    pub seed: u64,
    /// Trials played.
    pub trials: u64,
    /// Confidence level of the intervals, as written: "95 %".
    pub level: String,
    /// Version of leadsim.
    pub leadsim: String,
}

/// What stands in the place of seed and trials where nothing was drawn by chance.
const NOTHING_DRAWN: &str = "none: nothing is drawn by chance, the answer is worked out exactly";

impl Foot {
    /// Whether trials were played: what is worked out without them has no seed either.
    fn is_drawn(&self) -> bool {
        self.trials > 0
    }

    /// What a folder's manifest says, and the confidence level (0 to 1).
    pub fn of(manifest: &Manifest, level: f64) -> Foot {
        Foot {
            scenario: manifest.scenario.clone(),
            scenario_hash: manifest.scenario_hash.clone(),
            seed: manifest.seed,
            trials: manifest.trials,
            level: super::wording::goal(level),
            leadsim: manifest.leadsim.clone(),
        }
    }
}

/// The whole report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The command: "run".
    pub command: String,
    /// What was simulated, in one line.
    pub heading: String,
    /// What was asked, in one sentence.
    pub question: String,
    /// What is said before the answer: that the run was stopped.
    pub caveats: Vec<String>,
    /// The answer.
    pub answer: Answer,
    /// Why, and what it pays.
    pub paragraphs: Vec<Paragraph>,
    /// The charts, the most important first.
    pub charts: Vec<Chart>,
    /// The tables.
    pub tables: Vec<Table>,
    /// What the inputs below are: "Inputs that differ from the template".
    pub inputs_are: String,
    /// The inputs worth naming.
    pub inputs: Vec<Input>,
    /// Further remarks.
    pub notes: Vec<String>,
    /// How the numbers were made, for the footnote.
    pub methods: Vec<String>,
    /// What makes the report again.
    pub foot: Foot,
}

impl Page {
    /// A page with its answer; the rest is added with the methods below.
    pub fn new(
        command: &str,
        heading: impl Into<String>,
        question: impl Into<String>,
        answer: Answer,
        foot: Foot,
    ) -> Page {
        Page {
            command: command.into(),
            heading: heading.into(),
            question: question.into(),
            answer,
            foot,
            ..Page::default()
        }
    }

    /// With something that is said before the answer.
    #[must_use]
    pub fn caveat(mut self, words: Option<String>) -> Page {
        self.caveats.extend(words);
        self
    }

    /// With a paragraph; none where there is nothing to say.
    #[must_use]
    pub fn paragraph(mut self, word: &str, sentences: &str) -> Page {
        if !sentences.is_empty() {
            self.paragraphs.push(Paragraph { word: word.into(), sentences: sentences.into() });
        }
        self
    }

    /// With a chart.
    #[must_use]
    pub fn chart(mut self, chart: Chart) -> Page {
        self.charts.push(chart);
        self
    }

    /// With a chart of each picture, in their order.
    #[must_use]
    pub fn charts(mut self, pictures: &[NamedPicture]) -> Page {
        self.charts.extend(pictures.iter().map(|(name, picture, svg)| drawn(name, picture, svg.clone())));
        self
    }

    /// With charts of which the first says what the answer right above it says: it has no heading of its own.
    #[must_use]
    pub fn charts_under_answer(self, pictures: &[NamedPicture]) -> Page {
        let first = self.charts.len();
        let mut page = self.charts(pictures);
        if let Some(chart) = page.charts.get_mut(first) {
            chart.title.clear();
        }
        page
    }

    /// With a table; none where it has no row.
    #[must_use]
    pub fn table(mut self, table: Table) -> Page {
        if !table.rows.is_empty() {
            self.tables.push(table);
        }
        self
    }

    /// With the inputs worth naming, and what these are.
    #[must_use]
    pub fn inputs(mut self, are: impl Into<String>, inputs: Vec<Input>) -> Page {
        self.inputs_are = are.into();
        self.inputs = inputs;
        self
    }

    /// With a remark; none where it is empty.
    #[must_use]
    pub fn note(mut self, words: impl Into<String>) -> Page {
        self.notes.push(words.into());
        self.notes.retain(|note| !note.trim().is_empty());
        self
    }

    /// With a sentence on how the numbers were made.
    #[must_use]
    pub fn method(mut self, words: impl Into<String>) -> Page {
        self.methods.push(words.into());
        self
    }
}

/// Both files of a report, with their names: the web page, and the workbook.
///
/// # Errors
///
/// [`ReportError`] when a library refuses.
pub fn files(page: &Page) -> Result<[(&'static str, Vec<u8>); 2], ReportError> {
    let [web, sheets] = FILES;
    Ok([(web, html(page)?.into_bytes()), (sheets, workbook(page)?)])
}

/// The first sentence as a paragraph of its own: the heading of the page.
fn first_alone(sentences: &str) -> String {
    let line = sentences.find('\n').unwrap_or(sentences.len());
    match sentences.find(". ").filter(|end| *end < line) {
        Some(end) => format!("{}.\n{}", &sentences[..end], &sentences[end + 2..]),
        None => sentences.to_owned(),
    }
}

/// With a capital letter.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
