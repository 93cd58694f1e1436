//! Promises kept, how sure, how fast; also by week and month.

use super::*;
use crate::model::{Commitment, Promise};
use crate::stats::proportion;
use crate::trial::{CommitmentOutcome, Tally, TierOutcome};

const ATTAINMENT: &str = "share of leads for which the promise was kept, pooled over trials: all kept / all judged (ratio of sums)";
const HOLDS: &str = "probability that attainment over the horizon reaches the goal";

/// One scope's tally of a commitment.
type Pick = fn(&CommitmentOutcome) -> Tally;

impl Study {
    pub(super) fn commitments(&self, findings: &mut Vec<Finding>) {
        for (i, commitment) in self.model.agreement.commitments.iter().enumerate() {
            let about = |finding: Finding| Finding {
                commitment: Some(commitment.id.clone()),
                tier: self.only_tier(commitment),
                ..finding
            };
            let monthly =
                matches!(commitment.promise, Promise::MonthlyVolume { .. } | Promise::RejectionBelow { .. });
            let (unit, estimand) = (
                Unit::Share,
                if monthly { "share of whole months in which the promise was kept" } else { ATTAINMENT },
            );
            let scopes: [(Scope, Pick); 3] = [
                (Scope::All, |c| c.all),
                (Scope::InHours, |c| c.in_hours),
                (Scope::AfterHours, |c| c.after_hours),
            ];
            for (scope, pick) in scopes.into_iter().take(if monthly { 1 } else { 3 }) {
                let (estimate, typical, mut totals) = self.share(|o| {
                    let tally = pick(&o.commitments[i]);
                    (u64::from(tally.kept), u64::from(tally.judged))
                });
                if scope != Scope::All && totals.judged == 0 {
                    continue;
                }
                if scope == Scope::All {
                    totals.rejected_before =
                        self.records.iter().map(|o| u64::from(o.commitments[i].rejected_before)).sum();
                    totals.open = self.records.iter().map(|o| u64::from(o.commitments[i].open)).sum();
                }
                findings.push(about(Finding {
                    scope,
                    typical,
                    totals: Some(totals),
                    ..finding("attainment", unit, estimand, estimate)
                }));
            }
            if commitment.scope.tiers.len() != 1 {
                self.by_tier(findings, i);
            }
            let held = self.records.iter().filter(|o| self.holds(o, i)).count() as u64;
            findings.push(about(finding(
                "holds",
                unit,
                HOLDS,
                proportion::wilson(held, self.trials(), self.level()),
            )));
            if self.records.iter().any(|o| o.commitments[i].kept_but_waited > 0) {
                let (estimate, typical, totals) = self.share(|o| {
                    (u64::from(o.commitments[i].kept_but_waited), u64::from(o.commitments[i].all.kept))
                });
                let estimand = "share of kept promises where the lead itself waited, from created, longer than the length promised";
                findings.push(about(Finding {
                    typical,
                    totals: Some(totals),
                    ..finding("kept_but_waited", unit, estimand, estimate)
                }));
            }
        }
        let commitments = self.model.agreement.commitments.len();
        if commitments > 1 {
            let joint =
                self.records.iter().filter(|o| (0..commitments).all(|i| self.holds(o, i))).count() as u64;
            let estimand = "probability that every commitment holds over the horizon";
            findings.push(finding(
                "holds_jointly",
                Unit::Share,
                estimand,
                proportion::wilson(joint, self.trials(), self.level()),
            ));
        }
    }

    /// The name of the only tier a commitment covers.
    fn only_tier(&self, commitment: &Commitment) -> Option<String> {
        match commitment.scope.tiers.as_slice() {
            [only] => self.tier_name(usize::from(only.0)),
            _ => None,
        }
    }

    /// Attainment by tier, where a commitment covers several.
    fn by_tier(&self, findings: &mut Vec<Finding>, i: usize) {
        for tier in 0..self.model.leads.tiers.len() {
            let (estimate, typical, totals) = self.share(|o| {
                let tally = o.commitments[i].by_tier[tier];
                (u64::from(tally.kept), u64::from(tally.judged))
            });
            if totals.judged > 0 {
                findings.push(Finding {
                    commitment: Some(self.model.agreement.commitments[i].id.clone()),
                    tier: self.tier_name(tier),
                    typical,
                    totals: Some(totals),
                    ..finding("attainment", Unit::Share, ATTAINMENT, estimate)
                });
            }
        }
    }

