//! `leadsim size --cover`: the least cover by the hour with which promises hold with a wanted probability.

use super::args::SizeOf;
use super::failure::Failure;
use super::leaving::{Files, leave};
use super::progress::Bar;
use super::work::Work;
use super::{Printed, clauses, draws, opening};
use crate::plan::cover_desk::Desk;
use crate::plan::least_cover::least_cover;
use crate::plan::size::Wanted;
use crate::report::{CoverPage, TrialWord, cover_document, cover_page, cover_tables, decision, json, plain};
use crate::scenario::{self, Scenario};
use std::process::ExitCode;
use std::time::Instant;

/// Parts of a cover that a search takes at most: each is tried with one rep fewer.
const MOST_PARTS: usize = 200;

/// Runs the search on a scenario that has been read.
pub(super) fn size_cover(
    arguments: &SizeOf,
    scenario: &Scenario,
    wanted: &Wanted,
    begun: Instant,
) -> Result<ExitCode, Failure> {
    let group = group(arguments, scenario)?;
    let desk = Desk { scenario, group: &group, parts: parts(arguments, scenario, &group)? };
    Work::of(scenario, wanted.at_most.saturating_add(wanted.confirm), 0).refuse_too_large("--at-most")?;
    clauses::must_be_judged(scenario, &wanted.commitments, wanted.seed)?;
    clauses::must_not_hold_by_itself(scenario, &wanted.commitments, wanted.probability, wanted.seed)?;
    let mut manifest = opening::manifest(scenario, "size", wanted.seed, asked(&desk, wanted));
    let folder = opening::folder(&arguments.output, &manifest, "cover-")?;
    let word = TrialWord::of(&scenario.model.horizon);
    let bar = Bar::new(&plain(&word.many), arguments.play.quiet);
    let found = least_cover(&desk, wanted, &bar)?;
    drop(bar);
    if found.judged.is_empty() {
        return Err(Failure::Interrupted);
    }
    let page = CoverPage { desk: &desk, wanted, found: &found };
    let (words, picture) = cover_page(&page);
    let words = draws::as_written(words, [scenario], arguments.format);
    let document = json::text(&cover_document(&page));
    manifest.trials = found.trials;
    manifest.stopped = found.stopped;
    let mut more = vec![format!("{:.1} s", begun.elapsed().as_secs_f64())];
    if let Some(folder) = folder {
        let mut tables = cover_tables(&page);
        tables.push(("cover.json", document.clone().into()));
        let files = Files { words: &words, tables, pictures: vec![("cover", picture)] };
        let report = |pictures: &[_], manifest: &_| decision::cover_page(&page, pictures, manifest);
        more.push(leave(folder, manifest, arguments.output.force, files, report)?);
    }
    Printed { words: &words, document: &document, foot: &more, stopped: found.stopped }
        .say(arguments.format, arguments.play.quiet)
}

/// The group whose cover is sought: the one named, or the only one with a cover.
fn group(arguments: &SizeOf, scenario: &Scenario) -> Result<String, Failure> {
    let groups = &scenario.model.groups;
    let covered: Vec<&str> =
        groups.iter().filter(|group| group.cover.is_some()).map(|group| group.name.as_str()).collect();
    if covered.is_empty() {
        let name = groups.first().map_or("reps", |group| group.name.as_str());
        return Err(Failure::Argument(format!(
            "--cover: no group of reps has cover by the hour, so each has a shift\n  leave --cover out to ask for the number of reps, or give the group one: --set 'team.{name}.cover={{ \"Mon-Fri 08:00-12:00\" = 3, \"Mon-Fri 12:00-18:00\" = 5 }}' (with policy = \"pool\" in [routing])"
        )));
    }
    match (&arguments.team, covered.as_slice()) {
        (Some(team), known) if known.contains(&team.as_str()) => Ok(team.clone()),
        (Some(team), known) => Err(Failure::Argument(format!(
            "--team {team}: no group of reps with cover by the hour is called so\n  there is {}",
            known.join(", ")
        ))),
        (None, [only]) => Ok((*only).to_owned()),
        (None, several) => Err(Failure::Argument(format!(
            "--cover: {} groups of reps have cover by the hour\n  say whose is sought: --team {}",
            several.len(),
            several.join(" or --team ")
        ))),
    }
}

/// The parts of the cover that may change one by one.
fn parts(arguments: &SizeOf, scenario: &Scenario, group: &str) -> Result<Vec<scenario::CoverHours>, Failure> {
    let written = scenario.cover(group);
    let parts = match arguments.cover_parts {
        Some(minutes) => scenario::cut(&written, minutes),
        None => written,
    };
    if parts.len() > MOST_PARTS {
        return Err(Failure::Argument(format!(
            "--cover-parts: the cover falls into {} parts, and each is tried with one rep fewer; {MOST_PARTS} at most\n  write longer parts: --cover-parts 1h or 2h",
            parts.len()
        )));
    }
    Ok(parts)
}

fn asked(desk: &Desk<'_>, wanted: &Wanted) -> Vec<String> {
    let agreement = &desk.scenario.model.agreement;
    let ids: Vec<&str> = wanted.commitments.iter().map(|&i| agreement.commitments[i].id.as_str()).collect();
    vec![
        format!("least cover of {} from {}", desk.group, scenario::cover_text(&desk.parts)),
        format!("clauses {}", ids.join(", ")),
        format!("probability {}, margin {}, error {}", wanted.probability, wanted.margin, wanted.error),
        format!("at most {}, confirm {}, level {}", wanted.at_most, wanted.confirm, wanted.level),
    ]
}
