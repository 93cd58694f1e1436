//! Buyers in the file: whether they pass review, answer, qualify, show up and buy.

use super::*;

static TIERS: Named = Named { what: "tier", names: Names::Tiers, entry: Kind::Table(&TIER) };
static REJECTIONS: Named = Named { what: "reason", names: Names::Free, entry: Kind::Table(&REJECTION) };
static DISQUALIFICATIONS: Named =
    Named { what: "reason", names: Names::Free, entry: Kind::Table(&DISQUALIFICATION) };

pub(super) static BUYERS: Table = Table {
    about: "How buyers behave, as seen today under today's response times.",
    keys: &[
        key(
            "tiers",
            Kind::Named(&TIERS),
            Off("every lead accepted, nobody answers", Neutral("no chance is assumed that is not written")),
            "Probabilities by tier.",
        ),
        key(
            "cadence",
            Kind::Table(&CADENCE),
            Off("one call", Neutral("one attempt, by phone, unless written")),
            CADENCE.about,
        ),
        key(
            "rejections",
            Kind::Named(&REJECTIONS),
            Off("one reason, \"rejected\", closed", Neutral("no other reason unless written")),
            "Reasons at review, by name.",
        ),
        key("overturned_after", Kind::BusinessDays, Template, "When RevOps answers a disputed rejection."),
        key(
            "disqualifications",
            Kind::Named(&DISQUALIFICATIONS),
            Off("one reason, \"disqualified\", closed", Neutral("no other reason unless written")),
            "Reasons after a conversation, by name.",
        ),
        key(
            "reply_delay",
            Kind::Law(Unit::BusinessMinutes),
            Value("\"0min\"", Neutral("a reply comes at once unless written")),
            "From an email or message to its reply, open time of the lead's clock.",
        ),
        key(
            "decay",
            Kind::Table(&DECAY),
            Off("speed has no effect", Neutral("no effect of speed is assumed that is not written")),
            DECAY.about,
        ),
        key(
            "interest",
            Kind::Table(&INTEREST),
            Off("nobody loses interest silently", Neutral("nothing is assumed that is not written")),
            INTEREST.about,
        ),
        key(
            "patience",
            Kind::Table(&PATIENCE),
            Off(
                "every lead waits until somebody begins it",
                Neutral("nothing is assumed that is not written"),
            ),
            PATIENCE.about,
        ),
        key(
            "booking",
            Kind::Table(&BOOKING),
            Off("meetings are held at once, all of them", Neutral("no delay and no no-show unless written")),
            BOOKING.about,
        ),
        key(
            "opportunity",
            Kind::Table(&OPPORTUNITY),
            Off("opportunities have no amount", Neutral("no dollars are counted unless written")),
            OPPORTUNITY.about,
        ),
        key(
            "recycling",
            Kind::Table(&RECYCLING),
            Off("nobody comes back", Neutral("nothing is assumed that is not written")),
            RECYCLING.about,
        ),
    ],
};

static TIER: Table = Table {
    about: "Probabilities of one tier.",
    keys: &[
        key(
            "accepted",
            Kind::Share,
            Value("1", Neutral("nothing is rejected unless written")),
            "Accepted at review.",
        ),
        key(
            "contact",
            Kind::ByChannel(&Kind::OneOrMore(&Kind::Share)),
            Value("[0]", Neutral("nobody answers unless written")),
            "Contact at attempt 1, 2, …; the last holds for later ones. By channel: of the list of the step's channel, the value at the attempt's number in the whole cadence.",
        ),
        key("qualified", Kind::Share, Template, "Qualified, given contact."),
        key("opportunity", Kind::Share, Template, "Opportunity, given a held meeting."),
        key("won", Kind::Share, Template, "Won, given an opportunity."),
    ],
};

static STEPS: Named = Named { what: "step", names: Names::Numbers, entry: Kind::Table(&STEP) };

