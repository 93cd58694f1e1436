//! `leadsim run`: plays the quarters, answers on the screen, and leaves a folder with everything behind the answer.

use super::args::{Format, Run};
use super::failure::{Failure, INTERRUPTED};
use super::leaving::{shown, write_report};
use super::progress::Bar;
use super::work::Work;
use super::{draws, interrupt, opening, remark, say, stratified};
use crate::model::Model;
use crate::plan::curves::{self, OtherCurve};
use crate::plan::replay::{self, TrialStory};
use crate::report::decision::NamedPicture;
use crate::report::files::{Folder, Manifest};
use crate::report::{
    Findings, Sheet, Source, TrialWord, decision, doubt_tables, from_preset, json, lead_tables,
    meeting_hours, pictures, plain, plot, tables, text,
};
use crate::scenario::Scenario;
use crate::stats::sequence::FIRST_LOOK;
use crate::study::{self, Ending, Pilot, Settings, Study, Trials};
use crate::trial::{Prepared, STRATA};
use rayon::prelude::*;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

/// Trials where neither the command line nor the scenario says how many.
const USUAL_TRIALS: u64 = 1_000;
/// Most trials of a precision where the command line does not say.
const USUAL_MOST_TRIALS: u64 = 20_000;

/// Runs the command.
pub(super) fn run(arguments: &Run) -> Result<ExitCode, Failure> {
    #[expect(clippy::disallowed_methods, reason = "says how long it took")]
    let begun = Instant::now();
    refuse_events_of_nothing(arguments)?;
    opening::threads(&arguments.play)?;
    let scenario = opening::scenario(&arguments.scenario, arguments.play.quiet)?;
    let settings = settings(arguments, &scenario)?;
    let drawn = draws::check(&scenario, &settings)?;
    let mut asked = asked(arguments, &settings);
    asked.extend(scenario.uncertainty.iter().map(|one| format!("uncertain {one:?}")));
    let mut manifest = opening::manifest(&scenario, "run", settings.seed, asked);
    let folder = opening::folder(&arguments.output, &manifest, "")?;

    let mut model = scenario.model.clone();
    let pilot = Pilot::of(&scenario.base);
    pilot.calibrate(&mut model)?;
    let study = play(arguments, model, settings)?;
    let stopped = study.ending == Ending::Stopped;
    let other = if stopped { None } else { other_curve(arguments, &scenario, &pilot, &study)? };

    let doubts = if stopped { None } else { draws::play(&scenario, &study, drawn, arguments.play.quiet)? };

    let findings = Findings(study.findings());
    let source = Source {
        name: &scenario.name,
        study: &study,
        findings: &findings,
        other: other.as_ref(),
        doubts: doubts.as_ref(),
    };
    let sheet = Sheet::of(source);
    manifest.trials = study.trials();
    manifest.stopped = stopped;
    let place = match folder {
        Some(folder) => Some(write(arguments, folder, manifest, &scenario, &source, &sheet)?),
        None => None,
    };
    match arguments.format {
        Format::Json => say(&json::estimates_text(&document(&scenario, &source)))?,
        Format::Text if arguments.play.quiet => say(&text::answer(&sheet))?,
        Format::Text => {
            let mut more = vec![format!("{:.1} s", begun.elapsed().as_secs_f64())];
            more.extend(place.map(|place| match stopped {
                true => format!("stopped, so not the whole run: it is in {}", shown(&place)),
                false => shown(&place),
            }));
            let foot = text::foot(&sheet, &more);
            say(&format!("{}{}{foot}", text::page(&sheet), not_from_the_file(&scenario, &source)))?;
        }
    }
    let missed = arguments.fail_if_missed && tell_missed(&sheet);
    Ok(if stopped { ExitCode::from(INTERRUPTED) } else { ExitCode::from(u8::from(missed)) })
}

/// The argument parser lets `--events` pass without `--trace` where `--no-out` forbids `--trace`.
fn refuse_events_of_nothing(arguments: &Run) -> Result<(), Failure> {
    if arguments.events && arguments.trace.is_none() {
        return Err(Failure::Argument(
            "--events writes events.csv into the output folder, but --no-out writes no folder\n  \
             leave out --no-out and add --trace N (the first N trials), or leave out --events"
                .into(),
        ));
    }
    Ok(())
}

