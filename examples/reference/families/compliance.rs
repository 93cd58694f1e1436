//! How often a day's promise holds: the law of on-time leads among all leads of a short horizon, one independent day a trial.

use crate::case::{Case, Number, whole};
use crate::plan::{Plan, Row, Share, Wanted};
use crate::text::{Law, Source, Stretch, Team, Unit, desk, opening};
use crate::watch::response::{Measure, Response, Responses};
use leadsim::model::Goal;
use serde_json::Value;
use std::fmt::Write;

/// Columns of a day.
const DAYS: usize = 0;
const LEADS: usize = 1;
const LATE: usize = 2;
const LEADS_SQUARED: usize = 3;
const LATE_SQUARED: usize = 4;
const BOTH: usize = 5;
const SHARE: usize = 6;
const SHARE_SQUARED: usize = 7;
const ANY: usize = 8;
const NONE: usize = 9;
const HELD: usize = 10;

/// One day's row: counts, products, and whether each goal held by the product's own rule.
fn day(leads: u64, late: u64, goals: &[f64]) -> Row {
    let (all, missed) = (leads as f64, late as f64);
    let share = if leads > 0 { 1.0 - missed / all } else { 0.0 };
    let any = f64::from(u8::from(leads > 0));
    let mut row = vec![
        1.0,
        all,
        missed,
        all * all,
        missed * missed,
        all * missed,
        share,
        share * share,
        any,
        1.0 - any,
    ];
    let holds = |goal: &f64| Goal { share: *goal, stated: true }.holds(leads - late, leads);
    row.extend(goals.iter().map(|goal| f64::from(u8::from(holds(goal)))));
    row
}

/// The goals that numbers ask for, in their order.
fn goals(numbers: &[Number]) -> Result<Vec<f64>, String> {
    let keys = numbers.iter().filter_map(|number| {
        let place = number.path.iter().position(|key| key == "P_compliance_ge")?;
        number.path.get(place + 1)
    });
    keys.map(|key| key.parse().map_err(|_| format!("`{key}` is no goal"))).collect()
}

fn wanted(numbers: &[Number]) -> Vec<Wanted> {
    let mut found = Vec::new();
    let mut goal = 0;
    let covariance =
        |top: usize, one: usize, other: usize| move |mean: &[f64]| mean[top] - mean[one] * mean[other];
    let plain = |hits| Share { hits, tries: DAYS, apart: (hits, DAYS) };
    for number in numbers {
        let name = number.path.iter().find(|key| !key.starts_with("c=")).map_or("", String::as_str);
        found.push(match name {
            "E_arrivals" => Wanted::ratio(number, LEADS, DAYS, 1.0),
            "E_late" => Wanted::ratio(number, LATE, DAYS, 1.0),
            "ratio_of_expectations" => Wanted::of(number, |mean| 1.0 - mean[LATE] / mean[LEADS]),
            "mean_of_daily_ratio_given_any_lead" => Wanted::ratio(number, SHARE, ANY, 1.0),
            "sd_of_daily_ratio" => Wanted::of(number, |mean| {
                (mean[SHARE_SQUARED] / mean[ANY] - (mean[SHARE] / mean[ANY]).powi(2)).sqrt()
            }),
            "P_no_leads" => Wanted::share(number, plain(NONE)),
            "P_compliance_ge" => {
                goal += 1;
                Wanted::share(number, plain(HELD + goal - 1))
            }
            "Var_arrivals" => Wanted::of(number, covariance(LEADS_SQUARED, LEADS, LEADS)),
            "Var_late" => Wanted::of(number, covariance(LATE_SQUARED, LATE, LATE)),
            "Cov_arrivals_late" => Wanted::of(number, covariance(BOTH, LEADS, LATE)),
            "delta_method_variance_per_replication" => Wanted::of(number, |mean| {
                let late = mean[LATE] / mean[LEADS];
                let of_late = mean[LATE_SQUARED] - mean[LATE] * mean[LATE];
                let of_both = mean[BOTH] - mean[LEADS] * mean[LATE];
                let of_leads = mean[LEADS_SQUARED] - mean[LEADS] * mean[LEADS];
                (of_late - 2.0 * late * of_both + late * late * of_leads) / mean[LEADS].powi(2)
            }),
            _ => continue,
        });
    }
    found
}

/// Plays one day a trial and judges its only commitment.
fn judged(scenario: String, numbers: &[Number]) -> Result<Vec<Plan>, String> {
    let goals = goals(numbers)?;
    let play = Box::new(move |prepared: &leadsim::trial::Prepared<'_>, seed, trial| {
        let outcome = leadsim::trial::run(prepared, seed, trial, &mut leadsim::trial::Unwatched);
        let tally = outcome.commitments[0].all;
        day(u64::from(tally.judged), u64::from(tally.judged - tally.kept), &goals)
    });
    Ok(vec![Plan { scenario, play, wanted: wanted(numbers), controls: Vec::new() }])
}

