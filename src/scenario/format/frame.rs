//! The frame of a scenario in the file: when it plays, when the business is open, how often it is tried.

use super::*;

pub(super) static HORIZON: Table = Table {
    about: "When the scenario plays: the judged stretch, the run-in before it and the run-out after it.",
    keys: &[
        key("zone", Kind::Zone, Value("\"UTC\"", Chosen("the one zone without summer time; write your own")), "The company's time zone, in which weeks and months are counted."),
        key("start", Kind::Date, Value("\"2026-02-02\"", Chosen("a Monday after the holidays, so that all weeks are whole")), "First judged day."),
        key("end", Kind::Date, Elsewhere("`length` decides"), "Last judged day, inside; months are calendar months.").instead_of(&["length"]),
        key("length", Kind::Span, Instead("13 weeks", Chosen("a quarter, the span of most sales goals")), "Length of the judged stretch instead of its last day; a number of weeks has months of 4, 4 and 5 weeks.").instead_of(&["end"]),
        key("run_in", Kind::Span, Template, "Whole weeks played before the start, so that desks are as full as usual; begins on a Monday. \"0 weeks\" starts with empty desks."),
        key("run_out", Kind::Word(&["until resolved", "none"]), Value("\"until resolved\"", Chosen("no clock that started in the horizon is cut off")), "Whether the trial plays on, leads arriving, until every lead of the horizon has ended."),
        key("run_out_at_most", Kind::Span, Value("\"8 weeks\"", Chosen("enough for every clock and cadence of the template")), "The longest run-out."),
    ],
};

pub(super) static CALENDAR: Table = Table {
    about: "The agreement's business hours.",
    keys: &[
        key(
            "hours",
            Kind::OneOrMore(&Kind::Hours),
            Value("\"Mon-Sun 00:00-24:00\"", Neutral("always open, so that open time is wall time")),
            "Weekly open hours.",
        ),
        key(
            "closed",
            Kind::List(&Kind::Date),
            Off("no day is closed", Neutral("no holiday is assumed that is not written")),
            "Closed dates: public holidays.",
        ),
        key(
            "open",
            Kind::List(&Kind::Opening),
            Off("no dated openings", Neutral("nothing is assumed that is not written")),
            "Dates with hours of their own, in place of the weekly ones.",
        ),
        key(
            "clock",
            Kind::LeadOrZone,
            Value("\"lead\"", Published("hours count on the lead's own wall clock; S2")),
            "Whose wall clock the hours are on: \"lead\" for each lead's own, or one zone for all.",
        ),
    ],
};

pub(super) static STUDY: Table = Table {
    about: "How the scenario is tried; the command line goes before it.",
    keys: &[
        key(
            "trials",
            Kind::Whole(1, 1_000_000_000),
            Instead("the command line's default", Follows("each command has its own; its --help names it")),
            "Number of trials.",
        ),
        key(
            "seed",
            Kind::Whole(0, i64::MAX),
            Instead("1", Neutral("any number; the same seed gives the same answer")),
            "Seed of all chance.",
        ),
    ],
};

pub(super) static LEVERS: Named = Named { what: "lever", names: Names::Free, entry: Kind::Table(&LEVER) };

static LEVER: Table = Table {
    about: "A named alternative to the scenario: what `sweep --levers` draws beside it, one line each, what `compare --levers` holds against it, and what `fix` buys from.",
    keys: &[
        key("title", Kind::Text, Required, "How pictures and tables call it: \"back-up owner after 5 min\"."),
        key(
            "set",
            Kind::OneOrMore(&Kind::Text),
            Required,
            "The changes that make it, each written as behind --set: \"routing.tiers.1.policy=pool\". Two levers that write the same path are never combined.",
        ),
        key(
            "cost",
            Kind::Price,
            Off("free, and said to be", Neutral("no cost is counted unless written")),
            "What it costs `fix`: dollars per week, month, quarter or year, or once; \"as paid\" takes the change in the team's paid hours.",
        ),
        key(
            "excludes",
            Kind::OneOrMore(&Kind::Text),
            Off(
                "none but those that write the same path",
                Neutral("levers combine unless they contradict each other"),
            ),
            "Other levers that `fix` never combines it with, by name.",
        ),
    ],
};

pub(super) static UNCERTAINTY: Named =
    Named { what: "uncertain input", names: Names::Paths, entry: Kind::Table(&UNCERTAIN) };

static UNCERTAIN: Table = Table {
    about: "How far off one value may be, by its path: \"buyers.tiers.1.qualified\" = { counts = [48, 200] }.",
    keys: &[
        key(
            "low",
            Kind::Text,
            Elsewhere("needed with `high`, or `counts`, or `values`"),
            "Its 10th percentile, written as the value itself, in quotes: \"5min\". Shares vary evenly in odds, other values by factors.",
        )
        .instead_of(&["counts", "values"]),
        key(
            "high",
            Kind::Text,
            Elsewhere("needed with `low`, or `counts`, or `values`"),
            "Its 90th percentile, written alike: \"20min\".",
        )
        .instead_of(&["counts", "values"]),
        key(
            "counts",
            Kind::List(&Kind::Number(0.0, 1e12)),
            Elsewhere("`low` and `high` decide"),
            "Of a share: how many did, out of how many: [48, 200]. The fewer cases, the wider the spread (Jeffreys' posterior).",
        )
        .instead_of(&["values"]),
        key(
            "values",
            Kind::List(&Kind::Text),
            Elsewhere("`low` and `high`, or `counts`, decide"),
            "Of any input, numbers, words or dates: the values it may take, each in quotes as it would stand behind --set, and each as likely as the others; one written twice is twice as likely: [\"gentle\", \"moderate\"].",
        ),
    ],
};
