//! `leadsim volume` with a scenario: its team plays several volumes and headcounts.

use super::args::{ScenarioFile, Volume};
use super::failure::Failure;
use super::money::RateFrom;
use super::progress::Bar;
use super::work::Work;
use super::{opening, values, volume};
use crate::model::Model;
use crate::plan::volume::with_team::{self, quarters, times, with_team};
use crate::plan::volume::{COVERAGE, Headcount, NotPlayed, Question, Today, Wanted, paper};
use crate::report::volume_plan::{LagAnswer, TeamAnswer, VolumeInput, VolumePage, dollars};
use crate::report::{TrialWord, plain};
use crate::scenario::{Scenario, Set};
use crate::study::{Pilot, Settings, Trials};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

/// Headcounts played where none are asked for, against today's.
const AROUND: [i64; 3] = [-2, 0, 2];

/// Volumes a headcount is played at, as the first estimate of the work counts them.
const VOLUMES: u64 = 16;

/// Runs the command with a scenario.
pub(super) fn volume(arguments: &Volume, file: &Path, begun: Instant) -> Result<ExitCode, Failure> {
    refuse_numbers(arguments)?;
    let file = ScenarioFile { file: file.to_path_buf(), set: arguments.set.clone() };
    let scenario = opening::scenario(&file, arguments.play.quiet)?;
    let wanted = wanted(arguments, &scenario)?;
    let pilot = Pilot::of(&scenario.base);
    let mut model = scenario.model.clone();
    let variants = variants(arguments, &scenario)?;
    Work::of_points(&scenario, arguments.trials, VOLUMES * variants.len() as u64)
        .refuse_too_large("--trials")?;
    model.with_volume(2.0).map_err(|error| refused(NotPlayed::Source(error)))?;
    let seed = arguments.play.seed.or(scenario.study.seed).unwrap_or(1);
    let settings = Settings {
        seed,
        trials: Trials::Fixed(arguments.trials),
        level: arguments.play.level,
        ..Settings::default()
    };
    let mut manifest = opening::manifest(&scenario, "volume", seed, asked(arguments, &wanted, &variants));
    let folder = opening::folder(&arguments.output, &manifest, "volume-")?;

    pilot.calibrate(&mut model)?;
    let word = TrialWord::of(&model.horizon);
    let bar = Bar::new(&format!("{} at several volumes", plain(&word.many)), arguments.play.quiet);
    let today =
        with_team::today(&model, &wanted, &settings, &bar).map_err(refused)?.ok_or(Failure::Interrupted)?;
    refuse_hopeless(&today)?;
    let times = times(&today, &wanted);
    // as many points of today's size as the volumes add up to
    let points = quarters(&times, &wanted, variants.len(), arguments.trials) / arguments.trials as f64;
    let work = Work::of_points(&scenario, arguments.trials, points.ceil() as u64);
    work.refuse_too_large("--trials")?;
    work.announce();
    let headcounts = calibrated(&pilot, variants)?;
    let answer =
        with_team(&scenario, &pilot, &headcounts, &today, &wanted, &settings, &bar).map_err(refused)?;
    drop(bar);
    if answer.lines.is_empty() {
        return Err(Failure::Interrupted);
    }
    manifest.trials = answer.lines.iter().flat_map(|line| &line.points).map(|point| point.trials).sum();
    manifest.stopped = answer.stopped;

    let paper_answer = paper(today.question, wanted.probability, today.played.leads().round(), None);
    let lag = lag(&today, wanted.probability, paper_answer.needed);
    let inputs = inputs(arguments, &today, &wanted, settings.level);
    let page = VolumePage {
        name: &scenario.name,
        inputs: &inputs,
        paper: &paper_answer,
        lag: lag.as_ref(),
        team: Some(TeamAnswer {
            today: &today,
            answer: &answer,
            reps: scenario.model.reps.len() as u64,
            bookings: wanted.bookings,
            level: settings.level,
            seed,
            trials: arguments.trials,
        }),
        trial: word,
    };
    volume::finish(arguments, &page, folder, manifest, begun, Some(&scenario))
}

/// Numbers that a scenario says itself.
fn refuse_numbers(arguments: &Volume) -> Result<(), Failure> {
    let given = [
        (
            arguments.amount.is_some(),
            "--amount",
            "--set buyers.opportunity.amount={ mean = \"$40K\", cv = 0.8 }",
        ),
        (
            arguments.amount_cv.is_some(),
            "--amount-cv",
            "--set buyers.opportunity.amount={ mean = \"$40K\", cv = 0.8 }",
        ),
        (arguments.rate.is_some(), "--rate", "--set on the probabilities in buyers.tiers"),
        (arguments.volume_cv.is_some(), "--volume-cv", "--set on busyness"),
        (arguments.fixed_volume, "--fixed-volume", "--set on busyness"),
        (arguments.lag.is_some(), "--lag", "--set on the funnel's delays"),
    ];
    match given.into_iter().find(|(given, ..)| *given) {
        None => Ok(()),
        Some((_, option, instead)) => Err(Failure::Argument(format!(
            "{option} is for plain numbers; with a scenario its own team and buyers say it\n  \
             leave {option} out, change the scenario ({instead}), or leave the scenario out"
        ))),
    }
}

