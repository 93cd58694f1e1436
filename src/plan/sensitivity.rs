//! Which assumption decides: every input at its low and at its high end on the same leads, ordered by what it moves, under two decay curves.

use super::alternatives::Whole;
use super::assumptions::{self, Input};
use super::curves;
use super::readings::{Measure, Readings, Side, side};
use crate::model::{Decay, Model};
use crate::scenario::{Scenario, Set};
use crate::stats::{Estimate, paired};
use crate::study::{self, DecayRefused, Ending, Failure, Pilot, Progress, Settings, Study, Trials};

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// Commitments that must hold together, by their place in the agreement; at least one.
    pub commitments: Vec<usize>,
    /// With which probability.
    pub probability: f64,
}

/// Trials of every end under the other decay curve: differences are paired, so few are enough.
pub const TRIALS_OF_THE_OTHER_CURVE: u64 = 100;

/// One end of one input, played.
#[derive(Debug, Clone)]
pub struct End {
    /// The value in words.
    pub words: String,
    /// What each trial gave; none where the decay curve cannot be true at this end.
    pub readings: Option<Readings>,
    /// Share of speed's effect that had to be put on contact to make the curve possible here.
    pub moved_to_contact: Option<f64>,
    /// The same under the other curve, over fewer trials.
    pub other: Option<Readings>,
}

/// One input.
#[derive(Debug, Clone)]
pub struct Bar {
    /// What it is.
    pub name: String,
    /// Why these ends.
    pub source: String,
    /// Whether it touches money only.
    pub money_only: bool,
    /// At the low end.
    pub low: End,
    /// At the high end.
    pub high: End,
}

/// A lever of the scenario under both curves, or the scenario itself.
#[derive(Debug, Clone)]
pub struct Way {
    /// What it is called; empty for the scenario as it is.
    pub name: String,
    /// Under the scenario's own curve.
    pub own: Option<Readings>,
    /// Under the other.
    pub other: Option<Readings>,
}

