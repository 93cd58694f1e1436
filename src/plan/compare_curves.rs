//! Whether a comparison's money, and what it recommends, stands under a second decay curve: all of it once more, paired, on few trials.

use super::compare::Comparison;
use super::curves::{self, Refused};
use super::differences::{Difference, difference};
use crate::model::Model;
use crate::scenario::Scenario;
use crate::stats::Estimate;
use crate::study::{Failure, Pilot, Progress, Series, Settings, Trials};

/// Most trials of each scenario under the second curve: differences are paired, so few are enough.
pub const MOST_TRIALS: u64 = 100;

/// What is told under both curves, besides the headline.
pub const MONEY: [&str; 3] = ["opportunities", "pipeline", "revenue"];

/// What became of the second curve.
#[derive(Debug, Clone, PartialEq)]
pub enum OtherCurve {
    /// It was played.
    Played(Box<Played>),
    /// There is none to be played.
    Refused {
        /// Its name, where one stands beside the scenarios' own.
        curve: Option<String>,
        /// Why, in a few words.
        why: String,
    },
}

/// A comparison under a second curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Played {
    /// The scenarios' own curve.
    pub own: String,
    /// The second.
    pub curve: String,
    /// Share of its effect that had to be put on contact to make it possible in all of them.
    pub moved_to_contact: Option<f64>,
    /// One an alternative, against the base.
    pub gains: Vec<Gains>,
    /// The first for the second alternative of two: really the other way round under the two curves, in the headline or in money.
    pub changes: Vec<Change>,
    /// Trials of each.
    pub trials: u64,
}

/// One alternative against the base under the second curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Gains {
    /// The headline, then [`MONEY`], as far as there is any: under the own curve, over all trials, and under the other.
    pub measures: Vec<(Difference, Difference)>,
}

/// What is recommended otherwise under the second curve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// This alternative (by place) is better than the base in this measure under one curve and worse under the other.
    Turned(usize, &'static str),
    /// Of several alternatives another brings most opportunities: the own curve's, and the second's.
    Best(usize, usize),
}

/// Plays the first trials of all scenarios again under a second curve; `None` where speed has no effect on deals in any of them, or the
/// user stopped it.
///
/// # Errors
///
/// [`Failure`] if a trial fails.
pub fn other(
    scenarios: &[&Scenario],
    comparison: &Comparison,
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<Option<OtherCurve>, Failure> {
    let name = |scenario: &&Scenario| scenario.model.buyers.decay.as_ref().map(|d| d.curve.name.clone());
    let names: Vec<Option<String>> = scenarios.iter().map(name).collect();
    let Some(own) = names.iter().flatten().next().cloned() else { return Ok(None) };
    if names.iter().any(|other| other.as_ref() != Some(&own)) {
        let why = "the scenarios have different curves of their own".to_owned();
        return Ok(Some(OtherCurve::Refused { curve: None, why }));
    }
    let (curve, moved_to_contact, models) = match models(scenarios) {
        Some(Ok(all)) => all,
        Some(Err(Refused { curve, why })) => {
            return Ok(Some(OtherCurve::Refused { curve: Some(curve), why }));
        }
        None => {
            let why = "the curve is its author's own, and no published one stands beside it".to_owned();
            return Ok(Some(OtherCurve::Refused { curve: None, why }));
        }
    };
    let trials = settings.trials.at_most().min(MOST_TRIALS);
    let settings = Settings { trials: Trials::Fixed(trials), ..settings.clone() };
    let Some(all) = curves::play_all(models, &settings, progress)? else { return Ok(None) };
    let gains: Vec<Gains> =
        (0..comparison.others.len()).map(|place| gains(comparison, place, &all)).collect();
    let changes = changes(comparison, &gains, &all);
    Ok(Some(OtherCurve::Played(Box::new(Played { own, curve, moved_to_contact, gains, changes, trials }))))
}

/// The second curve's name, the share of its effect that had to be put on contact, and the scenarios under it.
type Under = (String, Option<f64>, Vec<Model>);

/// All scenarios under the curve that stands beside the first one's own.
fn models(scenarios: &[&Scenario]) -> Option<Result<Under, Refused>> {
    let pilots: Vec<Pilot<'_>> = scenarios.iter().map(|scenario| Pilot::of(&scenario.base)).collect();
    let second = match curves::beside_own(scenarios[0], &pilots[0])? {
        Ok(second) => second,
        Err(refused) => return Some(Err(refused)),
    };
    let all = scenarios.iter().map(|scenario| scenario.model.clone()).zip(&pilots).collect();
    let under = curves::all_under(&second, all);
    Some(under.map(|(moved, models)| (second.curve, moved, models)))
}

fn gains(comparison: &Comparison, place: usize, all: &[Vec<Series>]) -> Gains {
    let versus = &comparison.others[place];
    let headline = versus.headline().map(|own| (own.finding.measure, own.finding.commitment.clone()));
    let money = MONEY.map(|measure| (measure, None));
    let has_headline = |of: &(&str, Option<String>)| Some(of) != headline.as_ref();
    let wanted: Vec<(&str, Option<String>)> =
        headline.iter().cloned().chain(money.into_iter().filter(has_headline)).collect();
    let of = |(measure, id): (&str, Option<String>)| {
        let base = Series::overall(&all[0], measure, id.as_deref())?;
        let other = Series::overall(&all[place + 1], measure, id.as_deref())?;
        let own = versus.differences.both.iter().find(|own| base.is_same_as(&own.finding))?;
        Some((own.clone(), difference(base, other, comparison.levels.main)))
    };
    Gains { measures: wanted.into_iter().filter_map(of).collect() }
}

/// −1 or 1 where a difference is real, else 0.
fn sign(difference: &Difference) -> i8 {
    match difference.difference.value {
        _ if !difference.moved => 0,
        value if value > 0.0 => 1,
        _ => -1,
    }
}

fn changes(comparison: &Comparison, gains: &[Gains], all: &[Vec<Series>]) -> Vec<Change> {
    let mut changes = Vec::new();
    for (place, gains) in gains.iter().enumerate() {
        let turned = gains.measures.iter().filter(|(own, other)| sign(own) * sign(other) < 0);
        changes.extend(turned.map(|(own, _)| Change::Turned(place, own.finding.measure)));
    }
    let of = |gains: &Gains, other: bool| -> Option<Estimate> {
        let found = gains.measures.iter().find(|(own, _)| own.finding.measure == "opportunities")?;
        Some(if other { found.1.difference } else { found.0.difference })
    };
    let best = |other: bool| {
        let all =
            gains.iter().enumerate().filter_map(|(place, gains)| Some((place, of(gains, other)?.value)));
        all.max_by(|a, b| a.1.total_cmp(&b.1))
    };
    if let (Some((here, _)), Some((there, _))) = (best(false), best(true))
        && here != there
        && is_really_behind(all, here, there, comparison.levels.main)
    {
        changes.push(Change::Best(here, there));
    }
    changes
}

/// Whether one alternative brings really fewer opportunities than another under the second curve.
fn is_really_behind(all: &[Vec<Series>], behind: usize, ahead: usize, level: f64) -> bool {
    let of = |place: usize| Series::overall(&all[place + 1], "opportunities", None);
    of(behind).zip(of(ahead)).is_some_and(|(behind, ahead)| sign(&difference(behind, ahead, level)) > 0)
}