fn wanted(arguments: &Volume, scenario: &Scenario) -> Result<Wanted, Failure> {
    let funnel = &scenario.model.buyers.funnel;
    let Some(goal) = arguments.goal.or(funnel.pipeline_goal).filter(|goal| *goal > 0.0) else {
        return Err(Failure::Argument(
            "the scenario states no pipeline goal\n  write --goal 2M, or buyers.opportunity.pipeline_goal in the file"
                .into(),
        ));
    };
    if funnel.amount.mean() <= 0.0 {
        return Err(Failure::Argument(
            "the scenario's opportunities have no amount, so no pipeline can be planned\n  \
             write --set buyers.opportunity.amount=\"$40K\""
                .into(),
        ));
    }
    volume::refuse_extremes(goal / funnel.amount.mean())?;
    let written = arguments.times.as_ref().map(|text| values::over(&format!("times={text}")));
    let times = match written {
        None => None,
        Some(over) => Some(volumes(&over.map_err(|_| wrong_times(""))?.values)?),
    };
    Ok(Wanted {
        goal,
        probability: arguments.probability,
        rate_from: match arguments.rate_from {
            Some(RateFrom::Past(past)) => Some(past),
            // a billion past leads leave nothing to know
            Some(RateFrom::Exactly) => Some(1e9),
            None => None,
        },
        bookings: arguments.bookings.unwrap_or(goal / COVERAGE),
        times,
    })
}

fn wrong_times(text: &str) -> Failure {
    Failure::Argument(format!(
        "--times {text}: no volumes, in times of today's, from 0.05 to 20\n  write --times 0.5,1,2,4 or --times 0.5..3:0.5"
    ))
}

fn volumes(values: &[String]) -> Result<Vec<f64>, Failure> {
    let number = |text: &String| {
        text.parse::<f64>()
            .ok()
            .filter(|times| (0.05..=20.0).contains(times))
            .ok_or_else(|| wrong_times(text))
    };
    let mut times: Vec<f64> = values.iter().map(number).collect::<Result<_, _>>()?;
    times.sort_by(f64::total_cmp);
    times.dedup();
    Ok(times)
}

/// The headcounts that are played, smallest first, decay not yet calibrated; today's always among them unless `--reps` says otherwise.
fn variants(arguments: &Volume, scenario: &Scenario) -> Result<Vec<Headcount>, Failure> {
    let today = || vec![headcount(scenario)];
    let names: Vec<&str> = scenario.model.groups.iter().map(|group| group.name.as_str()).collect();
    let group = match (&arguments.team, names.as_slice()) {
        (Some(team), _) => team.as_str(),
        (None, [only]) => only,
        (None, _) if arguments.reps.is_none() => return Ok(today()),
        (None, _) => {
            return Err(Failure::Argument(format!(
                "--reps: the team has several groups\n  say which one varies: --team {}",
                names.join(" or --team ")
            )));
        }
    };
    let Some(place) = names.iter().position(|name| *name == group) else {
        return Err(Failure::Argument(format!(
            "--team {group}: there is no such group of reps\n  this team has {}",
            names.join(", ")
        )));
    };
    let path = format!("team.{group}.count");
    let of_size = |size: &str| Ok::<_, Failure>(scenario.with(&[Set::new(&path, size)?]));
    let Some(text) = &arguments.reps else {
        let size = scenario.model.reps.iter().filter(|rep| rep.group == place).count() as i64;
        let mut around = Vec::new();
        for size in AROUND.into_iter().map(|more| size + more).filter(|size| *size >= 1) {
            match of_size(&size.to_string())? {
                Ok(changed) => around.push(headcount(&changed)),
                // a team whose size cannot be set is played as it is
                Err(_) => return Ok(today()),
            }
        }
        return Ok(around);
    };
    let sizes = values::over(&format!("{path}={text}")).map_err(|error| {
        Failure::Argument(format!(
            "{}\n  write --reps 3..8, or --reps 4,6,8",
            error.replace("--over", "--reps")
        ))
    })?;
    let mut variants = Vec::new();
    for size in &sizes.values {
        let changed = of_size(size)?.map_err(|problems| Failure::Point {
            problems: Box::new(problems.call_options(scenario.sets().len(), "--reps")),
            at: format!("{path} = {size} of --reps; write --reps 3..8, or --reps 4,6,8"),
        })?;
        variants.push(headcount(&changed));
    }
    variants.sort_by_key(|variant| variant.reps);
    Ok(variants)
}

