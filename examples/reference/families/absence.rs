//! Reps called away at random moments: what is in hand pauses until they are back, or goes back to the head of the line.

use super::formulas::Reading;
use crate::case::Case;
use crate::plan::{Plan, Wanted};
use crate::text::{Law, Source, Stretch, Team, Unit, desk};
use crate::watch::line::{Columns, Settings, time};
use crate::watch::reps::{Reps, column};
use leadsim::time::Span;
use serde_json::Value;

const WEEK: f64 = 7.0 * 24.0 * 60.0;

/// Leads judged in a trial.
const LEADS: f64 = 16_000.0;

/// The plan of a case with absences.
///
/// # Errors
/// Why it cannot be translated.
pub fn plans(case: &Case) -> Result<Vec<Plan>, String> {
    let handling = Law::of(case.model.get("service").unwrap_or(&Value::Null))?;
    let (rate, servers) = (case.number(&["arrivals", "rate"])?, case.count("servers")?);
    let (leaving, returning, interruption) = absences(case)?;
    let memory = memory(rate, &handling, servers, leaving, returning)?;
    let unit = Unit { minutes: (WEEK / (10.0 * memory)).min(60.0 / handling.mean()) };
    let keys = format!(
        "[team.reps.away.calls]\nafter = {}\nlength = {}\ninterruption = \"{interruption}\"",
        unit.law(&Law::Exponential(1.0 / leaving)),
        unit.law(&Law::Exponential(1.0 / returning))
    );
    let source = Source { per_hour: unit.per_hour(rate), keys: String::new() };
    let stretch = Stretch::of_arrivals(LEADS, source.per_hour);
    let team = Team { reps: servers, then: "oldest first", keys };
    let scenario = desk(stretch, unit, &[source], &[handling], &team);
    let apart = Span::from_minutes_f64(memory * unit.minutes);
    let settings = Settings { classes: 1, servers, cuts: Vec::new(), apart, rates: None };
    let first = Reps::first(&settings);
    let columns = Columns::new(&settings);
    let reading = Reading { case, columns, unit, servers, cuts: Vec::new(), loads: Vec::new() };
    let mut wanted = Vec::new();
    for number in &case.numbers() {
        let found = match number.key(0) {
            "availability" => {
                let (away, all) = (first + column::AWAY, first + column::ALL);
                let wanted = Wanted::of(number, move |mean| 1.0 - mean[away] / mean[all]);
                Some(wanted.taken_for_probability())
            }
            // Leads stand in line only while no rep who is there is free, so this is "as many leads as reps who are there, or more".
            "P_all_present_busy" => Some(Wanted::ratio(number, first + column::NOBODY_FREE, time::ALL, 1.0)),
            "EL_waiting" => Some(Wanted::ratio(number, time::WAITING, time::ALL, 1.0)),
            _ => reading.wanted(number)?,
        };
        wanted.push(found.ok_or_else(|| format!("no reading of `{}`", number.name()))?);
    }
    let play = Box::new(move |prepared: &leadsim::trial::Prepared<'_>, seed, trial| {
        let mut heard = Reps::new(prepared.model, &settings);
        leadsim::trial::run(prepared, seed, trial, &mut heard);
        heard.finish()
    });
    Ok(vec![Plan { scenario, play, wanted, controls: Vec::new() }])
}

/// Rates at which a rep who is there is called away and one who is away comes back, and what becomes of the task in hand.
fn absences(case: &Case) -> Result<(f64, f64, &'static str), String> {
    if case.model.get("interruptions").is_some() {
        let of = |key: &str| case.number(&["interruptions", key]);
        return Ok((of("rate")?, of("end_rate")?, "pause"));
    }
    let of = |key: &str| case.number(&[key]);
    Ok((of("leave_rate_per_present_rep")?, of("return_rate_per_absent_rep")?, "hand back"))
}

/// How long the line remembers, in the case's unit: as one whose handling times hold the absences that fall into them (White & Christie 1958), twice
/// over for what happens to idle reps.
fn memory(rate: f64, handling: &Law, servers: u32, leaving: f64, returning: f64) -> Result<f64, String> {
    let (mean, servers) = (handling.mean(), f64::from(servers));
    let stretched = mean * (1.0 + leaving / returning);
    let load = rate * stretched;
    if load >= servers {
        return Err("the line never settles".to_string());
    }
    let uneven = 1.0 + leaving * mean / (returning * stretched).powi(2);
    Ok(2.0 * uneven * stretched / (servers.sqrt() - load.sqrt()).powi(2))
}
