//! P8: every promise judged anew from what was told, and kept among judged.

use super::scene::{Scene, Seen, Stage};
use super::told::Told;
use super::{Property, Wrong};
use leadsim::model::{Channel, Commitment, Milestone, Persistence, Promise, Scope};
use leadsim::time::Instant;
use leadsim::trial::{Ending, Happening, Outcome};

/// What was judged of one commitment.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Judged {
    kept: [u32; 2],
    judged: [u32; 2],
    rejected_before: u32,
    open: u32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Verdict {
    Kept,
    Missed,
    RejectedBefore,
    Open,
}

pub struct Promises {
    judged: Vec<Judged>,
}

pub fn covers(scope: &Scope, seen: &Seen) -> bool {
    (scope.tiers.is_empty() || scope.tiers.contains(&seen.facts.tier))
        && scope.in_hours.is_none_or(|in_hours| in_hours == seen.in_hours)
}

fn stamp(seen: &Seen, milestone: Milestone) -> Option<Instant> {
    match milestone {
        Milestone::Created => Some(seen.facts.created),
        Milestone::Routed => seen.routed,
        Milestone::Assigned => seen.assigned,
        Milestone::Attempted => seen.attempted,
        Milestone::Disposed => seen.disposed,
    }
}

/// When a timed promise is due for a lead; nothing where its clock has not started.
pub fn due(scene: &Scene<'_>, commitment: &Commitment, seen: &Seen) -> Option<(Instant, Option<Instant>)> {
    let Promise::Timed { from, within, after_hours, .. } = &commitment.promise else { return None };
    let (hours, from) = (scene.hours(&seen.facts), stamp(seen, *from)?);
    let due = within.target.due(from, hours);
    let due = match after_hours {
        Some(clock) if !seen.in_hours => {
            due.zip(clock.target.due(seen.facts.created, hours)).map(|(one, other)| one.max(other))
        }
        _ => due,
    };
    Some((from, due))
}

impl Promises {
    pub fn new(scene: &Scene<'_>) -> Self {
        Promises { judged: vec![Judged::default(); scene.model.agreement.commitments.len()] }
    }

    pub fn hear(&mut self, scene: &Scene<'_>, told: &Told) {
        if let Told::Lead(id, _, Happening::Ended(_)) = *told
            && let Some(seen) = scene.leads.get(&id)
        {
            self.judge(scene, seen, scene.now);
        }
    }

    fn judge(&mut self, scene: &Scene<'_>, seen: &Seen, now: Instant) {
        for (commitment, sum) in scene.model.agreement.commitments.iter().zip(&mut self.judged) {
            if !covers(&commitment.scope, seen) {
                continue;
            }
            let judged = match &commitment.promise {
                Promise::Timed { to, .. } => {
                    due(scene, commitment, seen).map(|(from, due)| (from, timed(seen, *to, due, now)))
                }
                Promise::Persistence(promise) => persistence(scene, promise, seen),
                _ => None,
            };
            let Some((_, verdict)) = judged.filter(|(from, _)| scene.model.horizon.contains(*from)) else {
                continue;
            };
            let class = usize::from(!seen.in_hours);
            match verdict {
                Verdict::RejectedBefore => sum.rejected_before += 1,
                Verdict::Open => sum.open += 1,
                verdict => {
                    sum.judged[class] += 1;
                    sum.kept[class] += u32::from(verdict == Verdict::Kept);
                }
            }
        }
    }

    pub fn close(mut self, scene: &Scene<'_>, outcome: &Outcome, wrong: &mut Wrong) {
        let end = scene.now.max(scene.model.horizon.end);
        for seen in scene.leads.values().filter(|seen| seen.stage != Stage::Ended) {
            self.judge(scene, seen, end);
        }
        let commitments = scene.model.agreement.commitments.iter();
        for ((commitment, seen), told) in commitments.zip(&self.judged).zip(&outcome.commitments) {
            if matches!(commitment.promise, Promise::MonthlyVolume { .. } | Promise::RejectionBelow { .. }) {
                continue;
            }
            let counted = Judged {
                kept: [told.in_hours.kept, told.after_hours.kept],
                judged: [told.in_hours.judged, told.after_hours.judged],
                rejected_before: told.rejected_before,
                open: told.open,
            };
            wrong.unless(counted == *seen, Property::P8, end, || {
                format!("{}: {counted:?} counted, {seen:?} seen", commitment.id)
            });
            let whole = (told.all.kept, told.all.judged);
            let parts = (seen.kept[0] + seen.kept[1], seen.judged[0] + seen.judged[1]);
            wrong.unless(whole == parts && whole.0 <= whole.1, Property::P8, end, || {
                format!("{}: {whole:?} kept and judged in all, {parts:?} in parts", commitment.id)
            });
        }
    }
}

/// A timed promise: rejected in time before any attempt is not judged; not stopped is missed once past due or ended.
fn timed(seen: &Seen, to: Milestone, due: Option<Instant>, now: Instant) -> Verdict {
    let in_time = |at: Instant| due.is_none_or(|due| at <= due);
    let rejected_in_time = seen.rejected && seen.disposed.is_some_and(in_time);
    match stamp(seen, to) {
        _ if to == Milestone::Attempted && rejected_in_time => Verdict::RejectedBefore,
        Some(at) if in_time(at) => Verdict::Kept,
        None if in_time(now) && seen.ended.is_none() => Verdict::Open,
        _ => Verdict::Missed,
    }
}

/// Persistence of leads given up as unresponsive: counts within its days of the first attempt, limits over the whole pass.
fn persistence(scene: &Scene<'_>, promise: &Persistence, seen: &Seen) -> Option<(Instant, Verdict)> {
    let (_, ending) = seen.ended?;
    if !matches!(ending, Ending::Unresponsive | Ending::LostInterest) {
        return None;
    }
    let (hours, first) = (scene.hours(&seen.facts), seen.attempted?);
    let last = hours.business_day_after(first, promise.within_days).unwrap_or(Instant::MAX);
    let day = |at: Instant| hours.local_day_index(at);
    let in_time: Vec<_> = seen.attempts.iter().filter(|(at, _)| *at <= last).collect();
    let spread = |wanted: Option<Channel>| {
        let days: Vec<_> = in_time
            .iter()
            .filter(|(_, by)| wanted.is_none_or(|wanted| wanted == *by))
            .map(|(at, _)| day(*at))
            .collect();
        let distinct: std::collections::BTreeSet<_> = days.iter().collect();
        (days.len() as u32, distinct.len() as u32)
    };
    let most_on_a_day = seen
        .attempts
        .iter()
        .map(|(at, _)| seen.attempts.iter().filter(|(other, _)| day(*other) == day(*at)).count());
    let enough = |wanted: Channel, asked: (u32, u32)| {
        spread(Some(wanted)).0 >= asked.0 && spread(Some(wanted)).1 >= asked.1
    };
    let kept = spread(None).0 >= promise.attempts
        && spread(None).1 >= promise.days
        && enough(Channel::Phone, promise.phone)
        && enough(Channel::Email, promise.email)
        && spread(Some(Channel::LinkedIn)).0
            >= promise.linkedin.get(usize::from(seen.facts.segment.0)).copied().unwrap_or(0)
        && promise.most_per_day.is_none_or(|most| most_on_a_day.max().unwrap_or(0) as u32 <= most)
        && seen.attempts.windows(2).all(|pair| pair[1].0 - pair[0].0 >= promise.pause);
    Some((first, if kept { Verdict::Kept } else { Verdict::Missed }))
}
