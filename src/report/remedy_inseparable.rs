//! Two sets of levers that a search cannot separate, in words: both named, and what choosing the cheaper one may cost.

use super::remedy::{FixPage, cost_of, dollars, for_a, named, share, under};
use super::wording::{TrialWord, list, price, thousands, with_sign};

/// "Cannot separate A from B after 1,000 quarters each", with the regret of choosing the cheaper one; none where all cheaper sets are ruled out.
pub(super) fn inseparable(page: &FixPage<'_>, trial: &TrialWord) -> Option<String> {
    let (cheaper, dearer) = page.fixed.inseparable()?;
    let (cheaper, dearer) = (&page.fixed.tried[cheaper], &page.fixed.tried[dearer]);
    let played = match cheaper.held.1 == dearer.held.1 {
        true => format!("{} each", trial.count(cheaper.held.1)),
        false => format!("{} and {}", thousands(cheaper.held.1), trial.count(dearer.held.1)),
    };
    let is_answer = page.fixed.answer.is_some();
    let beside = match is_answer {
        true => "the answer, ",
        false => "",
    };
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
    let curves = page.regret.map_or(&[][..], |regret| &regret.curves);
    if let Some((cheap, dear)) = curves.first().and_then(|own| own.cheaper_holds.zip(own.dearer_holds)) {
        words.push_str(&format!(", with fresh luck in {} and {}", share(&cheap), share(&dear)));
    }
    words.push('.');
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
