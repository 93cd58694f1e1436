//! From MQL to opportunity: the cohort created in a stretch and followed to its end, in counts, shares and hours.

use super::*;
use crate::trial::{Handling, Leg};

/// One count of a funnel.
type Count = fn(&Funnel) -> u32;
/// Numerator and denominator of one conversion.
type Ratio = fn(&Funnel) -> (f64, f64);

const COHORT: &str = "mean per trial, of the cohort created in the stretch, followed to its end";
const EXPECTED: &str =
    "mean per trial of the cohort, by expected values after the meeting; range from drawn outcomes";
const COHORT_RATIO: &str = "ratio of sums over trials, of the cohort created in the stretch";

const COUNTS: [(&str, Count); 18] = [
    ("mqls", |f| f.mqls),
    ("disposed", |f| f.disposed),
    ("accepted", |f| f.accepted),
    ("rejected", |f| f.rejected),
    ("overturned", |f| f.overturned),
    ("attempted", |f| f.attempted),
    ("attempts", |f| f.attempts),
    ("contacted", |f| f.contacted),
    ("sqls", |f| f.sqls),
    ("disqualified", |f| f.disqualified),
    ("held", |f| f.held),
    ("won_by_close", |f| f.won_by_close),
    ("unresponsive", |f| f.unresponsive),
    ("gave_up", |f| f.gave_up),
    ("never_attempted", |f| f.never_attempted),
    ("open", |f| f.open),
    ("recycled", |f| f.recycled),
    ("left_in_nurture", |f| f.nurtured),
];

const SHARES: [(&str, Ratio); 18] = [
    ("never_attempted_share", |f| (f64::from(f.never_attempted), f64::from(f.mqls))),
    ("auto_routed", |f| (f64::from(f.auto_routed), f64::from(f.routed))),
    ("disposition_rate", |f| (f64::from(f.disposed), f64::from(f.mqls))),
    ("accept_rate", |f| (f64::from(f.accepted), f64::from(f.mqls))),
    ("rejection_rate", |f| (f64::from(f.rejected), f64::from(f.mqls))),
    ("contact_rate", |f| (f64::from(f.contacted), f64::from(f.accepted))),
    ("qualification_rate", |f| (f64::from(f.sqls), f64::from(f.contacted))),
    ("sql_to_held", |f| (f64::from(f.held), f64::from(f.sqls))),
    ("held_to_opportunity", |f| (f.opportunities_expected, f64::from(f.held))),
    ("accepted_to_opportunity", |f| (f.opportunities_expected, f64::from(f.accepted))),
    ("mql_to_sql", |f| (f64::from(f.sqls), f64::from(f.mqls))),
    ("mql_to_opportunity", |f| (f.opportunities_expected, f64::from(f.mqls))),
    ("opportunity_to_won", |f| (f.won_expected, f.opportunities_expected)),
    ("mql_to_won", |f| (f.won_expected, f64::from(f.mqls))),
    ("mql_to_won_by_close", |f| (f64::from(f.won_by_close), f64::from(f.mqls))),
    ("recycled_share", |f| (f64::from(f.recycled), f64::from(f.mqls))),
    ("recycle_to_mql", |f| (f64::from(f.recycled), f64::from(f.sent_back))),
    ("recycle_to_mql_by_close", |f| (f64::from(f.recycled_by_close), f64::from(f.sent_back))),
];

