//! What tiers, promises and teams are called in a sentence: "Tier 1 within 15 minutes", "one owner by round robin".

use super::wording::{JOINT, list, plural, waiting};
use crate::model::{Clock, Commitment, Milestone, Model, Policy, Promise, TierId};
use crate::random::Law;
use crate::time::{Span, Target, clock_text};

/// How reports call a tier: "Tier 1" for numbered tiers, else its own name.
pub fn tier(name: &str) -> String {
    if name.chars().all(|c| c.is_ascii_digit()) { format!("Tier {name}") } else { name.to_owned() }
}

/// The tier with this number, in words.
pub fn tier_of(model: &Model, id: TierId) -> String {
    tier(&model.leads.tiers[usize::from(id.0)].name)
}

/// The tiers a commitment covers: "Tier 1", "Tiers 1 and 2", "All leads".
pub fn covered(model: &Model, commitment: &Commitment) -> String {
    let whom = match commitment.scope.tiers.as_slice() {
        [] => "All leads".to_owned(),
        [only] => tier_of(model, *only),
        several => {
            let names: Vec<String> =
                several.iter().map(|t| model.leads.tiers[usize::from(t.0)].name.clone()).collect();
            format!("Tiers {}", list(&names))
        }
    };
    match commitment.scope.in_hours {
        Some(true) => format!("{whom} in hours"),
        Some(false) => format!("{whom} after hours"),
        None => whom,
    }
}

/// A clock in a sentence: "within 15 minutes", "within 2 business hours", "by 09:00 next business day".
pub fn clock(clock: &Clock) -> String {
    match clock.target {
        Target::Business(span) if span < Span::hours(1) => {
            format!("within {}", minutes(span))
        }
        Target::Wall(span) if span < Span::hours(1) => format!("within {}", minutes(span)),
        Target::Wall(_) | Target::Business(_) | Target::SkippingClosedDays(_) | Target::BusinessDays(_) => {
            format!("within {}", clock.text)
        }
        Target::ByTime { .. } | Target::CloseOfBusinessDay(_) => clock.text.clone(),
    }
}

/// A clock in few letters, for a table: "15 min" on the wall, "15 bus. min" while open, "by 09:00 next bus. day".
pub fn short_clock(clock: &Clock) -> String {
    match clock.target {
        Target::Wall(span) if span < Span::hours(1) => format!("{span}"),
        // the unit behind the number gets the word: 15 of which minutes
        Target::Business(span) if span < Span::hours(1) => {
            format!("{span}").replacen(' ', &format!("{JOINT}{BUSINESS}{JOINT}"), 1)
        }
        Target::ByTime { minute_of_day, business_days: days @ (0 | 1) } => {
            let which = if days == 0 { "same" } else { "next" };
            format!("by {} {which} {BUSINESS} day", clock_text(minute_of_day))
        }
        _ => clock.text.clone(),
    }
}

/// "business" in a table.
const BUSINESS: &str = "bus.";

fn minutes(span: Span) -> String {
    let minutes = span.as_minutes();
    if minutes.fract() == 0.0 { plural(minutes as u64, "minute", "minutes") } else { format!("{span}") }
}

/// What a commitment promises, as one would say it: "Tier 1 within 15 minutes"; its title where it is about no tier.
pub fn promise(model: &Model, commitment: &Commitment) -> String {
    match &commitment.promise {
        Promise::Timed { to: Milestone::Attempted, within, .. } if !commitment.scope.tiers.is_empty() => {
            format!("{} {}", covered(model, commitment), clock(within))
        }
        _ => commitment.title.clone(),
    }
}

/// The title of a row: with its target, where the title does not say it and no rows below do.
pub fn row_title(model: &Model, commitment: &Commitment, has_parts: bool) -> String {
    let title = &commitment.title;
    let Promise::Timed { within, .. } = &commitment.promise else { return fitting(title) };
    // the tier's own number is not a target
    let mut bare = title.clone();
    for tier in &model.leads.tiers {
        bare = bare.replace(&self::tier(&tier.name), "");
    }
    if has_parts || says_when(&bare, within) {
        return fitting(title);
    }
    let target = short_clock(within);
    match title.strip_suffix(", first attempt") {
        Some(whom) => format!("{whom}, {target}"),
        None => format!("{title}, {target}"),
    }
}

/// Whether a title tells how soon: a number, a unit of time, or the target as it was written.
fn says_when(title: &str, within: &Clock) -> bool {
    const UNITS: [&str; 7] = ["second", "minute", "hour", "day", "week", "morning", "noon"];
    let is_unit = |word: &str| UNITS.contains(&word.strip_suffix('s').unwrap_or(word));
    let words = title.to_lowercase();
    words.chars().any(|c| c.is_ascii_digit())
        || words.split(|c: char| !c.is_alphabetic()).any(is_unit)
        || words.contains(&within.text.to_lowercase())
}

