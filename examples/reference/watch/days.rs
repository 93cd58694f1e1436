//! Listens to a line day by day: besides the line itself, how many leads came on each day, and how much days differ.

use super::line::{Columns, Settings};
use super::offered::{Offered, column as offered};
use crate::plan::Row;
use leadsim::model::{LeadId, Model};
use leadsim::time::Instant;
use leadsim::trial::{Happening, Lead, Watch};

/// Columns after those of the offered waits.
pub mod column {
    /// Days of the horizon.
    pub const DAYS: usize = 0;
    /// Squares of the leads of a day.
    pub const LEADS_SQUARED: usize = 1;
}

/// The listener.
pub struct Days {
    offered: Offered,
    /// Midnight from which days are counted; a day has 24 hours.
    start: Instant,
    /// Leads by day of the horizon.
    leads: Vec<u32>,
}

impl Days {
    /// Where its columns begin, with so many limits of actual waits.
    pub fn first(settings: &Settings, limits: usize) -> usize {
        Columns::new(settings).count() + offered::WITHIN + limits
    }

    /// Listens to the horizon of a model.
    pub fn new(model: &Model, settings: &Settings, limits: &[f64]) -> Self {
        let (start, end) = (model.horizon.start, model.horizon.end);
        let days = ((end - start).as_hours() / 24.0).round() as usize;
        Days { offered: Offered::new(model, settings, limits), start, leads: vec![0; days] }
    }

    /// The sums, once the trial is over.
    pub fn finish(self) -> Row {
        let mut row = self.offered.finish();
        row.push(self.leads.len() as f64);
        row.push(self.leads.iter().map(|leads| f64::from(*leads).powi(2)).sum());
        row
    }
}

impl Watch for Days {
    fn lead(&mut self, at: Instant, id: LeadId, lead: &Lead, what: Happening) {
        if what == Happening::Created && lead.in_horizon {
            let day = ((at - self.start).as_hours() / 24.0) as usize;
            self.leads[day] += 1;
        }
        self.offered.lead(at, id, lead, what);
    }
}
