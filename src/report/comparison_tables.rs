//! A comparison as data: one JSON document, and the tables of its differences and of what differs in the inputs.

use super::comparison::ComparisonPage;
use super::comparison_answer;
use super::comparison_curves::{self, OtherCurveRows};
use super::json::word;
use super::tables::{owned, written};
use super::wording::plain;
use crate::plan::compare::Versus;
use crate::plan::differences::Difference;
use crate::plan::inputs::Input;
use crate::stats::Estimate;
use crate::study::{Finding, Scope, Unit};
use serde::Serialize;

/// The whole comparison.
#[derive(Debug, Serialize)]
pub struct ComparisonDocument<'a> {
    leadsim: &'static str,
    base: &'a str,
    seed: u64,
    trials: u64,
    stopped: bool,
    /// Of all intervals together.
    level: f64,
    level_of_each_main: f64,
    level_of_each_other: f64,
    answer: Vec<String>,
    /// The same money under a second decay curve; null where speed has no effect on deals.
    other_curve: Option<OtherCurveRows>,
    alternatives: Vec<AlternativeRows<'a>>,
    /// The alternatives among themselves, in the headline.
    rivals: Vec<RivalRow<'a>>,
    notes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct AlternativeRows<'a> {
    name: &'a str,
    inputs: &'a [Input],
    differences: Vec<DifferenceRow<'a>>,
    only_in_base: Vec<Measure<'a>>,
    only_in_alternative: Vec<Measure<'a>>,
}

#[derive(Debug, Serialize)]
struct RivalRow<'a> {
    from: &'a str,
    to: &'a str,
    #[serde(flatten)]
    difference: DifferenceRow<'a>,
}

#[derive(Debug, Clone, Copy, Serialize)]
struct Measure<'a> {
    measure: &'a str,
    commitment: Option<&'a str>,
    tier: Option<&'a str>,
    cause: Option<&'a str>,
    scope: Scope,
    unit: Unit,
    estimand: &'a str,
}

/// Values in the unit of the measure; a share is a fraction.
#[derive(Debug, Serialize)]
struct DifferenceRow<'a> {
    #[serde(flatten)]
    measure: Measure<'a>,
    /// Whether it is the measure of the first sentence, one of the main ones, or another.
    role: &'static str,
    base: Ends,
    other: Ends,
    difference: Ends,
    trials_only_base: Option<u64>,
    trials_only_other: Option<u64>,
    sign_test_p: Option<f64>,
    same_in_every_trial: bool,
    moved: bool,
    /// How many times the trials it would take without the same leads to know the difference as well.
    worth_of_same_leads: Option<f64>,
}

#[derive(Debug, Clone, Copy, Serialize)]
struct Ends {
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    level: f64,
    method: crate::stats::Method,
    trials: u64,
}

impl Ends {
    fn of(estimate: Estimate) -> Ends {
        let finite = |value: f64| value.is_finite().then_some(value);
        let shown = estimate.shown();
        Ends {
            value: finite(estimate.value),
            low: shown.and_then(|(low, _)| finite(low)),
            high: shown.and_then(|(_, high)| finite(high)),
            level: estimate.level,
            method: estimate.method,
            trials: estimate.trials,
        }
    }
}

fn measure(finding: &Finding) -> Measure<'_> {
    Measure {
        measure: finding.measure,
        commitment: finding.commitment.as_deref(),
        tier: finding.tier.as_deref(),
        cause: finding.cause.as_deref(),
        scope: finding.scope,
        unit: finding.unit,
        estimand: finding.estimand,
    }
}

fn row<'a>(difference: &'a Difference, role: &'static str) -> DifferenceRow<'a> {
    let disagreement = difference.disagreement;
    DifferenceRow {
        measure: measure(&difference.finding),
        role,
        base: Ends::of(difference.base),
        other: Ends::of(difference.other),
        difference: Ends::of(difference.difference),
        trials_only_base: disagreement.map(|d| d.only_base),
        trials_only_other: disagreement.map(|d| d.only_other),
        sign_test_p: disagreement.map(|d| d.p_value),
        same_in_every_trial: difference.is_same,
        moved: difference.moved,
        worth_of_same_leads: difference.worth,
    }
}

fn rows(versus: &Versus) -> Vec<DifferenceRow<'_>> {
    let role = |place: usize| match place {
        place if versus.headline == Some(place) => "headline",
        place if versus.mains.contains(&place) => "main",
        _ => "other",
    };
    versus.differences.both.iter().enumerate().map(|(place, d)| row(d, role(place))).collect()
}

