//! `leadsim fix`: the cheapest set of levers with which promises hold with a wanted probability.

use super::args::FixOf;
use super::failure::Failure;
use super::leaving::{Files, leave};
use super::progress::Bar;
use super::work::Work;
use super::{Printed, clauses, draws, opening};
use crate::plan::fix::{self, Wanted};
use crate::plan::price_list::{self, MOST_SETS, PriceList, PriceListError};
use crate::plan::regret;
use crate::report::{FixPage, TrialWord, decision, fix_document, fix_page, fix_table, frontier, json, plain};
use crate::scenario::{Lever, Scenario};
use std::process::ExitCode;
use std::time::Instant;

/// Runs the command.
pub(super) fn fix(arguments: &FixOf) -> Result<ExitCode, Failure> {
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
    refuse_margin(&wanted)?;
    let list = price_list(arguments, &scenario)?;
    // what one set may take; the whole search stops far earlier, and Ctrl-C answers with what is known
    Work::of(&scenario, wanted.at_most.saturating_add(wanted.confirm), 0).refuse_too_large("--at-most")?;
    clauses::must_be_judged(&scenario, &wanted.commitments, wanted.seed)?;
    clauses::must_not_hold_by_itself(&scenario, &wanted.commitments, wanted.probability, wanted.seed)?;
    let mut manifest =
        opening::manifest(&scenario, "fix", wanted.seed, asked(&wanted, arguments.in_all, &list, &scenario));
    let folder = opening::folder(&arguments.output, &manifest, "fix-")?;
    let word = TrialWord::of(&scenario.model.horizon);
    let bar = Bar::new(&plain(&word.many), arguments.play.quiet);
    let fixed = fix::fix(&list, &scenario.base, &wanted, arguments.in_all, &bar)?;
    if fixed.tried.is_empty() {
        return Err(Failure::Interrupted);
    }
    let regret = match fixed.stopped {
        true => None,
        false => regret::regret(&scenario, &list, &fixed, &wanted, &bar)?,
    };
    drop(bar);
    let stopped = fixed.stopped || regret.as_ref().is_some_and(|regret| regret.stopped);
    let page = FixPage {
        name: &scenario.name,
        model: &scenario.model,
        list: &list,
        wanted: &wanted,
        fixed: &fixed,
        regret: regret.as_ref(),
    };
    let words = draws::as_written(fix_page(&page), [&scenario], arguments.format);
    let document = json::text(&fix_document(&page));
    manifest.trials = fixed.trials + regret.as_ref().map_or(0, |regret| regret.played);
    manifest.stopped = stopped;
    let mut more = vec![format!("{:.1} s", begun.elapsed().as_secs_f64())];
    if let Some(folder) = folder {
        let files = Files {
            words: &words,
            tables: vec![("sets.csv", fix_table(&page)), ("fix.json", document.clone().into())],
            pictures: vec![("fix", frontier(&page))],
        };
        let report = |pictures: &[_], manifest: &_| decision::fix_page(&scenario, &page, pictures, manifest);
        more.push(leave(folder, manifest, arguments.output.force, files, report)?);
    }
    Printed { words: &words, document: &document, foot: &more, stopped }
        .say(arguments.format, arguments.play.quiet)
}

fn refuse_margin(wanted: &Wanted) -> Result<(), Failure> {
    let (low, high) = (wanted.probability - wanted.margin, wanted.probability + wanted.margin);
    if low > 0.0 && high < 1.0 {
        return Ok(());
    }
    Err(Failure::Argument(format!(
        "--margin {}pp reaches from a probability of {} to 0 or 1\n  write a smaller --margin",
        wanted.margin * 100.0,
        wanted.probability
    )))
}

/// The levers asked for, or all of the file.
fn levers(arguments: &FixOf, scenario: &Scenario) -> Result<Vec<Lever>, Failure> {
    let known: Vec<&str> = scenario.levers.iter().map(|lever| lever.name.as_str()).collect();
    if known.is_empty() {
        return Err(Failure::Argument(
            "this scenario has no levers, so there is nothing to choose from\n  write some: [levers.back_up] title, set = \"routing.tiers.1.back_up.after=5min\", cost = \"$900 per quarter\""
                .into(),
        ));
    }
    let asked: Vec<&str> = arguments.levers.iter().map(|name| name.trim()).collect();
    if let Some(unknown) = asked.iter().find(|name| !known.contains(name)) {
        return Err(Failure::Argument(format!(
            "--levers {unknown}: the scenario has no such lever\n  it has {}",
            known.join(", ")
        )));
    }
    let wanted = |lever: &&Lever| asked.is_empty() || asked.contains(&lever.name.as_str());
    Ok(scenario.levers.iter().filter(wanted).cloned().collect())
}

/// Every set with its price, read before the first is played, so that a wrong one costs no time.
fn price_list(arguments: &FixOf, scenario: &Scenario) -> Result<PriceList, Failure> {
    let levers = levers(arguments, scenario)?;
    let together = arguments.together.map(usize::from);
    let made = price_list::price_list(scenario, levers, together, arguments.at_most_cost);
    let list = made.map_err(|error| match error {
        PriceListError::Lever(name, problems) => Failure::Point {
            problems: Box::new(problems.call_options(scenario.sets().len(), "levers.set")),
            at: format!("the lever `{name}` of the scenario file, pulled alone"),
        },
        PriceListError::Promises(name, why) => {
            Failure::Argument(format!("the lever `{name}`: {why}\n  leave it out with --levers"))
        }
        PriceListError::TooMany { levers, at_most } => {
            let fits = (1..=3).rev().find(|n| at_most[n - 1] <= MOST_SETS);
            let way = fits.map_or("name fewer with --levers".into(), |n| {
                format!("--together {n} tries all sets of at most {n}; or name fewer with --levers")
            });
            Failure::TooLarge(format!(
                "{levers} levers make more than {MOST_SETS} sets: {} of at most one, {} of two, {} of three levers\n  {way}",
                at_most[0], at_most[1], at_most[2]
            ))
        }
    })?;
    if list.sets.is_empty() {
        return Err(Failure::Argument(
            "no set of levers costs that little\n  write a larger --at-most-cost".into(),
        ));
    }
    Ok(list)
}

fn asked(wanted: &Wanted, in_all: u64, list: &PriceList, scenario: &Scenario) -> Vec<String> {
    let ids: Vec<&str> =
        wanted.commitments.iter().map(|&i| scenario.model.agreement.commitments[i].id.as_str()).collect();
    let mut asked = vec![
        format!("clauses {}", ids.join(", ")),
        format!("probability {}, margin {}, error {}", wanted.probability, wanted.margin, wanted.error),
        format!("at most {} of {in_all}, confirm {}, level {}", wanted.at_most, wanted.confirm, wanted.level),
        format!("{} sets, together {:?}, {} too dear", list.sets.len(), list.together, list.too_dear),
    ];
    // levers are no part of the scenario's own hash
    asked.extend(list.levers.iter().map(|lever| {
        let sets: Vec<&str> = lever.sets.iter().map(|set| set.text()).collect();
        format!("lever {}: {} for {:?}", lever.name, sets.join(", "), lever.cost)
    }));
    asked
}
