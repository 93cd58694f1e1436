//! `leadsim volume`: from a pipeline goal back to MQLs, from plain numbers or with the team of a scenario.

use super::args::{Format, Volume};
use super::failure::{Failure, INTERRUPTED};
use super::leaving::{Files, leave};
use super::money::RateFrom;
use super::{draws, opening, say, volume_team};
use crate::plan::volume::amounts::MOST_DEALS;
use crate::plan::volume::{Delivery, Lags, Question, paper};
use crate::report::files::{self, Folder, Manifest};
use crate::report::volume_plan::{self, LagAnswer, VolumeInput, VolumePage, volume_answer, volume_page};
use crate::report::{TrialWord, decision, plain, text};
use crate::scenario::{self, Scenario};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

/// Days of the quarter in which plain numbers come: thirteen weeks.
const QUARTER_DAYS: f64 = 91.0;

/// The rate of the published template's plan: 450 MQLs a quarter at 20 % and $40K make its pipeline goal of $3.6M.
const USUAL_RATE: f64 = 0.2;

/// Runs the command.
pub(super) fn volume(arguments: &Volume) -> Result<ExitCode, Failure> {
    #[expect(clippy::disallowed_methods, reason = "says how long it took")]
    let begun = Instant::now();
    opening::threads(&arguments.play)?;
    match &arguments.file {
        Some(file) => volume_team::volume(arguments, file, begun),
        None => from_numbers(arguments, begun),
    }
}

/// The answer without a scenario.
fn from_numbers(arguments: &Volume, begun: Instant) -> Result<ExitCode, Failure> {
    let (question, mut inputs) = question(arguments)?;
    let lags = arguments.lag.as_ref().map(|lag| Lags::of_law(&lag.law, QUARTER_DAYS));
    let inside = lags.as_ref().map_or(1.0, |lags| lags.inside);
    if inside < 1e-3 {
        return Err(Failure::Argument(format!(
            "--lag: of the opportunities of a quarter of {QUARTER_DAYS} days hardly any come before it ends\n  \
             count a later quarter, or leave --lag out to count them whenever they come"
        )));
    }
    let question = Question { inside, ..question };
    if question.goal < question.amount && !arguments.play.quiet {
        super::remark(&format!(
            "note: the goal, {}, is less than one deal of {}; K and M are read, as in --goal 2M",
            crate::report::money(question.goal),
            crate::report::money(question.amount)
        ));
    }
    // One more quarter brings about what the textbook asks for.
    let answer = paper(question, arguments.probability, question.textbook() as f64, arguments.bookings);
    let lag = lags.map(|lags| LagAnswer {
        counted: "opportunities".into(),
        lags,
        needed_inside: answer.needed,
        needed_ever: paper(Question { inside: 1.0, ..question }, arguments.probability, 1.0, None).needed,
        wins: None,
    });
    inputs.extend(arguments.lag.as_ref().map(|lag| VolumeInput {
        what: "lag",
        value: lag.words.clone(),
        source: format!("--lag, MQLs created evenly over {QUARTER_DAYS} days"),
    }));
    let manifest = numbers_manifest(&inputs, arguments);
    let folder = opening::folder(&arguments.output, &manifest, "volume-")?;
    let page = VolumePage {
        name: "plain numbers",
        inputs: &inputs,
        paper: &answer,
        lag: lag.as_ref(),
        team: None,
        trial: TrialWord { short: "quarter", one: "quarter".into(), many: "quarters".into() },
    };
    finish(arguments, &page, folder, manifest, begun, None)
}

/// The question of plain numbers, each with its source.
fn question(arguments: &Volume) -> Result<(Question, Vec<VolumeInput>), Failure> {
    let Some(goal) = arguments.goal else {
        return Err(Failure::Argument(
            "a plan needs a goal\n  write leadsim volume --goal 2M --amount 40k --rate 25%, or name a scenario: \
             leadsim volume scenario.toml --goal 2M"
                .into(),
        ));
    };
    let template =
        scenario::from_text("format = 1\npreset = \"template\"\n", "template", Path::new(""), &[])?;
    let usual = &template.model.buyers.funnel.amount;
    let amount = arguments.amount.unwrap_or(usual.mean());
    let amount_cv = arguments.amount_cv.unwrap_or(usual.variance().sqrt() / usual.mean());
    let rate = arguments.rate.unwrap_or(USUAL_RATE);
    refuse_extremes(goal / amount)?;
    let delivery = match (arguments.fixed_volume, arguments.volume_cv) {
        (true, _) => Delivery::Fixed,
        (false, Some(cv)) => Delivery::Uneven(cv),
        (false, None) => Delivery::AtRandom,
    };
    let bare = Question { goal, amount, amount_cv, rate, rate_from: None, delivery, inside: 1.0 };
    let rate_from = match arguments.rate_from {
        Some(RateFrom::Exactly) => None,
        Some(RateFrom::Past(past)) => Some(past),
        None => Some((bare.textbook() as f64).max((1.0 / rate).ceil())),
    };
    refuse_blind(rate, rate_from)?;
    let question = Question { rate_from, ..bare };
    Ok((question, inputs(arguments, &question)))
}

/// More deals than anybody plans one by one are mistyped.
pub(super) fn refuse_extremes(deals: f64) -> Result<(), Failure> {
    if deals <= MOST_DEALS {
        return Ok(());
    }
    Err(Failure::Argument(format!(
        "--goal is worth {deals:.1e} opportunities of the mean amount; {MOST_DEALS:.0e} is the most\n  check --goal and --amount"
    )))
}

