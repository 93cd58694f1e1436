//! One value after another, under one way of working after another, all on the same luck: what a curve is drawn from.

use super::alternatives::Whole;
use crate::model::{Commitment, Model};
use crate::stats::{Estimate, RatioTally, mean, proportion, quantile, sequence};
use crate::study::{
    self, DecayRefused, Ending, Failure, Finding, Period, Progress, Scope, Settings, Study, Trials,
    calibrate_decay,
};
use crate::trial::Outcome;

/// One scenario of a sweep.
#[derive(Debug, Clone)]
pub struct Variant {
    /// The way of working it belongs to; empty if there is only one.
    pub line: String,
    /// The swept value, as written.
    pub value: String,
    /// Where the value lies along its axis; none for words.
    pub at: Option<f64>,
    /// What is simulated, its decay not yet calibrated.
    pub model: Model,
    /// The scenario of today, on which the decay is calibrated.
    pub base: Model,
}

/// What one scenario of a sweep answered.
#[derive(Debug, Clone)]
pub struct SweepPoint {
    /// The way of working.
    pub line: String,
    /// The swept value, as written.
    pub value: String,
    /// Whether nobody asked for this value: it was put in where the curve bends or crosses its goal.
    pub put_in: bool,
    /// The headline promise as it stands at this point, with its goal.
    pub headline: Option<Commitment>,
    /// Why nothing was played, where a decay curve cannot be true at this value; every figure is then missing.
    pub refused: Option<String>,
    /// Number of reps.
    pub reps: u64,
    /// Trials played; none at a refused point.
    pub trials: u64,
    /// Share of leads for which the headline promise was kept; none without such a promise.
    pub kept: Option<Estimate>,
    /// Typical range of that share in one trial.
    pub kept_typical: Option<(f64, f64)>,
    /// Share of trials that reach the goal.
    pub holds: Option<Estimate>,
    /// Opportunities a trial; of the first trials that all points of a sweep have.
    pub opportunities: Option<Estimate>,
    /// Typical range of them in one trial.
    pub opportunities_typical: Option<(f64, f64)>,
    /// Lead work, share of the team's paid time.
    pub lead_work: Option<Estimate>,
    /// Cost of the team, dollars a trial.
    pub team_cost: Option<Estimate>,
    /// Opportunities of each trial, in order: by probability, and as drawn.
    pub(crate) by_trial: Vec<(f64, f64)>,
}

/// A finished sweep, or as far as it came.
#[derive(Debug, Clone)]
pub struct Sweep {
    /// The points, in the order of the variants; none missing before the end.
    pub points: Vec<SweepPoint>,
    /// Whether the user stopped it: the points are then a prefix of the variants, each of them whole.
    pub stopped: bool,
}

impl Sweep {
    /// Points are played for as long as the headline promise needs, and each has the leads of its own trials; so opportunities are told of the
    /// first trials that all points have, and differ between points by what the points do, never by which leads came.
    pub(super) fn tell_opportunities_of_shared_trials(&mut self) {
        let played = || self.points.iter().map(|point| point.trials).filter(|trials| *trials > 0);
        let (Some(fewest), Some(most)) = (played().min(), played().max()) else { return };
        if fewest == most {
            return;
        }
        for point in self.points.iter_mut().filter(|point| point.trials > 0) {
            let shared = &point.by_trial[..fewest as usize];
            let of = |pick: fn(&(f64, f64)) -> f64| shared.iter().map(pick).collect::<Vec<f64>>();
            let Some(level) = point.opportunities.map(|told| told.level) else { continue };
            point.opportunities = Some(mean::mean(&of(|its| its.0), level)).filter(Estimate::is_known);
            point.opportunities_typical = Some(quantile::typical_range(&of(|its| its.1)));
        }
    }
}

/// Why a sweep came to no answer.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// A decay curve cannot be true at any of the values.
    #[error("at {line}{value}: {refused}")]
    Decay {
        /// The way of working.
        line: String,
        /// The value.
        value: String,
        /// Why.
        refused: Box<DecayRefused>,
    },
    /// A trial failed.
    #[error(transparent)]
    Trial(#[from] Failure),
}

