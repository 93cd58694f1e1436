//! Plays the trials of a plan until its numbers are sharp enough to tell right from wrong, or the effort is spent.

use crate::clock::Clock;
use crate::estimate::Heard;
use crate::plan::{Plan, Row};
use crate::verdict::{Estimated, widest_error};
use leadsim::trial::{Prepared, STRATA};
use rayon::prelude::*;
use std::time::Duration;

/// Fewest independent trials behind a standard error; so many blocks of them where they share out their busyness.
const FEWEST: u64 = 200;

/// Trials are asked for in whole blocks, so that the answer does not depend on the machine's speed more than it must.
const BLOCK: u64 = 100;

/// Standard errors aimed at, as a part of the widest that counts: an estimate of an error has an error itself.
const AIM: f64 = 0.93;

/// What the runner may spend.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// Processor seconds for one case.
    pub seconds: f64,
    /// Seed of all chance.
    pub seed: u64,
    /// Whether trials share out their busyness in blocks.
    pub stratified: bool,
}

/// The outcome of a plan: one estimate per wanted number.
pub struct Answered {
    /// In the order of the plan.
    pub estimates: Vec<Estimated>,
    /// The plan's controls themselves.
    pub controls: Vec<Estimated>,
    /// Trials played.
    pub trials: u64,
    /// Processor time of the trials.
    pub spent: Duration,
}

/// Plays a plan: 200 trials, then as many more as their errors ask for.
///
/// The number of trials is settled by standard errors alone, looked at two or three times, so that the estimates stay unbiased to a small part of
/// their error.
///
/// # Errors
/// What the loader says about the scenario.
pub fn answer(plan: &Plan, name: &str, effort: Effort) -> Result<Answered, String> {
    let scenario = plan.load(name)?;
    let prepared = Prepared::new(&scenario.model).sharing_busyness(effort.stratified);
    let size = if effort.stratified { STRATA } else { 1 };
    let mut rows: Vec<Row> = Vec::new();
    let mut spent = Duration::ZERO;
    let mut goal = FEWEST * size;
    loop {
        let from = rows.len() as u64;
        spent += play(plan, &prepared, effort.seed, from, goal, &mut rows);
        let heard = Heard::new(&rows, size as usize, &plan.controls);
        let estimates: Vec<Estimated> = plan.wanted.iter().map(|wanted| heard.estimate(wanted)).collect();
        let trials = rows.len() as u64;
        let needed = needed(plan, &estimates) * trials as f64;
        let each = spent.as_secs_f64() / trials as f64;
        let affordable = effort.seconds / each.max(1e-9);
        let next = (needed.min(affordable) / BLOCK as f64).ceil() as u64 * BLOCK;
        if next <= trials || (needed > affordable && spent.as_secs_f64() > 0.8 * effort.seconds) {
            let controls = plan.controls.iter().map(|control| heard.of_control(control)).collect();
            return Ok(Answered { estimates, controls, trials, spent });
        }
        goal = next;
    }
}

/// How many times as many trials the widest of the errors asks for; 1 if all are sharp enough.
fn needed(plan: &Plan, estimates: &[Estimated]) -> f64 {
    let excess = |(wanted, found): (&crate::plan::Wanted, &Estimated)| {
        let widest = widest_error(wanted.number.exact, wanted.probability);
        match found.error <= widest {
            true => 1.0,
            false if found.error.is_finite() => (found.error / (AIM * widest)).powi(2),
            // Nothing seen yet: go on with twice as many.
            false => 2.0,
        }
    };
    plan.wanted.iter().zip(estimates).map(excess).fold(1.0, f64::max)
}

/// Plays trials `from..to` in parallel and keeps their rows in the order of their numbers.
fn play(
    plan: &Plan,
    prepared: &Prepared<'_>,
    seed: u64,
    from: u64,
    to: u64,
    rows: &mut Vec<Row>,
) -> Duration {
    let clock = Clock::start();
    let fresh: Vec<Row> =
        (from..to).into_par_iter().map(|trial| (plan.play)(prepared, seed, trial)).collect();
    rows.extend(fresh);
    clock.spent()
}
