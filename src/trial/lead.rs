//! One lead's life so far: who it is, its stamps, and where it stands.

use super::watch::Ending;
use crate::model::{Channel, RepId, SegmentId, SourceId, TierId, ZoneId};
use crate::random::Key;
use crate::time::Instant;

/// Where a lead stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// In the automation, the hold, or with whoever routes it.
    Routing,
    /// Routed, not yet begun by anybody.
    Waiting,
    /// A rep has it in hand.
    InHand,
    /// Begun and put down; somebody will go on with it.
    PutDown,
    /// Rejected; RevOps may send it back.
    RejectionReviewed,
    /// Between attempts, or with an attempt due.
    Cadence,
    /// A reply waits for its rep.
    Replied,
    /// It found nobody free and will call again.
    Away,
    /// This pass is over.
    Ended,
}

/// One pass of a lead.
#[derive(Debug, Clone)]
pub struct Lead {
    pub(crate) key: Key,
    /// Counts leads of the trial in order of creation, from 1.
    pub number: u32,
    /// The number of the pass before, for a lead that came back.
    pub came_from: Option<u32>,
    /// Where it came from.
    pub source: SourceId,
    /// The tier on its label, by which it is handled and promised.
    pub tier: TierId,
    /// The tier by which it buys.
    pub true_tier: TierId,
    /// The zone it is taken to live in.
    pub zone: ZoneId,
    /// Its segment.
    pub segment: SegmentId,
    /// 0 for a new lead, 1 for the first return, …
    pub pass: u8,
    /// Created inside the lead's business hours.
    pub in_hours: bool,
    /// Created inside the horizon.
    pub in_horizon: bool,
    /// The automation failed, or never saw it.
    pub by_hand: bool,
    /// Required fields are missing.
    pub missing_fields: bool,
    /// When it became an MQL.
    pub created: Instant,
    /// When the hold alone would have released it (created, if not held).
    pub held_until: Instant,
    /// When the automation would have routed it, had it worked.
    pub automated_at: Instant,
    /// When it went to sales.
    pub routed: Option<Instant>,
    /// When it got a name on it, or was shown to the pool.
    pub assigned: Option<Instant>,
    /// When a rep first noticed it.
    pub noticed: Option<Instant>,
    /// When handling began.
    pub started: Option<Instant>,
    /// When the first attempt began.
    pub attempted: Option<Instant>,
    /// When it was accepted or rejected.
    pub disposed: Option<Instant>,
    /// When the buyer first talked to us.
    pub contacted: Option<Instant>,
    /// When this pass ended.
    pub ended: Option<(Instant, Ending)>,
    /// Every attempt: when and how.
    pub attempts: Vec<(Instant, Channel)>,
    /// The owner, or the rep who began it.
    pub owner: Option<RepId>,
    /// The rep it was assigned to at first; none from the pool.
    pub assigned_to: Option<RepId>,
    /// The back-up owner, if one was called, and when.
    pub back_up: Option<(RepId, Instant)>,
    /// Accepted at review.
    pub accepted: bool,
    /// Rejected at review (an overturned rejection is both).
    pub rejected: bool,
    /// The reason of its rejection or disqualification.
    pub reason: Option<u8>,
    /// The rep stopped before the cadence was done.
    pub gave_up: bool,
    /// A rep silently ignores it.
    pub ignored: bool,
    /// Minutes of its own SLA clock by [`super::LateCause`], if its response was late.
    pub late_minutes: Option<Box<[f64; super::LATE_CAUSES]>>,
    /// Minutes of rep time it took.
    pub minutes: f64,
    pub(crate) stage: Stage,
    /// When it last joined those routed and not begun.
    pub(crate) waiting_since: Instant,
    /// From when on the clock of its first attempt was last worked out, and when it is due: asked for more than once.
    pub(super) due_from: Instant,
    pub(super) due: Option<Instant>,
    pub(crate) stamp: u32,
    pub(crate) alerts: u8,
    pub(crate) back_ups: u8,
    /// Calls so far, where leads do not wait but call again.
    pub(crate) calls: u32,
    /// Once a back-up was called: everybody alerted so far, the owner first.
    pub(crate) alerted: Vec<RepId>,
    /// The stamp with which this pass began: events that outlast a stage carry it.
    pub(crate) birth: u32,
    pub(crate) reply_pending: bool,
    /// A reply came while an attempt was being made.
    pub(crate) reply_came: bool,
    /// Given up for stalled unless somebody begins it.
    pub(crate) stalling: bool,
    pub(crate) overturned: bool,
    /// What is left to do, while it is put down.
    pub(super) put_down: Option<Box<super::put_down::PutDown>>,
    pub(crate) contact_factor: f64,
    pub(crate) qualified_factor: f64,
    pub(crate) recycled_factor: f64,
    pub(crate) matters: bool,
}

impl Lead {
    /// The lead clock (speed to lead): created to first attempt, wall time, minutes.
    pub fn lead_clock_minutes(&self) -> Option<f64> {
        self.attempted.map(|at| (at - self.created).as_minutes())
    }
}
