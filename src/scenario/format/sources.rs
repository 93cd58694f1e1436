//! Sources of leads in the file: rates, uploads at once, replays of real stamps.

use super::*;

pub(super) static SOURCES: Named = Named { what: "source", names: Names::Free, entry: Kind::Table(&SOURCE) };

static TIER_MIX: Named = Named { what: "tier", names: Names::Tiers, entry: Kind::Weight };
static SURGES: Named = Named { what: "surge", names: Names::Free, entry: Kind::Table(&SURGE) };

/// What makes a source one whose leads come by chance; an upload or a replay has no rhythm, gaps or batches.
const RATES: &[&str] = &["per_month", "per_week", "per_day", "per_hour", "rate"];

const RATE: Kind = Kind::Number(0.0, 1e9);

static SOURCE: Table = Table {
    about: "One source of leads. Exactly one of the per_… rates, `rate`, `upload` or `replay` says how many come.",
    keys: &[
        key("tier", Kind::Tier, Instead("the only tier there is", Follows("with several tiers it must be written, or be a column of the replay")), "The tier its leads truly are.")
            .instead_of(&["tiers"]),
        key("tiers", Kind::Named(&TIER_MIX), Elsewhere("`tier` decides"), "A mix of tiers, by weight.")
            .instead_of(&["tier"]),
        key(
            "per_month",
            RATE,
            Elsewhere("another rate decides"),
            "Mean arrivals a month; a week has 12/52.178571 of it.",
        )
        .instead_of(&["per_week", "per_day", "per_hour", "rate", "upload", "replay"]),
        key("per_week", RATE, Elsewhere("another rate decides"), "Mean arrivals a week.").instead_of(&[
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
            Elsewhere("another rate decides"),
            "Mean arrivals a day, over all seven days of the week.",
        )
        .instead_of(&["per_month", "per_week", "per_hour", "rate", "upload", "replay"]),
        key(
            "per_hour",
            RATE,
            Elsewhere("another rate decides"),
            "Mean arrivals an hour, over all 168 hours of the week.",
        )
        .instead_of(&["per_month", "per_week", "per_day", "rate", "upload", "replay"]),
        key("rate", Kind::Table(&RATE_CYCLE), Elsewhere("another rate decides"), RATE_CYCLE.about).instead_of(&[
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
        key("upload", Kind::Table(&UPLOAD), Elsewhere("leads come one by one"), UPLOAD.about).instead_of(&[
            "per_month",
            "per_week",
            "per_day",
            "per_hour",
            "rate",
            "replay",
        ]),
        key("replay", Kind::Table(&REPLAY), Elsewhere("leads come by chance"), REPLAY.about).instead_of(&[
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
            Instead("as in [leads]", Follows("[leads] holds for every source")),
            "Rhythm of its own: by weekday, Monday first.",
        )
        .instead_of(&["hourly", "rate"])
        .only_beside(RATES),
        key("hour_shares", Kind::Weights(24), Instead("as in [leads]", Follows("[leads] holds for every source")), "Rhythm of its own: by hour of the day.")
            .instead_of(&["hourly", "rate"])
        .only_beside(RATES),
        key("hourly", Kind::Weights(168), Elsewhere("as in [leads]"), "Rhythm of its own: by hour of the week.")
            .instead_of(&["weekday_shares", "hour_shares", "rate"])
            .only_beside(RATES),
        key(
            "gaps",
            Kind::Law(Unit::Count),
            Instead("exponential: a Poisson process", Chosen("leads decide apart from each other, which makes a Poisson process")),
            "Law of the gaps between arrivals, of which only the shape counts: it is scaled to the rate. 1 comes like clockwork.",
        ).only_beside(RATES),
        key("batch", Kind::Law(Unit::Count), Instead("1", Neutral("one lead at a time unless written")), "Leads per arrival.").only_beside(RATES),
        key("busyness", Kind::Flag, Instead("true", Follows("a busy day is busy for every source; moves nothing without [leads.busyness]")), "Whether [leads.busyness] moves this source.").only_beside(RATES),
        key(
            "surges",
            Kind::Named(&SURGES),
            Off("no surge", Neutral("nothing is assumed that is not written")),
            "Dated stretches with more (or fewer) leads, by name.",
        ).only_beside(RATES),
        key(
            "outside_automation",
            Kind::Flag,
            Value("false", Neutral("nothing passes the automation by unless written")),
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
            Elsewhere("`points` decides"),
            "Mean arrivals an hour in steps of equal length over the cycle: 48 values of a cycle of 24h are half-hours.",
        )
        .instead_of(&["points"]),
        key(
            "points",
            Kind::RatePoints,
            Elsewhere("`per_hour` decides"),
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
        key(
            "at",
            Kind::OneOrMore(&Kind::DateTime),
            Elsewhere("`monthly` decides"),
            "When lists are uploaded.",
        )
        .instead_of(&["monthly"]),
        key("monthly", Kind::MonthlyTime, Elsewhere("`at` decides"), "One list every month.")
            .instead_of(&["at"]),
        key(
            "zone",
            Kind::Zone,
            Instead("the company's", Follows("[horizon] has the company's zone")),
            "Whose wall clock these times are on.",
        ),
        key(
            "delay",
            Kind::Law(Unit::Minutes),
            Value("\"0min\"", Neutral("the whole list at once unless written")),
            "How long after the upload each lead comes.",
        ),
    ],
};

static REPLAY: Table = Table {
    about: "Real arrival stamps from a CSV file beside the scenario.",
    keys: &[
        key("file", Kind::Text, Required, "The CSV file, relative to the scenario's folder."),
        key(
            "column",
            Kind::Text,
            Value("\"created\"", Chosen("the usual name of this column in an export")),
            "The column with the stamps.",
        ),
        key(
            "zone",
            Kind::Zone,
            Instead(
                "each stamp says its own offset",
                Follows("a stamp without an offset is refused without it; days are the company's"),
            ),
            "Zone of stamps without an offset, and of the record's days.",
        ),
        key(
            "tier_column",
            Kind::Text,
            Off("the file names no tiers", Follows("`tier` or `tiers` of the source says it")),
            "The column with each lead's tier.",
        ),
        key(
            "resample",
            Kind::Word(&["none", "day", "week"]),
            Value("\"none\"", Neutral("the stamps as they are in every trial")),
            "The same stamps in every trial, or random days or whole weeks of the record.",
        ),
        key(
            "shift_to",
            Kind::Word(&["horizon"]),
            Off("stamps stay on their dates", Neutral("the record is moved only if asked for")),
            "Moves the record by whole weeks so that it begins with the run-in.",
        ),
    ],
};
