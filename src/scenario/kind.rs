//! What a key of the scenario file takes: the words in which the format itself is written down.

use super::missing::Missing;
use super::tree::Node;

/// One table of the file.
pub(super) struct Table {
    /// What it is about, in a sentence.
    pub(super) about: &'static str,
    /// Its keys, in the order in which they are documented.
    pub(super) keys: &'static [Key],
}

impl Table {
    pub(super) fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// One key of a table.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) missing: Missing,
    /// What it means, with its unit.
    pub(super) about: &'static str,
    /// Keys of the same table that this one takes the place of; both together are a contradiction.
    pub(super) instead_of: &'static [&'static str],
    /// Keys of the same table without which this one has no effect: one of them must be there; empty for none.
    only_beside: &'static [&'static str],
    /// Kinds of the same table (its key `kind`) without which this one has no effect; empty for all.
    only_for: &'static [&'static str],
}

/// A key with its meaning.
pub(super) const fn key(name: &'static str, kind: Kind, missing: Missing, about: &'static str) -> Key {
    Key { name, kind, missing, about, instead_of: &[], only_beside: &[], only_for: &[] }
}

impl Key {
    /// The same key, taking the place of others.
    pub(super) const fn instead_of(mut self, others: &'static [&'static str]) -> Key {
        self.instead_of = others;
        self
    }

    /// The same key, without effect unless one of these others is there.
    pub(super) const fn only_beside(mut self, others: &'static [&'static str]) -> Key {
        self.only_beside = others;
        self
    }

    /// The same key, without effect in tables of other kinds.
    pub(super) const fn only_for(mut self, kinds: &'static [&'static str]) -> Key {
        self.only_for = kinds;
        self
    }

    /// Whether this key of `table` has a meaning beside the others that are written in `node`.
    pub(super) fn applies(&self, table: &Table, node: &Node) -> bool {
        let there = |name: &str| node.get(name).is_some();
        let replaced = self.instead_of.iter().any(|other| there(other))
            || table.keys.iter().any(|other| other.instead_of.contains(&self.name) && there(other.name));
        let beside = self.only_beside.is_empty() || self.only_beside.iter().any(|other| there(other));
        let kind = node.get("kind").map(Node::text);
        let of_kind = self.only_for.is_empty()
            || kind.is_none_or(|kind| self.only_for.iter().any(|name| kind.trim_matches('"') == *name));
        !replaced && beside && of_kind
    }
}