/// A rate of which not one success was seen is not known at all.
pub(super) fn refuse_blind(rate: f64, rate_from: Option<f64>) -> Result<(), Failure> {
    match rate_from {
        Some(past) if past * rate < 1.0 - 1e-9 => Err(Failure::Argument(format!(
            "--rate-from {past}: at {:.4} % not one of {past} past MQLs became an opportunity, so the rate is not known from them\n  \
             write {} or more",
            rate * 100.0,
            (1.0 / rate).ceil()
        ))),
        _ => Ok(()),
    }
}

fn inputs(arguments: &Volume, question: &Question) -> Vec<VolumeInput> {
    let from = |given: bool, option: &str, otherwise: &str| {
        if given { option.to_owned() } else { format!("{otherwise}; {option}") }
    };
    let percent = |share: f64| format!("{} %", (share * 1e4).round() / 100.0);
    vec![
        VolumeInput { what: "goal", value: volume_plan::dollars(question.goal), source: "--goal".into() },
        VolumeInput {
            what: "amount",
            value: volume_plan::dollars(question.amount),
            source: from(arguments.amount.is_some(), "--amount", "the template's usual deal"),
        },
        VolumeInput {
            what: "spread of amounts",
            value: format!("{:.2}", question.amount_cv),
            source: from(
                arguments.amount_cv.is_some(),
                "--amount-cv",
                "standard deviation over mean, the template's, docs/EVIDENCE.md",
            ),
        },
        VolumeInput {
            what: "rate",
            value: percent(question.rate),
            source: from(
                arguments.rate.is_some(),
                "--rate",
                "the template's plan: 450 MQLs make $3.6M at $40K",
            ),
        },
        VolumeInput {
            what: "rate known from",
            value: question.rate_from.map_or("exactly".into(), |past| format!("{} past MQLs", past.round())),
            source: from(
                arguments.rate_from.is_some(),
                "--rate-from",
                "leadsim's choice: one quarter of the textbook's size",
            ),
        },
        VolumeInput {
            what: "MQLs come",
            value: match question.delivery {
                Delivery::Fixed => "exactly as planned".into(),
                Delivery::AtRandom => "at random".into(),
                Delivery::Uneven(cv) => format!("at random, at a rate off by {}", percent(cv)),
            },
            source: from(
                arguments.fixed_volume || arguments.volume_cv.is_some(),
                if arguments.fixed_volume { "--fixed-volume" } else { "--volume-cv" },
                "a Poisson count, the least luck there is where nobody counts them out",
            ),
        },
    ]
}

/// The manifest of an answer without a scenario: its inputs stand where the scenario would.
fn numbers_manifest(inputs: &[VolumeInput], arguments: &Volume) -> Manifest {
    let lines: Vec<String> =
        inputs.iter().map(|input| format!("{} = {} # {}", input.what, input.value, input.source)).collect();
    let asked = vec![
        format!("probability {}", arguments.probability),
        format!("goal {:?} amount {:?} rate {:?}", arguments.goal, arguments.amount, arguments.rate),
        format!("amount cv {:?} volume cv {:?}", arguments.amount_cv, arguments.volume_cv),
        format!("bookings {:?}", arguments.bookings),
    ];
    let version = env!("CARGO_PKG_VERSION");
    let all = [vec![version.to_owned(), "volume".into()], asked.clone(), lines.clone()].concat();
    Manifest {
        leadsim: version.into(),
        command: "volume".into(),
        scenario: "numbers".into(),
        scenario_hash: files::sha256(lines.join("\n").as_bytes()),
        seed: 0,
        asked,
        trials: 0,
        stopped: false,
        identity: files::sha256(all.join("\n").as_bytes()),
        effective_scenario: lines,
        files: Vec::new(),
    }
}

/// Writes the folder and prints the answer.
pub(super) fn finish(
    arguments: &Volume,
    page: &VolumePage<'_>,
    folder: Option<Folder>,
    manifest: Manifest,
    begun: Instant,
    scenario: Option<&Scenario>,
) -> Result<ExitCode, Failure> {
    let words = draws::as_written(volume_page(page), scenario, arguments.format);
    let stopped = manifest.stopped;
    let mut more: Vec<String> = scenario.iter().map(|scenario| scenario.name.clone()).collect();
    more.push(format!("{:.1} s", begun.elapsed().as_secs_f64()));
    if let Some(folder) = folder {
        let mut tables = vec![
            ("volume.json", volume_plan::json(page).into()),
            ("ladder.csv", volume_plan::ladder_csv(page)),
            ("curves.csv", volume_plan::curves_csv(page)),
        ];
        tables.extend(volume_plan::team_csv(page).map(|table| ("team.csv", table)));
        // what answers the question stands first: the team's picture where there is one
        let team = volume_plan::team_picture(page).map(|picture| ("opportunities-by-volume", picture));
        let paper = ("probability-by-volume", volume_plan::chance_picture(page));
        let pictures = team.into_iter().chain([paper]).collect();
        let files = Files { words: &plain(&words), tables, pictures };
        let report = |pictures: &[_], manifest: &_| decision::volume_page(scenario, page, pictures, manifest);
        more.push(leave(folder, manifest, arguments.output.force, files, report)?);
    }
    match arguments.format {
        Format::Json => say(&volume_plan::json(page))?,
        Format::Text if arguments.play.quiet => say(&volume_answer(page))?,
        Format::Text => say(&format!("{words}{}", text::faint_line(&more.join(" · "))))?,
    }
    Ok(if stopped { ExitCode::from(INTERRUPTED) } else { ExitCode::SUCCESS })
}
