//! Which way an input counts, said beside its path: of a pace, below 1 is faster.

use super::wording::whole_percent;
use crate::scenario::Set;

/// A path as pages name it, with which direction is which where the path does not say: "team.reps.pace (below 1 is faster)".
pub(super) fn named(path: &str) -> String {
    // an input that is varied is called "team.reps.pace (now 1)"
    match path.split_once(" (now ") {
        Some((bare, now)) if is_pace(bare) => format!("{bare} (below 1 is faster, now {now}"),
        None if is_pace(path) => format!("{path} (below 1 is faster)"),
        _ => path.to_owned(),
    }
}

/// A value with what it means where the number alone does not say: "0.8 (each task takes 20 % less time)".
pub(super) fn meant(path: &str, value: &str) -> String {
    match time_of_tasks(path, value) {
        Some(words) => format!("{value} ({words})"),
        None => value.to_owned(),
    }
}

/// What changes mean whose numbers alone do not say it: "team.reps.pace=0.8: each task takes 20 % less time".
pub(super) fn meant_by(sets: &[Set]) -> Option<String> {
    let each = sets.iter().filter_map(|set| {
        let text = set.text();
        let (_, value) = text.split_once('=')?;
        Some(format!("{text}: {}", time_of_tasks(&set.path(), value)?))
    });
    let each: Vec<String> = each.collect();
    (!each.is_empty()).then(|| each.join(", "))
}

fn is_pace(path: &str) -> bool {
    path.starts_with("team.") && path.ends_with(".pace")
}

fn time_of_tasks(path: &str, value: &str) -> Option<String> {
    let times: f64 = value.trim().trim_matches('"').parse().ok().filter(|_| is_pace(path))?;
    let share = |difference: f64| format!("{}\u{a0}%", whole_percent(difference.abs()));
    match times {
        1.0 => Some("each task takes the time [work] says".into()),
        times if times < 1.0 => Some(format!("each task takes {} less time", share(1.0 - times))),
        times => Some(format!("each task takes {} more time", share(times - 1.0))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_one_is_faster() {
        assert_eq!(named("team.reps.pace"), "team.reps.pace (below 1 is faster)");
        assert_eq!(named("team.reps.pace (now 1)"), "team.reps.pace (below 1 is faster, now 1)");
        assert_eq!(named("team.reps.count (now 6)"), "team.reps.count (now 6)");
        assert_eq!(meant("team.reps.pace", "0.8"), "0.8 (each task takes 20\u{a0}% less time)");
        assert_eq!(meant("team.reps.pace", "1.25"), "1.25 (each task takes 25\u{a0}% more time)");
        assert_eq!(meant("team.reps.count", "8"), "8");
        let set = Set::parse("team.reps.pace=0.8").expect("a change");
        assert_eq!(
            meant_by(&[set]).as_deref(),
            Some("team.reps.pace=0.8: each task takes 20\u{a0}% less time")
        );
    }
}
