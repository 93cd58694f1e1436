//! Why leads were late, what handling cost, and where reps' time goes.

use super::*;
use crate::trial::{LateCause, LeakCause, RepState, TierOutcome};

/// One count of a tier.
type Count = fn(&TierOutcome) -> u32;

impl Study {
    pub(super) fn late(&self, findings: &mut Vec<Finding>) {
        let tiers = self.model.leads.tiers.len();
        for tier in (0..tiers).map(Some).chain([None]) {
            let name = tier.and_then(|t| self.tier_name(t));
            let of = |o: &Outcome, cause: usize| match tier {
                Some(tier) => o.tiers[tier].late_minutes[cause],
                None => o.tiers.iter().map(|t| t.late_minutes[cause]).sum(),
            };
            let all = |o: &Outcome| (0..LateCause::ALL.len()).map(|c| of(o, c)).sum::<f64>();
            for cause in LateCause::ALL {
                let estimate = self.ratio(|o| (of(o, cause as usize), all(o)));
                if estimate.is_known() && estimate.value > 0.0 {
                    findings.push(Finding {
                        tier: name.clone(),
                        cause: Some(word(cause)),
                        ..finding(
                            "late_because",
                            Unit::Share,
                            "share of late leads' waiting minutes on their own SLA clock, ratio of sums",
                            estimate,
                        )
                    });
                }
            }
            let late = |o: &Outcome| match tier {
                Some(tier) => o.tiers[tier].late,
                None => o.tiers.iter().map(|t| t.late).sum(),
            };
            let (estimate, typical) = self.mean(|o| f64::from(late(o)));
            findings.push(Finding {
                tier: name.clone(),
                typical,
                ..finding("late_leads", Unit::PerTrial, PER_TRIAL, estimate)
            });
            let of_tier = |o: &Outcome, pick: Count| -> f64 {
                let tiers = o.tiers.iter().enumerate().filter(|(t, _)| tier.is_none_or(|tier| tier == *t));
                tiers.map(|(_, t)| f64::from(pick(t))).sum()
            };
            let counts: [(&str, Count); 3] = [
                ("missed_leads", |t| t.missed),
                ("missed_never_attempted", |t| t.missed_never_attempted),
                ("missed_rejected_late", |t| t.missed_rejected),
            ];
            for (measure, pick) in counts {
                let (estimate, typical) = self.mean(|o| of_tier(o, pick));
                let estimand = "mean per trial of first-attempt promises missed";
                findings.push(Finding {
                    tier: name.clone(),
                    typical,
                    ..finding(measure, Unit::PerTrial, estimand, estimate)
                });
            }
            for (part, cause) in ["after_hours_hold", "automation", "by_hand"].into_iter().enumerate() {
                let estimate = self.ratio(|o| {
                    let tiers =
                        o.tiers.iter().enumerate().filter(|(t, _)| tier.is_none_or(|tier| tier == *t));
                    tiers.fold((0.0, 0.0), |sum, (_, t)| {
                        (sum.0 + t.routing_minutes[part], sum.1 + f64::from(t.routed))
                    })
                });
                if estimate.is_known() {
                    findings.push(Finding {
                        tier: name.clone(),
                        cause: Some(cause.into()),
                        ..finding(
                            "routing_minutes_per_lead",
                            Unit::Minutes,
                            "created to routed, wall minutes a lead by cause, ratio of sums",
                            estimate,
                        )
                    });
                }
            }
        }
    }

