//! `leadsim size`: the smallest team for which promises hold with a wanted probability.

use super::args::SizeOf;
use super::failure::Failure;
use super::leaving::{Files, leave};
use super::progress::Bar;
use super::size_cover::size_cover;
use super::values;
use super::work::Work;
use super::{Printed, clauses, draws, opening};
use crate::plan::first_guess::{self, Began};
use crate::plan::size::{self, Candidate, Wanted};
use crate::report::TrialWord;
use crate::report::{SizePage, decision, json, plain, size_document, size_page, size_table};
use crate::scenario::{Scenario, Set};
use std::process::ExitCode;
use std::time::Instant;

/// Sizes below and above today's that are tried where none are given.
const REACH: u64 = 3;
/// At least so many sizes are tried.
const FEWEST: u64 = 12;

/// Runs the command.
pub(super) fn size(arguments: &SizeOf) -> Result<ExitCode, Failure> {
    #[expect(clippy::disallowed_methods, reason = "says how long it took")]
    let begun = Instant::now();
    opening::threads(&arguments.play)?;
    let scenario = opening::scenario(&arguments.scenario, arguments.play.quiet)?;
    let wanted = Wanted {
        commitments: clauses::chosen(&scenario, &arguments.clause)?,
        probability: arguments.probability,
        margin: arguments.margin,
        error: arguments.error,
        at_most: arguments.at_most,
        confirm: arguments.confirm,
        seed: arguments.play.seed.or(scenario.study.seed).unwrap_or(1),
        level: arguments.play.level,
    };
    if arguments.cover {
        return size_cover(arguments, &scenario, &wanted, begun);
    }
    let over = match &arguments.over {
        Some(over) => values::over(over).map_err(Failure::Argument)?,
        None => usual(&scenario)?,
    };
    let candidates = candidates(&scenario, &over, &wanted)?;
    clauses::must_be_judged(&scenario, &wanted.commitments, wanted.seed)?;
    clauses::must_not_hold_by_itself(&scenario, &wanted.commitments, wanted.probability, wanted.seed)?;
    let today = opening::today(&scenario, &over.path).map(|value| value.trim_matches('"').to_owned());
    let began = began(&candidates, &over, &wanted, today.as_deref());
    let mut manifest =
        opening::manifest(&scenario, "size", wanted.seed, asked(&wanted, arguments.in_all, &over, &scenario));
    let folder = opening::folder(&arguments.output, &manifest, "size-")?;
    let word = TrialWord::of(&scenario.model.horizon);
    let bar = Bar::new(&plain(&word.many), arguments.play.quiet);
    let found = size::size(
        &candidates,
        &scenario.base,
        &wanted,
        arguments.in_all,
        began.place,
        place(&candidates, today.as_deref()),
        &bar,
    )?;
    drop(bar);
    if found.tried.is_empty() {
        return Err(Failure::Interrupted);
    }
    let page = SizePage {
        name: &scenario.name,
        model: &scenario.model,
        over: &over.path,
        today,
        wanted: &wanted,
        began,
        began_at: &candidates[began.place].value,
        size: &found,
    };
    let (words, picture) = size_page(&page);
    let words = draws::as_written(words, [&scenario], arguments.format);
    let document = json::text(&size_document(&page));
    manifest.trials = found.trials;
    manifest.stopped = found.stopped;
    let mut more = vec![format!("{:.1} s", begun.elapsed().as_secs_f64())];
    if let Some(folder) = folder {
        let files = Files {
            words: &words,
            tables: vec![("sizes.csv", size_table(&page)), ("size.json", document.clone().into())],
            pictures: vec![("size", picture)],
        };
        let report = |pictures: &[_], manifest: &_| decision::size_page(&scenario, &page, pictures, manifest);
        more.push(leave(folder, manifest, arguments.output.force, files, report)?);
    }
    Printed { words: &words, document: &document, foot: &more, stopped: found.stopped }
        .say(arguments.format, arguments.play.quiet)
}