static CADENCE: Table = Table {
    about: "The planned sequence of attempts, for every tier that has none of its own.",
    keys: &[
        key(
            "steps",
            Kind::Named(&STEPS),
            Required,
            "The attempts in order, the first included; a list of tables is taken as well.",
        ),
        key(
            "most_per_day",
            Kind::Whole(1, 100),
            Template,
            "At most so many attempts on one day of the lead.",
        ),
        key(
            "tiers",
            Kind::Named(&TIER_CADENCES),
            Off("every tier has these steps", Neutral("tiers are worked alike unless written")),
            "Labelled tiers that are worked otherwise; those not named have the steps above. What the agreement asks for stays as promised.",
        ),
    ],
};

static TIER_CADENCES: Named = Named { what: "tier", names: Names::Tiers, entry: Kind::Table(&TIER_CADENCE) };

static TIER_CADENCE: Table = Table {
    about: "The cadence of one tier, where it differs.",
    keys: &[
        key(
            "attempts",
            Kind::Whole(1, 100),
            Instead("all of its steps", Neutral("no step is left out unless written")),
            "How many attempts, the first included: the first so many of its steps.",
        ),
        key(
            "steps",
            Kind::Named(&STEPS),
            Instead("those of [buyers.cadence]", Follows("[buyers.cadence] holds for every tier")),
            "Steps of its own in place of those of all: days or gaps, channels and pauses.",
        ),
        key(
            "most_per_day",
            Kind::Whole(1, 100),
            Instead("as in [buyers.cadence]", Follows("[buyers.cadence] holds for every tier")),
            "At most so many attempts on one day of the lead.",
        ),
    ],
};

static STEP: Table = Table {
    about: "One attempt.",
    keys: &[
        key("day", Kind::Whole(0, 1000), Elsewhere("`gap` decides"), "Business days after the first attempt.")
            .instead_of(&["gap"]),
        key(
            "gap",
            Kind::Law(Unit::BusinessMinutes),
            Elsewhere("`day` decides"),
            "From the end of the attempt before, open time of the lead's clock: a step that follows the last one, not the first.",
        )
        .instead_of(&["day"]),
        key("by", Kind::BySegment(&Kind::Word(CHANNELS)), Required, "The channel."),
        key(
            "pause",
            Kind::Span,
            Value("\"0min\"", Neutral("no pause unless written")),
            "Least pause after the attempt before.",
        ),
    ],
};

static REJECTION: Table = Table {
    about: "One reason at review.",
    keys: &[
        key("share", Kind::Weight, Required, "Share of rejections."),
        key(
            "then",
            Kind::Destination,
            Value("\"closed\"", Neutral("a rejected lead goes nowhere unless written")),
            "Where the lead goes.",
        ),
        key(
            "overturned",
            Kind::Share,
            Value("0", Neutral("no rejection is overturned unless written")),
            "How often RevOps overturns it.",
        ),
    ],
};

static DISQUALIFICATION: Table = Table {
    about: "One reason after a conversation.",
    keys: &[
        key("share", Kind::Weight, Required, "Share of disqualifications."),
        key(
            "then",
            Kind::Destination,
            Value("\"closed\"", Neutral("a disqualified lead goes nowhere unless written")),
            "Where the lead goes.",
        ),
    ],
};

static DECAY: Table = Table {
    about: "How conversion falls with the time from created to first attempt.",
    keys: &[
        key(
            "curve",
            Kind::Word(&["gentle", "moderate", "steep", "steep, hours", "none"]),
            Elsewhere("`points` decide"),
            "A published curve by name.",
        )
        .instead_of(&["points"]),
        key(
            "points",
            Kind::Points,
            Elsewhere("`curve` decides"),
            "A curve of your own: time and relative conversion.",
        )
        .instead_of(&["curve"]),
        key(
            "strength",
            Kind::ByTier(&Kind::Number(0.0, 10.0)),
            Template,
            "Exponent on the curve; 0 is no effect.",
        ),
        key(
            "on_contact",
            Kind::Share,
            Template,
            "Part of the effect that acts on contact; the rest acts on qualification.",
        ),
        key(
            "seen_under",
            Kind::Word(&["this", "preset"]),
            Value("\"this\"", Chosen("rates are most often seen on the team as it is")),
            "Under whose response times the rates of [buyers] were seen: this file's, or the preset's.",
        ),
    ],
};

