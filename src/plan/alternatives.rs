//! Several scenarios, the same leads through each: every one is played on the same trials of the same seed, so that they can be paired.

use crate::model::Model;
use crate::study::{self, DecayRefused, Ending, Failure, Progress, Settings, Study, calibrate_decay};

/// One of several ways of doing it.
#[derive(Debug, Clone)]
pub struct Alternative {
    /// What it is called.
    pub name: String,
    /// What is simulated, its decay not yet calibrated.
    pub model: Model,
    /// On which the decay is calibrated: of a scenario file of its own its own base; of a variant of one file, today's scenario.
    pub base: Model,
}

/// What became of one alternative.
#[derive(Debug)]
pub enum Answer<T> {
    /// It was played, and this was kept of it.
    Played(T),
    /// Its decay curve cannot be true; nothing was played.
    Refused(DecayRefused),
}

/// Alternatives played, or as far as it came.
#[derive(Debug)]
pub struct Played<T> {
    /// In the order asked, each whole; none missing before the end.
    pub answers: Vec<Answer<T>>,
    /// Whether the user stopped it.
    pub stopped: bool,
}

/// Adds what earlier studies have done to the progress of the one being played.
pub(super) struct Whole<'a> {
    pub progress: &'a dyn Progress,
    pub before: u64,
    pub planned: u64,
}

impl Progress for Whole<'_> {
    fn done(&self, trials: u64, _planned: u64) {
        self.progress.done(self.before + trials, self.planned);
    }

    fn stop(&self) -> bool {
        self.progress.stop()
    }
}

/// Plays every alternative with the same settings, hence on common random numbers, and keeps of each study what `keep` makes of it:
/// a study of many trials is large, and only one is held at a time.
///
/// # Errors
///
/// [`Failure`] names the trial that failed.
pub fn play<T>(
    alternatives: Vec<Alternative>,
    settings: &Settings,
    progress: &dyn Progress,
    mut keep: impl FnMut(&str, &Study) -> T,
) -> Result<Played<T>, Failure> {
    let each = settings.trials.at_most();
    let planned = each.saturating_mul(alternatives.len() as u64);
    let mut answers = Vec::with_capacity(alternatives.len());
    for (place, mut alternative) in alternatives.into_iter().enumerate() {
        if let Err(refused) = calibrate_decay(&alternative.base, &mut alternative.model) {
            answers.push(Answer::Refused(refused));
            continue;
        }
        let whole = Whole { progress, before: each.saturating_mul(place as u64), planned };
        let study = study::run(alternative.model, settings.clone(), &whole)?;
        if study.ending == Ending::Stopped {
            return Ok(Played { answers, stopped: true });
        }
        answers.push(Answer::Played(keep(&alternative.name, &study)));
    }
    Ok(Played { answers, stopped: false })
}
