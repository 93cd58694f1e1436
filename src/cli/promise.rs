//! `leadsim promise`: the tightest minutes per tier this team can sign.

use super::args::PromiseOf;
use super::failure::Failure;
use super::leaving::{Files, leave};
use super::progress::Bar;
use super::work::Work;
use super::{Printed, clauses, draws, opening};
use crate::plan::promise::{self, Wanted};
use crate::report::{
    PromisePage, TrialWord, decision, json, plain, promise_days_table, promise_document, promise_page,
    promise_table,
};
use std::process::ExitCode;
use std::time::Instant;

/// Runs the command.
pub(super) fn promise(arguments: &PromiseOf) -> Result<ExitCode, Failure> {
    #[expect(clippy::disallowed_methods, reason = "says how long it took")]
    let begun = Instant::now();
    opening::threads(&arguments.play)?;
    let scenario = opening::scenario(&arguments.scenario, arguments.play.quiet)?;
    let able = promise::first_attempts(&scenario.model);
    let commitments = if arguments.clause.is_empty() {
        able.clone()
    } else {
        clauses::chosen(&scenario, &arguments.clause)?
    };
    if let Some(other) = commitments.iter().find(|i| !able.contains(i)).or(able.is_empty().then_some(&0)) {
        let agreement = &scenario.model.agreement.commitments;
        let ids: Vec<&str> = able.iter().map(|i| agreement[*i].id.as_str()).collect();
        let which = agreement.get(*other).map_or("the agreement", |other| other.id.as_str());
        let way_out = match ids.as_slice() {
            [] => "write one: [commitments.S1] from = \"routed\", to = \"attempted\", within = \"15 business min\"".into(),
            ids => format!("leave --clause out, or write --clause {}", ids.join(",")),
        };
        return Err(Failure::Argument(format!(
            "{which} promises no first attempt within a time, so no number of minutes can be asked for\n  {way_out}"
        )));
    }
    let mut certainties = arguments.probability.clone();
    certainties.sort_by(f64::total_cmp);
    certainties.dedup();
    let wanted = Wanted {
        commitments,
        certainties,
        goal: arguments.goal,
        review_after: arguments.review_after,
        trials: arguments.trials,
        seed: arguments.play.seed.or(scenario.study.seed).unwrap_or(1),
        level: arguments.play.level,
    };
    let studies = wanted.studies(promise::depends_on_targets(&scenario.model));
    let work = Work::of(&scenario, wanted.trials.saturating_mul(studies), 0);
    work.refuse_too_large("--trials")?;
    work.announce();
    clauses::must_be_judged(&scenario, &wanted.commitments, wanted.seed)?;
    let mut manifest = opening::manifest(&scenario, "promise", wanted.seed, asked(&wanted));
    let folder = opening::folder(&arguments.output, &manifest, "promise-")?;
    let word = TrialWord::of(&scenario.model.horizon);
    let bar = Bar::new(&plain(&word.many), arguments.play.quiet);
    let promises = promise::promise(&scenario.model, &scenario.base, &wanted, &bar)?;
    drop(bar);
    if promises.answers.is_empty() {
        return Err(Failure::Interrupted);
    }
    let page =
        PromisePage { name: &scenario.name, model: &scenario.model, wanted: &wanted, promises: &promises };
    let (words, picture) = promise_page(&page);
    let words = draws::as_written(words, [&scenario], arguments.format);
    let document = json::text(&promise_document(&page));
    manifest.trials = promises.trials;
    manifest.stopped = promises.stopped;
    let mut more = vec![format!("{:.1} s", begun.elapsed().as_secs_f64())];
    if let Some(folder) = folder {
        let mut tables =
            vec![("promises.csv", promise_table(&page)), ("promise.json", document.clone().into())];
        tables.extend(promise_days_table(&page).map(|table| ("days.csv", table)));
        let files = Files { words: &words, tables, pictures: vec![("promise", picture)] };
        let report =
            |pictures: &[_], manifest: &_| decision::promise_page(&scenario, &page, pictures, manifest);
        more.push(leave(folder, manifest, arguments.output.force, files, report)?);
    }
    Printed { words: &words, document: &document, foot: &more, stopped: promises.stopped }
        .say(arguments.format, arguments.play.quiet)
}

fn asked(wanted: &Wanted) -> Vec<String> {
    vec![
        format!(
            "commitments {:?}, certainties {:?}, goal {:?}",
            wanted.commitments, wanted.certainties, wanted.goal
        ),
        format!(
            "review after {} weeks, trials {}, level {}",
            wanted.review_after, wanted.trials, wanted.level
        ),
    ]
}
