//! How many leads were late, and why.

use super::*;
use crate::trial::{LATE_CAUSES, LateCause, TierOutcome};

const BECAUSE: &str = "share of late leads' waiting minutes on their own SLA clock, ratio of sums";
const MISSED: &str = "mean per trial of first-attempt promises missed";

impl Study {
    /// Shares of late leads' waiting; in a period, of those routed in it, all tiers.
    pub(super) fn late_because(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        let of = |o: &Outcome| -> [f64; LATE_CAUSES] {
            if let Some(slot) = cut.slot {
                return o.late_minutes_by_period[slot].map(f64::from);
            }
            std::array::from_fn(|cause| cut.tiers(o).iter().map(|t| t.late_minutes[cause]).sum())
        };
        let minutes: Vec<[f64; LATE_CAUSES]> = self.records.iter().map(of).collect();
        for cause in LateCause::ALL {
            let (estimate, typical) =
                self.ratio(minutes.iter().map(|m| (m[cause as usize], m.iter().sum::<f64>())));
            if estimate.is_known() && estimate.value > 0.0 {
                let found = finding("late_because", Unit::Share, BECAUSE, estimate);
                findings.push(cut.because(word(cause), Finding { typical, ..found }));
            }
        }
    }

    /// Late leads whose wait is explained, and first-attempt promises missed.
    pub(super) fn late_leads(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        let (estimate, typical) =
            self.mean(self.records.iter().map(|o| cut.sum(o, |t| f64::from(t.late), |p| f64::from(p.late))));
        let found = finding("late_leads", Unit::PerTrial, PER_TRIAL, estimate);
        findings.push(cut.about(Finding { typical, ..found }));
        let (estimate, typical) = self
            .mean(self.records.iter().map(|o| cut.sum(o, |t| f64::from(t.missed), |p| f64::from(p.missed))));
        let found = finding("missed_leads", Unit::PerTrial, MISSED, estimate);
        findings.push(cut.about(Finding { typical, ..found }));
    }

    /// Missed promises whose wait has no explanation, or ended in a rejection; over the horizon.
    pub(super) fn missed(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        type Count = fn(&TierOutcome) -> u32;
        let counts: [(&str, Count); 2] = [
            ("missed_never_attempted", |t| t.missed_never_attempted),
            ("missed_rejected_late", |t| t.missed_rejected),
        ];
        for (measure, pick) in counts {
            let of = |o: &Outcome| cut.tiers(o).iter().map(|t| f64::from(pick(t))).sum();
            let (estimate, typical) = self.mean(self.records.iter().map(of));
            let found = finding(measure, Unit::PerTrial, MISSED, estimate);
            findings.push(cut.about(Finding { typical, ..found }));
        }
    }
}
