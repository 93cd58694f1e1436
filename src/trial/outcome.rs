//! What one trial measured: counts and sums of a fixed size, whatever the number of leads.

use super::funnel::Funnel;
use super::stretch::Stretch;
use super::watch::REP_STATES;
use crate::time::Span;
use serde::Serialize;

/// Kept among judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Leads for which it was kept.
    pub kept: u32,
    /// Leads judged: clock started in the period, and stopped or past due.
    pub judged: u32,
}

impl Tally {
    /// Counts one more.
    pub fn count(&mut self, kept: bool) {
        self.kept += u32::from(kept);
        self.judged += 1;
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, more: Tally) {
        self.kept += more.kept;
        self.judged += more.judged;
    }
}

/// What was judged of one commitment, of some leads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Judgements {
    /// Leads created in their business hours (months, for monthly promises).
    pub in_hours: Tally,
    /// Leads created while closed.
    pub after_hours: Tally,
    /// Rejected at review before any attempt, not yet due: counted apart.
    pub rejected_before: u32,
    /// Clock still running at the close, not yet due.
    pub open: u32,
    /// Kept, though the lead itself waited longer than the length it was promised.
    pub kept_but_waited: u32,
}

impl std::ops::AddAssign<&Judgements> for Judgements {
    fn add_assign(&mut self, more: &Judgements) {
        self.in_hours += more.in_hours;
        self.after_hours += more.after_hours;
        self.rejected_before += more.rejected_before;
        self.open += more.open;
        self.kept_but_waited += more.kept_but_waited;
    }
}

impl Judgements {
    /// In hours and after hours together.
    pub fn all(&self) -> Tally {
        let mut all = self.in_hours;
        all += self.after_hours;
        all
    }
}

/// Number of clauses of a persistence promise: attempts, distinct days, phone, email, LinkedIn, most a day, pause.
pub const CLAUSES: usize = 7;

/// One commitment in one trial.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CommitmentOutcome {
    /// All leads it covers (months, for monthly promises).
    pub all: Tally,
    /// Leads created in their business hours.
    pub in_hours: Tally,
    /// Leads created while closed.
    pub after_hours: Tally,
    /// Rejected at review before any attempt, not yet due: counted apart.
    pub rejected_before: u32,
    /// Clock still running at the close, not yet due.
    pub open: u32,
    /// Kept, though the lead itself waited longer than the length it was promised.
    pub kept_but_waited: u32,
    /// By the labelled tiers it covers, in their order (one entry for promises about months).
    pub by_tier: Vec<Judgements>,
    /// Leads by tier that kept each clause of a persistence promise, of those judged; empty for other promises.
    pub clauses_by_tier: Vec<[u32; CLAUSES]>,
    /// For promises about months, the verdict of each month that was judged.
    pub by_month: Vec<Tally>,
    /// Where its tiers begin among what was judged in a stretch.
    pub judged_from: usize,
    /// Where its tiers begin among the clauses of a stretch.
    pub clauses_from: usize,
}

/// Why a late lead waited, on its own SLA clock, from routed to the start of handling and through its review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum LateCause {
    /// A rep who may take it is free and has not noticed.
    Attention,
    /// The one who may take it is in a meeting; another eligible rep is free.
    OwnershipMeeting,
    /// … at lunch; another is free.
    OwnershipLunch,
    /// … off shift; another is free.
    OwnershipOffShift,
    /// … on leave or sick; another is free.
    OwnershipAbsent,
    /// … on own or lower-ranked work; another is free.
    OwnershipOwnWork,
    /// … on other leads; another is free.
    OwnershipOtherLeads,
    /// Nobody is on shift.
    NobodyOnShift,
    /// One who may take it is on own or lower-ranked work.
    Prioritisation,
    /// … on other leads.
    Contention,
    /// All who may take it are in meetings.
    Meeting,
    /// … at lunch.
    Lunch,
    /// … off shift.
    OffShift,
    /// … on leave or sick.
    Absent,
    /// It was noticed and ignored.
    Ignored,
    /// Its own review before the first attempt.
    Review,
}

