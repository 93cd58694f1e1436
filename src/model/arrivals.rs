//! How leads arrive: steady sources with a rhythm, surges, lists uploaded at once, and replays of real stamps.

use super::TierId;
use crate::random::{Choice, Law};
use crate::time::{Instant, Span};
use jiff::civil::Date;

/// Where leads come from.
#[derive(Debug, Clone)]
pub struct Source {
    /// As written in the scenario; the source's luck hangs on its name, so adding another source changes nothing here.
    pub name: String,
    /// Which tier its leads truly are.
    pub tier_mix: Choice,
    /// When they come.
    pub arrivals: Arrivals,
    /// Whether the automation never sees these leads (phone, chat, forwarded mail): always routed by hand.
    pub outside_automation: bool,
}

impl Source {
    /// The only tier of this source, if it has one.
    pub fn only_tier(&self) -> Option<TierId> {
        (0..self.tier_mix.len()).find(|&i| self.tier_mix.share(i) == 1.0).map(|i| TierId(i as u8))
    }
}

/// When a source's leads come.
#[derive(Debug, Clone)]
pub enum Arrivals {
    /// At a rate that follows the hours of the week on the lead's own clock.
    Rate(RateProfile),
    /// Lists uploaded at once.
    Uploads(Vec<Upload>),
    /// Real stamps.
    Replay(Replay),
}

/// A rate by hour of the week, on the lead's local wall clock.
#[derive(Debug, Clone)]
pub struct RateProfile {
    /// Mean arrivals per hour for each hour of the week, Monday 00:00 first; batches count as one arrival. With a cycle, its mean in every
    /// hour.
    pub hourly: Box<[f64; 168]>,
    /// A rate of its own over a cycle of any length, instead of the hours of the week.
    pub cycle: Option<RateCycle>,
    /// Law of the gaps in operational time, mean 1: exponential gives a Poisson process.
    pub gaps: Law,
    /// Leads per arrival; constant 1 unless leads come in batches.
    pub batch: Law,
    /// Dated multipliers.
    pub surges: Vec<Surge>,
    /// Whether the common busyness of the day multiplies the rate.
    pub busyness: bool,
}

/// A rate that repeats over a cycle of any length, on the lead's local wall clock.
#[derive(Debug, Clone, PartialEq)]
pub struct RateCycle {
    /// A cycle begins at the midnight with which this day begins.
    pub from: Date,
    /// From cycle to cycle.
    pub length: Span,
    /// Its parts, in order, one after the other from 0 to `length`.
    pub parts: Vec<RatePart>,
}

/// A part of a cycle in which the rate moves along a straight line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatePart {
    /// When it begins, from the start of the cycle.
    pub starts: Span,
    /// When it ends.
    pub ends: Span,
    /// Mean arrivals per hour where it begins.
    pub first: f64,
    /// Mean arrivals per hour where it ends.
    pub last: f64,
}

impl RatePart {
    /// The rate at a moment of the cycle inside the part, arrivals per hour.
    pub fn rate_at(&self, at: Span) -> f64 {
        let whole = (self.ends - self.starts).as_hours();
        self.first + (self.last - self.first) * ((at - self.starts).as_hours() / whole)
    }
}

impl RateCycle {
    /// Mean arrivals per hour over the cycle.
    pub fn mean(&self) -> f64 {
        let of = |part: &RatePart| (part.first + part.last) / 2.0 * (part.ends - part.starts).as_hours();
        self.parts.iter().map(of).sum::<f64>() / self.length.as_hours()
    }
}

/// A stretch of days on which a source brings `times` its usual leads.
#[derive(Debug, Clone, PartialEq)]
pub struct Surge {
    /// First day, on the lead's calendar.
    pub from: Date,
    /// Last day, inside.
    pub until: Date,
    /// Multiplier of the rate.
    pub times: f64,
}

/// A list put into the CRM at one instant, or spread over some hours after it.
#[derive(Debug, Clone, PartialEq)]
pub struct Upload {
    /// When it begins.
    pub at: Instant,
    /// How many leads (rounded to the nearest whole number when drawn).
    pub leads: Law,
    /// How long after `at` each lead comes, minutes; constant 0 for "at once".
    pub delay: Law,
}

/// Real arrival stamps.
#[derive(Debug, Clone)]
pub struct Replay {
    /// Sorted stamps.
    pub stamps: Vec<Instant>,
    /// Tier of each stamp, where the file has a tier column.
    pub tiers: Option<Vec<TierId>>,
    /// As they were, or resampled.
    pub resample: Resample,
    /// The replay's local days: `(first stamp index, local midnight, weekday 0 = Monday)`, one entry a calendar day from the first
    /// to the last stamp, days without stamps included; for resampling.
    pub days: Vec<(usize, Instant, u8)>,
    /// Local midnights of every day a trial plays, with their weekday; the days that resampling fills.
    pub targets: Vec<(Instant, u8)>,
}

/// How a replay is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resample {
    /// The same stamps in every trial.
    AsIs,
    /// Each day of the trial takes a random day of the record with the same weekday.
    Day,
    /// Each Monday week of the trial takes a random whole week of the record.
    Week,
}

/// How much busier than usual a day is, common to all sources that follow it.
#[derive(Debug, Clone, PartialEq)]
pub enum Busyness {
    /// Every day alike: counts vary as Poisson.
    None,
    /// A Gamma factor of mean 1 with this shape, drawn per calendar day; CV is `1/sqrt(shape)`.
    Daily {
        /// Shape of the Gamma law.
        shape: f64,
    },
    /// The same, drawn per Monday week.
    Weekly {
        /// Shape of the Gamma law.
        shape: f64,
    },
}

/// Leads that stand in the CRM when the trial opens, instead of an empty desk.
#[derive(Debug, Clone, PartialEq)]
pub struct Backlog {
    /// Their tier.
    pub tier: TierId,
    /// Routed, and not begun by anybody.
    pub waiting: u32,
    /// In the middle of their cadence, each at a position drawn evenly.
    pub in_cadence: u32,
    /// How long ago they were created, days.
    pub age_days: Law,
}
