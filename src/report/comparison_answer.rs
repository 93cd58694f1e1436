//! The first sentences of a comparison: which is better in the headline, by how much, and what that costs elsewhere.

use super::comparison::ComparisonPage;
use super::comparison_words::{Scaled, more_is_better, promise, value};
use super::wording::{list, thousands};
use crate::plan::compare::Versus;
use crate::plan::differences::Difference;

/// The answer: of several alternatives first the best and its runner-up, then each against the base.
pub(super) fn sentences(page: &ComparisonPage<'_>) -> Vec<String> {
    let others = &page.comparison.others;
    let mut sentences = Vec::new();
    if others.len() > 1 {
        sentences.push(best(page));
    }
    for (place, versus) in others.iter().enumerate() {
        sentences.push(against(page, place, versus));
    }
    sentences
}

/// Which of several alternatives is best in the headline, and whether the next is really behind.
fn best(page: &ComparisonPage<'_>) -> String {
    let comparison = page.comparison;
    let others = &comparison.others;
    let mut order: Vec<(usize, &Difference)> =
        others.iter().enumerate().filter_map(|(place, versus)| Some((place, versus.headline()?))).collect();
    order.sort_by(|a, b| b.1.difference.value.total_cmp(&a.1.difference.value));
    // what promises something else does not do better or worse at the same
    let (order, own): (Vec<_>, Vec<_>) =
        order.into_iter().partition(|(place, its)| is_same_promise(page, *place, its));
    let not_ranked = not_ranked(page, &own);
    let (Some((_, largest)), base) = (order.first().copied(), &comparison.base) else {
        if own.is_empty() {
            return format!("None of the alternatives has the headline of {}.", comparison.base);
        }
        return not_ranked.trim_start().to_owned();
    };
    let what = headline_words(page, largest);
    let many = order.len();
    // The largest difference need not be the surest.
    let Some(place) = order.iter().position(|(_, difference)| is_better(difference)) else {
        if largest.difference.shown().is_none() {
            return format!(
                "{} are too few to say which of {many} alternatives does best in {what}: play 50 or more.{not_ranked}",
                page.trial().count(comparison.trials)
            );
        }
        return match many {
            1 => {
                format!("{} is not surely better than {base} in {what}.{not_ranked}", others[order[0].0].name)
            }
            _ => format!("None of {many} alternatives is surely better than {base} in {what}.{not_ranked}"),
        };
    };
    let (first, top) = order[place];
    let name = &others[first].name;
    let best = if place == 0 { "does best" } else { "is surely better" };
    let mut text = match many {
        1 => format!("{name} does better than {base} in {what}: {} ({})", told(top), ends(top)),
        _ => format!("Of {many} alternatives {name} {best} in {what}: {} ({})", told(top), ends(top)),
    };
    if place > 0 {
        let unsure = &others[order[0].0].name;
        text.push_str(&format!("; {unsure} may do more ({}, {}), or nothing", told(largest), ends(largest)));
    } else if let Some((second, next)) = order.get(1).copied() {
        let runner_up = &others[second].name;
        text.push_str(&format!("; next comes {runner_up} with {}", told(next)));
        text.push_str(&match between(page, second, first) {
            Some((difference, true)) => format!(", really behind ({} less)", difference),
            Some((difference, false)) => format!(", and the two cannot be told apart ({difference})"),
            None => String::new(),
        });
    }
    format!("{text}.{not_ranked}")
}

/// Whether an alternative's headline promises what the base's does.
fn is_same_promise(page: &ComparisonPage<'_>, place: usize, headline: &Difference) -> bool {
    let says =
        |model: usize| headline.finding.commitment.as_deref().map(|id| promise(page.models[model], id));
    says(0) == says(place + 1)
}

/// Alternatives that promise something else; with a space before it.
fn not_ranked(page: &ComparisonPage<'_>, own: &[(usize, &Difference)]) -> String {
    let each = own.iter().map(|(place, headline)| {
        let id = headline.finding.commitment.as_deref().unwrap_or("");
        let name = &page.comparison.others[*place].name;
        format!(
            " {name} is not ranked: it promises \"{}\", not \"{}\".",
            promise(page.models[place + 1], id),
            promise(page.models[0], id)
        )
    });
    each.collect()
}

/// Whether it is surely better in the headline.
fn is_better(headline: &Difference) -> bool {
    headline.moved && headline.difference.value > 0.0
}

