//! What each constraint is called, what taking it away means, and how a gain is said: "11.2 points", "$36K".

use super::wording::plural;
use crate::model::Model;
use crate::plan::constraints::Constraint;
use crate::plan::yardstick::Yardstick;
use crate::study::Unit;

/// In a table and under a bar: "meetings".
pub(super) fn name(constraint: Constraint) -> &'static str {
    match constraint {
        Constraint::Volume => "volume (one more rep)",
        Constraint::Meetings => "meetings",
        Constraint::RoutingDelay => "routing delay",
        Constraint::Ownership => "ownership",
        Constraint::AfterHoursHold => "after-hours hold",
        Constraint::Attention => "attention",
        Constraint::OwnWork => "own work",
        Constraint::Bursts => "bursts",
    }
}

/// As what binds, in a sentence: "headcount".
pub(super) fn noun(constraint: Constraint) -> &'static str {
    match constraint {
        Constraint::Volume => "headcount",
        Constraint::AfterHoursHold => "the after-hours hold",
        Constraint::RoutingDelay => "the routing delay",
        Constraint::OwnWork => "the reps' own work",
        other => name(other),
    }
}

/// Taken away, in a sentence that it begins or goes on: "with one shared pool".
pub(super) fn without(constraint: Constraint) -> &'static str {
    match constraint {
        Constraint::Volume => "with one more rep",
        Constraint::Meetings => "without meetings",
        Constraint::RoutingDelay => "with routing at once",
        Constraint::Ownership => "with one shared pool",
        Constraint::AfterHoursHold => "without the hold after hours",
        Constraint::Attention => "with every alert noticed at once",
        Constraint::OwnWork => "with own work that gives way",
        Constraint::Bursts => "with leads that come evenly",
    }
}

/// What exactly is taken away, for the small print and the tables.
pub(super) fn lifted(constraint: Constraint, joins: Option<&str>) -> String {
    let text = match constraint {
        Constraint::Volume => {
            let group = joins.map_or(String::new(), |group| format!(" in team.{group}"));
            return format!("one more rep{group}");
        }
        Constraint::Meetings => {
            "no standing and no random meetings; lunch, leave, sickness and calls away stay"
        }
        Constraint::RoutingDelay => {
            "the automation takes no time and never fails, nor does routing by hand take any"
        }
        Constraint::Ownership => {
            "whoever is free takes every lead, follow-up and returning lead from one pool"
        }
        Constraint::AfterHoursHold => {
            "leads of closed hours are routed at once instead of held; nobody works longer, so nights are not staffed"
        }
        Constraint::Attention => {
            "every alert is noticed at once by whoever is at the desk, and none is ignored"
        }
        Constraint::OwnWork => "own work is begun, and gone on with, only when no lead waits",
        Constraint::Bursts => {
            "the same number of leads without busy days, surges and batches; lists come one by one over open hours"
        }
    };
    text.to_owned()
}

/// Why a scenario has nothing of a constraint.
pub(super) fn none_here(constraint: Constraint, model: &Model) -> String {
    match constraint {
        Constraint::Volume => "no group that may take these leads takes one more rep".into(),
        Constraint::Meetings => {
            format!("{} hold no meetings", plural(model.reps.len() as u64, "rep", "reps"))
        }
        Constraint::RoutingDelay => "leads are routed at once and never by hand".into(),
        Constraint::Ownership => "all work is in one pool already".into(),
        Constraint::AfterHoursHold => "leads are routed day and night".into(),
        Constraint::Attention => "every alert is noticed at once".into(),
        Constraint::OwnWork => "no own work goes before leads".into(),
        Constraint::Bursts => "leads come evenly, or are replayed as they came".into(),
    }
}

/// The unit of a yardstick.
pub(super) fn unit(yardstick: Yardstick) -> Unit {
    match yardstick {
        Yardstick::Attainment => Unit::Share,
        Yardstick::Opportunities => Unit::PerTrial,
        Yardstick::Pipeline => Unit::DollarsPerTrial,
    }
}
