//! A stress test's answer looked at again: whether the agreement holds once more beyond its break, what fresh luck says, and the verdict of a row.

use super::breaking::{BreakingPage, named, share};
use super::wording::TrialWord;
use crate::plan::readings::{Readings, Side};
use crate::plan::size::fresh;
use crate::plan::stress::{Again, Confirmed, Stress};

/// Where it does not break once: every stretch of volumes that is surely on one side.
pub(super) fn holds_again(page: &BreakingPage<'_>) -> Option<String> {
    let stretches = &page.found.stretches;
    let sides: Vec<Side> = stretches.iter().map(|stretch| stretch.side).collect();
    if matches!(sides.as_slice(), [] | [_] | [Side::Holds, Side::Breaks]) {
        return None;
    }
    let mut held = false;
    let said = stretches.iter().map(|stretch| {
        let at = match stretch.from == stretch.to {
            true => format!("at {:.2}", stretch.from),
            false => format!("from {:.2} to {:.2}", stretch.from, stretch.to),
        };
        let word = match stretch.side {
            Side::Holds if std::mem::replace(&mut held, true) => "holds again",
            Side::Holds => "holds",
            _ => "does not hold",
        };
        format!("{word} {at}")
    });
    let said: Vec<String> = said.collect();
    Some(format!(
        "It does not break once and for good: over rising volumes, times today's leads, it surely {}; what lies between cannot be told.",
        said.join(", ")
    ))
}

/// What fresh luck says of the sizes named.
pub(super) fn confirmed(page: &BreakingPage<'_>, trial: &TrialWord) -> Option<String> {
    let found = page.found;
    let said: Vec<String> = found
        .confirmed
        .iter()
        .map(|again| format!("{} {}", named_again(again.what, trial), share(&again.fresh)))
        .collect();
    if said.is_empty() {
        return None;
    }
    let wanted = found.wanted.probability;
    let against: Vec<&Confirmed> = found.confirmed.iter().filter(|its| its.contradicted(wanted)).collect();
    let verdict = match against.as_slice() {
        [] => "nothing speaks against what is said above".to_owned(),
        all => {
            let all: Vec<String> = all.iter().map(|its| named_again(its.what, trial)).collect();
            format!("it speaks against {}: count that as not known, more --trials tell", all.join(" and "))
        }
    };
    Some(format!(
        "The last sizes that hold and the first that do not were played again with fresh luck (seed {}, {} each, held in): {}; {verdict}.",
        fresh(found.seed),
        trial.count(found.trials),
        said.join(", ")
    ))
}

fn named_again(what: Again, trial: &TrialWord) -> String {
    match what {
        Again::AsItIs => "as it is".into(),
        Again::Volume(times) => format!("{times:.2} times the leads"),
        Again::Case(kind) => named(kind, trial),
    }
}

/// "holds", "breaks", "cannot tell"; what does not hold as it is cannot break.
pub(super) fn verdict(found: &Stress, readings: &Readings, is_as_it_is: bool) -> &'static str {
    match (found.side(readings), is_as_it_is) {
        (Side::Holds, _) => "holds",
        (Side::CannotTell, _) => "cannot tell",
        (Side::Breaks, true) => "does not hold as it is",
        (Side::Breaks, false) if found.side(&found.today) == Side::Breaks => "does not hold",
        (Side::Breaks, false) => "breaks",
    }
}
