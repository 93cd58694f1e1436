//! The state of one trial at one instant, and the few things every part of it may do: schedule, stamp, change a rep's state.

use super::busyness::DayLuck;
use super::desk::Desk;
use super::late::History;
use super::lead::{Lead, Stage};
use super::outcome::Outcome;
use super::pool::{Line, Pool};
use super::prepared::Prepared;
use super::queue::{Kind, Queue, next_stamp};
use super::rep_set::RepSet;
use super::watch::{Happening, Watch};
use super::{arrive, count, demand, luck};
use crate::model::{LeadId, Model, RepId};
use crate::random::Key;
use crate::time::{Instant, Span};

/// A lead on its way back: what the next pass inherits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Return {
    pub key: Key,
    pub number: u32,
    pub source: crate::model::SourceId,
    pub segment: crate::model::SegmentId,
    pub zone: crate::model::ZoneId,
    pub owner: Option<RepId>,
    pub pass: u8,
}

pub(super) struct World<'m, 'w, W> {
    pub model: &'m Model,
    pub prepared: &'m Prepared<'m>,
    pub key: Key,
    /// How busy its days are.
    pub day_luck: DayLuck,
    pub now: Instant,
    pub queue: Queue,
    pub arrivals: demand::Pending,
    pub leads: Vec<Lead>,
    pub vacant: Vec<LeadId>,
    pub returns: Vec<Option<Return>>,
    pub desks: Vec<Desk>,
    pub group_keys: Vec<Key>,
    /// Groups with cover: how many are wanted and there, by group.
    pub headcounts: Vec<super::cover::Headcount>,
    /// All reps.
    pub everyone: RepSet,
    /// In their shift, on leave or sick included.
    pub in_shift: RepSet,
    /// On shift and neither on leave nor sick.
    pub on_shift: RepSet,
    /// Not on leave or sick today.
    pub present: RepSet,
    /// At the desk: on shift, not in a meeting or at lunch.
    pub at_desk: RepSet,
    /// At the desk with nothing in hand.
    pub free: RepSet,
    pub pool: Pool,
    /// Waiting for an eligible rep, by tier, oldest first.
    pub unassigned: Vec<std::collections::VecDeque<(LeadId, u32)>>,
    /// Where each tier's rotation stands.
    pub rotation: Vec<u32>,
    /// Where the rotation of back-ups stands.
    pub back_up_rotation: u32,
    /// Reps who may have something to do now.
    pub wake: Vec<RepId>,
    pub recheck_unassigned: bool,
    /// Calls for a back-up that found nobody at the desk.
    pub back_up_waiting: Vec<(LeadId, u32)>,
    pub history: History,
    pub out: Outcome,
    /// Time at desks by hour of the company's week.
    pub desk_hours: super::company_week::DeskHours,
    /// What leads with every clause just kept were worth.
    pub just_kept: super::leakage::JustKept,
    /// Leads of the horizon that have not ended.
    pub open_that_matter: u32,
    /// Where the account of rep time by week and month stands.
    pub rep_time: super::rep_time::RepTime,
    pub watch: &'w mut W,
}

impl<'m, 'w, W: Watch> World<'m, 'w, W> {
    pub fn open(prepared: &'m Prepared<'m>, seed: u64, trial: u64, watch: &'w mut W) -> Self {
        let key = Key::root(seed).child(trial);
        let model = prepared.model;
        let reps = model.reps.len();
        let opens = model.horizon.opens;
        let mut world = World {
            model,
            prepared,
            key,
            day_luck: DayLuck::of(prepared, seed, trial),
            now: opens,
            queue: Queue::new(opens),
            arrivals: demand::Pending::new(model, key),
            leads: Vec::new(),
            vacant: Vec::new(),
            returns: Vec::new(),
            desks: (0..reps).map(|_| Desk::new(opens, model.horizon.months.len())).collect(),
            group_keys: model.groups.iter().map(|g| luck::group(key, &g.name)).collect(),
            headcounts: super::cover::headcounts(model),
            everyone: RepSet::from_fn(reps, |_| true),
            in_shift: RepSet::empty(reps),
            on_shift: RepSet::empty(reps),
            present: RepSet::from_fn(reps, |_| true),
            at_desk: RepSet::empty(reps),
            free: RepSet::empty(reps),
            pool: Pool::new(prepared),
            unassigned: vec![Default::default(); model.leads.tiers.len()],
            rotation: vec![0; model.leads.tiers.len()],
            back_up_rotation: 0,
            wake: Vec::new(),
            recheck_unassigned: false,
            back_up_waiting: Vec::new(),
            history: History::new(prepared),
            out: Outcome::sized(model),
            desk_hours: super::company_week::DeskHours::none(),
            just_kept: vec![(Span::ZERO - Span::MAX, 0.0); prepared.contacts.len()],
            open_that_matter: 0,
            rep_time: super::rep_time::RepTime::new(model),
            watch,
        };
        for (rep, desk) in model.reps.iter().zip(&mut world.desks) {
            let group = &model.groups[rep.group];
            desk.group = rep.group;
            desk.only_leads = group.own_work.is_empty() && group.idle_work.is_none() && group.cover.is_none();
            desk.line = Line::of(group.order.then);
        }
        world.open_days();
        arrive::open_backlog(&mut world);
        world.dispatch();
        world
    }

