//! Desks with a headcount by time of day: days that begin empty and end worked off, and a rate that swings day and night.

use crate::case::{Case, Number, numbers_of, whole};
use crate::plan::{Plan, Wanted};
use crate::text::{Law, Stretch, Unit, opening};
use crate::watch::days::{Days, column as days};
use crate::watch::duty::Duty;
use crate::watch::line::{Columns, Settings, class};
use crate::watch::offered::column as offered;
use crate::watch::phases::{self, phase};
use leadsim::time::Span;
use leadsim::trial::{Prepared, run};
use std::fmt::Write;

const HOUR: Unit = Unit { minutes: 60.0 };
const SECOND: Unit = Unit { minutes: 1.0 / 60.0 };

/// Days of a trial that begin empty: 200 trials tell the variance of their leads to one part in a hundred.
const DAYS: u32 = 112;

/// Days of a trial that goes on day and night: 200 trials tell a share at one time of day to 0.003.
const CYCLES: u32 = 147;

/// The night is at least so many mean handlings long, so that every day begins empty.
const NIGHT: f64 = 60.0;

/// Points of a cycle between which the rate runs straight: no number moves by more than (2π/288)²/12 = 0.004 % of the swing.
const POINTS: u32 = 288;

/// A headcount by time of day, equal stretches from an hour on, with its team.
struct Cover<'a> {
    staff: &'a [u32],
    opens: f64,
    step: f64,
    keys: &'a str,
}

impl Cover<'_> {
    /// The team with one pool; the sections a scenario begins with stand before it.
    fn team(&self) -> String {
        let mut text = format!("[team.reps]\n{}then = \"oldest first\"\n[team.reps.cover]\n", self.keys);
        for (place, staff) in self.staff.iter().enumerate() {
            let clock = |place: usize| {
                let minutes = ((self.opens + place as f64 * self.step) * 60.0).round() as u32;
                format!("{:02}:{:02}", minutes / 60, minutes % 60)
            };
            let _ = writeln!(text, "\"every day {}-{}\" = {staff}", clock(place), clock(place + 1));
        }
        text
    }
}

/// Everything before the team: one class of leads to one pool, a rate over 24 hours, and one law of handling.
fn desk(stretch: Stretch, rate: &str, handling: &str, patience: &str) -> String {
    opening(stretch)
        + &format!(
            "[tiers.1]\n[routing]\npolicy = \"pool\"\nfollow_ups_to = \"pool\"\n[sources.web.rate]\nevery = \"24h\"\n{rate}\n\
             [work]\ndial = {handling}\n[buyers.patience]\n{patience}"
        )
}

fn counts(numbers: &[f64]) -> Result<Vec<u32>, String> {
    numbers.iter().map(|number| whole(*number)).collect()
}

/// A stretch of the model under a key, if it says what scenarios do.
fn says(case: &Case, key: &str, known: &str) -> Result<(), String> {
    match case.text(key) {
        text if text.starts_with(known) => Ok(()),
        text => Err(format!("`{key}` is \"{text}\"")),
    }
}

/// Days that begin empty, with rates and headcount by the hour; after the last hour whoever is there serves all who wait.
///
/// # Errors
/// Why it cannot be translated.
pub fn terminating(case: &Case) -> Result<Vec<Plan>, String> {
    says(case, "staff_reduction", "a busy rep finishes the call, then leaves")?;
    says(case, "closing", "arrivals stop after the last period; the last staff level serves all who wait")?;
    says(case, "good", "wait (served or abandoned) shorter than target_s")?;
    says(case, "initial", "empty")?;
    let staff = counts(&case.list("staff")?)?;
    let target = case.number(&["target_s"])? * SECOND.minutes;
    let settings = Settings {
        classes: 1,
        servers: staff.iter().copied().max().unwrap_or(0),
        cuts: Vec::new(),
        apart: Span::hours(1),
        rates: None,
    };
    let wanted = case.numbers().iter().map(|number| of_day(number, &settings)).collect::<Result<_, _>>()?;
    let scenario = day(case, &staff)?;
    let play = Box::new(move |prepared: &Prepared<'_>, seed, trial| {
        let mut heard = Days::new(prepared.model, &settings, &[target]);
        run(prepared, seed, trial, &mut heard);
        heard.finish()
    });
    Ok(vec![Plan { scenario, play, wanted, controls: Vec::new() }])
}

fn day(case: &Case, staff: &[u32]) -> Result<String, String> {
    let (opens, step) = (case.number(&["opening_hour"])?, case.number(&["periods_hours"])?);
    let rates = case.list("arrival_rates_per_hour")?;
    let handling = case.number(&["service", "mean_s"])?;
    if case.number(&["busyness", "mean"]).is_ok_and(|mean| mean != 1.0) || rates.len() != staff.len() {
        return Err("busyness is not 1 on average, or rates and staff differ in length".to_string());
    }
    // Rates stand in the scenario as equal steps of the whole day.
    let (steps, before) = (whole(24.0 / step)? as usize, whole(opens / step)? as usize);
    if before + rates.len() > steps || 24.0 - rates.len() as f64 * step < NIGHT * handling / 3600.0 {
        return Err("the night is too short to work off what waits".to_string());
    }
    let mut per_hour = vec![0.0; steps];
    per_hour[before..before + rates.len()].copy_from_slice(&rates);
    let leaving = case.number(&["patience", "then_exponential_rate_per_s"])?;
    let patience = format!(
        "leaves_at_once = {}\nleaves_after = {}\n",
        case.number_or(&["patience", "balk_prob_if_all_busy"], 0.0),
        SECOND.law(&Law::Exponential(1.0 / leaving))
    );
    let handling = SECOND.law(&Law::Exponential(handling));
    let mut text = desk(
        Stretch { days: DAYS, run_in_weeks: 0 },
        &format!("per_hour = {per_hour:?}"),
        &handling,
        &patience,
    );
    if let Ok(shape) = case.number(&["busyness", "shape"]) {
        let _ = writeln!(text, "[leads.busyness]\nper = \"day\"\nshape = {shape}");
    }
    Ok(text + &Cover { staff, opens, step, keys: "after_close = \"work off\"\n" }.team())
}