/// Number of [`LateCause`]s.
pub const LATE_CAUSES: usize = 16;

impl LateCause {
    /// All, in order.
    pub const ALL: [LateCause; LATE_CAUSES] = [
        LateCause::Attention,
        LateCause::OwnershipMeeting,
        LateCause::OwnershipLunch,
        LateCause::OwnershipOffShift,
        LateCause::OwnershipAbsent,
        LateCause::OwnershipOwnWork,
        LateCause::OwnershipOtherLeads,
        LateCause::NobodyOnShift,
        LateCause::Prioritisation,
        LateCause::Contention,
        LateCause::Meeting,
        LateCause::Lunch,
        LateCause::OffShift,
        LateCause::Absent,
        LateCause::Ignored,
        LateCause::Review,
    ];
}

/// Where chances of an opportunity leak, in the order of a lead's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum LeakCause {
    /// Held until business hours.
    AfterHours,
    /// The automation's own delay.
    RoutingDelay,
    /// The automation failed and a person had to notice.
    AutomationFailure,
    /// Routed, and nobody was eligible.
    NobodyOnShift,
    /// Assigned, and not answered (or rejected) at once.
    SlowResponse,
    /// Rejected, and worked only after RevOps overturned that.
    WronglyRejected,
    /// Never attempted.
    NeverWorked,
    /// The cadence was given up early.
    GaveUp,
}

/// Number of [`LeakCause`]s.
pub const LEAK_CAUSES: usize = 8;

impl LeakCause {
    /// All, in order.
    pub const ALL: [LeakCause; LEAK_CAUSES] = [
        LeakCause::AfterHours,
        LeakCause::RoutingDelay,
        LeakCause::AutomationFailure,
        LeakCause::NobodyOnShift,
        LeakCause::SlowResponse,
        LeakCause::WronglyRejected,
        LeakCause::NeverWorked,
        LeakCause::GaveUp,
    ];
}

/// One cause of leakage in one trial and tier.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Leak {
    /// Leads whose chance it lowered.
    pub leads: u32,
    /// Chance lost, in opportunities.
    pub opportunities: f64,
}

impl std::ops::Add for Leak {
    type Output = Leak;

    fn add(self, other: Leak) -> Leak {
        Leak { leads: self.leads + other.leads, opportunities: self.opportunities + other.opportunities }
    }
}

/// Of one tier in one trial.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TierOutcome {
    /// The cohort of new MQLs.
    pub funnel: Funnel,
    /// Late leads (first-attempt promise missed) that were attempted, or rejected, in the end: those whose wait is explained.
    pub late: u32,
    /// SLA-clock minutes of late leads, by cause.
    pub late_minutes: [f64; LATE_CAUSES],
    /// Leakage by cause against an ideal twin.
    pub leaks: [Leak; LEAK_CAUSES],
    /// What was handled in the horizon.
    pub handling: Handling,
}

/// First responses of one class of leads.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ResponseSums {
    /// Routed → first attempt, business minutes.
    pub sla_minutes: f64,
    /// Created → first attempt, wall minutes.
    pub lead_minutes: f64,
    /// Leads attempted.
    pub attempted: u32,
    /// Left out: worked only after RevOps overturned their rejection.
    pub overturned: u32,
}

/// What was handled in one stretch of time: each count at the moment it is about, of all passes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Handling {
    /// First responses of leads routed in the stretch: `[in hours, after hours]`.
    pub responses: [ResponseSums; 2],
    /// Rejected at review in the stretch, overturned ones included.
    pub rejected: u32,
    /// Accepted or rejected at review in the stretch.
    pub disposed: u32,
    /// Lead-minutes routed and not begun in the stretch.
    pub waiting_minutes: f64,
}

