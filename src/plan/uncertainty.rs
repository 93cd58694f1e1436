//! How sure an answer can be while its inputs are not known: draws of the inputs, trials of each, and the spread told apart.

use super::alternatives::Whole;
use super::readings::Readings;
use crate::model::Model;
use crate::random::Key;
use crate::scenario::{Problems, Scenario, Set};
use crate::stats::components::{Components, components};
use crate::stats::{Estimate, mean, paired};
use crate::study::{self, DecayRefused, Ending, Failure, Pilot, Progress, Settings, Study, Trials};

/// Draws of the inputs.
pub const DRAWS: u64 = 60;

/// Trials of each draw.
pub const TRIALS_OF_A_DRAW: u64 = 20;

/// Where the spread of the answers comes from.
#[derive(Debug, Clone)]
pub struct Spread {
    /// Paths of the uncertain inputs.
    pub paths: Vec<String>,
    /// Share of trials in which the wanted promises hold, inputs drawn anew: a mean over draws, which are independent.
    pub holds: Estimate,
    /// The same, its variance taken apart.
    pub of_holds: Option<Components>,
    /// Of attainment of the first wanted promise.
    pub of_attainment: Option<Components>,
    /// Of opportunities a trial.
    pub of_opportunities: Option<Components>,
    /// Of the amount won a trial, dollars.
    pub of_won: Option<Components>,
    /// Draws that could be played; others have a decay curve that cannot be true.
    pub draws: u64,
    /// Draws that could not.
    pub refused: u64,
    /// Whether the user stopped it before all draws were played.
    pub stopped: bool,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum UncertaintyError {
    /// A drawn value is refused by the scenario.
    #[error("{}\n  [uncertainty] drew {values}, which the scenario does not take: narrow low and high, or write values = [\"…\", \"…\"]", .problems.render(true))]
    Refused {
        /// What was drawn, as it would stand behind --set.
        values: String,
        /// Why it is refused.
        problems: Box<Problems>,
    },
    /// No draw's decay curve can be true.
    #[error("{0}")]
    Decay(#[from] DecayRefused),
    /// A trial failed.
    #[error(transparent)]
    Trial(#[from] Failure),
}

/// The seed of a draw's trials: luck must not be shared between draws, or its variance could not be told from the inputs'.
fn seed_of(seed: u64, draw: u64) -> u64 {
    seed.wrapping_add((draw + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// The inputs of one draw.
#[derive(Debug)]
pub struct Drawn {
    /// Of each input, which quantile of what is known of it; in the order of the scenario.
    pub quantiles: Vec<f64>,
    model: Model,
    base: Model,
}

/// Draws the scenario's uncertain inputs so many times, each input with a luck of its own (seed, draw, path), and checks every draw.
///
/// # Errors
///
/// [`UncertaintyError::Refused`] names the values of the first draw that the scenario does not take.
pub fn drawn(scenario: &Scenario, seed: u64, draws: u64) -> Result<Vec<Drawn>, UncertaintyError> {
    let owner = Key::root(seed).named("uncertainty");
    let one = |draw: u64| {
        let luck = owner.child(draw);
        let quantiles: Vec<f64> =
            scenario.uncertainty.iter().map(|one| luck.named(&one.path).uniform(0, 0)).collect();
        let sets: Vec<Set> =
            scenario.uncertainty.iter().zip(&quantiles).map(|(one, at)| one.at(*at)).collect();
        let first = scenario.sets().len();
        let changed = scenario.with(&sets).map_err(|problems| UncertaintyError::Refused {
            values: sets.iter().map(Set::text).collect::<Vec<_>>().join(", "),
            problems: Box::new(problems.call_options(first, "[uncertainty]")),
        })?;
        Ok(Drawn { quantiles, model: changed.model, base: changed.base })
    };
    (0..draws).map(one).collect()
}

/// What was kept of every draw that could be played.
#[derive(Debug)]
pub struct Played<T> {
    /// The quantiles of the inputs, and what was kept.
    pub draws: Vec<(Vec<f64>, T)>,
    /// Draws whose decay curve cannot be true.
    pub refused: u64,
    /// Whether the user stopped it: the draws are then the first ones, each whole.
    pub stopped: bool,
}

/// Plays so many trials of every draw, with luck of its own, and keeps of each study what `keep` makes of it; those finished, where the user
/// stopped it. Draws are independent, so the first of them are as good a sample as all.
///
/// # Errors
///
/// [`UncertaintyError`]: no draw has a possible decay curve, or a trial failed.
pub fn play<T>(
    drawn: Vec<Drawn>,
    each: u64,
    settings: &Settings,
    progress: &dyn Progress,
    keep: impl Fn(&Study) -> T,
) -> Result<Played<T>, UncertaintyError> {
    let planned = drawn.len() as u64 * each;
    let (mut draws, mut impossible, mut refused, mut stopped) = (Vec::new(), None, 0, false);
    for (draw, one) in (0..).zip(drawn) {
        let mut model = one.model;
        if let Err(why) = Pilot::of(&one.base).calibrate_by_split(&mut model) {
            impossible = Some(why);
            refused += 1;
            continue;
        }
        // single trials are what variances are taken from: their busyness is not shared out
        let settings = Settings {
            seed: seed_of(settings.seed, draw),
            trials: Trials::Fixed(each),
            stratified: false,
            ..settings.clone()
        };
        let so_far = Whole { progress, before: draw * each, planned };
        let study = study::run(model, settings, &so_far)?;
        if study.ending == Ending::Stopped {
            stopped = true;
            break;
        }
        draws.push((one.quantiles, keep(&study)));
    }
    match impossible {
        Some(why) if draws.is_empty() && !stopped => Err(why.into()),
        _ => Ok(Played { draws, refused, stopped }),
    }
}

/// Plays [`DRAWS`] draws of the scenario's uncertain inputs, or as many as were finished; `None` where the scenario has none.
///
/// # Errors
///
/// [`UncertaintyError`]: a drawn value is refused, no draw has a possible decay curve, or a trial failed.
pub fn spread(
    scenario: &Scenario,
    commitments: &[usize],
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<Option<Spread>, UncertaintyError> {
    if scenario.uncertainty.is_empty() {
        return Ok(None);
    }
    let drawn = drawn(scenario, settings.seed, DRAWS)?;
    let keep = |study: &Study| Readings::of(study, commitments);
    let played = play(drawn, TRIALS_OF_A_DRAW, settings, progress, keep)?;
    Ok(Some(taken_apart(scenario, played, settings.level)))
}

/// A ratio of sums as each trial of one draw gave it: the draw's own ratio and each trial's linearised part of it (Cochran 1977,
/// section 6.4). None where nothing was counted in the draw.
pub(super) fn ratio_by_trial(pairs: &[(f64, f64)]) -> Option<Vec<f64>> {
    let (ratio, parts) = paired::linearised(pairs)?;
    Some(parts.into_iter().map(|part| ratio + part).collect())
}

fn taken_apart(scenario: &Scenario, played: Played<Readings>, level: f64) -> Spread {
    let (refused, stopped) = (played.refused, played.stopped);
    let played: Vec<Readings> = played.draws.into_iter().map(|(_, readings)| readings).collect();
    let of = |values: fn(&Readings) -> Vec<f64>| components(&played.iter().map(values).collect::<Vec<_>>());
    let pairs = |one: &Readings| -> Vec<(f64, f64)> {
        one.kept.iter().map(|(kept, judged)| (*kept as f64, *judged as f64)).collect()
    };
    let attainment: Vec<Vec<f64>> = played.iter().filter_map(|one| ratio_by_trial(&pairs(one))).collect();
    let shares: Vec<f64> = played
        .iter()
        .map(|one| one.held.iter().filter(|held| **held).count() as f64 / one.held.len() as f64)
        .collect();
    Spread {
        paths: scenario.uncertainty.iter().map(|one| one.path.clone()).collect(),
        holds: mean::mean(&shares, level),
        of_holds: of(|one| one.held.iter().map(|held| f64::from(u8::from(*held))).collect()),
        of_attainment: components(&attainment),
        of_opportunities: of(|one| one.opportunities.clone()),
        of_won: of(|one| one.won.clone()),
        draws: played.len() as u64,
        refused,
        stopped,
    }
}
