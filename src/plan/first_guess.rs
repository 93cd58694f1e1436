//! Where the search for the smallest team begins: a rough guess from rates and handling times, which decides nothing.

use super::lead_work::{HOURS, Hours, LeadWork};
use super::size::{Candidate, Wanted};
use crate::analytic::ErlangC;
use crate::model::{Busyness, Commitment, Milestone, Model, Policy, Promise, TierId};
use crate::random::{Law, gamma_quantile};
use crate::stats::law::normal_quantile;
use crate::time::Target;

/// What the first size was chosen by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The smallest team that Erlang's formula finds in time often enough.
    ErlangC,
    /// The smallest team whose desk time holds the lead work of every hour; no share in time was asked, or none of the sizes reaches it by
    /// Erlang's formula.
    DeskTime,
    /// Today's size: the lever is no headcount, or no size holds the work.
    Today,
    /// The same, and today's size is not among them: the middle one.
    Middle,
}

/// Where the search begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Began {
    /// Place among the candidates.
    pub place: usize,
    /// How it was chosen.
    pub how: How,
    /// Rep-hours of lead work that the busiest hour of the week brings; 0 where nothing was reckoned.
    pub busiest: f64,
    /// Share of a shift that is left for leads: without meetings, lunch, own work and days away.
    pub at_desk: f64,
}

impl Began {
    /// Without a guess: at today's size, or in the middle of so many.
    pub fn without_a_guess(today: Option<usize>, candidates: usize) -> Self {
        let how = if today.is_some() { How::Today } else { How::Middle };
        Began { place: today.unwrap_or(candidates / 2), how, busiest: 0.0, at_desk: 1.0 }
    }
}

/// The first probe among `candidates` whose lever is a headcount, ordered from the smallest: the first team that Erlang C, hour by hour of
/// the week (Green and Kolesar 1991), finds in time often enough; else the first whose desk time holds the work. None where no team does.
pub fn guess(candidates: &[Candidate], wanted: &Wanted) -> Option<Began> {
    let began = |place: usize, how| {
        let team = Team::of(&candidates[place].model);
        let busiest = team.loads(&wanted.commitments).iter().map(|load| load.all).fold(0.0, f64::max);
        Began { place, how, busiest, at_desk: team.hours.at_desk }
    };
    let agreement = &candidates.first()?.model.agreement;
    // A promise that hangs on no wait says nothing: then the work must fit.
    if wanted.commitments.iter().any(|&i| within(&agreement.commitments[i]).is_some()) {
        let holds = |its: &Candidate| {
            let team = Team::of(&its.model);
            wanted.commitments.iter().all(|&i| team.would_hold(i, wanted.probability))
        };
        if let Some(place) = candidates.iter().position(holds) {
            return Some(began(place, How::ErlangC));
        }
    }
    let fits = |its: &Candidate| Team::of(&its.model).holds_the_work(&wanted.commitments);
    candidates.iter().position(fits).map(|place| began(place, How::DeskTime))
}

/// Busyness of days is stood for by so many equally likely values.
const BUSY_DAYS: usize = 8;

/// Steps in which the delay until a rep notices is taken.
const NOTICE_STEPS: usize = 12;

/// Hours after which a line has surely forgotten what was: a day.
const MOST_RELAXED: f64 = 24.0;

/// Minutes on which a promise of a first attempt hangs.
fn within(commitment: &Commitment) -> Option<f64> {
    let Promise::Timed { to: Milestone::Attempted, within, .. } = &commitment.promise else { return None };
    match within.target {
        Target::Wall(span) | Target::Business(span) | Target::SkippingClosedDays(span) => {
            Some(span.as_minutes())
        }
        _ => None,
    }
}

/// What an hour of the week brings.
#[derive(Clone, Copy, Default)]
struct Load {
    /// Rep-hours of lead work, all of it.
    all: f64,
    /// Of it, what is done before or with leads of the promise.
    first: f64,
    /// Leads under the promise.
    leads: f64,
}

/// One candidate.
struct Team<'a> {
    model: &'a Model,
    hours: Hours,
    work: LeadWork,
    /// Hours of a task.
    task: f64,
}

