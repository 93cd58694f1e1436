//! The one page every format shows: a study's findings as an answer in sentences, a table of commitments, and notes.

use super::doubt;
use super::lookup::Findings;
use super::names;
use super::rows::{self, Row};
use super::sentences;
use super::verdict::Verdict;
use super::volume;
use super::wording::{JOINT, TrialWord, dates, thousands};
use crate::plan::curves::OtherCurve;
use crate::plan::doubt::Doubts;
use crate::study::{Ending, Study, Trials};

/// What a study says, in words and rows; formats differ only in how they set it.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// What was simulated, in one line.
    pub heading: String,
    /// The trials were fewer than asked for, or the precision was not reached; said before anything else.
    pub caveat: Option<String>,
    /// What the scenario leaves out that flatters the answer.
    pub flattery: Option<&'static str>,
    /// The answer, first a word ("NO"), then sentences.
    pub answer: (&'static str, String),
    /// Why: workload, ownership, attention.
    pub why: String,
    /// What it brings and costs.
    pub pay: String,
    /// How far inputs that are not known for sure can move it; empty where all are taken as written.
    pub doubt: String,
    /// The same of every measure, a head first; empty likewise.
    pub doubt_rows: Vec<Vec<String>>,
    /// Small print of it.
    pub doubt_foot: String,
    /// One row a commitment, or a part of one.
    pub rows: Vec<Row>,
    /// Waits and funnel.
    pub notes: Vec<String>,
    /// Trials, seed; the surface adds seconds and folder.
    pub foot: String,
    /// What one trial is called.
    pub trial: TrialWord,
    /// Confidence level of the intervals.
    pub level: f64,
    /// Whether some goal is leadsim's own.
    pub has_own_goal: bool,
}

/// Said where work takes no time at all.
const NO_HANDLING_TIMES: &str = "No handling times are given ([work]), so reps answer at no cost of time: read this as the best that can be.";

/// Everything a page is made from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The scenario's name.
    pub name: &'a str,
    /// The study.
    pub study: &'a Study,
    /// Its findings.
    pub findings: &'a Findings,
    /// The same quarters under another decay curve.
    pub other: Option<&'a OtherCurve>,
    /// The same with uncertain inputs drawn.
    pub doubts: Option<&'a Doubts>,
}

impl Sheet {
    /// The page of a study.
    pub fn of(source: Source<'_>) -> Sheet {
        let study = source.study;
        let trial = TrialWord::of(&study.model.horizon);
        let rows = rows::of(study, source.findings);
        let has_own_goal = rows.iter().any(|row| row.goal.is_some_and(|goal| !goal.stated));
        Sheet {
            heading: heading(&source),
            caveat: caveat(study, &trial),
            flattery: study.model.work.is_nothing().then_some(NO_HANDLING_TIMES),
            answer: sentences::answer(&source, &rows, &trial),
            why: sentences::why(&source, &trial),
            pay: sentences::pay(&source, &trial),
            doubt: doubt::sentences(&source, &trial),
            doubt_rows: doubt::rows(&source, &trial),
            doubt_foot: doubt::foot(&source, &trial),
            notes: sentences::notes(&source, &trial),
            foot: foot(study, &trial),
            level: study.settings.level,
            rows,
            trial,
            has_own_goal,
        }
    }

    /// The commitments with a goal that do not hold, as the table judges them.
    ///
    /// One that no lead (or whole month) fell under is not among them, unless none was put to the test at all.
    pub fn failed(&self) -> Vec<&Row> {
        let own = || self.rows.iter().filter(|row| row.goal.is_some());
        if own().all(|row| row.verdict.is_none()) {
            return own().collect();
        }
        own().filter(|row| row.verdict.is_some_and(|verdict| verdict != Verdict::Holds)).collect()
    }
}

/// "template: 6 reps, one owner by round robin, 150 MQLs a month · Feb–Apr 2026"
fn heading(source: &Source<'_>) -> String {
    let model = &source.study.model;
    let monthly = thousands(volume::monthly(model).round() as u64);
    format!(
        "{}: {}, {}, {monthly}{JOINT}MQLs a month · {}",
        source.name,
        names::team(model),
        names::routing(model),
        dates(&model.horizon)
    )
}

/// Says in the first line that the answer rests on less than was asked for.
fn caveat(study: &Study, trial: &TrialWord) -> Option<String> {
    let done = study.trials();
    match (study.ending, study.settings.trials) {
        (Ending::Stopped, Trials::Fixed(asked)) => {
            Some(format!("first {} of {} {}; stopped", thousands(done), thousands(asked), trial.many))
        }
        (Ending::Stopped, Trials::Precision { .. }) => Some(format!("first {}; stopped", trial.count(done))),
        (Ending::Capped { reached }, Trials::Precision { half_width, .. }) => {
            let reached = reached.map_or("no interval".into(), |r| format!("±{:.2} points", r * 100.0));
            let wanted = half_width * 100.0;
            let played = trial.count(done);
            Some(format!("only {reached} after {played}, wanted ±{wanted} points; --at-most allows more"))
        }
        _ => None,
    }
}

fn foot(study: &Study, trial: &TrialWord) -> String {
    let done = trial.count(study.trials());
    let reached = if study.ending == Ending::Precise { " (wanted precision reached)" } else { "" };
    let units = study.units();
    let blocks = match units.are_blocks() {
        true => format!(
            " in {} blocks of {} that share out busy and quiet days",
            thousands(units.among(study.trials())),
            units.size()
        ),
        false => String::new(),
    };
    format!("{done}{blocks}{reached}, seed {}", study.settings.seed)
}
