//! The cheapest fix in words and as a table: which levers, at what price, how sure that is, and what the runner-up would bring.

pub(super) mod prices;

use super::remedy_dollars;
use super::remedy_inseparable::{inseparable, spoken_of};
use super::remedy_tables::{label, near_frontier, verdict};
use super::sizing::promises;
use super::text::wrapped;
use super::wording::{JOINT, TrialWord, count, goal, list, percent, plural, price, thousands, with_sign};
use crate::model::Model;
use crate::plan::fix::{Decision, Fixed, Tried, Wanted};
use crate::plan::price_list::PriceList;
use crate::plan::regret::{Regret, UnderCurve};
use crate::plan::size::fresh;
use crate::stats::Estimate;
use prices::what_was_left_out;

/// What the answer of a search is shown with.
#[derive(Debug)]
pub struct FixPage<'a> {
    /// The scenario's name.
    pub name: &'a str,
    /// The scenario as it is today.
    pub model: &'a Model,
    /// What could be bought.
    pub list: &'a PriceList,
    /// What was wanted.
    pub wanted: &'a Wanted,
    /// What was found.
    pub fixed: &'a Fixed,
    /// What fresh luck says of it; none where it was not asked.
    pub regret: Option<&'a Regret>,
}

/// The page.
pub fn fix_page(page: &FixPage<'_>) -> String {
    let trial = TrialWord::of(&page.model.horizon);
    let mut text = String::new();
    let mut paragraphs = vec![answer(page, &trial)];
    paragraphs.extend(runner_up(page, &trial));
    paragraphs.extend(inseparable(page, &trial).filter(|_| page.fixed.answer.is_some()));
    paragraphs.extend(untold(page, &trial));
    paragraphs.push(how_sure(page, &trial));
    paragraphs.extend(what_was_left_out(page, &trial));
    for line in paragraphs.iter().flat_map(|words| wrapped(words, super::text::COLUMNS)) {
        text.push_str(&line);
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&super::text::columns(&rows(page, &trial), 1));
    text.push('\n');
    text.push_str(&super::text::columns(&prices::prices(page, &trial), 3));
    text
}

/// "93.1 % (91.5–94.5)".
pub(super) fn share(estimate: &Estimate) -> String {
    let ends = estimate.low.zip(estimate.high);
    let ends = ends.map_or(String::new(), |(low, high)| format!(" ({:.1}–{:.1})", low * 100.0, high * 100.0));
    format!("{}{JOINT}%{ends}", percent(estimate.value))
}

