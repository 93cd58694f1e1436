//! Everything a trial tells, as plain values: what can be listened to at once can be written down, altered and listened to again.

use leadsim::model::{Activity, LeadId, RepId, SegmentId, TierId, ZoneId};
use leadsim::time::{Instant, Span};
use leadsim::trial::{Happening, Lead, RepState, Watch};

/// What a lead is, not what became of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Facts {
    pub number: u32,
    pub tier: TierId,
    pub true_tier: TierId,
    pub zone: ZoneId,
    pub segment: SegmentId,
    pub pass: u8,
    pub created: Instant,
    /// Of a lead that comes back: who had it.
    pub owner: Option<RepId>,
    /// Minutes of rep time booked on it.
    pub minutes: f64,
    /// Stamps that the opening backlog brings along.
    pub attempted: Option<Instant>,
    pub attempts: usize,
}

/// One thing told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Told {
    Lead(LeadId, Facts, Happening),
    Rep(RepId, RepState),
    Alerted(LeadId, Option<RepId>, Span),
    InLine(LeadId, Activity, Option<RepId>),
    Takes(RepId, Activity, Option<LeadId>),
    Done(RepId),
}

/// Hears what is told, one thing after the other.
pub trait Hears {
    fn hear(&mut self, at: Instant, told: Told);
}

/// Lets anything that hears listen to a trial.
pub struct Listener<'h, H>(pub &'h mut H);

impl<H: Hears> Watch for Listener<'_, H> {
    fn lead(&mut self, at: Instant, id: LeadId, lead: &Lead, what: Happening) {
        let facts = Facts {
            number: lead.number,
            tier: lead.tier,
            true_tier: lead.true_tier,
            zone: lead.zone,
            segment: lead.segment,
            pass: lead.pass,
            created: lead.created,
            owner: lead.owner,
            minutes: lead.minutes,
            attempted: lead.attempted,
            attempts: lead.attempts.len(),
        };
        self.0.hear(at, Told::Lead(id, facts, what));
    }

    fn rep(&mut self, at: Instant, rep: RepId, state: RepState) {
        self.0.hear(at, Told::Rep(rep, state));
    }

    fn alerted(&mut self, at: Instant, id: LeadId, whose: Option<RepId>, desk_time: Span) {
        self.0.hear(at, Told::Alerted(id, whose, desk_time));
    }

    fn in_line(&mut self, at: Instant, id: LeadId, work: Activity, whose: Option<RepId>) {
        self.0.hear(at, Told::InLine(id, work, whose));
    }

    fn takes(&mut self, at: Instant, rep: RepId, work: Activity, id: Option<LeadId>) {
        self.0.hear(at, Told::Takes(rep, work, id));
    }

    fn done(&mut self, at: Instant, rep: RepId) {
        self.0.hear(at, Told::Done(rep));
    }
}

/// Writes everything down.
#[derive(Debug, Default, Clone)]
pub struct Record(pub Vec<(Instant, Told)>);

impl Hears for Record {
    fn hear(&mut self, at: Instant, told: Told) {
        self.0.push((at, told));
    }
}
