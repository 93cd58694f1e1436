//! What reps are doing, and what keeps in step with it: their time, who is free and at the desk, the clocks of the desk, the history.

use super::queue::Kind;
use super::watch::{RepState, Watch};
use super::world::World;
use crate::model::RepId;
use crate::time::{Instant, Span};

impl<W: Watch> World<'_, '_, W> {
    /// Changes what a rep is doing; keeps time accounts, sets, desk clocks and the history in step.
    #[inline]
    pub fn set_state(&mut self, rep: RepId, state: RepState) {
        self.set_state_for(rep, state, 0);
    }

    /// The same, with the tier of the new lead the rep takes in hand.
    #[inline(always)]
    pub fn set_state_for(&mut self, rep: RepId, state: RepState, tier: u8) {
        if self.desks[rep.0 as usize].state != state {
            self.change_state(rep, state, tier);
        }
    }

    #[inline(never)]
    fn change_state(&mut self, rep: RepId, state: RepState, tier: u8) {
        let now = self.now;
        self.turn_periods();
        let desk = &mut self.desks[rep.0 as usize];
        let before = std::mem::replace(&mut desk.state, state);
        let since = std::mem::replace(&mut desk.since, now);
        desk.began = now;
        if before != RepState::Off {
            self.rep_time.book_stretch(desk.group, before, since, now);
        }
        if (before == RepState::Free) != (state == RepState::Free) {
            self.free.flip(rep);
        }
        // From one thing at the desk to another, the usual change, no other set differs.
        if before.min(state) < RepState::Free {
            self.come_or_go(rep, before, state);
        }
        self.history.record(self.prepared, now, rep, state, tier);
        self.watch.rep(now, rep, state);
    }

    /// The rep comes to the desk or leaves it, or changes from one thing to another away from it.
    #[inline(never)]
    fn come_or_go(&mut self, rep: RepId, before: RepState, state: RepState) {
        let differs = |set: fn(RepState) -> bool| set(before) != set(state);
        if differs(|state| state >= RepState::Free) {
            self.at_desk.flip(rep);
            self.change_desk(rep, state >= RepState::Free);
        }
        if differs(|state| state > RepState::Absent) {
            self.on_shift.flip(rep);
            self.recheck_unassigned |= self.somebody_waits();
        }
        if differs(|state| state != RepState::Off) {
            self.in_shift.flip(rep);
            // A rotation that knows shifts only gives leads to those on leave, too.
            self.recheck_unassigned |= self.somebody_waits();
        }
    }

    /// The rep arrives at or leaves the desk: attention runs or stands still.
    fn change_desk(&mut self, rep: RepId, at_desk: bool) {
        let now = self.now;
        let desk = &mut self.desks[rep.0 as usize];
        if at_desk {
            desk.arrived = now;
            if let Some(at) = desk.alerts.start(now) {
                self.queue.push(at, Kind::Noticed, rep.0, desk.alerts.stamp);
            }
            self.pool.attend(&self.prepared.classes_of_rep[rep.0 as usize], now, &mut self.queue);
            self.recheck_unassigned |= self.somebody_waits();
        } else {
            desk.alerts.stop(now);
            let arrived = desk.arrived;
            self.pool.desert(&self.prepared.classes_of_rep[rep.0 as usize], now);
            self.cover(arrived, now);
        }
    }

    /// Books rep time from `since` until now under the state it was spent in, inside the horizon only.
    #[inline]
    pub fn account(&mut self, rep: RepId, state: RepState, since: Instant) {
        if state != RepState::Off {
            self.rep_time.book_stretch(self.desks[rep.0 as usize].group, state, since, self.now);
        }
    }

    /// A day of absence is booked whole; its lunch is not paid.
    pub fn unpaid_lunch(&mut self, rep: RepId, lunch: Option<(Instant, Span)>) {
        let Some((starts, length)) = lunch else { return };
        if self.model.horizon.contains(starts) {
            self.turn_periods();
            let group = self.model.reps[rep.0 as usize].group;
            self.rep_time.book(group, RepState::Absent, Span::ZERO - length);
            self.rep_time.book(group, RepState::Lunch, length);
        }
    }

    /// Books a stretch on shift and present under its months, for the balance across reps.
    pub fn account_presence(&mut self, rep: RepId, since: Instant) {
        let horizon = &self.model.horizon;
        let (mut from, until) = (since.max(horizon.start), self.now.min(horizon.end));
        while from < until {
            let Some(month) = horizon.month_of(from) else { break };
            let end = horizon.months[month].end.min(until);
            self.desks[rep.0 as usize].present_by_month[month] += (end - from).as_minutes();
            from = end;
        }
    }

    /// Adds desk hours to the hours of the company's week.
    pub fn cover(&mut self, from: Instant, until: Instant) {
        let horizon = &self.model.horizon;
        let (from, until) = (from.max(horizon.start), until.min(horizon.end));
        if from < until {
            self.desk_hours.add(&self.prepared.company, from, until);
        }
    }
}
