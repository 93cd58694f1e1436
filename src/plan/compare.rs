//! Which of several ways is better, by how much, and how sure that is: the same leads through each, every measure paired.

use super::alternatives::{self, Alternative, Answer};
use super::differences::{Difference, Differences, difference, differences};
use crate::model::{Decay, Model};
use crate::stats::paired;
use crate::study::{DecayRefused, Failure, Finding, Progress, Series, Settings, Study};

/// Measures of all leads that stand at the head of a comparison, beside the promises.
const MAIN: [&str; 10] = [
    "holds_jointly",
    "opportunities",
    "pipeline",
    "won",
    "revenue",
    "never_attempted",
    "speed_to_lead_mean",
    "lead_work",
    "team_cost",
    "cost_per_opportunity",
];

/// Each half of the error of all intervals together: one for the main measures, one for all others.
const HALF: f64 = 0.5;

/// One alternative held against the base.
#[derive(Debug, Clone, PartialEq)]
pub struct Versus {
    /// Its name.
    pub name: String,
    /// Every measure, the main ones included.
    pub differences: Differences,
    /// The main measures: where they stand among the differences that both have, in the order of a page.
    pub mains: Vec<usize>,
    /// The headline: where it stands there.
    pub headline: Option<usize>,
    /// Whether its rates are taken to be seen under other response times than the base's: what speed brings then does not show
    /// between the two.
    pub is_calibrated_apart: bool,
}

impl Versus {
    /// The difference in the headline.
    pub fn headline(&self) -> Option<&Difference> {
        self.headline.map(|place| &self.differences.both[place])
    }
}

/// One alternative held against another in the headline: the second minus the first.
#[derive(Debug, Clone, PartialEq)]
pub struct Rivals {
    /// Places of the two among the alternatives.
    pub between: (usize, usize),
    /// Second minus first.
    pub difference: Difference,
}

/// How sure each interval is, so that all are right together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Levels {
    /// Of all intervals together.
    pub together: f64,
    /// Of each main one.
    pub main: f64,
    /// Main comparisons.
    pub mains: usize,
    /// Of each other one.
    pub rest: f64,
    /// Other comparisons.
    pub others: usize,
}

/// A finished comparison, or as far as it came.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The base's name.
    pub base: String,
    /// Each alternative against the base.
    pub others: Vec<Versus>,
    /// The alternatives against each other, in the headline.
    pub rivals: Vec<Rivals>,
    /// The same in opportunities, where both have them; no page tells them, so they are not counted among the levels.
    pub in_opportunities: Vec<Rivals>,
    /// Levels of the intervals.
    pub levels: Levels,
    /// Trials of each.
    pub trials: u64,
    /// Whether the user stopped it: the alternatives that were finished are whole.
    pub stopped: bool,
}

/// Why a comparison came to no answer.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// A decay curve cannot be true of one of them.
    #[error("in {name}: {refused}")]
    Decay {
        /// Which.
        name: String,
        /// Why.
        refused: Box<DecayRefused>,
    },
    /// A trial failed.
    #[error(transparent)]
    Trial(#[from] Failure),
}

