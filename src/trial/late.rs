//! Why a lead was late: each waiting minute on its own SLA clock goes to the first cause that holds, read from the history of
//! where reps were.

use super::lead::Lead;
use super::outcome::{LATE_CAUSES, LateCause};
use super::prepared::Prepared;
use super::watch::{REP_STATES, RepState, Watch};
use super::world::World;
use crate::model::{LeadId, Order, RepId, TierId};
use crate::time::Instant;

/// What a rep is doing, fine enough to rank it: the number of a [`RepState`], or of a new lead's tier behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Doing(u8);

/// The first tier's new leads.
const NEW: u8 = REP_STATES as u8;
/// Kinds of doing; tiers that find no place share the last.
const DOINGS: u8 = 32;

const fn bit_of(state: RepState) -> u32 {
    1 << state as u32
}

/// All states of a rep at work.
const WORK: u32 =
    bit_of(RepState::OwnWork) | bit_of(RepState::FollowUp) | bit_of(RepState::Reply) | (!0 << NEW);
/// All states of a rep on shift and not absent.
const ON_SHIFT: u32 = !(bit_of(RepState::Off) | bit_of(RepState::Absent));

impl Doing {
    const OFF: Doing = Doing(RepState::Off as u8);

    /// A state, and the tier of the new lead in hand where it is one.
    #[inline]
    fn new(state: RepState, tier: u8) -> Self {
        if state == RepState::NewLead {
            Doing(NEW.saturating_add(tier).min(DOINGS - 1))
        } else {
            Doing(state as u8)
        }
    }

    /// The state.
    fn state(self) -> RepState {
        RepState::NAMED.get(usize::from(self.0)).map_or(RepState::NewLead, |(_, state)| *state)
    }
}

/// What the reps who may take the same tiers are doing, as far as a cause can depend on it. Changes far less often than
/// any rep's state does, so that explaining a wait costs little however large the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Summary {
    /// What somebody is doing, one bit each.
    doing: u32,
    /// More are in meetings than at lunch.
    more_in_meetings: bool,
}

impl Summary {
    fn free(self) -> bool {
        self.doing & bit_of(RepState::Free) != 0
    }

    fn on_shift(self) -> bool {
        self.doing & ON_SHIFT != 0
    }
}

/// Reps who may take the same tiers.
#[derive(Debug)]
struct Class {
    /// Reps by what they are doing.
    reps: [u32; DOINGS as usize],
    now: Summary,
    line: Vec<(Instant, Summary)>,
}

impl Class {
    /// A class of reps who are doing this at `at`.
    fn new(at: Instant, doing: impl Iterator<Item = Doing>) -> Self {
        let mut reps = [0; DOINGS as usize];
        doing.for_each(|Doing(kind)| reps[usize::from(kind)] += 1);
        let bits = (0..DOINGS).map(|kind| u32::from(reps[usize::from(kind)] > 0) << kind).sum();
        let more_in_meetings = reps[RepState::Meeting as usize] >= reps[RepState::Lunch as usize];
        let now = Summary { doing: bits, more_in_meetings };
        Class { reps, now, line: vec![(at, now)] }
    }

    /// A rep of the class changes from one thing to another.
    #[inline]
    fn change(&mut self, at: Instant, Doing(before): Doing, Doing(now): Doing) {
        let left = &mut self.reps[usize::from(before % DOINGS)];
        *left -= 1;
        let gone = u32::from(*left == 0) << before;
        self.reps[usize::from(now % DOINGS)] += 1;
        let summary = Summary {
            doing: self.now.doing & !gone | 1 << now,
            more_in_meetings: self.reps[RepState::Meeting as usize] >= self.reps[RepState::Lunch as usize],
        };
        if summary != self.now {
            self.now = summary;
            push(&mut self.line, at, summary);
        }
    }
}

