//! Sources of leads in the file: rates, uploads at once, replays of real stamps.

use super::*;

pub(super) static SOURCES: Named = Named { what: "source", names: Names::Free, entry: Kind::Table(&SOURCE) };

static TIER_MIX: Named = Named { what: "tier", names: Names::Tiers, entry: Kind::Weight };
static SURGES: Named = Named { what: "surge", names: Names::Free, entry: Kind::Table(&SURGE) };

const RATE: Kind = Kind::Number(0.0, 1e9);

static SOURCE: Table = Table {
    about: "One source of leads. Exactly one of the per_… rates, `rate`, `upload` or `replay` says how many come.",
    keys: &[
        key("tier", Kind::Tier, Off("the only tier there is"), "The tier its leads truly are.")
            .instead_of(&["tiers"]),
        key("tiers", Kind::Named(&TIER_MIX), Off("`tier` decides"), "A mix of tiers, by weight.")
            .instead_of(&["tier"]),
        key(
            "per_month",
            RATE,
            Off("another rate decides"),
            "Mean arrivals a month; a week has 12/52.178571 of it.",
        )
        .instead_of(&["per_week", "per_day", "per_hour", "rate", "upload", "replay"]),
        key("per_week", RATE, Off("another rate decides"), "Mean arrivals a week.").instead_of(&[
            "per_month",
            "per_day",
            "per_hour",
            "rate",
            "upload",
            "replay",
        ]),
        key(
            "per_day",
            RATE,
            Off("another rate decides"),
            "Mean arrivals a day, over all seven days of the week.",
        )
        .instead_of(&["per_month", "per_week", "per_hour", "rate", "upload", "replay"]),
        key(
            "per_hour",
            RATE,
            Off("another rate decides"),
            "Mean arrivals an hour, over all 168 hours of the week.",
        )
        .instead_of(&["per_month", "per_week", "per_day", "rate", "upload", "replay"]),
        key("rate", Kind::Table(&RATE_CYCLE), Off("another rate decides"), RATE_CYCLE.about).instead_of(&[
            "per_month",
            "per_week",
            "per_day",
            "per_hour",
            "upload",
            "replay",
            "weekday_shares",
            "hour_shares",
            "hourly",
        ]),
        key("upload", Kind::Table(&UPLOAD), Off("leads come one by one"), UPLOAD.about).instead_of(&[
            "per_month",
            "per_week",
            "per_day",
            "per_hour",
            "rate",
            "replay",
        ]),
        key("replay", Kind::Table(&REPLAY), Off("leads come by chance"), REPLAY.about).instead_of(&[
            "per_month",
            "per_week",
            "per_day",
            "per_hour",
            "rate",
            "upload",
        ]),
        key(
            "weekday_shares",
            Kind::Weights(7),
            Off("as in [leads]"),
            "Rhythm of its own: by weekday, Monday first.",
        )
        .instead_of(&["hourly", "rate"]),
        key("hour_shares", Kind::Weights(24), Off("as in [leads]"), "Rhythm of its own: by hour of the day.")
            .instead_of(&["hourly", "rate"]),
        key("hourly", Kind::Weights(168), Off("as in [leads]"), "Rhythm of its own: by hour of the week.")
            .instead_of(&["weekday_shares", "hour_shares", "rate"]),
        key(
            "gaps",
            Kind::Law(Unit::Count),
            Off("exponential: a Poisson process"),
            "Law of the gaps between arrivals, of which only the shape counts: it is scaled to the rate. 1 comes like clockwork.",
        ),
        key("batch", Kind::Law(Unit::Count), Off("1"), "Leads per arrival."),
        key("busyness", Kind::Flag, Off("true"), "Whether [leads.busyness] moves this source."),
        key(
            "surges",
            Kind::Named(&SURGES),
            Off("no surge"),
            "Dated stretches with more (or fewer) leads, by name.",
        ),
        key(
            "outside_automation",
            Kind::Flag,
            Value("false"),
            "Leads that the automation never sees (phone, chat, forwarded mail): always routed by hand.",
        ),
    ],
};

static RATE_CYCLE: Table = Table {
    about: "A rate that repeats over a cycle of any length, on the lead's clock, from midnight on the Monday on or before the horizon's start.",
    keys: &[
        key("every", Kind::Span, Required, "Length of the cycle."),
        key(
            "per_hour",
            Kind::List(&RATE),
            Off("`points` decides"),
            "Mean arrivals an hour in steps of equal length over the cycle: 48 values of a cycle of 24h are half-hours.",
        )
        .instead_of(&["points"]),
        key(
            "points",
            Kind::RatePoints,
            Off("`per_hour` decides"),
            "Mean arrivals an hour at moments of the cycle, straight lines between them, from the last to the first again as well.",
        )
        .instead_of(&["per_hour"]),
    ],
};

static SURGE: Table = Table {
    about: "A stretch of days on which a source brings more than usual.",
    keys: &[
        key("from", Kind::Date, Required, "First day."),
        key("until", Kind::Date, Required, "Last day, inside."),
        key("times", Kind::Number(0.0, 10_000.0), Required, "Multiplies the rate."),
    ],
};

static UPLOAD: Table = Table {
    about: "Lists put into the CRM at once, as after a webinar.",
    keys: &[
        key("leads", Kind::Law(Unit::Count), Required, "Leads in a list."),
        key("at", Kind::OneOrMore(&Kind::DateTime), Off("`monthly` decides"), "When lists are uploaded.")
            .instead_of(&["monthly"]),
        key("monthly", Kind::MonthlyTime, Off("`at` decides"), "One list every month.").instead_of(&["at"]),
        key("zone", Kind::Zone, Off("the company's"), "Whose wall clock these times are on."),
        key(
            "delay",
            Kind::Law(Unit::Minutes),
            Value("\"0min\""),
            "How long after the upload each lead comes.",
        ),
    ],
};

static REPLAY: Table = Table {
    about: "Real arrival stamps from a CSV file beside the scenario.",
    keys: &[
        key("file", Kind::Text, Required, "The CSV file, relative to the scenario's folder."),
        key("column", Kind::Text, Value("\"created\""), "The column with the stamps."),
        key(
            "zone",
            Kind::Zone,
            Off("each stamp says its own offset"),
            "Zone of stamps without an offset, and of the record's days.",
        ),
        key("tier_column", Kind::Text, Off("`tier` or `tiers` decides"), "The column with each lead's tier."),
        key(
            "resample",
            Kind::Word(&["none", "day", "week"]),
            Value("\"none\""),
            "The same stamps in every trial, or random days or whole weeks of the record.",
        ),
        key(
            "shift_to",
            Kind::Word(&["horizon"]),
            Off("stamps stay on their dates"),
            "Moves the record by whole weeks so that it begins with the run-in.",
        ),
    ],
};
