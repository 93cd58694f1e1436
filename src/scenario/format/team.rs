//! The team in the file: when the reps are there, what they do first, and what else they do.

use super::*;

pub(super) static TEAM: Named =
    Named { what: "group of reps", names: Names::Free, entry: Kind::Table(&GROUP) };

static SITES: Named = Named { what: "site", names: Names::Zones, entry: Kind::Weight };
static LEAVES: Named = Named { what: "leave", names: Names::Free, entry: Kind::Table(&LEAVE) };
static MEETINGS: Named = Named { what: "meeting", names: Names::Free, entry: Kind::Table(&MEETING) };
static OWN_WORKS: Named = Named { what: "own work", names: Names::Free, entry: Kind::Table(&OWN_WORK) };
static AWAYS: Named = Named { what: "absence", names: Names::Free, entry: Kind::Table(&AWAY) };

const INTERRUPTION: Kind = Kind::Word(&["finish", "pause", "hand back"]);

static GROUP: Table = Table {
    about: "A group of reps who share rules.",
    keys: &[
        key("count", Kind::Whole(0, 10_000), Elsewhere("`cover` decides"), "How many reps.").instead_of(&["cover"]),
        key(
            "cover",
            Kind::Named(&COVER),
            Elsewhere("`count` reps, each with the shift"),
            "How many are at work, by weekly hours on the site's clock, instead of a shift each: at most so many begin work. Where the number falls, free reps leave first, and then whoever finishes first. Outside these hours nobody is. With policy = \"pool\" and follow_ups_to = \"pool\" only.",
        )
        .instead_of(NOT_WITH_COVER),
        key(
            "after_close",
            Kind::Word(&["leave", "work off"]),
            Instead("\"leave\"", Chosen("who is not paid for the night goes home")),
            "With `cover`, where it falls to none: everybody leaves and what waits stays until it rises, or those at work stay until nothing waits.",
        ).only_beside(&["cover"]),
        key(
            "sites",
            Kind::Named(&SITES),
            Instead("all in the company's zone", Follows("[horizon] has the company's zone")),
            "Where they sit, by weight; a further rep never moves the earlier ones.",
        ),
        key(
            "shift",
            Kind::OneOrMore(&Kind::Shift),
            Instead("at work day and night", Neutral("no hours off unless written")),
            "Working hours on the site's own clock, one block a day; a block past midnight belongs to the day on which it starts.",
        ).instead_of(&["cover"]),
        key("lunch", Kind::Table(&LUNCH), Off("no lunch", Neutral("nothing is assumed that is not written")), LUNCH.about).instead_of(&["cover"]),
        key(
            "holidays",
            Kind::Word(&["calendar", "none"]),
            Value("\"calendar\"", Follows("calendar.closed says which days; none unless written")),
            "Whether the calendar's closed dates are days off.",
        ),
        key(
            "leave_weeks_per_quarter",
            Kind::Number(0.0, 13.0),
            Value("0", Neutral("no leave unless written")),
            "Mean weeks of leave in 13 weeks, by chance.",
        ).instead_of(&["cover"]),
        key("leave", Kind::Named(&LEAVES), Off("no dated leave", Neutral("nothing is assumed that is not written")), "Leave on dates, by name.").instead_of(&["cover"]),
        key("sick", Kind::Share, Value("0", Neutral("nobody is sick unless written")), "Share of working days lost to sickness.").instead_of(&["cover"]),
        key("tiers", Kind::OneOrMore(&Kind::Tier), Instead("all", Neutral("no tier is left out unless written")), "Tiers these reps may take."),
        key(
            "attention",
            Kind::ByTier(&Kind::Law(Unit::Minutes)),
            Value("\"0min\"", Neutral("noticed at once unless written")),
            "Minutes at the desk until an alert of a new lead is noticed.",
        ),
        key(
            "attention_follow_up",
            Kind::Law(Unit::Minutes),
            Value("\"0min\"", Neutral("noticed at once unless written")),
            "Minutes at the desk until a reply or a follow-up that falls due is noticed.",
        ),
        key(
            "order",
            Kind::List(&Kind::Text),
            Instead("own work, new leads of the first two tiers, replies, other new leads, follow-ups", Chosen("the usual queue view; a promised customer call goes before all")),
            "What is done first: \"new 1\", \"reply\", \"follow-up\", \"own work\"; \"reply and follow-up\" share a rank, \"new\" stands for all tiers not named.",
        ),
        key(
            "then",
            Kind::Word(&["due first", "oldest first", "newest first", "random"]),
            Value("\"due first\"", Chosen("the usual queue view sorts by due time")),
            "Among work of one rank, which first.",
        ),
        key(
            "put_down_for",
            Kind::List(&Kind::Text),
            Off("a task once begun is finished first", Neutral("no task is put down unless written")),
            "Work that takes a rep off lead work that comes later in `order`, once it is noticed: \"new 1\", \"new\" for all tiers, \"reply\", \"follow-up\". Whoever may take it goes on later where it stopped. Conversations are never put down, and own work only if it is `interruptible`.",
        ),
        key(
            "interruption",
            INTERRUPTION,
            Value("\"finish\"", Chosen("most finish what they have in hand, and are late")),
            "What happens to a task in hand when a meeting, lunch or the end of the shift begins: finished first, paused until the rep is back, or handed back to the head of its line, where whoever may take it goes on with it (a conversation and own work pause).",
        ).instead_of(&["cover"]),
        key("pace", Kind::Number(0.01, 100.0), Value("1", Neutral("everybody as fast as [work] says")), "Multiplies every handling time: below 1 is faster, 0.8 = each task takes a fifth less time."),
        key("never_worked", Kind::ByTier(&Kind::Share), Value("0", Neutral("no lead is left unworked unless written")), "Leads that are silently never worked."),
        key(
            "gives_up",
            Kind::ByTier(&Kind::Share),
            Value("0", Neutral("the cadence is kept to its end unless written")),
            "Chance, before each attempt from the third on, that the rep gives up.",
        ),
        key(
            "cost_per_hour",
            Kind::Money,
            Value("\"$0\"", Neutral("no cost is counted unless written")),
            "Loaded cost of an hour of shift; lunch is not paid.",
        ),
        key(
            "no_meetings",
            Kind::Table(&NO_MEETINGS),
            Off("meetings at any hour of the shift", Neutral("no hour is kept free unless written")),
            NO_MEETINGS.about,
        ).instead_of(&["cover"]),
        key("meetings", Kind::Named(&MEETINGS), Off("no meetings", Neutral("nothing is assumed that is not written")), "Meetings, by name.").instead_of(&["cover"]),
        key(
            "away",
            Kind::Named(&AWAYS),
            Off("nobody is called away", Neutral("nothing is assumed that is not written")),
            "What calls reps away at random moments, by name.",
        ).instead_of(&["cover"]),
        key(
            "own_work",
            Kind::Named(&OWN_WORKS),
            Off("nothing competes with leads", Neutral("nothing is assumed that is not written")),
            "The reps' own book of work, by name.",
        ).instead_of(&["cover"]),
    ],
};

