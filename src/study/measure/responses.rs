//! How fast leads were answered, on both clocks: quantiles and means, over the horizon and by week and month.

use super::*;
use crate::stats::BucketHistogram;
use crate::study::block::{CLASSES, CLOCKS, NO_LEADS, QUANTILES};
use crate::trial::{Handling, ResponseSums};

const SCOPES: [Scope; CLASSES] = [Scope::All, Scope::InHours, Scope::AfterHours];
const NAMES: [[&str; 2]; QUANTILES.len()] = [
    ["first_response_p50", "speed_to_lead_p50"],
    ["first_response_p90", "speed_to_lead_p90"],
    ["first_response_p95", "speed_to_lead_p95"],
];
const WORDS: [&str; CLOCKS] = [
    "quantile over all leads, routed to first attempt, business time; leads begun while closed count 0 (scope in_hours leaves leads created while closed out); leads never attempted count as infinite; interpolated in buckets at most 1/64 wide, by week and month at most 1/8",
    "quantile over all leads, created to first attempt, wall time; leads never attempted count as infinite; interpolated in buckets at most 1/64 wide, by week and month at most 1/8",
];

impl Measures<'_> {
    /// Quantiles over all leads of all trials, of those routed in the stretch; over the horizon also apart in hours and after hours. The
    /// typical range is that of the trial's own quantile.
    pub(super) fn responses(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        let Some(slot) = cut.slot else { return self.responses_over_horizon(findings, cut) };
        for clock in 0..CLOCKS {
            let (histogram, first) = self.period_responses.of(slot, cut.tier, clock);
            self.quantiles(findings, cut, (Scope::All, clock), histogram, |o, place| {
                o.response_quantiles_by_period[first + place]
            });
        }
    }

    fn responses_over_horizon(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        let tier = cut.tier.unwrap_or(self.responses.len() - 1);
        for (class, clocks) in self.responses[tier].iter().enumerate() {
            for (clock, histogram) in clocks.iter().enumerate() {
                let first = ((tier * CLASSES + class) * CLOCKS + clock) * QUANTILES.len();
                self.quantiles(findings, cut, (SCOPES[class], clock), histogram, |o, place| {
                    o.response_quantiles[first + place]
                });
            }
        }
    }

    /// The quantiles of one class of leads on one clock, with the range of each trial's own (seconds); trials without such leads have none.
    fn quantiles<const PER_OCTAVE: usize>(
        &self,
        findings: &mut Vec<Finding>,
        cut: &Cut,
        (scope, clock): (Scope, usize),
        histogram: &BucketHistogram<PER_OCTAVE>,
        own: impl Fn(&Outcome, usize) -> f32,
    ) {
        for (place, share) in QUANTILES.into_iter().enumerate() {
            let Some(seconds) = histogram.quantile(share, self.level()) else { continue };
            let seconds = self.units().told(seconds);
            let estimate = Estimate {
                value: seconds.value / 60.0,
                low: seconds.low.map(|s| s / 60.0),
                high: seconds.high.map(|s| s / 60.0),
                ..seconds
            };
            let own = self.records.iter().map(|o| own(o, place)).filter(|seconds| *seconds != NO_LEADS);
            let typical = range(&own.map(|seconds| f64::from(seconds) / 60.0).collect::<Vec<f64>>());
            let unit = [Unit::BusinessMinutes, Unit::Minutes][clock];
            let found = finding(NAMES[place][clock], unit, WORDS[clock], estimate);
            findings.push(cut.about(Finding { scope, typical, ..found }));
        }
    }

    /// Means beside the quantiles, of attempted leads only, of those routed in the stretch.
    pub(super) fn response_means(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        const ATTEMPTED: &str = "mean over attempted leads routed in the stretch, ratio of sums over trials";
        const LEFT_OUT: &str = "mean per trial of leads routed in the stretch that were worked only after their rejection was overturned: left out of response times";
        let classes = [0..2, 0..1, 1..2];
        for (scope, classes) in SCOPES.into_iter().zip(classes) {
            let sum = |h: &Handling, pick: fn(&ResponseSums) -> f64| -> f64 {
                h.responses[classes.clone()].iter().map(pick).sum()
            };
            let mut push = |measure, unit, pick: fn(&ResponseSums) -> f64| {
                let pairs = cut.handled.iter().map(|h| (sum(h, pick), sum(h, |r| f64::from(r.attempted))));
                let (estimate, typical) = self.ratio(pairs);
                if estimate.is_known() {
                    let found = finding(measure, unit, ATTEMPTED, estimate);
                    findings.push(cut.about(Finding { scope, typical, ..found }));
                }
            };
            push("first_response_mean", Unit::BusinessMinutes, |r| r.sla_minutes);
            push("speed_to_lead_mean", Unit::Minutes, |r| r.lead_minutes);
        }
        let left_out = |h: &Handling| h.responses.iter().map(|r| f64::from(r.overturned)).sum();
        let (estimate, typical) = self.mean(cut.handled.iter().map(left_out));
        let found = finding("first_response_left_out", Unit::PerTrial, LEFT_OUT, estimate);
        findings.push(cut.about(Finding { typical, ..found }));
    }
}

impl Study {
    /// Cumulative response-time curve: `(minutes, share answered by then)`; tier index past the last is all tiers;
    /// class 0 all, 1 in hours, 2 after hours; clock 0 SLA, 1 lead clock.
    pub fn response_curve(&self, tier: usize, class: usize, clock: usize) -> Vec<(f64, f64)> {
        self.responses[tier][class][clock].curve().map(|(seconds, share)| (seconds / 60.0, share)).collect()
    }
}
