//! Which clauses of a persistence promise a lead's attempts broke, in words: "no LinkedIn attempt; asked: 1 for mid-market".

use super::wording::{JOINT, plural};
use crate::model::{Channel, Model, Persistence};
use crate::time::{Instant, OpenHours};
use crate::trial::{Lead, clauses};

/// What was asked for and not done, clause by clause; empty where the promise was kept. Attempts count until `due`.
pub(super) fn broken(model: &Model, promise: &Persistence, lead: &Lead, due: Option<Instant>) -> Vec<String> {
    let hours = &model.leads.zones[usize::from(lead.zone.0)].hours;
    let segment = usize::from(lead.segment.0);
    let whose = model.leads.segments.get(segment).map_or(String::new(), |s| format!(" for {}", s.name));
    let linkedin = promise.linkedin.get(segment).copied().unwrap_or(0);
    let made = |wanted: Option<Channel>| tally(lead, hours, due, wanted);
    let by = |name: &str, wanted: Channel, (asked, days): (u32, u32)| {
        let (count, on) = made(Some(wanted));
        let on_days =
            if days > 1 { format!(" on {}", plural(days.into(), "day", "days")) } else { String::new() };
        let spread = if days > 1 && count > 0 {
            format!(" on {}", plural(on.into(), "day", "days"))
        } else {
            String::new()
        };
        format!("{}{spread}; asked: {asked}{on_days}", attempts(count, name))
    };
    let words = |clause: usize| match clause {
        0 => format!("{} in time; asked: {}", attempts(made(None).0, ""), promise.attempts),
        1 => format!(
            "attempts on {}; asked: {}",
            plural(made(None).1.into(), "day", "days"),
            plural(promise.days.into(), "day", "days")
        ),
        2 => by("phone ", Channel::Phone, promise.phone),
        3 => by("email ", Channel::Email, promise.email),
        4 => by("LinkedIn ", Channel::LinkedIn, (linkedin, 0)) + &whose,
        5 => format!(
            "{} on one day; at most {}",
            attempts(most_on_a_day(lead, hours), ""),
            promise.most_per_day.unwrap_or(0)
        ),
        _ => format!("two attempts closer than {}", promise.pause),
    };
    let kept = clauses(promise, hours, lead, due);
    kept.iter().enumerate().filter(|(_, kept)| !**kept).map(|(clause, _)| words(clause)).collect()
}

/// "no phone attempt", "2 phone attempts".
fn attempts(count: u32, by: &str) -> String {
    match count {
        0 => format!("no {by}attempt"),
        1 => format!("1{JOINT}{by}attempt"),
        _ => format!("{count}{JOINT}{by}attempts"),
    }
}

/// Attempts in time by a channel (`None`: by any), and on how many of the lead's days.
fn tally(lead: &Lead, hours: &OpenHours, due: Option<Instant>, wanted: Option<Channel>) -> (u32, u32) {
    let in_time = lead.attempts.iter().filter(|(at, channel)| {
        due.is_none_or(|due| *at <= due) && wanted.is_none_or(|wanted| wanted == *channel)
    });
    let mut days: Vec<Option<usize>> = in_time.map(|(at, _)| hours.local_day_index(*at)).collect();
    let count = days.len() as u32;
    days.dedup();
    (count, days.len() as u32)
}

fn most_on_a_day(lead: &Lead, hours: &OpenHours) -> u32 {
    let days: Vec<Option<usize>> = lead.attempts.iter().map(|(at, _)| hours.local_day_index(*at)).collect();
    days.chunk_by(|one, next| one == next).map(|day| day.len() as u32).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::wording::plain;
    use super::*;
    use crate::model::Promise;
    use crate::plan::replay;
    use crate::scenario;
    use crate::trial::Verdict;
    use std::path::Path;

    /// Whoever missed the promise is told why, whoever kept it is told nothing; and every clause that bit shows up.
    #[test]
    fn a_missed_promise_names_its_clauses_and_a_kept_one_none() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.toml");
        let sets = ["buyers.cadence.steps.5.by=\"phone\"", "commitments.S4.pause=\"30min\""]
            .map(|text| scenario::Set::parse(text).expect("a change"));
        let scenario = scenario::load(&path, &sets).unwrap_or_else(|problems| panic!("{problems}"));
        let model = &scenario.model;
        let place = model.agreement.commitments.iter().position(|c| c.id == "S4").expect("S4");
        let Promise::Persistence(promise) = &model.agreement.commitments[place].promise else {
            panic!("S4 is about persistence")
        };
        let mut told: Vec<String> = Vec::new();
        for story in replay::trial(model, 1, 0, false).leads {
            let Some(judged) = story.judged[place] else { continue };
            let words = broken(model, promise, &story.lead, judged.due);
            assert_eq!(judged.verdict == Verdict::Kept, words.is_empty(), "lead {}", story.lead.number);
            told.extend(words.iter().map(|text| plain(text)));
        }
        for wanted in [
            "no LinkedIn attempt; asked: 1 for mid-market",
            "2 attempts in time; asked: 6",
            "1 phone attempt on 1 day; asked: 2 on 2 days",
            "attempts on 1 day; asked: 3 days",
            "two attempts closer than 30 min",
        ] {
            assert!(told.iter().any(|text| text == wanted), "{wanted}: {told:?}");
        }
        assert!(!told.iter().any(|text| text.contains("for SMB")), "nothing is asked for SMB");
    }
}