/// Where reps were, since some time ago.
#[derive(Debug)]
pub(super) struct History {
    /// What each rep is doing now.
    now: Vec<Doing>,
    reps: Vec<Vec<(Instant, Doing)>>,
    classes: Vec<Class>,
    /// Nothing before the horizon has to be explained: from then on it is kept, until nothing more has to be.
    from: Instant,
    /// Entries of all reps' lines.
    entries: usize,
    /// Entries kept before the old ones are dropped.
    long: usize,
}

/// Entries kept at least: a short history stays in the processor's nearest memory.
const LONG: usize = 1 << 10;

impl History {
    pub fn new(prepared: &Prepared<'_>) -> Self {
        let horizon = &prepared.model.horizon;
        History {
            now: vec![Doing::OFF; prepared.model.reps.len()],
            reps: Vec::new(),
            classes: Vec::new(),
            from: horizon.start,
            entries: 0,
            long: LONG,
        }
    }

    /// A rep's state changes; `tier` is that of the new lead in hand, if it is one.
    #[inline(always)]
    pub fn record(&mut self, prepared: &Prepared<'_>, at: Instant, rep: RepId, to: RepState, tier: u8) {
        let doing = Doing::new(to, tier);
        if at >= self.from {
            self.keep(prepared, at, rep, doing);
        }
        self.now[rep.0 as usize] = doing;
    }

    #[inline(always)]
    fn keep(&mut self, prepared: &Prepared<'_>, at: Instant, rep: RepId, doing: Doing) {
        if self.reps.is_empty() {
            self.open(prepared);
        }
        let before = self.now[rep.0 as usize];
        for &class in &prepared.classes_of_rep[rep.0 as usize] {
            self.classes[class].change(at, before, doing);
        }
        // Who owns no lead is asked for by none.
        if prepared.has_owners {
            push(&mut self.reps[rep.0 as usize], at, doing);
        }
        self.entries += 1;
    }

    /// The horizon begins, with reps as they are.
    #[cold]
    fn open(&mut self, prepared: &Prepared<'_>) {
        let from = self.from;
        self.reps = self.now.iter().map(|doing| vec![(from, *doing)]).collect();
        let class = |class: usize| {
            let of_class = self.now.iter().zip(&prepared.classes_of_rep);
            Class::new(
                from,
                of_class.filter(|(_, classes)| classes.contains(&class)).map(|(doing, _)| *doing),
            )
        };
        self.classes = (0..prepared.classes).map(class).collect();
    }

    /// Nothing that happens from now on has to be explained.
    pub fn close(&mut self) {
        self.from = Instant::MAX;
        self.entries = 0;
    }

    pub fn is_long(&self) -> bool {
        self.entries > self.long
    }

    /// Drops what happened before `at`, keeping the state that held then.
    pub fn forget_before(&mut self, at: Instant) {
        fn drop_old<T>(line: &mut Vec<(Instant, T)>, at: Instant) -> usize {
            let keep = line.partition_point(|(t, _)| *t <= at).saturating_sub(1);
            line.drain(..keep);
            line.len()
        }
        let left: usize = self.classes.iter_mut().map(|class| drop_old(&mut class.line, at)).sum();
        self.entries = left + self.reps.iter_mut().map(|line| drop_old(line, at)).sum::<usize>();
        // Twice what is left: the sweep is paid for by as many new entries.
        self.long = LONG.max(2 * self.entries);
    }
}

/// Several changes at one instant leave one entry, or none where they end as they began: a long wait is walked entry by entry.
#[inline]
fn push<T: PartialEq>(line: &mut Vec<(Instant, T)>, at: Instant, value: T) {
    match line.as_mut_slice() {
        [.., (_, before), last] if last.0 == at => {
            if *before == value {
                line.pop();
            } else {
                *last = (at, value);
            }
        }
        [only] if only.0 == at => *only = (at, value),
        [.., last] if last.1 == value => {}
        _ => line.push((at, value)),
    }
}

