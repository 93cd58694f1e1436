//! Listens to a waiting line: waits, stays and handling times of the horizon's leads, and numbers in system over its time.

use crate::plan::{Row, Share};
use leadsim::model::{LeadId, Model};
use leadsim::time::{Instant, Span};
use leadsim::trial::{Ending, Happening, Lead, Watch};

/// What to listen for.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Classes of leads: tiers of the scenario.
    pub classes: usize,
    /// Number of reps.
    pub servers: u32,
    /// Times up to which waits are counted, minutes of the scenario.
    pub cuts: Vec<f64>,
    /// Leads created so far apart count as independent.
    pub apart: Span,
    /// Rates of the martingales beside the line, if it is Markov enough for them.
    pub rates: Option<Rates>,
}

/// Rates per minute that the scenario itself states.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    /// Leads arrive as a Poisson process of this rate.
    pub arrival: f64,
    /// Every handling ends at this rate, if it is memoryless and alike for all.
    pub ending: Option<f64>,
}

/// Powers of the number in system by which arrivals and endings are weighted.
pub const POWERS: usize = 4;

/// Columns of time: minutes listened to, and sums over them of what stands in each name.
pub mod time {
    /// Minutes.
    pub const ALL: usize = 0;
    /// Leads in the system.
    pub const SYSTEM: usize = 1;
    /// Leads waiting, those put down among them.
    pub const WAITING: usize = 2;
    /// Leads in hand.
    pub const BUSY: usize = 3;
    /// Whether at least as many leads as reps are in the system.
    pub const FULL: usize = 4;
    /// Whether more leads than reps are in the system.
    pub const OVER: usize = 5;
    /// Arrivals beyond those that the rate lets expect, each weighted with a power of the number it finds, from 0 on: mean 0.
    pub const ARRIVALS: usize = 6;
    /// The same for endings.
    pub const ENDINGS: usize = ARRIVALS + super::POWERS;
}
const TIMES: usize = time::ENDINGS + POWERS;

/// Columns of one class, counted from its first.
pub mod class {
    /// Leads begun.
    pub const BEGUN: usize = 0;
    /// Waits, minutes.
    pub const WAIT: usize = 1;
    /// Squares of waits.
    pub const WAIT_SQUARED: usize = 2;
    /// Leads that did not wait.
    pub const AT_ONCE: usize = 3;
    /// Leads ended.
    pub const ENDED: usize = 4;
    /// Created to ended, minutes.
    pub const STAY: usize = 5;
    /// Handling, minutes.
    pub const HANDLING: usize = 6;
    /// Squares of it.
    pub const HANDLING_SQUARED: usize = 7;
    /// Cubes of it.
    pub const HANDLING_CUBED: usize = 8;
    /// Leads of the class waiting, summed over time.
    pub const WAITING: usize = 9;
    /// Leads begun that are as good as independent.
    pub const APART: usize = 10;
    /// Leads that left before anybody had begun them.
    pub const LEFT: usize = 11;
}
const CLASS: usize = 12;

/// Where columns stand; class `classes` is all of them together.
#[derive(Debug, Clone, Copy)]
pub struct Columns {
    classes: usize,
    cuts: usize,
}

impl Columns {
    /// The columns that settings give.
    pub fn new(settings: &Settings) -> Self {
        Columns { classes: settings.classes, cuts: settings.cuts.len() }
    }

    /// All classes together.
    pub fn all(&self) -> usize {
        self.classes
    }

    /// A column of a class.
    pub fn of(&self, class: usize, column: usize) -> usize {
        TIMES + class * (CLASS + 2 * (self.cuts + 1)) + column
    }

    /// The share of a class's leads that waited at most a cut.
    pub fn within(&self, class: usize, cut: usize) -> Share {
        let hits = self.of(class, CLASS + cut);
        let apart = (self.of(class, CLASS + self.cuts + 1 + cut), self.of(class, class::APART));
        Share { hits, tries: self.of(class, class::BEGUN), apart }
    }

    /// The share of a class's leads that did not wait at all.
    pub fn at_once(&self, class: usize) -> Share {
        let apart = (self.of(class, CLASS + 2 * self.cuts + 1), self.of(class, class::APART));
        Share { hits: self.of(class, class::AT_ONCE), tries: self.of(class, class::BEGUN), apart }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.of(self.classes + 1, 0)
    }
}

/// The listener.
pub struct Line {
    columns: Columns,
    cuts: Vec<i64>,
    servers: i64,
    apart: Span,
    rates: Option<Rates>,
    window: (Instant, Instant),
    last: Instant,
    waiting: Vec<i64>,
    in_hand: i64,
    next_apart: Vec<Instant>,
    row: Row,
}

impl Line {
    /// Listens to the horizon of a model.
    pub fn new(model: &Model, settings: &Settings) -> Self {
        let columns = Columns::new(settings);
        Line {
            columns,
            cuts: settings.cuts.iter().map(|minutes| (minutes * 6e7).round() as i64).collect(),
            servers: i64::from(settings.servers),
            apart: settings.apart,
            rates: settings.rates,
            window: (model.horizon.start, model.horizon.end),
            last: model.horizon.opens,
            waiting: vec![0; settings.classes],
            in_hand: 0,
            next_apart: vec![model.horizon.start; settings.classes + 1],
            row: vec![0.0; columns.count()],
        }
    }

