//! How many leads were late, and why.

use super::*;
use crate::trial::{LATE_CAUSES, LateCause, Stretch, TierStretch};

const BECAUSE: &str = "share of late leads' waiting minutes on their own SLA clock, ratio of sums";
const MISSED: &str = "mean per trial of first-attempt promises missed";

impl Measures<'_> {
    /// Shares of late leads' waiting; in a period, of those routed in it.
    pub(super) fn late_because(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        let of = |counts: &Stretch| -> [f64; LATE_CAUSES] {
            std::array::from_fn(|cause| cut.tiers(counts).iter().map(|t| t.late_minutes[cause]).sum())
        };
        let minutes: Vec<[f64; LATE_CAUSES]> = cut.counts.iter().map(of).collect();
        let totals: Vec<f64> = minutes.iter().map(|m| m.iter().sum()).collect();
        for cause in LateCause::ALL {
            if !self.keeps && minutes.iter().all(|m| m[cause as usize] == 0.0) {
                continue;
            }
            let (estimate, typical) =
                self.part(minutes.iter().zip(&totals).map(|(m, total)| (m[cause as usize], *total)));
            if estimate.is_known() && (self.keeps || estimate.estimate.value > 0.0) {
                let found = finding("late_because", Unit::Share, BECAUSE, estimate);
                findings.push(cut.because(word(cause), Finding { typical, ..found }));
            }
        }
    }

    /// Late leads whose wait is explained; first-attempt promises missed; of these, those whose wait has no explanation, or ended in a
    /// rejection.
    pub(super) fn late_leads(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        type Count = fn(&TierStretch) -> u32;
        let counts: [(&str, &str, Count); 4] = [
            ("late_leads", PER_TRIAL, |t| t.late),
            ("missed_leads", MISSED, |t| t.missed),
            ("missed_never_attempted", MISSED, |t| t.missed_never_attempted),
            ("missed_rejected_late", MISSED, |t| t.missed_rejected),
        ];
        let of = |of: &Stretch| counts.map(|(_, _, pick)| cut.tiers(of).iter().map(pick).sum::<u32>());
        let sums: Vec<[u32; 4]> = cut.counts.iter().map(of).collect();
        for (place, (measure, estimand, _)) in counts.into_iter().enumerate() {
            let (estimate, typical) = self.mean(sums.iter().map(|sums| f64::from(sums[place])));
            let found = finding(measure, Unit::PerTrial, estimand, estimate);
            findings.push(cut.about(Finding { typical, ..found }));
        }
    }
}
