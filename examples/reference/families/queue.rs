//! Waiting lines in steady state: Poisson, renewal or batch arrivals, any handling law, classes in order of rank, one pool.

use super::formulas::{Reading, cuts};
use crate::case::Case;
use crate::plan::{Control, Plan, Wanted};
use crate::text::{Law, Source, Stretch, Team, Unit, desk};
use crate::watch::line::{Columns, Line, POWERS, Rates, Settings, class, time};
use leadsim::time::Span;
use serde_json::Value;

/// A class of leads.
struct Class {
    /// Arrivals per unit of time; a batch is one arrival.
    rate: f64,
    /// Leads per arrival, and their second moment.
    batch: (f64, f64),
    /// Variance over squared mean of gaps.
    gap_scv: f64,
    keys: String,
    handling: Law,
}

/// A line and how long its memory is.
struct Model {
    classes: Vec<Class>,
    servers: u32,
}

/// The plans of a case of a settled waiting line.
///
/// # Errors
/// Why it cannot be translated.
pub fn plans(case: &Case) -> Result<Vec<Plan>, String> {
    if case.model.get("queue_capacity").is_some_and(|capacity| !capacity.is_null()) {
        return Err("a line that turns leads away is not modelled".to_string());
    }
    let model = Model { classes: classes(case)?, servers: case.count("servers")? };
    let orders = orders(case)?;
    let mut plans = Vec::new();
    let mut left = case.numbers();
    for (then, of_it) in orders {
        let (these, others): (Vec<_>, Vec<_>) = left.into_iter().partition(|number| of_it(number.key(0)));
        left = others;
        if !these.is_empty() {
            plans.push(plan(case, &model, then, &these)?);
        }
    }
    Ok(plans)
}

