//! Listens to a line and to where its reps are: called away, on own work, or free.

use super::line::{Columns, Line, Settings};
use crate::plan::Row;
use leadsim::model::{LeadId, Model, RepId};
use leadsim::time::Instant;
use leadsim::trial::{Happening, Lead, RepState, Watch};

/// Columns after those of the line: minutes of the horizon, summed over reps where they are of reps.
pub mod column {
    /// All reps.
    pub const ALL: usize = 0;
    /// Reps away.
    pub const AWAY: usize = 1;
    /// Reps on own work.
    pub const OWN_WORK: usize = 2;
    /// Minutes in which no rep is free.
    pub const NOBODY_FREE: usize = 3;
}

/// The listener.
pub struct Reps {
    line: Line,
    states: Vec<RepState>,
    window: (Instant, Instant),
    last: Instant,
    row: Row,
}

impl Reps {
    /// Where its columns begin.
    pub fn first(settings: &Settings) -> usize {
        Columns::new(settings).count()
    }

    /// Listens to the horizon of a model.
    pub fn new(model: &Model, settings: &Settings) -> Self {
        Reps {
            line: Line::new(model, settings),
            states: vec![RepState::Off; model.reps.len()],
            window: (model.horizon.start, model.horizon.end),
            last: model.horizon.opens,
            row: vec![0.0; 4],
        }
    }

    /// The sums, once the trial is over.
    pub fn finish(mut self) -> Row {
        self.pass_time(self.window.1);
        let mut row = self.line.finish();
        row.extend(self.row);
        row
    }

    fn pass_time(&mut self, at: Instant) {
        let (from, until) = (self.last.max(self.window.0), at.min(self.window.1));
        self.last = at;
        if from >= until {
            return;
        }
        let minutes = (until - from).as_minutes();
        let of = |state: RepState| self.states.iter().filter(|other| **other == state).count() as f64;
        self.row[column::ALL] += minutes * self.states.len() as f64;
        self.row[column::AWAY] += minutes * of(RepState::Meeting);
        self.row[column::OWN_WORK] += minutes * of(RepState::OwnWork);
        self.row[column::NOBODY_FREE] += if of(RepState::Free) == 0.0 { minutes } else { 0.0 };
    }
}

impl Watch for Reps {
    fn lead(&mut self, at: Instant, id: LeadId, lead: &Lead, what: Happening) {
        self.line.lead(at, id, lead, what);
    }

    fn rep(&mut self, at: Instant, rep: RepId, state: RepState) {
        self.pass_time(at);
        self.states[rep.0 as usize] = state;
    }
}
