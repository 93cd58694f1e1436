//! `leadsim trace`: one lead's life, told stamp by stamp.

use super::args::Trace;
use super::failure::Failure;
use super::work::Work;
use super::{opening, say};
use crate::plan::replay;
use crate::report::{self, thousands};
use crate::study::calibrate_decay;
use crate::trial::Prepared;
use std::process::ExitCode;

/// Runs the command.
pub(super) fn trace(arguments: &Trace) -> Result<ExitCode, Failure> {
    let scenario = opening::scenario(&arguments.scenario, false)?;
    Work::of(&scenario, 1, 1).refuse_too_large("--trials")?;
    let seed = arguments.seed.or(scenario.study.seed).unwrap_or(1);
    let mut model = scenario.model.clone();
    calibrate_decay(&scenario.base, &mut model)?;
    let prepared = Prepared::new(&model).sharing_busyness(arguments.stratified);
    let Some(story) = replay::lead_of(&prepared, seed, arguments.trial, arguments.lead) else {
        let leads = replay::trial_of(&prepared, seed, arguments.trial, false).leads.len() as u64;
        return Err(Failure::Argument(format!(
            "trial {} of seed {seed} has {} leads, and no lead {}\n  choose --lead from 1 to {leads}",
            arguments.trial,
            thousands(leads),
            arguments.lead
        )));
    };
    say(&report::story(&model, &story, arguments.trial, seed))?;
    Ok(ExitCode::SUCCESS)
}
