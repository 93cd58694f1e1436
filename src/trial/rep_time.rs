//! Rep time by week and month: as each of them ends, what was booked since the one before is set apart.

use super::watch::{REP_STATES, RepState, Watch};
use super::world::World;
use crate::model::{Horizon, Model, Period, RepId};
use crate::time::{Instant, Span};

/// Time by state of rep.
type Spent = [Span; REP_STATES];

/// Where the account stands.
#[derive(Debug)]
pub(super) struct RepTime {
    /// When the next week or month of the horizon ends.
    turns: Instant,
    /// The horizon.
    from: Instant,
    until: Instant,
    /// What was booked so far.
    spent: Spent,
    /// Time on shift so far, lunch not counted, absences counted, by group.
    paid: Vec<Span>,
    /// What was booked when the present week, and the present month, began.
    booked: [Spent; 2],
    /// The same of the team's cost, dollars.
    cost: [f64; 2],
}

impl RepTime {
    pub fn new(model: &Model) -> Self {
        let horizon = &model.horizon;
        RepTime {
            turns: next_turn(horizon, horizon.start),
            from: horizon.start,
            until: horizon.end,
            spent: [Span::ZERO; REP_STATES],
            paid: vec![Span::ZERO; model.groups.len()],
            booked: [[Span::ZERO; REP_STATES]; 2],
            cost: [0.0; 2],
        }
    }

    /// Books a stretch of a rep of `group` on shift, as far as it lies inside the horizon.
    #[inline]
    pub fn book_stretch(&mut self, group: usize, state: RepState, from: Instant, until: Instant) {
        let (from, until) = (from.max(self.from), until.min(self.until));
        if from < until {
            self.book(group, state, until - from);
        }
    }

    /// Books time of a rep of `group` on shift under the state it was spent in.
    #[inline]
    pub fn book(&mut self, group: usize, state: RepState, time: Span) {
        self.spent[state as usize] += time;
        if state != RepState::Lunch {
            self.paid[group] += time;
        }
    }

    /// Minutes so far, by state.
    pub fn minutes(&self) -> [f64; REP_STATES] {
        self.spent.map(Span::as_minutes)
    }
}

/// The first end of a week or month after `at`, as far as the horizon reaches.
fn next_turn(horizon: &Horizon, at: Instant) -> Instant {
    let ends = horizon.weeks.iter().chain(&horizon.months).map(|period| period.end.min(horizon.end));
    ends.filter(|end| *end > at).min().unwrap_or(Instant::MAX)
}

/// Which of `periods` ends at `at`.
fn ends_at(periods: &[Period], horizon: &Horizon, at: Instant) -> Option<usize> {
    periods.iter().position(|period| period.end.min(horizon.end) == at)
}

impl<W: Watch> World<'_, '_, W> {
    /// Closes the weeks and months that have ended by now; everybody's time until then is booked under them.
    #[inline]
    pub fn turn_periods(&mut self) {
        while self.now >= self.rep_time.turns {
            self.turn();
        }
    }

    #[cold]
    fn turn(&mut self) {
        let at = self.rep_time.turns;
        let now = std::mem::replace(&mut self.now, at);
        for rep in (0..self.desks.len() as u32).map(RepId) {
            let desk = self.desk_mut(rep);
            let (state, since) = (desk.state, std::mem::replace(&mut desk.since, at));
            self.account(rep, state, since);
        }
        self.now = now;
        let horizon = &self.model.horizon;
        let (booked, cost) = (self.rep_time.spent, self.cost_so_far());
        let lists = [(&horizon.weeks, 0), (&horizon.months, horizon.weeks.len())];
        for (list, (periods, base)) in lists.into_iter().enumerate() {
            if let Some(period) = ends_at(periods, horizon, at) {
                let before = std::mem::replace(&mut self.rep_time.booked[list], booked);
                let minutes = &mut self.out.rep_minutes_by_period[base + period];
                for (state, minutes) in minutes.iter_mut().enumerate() {
                    *minutes = (booked[state] - before[state]).as_minutes();
                }
                let before = std::mem::replace(&mut self.rep_time.cost[list], cost);
                self.out.team_cost_by_period[base + period] = cost - before;
            }
        }
        self.rep_time.turns = next_turn(horizon, at);
    }

    /// What the team has cost within the horizon so far, dollars.
    pub fn cost_so_far(&self) -> f64 {
        let groups = self.model.groups.iter().zip(&self.rep_time.paid);
        groups.map(|(group, paid)| paid.as_hours() * group.cost_per_hour).sum()
    }
}