/// An order of service, and which of the case's numbers are told under it.
type Order = (&'static str, fn(&str) -> bool);

fn orders(case: &Case) -> Result<Vec<Order>, String> {
    let discipline = case.text("discipline");
    if discipline.contains("LIFO") {
        return Ok(vec![
            ("random", |name| name.contains("random_order")),
            ("oldest first", |name| name.contains("FIFO")),
            ("newest first", |_| true),
        ]);
    }
    if discipline.starts_with("preemptive") {
        return Err("a hot lead cannot interrupt another lead's handling".to_string());
    }
    Ok(vec![("oldest first", |_| true)])
}

fn classes(case: &Case) -> Result<Vec<Class>, String> {
    let model = &case.model;
    let class =
        |rate, handling| Class { rate, batch: (1.0, 1.0), gap_scv: 1.0, keys: String::new(), handling };
    if let Some(described) = model.get("classes_high_to_low").and_then(Value::as_array) {
        let read = |one: &Value| {
            let rate = one.get("rate").and_then(Value::as_f64).ok_or("a class without a rate")?;
            Ok(class(rate, Law::of(one.get("service").unwrap_or(&Value::Null))?))
        };
        return described.iter().map(read).collect();
    }
    if model.get("batch_rate").is_some() {
        return Ok(vec![batches(case)?]);
    }
    if model.get("arrivals_by_class").is_some() {
        let rates = case.list("arrivals_by_class")?;
        let laws: Vec<Law> = match case.list("service_rates_by_class") {
            Ok(services) => services.iter().map(|rate| Law::Exponential(1.0 / rate)).collect(),
            Err(_) => vec![service(case)?; rates.len()],
        };
        return Ok(rates.into_iter().zip(laws).map(|(rate, law)| class(rate, law)).collect());
    }
    let arrivals = model.get("arrivals").ok_or("the model gives no arrivals")?;
    match arrivals.get("type").and_then(Value::as_str) {
        Some("poisson") => Ok(vec![class(case.number(&["arrivals", "rate"])?, service(case)?)]),
        Some("renewal") => {
            let gaps = Law::of(arrivals.get("interarrival").unwrap_or(&Value::Null))?;
            let keys = format!("gaps = {}", shape_of(&gaps));
            let class = class(1.0 / gaps.mean(), service(case)?);
            Ok(vec![Class { keys, gap_scv: gaps.scv(), ..class }])
        }
        _ => Err(format!("arrivals of an unknown kind: {arrivals}")),
    }
}

fn service(case: &Case) -> Result<Law, String> {
    Law::of(case.model.get("service").unwrap_or(&Value::Null))
}

/// A law of gaps without its unit: only its shape counts.
fn shape_of(law: &Law) -> String {
    match law {
        Law::Constant(_) => "1".to_string(),
        Law::Exponential(_) => "{ law = \"exponential\", mean = 1 }".to_string(),
        Law::LogNormal(_, cv) => format!("{{ mean = 1, cv = {cv} }}"),
        Law::Gamma(_, cv) => format!("{{ law = \"gamma\", mean = 1, cv = {cv} }}"),
        Law::Weibull(shape, scale) => {
            format!("{{ law = \"weibull\", shape = {shape}, scale = {} }}", scale / law.mean())
        }
        Law::Mixture(weights, means) => {
            let means: Vec<f64> = means.iter().map(|mean| mean / law.mean()).collect();
            format!("{{ law = \"mixture\", weights = {weights:?}, means = {means:?} }}")
        }
    }
}

fn batches(case: &Case) -> Result<Class, String> {
    let sizes = case.model.get("batch_sizes").and_then(Value::as_array).ok_or("no batch sizes")?;
    let mut read = Vec::new();
    for size in sizes {
        let number = |key: &str| size.get(key).and_then(Value::as_f64).ok_or("an unreadable batch size");
        read.push((number("size")?, number("p")?));
    }
    let total: f64 = read.iter().map(|(_, weight)| weight).sum();
    let moment = |power: i32| read.iter().map(|(size, weight)| weight / total * size.powi(power)).sum();
    let (values, weights): (Vec<f64>, Vec<f64>) = read.iter().copied().unzip();
    let keys = format!("batch = {{ values = {values:?}, weights = {weights:?} }}");
    Ok(Class {
        rate: case.number(&["batch_rate"])?,
        batch: (moment(1), moment(2)),
        gap_scv: 1.0,
        keys,
        handling: service(case)?,
    })
}

impl Model {
    fn loads(&self) -> Vec<f64> {
        self.classes.iter().map(|class| class.rate * class.batch.0 * class.handling.mean()).collect()
    }

    /// How long the line remembers, in the case's unit: the relaxation time of M/M/c, stretched by how uneven arrivals and
    /// handling are.
    fn memory(&self) -> f64 {
        let load: f64 = self.loads().iter().sum();
        let leads: f64 = self.classes.iter().map(|class| class.rate * class.batch.0).sum();
        let handling = load / leads;
        let settle = handling / (f64::from(self.servers).sqrt() - load.sqrt()).powi(2);
        let uneven = |class: &Class| {
            let own = class.handling.mean() / handling;
            let arrivals = class.gap_scv * class.batch.1 / class.batch.0;
            let service = (class.handling.scv() + 1.0) * own * own - 1.0;
            class.rate * class.batch.0 / leads * (arrivals.max(0.0) + service.max(0.0)) / 2.0
        };
        settle * self.classes.iter().map(uneven).sum::<f64>().max(0.5)
    }

    fn handling(&self) -> f64 {
        let leads: f64 = self.classes.iter().map(|class| class.rate * class.batch.0).sum();
        self.loads().iter().sum::<f64>() / leads
    }
}

/// Minutes of a week.
const WEEK: f64 = 7.0 * 24.0 * 60.0;

/// Memories in the run-in, after which e^−8 of the empty start is left.
const RUN_IN: f64 = 8.0;

/// Longest mean handling time, minutes: days and shifts should cost little beside leads.
const LONGEST: f64 = 20.0;

/// Weeks judged after the week of run-in: few where martingales explain nearly everything.
fn weeks(rates: Option<Rates>) -> u32 {
    if rates.is_some_and(|rates| rates.ending.is_some()) { 3 } else { 7 }
}

fn plan(
    case: &Case,
    model: &Model,
    then: &'static str,
    numbers: &[crate::case::Number],
) -> Result<Plan, String> {
    if model.loads().iter().sum::<f64>() >= f64::from(model.servers) {
        return Err("the line never settles".to_string());
    }
    let unit = Unit { minutes: (WEEK / (RUN_IN * model.memory())).min(LONGEST / model.handling()) };
    let cuts = cuts(case)?;
    let rates = rates(model, unit);
    let settings = Settings {
        rates,
        classes: model.classes.len(),
        servers: model.servers,
        cuts: cuts.iter().map(|cut| cut * unit.minutes).collect(),
        apart: Span::from_minutes_f64(3.0 * model.memory() * unit.minutes),
    };
    let reading = Reading {
        case,
        columns: Columns::new(&settings),
        unit,
        servers: model.servers,
        cuts,
        loads: model.loads(),
    };
    let mut wanted: Vec<Wanted> = Vec::new();
    for number in numbers {
        let found = reading.wanted(number)?.or(special(number));
        let about_inputs = ["rho", "ES", "ES2", "ES3"].contains(&number.key(0));
        wanted.extend(found.map(|found| if about_inputs { found } else { found.controlled() }));
    }
    let sources: Vec<Source> = model
        .classes
        .iter()
        .map(|class| Source { per_hour: unit.per_hour(class.rate), keys: class.keys.clone() })
        .collect();
    let handling: Vec<Law> = model.classes.iter().map(|class| class.handling.clone()).collect();
    let team = Team { reps: model.servers, then, keys: String::new() };
    let stretch = Stretch { days: 7 * weeks(rates), run_in_weeks: 1 };
    let scenario = desk(stretch, unit, &sources, &handling, &team);
    let play = Box::new(move |prepared: &leadsim::trial::Prepared<'_>, seed, trial| {
        let mut line = Line::new(prepared.model, &settings);
        leadsim::trial::run(prepared, seed, trial, &mut line);
        line.finish()
    });
    let controls = controls(model, rates, &reading.columns, stretch);
    Ok(Plan { scenario, play, wanted, controls })
}

