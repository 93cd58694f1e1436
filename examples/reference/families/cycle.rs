//! Days with a rhythm: Poisson arrivals whose rate swings like a sine, answered phase by phase; and the way there from an empty desk.

use crate::case::{Case, Number};
use crate::plan::{Plan, Wanted};
use crate::text::{Law, Source, Stretch, Team, Unit, desk};
use crate::watch::phases::{Phases, Settings, column, phase, share};
use serde_json::Value;

const WEEK: f64 = 7.0 * 24.0 * 60.0;

/// Steps of a week's profile.
const STEPS: usize = 168;

/// A line in a rhythm: its cycle is a week of the scenario, so that its rate is a staircase of 168 steps; the staircase has the sine's own mean in every
/// step, and moves no number by more than (2π/168)²/12 = 0.012 % of the swing.
///
/// # Errors
/// Why it cannot be translated.
pub fn rhythm(case: &Case) -> Result<Vec<Plan>, String> {
    let of = |key: &str| case.number(&["arrivals", key]);
    let (level, swing, period) = (of("l0")?, of("A")?, of("period")?);
    let handling = Law::of(case.model.get("service").unwrap_or(&Value::Null))?;
    let unit = Unit { minutes: WEEK / period };
    let unlimited = case.text("servers") == "unlimited";
    let servers = if unlimited {
        // As good as unlimited: nine standard deviations above the highest mean.
        let most = (level + swing) * handling.mean();
        (most + 9.0 * most.sqrt() + 10.0).ceil() as u32
    } else {
        case.count("servers")?
    };
    let turn = std::f64::consts::TAU / STEPS as f64;
    let steps: Vec<f64> = (0..STEPS)
        .map(|step| {
            let (from, to) = (step as f64 * turn, (step + 1) as f64 * turn);
            level + swing * (from.cos() - to.cos()) / turn
        })
        .collect();
    let source = Source { per_hour: unit.per_hour(level), keys: format!("hourly = {steps:?}") };
    let team = Team { reps: servers, then: "oldest first", keys: String::new() };
    let stretch = Stretch { days: 7 * 24, run_in_weeks: 2 };
    let mut scenario = desk(stretch, unit, &[source], &[handling], &team);
    if leaving(case) > 0.0 {
        let patience = unit.law(&Law::Exponential(1.0 / leaving(case)));
        scenario.push_str(&format!("[buyers.patience]\nleaves_after = {patience}\n"));
    }
    look(case, scenario, unit, servers, Some(WEEK))
}

/// How many in a unit of time of those who wait leave the line.
fn leaving(case: &Case) -> f64 {
    case.number_or(&["patience_rate"], 0.0)
}

/// The way from an empty desk, looked at once a trial.
///
/// # Errors
/// Why it cannot be translated.
pub fn from_empty(case: &Case) -> Result<Vec<Plan>, String> {
    let servers = case.count("servers")?;
    let mut last = 0.0_f64;
    for number in case.numbers() {
        last = last.max(case.time(number.key(1))?);
    }
    let unit = Unit { minutes: 1430.0 / last };
    let handling = Law::of(case.model.get("service").unwrap_or(&Value::Null))?;
    let source = Source { per_hour: unit.per_hour(case.number(&["arrivals", "rate"])?), keys: String::new() };
    let team = Team { reps: servers, then: "oldest first", keys: String::new() };
    let scenario = desk(Stretch { days: 1, run_in_weeks: 0 }, unit, &[source], &[handling], &team);
    look(case, scenario, unit, servers, None)
}

fn look(
    case: &Case,
    scenario: String,
    unit: Unit,
    servers: u32,
    cycle: Option<f64>,
) -> Result<Vec<Plan>, String> {
    let numbers = case.numbers();
    let (mut phases, mut cuts, mut above) = (Vec::new(), Vec::new(), i64::MAX);
    for number in &numbers {
        let keys = (number.key(0), number.path.len());
        let at = number.path.last().map_or("", String::as_str);
        match keys {
            ("variance_equals_mean", _) => continue,
            ("P_start_within", 3) => push(&mut cuts, case.time(number.key(1))?),
            (name, _) => {
                if let Some(limit) = name.strip_prefix("P_in_progress_gt_") {
                    above = limit.parse().map_err(|_| format!("`{name}` names no number"))?;
                }
            }
        }
        push(&mut phases, case.time(at)?);
    }
    let settings = Settings {
        phases: phases.iter().map(|time| time * unit.minutes).collect(),
        cycle,
        servers: vec![servers; phases.len()],
        above,
        cuts: cuts.iter().map(|time| time * unit.minutes).collect(),
        leaving: leaving(case) / unit.minutes,
    };
    let mut wanted = Vec::new();
    for number in &numbers {
        wanted.extend(of_number(case, number, &settings, &phases, &cuts)?);
    }
    let play = Box::new(move |prepared: &leadsim::trial::Prepared<'_>, seed, trial| {
        let mut heard = Phases::new(prepared.model, &settings).with_luck(seed, trial);
        leadsim::trial::run(prepared, seed, trial, &mut heard);
        heard.finish()
    });
    Ok(vec![Plan { scenario, play, wanted, controls: Vec::new() }])
}

fn push(times: &mut Vec<f64>, time: f64) {
    if !times.contains(&time) {
        times.push(time);
    }
}

fn of_number(
    case: &Case,
    number: &Number,
    settings: &Settings,
    phases: &[f64],
    cuts: &[f64],
) -> Result<Option<Wanted>, String> {
    let find = |times: &[f64], key: &str| {
        let time = case.time(key)?;
        times.iter().position(|other| *other == time).ok_or_else(|| format!("no look at {key}"))
    };
    if number.key(0) == "variance_equals_mean" {
        return Ok(Some(variance_over_mean(number, settings)));
    }
    let place = find(phases, number.path.last().map_or("", String::as_str))?;
    let of = |what| column(settings, place, what);
    Ok(Some(match number.key(0) {
        "EN" | "mean_in_progress" | "mean_in_system" => {
            Wanted::ratio(number, of(phase::SYSTEM), of(phase::LOOKS), 1.0)
        }
        "P_wait" => Wanted::share(number, share(settings, place, phase::FULL)),
        "P_empty" => Wanted::share(number, share(settings, place, phase::EMPTY)),
        "P_start_within" => {
            let cut = find(cuts, number.key(1))?;
            Wanted::share(number, share(settings, place, phase::WITHIN + cut))
        }
        name if name.starts_with("P_in_progress_gt_") => {
            Wanted::share(number, share(settings, place, phase::ABOVE))
        }
        _ => return Ok(None),
    }))
}

/// Variance over mean of the number in progress, averaged over the phases: 1 for a Poisson number.
fn variance_over_mean(number: &Number, settings: &Settings) -> Wanted {
    let columns: Vec<[usize; 3]> = (0..settings.phases.len())
        .map(|place| {
            [phase::LOOKS, phase::SYSTEM, phase::SYSTEM_SQUARED].map(|what| column(settings, place, what))
        })
        .collect();
    Wanted::of(number, move |mean| {
        let ratio = |[looks, sum, squares]: &[usize; 3]| {
            let average = mean[*sum] / mean[*looks];
            (mean[*squares] / mean[*looks] - average * average) / average
        };
        columns.iter().map(ratio).sum::<f64>() / columns.len() as f64
    })
}
