//! Listens to classes of which the higher take reps off the lower: beside the line, martingales of the classes down to each rank.

use super::line::{Columns, Line, POWERS, Settings};
use crate::plan::Row;
use leadsim::model::{LeadId, Model};
use leadsim::time::Instant;
use leadsim::trial::{Happening, Lead, Watch};

/// Rates per minute: of arrivals by class, and of endings where handling is memoryless and alike.
#[derive(Debug, Clone)]
pub struct Flows {
    /// Arrivals.
    pub arrivals: Vec<f64>,
    /// Endings.
    pub ending: f64,
}

/// Columns of one rank, arrivals before endings, each by power.
pub const RANK: usize = 2 * POWERS;

/// The listener. The classes down to a rank see nothing of those below: by themselves they are a plain line, whose arrivals and endings beyond their
/// rates have mean 0 however they are weighted with the number there (Henderson & Glynn 2002).
pub struct Ranks {
    line: Line,
    flows: Option<Flows>,
    servers: f64,
    window: (Instant, Instant),
    last: Instant,
    in_system: Vec<f64>,
    row: Row,
}

impl Ranks {
    /// Where its columns begin.
    pub fn first(settings: &Settings) -> usize {
        Columns::new(settings).count()
    }

    /// Listens to the horizon of a model.
    pub fn new(model: &Model, settings: &Settings, flows: Option<Flows>) -> Self {
        Ranks {
            line: Line::new(model, settings),
            flows,
            servers: f64::from(settings.servers),
            window: (model.horizon.start, model.horizon.end),
            last: model.horizon.opens,
            in_system: vec![0.0; settings.classes],
            row: vec![0.0; settings.classes * RANK],
        }
    }

    /// The sums, once the trial is over.
    pub fn finish(mut self) -> Row {
        self.pass_time(self.window.1);
        let mut row = self.line.finish();
        row.extend(self.row);
        row
    }

    fn weigh(&mut self, first: usize, by: f64, system: f64) {
        let mut weight = by;
        for power in 0..POWERS {
            self.row[first + power] += weight;
            weight *= system / self.servers;
        }
    }

    fn pass_time(&mut self, at: Instant) {
        let (from, until) = (self.last.max(self.window.0), at.min(self.window.1));
        self.last = at;
        let Some(flows) = self.flows.as_ref().filter(|_| from < until) else { return };
        let (minutes, ending) = ((until - from).as_minutes(), flows.ending);
        let arrivals = flows.arrivals.clone();
        let (mut arrival, mut system) = (0.0, 0.0);
        for (rank, of_class) in arrivals.into_iter().enumerate() {
            arrival += of_class;
            system += self.in_system[rank];
            self.weigh(rank * RANK, -arrival * minutes, system);
            self.weigh(rank * RANK + POWERS, -ending * system.min(self.servers) * minutes, system);
        }
    }

    /// A lead of a class arrives (+1) or ends (−1): every rank from its own on sees it.
    fn jump(&mut self, at: Instant, class: usize, by: f64) {
        self.pass_time(at);
        let inside = self.flows.is_some() && self.window.0 <= at && at < self.window.1;
        let first = if by > 0.0 { 0 } else { POWERS };
        let mut system: f64 = self.in_system[..class].iter().sum();
        for rank in class..self.in_system.len() {
            system += self.in_system[rank];
            if inside {
                self.weigh(rank * RANK + first, 1.0, system);
            }
        }
        self.in_system[class] += by;
    }
}

impl Watch for Ranks {
    fn lead(&mut self, at: Instant, id: LeadId, lead: &Lead, what: Happening) {
        let class = usize::from(lead.tier.0);
        match what {
            Happening::Created => self.jump(at, class, 1.0),
            Happening::Ended(_) => self.jump(at, class, -1.0),
            _ => {}
        }
        self.line.lead(at, id, lead, what);
    }
}