/// Fewer trials than the first look at the precision would stop before it.
fn refuse_too_few(at_most: u64) -> Result<(), Failure> {
    let least = FIRST_LOOK;
    if at_most >= least {
        return Ok(());
    }
    Err(Failure::Argument(format!(
        "--at-most {at_most} is fewer than the {least} trials from which on a precision can be judged\n  \
         write --at-most {least} or more, or --trials {at_most} for so many and no precision"
    )))
}

/// Says on standard error which commitments do not hold; whether there are any.
fn tell_missed(sheet: &Sheet) -> bool {
    let failed = sheet.failed();
    for row in &failed {
        let word = row.verdict.map_or("was never put to the test", |verdict| verdict.predicate());
        remark(&format!("missed: {} {}, {word}", row.id, plain(&row.title)));
    }
    !failed.is_empty()
}

fn settings(arguments: &Run, scenario: &Scenario) -> Result<Settings, Failure> {
    let seed = arguments.play.seed.or(scenario.study.seed).unwrap_or(1);
    let stratified = stratified::wanted(
        arguments.sharing.stratified,
        arguments.play.quiet,
        std::iter::once(&scenario.model),
    );
    let whole = |option, trials| match stratified {
        true => stratified::refuse_broken_blocks(option, trials),
        false => Ok(()),
    };
    let work = |trials| Work::of_run(scenario, trials, u64::from(arguments.trace.unwrap_or(0)));
    let trials = match arguments.precision {
        Some(half_width) => {
            let at_most = match arguments.at_most {
                Some(at_most) => refuse_too_few(at_most).map(|()| at_most)?,
                // Where not even the first look fits, the refusal below says why.
                None => {
                    let least = if stratified { stratified::FEWEST } else { FIRST_LOOK };
                    let fitting = work(USUAL_MOST_TRIALS).fitting().unwrap_or(0);
                    let fitting = fitting.clamp(least, USUAL_MOST_TRIALS);
                    if stratified { fitting - fitting % STRATA } else { fitting }
                }
            };
            whole("--at-most", at_most)?;
            work(at_most).refuse_too_large("--at-most")?;
            Trials::Precision { half_width, at_most }
        }
        None => {
            let trials = arguments.trials.or(scenario.study.trials).unwrap_or(USUAL_TRIALS);
            whole("--trials", trials)?;
            work(trials).refuse_too_large("--trials")?;
            work(trials).announce();
            Trials::Fixed(trials)
        }
    };
    Ok(Settings { seed, trials, level: arguments.play.level, stratified })
}

/// What the folder's name hangs on, besides scenario, seed and version.
fn asked(arguments: &Run, settings: &Settings) -> Vec<String> {
    let mut asked = match settings.trials {
        Trials::Fixed(trials) => vec![format!("trials {trials}")],
        Trials::Precision { half_width, at_most } => {
            vec![format!("half-width {half_width}"), format!("at most {at_most} trials")]
        }
    };
    asked.push(format!("level {}", settings.level));
    asked.extend(settings.stratified.then(|| "stratified".to_owned()));
    asked.extend(arguments.trace.map(|trials| format!("trace {trials}")));
    asked.extend(arguments.events.then(|| "events".to_owned()));
    asked
}

fn play(arguments: &Run, model: Model, settings: Settings) -> Result<Study, Failure> {
    let word = TrialWord::of(&model.horizon);
    let bar = Bar::new(&plain(&word.many), arguments.play.quiet);
    let study = study::run(model, settings, &bar)?;
    if study.trials() == 0 { Err(Failure::Interrupted) } else { Ok(study) }
}

fn other_curve(
    arguments: &Run,
    scenario: &Scenario,
    pilot: &Pilot<'_>,
    study: &Study,
) -> Result<Option<OtherCurve>, Failure> {
    let word = TrialWord::of(&study.model.horizon);
    let bar = Bar::new(&format!("{} under another decay curve", plain(&word.many)), arguments.play.quiet);
    let other = curves::other(scenario, pilot, study, &bar)?;
    // half of the other curve's trials are no pair for the first: it is left out rather than cut
    Ok(other.filter(|_| !interrupt::asked()))
}

fn document(scenario: &Scenario, source: &Source<'_>) -> json::Estimates {
    json::estimates(source, scenario)
}

