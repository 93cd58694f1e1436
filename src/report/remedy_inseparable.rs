//! Two sets of levers between which a search leaves the choice open, in words: whether they can be told from each other, and what choosing the cheaper one may cost.

use super::remedy::{FixPage, cost_of, dollars, for_a, named, share, under};
use super::wording::{TrialWord, list, price, thousands, with_sign};
use crate::plan::fix::Tried;
use crate::stats::Estimate;

/// Whether fresh luck leaves it open whether the dearer of the two holds more often; without it nothing is known of their difference.
pub(super) fn is_inseparable(page: &FixPage<'_>) -> bool {
    let more = page.regret.and_then(|regret| regret.dearer_holds_more());
    more.is_some_and(|more| more.contains(0.0))
}

/// The set before the answer of which this paragraph speaks, so that it need not be named again.
pub(super) fn spoken_of(page: &FixPage<'_>) -> Option<usize> {
    page.fixed.answer?;
    page.fixed.open_choice().map(|(cheaper, _)| cheaper)
}

/// "Cannot separate A from B", where fresh luck cannot either; else that A cannot be told from the wanted share, and how far B is from A; with
/// the regret of choosing the cheaper one; none where all cheaper sets are ruled out.
pub(super) fn inseparable(page: &FixPage<'_>, trial: &TrialWord) -> Option<String> {
    let (cheaper, dearer) = page.fixed.open_choice()?;
    let (cheaper, dearer) = (&page.fixed.tried[cheaper], &page.fixed.tried[dearer]);
    let mut words = match is_inseparable(page) {
        true => cannot_separate(page, trial, cheaper, dearer),
        false => cannot_be_told(page, trial, cheaper, dearer),
    };
    let curves = page.regret.map_or(&[][..], |regret| &regret.curves);
    let regrets: Vec<String> = curves
        .iter()
        .filter_map(|curve| Some(format!("{}{}", dollars(&curve.regret_of_cheaper?), under(curve))))
        .collect();
    let saves = cost_of(page, dearer) - cost_of(page, cheaper);
    if !regrets.is_empty() {
        words.push_str(&format!(
            " Choosing the cheaper one saves {} a {}; its regret, what the other brings more in expected revenue less that price, is {}.",
            price(saves),
            trial.short,
            list(&regrets)
        ));
    }
    words.push_str(" A larger --at-most and --in-all may tell.");
    Some(words)
}

fn cannot_separate(page: &FixPage<'_>, trial: &TrialWord, cheaper: &Tried, dearer: &Tried) -> String {
    let played = match cheaper.held.1 == dearer.held.1 {
        true => format!("{} each", trial.count(cheaper.held.1)),
        false => format!("{} and {}", thousands(cheaper.held.1), trial.count(dearer.held.1)),
    };
    let beside = if page.fixed.answer.is_some() { "the answer, " } else { "" };
    let mut words = format!(
        "Cannot separate {} ({}) from {beside}{} ({}) after {played}: held against {} of {}, they hold in {} and {}",
        named(page, cheaper),
        for_a(cost_of(page, cheaper), trial),
        named(page, dearer),
        for_a(cost_of(page, dearer), trial),
        with_sign(page.wanted.probability),
        trial.many,
        share(&cheaper.holds),
        share(&dearer.holds)
    );
    let own = page.regret.and_then(|regret| regret.curves.first());
    if let Some((cheap, dear)) = own.and_then(|own| own.cheaper_holds.zip(own.dearer_holds)) {
        words.push_str(&format!(", with fresh luck in {} and {}", share(&cheap), share(&dear)));
    }
    words.push('.');
    words
}

/// The cheaper may be enough or not; that is all that is open, as the dearer is known to be another.
fn cannot_be_told(page: &FixPage<'_>, trial: &TrialWord, cheaper: &Tried, dearer: &Tried) -> String {
    let own = page.regret.and_then(|regret| regret.curves.first());
    let wanted = format!("{} of {}", with_sign(page.wanted.probability), trial.many);
    let is_answer = page.fixed.answer.is_some();
    let each = |tried: &Tried, fresh: Option<Estimate>| {
        let fresh = fresh.map_or(String::new(), |fresh| format!(", with fresh luck in {}", share(&fresh)));
        format!("{} of {}{fresh}", share(&tried.holds), trial.count(tried.held.1))
    };
    let cheap = format!("{} ({})", named(page, cheaper), for_a(cost_of(page, cheaper), trial));
    let dear = format!("{} ({})", named(page, dearer), for_a(cost_of(page, dearer), trial));
    let first = each(cheaper, own.and_then(|own| own.cheaper_holds));
    let mut words = match is_answer {
        true => format!(
            "Cheaper, and perhaps enough: whether {cheap} holds in {wanted} cannot be told; it does in {first}."
        ),
        false => format!(
            "Whether {cheap} or {dear} holds in {wanted} cannot be told: the first does in {first}, the second in {}.",
            each(dearer, own.and_then(|own| own.dearer_holds))
        ),
    };
    if let Some(more) = page.regret.and_then(|regret| regret.dearer_holds_more()) {
        let whom = if is_answer { "the answer" } else { "the second" };
        words.push_str(&format!(" With the same fresh luck {whom} holds {}.", how_much_more(&more)));
    }
    words
}

/// "8.3 points (6.1 to 10.5) more often".
fn how_much_more(more: &Estimate) -> String {
    let word = if more.value < 0.0 { "less" } else { "more" };
    let ends = more.shown().map(|(low, high)| if more.value < 0.0 { (-high, -low) } else { (low, high) });
    let ends =
        ends.map_or(String::new(), |(low, high)| format!(" ({:.1} to {:.1})", low * 100.0, high * 100.0));
    format!("{:.1} points{ends} {word} often", more.value.abs() * 100.0)
}
