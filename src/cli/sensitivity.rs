//! `leadsim sensitivity`: which assumption decides whether promises hold, and what moves opportunities.

use super::args::{Format, SensitivityOf};
use super::failure::{Failure, INTERRUPTED};
use super::progress::Bar;
use super::work::Work;
use super::{clauses, opening, run, say};
use crate::plan::assumptions::{Input, Side};
use crate::plan::sensitivity::{self, Lever, TRIALS_OF_THE_OTHER_CURVE, Wanted};
use crate::report::{
    TornadoPage, TrialWord, json, plain, plot, text, tornado_document, tornado_page, tornado_table,
};
use crate::scenario::{Scenario, Set};
use crate::study::{Settings, Trials};
use std::process::ExitCode;
use std::time::Instant;

/// How `--vary` is written.
const VARY_IS_WRITTEN: &str = "write --vary PATH=LOW..HIGH, for example --vary team.reps.count=5..7";

/// Runs the command.
pub(super) fn sensitivity(arguments: &SensitivityOf) -> Result<ExitCode, Failure> {
    #[expect(clippy::disallowed_methods, reason = "says how long it took")]
    let begun = Instant::now();
    opening::threads(&arguments.play)?;
    let scenario = opening::scenario(&arguments.scenario, arguments.play.quiet)?;
    let wanted = Wanted {
        commitments: clauses::chosen(&scenario, &arguments.clause)?,
        probability: arguments.probability,
    };
    let (given, paths) = given(&scenario, &arguments.vary)?;
    let inputs = sensitivity::inputs(&scenario, given, &paths, !arguments.only);
    let levers = levers(&scenario)?;
    let settings = Settings {
        seed: arguments.play.seed.or(scenario.study.seed).unwrap_or(1),
        trials: Trials::Fixed(arguments.trials),
        level: arguments.play.level,
        ..Settings::default()
    };
    let many = (1 + levers.len() + 2 * inputs.len()) as u64;
    let each = arguments.trials + arguments.trials.min(TRIALS_OF_THE_OTHER_CURVE);
    let work = Work::of_points(&scenario, each, many);
    work.refuse_too_large("--trials")?;
    work.announce();
    let asked = asked(arguments, &scenario, &wanted);
    let mut manifest = opening::manifest(&scenario, "sensitivity", settings.seed, asked);
    let folder = opening::folder(&arguments.output, &manifest, "sensitivity-")?;
    let word = TrialWord::of(&scenario.model.horizon);
    let bar = Bar::new(&plain(&word.many), arguments.play.quiet);
    let found = sensitivity::sensitivity(&scenario, &inputs, levers, wanted, &settings, &bar)?;
    drop(bar);
    let found = found.filter(|found| !found.bars.is_empty()).ok_or(Failure::Interrupted)?;
    let page = TornadoPage { name: &scenario.name, model: &scenario.model, found: &found };
    let (words, picture) = tornado_page(&page);
    let document = json::text(&tornado_document(&page));
    manifest.trials = found.played;
    manifest.stopped = found.stopped;
    let mut more = vec![format!("{:.1} s", begun.elapsed().as_secs_f64())];
    if let Some(mut folder) = folder {
        if found.stopped {
            folder.stopped(arguments.output.force)?;
        }
        folder.write("summary.txt", words.as_bytes())?;
        folder.write("tornado.csv", &tornado_table(&page))?;
        folder.write("sensitivity.json", document.as_bytes())?;
        folder.write("tornado.png", &plot::png(&picture)?)?;
        folder.write("tornado.svg", plot::svg(&picture)?.as_bytes())?;
        more.push(run::shown(&folder.finish(manifest)?));
    }
    match arguments.format {
        Format::Json => say(&document)?,
        Format::Text if arguments.play.quiet => say(&words)?,
        Format::Text => say(&format!("{words}{}", text::faint_line(&more.join(" · "))))?,
    }
    Ok(if found.stopped { ExitCode::from(INTERRUPTED) } else { ExitCode::SUCCESS })
}

/// Inputs from `--vary`, and their paths.
fn given(scenario: &Scenario, vary: &[String]) -> Result<(Vec<Input>, Vec<String>), Failure> {
    let (mut inputs, mut paths) = (Vec::new(), Vec::new());
    for text in vary {
        let set = Set::parse(text)
            .map_err(|error| Failure::Argument(format!("--vary {error}\n  {VARY_IS_WRITTEN}")))?;
        let path = set.path();
        let ends = set.value().split_once("..").filter(|(low, high)| !low.is_empty() && !high.is_empty());
        let Some((low, high)) = ends else {
            return Err(Failure::Argument(format!("--vary {text} has no two ends\n  {VARY_IS_WRITTEN}")));
        };
        let today = opening::today(scenario, &path).unwrap_or_default();
        let side = |value: &str| side(scenario, &path, value.trim());
        inputs.push(Input {
            name: if today.is_empty() { path.clone() } else { format!("{path} (now {today})") },
            low: side(low)?,
            high: side(high)?,
            source: "--vary".into(),
            money_only: false,
        });
        paths.push(path);
    }
    Ok((inputs, paths))
}

/// The scenario with one value at a path; today's team stays the one under which rates were seen, its buyers follow the value.
fn side(scenario: &Scenario, path: &str, value: &str) -> Result<Side, Failure> {
    let set = Set::new(path, value)?;
    let changed = scenario.with(&[set]).map_err(|problems| Failure::Point {
        problems: Box::new(problems.call_options(scenario.sets().len(), "--vary")),
        at: format!("the end {path} = {value} of --vary; {VARY_IS_WRITTEN}"),
    })?;
    Ok(Side { words: value.to_owned(), model: changed.model, base: Some(changed.base) })
}

fn levers(scenario: &Scenario) -> Result<Vec<Lever>, Failure> {
    let of = |lever: &crate::scenario::Lever| {
        let changed = scenario.with(&lever.sets)?;
        let name = if lever.title.is_empty() { lever.name.replace('_', " ") } else { lever.title.clone() };
        Ok(Lever { name, model: changed.model })
    };
    scenario.levers.iter().map(of).collect()
}

fn asked(arguments: &SensitivityOf, scenario: &Scenario, wanted: &Wanted) -> Vec<String> {
    let ids: Vec<&str> =
        wanted.commitments.iter().map(|&i| scenario.model.agreement.commitments[i].id.as_str()).collect();
    let mut asked = vec![
        format!("clauses {}, probability {}", ids.join(", "), wanted.probability),
        format!("trials {}, level {}", arguments.trials, arguments.play.level),
    ];
    asked.extend(arguments.vary.iter().map(|vary| format!("vary {vary}")));
    asked.extend(arguments.only.then(|| "only these".to_owned()));
    asked
}
