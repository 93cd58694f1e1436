//! Whether a sweep's opportunities, and what it recommends, stand under a second decay curve: a few points of each line once more.

use super::curves::{self, Refused};
use super::differences::{Difference, difference};
use super::sweep::{SweepPoint, Variant};
use crate::scenario::Scenario;
use crate::stats::{Estimate, paired};
use crate::study::{Failure, Pilot, Progress, Series, Settings, Trials};

/// Most trials of a point under each of the curves: differences are paired, so few are enough.
pub const MOST_TRIALS: u64 = 64;

/// Most lines that are played: of more, the first ones.
pub const MOST_LINES: usize = 6;

/// What became of the second curve.
#[derive(Debug, Clone, PartialEq)]
pub enum OtherCurve {
    /// It was played.
    Played(Box<Played>),
    /// There is none to be played.
    Refused {
        /// Its name, where one stands beside the scenario's own.
        curve: Option<String>,
        /// Why, in a few words.
        why: String,
    },
}

/// Some points of a sweep under a second curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Played {
    /// The scenario's own curve.
    pub own: String,
    /// The second.
    pub curve: String,
    /// Share of its effect that had to be put on contact to make it possible at all of them.
    pub moved_to_contact: Option<f64>,
    /// Trials of each point.
    pub trials: u64,
    /// Lines in their order: of each its first and last value, and the recommended one where there is one.
    pub lines: Vec<Line>,
    /// Which lines bring more opportunities than which at the last value.
    pub order: Order,
}

/// How two lines each, held against each other by opportunities at the last value, stand under both curves.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Order {
    /// Two lines of which the first really brings more under the own curve and really fewer under the second.
    pub swapped: Vec<(String, String)>,
    /// How many pairs are really apart under the own curve.
    pub apart: usize,
    /// How many of these are really apart the same way under the second.
    pub kept: usize,
}

/// The value of a line from which on, or up to which, the goal is surely reached reliably under the own curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Recommended {
    /// The value.
    pub value: String,
    /// Share of trials that reach the goal there under the second curve.
    pub holds: Estimate,
    /// Whether every trial that reaches it under the own curve does so under the second.
    pub is_same: bool,
}

/// One way of working under both curves.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is called; empty if there is only one.
    pub name: String,
    /// Its first value, and its last.
    pub ends: (String, String),
    /// Opportunities a trial at the last value minus those at the first, trial by trial, under the own curve.
    pub own: Option<Estimate>,
    /// The same under the second.
    pub other: Option<Estimate>,
    /// What is recommended, where anything is.
    pub recommended: Option<Recommended>,
}

