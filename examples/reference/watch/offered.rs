//! Listens to a line that leads may leave: besides the line itself, the wait that each lead was offered, whether it stayed for it or not.

use super::line::{Columns, Line, Settings};
use crate::plan::Row;
use leadsim::model::{LeadId, Model};
use leadsim::time::{Instant, Span};
use leadsim::trial::{Ending, Happening, Lead, Watch};

/// Columns after those of the line; the leads that waited at most each limit follow.
pub mod column {
    /// Leads of the horizon.
    pub const LEADS: usize = 0;
    /// Leads that found all reps busy.
    pub const BLOCKED: usize = 1;
    /// Minutes a lead with endless patience would have waited.
    pub const OFFERED: usize = 2;
    /// Minutes leads did wait, until begun or until they left.
    pub const WAITED: usize = 3;
    /// Waited at most the first limit, until begun or until it left.
    pub const WITHIN: usize = 4;
}

/// A lead whose offered wait runs: how many must still leave before its turn.
struct Probe {
    number: u32,
    created: Instant,
    before: i64,
}

/// The listener.
pub struct Offered {
    line: Line,
    servers: i64,
    /// Limits of actual waits, minutes.
    limits: Vec<f64>,
    probes: Vec<Probe>,
    first: usize,
    row: Row,
}

impl Offered {
    /// Listens to the horizon of a model.
    pub fn new(model: &Model, settings: &Settings, limits: &[f64]) -> Self {
        Offered {
            line: Line::new(model, settings),
            servers: i64::from(settings.servers),
            limits: limits.to_vec(),
            probes: Vec::new(),
            first: Columns::new(settings).count(),
            row: vec![0.0; column::WITHIN + limits.len()],
        }
    }

    /// The sums, once the trial is over.
    pub fn finish(self) -> Row {
        let mut row = self.line.finish();
        debug_assert_eq!(row.len(), self.first, "own columns follow those of the line");
        row.extend(self.row);
        row
    }

    fn created(&mut self, at: Instant, lead: &Lead) {
        self.row[column::LEADS] += 1.0;
        let before = self.line.in_system() - self.servers + 1;
        if before > 0 {
            self.row[column::BLOCKED] += 1.0;
            self.probes.push(Probe { number: lead.number, created: at, before });
        }
    }

    fn waited(&mut self, wait: Span) {
        let minutes = wait.as_minutes();
        self.row[column::WAITED] += minutes;
        for (place, limit) in self.limits.iter().enumerate() {
            self.row[column::WITHIN + place] += f64::from(u8::from(minutes <= *limit));
        }
    }

    /// A lead left the system. First come, first served: it was before a probe if it was begun, or if it came earlier.
    fn gone(&mut self, at: Instant, lead: &Lead, left: bool) {
        let offered = &mut self.row[column::OFFERED];
        self.probes.retain_mut(|probe| {
            if !left || lead.number < probe.number {
                probe.before -= 1;
            }
            if probe.before == 0 {
                *offered += (at - probe.created).as_minutes();
            }
            probe.before > 0
        });
    }
}

impl Watch for Offered {
    fn lead(&mut self, at: Instant, id: LeadId, lead: &Lead, what: Happening) {
        match what {
            Happening::Created if lead.in_horizon => self.created(at, lead),
            Happening::ReviewStarted(_) if lead.in_horizon => self.waited(at - lead.created),
            Happening::Ended(how) => {
                let left = how == Ending::Left;
                self.gone(at, lead, left);
                if left && lead.in_horizon {
                    self.waited(at - lead.created);
                }
            }
            _ => {}
        }
        self.line.lead(at, id, lead, what);
    }
}
