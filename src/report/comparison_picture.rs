//! A comparison as a forest plot: every main measure and the strongest others, a panel a unit.

use super::comparison::clock;
use super::comparison::{ComparisonPage, shown};
use super::comparison_answer;
use super::comparison_words::{Clock, Scaled};
use super::plot::{Forest, ForestMark, ForestPanel, ForestRow, Picture, Span, Words};
use super::wording::{goal, plain};
use crate::plan::compare::Versus;
use crate::plan::differences::Difference;
use crate::study::{Finding, Unit};

/// Rows of one panel: more would be a wall.
const MOST_ROWS: usize = 16;

/// Units of waiting times: all of them stand on one clock, that of the table.
const TIMES: [Unit; 3] = [Unit::Minutes, Unit::BusinessMinutes, Unit::Hours];

/// What the panel of times is called before its clock is known.
const TIME: &str = "time";

/// What a panel counts, how its units follow each other, and how many of it one of the measure's own unit is.
const PANELS: [(&[Unit], &str, f64); 6] = [
    (&[Unit::Share], "percentage points", 100.0),
    (&TIMES, TIME, 1.0),
    (&[Unit::PerTrial, Unit::Number], "number", 1.0),
    (&[Unit::HoursPerTrial], "hours", 1.0),
    (&[Unit::DollarsPerTrial], "thousand dollars", 1e-3),
    (&[Unit::Dollars], "dollars each", 1.0),
];

/// The forest plot of a comparison.
pub fn forest(page: &ComparisonPage<'_>) -> Picture {
    let comparison = page.comparison;
    let trial = page.trial();
    let wanted = wanted(page);
    let clock = clock(page);
    let panels = PANELS.iter().map(|(units, name, times)| {
        let name = clock.filter(|_| *name == TIME).map_or(*name, |clock| clock.words);
        let a_trial = [Unit::PerTrial, Unit::DollarsPerTrial, Unit::HoursPerTrial];
        let unit = if units.iter().any(|unit| a_trial.contains(unit)) {
            format!("{name} a {}", plain(&trial.one))
        } else {
            name.to_owned()
        };
        let of_unit = wanted.iter().filter(|d| units.contains(&d.finding.unit)).take(MOST_ROWS);
        ForestPanel { unit, rows: of_unit.map(|d| row(page, d, *times, clock)).collect() }
    });
    Picture::Forest(Forest {
        words: Words {
            title: plain(&comparison_answer::title(page)),
            subtitle: plain(&format!(
                "{} minus {}, the same leads through each, {}",
                comparison.others.iter().map(|versus| versus.name.as_str()).collect::<Vec<_>>().join(", "),
                comparison.base,
                super::wording::dates(&page.models[0].horizon)
            )),
            footer: plain(&format!(
                "{} each, seed {}. Intervals hold all together at {}; pale: no real difference.",
                trial.count(comparison.trials),
                page.seed,
                goal(comparison.levels.together)
            )),
            trial: trial.short.into(),
        },
        alternatives: comparison.others.iter().map(|versus| versus.name.clone()).collect(),
        panels: panels.filter(|panel| !panel.rows.is_empty()).collect(),
    })
}

/// The main measures that are not the same in every trial under some alternative, then the strongest others.
fn wanted<'a>(page: &'a ComparisonPage<'_>) -> Vec<&'a Difference> {
    let mut wanted: Vec<&Difference> = Vec::new();
    let is_there =
        |wanted: &[&Difference], d: &Difference| wanted.iter().any(|w| is_same(&w.finding, &d.finding));
    for versus in &page.comparison.others {
        let mains = versus.mains.iter().map(|place| &versus.differences.both[*place]).filter(|d| !d.is_same);
        for difference in mains.chain(shown(versus).1) {
            if !is_there(&wanted, difference) {
                wanted.push(difference);
            }
        }
    }
    wanted
}

fn is_same(one: &Finding, other: &Finding) -> bool {
    one.measure == other.measure
        && one.commitment == other.commitment
        && one.tier == other.tier
        && one.cause == other.cause
        && one.scope == other.scope
}

fn row(page: &ComparisonPage<'_>, wanted: &Difference, times: f64, clock: Option<Clock>) -> ForestRow {
    let minutes = match wanted.finding.unit {
        Unit::Minutes | Unit::BusinessMinutes => Some(1.0),
        Unit::Hours => Some(60.0),
        _ => None,
    };
    let times = clock.zip(minutes).map_or(times, |(clock, minutes)| minutes / clock.minutes);
    let mark = |versus: &Versus| {
        let difference = versus.differences.both.iter().find(|d| is_same(&d.finding, &wanted.finding))?;
        let estimate = difference.difference;
        let scaled = Scaled::on(clock, difference.finding.unit, estimate);
        let span = estimate.shown().map(|(low, high)| Span::new(low * times, high * times));
        Some(ForestMark {
            value: estimate.is_known().then_some(estimate.value * times),
            interval: span,
            moved: difference.moved,
            words: plain(&match difference.moved {
                true => scaled.with_unit(estimate.value),
                false => format!("{}, no real difference", scaled.signed(estimate.value)),
            }),
        })
    };
    ForestRow {
        label: plain(&page.measure(wanted)),
        marks: page.comparison.others.iter().map(mark).collect(),
    }
}