/// The answer, or as far as it came.
#[derive(Debug, Clone)]
pub struct Sensitivity {
    /// The scenario as it is, then its levers.
    pub ways: Vec<Way>,
    /// The inputs, in the order asked; each whole.
    pub bars: Vec<Bar>,
    /// Inputs there were to play.
    pub inputs: usize,
    /// The scenario's own decay curve; none where speed has no effect.
    pub curve: Option<String>,
    /// The other curve's name, or why there is none.
    pub other: Result<String, String>,
    /// What was wanted.
    pub wanted: Wanted,
    /// Confidence of all intervals of one measure together.
    pub level: f64,
    /// Trials of every end.
    pub trials: u64,
    /// Trials played in all.
    pub played: u64,
    /// Seed of all luck.
    pub seed: u64,
    /// Whether the user stopped it.
    pub stopped: bool,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum SensitivityError {
    /// The scenario's own decay curve cannot be true.
    #[error("{0}")]
    Decay(#[from] DecayRefused),
    /// A trial failed.
    #[error(transparent)]
    Trial(#[from] Failure),
}

/// A lever with its model.
#[derive(Debug, Clone)]
pub struct Lever {
    /// What it is called.
    pub name: String,
    /// What is simulated, its decay not yet calibrated.
    pub model: Model,
}

/// Plays the scenario, its levers and every end of every input with the same luck, all again under another decay curve.
///
/// # Errors
///
/// [`SensitivityError`]: the scenario's own decay curve is impossible, or a trial failed.
pub fn sensitivity(
    scenario: &Scenario,
    inputs: &[Input],
    levers: Vec<Lever>,
    wanted: Wanted,
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<Option<Sensitivity>, SensitivityError> {
    let trials = settings.trials.at_most();
    let (decay, other) = other_decay(scenario);
    let each = trials + if decay.is_some() { trials.min(TRIALS_OF_THE_OTHER_CURVE) } else { 0 };
    let planned = each * (1 + levers.len() + 2 * inputs.len()) as u64;
    let mut play = Play { settings, progress, wanted: &wanted, other: decay, done: 0, planned };
    let pilot = Pilot::of(&scenario.base);
    let mut ways = Vec::new();
    let mut model = scenario.model.clone();
    pilot.calibrate(&mut model)?;
    let today = Lever { name: String::new(), model: scenario.model.clone() };
    for lever in std::iter::once(today).chain(levers) {
        let Some((end, name)) = play.end(&lever.model, &pilot, "")?.map(|end| (end, lever.name)) else {
            break;
        };
        ways.push(Way { name, own: end.readings, other: end.other });
    }
    if ways.is_empty() {
        return Ok(None);
    }
    let bars = play.bars(inputs, &pilot)?;
    let stopped = bars.len() < inputs.len() || progress.stop();
    let played = play.done;
    let curve = scenario.model.buyers.decay.as_ref().map(|decay| decay.curve.name.clone());
    let level = settings.level;
    let seed = settings.seed;
    let inputs = inputs.len();
    Ok(Some(Sensitivity { ways, bars, inputs, curve, other, wanted, level, trials, played, seed, stopped }))
}

/// The decay curve that stands beside the scenario's own, as the scenario would have it, and its name or why there is none.
fn other_decay(scenario: &Scenario) -> (Option<Decay>, Result<String, String>) {
    let Some(decay) = &scenario.model.buyers.decay else {
        return (None, Err("the scenario has no decay curve: speed is worth nothing in it".into()));
    };
    let Some(name) = curves::beside(&decay.curve.name) else {
        return (
            None,
            Err("the scenario's curve is its author's own; no published one stands beside it".into()),
        );
    };
    let set = Set::new("buyers.decay.curve", &format!("{name:?}")).expect("a path and a quoted word");
    match scenario.with(&[set]).map(|changed| changed.model.buyers.decay) {
        Ok(Some(decay)) => (Some(decay), Ok(name.to_owned())),
        _ => (None, Err(format!("the scenario does not take the curve \"{name}\""))),
    }
}

/// What all variants share.
struct Play<'a> {
    settings: &'a Settings,
    progress: &'a dyn Progress,
    wanted: &'a Wanted,
    other: Option<Decay>,
    done: u64,
    planned: u64,
}

impl Play<'_> {
    /// Every input at both ends; fewer where the user stopped it.
    fn bars(&mut self, inputs: &[Input], today: &Pilot<'_>) -> Result<Vec<Bar>, SensitivityError> {
        let mut bars = Vec::new();
        for input in inputs {
            let mut ends = Vec::new();
            for side in [&input.low, &input.high] {
                let own = side.base.as_ref().map(Pilot::of);
                let Some(end) = self.end(&side.model, own.as_ref().unwrap_or(today), &side.words)? else {
                    return Ok(bars);
                };
                ends.push(end);
            }
            let (high, low) = (ends.pop(), ends.pop());
            let (low, high) = (low.expect("two ends"), high.expect("two ends"));
            let (name, source) = (input.name.clone(), input.source.clone());
            bars.push(Bar { name, source, money_only: input.money_only, low, high });
        }
        Ok(bars)
    }

    /// One model under both curves; none where the user stopped it.
    fn end(&mut self, model: &Model, pilot: &Pilot<'_>, words: &str) -> Result<Option<End>, Failure> {
        let mut end = End { words: words.to_owned(), readings: None, moved_to_contact: None, other: None };
        let wanted_split = model.buyers.decay.as_ref().map(|decay| decay.on_contact);
        let mut own = model.clone();
        if let Ok(split) = pilot.calibrate_by_split(&mut own) {
            end.moved_to_contact = split.filter(|split| wanted_split.is_some_and(|own| *split > own + 1e-9));
            let trials = self.settings.trials.at_most();
            let Some(study) = self.study(own, trials)? else { return Ok(None) };
            end.readings = Some(Readings::of(&study, &self.wanted.commitments));
        }
        if let Some(decay) = &self.other {
            let mut other = model.clone();
            // strength and split are the variant's own: only the curve is another
            if let Some(own) = &mut other.buyers.decay {
                own.curve = decay.curve.clone();
            }
            if pilot.calibrate_by_split(&mut other).is_ok() {
                let trials = self.settings.trials.at_most().min(TRIALS_OF_THE_OTHER_CURVE);
                let Some(study) = self.study(other, trials)? else { return Ok(None) };
                end.other = Some(Readings::of(&study, &self.wanted.commitments));
            }
        }
        Ok(Some(end))
    }

    fn study(&mut self, model: Model, trials: u64) -> Result<Option<Study>, Failure> {
        let settings = Settings { trials: Trials::Fixed(trials), ..self.settings.clone() };
        let whole = Whole { progress: self.progress, before: self.done, planned: self.planned };
        let study = study::run(model, settings, &whole)?;
        self.done += study.trials();
        Ok((study.ending != Ending::Stopped).then_some(study))
    }
}

/// How an end of an input moves one measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Move {
    /// The measure at this end.
    pub value: Estimate,
    /// Minus the scenario as it is, paired.
    pub by: Estimate,
}

impl Move {
    /// Whether the interval of the move leaves 0 out.
    pub fn is_real(&self) -> bool {
        self.by.shown().is_some_and(|(low, high)| low > 0.0 || high < 0.0)
    }
}

impl Sensitivity {
    /// What each trial of the scenario as it is gave.
    pub fn today(&self) -> &Readings {
        self.ways[0].own.as_ref().expect("the scenario's own curve was calibrated")
    }

