//! The same quarters under another decay curve: money answers hang on how much speed is worth, and the studies disagree.

use super::alternatives::Whole;
use crate::model::{Decay, Model};
use crate::scenario::{Scenario, Set};
use crate::stats::{Estimate, paired};
use crate::study::{self, Ending, Failure, Pilot, Progress, Series, Settings, Study, Trials};
use crate::trial::Outcome;

/// Most trials spent on the other curve: the difference is paired, so few are enough. Where trials share out their busyness, the fewest
/// blocks that say how sure it is.
pub const MOST_TRIALS: u64 = 64;

/// What became of the other curve.
#[derive(Debug, Clone, PartialEq)]
pub enum OtherCurve {
    /// It was played.
    Played(Box<Difference>),
    /// It cannot be true of this scenario.
    Refused {
        /// Its name.
        curve: String,
        /// Why, in a few words.
        why: String,
    },
}

/// The other curve minus the scenario's own, trial by trial on the same luck.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The other curve's name.
    pub curve: String,
    /// Share of its effect that had to be put on contact to make it possible, where the scenario's own share was too small.
    pub moved_to_contact: Option<f64>,
    /// Opportunities a trial.
    pub opportunities: Estimate,
    /// Pipeline a trial, dollars.
    pub pipeline: Estimate,
    /// Opportunities lost to handling a trial.
    pub leakage: Estimate,
}

/// The curve that stands beside `name`: "moderate" beside "gentle", "gentle" beside the others; none beside one's own points.
pub(super) fn beside(name: &str) -> Option<&'static str> {
    match name {
        "gentle" => Some("moderate"),
        "own" => None,
        _ => Some("gentle"),
    }
}

/// A second decay curve, calibrated.
pub(super) struct Second {
    /// Its name.
    pub curve: String,
    /// Share of its effect put on contact, where that had to grow.
    pub moved_to_contact: Option<f64>,
    /// Itself.
    pub decay: Decay,
}

/// A second decay curve that cannot be true of a scenario.
pub(super) struct Refused {
    /// Its name.
    pub curve: String,
    /// Why, in a few words.
    pub why: String,
}

/// The decay that stands beside the scenario's own, calibrated on `pilot`; none where speed has no effect, or the curve is its author's own.
pub(super) fn beside_own(scenario: &Scenario, pilot: &Pilot<'_>) -> Option<Result<Second, Refused>> {
    let decay = scenario.model.buyers.decay.as_ref()?;
    let curve = beside(&decay.curve.name)?;
    let refused = |why: String| Some(Err(Refused { curve: curve.to_owned(), why }));
    let set = Set::new("buyers.decay.curve", &format!("{curve:?}")).expect("a path and a quoted word");
    let Ok(changed) = scenario.with(&[set]) else {
        return refused("this scenario does not take it".into());
    };
    let mut model = changed.model;
    let share = match pilot.calibrate_by_split(&mut model) {
        Ok(share) => share,
        Err(refusal) => {
            return refused(format!(
                "tier {}, answered at once, would need {} of {:.2}",
                refusal.tier, refusal.what, refusal.needed
            ));
        }
    };
    let moved_to_contact = share.filter(|share| *share > decay.on_contact + 1e-9);
    Some(Ok(Second { curve: curve.to_owned(), moved_to_contact, decay: model.buyers.decay? }))
}

/// Several scenarios under the curve of `second`, each with its own strength and calibrated on its own pilot, all with the least common
/// split of its effect between contact and qualification with which it is possible in every one; the split is told where it had to grow.
pub(super) fn all_under(
    second: &Second,
    all: Vec<(Model, &Pilot<'_>)>,
) -> Result<(Option<f64>, Vec<Model>), Refused> {
    let refused = |refusal: study::DecayRefused| Refused {
        curve: second.curve.clone(),
        why: format!(
            "tier {}, answered at once, would need {} of {:.2}",
            refusal.tier, refusal.what, refusal.needed
        ),
    };
    let (mut split, mut wanted, mut models) = (0.0_f64, 0.0_f64, Vec::new());
    for (mut model, pilot) in all {
        if let Some(own) = &mut model.buyers.decay {
            own.curve = second.decay.curve.clone();
            wanted = wanted.max(own.on_contact);
        }
        split = split.max(pilot.calibrate_by_split(&mut model).map_err(refused)?.unwrap_or(0.0));
        models.push((model, pilot));
    }
    let with_split = |(mut model, pilot): (Model, &Pilot<'_>)| {
        if let Some(own) = &mut model.buyers.decay {
            own.on_contact = split;
        }
        pilot.calibrate(&mut model).map_err(refused).map(|()| model)
    };
    let models = models.into_iter().map(with_split).collect::<Result<Vec<Model>, Refused>>()?;
    Ok(((split > wanted + 1e-9).then_some(split), models))
}

/// Plays several models with the same settings: every measure of every model by trial; none where the user stopped it.
pub(super) fn play_all(
    models: Vec<Model>,
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<Option<Vec<Vec<Series>>>, Failure> {
    let (each, planned) = (settings.trials.at_most(), settings.trials.at_most() * models.len() as u64);
    let mut all = Vec::new();
    for model in models {
        let whole = Whole { progress, before: each * all.len() as u64, planned };
        let study = study::run(model, settings.clone(), &whole)?;
        if study.ending == Ending::Stopped {
            return Ok(None);
        }
        all.push(study.series());
    }
    Ok(Some(all))
}

/// Plays the first trials of `study` again under the other curve, calibrated on the same `pilot` of the base scenario.
///
/// `None` where speed has no effect in the scenario, or its curve is its author's own.
///
/// # Errors
///
/// [`Failure`] if a trial fails.
pub fn other(
    scenario: &Scenario,
    pilot: &Pilot<'_>,
    study: &Study,
    progress: &dyn Progress,
) -> Result<Option<OtherCurve>, Failure> {
    let Second { curve, moved_to_contact, decay } = match beside_own(scenario, pilot) {
        None => return Ok(None),
        Some(Err(Refused { curve, why })) => return Ok(Some(OtherCurve::Refused { curve, why })),
        Some(Ok(second)) => second,
    };
    let mut model = scenario.model.clone();
    model.buyers.decay = Some(decay);
    let trials = study.trials().min(study.settings.whole(MOST_TRIALS));
    let settings = Settings { trials: Trials::Fixed(trials), ..study.settings.clone() };
    let other = study::run(model, settings, progress)?;
    Ok(Some(OtherCurve::Played(Box::new(difference(&curve, moved_to_contact, study, &other)))))
}

fn difference(curve: &str, moved_to_contact: Option<f64>, study: &Study, other: &Study) -> Difference {
    let trials = other.records.len().min(study.records.len());
    let paired = |value: fn(&Outcome) -> f64| {
        let of = |study: &Study| study.records[..trials].iter().map(value).collect::<Vec<f64>>();
        let units = study.units();
        let change = paired::means(&units.means(&of(study)), &units.means(&of(other)), study.settings.level);
        units.told(change.expect("both lists were cut to one length"))
    };
    Difference {
        curve: curve.to_owned(),
        moved_to_contact,
        opportunities: paired(|o| o.tiers.iter().map(|t| t.funnel.opportunities_expected).sum()),
        pipeline: paired(|o| o.tiers.iter().map(|t| t.funnel.pipeline_expected).sum()),
        leakage: paired(|o| o.tiers.iter().flat_map(|t| &t.leaks).map(|leak| leak.opportunities).sum()),
    }
}
