//! All promises in the same trials: how often they hold together, and what to sign instead so that they do.

use super::{FOR, PromisePage, bare, said};
use crate::report::names;
use crate::report::wording::{JOINT, TrialWord, goal, list, percent, plain};
use crate::stats::Estimate;

/// " Together they hold in 75.2 % (72–78); to hold together in 90 %: Tier 1 at …"; nothing for one promise.
pub(super) fn sentence(page: &PromisePage<'_>, trial: &TrialWord) -> String {
    let Some(together) = &page.promises.together else { return String::new() };
    let first = match &together.each {
        Some(each) => format!(" All together they hold in {} of {}", share(each), trial.many),
        None => {
            format!(" Not all of them have such a length in {} of {}", goal(together.certainty), trial.many)
        }
    };
    let Some(lengths) = &together.lengths else {
        return format!(
            "{first}; no lengths hold together in {}: in {} has every promise one that is enough.",
            goal(together.certainty),
            share(&together.all)
        );
    };
    if together.each.is_some_and(|each| each.value >= together.certainty - 1e-9) {
        return format!("{first}.");
    }
    let whom = |(answer, length): (&crate::plan::promise::Answer, &crate::time::Span)| {
        let whom = names::covered(page.model, &page.model.agreement.commitments[answer.commitment]);
        format!("{whom} at {}", said(answer.measure, *length))
    };
    let lengths: Vec<String> = page.promises.answers.iter().zip(lengths).map(whom).collect();
    format!(
        "{first}; to hold together in {} it takes {} ({}{}).",
        goal(together.certainty),
        list(&lengths),
        share(&together.all),
        if together.settled { "" } else { ", read off lengths that differ by a minute or more" }
    )
}

/// "75.2 % (72–78 %)".
fn share(estimate: &Estimate) -> String {
    let ends = estimate
        .shown()
        .map_or(String::new(), |(low, high)| format!(" ({:.0}–{:.0}{JOINT}%)", low * 100.0, high * 100.0));
    format!("{}{JOINT}%{ends}", percent(estimate.value))
}

/// Every promise's length by itself and with all others, and how often all hold with them: a row of headings, then one row each; headings
/// alone for one promise.
pub(in crate::report) fn rows(page: &PromisePage<'_>) -> Vec<Vec<String>> {
    let Some(together) = &page.promises.together else { return vec![Vec::new()] };
    let sure = plain(&goal(together.certainty));
    let star = if together.settled { "" } else { "*" };
    let mut rows =
        vec![vec![format!("{sure} SURE, H:MM"), "EACH BY ITSELF".to_owned(), "ALL TOGETHER".into()]];
    for (place, answer) in page.promises.answers.iter().enumerate() {
        let commitment = &page.model.agreement.commitments[answer.commitment];
        let alone = page.tightest(answer, page.wanted.spoken(), FOR[0].1).length;
        let with_all = together.lengths.as_ref().map(|lengths| lengths[place]);
        let or_none = |length: Option<_>, star: &str| match length {
            Some(length) => format!("{}{star}", bare(Some(length))),
            None => "none".into(),
        };
        rows.push(vec![
            format!("{} {}", commitment.id, names::covered(page.model, commitment)),
            or_none(alone, ""),
            or_none(with_all, star),
        ]);
    }
    rows.push(vec![
        "all hold in".into(),
        together.each.as_ref().map_or("–".into(), share),
        match together.lengths {
            Some(_) => share(&together.all),
            None => "–".into(),
        },
    ]);
    rows
}