fn index_at<T>(line: &[(Instant, T)], at: Instant) -> usize {
    line.partition_point(|(t, _)| *t <= at).saturating_sub(1)
}

/// Explains the wait of a lead whose response ends now, by its first attempt or by a rejection, if it is late.
pub(super) fn explain<W: Watch>(world: &mut World<'_, '_, W>, id: LeadId) {
    let lead = &world.leads[id.0 as usize];
    let Some(routed) = lead.routed.filter(|at| world.model.horizon.contains(*at)) else { return };
    let due = super::clock::first_attempt_due(world.prepared, lead);
    if due.is_none_or(|due| world.now <= due) || lead.overturned {
        return;
    }
    let hours = world.hours(id);
    let lead = &world.leads[id.0 as usize];
    let started = lead.started.unwrap_or(world.now);
    let mut minutes = [0.0; LATE_CAUSES];
    minutes[LateCause::Review as usize] = hours.open_between(started, world.now).as_minutes();
    waits(world.prepared, &world.history, lead, routed, started, |from, until, cause| {
        minutes[cause as usize] += hours.open_between(from, until).as_minutes();
    });
    let tier = &mut world.out.tiers[usize::from(lead.tier.0)];
    tier.late += 1;
    for (sum, minutes) in tier.late_minutes.iter_mut().zip(minutes) {
        *sum += minutes;
    }
    world.lead_mut(id).late_minutes = Some(Box::new(minutes));
}

/// Tells the wait from routed to started, cut where its cause changes.
fn waits(
    prepared: &Prepared<'_>,
    history: &History,
    lead: &Lead,
    routed: Instant,
    started: Instant,
    mut tell: impl FnMut(Instant, Instant, LateCause),
) {
    let class = &history.classes[prepared.class_of_tier[usize::from(lead.tier.0)]].line;
    let group = prepared.pool_group[usize::from(lead.tier.0)];
    let lower = lower_work(&prepared.model.groups[group].order, lead.tier);
    let mut c = index_at(class, routed);
    let mut piece = Piece { from: routed, cause: cause_pooled(lower, lead, class[c].1) };
    // Until it has an owner, and always if it never gets one, anybody may take it.
    let owner = lead.assigned_to.zip(lead.assigned);
    let pooled_until = owner.map_or(started, |(_, assigned)| assigned.min(started));
    while let Some((at, summary)) = class.get(c + 1).filter(|(at, _)| *at < pooled_until) {
        c += 1;
        piece.goes_on(*at, cause_pooled(lower, lead, *summary), &mut tell);
    }
    if let Some((rep, assigned)) = owner.filter(|(_, assigned)| *assigned < started) {
        let owned_from = assigned.max(routed);
        owned_waits(prepared, history, lead, rep, (owned_from, started), |from, cause| {
            piece.goes_on(from, cause, &mut tell);
        });
    }
    if piece.from < started {
        tell(piece.from, started, piece.cause);
    }
}

/// A piece of a wait with one cause.
struct Piece {
    from: Instant,
    cause: LateCause,
}

impl Piece {
    /// From `at` on the cause is `cause`; the piece before is told if it was another.
    #[inline]
    fn goes_on(&mut self, at: Instant, cause: LateCause, tell: &mut impl FnMut(Instant, Instant, LateCause)) {
        if cause != self.cause {
            if self.from < at {
                tell(self.from, at, self.cause);
            }
            *self = Piece { from: at, cause };
        }
    }
}

