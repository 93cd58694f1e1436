//! `leadsim sweep`: one input over a range, under several ways of working, as a table and as the capacity curve.

use super::args::{Format, Sweep};
use super::failure::Failure;
use super::leaving::{Files, leave};
use super::progress::Bar;
use super::values::{self, Line};
use super::work::Work;
use super::{Printed, draws, opening, remark, stratified};
use crate::plan::sharpen::{self, Sharper};
use crate::plan::sweep::{self, Narrow, Variant};
use crate::plan::sweep_curves::{self, OtherCurve};
use crate::report::{
    HOLDS_FROM, Second, SweepPage, TrialWord, decision, places, plain, recommended, sweep_page, tables,
    trials_words,
};
use crate::scenario::{Lever, Problems, Scenario, Set};
use crate::study::{Settings, Trials};
use std::process::ExitCode;
use std::time::Instant;

/// Runs the command.
pub(super) fn sweep(arguments: &Sweep) -> Result<ExitCode, Failure> {
    #[expect(clippy::disallowed_methods, reason = "says how long it took")]
    let begun = Instant::now();
    opening::threads(&arguments.play)?;
    let (over, second) = overs(arguments)?;
    let scenario = opening::scenario(&arguments.scenario, arguments.play.quiet)?;
    let lines = match &second {
        Some(second) => across(arguments, &scenario, &over, second)?,
        None => lines(arguments, &scenario, &over)?,
    };
    let word = match (&second, arguments.line.is_empty()) {
        (Some(_), _) => "--over",
        (None, true) => "lever",
        (None, false) => "--line",
    };
    let trials =
        arguments.trials.unwrap_or(if arguments.sharing.stratified { FIXED } else { arguments.at_most });
    let narrow = (arguments.trials.is_none() && !arguments.sharing.stratified).then_some(NARROW);
    let mut variants = variants(&scenario, &over, &lines, trials, word)?;
    let stratified = stratified::wanted(
        arguments.sharing.stratified,
        arguments.play.quiet,
        variants.iter().map(|variant| &variant.model),
    );
    if stratified {
        stratified::refuse_broken_blocks("--trials", trials)?;
    }
    let seed = arguments.play.seed.or(scenario.study.seed).unwrap_or(1);
    let mut manifest = opening::manifest(
        &scenario,
        "sweep",
        seed,
        asked((trials, narrow), arguments, &over, &lines, stratified),
    );
    let folder = opening::folder(&arguments.output, &manifest, "sweep-")?;

    let level = arguments.play.level;
    let settings = Settings { seed, trials: Trials::Fixed(trials), level, stratified };
    let trial = TrialWord::of(&scenario.model.horizon);
    let lines = (&lines[..], second.is_some());
    let how = (&settings, narrow, arguments.play.quiet);
    let swept = played(&scenario, &over, lines, &mut variants, how)?;
    let overs = (&over, second.as_ref());
    let mut page = page(&scenario, overs, &settings, &swept, variants.len());
    let other = other_curve(&scenario, &variants, &page, &settings, arguments.play.quiet)?;
    page.other = other.as_ref().filter(|_| !swept.stopped);
    let (words, picture) = sweep_page(&page);
    let words = draws::as_written(words, [&scenario], Format::Text);
    manifest.trials = swept.points.iter().map(|point| point.trials).sum();
    manifest.stopped = swept.stopped;
    let shared = if stratified { ", busy and quiet days shared out" } else { "" };
    let mut more = vec![format!("{}{shared}, seed {seed}", plain(&trials_words(&swept.points, &trial)))];
    more.push(format!("{:.1} s", begun.elapsed().as_secs_f64()));
    if let Some(folder) = folder {
        let line = second.as_ref().map_or("line", |second| &second.path);
        let files = Files {
            words: &words,
            tables: vec![("sweep.csv", tables::sweep(line, &over.path, &swept.points))],
            pictures: vec![(if second.is_some() { "map" } else { "capacity-curve" }, picture)],
        };
        let report =
            |pictures: &[_], manifest: &_| decision::sweep_page(&scenario, &page, pictures, manifest);
        more.push(leave(folder, manifest, arguments.output.force, files, report)?);
    }
    Printed { words: &words, document: "", foot: &more, stopped: swept.stopped }
        .say(Format::Text, arguments.play.quiet)
}

