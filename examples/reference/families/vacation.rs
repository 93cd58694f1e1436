//! A rep who turns to own work whenever nothing else is there: one task after another, or one and then waiting for work.

use super::formulas::Reading;
use crate::case::Case;
use crate::plan::{Plan, Wanted};
use crate::text::{Law, Source, Stretch, Team, Unit, desk};
use crate::watch::line::{Columns, Settings};
use crate::watch::reps::{Reps, column};
use leadsim::time::Span;
use serde_json::Value;

const WEEK: f64 = 7.0 * 24.0 * 60.0;

/// Leads judged in a trial.
const LEADS: f64 = 16_000.0;

/// The plan of a case with own work in idle time.
///
/// # Errors
/// Why it cannot be translated.
pub fn plans(case: &Case) -> Result<Vec<Plan>, String> {
    let law = |key: &str| Law::of(case.model.get(key).unwrap_or(&Value::Null));
    let (handling, own_work) = (law("service")?, law("vacation")?);
    let (rate, servers) = (case.number(&["arrivals", "rate"])?, case.count("servers")?);
    let policy = case.model.get("vacation").and_then(|vacation| vacation.get("policy"));
    let when_idle = match policy.and_then(Value::as_str).unwrap_or("") {
        policy if policy.contains("another one starts") => "again and again",
        policy if policy.starts_with("one vacation after each busy period") => "once",
        policy => return Err(format!("unknown policy \"{policy}\"")),
    };
    let load = rate * handling.mean();
    if servers != 1 || load >= 1.0 {
        return Err("the line never settles, or has several reps".to_string());
    }
    let uneven = ((handling.scv() + 1.0) / 2.0).max(0.5);
    let memory = uneven * handling.mean() / (1.0 - load.sqrt()).powi(2) + 4.0 * own_work.mean();
    let unit = Unit { minutes: (WEEK / (10.0 * memory)).min(60.0 / handling.mean()) };
    let keys = format!(
        "[team.reps.own_work.prospecting]\nwhen_idle = \"{when_idle}\"\nlength = {}",
        unit.law(&own_work)
    );
    let source = Source { per_hour: unit.per_hour(rate), keys: String::new() };
    let stretch = Stretch::of_arrivals(LEADS, source.per_hour);
    let team = Team { reps: servers, then: "oldest first", keys };
    let scenario = desk(stretch, unit, &[source], &[handling], &team);
    let apart = Span::from_minutes_f64(memory * unit.minutes);
    let settings = Settings { classes: 1, servers, cuts: Vec::new(), apart, rates: None };
    let first = Reps::first(&settings);
    let columns = Columns::new(&settings);
    let reading = Reading { case, columns, unit, servers, cuts: Vec::new(), loads: vec![load] };
    let mut wanted = Vec::new();
    for number in &case.numbers() {
        let found = match number.key(0) {
            "P_on_vacation" => {
                Some(Wanted::ratio(number, first + column::OWN_WORK, first + column::ALL, 1.0))
            }
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
