//! The cheapest fix for machines: every set tried, as rows and as one document.

use super::remedy::FixPage;
use super::remedy_inseparable::is_inseparable;
use super::tables::written;
use super::wording::list;
use crate::plan::fix::{Decision, Tried};
use crate::plan::price_list::PriceList;
use crate::plan::regret::UnderCurve;

/// Rows of the page's table at most.
const MOST_ROWS: usize = 14;

/// "back-up owner after 5 min and staggered lunch"; without levers "no change".
pub(super) fn label(prices: &PriceList, levers: &[usize]) -> String {
    if levers.is_empty() {
        return "no change".into();
    }
    list(&levers.iter().map(|&lever| prices.levers[lever].label()).collect::<Vec<String>>())
}

pub(super) fn verdict(decision: Decision) -> &'static str {
    match decision {
        Decision::Enough => "enough",
        Decision::TooFew => "not enough",
        Decision::CannotTell => "cannot tell",
        Decision::NotNeeded => "not settled, no cheaper",
    }
}

/// Places of the sets worth a row: those surer than all cheaper ones, the answer, the runner-up, what trials could not tell, and the surest
/// of the others.
pub(super) fn near_frontier(page: &FixPage<'_>) -> Vec<usize> {
    let tried = &page.fixed.tried;
    let mut places = Vec::new();
    let mut best = f64::NEG_INFINITY;
    for (place, one) in tried.iter().enumerate() {
        let is_named = page.fixed.answer == Some(place) || page.fixed.runner_up == Some(place);
        if one.holds.value > best || is_named || one.decision == Decision::CannotTell {
            places.push(place);
        }
        best = best.max(one.holds.value);
    }
    let mut rest: Vec<usize> = (0..tried.len()).filter(|place| !places.contains(place)).collect();
    rest.sort_by(|a, b| tried[*b].holds.value.total_cmp(&tried[*a].holds.value));
    places.extend(rest.into_iter().take(MOST_ROWS.saturating_sub(places.len())));
    places.sort_unstable();
    places
}

fn names(page: &FixPage<'_>, tried: &Tried) -> Vec<String> {
    page.list.sets[tried.set].levers.iter().map(|&lever| page.list.levers[lever].name.clone()).collect()
}

/// Every set tried as CSV.
pub fn fix_table(page: &FixPage<'_>) -> Vec<u8> {
    let head = ["levers", "cost", "held", "trials", "holds", "holds_low", "holds_high", "decision", "is"];
    let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    let rows = page.fixed.tried.iter().enumerate().map(|(place, tried)| {
        vec![
            names(page, tried).join(" + "),
            page.list.sets[tried.set].cost.to_string(),
            tried.held.0.to_string(),
            tried.held.1.to_string(),
            tried.holds.value.to_string(),
            number(tried.holds.low),
            number(tried.holds.high),
            verdict(tried.decision).into(),
            match (page.fixed.answer == Some(place), page.fixed.runner_up == Some(place)) {
                (true, _) => "answer".into(),
                (_, true) => "runner-up".into(),
                _ => String::new(),
            },
        ]
    });
    written(std::iter::once(head.map(str::to_owned).to_vec()).chain(rows))
}

/// The answer for machines: every set tried, and what fresh luck says of answer and runner-up.
#[derive(Debug, serde::Serialize)]
pub struct FixDocument {
    format: &'static str,
    scenario: String,
    clauses: Vec<String>,
    probability: f64,
    margin: f64,
    error: f64,
    seed: u64,
    trials: u64,
    at_most: u64,
    /// Most trials of the whole search, and whether it reached them before it was through.
    in_all: u64,
    capped: bool,
    stopped: bool,
    /// Sets there were to try.
    sets: usize,
    /// Sets left out because they cost too much.
    too_dear: usize,
    /// Most levers together, where larger sets were left out.
    together: Option<usize>,
    /// Levers without a price.
    free: Vec<String>,
    /// Pairs that are never pulled together.
    alternatives: Vec<(String, String)>,
    /// The answer; none if nothing tried is enough.
    answer: Option<SetRow>,
    runner_up: Option<SetRow>,
    /// Two sets between which the search leaves the choice open, the cheaper first.
    open_choice: Option<(SetRow, SetRow)>,
    /// The same two where fresh luck cannot tell them from each other either.
    inseparable: Option<(SetRow, SetRow)>,
    fresh_trials: Option<u64>,
    fresh: Vec<UnderCurve>,
    tried: Vec<SetRow>,
}

#[derive(Debug, serde::Serialize)]
struct SetRow {
    levers: Vec<String>,
    title: String,
    cost: f64,
    held: u64,
    trials: u64,
    holds: f64,
    low: Option<f64>,
    high: Option<f64>,
    decision: Decision,
}

/// The document of the page.
pub fn fix_document(page: &FixPage<'_>) -> FixDocument {
    let (fixed, wanted, prices) = (page.fixed, page.wanted, page.list);
    let row = |tried: &Tried| SetRow {
        levers: names(page, tried),
        title: label(prices, &prices.sets[tried.set].levers),
        cost: prices.sets[tried.set].cost,
        held: tried.held.0,
        trials: tried.held.1,
        holds: tried.holds.value,
        low: tried.holds.low,
        high: tried.holds.high,
        decision: tried.decision,
    };
    let both = |(a, b): (usize, usize)| (row(&fixed.tried[a]), row(&fixed.tried[b]));
    let name = |lever: usize| prices.levers[lever].name.clone();
    let commitments = &page.model.agreement.commitments;
    FixDocument {
        format: "leadsim fix 1",
        scenario: page.name.to_owned(),
        clauses: wanted.commitments.iter().map(|&i| commitments[i].id.clone()).collect(),
        probability: wanted.probability,
        margin: wanted.margin,
        error: wanted.error,
        seed: wanted.seed,
        trials: fixed.trials,
        at_most: wanted.at_most,
        in_all: fixed.in_all,
        capped: fixed.capped,
        stopped: fixed.stopped,
        sets: prices.sets.len(),
        too_dear: prices.too_dear,
        together: prices.together,
        free: prices.levers.iter().filter(|l| l.cost.is_none()).map(|l| l.name.clone()).collect(),
        alternatives: prices.alternatives.iter().map(|a| (name(a.levers.0), name(a.levers.1))).collect(),
        answer: fixed.answer().map(row),
        runner_up: fixed.runner_up().map(row),
        open_choice: fixed.open_choice().map(both),
        inseparable: fixed.open_choice().filter(|_| is_inseparable(page)).map(both),
        fresh_trials: page.regret.map(|regret| regret.trials),
        fresh: page.regret.map_or(Vec::new(), |regret| regret.curves.clone()),
        tried: fixed.tried.iter().map(row).collect(),
    }
}
