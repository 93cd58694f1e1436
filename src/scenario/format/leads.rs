//! What a lead may be, in the file: tiers, zones, segments, record quality, rhythm of the week.

use super::*;

pub(super) static TIERS: Named = Named { what: "tier", names: Names::Free, entry: Kind::Table(&TIER) };

static TIER: Table = Table {
    about: "One tier.",
    keys: &[key(
        "cost_per_mql",
        Kind::Money,
        Value("\"$0\"", Neutral("no cost is counted unless written")),
        "What an MQL of this tier costs marketing.",
    )],
};

static ZONES: Named = Named { what: "zone", names: Names::Zones, entry: Kind::Weight };
static SEGMENTS: Named = Named { what: "segment", names: Names::Free, entry: Kind::Weight };

pub(super) static LEADS: Table = Table {
    about: "What every lead brings along, whichever source it comes from.",
    keys: &[
        key(
            "zones",
            Kind::Named(&ZONES),
            Instead("all in the company's zone", Neutral("nobody lives elsewhere unless written")),
            "Where leads live.",
        ),
        key(
            "zone_unknown",
            Kind::Share,
            Value("0", Neutral("every zone is known unless written")),
            "Leads whose zone is unknown, treated as living in the company's.",
        ),
        key(
            "segments",
            Kind::Named(&SEGMENTS),
            Instead("one segment, \"all\"", Neutral("leads are alike unless written")),
            "Market segments.",
        ),
        key(
            "mis_tiered",
            Kind::Share,
            Value("0", Neutral("scoring is right unless written")),
            "Leads labelled one tier off.",
        ),
        key(
            "missing_fields",
            Kind::Share,
            Value("0", Neutral("every record is complete unless written")),
            "Leads with at least one required field missing.",
        ),
        key(
            "rework",
            Kind::Law(Unit::Minutes),
            Value("\"0min\"", Neutral("no time is taken unless written")),
            "Minutes a record with missing fields adds to its review.",
        ),
        key(
            "weekday_shares",
            Kind::Weights(7),
            Instead("every day alike", Neutral("no rhythm is assumed that is not written")),
            "Leads by weekday, Monday first, on the lead's own clock.",
        )
        .instead_of(&["hourly"]),
        key(
            "hour_shares",
            Kind::Weights(24),
            Instead("every hour alike", Neutral("no rhythm is assumed that is not written")),
            "Leads by hour of the day, midnight first, on the lead's own clock.",
        )
        .instead_of(&["hourly"]),
        key(
            "hourly",
            Kind::Weights(168),
            Elsewhere("weekday and hour shares decide"),
            "Leads by hour of the week, Monday midnight first, in place of the two shares.",
        )
        .instead_of(&["weekday_shares", "hour_shares"]),
        key(
            "busyness",
            Kind::Table(&BUSYNESS),
            Off(
                "every day alike: counts vary as Poisson",
                Neutral("no busy days beyond plain chance unless written"),
            ),
            BUSYNESS.about,
        ),
    ],
};

static BUSYNESS: Table = Table {
    about: "How much busier than usual a day is, common to all sources.",
    keys: &[
        key("per", Kind::Word(&["day", "week"]), Template, "How long one mood lasts."),
        key(
            "shape",
            Kind::Number(0.01, 1e6),
            Template,
            "Shape of the Gamma factor of mean 1; its coefficient of variation is 1/√shape.",
        ),
    ],
};

pub(super) static BACKLOG: Named = Named { what: "tier", names: Names::Tiers, entry: Kind::Table(&STANDING) };

static STANDING: Table = Table {
    about: "Leads of one tier that stand in the CRM when the trial opens.",
    keys: &[
        key(
            "waiting",
            Kind::Whole(0, 1_000_000),
            Value("0", Neutral("nothing is assumed that is not written")),
            "Routed, and not begun by anybody.",
        ),
        key(
            "in_cadence",
            Kind::Whole(0, 1_000_000),
            Value("0", Neutral("nothing is assumed that is not written")),
            "In the middle of their cadence.",
        ),
        key(
            "age",
            Kind::Law(Unit::Days),
            Value("\"0 days\"", Neutral("created when the trial opens")),
            "How long ago they were created.",
        ),
    ],
};
