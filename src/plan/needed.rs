//! How long each lead needed: what every promise of a first attempt would have to allow, lead by lead and trial by trial, so that one study
//! answers for every number of minutes at once.

use crate::model::{Clock, Commitment, LeadId, Milestone, Model, Promise};
use crate::time::{Instant, OpenHours, Span, Target};
use crate::trial::{Happening, Lead, Verdict, Watch, judge};

/// A lead as a promise of any length sees it. Both ways the share kept can only grow with the length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Kept by every promise of at least this length, missed by shorter ones.
    KeptFrom(Span),
    /// Not judged by promises of at least this length (rejected in time, or still open), missed by shorter ones.
    LeftOutFrom(Span),
    /// Missed, however long.
    Never,
}

impl Need {
    /// From which length on it counts as kept, or not at all.
    fn from(self) -> Option<Span> {
        match self {
            Need::KeptFrom(span) | Need::LeftOutFrom(span) => Some(span),
            Need::Never => None,
        }
    }
}

/// On which clock a promise is measured here: business time, unless it is written on the wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Open time of the lead's business hours.
    Business,
    /// Time on the wall.
    Wall,
}

impl Measure {
    /// The clock of a promise.
    pub fn of(clock: &Clock) -> Measure {
        if matches!(clock.target, Target::Wall(_)) { Measure::Wall } else { Measure::Business }
    }

    /// A promise of this length on this clock.
    pub fn target(self, length: Span) -> Target {
        match self {
            Measure::Business => Target::Business(length),
            Measure::Wall => Target::Wall(length),
        }
    }

    /// The shortest length for which something that ended at `at` is in time.
    fn needed(self, from: Instant, at: Instant, hours: &OpenHours) -> Span {
        let length = match self {
            Measure::Wall => at - from,
            Measure::Business => hours.open_between(from, at),
        }
        .max(Span::ZERO);
        // An attempt made while closed is later than the closing at which its business time ran out.
        let in_time = self.target(length).due(from, hours).is_none_or(|due| at <= due);
        if in_time { length } else { length + Span::from_micros(1) }
    }
}

/// Tells what every lead of a trial needed under one promise.
pub(super) struct Needs<'m> {
    model: &'m Model,
    promises: Vec<&'m Commitment>,
    leads: Vec<Lead>,
    last: Instant,
}

impl<'m> Needs<'m> {
    /// Listens for these commitments, all of them promises of a first attempt.
    pub fn new(model: &'m Model, commitments: &[usize]) -> Self {
        let promises = commitments.iter().map(|&i| &model.agreement.commitments[i]).collect();
        Needs { model, promises, leads: Vec::new(), last: model.horizon.opens }
    }

    /// Every lead of a promise, by its place among those listened to, as it is judged if `target` is promised instead: kept, left out
    /// or missed, whatever the length.
    pub fn under(&self, place: usize, target: Target) -> Vec<(Instant, Need)> {
        let mut promise = self.promises[place].clone();
        if let Promise::Timed { within, .. } = &mut promise.promise {
            within.target = target;
        }
        let horizon = &self.model.horizon;
        let need = |lead: &Lead| {
            let judged = judge(self.model, &promise, lead, self.last)?;
            let need = match judged.verdict {
                Verdict::Kept => Need::KeptFrom(Span::ZERO),
                Verdict::RejectedBefore | Verdict::Open => Need::LeftOutFrom(Span::ZERO),
                Verdict::Missed => Need::Never,
            };
            let within = horizon.contains(judged.from) && lead.created < horizon.end;
            within.then_some((judged.from, need))
        };
        self.leads.iter().filter_map(need).collect()
    }

    /// By promise, every lead it covers whose clock started in the horizon: when the clock started, and what it needed.
    pub fn finish(self) -> Vec<Vec<(Instant, Need)>> {
        let needs = |promise: &&Commitment| {
            self.leads.iter().filter_map(|lead| need(self.model, promise, lead, self.last)).collect()
        };
        self.promises.iter().map(needs).collect()
    }
}

impl Watch for Needs<'_> {
    fn lead(&mut self, at: Instant, _id: LeadId, lead: &Lead, what: Happening) {
        self.last = self.last.max(at);
        let stamped = matches!(
            what,
            Happening::Created
                | Happening::Routed
                | Happening::Assigned(_)
                | Happening::Pooled
                | Happening::Rejected(..)
                | Happening::Overturned
                | Happening::Attempted(_, 1, _)
                | Happening::Ended(_)
        );
        if !stamped {
            return;
        }
        // leads are numbered from 1 in order of creation
        match self.leads.binary_search_by_key(&lead.number, |known| known.number) {
            Ok(place) => self.leads[place].clone_from(lead),
            Err(place) => self.leads.insert(place, lead.clone()),
        }
    }
}

