//! Judging: every commitment on its own clock, once a lead's pass is over or the trial stops.

use super::lead::Lead;
use super::outcome::CLAUSES;
use super::persistence;
use super::prepared::Prepared;
use crate::model::{Clock, Commitment, Milestone, Model, Promise};
use crate::time::{Instant, OpenHours};

/// What a clock says about one lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Stopped in time.
    Kept,
    /// Stopped late, or past due.
    Missed,
    /// Rejected at review before any attempt and before it was due: not judged.
    RejectedBefore,
    /// Still running when the trial stopped.
    Open,
}

/// A judged clock: when it started, when it was due, what came of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// When it started.
    pub from: Instant,
    /// When it was due; past the known calendar, `None`.
    pub due: Option<Instant>,
    /// The verdict.
    pub verdict: Verdict,
    /// Which clauses were kept, in the order of [`CLAUSES`]; all of them where a promise has one clause only.
    pub clauses: [bool; CLAUSES],
}

fn stamp(lead: &Lead, milestone: Milestone) -> Option<Instant> {
    match milestone {
        Milestone::Created => Some(lead.created),
        Milestone::Routed => lead.routed,
        Milestone::Assigned => lead.assigned,
        Milestone::Attempted => lead.attempted,
        Milestone::Disposed => lead.disposed,
    }
}

fn covers(commitment: &Commitment, lead: &Lead) -> bool {
    (commitment.scope.tiers.is_empty() || commitment.scope.tiers.contains(&lead.tier))
        && commitment.scope.in_hours.is_none_or(|in_hours| in_hours == lead.in_hours)
}

/// When a clock that started at `from` is due for `lead`.
fn due(
    lead: &Lead,
    hours: &OpenHours,
    from: Instant,
    within: &Clock,
    after_hours: Option<&Clock>,
) -> Option<Instant> {
    let due = within.target.due(from, hours)?;
    match after_hours {
        Some(clock) if !lead.in_hours => Some(due.max(clock.target.due(lead.created, hours)?)),
        _ => Some(due),
    }
}

/// When the first attempt on `lead` is due, if a commitment says so and the lead is routed.
#[inline]
pub(super) fn first_attempt_due(prepared: &Prepared, lead: &Lead) -> Option<Instant> {
    let commitment = &prepared.model.agreement.commitments[prepared.first_attempt_of(lead)?];
    let Promise::Timed { from, within, after_hours, .. } = &commitment.promise else { return None };
    first_due(prepared, lead, stamp(lead, *from)?, within, after_hours.as_ref())
}

/// The same, if the clock of the first attempt starts at `from`: known, or worked out.
#[inline]
fn first_due(
    prepared: &Prepared,
    lead: &Lead,
    from: Instant,
    within: &Clock,
    after_hours: Option<&Clock>,
) -> Option<Instant> {
    if lead.due_from == from {
        return lead.due;
    }
    due(lead, &prepared.model.leads.zones[usize::from(lead.zone.0)].hours, from, within, after_hours)
}

/// Notes when the first attempt on a lead that has just been routed is due, unless its clock starts later.
pub(super) fn note_due(prepared: &Prepared, lead: &mut Lead) {
    let Some(index) = prepared.first_attempt_of(lead) else { return };
    let Promise::Timed { from, .. } = prepared.model.agreement.commitments[index].promise else { return };
    let Some(from) = stamp(lead, from) else { return };
    // Whatever was known is of another beginning.
    lead.due_from = Instant::MIN;
    lead.due = first_attempt_due(prepared, lead);
    lead.due_from = from;
}

/// When routing is due for `lead`, if a commitment says so (else at once).
pub(super) fn routing_due(prepared: &Prepared, lead: &Lead) -> Instant {
    let promise = prepared.routing_promise[usize::from(!lead.in_hours)];
    let commitment = promise.map(|i| &prepared.model.agreement.commitments[i].promise);
    let Some(Promise::Timed { within, after_hours, .. }) = commitment else { return lead.created };
    let hours = &prepared.model.leads.zones[usize::from(lead.zone.0)].hours;
    due(lead, hours, lead.created, within, after_hours.as_ref()).unwrap_or(lead.created)
}

/// When the first attempt would be due if routing came at `routed`.
pub(super) fn first_attempt_due_if_routed(
    prepared: &Prepared,
    lead: &Lead,
    routed: Instant,
) -> Option<Instant> {
    let commitment = &prepared.model.agreement.commitments[prepared.first_attempt_of(lead)?];
    let Promise::Timed { from, within, after_hours, .. } = &commitment.promise else { return None };
    let from = if *from == Milestone::Created { lead.created } else { routed };
    first_due(prepared, lead, from, within, after_hours.as_ref())
}

/// Judges a timed or persistence promise for one lead at `now`; `None` where it does not apply.
pub fn judge(model: &Model, commitment: &Commitment, lead: &Lead, now: Instant) -> Option<Judged> {
    judge_due(model, commitment, lead, now, None)
}

/// The same, where it may be `known` from when a timed promise runs and when it is due.
pub(super) fn judge_due(
    model: &Model,
    commitment: &Commitment,
    lead: &Lead,
    now: Instant,
    known: Option<(Instant, Option<Instant>)>,
) -> Option<Judged> {
    if !covers(commitment, lead) {
        return None;
    }
    let hours = &model.leads.zones[usize::from(lead.zone.0)].hours;
    match &commitment.promise {
        Promise::Timed { from, to, within, after_hours } => {
            let from = stamp(lead, *from)?;
            let due = match known {
                Some((known_from, due)) if known_from == from => due,
                _ => due(lead, hours, from, within, after_hours.as_ref()),
            };
            let late = |at: Instant| due.is_some_and(|due| at > due);
            // Rejected in time, before any attempt: not judged, even if the rejection is overturned and the lead attempted later.
            let rejected_before =
                *to == Milestone::Attempted && lead.rejected && lead.disposed.is_some_and(|at| !late(at));
            let verdict = match stamp(lead, *to) {
                _ if rejected_before => Verdict::RejectedBefore,
                Some(at) if late(at) => Verdict::Missed,
                Some(_) => Verdict::Kept,
                None if late(now) || lead.ended.is_some() => Verdict::Missed,
                None => Verdict::Open,
            };
            Some(Judged { from, due, verdict, clauses: [true; CLAUSES] })
        }
        Promise::Persistence(promise) => persistence::judge(promise, hours, lead),
        Promise::MonthlyVolume { .. } | Promise::RejectionBelow { .. } => None,
    }
}
