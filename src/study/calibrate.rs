//! Scales a decay curve so that the base scenario's own response times reproduce the entered rates: rates are the ones seen today.

use super::block::panic_message;
use crate::model::{Cadence, Contact, Decay, LeadId, Model, SegmentId, Step, TierId};
use crate::time::Instant;
use crate::trial::{self, Happening, Lead, Prepared, Watch};
use rayon::prelude::*;
use std::cell::OnceCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// A curve that would need a probability above 1 at some response time: it cannot be true of this team.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error(
    "decay curve \"{curve}\" cannot be true of tier {tier}: with the rates entered as seen today, a lead answered at once would need {what} \
     of {needed:.3}\n  write a weaker buyers.decay.strength for this tier, a larger buyers.decay.on_contact, or a gentler curve; nothing is clipped\n  \
     where the rates are the template's and not this team's, write buyers.decay.seen_under = \"preset\"; the promises alone need no curve: \
     --set buyers.decay.off=true"
)]
pub struct DecayRefused {
    /// The curve.
    pub curve: String,
    /// The tier's name.
    pub tier: String,
    /// Which probability.
    pub what: String,
    /// Its value.
    pub needed: f64,
}

/// Trials of a [`Pilot`]; their seed is their own, so that a study's trials are not spent on its calibration.
pub const PILOT_TRIALS: u64 = 32;
const PILOT_SEED: u64 = 0x70_69_6C_6F_74;

/// Collects lead clocks of accepted leads by true tier, minutes.
#[derive(Default)]
struct Waits(Vec<Vec<f64>>);

impl Watch for Waits {
    fn lead(&mut self, at: Instant, _id: LeadId, lead: &Lead, what: Happening) {
        if matches!(what, Happening::Attempted(_, 1, _)) && lead.in_horizon && lead.pass == 0 {
            self.0[usize::from(lead.true_tier.0)].push((at - lead.created).as_minutes());
        }
    }
}

/// How fast the base scenario answers today: what a decay curve is calibrated on. Played when first needed.
#[derive(Debug)]
pub struct Pilot<'m> {
    base: &'m Model,
    waits: OnceCell<Vec<Vec<f64>>>,
}

impl<'m> Pilot<'m> {
    /// A pilot of `base`: 32 quarters with no effect of speed.
    pub fn of(base: &'m Model) -> Self {
        Pilot { base, waits: OnceCell::new() }
    }

    /// Lead clocks at the first attempt by true tier, minutes.
    fn waits(&self) -> &[Vec<f64>] {
        self.waits.get_or_init(|| {
            let tiers = self.base.leads.tiers.len();
            let mut pilot = self.base.clone();
            pilot.buyers.decay = None;
            let prepared = Prepared::new(&pilot);
            let trials: Vec<Waits> = (0..PILOT_TRIALS as usize)
                .into_par_iter()
                .with_max_len(1)
                .map(|n| {
                    let mut waits = Waits(vec![Vec::new(); tiers]);
                    let play = || trial::run(&prepared, PILOT_SEED, n as u64, &mut waits);
                    if let Err(panic) = catch_unwind(AssertUnwindSafe(play)) {
                        // no rate is ever calibrated without it
                        resume_unwind(Box::new(format!(
                            "pilot trial {n} of seed {PILOT_SEED}, on which decay is calibrated: {}",
                            panic_message(panic.as_ref())
                        )));
                    }
                    waits
                })
                .collect();
            let of_tier = |tier: usize| trials.iter().flat_map(|w| w.0[tier].iter().copied()).collect();
            (0..tiers).map(of_tier).collect()
        })
    }

    /// The attempts under which the rates of `model` were seen: the base's, as far as its tiers and segments are the same.
    fn cadences_for(&self, model: &Model) -> Vec<Cadence> {
        let names = |model: &Model| -> Vec<String> {
            let leads = &model.leads;
            let segments = leads.segments.iter().map(|segment| segment.name.clone());
            leads.tiers.iter().map(|tier| tier.name.clone()).chain(segments).collect()
        };
        let alike = names(self.base) == names(model);
        if alike { self.base.buyers.cadences.clone() } else { model.buyers.cadences.clone() }
    }

    /// Sets `model`'s decay scales.
    ///
    /// # Errors
    ///
    /// [`DecayRefused`] where the calibrated curve would need a probability above 1 at the fastest possible answer.
    pub fn calibrate(&self, model: &mut Model) -> Result<(), DecayRefused> {
        if model.buyers.decay.is_none() {
            return Ok(());
        }
        set_scales(model, self.cadences_for(model), self.waits());
        refuse_impossible(model)
    }

    /// The same, but where the split between contact and qualification is what makes a curve impossible, moves the least part of
    /// the effect to contact, in steps of 5 %, with which it is possible; returns the share that acts on contact. For showing a
    /// second curve beside the scenario's own, whose split its author did not choose for it.
    ///
    /// # Errors
    ///
    /// [`DecayRefused`] where no split makes it possible.
    pub fn calibrate_by_split(&self, model: &mut Model) -> Result<Option<f64>, DecayRefused> {
        let Some(decay) = &model.buyers.decay else { return Ok(None) };
        let wanted = decay.on_contact;
        let mut refused = None;
        for step in 0..=20 {
            let share = (wanted + f64::from(step) * 0.05).min(1.0);
            model.buyers.decay.as_mut().expect("checked above").on_contact = share;
            match self.calibrate(model) {
                Ok(()) => return Ok(Some(share)),
                Err(refusal) => {
                    refused.get_or_insert(refusal);
                }
            }
            if share == 1.0 {
                break;
            }
        }
        Err(refused.expect("the loop ends early or with a refusal"))
    }
}