fn of_day(number: &Number, settings: &Settings) -> Result<Wanted, String> {
    let columns = Columns::new(settings);
    let first = columns.count();
    let leads = first + offered::LEADS;
    let own = Days::first(settings, 1);
    let (all, squares) = (own + days::DAYS, own + days::LEADS_SQUARED);
    Ok(match number.key(0) {
        "E_arrivals" => Wanted::ratio(number, leads, all, 1.0),
        "Var_arrivals" => Wanted::of(number, move |mean| {
            // Over trials of many days: the mean is known so well that one day less in the divisor does not matter.
            mean[squares] / mean[all] - (mean[leads] / mean[all]).powi(2)
        }),
        "E_good_over_E_arrivals" => Wanted::ratio(number, first + offered::WITHIN, leads, 1.0),
        "E_lost_over_E_arrivals" => Wanted::ratio(number, columns.of(columns.all(), class::LEFT), leads, 1.0),
        "E_wait_seconds_per_expected_lead" => Wanted::ratio(number, first + offered::WAITED, leads, 60.0),
        name => return Err(format!("no reading of `{name}`")),
    })
}

/// Day and night with a headcount by stretches of the day, for a rate that swings like a sine; looked at at set times.
///
/// # Errors
/// Why it cannot be translated.
pub fn swinging(case: &Case) -> Result<Vec<Plan>, String> {
    let arrivals = |key: &str| case.number(&["arrivals", key]);
    let (level, swing, mu) = (arrivals("l0")?, arrivals("A")?, arrivals("mu")?);
    let rate = case.model.pointer("/arrivals/rate").and_then(|rate| rate.as_str()).unwrap_or("");
    if rate != "mu (l0 + A sin(2 pi t / 24))" {
        return Err(format!("the rate is \"{rate}\""));
    }
    let staff = numbers_of(case.model.pointer("/staffing/table_from_midnight")).ok_or("no staffing")?;
    let (staff, step) = (counts(&staff)?, case.number(&["staffing", "step_hours"])?);
    if staff.len() as f64 * step != 24.0 {
        return Err("the headcount is not that of 24 hours".to_string());
    }
    let mut looks = Vec::new();
    for number in case.numbers() {
        let time = case.time(number.key(1))?;
        if !looks.contains(&time) {
            looks.push(time);
        }
    }
    let settings = phases::Settings {
        phases: looks.iter().map(|hours| hours * 60.0).collect(),
        cycle: Some(24.0 * 60.0),
        servers: looks.iter().map(|hours| staff[(hours / step) as usize % staff.len()]).collect(),
        above: i64::MAX,
        cuts: Vec::new(),
        leaving: 0.0,
    };
    let wanted = |number: &Number| of_look(case, number, &settings, &looks);
    let wanted = case.numbers().iter().map(wanted).collect::<Result<_, _>>()?;
    let points: Vec<String> = (0..POINTS)
        .map(|point| {
            let part = f64::from(point) / f64::from(POINTS);
            let rate = mu * (level + swing * (std::f64::consts::TAU * part).sin());
            format!("[{}, {rate}]", HOUR.span(24.0 * part))
        })
        .collect();
    let law = |key: &[&str]| Ok::<_, String>(HOUR.law(&Law::Exponential(1.0 / case.number(key)?)));
    let patience = format!("leaves_after = {}\n", law(&["patience_rate"])?);
    let rate = format!("points = [{}]", points.join(", "));
    let scenario =
        desk(Stretch { days: CYCLES, run_in_weeks: 1 }, &rate, &law(&["service", "rate"])?, &patience)
            + &Cover { staff: &staff, opens: 0.0, step, keys: "" }.team();
    let play = Box::new(move |prepared: &Prepared<'_>, seed, trial| {
        let mut heard = Duty::new(prepared.model, &settings);
        run(prepared, seed, trial, &mut heard);
        heard.finish()
    });
    Ok(vec![Plan { scenario, play, wanted, controls: Vec::new() }])
}

fn of_look(
    case: &Case,
    number: &Number,
    settings: &phases::Settings,
    looks: &[f64],
) -> Result<Wanted, String> {
    let time = case.time(number.key(1))?;
    let place = looks.iter().position(|look| *look == time).ok_or_else(|| format!("no look at {time}"))?;
    let of = |what| phases::column(settings, place, what);
    Ok(match number.key(0) {
        "staff_at_t" => {
            let fewest = Duty::fewest(settings, place);
            Wanted::of(number, move |mean| mean[fewest])
        }
        "mean_in_system" => Wanted::ratio(number, of(phase::SYSTEM), of(phase::LOOKS), 1.0),
        "P_wait" => Wanted::share(number, phases::share(settings, place, phase::FULL)),
        name => return Err(format!("no reading of `{name}`")),
    })
}