/// What a value may be.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// Any text.
    Text,
    /// true or false.
    Flag,
    /// A whole number between two bounds, both inside.
    Whole(i64, i64),
    /// A number between two bounds, both inside.
    Number(f64, f64),
    /// A probability or share: 0.2 or "20%".
    Share,
    /// A weight on any scale, zero or more: 20, 0.2 or "20%".
    Weight,
    /// Dollars: "$70", "$40K", "$3.6M".
    Money,
    /// What a lever costs: "$3,000 per quarter", "$500 once", "as paid".
    Price,
    /// A length of time: "15min", "4 weeks".
    Span,
    /// A whole number of business days: "3 business days".
    BusinessDays,
    /// A promise: "15 business min", "by 09:00 next business day".
    Target,
    /// "12:00".
    TimeOfDay,
    /// "2026-02-01".
    Date,
    /// An IANA time zone.
    Zone,
    /// "lead" or an IANA time zone.
    LeadOrZone,
    /// Weekly hours: "Mon-Fri 08:00-18:00".
    Hours,
    /// Weekly hours that may run past midnight: "Sun-Thu 22:00-06:00".
    Shift,
    /// Hours on a date: "2026-02-14 09:00-12:00".
    Opening,
    /// A date with a time: "2026-02-12 15:00".
    DateTime,
    /// A weekday with a time: "Mon 14:00".
    WeekdayTime,
    /// A day of every month with a time: "2nd Thursday 15:00".
    MonthlyTime,
    /// "route at once" or "hold until 08:00".
    AfterHours,
    /// "closed", "nurture" or "recycle in 90 days".
    Destination,
    /// A law of chance in a unit.
    Law(Unit),
    /// One of these words.
    Word(&'static [&'static str]),
    /// The name of a tier: 1 or "1".
    Tier,
    /// A list of these, at least one.
    List(&'static Kind),
    /// One of these, or a list of them.
    OneOrMore(&'static Kind),
    /// Exactly so many weights.
    Weights(usize),
    /// `[["5min", 21], ["30min", 1]]`.
    Points,
    /// `[["0h", 20], ["6h", 32]]`.
    RatePoints,
    /// A table with these keys.
    Table(&'static Table),
    /// A table whose keys are names and whose values are all of one kind.
    Named(&'static Named),
    /// One value for every tier, or a table by tier.
    ByTier(&'static Kind),
    /// One channel for every segment, or a table by segment.
    BySegment(&'static Kind),
    /// The same for every channel, or a table by channel.
    ByChannel(&'static Kind),
}

/// The channels of an attempt, as written.
pub(super) const CHANNELS: &[&str] = &["phone", "email", "linkedin"];

/// A table of named things.
pub(super) struct Named {
    /// What one entry is called: "source".
    pub(super) what: &'static str,
    /// What the names are.
    pub(super) names: Names,
    /// What stands behind a name.
    pub(super) entry: Kind,
}

/// What the keys of a named table may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// Anything.
    Free,
    /// 1, 2, 3 …; a list may be written instead of the table.
    Numbers,
    /// Names of tiers.
    Tiers,
    /// IANA time zones.
    Zones,
    /// "1" or "6-10".
    Days,
    /// Weekly hours: "Mon-Fri 08:00-18:00".
    Hours,
    /// Paths of values, in quotes: "work.dial".
    Paths,
}

/// The unit of a law of chance.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Durations, kept as minutes.
    Minutes,
    /// Durations of open time, kept as minutes; "3 business hours" reads the same as "3h".
    BusinessMinutes,
    /// Durations, kept as hours.
    Hours,
    /// Durations, kept as days.
    Days,
    /// Dollars.
    Dollars,
    /// Plain numbers.
    Count,
}

impl Kind {
    /// Whether a table of this kind is merged key by key with the preset's; everything else replaces it whole.
    pub(super) fn merges(&self) -> bool {
        match self {
            Kind::Table(_) | Kind::ByTier(_) => true,
            Kind::Named(named) => matches!(named.entry, Kind::Table(_)),
            _ => false,
        }
    }

    /// The kind of what stands at a path below one of this kind; none where there is nothing, or only the inside of a law.
    pub(super) fn at(&'static self, path: &[String]) -> Option<&'static Kind> {
        let Some((name, rest)) = path.split_first() else { return Some(self) };
        match self {
            Kind::Table(table) => table.key(name)?.kind.at(rest),
            Kind::Named(named) => named.entry.at(rest),
            Kind::ByTier(inner) | Kind::BySegment(inner) | Kind::ByChannel(inner) => match inner {
                Kind::Table(table) if table.key(name).is_some() => inner.at(path),
                _ => inner.at(rest),
            },
            Kind::List(inner) | Kind::OneOrMore(inner) => inner.at(rest),
            _ => None,
        }
    }

    /// The table behind this kind, if it is one.
    pub(super) fn as_table(&self) -> Option<&'static Table> {
        match self {
            Kind::Table(table) => Some(table),
            _ => None,
        }
    }

    /// What to write, for messages and documents.
    pub(super) fn example(&self) -> String {
        match self {
            Kind::Text => "a text in quotes".into(),
            Kind::Flag => "true or false".into(),
            Kind::Whole(low, high) if *high == i64::MAX => format!("a whole number from {low}"),
            Kind::Whole(low, high) => format!("a whole number from {low} to {high}"),
            Kind::Number(low, high) if high.is_infinite() => format!("a number from {low}"),
            Kind::Number(low, high) => format!("a number from {low} to {high}"),
            Kind::Share => "a probability: 0.2 or \"20%\"".into(),
            Kind::Weight => "a weight, 0 or more, on any scale".into(),
            Kind::Money => "dollars: \"$70\", \"$40K\" or \"$3.6M\"".into(),
            Kind::Price => {
                "dollars per week, month, quarter or year, or once: \"$3,000 per quarter\"; or \"as paid\"".into()
            }
            Kind::Span => "a duration: \"15min\", \"2h\" or \"4 weeks\"".into(),
            Kind::BusinessDays => "business days: \"3 business days\"".into(),
            Kind::Target => "a target: \"15 business min\", \"2 business hours\", \"15min\" or \"by 09:00 next business day\"".into(),
            Kind::TimeOfDay => "a time of day: \"12:00\"".into(),
            Kind::Date => "a date: \"2026-02-01\"".into(),
            Kind::Zone => "a time zone: \"America/New_York\"".into(),
            Kind::LeadOrZone => "\"lead\" or a time zone: \"America/New_York\"".into(),
            Kind::Hours => "weekly hours: \"Mon-Fri 08:00-18:00\"".into(),
            Kind::Shift => {
                "weekly hours: \"Mon-Fri 09:00-17:00\" or, past midnight, \"Sun-Thu 22:00-06:00\"".into()
            }
            Kind::Opening => "hours on a date: \"2026-02-14 09:00-12:00\"".into(),
            Kind::DateTime => "a date with a time: \"2026-02-12 15:00\"".into(),
            Kind::WeekdayTime => "a weekday with a time: \"Mon 14:00\"".into(),
            Kind::MonthlyTime => "a day of the month with a time: \"2nd Thursday 15:00\"".into(),
            Kind::AfterHours => "\"route at once\" or \"hold until 08:00\"".into(),
            Kind::Destination => "\"closed\", \"nurture\" or \"recycle in 90 days\"".into(),
            Kind::Law(unit) => unit.example().into(),
            Kind::Word(words) => {
                let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
                format!("one of {}", quoted.join(", "))
            }
            Kind::Tier => "the name of a tier: 1".into(),
            Kind::List(kind) => format!("a list, each {}", kind.example()),
            Kind::OneOrMore(kind) => format!("{}; or a list of them", kind.example()),
            Kind::Weights(count) => format!("a list of {count} weights"),
            Kind::Points => "points of time and value: [[\"5min\", 21], [\"30min\", 1]]".into(),
            Kind::RatePoints => "points of time and rate: [[\"0h\", 20], [\"6h\", 32]]".into(),
            Kind::Table(_) => "a table".into(),
            Kind::Named(named) => match named.names {
                Names::Zones => "weights by time zone: { \"America/New_York\" = 3 }".into(),
                Names::Tiers if !matches!(named.entry, Kind::Table(_)) => "weights by tier: { 1 = 20, 2 = 80 }".into(),
                Names::Days => "weights by business days: { 0 = 8, 1 = 18, \"6-10\" = 18 }".into(),
                Names::Hours => "headcounts by weekly hours: { \"Mon-Fri 08:00-12:00\" = 3, \"Mon-Fri 12:00-18:00\" = 5 }".into(),
                _ if matches!(named.entry, Kind::Weight) => "weights by name: { SMB = 55 }".into(),
                _ => format!("a table for each {}", named.what),
            },
            Kind::ByTier(kind) => format!("{}; or by tier: {{ 1 = …, 2 = … }}", kind.example()),
            Kind::BySegment(kind) => format!("{}; or by segment: {{ SMB = …, enterprise = … }}", kind.example()),
            Kind::ByChannel(kind) => {
                format!("{}; or by channel: {{ phone = …, email = …, linkedin = … }}", kind.example())
            }
        }
    }
}

impl Unit {
    fn example(self) -> &'static str {
        match self {
            Unit::Minutes => "a duration or a law of it: \"8min\" or { median = \"2min\", p90 = \"6min\" }",
            Unit::BusinessMinutes => {
                "a duration of open time or a law of it: \"3h\" or { median = \"3h\", p90 = \"12h\" }"
            }
            Unit::Hours => "a duration or a law of it: \"20h\" or { law = \"exponential\", mean = \"20h\" }",
            Unit::Days => "a duration or a law of it: \"60 days\" or { median = \"84 days\", sigma = 0.9 }",
            Unit::Dollars => "dollars or a law of them: \"$40K\" or { mean = \"$40K\", cv = 0.8 }",
            Unit::Count => "a number or a law of it: 1 or { law = \"gamma\", mean = 1, cv = 2 }",
        }
    }
}