/// Every point, and then more where the curve needs it: of a map every cell is in the picture, and none is on a curve.
fn played(
    scenario: &Scenario,
    over: &values::Over,
    (lines, is_map): (&[Line], bool),
    variants: &mut Vec<Variant>,
    (settings, narrow, quiet): (&Settings, Option<Narrow>, bool),
) -> Result<sweep::Sweep, Failure> {
    let many = plain(&TrialWord::of(&scenario.model.horizon).many);
    let bar = Bar::new(&format!("{many} at {} points", variants.len()), quiet);
    let mut swept = sweep::sweep(variants.clone(), settings, narrow, &bar)?;
    drop(bar);
    if swept.points.is_empty() {
        return Err(Failure::Interrupted);
    }
    if let Some(narrow) = narrow.filter(|_| !is_map && !swept.stopped) {
        let between = |one: &Variant, other: &Variant| between(scenario, over, lines, (one, other));
        let sharper = Sharper { reliable: HOLDS_FROM, narrow, between: &between };
        let bar = Bar::new(&format!("{many} at bends"), quiet);
        sharpen::sharpen(variants, &mut swept, settings, &sharper, &bar)?;
    }
    Ok(swept)
}

/// What was swept, before its points stand under a second decay curve.
fn page<'a>(
    scenario: &'a Scenario,
    (over, second): (&'a values::Over, Option<&values::Over>),
    settings: &Settings,
    swept: &'a sweep::Sweep,
    planned: usize,
) -> SweepPage<'a> {
    SweepPage {
        name: &scenario.name,
        model: &scenario.model,
        over: &over.path,
        today: opening::today(scenario, &over.path),
        second: second.map(|second| Second {
            over: second.path.clone(),
            today: opening::today(scenario, &second.path),
        }),
        seed: settings.seed,
        level: settings.level,
        points: &swept.points,
        planned,
        values: over.values.len(),
        stopped: swept.stopped,
        other: None,
    }
}

/// A few points of a sweep over one input under a second decay curve: a map tells no money.
fn other_curve(
    scenario: &Scenario,
    variants: &[Variant],
    page: &SweepPage<'_>,
    settings: &Settings,
    quiet: bool,
) -> Result<Option<OtherCurve>, Failure> {
    let is_whole = page.points.len() == page.planned && page.second.is_none();
    if !is_whole || page.points.iter().all(|point| point.opportunities.is_none()) {
        return Ok(None);
    }
    let trial = TrialWord::of(&scenario.model.horizon);
    let bar = Bar::new(&format!("{} under another decay curve", plain(&trial.many)), quiet);
    Ok(sweep_curves::other(scenario, variants, page.points, &recommended(page), settings, &bar)?)
}

/// Trials at each point of a sweep whose busyness is shared out.
const FIXED: u64 = 400;
/// How well the points of a sweep are known without `--trials`.
const NARROW: Narrow = Narrow { kept: 0.01, holds: 0.03 };

/// What is varied along, and what across, if two inputs are.
fn overs(arguments: &Sweep) -> Result<(values::Over, Option<values::Over>), Failure> {
    let mut overs = Vec::new();
    for text in &arguments.over {
        overs.push(values::over(text).map_err(Failure::Argument)?);
    }
    if overs.len() > 2 {
        return Err(Failure::Argument(format!(
            "--over is given {} times; a map has two sides\n  fix the others with --set PATH=VALUE",
            overs.len()
        )));
    }
    let second = (overs.len() == 2).then(|| overs.pop()).flatten();
    let first = overs.pop().ok_or_else(|| Failure::Argument(values::OVER_IS_WRITTEN.into()))?;
    Ok((first, second))
}

/// The values of the second input, each as a line of its own.
fn across(
    arguments: &Sweep,
    scenario: &Scenario,
    over: &values::Over,
    second: &values::Over,
) -> Result<Vec<Line>, Failure> {
    if let Some(line) = arguments.line.first() {
        return Err(Failure::Argument(format!(
            "--line \"{line}\" beside two --over: a map shows one way of working\n  leave one of them out, or write the change as --set"
        )));
    }
    if overlap(&over.path, &second.path) {
        return Err(Failure::Argument(format!(
            "--over {} and --over {} write the same place\n  vary two different inputs, or one of them with all its values",
            over.path, second.path
        )));
    }
    let line = |value: &String| -> Result<Line, Failure> {
        Ok(Line { label: value.trim_matches('"').to_owned(), sets: vec![Set::new(&second.path, value)?] })
    };
    let lines: Result<Vec<Line>, Failure> = second.values.iter().map(line).collect();
    let lines = lines?;
    lines.iter().try_for_each(|line| refuse_overwritten(scenario, line, over))?;
    Ok(lines)
}

