//! From which value of a sweep on, or up to which, the goal is surely reached reliably, and of which values that cannot be told: what the sweep recommends.

use super::capacity::{SweepPage, lines};
use super::swept::Swept;
use super::verdict::HOLDS_FROM;
use super::wording::{TrialWord, goal, list, percent, with_sign};
use crate::plan::readings::{Side, side};
use crate::plan::sweep::SweepPoint;
use crate::stats::Estimate;

/// What the points of one way of working say of its goal.
pub(super) struct Reached<'a> {
    /// The value from which on, or up to which, it is surely reached reliably; of values that are words the best that surely is.
    pub surely: Option<(&'a SweepPoint, Estimate)>,
    /// Values next to it of which trials cannot tell, in order; without such a value all of which they cannot tell.
    pub open: Vec<(&'a SweepPoint, Estimate)>,
    /// Whether larger values are harder, so that it is reached up to a value.
    pub up_to: bool,
    /// The point that reaches the goal most often.
    pub best: Option<(&'a SweepPoint, Estimate)>,
}

fn is(which: Side) -> impl Fn(&&(&SweepPoint, Estimate)) -> bool {
    move |(_, holds)| side(holds, HOLDS_FROM) == which
}

/// What the points of one way of working say of the goal, by their intervals.
pub(super) fn reached<'a>(swept: &Swept, points: &[&'a SweepPoint]) -> Reached<'a> {
    let mut known: Vec<(&'a SweepPoint, Estimate)> =
        points.iter().filter_map(|point| Some((*point, point.holds?))).collect();
    // Values may have been asked for in any order: 5 hours, 4 hours, 30 minutes.
    let place = |point: &SweepPoint| swept.place(&point.value).unwrap_or(f64::INFINITY);
    known.sort_by(|a, b| place(a.0).total_cmp(&place(b.0)));
    let often = |a: &&(&SweepPoint, Estimate), b: &&(&SweepPoint, Estimate)| a.1.value.total_cmp(&b.1.value);
    let best = known.iter().max_by(often).copied();
    let all_open = || known.iter().filter(is(Side::CannotTell)).copied().collect::<Vec<_>>();
    if swept.is_words() {
        // words have no "from here on": the best of them is the answer
        let surely = known.iter().filter(is(Side::Holds)).max_by(often).copied();
        let open = if surely.is_some() { Vec::new() } else { all_open() };
        return Reached { surely, open, up_to: false, best };
    }
    let sides: Vec<Side> = known.iter().map(|(_, holds)| side(holds, HOLDS_FROM)).collect();
    // where larger values are harder, the answer is how far it still holds
    let up_to = matches!((sides.first(), sides.last()), (Some(first), Some(last)) if *first != Side::Breaks && *last != Side::Holds)
        && known.first().zip(known.last()).is_some_and(|(first, last)| first.1.value > last.1.value);
    let until = sides.iter().position(|side| *side == Side::Breaks).unwrap_or(sides.len());
    let found = match up_to {
        true => sides[..until].iter().rposition(|side| *side == Side::Holds),
        false => sides.iter().position(|side| *side == Side::Holds),
    };
    let open = match (found, up_to) {
        (None, _) => all_open(),
        (Some(last), true) => known[last + 1..until].to_vec(),
        (Some(first), false) => known[..first].iter().filter(is(Side::CannotTell)).copied().collect(),
    };
    Reached { surely: found.map(|place| known[place]), open, up_to, best }
}

/// "98.0 % (96.4–98.9)".
fn share(holds: &Estimate) -> String {
    let ends = holds.shown();
    let ends = ends.map_or(String::new(), |(low, high)| format!(" ({:.1}–{:.1})", low * 100.0, high * 100.0));
    format!("{}\u{a0}%{ends}", percent(holds.value))
}