    pub(super) fn leakage(&self, findings: &mut Vec<Finding>) {
        let amount = self.model.buyers.funnel.amount.mean();
        let tiers = self.model.leads.tiers.len();
        for tier in (0..tiers).map(Some).chain([None]) {
            let name = tier.and_then(|t| self.tier_name(t));
            let sum = |o: &Outcome, pick: &dyn Fn(&TierOutcome) -> f64| -> f64 {
                o.tiers
                    .iter()
                    .enumerate()
                    .filter(|(t, _)| tier.is_none_or(|tier| tier == *t))
                    .map(|(_, t)| pick(t))
                    .sum()
            };
            let mut push = |measure, cause: Option<String>, unit, estimand, (estimate, typical)| {
                findings.push(Finding {
                    tier: name.clone(),
                    cause,
                    typical,
                    ..finding(measure, unit, estimand, estimate)
                });
            };
            const LOST: &str = "mean per trial: an ideal twin's chance minus the chance with the handling it got, causes swapped in one by one in the order of a lead's life";
            for cause in LeakCause::ALL {
                let leads = self.mean(|o| sum(o, &|t| f64::from(t.leaks[cause as usize].leads)));
                if leads.0.value == 0.0 {
                    continue;
                }
                let lost = |o: &Outcome| sum(o, &|t| t.leaks[cause as usize].opportunities);
                push(
                    "leakage_leads",
                    Some(word(cause)),
                    Unit::PerTrial,
                    "mean number of leads per trial whose chance it lowered",
                    leads,
                );
                push("leakage", Some(word(cause)), Unit::PerTrial, LOST, self.mean(lost));
                push(
                    "leakage_dollars",
                    Some(word(cause)),
                    Unit::DollarsPerTrial,
                    LOST,
                    self.mean(|o| lost(o) * amount),
                );
            }
            let whole = |o: &Outcome| sum(o, &|t| t.leaks.iter().map(|l| l.opportunities).sum());
            push("leakage_total", None, Unit::PerTrial, LOST, self.mean(whole));
            let below = "mean per trial: chance with every clause just kept and the cadence completed, minus the chance with the handling it got; negative is better than promised";
            push(
                "leakage_below_promise",
                None,
                Unit::PerTrial,
                below,
                self.mean(|o| sum(o, &|t| t.below_just_kept)),
            );
        }
    }

    pub(super) fn reps(&self, findings: &mut Vec<Finding>) {
        let minutes = |o: &Outcome, counts: fn(RepState) -> bool| -> f64 {
            RepState::NAMED.iter().filter(|(_, s)| counts(*s)).map(|(_, s)| o.rep_minutes[*s as usize]).sum()
        };
        let paid = |o: &Outcome| minutes(o, RepState::is_paid);
        let lead_minutes = |o: &Outcome| minutes(o, RepState::is_lead_work);
        for (name, state) in RepState::NAMED.into_iter().filter(|(_, state)| state.is_paid()) {
            let estimate = self.ratio(|o| (o.rep_minutes[state as usize], paid(o)));
            if estimate.is_known() {
                findings.push(Finding {
                    cause: Some(name.into()),
                    ..finding(
                        "rep_time",
                        Unit::Share,
                        "share of the team's paid time (shift without lunch), ratio of sums",
                        estimate,
                    )
                });
            }
        }
        let estimate = self.ratio(|o| (lead_minutes(o), paid(o)));
        if estimate.is_known() {
            findings.push(finding(
                "lead_work",
                Unit::Share,
                "share of the team's paid time spent on leads, ratio of sums",
                estimate,
            ));
        }
        let desk = |o: &Outcome| {
            lead_minutes(o)
                + o.rep_minutes[RepState::OwnWork as usize]
                + o.rep_minutes[RepState::Free as usize]
        };
        let estimate = self.ratio(|o| (desk(o) - o.rep_minutes[RepState::Free as usize], desk(o)));
        if estimate.is_known() {
            findings.push(finding(
                "occupancy",
                Unit::Share,
                "share of desk time with a lead or own task in hand, ratio of sums",
                estimate,
            ));
        }
        let (estimate, typical) = self.mean(|o| paid(o) / 60.0);
        findings.push(Finding { typical, ..finding("paid_hours", Unit::HoursPerTrial, PER_TRIAL, estimate) });
        let (estimate, typical, totals) =
            self.share(|o| (u64::from(o.balanced_months.kept), u64::from(o.balanced_months.judged)));
        if totals.judged > 0 {
            let estimand = "share of whole months in which every rep's leads per hour present were within 15 % of the team's";
            findings.push(Finding {
                typical,
                totals: Some(totals),
                ..finding("balanced_months", Unit::Share, estimand, estimate)
            });
        }
    }
}