/// The rates beside which martingales run: Poisson arrivals one by one, and endings where all handling is memoryless and alike.
fn rates(model: &Model, unit: Unit) -> Option<Rates> {
    if model.classes.iter().any(|class| class.gap_scv != 1.0 || class.batch != (1.0, 1.0)) {
        return None;
    }
    let per_minute = |rate: f64| rate / unit.minutes;
    let mean = model.classes[0].handling.mean();
    let alike = model.classes.iter().all(|class| class.handling == Law::Exponential(mean));
    let arrival = per_minute(model.classes.iter().map(|class| class.rate).sum());
    Some(Rates { arrival, ending: alike.then(|| per_minute(1.0 / mean)) })
}

/// Sums of which the mean is known whatever the line does (Henderson & Glynn 2002): arrivals beyond those their rate lets expect, weighted
/// with powers of the number in system, and endings likewise; and minutes of handling where endings are not memoryless.
fn controls(model: &Model, rates: Option<Rates>, columns: &Columns, stretch: Stretch) -> Vec<Control> {
    let Some(rates) = rates else { return Vec::new() };
    let martingales =
        |name, first| (0..POWERS).map(move |power| Control { name, column: first + power, mean: 0.0 });
    let mut controls: Vec<Control> = martingales("arrivals beyond their rate", time::ARRIVALS).collect();
    if rates.ending.is_some() {
        controls.extend(martingales("endings beyond their rate", time::ENDINGS));
        return controls;
    }
    let load: f64 = model.loads().iter().sum();
    let mean = load * f64::from(stretch.days) * 24.0 * 60.0;
    let column = columns.of(columns.all(), class::HANDLING);
    controls.push(Control { name: "minutes of handling", column, mean });
    controls
}

/// Numbers that only some lines have.
fn special(number: &crate::case::Number) -> Option<Wanted> {
    // GI/M/c: the number found by an arrival is geometric beyond c − 1 with ratio σ, and so is the time average.
    (number.key(0) == "sigma")
        .then(|| Wanted::ratio(number, time::OVER, time::FULL, 1.0).taken_for_probability())
}
