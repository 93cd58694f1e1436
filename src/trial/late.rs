//! Why a lead was late: each waiting minute on its own SLA clock goes to the first cause that holds, read from the history of
//! where reps were.

use super::lead::Lead;
use super::outcome::LateCause;
use super::watch::{REP_STATES, RepState, Watch};
use super::world::World;
use crate::model::{LeadId, Model, RepId};
use crate::time::Instant;

/// Where reps were, since some time ago.
#[derive(Debug)]
pub(super) struct History {
    reps: Vec<Vec<(Instant, RepState)>>,
    /// Number of reps in each state after each change.
    team: Vec<(Instant, [u16; REP_STATES])>,
    /// Nothing before the horizon has to be explained: until then only the latest state is kept.
    from: Instant,
}

/// Changes kept before the old ones are dropped.
const LONG: usize = 1 << 16;

impl History {
    pub fn new(reps: usize, opens: Instant, from: Instant) -> Self {
        let mut counts = [0; REP_STATES];
        counts[RepState::Off as usize] = reps as u16;
        History { reps: vec![vec![(opens, RepState::Off)]; reps], team: vec![(opens, counts)], from }
    }

    /// A rep's state changes.
    #[inline]
    pub fn record(&mut self, at: Instant, rep: RepId, from: RepState, to: RepState) {
        push(&mut self.reps[rep.0 as usize], self.from, at, to);
        let (_, mut counts) = *self.team.last().expect("the history begins when the trial opens");
        counts[from as usize] -= 1;
        counts[to as usize] += 1;
        push(&mut self.team, self.from, at, counts);
    }

    pub fn is_long(&self) -> bool {
        self.team.len() > LONG
    }

    /// Drops what happened before `at`, keeping the state that held then.
    pub fn forget_before(&mut self, at: Instant) {
        fn drop_old<T>(line: &mut Vec<(Instant, T)>, at: Instant) {
            let keep = line.partition_point(|(t, _)| *t <= at).saturating_sub(1);
            line.drain(..keep);
        }
        drop_old(&mut self.team, at);
        self.reps.iter_mut().for_each(|line| drop_old(line, at));
    }
}

/// Several changes at one instant leave one entry, and so do all changes before `from`.
#[inline]
fn push<T>(line: &mut Vec<(Instant, T)>, from: Instant, at: Instant, value: T) {
    match line.last_mut() {
        Some(last) if last.0 == at || at < from => *last = (at, value),
        _ => line.push((at, value)),
    }
}

fn index_at<T>(line: &[(Instant, T)], at: Instant) -> usize {
    line.partition_point(|(t, _)| *t <= at).saturating_sub(1)
}

/// Explains the wait of a lead whose first attempt begins now, if it is late.
pub(super) fn explain<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let lead = &world.leads[id.0 as usize];
    let Some(routed) = lead.routed.filter(|at| world.model.horizon.contains(*at)) else { return };
    let due = super::clock::first_attempt_due(world.prepared, lead);
    if due.is_none_or(|due| world.now <= due) || lead.overturned {
        return;
    }
    let hours = &world.model.leads.zones[usize::from(lead.zone.0)].hours;
    let started = lead.started.unwrap_or(world.now);
    let tier = &mut world.out.tiers[usize::from(lead.tier.0)];
    tier.late += 1;
    tier.late_minutes[LateCause::Review as usize] += hours.open_between(started, world.now).as_minutes();
    for (from, until, cause) in stretches(world.model, &world.history, lead, routed, started) {
        tier.late_minutes[cause as usize] += hours.open_between(from, until).as_minutes();
    }
}

/// The wait from routed to started, cut where any rep's state changed, each stretch with its cause.
fn stretches<'a>(
    model: &'a Model,
    history: &'a History,
    lead: &'a Lead,
    routed: Instant,
    started: Instant,
) -> impl Iterator<Item = (Instant, Instant, LateCause)> + 'a {
    let first = index_at(&history.team, routed);
    let owner = lead.assigned_to.zip(lead.assigned);
    history.team[first..].iter().enumerate().map_while(move |(step, (at, counts))| {
        let from = (*at).max(routed);
        let until = history.team.get(first + step + 1).map_or(started, |next| next.0.min(started));
        if from >= started {
            return None;
        }
        let cause = match owner {
            Some((rep, assigned)) if assigned <= from => cause_owned(model, history, lead, rep, from, counts),
            _ => cause_pooled(counts, lead.ignored),
        };
        Some((from, until, cause))
    })
}

fn on_shift(counts: &[u16; REP_STATES]) -> u16 {
    counts[RepState::Lunch as usize..].iter().sum()
}

/// Of a lead that belongs to one rep.
fn cause_owned(
    model: &Model,
    history: &History,
    lead: &Lead,
    owner: RepId,
    at: Instant,
    counts: &[u16; REP_STATES],
) -> LateCause {
    let state_of = |rep: RepId| {
        let line = &history.reps[rep.0 as usize];
        line[index_at(line, at)].1
    };
    let state = state_of(owner);
    let back_up_free =
        lead.back_up.is_some_and(|(rep, called)| called <= at && state_of(rep) == RepState::Free);
    let order = &model.groups[model.reps[owner.0 as usize].group].order;
    let rank = order.new[usize::from(lead.tier.0)];
    let lower = match state {
        RepState::OwnWork => true,
        RepState::FollowUp => order.follow_up > rank,
        RepState::Reply => order.reply > rank,
        _ => false,
    };
    let another_free = counts[RepState::Free as usize] > u16::from(state == RepState::Free);
    match state {
        RepState::Free if lead.ignored => LateCause::Ignored,
        RepState::Free => LateCause::Attention,
        _ if back_up_free => LateCause::Attention,
        RepState::Meeting if another_free => LateCause::OwnershipMeeting,
        RepState::Lunch if another_free => LateCause::OwnershipLunch,
        RepState::Off if another_free => LateCause::OwnershipOffShift,
        RepState::Absent if another_free => LateCause::OwnershipAbsent,
        _ if another_free && lower => LateCause::OwnershipOwnWork,
        _ if another_free => LateCause::OwnershipOtherLeads,
        _ if on_shift(counts) == 0 => LateCause::NobodyOnShift,
        _ if lower => LateCause::Prioritisation,
        RepState::NewLead | RepState::FollowUp | RepState::Reply | RepState::OwnWork => LateCause::Contention,
        RepState::Meeting => LateCause::Meeting,
        RepState::Lunch => LateCause::Lunch,
        RepState::Off => LateCause::OffShift,
        RepState::Absent => LateCause::Absent,
    }
}

/// Of a lead that anybody may take.
fn cause_pooled(counts: &[u16; REP_STATES], ignored: bool) -> LateCause {
    let some = |state: RepState| counts[state as usize] > 0;
    if some(RepState::Free) {
        if ignored { LateCause::Ignored } else { LateCause::Attention }
    } else if on_shift(counts) == 0 {
        LateCause::NobodyOnShift
    } else if some(RepState::OwnWork) || some(RepState::FollowUp) {
        LateCause::Prioritisation
    } else if some(RepState::NewLead) || some(RepState::Reply) {
        LateCause::Contention
    } else if counts[RepState::Meeting as usize] >= counts[RepState::Lunch as usize] {
        LateCause::Meeting
    } else {
        LateCause::Lunch
    }
}
