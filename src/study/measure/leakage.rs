//! What handling cost: in leads, opportunities, dollars, and hours spent on leads that were rejected.

use super::*;
use crate::trial::{LEAK_CAUSES, Leak, LeakCause, RepState, Stretch};

const LOST: &str = "mean per trial: an ideal twin's chance minus the chance with the handling it got, causes swapped in one by one in the order of a lead's life";
const LEADS: &str = "mean number of leads per trial whose chance it lowered";
const BELOW: &str = "mean per trial: chance with every clause just kept and the cadence completed, minus the chance with the handling it got; negative is better than promised";
const NEVER_RECYCLED: &str = "mean per trial, beside the total: new MQLs sent back to marketing that are never MQLs again, and the chance another pass, answered at once, would have had";
const REJECTED: &str = "mean per trial, beside the total: rep time on new MQLs that were rejected, dollars at the team's cost of a paid hour";

impl Measures<'_> {
    /// By cause, in leads, opportunities and dollars; all causes together, against an ideal twin and against every clause just kept.
    pub(super) fn leakage(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        let of = |counts: &Stretch| {
            let mut leaks = [Leak::default(); LEAK_CAUSES];
            for tier in cut.tiers(counts) {
                leaks.iter_mut().zip(tier.leaks).for_each(|(sum, leak)| *sum = *sum + leak);
            }
            leaks
        };
        let by_cause: Vec<[Leak; LEAK_CAUSES]> = cut.counts.iter().map(of).collect();
        for cause in LeakCause::ALL {
            let leaks: Vec<Leak> = by_cause.iter().map(|leaks| leaks[cause as usize]).collect();
            self.leak(findings, &leaks, [LEADS, LOST, LOST], |finding| cut.because(word(cause), finding));
        }
        let total = |leaks: &[Leak; LEAK_CAUSES]| leaks.iter().map(|leak| leak.opportunities).sum();
        let (estimate, typical) = self.mean(by_cause.iter().map(total));
        let found = finding("leakage_total", Unit::PerTrial, LOST, estimate);
        findings.push(cut.about(Finding { typical, ..found }));
        let below = |counts: &Stretch| cut.tiers(counts).iter().map(|tier| tier.below_just_kept).sum();
        let (estimate, typical) = self.mean(cut.counts.iter().map(below));
        let found = finding("leakage_below_promise", Unit::PerTrial, BELOW, estimate);
        findings.push(cut.about(Finding { typical, ..found }));
    }

    /// One cause in leads, opportunities and dollars; silent where it lowers nobody's chance.
    fn leak(
        &self,
        findings: &mut Vec<Finding>,
        leaks: &[Leak],
        estimands: [&'static str; 3],
        about: impl Fn(Finding) -> Finding,
    ) {
        if !self.keeps && leaks.iter().all(|leak| leak.leads == 0) {
            return;
        }
        let amount = self.model.buyers.funnel.amount.mean();
        type Pick = fn(&Leak) -> f64;
        let measures: [(&str, Unit, Pick, f64); 3] = [
            ("leakage_leads", Unit::PerTrial, |leak| f64::from(leak.leads), 1.0),
            ("leakage", Unit::PerTrial, |leak| leak.opportunities, 1.0),
            ("leakage_dollars", Unit::DollarsPerTrial, |leak| leak.opportunities, amount),
        ];
        for ((measure, unit, pick, times), estimand) in measures.into_iter().zip(estimands) {
            let (estimate, typical) = self.mean(leaks.iter().map(|leak| pick(leak) * times));
            findings.push(about(Finding { typical, ..finding(measure, unit, estimand, estimate) }));
        }
    }

    /// What is lost beside the way from MQL to opportunity: passes that never come, and work on leads that were rejected.
    pub(super) fn leakage_beside(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        let of = |counts: &Stretch| {
            cut.tiers(counts).iter().fold(Leak::default(), |sum, t| sum + t.never_recycled)
        };
        let never: Vec<Leak> = cut.counts.iter().map(of).collect();
        self.leak(findings, &never, [NEVER_RECYCLED; 3], |finding| Finding {
            scope: Scope::Returned,
            ..cut.because("never_recycled", finding)
        });
        let rejected: Vec<(f64, f64, f64)> = self
            .records
            .iter()
            .zip(&cut.funnels)
            .map(|(o, funnel)| {
                let hours = funnel.minutes_on_rejected / 60.0;
                let states = RepState::NAMED.iter().filter(|(_, state)| state.is_paid());
                let paid: f64 = states.map(|(_, state)| o.rep_minutes[*state as usize]).sum();
                let hourly = if paid > 0.0 { o.team_cost / (paid / 60.0) } else { 0.0 };
                (f64::from(funnel.rejected), hours, hours * hourly)
            })
            .collect();
        type Pick = fn(&(f64, f64, f64)) -> f64;
        let measures: [(&str, Unit, Pick); 3] = [
            ("leakage_leads", Unit::PerTrial, |r| r.0),
            ("leakage_hours", Unit::HoursPerTrial, |r| r.1),
            ("leakage_dollars", Unit::DollarsPerTrial, |r| r.2),
        ];
        for (measure, unit, pick) in measures {
            let (estimate, typical) = self.mean(rejected.iter().map(pick));
            let found = finding(measure, unit, REJECTED, estimate);
            findings.push(cut.because("rejected_leads", Finding { typical, ..found }));
        }
    }
}
