//! Variance constants of long averages, and events that hardly ever happen.

use crate::case::{Case, Number};
use crate::plan::{Plan, Row, Share, Wanted};
use crate::text::{Law, Source, Stretch, Team, Unit, desk};
use crate::watch::batches::{Batches, KIND, column};
use crate::watch::line::{Columns, Line, Settings};
use leadsim::model::{LeadId, Model};
use leadsim::time::{Instant, Span};
use leadsim::trial::{Happening, Lead, Watch};
use serde_json::Value;

const WEEK: f64 = 7.0 * 24.0 * 60.0;

fn line(case: &Case) -> Result<(f64, Law, u32, f64), String> {
    let handling = Law::of(case.model.get("service").unwrap_or(&Value::Null))?;
    let (rate, servers) = (case.number(&["arrivals", "rate"])?, case.count("servers")?);
    let load = rate * handling.mean();
    if load >= f64::from(servers) {
        return Err("the line never settles".to_string());
    }
    let memory = handling.mean() / (f64::from(servers).sqrt() - load.sqrt()).powi(2);
    Ok((rate, handling, servers, memory))
}

/// Memories in a stretch: neighbours beyond the next are as good as independent.
const STRETCH: f64 = 6.0;

/// The constant lim T·Var(average over T), from stretches of a stationary run: Var + 2 Cov of neighbours, times the stretch. Unlike T·Var of
/// one stretch it has no error of order 1/T, only one of order e^−6.
///
/// # Errors
/// Why it cannot be translated.
pub fn variance_constants(case: &Case) -> Result<Vec<Plan>, String> {
    let (rate, handling, servers, memory) = line(case)?;
    let unit = Unit { minutes: (WEEK / (10.0 * memory)).min(20.0 / handling.mean()) };
    let stretch = Span::from_minutes_f64(STRETCH * memory * unit.minutes);
    let leads = (STRETCH * memory * rate).ceil() as u32;
    let source = Source { per_hour: unit.per_hour(rate), keys: String::new() };
    let team = Team { reps: servers, then: "oldest first", keys: String::new() };
    let scenario = desk(Stretch { days: 7 * 30, run_in_weeks: 1 }, unit, &[source], &[handling], &team);
    let constant = |number: &Number, kind: usize, factor: f64| {
        let of = move |mean: &[f64], what: usize| mean[kind * KIND + what];
        Wanted::of(number, move |mean| {
            let average = of(mean, column::SUM) / of(mean, column::COUNT);
            let variance = of(mean, column::SQUARES) / of(mean, column::COUNT) - average * average;
            let pairs = of(mean, column::PAIR_SUM) / of(mean, column::PAIRS);
            let covariance = of(mean, column::PRODUCTS) / of(mean, column::PAIRS) - pairs * pairs;
            factor * (variance + 2.0 * covariance)
        })
    };
    let mut wanted = Vec::new();
    for number in &case.numbers() {
        wanted.push(match number.key(0) {
            "time_average_number_in_system" => constant(number, 0, stretch.as_minutes() / unit.minutes),
            "lead_average_wait_in_queue" => constant(number, 1, f64::from(leads) / unit.minutes.powi(2)),
            _ => continue,
        });
    }
    let play = Box::new(move |prepared: &leadsim::trial::Prepared<'_>, seed, trial| {
        let mut heard = Batches::new(prepared.model, stretch, leads);
        leadsim::trial::run(prepared, seed, trial, &mut heard);
        heard.finish()
    });
    Ok(vec![Plan { scenario, play, wanted, controls: Vec::new() }])
}

/// Busy periods from one lead on, and whether they reach a height before they end.
struct Heights {
    line: Line,
    height: i64,
    window: (Instant, Instant),
    /// Whether the current climb began in the horizon and is still open.
    climbing: bool,
    climbs: f64,
    hits: f64,
    reached: bool,
}

