//! Uncertain inputs: checked before the work begins, drawn after it, and named where a command takes them as written.

use super::args::Format;
use super::failure::Failure;
use super::progress::Bar;
use super::{interrupt, remark};
use crate::plan::doubt::{self, Doubts};
use crate::plan::uncertainty::{self, Drawn};
use crate::report::text::{COLUMNS, wrapped};
use crate::report::{TrialWord, plain};
use crate::scenario::Scenario;
use crate::study::{Settings, Study};

/// Draws the uncertain inputs of a run as often as its trials want at most: what the scenario does not take is refused before any work.
pub(super) fn check(scenario: &Scenario, settings: &Settings) -> Result<Vec<Drawn>, Failure> {
    if scenario.uncertainty.is_empty() {
        return Ok(Vec::new());
    }
    let (draws, _) = doubt::shape(settings.trials.at_most());
    Ok(uncertainty::drawn(scenario, settings.seed, draws)?)
}

/// Plays the draws that a finished run wants; none without uncertain inputs, or where the user stopped it.
pub(super) fn play(
    scenario: &Scenario,
    study: &Study,
    mut drawn: Vec<Drawn>,
    quiet: bool,
) -> Result<Option<Doubts>, Failure> {
    if drawn.is_empty() {
        return Ok(None);
    }
    let (draws, each) = doubt::shape(study.trials());
    drawn.truncate(usize::try_from(draws).unwrap_or(usize::MAX));
    let word = TrialWord::of(&study.model.horizon);
    let bar = Bar::new(&format!("{} with inputs drawn", plain(&word.many)), quiet);
    let doubts = doubt::doubts(scenario, study, drawn, each, &bar)?;
    drop(bar);
    if interrupt::asked() {
        remark(
            "note: stopped while the inputs of [uncertainty] were drawn; the answer takes them as written",
        );
        return Ok(None);
    }
    Ok(doubts)
}

/// A page with a line below that says so where the command takes uncertain inputs as written; where only the document is printed, the line
/// goes to standard error.
pub(super) fn as_written<'s>(
    words: String,
    scenarios: impl IntoIterator<Item = &'s Scenario>,
    format: Format,
) -> String {
    let mut paths: Vec<&str> = Vec::new();
    for one in scenarios.into_iter().flat_map(|scenario| &scenario.uncertainty) {
        if !paths.contains(&one.path.as_str()) {
            paths.push(&one.path);
        }
    }
    if paths.is_empty() {
        return words;
    }
    let more = if paths.len() > 2 { format!(" and {} more", paths.len() - 2) } else { String::new() };
    let line = format!(
        "Inputs of [uncertainty] ({}{more}) are taken as written here; leadsim run and leadsim sensitivity draw them and show the doubt they leave.",
        paths[..paths.len().min(2)].join(", ")
    );
    if format == Format::Json {
        remark(&format!("note: {line}"));
    }
    let below: String = wrapped(&line, COLUMNS).iter().map(|line| format!("{line}\n")).collect();
    format!("{words}{below}")
}
