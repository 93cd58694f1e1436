//! `leadsim compare`: the same leads through several scenarios, or through one scenario and changes to it, and what really differs.

use super::args::{Compare, ScenarioFile};
use super::failure::Failure;
use super::leaving::{Files, leave};
use super::progress::Bar;
use super::work::Work;
use super::{Printed, draws, opening, remark, values};
use crate::plan::alternatives::Alternative;
use crate::plan::compare::{self, Comparison};
use crate::plan::compare_curves::{self, OtherCurve};
use crate::plan::inputs::inputs;
use crate::plan::pairing::pairing;
use crate::report::{
    ComparisonPage, TrialWord, comparison_document, comparison_page, decision, differences_table, forest,
    inputs_table, json, plain,
};
use crate::scenario::{Scenario, Set};
use crate::study::{Settings, Trials};
use std::process::ExitCode;
use std::time::Instant;

/// Trials of each where neither the command line nor a scenario says how many.
const USUAL_TRIALS: u64 = 1_000;

/// One of the scenarios compared.
struct Contender {
    name: String,
    scenario: Scenario,
}

/// Runs the command.
pub(super) fn compare(arguments: &Compare) -> Result<ExitCode, Failure> {
    #[expect(clippy::disallowed_methods, reason = "says how long it took")]
    let begun = Instant::now();
    opening::threads(&arguments.play)?;
    let contenders = contenders(arguments)?;
    let notes = paired(&contenders)?;
    let settings = settings(arguments, &contenders)?;
    announce_work(&contenders, &settings)?;
    let base = &contenders[0];
    let mut manifest =
        opening::manifest(&base.scenario, "compare", settings.seed, asked(&contenders, &settings));
    let folder = opening::folder(&arguments.output, &manifest, "compare-")?;

    let planned = contenders.len() - 1;
    let word = TrialWord::of(&base.scenario.model.horizon);
    let label = format!("{} of {} scenarios", plain(&word.many), contenders.len());
    let bar = Bar::new(&label, arguments.play.quiet);
    let comparison = compare::compare(alternatives(&contenders), &settings, &bar)?;
    drop(bar);
    let Some(comparison) = comparison else { return Err(Failure::Interrupted) };
    let other = other_curve(&contenders, &comparison, &settings, arguments.play.quiet)?;
    let page = page((&comparison, other.as_ref()), &contenders, notes, &settings, planned);
    let scenarios = contenders.iter().map(|contender| &contender.scenario);
    let words = draws::as_written(comparison_page(&page), scenarios, arguments.format);
    manifest.trials = comparison.trials * (comparison.others.len() as u64 + 1);
    manifest.stopped = comparison.stopped;
    let document = json::text(&comparison_document(&page));
    let mut more = vec![format!("{:.1} s", begun.elapsed().as_secs_f64())];
    if let Some(folder) = folder {
        let files = Files {
            words: &words,
            tables: vec![
                ("comparison.json", document.clone().into()),
                ("differences.csv", differences_table(&page)),
                ("inputs.csv", inputs_table(&page)),
            ],
            pictures: vec![("forest", forest(&page))],
        };
        let report = |pictures: &[_], manifest: &_| {
            decision::comparison_page(&base.scenario, &page, pictures, manifest)
        };
        more.push(leave(folder, manifest, arguments.output.force, files, report)?);
    }
    Printed { words: &words, document: &document, foot: &more, stopped: comparison.stopped }
        .say(arguments.format, arguments.play.quiet)
}

/// The files in their order, then the lines and levers of the first.
fn contenders(arguments: &Compare) -> Result<Vec<Contender>, Failure> {
    let mut contenders: Vec<Contender> = Vec::new();
    for file in &arguments.files {
        let file = ScenarioFile { file: file.clone(), set: arguments.set.clone() };
        let scenario = opening::scenario(&file, arguments.play.quiet)?;
        let stem = scenario.name.clone();
        // two files of one name are told apart by their folders
        let is_taken = contenders.iter().any(|other| other.name == stem);
        let name = if is_taken { file.file.display().to_string() } else { stem };
        contenders.push(Contender { name, scenario });
    }
    let lines: Result<Vec<values::Line>, String> =
        arguments.line.iter().map(|line| values::line(line)).collect();
    let mut lines = lines.map_err(Failure::Argument)?;
    let today = &contenders[0].scenario;
    if arguments.levers {
        lines.extend(today.levers.iter().map(|lever| values::Line {
            label: if lever.title.is_empty() { lever.name.replace('_', " ") } else { lever.title.clone() },
            sets: lever.sets.clone(),
        }));
    }
    let variants: Result<Vec<Contender>, Failure> =
        lines.into_iter().map(|line| variant(today, line)).collect();
    contenders.extend(variants?);
    refuse_few(arguments, &contenders)?;
    Ok(contenders)
}

fn variant(today: &Scenario, line: values::Line) -> Result<Contender, Failure> {
    let first = today.sets().len();
    let scenario = today.with(&line.sets).map_err(|problems| Failure::Point {
        problems: Box::new(problems.call_options(first, "--line")),
        at: format!("the alternative \"{}\"; write --line \"label: path=value, path=value\"", line.label),
    })?;
    Ok(Contender { name: line.label, scenario })
}

fn refuse_few(arguments: &Compare, contenders: &[Contender]) -> Result<(), Failure> {
    if contenders.len() < 2 {
        let why = if arguments.levers { ", and it has no levers" } else { "" };
        return Err(Failure::Argument(format!(
            "there is nothing to compare {} with{why}\n  name a second scenario file, or write --line \"more reps: team.reps.count=8\"",
            contenders[0].name
        )));
    }
    for (place, contender) in contenders.iter().enumerate() {
        if contenders[..place].iter().any(|other| other.name == contender.name) {
            return Err(Failure::Argument(format!(
                "two scenarios are called \"{}\" and could not be told apart\n  name every file once, and give every --line a label of its own",
                contender.name
            )));
        }
    }
    Ok(())
}

