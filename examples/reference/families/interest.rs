//! Leads that silently lose interest, and conversion that falls with the wait: what a late answer costs.

use crate::case::Case;
use crate::plan::{Plan, Share, Wanted};
use crate::text::{Law, Source, Stretch, Team, Unit, opening};
use crate::watch::response::{Measure, Response, Responses};
use serde_json::Value;
use std::fmt::Write;

const WEEK: f64 = 7.0 * 24.0 * 60.0;

/// Columns of every measure here, before its own.
const LEADS: usize = 0;
const REACHED: usize = 1;
const AT_ONCE: usize = 2;
const WAIT: usize = 3;
const WASTED: usize = 4;
const WORKED: usize = 5;
const OWN: usize = 6;

/// A desk whose calls reach every lead that is still interested: the conversation takes one time, a call in vain another.
struct Desk {
    rate: f64,
    loss: f64,
    live: Law,
    dead: Law,
    servers: u32,
    /// Memory of the line, in the case's unit.
    memory: f64,
}

impl Desk {
    fn unit(&self) -> Unit {
        Unit { minutes: (WEEK / (10.0 * self.memory)).min(20.0 / self.live.mean()) }
    }

    fn scenario(&self) -> String {
        let unit = self.unit();
        let mut text = opening(Stretch { days: 49, run_in_weeks: 1 });
        let source = Source { per_hour: unit.per_hour(self.rate), keys: String::new() };
        let team = Team { reps: self.servers, then: "oldest first", keys: String::new() };
        let _ = write!(
            text,
            "[tiers.1]\n[sources.s1]\ntier = 1\nper_hour = {}\n[routing]\npolicy = \"pool\"\n[team.reps]\ncount = {}\nthen = \"{}\"\n\
             [work]\ndial = {}\nconversation = {}\n[buyers.tiers.1]\ncontact = 1\n[buyers.interest]\nafter = {}\n",
            source.per_hour,
            team.reps,
            team.then,
            unit.law(&self.dead),
            unit.law(&self.live),
            unit.law(&Law::Exponential(1.0 / self.loss))
        );
        text
    }

    fn plan(
        &self,
        columns: usize,
        wanted: Vec<Wanted>,
        own: impl Fn(f64, &Response, &mut [f64]) + Sync + 'static,
    ) -> Plan {
        let minutes = self.unit().minutes;
        let measure: Measure = Box::new(move |response: &Response, row: &mut [f64]| {
            let wait = (response.begun - response.created).as_minutes() / minutes;
            row[LEADS] += 1.0;
            row[WAIT] += wait;
            row[AT_ONCE] += f64::from(u8::from(response.begun == response.created));
            row[REACHED] += f64::from(u8::from(response.reached));
            row[if response.reached { WORKED } else { WASTED }] += response.handling;
            own(wait, response, &mut row[OWN..]);
        });
        let play = Box::new(move |prepared: &leadsim::trial::Prepared<'_>, seed, trial| {
            let mut heard = Responses::new(prepared.model, OWN + columns + 1, &measure);
            leadsim::trial::run(prepared, seed, trial, &mut heard);
            let mut row = heard.finish();
            let horizon = &prepared.model.horizon;
            // Minutes of all reps in the horizon stand last.
            let last = row.len() - 1;
            row[last] = (horizon.end - horizon.start).as_minutes() * prepared.model.reps.len() as f64;
            row
        });
        Plan { scenario: self.scenario(), play, wanted, controls: Vec::new() }
    }
}

/// Cases of hidden loss: the queue does not know that a lead is dead until somebody calls.
///
/// # Errors
/// Why it cannot be translated.
pub fn hidden(case: &Case) -> Result<Vec<Plan>, String> {
    let law = |key: &str| Law::of(case.model.get(key).unwrap_or(&Value::Null));
    let (live, dead) = (law("service_live")?, law("service_dead")?);
    let (rate, loss) = (case.number(&["arrivals", "rate"])?, case.number(&["death_rate"])?);
    let servers = case.count("servers")?;
    if rate * dead.mean() >= f64::from(servers) {
        return Err("the line never settles".to_string());
    }
    // With waits so long that leads die, the line pulls itself back at the rate of dying: a generous bound on its memory.
    let memory = 4.0 * (1.0 / loss).max(live.mean() * 4.0);
    let desk = Desk { rate, loss, live, dead, servers, memory };
    let mut wanted = Vec::new();
    let mut limits = Vec::new();
    for number in case.numbers() {
        if let Some(text) = number.key(0).strip_prefix("P_live_started_within_") {
            limits.push(case.time(text.trim_end_matches('h'))?);
        }
    }
    let time = OWN + limits.len();
    let mut next = 0;
    for number in &case.numbers() {
        wanted.push(match number.key(0) {
            "P_no_wait" => Wanted::share(number, plain(AT_ONCE)),
            "P_alive_at_touch" => Wanted::share(number, plain(REACHED)),
            "P_dead_at_touch" => Wanted::misses(number, plain(REACHED)),
            "EWq" => Wanted::ratio(number, WAIT, LEADS, 1.0),
            "rep_time_wasted_fraction" => Wanted::ratio(number, WASTED, time, 1.0).taken_for_probability(),
            "utilisation" => Wanted::of(number, move |mean| (mean[WASTED] + mean[WORKED]) / mean[time])
                .taken_for_probability(),
            name if name.starts_with("P_live_started_within_") => {
                next += 1;
                Wanted::share(number, plain(OWN + next - 1))
            }
            _ => continue,
        });
    }
    let columns = limits.len();
    let own = move |wait: f64, response: &Response, row: &mut [f64]| {
        for (place, limit) in limits.iter().enumerate() {
            row[place] += f64::from(u8::from(response.reached && wait <= *limit));
        }
    };
    Ok(vec![desk.plan(columns, wanted, own)])
}