/// How far one alternative is ahead of another in the headline, and whether really.
fn between(page: &ComparisonPage<'_>, behind: usize, ahead: usize) -> Option<(String, bool)> {
    let found = page
        .comparison
        .rivals
        .iter()
        .find(|rivals| rivals.between == (behind, ahead) || rivals.between == (ahead, behind))?;
    let difference = &found.difference;
    let scaled = Scaled::of(difference.finding.unit, difference.difference);
    let words = if difference.moved {
        scaled.sizes(difference.difference)
    } else {
        scaled.ends(difference.difference)
    };
    let unit = if difference.finding.unit == crate::study::Unit::Share { " points" } else { "" };
    Some((format!("{words}{unit}"), difference.moved))
}

/// One alternative against the base.
fn against(page: &ComparisonPage<'_>, place: usize, versus: &Versus) -> String {
    let (base, name) = (&page.comparison.base, &versus.name);
    let all = &versus.differences;
    if all.only_base.is_empty() && all.only_other.is_empty() && all.both.iter().all(|d| d.is_same) {
        return format!(
            "No real difference: {name} gives the same as {base} in all {} measures of every one of {}.",
            thousands(all.both.len() as u64),
            page.trial().count(page.comparison.trials)
        );
    }
    let Some(headline) = versus.headline() else {
        let first = format!("{name} does not have the headline of {base}, so the two have no common answer.");
        return format!("{first} {}", elsewhere(page, versus));
    };
    let lead = match headline.finding.commitment.is_some() {
        true => kept(page, place, versus, headline),
        false => opportunities(page, versus, headline),
    };
    if headline.difference.shown().is_none() && !headline.is_same {
        return lead;
    }
    format!("{lead} {}", elsewhere(page, versus))
}

/// The message of the picture.
pub(super) fn title(page: &ComparisonPage<'_>) -> String {
    let others = &page.comparison.others;
    let with = |versus: &Versus| Some((versus.name.clone(), versus.headline()?.clone()));
    // One that is surely better stands before one that only seems to be.
    let best = others.iter().filter_map(with).max_by(|a, b| {
        let sure = is_better(&a.1).cmp(&is_better(&b.1));
        sure.then(a.1.difference.value.total_cmp(&b.1.difference.value))
    });
    let Some((name, headline)) = best else { return format!("Differences from {}", page.comparison.base) };
    let (what, base) = (headline_words(page, &headline), &page.comparison.base);
    match (headline.moved, others.len()) {
        (true, 1) => format!("{what}: {} with {name} against {base}", told(&headline)),
        (true, _) if headline.difference.value > 0.0 => {
            let larger = |versus: &Versus| {
                versus.headline().is_some_and(|other| other.difference.value > headline.difference.value)
            };
            let best = if others.iter().any(larger) { "is surely better" } else { "does best" };
            format!("{what}: {name} {best}, {} against {base}", told(&headline))
        }
        _ => format!("{what}: no real difference from {base}, or none for the better"),
    }
}

/// "+9.1 points".
fn told(difference: &Difference) -> String {
    Scaled::of(difference.finding.unit, difference.difference).with_unit(difference.difference.value)
}

fn ends(difference: &Difference) -> String {
    Scaled::of(difference.finding.unit, difference.difference).ends(difference.difference)
}

/// The headline in words: "Tier 1 within 15 minutes", "opportunities".
fn headline_words(page: &ComparisonPage<'_>, headline: &Difference) -> String {
    match &headline.finding.commitment {
        Some(id) => format!("\"{}\"", promise(page.models[0], id)),
        None => "opportunities".into(),
    }
}

/// How much more often the headline promise is kept, and its goal reached.
fn kept(page: &ComparisonPage<'_>, place: usize, versus: &Versus, headline: &Difference) -> String {
    let (base, name) = (&page.comparison.base, &versus.name);
    let id = headline.finding.commitment.as_deref().unwrap_or("");
    let (mine, theirs) = (promise(page.models[0], id), promise(page.models[place + 1], id));
    let what = if mine == theirs {
        format!("\"{mine}\"")
    } else {
        format!("its own {id} (\"{theirs}\", not \"{mine}\")")
    };
    let scaled = Scaled::of(headline.finding.unit, headline.difference);
    let shares = format!(
        "{} instead of {}",
        value(headline.finding.unit, headline.other),
        value(headline.finding.unit, headline.base)
    );
    let change = headline.difference.value;
    if headline.difference.shown().is_none() {
        return format!(
            "{name} keeps {what} for {} of leads ({shares}), but {} are too few to say how sure that is: play 50 or more.",
            scaled.with_unit(change),
            page.trial().count(page.comparison.trials)
        );
    }
    if !headline.moved {
        let most = headline.difference.shown().map_or(0.0, |(low, high)| low.abs().max(high.abs()));
        return format!(
            "No real difference between {name} and {base} in {what}: {} ({}; {shares}); one of up to {} could still hide.",
            scaled.with_unit(change),
            scaled.ends(headline.difference),
            scaled.size(most)
        );
    }
    let word = if change > 0.0 { "more" } else { "fewer" };
    format!(
        "{name} keeps {what} for {} {word} leads than {base} ({}; {shares}){}.",
        scaled.size(change),
        scaled.sizes(headline.difference),
        goals(page, versus, id, change > 0.0)
    )
}