/// The scenario as it is, then the lines of the command line, or the levers of the file where they are asked for, but for those that change
/// what is swept.
fn lines(arguments: &Sweep, scenario: &Scenario, over: &values::Over) -> Result<Vec<Line>, Failure> {
    let lines: Result<Vec<Line>, String> = arguments.line.iter().map(|text| values::line(text)).collect();
    let mut lines = lines.map_err(Failure::Argument)?;
    lines.iter().try_for_each(|line| refuse_overwritten(scenario, line, over))?;
    let over = over.path.as_str();
    if !lines.is_empty() {
        // a line without changes is the scenario itself, under the name the user gave it
        let as_it_is = match lines.iter().position(|line| line.sets.is_empty()) {
            Some(place) => lines.remove(place),
            None => Line { label: "as it is".into(), sets: Vec::new() },
        };
        lines.insert(0, as_it_is);
        return names_once(lines);
    }
    let alone = || Ok(vec![Line { label: String::new(), sets: Vec::new() }]);
    if !arguments.levers {
        if !scenario.levers.is_empty() && !arguments.play.quiet {
            remark("note: only the scenario as it is; --levers draws a line for each lever of the file, too");
        }
        return alone();
    }
    let touches = |lever: &&Lever| lever.sets.iter().any(|set| overlap(&set.path(), over));
    let (left_out, levers): (Vec<&Lever>, Vec<&Lever>) = scenario.levers.iter().partition(touches);
    for lever in left_out.into_iter().filter(|_| !arguments.play.quiet) {
        remark(&format!(
            "note: the lever `{}` changes {over} itself, so it is no line of this sweep",
            lever.name
        ));
    }
    if levers.is_empty() {
        return alone();
    }
    // words about the routing would be false where the routing is what is swept
    let label = match overlap("routing", over) {
        true => "as it is".into(),
        false => crate::report::routing_words(&scenario.model),
    };
    let as_it_is = Line { label, sets: Vec::new() };
    let levers = levers.into_iter().map(|lever| Line {
        label: if lever.title.is_empty() { lever.name.replace('_', " ") } else { lever.title.clone() },
        sets: lever.sets.clone(),
    });
    Ok(std::iter::once(as_it_is).chain(levers).collect())
}

/// A line that sets what is swept would lose that change at every value.
fn refuse_overwritten(scenario: &Scenario, line: &Line, over: &values::Over) -> Result<(), Failure> {
    let Some(set) = line.sets.iter().find(|set| is_overwritten(scenario, set, over)) else { return Ok(()) };
    let (label, path) = (&line.label, &over.path);
    Err(Failure::Argument(format!(
        "--line \"{label}\" writes {set}, and --over writes {path} over it at every value\n  \
         leave {set} out of the line, or sweep another path; a single value needs no sweep: leadsim run … --set {set}"
    )))
}

/// Whether a change sets what is swept (a table around it included), or nothing is left of it once the swept value stands there.
fn is_overwritten(scenario: &Scenario, set: &Set, over: &values::Over) -> bool {
    if set.writes(&over.path) {
        return true;
    }
    let table = |path: &str| path.rsplit_once('.').map(|(table, _)| table.to_owned());
    if table(&set.path()) != table(&over.path) {
        return false;
    }
    let Some(Ok(swept)) = over.values.first().map(|value| Set::new(&over.path, value)) else { return false };
    let hash = |sets: &[&Set]| {
        let sets: Vec<Set> = sets.iter().map(|set| (*set).clone()).collect();
        scenario.with(&sets).ok().map(|changed| changed.hash)
    };
    let (alone, both, without) = (hash(&[set]), hash(&[set, &swept]), hash(&[&swept]));
    alone.is_some_and(|alone| alone != scenario.hash) && both.is_some() && both == without
}

