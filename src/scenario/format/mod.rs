//! The scenario format, written down once: every table and key, what it takes and what holds when it is left out.
//! The checks, the JSON Schema, `docs/SCENARIO.md` and `explain` all read it here.

mod buyers;
mod commitments;
mod frame;
mod leads;
mod sources;
mod team;
mod work;

use super::kind::{Kind, Missing, Named, Names, Table, Unit, key};
use Missing::{Off, Required, Template, Value};

/// The whole file.
pub(super) static ROOT: Table = Table {
    about: "A scenario: the leads, the team, the routing, the buyers and the agreement to be tried.",
    keys: &[
        key("format", Kind::Whole(1, 1), Required, "Version of this format; 1."),
        key(
            "preset",
            Kind::Word(&["template"]),
            Off("nothing is taken over"),
            "Starts from a preset; what this file says goes over it, key by key.",
        ),
        key("title", Kind::Text, Off("the file's name"), "Heading of every report."),
        key("question", Kind::Text, Off("none"), "What this scenario is meant to answer."),
        key("expect", Kind::Text, Off("none"), "What its author expects to see, written before the run."),
        key(
            "horizon",
            Kind::Table(&frame::HORIZON),
            Off("13 weeks from 2 February 2026, UTC"),
            frame::HORIZON.about,
        ),
        key("calendar", Kind::Table(&frame::CALENDAR), Off("always open"), frame::CALENDAR.about),
        key(
            "tiers",
            Kind::Named(&leads::TIERS),
            Off("the tiers that the sources name"),
            "The tiers of the agreement, hottest first.",
        ),
        key(
            "leads",
            Kind::Table(&leads::LEADS),
            Off("one zone (the company's), one segment, an even rhythm"),
            leads::LEADS.about,
        ),
        key("sources", Kind::Named(&sources::SOURCES), Required, "Where leads come from, by name."),
        key(
            "backlog",
            Kind::Named(&leads::BACKLOG),
            Off("the CRM is empty when the run-in begins"),
            "Leads that are there already when the trial opens, by tier.",
        ),
        key("routing", Kind::Table(&team::ROUTING), Required, team::ROUTING.about),
        key("team", Kind::Named(&team::TEAM), Required, "The team: groups of reps by name."),
        key("work", Kind::Table(&work::WORK), Off("no activity takes any time"), work::WORK.about),
        key(
            "buyers",
            Kind::Table(&buyers::BUYERS),
            Off("every lead accepted, one attempt, nobody answers"),
            buyers::BUYERS.about,
        ),
        key(
            "agreement",
            Kind::Table(&commitments::AGREEMENT),
            Off("disposed on review"),
            commitments::AGREEMENT.about,
        ),
        key(
            "commitments",
            Kind::Named(&commitments::COMMITMENTS),
            Off("nothing is promised"),
            "What was promised, by the agreement's own numbers.",
        ),
        key(
            "levers",
            Kind::Named(&frame::LEVERS),
            Off("no alternatives"),
            "Named alternatives to the scenario; they change nothing unless asked for.",
        ),
        key("study", Kind::Table(&frame::STUDY), Off("the command line's choice"), frame::STUDY.about),
    ],
};
