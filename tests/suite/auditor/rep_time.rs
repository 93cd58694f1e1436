//! P4, rep time adds up: busy + idle + meeting + off is the calendar, what the trial booked is what was seen, and the minutes booked on a
//! lead are the minutes somebody had it in hand.

use super::scene::Scene;
use super::told::Told;
use super::{Property, Wrong};
use leadsim::model::{Horizon, RepId};
use leadsim::time::{Instant, Span};
use leadsim::trial::{Happening, Outcome, REP_STATES, RepState};

/// Microseconds by state.
type Micros = [i64; REP_STATES];

pub struct RepTime {
    since: Vec<(Instant, RepState)>,
    total: Micros,
    /// By period, weeks, then months.
    by_period: Vec<Micros>,
    paid: Vec<i64>,
    /// All time, the run-in and run-out included.
    calendar: Vec<i64>,
    /// Lunches of days of absence, which are not paid.
    lunches: i64,
}

impl RepTime {
    pub fn new(scene: &Scene<'_>) -> Self {
        let (horizon, reps) = (&scene.model.horizon, scene.reps.len());
        RepTime {
            since: vec![(horizon.opens, RepState::Off); reps],
            total: [0; REP_STATES],
            by_period: vec![[0; REP_STATES]; horizon.weeks.len() + horizon.months.len()],
            paid: vec![0; reps],
            calendar: vec![0; reps],
            lunches: 0,
        }
    }

    pub fn hear(&mut self, scene: &Scene<'_>, told: &Told, wrong: &mut Wrong) {
        match *told {
            Told::Rep(rep, state) => {
                let before = self.since[rep.0 as usize].1;
                wrong.unless(before != state, Property::P4, scene.now, || {
                    format!("{rep:?} goes from {state:?} to itself")
                });
                self.book(&scene.model.horizon, rep, scene.now);
                self.since[rep.0 as usize].1 = state;
                if state == RepState::Absent {
                    self.unpaid_lunch(scene, rep);
                }
            }
            Told::Lead(id, facts, Happening::Ended(_)) => {
                let Some(seen) = scene.leads.get(&id) else { return };
                let going_on = seen.handled_since.map_or(Span::ZERO, |since| scene.now - since);
                let handled = (seen.handled + going_on).as_minutes();
                // Each phase is rounded to a microsecond.
                let near = (facts.minutes - handled).abs() < 1e-5;
                wrong.unless(near, Property::P4, scene.now, || {
                    format!("lead {}: {} minutes booked, {handled} in hand", facts.number, facts.minutes)
                });
            }
            _ => {}
        }
    }

    fn book(&mut self, horizon: &Horizon, rep: RepId, now: Instant) {
        let (since, state) = std::mem::replace(&mut self.since[rep.0 as usize], (now, RepState::Off));
        self.since[rep.0 as usize].1 = state;
        self.calendar[rep.0 as usize] += (now - since).micros();
        let micros =
            |start: Instant, end: Instant| (now.min(end) - since.max(start)).max(Span::ZERO).micros();
        let inside = micros(horizon.start, horizon.end);
        self.total[state as usize] += inside;
        if state.is_paid() {
            self.paid[rep.0 as usize] += inside;
        }
        for (sums, period) in self.by_period.iter_mut().zip(horizon.weeks.iter().chain(&horizon.months)) {
            sums[state as usize] += micros(period.start.max(horizon.start), period.end.min(horizon.end));
        }
    }

    fn unpaid_lunch(&mut self, scene: &Scene<'_>, rep: RepId) {
        let person = &scene.model.reps[rep.0 as usize];
        let day = person.days.iter().position(|day| day.starts <= scene.now && scene.now < day.ends);
        if let Some((starts, length)) = day.and_then(|day| person.lunch_on(day))
            && scene.model.horizon.contains(starts)
        {
            self.lunches += length.micros();
            self.paid[rep.0 as usize] -= length.micros();
        }
    }

    pub fn close(mut self, scene: &Scene<'_>, outcome: &Outcome, wrong: &mut Wrong) {
        let horizon = &scene.model.horizon;
        let end = scene.now.max(horizon.end);
        for rep in scene.all_reps() {
            self.book(horizon, rep, end);
        }
        let all = (end - horizon.opens).micros();
        for (rep, seen) in self.calendar.iter().enumerate() {
            wrong.unless(*seen == all, Property::P4, end, || {
                format!("rep {rep}: {seen} of {all} microseconds seen")
            });
        }
        let judged = (horizon.end - horizon.start).micros() * self.calendar.len() as i64;
        let sum: i64 = self.total.iter().sum();
        wrong.unless(sum == judged, Property::P4, end, || {
            format!("{sum} of {judged} rep-microseconds in the horizon")
        });
        let (absent, lunch) = (RepState::Absent as usize, RepState::Lunch as usize);
        self.total[absent] -= self.lunches;
        self.total[lunch] += self.lunches;
        for state in 1..REP_STATES {
            let seen = Span::from_micros(self.total[state]).as_minutes();
            wrong.near(Property::P4, outcome.rep_minutes[state], seen, 1e-9, || {
                format!("rep minutes in state {state}")
            });
        }
        for (period, (seen, told)) in self.by_period.iter().zip(&outcome.rep_minutes_by_period).enumerate() {
            // Lunches of absences are moved from one to the other on the day they were due.
            let seen = |state: usize| Span::from_micros(seen[state]).as_minutes();
            wrong.near(Property::P4, told[absent] + told[lunch], seen(absent) + seen(lunch), 1e-9, || {
                format!("absent and lunch, period {period}")
            });
            for state in (1..REP_STATES).filter(|state| ![absent, lunch].contains(state)) {
                wrong.near(Property::P4, told[state], seen(state), 1e-9, || {
                    format!("state {state}, period {period}")
                });
            }
        }
        let cost: f64 = scene
            .all_reps()
            .zip(&self.paid)
            .map(|(rep, paid)| Span::from_micros(*paid).as_hours() * scene.group(rep).cost_per_hour)
            .sum();
        wrong.near(Property::P4, outcome.team_cost, cost, 1e-9, || "cost of the team".to_string());
    }
}