/// Notes on how well each can be paired with the first.
///
/// # Errors
///
/// All that makes pairing impossible.
fn paired(contenders: &[Contender]) -> Result<Vec<String>, Failure> {
    let base = &contenders[0];
    let mut notes = Vec::new();
    for other in &contenders[1..] {
        let pairing = pairing((&base.name, &other.name), &base.scenario.model, &other.scenario.model);
        if let Some(first) = pairing.refused.first() {
            return Err(Failure::Argument(format!(
                "{} and {} cannot be compared lead by lead: {first}",
                base.name, other.name
            )));
        }
        for note in pairing.notes {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    Ok(notes)
}

/// Seed, trials and level for all; what the files do not agree on must be said on the command line.
fn settings(arguments: &Compare, contenders: &[Contender]) -> Result<Settings, Failure> {
    let wish = |option: &str, of: fn(&Scenario) -> Option<u64>| -> Result<Option<u64>, Failure> {
        let wishes: Vec<(&str, u64)> = contenders
            .iter()
            .filter_map(|contender| Some((contender.name.as_str(), of(&contender.scenario)?)))
            .collect();
        match wishes.iter().find(|(_, value)| *value != wishes[0].1) {
            Some((name, value)) => Err(Failure::Argument(format!(
                "{} asks for study.{option} = {}, {name} for {value}: leads are the same only with the same {option}\n  write --{option} {}, which then holds for all",
                wishes[0].0, wishes[0].1, wishes[0].1
            ))),
            None => Ok(wishes.first().map(|(_, value)| *value)),
        }
    };
    let seed = match arguments.play.seed {
        Some(seed) => seed,
        None => wish("seed", |scenario| scenario.study.seed)?.unwrap_or(1),
    };
    let trials = match arguments.trials {
        Some(trials) => trials,
        None => wish("trials", |scenario| scenario.study.trials)?.unwrap_or(USUAL_TRIALS),
    };
    Ok(Settings { seed, trials: Trials::Fixed(trials), level: arguments.play.level, ..Settings::default() })
}

/// Refuses what would take hours, judged by the largest of them; announces minutes.
fn announce_work(contenders: &[Contender], settings: &Settings) -> Result<(), Failure> {
    let many = contenders.len() as u64;
    let mut largest: Option<Work> = None;
    for contender in contenders {
        let work = Work::of_points(&contender.scenario, settings.trials.at_most(), many);
        work.refuse_too_large("--trials").map_err(|failure| match failure {
            Failure::TooLarge(text) => {
                let first = text.lines().next().unwrap_or("").to_owned();
                Failure::TooLarge(format!(
                    "{first}\n  {many} scenarios are compared: fewer of them, or fewer --trials of each, fit"
                ))
            }
            other => other,
        })?;
        largest = largest.filter(|other| !work.is_more_than(other)).or(Some(work));
    }
    if let Some(work) = largest {
        work.announce();
    }
    if settings.trials.at_most() < crate::stats::FEWEST_TRIALS_FOR_AN_INTERVAL {
        remark(&format!(
            "note: {} trials are too few for intervals of differences; from {} on they are shown",
            settings.trials.at_most(),
            crate::stats::FEWEST_TRIALS_FOR_AN_INTERVAL
        ));
    }
    Ok(())
}

fn asked(contenders: &[Contender], settings: &Settings) -> Vec<String> {
    let mut asked =
        vec![format!("trials {}", settings.trials.at_most()), format!("level {}", settings.level)];
    asked.extend(contenders[1..].iter().map(|contender| {
        let sets: Vec<&str> = contender.scenario.sets().iter().map(Set::text).collect();
        format!("against {}: {} {}", contender.name, contender.scenario.hash_text(), sets.join(", "))
    }));
    asked
}

fn alternatives(contenders: &[Contender]) -> Vec<Alternative> {
    let of = |contender: &Contender| Alternative {
        name: contender.name.clone(),
        model: contender.scenario.model.clone(),
        base: contender.scenario.base.clone(),
    };
    contenders.iter().map(of).collect()
}

/// The money of a whole comparison under a second decay curve.
fn other_curve(
    contenders: &[Contender],
    comparison: &Comparison,
    settings: &Settings,
    quiet: bool,
) -> Result<Option<OtherCurve>, Failure> {
    if comparison.stopped {
        return Ok(None);
    }
    let word = TrialWord::of(&contenders[0].scenario.model.horizon);
    let bar = Bar::new(&format!("{} under another decay curve", plain(&word.many)), quiet);
    let scenarios: Vec<&Scenario> = contenders.iter().map(|contender| &contender.scenario).collect();
    Ok(compare_curves::other(&scenarios, comparison, settings, &bar)?)
}

fn page<'a>(
    (comparison, other): (&'a Comparison, Option<&'a OtherCurve>),
    contenders: &'a [Contender],
    notes: Vec<String>,
    settings: &Settings,
    planned: usize,
) -> ComparisonPage<'a> {
    let base = &contenders[0].scenario;
    ComparisonPage {
        comparison,
        other,
        models: contenders.iter().map(|contender| &contender.scenario.model).collect(),
        inputs: contenders[1..].iter().map(|contender| inputs(base, &contender.scenario)).collect(),
        notes,
        seed: settings.seed,
        planned,
    }
}
