//! Which commitments a plan is about: the headline, those named, or all.

use super::failure::Failure;
use crate::plan::tested;
use crate::report::TrialWord;
use crate::scenario::Scenario;

/// Places of the commitments with these ids in the agreement; the headline if none is named, all for "all".
///
/// # Errors
///
/// A name that is none of the agreement's, with those that are.
pub(super) fn chosen(scenario: &Scenario, ids: &[String]) -> Result<Vec<usize>, Failure> {
    chosen_of(scenario, ids, Choice::Several)
}

/// How many commitments a command is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    /// One at a time.
    One,
    /// As many as are named, or all.
    Several,
}

/// The ids of all commitments, in the order of the agreement.
pub(super) fn ids(scenario: &Scenario) -> Vec<&str> {
    scenario.model.agreement.commitments.iter().map(|commitment| commitment.id.as_str()).collect()
}

/// The same, where the way out names "all" only if the command takes several.
///
/// # Errors
///
/// A name that is none of the agreement's, with those that are.
pub(super) fn chosen_of(scenario: &Scenario, ids: &[String], choice: Choice) -> Result<Vec<usize>, Failure> {
    let agreement = &scenario.model.agreement;
    let known = self::ids(scenario);
    if known.is_empty() {
        return Err(Failure::Argument(
            "this scenario has no commitments, so nothing can hold\n  add one: [commitments.S1] from, to, within".into(),
        ));
    }
    if ids.is_empty() {
        return Ok(agreement.headline().into_iter().collect());
    }
    let or_all = if choice == Choice::Several { "; or write --clause all" } else { "" };
    let ids = || ids.iter().flat_map(|text| text.split(',')).map(str::trim);
    if ids().any(|id| id.eq_ignore_ascii_case("all")) {
        return Ok((0..known.len()).collect());
    }
    let mut places = Vec::new();
    for id in ids() {
        let place = known.iter().position(|other| other.eq_ignore_ascii_case(id)).ok_or_else(|| {
            Failure::Argument(format!(
                "--clause {id}: the agreement has no such commitment\n  it has {}{or_all}",
                known.join(", ")
            ))
        })?;
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places.sort_unstable();
    Ok(places)
}

/// Refuses a commitment under which nothing falls: it would hold whatever is done.
///
/// # Errors
///
/// Names such a commitment and what to ask about instead; or the trial that failed.
pub(super) fn must_be_judged(scenario: &Scenario, commitments: &[usize], seed: u64) -> Result<(), Failure> {
    let about_nothing = tested::about_nothing(&scenario.model, commitments, seed)?;
    let Some(first) = about_nothing.first() else { return Ok(()) };
    let agreement = &scenario.model.agreement.commitments;
    let others: Vec<&str> = (0..agreement.len())
        .filter(|i| !about_nothing.contains(i))
        .map(|i| agreement[i].id.as_str())
        .collect();
    let word = TrialWord::of(&scenario.model.horizon);
    let way_out = match others.is_empty() {
        true => String::new(),
        false => format!("ask about another with --clause ({}), or ", others.join(", ")),
    };
    Err(Failure::Argument(format!(
        "nothing falls under {} in {} of this scenario, so nothing can be said of it (a promise about months needs a whole month)\n  {way_out}change what it covers or the horizon",
        agreement[*first].id,
        crate::report::plain(&word.count(tested::LOOKED_AT)),
    )))
}

/// Refuses commitments under which nothing falls so often that this alone is the wanted probability: they would hold with nobody at work.
///
/// # Errors
///
/// Names them, the share, and the way out; or the trial that failed.
pub(super) fn must_not_hold_by_itself(
    scenario: &Scenario,
    commitments: &[usize],
    probability: f64,
    seed: u64,
) -> Result<(), Failure> {
    let Some(share) = tested::holds_by_itself(&scenario.model, commitments, probability, seed)? else {
        return Ok(());
    };
    let agreement = &scenario.model.agreement.commitments;
    let ids: Vec<&str> = commitments.iter().map(|&i| agreement[i].id.as_str()).collect();
    let word = TrialWord::of(&scenario.model.horizon);
    Err(Failure::Argument(format!(
        "nothing falls under {} in about {:.0}\u{a0}% of {}, and those count as held: with a probability of {:.0}\u{a0}% wanted anything is enough\n  ask for more with --probability, or take a longer horizon",
        ids.join(", "),
        share * 100.0,
        crate::report::plain(&word.many),
        probability * 100.0
    )))
}