static INTEREST: Table = Table {
    about: "Leads that silently lose interest. Counts the effect of speed a second time beside a decay curve.",
    keys: &[
        key(
            "after",
            Kind::Law(Unit::Hours),
            Required,
            "From created until interest is lost, on the wall clock.",
        ),
        key(
            "both",
            Kind::Flag,
            Value("false", Chosen("one effect in one place, unless both are meant")),
            "Says that decay and loss of interest are both meant.",
        ),
    ],
};

static PATIENCE: Table = Table {
    about: "Leads that visibly leave before anybody has begun them: the chat is closed, the call dropped, the demo booked elsewhere.",
    keys: &[
        key(
            "leaves_after",
            Kind::ByTier(&Kind::Law(Unit::Minutes)),
            Off("nobody leaves while waiting", Neutral("nothing is assumed that is not written")),
            "From routed until a lead that nobody has begun leaves, on the wall clock; tiers left out wait for ever.",
        ),
        key(
            "leaves_at_once",
            Kind::ByTier(&Kind::Share),
            Off("nobody leaves at once", Neutral("nothing is assumed that is not written")),
            "Leads that leave at once when they are routed and nobody is free to take them; tiers left out never do.",
        ),
        key(
            "then",
            Kind::Destination,
            Value("\"nurture\"", Chosen("who left may come back; without [buyers.recycling] nobody does")),
            "Where the lead goes.",
        ),
        key(
            "both",
            Kind::Flag,
            Value("false", Chosen("one effect in one place, unless both are meant")),
            "Says that decay and leaving are both meant: a decay curve counts those who leave already.",
        ),
    ],
};

static DAYS_OUT: Named = Named { what: "range of days", names: Names::Days, entry: Kind::Weight };

static BOOKING: Table = Table {
    about: "From a qualified lead to a meeting that takes place.",
    keys: &[
        key("days_out", Kind::Named(&DAYS_OUT), Template, "Business days from booking to the meeting."),
        key("show", Kind::Share, Template, "Show rate of a meeting today."),
        key("show_per_week_out", Kind::Share, Template, "Factor on it per five business days out."),
        key("rebooked", Kind::Share, Template, "No-shows that are booked once more."),
        key("rebooked_show", Kind::Share, Template, "Show rate of a rebooked meeting."),
    ],
};

static OPPORTUNITY: Table = Table {
    about: "What an opportunity is worth, and when it is won.",
    keys: &[
        key("amount", Kind::Law(Unit::Dollars), Template, "Amount."),
        key("cycle", Kind::Law(Unit::Days), Template, "From opportunity to won, for won deals."),
        key(
            "pipeline_goal",
            Kind::Money,
            Off("no goal", Neutral("no goal is assumed that is not written")),
            "Pipeline wanted from these leads in the horizon.",
        ),
        key(
            "inquiry_to_mql",
            Kind::Share,
            Off("not reported", Neutral("the ratio from the top of the funnel is left out")),
            "Inquiries that become MQLs; only for the ratio from the top of the funnel.",
        ),
    ],
};

static RECYCLING: Table = Table {
    about: "Leads that come back from nurture.",
    keys: &[
        key("share", Kind::Share, Template, "Nurtured leads that return as MQLs."),
        key("after", Kind::Law(Unit::Days), Template, "When they return."),
        key("tier", Kind::Tier, Template, "The tier they return as."),
        key("qualified_times", Kind::Number(0.0, 10.0), Template, "Factor on their qualification."),
        key(
            "passes",
            Kind::Whole(1, 20),
            Template,
            "How often one lead may pass in all, the first included.",
        ),
        key("to", Kind::Word(&["previous owner", "routing"]), Template, "Who gets them."),
    ],
};