/// What a lead needs of a promise of a first attempt; none if it is not about this lead or its clock never started in the horizon.
fn need(model: &Model, commitment: &Commitment, lead: &Lead, now: Instant) -> Option<(Instant, Need)> {
    let Promise::Timed { from, within, after_hours, .. } = &commitment.promise else { return None };
    let scope = &commitment.scope;
    let covered = (scope.tiers.is_empty() || scope.tiers.contains(&lead.tier))
        && scope.in_hours.is_none_or(|in_hours| in_hours == lead.in_hours);
    let begun = match from {
        Milestone::Created => Some(lead.created),
        Milestone::Routed => lead.routed,
        Milestone::Assigned => lead.assigned,
        Milestone::Attempted | Milestone::Disposed => None,
    }?;
    if !covered || !model.horizon.contains(begun) || lead.created >= model.horizon.end {
        return None;
    }
    let hours = &model.leads.zones[usize::from(lead.zone.0)].hours;
    let measure = Measure::of(within);
    // Of a lead that came after hours the later of both clocks counts.
    let night = after_hours.as_ref().filter(|_| !lead.in_hours);
    let night = night.and_then(|clock| clock.target.due(lead.created, hours));
    let length = |at: Instant| {
        if night.is_some_and(|due| at <= due) { Span::ZERO } else { measure.needed(begun, at, hours) }
    };
    // Rejected before any attempt: left out where that was in time, even if overturned and attempted later.
    let rejected = lead.disposed.filter(|at| lead.rejected && lead.attempted.is_none_or(|tried| *at < tried));
    let need = match (rejected, lead.attempted) {
        (Some(at), _) => Need::LeftOutFrom(length(at)),
        (None, Some(at)) => Need::KeptFrom(length(at)),
        (None, None) if lead.ended.is_some() => Need::Never,
        (None, None) => Need::LeftOutFrom(length(now)),
    };
    Some((begun, need))
}

/// The shortest length for which the goal is reached among these leads: infinite (`None`) if no length does it, zero where nothing
/// has to be kept.
pub fn shortest(needs: impl Iterator<Item = Need>, holds: impl Fn(u64, u64) -> bool) -> Option<Span> {
    let mut needs: Vec<Need> = needs.collect();
    let (mut kept, mut judged) = (0, needs.len() as u64);
    if holds(kept, judged) {
        return Some(Span::ZERO);
    }
    needs.retain(|need| *need != Need::Never);
    needs.sort_unstable_by_key(|need| need.from());
    let mut next = needs.iter().peekable();
    while let Some(need) = next.next() {
        match need {
            Need::KeptFrom(_) => kept += 1,
            _ => judged -= 1,
        }
        // Leads that need the same length come together.
        if next.peek().is_some_and(|other| other.from() == need.from()) {
            continue;
        }
        if holds(kept, judged) {
            return need.from();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Goal;
    use proptest::prelude::*;

    fn minutes(n: i64) -> Span {
        Span::minutes(n)
    }

    #[test]
    fn nine_of_ten_within_the_ninth() {
        let goal = Goal { share: 0.9, stated: true };
        let needs = || (1..=10).map(|n| Need::KeptFrom(minutes(n)));
        assert_eq!(shortest(needs(), |k, n| goal.holds(k, n)), Some(minutes(9)));
        // one that was never tried leaves no room for another
        let with_never = needs().skip(1).chain([Need::Never]);
        assert_eq!(shortest(with_never, |k, n| goal.holds(k, n)), Some(minutes(10)));
        let two = needs().skip(2).chain([Need::Never, Need::Never]);
        assert_eq!(shortest(two, |k, n| goal.holds(k, n)), None);
        assert_eq!(shortest(std::iter::empty(), |k, n| goal.holds(k, n)), Some(Span::ZERO));
    }

    proptest! {
        /// Against trying every length one after another.
        #[test]
        fn the_shortest_is_the_first_that_holds(
            needs in prop::collection::vec((0u8..3, 0i64..12), 0..20), share in 0.05f64..1.0,
        ) {
            let goal = Goal { share: (share * 100.0).round() / 100.0, stated: true };
            let needs: Vec<Need> = needs.into_iter().map(|(kind, n)| match kind {
                0 => Need::KeptFrom(minutes(n)),
                1 => Need::LeftOutFrom(minutes(n)),
                _ => Need::Never,
            }).collect();
            let holds_at = |length: Span| {
                let judged = needs.iter().filter(|n| !matches!(n, Need::LeftOutFrom(from) if *from <= length)).count();
                let kept = needs.iter().filter(|n| matches!(n, Need::KeptFrom(from) if *from <= length)).count();
                goal.holds(kept as u64, judged as u64)
            };
            let mut tried: Vec<Span> = (0..=12).map(minutes).collect();
            tried.retain(|length| holds_at(*length));
            prop_assert_eq!(shortest(needs.iter().copied(), |k, n| goal.holds(k, n)), tried.first().copied());
        }
    }
}