    /// Whether commitment `i` held in a trial.
    pub fn holds(&self, outcome: &Outcome, i: usize) -> bool {
        let tally = outcome.commitments[i].all;
        self.model.agreement.commitments[i].goal.holds(u64::from(tally.kept), u64::from(tally.judged))
    }

    pub(super) fn responses(&self, findings: &mut Vec<Finding>) {
        const QUANTILES: [(f64, [&str; 2]); 3] = [
            (0.5, ["first_response_p50", "speed_to_lead_p50"]),
            (0.9, ["first_response_p90", "speed_to_lead_p90"]),
            (0.95, ["first_response_p95", "speed_to_lead_p95"]),
        ];
        const WORDS: [&str; 2] = [
            "quantile over all leads, routed to first attempt, business time; leads never attempted count as infinite",
            "quantile over all leads, created to first attempt, wall time; leads never attempted count as infinite",
        ];
        let scopes = [Scope::All, Scope::InHours, Scope::AfterHours];
        for (tier, classes) in self.responses.iter().enumerate() {
            let tier_name = self.model.leads.tiers.get(tier).map(|t| t.name.clone());
            for (class, clocks) in classes.iter().enumerate() {
                for (clock, histogram) in clocks.iter().enumerate() {
                    let unit = if clock == 0 { Unit::BusinessMinutes } else { Unit::Minutes };
                    for (share, names) in QUANTILES {
                        let Some(seconds) = histogram.quantile(share, self.level()) else { continue };
                        let estimate = Estimate {
                            value: seconds.value / 60.0,
                            low: seconds.low.map(|s| s / 60.0),
                            high: seconds.high.map(|s| s / 60.0),
                            ..seconds
                        };
                        findings.push(Finding {
                            tier: tier_name.clone(),
                            scope: scopes[class],
                            ..finding(names[clock], unit, WORDS[clock], estimate)
                        });
                    }
                }
            }
        }
    }

    /// Means beside the quantiles, of attempted leads only, and how leads found their owner.
    pub(super) fn response_means(&self, findings: &mut Vec<Finding>) {
        const ATTEMPTED: &str = "mean over attempted leads, ratio of sums over trials";
        let scopes = [(Scope::All, 0..2), (Scope::InHours, 0..1), (Scope::AfterHours, 1..2)];
        for tier in (0..self.model.leads.tiers.len()).map(Some).chain([None]) {
            let name = tier.and_then(|t| self.tier_name(t));
            let tiers = |o: &Outcome| -> Vec<TierOutcome> {
                o.tiers
                    .iter()
                    .enumerate()
                    .filter(|(t, _)| tier.is_none_or(|only| only == *t))
                    .map(|(_, t)| t.clone())
                    .collect()
            };
            let mut push = |measure, scope, unit, estimand, estimate: Estimate| {
                if estimate.is_known() {
                    findings.push(Finding {
                        tier: name.clone(),
                        scope,
                        ..finding(measure, unit, estimand, estimate)
                    });
                }
            };
            for (scope, classes) in &scopes {
                let sum = |o: &Outcome| {
                    tiers(o)
                        .iter()
                        .flat_map(|t| t.response_minutes[classes.clone()].to_vec())
                        .fold((0.0, 0.0, 0.0), |sum, r| (sum.0 + r.0, sum.1 + r.1, sum.2 + f64::from(r.2)))
                };
                push(
                    "first_response_mean",
                    *scope,
                    Unit::BusinessMinutes,
                    ATTEMPTED,
                    self.ratio(|o| (sum(o).0, sum(o).2)),
                );
                push(
                    "speed_to_lead_mean",
                    *scope,
                    Unit::Minutes,
                    ATTEMPTED,
                    self.ratio(|o| (sum(o).1, sum(o).2)),
                );
            }
            let owner = self.ratio(|o| {
                tiers(o).iter().fold((0.0, 0.0), |sum, t| {
                    (sum.0 + t.owner_minutes.0, sum.1 + f64::from(t.owner_minutes.1))
                })
            });
            push(
                "time_to_owner",
                Scope::All,
                Unit::Minutes,
                "created to assigned, wall time, mean over assigned leads, ratio of sums",
                owner,
            );
            let (auto, ..) = self.share(|o| {
                tiers(o)
                    .iter()
                    .fold((0, 0), |sum, t| (sum.0 + u64::from(t.auto_routed), sum.1 + u64::from(t.routed)))
            });
            push(
                "auto_routed",
                Scope::All,
                Unit::Share,
                "share of routed leads that the automation routed, ratio of sums",
                auto,
            );
        }
    }