impl<'a> Team<'a> {
    fn of(model: &'a Model) -> Self {
        let (hours, work) = (Hours::of(model), LeadWork::of(model));
        let a_week: Vec<f64> = hours.leads.iter().map(|hours| hours.iter().sum()).collect();
        let task = work.task(&a_week) / 60.0;
        Team { model, hours, work, task }
    }

    /// Hours of the week with somebody on shift.
    fn staffed(&self) -> impl Iterator<Item = usize> {
        (0..HOURS).filter(|hour| self.hours.reps[*hour] > 0.0)
    }

    /// The work of every hour on shift: new leads as they come; follow-ups, and what comes while nobody is there, spread over all of them.
    fn loads(&self, commitments: &[usize]) -> [Load; HOURS] {
        let covers = |tier: usize| {
            commitments.iter().any(|&i| {
                let scope = &self.model.agreement.commitments[i].scope.tiers;
                scope.is_empty() || scope.contains(&TierId(tier as u8))
            })
        };
        let order = self.model.groups.first().map(|group| &group.order);
        let rank = |tier: usize| order.map_or(0, |order| order.new[tier]);
        let tiers = 0..self.model.leads.tiers.len();
        let last = tiers.clone().filter(|tier| covers(*tier)).map(rank).max().unwrap_or(u8::MAX);
        let on_shift = self.staffed().count().max(1) as f64;
        let mut loads = [Load::default(); HOURS];
        for tier in tiers {
            let leads = &self.hours.leads[tier];
            let a_week: f64 = leads.iter().sum();
            let while_closed = a_week - self.staffed().map(|hour| leads[hour]).sum::<f64>();
            for hour in self.staffed() {
                let new = (leads[hour] + while_closed / on_shift) * self.work.first[tier] / 60.0;
                let later = a_week * self.work.later[tier] / 60.0 / on_shift;
                let load = &mut loads[hour];
                load.all += new + later;
                load.first += if rank(tier) <= last { new } else { 0.0 };
                load.first += if order.is_none_or(|order| order.follow_up <= last) { later } else { 0.0 };
                load.leads += if covers(tier) { leads[hour] } else { 0.0 };
            }
        }
        loads
    }

    /// Whether the desk time of all hours on shift holds their lead work.
    fn holds_the_work(&self, commitments: &[usize]) -> bool {
        let loads = self.loads(commitments);
        let holds = |hour: usize| loads[hour].all < self.hours.reps[hour] * self.hours.at_desk;
        self.staffed().count() > 0 && self.staffed().all(holds)
    }

    /// Whether the share in time is, as far as Erlang's formula goes, high enough above the goal for a trial to reach it with the wanted
    /// probability. The share of a trial is taken as normal; waits of leads that come within the line's relaxation time go together.
    fn would_hold(&self, commitment: usize, probability: f64) -> bool {
        let promise = &self.model.agreement.commitments[commitment];
        let Some(minutes) = within(promise) else { return true };
        let loads = self.loads(&[commitment]);
        let (mut leads, mut kept, mut together) = (0.0, 0.0, 0.0);
        for hour in self.staffed() {
            for times in busy_days(&self.model.busyness) {
                let (share, clump) = self.in_time(promise, hour, loads[hour], times, minutes);
                let n = loads[hour].leads * self.hours.often[hour] * times / BUSY_DAYS as f64;
                leads += n;
                kept += n * share;
                together += n * clump;
            }
        }
        if leads <= 0.0 {
            return true;
        }
        let (share, clump) = (kept / leads, together / leads);
        let sd = (share * (1.0 - share) * clump / leads).sqrt();
        share - normal_quantile(probability) * sd >= promise.goal.share
    }

