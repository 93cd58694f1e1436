//! `leadsim stress`: at what volume, absence or burst the agreement breaks.

use super::args::StressOf;
use super::failure::Failure;
use super::leaving::{Files, leave};
use super::progress::Bar;
use super::work::Work;
use super::{Printed, clauses, draws, opening};
use crate::plan::stress::{self, Wanted};
use crate::report::{
    BreakingPage, TrialWord, breaking_document, breaking_page, breaking_table, decision, json, plain,
};
use crate::scenario::Scenario;
use crate::study::{Settings, Trials};
use std::process::ExitCode;
use std::time::Instant;

/// Studies of today's size that a whole stress test is worth at most, with volumes up to six times today's.
const STUDIES: u64 = 75;

/// Runs the command.
pub(super) fn stress(arguments: &StressOf) -> Result<ExitCode, Failure> {
    #[expect(clippy::disallowed_methods, reason = "says how long it took")]
    let begun = Instant::now();
    opening::threads(&arguments.play)?;
    let scenario = opening::scenario(&arguments.scenario, arguments.play.quiet)?;
    let wanted = Wanted {
        commitments: clauses::chosen(&scenario, &arguments.clause)?,
        probability: arguments.probability,
        campaign: arguments.campaign,
        notices: arguments.notice.clone(),
    };
    let settings = Settings {
        seed: arguments.play.seed.or(scenario.study.seed).unwrap_or(1),
        trials: Trials::Fixed(arguments.trials),
        level: arguments.play.level,
        ..Settings::default()
    };
    let work = Work::of_points(&scenario, arguments.trials, STUDIES);
    work.refuse_too_large("--trials")?;
    work.announce();
    clauses::must_be_judged(&scenario, &wanted.commitments, settings.seed)?;
    let asked = asked(arguments, &scenario, &wanted);
    let mut manifest = opening::manifest(&scenario, "stress", settings.seed, asked);
    let folder = opening::folder(&arguments.output, &manifest, "stress-")?;
    let word = TrialWord::of(&scenario.model.horizon);
    let bar = Bar::new(&plain(&word.many), arguments.play.quiet);
    let found = stress::stress(&scenario, wanted, &settings, &bar)?.ok_or(Failure::Interrupted)?;
    drop(bar);
    let page = BreakingPage { name: &scenario.name, model: &scenario.model, found: &found };
    let (words, curve, bars) = breaking_page(&page);
    let words = draws::as_written(words, [&scenario], arguments.format);
    let document = json::text(&breaking_document(&page));
    manifest.trials = found.played;
    manifest.stopped = found.stopped;
    let mut more = vec![format!("{:.1} s", begun.elapsed().as_secs_f64())];
    if let Some(folder) = folder {
        let files = Files {
            words: &words,
            tables: vec![("stress.csv", breaking_table(&page)), ("stress.json", document.clone().into())],
            pictures: curve.map(|curve| ("volume", curve)).into_iter().chain([("stress", bars)]).collect(),
        };
        let report =
            |pictures: &[_], manifest: &_| decision::stress_page(&scenario, &page, pictures, manifest);
        more.push(leave(folder, manifest, arguments.output.force, files, report)?);
    }
    Printed { words: &words, document: &document, foot: &more, stopped: found.stopped }
        .say(arguments.format, arguments.play.quiet)
}

fn asked(arguments: &StressOf, scenario: &Scenario, wanted: &Wanted) -> Vec<String> {
    let ids: Vec<&str> =
        wanted.commitments.iter().map(|&i| scenario.model.agreement.commitments[i].id.as_str()).collect();
    let notices: Vec<String> = wanted.notices.iter().map(u32::to_string).collect();
    vec![
        format!("clauses {}, probability {}", ids.join(", "), wanted.probability),
        format!("campaign {}, notice {}", wanted.campaign, notices.join(", ")),
        format!("trials {}, level {}", arguments.trials, arguments.play.level),
    ]
}
