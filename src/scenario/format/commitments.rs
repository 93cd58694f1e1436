//! What was promised, in the file: commitments by the agreement's own numbers.

use super::*;

pub(super) static AGREEMENT: Table = Table {
    about: "Rules that hold for the whole agreement.",
    keys: &[key(
        "disposed_on",
        Kind::Word(&["review", "attempt"]),
        Value("\"review\"", Published("accepted or rejected once read; S2")),
        "When a lead counts as disposed: once reviewed, or at its first attempt or rejection.",
    )],
};

pub(super) static COMMITMENTS: Named =
    Named { what: "commitment", names: Names::Free, entry: Kind::Table(&COMMITMENT) };

const MILESTONE: Kind = Kind::Word(&["created", "routed", "assigned", "attempted", "disposed"]);

const TIMED: &[&str] = &["timed"];
const PERSISTENCE: &[&str] = &["persistence"];

static COMMITMENT: Table = Table {
    about: "One commitment. Its kind says which of the other keys it takes.",
    keys: &[
        key(
            "title",
            Kind::Text,
            Instead("what it promises, in words", Follows("its own numbers say it, and cannot say others")),
            "What it says, for tables: \"Reply to every demo request\".",
        ),
        key(
            "kind",
            Kind::Word(&["timed", "persistence", "monthly volume", "rejection below"]),
            Value("\"timed\"", Chosen("the most common kind of promise")),
            "\"timed\": one thing within a time of another; \"persistence\": attempts before giving up; \"monthly volume\": MQLs a month; \"rejection below\": share rejected a month.",
        ),
        key(
            "tiers",
            Kind::OneOrMore(&Kind::Tier),
            Instead("all", Neutral("no tier is left out unless written")),
            "Labelled tiers it covers.",
        ),
        key(
            "covers",
            Kind::Word(&["all", "in hours", "after hours"]),
            Value("\"all\"", Neutral("no lead is left out unless written")),
            "Leads created at any time, only while open, or only while closed.",
        ),
        key("from", MILESTONE, Elsewhere("timed: needed"), "Timed: what starts the clock.").only_for(TIMED),
        key("to", MILESTONE, Elsewhere("timed: needed"), "Timed: what stops it.").only_for(TIMED),
        key("within", Kind::Target, Elsewhere("timed: needed"), "Timed: how soon.").only_for(TIMED),
        key(
            "after_hours",
            Kind::Target,
            Off(
                "`within` holds day and night",
                Follows("one promise for all hours unless a second is written"),
            ),
            "Timed: for leads created while closed, the later of this and `within`.",
        )
        .only_for(TIMED),
        key(
            "attempts",
            Kind::Whole(1, 100),
            Elsewhere("persistence: needed"),
            "Persistence: attempts on all channels.",
        )
        .only_for(PERSISTENCE),
        key(
            "within_days",
            Kind::Whole(0, 1000),
            Elsewhere("persistence: needed"),
            "Persistence: within so many business days of the first.",
        )
        .only_for(PERSISTENCE),
        key(
            "phone",
            Kind::OneOrMore(&Kind::Whole(0, 100)),
            Instead("[0, 0]", Neutral("no attempt of this kind is asked for unless written")),
            "Persistence: attempts by phone, on how many days.",
        )
        .only_for(PERSISTENCE),
        key(
            "email",
            Kind::OneOrMore(&Kind::Whole(0, 100)),
            Instead("[0, 0]", Neutral("no attempt of this kind is asked for unless written")),
            "Persistence: attempts by email, on how many days.",
        )
        .only_for(PERSISTENCE),
        key(
            "linkedin",
            Kind::BySegment(&Kind::Whole(0, 100)),
            Instead("0", Neutral("no attempt of this kind is asked for unless written")),
            "Persistence: attempts by LinkedIn; segments left out of a table need none.",
        )
        .only_for(PERSISTENCE),
        key(
            "days",
            Kind::Whole(0, 100),
            Instead("0", Neutral("no spread over days is asked for unless written")),
            "Persistence: distinct business days with an attempt.",
        )
        .only_for(PERSISTENCE),
        key(
            "most_per_day",
            Kind::Whole(1, 100),
            Off("no limit", Neutral("no limit is asked for unless written")),
            "Persistence: at most this many attempts on one local day of the lead.",
        )
        .only_for(PERSISTENCE),
        key(
            "pause",
            Kind::Span,
            Instead("\"0min\"", Neutral("no pause is asked for unless written")),
            "Persistence: least time on the wall between one attempt and the next.",
        )
        .only_for(PERSISTENCE),
        key(
            "at_least",
            Kind::Number(0.0, 1e9),
            Elsewhere("monthly volume: needed"),
            "Monthly volume: new MQLs a month.",
        )
        .only_for(&["monthly volume"]),
        key(
            "below",
            Kind::Share,
            Elsewhere("rejection below: needed"),
            "Rejection below: share of the month's reviewed MQLs, exclusive.",
        )
        .only_for(&["rejection below"]),
        key(
            "goal",
            Kind::Share,
            Instead(
                "0.9; 1 for monthly promises",
                Chosen("few agreements state a goal for single leads; reports mark it as leadsim's"),
            ),
            "How often it must be kept: share of leads, or of whole months.",
        ),
        key(
            "goal_stated",
            Kind::Flag,
            Instead(
                "true where `goal` is written, and for monthly promises",
                Follows("a goal in the file is taken as the agreement's own"),
            ),
            "Whether the agreement itself states the goal; false marks it as leadsim's own.",
        ),
    ],
};