/// The first letter large.
fn begun(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// "$3,900 a quarter", "no money".
pub(super) fn for_a(cost: f64, trial: &TrialWord) -> String {
    match cost {
        cost if cost.abs() < 0.5 => "no money".into(),
        cost if cost < 0.0 => format!("a saving of {} a {}", price(-cost), trial.short),
        cost => format!("{} a {}", price(cost), trial.short),
    }
}

pub(super) fn cost_of(page: &FixPage<'_>, tried: &Tried) -> f64 {
    page.list.sets[tried.set].cost
}

/// "back-up owner after 5 min and staggered lunch", or the scenario as it is.
pub(super) fn named(page: &FixPage<'_>, tried: &Tried) -> String {
    label(page.list, &page.list.sets[tried.set].levers)
}

/// The first sentence: the levers and their price, or that there are none.
pub(super) fn answer(page: &FixPage<'_>, trial: &TrialWord) -> String {
    let (fixed, wanted) = (page.fixed, page.wanted);
    let what = promises(page.model, &wanted.commitments);
    let sure = format!("{} of {}", with_sign(wanted.probability), trial.many);
    if fixed.stopped && fixed.answer.is_none() {
        return format!(
            "Stopped before the answer was found: {} of {} sets were looked at.",
            fixed.tried.len(),
            page.list.sets.len()
        );
    }
    let Some(answer) = fixed.answer() else { return nothing_does(page, trial, &what, &sure) };
    let held = format!("it holds in {} of {}", share(&answer.holds), trial.count(answer.held.1));
    let levers = &page.list.sets[answer.set].levers;
    if levers.is_empty() {
        return format!("Nothing needs to change: as it is, {what} holds in at least {sure}; {held}.");
    }
    let are = if levers.len() == 1 { "is" } else { "are" };
    let fresh = page.regret.and_then(|regret| regret.curves.first()?.today_holds);
    let searched = fixed.tried.iter().find(|tried| page.list.sets[tried.set].levers.is_empty());
    let today = fresh.or(searched.map(|tried| tried.holds));
    let today = today.map_or(String::new(), |today| format!(", today in {}", share(&today)));
    // a lever may loosen what it is asked to keep
    let then = promises(&page.list.sets[answer.set].model, &wanted.commitments);
    let loosened = then != what;
    let then = if loosened {
        format!(
            " The promise then reads {then}, which is looser than today's; without such levers: --levers."
        )
    } else {
        String::new()
    };
    let held =
        if wanted.commitments.len() == 1 { held } else { held.replace("it holds", "they hold together") };
    let way = match (loosened, wanted.commitments.len()) {
        (true, _) => "sign and keep a looser form of",
        (false, 1) => "keep",
        (false, _) => "keep together",
    };
    let at = for_a(cost_of(page, answer), trial);
    format!(
        "{} {are} the cheapest way to {way} {what} in {sure}: {at}; {held}{today}.{then}",
        begun(&named(page, answer))
    )
}

fn nothing_does(page: &FixPage<'_>, trial: &TrialWord, what: &str, sure: &str) -> String {
    if let Some(words) = inseparable(page, trial) {
        return format!("No set of these levers was shown to keep {what} in {sure}. {words}");
    }
    let looked = page.fixed.tried.len() as u64;
    if page.fixed.capped {
        return format!(
            "No set of these levers was shown to keep {what} in {sure} within {}: {looked} of {} were looked at. A larger --in-all goes on.",
            trial.count(page.fixed.in_all),
            plural(page.list.sets.len() as u64, "set", "sets")
        );
    }
    let best = page.fixed.tried.iter().max_by(|a, b| a.holds.value.total_cmp(&b.holds.value));
    let best = best.map_or(String::new(), |best| {
        format!(
            " The best, {} for {}, does in {} of {}.",
            named(page, best),
            for_a(cost_of(page, best), trial),
            share(&best.holds),
            trial.count(best.held.1)
        )
    });
    let cap = if page.list.too_dear > 0 { ", within the cost asked for," } else { "" };
    let shown = page.fixed.tried.iter().any(|tried| tried.decision == Decision::CannotTell);
    let shown = if shown { "is shown to keep" } else { "keeps" };
    format!(
        "None of {} of these levers{cap} {shown} {what} in {sure}.{best} Other levers, a looser promise, or a smaller --probability must.",
        plural(page.list.sets.len() as u64, "set", "sets")
    )
}

/// Who comes second, and what that would bring.
pub(super) fn runner_up(page: &FixPage<'_>, trial: &TrialWord) -> Option<String> {
    let (answer, second) = (page.fixed.answer()?, page.fixed.runner_up());
    let curves: &[UnderCurve] = page.regret.map_or(&[], |regret| &regret.curves);
    let gains: Vec<String> = curves
        .iter()
        .filter_map(|curve| Some(format!("{}{}", dollars(&curve.gain?), under(curve))))
        .collect();
    let is_change = !page.list.sets[answer.set].levers.is_empty();
    let gains = (is_change && !gains.is_empty())
        .then(|| format!("Against today it brings {} of expected revenue a {}.", list(&gains), trial.short));
    let Some(second) = second else {
        let none = match (page.fixed.stopped, page.fixed.capped) {
            (true, _) => "Stopped before a runner-up was found or ruled out.",
            (_, true) => {
                "The search had played all its trials (--in-all) before a runner-up was found or ruled out."
            }
            (false, false) => {
                "No other set that leaves out a part of it is enough, so there is no runner-up."
            }
        };
        let none = none.to_owned();
        return Some([Some(none), gains].into_iter().flatten().collect::<Vec<_>>().join(" "));
    };
    let extra = cost_of(page, second) - cost_of(page, answer);
    let extra = match extra {
        extra if extra.abs() < 0.5 => "the same price".into(),
        extra if extra < 0.0 => format!("{} less", price(-extra)),
        extra => format!("{} more", price(extra)),
    };
    let untold = second.decision == Decision::CannotTell;
    let mut words = format!(
        "The runner-up is {} for {} ({extra}): {} of {}{}.",
        named(page, second),
        for_a(cost_of(page, second), trial),
        share(&second.holds),
        trial.count(second.held.1),
        if untold { ", which trials could not tell from the wanted share" } else { "" }
    );
    let regrets: Vec<String> = curves
        .iter()
        .filter_map(|curve| Some(format!("{}{}", dollars(&curve.regret?), under(curve))))
        .collect();
    if !regrets.is_empty() {
        words.push_str(&format!(
            " After its price it brings {} of expected revenue against the answer: {}.",
            list(&regrets),
            remedy_dollars::recommendation(curves)
        ));
    }
    for curve in curves {
        if let (Some(name), Some(why)) = (&curve.curve, &curve.refused) {
            words.push_str(&format!(" The {name} curve is not possible here: {why}."));
        }
    }
    Some([Some(words), gains].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// "+$12K (+$3,100 to +$21K)": dollars with their sign and interval.
pub(super) fn dollars(estimate: &Estimate) -> String {
    let signed = |dollars: f64| {
        let sign = if dollars < -0.5 { "−" } else { "+" };
        format!("{sign}{}", price(dollars.abs()))
    };
    let ends = estimate.low.zip(estimate.high);
    let ends = ends.map_or(String::new(), |(low, high)| format!(" ({} to {})", signed(low), signed(high)));
    format!("{}{ends}", signed(estimate.value))
}

pub(super) fn under(curve: &UnderCurve) -> String {
    curve.curve.as_ref().map_or(String::new(), |name| format!(" under the {name} curve"))
}

/// Sets not told apart that are named in the text; all stand in the table.
const NAMED: usize = 3;

/// Cheaper sets that trials could not tell.
pub(super) fn untold(page: &FixPage<'_>, trial: &TrialWord) -> Option<String> {
    let spoken_of = spoken_of(page).map(|place| page.fixed.tried[place].set);
    let mut open: Vec<&Tried> = page.fixed.untold().filter(|tried| Some(tried.set) != spoken_of).collect();
    open.sort_by(|a, b| b.holds.value.total_cmp(&a.holds.value));
    let more = open.len().saturating_sub(NAMED);
    let mut each: Vec<String> = open
        .into_iter()
        .take(NAMED)
        .map(|tried| {
            format!(
                "{} for {} ({} of {})",
                named(page, tried),
                for_a(cost_of(page, tried), trial),
                share(&tried.holds),
                trial.count(tried.held.1)
            )
        })
        .collect();
    if more > 0 {
        each.push(format!("{} more", thousands(more as u64)));
    }
    (!each.is_empty()).then(|| {
        format!(
            "{}, but not told apart from the wanted share by the most trials, and so counted as not holding: {}. A larger --at-most may tell.",
            if spoken_of.is_some() { "Also cheaper" } else { "Cheaper" },
            list(&each)
        )
    })
}

/// What the answer rests on: the guarantee, what was saved, fresh luck.
pub(super) fn how_sure(page: &FixPage<'_>, trial: &TrialWord) -> String {
    let (fixed, wanted) = (page.fixed, page.wanted);
    let sets = page.list.sets.len() as u64;
    let (low, high) = (wanted.probability - wanted.margin, (wanted.probability + wanted.margin).min(1.0));
    let mut words = match fixed.answer() {
        Some(_) => format!(
            "With probability {} or more, it holds in at least {} of {} and no cheaper set of these levers{} in {} or more.",
            with_sign(1.0 - wanted.error),
            with_sign(low),
            trial.many,
            if fixed.untold().next().is_some() { ", but for those not told apart," } else { "" },
            with_sign(high)
        ),
        None => format!(
            "With probability {} or more, no set called not enough holds in {} of {} or more.",
            with_sign(1.0 - wanted.error),
            with_sign(high),
            trial.many
        ),
    };
    words.push_str(&format!(
        " {} of {} were looked at, cheapest first, on the same luck; {} decided by the first 20 {}. {} were played in all (seed {}); {} of each set would have been {}, and {} in all were the most (--in-all). Intervals of the search hold at {} wherever it stopped.",
        thousands(fixed.tried.len() as u64),
        plural(sets, "set", "sets"),
        match fixed.screened { 1 => "1 was".into(), n => format!("{n} were") },
        trial.many,
        trial.count(fixed.trials),
        wanted.seed,
        thousands(wanted.at_most),
        thousands(wanted.at_most * sets),
        thousands(fixed.in_all),
        goal(((1.0 - wanted.error / sets as f64) * 1e5).floor() / 1e5)
    ));
    let Some(regret) = page.regret else { return words };
    if let Some(holds) = regret.curves.first().and_then(|curve| curve.answer_holds) {
        words.push_str(&format!(
            " With fresh luck (seed {}, {}) the answer holds in {}",
            fresh(wanted.seed),
            trial.count(regret.trials),
            share(&holds)
        ));
        let others = regret.curves.iter().skip(1);
        let others: Vec<String> = others
            .filter_map(|curve| Some(format!("{}{}", share(&curve.answer_holds?), under(curve))))
            .collect();
        let others = if others.is_empty() { String::new() } else { format!(", in {}", list(&others)) };
        words.push_str(&format!("{others}."));
    }
    if let Some(worth) = regret.curves.first().and_then(|curve| curve.worth).filter(|worth| *worth > 1.05) {
        words.push_str(&format!(
            " Without shared luck it would take {} times the {} to know the runner-up's revenue as well.",
            count(worth),
            trial.many
        ));
    }
    if regret.contradicts(wanted) {
        words.push_str(" The fresh luck speaks against the search: play more with --at-most before you buy.");
    }
    words
}

/// "back_up + lunch"; without levers "as it is".
pub(super) fn short_name(page: &FixPage<'_>, tried: &Tried) -> String {
    let levers = &page.list.sets[tried.set].levers;
    let names: Vec<&str> = levers.iter().map(|&lever| page.list.levers[lever].name.as_str()).collect();
    if names.is_empty() { "as it is".into() } else { names.join(" + ") }
}

fn rows(page: &FixPage<'_>, trial: &TrialWord) -> Vec<Vec<String>> {
    let mut rows = vec![vec![
        "SET".into(),
        format!("COST/{}", trial.short.to_uppercase()),
        "HOLDS".into(),
        "INTERVAL".into(),
        format!("{}S", trial.short.to_uppercase()),
        String::new(),
    ]];
    for place in near_frontier(page) {
        let tried = &page.fixed.tried[place];
        let ends = tried.holds.low.zip(tried.holds.high);
        rows.push(vec![
            short_name(page, tried),
            prices::money_exactly(cost_of(page, tried)),
            percent(tried.holds.value),
            ends.map_or("–".into(), |(low, high)| format!("{:.1}–{:.1}", low * 100.0, high * 100.0)),
            thousands(tried.held.1),
            match (page.fixed.answer == Some(place), page.fixed.runner_up == Some(place)) {
                (true, _) => "← the answer".into(),
                (_, true) => "← runner-up".into(),
                _ => verdict(tried.decision).into(),
            },
        ]);
    }
    rows
}
