//! Who is taken out in a stress test, and why nobody is where nobody can be.

use super::breaking::BreakingPage;
use super::wording::TrialWord;
use crate::model::TierId;
use crate::plan::unrest::{Week, is_covered, most_out};

/// The tiers whose leads the first wanted promise is about.
fn covered<'a>(page: &BreakingPage<'a>) -> &'a [TierId] {
    &page.model.agreement.commitments[page.found.wanted.commitments[0]].scope.tiers
}

/// Why no absence is played, where none is.
pub(super) fn nobody_out(page: &BreakingPage<'_>) -> Option<String> {
    if most_out(page.model, covered(page)) > 0 {
        return None;
    }
    let why = if is_covered(page.model, covered(page)) {
        "the team's headcounts are set by the hour (cover), and say who is at work whoever is away: leadsim sweep over a headcount of the cover shows \
         what one rep fewer does"
    } else {
        "only one rep may take these leads, and without that one nothing is left to hold"
    };
    Some(format!("No absence is played: {why}."))
}

/// What is not played because the horizon is too short for it.
pub(super) fn no_two_weeks(page: &BreakingPage<'_>, trial: &TrialWord) -> Option<String> {
    let anyone = most_out(page.model, covered(page)) > 0;
    let Some(week) = Week::of(page.model) else {
        let who = if anyone { "Reps out for two weeks, campaigns" } else { "Campaigns" };
        return Some(format!("{who} and lists are not played: the {} has no whole week.", trial.one));
    };
    (anyone && !week.has_two(page.model)).then(|| {
        format!(
            "Reps out for two weeks are not played: from the week of {} on the {} has no two whole weeks.",
            week.label, trial.one
        )
    })
}

/// Whom the small print says to be out.
pub(super) fn who_is_out(page: &BreakingPage<'_>) -> &'static str {
    match most_out(page.model, covered(page)) {
        0 => "",
        _ if is_covered(page.model, covered(page)) => {
            " Who is out: the first reps of the scenario who may take these leads and are no headcount by the hour; one stays."
        }
        _ => " Who is out: the first reps of the scenario who may take these leads; one stays.",
    }
}