impl std::ops::AddAssign<&Handling> for Handling {
    fn add_assign(&mut self, other: &Handling) {
        for (sum, more) in self.responses.iter_mut().zip(&other.responses) {
            sum.sla_minutes += more.sla_minutes;
            sum.lead_minutes += more.lead_minutes;
            sum.attempted += more.attempted;
            sum.overturned += more.overturned;
        }
        self.rejected += other.rejected;
        self.disposed += other.disposed;
        self.waiting_minutes += other.waiting_minutes;
    }
}

/// One first response, in eight bytes: how long it took in microseconds, of which class and in which stretch the lead was routed. Ordered by
/// the time it took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Response(u64);

/// Bits of a response that are not its time: the stretch and the class.
const PLACE_BITS: u32 = 13;

impl Response {
    /// A lead answered `after`, of class 0 (in hours) or 1 (after hours).
    pub(super) fn new(after: Span, stretch: usize, class: usize) -> Self {
        // No trial lasts 2^50 µs (35 years), nor has a horizon (of ten years at most) 2^12 weeks.
        let micros = u64::try_from(after.micros()).unwrap_or(0).min((1 << (64 - PLACE_BITS)) - 1);
        Response(micros << PLACE_BITS | (stretch as u64) << 1 | class as u64)
    }

    /// How long it took, in seconds.
    pub fn seconds(self) -> f64 {
        Span::from_micros((self.0 >> PLACE_BITS) as i64).as_seconds()
    }

    /// The stretch in which the lead was routed.
    pub fn stretch(self) -> usize {
        (self.0 >> 1) as usize & ((1 << (PLACE_BITS - 1)) - 1)
    }

    /// 0 in hours, 1 after hours.
    pub fn class(self) -> usize {
        (self.0 & 1) as usize
    }
}

/// First responses of one tier; the study folds them into histograms and drops them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Responses {
    /// Routed → first attempt, business time.
    pub sla: Vec<Response>,
    /// Created → first attempt, wall time.
    pub lead: Vec<Response>,
    /// Judged leads that were never attempted; their time says nothing.
    pub never: Vec<Response>,
}

/// All that one trial measured.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// By commitment, in the agreement's order.
    pub commitments: Vec<CommitmentOutcome>,
    /// By labelled tier.
    pub tiers: Vec<TierOutcome>,
    /// Returning leads, all tiers, same funnel.
    pub returned: Funnel,
    /// Every stretch of the horizon, in order; the study packs them and leaves none here.
    pub stretches: Vec<Stretch>,
    /// Rep minutes by [`super::RepState`] within the horizon; shift states only count paid time.
    pub rep_minutes: [f64; REP_STATES],
    /// The same by period, weeks, then months.
    pub rep_minutes_by_period: Vec<[f64; REP_STATES]>,
    /// Cost of the team within the horizon, dollars.
    pub team_cost: f64,
    /// The same by period, weeks, then months.
    pub team_cost_by_period: Vec<f64>,
    /// What the new MQLs cost marketing, dollars.
    pub mql_cost: f64,
    /// By month, the largest deviation of a rep's leads per hour present from the team's, a share; `None` for partial months and without leads.
    pub imbalance: Vec<Option<f64>>,
    /// Quantiles of first responses in this trial, seconds, infinite if never: by tier (then all), class, clock, share.
    pub response_quantiles: Vec<f32>,
    /// The same by period, weeks, then months, of all classes together: by tier (then all), clock, period, share.
    pub response_quantiles_by_period: Vec<f32>,
    /// Response times by tier.
    pub responses: Vec<Responses>,
    /// Arrivals by hour of the company's week, new MQLs in the horizon.
    pub arrivals_by_hour: Vec<u32>,
    /// Rep microseconds at the desk, by hour of the company's week: whole numbers, so that sums do not depend on their order.
    pub cover_by_hour: Vec<u64>,
    /// Leads created in the whole trial, run-in and run-out included.
    pub created: u64,
    /// Of these, ended.
    pub ended: u64,
    /// Of these, still open.
    pub open: u64,
    /// Events played.
    pub events: u64,
}