/// The wait of a lead for its owner: tells the cause at its beginning and wherever it may change.
fn owned_waits(
    prepared: &Prepared<'_>,
    history: &History,
    lead: &Lead,
    owner: RepId,
    (mut from, started): (Instant, Instant),
    mut tell: impl FnMut(Instant, LateCause),
) {
    let order = &prepared.model.groups[prepared.model.reps[owner.0 as usize].group].order;
    let lower = lower_work(order, lead.tier);
    let class = &history.classes[prepared.class_of_tier[usize::from(lead.tier.0)]].line;
    let own = &history.reps[owner.0 as usize];
    let back: &[(Instant, Doing)] = lead.back_up.map_or(&[], |(rep, _)| &history.reps[rep.0 as usize]);
    let called = lead.back_up.map(|(_, at)| at);
    let (mut c, mut o, mut b) = (index_at(class, from), index_at(own, from), index_at(back, from));
    while from < started {
        let back_up_free = called.is_some_and(|called| called <= from) && back[b].1.state() == RepState::Free;
        tell(from, cause_owned(lower, lead, own[o].1, class[c].1, back_up_free));
        let next = |line_next: Option<Instant>| line_next.filter(|at| *at > from).unwrap_or(Instant::MAX);
        from = next(class.get(c + 1).map(|e| e.0))
            .min(next(own.get(o + 1).map(|e| e.0)))
            .min(next(back.get(b + 1).map(|e| e.0)))
            .min(next(called));
        c += usize::from(class.get(c + 1).is_some_and(|e| e.0 <= from));
        o += usize::from(own.get(o + 1).is_some_and(|e| e.0 <= from));
        b += usize::from(back.get(b + 1).is_some_and(|e| e.0 <= from));
    }
}

/// The kinds of work that come after a new lead of `tier` in the order of work, a bit each; own work always counts as such.
fn lower_work(order: &Order, tier: TierId) -> u32 {
    let own = order.new[usize::from(tier.0)];
    let bit = |kind: u8, rank: u8| u32::from(rank > own) << kind;
    let new = (NEW..DOINGS).map(|kind| bit(kind, *order.new.get(usize::from(kind - NEW)).unwrap_or(&0)));
    new.fold(bit_of(RepState::OwnWork), |bits, bit| bits | bit)
        | bit(RepState::FollowUp as u8, order.follow_up)
        | bit(RepState::Reply as u8, order.reply)
}

/// Of a lead that belongs to one rep.
fn cause_owned(lower: u32, lead: &Lead, owner: Doing, others: Summary, back_up_free: bool) -> LateCause {
    let lower = lower >> owner.0 & 1 == 1;
    match owner.state() {
        RepState::Free if lead.ignored => LateCause::Ignored,
        RepState::Free => LateCause::Attention,
        _ if back_up_free => LateCause::Attention,
        RepState::Meeting if others.free() => LateCause::OwnershipMeeting,
        RepState::Lunch if others.free() => LateCause::OwnershipLunch,
        RepState::Off if others.free() => LateCause::OwnershipOffShift,
        RepState::Absent if others.free() => LateCause::OwnershipAbsent,
        _ if others.free() && lower => LateCause::OwnershipOwnWork,
        _ if others.free() => LateCause::OwnershipOtherLeads,
        _ if !others.on_shift() => LateCause::NobodyOnShift,
        _ if lower => LateCause::Prioritisation,
        RepState::NewLead | RepState::FollowUp | RepState::Reply | RepState::OwnWork => LateCause::Contention,
        RepState::Meeting => LateCause::Meeting,
        RepState::Lunch => LateCause::Lunch,
        RepState::Off => LateCause::OffShift,
        RepState::Absent => LateCause::Absent,
    }
}

/// Of a lead that anybody who takes its tier may take.
#[inline]
fn cause_pooled(lower: u32, lead: &Lead, team: Summary) -> LateCause {
    if team.free() {
        return if lead.ignored { LateCause::Ignored } else { LateCause::Attention };
    }
    if !team.on_shift() {
        return LateCause::NobodyOnShift;
    }
    match (team.doing & lower != 0, team.doing & WORK != 0) {
        (true, _) => LateCause::Prioritisation,
        (_, true) => LateCause::Contention,
        _ if team.more_in_meetings => LateCause::Meeting,
        _ => LateCause::Lunch,
    }
}
