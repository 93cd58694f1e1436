//! Coverage of the estimators on reference cases: trials drawn exactly, without the engine, and told to the estimators as a study tells them.
//!
//! Truths are the cases' own numbers (ERLC-03: Erlang 1917; COMP-*: dynamic programmes; AVAR-01: Daley 1968).

use super::chain::Shift;
use super::tally::{Coverage, RUNS, Told, asked};
use leadsim::model::Goal;
use leadsim::stats::{Confidence, DurationHistogram, RatioTally, proportion, skewness};
use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Gamma, Poisson};
use rayon::prelude::*;

/// What a trial leaves: the wait of every lead, hours.
type Waits = Vec<f64>;

/// A line with one kind of lead, each handled by the first free of a few reps; hours.
#[derive(Debug, Clone, Copy)]
struct Line {
    per_hour: f64,
    handled_per_hour: f64,
    reps: usize,
    hours: f64,
    /// Whether it begins as it is in the long run, or empty.
    stationary: bool,
}

fn exponential(source: &mut Xoshiro256PlusPlus, rate: f64) -> f64 {
    -(1.0 - source.random::<f64>()).ln() / rate
}

impl Line {
    /// One trial: every rep's next free moment, lead by lead (Kiefer & Wolfowitz 1955).
    fn play(&self, source: &mut Xoshiro256PlusPlus) -> Waits {
        let mut free = vec![0.0; self.reps];
        let mut take = |source: &mut Xoshiro256PlusPlus, now: f64| {
            let first =
                (1..free.len()).fold(0, |first, rep| if free[rep] < free[first] { rep } else { first });
            let begun = f64::max(free[first], now);
            free[first] = begun + exponential(source, self.handled_per_hour);
            begun - now
        };
        if self.stationary {
            for _ in 0..self.inside(source) {
                take(source, 0.0);
            }
        }
        let mut waits = Vec::new();
        let mut now = exponential(source, self.per_hour);
        while now <= self.hours {
            waits.push(take(source, now));
            now += exponential(source, self.per_hour);
        }
        waits
    }

    /// Leads in the system in the long run: chances by the balance of comings and goings.
    fn inside(&self, source: &mut Xoshiro256PlusPlus) -> usize {
        let busy = self.per_hour / self.handled_per_hour;
        let chances = std::iter::successors(Some((0, 1.0)), |&(inside, chance)| {
            let next = inside + 1;
            Some((next, chance * busy / next.min(self.reps) as f64))
        });
        let chances = || chances.clone().take(400);
        let total: f64 = chances().map(|(_, chance)| chance).sum();
        let mut left = source.random::<f64>() * total;
        let found = chances().find(|(_, chance)| {
            left -= chance;
            left < 0.0
        });
        found.map_or(0, |(inside, _)| inside)
    }
}

/// Exact numbers of a line.
struct Truths {
    /// Hours, and the share of leads begun within them.
    within: Vec<(f64, f64)>,
    /// A share of leads, and the hours within which it is begun.
    quantiles: Vec<(f64, f64)>,
    mean_wait: f64,
    /// A goal for leads that do not wait, and how often a trial reaches it.
    holds: Vec<(f64, f64)>,
}

/// Two thousand macro-runs of so many trials, each from a seed of its own.
fn measure(line: Line, truths: &Truths, trials: u64, coverage: &mut Coverage) {
    let one = |run: u64| {
        let mut source = Xoshiro256PlusPlus::seed_from_u64(0x00c0_0000 + run);
        let days: Vec<Waits> = (0..trials).map(|_| line.play(&mut source)).collect();
        told(&days, truths)
    };
    let runs: Vec<Vec<Told>> = (0..RUNS).into_par_iter().map(one).collect();
    runs.into_iter().for_each(|told| coverage.add(trials, told));
}

/// The intervals of one macro-run.
fn told(days: &[Waits], truths: &Truths) -> Vec<Told> {
    let mut told = Vec::new();
    for (hours, truth) in &truths.within {
        let mut tally = RatioTally::default();
        for waits in days {
            tally.add(waits.iter().filter(|wait| **wait <= *hours).count() as u64, waits.len() as u64);
        }
        told.push((
            format!("ratio: share begun within {:.0} min", hours * 60.0),
            tally.estimate(0.95),
            *truth,
        ));
    }
    let mut histogram = DurationHistogram::default();
    days.iter().for_each(|waits| {
        histogram.add_trial(&waits.iter().map(|wait| wait * 3600.0).collect::<Vec<_>>(), 0)
    });
    for (share, truth) in &truths.quantiles {
        let found = histogram.quantile(*share, 0.95).expect("every lead is begun");
        told.push((format!("quantile: p{:.0} of the wait", share * 100.0), found, truth * 3600.0));
    }
    let pairs: Vec<(f64, f64)> =
        days.iter().map(|waits| (waits.iter().sum::<f64>() * 60.0, waits.len() as f64)).collect();
    let mean = skewness::ratio_at(&pairs, &Confidence::at(0.95, pairs.len() as u64));
    told.push(("ratio: mean wait".into(), mean, truths.mean_wait * 60.0));
    for (share, truth) in &truths.holds {
        let goal = Goal { share: *share, stated: true };
        let holds = |waits: &&Waits| {
            goal.holds(waits.iter().filter(|wait| **wait == 0.0).count() as u64, waits.len() as u64)
        };
        let found = proportion::wilson(days.iter().filter(holds).count() as u64, days.len() as u64, 0.95);
        told.push((format!("Wilson: {:.0} % goal holds", share * 100.0), found, *truth));
    }
    told
}

