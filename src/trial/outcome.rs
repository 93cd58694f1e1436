//! What one trial measured: counts and sums of a fixed size, whatever the number of leads.

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

/// One commitment in one trial.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CommitmentOutcome {
    /// All leads it covers (months, for monthly promises).
    pub all: Tally,
    /// By labelled tier.
    pub by_tier: Vec<Tally>,
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
    /// By Monday week of the clock's start.
    pub by_week: Vec<Tally>,
    /// By calendar month of the clock's start.
    pub by_month: Vec<Tally>,
}

/// The funnel of new MQLs created in the horizon, followed to their end (cohort); or of returning ones.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Funnel {
    /// MQLs.
    pub mqls: u32,
    /// Accepted by sales (SAL; the template's "SQL: Accepted").
    pub accepted: u32,
    /// Rejected at review and not overturned.
    pub rejected: u32,
    /// Attempted at least once.
    pub attempted: u32,
    /// Attempts.
    pub attempts: u32,
    /// Contacted.
    pub contacted: u32,
    /// Qualified (SQL: conversation confirmed it).
    pub sqls: u32,
    /// Disqualified after a conversation.
    pub disqualified: u32,
    /// Meetings held.
    pub held: u32,
    /// Opportunities, drawn.
    pub opportunities: u32,
    /// Opportunities, expected given the held meetings.
    pub opportunities_expected: f64,
    /// Pipeline, drawn, dollars.
    pub pipeline: f64,
    /// Pipeline, expected given the held meetings, dollars.
    pub pipeline_expected: f64,
    /// Won in the end, drawn.
    pub won: u32,
    /// Won in the end, expected given the held meetings.
    pub won_expected: f64,
    /// Won by the horizon's end, drawn.
    pub won_by_close: u32,
    /// Revenue in the end, drawn, dollars.
    pub revenue: f64,
    /// Never attempted, for whatever reason but rejection.
    pub never_attempted: u32,
    /// The rep gave up the cadence early.
    pub gave_up: u32,
    /// Ended without contact.
    pub unresponsive: u32,
    /// Left, or stopped calling, before anybody had begun them.
    pub left: u32,
    /// Still open when the trial stopped.
    pub open: u32,
    /// Minutes of rep time on leads that were rejected.
    pub minutes_on_rejected: f64,
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
    /// Assigned, and not answered at once.
    SlowResponse,
    /// Never attempted.
    NeverWorked,
    /// The cadence was given up early.
    GaveUp,
}

/// Number of [`LeakCause`]s.
pub const LEAK_CAUSES: usize = 7;

impl LeakCause {
    /// All, in order.
    pub const ALL: [LeakCause; LEAK_CAUSES] = [
        LeakCause::AfterHours,
        LeakCause::RoutingDelay,
        LeakCause::AutomationFailure,
        LeakCause::NobodyOnShift,
        LeakCause::SlowResponse,
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
    /// Created → routed, wall minutes of new MQLs: hold, automation, failure.
    pub routing_minutes: [f64; 3],
    /// New MQLs of the horizon that were routed.
    pub routed: u32,
    /// Of these, by the automation alone.
    pub auto_routed: u32,
    /// Created → assigned, wall minutes of new MQLs, and how many were assigned.
    pub owner_minutes: (f64, u32),
    /// First responses `[in hours, after hours]`: SLA-clock minutes, lead-clock minutes, attempted leads.
    pub response_minutes: [(f64, f64, u32); 2],
    /// Leakage by cause against an ideal twin.
    pub leaks: [Leak; LEAK_CAUSES],
    /// Leakage in opportunities against every clause just kept (negative: better than promised).
    pub below_just_kept: f64,
    /// Reviewed by month of disposition: rejected, disposed.
    pub disposed_by_month: Vec<(u32, u32)>,
    /// New MQLs by week.
    pub mqls_by_week: Vec<u32>,
    /// New MQLs by month.
    pub mqls_by_month: Vec<u32>,
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
    /// Rejections by reason (new MQLs).
    pub rejections: Vec<u32>,
    /// Disqualifications by reason (new MQLs).
    pub disqualifications: Vec<u32>,
    /// Ended in nurture and not coming back inside the trial.
    pub nurtured: u32,
    /// Attempts by channel (phone, email, LinkedIn) of new MQLs.
    pub attempts_by_channel: [u32; 3],
    /// Rep minutes by [`super::RepState`] within the horizon; shift states only count paid time.
    pub rep_minutes: [f64; REP_STATES],
    /// Cost of the team within the horizon, dollars.
    pub team_cost: f64,
    /// What the new MQLs cost marketing, dollars.
    pub mql_cost: f64,
    /// Whole months in which every rep's leads per hour present were within ±15 % of the team's (kept of judged).
    pub balanced_months: Tally,
    /// Mean number of leads routed and not begun, by week.
    pub backlog_by_week: Vec<f64>,
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

impl std::ops::Add<&Funnel> for Funnel {
    type Output = Funnel;

    fn add(mut self, other: &Funnel) -> Funnel {
        self.mqls += other.mqls;
        self.accepted += other.accepted;
        self.rejected += other.rejected;
        self.attempted += other.attempted;
        self.attempts += other.attempts;
        self.contacted += other.contacted;
        self.sqls += other.sqls;
        self.disqualified += other.disqualified;
        self.held += other.held;
        self.opportunities += other.opportunities;
        self.opportunities_expected += other.opportunities_expected;
        self.pipeline += other.pipeline;
        self.pipeline_expected += other.pipeline_expected;
        self.won += other.won;
        self.won_expected += other.won_expected;
        self.won_by_close += other.won_by_close;
        self.revenue += other.revenue;
        self.never_attempted += other.never_attempted;
        self.gave_up += other.gave_up;
        self.unresponsive += other.unresponsive;
        self.left += other.left;
        self.open += other.open;
        self.minutes_on_rejected += other.minutes_on_rejected;
        self
    }
}