    /// Share of an hour's leads begun within so many minutes, on days so many times as busy, and how many leads share one fate.
    fn in_time(&self, promise: &Commitment, hour: usize, load: Load, times: f64, minutes: f64) -> (f64, f64) {
        let tier = promise.scope.tiers.first().map_or(0, |tier| usize::from(tier.0));
        let rules = &self.model.routing.tiers[tier];
        let owners = rules.policy == Policy::RoundRobin && rules.back_up.is_none();
        // Of a rotation each rep has a line of their own, and a rep who is away from the desk is late.
        let (lines, there, reps) = match owners {
            true => (self.hours.reps[hour].max(1.0), self.hours.at_desk, 1.0),
            false => (1.0, 1.0, self.hours.reps[hour] * self.hours.at_desk),
        };
        let task = self.task;
        let (all, first) = (load.all * times / lines, load.first * times / lines);
        let waited = |minutes: f64| {
            let whole = |reps: f64| begun_within(all, first, task, reps as u32, minutes / 60.0);
            whole(reps.floor()) + reps.fract() * (whole(reps.floor() + 1.0) - whole(reps.floor()))
        };
        let notice = self.model.groups.first().map(|group| &group.attention[tier].delay);
        let share = notice.map_or_else(|| waited(minutes), |law| after_notice(law, minutes, &waited));
        if task <= 0.0 {
            return (there * share, 1.0);
        }
        let free = ((reps.max(1.0) / task).sqrt() - (all / task).sqrt()).max(0.0);
        let relaxed = if free > 0.0 { free.powi(-2).min(MOST_RELAXED) } else { MOST_RELAXED };
        (there * share, 1.0 + load.leads * times / lines * relaxed)
    }
}

/// Probability that a task that goes before others is begun within so many hours, where `all` rep-hours of work an hour come, `first` of
/// them before or with it, in tasks of one mean length (Erlang 1917; the wait of those first in line: Davis 1966).
fn begun_within(all: f64, first: f64, task: f64, reps: u32, hours: f64) -> f64 {
    if reps == 0 || first >= f64::from(reps) {
        return 0.0;
    }
    if all <= 0.0 || task <= 0.0 {
        return 1.0;
    }
    let nobody_free = ErlangC::new(all / task, 1.0 / task, reps).map_or(1.0, |line| line.wait_probability());
    1.0 - nobody_free * (-(f64::from(reps) - first) / task * hours).exp()
}

/// The same where a rep first has to notice.
fn after_notice(notice: &Law, minutes: f64, waited: &dyn Fn(f64) -> f64) -> f64 {
    let step = minutes / NOTICE_STEPS as f64;
    let mut share = notice.cdf(0.0) * waited(minutes);
    for n in 0..NOTICE_STEPS {
        let (from, until) = (step * n as f64, step * (n + 1) as f64);
        share += (notice.cdf(until) - notice.cdf(from)) * waited(minutes - (from + until) / 2.0);
    }
    share
}

/// Equally likely busyness of a day, mean about 1.
fn busy_days(busyness: &Busyness) -> [f64; BUSY_DAYS] {
    match busyness {
        Busyness::None => [1.0; BUSY_DAYS],
        Busyness::Daily { shape } | Busyness::Weekly { shape } => {
            std::array::from_fn(|n| gamma_quantile(*shape, (n as f64 + 0.5) / BUSY_DAYS as f64) / shape)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three rep-hours an hour in half-hour tasks: Erlang's C(6, 3) is 0.0991, and half an hour later e^-3 of it.
    #[test]
    fn a_share_in_time_is_erlangs() {
        assert!((begun_within(3.0, 3.0, 0.5, 6, 0.0) - 0.900_858).abs() < 1e-5);
        let later = 1.0 - 0.099_142 * (-3.0_f64).exp();
        assert!((begun_within(3.0, 3.0, 0.5, 6, 0.5) - later).abs() < 1e-5);
        // hot leads go first where follow-ups alone are too much; without reps nothing is begun
        assert!(begun_within(7.0, 1.0, 0.5, 6, 1.0) > 0.999 && begun_within(7.0, 7.0, 0.5, 6, 1.0) == 0.0);
        assert_eq!(begun_within(1.0, 1.0, 0.5, 0, 1.0), 0.0);
    }

    #[test]
    fn who_notices_at_once_only_waits() {
        let waited = |minutes: f64| minutes / 100.0;
        assert!((after_notice(&Law::Constant(0.0), 30.0, &waited) - 0.3).abs() < 1e-12);
        assert_eq!(after_notice(&Law::Constant(40.0), 30.0, &waited), 0.0);
    }
}