/// Letters of a title that a table of the usual width has room for.
const ROOM: usize = 32;

/// A title that would not fit its column says "business" as the parts below it do.
fn fitting(title: &str) -> String {
    if title.chars().count() <= ROOM { title.to_owned() } else { title.replace("business", BUSINESS) }
}

/// Groups that are told one by one.
const GROUPS_TOLD: usize = 3;

/// The team in a few words: "6 reps", "4 sdrs and 6 aes", "80 people in 7 groups".
pub fn team(model: &Model) -> String {
    if model.groups.len() > GROUPS_TOLD {
        let people = plural(model.reps.len() as u64, "person", "people");
        return format!("{people} in {} groups", model.groups.len());
    }
    let groups: Vec<String> = model
        .groups
        .iter()
        .enumerate()
        .map(|(place, group)| {
            let people = model.reps.iter().filter(|rep| rep.group == place).count() as u64;
            let many = group.name.replace('_', " ");
            plural(people, many.strip_suffix('s').unwrap_or(&many), &many)
        })
        .collect();
    list(&groups)
}

/// Who gets a lead, in a few words: "one owner by round robin", "one shared queue".
pub fn routing(model: &Model) -> String {
    if model.reps.len() == 1 {
        return "every lead to one person".into();
    }
    let tiers = &model.routing.tiers;
    let policy = |policy: Policy| match policy {
        Policy::Pool => "one shared queue",
        Policy::RoundRobin => "one owner by round robin",
    };
    let first = tiers.first().map_or(Policy::RoundRobin, |t| t.policy);
    let mut words = if tiers.iter().all(|t| t.policy == first) {
        policy(first).to_owned()
    } else {
        let pooled: Vec<String> = tiers
            .iter()
            .enumerate()
            .filter(|(_, t)| t.policy == Policy::Pool)
            .map(|(i, _)| tier_of(model, TierId(i as u8)))
            .collect();
        format!("{} from a shared queue, the others one owner", list(&pooled))
    };
    if let Some(back_up) = tiers.iter().find_map(|t| t.back_up) {
        words.push_str(&format!(", back-up owner after {}", back_up.after));
    }
    words
}

/// Whether leads of the tier (`None`: all) belong to one owner rather than to whoever is free.
pub fn is_owned(model: &Model, tier: Option<TierId>) -> bool {
    let tiers = &model.routing.tiers;
    match tier {
        Some(id) => tiers[usize::from(id.0)].policy == Policy::RoundRobin,
        None => tiers.iter().all(|t| t.policy == Policy::RoundRobin),
    }
}

/// A law of hours in words: "exponential, mean 20 h".
pub fn law_of_hours(law: &Law) -> String {
    let shape = match law {
        Law::Constant(_) => "constant",
        Law::Exponential { .. } => "exponential",
        Law::LogNormal { .. } => "lognormal",
        Law::Gamma { .. } => "gamma",
        Law::Weibull { .. } => "Weibull",
        Law::Uniform { .. } => "uniform",
        Law::Poisson { .. } => "Poisson",
        Law::Geometric { .. } => "geometric",
        Law::Mixture { .. } => "mixture",
        Law::Empirical { .. } => "empirical",
    };
    format!("{shape} law, mean {}", waiting(law.mean() * 60.0))
}

#[cfg(test)]
mod tests {
    use super::super::wording::plain;
    use super::*;

    #[test]
    fn open_time_and_time_on_the_wall_read_apart_in_a_table() {
        let short = |text: &str| {
            let target = text.parse().expect("a target");
            plain(&short_clock(&Clock { target, text: text.to_owned() }))
        };
        assert_eq!((short("15min"), short("15 business min")), ("15 min".into(), "15 bus. min".into()));
        assert_eq!((short("4h"), short("4 business hours")), ("4h".into(), "4 business hours".into()));
        assert_eq!(short("by 18:00 next business day"), "by 18:00 next bus. day");
        assert_eq!(short("by 18:00 same business day"), "by 18:00 same bus. day");
        assert_eq!(short("2 business days"), "2 business days");
    }

    #[test]
    fn a_title_that_tells_how_soon_is_not_told_it_again() {
        let within = |text: &str| Clock { target: text.parse().expect("a target"), text: text.to_owned() };
        assert!(says_when("Begun within an hour", &within("60 business min")));
        assert!(says_when("Routed by close of the next business day", &within("2h")));
        assert!(says_when("Answered in 4 h", &within("4h")));
        assert!(
            !says_when("Every demo request", &within("4h")) && !says_when(", first attempt", &within("4h"))
        );
        assert_eq!(fitting("Accept or reject in 4 business hours"), "Accept or reject in 4 bus. hours");
        assert_eq!(fitting("Routed in 4 business hours"), "Routed in 4 business hours");
    }
}
