//! Leads that find nobody free and call again later: no line, only leads between calls.

use crate::case::Case;
use crate::plan::{Plan, Share, Wanted};
use crate::text::{Law, Source, Stretch, Team, Unit, desk};
use crate::watch::calls::{Calls, column};
use crate::watch::line::{Columns, Settings, class, time};
use leadsim::time::Span;
use serde_json::Value;

const WEEK: f64 = 7.0 * 24.0 * 60.0;

/// Leads judged in a trial.
const LEADS: f64 = 16_000.0;

/// The plan of a case whose leads call again.
///
/// # Errors
/// Why it cannot be translated.
pub fn plans(case: &Case) -> Result<Vec<Plan>, String> {
    let law = |key: &str| Law::of(case.model.get(key).unwrap_or(&Value::Null));
    let (handling, between) = (law("service")?, law("retry_delay")?);
    let (rate, servers) = (case.number(&["arrivals", "rate"])?, case.count("servers")?);
    let gives_up = match case.number(&["give_up_probability"]) {
        Ok(chance) => vec![chance],
        Err(_) => vec![1.0 - case.number(&["H1"])?, 1.0 - case.number(&["H2"])?],
    };
    let memory = memory(rate * handling.mean(), f64::from(servers), &handling, &between, &gives_up)?;
    let unit = Unit { minutes: (WEEK / (10.0 * memory)).min(60.0 / handling.mean()) };
    let source = Source { per_hour: unit.per_hour(rate), keys: String::new() };
    let stretch = Stretch::of_arrivals(LEADS, source.per_hour);
    let team = Team { reps: servers, then: "oldest first", keys: String::new() };
    let mut scenario = desk(stretch, unit, &[source], &[handling], &team);
    // Chances to the last digit that decimals have: 1 − 0.7 is no round number in binary.
    let chances: Vec<String> = gives_up.iter().map(|chance| format!("{chance:.12}")).collect();
    scenario.push_str(&format!(
        "[routing.calls_again]\nafter = {}\ngives_up = [{}]\nthen = \"closed\"\n",
        unit.law(&between),
        chances.join(", ")
    ));
    let apart = Span::from_minutes_f64(memory * unit.minutes);
    let settings = Settings { classes: 1, servers, cuts: Vec::new(), apart, rates: None };
    let wanted = wanted(case, &settings, unit)?;
    let play = Box::new(move |prepared: &leadsim::trial::Prepared<'_>, seed, trial| {
        let mut heard = Calls::new(prepared.model, &settings);
        leadsim::trial::run(prepared, seed, trial, &mut heard);
        heard.finish()
    });
    Ok(vec![Plan { scenario, play, wanted, controls: Vec::new() }])
}

/// How long the number of leads between calls remembers, in the case's unit: as a line does, or until most have given up.
fn memory(load: f64, servers: f64, handling: &Law, between: &Law, gives_up: &[f64]) -> Result<f64, String> {
    let last = gives_up.last().copied().unwrap_or(0.0);
    if last > 0.0 {
        return Ok(3.0 * (between.mean() / last + handling.mean()));
    }
    if load >= servers {
        return Err("the number of leads between calls never settles".to_string());
    }
    let line = handling.mean() / (servers.sqrt() - load.sqrt()).powi(2);
    Ok(line + between.mean() / (1.0 - load / servers))
}

fn wanted(case: &Case, settings: &Settings, unit: Unit) -> Result<Vec<Wanted>, String> {
    let (columns, first) = (Columns::new(settings), Calls::first(settings));
    let of = |what| columns.of(columns.all(), what);
    let share = |hits| Share { hits, tries: of(class::ENDED), apart: (hits, of(class::ENDED)) };
    let mut wanted = Vec::new();
    for number in &case.numbers() {
        let per_time = |top| Wanted::ratio(number, top, time::ALL, 1.0);
        let per_lead = |what, factor| Wanted::ratio(number, first + what, of(class::ENDED), factor);
        wanted.push(match number.key(0) {
            "P_first_attempt_blocked" => Wanted::share(number, share(first + column::BLOCKED)),
            "E_orbit" => per_time(time::WAITING),
            "E_busy" => per_time(time::BUSY),
            "P_served" => Wanted::misses(number, share(of(class::LEFT))),
            "P_leak" => Wanted::share(number, share(of(class::LEFT))),
            "E_time_in_orbit_per_lead" => per_lead(column::BETWEEN, 1.0 / unit.minutes),
            "E_retries_per_lead" => per_lead(column::AGAIN, 1.0),
            name => return Err(format!("no reading of `{name}`")),
        });
    }
    Ok(wanted)
}