static COVER: Named = Named { what: "headcount", names: Names::Hours, entry: Kind::Whole(0, 10_000) };

/// A headcount is nobody in particular: nobody has a day of their own.
const NOT_WITH_COVER: &[&str] = &[
    "count",
    "shift",
    "lunch",
    "leave_weeks_per_quarter",
    "leave",
    "sick",
    "interruption",
    "no_meetings",
    "meetings",
    "away",
    "own_work",
];

static LUNCH: Table = Table {
    about: "Lunch, on the site's own clock.",
    keys: &[
        key(
            "at",
            Kind::OneOrMore(&Kind::TimeOfDay),
            Required,
            "When; several times go round among the reps.",
        ),
        key("length", Kind::Span, Required, "How long."),
    ],
};

static LEAVE: Table = Table {
    about: "One stretch of leave on dates.",
    keys: &[
        key("from", Kind::Date, Required, "First day away."),
        key("until", Kind::Date, Required, "Last day away, inside."),
        key(
            "reps",
            Kind::OneOrMore(&Kind::Whole(1, 10_000)),
            Instead("all", Neutral("nobody of the group is left out unless written")),
            "Which reps of the group, from 1.",
        ),
    ],
};

static NO_MEETINGS: Table = Table {
    about: "Weekly hours in which no meeting is placed: as many meetings, as long ones, at other hours.",
    keys: &[
        key(
            "hours",
            Kind::OneOrMore(&Kind::Hours),
            Required,
            "The hours. Meetings by chance that fall into them go to other places of the day, drawn alike; a day with room only in these hours puts them off to the rep's next. A standing meeting or a rhythm in them is refused.",
        ),
        key(
            "zone",
            Kind::Zone,
            Instead("each rep's own site", Follows("shifts and lunch are on the site's clock")),
            "On whose wall clock.",
        ),
        key(
            "except",
            Kind::OneOrMore(&Kind::Text),
            Instead("none", Neutral("no meeting is left out unless written")),
            "Meetings that take place in these hours all the same, by name.",
        ),
    ],
};

