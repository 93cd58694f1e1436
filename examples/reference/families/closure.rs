//! Nightly closure: reps for part of the day, leads day and night, responses on the business clock and on the wall clock.

use crate::case::{Case, Number};
use crate::plan::{Plan, Share, Wanted};
use crate::text::{Law, Source, Stretch, Team, Unit, desk};
use crate::watch::phases::{Phases, Settings, column, phase, share};
use crate::watch::response::{Measure, Response, Responses};
use leadsim::time::Instant;
use serde_json::Value;

const DAY: f64 = 24.0 * 60.0;

/// The plans of a line that closes at night: its cycle is a day of the scenario.
///
/// # Errors
/// Why it cannot be translated.
pub fn plans(case: &Case) -> Result<Vec<Plan>, String> {
    let (cycle, open) = (case.number(&["cycle_hours"])?, case.number(&["open_hours"])?);
    let unit = Unit { minutes: DAY / cycle };
    let hours = open * unit.minutes / 60.0;
    if hours.fract() != 0.0 || hours <= 0.0 || hours >= 24.0 {
        return Err("rates change on the hour only, and this closing time is none".to_string());
    }
    let interruption = match case.text("closing_policy") {
        policy if policy.contains("resumes") || policy.contains("pause") => "pause",
        policy if policy.contains("finish") => "finish",
        policy => return Err(format!("unknown closing policy \"{policy}\"")),
    };
    let servers = case.count("servers_when_open")?;
    let rates = (case.number(&["arrival_rate_open"])?, case.number(&["arrival_rate_closed"])?);
    let shares: Vec<f64> =
        (0..24).map(|hour| if f64::from(hour) < hours { rates.0 } else { rates.1 }).collect();
    let mean = shares.iter().sum::<f64>() / 24.0;
    let source = Source { per_hour: unit.per_hour(mean), keys: format!("hour_shares = {shares:?}") };
    let keys = format!("shift = \"Mon-Sun 00:00-{hours:02}:00\"\ninterruption = \"{interruption}\"");
    let team = Team { reps: servers, then: "oldest first", keys };
    let handling = Law::of(case.model.get("service").unwrap_or(&Value::Null))?;
    let scenario = desk(Stretch { days: 56, run_in_weeks: 4 }, unit, &[source], &[handling], &team);
    let (of_times, of_leads): (Vec<Number>, Vec<Number>) =
        case.numbers().into_iter().partition(|number| !number.key(0).starts_with("P_response"));
    Ok(vec![
        numbers_in_system(scenario.clone(), hours * 60.0, servers, &of_times)?,
        responses(case, scenario, unit, hours * 60.0, &of_leads)?,
    ])
}

fn numbers_in_system(scenario: String, open: f64, servers: u32, numbers: &[Number]) -> Result<Plan, String> {
    let settings = Settings {
        phases: vec![0.0, open],
        cycle: Some(DAY),
        servers: vec![servers; 2],
        above: i64::MAX,
        cuts: Vec::new(),
        leaving: 0.0,
    };
    let leads = column(&settings, 2, 0);
    let mean = |number: &Number, place| {
        let of = |what| column(&settings, place, what);
        Wanted::ratio(number, of(phase::SYSTEM), of(phase::LOOKS), 1.0)
    };
    let mut wanted = Vec::new();
    for number in numbers {
        wanted.push(match number.key(0) {
            "EN_at_opening" => mean(number, 0),
            "EN_at_closing" => mean(number, 1),
            "P_N_at_opening_ge_c" => Wanted::share(number, share(&settings, 0, phase::FULL)),
            "leads_per_day" => Wanted::ratio(number, leads, column(&settings, 0, phase::LOOKS), 1.0),
            _ => continue,
        });
    }
    let play = Box::new(move |prepared: &leadsim::trial::Prepared<'_>, seed, trial| {
        let mut heard = Phases::new(prepared.model, &settings);
        let outcome = leadsim::trial::run(prepared, seed, trial, &mut heard);
        let mut row = heard.finish();
        row.push(outcome.tiers.iter().map(|tier| f64::from(tier.funnel.mqls)).sum());
        row
    });
    Ok(Plan { scenario, play, wanted, controls: Vec::new() })
}

/// Open minutes from midnight of day 0 to `at`, if every day is open for its first `open` minutes.
fn open_minutes(at: Instant, open: f64) -> f64 {
    let minutes = at.micros() as f64 / 6e7;
    let days = (minutes / DAY).floor();
    days * open + (minutes - days * DAY).min(open)
}

fn responses(
    case: &Case,
    scenario: String,
    unit: Unit,
    open: f64,
    numbers: &[Number],
) -> Result<Plan, String> {
    let mut cuts: Vec<(bool, f64)> = Vec::new();
    let mut wanted = Vec::new();
    for number in numbers {
        let business = number.key(0).contains("business");
        cuts.push((business, case.time(number.key(1))? * unit.minutes));
        let hits = cuts.len();
        wanted.push(Wanted::share(number, Share { hits, tries: 0, apart: (hits, 0) }));
    }
    let columns = cuts.len() + 1;
    let measure: Measure = Box::new(move |response: &Response, row: &mut [f64]| {
        let calendar = (response.begun - response.created).as_minutes();
        let business = open_minutes(response.begun, open) - open_minutes(response.created, open);
        row[0] += 1.0;
        for (place, (on_business, cut)) in cuts.iter().enumerate() {
            // A wait of exactly the cut, to the last digit of this subtraction, is within it.
            let wait = if *on_business { business } else { calendar };
            row[place + 1] += f64::from(u8::from(wait <= cut + 1e-6));
        }
    });
    let play = Box::new(move |prepared: &leadsim::trial::Prepared<'_>, seed, trial| {
        let mut heard = Responses::new(prepared.model, columns, &measure);
        leadsim::trial::run(prepared, seed, trial, &mut heard);
        heard.finish()
    });
    Ok(Plan { scenario, play, wanted, controls: Vec::new() })
}
