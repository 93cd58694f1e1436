//! A sweep in a few more words: how many trials its points took, where it was made sharper, and what its opportunities come to under a
//! second decay curve.

use super::capacity::SweepPage;
use super::tornado::number;
use super::verdict::HOLDS_FROM;
use super::wording::{TrialWord, list, thousands, whole_percent, with_sign};
use crate::plan::sweep::SweepPoint;
use crate::plan::sweep_curves::{Line, MOST_TRIALS, Order, OtherCurve, Played, Recommended};

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

/// Whether what is recommended is another thing under the second curve: said only of what is recommended, and only where it is known.
fn verdict(played: &Played, trial: &TrialWord) -> String {
    let recommended = || played.lines.iter().filter_map(|line| Some((line, line.recommended.as_ref()?)));
    let mut changes: Vec<String> = Vec::new();
    for (line, recommended) in recommended() {
        if recommended.holds.high.is_some_and(|high| high < HOLDS_FROM) {
            let whom = if line.name.is_empty() { String::new() } else { format!("{} ", line.name) };
            changes.push(format!(
                "{whom}at {} reaches the goal in {} of {} only under the second",
                recommended.value,
                with_sign(recommended.holds.value),
                trial.many
            ));
        }
    }
    let swapped = played.order.swapped.iter();
    changes.extend(swapped.map(|(first, second)| format!("{second} then brings more than {first}")));
    if !changes.is_empty() {
        return format!("the recommendation changes: {}", list(&changes));
    }
    let Order { apart, kept, .. } = played.order;
    if recommended().next().is_none() && apart == 0 {
        return match played.lines.len() {
            0 | 1 => "no value is recommended, so the curve changes no recommendation".into(),
            _ => "no value is recommended and no line surely brings more than another, so there is no recommendation to change".into(),
        };
    }
    let stays = |its: &Recommended| its.is_same || its.holds.low.is_some_and(|low| low >= HOLDS_FROM);
    if !recommended().all(|(_, its)| stays(its)) || (apart > 0 && kept == 0) {
        let more = if played.trials < MOST_TRIALS { "; more --trials may tell" } else { "" };
        return format!(
            "whether the recommendation changes cannot be told, as it is not sure under \"{}\"{more}",
            played.curve
        );
    }
    match kept < apart {
        true => "the recommendation does not change, as far as can be told".into(),
        false => "the recommendation does not change".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::proportion::wilson;

    fn said(recommended: &[Option<(u64, bool)>], order: Order) -> String {
        let line = |recommended: &Option<(u64, bool)>| Line {
            name: "a line".into(),
            ends: ("4".into(), "8".into()),
            own: None,
            other: None,
            recommended: recommended.map(|(held, is_same)| Recommended {
                value: "7".into(),
                holds: wilson(held, 64, 0.95),
                is_same,
            }),
        };
        let played = Played {
            own: "gentle".into(),
            curve: "steep".into(),
            moved_to_contact: None,
            trials: MOST_TRIALS,
            lines: recommended.iter().map(line).collect(),
            order,
        };
        verdict(&played, &TrialWord { one: "day".into(), many: "days".into(), short: "day" })
    }

    fn order(apart: usize, kept: usize) -> Order {
        Order { swapped: Vec::new(), apart, kept }
    }

    /// Where nothing is recommended, nothing stays; neither does what the second curve is not sure of.
    #[test]
    fn a_recommendation_stays_only_where_there_is_one_that_surely_does() {
        assert!(said(&[None], order(0, 0)).starts_with("no value is recommended"));
        assert!(said(&[None, None], order(0, 0)).contains("there is no recommendation to change"));
        let stays = "the recommendation does not change";
        assert_eq!(said(&[Some((64, false))], order(0, 0)), stays);
        assert_eq!(said(&[Some((60, true))], order(0, 0)), stays);
        assert!(said(&[Some((60, false))], order(0, 0)).contains("cannot be told, as it is not sure under"));
        assert!(said(&[Some((40, false))], order(0, 0)).contains("changes: a line at 7 reaches the goal in"));
        assert_eq!(said(&[None, None], order(1, 1)), stays);
        assert!(said(&[None, None], order(1, 0)).contains("cannot be told"));
        assert!(said(&[None, None, None], order(3, 2)).contains("as far as can be told"));
    }
}