fn plain(hits: usize) -> Share {
    Share { hits, tries: LEADS, apart: (hits, LEADS) }
}

/// A conversion probability as a function of the wait in hours.
type Conversion = Box<dyn Fn(f64) -> f64 + Sync>;

/// Conversion against response: the waits of a plain line, valued by a case's curves; loss of interest through the buyers' own.
///
/// # Errors
/// Why it cannot be translated.
pub fn conversion(case: &Case) -> Result<Vec<Plan>, String> {
    let service = Law::of(case.model.get("service").unwrap_or(&Value::Null))?;
    let (rate, servers) = (case.number(&["arrivals", "rate"])?, case.count("servers")?);
    let load = rate * service.mean();
    let memory = service.mean() / (f64::from(servers).sqrt() - load.sqrt()).powi(2);
    let loss = case.number(&["hidden_loss_rate"])?;
    let desk = Desk { rate, loss, live: service.clone(), dead: service, servers, memory };
    let curves = curves(case)?;
    let place = |name: &str| curves.iter().position(|(curve, _)| *curve == name);
    // Two columns a curve: the sum of its chances, and of their squares.
    let mut wanted = Vec::new();
    for number in &case.numbers() {
        let name = number.key(0);
        let mean_of = |curve: usize| move |mean: &[f64]| mean[OWN + 2 * curve] / mean[LEADS];
        wanted.push(match (name.strip_prefix("P_convert_").and_then(place), name) {
            (Some(curve), _) => Wanted::of(number, mean_of(curve)),
            (None, "P_dead_at_first_touch") => Wanted::misses(number, plain(REACHED)),
            (None, "per_lead_variance_Bernoulli") => {
                let chance = mean_of(place("exp_decay").ok_or("no curve of exponential decay")?);
                Wanted::of(number, move |mean| chance(mean) * (1.0 - chance(mean)))
            }
            (None, "per_lead_variance_probability") => {
                let curve = place("exp_decay").ok_or("no curve of exponential decay")?;
                let chance = mean_of(curve);
                Wanted::of(number, move |mean| mean[OWN + 2 * curve + 1] / mean[LEADS] - chance(mean).powi(2))
            }
            _ => continue,
        });
    }
    let columns = 2 * curves.len();
    let own = move |wait: f64, _: &Response, row: &mut [f64]| {
        for (place, (_, curve)) in curves.iter().enumerate() {
            let chance = curve(wait);
            row[2 * place] += chance;
            row[2 * place + 1] += chance * chance;
        }
    };
    Ok(vec![desk.plan(columns, wanted, own)])
}

fn curves(case: &Case) -> Result<Vec<(&'static str, Conversion)>, String> {
    let described = case.model.get("conversion").ok_or("the model gives no conversion")?;
    let mut curves: Vec<(&'static str, Conversion)> = Vec::new();
    if described.get("exp_decay").is_some() {
        let chance = case.number(&["conversion", "exp_decay", "p0"])?;
        let decay = case.number(&["conversion", "exp_decay", "k_per_hour"])?;
        curves.push(("exp_decay", Box::new(move |wait| chance * (-decay * wait).exp())));
    }
    if let Some(steps) = described.get("steps").and_then(Value::as_array) {
        let read = |step: &Value| {
            let number = |key: &str| step.get(key).and_then(Value::as_f64);
            Some((number("wait_le_hours")?, number("p")?))
        };
        let limits: Vec<(f64, f64)> = steps.iter().filter_map(read).collect();
        let beyond = steps.iter().find_map(|step| step.get("otherwise")?.as_f64()).unwrap_or(0.0);
        let chance =
            move |wait: f64| limits.iter().find(|(limit, _)| wait <= *limit).map_or(beyond, |(_, p)| *p);
        curves.push(("steps", Box::new(chance)));
    }
    if let Some(text) = described.get("logistic").and_then(Value::as_str) {
        let (level, slope) = logistic(text)?;
        curves.push((
            "logistic",
            Box::new(move |wait| 1.0 / (1.0 + (level + slope * (60.0 * wait).ln_1p()).exp())),
        ));
    }
    Ok(curves)
}

/// Reads "1/(1+exp(2.3+0.6 ln(1+60 W)))".
fn logistic(text: &str) -> Result<(f64, f64), String> {
    let inside = text.strip_prefix("1/(1+exp(").and_then(|rest| rest.strip_suffix(" ln(1+60 W)))"));
    let (level, slope) =
        inside.and_then(|inside| inside.split_once('+')).ok_or("an unreadable logistic curve")?;
    let number = |text: &str| text.trim().parse().map_err(|_| format!("`{text}` is no number"));
    Ok((number(level)?, number(slope)?))
}