/// Without `--over`: the only group of reps, from one person to three times today's.
fn usual(scenario: &Scenario) -> Result<values::Over, Failure> {
    let model = &scenario.model;
    let names: Vec<&str> = model.groups.iter().map(|group| group.name.as_str()).collect();
    let [only] = names.as_slice() else {
        let ways: Vec<String> = names.iter().map(|name| format!("--over team.{name}.count=1..12")).collect();
        return Err(Failure::Argument(format!(
            "this team has {} groups of reps; say which may grow\n  write {}",
            names.len(),
            ways.join(", or ")
        )));
    };
    if model.groups[0].cover.is_some() {
        return Err(Failure::Argument(format!(
            "team.{only} has cover by the hour, so it has no size of its own\n  ask for the least cover: --cover; or write the covers to try, from the smallest on: --over 'team.{only}.cover={{ … }}, {{ … }}'"
        )));
    }
    let today = model.reps.len() as u64;
    let last = (REACH * today).max(FEWEST);
    Ok(values::Over {
        path: format!("team.{only}.count"),
        values: (1..=last).map(|count| count.to_string()).collect(),
        is_fine: false,
    })
}

/// Every size, read before the first is played, so that a wrong one costs no time.
fn candidates(scenario: &Scenario, over: &values::Over, wanted: &Wanted) -> Result<Vec<Candidate>, Failure> {
    let mut candidates = Vec::new();
    for value in &over.values {
        let set = Set::new(&over.path, value)?;
        let point = scenario.with(&[set]).map_err(|problems| Failure::Point {
            problems: Box::new(problems.call_options(scenario.sets().len(), "--over")),
            at: format!("the size {} = {value} of --over; {}", over.path, values::OVER_IS_WRITTEN),
        })?;
        if candidates.is_empty() {
            Work::of(&point, wanted.at_most.saturating_add(wanted.confirm), 0)
                .refuse_too_large("--at-most")?;
        }
        candidates.push((
            paid_hours(&point),
            Candidate { value: value.trim_matches('"').to_owned(), model: point.model },
        ));
    }
    let ascending = candidates.windows(2).all(|pair| pair[0].0 <= pair[1].0);
    if !ascending {
        super::remark("note: the sizes are tried from the fewest paid hours on, not in the order written");
        candidates.sort_by(|a, b| a.0.total_cmp(&b.0));
    }
    Ok(candidates.into_iter().map(|(_, candidate)| candidate).collect())
}

/// Where the search begins: at a guess where the lever is a headcount, else at today's size.
fn began(candidates: &[Candidate], over: &values::Over, wanted: &Wanted, today: Option<&str>) -> Began {
    let guess = over.path.ends_with(".count").then(|| first_guess::guess(candidates, wanted)).flatten();
    guess.unwrap_or_else(|| Began::without_a_guess(place(candidates, today), candidates.len()))
}

/// Where today's size stands among the candidates.
fn place(candidates: &[Candidate], today: Option<&str>) -> Option<usize> {
    candidates.iter().position(|candidate| Some(candidate.value.as_str()) == today)
}

/// Hours of shifts in the whole run, or of cover: what orders the sizes.
fn paid_hours(scenario: &Scenario) -> f64 {
    scenario.model.shift_hours()
}

fn asked(wanted: &Wanted, in_all: u64, over: &values::Over, scenario: &Scenario) -> Vec<String> {
    let ids: Vec<&str> =
        wanted.commitments.iter().map(|&i| scenario.model.agreement.commitments[i].id.as_str()).collect();
    vec![
        format!("over {} = {}", over.path, over.values.join(", ")),
        format!("clauses {}", ids.join(", ")),
        format!("probability {}, margin {}, error {}", wanted.probability, wanted.margin, wanted.error),
        format!("at most {} of {in_all}, confirm {}, level {}", wanted.at_most, wanted.confirm, wanted.level),
    ]
}
