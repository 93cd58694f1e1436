//! Sensitivity indices against closed forms: the product's design and estimators on two published test functions.

use crate::case::{Case, Number};
use crate::plan::{Row, Wanted};
use leadsim::random::Key;
use leadsim::stats::sensitivity::{Design, shares};
use rayon::prelude::*;
use std::f64::consts::PI;

/// Points of a design, as in the design document.
const POINTS: usize = 1 << 14;

/// Independent designs behind a standard error.
const DESIGNS: u64 = 200;

/// Numbers that are compared: two indices of three and of five inputs.
pub const COMPARISONS: usize = 16;

/// A test function on the unit cube.
struct Function {
    /// How its numbers' names begin.
    name: &'static str,
    inputs: usize,
    value: fn(&[f64]) -> f64,
}

const FUNCTIONS: [Function; 2] = [
    Function { name: "ishigami", inputs: 3, value: ishigami },
    Function { name: "g", inputs: 5, value: g_function },
];

/// Ishigami and Homma 1990, with a = 7 and b = 0.1.
fn ishigami(unit: &[f64]) -> f64 {
    let x: Vec<f64> = unit.iter().map(|u| PI * (2.0 * u - 1.0)).collect();
    x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin()
}

/// Sobol 1993, with a = 0, 1, 4.5, 9, 99.
fn g_function(unit: &[f64]) -> f64 {
    let weights = [0.0, 1.0, 4.5, 9.0, 99.0];
    unit.iter().zip(weights).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()
}

/// The numbers of a case, and what 200 independent designs gave: one row a design, in the order of the numbers.
///
/// # Errors
/// A case of other functions.
pub fn repeated(case: &Case, seed: u64) -> Result<(Vec<Row>, Vec<Wanted>), String> {
    let inputs = case.text("inputs");
    if !inputs.contains("Ishigami") || !inputs.contains("prod (|4x-2|+a)/(1+a)") {
        return Err("other test functions".to_string());
    }
    let numbers = case.numbers();
    let rows: Vec<Row> = (0..DESIGNS)
        .into_par_iter()
        .map(|design| {
            let found: Vec<Vec<(f64, f64)>> = FUNCTIONS
                .iter()
                .enumerate()
                .map(|(place, f)| indices(f, seed, design, place as u64))
                .collect();
            numbers.iter().map(|number| pick(&found, number).unwrap_or(f64::NAN)).collect()
        })
        .collect();
    let wanted = |(place, number): (usize, &Number)| {
        Wanted::of(number, move |mean| mean[place]).taken_for_probability()
    };
    let wanted = numbers.iter().enumerate().map(wanted).collect();
    Ok((rows, wanted))
}

/// First-order and total index of every input, from one design.
fn indices(function: &Function, seed: u64, design: u64, place: u64) -> Vec<(f64, f64)> {
    let key = Key::root(seed).child(design).child(place);
    let mut drawn = 0;
    let design = Design::new(POINTS, function.inputs, || {
        drawn += 1;
        key.uniform(0, drawn)
    });
    let at = |rows: &[Vec<f64>]| rows.iter().map(|row| (function.value)(row)).collect::<Vec<f64>>();
    let mixed: Vec<Vec<f64>> = (0..function.inputs)
        .map(|input| design.mixed(input).map(|row| (function.value)(&row)).collect())
        .collect();
    let found = shares(&at(&design.first), &at(&design.second), &mixed).unwrap_or_default();
    found.iter().map(|share| (share.alone, share.total)).collect()
}

fn pick(found: &[Vec<(f64, f64)>], number: &Number) -> Option<f64> {
    let (name, kind) = number.key(0).rsplit_once('_')?;
    let function = FUNCTIONS.iter().position(|function| function.name == name)?;
    let (alone, total) = *found[function].get(number.key(1).parse::<usize>().ok()?)?;
    match kind {
        "S1" => Some(alone),
        "ST" => Some(total),
        _ => None,
    }
}
