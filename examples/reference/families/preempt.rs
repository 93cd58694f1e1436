//! Classes of leads of which the higher take a rep off the lower: what is put down goes on later where it stopped.

use super::formulas::Reading;
use crate::case::{Case, Number};
use crate::plan::{Control, Plan, Wanted};
use crate::text::{Law, Source, Stretch, Team, Unit, desk};
use crate::watch::line::{Columns, POWERS, Settings, class};
use crate::watch::ranks::{Flows, RANK, Ranks};
use leadsim::time::Span;
use serde_json::Value;

const WEEK: f64 = 7.0 * 24.0 * 60.0;

/// Leads judged in a trial.
const LEADS: f64 = 16_000.0;

fn classes(case: &Case) -> Result<Vec<(f64, Law)>, String> {
    if let Some(described) = case.model.get("classes_high_to_low").and_then(Value::as_array) {
        let read = |one: &Value| {
            let rate = one.get("rate").and_then(Value::as_f64).ok_or("a class without a rate")?;
            Ok((rate, Law::of(one.get("service").unwrap_or(&Value::Null))?))
        };
        return described.iter().map(read).collect();
    }
    let handling = Law::of(case.model.get("service").unwrap_or(&Value::Null))?;
    Ok(case.list("arrivals_by_class")?.into_iter().map(|rate| (rate, handling.clone())).collect())
}

/// The plan of a case with interrupted handling.
///
/// # Errors
/// Why it cannot be translated.
pub fn plans(case: &Case) -> Result<Vec<Plan>, String> {
    let classes = classes(case)?;
    let servers = case.count("servers")?;
    let leads: f64 = classes.iter().map(|(rate, _)| rate).sum();
    let loads: Vec<f64> = classes.iter().map(|(rate, law)| rate * law.mean()).collect();
    let load: f64 = loads.iter().sum();
    if load >= f64::from(servers) {
        return Err("the line never settles".to_string());
    }
    let mean = load / leads;
    let memory = mean / (f64::from(servers).sqrt() - load.sqrt()).powi(2);
    let unit = Unit { minutes: (WEEK / (10.0 * memory)).min(20.0 / mean) };
    let settings = Settings {
        classes: classes.len(),
        servers,
        cuts: Vec::new(),
        apart: Span::from_minutes_f64(3.0 * memory * unit.minutes),
        rates: None,
    };
    let flows = flows(&classes, unit);
    let columns = Columns::new(&settings);
    let reading = Reading { case, columns, unit, servers, cuts: Vec::new(), loads };
    let mut wanted = Vec::new();
    for number in &case.numbers() {
        let own = of_number(number, columns, unit)?;
        let found = if own.is_some() { own } else { reading.wanted(number)? };
        wanted.push(found.ok_or_else(|| format!("no reading of `{}`", number.name()))?);
    }
    let controls = controls(flows.is_some(), classes.len(), Ranks::first(&settings));
    let sources: Vec<Source> = classes
        .iter()
        .map(|(rate, _)| Source { per_hour: unit.per_hour(*rate), keys: String::new() })
        .collect();
    let handling: Vec<Law> = classes.into_iter().map(|(_, law)| law).collect();
    let team = Team { reps: servers, then: "oldest first", keys: "put_down_for = [\"new\"]".to_string() };
    let stretch = Stretch::of_arrivals(LEADS, unit.per_hour(leads));
    let scenario = desk(stretch, unit, &sources, &handling, &team);
    let play = Box::new(move |prepared: &leadsim::trial::Prepared<'_>, seed, trial| {
        let mut heard = Ranks::new(prepared.model, &settings, flows.clone());
        leadsim::trial::run(prepared, seed, trial, &mut heard);
        heard.finish()
    });
    Ok(vec![Plan { scenario, play, wanted, controls }])
}

/// The rates beside which martingales run, where handling is memoryless and alike.
fn flows(classes: &[(f64, Law)], unit: Unit) -> Option<Flows> {
    let mean = classes[0].1.mean();
    let alike = classes.iter().all(|(_, law)| *law == Law::Exponential(mean));
    let arrivals = classes.iter().map(|(rate, _)| rate / unit.minutes).collect();
    alike.then(|| Flows { arrivals, ending: 1.0 / mean / unit.minutes })
}

fn controls(there: bool, classes: usize, first: usize) -> Vec<Control> {
    let name = |column: usize| match column % RANK < POWERS {
        true => "arrivals of a rank beyond their rate",
        false => "endings of a rank beyond their rate",
    };
    let columns = if there { classes * RANK } else { 0 };
    (0..columns).map(|column| Control { name: name(column), column: first + column, mean: 0.0 }).collect()
}

fn of_number(number: &Number, columns: Columns, unit: Unit) -> Result<Option<Wanted>, String> {
    let class_of = |key: &str| key.parse::<usize>().map_err(|_| format!("`{key}` is no place in a list"));
    Ok(Some(match number.key(0) {
        "EW_sojourn_by_class" => {
            let class = class_of(number.key(1))?;
            let of = |what| columns.of(class, what);
            Wanted::ratio(number, of(class::STAY), of(class::ENDED), 1.0 / unit.minutes).controlled()
        }
        // Time not in hand, before and after being put down; the leads' own handling does not blur it.
        "EW_minus_mean_service" => {
            let class = class_of(number.key(1))?;
            let of = |what| columns.of(class, what);
            Wanted::ratio(number, of(class::WAITING), of(class::ENDED), 1.0 / unit.minutes).controlled()
        }
        _ => return Ok(None),
    }))
}