impl Measures<'_> {
    /// The cohort of new MQLs created in a cut.
    pub(super) fn cohort(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        let cohort = &cut.funnels;
        self.funnel_of(cohort, |finding| findings.push(cut.about(finding)));
        self.whole_funnel(findings, cut);
        let owner = self.ratio(cohort.iter().map(|f| (f.owner_minutes, f64::from(f.assigned))));
        if owner.0.is_known() {
            let estimand = "created to assigned, wall time, mean over assigned leads, ratio of sums";
            let found = finding("time_to_owner", Unit::Minutes, estimand, owner.0);
            findings.push(cut.about(Finding { typical: owner.1, ..found }));
        }
    }

    /// From the top of the funnel, where the scenario says how many inquiries become MQLs; of all tiers, because it says so of all.
    fn whole_funnel(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        const WHOLE: &str = "inquiry_to_mql as entered, times the ratio of sums over trials from MQL to won, of the cohort created in the stretch";
        let Some(share) = self.model.buyers.funnel.inquiry_to_mql.filter(|_| cut.tier.is_none()) else {
            return;
        };
        let won = |f: &Funnel| (share * f.won_expected, f64::from(f.mqls));
        let (estimate, typical) = self.part(cut.funnels.iter().map(won));
        if estimate.is_known() {
            let found = finding("inquiry_to_won", Unit::Share, WHOLE, estimate);
            findings.push(cut.about(Finding { typical, ..found }));
        }
    }

    /// Leads that came back in the stretch, all tiers.
    pub(super) fn returned(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        if self.model.buyers.recycling.passes > 1 {
            let cohort: Vec<Funnel> = cut.counts.iter().map(|counts| counts.returned.clone()).collect();
            self.funnel_of(&cohort, |finding| {
                findings.push(cut.about(Finding { scope: Scope::Returned, ..finding }))
            });
        }
    }

    /// Counts, money and conversions of one cohort a trial.
    fn funnel_of(&self, cohort: &[Funnel], mut push: impl FnMut(Finding)) {
        for (measure, pick) in COUNTS {
            let (estimate, typical) = self.mean(cohort.iter().map(|f| f64::from(pick(f))));
            push(Finding { typical, ..finding(measure, Unit::PerTrial, COHORT, estimate) });
        }
        if self.model.leads_may_leave() {
            let (estimate, typical) = self.mean(cohort.iter().map(|f| f64::from(f.left)));
            push(Finding { typical, ..finding("left", Unit::PerTrial, COHORT, estimate) });
        }
        self.worth_of(cohort, &mut push);
        for (measure, pick) in SHARES {
            let (estimate, typical) = self.part(cohort.iter().map(pick));
            if estimate.is_known() {
                push(Finding { typical, ..finding(measure, Unit::Share, COHORT_RATIO, estimate) });
            }
        }
        let (estimate, typical) = self.ratio(cohort.iter().map(|f| (f.attempts.into(), f.attempted.into())));
        if estimate.is_known() {
            let found = finding("attempts_per_attempted_lead", Unit::Number, COHORT_RATIO, estimate);
            push(Finding { typical, ..found });
        }
    }

    /// What follows the meeting: the mean by expected values (what no work depends on is not tossed), the range by drawn ones.
    fn worth_of(&self, cohort: &[Funnel], mut push: impl FnMut(Finding)) {
        type Amount = fn(&Funnel) -> f64;
        let amounts: [(&str, Unit, Amount, Amount); 3] = [
            ("opportunities", Unit::PerTrial, |f| f.opportunities_expected, |f| f64::from(f.opportunities)),
            ("won", Unit::PerTrial, |f| f.won_expected, |f| f64::from(f.won)),
            ("pipeline", Unit::DollarsPerTrial, |f| f.pipeline_expected, |f| f.pipeline),
        ];
        for (measure, unit, expected, drawn) in amounts {
            let (estimate, _) = self.mean(cohort.iter().map(expected));
            let typical = range(&cohort.iter().map(drawn).collect::<Vec<f64>>());
            push(Finding { typical, ..finding(measure, unit, EXPECTED, estimate) });
        }
        let (estimate, typical) = self.mean(cohort.iter().map(|f| f.revenue));
        push(Finding { typical, ..finding("revenue", Unit::DollarsPerTrial, COHORT, estimate) });
    }

    /// How long each step of the way takes, and the whole of it.
    pub(super) fn legs(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        const STEP: &str =
            "mean wall hours of the step over the cohort's leads that went all of it, ratio of sums";
        const WHOLE: &str = "mean wall hours from MQL to opportunity over the cohort's opportunities, by expected values, ratio of sums";
        let cohort = &cut.funnels;
        for leg in Leg::ALL {
            let (estimate, typical) = self.ratio(cohort.iter().map(|f| f.leg(leg)));
            if !estimate.is_known() {
                continue;
            }
            findings.push(match leg {
                Leg::CreatedToOpportunity => {
                    cut.about(Finding { typical, ..finding("funnel_velocity", Unit::Hours, WHOLE, estimate) })
                }
                _ => {
                    let found = finding("time_in_stage", Unit::Hours, STEP, estimate);
                    cut.because(word(leg), Finding { typical, ..found })
                }
            });
        }
    }

    /// Created → routed, by cause.
    pub(super) fn routing_minutes(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        const PARTS: &str = "created to routed, wall minutes a routed lead by cause, ratio of sums";
        let cohort = &cut.funnels;
        for (part, cause) in ["after_hours_hold", "automation", "by_hand"].into_iter().enumerate() {
            let (estimate, typical) =
                self.ratio(cohort.iter().map(|f| (f.routing_minutes[part], f64::from(f.routed))));
            if estimate.is_known() {
                let found = finding("routing_minutes_per_lead", Unit::Minutes, PARTS, estimate);
                findings.push(cut.because(cause, Finding { typical, ..found }));
            }
        }
    }

    /// What was reviewed in the stretch, whenever it was created: the rate that promises about months are judged by.
    pub(super) fn reviewed(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        let of = |h: &Handling| (u64::from(h.rejected), u64::from(h.disposed));
        let (estimate, typical, totals) = self.share(cut.handled.iter().map(of));
        if totals.judged > 0 {
            let estimand = "rejected / disposed in the stretch, all passes, overturned ones included, ratio of sums over trials";
            let found = finding("rejected_of_disposed", Unit::Share, estimand, estimate);
            findings.push(cut.about(Finding { typical, totals: Some(totals), ..found }));
        }
    }
}