/// Every lead is on time with the same chance, whatever happens to others: the automation routes it at once, or it fails and a person does,
/// too late. A day's leads are Poisson, or Poisson with a busyness of the day.
///
/// # Errors
/// Why it cannot be translated.
pub fn independent(case: &Case) -> Result<Vec<Plan>, String> {
    let on_time = case.number(&["P_on_time"])?;
    let mean = case.number(&["leads", "mean"])?;
    let mut text = opening(Stretch { days: 1, run_in_weeks: 0 });
    if let Ok(shape) = case.number(&["leads", "shape"]) {
        let _ = writeln!(text, "[leads.busyness]\nper = \"day\"\nshape = {shape}");
    }
    let _ = writeln!(text, "[sources.web]\nper_day = {mean}\n[routing]\npolicy = \"pool\"");
    let _ = writeln!(text, "fails = {}\nby_hand = {{ delay = \"2h\", clock = \"wall\" }}", 1.0 - on_time);
    let _ = writeln!(text, "[team.reps]\ncount = 1");
    let _ = writeln!(text, "[commitments.M]\nfrom = \"created\"\nto = \"routed\"\nwithin = \"1h\"");
    judged(text, &case.numbers())
}

/// Slots: a list of leads comes in at the start of every slot, and every rep handles exactly one lead a slot.
///
/// # Errors
/// Why it cannot be translated.
pub fn slots(case: &Case) -> Result<Vec<Plan>, String> {
    let (slots, target) = (case.count("slots")?, case.number(&["target_slots"])?);
    let mean = case.number(&["leads_per_slot", "mean"])?;
    let length = case.number(&["service", "value"])?;
    // A slot is an hour of the scenario.
    let days = slots.div_ceil(24).max(1);
    let at: Vec<String> =
        (0..slots).map(|slot| format!("\"2026-02-{:02} {:02}:00\"", 2 + slot / 24, slot % 24)).collect();
    if 2 + days > 28 {
        return Err("more slots than a month of hours".to_string());
    }
    let most = (mean + 12.0 * mean.sqrt() + 12.0).ceil() as usize;
    let mut weights = vec![1.0];
    for size in 1..=most {
        weights.push(weights[size - 1] * mean / size as f64);
    }
    let values: Vec<usize> = (0..=most).collect();
    let mut text = opening(Stretch { days, run_in_weeks: 0 });
    let _ = writeln!(text, "[sources.list.upload]\nat = [{}]", at.join(", "));
    let _ = writeln!(text, "leads = {{ values = {values:?}, weights = {weights:?} }}");
    let _ = writeln!(text, "[routing]\npolicy = \"pool\"\n[team.reps]\ncount = {}", case.count("servers")?);
    let unit = Unit { minutes: 60.0 };
    let _ = writeln!(text, "then = \"oldest first\"\n[work]\ndial = {}", unit.span(length));
    let _ = writeln!(
        text,
        "[commitments.S]\nfrom = \"created\"\nto = \"attempted\"\nwithin = {}",
        unit.span(target)
    );
    judged(text, &case.numbers())
}

/// A line from an empty desk over one day, for each of several teams: a lead is on time if a rep is free when it comes.
///
/// # Errors
/// Why it cannot be translated.
pub fn line_from_empty(case: &Case) -> Result<Vec<Plan>, String> {
    let horizon = case.number(&["horizon"])?;
    if case.text("on_time") != "wait = 0" {
        return Err(format!("on time means \"{}\"", case.text("on_time")));
    }
    // Eight hours of arrivals, then quiet until midnight.
    let unit = Unit { minutes: 8.0 * 60.0 / horizon };
    let shares: Vec<u8> = (0..24).map(|hour| u8::from(hour < 8)).collect();
    let rate = case.number(&["arrivals", "rate"])?;
    let handling = Law::of(case.model.get("service").unwrap_or(&Value::Null))?;
    let mut plans = Vec::new();
    for servers in case.list("servers")? {
        let key = format!("c={servers}");
        let numbers: Vec<Number> = case.numbers().into_iter().filter(|number| number.key(0) == key).collect();
        let goals = goals(&numbers)?;
        let keys = format!("hour_shares = {shares:?}");
        let source = Source { per_hour: unit.per_hour(rate) / 3.0, keys };
        let team = Team { reps: whole(servers)?, then: "oldest first", keys: String::new() };
        let stretch = Stretch { days: 1, run_in_weeks: 0 };
        let scenario = desk(stretch, unit, &[source], std::slice::from_ref(&handling), &team);
        let measure: Measure = Box::new(|response: &Response, row: &mut [f64]| {
            row[0] += 1.0;
            row[1] += f64::from(u8::from(response.begun > response.created));
        });
        let play = Box::new(move |prepared: &leadsim::trial::Prepared<'_>, seed, trial| {
            let mut heard = Responses::new(prepared.model, 2, &measure);
            leadsim::trial::run(prepared, seed, trial, &mut heard);
            let counts = heard.finish();
            day(counts[0] as u64, counts[1] as u64, &goals)
        });
        plans.push(Plan { scenario, play, wanted: wanted(&numbers), controls: Vec::new() });
    }
    Ok(plans)
}
