//! How fast leads were answered, on both clocks: quantiles over the horizon, means also by week and month.

use super::*;
use crate::study::block::{CLASSES, CLOCKS, NO_LEADS, QUANTILES};
use crate::trial::{Handling, ResponseSums};

const SCOPES: [Scope; CLASSES] = [Scope::All, Scope::InHours, Scope::AfterHours];
const NAMES: [[&str; 2]; QUANTILES.len()] = [
    ["first_response_p50", "speed_to_lead_p50"],
    ["first_response_p90", "speed_to_lead_p90"],
    ["first_response_p95", "speed_to_lead_p95"],
];
const WORDS: [&str; CLOCKS] = [
    "quantile over all leads, routed to first attempt, business time; leads never attempted count as infinite",
    "quantile over all leads, created to first attempt, wall time; leads never attempted count as infinite",
];

impl Study {
    /// Quantiles over all leads of all trials; the typical range is that of the trial's own quantile.
    pub(super) fn responses(&self, findings: &mut Vec<Finding>) {
        for (tier, classes) in self.responses.iter().enumerate() {
            let tier_name = self.model.leads.tiers.get(tier).map(|t| t.name.clone());
            for (class, clocks) in classes.iter().enumerate() {
                for (clock, histogram) in clocks.iter().enumerate() {
                    for (place, share) in QUANTILES.into_iter().enumerate() {
                        let Some(seconds) = histogram.quantile(share, self.level()) else { continue };
                        let estimate = Estimate {
                            value: seconds.value / 60.0,
                            low: seconds.low.map(|s| s / 60.0),
                            high: seconds.high.map(|s| s / 60.0),
                            ..seconds
                        };
                        let unit = [Unit::BusinessMinutes, Unit::Minutes][clock];
                        findings.push(Finding {
                            tier: tier_name.clone(),
                            scope: SCOPES[class],
                            typical: self.typical_quantile(tier, class, clock, place),
                            ..finding(NAMES[place][clock], unit, WORDS[clock], estimate)
                        });
                    }
                }
            }
        }
    }

    /// Range of the trials' own quantiles, minutes; trials without such leads have none.
    fn typical_quantile(&self, tier: usize, class: usize, clock: usize, place: usize) -> Typical {
        let index = ((tier * CLASSES + class) * CLOCKS + clock) * QUANTILES.len() + place;
        let own = self.records.iter().map(|o| o.response_quantiles[index]).filter(|s| *s != NO_LEADS);
        range(&own.map(|seconds| f64::from(seconds) / 60.0).collect::<Vec<f64>>())
    }

    /// Means beside the quantiles, of attempted leads only, of those routed in the stretch.
    pub(super) fn response_means(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        const ATTEMPTED: &str = "mean over attempted leads routed in the stretch, ratio of sums over trials";
        const LEFT_OUT: &str = "mean per trial of leads routed in the stretch that were worked only after their rejection was overturned: left out of response times";
        let classes = [0..2, 0..1, 1..2];
        // by tier and period all leads together are enough: a promise by class is in its attainment
        let is_part = cut.slot.is_some() && cut.tier.is_some();
        let scopes = if is_part { 1 } else { CLASSES };
        for (scope, classes) in SCOPES.into_iter().zip(classes).take(scopes) {
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
        if is_part {
            return;
        }
        let left_out = |h: &Handling| h.responses.iter().map(|r| f64::from(r.overturned)).sum();
        let (estimate, typical) = self.mean(cut.handled.iter().map(left_out));
        let found = finding("first_response_left_out", Unit::PerTrial, LEFT_OUT, estimate);
        findings.push(cut.about(Finding { typical, ..found }));
    }

    /// Cumulative response-time curve: `(minutes, share answered by then)`; tier index past the last is all tiers;
    /// class 0 all, 1 in hours, 2 after hours; clock 0 SLA, 1 lead clock.
    pub fn response_curve(&self, tier: usize, class: usize, clock: usize) -> Vec<(f64, f64)> {
        self.responses[tier][class][clock].curve().map(|(seconds, share)| (seconds / 60.0, share)).collect()
    }
}