fn headcount(scenario: &Scenario) -> Headcount {
    Headcount { reps: scenario.model.reps.len() as u64, model: scenario.model.clone() }
}

fn calibrated(pilot: &Pilot<'_>, mut headcounts: Vec<Headcount>) -> Result<Vec<Headcount>, Failure> {
    for headcount in &mut headcounts {
        let model: &mut Model = &mut headcount.model;
        pilot.calibrate(model)?;
    }
    Ok(headcounts)
}

/// A failure while the team plays.
fn refused(error: NotPlayed) -> Failure {
    match error {
        NotPlayed::Source(source) => Failure::Argument(format!(
            "{source}\n  give the source a rate (per_month), or plan from plain numbers: leadsim volume --goal 2M --amount 40k --rate 25%"
        )),
        NotPlayed::Trial(failure) => Failure::Trial(failure),
    }
}

/// Nothing can be planned from a team that brings nothing, or from a rate that was never seen.
fn refuse_hopeless(today: &Today) -> Result<(), Failure> {
    if today.question.rate <= 0.0 {
        return Err(Failure::Argument(
            "today's team makes no opportunity of its MQLs, so there is no rate to plan from\n  \
             look at leadsim run, or plan from plain numbers: leadsim volume --goal 2M --amount 40k --rate 25%"
                .into(),
        ));
    }
    volume::refuse_blind(today.question.rate, today.question.rate_from)
}

/// Which leads come in time, and what that takes.
fn lag(today: &Today, wanted: f64, needed_ever: Option<u64>) -> Option<LagAnswer> {
    let (lags, wins) = today.lags.clone()?;
    let inside = lags.inside;
    let needed_inside = (inside > 1e-3)
        .then(|| paper(Question { inside, ..today.question }, wanted, 1.0, None).needed)
        .flatten();
    Some(LagAnswer { counted: "opportunities".into(), lags, needed_inside, needed_ever, wins: Some(wins) })
}

fn inputs(arguments: &Volume, today: &Today, wanted: &Wanted, level: f64) -> Vec<VolumeInput> {
    let question = &today.question;
    let rate = today.played.rate(level);
    let ends = rate
        .shown()
        .map_or(String::new(), |(low, high)| format!(" ({:.1}–{:.1} %)", low * 100.0, high * 100.0));
    let given = |given: bool, option: &str, otherwise: &str| {
        if given { option.to_owned() } else { otherwise.to_owned() }
    };
    let scenario = || "scenario".to_owned();
    vec![
        VolumeInput {
            what: "goal",
            value: dollars(question.goal),
            source: given(arguments.goal.is_some(), "--goal", "the scenario's pipeline_goal"),
        },
        VolumeInput { what: "amount", value: dollars(question.amount), source: scenario() },
        VolumeInput {
            what: "spread of amounts",
            value: format!("{:.2}", question.amount_cv),
            source: "scenario, taken as log-normal".into(),
        },
        VolumeInput {
            what: "rate",
            value: format!("{:.1} %{ends}", rate.value * 100.0),
            source: "opportunities an MQL, as today's team plays today's volume".into(),
        },
        VolumeInput {
            what: "rate known from",
            value: match arguments.rate_from {
                Some(RateFrom::Exactly) => "exactly".into(),
                _ => format!("{:.0} past MQLs", question.rate_from.unwrap_or(0.0)),
            },
            source: given(
                arguments.rate_from.is_some(),
                "--rate-from",
                "one quarter like today's; --rate-from",
            ),
        },
        VolumeInput {
            what: "spread of volume",
            value: format!("{:.1} %", 100.0 * today.played.unevenness()),
            source: "beyond a Poisson count, as the scenario's busyness makes it".into(),
        },
        VolumeInput {
            what: "bookings",
            value: dollars(wanted.bookings),
            source: given(
                arguments.bookings.is_some(),
                "--bookings",
                "marketing's share, a third of the goal, so that 3 × coverage is the goal: the template's M3; --bookings",
            ),
        },
    ]
}

fn asked(arguments: &Volume, wanted: &Wanted, variants: &[Headcount]) -> Vec<String> {
    let reps: Vec<String> = variants.iter().map(|variant| variant.reps.to_string()).collect();
    vec![
        format!("trials {}", arguments.trials),
        format!("level {}", arguments.play.level),
        format!("goal {} probability {} bookings {}", wanted.goal, wanted.probability, wanted.bookings),
        format!("rate from {:?} times {:?}", wanted.rate_from, wanted.times),
        format!("reps {}", reps.join(", ")),
    ]
}