/// How narrow the figures of a point must be; points where that takes longer, mostly where the curve is steep, are played longer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Narrow {
    /// Half-width of the share of leads kept.
    pub kept: f64,
    /// Half-width of the share of trials that reach the goal.
    pub holds: f64,
}

impl Narrow {
    /// Whether the headline's figures of these trials are.
    fn reached(&self, model: &Model, records: &[Outcome], level: f64) -> bool {
        // Without a promise there is nothing whose width could be wanted.
        let Some(headline) = model.agreement.headline() else {
            return records.len() as u64 >= WITHOUT_PROMISE;
        };
        let goal = model.agreement.commitments[headline].goal;
        let (mut kept, mut held) = (RatioTally::default(), 0);
        for record in records {
            let all = record.commitments[headline].all;
            let (x, n) = (u64::from(all.kept), u64::from(all.judged));
            kept.add(x, n);
            held += u64::from(goal.holds(x, n));
        }
        let narrow = |estimate: Estimate, most: f64| estimate.half_width().is_none_or(|half| half <= most);
        narrow(kept.estimate(level), self.kept)
            && narrow(proportion::wilson(held, records.len() as u64, level), self.holds)
    }
}

/// Trials of a point where no promise says how many are enough.
const WITHOUT_PROMISE: u64 = 400;

/// Plays one point: all trials, or as long as its figures are not narrow enough, at looks fixed beforehand.
fn play(
    model: Model,
    settings: &Settings,
    narrow: Option<Narrow>,
    progress: &dyn Progress,
) -> Result<Study, Failure> {
    let (Some(narrow), Trials::Fixed(at_most)) = (narrow, settings.trials) else {
        return study::run(model, settings.clone(), progress);
    };
    let judged = model.clone();
    let mut looks = sequence::looks().map(|look| look.min(at_most));
    let next = |records: &[Outcome]| {
        let enough = records.len() as u64 >= at_most
            || (!records.is_empty() && narrow.reached(&judged, records, settings.level));
        if enough { None } else { looks.next() }
    };
    study::run_while(model, settings.clone(), next, progress)
}

/// One point alone, as [`sweep`] plays it; none where the user stopped it.
pub(super) fn play_point(
    variant: &Variant,
    settings: &Settings,
    narrow: Option<Narrow>,
    progress: &dyn Progress,
) -> Result<Option<SweepPoint>, SweepError> {
    let mut model = variant.model.clone();
    if let Err(cause) = calibrate_decay(&variant.base, &mut model) {
        return Ok(Some(refused_point(variant, &cause)));
    }
    let study = play(model, settings, narrow, progress)?;
    let whole = study.ending != Ending::Stopped;
    Ok(whole.then(|| point(variant.line.clone(), variant.value.clone(), &study)))
}

/// Plays every variant with the same settings, hence on common random numbers; one whose decay curve is impossible is
/// told as refused, and the others are played. With `narrow` the trials of the settings are the most a point may take.
///
/// # Errors
///
/// [`SweepError`] names the first variant if every decay curve is impossible, or the trial that failed.
pub fn sweep(
    variants: Vec<Variant>,
    settings: &Settings,
    narrow: Option<Narrow>,
    progress: &dyn Progress,
) -> Result<Sweep, SweepError> {
    let each = settings.trials.at_most();
    let planned = each.saturating_mul(variants.len() as u64);
    let mut points: Vec<SweepPoint> = Vec::new();
    let mut refused = None;
    for (place, mut variant) in variants.into_iter().enumerate() {
        if let Err(cause) = calibrate_decay(&variant.base, &mut variant.model) {
            points.push(refused_point(&variant, &cause));
            refused.get_or_insert_with(|| SweepError::Decay {
                line: if variant.line.is_empty() { String::new() } else { format!("{}, ", variant.line) },
                value: variant.value,
                refused: Box::new(cause),
            });
            continue;
        }
        let whole = Whole { progress, before: each.saturating_mul(place as u64), planned };
        let study = play(variant.model, settings, narrow, &whole)?;
        if study.ending == Ending::Stopped {
            return Ok(finished(points, true));
        }
        points.push(point(variant.line, variant.value, &study));
    }
    match refused {
        Some(error) if points.iter().all(|point| point.refused.is_some()) => Err(error),
        _ => Ok(finished(points, false)),
    }
}