    /// Cumulative response-time curve: `(minutes, share answered by then)`; tier index past the last is all tiers;
    /// class 0 all, 1 in hours, 2 after hours; clock 0 SLA, 1 lead clock.
    pub fn response_curve(&self, tier: usize, class: usize, clock: usize) -> Vec<(f64, f64)> {
        self.responses[tier][class][clock].curve().map(|(seconds, share)| (seconds / 60.0, share)).collect()
    }

    pub(super) fn periods(&self, findings: &mut Vec<Finding>) {
        let horizon = &self.model.horizon;
        for (w, week) in horizon.weeks.iter().enumerate() {
            let period = Period::Week(week.label.clone());
            self.period(findings, &period, |c| c.by_week[w], |t| t.mqls_by_week[w]);
            let minutes = (week.end.min(horizon.end) - week.start.max(horizon.start)).as_minutes();
            let (estimate, typical) = self.mean(|o| o.backlog_by_week[w] / minutes);
            let estimand = "mean number of leads routed and not begun, time average over the week";
            findings.push(Finding {
                period,
                typical,
                ..finding("backlog", Unit::Number, estimand, estimate)
            });
        }
        for (m, month) in horizon.months.iter().enumerate() {
            let period = Period::Month(month.label.clone());
            self.period(findings, &period, |c| c.by_month[m], |t| t.mqls_by_month[m]);
            let (estimate, typical, totals) = self.share(|o| {
                let months = o.tiers.iter().map(|t| t.disposed_by_month[m]);
                months.fold((0, 0), |sum, month| (sum.0 + u64::from(month.0), sum.1 + u64::from(month.1)))
            });
            let estimand = "rejected / disposed in the month, all passes, overturned ones included, ratio of sums over trials";
            findings.push(Finding {
                period,
                typical,
                totals: Some(totals),
                ..finding("rejection_rate", Unit::Share, estimand, estimate)
            });
        }
    }

    fn period(
        &self,
        findings: &mut Vec<Finding>,
        period: &Period,
        tally: impl Fn(&CommitmentOutcome) -> Tally,
        mqls: impl Fn(&TierOutcome) -> u32,
    ) {
        for (i, commitment) in self.model.agreement.commitments.iter().enumerate() {
            let (estimate, typical, totals) = self.share(|o| {
                let tally = tally(&o.commitments[i]);
                (u64::from(tally.kept), u64::from(tally.judged))
            });
            if totals.judged > 0 {
                findings.push(Finding {
                    commitment: Some(commitment.id.clone()),
                    tier: self.only_tier(commitment),
                    period: period.clone(),
                    typical,
                    totals: Some(totals),
                    ..finding("attainment", Unit::Share, ATTAINMENT, estimate)
                });
            }
        }
        for tier in (0..self.model.leads.tiers.len()).map(Some).chain([None]) {
            let (estimate, typical) = self.mean(|o| {
                o.tiers
                    .iter()
                    .enumerate()
                    .filter(|(t, _)| tier.is_none_or(|tier| tier == *t))
                    .map(|(_, t)| f64::from(mqls(t)))
                    .sum()
            });
            findings.push(Finding {
                tier: tier.and_then(|t| self.tier_name(t)),
                period: period.clone(),
                typical,
                ..finding("mqls", Unit::PerTrial, PER_TRIAL, estimate)
            });
        }
    }
}