    /// Schedules the first day and every rep's first shift.
    fn open_days(&mut self) {
        let opens = self.now;
        if !self.prepared.days.is_empty() {
            self.queue.push(self.prepared.days[0].begins.max(opens), Kind::Day, 0, 0);
        }
        for (i, rep) in self.model.reps.iter().enumerate() {
            if let Some(day) = rep.days.first() {
                self.queue.push(day.starts.max(opens), Kind::Agenda, i as u32, 0);
            }
        }
        super::cover::open(self);
    }

    #[inline]
    pub fn lead(&self, id: LeadId) -> &Lead {
        &self.leads[id.0 as usize]
    }

    #[inline]
    pub fn lead_mut(&mut self, id: LeadId) -> &mut Lead {
        &mut self.leads[id.0 as usize]
    }

    #[inline]
    pub fn desk(&self, rep: RepId) -> &Desk {
        &self.desks[rep.0 as usize]
    }

    #[inline]
    pub fn desk_mut(&mut self, rep: RepId) -> &mut Desk {
        &mut self.desks[rep.0 as usize]
    }

    /// The rules `rep` follows.
    #[inline]
    pub fn group(&self, rep: RepId) -> &'m crate::model::RepGroup {
        &self.model.groups[self.desks[rep.0 as usize].group]
    }

    /// Tells the watcher what happened to a lead.
    #[inline]
    pub fn tell(&mut self, id: LeadId, what: Happening) {
        self.watch.lead(self.now, id, &self.leads[id.0 as usize], what);
    }

    /// Schedules an event about a lead that is void once the lead's stamp moves on.
    #[inline]
    pub fn schedule(&mut self, at: Instant, kind: Kind, id: LeadId) {
        let stamp = self.lead(id).stamp;
        self.queue.push(at, kind, id.0, stamp);
    }

    /// Moves a lead to another stage; events and work items of the stage before are void.
    #[inline]
    pub fn enter(&mut self, id: LeadId, stage: Stage) {
        let (was, now) = {
            let lead = self.lead_mut(id);
            let was = std::mem::replace(&mut lead.stage, stage);
            lead.stamp = next_stamp(lead.stamp);
            (was, stage)
        };
        match (was == Stage::Waiting, now == Stage::Waiting) {
            (false, true) => self.lead_mut(id).waiting_since = self.now,
            (true, false) => self.count_wait(id),
            _ => {}
        }
    }

    /// Books a lead's stay among those routed and not begun, which ends now.
    pub fn count_wait(&mut self, id: LeadId) {
        let lead = &self.leads[id.0 as usize];
        count::waited(&mut self.out, self.prepared, lead.tier, lead.waiting_since, self.now);
    }

    /// A vacant or new place for a lead; its stamp carries on from the lead that had it before.
    #[inline(always)]
    pub fn place(&mut self, mut lead: Lead) -> LeadId {
        self.out.created += 1;
        match self.vacant.pop() {
            Some(id) => {
                // The new lead comes into the old one's place at once: it is large, and every copy shows.
                let old = self.lead_mut(id);
                let (stamp, mut attempts) = (next_stamp(old.stamp), std::mem::take(&mut old.attempts));
                attempts.clear();
                std::mem::swap(old, &mut lead);
                (old.stamp, old.birth, old.attempts) = (stamp, stamp, attempts);
                id
            }
            None => {
                let id = LeadId(
                    u32::try_from(self.leads.len()).expect("limits keep leads in the system below 2^24"),
                );
                assert!(
                    id.0 < 1 << super::queue::WHOM_BITS,
                    "more than 16.7 million leads in the system at once"
                );
                self.leads.push(lead);
                id
            }
        }
    }

    /// Forgets states of reps from before the oldest lead that may still have to be explained.
    pub fn forget_history(&mut self) {
        if self.history.is_long() {
            let model = self.model;
            // One that nobody means to work is only begun if a back-up is called.
            let forgotten =
                |l: &Lead| l.stalling && model.routing.tiers[usize::from(l.tier.0)].back_up.is_none();
            let waits = |l: &&Lead| {
                let begins = matches!(l.stage, Stage::Waiting | Stage::Away | Stage::PutDown | Stage::InHand);
                l.matters && l.attempted.is_none() && begins && !forgotten(l)
            };
            let oldest = self.leads.iter().filter(waits).filter_map(|l| l.routed).min();
            self.history.forget_before(oldest.unwrap_or(self.now));
            // Only waits of leads routed within the horizon are explained.
            let end = self.model.horizon.end;
            if self.now >= end && oldest.is_none_or(|routed| routed >= end) {
                self.history.close();
            }
        }
    }

    /// Business time of the lead's clock from `at` on.
    pub fn after_business(&self, id: LeadId, at: Instant, time: Span) -> Instant {
        self.hours(id).after(at, time).unwrap_or(Instant::MAX)
    }

    /// The lead's business hours.
    #[inline]
    pub fn hours(&self, id: LeadId) -> &'m crate::time::OpenHours {
        &self.model.leads.zones[usize::from(self.lead(id).zone.0)].hours
    }

    /// Whether leads wait for somebody to become eligible.
    #[inline]
    pub fn somebody_waits(&self) -> bool {
        !self.back_up_waiting.is_empty() || self.unassigned.iter().any(|leads| !leads.is_empty())
    }

    /// Whether the horizon is over and every lead of it has ended.
    #[inline]
    pub fn is_over(&self) -> bool {
        self.open_that_matter == 0 && self.now >= self.model.horizon.end
    }

    /// Whether nobody stands ready to be handed out, and nothing else comes at this instant.
    #[inline]
    pub fn is_settled(&self) -> bool {
        self.wake.is_empty()
            && !self.pool.offered
            && !self.recheck_unassigned
            && self.queue.next_at(self.now).is_none()
    }

    /// Free reps take what waits, and leads without an owner look for one: only once every agenda of this instant is played, else
    /// who is done at five would begin something new at five, and the first of those who come on shift together would get all leads.
    #[inline(always)]
    pub fn dispatch(&mut self) {
        if !self.wake.is_empty() || self.pool.offered || self.recheck_unassigned {
            self.hand_out();
        }
    }

    fn hand_out(&mut self) {
        if let Some(item) = self.pool.alone()
            && self.wake.is_empty()
            && super::choose::hand_out_one(self, item)
        {
            return;
        }
        self.pool.line_up();
        self.pool.in_lines = true;
        self.hand_out_lines();
        self.pool.in_lines = false;
    }

    /// The same for what stands in lines.
    fn hand_out_lines(&mut self) {
        loop {
            let mut next = self.queue.next_at(self.now);
            let waits = !self.wake.is_empty() || self.pool.offered;
            if waits && next.is_some_and(|kind| kind <= Kind::Agenda) {
                return;
            }
            if !self.wake.is_empty() {
                while let Some(rep) = self.wake.pop() {
                    super::choose::take_next(self, rep);
                }
                next = self.queue.next_at(self.now);
            }
            // What is noticed at one moment is handed out together, whatever its tier.
            if self.pool.offered && next != Some(Kind::Noticed) {
                self.pool.offered = false;
                super::choose::hand_out(self);
                if self.wake.is_empty() && !self.pool.offered && !self.recheck_unassigned {
                    return;
                }
                continue;
            }
            if !self.recheck_unassigned || next == Some(Kind::Agenda) {
                return;
            }
            self.recheck_unassigned = false;
            super::route::recheck_unassigned(self);
        }
    }
}
