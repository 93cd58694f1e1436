//! What a trial tells whoever listens: every stamp in every lead's life, and where reps are. Listening changes nothing.

use super::lead::Lead;
use super::pool::{Item, Waiting};
use crate::model::{Activity, Channel, LeadId, RepId};
use crate::time::{Instant, Span};

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Happening {
    /// A lead became an MQL.
    Created,
    /// The lead was held until business hours, or by a failed automation.
    Waits {
        /// When it will be routed.
        until: Instant,
        /// A person has to notice it first.
        automation_failed: bool,
    },
    /// It left the automation, the hold or the hand that routed it.
    Routed,
    /// Nobody was eligible; it waits in the visible queue.
    Unassigned,
    /// It called and found nobody free; there is no line to wait in.
    FoundNobody {
        /// Which of its calls, from 1.
        call: u32,
    },
    /// It got an owner.
    Assigned(RepId),
    /// It went into the shared queue.
    Pooled,
    /// A second owner was called.
    BackUp(RepId),
    /// A rep noticed it (`None`: the pool did).
    Noticed(Option<RepId>),
    /// A rep silently ignores it.
    Ignored(Option<RepId>),
    /// A rep began to review it.
    ReviewStarted(RepId),
    /// A rep put it down in the middle.
    PutDown(RepId),
    /// A rep goes on with it where it was put down.
    TakenUp(RepId),
    /// Rejected, for this reason (index into the model's reasons).
    Rejected(RepId, usize),
    /// A rejection was overturned.
    Overturned,
    /// Accepted.
    Accepted(RepId),
    /// Attempt number, from 1.
    Attempted(RepId, u32, Channel),
    /// The buyer answered.
    Contacted(RepId),
    /// A reply came in.
    Replied,
    /// A conversation ended without qualification, for this reason.
    Disqualified(usize),
    /// Qualified: an SQL.
    Qualified,
    /// A meeting was booked for this instant.
    Booked(Instant),
    /// The booked meeting took place (or not).
    Met {
        /// When it was due.
        at: Instant,
        /// Whether it took place.
        held: bool,
        /// Whether it was the second booking.
        rebooked: bool,
    },
    /// An opportunity of this many dollars.
    Opportunity {
        /// When.
        at: Instant,
        /// Its amount.
        dollars: f64,
    },
    /// Won.
    Won {
        /// When.
        at: Instant,
    },
    /// The rep stopped before the cadence was done.
    GaveUp(RepId),
    /// The lead's life in this pass ended.
    Ended(Ending),
}

/// How a lead's pass ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// Rejected at review.
    Rejected,
    /// Disqualified after a conversation.
    Disqualified,
    /// All attempts made, or the rep gave up; no contact.
    Unresponsive,
    /// Never worked by anyone.
    NeverWorked,
    /// Qualified, but the meeting never took place.
    NoShow,
    /// Met, but no opportunity came of it.
    NoOpportunity,
    /// An opportunity, lost in the end.
    Lost,
    /// An opportunity, won in the end.
    Won,
    /// Silently: all attempts made, and interest was lost before the last.
    LostInterest,
    /// Visibly: it left, or stopped calling, before anybody had begun it.
    Left,
}

/// Where a rep is and what for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum RepState {
    /// Outside the shift.
    Off,
    /// On leave or sick during the shift.
    Absent,
    /// At lunch.
    Lunch,
    /// In a meeting.
    Meeting,
    /// At the desk, nothing that cannot be put down.
    Free,
    /// On a new lead.
    NewLead,
    /// On a follow-up.
    FollowUp,
    /// On a reply.
    Reply,
    /// On uninterruptible own work.
    OwnWork,
}

/// Number of [`RepState`]s.
pub const REP_STATES: usize = 9;

impl RepState {
    /// All, in order, as reports and tables call them.
    pub const NAMED: [(&str, RepState); REP_STATES] = [
        ("off", RepState::Off),
        ("absent", RepState::Absent),
        ("lunch", RepState::Lunch),
        ("meetings", RepState::Meeting),
        ("free", RepState::Free),
        ("new_leads", RepState::NewLead),
        ("follow_ups", RepState::FollowUp),
        ("replies", RepState::Reply),
        ("own_work", RepState::OwnWork),
    ];

    /// Whether the time is paid: on shift, present or not, lunch left out.
    pub fn is_paid(self) -> bool {
        !matches!(self, RepState::Off | RepState::Lunch)
    }

    /// Whether it is work on leads.
    pub fn is_lead_work(self) -> bool {
        matches!(self, RepState::NewLead | RepState::FollowUp | RepState::Reply)
    }
}

/// Listens to a trial.
pub trait Watch {
    /// Something happened to a lead.
    #[inline]
    fn lead(&mut self, _at: Instant, _id: LeadId, _lead: &Lead, _what: Happening) {}
    /// A rep's state changed.
    #[inline]
    fn rep(&mut self, _at: Instant, _rep: RepId, _state: RepState) {}
    /// Work on a lead will be noticed after so much desk time, by its rep or (`None`) by somebody of the pool.
    #[inline]
    fn alerted(&mut self, _at: Instant, _id: LeadId, _whose: Option<RepId>, _desk_time: Span) {}
    /// Work on a lead stands in line from now on: its rep's own line, or (`None`) the pool's.
    #[inline]
    fn in_line(&mut self, _at: Instant, _id: LeadId, _work: Activity, _whose: Option<RepId>) {}
    /// A free rep takes work in hand; own work is about no lead.
    #[inline]
    fn takes(&mut self, _at: Instant, _rep: RepId, _work: Activity, _id: Option<LeadId>) {}
    /// A rep has done what was in hand, or puts own work down that gives way to leads; going on with it is taking it again.
    #[inline]
    fn done(&mut self, _at: Instant, _rep: RepId) {}
}

impl Waiting {
    /// What a rep does who takes it.
    #[inline]
    pub(super) fn activity(self) -> Activity {
        match self {
            Waiting::New(_) => Activity::NewLead,
            Waiting::FollowUp(_) => Activity::FollowUp,
            Waiting::Reply(_) => Activity::Reply,
            Waiting::Own => Activity::OwnWork,
        }
    }
}

impl Item {
    /// The lead it is about, unless it is own work.
    #[inline]
    pub(super) fn lead(&self) -> Option<LeadId> {
        (self.what != Waiting::Own).then_some(LeadId(self.whom))
    }
}

/// Nobody listens.
#[derive(Debug, Default, Clone, Copy)]
pub struct Unwatched;

impl Watch for Unwatched {}