fn finished(points: Vec<SweepPoint>, stopped: bool) -> Sweep {
    let mut swept = Sweep { points, stopped };
    swept.tell_opportunities_of_shared_trials();
    swept
}

/// By probability, and as drawn.
fn opportunities(outcome: &Outcome) -> (f64, f64) {
    let funnels = || outcome.tiers.iter().map(|tier| &tier.funnel);
    (funnels().map(|f| f.opportunities_expected).sum(), funnels().map(|f| f64::from(f.opportunities)).sum())
}

fn headline(model: &Model) -> Option<Commitment> {
    model.agreement.headline().map(|i| model.agreement.commitments[i].clone())
}

/// A point with its reason and without figures.
fn refused_point(variant: &Variant, cause: &DecayRefused) -> SweepPoint {
    SweepPoint {
        line: variant.line.clone(),
        value: variant.value.clone(),
        put_in: false,
        headline: headline(&variant.model),
        refused: Some(cause.to_string()),
        reps: variant.model.reps.len() as u64,
        trials: 0,
        kept: None,
        kept_typical: None,
        holds: None,
        opportunities: None,
        opportunities_typical: None,
        lead_work: None,
        team_cost: None,
        by_trial: Vec::new(),
    }
}

fn point(line: String, value: String, study: &Study) -> SweepPoint {
    let findings = study.findings_over_horizon();
    let headline = headline(&study.model);
    let about = |measure: &str, commitment: Option<&str>| -> Option<&Finding> {
        findings.iter().find(|f| {
            f.measure == measure
                && f.period == Period::Horizon
                && f.scope == Scope::All
                && f.commitment.as_deref() == commitment
                && (commitment.is_some() || f.tier.is_none())
        })
    };
    let of_promise = |measure| headline.as_ref().and_then(|promise| about(measure, Some(&promise.id)));
    let estimate = |finding: Option<&Finding>| finding.map(|f| f.estimate).filter(Estimate::is_known);
    let kept = estimate(of_promise("attainment"));
    SweepPoint {
        line,
        value,
        put_in: false,
        reps: study.model.reps.len() as u64,
        trials: study.trials(),
        kept,
        kept_typical: of_promise("attainment").and_then(|f| f.typical),
        // a promise that nothing fell under was not put to the test
        holds: estimate(of_promise("holds")).filter(|_| kept.is_some()),
        opportunities: estimate(about("opportunities", None)),
        opportunities_typical: about("opportunities", None).and_then(|f| f.typical),
        lead_work: estimate(about("lead_work", None)),
        team_cost: estimate(about("team_cost", None)),
        by_trial: study.records.iter().map(opportunities).collect(),
        headline: headline.clone(),
        refused: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Method;

    /// Two points with the same leads, one of them played longer, its later leads fewer: what is told of both is of the leads that both have.
    #[test]
    fn opportunities_of_points_played_longer_are_those_of_the_same_trials() {
        let point = |each: &[f64]| {
            let told = Estimate::bare(mean::average(each), 0.95, Method::StudentT, each.len() as u64);
            SweepPoint {
                line: String::new(),
                value: "1".into(),
                put_in: false,
                headline: None,
                refused: None,
                reps: 1,
                trials: each.len() as u64,
                kept: None,
                kept_typical: None,
                holds: None,
                opportunities: Some(told),
                opportunities_typical: None,
                lead_work: None,
                team_cost: None,
                by_trial: each.iter().map(|&value| (value, value)).collect(),
            }
        };
        let points = vec![point(&[8.0, 12.0]), point(&[8.0, 12.0, 1.0, 1.0])];
        let swept = finished(points, false);
        let told: Vec<f64> =
            swept.points.iter().map(|point| point.opportunities.map_or(f64::NAN, |its| its.value)).collect();
        assert_eq!(told, [10.0, 10.0]);
    }
}