    /// The level of each interval, so that all of one measure hold together (Bonferroni).
    pub fn each(&self) -> f64 {
        paired::level_of_each(self.level, 2 * self.bars.len())
    }

    /// How one end moves one measure; none where it could not be played.
    pub fn moved(&self, end: &End, measure: Measure) -> Option<Move> {
        let readings = end.readings.as_ref()?;
        let level = self.each();
        let by = self.today().moved(readings, measure, level);
        Some(Move { value: readings.estimate(measure, level), by })
    }

    /// The same under the other curve, against the scenario as it is under that curve.
    pub fn moved_under_other(&self, end: &End, measure: Measure) -> Option<Move> {
        let (today, readings) = (self.ways[0].other.as_ref()?, end.other.as_ref()?);
        let level = self.each();
        Some(Move { value: readings.estimate(measure, level), by: today.moved(readings, measure, level) })
    }

    /// The largest distance that an input moves a measure.
    pub fn reach(&self, bar: &Bar, measure: Measure) -> f64 {
        let of = |end| self.moved(end, measure).map_or(0.0, |moved| moved.by.value.abs());
        of(&bar.low).max(of(&bar.high))
    }

    /// Places of the inputs, those that move the measure most first.
    pub fn order(&self, measure: Measure) -> Vec<usize> {
        let reaches: Vec<f64> = self.bars.iter().map(|bar| self.reach(bar, measure)).collect();
        let mut order: Vec<usize> = (0..self.bars.len()).collect();
        order.sort_by(|a, b| reaches[*b].total_cmp(&reaches[*a]).then(a.cmp(b)));
        order
    }

    /// The measure of the promise: its probability, or, where no trial tells any end from any other, attainment.
    pub fn of_promise(&self) -> Measure {
        let first = self.today().held.first().copied();
        let all =
            self.bars.iter().flat_map(|bar| [&bar.low, &bar.high]).filter_map(|end| end.readings.as_ref());
        let same =
            all.chain([self.today()]).all(|readings| readings.held.iter().all(|held| Some(*held) == first));
        if same { Measure::Attainment } else { Measure::Holds }
    }

    /// On which side of the wanted probability the scenario as it is lies.
    pub fn verdict(&self) -> Side {
        side(&self.today().estimate(Measure::Holds, self.level), self.wanted.probability)
    }

    /// On which side an end lies.
    pub fn side(&self, end: &End) -> Option<Side> {
        Some(side(&self.moved(end, Measure::Holds)?.value, self.wanted.probability))
    }

    /// Places of the inputs that can turn the verdict: on their way from low to high the promise holds somewhere and breaks elsewhere,
    /// both beyond chance; the largest move first.
    pub fn turning(&self) -> Vec<usize> {
        let mut order = self.order(Measure::Holds);
        order.retain(|place| {
            let bar = &self.bars[*place];
            let sides = [Some(self.verdict()), self.side(&bar.low), self.side(&bar.high)];
            sides.contains(&Some(Side::Holds)) && sides.contains(&Some(Side::Breaks))
        });
        order
    }
}

/// The inputs of a scenario: those given, and the defaults that none of these replaces.
pub fn inputs(scenario: &Scenario, given: Vec<Input>, paths: &[String], with_defaults: bool) -> Vec<Input> {
    let mut inputs = given;
    if with_defaults {
        inputs.extend(assumptions::of_model(&scenario.model, &scenario.base, paths));
    }
    inputs
}
