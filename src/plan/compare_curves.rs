//! Whether a comparison's money, and what it recommends, stands under a second decay curve: all of it once more, paired, on few trials.

use super::compare::Comparison;
use super::curves::{self, Refused};
use super::differences::{Difference, difference};
use crate::model::Model;
use crate::scenario::Scenario;
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

impl Played {
    /// Whether the recommendation changes; none where neither curve is sure of any money, so that nothing can be told.
    pub fn recommendation_changes(&self) -> Option<bool> {
        let is_sure = |difference: &Difference| difference.moved || difference.is_same;
        let mut money = self.gains.iter().flat_map(|gains| &gains.measures);
        let told =
            money.any(|(own, other)| own.finding.commitment.is_none() && (is_sure(own) || is_sure(other)));
        (told || !self.changes.is_empty()).then_some(!self.changes.is_empty())
    }
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
    /// Of the base and several alternatives another alternative brings most opportunities: the own curve's, and the second's; the two are
    /// really apart under both.
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
    let pairs = |here: usize, there: usize| {
        let of = |place: usize| Series::overall(&all[place + 1], "opportunities", None);
        let under_own = comparison.in_opportunities.iter().find_map(|rivals| match rivals.between {
            two if two == (here, there) => Some(sign(&rivals.difference)),
            two if two == (there, here) => Some(-sign(&rivals.difference)),
            _ => None,
        });
        let other = of(here).zip(of(there));
        // the level is that of all pairs together, so it does not matter that these two were picked
        (under_own, other.map(|(here, there)| sign(&difference(here, there, comparison.levels.main))))
    };
    if let (Some(here), Some(there)) = (best(gains, false), best(gains, true))
        && here != there
        && pairs(here, there) == (Some(-1), Some(1))
    {
        changes.push(Change::Best(here, there));
    }
    changes
}

/// The alternative that brings most opportunities under the own curve or the other; none where the base does.
fn best(gains: &[Gains], other: bool) -> Option<usize> {
    let of = |(place, gains): (usize, &Gains)| {
        let found = gains.measures.iter().find(|(own, _)| own.finding.measure == "opportunities")?;
        let value = if other { found.1.difference.value } else { found.0.difference.value };
        (value > 0.0).then_some((place, value))
    };
    gains.iter().enumerate().filter_map(of).max_by(|a, b| a.1.total_cmp(&b.1)).map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::compare::{Levels, Rivals, Versus};
    use crate::plan::differences::Differences;

    /// Opportunities trial by trial around each mean, each with luck of its own; those with the base's mean have its luck.
    fn opportunities(means: &[f64]) -> Vec<Vec<Series>> {
        let of = |(place, mean): (usize, &f64)| {
            let luck = if *mean == means[0] { 3 } else { place + 3 };
            let by_trial = (0..110).map(|n| mean + (n * luck % 11) as f64).collect();
            vec![Series::counted("opportunities", by_trial)]
        };
        means.iter().enumerate().map(of).collect()
    }

    /// A base and alternatives with these means under the own curve, and under the other.
    fn changes_of(own: &[f64], other: &[f64]) -> (Vec<Change>, Option<bool>) {
        let (own, all) = (opportunities(own), opportunities(other));
        let versus = |series: &Vec<Series>| Versus {
            name: "one".into(),
            differences: Differences {
                both: vec![difference(&own[0][0], &series[0], 0.99)],
                ..Differences::default()
            },
            mains: vec![0],
            headline: Some(0),
            is_calibrated_apart: false,
        };
        let rivals = |(first, second): (usize, usize)| Rivals {
            between: (first, second),
            difference: difference(&own[first + 1][0], &own[second + 1][0], 0.99),
        };
        let comparison = Comparison {
            base: "base".into(),
            others: own[1..].iter().map(versus).collect(),
            rivals: Vec::new(),
            in_opportunities: if own.len() > 2 { vec![rivals((0, 1))] } else { Vec::new() },
            levels: Levels { together: 0.95, main: 0.99, mains: 1, rest: 0.99, others: 0 },
            trials: 110,
            stopped: false,
        };
        let gains: Vec<Gains> = (0..own.len() - 1).map(|place| gains(&comparison, place, &all)).collect();
        let changes = changes(&comparison, &gains, &all);
        let played = Played {
            own: "gentle".into(),
            curve: "steep".into(),
            moved_to_contact: None,
            gains,
            changes: changes.clone(),
            trials: 110,
        };
        (changes, played.recommendation_changes())
    }

    #[test]
    fn another_is_best_only_where_both_curves_are_sure_and_the_base_is_behind() {
        assert_eq!(changes_of(&[10.0, 14.0, 12.0], &[10.0, 12.0, 14.0]).0, [Change::Best(0, 1)]);
        // the base brings most under both
        assert_eq!(changes_of(&[20.0, 14.0, 12.0], &[20.0, 12.0, 14.0]), (vec![], Some(false)));
        // under the own curve the two are not apart
        assert_eq!(changes_of(&[10.0, 12.0001, 12.0], &[10.0, 12.0, 14.0]).0, []);
        // from the base to an alternative is told once, as a turn
        assert_eq!(changes_of(&[10.0, 8.0], &[10.0, 12.0]).0, [Change::Turned(0, "opportunities")]);
    }

    #[test]
    fn nothing_is_said_of_the_recommendation_where_neither_curve_is_sure() {
        assert_eq!(changes_of(&[10.0, 10.0001], &[10.0, 10.0001]).1, None);
        assert_eq!(changes_of(&[10.0, 12.0], &[10.0, 10.0001]).1, Some(false));
        assert_eq!(changes_of(&[10.0, 10.0], &[10.0, 10.0]).1, Some(false));
        assert_eq!(changes_of(&[10.0, 8.0], &[10.0, 12.0]).1, Some(true));
    }
}
