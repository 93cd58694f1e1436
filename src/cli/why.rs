//! `leadsim why`: which constraint binds, each taken away alone and its fair share of the whole, on the same leads.

use super::args::WhyOf;
use super::failure::Failure;
use super::leaving::{Files, leave};
use super::progress::Bar;
use super::work::Work;
use super::{Printed, clauses, draws, opening, remark};
use crate::plan::constraints::Constraint;
use crate::plan::why::{self, Asked};
use crate::report::{
    TrialWord, WhyPage, decision, json, plain, waterfall, why_document, why_page, why_table,
};
use crate::scenario::Scenario;
use crate::stats::FEWEST_TRIALS_FOR_AN_INTERVAL;
use std::process::ExitCode;
use std::time::Instant;

/// Runs the command.
pub(super) fn why(arguments: &WhyOf) -> Result<ExitCode, Failure> {
    #[expect(clippy::disallowed_methods, reason = "says how long it took")]
    let begun = Instant::now();
    opening::threads(&arguments.play)?;
    let scenario = opening::scenario(&arguments.scenario, arguments.play.quiet)?;
    let asked = Asked {
        promise: promise(&scenario, &arguments.clause)?,
        trials: arguments.trials,
        seed: arguments.play.seed.or(scenario.study.seed).unwrap_or(1),
        level: arguments.play.level,
    };
    announce_work(&scenario, &asked)?;
    let mut manifest = opening::manifest(&scenario, "why", asked.seed, told(&asked));
    let folder = opening::folder(&arguments.output, &manifest, "why-")?;
    let word = TrialWord::of(&scenario.model.horizon);
    let bar = Bar::new(&plain(&word.many), arguments.play.quiet);
    let answer = why::why(&scenario, &asked, &bar)?;
    drop(bar);
    let Some(answer) = answer else { return Err(Failure::Interrupted) };
    let page = WhyPage { name: &scenario.name, model: &scenario.model, asked: &asked, why: &answer };
    let words = why_page(&page);
    let words = draws::as_written(words, [&scenario], arguments.format);
    let document = json::text(&why_document(&page));
    manifest.trials = answer.played;
    manifest.stopped = answer.stopped;
    let mut more = vec![format!("{:.1} s", begun.elapsed().as_secs_f64())];
    if let Some(folder) = folder {
        let files = Files {
            words: &words,
            tables: vec![("constraints.csv", why_table(&page)), ("why.json", document.clone().into())],
            pictures: vec![("waterfall", waterfall(&page))],
        };
        let report = |pictures: &[_], manifest: &_| decision::why_page(&scenario, &page, pictures, manifest);
        more.push(leave(folder, manifest, arguments.output.force, files, report)?);
    }
    Printed { words: &words, document: &document, foot: &more, stopped: answer.stopped }
        .say(arguments.format, arguments.play.quiet)
}

/// The one promise asked about; none where the agreement has none and none is named.
fn promise(scenario: &Scenario, clause: &[String]) -> Result<Option<usize>, Failure> {
    if clause.is_empty() {
        return Ok(scenario.model.agreement.headline());
    }
    match clauses::chosen_of(scenario, clause, clauses::Choice::One)?.as_slice() {
        [only] => Ok(Some(*only)),
        several => Err(Failure::Argument(format!(
            "--clause names {} promises, and what binds one need not bind another\n  ask about one at a time, --clause followed by one of {}",
            several.len(),
            clauses::ids(scenario).join(", ")
        ))),
    }
}

/// Refuses what would take hours, and announces minutes, as if all constraints were there.
fn announce_work(scenario: &Scenario, asked: &Asked) -> Result<(), Failure> {
    let each = why::plays(Constraint::ALL.len(), 1);
    let work = Work::of(scenario, why::plays(Constraint::ALL.len(), asked.trials), 0);
    work.refuse_too_large("--trials").map_err(|failure| match (failure, work.fitting()) {
        (Failure::TooLarge(text), Some(fitting)) if fitting >= each => {
            let first = text.lines().next().unwrap_or("").to_owned();
            Failure::TooLarge(format!(
                "{first}\n  each trial is played about {each} times, with this and that taken away: --trials {} fits, as does a shorter horizon",
                fitting / each
            ))
        }
        (failure, _) => failure,
    })?;
    work.announce();
    if asked.trials < FEWEST_TRIALS_FOR_AN_INTERVAL {
        remark(&format!(
            "note: {} trials are too few for intervals; from {FEWEST_TRIALS_FOR_AN_INTERVAL} on they are shown",
            asked.trials
        ));
    }
    Ok(())
}

fn told(asked: &Asked) -> Vec<String> {
    vec![format!("promise {:?}, trials {}, level {}", asked.promise, asked.trials, asked.level)]
}
