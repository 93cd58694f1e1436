//! Listens to a cadence: how long every attempt waited after it fell due, who was reached at which, and when.

use crate::plan::Row;
use leadsim::model::{LeadId, Model, RepId};
use leadsim::time::{Instant, Span};
use leadsim::trial::{Happening, Lead, RepState, Watch};

/// What to listen for.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Time from the end of a failed attempt to when the next is due, minutes, one less than attempts.
    pub delays: Vec<f64>,
    /// Time from created to when the first is due, minutes.
    pub first: f64,
    /// Times up to which waits are counted, minutes.
    pub cuts: Vec<f64>,
}

/// Columns.
pub mod column {
    /// Minutes listened to.
    pub const TIME: usize = 0;
    /// Minutes of reps at work, summed over reps.
    pub const BUSY: usize = 1;
    /// Leads between attempts, summed over time.
    pub const DELAYED: usize = 2;
    /// Attempts made in the horizon.
    pub const ATTEMPTS: usize = 3;
    /// Their waits, minutes.
    pub const WAIT: usize = 4;
    /// Attempts that waited.
    pub const WAITED: usize = 5;
    /// Leads of the horizon.
    pub const LEADS: usize = 6;
    /// Attempts made on them in all.
    pub const THEIR_ATTEMPTS: usize = 7;
    /// Leads of the horizon that were reached.
    pub const REACHED: usize = 8;
    /// Created to the end of the attempt that reached them, minutes.
    pub const UNTIL_REACHED: usize = 9;
    /// Leads reached at the first attempt; later attempts follow, then cuts.
    pub const REACHED_AT: usize = 10;
}

/// The listener.
pub struct Attempts {
    settings: Settings,
    window: (Instant, Instant),
    /// When the next attempt on each lead is (or was) due.
    due: Vec<Instant>,
    /// What each rep has in hand, and since when.
    in_hand: Vec<Option<(LeadId, u32, Instant)>>,
    row: Row,
}

impl Attempts {
    /// Listens to the horizon of a model.
    pub fn new(model: &Model, settings: &Settings) -> Self {
        let columns = column::REACHED_AT + settings.delays.len() + 1 + settings.cuts.len();
        Attempts {
            settings: settings.clone(),
            window: (model.horizon.start, model.horizon.end),
            due: Vec::new(),
            in_hand: vec![None; model.reps.len()],
            row: vec![0.0; columns],
        }
    }

    /// The column of a cut.
    pub fn within(settings: &Settings, cut: usize) -> usize {
        column::REACHED_AT + settings.delays.len() + 1 + cut
    }

    /// The sums, once the trial is over.
    pub fn finish(mut self) -> Row {
        self.row[column::TIME] = (self.window.1 - self.window.0).as_minutes();
        self.row
    }

    /// Minutes of a stretch inside the horizon.
    fn inside(&self, from: Instant, until: Instant) -> f64 {
        let (from, until) = (from.max(self.window.0), until.min(self.window.1));
        if from < until { (until - from).as_minutes() } else { 0.0 }
    }

    fn attempted(&mut self, at: Instant, id: LeadId, rep: RepId, number: u32) {
        let due = self.due[id.0 as usize];
        self.in_hand[rep.0 as usize] = Some((id, number, at));
        if at < self.window.0 || at >= self.window.1 {
            return;
        }
        let wait = at - due;
        self.row[column::ATTEMPTS] += 1.0;
        self.row[column::WAIT] += wait.as_minutes();
        self.row[column::WAITED] += f64::from(u8::from(wait > Span::ZERO));
        for (cut, minutes) in self.settings.cuts.iter().enumerate() {
            if wait <= Span::from_minutes_f64(*minutes) {
                self.row[Attempts::within(&self.settings, cut)] += 1.0;
            }
        }
    }

    /// The attempt a rep had in hand is over.
    fn put_down(&mut self, at: Instant, rep: RepId) -> Option<(LeadId, u32)> {
        let (id, number, since) = self.in_hand[rep.0 as usize].take()?;
        self.row[column::BUSY] += self.inside(since, at);
        Some((id, number))
    }

    fn ended(&mut self, at: Instant, id: LeadId, lead: &Lead) {
        if let Some(rep) = self.in_hand.iter().position(|hand| hand.is_some_and(|(other, ..)| other == id)) {
            self.put_down(at, RepId(rep as u32));
        }
        if !lead.in_horizon {
            return;
        }
        let made = lead.attempts.len();
        self.row[column::LEADS] += 1.0;
        self.row[column::THEIR_ATTEMPTS] += made as f64;
        if lead.contacted.is_some() {
            self.row[column::REACHED] += 1.0;
            self.row[column::UNTIL_REACHED] += (at - lead.created).as_minutes();
            self.row[column::REACHED_AT + made - 1] += 1.0;
        }
    }
}

impl Watch for Attempts {
    fn lead(&mut self, at: Instant, id: LeadId, lead: &Lead, what: Happening) {
        match what {
            Happening::Created => {
                let place = id.0 as usize;
                if self.due.len() <= place {
                    self.due.resize(place + 1, at);
                }
                self.due[place] = at + Span::from_minutes_f64(self.settings.first);
            }
            Happening::Attempted(rep, number, _) => self.attempted(at, id, rep, number),
            Happening::Ended(_) => self.ended(at, id, lead),
            _ => {}
        }
    }

    fn rep(&mut self, at: Instant, rep: RepId, state: RepState) {
        if state != RepState::Free {
            return;
        }
        // The lead has not ended: the attempt failed, and the next one is planned.
        let Some((id, number)) = self.put_down(at, rep) else { return };
        if let Some(delay) = self.settings.delays.get(number as usize - 1) {
            let due = at + Span::from_minutes_f64(*delay);
            self.due[id.0 as usize] = due;
            self.row[column::DELAYED] += self.inside(at, due);
        }
    }
}
