//! Every measure, made from the records of all trials: the one list that every report shows.

use super::findings::{Finding, Period, Scope, Totals, Unit};
use super::run::Study;
use crate::model::{Channel, Promise};
use crate::stats::{Estimate, RatioTally, RatioTallyF, mean, proportion, quantile};
use crate::trial::{CommitmentOutcome, Funnel, LateCause, LeakCause, Outcome, RepState, Tally};

/// Starts a finding about all leads over the horizon.
fn finding(measure: &'static str, unit: Unit, estimand: &'static str, estimate: Estimate) -> Finding {
    Finding {
        measure,
        commitment: None,
        tier: None,
        cause: None,
        scope: Scope::All,
        period: Period::Horizon,
        unit,
        estimand,
        estimate,
        typical: None,
        totals: None,
    }
}

/// Snake-case name of a serialisable plain enum.
fn word(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        other => format!("{other:?}"),
    }
}

const ATTAINMENT: &str = "share of leads for which the promise was kept, pooled over trials: all kept / all judged (ratio of sums)";
const HOLDS: &str = "probability that attainment over the horizon reaches the goal";
const PER_TRIAL: &str = "mean per trial";

impl Study {
    /// Every estimate of the study, in the order reports show them.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.commitments(&mut findings);
        self.responses(&mut findings);
        self.funnel(&mut findings);
        self.money(&mut findings);
        self.late(&mut findings);
        self.leakage(&mut findings);
        self.reps(&mut findings);
        self.periods(&mut findings);
        findings
    }

    fn level(&self) -> f64 {
        self.settings.level
    }

    fn tier_name(&self, tier: usize) -> Option<String> {
        Some(self.model.leads.tiers[tier].name.clone())
    }

    /// Pooled ratio of counts, with the typical range of the per-trial ratio.
    fn share(&self, count: impl Fn(&Outcome) -> (u64, u64)) -> (Estimate, Option<(f64, f64)>, Totals) {
        let mut tally = RatioTally::default();
        let mut ratios = Vec::new();
        let mut totals = Totals::default();
        for record in &self.records {
            let (x, n) = count(record);
            tally.add(x, n);
            totals.kept += x;
            totals.judged += n;
            if n > 0 {
                ratios.push(x as f64 / n as f64);
            }
        }
        (tally.estimate(self.level()), range(&ratios), totals)
    }

    /// Mean per trial, with the typical range.
    fn mean(&self, value: impl Fn(&Outcome) -> f64) -> (Estimate, Option<(f64, f64)>) {
        let values: Vec<f64> = self.records.iter().map(value).collect();
        (mean::mean(&values, self.level()), range(&values))
    }

    /// Mean by expected values (what no work depends on is not tossed), range by drawn ones.
    fn expected(
        &self,
        expected: impl Fn(&Outcome) -> f64,
        drawn: impl Fn(&Outcome) -> f64,
    ) -> (Estimate, Option<(f64, f64)>) {
        let drawn: Vec<f64> = self.records.iter().map(drawn).collect();
        (self.mean(expected).0, range(&drawn))
    }

    /// Ratio of float sums.
    fn ratio(&self, value: impl Fn(&Outcome) -> (f64, f64)) -> Estimate {
        let mut tally = RatioTallyF::default();
        for record in &self.records {
            let (x, n) = value(record);
            tally.add(x, n);
        }
        tally.estimate(self.level())
    }

    fn commitments(&self, findings: &mut Vec<Finding>) {
        for (i, commitment) in self.model.agreement.commitments.iter().enumerate() {
            let about = |finding: Finding| Finding {
                commitment: Some(commitment.id.clone()),
                tier: match commitment.scope.tiers.as_slice() {
                    [only] => self.tier_name(usize::from(only.0)),
                    _ => None,
                },
                ..finding
            };
            let monthly =
                matches!(commitment.promise, Promise::MonthlyVolume { .. } | Promise::RejectionBelow { .. });
            let (unit, estimand) = (
                Unit::Share,
                if monthly { "share of whole months in which the promise was kept" } else { ATTAINMENT },
            );
            let scopes: [(Scope, fn(&CommitmentOutcome) -> Tally); 3] = [
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

    /// Whether commitment `i` held in a trial.
    pub fn holds(&self, outcome: &Outcome, i: usize) -> bool {
        let tally = outcome.commitments[i].all;
        self.model.agreement.commitments[i].goal.holds(u64::from(tally.kept), u64::from(tally.judged))
    }

    fn responses(&self, findings: &mut Vec<Finding>) {
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

    /// Cumulative response-time curve: `(minutes, share answered by then)`; tier index past the last is all tiers;
    /// class 0 all, 1 in hours, 2 after hours; clock 0 SLA, 1 lead clock.
    pub fn response_curve(&self, tier: usize, class: usize, clock: usize) -> Vec<(f64, f64)> {
        self.responses[tier][class][clock].curve().map(|(seconds, share)| (seconds / 60.0, share)).collect()
    }

    fn funnel(&self, findings: &mut Vec<Finding>) {
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
        let counts: [(&str, fn(&Funnel) -> u32); 13] = [
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
        let ratios: [(&str, fn(&Funnel) -> (f64, f64)); 8] = [
            ("accept_rate", |f| (f64::from(f.accepted), f64::from(f.mqls))),
            ("rejection_rate", |f| (f64::from(f.rejected), f64::from(f.mqls))),
            ("contact_rate", |f| (f64::from(f.contacted), f64::from(f.accepted))),
            ("qualification_rate", |f| (f64::from(f.sqls), f64::from(f.contacted))),
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

    fn money(&self, findings: &mut Vec<Finding>) {
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

    fn late(&self, findings: &mut Vec<Finding>) {
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

    fn leakage(&self, findings: &mut Vec<Finding>) {
        let amount = self.model.buyers.funnel.amount.mean();
        let tiers = self.model.leads.tiers.len();
        for tier in (0..tiers).map(Some).chain([None]) {
            let name = tier.and_then(|t| self.tier_name(t));
            let sum = |o: &Outcome, pick: &dyn Fn(&crate::trial::TierOutcome) -> f64| -> f64 {
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

    fn reps(&self, findings: &mut Vec<Finding>) {
        let paid = |o: &Outcome| o.rep_minutes.iter().sum::<f64>() - o.rep_minutes[RepState::Lunch as usize];
        let states = [
            ("absent", RepState::Absent),
            ("meetings", RepState::Meeting),
            ("free", RepState::Free),
            ("new_leads", RepState::NewLead),
            ("follow_ups", RepState::FollowUp),
            ("replies", RepState::Reply),
            ("own_work", RepState::OwnWork),
        ];
        for (name, state) in states {
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
        let lead_minutes = |o: &Outcome| -> f64 {
            [RepState::NewLead, RepState::FollowUp, RepState::Reply]
                .iter()
                .map(|s| o.rep_minutes[*s as usize])
                .sum()
        };
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

    fn periods(&self, findings: &mut Vec<Finding>) {
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
                let (rejected, disposed) = o.disposed_by_month[m];
                (u64::from(rejected), u64::from(disposed))
            });
            let estimand = "rejected / disposed in the month, ratio of sums over trials";
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
        mqls: impl Fn(&crate::trial::TierOutcome) -> u32,
    ) {
        for (i, commitment) in self.model.agreement.commitments.iter().enumerate() {
            let (estimate, typical, totals) = self.share(|o| {
                let tally = tally(&o.commitments[i]);
                (u64::from(tally.kept), u64::from(tally.judged))
            });
            if totals.judged > 0 {
                findings.push(Finding {
                    commitment: Some(commitment.id.clone()),
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

/// The funnel of all tiers together.
pub(crate) fn total(outcome: &Outcome) -> Funnel {
    outcome.tiers.iter().fold(Funnel::default(), |sum, tier| sum + &tier.funnel)
}

fn range(values: &[f64]) -> Option<(f64, f64)> {
    (values.len() > 1).then(|| quantile::typical_range(values))
}
