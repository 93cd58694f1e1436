//! What one trial measured: counts and sums of a fixed size, whatever the number of leads.

use super::funnel::Funnel;
use super::watch::REP_STATES;
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
}

impl Judgements {
    /// In hours and after hours together.
    pub fn all(&self) -> Tally {
        Tally {
            kept: self.in_hours.kept + self.after_hours.kept,
            judged: self.in_hours.judged + self.after_hours.judged,
        }
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
    /// The same by period of the clock's start: weeks, then months, each with its tiers.
    pub by_period: Vec<Judgements>,
    /// Leads by tier that kept each clause of a persistence promise, of those judged; empty for other promises.
    pub clauses_by_tier: Vec<[u32; CLAUSES]>,
    /// The same by period, weeks, then months, all tiers together.
    pub clauses_by_period: Vec<[u32; CLAUSES]>,
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
    /// First-attempt promises missed.
    pub missed: u32,
    /// Of these, never attempted by anybody and not rejected either.
    pub missed_never_attempted: u32,
    /// Of these, rejected at review after the deadline.
    pub missed_rejected: u32,
    /// SLA-clock minutes of late leads, by cause.
    pub late_minutes: [f64; LATE_CAUSES],
    /// Leakage by cause against an ideal twin.
    pub leaks: [Leak; LEAK_CAUSES],
    /// Leakage in opportunities against every clause just kept (negative: better than promised).
    pub below_just_kept: f64,
    /// New MQLs never to come back though they were sent back to marketing, and the chance of an opportunity another pass would have had.
    pub never_recycled: Leak,
    /// Rejections by reason, overturned ones left out.
    pub rejections: Vec<u32>,
    /// Disqualifications by reason.
    pub disqualifications: Vec<u32>,
    /// What was handled in the horizon.
    pub handling: Handling,
    /// Every period, weeks, then months.
    pub by_period: Vec<TierPeriod>,
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

/// One tier in one week or month.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TierPeriod {
    /// The cohort of new MQLs created in it.
    pub funnel: Funnel,
    /// What was handled in it.
    pub handling: Handling,
    /// Leads routed in it that were late.
    pub late: u32,
    /// Leads routed in it whose first-attempt promise was missed.
    pub missed: u32,
    /// Leakage of the cohort, opportunities.
    pub leaked: f64,
    /// The same against every clause just kept.
    pub below_just_kept: f64,
}

/// Response times of one class of leads, in seconds; the study folds them into histograms and drops them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Responses {
    /// Routed → first attempt, business seconds.
    pub sla_seconds: Vec<f64>,
    /// Created → first attempt, wall seconds.
    pub lead_seconds: Vec<f64>,
    /// Judged leads that were never attempted.
    pub never: u32,
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
    /// Rep minutes by [`super::RepState`] within the horizon; shift states only count paid time.
    pub rep_minutes: [f64; REP_STATES],
    /// The same by period, weeks, then months.
    pub rep_minutes_by_period: Vec<[f64; REP_STATES]>,
    /// SLA-clock minutes of late leads by cause, by period of routing, all tiers.
    pub late_minutes_by_period: Vec<[f32; LATE_CAUSES]>,
    /// Leakage by cause of the new MQLs of each period, opportunities, all tiers.
    pub leaked_by_period: Vec<[f32; LEAK_CAUSES]>,
    /// Rejections by reason of the new MQLs of each period, all tiers, overturned ones left out; period by period.
    pub rejections_by_period: Vec<u32>,
    /// Disqualifications likewise.
    pub disqualifications_by_period: Vec<u32>,
    /// Cost of the team within the horizon, dollars.
    pub team_cost: f64,
    /// The same by period, weeks, then months.
    pub team_cost_by_period: Vec<f64>,
    /// What the new MQLs cost marketing, dollars.
    pub mql_cost: f64,
    /// Whole months in which every rep's leads per hour present were within ±15 % of the team's (kept of judged).
    pub balanced_months: Tally,
    /// By month, the largest deviation of a rep's leads per hour present from the team's, a share; `None` for partial months and without leads.
    pub imbalance: Vec<Option<f64>>,
    /// Quantiles of first responses in this trial, seconds, infinite if never: by tier (then all), class, clock, share.
    pub response_quantiles: Vec<f32>,
    /// Response times by tier, `[in hours, after hours]`.
    pub responses: Vec<[Responses; 2]>,
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
