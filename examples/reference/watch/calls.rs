//! Listens to leads that do not stand in a line but call again: first calls in vain, calls in all, and time between calls.

use super::line::{Columns, Line, Settings};
use crate::plan::Row;
use leadsim::model::{LeadId, Model};
use leadsim::time::Instant;
use leadsim::trial::{Ending, Happening, Lead, Watch};

/// Columns after those of the line, whose waiting leads are here those between calls.
pub mod column {
    /// Leads that found nobody free with their first call.
    pub const BLOCKED: usize = 0;
    /// Calls after the first.
    pub const AGAIN: usize = 1;
    /// Minutes from the first call until begun, or until the last call.
    pub const BETWEEN: usize = 2;
}

/// The listener.
pub struct Calls {
    line: Line,
    row: Row,
}

impl Calls {
    /// Where its columns begin.
    pub fn first(settings: &Settings) -> usize {
        Columns::new(settings).count()
    }

    /// Listens to the horizon of a model.
    pub fn new(model: &Model, settings: &Settings) -> Self {
        Calls { line: Line::new(model, settings), row: vec![0.0; 3] }
    }

    /// The sums, once the trial is over.
    pub fn finish(self) -> Row {
        let mut row = self.line.finish();
        row.extend(self.row);
        row
    }
}

impl Watch for Calls {
    fn lead(&mut self, at: Instant, id: LeadId, lead: &Lead, what: Happening) {
        self.line.lead(at, id, lead, what);
        if !lead.in_horizon {
            return;
        }
        match what {
            Happening::FoundNobody { call } => {
                self.row[column::BLOCKED] += f64::from(u8::from(call == 1));
                // Another call follows, unless the lead gives up now.
                self.row[column::AGAIN] += 1.0;
            }
            Happening::ReviewStarted(_) => self.row[column::BETWEEN] += (at - lead.created).as_minutes(),
            Happening::Ended(Ending::Left) => {
                self.row[column::AGAIN] -= 1.0;
                self.row[column::BETWEEN] += (at - lead.created).as_minutes();
            }
            _ => {}
        }
    }
}
