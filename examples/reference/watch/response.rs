//! Listens to first responses: how long, on which clock, whether the lead was still interested, and what that is worth.

use crate::plan::Row;
use leadsim::model::{LeadId, Model};
use leadsim::time::Instant;
use leadsim::trial::{Happening, Lead, Watch};

/// Measures one first response: adds to its columns.
pub type Measure = Box<dyn Fn(&Response, &mut [f64]) + Sync>;

/// One first response.
#[derive(Debug, Clone, Copy)]
pub struct Response {
    /// When the lead was created.
    pub created: Instant,
    /// When its handling began.
    pub begun: Instant,
    /// Whether it was reached there and then.
    pub reached: bool,
    /// Minutes of handling.
    pub handling: f64,
}

/// The listener: sums of whatever a measure makes of every response of a lead of the horizon.
pub struct Responses<'a> {
    measure: &'a Measure,
    row: Row,
}

impl<'a> Responses<'a> {
    /// Listens with so many columns.
    pub fn new(_model: &Model, columns: usize, measure: &'a Measure) -> Self {
        Responses { measure, row: vec![0.0; columns] }
    }

    /// The sums, once the trial is over.
    pub fn finish(self) -> Row {
        self.row
    }
}

impl Watch for Responses<'_> {
    fn lead(&mut self, at: Instant, _id: LeadId, lead: &Lead, what: Happening) {
        if !matches!(what, Happening::Ended(_)) || !lead.in_horizon {
            return;
        }
        let Some(begun) = lead.started else { return };
        let response = Response {
            created: lead.created,
            begun,
            reached: lead.contacted.is_some(),
            handling: (at - begun).as_minutes(),
        };
        (self.measure)(&response, &mut self.row);
    }
}