/// Whether one path is the other or lies inside it.
fn overlap(one: &str, other: &str) -> bool {
    let inside = |long: &str, short: &str| {
        long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    inside(one, other) || inside(other, one)
}

/// Two lines of one name could not be told apart in the table and the picture.
fn names_once(lines: Vec<Line>) -> Result<Vec<Line>, Failure> {
    for (place, line) in lines.iter().enumerate() {
        if lines[..place].iter().any(|other| other.label == line.label) {
            return Err(Failure::Argument(format!(
                "two lines are called \"{0}\"; the scenario as it is has a line of its own\n  write --line \"another label: path=value\"",
                line.label
            )));
        }
    }
    Ok(lines)
}

/// Every value under every line; all are read before the first is played, so that a wrong one costs no time.
fn variants(
    scenario: &Scenario,
    over: &values::Over,
    lines: &[Line],
    trials: u64,
    word: &str,
) -> Result<Vec<Variant>, Failure> {
    let points = (lines.len() * over.values.len()) as u64;
    let mut variants = Vec::new();
    let mut largest = None;
    let places = places(&over.values);
    for line in lines {
        for (value, at) in over.values.iter().zip(&places) {
            let mut sets = line.sets.clone();
            sets.push(Set::new(&over.path, value)?);
            let point = scenario.with(&sets).map_err(|problems| {
                let first = scenario.sets().len();
                let problems = problems.call_options(first, word);
                wrong_point(problems.call_options(first + line.sets.len(), "--over"), over, line, value)
            })?;
            let work = Work::of_points(&point, trials, points);
            work.refuse_too_large("--trials").map_err(|failure| too_large(failure, points))?;
            largest = largest.filter(|other: &Work| !work.is_more_than(other)).or(Some(work));
            variants.push(Variant {
                line: line.label.clone(),
                value: value.trim_matches('"').to_owned(),
                at: *at,
                model: point.model,
                base: point.base,
            });
        }
    }
    largest.inspect(Work::announce);
    Ok(variants)
}

/// The variant halfway between two of a line; none where nothing lies there, or the scenario cannot be so.
fn between(
    scenario: &Scenario,
    over: &values::Over,
    lines: &[Line],
    (one, other): (&Variant, &Variant),
) -> Option<Variant> {
    let value = over.between(&one.value, &other.value)?;
    let line = lines.iter().find(|line| line.label == one.line)?;
    let mut sets = line.sets.clone();
    sets.push(Set::new(&over.path, &value).ok()?);
    let point = scenario.with(&sets).ok()?;
    let at = Some((one.at? + other.at?) / 2.0);
    Some(Variant { line: one.line.clone(), value, at, model: point.model, base: point.base })
}

/// Says at which point the scenario is wrong: the user wrote no `--set` for it.
fn wrong_point(problems: Problems, over: &values::Over, line: &Line, value: &str) -> Failure {
    let line = if line.label.is_empty() { String::new() } else { format!(", line \"{}\"", line.label) };
    let at = format!("the point {} = {value} of --over{line}; {}", over.path, over_way_out(&problems, over));
    Failure::Point { problems: Box::new(problems), at }
}

/// How to write the values: with a unit, where that is what they lack.
fn over_way_out(problems: &Problems, over: &values::Over) -> String {
    let has_no_unit = problems.list.iter().any(|problem| problem.message.ends_with("has no unit"));
    let are_bare = over.values.iter().all(|value| value.trim().parse::<f64>().is_ok());
    if !has_no_unit || !are_bare {
        return values::OVER_IS_WRITTEN.to_owned();
    }
    let with =
        |unit: &str| over.values.iter().map(|value| format!("{}{unit}", value.trim())).collect::<Vec<_>>();
    format!(
        "write the unit behind each: --over {0}={1}, or for open hours --over '{0}={2}'",
        over.path,
        with("min").join(","),
        with(" business min").join(",")
    )
}

/// In a sweep the way out is fewer points or fewer trials at each.
fn too_large(failure: Failure, points: u64) -> Failure {
    match failure {
        Failure::TooLarge(text) => {
            let first = text.lines().next().unwrap_or("").to_owned();
            Failure::TooLarge(format!(
                "{first}\n  the sweep has {points} points: fewer points, or fewer --trials at each, fit"
            ))
        }
        other => other,
    }
}

fn asked(
    (trials, narrow): (u64, Option<Narrow>),
    arguments: &Sweep,
    over: &values::Over,
    lines: &[Line],
    stratified: bool,
) -> Vec<String> {
    let mut asked = vec![format!("trials {trials}"), format!("level {}", arguments.play.level)];
    asked.extend(narrow.map(|narrow| format!("until kept ±{}, holds ±{}", narrow.kept, narrow.holds)));
    asked.extend(stratified.then(|| "stratified".to_owned()));
    asked.push(format!("over {} = {}", over.path, over.values.join(", ")));
    asked.extend(lines.iter().map(|line| {
        let sets: Vec<&str> = line.sets.iter().map(Set::text).collect();
        format!("line {}: {}", line.label, sets.join(", "))
    }));
    asked
}