/// "and reaches the goal in 340 more of 1,000 quarters (340 only there, none only here)".
fn goals(page: &ComparisonPage<'_>, versus: &Versus, id: &str, is_up: bool) -> String {
    let both = &versus.differences.both;
    let holds =
        both.iter().find(|d| d.finding.measure == "holds" && d.finding.commitment.as_deref() == Some(id));
    let Some((holds, disagree)) = holds.and_then(|holds| Some((holds, holds.disagreement?))) else {
        return String::new();
    };
    let (trials, many) = (page.trial().count(page.comparison.trials), &page.trial().many);
    let net = disagree.only_other.abs_diff(disagree.only_base);
    let counts = format!(
        "{} only under {}, {} only under {}",
        thousands(disagree.only_other),
        versus.name,
        thousands(disagree.only_base),
        page.comparison.base
    );
    let joint = |same: bool| if same { "and" } else { "but" };
    match holds.difference.value {
        value if holds.moved => {
            let word = if value > 0.0 { "more" } else { "fewer" };
            format!(
                ", {} reaches the goal in {} {word} of {trials} ({counts})",
                joint((value > 0.0) == is_up),
                thousands(net)
            )
        }
        _ if holds.base.value == 0.0 && holds.other.value == 0.0 => {
            format!(", but reaches the goal in none of {trials}, as before")
        }
        _ if holds.is_same => format!(", but reaches the goal in the same {many} as before"),
        _ => format!(", but reaches the goal no more or less often, as far as can be told ({counts})"),
    }
}

/// Where no promise leads: opportunities.
fn opportunities(page: &ComparisonPage<'_>, versus: &Versus, headline: &Difference) -> String {
    let (base, name) = (&page.comparison.base, &versus.name);
    let scaled = Scaled::of(headline.finding.unit, headline.difference);
    if headline.moved {
        let word = if headline.difference.value > 0.0 { "more" } else { "fewer" };
        return format!(
            "{name} makes {} {word} opportunities a {} ({}) than {base}.",
            scaled.size(headline.difference.value),
            page.trial().one,
            scaled.sizes(headline.difference)
        );
    }
    let sure = if headline.difference.shown().is_some() {
        ends(headline)
    } else {
        "too few trials to say how sure".into()
    };
    format!("No real difference between {name} and {base} in opportunities: {} ({sure}).", told(headline))
}

/// What else of the main measures got better and what worse.
fn elsewhere(page: &ComparisonPage<'_>, versus: &Versus) -> String {
    let both = &versus.differences.both;
    let lead = versus.headline().and_then(|headline| headline.finding.commitment.clone());
    // What became of its goal is told with the headline where that moved.
    let with_goal = versus.headline().is_some_and(|headline| headline.moved);
    let is_told = |d: &Difference| {
        d.finding.commitment.is_some()
            && d.finding.commitment == lead
            && (with_goal || d.finding.measure != "holds")
    };
    let moved: Vec<&Difference> =
        versus.mains.iter().map(|place| &both[*place]).filter(|d| d.moved && !is_told(d)).collect();
    let mut moved: Vec<&Difference> = moved.into_iter().filter(|d| versus.headline() != Some(*d)).collect();
    // what pays stands before the other promises
    moved.sort_by_key(|d| d.finding.commitment.is_some());
    let with = |wanted: Option<bool>| -> Vec<String> {
        let is_wanted = |d: &&&Difference| {
            more_is_better(d.finding.measure).map(|up| up == (d.difference.value > 0.0)) == wanted
        };
        moved.iter().filter(is_wanted).map(|d| format!("{} {}", page.measure(d), told(d))).collect()
    };
    let (better, worse, other) = (with(Some(true)), with(Some(false)), with(None));
    let mut parts = Vec::new();
    if !better.is_empty() {
        parts.push(format!("Better elsewhere: {}", shortened(&better)));
    }
    if worse.is_empty() {
        parts.push("It loses nothing measurable elsewhere".to_owned());
    } else {
        parts.push(format!("Worse: {}", shortened(&worse)));
    }
    if !other.is_empty() {
        parts.push(format!("Also moved: {}", shortened(&other)));
    }
    format!("{}.", parts.join(". "))
}

/// At most four of them one by one.
fn shortened(items: &[String]) -> String {
    const MOST: usize = 4;
    if items.len() <= MOST {
        return list(items);
    }
    format!("{} and {} more", items[..MOST].join(", "), items.len() - MOST)
}
