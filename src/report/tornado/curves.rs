//! What the inputs of a tornado come to under a second decay curve, and whether what is recommended stays: three answers, as it may not be known.

use super::{TornadoPage, average, number};
use crate::plan::readings::{Measure, Readings};
use crate::plan::sensitivity::Sensitivity;
use crate::plan::sensitivity_curves::Stands;
use crate::report::wording::{TrialWord, count, list, money};
use crate::stats::Estimate;

/// Money answers under the scenario's own and another curve, and whether the recommendation stays.
pub(in crate::report) fn curves(page: &TornadoPage<'_>, trial: &TrialWord) -> String {
    let found = page.found;
    let (own, other) = match (&found.curve, &found.other) {
        (Some(own), Ok(other)) => (own, other),
        (_, Err(why)) => return format!("Money answers stand under one decay curve only: {why}."),
        (None, Ok(_)) => return String::new(),
    };
    let Some(theirs) = &found.ways[0].other else {
        return format!(
            "Money answers stand under the curve \"{own}\" only: \"{other}\" cannot be true of these rates and response times."
        );
    };
    let money_of = |readings: &Readings| {
        format!(
            "{} opportunities, {} pipeline and {} won",
            count(average(&readings.opportunities)),
            money(average(&readings.pipeline)),
            money(average(&readings.won))
        )
    };
    let mine = found.today().first(theirs.held.len());
    format!(
        "Under the decay curve \"{own}\" a {} brings {}, under \"{other}\" {} (first {}): {}. {}{}.",
        trial.short,
        money_of(&mine),
        money_of(theirs),
        trial.count(theirs.trials()),
        verdict(&[(INPUT, found.input_changes()), (WAY, found.way_changes())]),
        top(found, own),
        ways(found, own, other)
    )
}

const INPUT: &str = "the input that moves opportunities most";
const WAY: &str = "the best way of working";

/// "the recommendation changes: the best way of working; of the input that moves opportunities most it cannot be told".
fn verdict(parts: &[(&str, Option<Stands>)]) -> String {
    let of = |stands: Stands| -> Vec<String> {
        let some = parts.iter().filter(|(_, its)| *its == Some(stands));
        some.map(|(what, _)| (*what).to_owned()).collect()
    };
    let (changes, stays, open) = (of(Stands::Changes), of(Stands::Stays), of(Stands::CannotTell));
    let rest =
        if open.is_empty() { String::new() } else { format!("; of {} it cannot be told", list(&open)) };
    match (changes.is_empty(), stays.is_empty()) {
        (false, _) => format!("the recommendation changes: {}{rest}", list(&changes)),
        (true, true) => "whether the recommendation changes cannot be told".to_owned(),
        (true, false) if open.is_empty() => "the recommendation does not change".to_owned(),
        (true, false) => format!("the recommendation does not change in {}{rest}", list(&stays)),
    }
}

/// What moves opportunities most under the second curve.
fn top(found: &Sensitivity, own: &str) -> String {
    match (found.order(Measure::Opportunities).first(), found.first_under_other()) {
        (Some(a), Some(b)) if *a != b => {
            let (a, b) = (&found.bars[*a], &found.bars[b]);
            match found.input_changes() {
                Some(Stands::Changes) => format!("What then moves opportunities most is {}", b.name),
                _ => format!(
                    "What then moves opportunities most is {}, but the two curves together do not tell it from {}, the first under \"{own}\"",
                    b.name, a.name
                ),
            }
        }
        (Some(a), _) if found.input_changes() == Some(Stands::Stays) => {
            format!("What moves opportunities most is the same under both, {}", found.bars[*a].name)
        }
        (Some(a), _) => format!(
            "Under both, what moves opportunities most seems to be {}, but not surely ahead of all others under both",
            found.bars[*a].name
        ),
        _ => String::new(),
    }
}

/// Which lever brings most under each curve.
fn ways(found: &Sensitivity, own: &str, other: &str) -> String {
    if found.ways.len() < 2 {
        return String::new();
    }
    let (here, there) = (found.best_way(false), found.best_way(true));
    let same = here.map(|way| way.0) == there.map(|way| way.0);
    let named = |way: Option<(usize, Estimate)>| {
        way.map_or("no lever surely beats today's way".to_owned(), |(place, gain)| {
            format!("\"{}\" brings most ({})", found.ways[place].name, number(&gain))
        })
    };
    match (here, there) {
        (Some((place, gain)), Some((_, gain_there))) if same => format!(
            "; of the levers, \"{}\" brings most opportunities under both, {} and {}",
            found.ways[place].name,
            number(&gain),
            number(&gain_there)
        ),
        (None, None) => "; no lever surely beats today's way under either".to_owned(),
        _ => {
            format!("; of the levers, under \"{own}\" {}, under \"{other}\" {}", named(here), named(there))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing told is not "does not change".
    #[test]
    fn a_recommendation_stays_only_where_it_is_told() {
        use Stands::{CannotTell, Changes, Stays};
        let said = |input, way| verdict(&[(INPUT, input), (WAY, way)]);
        assert_eq!(said(Some(Stays), None), "the recommendation does not change");
        assert_eq!(said(Some(CannotTell), None), "whether the recommendation changes cannot be told");
        assert_eq!(said(Some(CannotTell), Some(CannotTell)), said(Some(CannotTell), None));
        assert_eq!(
            said(Some(CannotTell), Some(Stays)),
            "the recommendation does not change in the best way of working; of the input that moves opportunities most it cannot be told"
        );
        assert_eq!(
            said(Some(CannotTell), Some(Changes)),
            "the recommendation changes: the best way of working; of the input that moves opportunities most it cannot be told"
        );
        assert!(
            said(Some(Changes), Some(Stays)).ends_with("changes: the input that moves opportunities most")
        );
    }
}
