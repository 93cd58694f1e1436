//! Looks at a waiting line at set times: how many leads are there, and how long one who came just then would wait.

use crate::plan::{Row, Share};
use leadsim::model::{LeadId, Model};
use leadsim::random::Key;
use leadsim::time::{Instant, Span};
use leadsim::trial::{Ending, Happening, Lead, Watch};

/// When to look, and what for.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Minutes into the cycle, one a phase.
    pub phases: Vec<f64>,
    /// Minutes of a cycle; none: the horizon is one cycle.
    pub cycle: Option<f64>,
    /// Number of reps, one a phase: a lead that finds as many waits.
    pub servers: Vec<u32>,
    /// A number in system whose being exceeded is counted.
    pub above: i64,
    /// Times up to which a wait is counted, minutes; only where the number of reps never changes.
    pub cuts: Vec<f64>,
    /// How many in a minute of those who wait leave the line; 0 if nobody does.
    pub leaving: f64,
}

/// Columns of one phase.
pub mod phase {
    /// Looks.
    pub const LOOKS: usize = 0;
    /// Leads in the system.
    pub const SYSTEM: usize = 1;
    /// Squares of them.
    pub const SYSTEM_SQUARED: usize = 2;
    /// At least as many as reps.
    pub const FULL: usize = 3;
    /// More than `above`.
    pub const ABOVE: usize = 4;
    /// Nobody there.
    pub const EMPTY: usize = 5;
    /// Waits at most the first cut; further cuts follow.
    pub const WITHIN: usize = 6;
}

/// A column of a phase.
pub fn column(settings: &Settings, place: usize, what: usize) -> usize {
    place * (phase::WITHIN + settings.cuts.len()) + what
}

/// The share of looks at a phase that found something; cycles are as good as independent.
pub fn share(settings: &Settings, place: usize, what: usize) -> Share {
    let (hits, tries) = (column(settings, place, what), column(settings, place, phase::LOOKS));
    Share { hits, tries, apart: (hits, tries) }
}

/// Every look at the horizon of a model with its phase, latest first.
pub fn looks(model: &Model, settings: &Settings) -> Vec<(Instant, usize)> {
    let (start, end) = (model.horizon.start, model.horizon.end);
    let mut looks = Vec::new();
    let mut cycle = start;
    while cycle < end {
        for (place, minutes) in settings.phases.iter().enumerate() {
            looks.push((cycle + Span::from_minutes_f64(*minutes), place));
        }
        match settings.cycle {
            Some(minutes) => cycle += Span::from_minutes_f64(minutes),
            None => break,
        }
    }
    looks.retain(|(at, _)| *at < end);
    looks.sort_by(|a, b| b.cmp(a));
    looks
}

/// Somebody who might have come at a look: how many of those before must leave first.
struct Probe {
    place: usize,
    at: Instant,
    before: i64,
    /// Minutes that the one who might have come would stay in line.
    stays: f64,
}

/// The listener.
pub struct Phases {
    settings: Settings,
    /// Luck of those who might have come, and how many there were.
    luck: Key,
    drawn: u32,
    /// Looks to come, latest first.
    looks: Vec<(Instant, usize)>,
    in_system: i64,
    probes: Vec<Probe>,
    row: Row,
}

impl Phases {
    /// Looks at the horizon of a model.
    pub fn new(model: &Model, settings: &Settings) -> Self {
        let columns = column(settings, settings.phases.len(), 0);
        Phases {
            settings: settings.clone(),
            luck: Key::root(0),
            drawn: 0,
            looks: looks(model, settings),
            in_system: 0,
            probes: Vec::new(),
            row: vec![0.0; columns],
        }
    }

    /// The same with a trial's own luck, for those who might have come and do not wait for ever.
    pub fn with_luck(self, seed: u64, trial: u64) -> Self {
        Phases { luck: Key::root(seed).child(trial).named("those who might have come"), ..self }
    }

    /// The sums, once the trial is over.
    pub fn finish(mut self) -> Row {
        self.look_until(Instant::MAX);
        self.row
    }

    /// Takes every look before `at`; nothing has happened since the event before.
    fn look_until(&mut self, at: Instant) {
        while let Some((look, place)) = self.looks.pop_if(|(look, _)| *look <= at) {
            self.look(look, place);
        }
    }

    fn look(&mut self, at: Instant, place: usize) {
        let first = column(&self.settings, place, 0);
        let system = self.in_system;
        let servers = i64::from(self.settings.servers[place]);
        let full = system >= servers;
        let mut count = |what: usize, value: f64| self.row[first + what] += value;
        count(phase::LOOKS, 1.0);
        count(phase::SYSTEM, system as f64);
        count(phase::SYSTEM_SQUARED, (system * system) as f64);
        count(phase::FULL, f64::from(u8::from(full)));
        count(phase::ABOVE, f64::from(u8::from(system > self.settings.above)));
        count(phase::EMPTY, f64::from(u8::from(system == 0)));
        if self.settings.cuts.is_empty() {
            return;
        }
        if full {
            let before = system - servers + 1;
            let stays = self.stays();
            self.probes.push(Probe { place, at, before, stays });
        } else {
            self.waited(place, Span::ZERO);
        }
    }

    /// Minutes until one more of those who might have come would leave: exponential, for ever where nobody leaves.
    fn stays(&mut self) -> f64 {
        self.drawn += 1;
        match self.settings.leaving {
            rate if rate > 0.0 => -self.luck.uniform(0, self.drawn).ln() / rate,
            _ => f64::INFINITY,
        }
    }

    fn waited(&mut self, place: usize, wait: Span) {
        let first = column(&self.settings, place, phase::WITHIN);
        for (cut, minutes) in self.settings.cuts.iter().enumerate() {
            if wait.as_minutes() <= *minutes {
                self.row[first + cut] += 1.0;
            }
        }
    }

    /// A lead left the system: with first come, first served, all who came before a probe are begun or leave the line before anybody after it is
    /// begun; those after it who leave the line do not matter.
    fn gone(&mut self, at: Instant, lead: &Lead, how: Ending) {
        let mut done = Vec::new();
        self.probes.retain_mut(|probe| {
            if how != Ending::Left || lead.created < probe.at {
                probe.before -= 1;
            }
            let wait = at - probe.at;
            if probe.before == 0 && wait.as_minutes() < probe.stays {
                done.push((probe.place, wait));
            }
            probe.before > 0
        });
        for (place, wait) in done {
            self.waited(place, wait);
        }
    }
}

impl Watch for Phases {
    fn lead(&mut self, at: Instant, _id: LeadId, lead: &Lead, what: Happening) {
        match what {
            Happening::Created => {
                self.look_until(at);
                self.in_system += 1;
            }
            Happening::Ended(how) => {
                self.look_until(at);
                self.in_system -= 1;
                self.gone(at, lead, how);
            }
            _ => {}
        }
    }
}
