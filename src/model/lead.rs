//! What a lead may be: its tier, its segment, where it lives, how clean its record is.

use crate::random::{Choice, Law};
use crate::time::{OpenHours, Zone};

/// A lead's place in the trial's list. Reused after the lead has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeadId(pub u32);

/// A tier, 0 being the hottest ("Tier 1").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TierId(pub u8);

/// A source's place in [`super::Model::sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u16);

/// A lead zone's place in [`Leads::zones`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ZoneId(pub u8);

/// A segment's place in [`Leads::segments`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SegmentId(pub u8);

/// One tier of the agreement.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// As written in the scenario: "1", "2", "3" or a word.
    pub name: String,
    /// What an MQL of this tier costs marketing, dollars.
    pub cost_per_mql: f64,
}

/// One market segment.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// "SMB", "mid-market", "enterprise", …
    pub name: String,
}

/// Where leads live, with the business hours that count for them there.
#[derive(Debug, Clone)]
pub struct LeadZone {
    /// The zone in which the lead's own clock runs.
    pub zone: Zone,
    /// The agreement's business hours in the lead's zone (or in the one fixed zone, where the scenario says so).
    pub hours: OpenHours,
}

/// What every lead draws at birth.
#[derive(Debug, Clone)]
pub struct Leads {
    /// Tiers, hottest first.
    pub tiers: Vec<Tier>,
    /// Segments.
    pub segments: Vec<Segment>,
    /// Which segment.
    pub segment_mix: Choice,
    /// Lead zones.
    pub zones: Vec<LeadZone>,
    /// Which zone.
    pub zone_mix: Choice,
    /// Probability that the zone is unknown; the lead is then treated as living in `default_zone`.
    pub zone_unknown: f64,
    /// The company's zone among `zones`.
    pub default_zone: ZoneId,
    /// Probability that the label is one tier off (up or down, evenly; inwards at the ends).
    pub mis_tiered: f64,
    /// Probability that at least one required field is missing.
    pub missing_fields: f64,
    /// Minutes of rework for a record with missing fields, added to its review.
    pub rework: Law,
}
