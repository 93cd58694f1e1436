//! The auditor: listens to a trial, puts everything together again on its own, and says which of the properties P1 to P12 does not hold.
//!
//! It knows the model and what the trial tells, and none of the trial's own counters until the close, when it compares. Calendars are taken
//! from `leadsim::time`, which has tests of its own.

mod cadence;
mod funnel;
mod lines;
mod little;
mod promises;
mod rep_time;
mod scenario_parts;
mod scenario_text;
mod scene;
mod shifts;
mod told;
mod whole;

mod doctored;
mod found;
mod random;

use leadsim::model::Model;
use leadsim::time::Instant;
use leadsim::trial::{self, Happening, Outcome, Prepared};
use scene::Scene;
use told::{Hears, Listener, Told};

/// The properties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Property {
    /// Conservation at every event: every lead is in one place, and ends once or is open.
    P1,
    /// Parts add up to the whole.
    P2,
    /// Little's law on the sample path.
    P3,
    /// Rep time adds up.
    P4,
    /// No rep idles beside eligible work, except by attention or rule.
    P5,
    /// Nothing outside shifts but the task in hand, one thing at a time, attempts as planned.
    P6,
    /// What comes first is taken first.
    P7,
    /// Shares are shares, and promises are judged as written.
    P8,
    /// Estimates are finite and lie in their intervals.
    P9,
    /// A looser target is never kept less often.
    P10,
    /// Time never runs backwards, ends at the horizon, and nobody knows the future.
    P11,
    /// A scenario written out and read again is the same.
    P12,
}

/// What does not hold, and when.
#[derive(Debug, Clone)]
pub struct Violation {
    pub property: Property,
    /// The end of time for what is wrong over the whole trial.
    pub at: Instant,
    pub what: String,
}

/// Violations found so far; of a flood the first few.
#[derive(Debug, Default)]
pub struct Wrong(pub Vec<Violation>);

const MOST: usize = 4;

impl Wrong {
    pub fn add(&mut self, property: Property, at: Instant, what: String) {
        if self.0.len() < MOST || !self.0.iter().any(|other| other.property == property) {
            self.0.push(Violation { property, at, what });
        }
    }

    pub fn unless(&mut self, holds: bool, property: Property, at: Instant, what: impl FnOnce() -> String) {
        if !holds {
            self.add(property, at, what());
        }
    }

    /// Two sums that may differ by rounding only.
    pub fn near(
        &mut self,
        property: Property,
        counted: f64,
        seen: f64,
        relative: f64,
        what: impl FnOnce() -> String,
    ) {
        let near = (counted - seen).abs() <= relative * seen.abs().max(1.0);
        self.unless(near, property, Instant::MAX, || format!("{}: {counted} counted, {seen} seen", what()));
    }
}

/// Listens to one trial.
pub struct Auditor<'m> {
    scene: Scene<'m>,
    funnel: funnel::Sums,
    little: little::Little,
    rep_time: rep_time::RepTime,
    lines: lines::Lines,
    shifts: shifts::Shifts,
    cadence: cadence::Cadence,
    promises: promises::Promises,
    wrong: Wrong,
}

impl<'m> Auditor<'m> {
    pub fn new(model: &'m Model) -> Self {
        let scene = Scene::new(model);
        Auditor {
            funnel: funnel::Sums::new(&scene),
            little: little::Little::new(&scene),
            rep_time: rep_time::RepTime::new(&scene),
            lines: lines::Lines::new(&scene),
            shifts: shifts::Shifts::new(&scene),
            cadence: cadence::Cadence::default(),
            promises: promises::Promises::new(&scene),
            wrong: Wrong::default(),
            scene,
        }
    }

    /// The trial is over: what was counted is compared with what was seen.
    pub fn close(mut self, outcome: &Outcome) -> Vec<Violation> {
        let (scene, wrong) = (&self.scene, &mut self.wrong);
        self.funnel.close(scene, outcome, wrong);
        self.little.close(scene, outcome, wrong);
        self.rep_time.close(scene, outcome, wrong);
        self.lines.close(scene, wrong);
        self.cadence.close(scene, wrong);
        self.promises.close(scene, outcome, wrong);
        self.wrong.0
    }

    /// P11: time goes on, within the trial, and what is told of the future lies in it.
    fn clock(&mut self, at: Instant, told: &Told) {
        let horizon = &self.scene.model.horizon;
        let (now, wrong) = (self.scene.now, &mut self.wrong);
        wrong.unless(at >= now, Property::P11, at, || format!("{told:?} after {now}"));
        let within = horizon.opens <= at && at < horizon.last();
        wrong.unless(within, Property::P11, at, || format!("{told:?} outside of the trial"));
        if let Told::Lead(
            _,
            _,
            Happening::Booked(then) | Happening::Met { at: then, .. } | Happening::Won { at: then },
        ) = told
        {
            wrong.unless(*then >= at, Property::P11, at, || format!("{told:?} in the past"));
        }
    }
}

impl Hears for Auditor<'_> {
    fn hear(&mut self, at: Instant, told: Told) {
        self.clock(at, &told);
        if at > self.scene.now {
            self.lines.at_rest(&self.scene, &mut self.wrong);
            self.shifts.at_rest(&self.scene, &mut self.wrong);
        }
        let in_hand = match told {
            Told::Done(rep) => self.scene.reps[rep.0 as usize].in_hand,
            _ => None,
        };
        // A rep is asked what is waiting before the scene moves on.
        if let Some(what) = self.scene.take_in(at, &told) {
            let property = if matches!(told, Told::Takes(..)) { Property::P6 } else { Property::P1 };
            self.wrong.add(property, at, what);
        }
        let (scene, wrong) = (&self.scene, &mut self.wrong);
        self.funnel.hear(scene, &told);
        self.little.hear(scene, &told);
        self.rep_time.hear(scene, &told, wrong);
        self.lines.hear(scene, &told, wrong);
        self.shifts.hear(scene, &told, wrong);
        self.cadence.hear(scene, &told, wrong);
        if let Some((_, Some(id))) = in_hand {
            self.cadence.done(scene, id);
        }
        self.promises.hear(scene, &told);
    }
}

/// Plays one trial and audits it.
pub fn audit(model: &Model, seed: u64, trial: u64) -> Vec<Violation> {
    let mut auditor = Auditor::new(model);
    let outcome = trial::run(&Prepared::new(model), seed, trial, &mut Listener(&mut auditor));
    auditor.close(&outcome)
}