/// ERLC-03: 42 leads an hour, eight minutes each, seven reps; one stationary hour a trial.
fn erlang() -> (Line, Truths) {
    let line = Line { per_hour: 42.0, handled_per_hour: 7.5, reps: 7, hours: 1.0, stationary: true };
    let truths = Truths {
        within: vec![(5.0 / 60.0, 0.7974310663221172), (0.25, 0.9647987975742426)],
        quantiles: vec![(0.9, 0.150562862462398)],
        mean_wait: 0.046279772411917386,
        holds: Vec::new(),
    };
    (line, truths)
}

/// COMP-MMC-DAY: eight hours from empty; quantiles and the mean wait from the chain, which is held against the case's numbers.
fn day(reps: usize, holds: Vec<(f64, f64)>, kept: f64, shares: &[f64]) -> (Line, Truths) {
    let line = Line { per_hour: 6.0, handled_per_hour: 2.0, reps, hours: 8.0, stationary: false };
    let shift = Shift { per_hour: 6.0, handled_per_hour: 2.0, reps, hours: 8.0, busyness: None };
    let exact = shift.exact();
    let quantiles = shares.iter().map(|share| (*share, exact.quantile(*share) / 60.0)).collect();
    (line, Truths { within: vec![(0.0, kept)], quantiles, mean_wait: exact.mean_wait() / 60.0, holds })
}

fn day_of_five() -> (Line, Truths) {
    day(5, vec![(0.8, 0.6088782852769287), (0.9, 0.3428734313973419)], 0.7991205326532627, &[0.9, 0.95])
}

fn day_of_seven() -> (Line, Truths) {
    day(7, Vec::new(), 0.9679340184285967, &[])
}

/// AVAR-01: one rep, half busy, a stationary stretch of 100 handling times a trial.
fn one_rep() -> (Line, Truths) {
    let line = Line { per_hour: 0.5, handled_per_hour: 1.0, reps: 1, hours: 100.0, stationary: true };
    // P(wait > t) = ρ exp(−(μ − λ) t).
    let quantile = |share: f64| (0.5 / (1.0 - share)).ln() / 0.5;
    let truths = Truths {
        within: vec![(0.0, 0.5)],
        quantiles: [0.9, 0.95].map(|share| (share, quantile(share))).into(),
        mean_wait: 1.0,
        holds: Vec::new(),
    };
    (line, truths)
}

/// COMP-GAMPOIS: leads Gamma(8)-Poisson with mean 240, each on time with chance 0.93; so on-time and late ones are Poisson apart.
fn independent(trials: u64, coverage: &mut Coverage) {
    let busyness = Gamma::new(8.0, 1.0 / 8.0).expect("a positive shape");
    let one = |run: u64| -> Vec<Told> {
        let mut source = Xoshiro256PlusPlus::seed_from_u64(0x00d0_0000 + run);
        let mut tally = RatioTally::default();
        let mut held = [0; 2];
        let goals = [(0.9, 0.9519305462344653), (0.92, 0.7332496976456294)];
        for _ in 0..trials {
            let mean = 240.0 * busyness.sample(&mut source);
            let mut leads = |share: f64| {
                let law = Poisson::new((mean * share).max(1e-12)).expect("a positive mean");
                law.sample(&mut source) as u64
            };
            let (kept, late) = (leads(0.93), leads(0.07));
            tally.add(kept, kept + late);
            for (held, (share, _)) in held.iter_mut().zip(goals) {
                *held += u64::from(Goal { share, stated: true }.holds(kept, kept + late));
            }
        }
        let mut told = vec![("ratio: share on time".into(), tally.estimate(0.95), 0.93)];
        for (held, (share, truth)) in held.into_iter().zip(goals) {
            told.push((
                format!("Wilson: {:.0} % goal holds", share * 100.0),
                proportion::wilson(held, trials, 0.95),
                truth,
            ));
        }
        told
    };
    let runs: Vec<Vec<Told>> = (0..RUNS).into_par_iter().map(one).collect();
    runs.into_iter().for_each(|told| coverage.add(trials, told));
}

fn covers(what: &str, (line, truths): (Line, Truths)) {
    let mut coverage = Coverage::default();
    std::iter::once(200).chain(asked()).for_each(|trials| measure(line, &truths, trials, &mut coverage));
    coverage.print(what);
    coverage.assert_at(what, 200);
}

#[test]
fn an_hour_of_a_pool_covers() {
    covers("ERLC-03", erlang());
}

#[test]
fn a_day_from_empty_covers() {
    covers("COMP-MMC-DAY, 5 reps", day_of_five());
}

#[test]
fn a_day_of_rare_misses_covers() {
    covers("COMP-MMC-DAY, 7 reps", day_of_seven());
}

#[test]
fn a_single_rep_covers() {
    covers("AVAR-01", one_rep());
}

#[test]
fn leads_apart_on_days_that_differ_cover() {
    let mut coverage = Coverage::default();
    std::iter::once(200).chain(asked()).for_each(|trials| independent(trials, &mut coverage));
    coverage.print("COMP-GAMPOIS");
    coverage.assert_at("COMP-GAMPOIS", 200);
}
