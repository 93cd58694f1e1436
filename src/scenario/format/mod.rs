//! The scenario format, written down once: every table and key, what it takes and what holds when it is left out.
//! The checks, the JSON Schema, `docs/SCENARIO.md` and `explain` all read it here.

mod buyers;
mod commitments;
mod frame;
mod leads;
mod routing;
mod sources;
mod team;
mod work;

use super::kind::{CHANNELS, Kind, Named, Names, Table, Unit, key};
use super::missing::{Missing, Reason};
use Missing::{Elsewhere, Empty, Instead, Off, Required, Template, Value};
use Reason::{Chosen, Follows, Neutral, Published};

/// The whole file.
pub(super) static ROOT: Table = Table {
    about: "A scenario: the leads, the team, the routing, the buyers and the agreement to be tried.",
    keys: &[
        key("format", Kind::Whole(1, 1), Required, "Version of this format; 1."),
        key(
            "preset",
            Kind::Word(&["template"]),
            Off("nothing is taken over", Neutral("nothing is taken over unless asked for")),
            "Starts from a preset; what this file says goes over it, key by key.",
        ),
        key(
            "title",
            Kind::Text,
            Instead("the file's name", Follows("a heading is needed, and the file has a name")),
            "Heading of every report.",
        ),
        key(
            "question",
            Kind::Text,
            Off("none", Neutral("a heading only; changes no result")),
            "What this scenario is meant to answer.",
        ),
        key(
            "expect",
            Kind::Text,
            Off("none", Neutral("a heading only; changes no result")),
            "What its author expects to see, written before the run.",
        ),
        key(
            "horizon",
            Kind::Table(&frame::HORIZON),
            Empty("13 weeks from 2 February 2026, UTC"),
            frame::HORIZON.about,
        ),
        key("calendar", Kind::Table(&frame::CALENDAR), Empty("always open"), frame::CALENDAR.about),
        key(
            "tiers",
            Kind::Named(&leads::TIERS),
            Instead("those that the sources name, at no cost", Follows("sources say which tiers there are")),
            "The tiers of the agreement, hottest first.",
        ),
        key(
            "leads",
            Kind::Table(&leads::LEADS),
            Empty("one zone (the company's), one segment, an even rhythm"),
            leads::LEADS.about,
        ),
        key("sources", Kind::Named(&sources::SOURCES), Required, "Where leads come from, by name."),
        key(
            "backlog",
            Kind::Named(&leads::BACKLOG),
            Off("the CRM is empty when the run-in begins", Neutral("nothing is assumed that is not written")),
            "Leads that are there already when the trial opens, by tier.",
        ),
        key("routing", Kind::Table(&routing::ROUTING), Required, routing::ROUTING.about),
        key("team", Kind::Named(&team::TEAM), Required, "The team: groups of reps by name."),
        key("work", Kind::Table(&work::WORK), Empty("no activity takes any time"), work::WORK.about),
        key(
            "buyers",
            Kind::Table(&buyers::BUYERS),
            Off(
                "every lead accepted, one attempt, nobody answers",
                Neutral("nothing is assumed that is not written"),
            ),
            buyers::BUYERS.about,
        ),
        key(
            "agreement",
            Kind::Table(&commitments::AGREEMENT),
            Empty("disposed on review"),
            commitments::AGREEMENT.about,
        ),
        key(
            "commitments",
            Kind::Named(&commitments::COMMITMENTS),
            Off("nothing is promised", Neutral("no promise is judged unless written")),
            "What was promised, by the agreement's own numbers.",
        ),
        key(
            "levers",
            Kind::Named(&frame::LEVERS),
            Off("no alternatives", Neutral("alternatives change nothing")),
            "Named alternatives to the scenario; they change nothing unless asked for.",
        ),
        key(
            "uncertainty",
            Kind::Named(&frame::UNCERTAINTY),
            Off("every input is taken as written", Neutral("nothing is assumed that is not written")),
            "Inputs that are not known for sure, by their path in quotes; `leadsim run` and `leadsim sensitivity` draw them, other commands take them as written and say so.",
        ),
        key("study", Kind::Table(&frame::STUDY), Empty("the command line's choice"), frame::STUDY.about),
    ],
};