/// Plays the first, the last and the recommended point of each line again under both curves; `recommended` are the places of such points.
/// `None` where speed has no effect on deals, or the user stopped it.
///
/// # Errors
///
/// [`Failure`] if a trial fails.
pub fn other(
    scenario: &Scenario,
    variants: &[Variant],
    points: &[SweepPoint],
    recommended: &[usize],
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<Option<OtherCurve>, Failure> {
    let name = |variant: &Variant| variant.model.buyers.decay.as_ref().map(|d| d.curve.name.clone());
    let Some(own) = variants.iter().find_map(name) else { return Ok(None) };
    let refused = |curve: Option<String>, why: &str| Ok(Some(OtherCurve::Refused { curve, why: why.into() }));
    if variants.iter().any(|variant| name(variant).as_ref() != Some(&own)) {
        return refused(None, "the decay curve is what is varied");
    }
    let today = Pilot::of(&scenario.base);
    let second = match curves::beside_own(scenario, &today) {
        None => return refused(None, "the curve is its author's own, and no published one stands beside it"),
        Some(Err(Refused { curve, why })) => return refused(Some(curve), &why),
        Some(Ok(second)) => second,
    };
    let lines = chosen(points, recommended);
    let places: Vec<usize> = lines.iter().flatten().copied().collect();
    let pilots: Vec<Pilot<'_>> = places.iter().map(|place| Pilot::of(&variants[*place].base)).collect();
    let own_models = || places.iter().map(|place| variants[*place].model.clone()).zip(&pilots);
    let (moved_to_contact, mut models) = match curves::all_under(&second, own_models().collect()) {
        Ok(all) => all,
        Err(Refused { curve, why }) => return refused(Some(curve), &why),
    };
    for (mut model, pilot) in own_models() {
        if pilot.calibrate(&mut model).is_err() {
            return refused(Some(second.curve), "a point that was played cannot be calibrated again");
        }
        models.push(model);
    }
    let trials = settings.trials.at_most().min(MOST_TRIALS);
    let settings = Settings { trials: Trials::Fixed(trials), stratified: false, ..settings.clone() };
    let Some(mut other_series) = curves::play_all(models, &settings, progress)? else { return Ok(None) };
    let own_series = other_series.split_off(places.len());
    let mut both = places.iter().zip(own_series.into_iter().zip(other_series));
    let played: Vec<Vec<Point>> = lines
        .iter()
        .map(|line| {
            let some = both.by_ref().take(line.len());
            some.map(|(place, (own, other))| Point { place: *place, own, other }).collect()
        })
        .collect();
    let (curve, order) = (second.curve, order(points, &played, settings.level));
    let lines = played.iter().map(|line| self::line(points, line, settings.level)).collect();
    Ok(Some(OtherCurve::Played(Box::new(Played { own, curve, moved_to_contact, trials, lines, order }))))
}

/// One point of the sweep, by its place, and every measure of it under both curves.
struct Point {
    place: usize,
    own: Vec<Series>,
    other: Vec<Series>,
}

/// What opportunities are more at a second point than at a first.
fn more(first: &[Series], second: &[Series], level: f64) -> Option<Difference> {
    let of = |series| Series::overall(series, "opportunities", None);
    Some(difference(of(first)?, of(second)?, level))
}

/// The points of each line that are played: its first, its last, then the recommended one.
fn chosen(points: &[SweepPoint], recommended: &[usize]) -> Vec<Vec<usize>> {
    let mut lines: Vec<(&str, Vec<usize>)> = Vec::new();
    for (place, point) in points.iter().enumerate().filter(|(_, point)| point.refused.is_none()) {
        match lines.iter_mut().find(|(name, _)| *name == point.line) {
            Some((_, places)) => places.push(place),
            None => lines.push((&point.line, vec![place])),
        }
    }
    let of = |places: Vec<usize>| {
        let mut some = vec![places[0], places[places.len() - 1]];
        some.extend(places.iter().find(|place| recommended.contains(place)));
        some
    };
    lines.into_iter().take(MOST_LINES).map(|(_, places)| of(places)).collect()
}

fn line(points: &[SweepPoint], played: &[Point], level: f64) -> Line {
    let (first, last) = (&played[0], &played[1]);
    let recommended = played.get(2).and_then(|point| {
        let promise = points[point.place].headline.as_ref()?;
        let of = |series| Series::overall(series, "holds", Some(&promise.id));
        let (own, other) = (of(&point.own)?, of(&point.other)?);
        Some(Recommended {
            value: points[point.place].value.clone(),
            holds: other.finding.estimate,
            is_same: own.by_trial == other.by_trial,
        })
    });
    Line {
        name: points[first.place].line.clone(),
        ends: (points[first.place].value.clone(), points[last.place].value.clone()),
        own: more(&first.own, &last.own, level).map(|more| more.difference),
        other: more(&first.other, &last.other, level).map(|more| more.difference),
        recommended,
    }
}

/// How the lines stand at their last value, two and two, under both curves; all of it holds together.
fn order(points: &[SweepPoint], lines: &[Vec<Point>], level: f64) -> Order {
    let level = paired::level_of_each(level, lines.len() * lines.len().saturating_sub(1));
    let is_more =
        |more: Option<Difference>| more.is_some_and(|more| more.moved && more.difference.value > 0.0);
    let mut order = Order::default();
    for (first, second) in
        lines.iter().flat_map(|first| lines.iter().map(move |second| (&first[1], &second[1])))
    {
        if !is_more(more(&second.own, &first.own, level)) {
            continue;
        }
        order.apart += 1;
        order.kept += usize::from(is_more(more(&second.other, &first.other, level)));
        if is_more(more(&first.other, &second.other, level)) {
            order.swapped.push((points[first.place].line.clone(), points[second.place].line.clone()));
        }
    }
    order
}
