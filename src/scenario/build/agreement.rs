//! The agreement of the model: commitments of four kinds, each with exactly the keys its kind takes.

use super::titles;
use super::view::{Desk, View};
use crate::model::{Agreement, Clock, Commitment, Goal, Milestone, Persistence, Promise, Scope, Segment};
use crate::scenario::problem::did_you_mean;
use crate::scenario::value;
use crate::time::Span;

/// Keys by kind; a key of another kind would be ignored, so it is refused.
const TIMED: [&str; 4] = ["from", "to", "within", "after_hours"];
const PERSISTENCE: [&str; 8] =
    ["attempts", "within_days", "phone", "email", "linkedin", "days", "most_per_day", "pause"];
const VOLUME: [&str; 1] = ["at_least"];
const REJECTION: [&str; 1] = ["below"];

/// The goal leadsim supplies where the agreement states none.
const USUAL_GOAL: f64 = 0.9;

/// All commitments, in the order they are written.
pub(super) fn agreement(desk: &mut Desk<'_>, root: &View<'_>, segments: &[Segment]) -> Agreement {
    let on_attempt = root.get("agreement").is_some_and(|table| table.text("disposed_on") == Some("attempt"));
    let commitments = root
        .entries("commitments")
        .iter()
        .filter_map(|(id, view)| commitment(desk, id, view, segments))
        .collect();
    Agreement { commitments, disposed_on_review: !on_attempt }
}

fn commitment(desk: &mut Desk<'_>, id: &str, view: &View<'_>, segments: &[Segment]) -> Option<Commitment> {
    let kind = view.text("kind").unwrap_or("timed");
    let (needed, optional): (&[&str], &[&str]) = match kind {
        "persistence" => (&PERSISTENCE[..2], &PERSISTENCE[2..]),
        "monthly volume" => (&VOLUME, &[]),
        "rejection below" => (&REJECTION, &[]),
        _ => (&TIMED[..3], &TIMED[3..]),
    };
    for key in TIMED.iter().chain(&PERSISTENCE).chain(&VOLUME).chain(&REJECTION) {
        if let Some(found) = view.get(key)
            && !needed.contains(key)
            && !optional.contains(key)
        {
            desk.report(
                &found,
                format!("`{key}` does not belong to a commitment of kind \"{kind}\""),
                "take it out, or write another kind",
            );
        }
    }
    let missing: Vec<&&str> = needed.iter().filter(|key| view.get(key).is_none()).collect();
    for key in &missing {
        let example = match **key {
            "from" => "from = \"routed\"",
            "to" => "to = \"attempted\"",
            "within" => "within = \"15 business min\"",
            "attempts" => "attempts = 6",
            "within_days" => "within_days = 10",
            "at_least" => "at_least = 150",
            _ => "below = 0.25",
        };
        desk.report_from(
            view,
            &["kind"],
            format!("a commitment of kind \"{kind}\" needs `{key}`"),
            format!("write {example}"),
        );
    }
    let tiers = desk.tiers_listed(view, "tiers", false).unwrap_or_default();
    let promise = promise(desk, kind, view, segments);
    let in_hours = match view.text("covers") {
        Some("in hours") => Some(true),
        Some("after hours") => Some(false),
        _ => None,
    };
    let promise = promise.filter(|_| missing.is_empty())?;
    let scope = Scope { tiers, in_hours };
    let written = view.text("title").map(str::to_string);
    Some(Commitment {
        id: id.to_string(),
        title: written.unwrap_or_else(|| titles::title(&promise, &scope, &desk.tiers)),
        promise,
        scope,
        goal: goal(kind, view),
    })
}

fn promise(desk: &mut Desk<'_>, kind: &str, view: &View<'_>, segments: &[Segment]) -> Option<Promise> {
    Some(match kind {
        "persistence" => Promise::Persistence(Persistence {
            attempts: view.count("attempts"),
            within_days: view.count("within_days"),
            phone: pair(desk, view, "phone"),
            email: pair(desk, view, "email"),
            linkedin: by_segment(desk, view, "linkedin", segments),
            days: view.count("days"),
            most_per_day: view.get("most_per_day").map(|_| view.count("most_per_day")),
            pause: view.span("pause").unwrap_or(Span::ZERO),
        }),
        "monthly volume" => Promise::MonthlyVolume { target: view.number("at_least")? },
        "rejection below" => Promise::RejectionBelow { share: view.share("below") },
        _ => {
            let (from, to) = (milestone(view.text("from")?), milestone(view.text("to")?));
            if from == to {
                let key = view.get("to")?;
                desk.report(&key, "the clock stops where it starts", "write to = \"attempted\"");
            }
            Promise::Timed {
                from,
                to,
                within: clock(view, "within")?,
                after_hours: clock(view, "after_hours"),
            }
        }
    })
}

/// One number for all segments, or a table of some; segments left out ask for nothing.
fn by_segment(desk: &mut Desk<'_>, view: &View<'_>, key: &str, segments: &[Segment]) -> Vec<u32> {
    let Some(table) = view.get(key).filter(|found| found.node.is_table()) else {
        return vec![view.count(key); segments.len()];
    };
    let names: Vec<&str> = segments.iter().map(|segment| segment.name.as_str()).collect();
    for (name, entry) in table.all() {
        if entry.is_own() && !names.contains(&name) {
            let help = did_you_mean(name, names.iter().copied());
            desk.report(&entry, format!("there is no segment `{name}`"), help);
        }
    }
    names.iter().map(|name| table.count(name)).collect()
}

/// `[attempts, days]`, or one number for both.
fn pair(desk: &mut Desk<'_>, view: &View<'_>, key: &str) -> (u32, u32) {
    let numbers: Vec<u32> =
        view.list(key, |node| value::whole(node, 0, 100)).into_iter().map(|n| n as u32).collect();
    match numbers[..] {
        [] => (0, 0),
        [both] => (both, both),
        [attempts, days] if days <= attempts => (attempts, days),
        _ => {
            if let Some(found) = view.get(key) {
                desk.report(
                    &found,
                    "expected attempts and the days they are spread over",
                    format!("write {key} = [3, 2]"),
                );
            }
            (0, 0)
        }
    }
}

fn clock(view: &View<'_>, key: &str) -> Option<Clock> {
    Some(Clock { target: view.read(key, value::target)?, text: view.text(key)?.to_string() })
}

fn milestone(word: &str) -> Milestone {
    match word {
        "created" => Milestone::Created,
        "routed" => Milestone::Routed,
        "assigned" => Milestone::Assigned,
        "attempted" => Milestone::Attempted,
        _ => Milestone::Disposed,
    }
}

fn goal(kind: &str, view: &View<'_>) -> Goal {
    match view.read("goal", value::share) {
        Some(share) => Goal { share, stated: view.read("goal_stated", value::flag).unwrap_or(true) },
        None if matches!(kind, "monthly volume" | "rejection below") => Goal { share: 1.0, stated: true },
        None => Goal { share: USUAL_GOAL, stated: false },
    }
}