impl Heights {
    fn new(model: &Model, settings: &Settings, height: i64) -> Self {
        let window = (model.horizon.start, model.horizon.end);
        let line = Line::new(model, settings);
        Heights { line, height, window, climbing: false, climbs: 0.0, hits: 0.0, reached: false }
    }

    fn finish(self) -> Row {
        let mut row = self.line.finish();
        row.extend([self.climbs, self.hits, f64::from(u8::from(self.reached)), 1.0]);
        row
    }
}

impl Watch for Heights {
    fn lead(&mut self, at: Instant, id: LeadId, lead: &Lead, what: Happening) {
        self.line.lead(at, id, lead, what);
        let inside = self.window.0 <= at && at < self.window.1;
        let system = self.line.in_system();
        match what {
            Happening::Created => {
                self.reached |= inside && system >= self.height;
                if system == 1 && inside {
                    self.climbing = true;
                    self.climbs += 1.0;
                }
                if self.climbing && system >= self.height {
                    self.hits += 1.0;
                    self.climbing = false;
                }
            }
            Happening::Ended(_) if system == 0 => self.climbing = false,
            _ => {}
        }
    }
}

/// Rare events: played plainly, and judged by exact counts, for plain trials hardly ever see one.
///
/// # Errors
/// Why it cannot be translated.
pub fn rare(case: &Case) -> Result<Vec<Plan>, String> {
    let (rate, handling, servers, memory) = line(case)?;
    let height = i64::from(case.count("K")?);
    let horizon = case.number(&["T"])?;
    let plan = |unit: Unit, stretch: Stretch, numbers: &[Number]| {
        let mut cuts = Vec::new();
        for number in numbers {
            if let Some(time) = number.key(0).strip_prefix("P_wait_gt_") {
                cuts.push(case.time(time)? * unit.minutes);
            }
        }
        let apart = Span::from_minutes_f64(3.0 * memory * unit.minutes);
        let settings = Settings { classes: 1, servers, cuts, apart, rates: None };
        let columns = Columns::new(&settings);
        let first = columns.count();
        let mut wanted = Vec::new();
        let mut cut = 0;
        for number in numbers {
            wanted.push(match number.key(0) {
                "P_hit_K_before_empty_from_1" => independent(number, first + 1, first),
                "P_reach_K_within_T_from_empty" => independent(number, first + 2, first + 3),
                name if name.starts_with("P_wait_gt_") => {
                    cut += 1;
                    Wanted::misses(number, columns.within(0, cut - 1))
                }
                _ => continue,
            });
        }
        let source = Source { per_hour: unit.per_hour(rate), keys: String::new() };
        let team = Team { reps: servers, then: "oldest first", keys: String::new() };
        let scenario = desk(stretch, unit, &[source], std::slice::from_ref(&handling), &team);
        let play = Box::new(move |prepared: &leadsim::trial::Prepared<'_>, seed, trial| {
            let mut heard = Heights::new(prepared.model, &settings, height);
            leadsim::trial::run(prepared, seed, trial, &mut heard);
            heard.finish()
        });
        Ok::<Plan, String>(Plan { scenario, play, wanted, controls: Vec::new() })
    };
    let (from_empty, settled): (Vec<Number>, Vec<Number>) =
        case.numbers().into_iter().partition(|number| number.key(0).contains("from_empty"));
    let settling = Unit { minutes: (WEEK / (10.0 * memory)).min(20.0 / handling.mean()) };
    Ok(vec![
        plan(settling, Stretch { days: 7 * 20, run_in_weeks: 1 }, &settled)?,
        plan(Unit { minutes: 24.0 * 60.0 / horizon }, Stretch { days: 1, run_in_weeks: 0 }, &from_empty)?,
    ])
}

fn independent(number: &Number, hits: usize, tries: usize) -> Wanted {
    Wanted::share(number, Share { hits, tries, apart: (hits, tries) })
}
