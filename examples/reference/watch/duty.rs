//! Looks at a line at set times, and at how many reps are at work then.

use super::phases::{self, Phases, Settings};
use crate::plan::Row;
use leadsim::model::{LeadId, Model, RepId};
use leadsim::time::Instant;
use leadsim::trial::{Happening, Lead, RepState, Watch};

/// The listener; its columns after those of the looks are the fewest reps found at work, one a phase.
///
/// The fewest, because whoever is busy when the headcount falls finishes first: a few minutes after it there may be one too many.
pub struct Duty {
    phases: Phases,
    /// Looks to come, latest first.
    looks: Vec<(Instant, usize)>,
    at_work: Vec<bool>,
    fewest: Row,
}

impl Duty {
    /// The column of a phase.
    pub fn fewest(settings: &Settings, place: usize) -> usize {
        phases::column(settings, settings.phases.len(), 0) + place
    }

    /// Looks at the horizon of a model.
    pub fn new(model: &Model, settings: &Settings) -> Self {
        Duty {
            phases: Phases::new(model, settings),
            looks: phases::looks(model, settings),
            at_work: vec![false; model.reps.len()],
            fewest: vec![f64::INFINITY; settings.phases.len()],
        }
    }

    /// The sums, once the trial is over.
    pub fn finish(mut self) -> Row {
        self.look_until(Instant::MAX);
        let mut row = self.phases.finish();
        row.extend(self.fewest);
        row
    }

    /// Takes every look before `at`; nothing has happened since the event before.
    fn look_until(&mut self, at: Instant) {
        while let Some((_, place)) = self.looks.pop_if(|(look, _)| *look <= at) {
            let at_work = self.at_work.iter().filter(|at_work| **at_work).count() as f64;
            self.fewest[place] = self.fewest[place].min(at_work);
        }
    }
}

impl Watch for Duty {
    fn lead(&mut self, at: Instant, id: LeadId, lead: &Lead, what: Happening) {
        self.phases.lead(at, id, lead, what);
    }

    fn rep(&mut self, at: Instant, rep: RepId, state: RepState) {
        self.look_until(at);
        self.at_work[rep.0 as usize] = state != RepState::Off;
    }
}
