//! How the cost of an event grows with the team and with the leads in the system: `cargo bench --bench growth` measures, writes
//! `benches/growth.csv` and draws `benches/growth.svg`.

use leadsim::scenario::{self, Scenario};
use leadsim::trial::{self, Prepared, Unwatched};
use plotters::coord::combinators::IntoLogRange;
use plotters::prelude::*;
use plotters::style::register_font;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// Every point is played for at least so long, and its quickest trial counts: what else the machine does only adds.
const LONG_ENOUGH: Duration = Duration::from_millis(1_500);

/// Lines of one panel: a name and its points (size, nanoseconds an event).
type Lines = Vec<(&'static str, Vec<(f64, f64)>)>;

const POLICIES: [(&str, &str); 3] = [
    ("pool", "policy = \"pool\"\nfollow_ups_to = \"pool\""),
    ("round robin", "policy = \"round robin\""),
    ("round robin with a back-up", "policy = \"round robin\"\nback_up = { after = \"5min\" }"),
];

const ORDERS: [&str; 4] = ["due first", "oldest first", "newest first", "random"];

/// A team of `reps`, one task of 10 minutes a lead, on a calendar without nights.
fn text(reps: u32, arrivals: &str, length: &str, routing: &str, order: &str) -> String {
    format!(
        r#"
format = 1
[horizon]
start = "2026-02-02"
length = "{length}"
run_in = "0 weeks"
run_out = "none"
zone = "UTC"
[calendar]
hours = ["Mon-Sun 00:00-24:00"]
[tiers.1]
[sources.web]
tier = 1
{arrivals}
[routing]
{routing}
[team.reps]
count = {reps}
shift = "Mon-Sun 00:00-24:00"
then = "{order}"
[work]
dial = {{ mean = "10min", cv = 1 }}
[buyers.cadence]
steps.1 = {{ day = 0, by = "phone" }}
[commitments.first]
from = "created"
to = "attempted"
within = "15 business min"
"#
    )
}

fn load(text: &str) -> Result<Scenario, Box<dyn Error>> {
    scenario::from_text(text, "growth", Path::new("."), &[]).map_err(|problems| problems.to_string().into())
}

/// Nanoseconds an event costs in the quickest trial, and its events.
#[expect(clippy::disallowed_methods, reason = "it is the clock that is asked")]
fn cost(text: &str) -> Result<(f64, u64), Box<dyn Error>> {
    let scenario = load(text)?;
    let prepared = Prepared::new(&scenario.model);
    let (begun, mut best, mut events, mut number) = (Instant::now(), f64::INFINITY, 0, 0);
    while number < 2 || begun.elapsed() < LONG_ENOUGH {
        let at = Instant::now();
        let outcome = trial::run(&prepared, 1, number, &mut Unwatched);
        let cost = at.elapsed().as_nanos() as f64 / outcome.events as f64;
        if cost < best {
            (best, events) = (cost, outcome.events);
        }
        number += 1;
    }
    Ok((best, events))
}

/// Teams of ten to ten thousand at 60 % load, by routing policy.
fn by_reps(table: &mut String) -> Result<Lines, Box<dyn Error>> {
    let mut lines = Lines::new();
    for (name, routing) in POLICIES {
        let mut points = Vec::new();
        for (reps, length) in [(10, "13 weeks"), (100, "4 weeks"), (1_000, "1 week"), (10_000, "1 day")] {
            let arrivals = format!("per_hour = {}", 3.6 * f64::from(reps));
            let (cost, events) = cost(&text(reps, &arrivals, length, routing, "oldest first"))?;
            println!("{name}, {reps} reps: {cost:.0} ns an event, {events} events a trial");
            writeln!(table, "reps,{name},{reps},{events},{cost:.0}")?;
            points.push((f64::from(reps), cost));
        }
        lines.push((name, points));
    }
    Ok(lines)
}

/// Lists of ten to a million leads uploaded at once to a pool of a hundred, by order of work.
fn by_leads(table: &mut String) -> Result<Lines, Box<dyn Error>> {
    let mut lines = Lines::new();
    for order in ORDERS {
        let mut points = Vec::new();
        for leads in [10, 100, 1_000, 10_000, 100_000, 1_000_000_u32] {
            let arrivals = format!("upload.at = [\"2026-02-02 08:00\"]\nupload.leads = {leads}");
            let (cost, events) = cost(&text(100, &arrivals, "1 week", POLICIES[0].1, order))?;
            println!("{order}, {leads} leads: {cost:.0} ns an event, {events} events a trial");
            writeln!(table, "leads,{order},{leads},{events},{cost:.0}")?;
            points.push((f64::from(leads), cost));
        }
        lines.push((order, points));
    }
    Ok(lines)
}

/// One panel: both axes logarithmic, so that a straight level line is a cost that does not grow.
fn panel<B>(
    area: &DrawingArea<B, plotters::coord::Shift>,
    about: [&str; 2],
    lines: &Lines,
) -> Result<(), Box<dyn Error>>
where
    B: DrawingBackend,
    B::ErrorType: 'static,
{
    let costs = lines.iter().flat_map(|(_, points)| points.iter().map(|point| point.1));
    let (most, least) =
        costs.fold((0.0_f64, f64::INFINITY), |(most, least), cost| (most.max(cost), least.min(cost)));
    let first = &lines[0].1;
    let sizes = first[0].0..first[first.len() - 1].0;
    let mut chart = ChartBuilder::on(area)
        .caption(about[0], ("sans-serif", 17))
        .margin(14)
        .margin_right(26)
        .x_label_area_size(40)
        .y_label_area_size(64)
        .build_cartesian_2d(sizes.log_scale(), (least / 2.0..most * 3.0).log_scale())?;
    let whole = |value: &f64| match *value {
        millions if millions >= 1e6 => format!("{:.0}M", millions / 1e6),
        thousands if thousands >= 1e3 => format!("{:.0}k", thousands / 1e3),
        small => format!("{small:.0}"),
    };
    chart
        .configure_mesh()
        .x_desc(about[1])
        .y_desc("nanoseconds an event")
        .y_labels(6)
        .x_label_formatter(&whole)
        .y_label_formatter(&whole)
        .light_line_style(TRANSPARENT)
        .draw()?;
    for (place, (name, points)) in lines.iter().enumerate() {
        let colour = Palette99::pick(place).to_rgba();
        chart
            .draw_series([PathElement::new(points.clone(), colour.stroke_width(2))])?
            .label(*name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], colour.stroke_width(2)));
        chart.draw_series(points.iter().map(|point| Circle::new(*point, 3, colour.filled())))?;
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE)
        .border_style(BLACK.mix(0.2))
        .draw()?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let font = include_bytes!("../assets/NotoSans-Regular.ttf");
    register_font("sans-serif", FontStyle::Normal, font).map_err(|_| "the lettering cannot be read")?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches");
    let mut table = String::from("against,line,size,events_a_trial,ns_an_event\n");
    let reps = by_reps(&mut table)?;
    let leads = by_leads(&mut table)?;
    std::fs::write(folder.join("growth.csv"), table)?;
    let file = folder.join("growth.svg");
    let root = SVGBackend::new(&file, (1_120, 420)).into_drawing_area();
    root.fill(&WHITE)?;
    let (left, right) = root.split_horizontally(560);
    panel(&left, ["Teams at 60 % load", "reps"], &reps)?;
    panel(&right, ["Lists uploaded at once to a hundred reps", "leads in the system"], &leads)?;
    root.present()?;
    Ok(())
}
