//! Lines that leads leave while nobody has begun them: by any law of patience, at once where nobody is free, or by class.

use super::formulas::Reading;
use crate::case::{Case, Number};
use crate::plan::{Plan, Share, Wanted};
use crate::text::{Law, Source, Stretch, Team, Unit, desk};
use crate::watch::line::{Columns, Settings, class};
use crate::watch::offered::{Offered, column};
use leadsim::time::Span;
use serde_json::Value;
use std::fmt::Write;

const WEEK: f64 = 7.0 * 24.0 * 60.0;

/// Leads judged in a trial.
const LEADS: f64 = 16_000.0;

/// Relative distance of the helper limits below and above a quantile.
const AROUND: f64 = 0.02;

/// Rates of arrival and laws of patience, by class.
fn classes(case: &Case) -> Result<Vec<(f64, Law)>, String> {
    if case.model.get("arrivals_by_class").is_some() {
        let (rates, leaving) = (case.list("arrivals_by_class")?, case.list("patience_rates_by_class")?);
        let law = |rate: f64| Law::Exponential(1.0 / rate);
        return Ok(rates.into_iter().zip(leaving.into_iter().map(law)).collect());
    }
    let described = case.model.get("patience").ok_or("the model gives no patience")?;
    let patience = match described.get("type").and_then(Value::as_str) {
        // Constant patience stands in the cases as text.
        Some("deterministic") => Law::Constant(case.number(&["patience", "value"])?),
        _ => Law::of(described)?,
    };
    Ok(vec![(case.number(&["arrivals", "rate"])?, patience)])
}

/// The plan of a case with patience.
///
/// # Errors
/// Why it cannot be translated.
pub fn plans(case: &Case) -> Result<Vec<Plan>, String> {
    let classes = classes(case)?;
    let handling = Law::of(case.model.get("service").unwrap_or(&Value::Null))?;
    let servers = case.count("servers")?;
    // Whoever is there is begun or leaves within a few patiences and handlings.
    let longest = classes.iter().map(|(_, law)| law.mean()).fold(handling.mean(), f64::max);
    let unit = Unit { minutes: (WEEK / (20.0 * longest)).min(60.0 / handling.mean()) };
    let limits = limits(case)?;
    let within: Vec<f64> = limits.iter().map(|limit| limit * unit.minutes).collect();
    let settings = Settings {
        classes: classes.len(),
        servers,
        cuts: within.clone(),
        apart: Span::from_minutes_f64(5.0 * longest * unit.minutes),
        rates: None,
    };
    let reading = Reading {
        case,
        columns: Columns::new(&settings),
        unit,
        servers,
        cuts: limits.clone(),
        loads: Vec::new(),
    };
    let mut wanted = Vec::new();
    for number in &case.numbers() {
        let own = of_number(number, &reading)?;
        let found = if own.is_some() { own } else { reading.wanted(number)? };
        wanted.push(found.ok_or_else(|| format!("no reading of `{}`", number.name()))?);
    }
    let play = Box::new(move |prepared: &leadsim::trial::Prepared<'_>, seed, trial| {
        let mut heard = Offered::new(prepared.model, &settings, &within);
        leadsim::trial::run(prepared, seed, trial, &mut heard);
        heard.finish()
    });
    let scenario = scenario(case, &classes, &handling, servers, unit);
    Ok(vec![Plan { scenario, play, wanted, controls: Vec::new() }])
}

fn scenario(case: &Case, classes: &[(f64, Law)], handling: &Law, servers: u32, unit: Unit) -> String {
    let source = |(rate, _): &(f64, Law)| Source { per_hour: unit.per_hour(*rate), keys: String::new() };
    let sources: Vec<Source> = classes.iter().map(source).collect();
    let team = Team { reps: servers, then: "oldest first", keys: String::new() };
    let per_hour = sources.iter().map(|source| source.per_hour).sum();
    let stretch = Stretch::of_arrivals(LEADS, per_hour);
    let mut text = desk(stretch, unit, &sources, &vec![handling.clone(); classes.len()], &team);
    let _ = writeln!(text, "[buyers.patience]\nthen = \"closed\"");
    let at_once = case.number_or(&["patience", "balk_prob_if_all_busy"], 0.0);
    if at_once > 0.0 {
        let _ = writeln!(text, "leaves_at_once = {at_once}");
    }
    let _ = writeln!(text, "[buyers.patience.leaves_after]");
    for (place, (_, law)) in classes.iter().enumerate() {
        let _ = writeln!(text, "{} = {}", place + 1, unit.law(law));
    }
    text
}