/// Plays the base (the first) and every alternative to it, and pairs every measure; nothing where the user stopped it before the
/// second was finished.
///
/// # Errors
///
/// [`CompareError`] names a scenario whose decay curve is impossible, or the trial that failed.
pub fn compare(
    contenders: Vec<Alternative>,
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<Option<Comparison>, CompareError> {
    let names: Vec<String> = contenders.iter().map(|contender| contender.name.clone()).collect();
    let models: Vec<Model> = contenders.iter().map(|contender| contender.model.clone()).collect();
    let keep = |_: &str, study: &Study| (study.series(), study.model.buyers.decay.clone());
    let played = alternatives::play(contenders, settings, progress, keep)?;
    let (mut all, mut decays): (Vec<Vec<Series>>, Vec<Option<Decay>>) = Default::default();
    for (answer, name) in played.answers.into_iter().zip(&names) {
        match answer {
            Answer::Played((series, decay)) => {
                all.push(series);
                decays.push(decay);
            }
            Answer::Refused(refused) => {
                return Err(CompareError::Decay { name: name.clone(), refused: Box::new(refused) });
            }
        }
    }
    let stopped = played.stopped;
    if all.len() < 2 {
        return Ok(None);
    }
    let mut comparison = paired_up(&names, &models, &all, settings.level);
    for (versus, decay) in comparison.others.iter_mut().zip(&decays[1..]) {
        versus.is_calibrated_apart = scales(decay.as_ref()) != scales(decays[0].as_ref());
    }
    Ok(Some(Comparison { stopped, ..comparison }))
}

/// What calibration found, where both have a curve.
fn scales(decay: Option<&Decay>) -> Option<&[f64]> {
    decay.map(|decay| decay.log_scale.as_slice())
}

fn paired_up(names: &[String], models: &[Model], all: &[Vec<Series>], level: f64) -> Comparison {
    let (base, others) = (&all[0], &all[1..]);
    let mains: Vec<Finding> = main_of(base, &models[0]);
    let is_main = |finding: &Finding| mains.iter().any(|main| is_same(main, finding));
    let levels = levels(base, others, &mains, level);
    let headline = headline_of(&models[0]);
    let level_of = |finding: &Finding| if is_main(finding) { levels.main } else { levels.rest };
    let against = |(series, name): (&Vec<Series>, &String)| {
        let differences = differences(base, series, level_of);
        let place = |finding: &Finding| differences.both.iter().position(|d| is_same(finding, &d.finding));
        let leads = Series::overall(base, headline.0, headline.1);
        let headline = leads.and_then(|leads| place(&leads.finding));
        let mains = mains.iter().filter_map(place).collect();
        Versus { name: name.clone(), differences, mains, headline, is_calibrated_apart: false }
    };
    let rivals = |(measure, id): (&str, Option<&str>)| -> Vec<Rivals> {
        let rival = |(first, second): (usize, usize)| {
            let of = |place: usize| Series::overall(&others[place], measure, id);
            let difference = difference(of(first)?, of(second)?, levels.main);
            Some(Rivals { between: (first, second), difference })
        };
        pairs(others.len()).into_iter().filter_map(rival).collect()
    };
    Comparison {
        base: names[0].clone(),
        others: others.iter().zip(&names[1..]).map(against).collect(),
        rivals: rivals(headline),
        in_opportunities: rivals(("opportunities", None)),
        levels,
        trials: base.first().map_or(0, |series| series.by_trial.trials() as u64),
        stopped: false,
    }
}

/// The measure of the headline: attainment of the headline promise, else opportunities.
fn headline_of(model: &Model) -> (&str, Option<&str>) {
    let agreement = &model.agreement;
    match agreement.headline() {
        Some(place) => ("attainment", Some(agreement.commitments[place].id.as_str())),
        None => ("opportunities", None),
    }
}

/// The main measures that a study has: every promise kept and held, that of the headline first, then [`MAIN`].
fn main_of(series: &[Series], model: &Model) -> Vec<Finding> {
    let agreement = &model.agreement;
    let mut commitments: Vec<&str> = agreement.commitments.iter().map(|c| c.id.as_str()).collect();
    if let Some(place) = agreement.headline() {
        commitments[..=place].rotate_right(1);
    }
    let promises = commitments.into_iter().flat_map(|id| [("attainment", Some(id)), ("holds", Some(id))]);
    let wanted = promises.chain(MAIN.map(|measure| (measure, None)));
    wanted.filter_map(|(measure, id)| Some(Series::overall(series, measure, id)?.finding.clone())).collect()
}

fn is_same(one: &Finding, other: &Finding) -> bool {
    one.measure == other.measure
        && one.commitment == other.commitment
        && one.tier == other.tier
        && one.cause == other.cause
        && one.scope == other.scope
}

/// Bonferroni, half of the error to the main comparisons (the alternatives among themselves included), half to all others.
fn levels(base: &[Series], others: &[Vec<Series>], mains: &[Finding], level: f64) -> Levels {
    let is_main = |series: &&Series| mains.iter().any(|main| is_same(main, &series.finding));
    let alternatives = others.len();
    let mains = base.iter().filter(is_main).count() * alternatives + pairs(alternatives).len();
    let extra = |other: &Vec<Series>| {
        other.iter().filter(|theirs| !base.iter().any(|mine| mine.is_same_as(&theirs.finding))).count()
    };
    let rest = base.iter().filter(|series| !is_main(series)).count() * alternatives
        + others.iter().map(extra).sum::<usize>();
    let half = 1.0 - (1.0 - level) * HALF;
    Levels {
        together: level,
        main: paired::level_of_each(half, mains),
        mains,
        rest: paired::level_of_each(half, rest),
        others: rest,
    }
}

/// Every two of so many.
fn pairs(many: usize) -> Vec<(usize, usize)> {
    (0..many).flat_map(|second| (0..second).map(move |first| (first, second))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_two_alternatives_are_a_pair_once() {
        assert!(pairs(1).is_empty());
        assert_eq!(pairs(3), [(0, 1), (0, 2), (1, 2)]);
    }
}