    /// The sums, once the trial is over.
    pub fn finish(mut self) -> Row {
        self.pass_time(self.window.1);
        self.row
    }

    /// Leads in the system now.
    pub fn in_system(&self) -> i64 {
        self.waiting.iter().sum::<i64>() + self.in_hand
    }

    fn pass_time(&mut self, at: Instant) {
        let (from, until) = (self.last.max(self.window.0), at.min(self.window.1));
        self.last = at;
        if from >= until {
            return;
        }
        let minutes = (until - from).as_minutes();
        let all: i64 = self.waiting.iter().sum();
        let system = all + self.in_hand;
        self.row[time::ALL] += minutes;
        self.row[time::SYSTEM] += minutes * system as f64;
        self.row[time::WAITING] += minutes * all as f64;
        self.row[time::BUSY] += minutes * self.in_hand as f64;
        self.row[time::FULL] += if system >= self.servers { minutes } else { 0.0 };
        self.row[time::OVER] += if system > self.servers { minutes } else { 0.0 };
        if let Some(rates) = self.rates {
            let ending = rates.ending.unwrap_or(0.0) * self.in_hand as f64;
            self.weigh(time::ARRIVALS, -rates.arrival * minutes, system);
            self.weigh(time::ENDINGS, -ending * minutes, system);
        }
        for class in 0..self.waiting.len() {
            let column = self.columns.of(class, class::WAITING);
            self.row[column] += minutes * self.waiting[class] as f64;
        }
    }

    /// Adds so much to the columns of every power of the number in system.
    fn weigh(&mut self, first: usize, by: f64, system: i64) {
        let mut weight = by;
        for power in 0..POWERS {
            self.row[first + power] += weight;
            weight *= system as f64 / self.servers as f64;
        }
    }

    /// An arrival or an ending inside the horizon, told before it changes the number in system.
    fn jump(&mut self, at: Instant, first: usize) {
        if self.rates.is_some() && self.window.0 <= at && at < self.window.1 {
            self.weigh(first, 1.0, self.in_system());
        }
    }

    fn begun(&mut self, at: Instant, class: usize, lead: &Lead) {
        let wait = at - lead.created;
        let first = self.columns.of(class, 0);
        let minutes = wait.as_minutes();
        let at_once = f64::from(u8::from(wait == Span::ZERO));
        self.row[first + class::BEGUN] += 1.0;
        self.row[first + class::WAIT] += minutes;
        self.row[first + class::WAIT_SQUARED] += minutes * minutes;
        self.row[first + class::AT_ONCE] += at_once;
        let apart = lead.created >= self.next_apart[class];
        if apart {
            self.next_apart[class] = lead.created + self.apart;
            self.row[first + class::APART] += 1.0;
            self.row[first + CLASS + 2 * self.cuts.len() + 1] += at_once;
        }
        for (place, cut) in self.cuts.iter().enumerate() {
            if wait.micros() <= *cut {
                self.row[first + CLASS + place] += 1.0;
                if apart {
                    self.row[first + CLASS + self.cuts.len() + 1 + place] += 1.0;
                }
            }
        }
    }

    fn ended(&mut self, at: Instant, class: usize, lead: &Lead, how: Ending) {
        let first = self.columns.of(class, 0);
        self.row[first + class::LEFT] += f64::from(u8::from(how == Ending::Left));
        let handling = lead.started.map_or(0.0, |started| (at - started).as_minutes());
        self.row[first + class::ENDED] += 1.0;
        self.row[first + class::STAY] += (at - lead.created).as_minutes();
        self.row[first + class::HANDLING] += handling;
        self.row[first + class::HANDLING_SQUARED] += handling * handling;
        self.row[first + class::HANDLING_CUBED] += handling * handling * handling;
    }
}

impl Watch for Line {
    fn lead(&mut self, at: Instant, _id: LeadId, lead: &Lead, what: Happening) {
        let class = usize::from(lead.tier.0);
        match what {
            Happening::Created => {
                self.pass_time(at);
                self.jump(at, time::ARRIVALS);
                self.waiting[class] += 1;
            }
            Happening::ReviewStarted(_) => {
                self.pass_time(at);
                self.waiting[class] -= 1;
                self.in_hand += 1;
                if lead.in_horizon {
                    self.begun(at, class, lead);
                    self.begun(at, self.columns.all(), lead);
                }
            }
            Happening::PutDown(_) => {
                self.pass_time(at);
                self.waiting[class] += 1;
                self.in_hand -= 1;
            }
            Happening::TakenUp(_) => {
                self.pass_time(at);
                self.waiting[class] -= 1;
                self.in_hand += 1;
            }
            Happening::Ended(how) => {
                self.pass_time(at);
                self.jump(at, time::ENDINGS);
                match how {
                    Ending::Left => self.waiting[class] -= 1,
                    _ => self.in_hand -= 1,
                }
                if lead.in_horizon {
                    self.ended(at, class, lead, how);
                    self.ended(at, self.columns.all(), lead, how);
                }
            }
            _ => {}
        }
    }
}