/// The document of a comparison.
pub fn comparison_document<'a>(page: &'a ComparisonPage<'_>) -> ComparisonDocument<'a> {
    let comparison = page.comparison;
    let alternatives = comparison.others.iter().enumerate().map(|(place, versus)| AlternativeRows {
        name: &versus.name,
        inputs: page.inputs.get(place).map_or(&[], Vec::as_slice),
        differences: rows(versus),
        only_in_base: versus.differences.only_base.iter().map(measure).collect(),
        only_in_alternative: versus.differences.only_other.iter().map(measure).collect(),
    });
    let rivals = comparison.rivals.iter().map(|rivals| RivalRow {
        from: &comparison.others[rivals.between.0].name,
        to: &comparison.others[rivals.between.1].name,
        difference: row(&rivals.difference, "headline"),
    });
    ComparisonDocument {
        leadsim: env!("CARGO_PKG_VERSION"),
        base: &comparison.base,
        seed: page.seed,
        trials: comparison.trials,
        stopped: comparison.stopped,
        level: comparison.levels.together,
        level_of_each_main: comparison.levels.main,
        level_of_each_other: comparison.levels.rest,
        answer: comparison_answer::sentences(page).iter().map(|sentence| plain(sentence)).collect(),
        other_curve: comparison_curves::rows(page),
        alternatives: alternatives.collect(),
        rivals: rivals.collect(),
        notes: page.notes(),
    }
}

fn number(value: Option<f64>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

/// One row an alternative and measure; measures of one scenario alone stand at its end without a difference.
pub fn differences_table(page: &ComparisonPage<'_>) -> Vec<u8> {
    let mut head = owned(&["alternative", "role", "measure", "commitment", "tier", "cause", "scope", "unit"]);
    for side in ["base", "other", "difference"] {
        head.extend([
            side.to_owned(),
            format!("{side}_low"),
            format!("{side}_high"),
            format!("{side}_level"),
        ]);
    }
    head.extend(owned(&[
        "method",
        "trials",
        "trials_only_base",
        "trials_only_other",
        "sign_test_p",
        "same_in_every_trial",
        "moved",
        "worth_of_same_leads",
    ]));
    let mut table = vec![head];
    for versus in &page.comparison.others {
        table.extend(rows(versus).into_iter().map(|row| difference_cells(&versus.name, &row)));
        let sides = [(true, &versus.differences.only_base), (false, &versus.differences.only_other)];
        for (is_base, only) in sides {
            table.extend(only.iter().map(|finding| alone_cells(&versus.name, finding, is_base)));
        }
    }
    written(table)
}

fn named(alternative: &str, role: &str, measure: Measure<'_>) -> Vec<String> {
    vec![
        alternative.to_owned(),
        role.to_owned(),
        measure.measure.to_owned(),
        measure.commitment.unwrap_or("").to_owned(),
        measure.tier.unwrap_or("").to_owned(),
        measure.cause.unwrap_or("").to_owned(),
        word(measure.scope),
        word(measure.unit),
    ]
}

fn ends(ends: Ends) -> [String; 4] {
    [number(ends.value), number(ends.low), number(ends.high), ends.level.to_string()]
}

fn difference_cells(alternative: &str, row: &DifferenceRow<'_>) -> Vec<String> {
    let mut cells = named(alternative, row.role, row.measure);
    for side in [row.base, row.other, row.difference] {
        cells.extend(ends(side));
    }
    let count = |value: Option<u64>| value.map_or(String::new(), |value| value.to_string());
    cells.extend([
        word(row.difference.method),
        row.difference.trials.to_string(),
        count(row.trials_only_base),
        count(row.trials_only_other),
        number(row.sign_test_p),
        row.same_in_every_trial.to_string(),
        row.moved.to_string(),
        number(row.worth_of_same_leads),
    ]);
    cells
}

fn alone_cells(alternative: &str, finding: &Finding, is_base: bool) -> Vec<String> {
    let mut cells =
        named(alternative, if is_base { "only in base" } else { "only in other" }, measure(finding));
    let (mine, nothing) = (ends(Ends::of(finding.estimate)), [(); 4].map(|()| String::new()));
    let (base, other) = if is_base { (mine, nothing.clone()) } else { (nothing.clone(), mine) };
    cells.extend(base.into_iter().chain(other).chain(nothing));
    cells.push(String::new());
    cells.push(finding.estimate.trials.to_string());
    cells.extend([(); 6].map(|()| String::new()));
    cells
}

/// One row an alternative and value that differs.
pub fn inputs_table(page: &ComparisonPage<'_>) -> Vec<u8> {
    let mut table = vec![owned(&["alternative", "path", "base", "other"])];
    for (versus, inputs) in page.comparison.others.iter().zip(&page.inputs) {
        for input in inputs {
            let cell = |value: &Option<String>| value.clone().unwrap_or_default();
            table.push(vec![versus.name.clone(), input.path.clone(), cell(&input.base), cell(&input.other)]);
        }
    }
    written(table)
}