/// From where on the goal is reached reliably, of which values that cannot be told, or how near it comes.
pub(super) fn words(page: &SweepPage<'_>, points: &[&SweepPoint], trial: &TrialWord) -> String {
    let swept = page.swept();
    let among = if swept.is_words() { "with" } else { "at" };
    let Reached { surely, open, up_to, best } = reached(&swept, points);
    let whole = page.goal().map_or("its goal".to_owned(), |share| format!("the {} goal", goal(share)));
    let reliably = format!("{} of {}", with_sign(HOLDS_FROM), trial.many);
    let played = points.len();
    let so_far = if played < page.values {
        format!(" so far ({played} of {} values played)", page.values)
    } else {
        String::new()
    };
    let beside = |holds: &Estimate| {
        let ends = holds.shown().map(|(low, high)| format!(", {:.1}–{:.1}", low * 100.0, high * 100.0));
        format!("({}\u{a0}%{})", percent(holds.value), ends.unwrap_or_default())
    };
    let each = |open: &[(&SweepPoint, Estimate)]| {
        let each = open.iter().map(|(point, holds)| format!("{among} {} {}", point.value, beside(holds)));
        list(&each.collect::<Vec<_>>())
    };
    match (surely, best) {
        (Some((point, holds)), _) => {
            let up_to_word = if up_to { "up to" } else { among };
            let first = format!(
                "reaches {whole} in {} of {} {up_to_word} {}",
                share(&holds),
                trial.many,
                point.value
            );
            if open.is_empty() {
                return first;
            }
            let word = if up_to { "still" } else { "already" };
            format!(
                "{first}; whether it {word} does in {reliably} {} cannot be told, more --trials tell",
                each(&open)
            )
        }
        (None, _) if !open.is_empty() => format!(
            "surely reaches {whole} in {reliably} at no value{so_far}; {} that cannot be told, more --trials tell",
            each(&open)
        ),
        (None, Some((_, Estimate { value: 0.0, .. }))) => format!("reaches {whole} at no value{so_far}"),
        (None, Some((point, holds))) => format!(
            "reaches {whole} reliably at no value{so_far} (at best in {} of {}, {among} {})",
            share(&holds),
            trial.many,
            point.value
        ),
        (None, None) => format!("no {} can be held against {whole}", trial.short),
    }
}

/// Places of the points that the page recommends: of each line that from which on, or up to which, the goal is surely reached reliably.
pub fn recommended(page: &SweepPage<'_>) -> Vec<usize> {
    let swept = page.swept();
    let lines = lines(page.points);
    let found = lines.iter().filter_map(|(_, points)| reached(&swept, points).surely);
    found.filter_map(|(point, _)| page.points.iter().position(|other| std::ptr::eq(other, point))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::proportion::wilson;

    /// Points at 4, 5, 6 …, of 1,000 trials each with so many that hold.
    fn points(held: &[u64]) -> Vec<SweepPoint> {
        let at = |(place, held): (usize, &u64)| SweepPoint {
            line: String::new(),
            value: (4 + place).to_string(),
            put_in: false,
            headline: None,
            refused: None,
            reps: 1,
            trials: 1_000,
            kept: None,
            kept_typical: None,
            holds: Some(wilson(*held, 1_000, 0.95)),
            opportunities: None,
            opportunities_typical: None,
            lead_work: None,
            team_cost: None,
            by_trial: Vec::new(),
        };
        held.iter().enumerate().map(at).collect()
    }

    /// The value that is surely enough, and those of which it cannot be told.
    fn told(held: &[u64]) -> (Option<String>, Vec<String>, bool) {
        let points = points(held);
        let swept = Swept::of(points.iter().map(|point| point.value.as_str()));
        let found = reached(&swept, &points.iter().collect::<Vec<_>>());
        let value = |(point, _): (&SweepPoint, Estimate)| point.value.clone();
        (found.surely.map(value), found.open.into_iter().map(value).collect(), found.up_to)
    }

    /// At 6 the share is 90.4 %, and its interval holds 90 %: on other luck it would be 89.6 %. Both are told alike.
    #[test]
    fn only_what_is_surely_enough_is_recommended_and_what_is_not_known_is_said() {
        for at_six in [904, 896] {
            let (surely, open, up_to) = told(&[190, 610, at_six, 980]);
            assert_eq!((surely.as_deref(), open, up_to), (Some("7"), vec!["6".to_owned()], false));
        }
        assert_eq!(told(&[190, 610, 904]), (None, vec!["6".to_owned()], false));
        assert_eq!(told(&[190, 610]), (None, Vec::new(), false));
        assert_eq!(told(&[190, 940, 960]), (Some("5".to_owned()), Vec::new(), false));
    }

    #[test]
    fn where_larger_values_are_harder_it_is_reached_up_to_one() {
        assert_eq!(told(&[980, 940, 905, 600]), (Some("5".to_owned()), vec!["6".to_owned()], true));
        assert_eq!(told(&[910, 905, 600]), (None, vec!["4".to_owned(), "5".to_owned()], true));
        assert_eq!(told(&[905, 960, 600]), (Some("5".to_owned()), Vec::new(), true));
    }
}
