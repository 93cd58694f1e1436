//! A finding: one estimate under the name of what it estimates, for whom, in which period, in which unit.

use super::series::ByTrial;
use crate::stats::Estimate;
use serde::Serialize;

/// Which leads a finding is about, beside the tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// All.
    All,
    /// Created in their business hours.
    InHours,
    /// Created while closed.
    AfterHours,
    /// Leads that came back from nurture.
    Returned,
}

/// Which stretch of the horizon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "label")]
pub enum Period {
    /// All of it.
    Horizon,
    /// A Monday week, named by its Monday.
    Week(String),
    /// A month.
    Month(String),
}

/// In which unit the value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A fraction, 0 to 1.
    Share,
    /// Minutes of wall time.
    Minutes,
    /// Minutes of the lead's business time.
    BusinessMinutes,
    /// A number a trial (a quarter, unless the horizon says otherwise).
    PerTrial,
    /// Dollars a trial.
    DollarsPerTrial,
    /// Dollars.
    Dollars,
    /// Hours of wall time.
    Hours,
    /// Hours a trial.
    HoursPerTrial,
    /// A plain number.
    Number,
}

/// Totals behind a share, summed over trials: so that the denominator is always stated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Numerator.
    pub kept: u64,
    /// Denominator.
    pub judged: u64,
    /// Rejected at review before any attempt and before due: left out, counted here; none where nothing is judged by a clock.
    pub rejected_before: Option<u64>,
    /// Clock still running at the close: left out, counted here; none where nothing is judged by a clock.
    pub open: Option<u64>,
}

/// One estimate with its name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// What is measured: "attainment", "holds", "first_response_p90", …
    pub measure: &'static str,
    /// The commitment's id, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commitment: Option<String>,
    /// The labelled tier's name; none for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// Cause, reason, state or channel, where the measure is split.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// Which leads.
    pub scope: Scope,
    /// Which stretch.
    pub period: Period,
    /// Unit of value, low and high.
    pub unit: Unit,
    /// What the number is, in words.
    pub estimand: &'static str,
    /// Value, interval, level, method, trials.
    #[serde(flatten)]
    pub estimate: Estimate,
    /// Typical range of one trial: 10th to 90th percentile over trials. Not a confidence interval: more trials do not shrink it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typical: Option<(f64, f64)>,
    /// The counts behind a share.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub totals: Option<Totals>,
    /// What each trial gave, where it was kept.
    #[serde(skip)]
    pub(super) by_trial: Option<ByTrial>,
}
