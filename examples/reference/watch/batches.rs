//! Cuts a long run into stretches and listens to how neighbouring stretches differ: the variance constants behind run lengths.

use crate::plan::Row;
use leadsim::model::{LeadId, Model};
use leadsim::time::{Instant, Span};
use leadsim::trial::{Happening, Lead, Watch};

/// Columns of one kind of stretch: how many, their sum, sum of squares, pairs of neighbours, and sum of their products.
pub mod column {
    /// Stretches.
    pub const COUNT: usize = 0;
    /// Sum of their averages.
    pub const SUM: usize = 1;
    /// Sum of squares.
    pub const SQUARES: usize = 2;
    /// Pairs of neighbours.
    pub const PAIRS: usize = 3;
    /// Sum of products of neighbours.
    pub const PRODUCTS: usize = 4;
    /// Sum of the first of each pair and the second, halved: the mean that goes with the products.
    pub const PAIR_SUM: usize = 5;
}

/// Columns of a kind.
pub const KIND: usize = 6;

#[derive(Default)]
struct Stretches {
    before: Option<f64>,
    row: [f64; KIND],
}

impl Stretches {
    fn add(&mut self, value: f64) {
        self.row[column::COUNT] += 1.0;
        self.row[column::SUM] += value;
        self.row[column::SQUARES] += value * value;
        if let Some(before) = self.before {
            self.row[column::PAIRS] += 1.0;
            self.row[column::PRODUCTS] += before * value;
            self.row[column::PAIR_SUM] += (before + value) / 2.0;
        }
        self.before = Some(value);
    }
}

/// The listener: averages of the number in system over stretches of time, and of waits over stretches of leads.
pub struct Batches {
    window: (Instant, Instant),
    length: Span,
    leads: u32,
    last: Instant,
    /// End of the current stretch, and what has been gathered in it.
    ends: Instant,
    gathered: f64,
    in_system: f64,
    of_time: Stretches,
    waits: (u32, f64),
    of_leads: Stretches,
}

impl Batches {
    /// Listens to the horizon in stretches of a length, and of so many leads.
    pub fn new(model: &Model, length: Span, leads: u32) -> Self {
        let start = model.horizon.start;
        Batches {
            window: (start, model.horizon.end),
            length,
            leads,
            last: model.horizon.opens,
            ends: start + length,
            gathered: 0.0,
            in_system: 0.0,
            of_time: Stretches::default(),
            waits: (0, 0.0),
            of_leads: Stretches::default(),
        }
    }

    /// The sums, once the trial is over: stretches of time, then of leads.
    pub fn finish(mut self) -> Row {
        self.pass_time(self.window.1);
        self.of_time.row.into_iter().chain(self.of_leads.row).collect()
    }

    fn pass_time(&mut self, at: Instant) {
        let until = at.min(self.window.1);
        let mut from = self.last.max(self.window.0);
        self.last = at;
        while from < until {
            let stop = until.min(self.ends);
            self.gathered += (stop - from).as_minutes() * self.in_system;
            from = stop;
            if stop == self.ends {
                self.of_time.add(std::mem::take(&mut self.gathered) / self.length.as_minutes());
                self.ends += self.length;
            }
        }
    }
}

impl Watch for Batches {
    fn lead(&mut self, at: Instant, _id: LeadId, lead: &Lead, what: Happening) {
        match what {
            Happening::Created => {
                self.pass_time(at);
                self.in_system += 1.0;
            }
            Happening::ReviewStarted(_) if lead.in_horizon => {
                self.waits = (self.waits.0 + 1, self.waits.1 + (at - lead.created).as_minutes());
                if self.waits.0 == self.leads {
                    self.of_leads.add(self.waits.1 / f64::from(self.leads));
                    self.waits = (0, 0.0);
                }
            }
            Happening::Ended(_) => {
                self.pass_time(at);
                self.in_system -= 1.0;
            }
            _ => {}
        }
    }
}
