//! Who may take a lead, when it gets there, and what happens when nobody acts.

use super::Destination;
use crate::random::Law;
use crate::time::Span;

/// From MQL to a name on the lead.
#[derive(Debug, Clone)]
pub struct Routing {
    /// Minutes the automation takes, created to routed, wall time.
    pub automated: Law,
    /// Probability that the automation fails and a person has to notice.
    pub fails: f64,
    /// What happens to leads created while the lead's business hours are closed.
    pub after_hours: AfterHours,
    /// What the rotation knows about a rep before it hands over a lead.
    pub aware: Awareness,
    /// Whether follow-ups and replies belong to the owner; if not, they go to the pool.
    pub follow_ups_to_owner: bool,
    /// Rules per tier, in tier order.
    pub tiers: Vec<TierRouting>,
}

/// Routing rules of one tier.
#[derive(Debug, Clone)]
pub struct TierRouting {
    /// Who takes it.
    pub policy: Policy,
    /// Where the automation failed: how it is routed by hand.
    pub by_hand: ByHand,
    /// A second owner when the first has not started in time.
    pub back_up: Option<BackUp>,
    /// Where there is no line to wait in: who finds nobody free calls again. Only with [`Policy::Pool`].
    pub calls_again: Option<CallsAgain>,
}

/// The way a lead finds its rep. A new policy is a variant here, an arm in `trial::route`, a word in `scenario/format/routing.rs` and
/// `scenario/build/routing.rs`, its name in `report/names.rs`, and a scenario that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Whoever is free pulls from one shared queue, in the order of work ("shark tank").
    Pool,
    /// One owner by order-based round robin: the next rep in the rotation whom [`Awareness`] does not rule out.
    RoundRobin,
}

/// What the rotation knows about a rep. A lead that finds nobody eligible waits in a visible queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Awareness {
    /// Skips reps outside their shift.
    pub shift: bool,
    /// Skips reps on leave or sick.
    pub leave: bool,
    /// Skips reps in a meeting or at lunch.
    pub meetings: bool,
}

/// A routing done by a person because the automation failed or never saw the lead.
#[derive(Debug, Clone)]
pub struct ByHand {
    /// Minutes until a person routes it.
    pub delay: Law,
    /// Whether those minutes are business minutes of the lead's clock (else wall minutes).
    pub business: bool,
}

/// Leads created while closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterHours {
    /// Routed at once, day and night.
    RouteAtOnce,
    /// Held and released at this local minute of the lead's next business day (morning surge).
    HoldUntil {
        /// Minutes after local midnight.
        minute_of_day: u16,
    },
}

/// A second owner after a while: one more alert to the next rep in the rotation who is at the desk and not busy
/// (else at the desk; if nobody is, the alert waits for the first to be). The first of the two to start has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackUp {
    /// Time on the lead's SLA clock (business time since routed) without a start.
    pub after: Span,
    /// How many further back-ups may be called, each after the same time again.
    pub times: u8,
}

/// Leads that do not wait: a free rep takes them at once, or they call again later, or give up.
#[derive(Debug, Clone)]
pub struct CallsAgain {
    /// Minutes until the next call, wall time, drawn anew for each.
    pub after: Law,
    /// Probability of giving up after call 1, 2, … that found nobody free; the last value holds for later calls.
    pub gives_up: Vec<f64>,
    /// Where a lead goes that has given up.
    pub then: Destination,
}