/// The small print about what came whole from the preset.
fn not_from_the_file(scenario: &Scenario, source: &Source<'_>) -> String {
    let hours = || meeting_hours(source.study, source.findings);
    let inherited = scenario.inherited.as_ref();
    inherited.map_or(String::new(), |inherited| text::faint_line(&from_preset(inherited, hours())))
}

fn write(
    arguments: &Run,
    mut folder: Folder,
    manifest: Manifest,
    scenario: &Scenario,
    source: &Source<'_>,
    sheet: &Sheet,
) -> Result<PathBuf, Failure> {
    if manifest.stopped {
        folder.stopped(arguments.output.force)?;
    }
    let study = source.study;
    let summary = format!(
        "{}{}{}{}",
        text::page(sheet),
        text::beside(scenario.expect.as_deref(), source.other),
        not_from_the_file(scenario, source),
        text::foot(sheet, &[])
    );
    let summary = anstream::adapter::strip_str(&summary).to_string();
    folder.write("summary.txt", summary.as_bytes())?;
    let (made, drawn) = rayon::join(|| tables_of(scenario, source), || drawn(source, sheet));
    let drawn = drawn?;
    for (name, bytes) in made {
        folder.write(&name, &bytes)?;
    }
    if let Some(doubts) = source.doubts {
        folder.write("uncertainty.csv", &doubt_tables::table(doubts))?;
    }
    for (png, (name, _, svg)) in &drawn {
        folder.write(&format!("{name}.png"), png)?;
        folder.write(&format!("{name}.svg"), svg.as_bytes())?;
    }
    let shown: Vec<NamedPicture> = drawn.into_iter().map(|(_, picture)| picture).collect();
    write_report(&mut folder, &decision::run_page(scenario, source, sheet, &shown, &manifest))?;
    if let Some(trials) = arguments.trace {
        let trials = u64::from(trials).min(study.trials());
        let prepared = Prepared::new(&study.model).sharing_busyness(study.settings.stratified);
        let stories: Vec<TrialStory> = (0..trials)
            .into_par_iter()
            .map(|number| replay::trial_of(&prepared, study.settings.seed, number, arguments.events))
            .collect();
        folder.write("leads.csv", &lead_tables::leads(&study.model, &stories))?;
        if arguments.events {
            folder.write("events.csv", &lead_tables::events(&study.model, &stories))?;
        }
    }
    Ok(folder.finish(manifest)?)
}

/// A file of the folder: its name and what is in it.
type File = (String, Vec<u8>);

/// All estimates and the tables, each made by whichever thread is free.
fn tables_of(scenario: &Scenario, source: &Source<'_>) -> Vec<File> {
    let (study, findings) = (source.study, source.findings);
    let files: [(&str, &(dyn Fn() -> Vec<u8> + Sync)); 4] = [
        ("estimates.json", &|| json::estimates_text(&document(scenario, source)).into_bytes()),
        ("trials.csv", &|| tables::trials(study)),
        ("by-week.csv", &|| tables::by_week(study, findings)),
        ("by-month.csv", &|| tables::by_month(study, findings)),
    ];
    files.par_iter().with_max_len(1).map(|(name, make)| ((*name).to_owned(), make())).collect()
}

/// Every picture as PNG and as SVG, likewise.
fn drawn(source: &Source<'_>, sheet: &Sheet) -> Result<Vec<(Vec<u8>, NamedPicture)>, plot::PlotError> {
    let pictures = pictures::of(source, sheet);
    let draw = |place: usize| match (place % 2, &pictures[place / 2].1) {
        (0, picture) => plot::png(picture),
        (_, picture) => plot::svg(picture).map(String::into_bytes),
    };
    let files: Result<Vec<Vec<u8>>, plot::PlotError> =
        (0..2 * pictures.len()).into_par_iter().with_max_len(1).map(draw).collect();
    let mut files = files?.into_iter();
    let mut drawn = Vec::with_capacity(pictures.len());
    for (name, picture) in pictures {
        let (png, svg) = (files.next().unwrap_or_default(), files.next().unwrap_or_default());
        drawn.push((png, (name, picture, String::from_utf8_lossy(&svg).into_owned())));
    }
    Ok(drawn)
}
