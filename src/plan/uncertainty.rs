//! How sure an answer can be while its inputs are not known: draws of the inputs, trials of each, and the spread told apart.

use super::readings::Readings;
use crate::random::Key;
use crate::scenario::{Problems, Scenario};
use crate::stats::components::{Components, components};
use crate::stats::{Estimate, mean, paired};
use crate::study::{self, DecayRefused, Ending, Failure, Pilot, Progress, Settings, Trials};

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
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum UncertaintyError {
    /// A drawn value is refused by the scenario.
    #[error("{}\n  an uncertain value of [uncertainty] was drawn where the scenario does not take it: narrow its low and high", .0.render(true))]
    Refused(Box<Problems>),
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

/// Plays [`DRAWS`] draws of the scenario's uncertain inputs, every input with a luck of its own (seed, draw, path); `None` where the scenario has
/// none, or the user stopped it.
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
    let owner = Key::root(settings.seed).named("uncertainty");
    let mut played: Vec<Readings> = Vec::new();
    let mut impossible = None;
    for draw in 0..DRAWS {
        let luck = owner.child(draw);
        let set = |one: &crate::scenario::Uncertain| one.at(luck.named(&one.path).uniform(0, 0));
        let sets: Vec<_> = scenario.uncertainty.iter().map(set).collect();
        let drawn = scenario.with(&sets).map_err(|problems| UncertaintyError::Refused(Box::new(problems)))?;
        let mut model = drawn.model;
        if let Err(refused) = Pilot::of(&drawn.base).calibrate_by_split(&mut model) {
            impossible = Some(refused);
            continue;
        }
        let settings = Settings {
            seed: seed_of(settings.seed, draw),
            trials: Trials::Fixed(TRIALS_OF_A_DRAW),
            ..settings.clone()
        };
        let so_far = SoFar { progress, before: draw * TRIALS_OF_A_DRAW };
        let study = study::run(model, settings, &so_far)?;
        if study.ending == Ending::Stopped {
            return Ok(None);
        }
        played.push(Readings::of(&study, commitments));
    }
    match impossible {
        Some(refused) if played.is_empty() => Err(refused.into()),
        _ => Ok(Some(taken_apart(scenario, &played, settings.level))),
    }
}

/// Adds earlier draws to the progress.
struct SoFar<'a> {
    progress: &'a dyn Progress,
    before: u64,
}

impl Progress for SoFar<'_> {
    fn done(&self, trials: u64, _planned: u64) {
        self.progress.done(self.before + trials, DRAWS * TRIALS_OF_A_DRAW);
    }

    fn stop(&self) -> bool {
        self.progress.stop()
    }
}

fn taken_apart(scenario: &Scenario, played: &[Readings], level: f64) -> Spread {
    let of = |values: fn(&Readings) -> Vec<f64>| components(&played.iter().map(values).collect::<Vec<_>>());
    // a ratio of sums: each trial's linearised part of it (Cochran 1977, section 6.4)
    let pairs: Vec<(f64, f64)> = played
        .iter()
        .flat_map(|one| one.kept.iter().map(|(kept, judged)| (*kept as f64, *judged as f64)))
        .collect();
    let parts = paired::linearised(&pairs)
        .map(|(ratio, parts)| parts.into_iter().map(|part| ratio + part).collect::<Vec<_>>());
    let attainment = parts.and_then(|parts| {
        let groups: Vec<Vec<f64>> = parts.chunks(TRIALS_OF_A_DRAW as usize).map(<[f64]>::to_vec).collect();
        components(&groups)
    });
    let shares: Vec<f64> = played
        .iter()
        .map(|one| one.held.iter().filter(|held| **held).count() as f64 / one.held.len() as f64)
        .collect();
    Spread {
        paths: scenario.uncertainty.iter().map(|one| one.path.clone()).collect(),
        holds: mean::mean(&shares, level),
        of_holds: of(|one| one.held.iter().map(|held| f64::from(u8::from(*held))).collect()),
        of_attainment: attainment,
        of_opportunities: of(|one| one.opportunities.clone()),
        of_won: of(|one| one.won.clone()),
        draws: played.len() as u64,
        refused: DRAWS - played.len() as u64,
    }
}
