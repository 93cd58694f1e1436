//! Routing in the file: who may take a lead, when it gets there, and what happens when nobody acts.

use super::*;

static BY_HAND: Table = Table {
    about: "What happens where the automation failed or never saw the lead: a person routes it.",
    keys: &[
        key("delay", Kind::Law(Unit::BusinessMinutes), Required, "Minutes until a person routes it."),
        key(
            "clock",
            Kind::Word(&["business", "wall"]),
            Value("\"business\"", Chosen("a person acts only while the business is open")),
            "Whether those are open minutes of the lead's clock or minutes on the wall.",
        ),
    ],
};

static BACK_UP: Table = Table {
    about: "A second owner, alerted when the first has not started in time; the first of the two to start has the lead.",
    keys: &[
        key("after", Kind::Span, Required, "Open time since routed without a start."),
        key(
            "times",
            Kind::Whole(0, 20),
            Value("1", Chosen("one second owner, the least that is a back-up")),
            "How many back-ups in all, each after the same time again; 0 for none.",
        ),
    ],
};

static CALLS_AGAIN: Table = Table {
    about: "No line to wait in, as on a telephone: a free rep takes the lead at once, or it calls again later. Only with policy = \"pool\".",
    keys: &[
        key(
            "after",
            Kind::Law(Unit::Minutes),
            Required,
            "From a call that found nobody free to the next, on the wall clock.",
        ),
        key(
            "gives_up",
            Kind::OneOrMore(&Kind::Share),
            Value("[0]", Neutral("nobody gives up unless written")),
            "Chance to give up after call 1, 2, … that found nobody free; the last holds for later ones.",
        ),
        key(
            "then",
            Kind::Destination,
            Value("\"nurture\"", Chosen("who gave up may come back; without [buyers.recycling] nobody does")),
            "Where a lead goes that has given up.",
        ),
    ],
};

const POLICY: Kind = Kind::Word(&["round robin", "pool"]);
static TIER_ROUTES: Named = Named { what: "tier", names: Names::Tiers, entry: Kind::Table(&TIER_ROUTE) };

pub(super) static ROUTING: Table = Table {
    about: "Who may take a lead, when it gets there, and what happens when nobody acts.",
    keys: &[
        key(
            "policy",
            POLICY,
            Template,
            "\"round robin\": one owner, the next in the rotation; \"pool\": whoever is free takes the first of one queue.",
        ),
        key(
            "aware_of",
            Kind::List(&Kind::Word(&["shift", "leave", "meetings"])),
            Template,
            "What the rotation knows: it skips reps who are away for these reasons. An empty list knows nothing.",
        ),
        key(
            "delay",
            Kind::Law(Unit::Minutes),
            Value("\"0min\"", Neutral("no time is taken unless written")),
            "Minutes the automation takes, created to routed.",
        ),
        key(
            "fails",
            Kind::Share,
            Value("0", Neutral("the automation never fails unless written")),
            "How often the automation fails and a person has to notice.",
        ),
        key(
            "by_hand",
            Kind::Table(&BY_HAND),
            Off("nobody routes by hand", Follows("needed only where the automation fails or is passed by")),
            BY_HAND.about,
        ),
        key(
            "after_hours",
            Kind::AfterHours,
            Value("\"route at once\"", Neutral("nothing is held unless written")),
            "What happens to leads created while closed: routed at once, or held until a local time of the next business day.",
        ),
        key(
            "follow_ups_to",
            Kind::Word(&["owner", "pool"]),
            Value("\"owner\"", Published("the owner works the cadence; S2")),
            "Who makes later attempts and answers replies.",
        ),
        key(
            "back_up",
            Kind::Table(&BACK_UP),
            Off("no back-up", Neutral("nothing is assumed that is not written")),
            BACK_UP.about,
        ),
        key(
            "calls_again",
            Kind::Table(&CALLS_AGAIN),
            Off("who finds nobody free waits in line", Neutral("nobody calls again unless written")),
            CALLS_AGAIN.about,
        ),
        key(
            "tiers",
            Kind::Named(&TIER_ROUTES),
            Off("every tier alike", Neutral("no tier differs unless written")),
            "Rules of single tiers that differ.",
        ),
    ],
};

static TIER_ROUTE: Table = Table {
    about: "Routing of one tier where it differs; what is left out is as in [routing].",
    keys: &[
        key(
            "policy",
            POLICY,
            Instead("as in [routing]", Follows("[routing] holds for every tier")),
            "As in [routing].",
        ),
        key(
            "by_hand",
            Kind::Table(&BY_HAND),
            Instead("as in [routing]", Follows("[routing] holds for every tier")),
            BY_HAND.about,
        ),
        key(
            "back_up",
            Kind::Table(&BACK_UP),
            Instead("as in [routing]", Follows("[routing] holds for every tier")),
            BACK_UP.about,
        ),
        key(
            "calls_again",
            Kind::Table(&CALLS_AGAIN),
            Instead("as in [routing]", Follows("[routing] holds for every tier")),
            CALLS_AGAIN.about,
        ),
    ],
};
