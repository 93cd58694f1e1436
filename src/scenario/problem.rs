//! What is wrong with a scenario: every problem at once, each with its line and what to write instead.

use super::tree::{Document, Place};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};
use std::fmt;
use std::ops::Range;

/// One thing wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// The path of the value: "team.reps.count"; empty for the file as a whole.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Where it stands in the file or option, in bytes.
    pub span: Option<Range<usize>>,
    place: Place,
}

impl Problem {
    pub(super) fn new(path: &str, message: impl Into<String>, place: &Place) -> Problem {
        let written = !matches!(place.document, Document::Default);
        Problem {
            path: path.to_string(),
            message: message.into(),
            help: None,
            span: written.then(|| place.span.clone()),
            place: place.clone(),
        }
    }

    /// A problem of no particular line.
    pub(super) fn of_file(message: impl Into<String>) -> Problem {
        Problem::new("", message, &Place::DEFAULT)
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }

    pub(super) fn maybe_help(mut self, help: Option<String>) -> Problem {
        self.help = help.or(self.help);
        self
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    /// The same problem, shown elsewhere; an option stands under its own name, so the value is named beside it.
    pub(super) fn moved(mut self, place: Place) -> Problem {
        if matches!(place.document, Document::Set(_)) {
            self.message = format!("{}: {}", self.path, self.message);
        }
        self.span = Some(place.span.clone());
        self.place = place;
        self
    }

    /// Whether both say the same of the same value, wherever they are shown.
    pub(super) fn is_same(&self, other: &Problem) -> bool {
        self.path == other.path && self.message == other.message
    }

    /// The `--set` option that caused it, counted from 0; `None` if the file did.
    pub fn option(&self) -> Option<usize> {
        match self.place.document {
            Document::Set(index) => Some(index),
            _ => None,
        }
    }

    /// The line of the file, from 1; `None` if the problem has no line there.
    pub fn line(&self) -> Option<usize> {
        (self.place.document == Document::File && self.place.line > 0).then_some(self.place.line)
    }
}

/// Everything wrong with a scenario. Shown as a report with lines and carets.
#[derive(Debug, Clone)]
pub struct Problems {
    /// The problems, in the order of the file.
    pub list: Vec<Problem>,
    name: String,
    text: String,
    options: Vec<String>,
    /// How the options are called, by number of the first: "--set" unless the command line has another word.
    called: Vec<(usize, String)>,
}

impl std::error::Error for Problems {}

/// Problems shown at once; a file with more of them is probably something else.
const MOST_SHOWN: usize = 20;

impl Problems {
    pub(super) fn new(mut list: Vec<Problem>, name: &str, text: &str, options: Vec<String>) -> Problems {
        let rank = |problem: &Problem| match problem.place.document {
            Document::File => (0, 0, problem.place.span.start),
            Document::Set(index) => (1, index, problem.place.span.start),
            Document::Preset | Document::PresetGroup => (2, 0, problem.place.span.start),
            Document::Default => (3, 0, 0),
        };
        list.sort_by_key(rank);
        list.dedup();
        Problems { list, name: name.to_string(), text: text.to_string(), options, called: Vec::new() }
    }

    /// Calls the options from this one on by another word than `--set`; they stand on the command line as something else.
    pub fn call_options(mut self, from: usize, word: &str) -> Problems {
        self.called.push((from, word.to_string()));
        self
    }

    fn option_word(&self, index: usize) -> &str {
        let its = self.called.iter().rev().find(|(from, _)| *from <= index);
        its.map_or("--set", |(_, word)| word.as_str())
    }

    /// The report, with colours for a terminal if `coloured`.
    pub fn render(&self, coloured: bool) -> String {
        let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.decor_style(DecorStyle::Unicode);
        let mut out = String::new();
        for problem in self.list.iter().take(MOST_SHOWN) {
            out.push_str(&renderer.render(&self.report(problem)));
            out.push_str("\n\n");
        }
        if self.list.len() > MOST_SHOWN {
            out.push_str(&format!("… and {} more; is it a scenario file?\n\n", self.list.len() - MOST_SHOWN));
        }
        if let [only] = self.list.as_slice()
            && only.place.document == Document::Default
            && only.path.is_empty()
        {
            // the file as a whole: its name stands above
            out.truncate(out.trim_end().len());
            return out;
        }
        let s = if self.list.len() == 1 { "" } else { "s" };
        out.push_str(&format!("{} problem{s} in {}", self.list.len(), self.name));
        out
    }

    fn report<'a>(&'a self, problem: &'a Problem) -> Vec<Group<'a>> {
        let title = match (problem.path.as_str(), problem.option()) {
            (_, Some(index)) => {
                format!("{} {}", self.option_word(index), self.options.get(index).map_or("", String::as_str))
            }
            ("", None) => self.name.clone(),
            (path, None) => path.to_string(),
        };
        let source = match problem.place.document {
            Document::File => Some((self.text.as_str(), self.name.clone())),
            Document::Set(index) => {
                self.options.get(index).map(|option| (option.as_str(), self.option_word(index).to_string()))
            }
            Document::Preset | Document::PresetGroup | Document::Default => None,
        };
        let help = problem.help.as_deref().map(|help| Level::HELP.message(help));
        let group = match source {
            Some((text, path)) => {
                let annotation = AnnotationKind::Primary
                    .span(visible(text, &problem.place.span))
                    .label(problem.message.as_str());
                Group::with_title(Level::ERROR.primary_title(title))
                    .element(Snippet::source(text).path(path).annotation(annotation))
            }
            None => Group::with_title(Level::ERROR.primary_title(format!("{title}: {}", problem.message))),
        };
        vec![match help {
            Some(help) => group.element(help),
            None => group,
        }]
    }
}

/// A span that can be underlined: inside the text, on character borders, on its first line.
fn visible(text: &str, span: &Range<usize>) -> Range<usize> {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let line_end = text[start..end].find('\n').map_or(end, |i| start + i);
    start..line_end
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

/// The known word closest to one that was mistyped, if one is close enough to be worth a guess.
pub(super) fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in known {
        let score = strsim::jaro_winkler(&wanted, &candidate.to_lowercase());
        if score >= 0.8 && best.is_none_or(|(leader, _)| score > leader) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// "did you mean `x`?", or else the list of what is known.
pub(super) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> String {
    match closest(word, known.clone()) {
        Some(guess) => format!("did you mean `{guess}`?"),
        None => {
            let known: Vec<&str> = known.into_iter().collect();
            format!("known here: {}", known.join(", "))
        }
    }
}
