//! A sweep in a few more words: how many trials its points took, where it was made sharper, and what its opportunities come to under a
//! second decay curve.

use super::capacity::SweepPage;
use super::tornado::number;
use super::verdict::HOLDS_FROM;
use super::wording::{TrialWord, list, thousands, whole_percent, with_sign};
use crate::plan::sweep::SweepPoint;
use crate::plan::sweep_curves::{Line, OtherCurve, Played};
use crate::stats::Estimate;

/// "400 quarters at every point"; or from the fewest to the most, and what as many at every point would have been.
pub fn trials_words(points: &[SweepPoint], trial: &TrialWord) -> String {
    let played = || points.iter().map(|point| point.trials).filter(|trials| *trials > 0);
    match (played().min(), played().max()) {
        (Some(fewest), Some(most)) if fewest < most => format!(
            "{} to {} a point, more where the curve is steep, bends or crosses its goal: {} in all, where the most at every point would have been {}; opportunities are those of the first {} of each point",
            thousands(fewest),
            trial.count(most),
            thousands(played().sum()),
            thousands(most * played().count() as u64),
            thousands(fewest)
        ),
        (_, most) => format!("{} at every point", trial.count(most.unwrap_or(0))),
    }
}

/// Which points nobody asked for.
pub(super) fn sharper(page: &SweepPage<'_>) -> Option<String> {
    let mut put_in: Vec<String> = Vec::new();
    for point in page.points.iter().filter(|point| point.put_in) {
        if !put_in.contains(&point.value) {
            put_in.push(point.value.clone());
        }
    }
    let stopped = page.stopped && page.points.len() >= page.planned;
    let mut said = Vec::new();
    if !put_in.is_empty() {
        said.push(format!(
            "Put in between the values asked for, where a curve crosses its goal or bends: {}.",
            list(&put_in)
        ));
    }
    if stopped {
        said.push("Stopped while the points at the goal and at bends were played longer: every point is as sure as the others.".into());
    }
    (!said.is_empty()).then(|| said.join(" "))
}

/// What the second curve says; none where speed has no effect on deals.
pub(super) fn curve(page: &SweepPage<'_>) -> Option<String> {
    match page.other? {
        OtherCurve::Refused { curve: Some(curve), why } => Some(format!(
            "Whether opportunities stand under the decay curve \"{curve}\" cannot be said: {why}."
        )),
        OtherCurve::Refused { curve: None, why } => {
            Some(format!("Opportunities stand under one decay curve only: {why}."))
        }
        OtherCurve::Played(played) => Some(told(page, played)),
    }
}

fn told(page: &SweepPage<'_>, played: &Played) -> String {
    let trial = TrialWord::of(&page.model.horizon);
    let moved = played.moved_to_contact.map_or(String::new(), |share| {
        format!(
            "; \"{}\" is possible only with {}\u{a0}% of its effect on contact",
            played.curve,
            whole_percent(share)
        )
    });
    let lines: Vec<String> = played.lines.iter().filter_map(|line| gained(line, played)).collect();
    format!(
        "Opportunities a {} ({} at a few points, the same leads under both decay curves{moved}): {}: {}.",
        trial.short,
        trial.count(played.trials),
        lines.join("; "),
        verdict(played, &trial)
    )
}

/// "3 to 8, +0.6 (+0.1 to +1.1) under "gentle" and +0.9 (+0.2 to +1.6) under "moderate"".
fn gained(line: &Line, played: &Played) -> Option<String> {
    let whom = if line.name.is_empty() { String::new() } else { format!("{}, ", line.name) };
    let (own, other) = line.own.zip(line.other)?;
    Some(format!(
        "{whom}{} to {}, {} under \"{}\" and {} under \"{}\"",
        line.ends.0,
        line.ends.1,
        number(&own),
        played.own,
        number(&other),
        played.curve
    ))
}

fn verdict(played: &Played, trial: &TrialWord) -> String {
    let mut changes: Vec<String> = Vec::new();
    for line in &played.lines {
        let Some((value, holds)) = &line.recommended else { continue };
        if holds.high.is_some_and(|high| high < HOLDS_FROM) {
            let whom = if line.name.is_empty() { String::new() } else { format!("{} ", line.name) };
            changes.push(format!(
                "{whom}at {} reaches the goal in {} of {} only under the second",
                value,
                with_sign(holds.value),
                trial.many
            ));
        }
    }
    let swapped = played.swapped.iter();
    changes.extend(swapped.map(|(first, second)| format!("{second} then brings more than {first}")));
    match changes.is_empty() {
        true if !played.lines.iter().any(is_sure) => {
            "whether the recommendation changes cannot be told, as neither curve is sure; more --trials tell"
                .into()
        }
        true => "the recommendation does not change".into(),
        false => format!("the recommendation changes: {}", list(&changes)),
    }
}

/// Whether anything is sure of a line: what its opportunities do under either curve, or that its recommended value holds under the second.
fn is_sure(line: &Line) -> bool {
    let apart = |more: &Option<Estimate>| {
        more.and_then(|more| more.shown()).is_some_and(|(low, high)| low >= 0.0 || high <= 0.0)
    };
    let holds = line.recommended.as_ref().and_then(|(_, holds)| holds.shown());
    apart(&line.own) || apart(&line.other) || holds.is_some_and(|(low, _)| low >= HOLDS_FROM)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Method;

    #[test]
    fn the_recommendation_is_told_only_where_a_curve_is_sure() {
        let more = |ends, trials| Some(Estimate::with_interval(0.5, ends, 0.95, Method::PairedT, trials));
        let said = |own, other| {
            let line =
                Line { name: String::new(), ends: ("4".into(), "8".into()), own, other, recommended: None };
            let played = Played {
                own: "gentle".into(),
                curve: "steep".into(),
                moved_to_contact: None,
                trials: 10,
                lines: vec![line],
                swapped: Vec::new(),
            };
            verdict(&played, &TrialWord { one: "day".into(), many: "days".into(), short: "day" })
        };
        assert!(said(more((0.1, 0.9), 10), more((0.1, 0.9), 10)).contains("cannot be told"));
        assert!(said(more((-0.1, 0.9), 60), more((-0.2, 0.9), 60)).contains("cannot be told"));
        assert_eq!(said(more((0.1, 0.9), 60), more((-0.2, 0.9), 60)), "the recommendation does not change");
    }
}
