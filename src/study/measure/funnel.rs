//! From MQL to money: the cohort followed to its end, reasons, costs.

use super::*;
use crate::model::Channel;
use crate::stats::proportion;

/// One count of a funnel.
type Count = fn(&Funnel) -> u32;
/// Numerator and denominator of one conversion.
type Ratio = fn(&Funnel) -> (f64, f64);

impl Study {
    pub(super) fn funnel(&self, findings: &mut Vec<Finding>) {
        let tiers = self.model.leads.tiers.len();
        for tier in (0..tiers).map(Some).chain([None]) {
            let name = tier.and_then(|t| self.tier_name(t));
            self.funnel_of(findings, name, Scope::All, move |o| match tier {
                Some(tier) => o.tiers[tier].funnel.clone(),
                None => total(o),
            });
        }
        if self.model.buyers.recycling.passes > 1 {
            self.funnel_of(findings, None, Scope::Returned, |o| o.returned.clone());
        }
        self.reasons(findings);
    }

    fn funnel_of(
        &self,
        findings: &mut Vec<Finding>,
        tier: Option<String>,
        scope: Scope,
        pick: impl Fn(&Outcome) -> Funnel,
    ) {
        let at = |o: &Outcome| pick(o);
        let mut push = |measure, unit, estimand, (estimate, typical): (Estimate, Option<(f64, f64)>)| {
            findings.push(Finding {
                tier: tier.clone(),
                scope,
                typical,
                ..finding(measure, unit, estimand, estimate)
            });
        };
        const COHORT: &str = "mean per trial, of the cohort created in the horizon, followed to its end";
        let counts: [(&str, Count); 13] = [
            ("mqls", |f| f.mqls),
            ("accepted", |f| f.accepted),
            ("rejected", |f| f.rejected),
            ("attempted", |f| f.attempted),
            ("attempts", |f| f.attempts),
            ("contacted", |f| f.contacted),
            ("sqls", |f| f.sqls),
            ("disqualified", |f| f.disqualified),
            ("held", |f| f.held),
            ("unresponsive", |f| f.unresponsive),
            ("gave_up", |f| f.gave_up),
            ("never_attempted", |f| f.never_attempted),
            ("open", |f| f.open),
        ];
        for (measure, pick) in counts {
            push(measure, Unit::PerTrial, COHORT, self.mean(|o| f64::from(pick(&at(o)))));
        }
        if self.model.leads_may_leave() {
            push("left", Unit::PerTrial, COHORT, self.mean(|o| f64::from(at(o).left)));
        }
        const EXPECTED: &str =
            "mean per trial of the cohort, by expected values after the meeting; range from drawn outcomes";
        push(
            "opportunities",
            Unit::PerTrial,
            EXPECTED,
            self.expected(|o| at(o).opportunities_expected, |o| f64::from(at(o).opportunities)),
        );
        push(
            "won",
            Unit::PerTrial,
            EXPECTED,
            self.expected(|o| at(o).won_expected, |o| f64::from(at(o).won)),
        );
        push(
            "pipeline",
            Unit::DollarsPerTrial,
            EXPECTED,
            self.expected(|o| at(o).pipeline_expected, |o| at(o).pipeline),
        );
        push("won_by_close", Unit::PerTrial, COHORT, self.mean(|o| f64::from(at(o).won_by_close)));
        push("revenue", Unit::DollarsPerTrial, COHORT, self.mean(|o| at(o).revenue));
        let ratios: [(&str, Ratio); 12] = [
            ("never_attempted_share", |f| (f64::from(f.never_attempted), f64::from(f.mqls))),
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
            ("attempts_per_attempted_lead", |f| (f64::from(f.attempts), f64::from(f.attempted))),
        ];
        for (measure, pick) in ratios {
            let estimate = self.ratio(|o| pick(&at(o)));
            let unit = if measure == "attempts_per_attempted_lead" { Unit::Number } else { Unit::Share };
            if estimate.is_known() {
                push(measure, unit, "ratio of sums over trials", (estimate, None));
            }
        }
    }

    fn reasons(&self, findings: &mut Vec<Finding>) {
        let buyers = &self.model.buyers;
        for (i, reason) in buyers.rejection_reasons.iter().enumerate() {
            let (estimate, typical) = self.mean(|o| f64::from(o.rejections[i]));
            findings.push(Finding {
                cause: Some(reason.name.clone()),
                typical,
                ..finding("rejected_for", Unit::PerTrial, PER_TRIAL, estimate)
            });
        }
        for (i, reason) in buyers.disqualification_reasons.iter().enumerate() {
            let (estimate, typical) = self.mean(|o| f64::from(o.disqualifications[i]));
            findings.push(Finding {
                cause: Some(reason.name.clone()),
                typical,
                ..finding("disqualified_for", Unit::PerTrial, PER_TRIAL, estimate)
            });
        }
        for (channel, name) in
            [(Channel::Phone, "phone"), (Channel::Email, "email"), (Channel::LinkedIn, "linkedin")]
        {
            let (estimate, _, totals) = self.share(|o| {
                let all: u32 = o.attempts_by_channel.iter().sum();
                (u64::from(o.attempts_by_channel[channel as usize]), u64::from(all))
            });
            if totals.judged > 0 {
                findings.push(Finding {
                    cause: Some(name.into()),
                    totals: Some(totals),
                    ..finding(
                        "channel_share",
                        Unit::Share,
                        "share of attempts, ratio of sums over trials",
                        estimate,
                    )
                });
            }
        }
        let (estimate, typical) = self.mean(|o| f64::from(o.nurtured));
        findings.push(Finding {
            typical,
            ..finding(
                "left_in_nurture",
                Unit::PerTrial,
                "mean per trial of new MQLs that end in nurture and do not return within the trial",
                estimate,
            )
        });
    }

    pub(super) fn money(&self, findings: &mut Vec<Finding>) {
        let mut push = |measure, unit, estimand, (estimate, typical)| {
            findings.push(Finding { typical, ..finding(measure, unit, estimand, estimate) });
        };
        push("team_cost", Unit::DollarsPerTrial, PER_TRIAL, self.mean(|o| o.team_cost));
        push("mql_cost", Unit::DollarsPerTrial, PER_TRIAL, self.mean(|o| o.mql_cost));
        let cost = self.ratio(|o| (o.team_cost + o.mql_cost, total(o).opportunities_expected));
        if cost.is_known() {
            push(
                "cost_per_opportunity",
                Unit::Dollars,
                "team and MQL cost / opportunities, ratio of sums",
                (cost, None),
            );
        }
        if let Some(goal) = self.model.buyers.funnel.pipeline_goal {
            let reached = self.records.iter().filter(|o| total(o).pipeline >= goal).count() as u64;
            let estimate = proportion::wilson(reached, self.trials(), self.level());
            push(
                "pipeline_goal_reached",
                Unit::Share,
                "probability that the drawn pipeline of new MQLs reaches the goal",
                (estimate, None),
            );
        }
        let hours = self.mean(|o| total(o).minutes_on_rejected / 60.0);
        push("hours_on_rejected_leads", Unit::HoursPerTrial, PER_TRIAL, hours);
    }
}
