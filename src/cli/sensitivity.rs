//! `leadsim sensitivity`: which assumption decides whether promises hold, and what moves opportunities.

use super::args::SensitivityOf;
use super::failure::Failure;
use super::leaving::{Files, leave};
use super::progress::Bar;
use super::work::Work;
use super::{Printed, clauses, opening};
use crate::plan::assumptions::{Input, Side};
use crate::plan::sensitivity::{self, Lever, TRIALS_OF_THE_OTHER_CURVE, Wanted};
use crate::plan::uncertainty::{self, Spread};
use crate::report::{
    TornadoPage, TrialWord, decision, json, plain, tornado_document, tornado_page, tornado_table,
};
use crate::scenario::{Belief, Scenario, Set};
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
    let (mut given, mut paths) = given(&scenario, &arguments.vary)?;
    if !arguments.only {
        believed(&scenario, &mut given, &mut paths)?;
    }
    let inputs = sensitivity::inputs(&scenario, given, &paths, !arguments.only);
    let levers = levers(&scenario)?;
    let settings = Settings {
        seed: arguments.play.seed.or(scenario.study.seed).unwrap_or(1),
        trials: Trials::Fixed(arguments.trials),
        level: arguments.play.level,
        ..Settings::default()
    };
    let many = (1 + levers.len() + 2 * inputs.len()) as u64;
    let each = arguments.trials.saturating_add(arguments.trials.min(TRIALS_OF_THE_OTHER_CURVE));
    let work = Work::of_points(&scenario, each, many);
    work.refuse_too_large("--trials")?;
    work.announce();
    clauses::must_be_judged(&scenario, &wanted.commitments, settings.seed)?;
    let asked = asked(arguments, &scenario, &wanted);
    let mut manifest = opening::manifest(&scenario, "sensitivity", settings.seed, asked);
    let folder = opening::folder(&arguments.output, &manifest, "sensitivity-")?;
    let word = TrialWord::of(&scenario.model.horizon);
    let bar = Bar::new(&plain(&word.many), arguments.play.quiet);
    let found = sensitivity::sensitivity(&scenario, &inputs, levers, wanted, &settings, &bar)?;
    drop(bar);
    let found = found.filter(|found| !found.bars.is_empty()).ok_or(Failure::Interrupted)?;
    let spread = match found.stopped {
        true => None,
        false => spread(&scenario, &found.wanted.commitments, &settings, arguments.play.quiet)?,
    };
    let page =
        TornadoPage { name: &scenario.name, model: &scenario.model, found: &found, spread: spread.as_ref() };
    let (words, picture) = tornado_page(&page);
    let document = json::text(&tornado_document(&page));
    manifest.trials = found.played;
    let stopped = found.stopped || spread.as_ref().is_some_and(|spread| spread.stopped);
    manifest.stopped = stopped;
    let mut more = vec![format!("{:.1} s", begun.elapsed().as_secs_f64())];
    if let Some(folder) = folder {
        let files = Files {
            words: &words,
            tables: vec![
                ("tornado.csv", tornado_table(&page)),
                ("sensitivity.json", document.clone().into()),
            ],
            pictures: vec![("tornado", picture)],
        };
        let report =
            |pictures: &[_], manifest: &_| decision::sensitivity_page(&scenario, &page, pictures, manifest);
        more.push(leave(folder, manifest, arguments.output.force, files, report)?);
    }
    Printed { words: &words, document: &document, foot: &more, stopped }
        .say(arguments.format, arguments.play.quiet)
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
        let number = |end: &str| end.trim().trim_matches('"').parse::<f64>().ok();
        if let Some((from, to)) = number(low).zip(number(high)).filter(|(from, to)| from >= to) {
            let way_out = match from > to {
                true => format!("write --vary {path}={}..{}", high.trim(), low.trim()),
                false => VARY_IS_WRITTEN.to_owned(),
            };
            return Err(Failure::Argument(format!(
                "--vary {text} does not run from a low end to a higher one\n  {way_out}"
            )));
        }
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

/// Inputs from the scenario's own table of what is not known for sure, those of `--vary` aside.
fn believed(scenario: &Scenario, inputs: &mut Vec<Input>, paths: &mut Vec<String>) -> Result<(), Failure> {
    for one in &scenario.uncertainty {
        if paths.contains(&one.path) {
            continue;
        }
        let side = |quantile: f64| {
            let set = one.at(quantile);
            let changed = scenario.with(std::slice::from_ref(&set))?;
            let base = Some(changed.base);
            Ok::<Side, Failure>(Side { words: short(set.value()), model: changed.model, base })
        };
        let source = match one.belief {
            Belief::Counts { did, of } => format!("[uncertainty]: {did} of {of}"),
            Belief::Between(..) => "[uncertainty]".into(),
            Belief::OneOf(ref values) => format!("[uncertainty]: first and last of {}", values.len()),
        };
        let name = one.path.clone();
        inputs.push(Input { name, low: side(0.1)?, high: side(0.9)?, source, money_only: false });
        paths.push(one.path.clone());
    }
    Ok(())
}

/// A drawn value with no more digits than anybody reads: "0.203451000" is "0.203".
fn short(value: &str) -> String {
    let is_digit = |c: char| c.is_ascii_digit() || c == '.';
    let Some(from) = value.find(is_digit) else { return value.to_owned() };
    let end = value[from..].find(|c| !is_digit(c)).map_or(value.len(), |end| from + end);
    let number = value[from..end].parse::<f64>().map_or(value[from..end].to_owned(), |number| {
        let digits = if number >= 100.0 {
            0
        } else if number >= 1.0 {
            1
        } else {
            3
        };
        format!("{number:.digits$}")
    });
    let number =
        if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { &number };
    format!("{}{number}{}", &value[..from], &value[end..])
}

/// Draws of all uncertain inputs at once.
fn spread(
    scenario: &Scenario,
    commitments: &[usize],
    settings: &Settings,
    quiet: bool,
) -> Result<Option<Spread>, Failure> {
    let word = TrialWord::of(&scenario.model.horizon);
    let bar = Bar::new(&format!("{} with inputs drawn", plain(&word.many)), quiet);
    Ok(uncertainty::spread(scenario, commitments, settings, &bar)?)
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
    asked.extend(scenario.uncertainty.iter().map(|one| format!("uncertain {one:?}")));
    asked.extend(arguments.only.then(|| "only these".to_owned()));
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawn_values_are_written_short() {
        let of = |text| short(text);
        assert_eq!(
            (of("0.203451000"), of("12.340000min"), of("$40250.000000"), of("7")),
            ("0.203".into(), "12.3min".into(), "$40250".into(), "7".into())
        );
    }
}
