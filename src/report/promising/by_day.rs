//! Promises that name a day or a time of day: how often they hold as written, and which day is the tightest that does.

use super::{FOR, PromisePage};
use crate::model::Promise;
use crate::plan::promise::{Answer, Rung, tightest_day};
use crate::report::wording::{JOINT, list, percent, plain, with_sign};
use crate::stats::Estimate;

/// What the agreement says, among the days that were tried.
pub(super) fn rung(answer: &Answer) -> Option<&Rung> {
    answer.as_written.by_day.iter().find(|rung| rung.written)
}

/// What is written, in its own words, and how often the goal is reached with it.
pub(super) fn written(page: &PromisePage<'_>, answer: &Answer) -> Option<(String, Estimate)> {
    let holds = rung(answer)?.holds(0, page.wanted.level);
    match &page.model.agreement.commitments[answer.commitment].promise {
        Promise::Timed { within, .. } => Some((within.text.clone(), holds)),
        _ => None,
    }
}

/// ", by the day \"by 10:00 next business day\"": the tightest that holds with the certainty spoken of; nothing for lengths.
pub(super) fn said(page: &PromisePage<'_>, answer: &Answer, certainty: usize) -> String {
    let rungs = &answer.as_written.by_day;
    match (tightest_day(rungs, 0, page.wanted.certainties[certainty]), rungs.last()) {
        (Some(rung), _) => format!(", by the day \"{}\"", rung.target),
        (None, Some(loosest)) => format!(", by the day none of those tried, up to \"{}\"", loosest.target),
        (None, None) => String::new(),
    }
}

/// How the days were found, for the method.
pub(super) fn how(page: &PromisePage<'_>) -> String {
    let named: Vec<String> = page
        .promises
        .answers
        .iter()
        .filter(|answer| !answer.as_written.by_day.is_empty())
        .map(|answer| page.id(answer).to_owned())
        .collect();
    if named.is_empty() {
        return String::new();
    }
    let order =
        if page.promises.searched { ", with work ordered by the deadlines that are written" } else { "" };
    format!(
        " {} {} a day or a time of day: under HOLDS stands how often that is enough, and the last table judges other \
         days on the same leads{order}.",
        list(&named),
        if named.len() == 1 { "names" } else { "name" },
    )
}

/// Every day that was tried, from tight to loose: a row of headings, then one row each; headings alone where no promise names a day.
pub(in crate::report) fn days(page: &PromisePage<'_>) -> Vec<Vec<String>> {
    let mut head = vec!["BY THE DAY".to_owned(), "PROMISED".into()];
    let purposes = if page.can_be_reviewed() { &FOR[..] } else { &FOR[..1] };
    head.extend(purposes.iter().map(|(what, _)| format!("HOLDS: {}", what.to_uppercase())));
    head.push("TIGHTEST THAT HOLDS THE GOAL IN".into());
    let mut rows = vec![head];
    for answer in &page.promises.answers {
        let rungs = &answer.as_written.by_day;
        for (place, rung) in rungs.iter().enumerate() {
            let surely = page.wanted.certainties.iter().filter(|share| {
                tightest_day(rungs, 0, **share).is_some_and(|tightest| tightest.target == rung.target)
            });
            let surely: Vec<String> = surely.map(|share| plain(&with_sign(*share))).collect();
            let mut row = vec![
                if place == 0 { page.id(answer).to_owned() } else { String::new() },
                format!("{}{}", rung.target, if rung.written { " (as written)" } else { "" }),
            ];
            let asked = page.purposes(answer).len();
            row.extend((0..purposes.len()).map(|purpose| match purpose < asked {
                true => cell(&rung.holds(purpose, page.wanted.level)),
                false => "–".into(),
            }));
            row.push(list(&surely));
            rows.push(row);
        }
    }
    rows
}

/// "93.0 % (88–96)".
fn cell(holds: &Estimate) -> String {
    let ends = holds
        .shown()
        .map_or(String::new(), |(low, high)| format!(" ({:.0}–{:.0})", low * 100.0, high * 100.0));
    format!("{}{JOINT}%{ends}", percent(holds.value))
}
