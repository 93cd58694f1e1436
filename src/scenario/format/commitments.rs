//! What was promised, in the file: commitments by the agreement's own numbers.

use super::*;

pub(super) static AGREEMENT: Table = Table {
    about: "Rules that hold for the whole agreement.",
    keys: &[key(
        "disposed_on",
        Kind::Word(&["review", "attempt"]),
        Value("\"review\""),
        "When a lead counts as disposed: once reviewed, or at its first attempt or rejection.",
    )],
};

pub(super) static COMMITMENTS: Named =
    Named { what: "commitment", names: Names::Free, entry: Kind::Table(&COMMITMENT) };

const MILESTONE: Kind = Kind::Word(&["created", "routed", "assigned", "attempted", "disposed"]);

static COMMITMENT: Table = Table {
    about: "One commitment. Its kind says which of the other keys it takes.",
    keys: &[
        key("title", Kind::Text, Off("its name"), "What it says, for tables."),
        key(
            "kind",
            Kind::Word(&["timed", "persistence", "monthly volume", "rejection below"]),
            Value("\"timed\""),
            "\"timed\": one thing within a time of another; \"persistence\": attempts before giving up; \"monthly volume\": MQLs a month; \"rejection below\": share rejected a month.",
        ),
        key("tiers", Kind::OneOrMore(&Kind::Tier), Off("all"), "Labelled tiers it covers."),
        key(
            "covers",
            Kind::Word(&["all", "in hours", "after hours"]),
            Value("\"all\""),
            "Leads created at any time, only while open, or only while closed.",
        ),
        key("from", MILESTONE, Off("timed: needed"), "Timed: what starts the clock."),
        key("to", MILESTONE, Off("timed: needed"), "Timed: what stops it."),
        key("within", Kind::Target, Off("timed: needed"), "Timed: how soon."),
        key(
            "after_hours",
            Kind::Target,
            Off("`within` holds day and night"),
            "Timed: for leads created while closed, the later of this and `within`.",
        ),
        key(
            "attempts",
            Kind::Whole(1, 100),
            Off("persistence: needed"),
            "Persistence: attempts on all channels.",
        ),
        key(
            "within_days",
            Kind::Whole(0, 1000),
            Off("persistence: needed"),
            "Persistence: within so many business days of the first.",
        ),
        key(
            "phone",
            Kind::OneOrMore(&Kind::Whole(0, 100)),
            Off("[0, 0]"),
            "Persistence: attempts by phone, on how many days.",
        ),
        key(
            "email",
            Kind::OneOrMore(&Kind::Whole(0, 100)),
            Off("[0, 0]"),
            "Persistence: attempts by email, on how many days.",
        ),
        key(
            "linkedin",
            Kind::BySegment(&Kind::Whole(0, 100)),
            Off("0"),
            "Persistence: attempts by LinkedIn; segments left out of a table need none.",
        ),
        key("days", Kind::Whole(0, 100), Off("0"), "Persistence: distinct business days with an attempt."),
        key(
            "most_per_day",
            Kind::Whole(1, 100),
            Off("no limit"),
            "Persistence: at most this many attempts on one local day of the lead.",
        ),
        key(
            "pause",
            Kind::Span,
            Off("0min"),
            "Persistence: least time on the wall between one attempt and the next.",
        ),
        key(
            "at_least",
            Kind::Number(0.0, 1e9),
            Off("monthly volume: needed"),
            "Monthly volume: new MQLs a month.",
        ),
        key(
            "below",
            Kind::Share,
            Off("rejection below: needed"),
            "Rejection below: share of the month's reviewed MQLs, exclusive.",
        ),
        key(
            "goal",
            Kind::Share,
            Off("0.9, marked as leadsim's own; 1 for monthly promises"),
            "How often it must be kept: share of leads, or of whole months.",
        ),
        key(
            "goal_stated",
            Kind::Flag,
            Off("true where `goal` is written"),
            "Whether the agreement itself states the goal; false marks it as leadsim's own.",
        ),
    ],
};