/// Sets `model`'s decay scales from a pilot of `base`.
///
/// # Errors
///
/// [`DecayRefused`] where the calibrated curve would need a probability above 1 at the fastest possible answer.
pub fn calibrate_decay(base: &Model, model: &mut Model) -> Result<(), DecayRefused> {
    Pilot::of(base).calibrate(model)
}

fn set_scales(model: &mut Model, cadences: Vec<Cadence>, waits: &[Vec<f64>]) {
    let Some(decay) = model.buyers.decay.clone() else { return };
    let unscaled = &*model;
    let of = |(tier, minutes): (usize, &Vec<f64>)| match minutes.as_slice() {
        _ if decay.strength[tier] == 0.0 => 0.0,
        // Nobody waits today: the rates are those of an answer at once.
        [] => -decay.strength[tier] * decay.curve.ln_at(0.0),
        minutes => log_scale(unscaled, &cadences[tier], &decay, tier, minutes),
    };
    let scales: Vec<f64> = waits.par_iter().enumerate().with_max_len(1).map(of).collect();
    let own = model.buyers.decay.as_mut().expect("cloned from it above");
    for (own, log_scale) in own.log_scale.iter_mut().zip(scales) {
        *own = log_scale;
    }
}

/// Contact by the whole cadence and qualification, together, for a factor on each; where channels differ, over segments.
fn chance(model: &Model, cadence: &Cadence, tier: usize, factors: (f64, f64)) -> f64 {
    let (contact_factor, qualified_factor) = factors;
    let buyers = &model.buyers.tiers[tier];
    let contacted = |segment: SegmentId| {
        let steps = (1..).zip(&cadence.steps);
        let answered =
            |(number, step): (usize, &Step)| buyers.contact.chance(number, step.channel_for(segment));
        1.0 - steps.map(|step| (1.0 - answered(step) * contact_factor).max(0.0)).product::<f64>()
    };
    let contacted = match buyers.contact {
        Contact::ByAttempt(_) => contacted(SegmentId(0)),
        Contact::ByChannel(_) => {
            let leads = &model.leads;
            (0..leads.segments.len())
                .map(|n| leads.segment_mix.share(n) * contacted(SegmentId(n as u8)))
                .sum()
        }
    };
    contacted * buyers.qualified * qualified_factor
}

/// The logarithm of the scale at which the mean chance over the base's own response times equals the entered one. Bisection on its logarithm:
/// the mean rises with the scale.
fn log_scale(model: &Model, cadence: &Cadence, decay: &Decay, tier: usize, minutes: &[f64]) -> f64 {
    let target = chance(model, cadence, tier, (1.0, 1.0));
    if target <= 0.0 {
        return 0.0;
    }
    let logs = grouped(minutes.iter().map(|m| decay.strength[tier] * decay.curve.ln_at(*m)).collect());
    let mean = |log_scale: f64| -> f64 {
        logs.iter()
            .map(|(log, share)| {
                let log = log + log_scale;
                let factors = ((decay.on_contact * log).exp(), ((1.0 - decay.on_contact) * log).exp());
                share * chance(model, cadence, tier, factors)
            })
            .sum()
    };
    let centre = -logs.iter().map(|(log, share)| log * share).sum::<f64>();
    let (mut low, mut high) = (centre - 12.0, centre + 12.0);
    for _ in 0..45 {
        let middle = (low + high) / 2.0;
        if mean(middle) < target { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// Groups of like values, each as its mean and its share of all: the mean of a smooth function over thousands of leads from a few
/// hundred evaluations.
fn grouped(mut values: Vec<f64>) -> Vec<(f64, f64)> {
    const GROUPS: usize = 256;
    let all = values.len() as f64;
    values.sort_unstable_by(f64::total_cmp);
    let group = |group: &[f64]| (group.iter().sum::<f64>() / group.len() as f64, group.len() as f64 / all);
    values.chunks(values.len().div_ceil(GROUPS)).map(group).collect()
}

fn refuse_impossible(model: &Model) -> Result<(), DecayRefused> {
    let Some(decay) = &model.buyers.decay else { return Ok(()) };
    for (i, tier) in model.buyers.tiers.iter().enumerate() {
        let (contact_factor, qualified_factor) = decay.factors(TierId(i as u8), 0.0);
        let most = tier.contact.most();
        for (what, needed) in [
            ("a contact probability", most * contact_factor),
            ("a qualification probability", tier.qualified * qualified_factor),
        ] {
            if needed > 1.0 {
                return Err(DecayRefused {
                    curve: decay.curve.name.clone(),
                    tier: model.leads.tiers[i].name.clone(),
                    what: what.into(),
                    needed,
                });
            }
        }
    }
    Ok(())
}