/// Every wait that has to be counted, in the case's unit.
fn limits(case: &Case) -> Result<Vec<f64>, String> {
    let mut limits = Vec::new();
    for number in case.numbers() {
        match number.key(0) {
            "P_served_within" => limits.push(case.time(number.key(1))?),
            name if name.starts_with("effective_wait_p90") => {
                let exact = number.exact / seconds(name);
                limits.extend([exact, exact * (1.0 - AROUND), exact * (1.0 + AROUND)]);
            }
            _ => {}
        }
    }
    Ok(limits)
}

/// How many of a name's unit are in the case's: numbers in seconds stand in cases that count minutes.
fn seconds(name: &str) -> f64 {
    if name.ends_with("_seconds") { 60.0 } else { 1.0 }
}

fn of_number(number: &Number, reading: &Reading<'_>) -> Result<Option<Wanted>, String> {
    let (columns, all) = (reading.columns, reading.columns.all());
    let first = columns.count();
    let leads = first + column::LEADS;
    let of = |what| columns.of(all, what);
    let name = number.key(0);
    let factor = seconds(name) / reading.unit.minutes;
    let share = |hits, tries| Share { hits, tries, apart: (hits, tries) };
    Ok(Some(match name {
        "P_wait_offered" => Wanted::share(number, share(first + column::BLOCKED, leads)),
        "P_abandon" => Wanted::share(number, share(of(class::LEFT), leads)),
        "P_served" => Wanted::misses(number, share(of(class::LEFT), leads)),
        "EV_offered" => Wanted::ratio(number, first + column::OFFERED, leads, factor),
        "EW_served" | "EW_served_seconds" => Wanted::ratio(number, of(class::WAIT), of(class::BEGUN), factor),
        "EW_effective_all" | "EW_effective_seconds" => {
            Wanted::ratio(number, first + column::WAITED, leads, factor)
        }
        "P_served_within" => {
            let limit = reading.case.time(number.key(1))?;
            let hits = columns.within(all, place(reading, limit)?).hits;
            Wanted::share(number, share(hits, leads))
        }
        name if name.starts_with("effective_wait_p90") => quantile(number, reading)?,
        name if name.starts_with("P_abandon_class") => {
            let digits = &name["P_abandon_class".len()..];
            let class: usize = digits.parse().map_err(|_| format!("`{name}` names no class"))?;
            let of = |what| columns.of(class - 1, what);
            Wanted::share(number, share(of(class::LEFT), of(class::ENDED)))
        }
        _ => return Ok(None),
    }))
}

fn place(reading: &Reading<'_>, limit: f64) -> Result<usize, String> {
    reading.cuts.iter().position(|other| *other == limit).ok_or_else(|| format!("no limit at {limit}"))
}

/// Nine of ten waits, of those who left too: the share within the exact time, turned into time by the density around it.
fn quantile(number: &Number, reading: &Reading<'_>) -> Result<Wanted, String> {
    let factor = seconds(number.key(0));
    let exact = number.exact / factor;
    let first = reading.columns.count();
    let at = |limit| Ok::<usize, String>(first + column::WITHIN + place(reading, limit)?);
    let (at, below, above) = (at(exact)?, at(exact * (1.0 - AROUND))?, at(exact * (1.0 + AROUND))?);
    Ok(Wanted::of(number, move |mean| {
        let leads = mean[first + column::LEADS];
        let density = (mean[above] - mean[below]) / leads / (2.0 * AROUND * exact);
        factor * (exact + (0.9 - mean[at] / leads) / density)
    }))
}