static MEETING: Table = Table {
    about: "A meeting: standing (`on`), by chance (`per_day`) or in an even rhythm (`every`).",
    keys: &[
        key(
            "on",
            Kind::OneOrMore(&Kind::WeekdayTime),
            Elsewhere("not standing"),
            "Standing: weekday and time.",
        )
        .instead_of(&["per_day", "every"]),
        key(
            "zone",
            Kind::Zone,
            Instead("the company's", Follows("[horizon] has the company's zone")),
            "Standing: on whose wall clock.",
        )
        .only_beside(&["on"]),
        key(
            "every_weeks",
            Kind::Whole(1, 52),
            Instead("1", Neutral("every week unless written")),
            "Standing: every so many weeks.",
        )
        .only_beside(&["on"]),
        key(
            "who",
            Kind::Word(&["all", "one in turn", "one after another"]),
            Instead("all", Neutral("nobody is left out unless written")),
            "Standing: everybody, one rep each time, or each rep in turn on the same day (one-to-ones).",
        )
        .only_beside(&["on"]),
        key(
            "per_day",
            Kind::Number(0.0, 100.0),
            Elsewhere("not by chance"),
            "By chance: mean number a working day.",
        )
        .instead_of(&["on", "every"]),
        key(
            "grid",
            Kind::Span,
            Instead("\"30min\"", Chosen("calendars are booked on the half hour")),
            "By chance: meetings start on this grid after the hour.",
        )
        .only_beside(&["per_day"]),
        key(
            "every",
            Kind::Span,
            Elsewhere("no rhythm"),
            "Rhythm: from start to start, at a random offset every day.",
        )
        .instead_of(&["on", "per_day"]),
        key("length", Kind::Law(Unit::Minutes), Required, "How long; a law only for meetings by chance."),
    ],
};

static AWAY: Table = Table {
    about: "A call away from the desk at random moments, to each rep apart; the time counts as meetings.",
    keys: &[
        key(
            "after",
            Kind::Law(Unit::Minutes),
            Required,
            "Minutes at the desk, busy or not, from coming back until called away again; nights, meetings and lunch do not count.",
        ),
        key(
            "length",
            Kind::Law(Unit::Minutes),
            Required,
            "Minutes away on the wall, at most until the end of the shift.",
        ),
        key(
            "interruption",
            INTERRUPTION,
            Instead("as the group's", Follows("the group's `interruption` holds")),
            "What happens to the task in hand: as the group's key of this name.",
        ),
    ],
};

static OWN_WORK: Table = Table {
    about: "Own work that competes with leads, by chance (`share`) or whenever nothing waits (`when_idle`).",
    keys: &[
        key("share", Kind::Number(0.0, 0.99), Elsewhere("not by chance"), "By chance: share of desk time it takes.")
            .instead_of(&["when_idle"]),
        key(
            "when_idle",
            Kind::Word(&["again and again", "once"]),
            Elsewhere("not when idle"),
            "Begun the moment a rep has nothing else to do: one task after another until work is there when one ends, or once, and then the rep waits for work. One of a kind a group.",
        )
        .instead_of(&["share"]),
        key("length", Kind::Law(Unit::Minutes), Required, "Minutes a task lasts."),
        key(
            "interruptible",
            Kind::Flag,
            Value("false", Chosen("a promised customer call is not put down")),
            "Whether it gives way to work on leads: a task in hand is put down as soon as any work comes that the rep may take, whatever `order` says, and gone on with where it stopped when nothing waits any more; it begins only then, too. Else a task is finished once begun.",
        ),
    ],
};
