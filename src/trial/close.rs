//! The close of a trial: what is still open, promises about whole months, the team's cost and balance.

use super::outcome::Outcome;
use super::watch::{RepState, Watch};
use super::world::World;
use crate::model::{LeadId, Model, Promise, RepId, TierId};

impl<W: Watch> World<'_, '_, W> {
    /// Stops the trial: open leads are judged and counted as open, rep time is booked to the end.
    pub fn close(mut self) -> Outcome {
        self.now = self.now.max(self.model.horizon.end.min(self.prepared.stop_at));
        self.accrue_waiting();
        for rep in 0..self.desks.len() {
            let rep = RepId(rep as u32);
            let (state, since, arrived) = {
                let desk = self.desk(rep);
                (desk.state, desk.since, desk.arrived)
            };
            self.account(rep, state, since);
            if state > RepState::Absent {
                self.account_presence(rep, self.desk(rep).on_shift_since);
            }
            if state >= RepState::Free {
                self.cover(arrived, self.now);
            }
        }
        for id in 0..self.leads.len() as u32 {
            if self.lead(LeadId(id)).ended.is_none() {
                self.out.open += 1;
                super::clock::close(&mut self, LeadId(id));
            }
        }
        assert_eq!(self.out.created, self.out.ended + self.out.open, "every lead ended once or is open");
        self.monthly_promises();
        self.team();
        self.out
    }

    /// Promises about whole months: volume and rejection rate.
    fn monthly_promises(&mut self) {
        let horizon = &self.model.horizon;
        for (commitment, counts) in self.model.agreement.commitments.iter().zip(&mut self.out.commitments) {
            for (month, _) in horizon.months.iter().enumerate().filter(|(_, m)| m.whole) {
                let covered = |tier: usize| {
                    commitment.scope.tiers.is_empty() || commitment.scope.tiers.contains(&TierId(tier as u8))
                };
                let tiers =
                    self.out.tiers.iter().enumerate().filter(|(tier, _)| covered(*tier)).map(|(_, t)| t);
                let kept = match commitment.promise {
                    Promise::MonthlyVolume { target } => {
                        let mqls: u32 = tiers.map(|t| t.mqls_by_month[month]).sum();
                        f64::from(mqls) >= target * horizon.months[month].calendar_months(&horizon.zone)
                    }
                    Promise::RejectionBelow { share } => {
                        let (rejected, disposed) =
                            tiers.map(|t| t.disposed_by_month[month]).fold((0, 0), |sum, month| {
                                (sum.0 + u64::from(month.0), sum.1 + u64::from(month.1))
                            });
                        // In millionths, as goals are: 7 of 100 is not below 7 %.
                        disposed == 0 || rejected * 1_000_000 < (share * 1e6).round() as u64 * disposed
                    }
                    _ => continue,
                };
                counts.all.count(kept);
                counts.by_month[month].count(kept);
            }
        }
    }

    /// Cost of the team, and how evenly leads were spread.
    fn team(&mut self) {
        for (rep, desk) in self.model.reps.iter().zip(&self.desks) {
            let minutes: f64 = desk.paid_minutes;
            self.out.team_cost += minutes / 60.0 * self.model.groups[rep.group].cost_per_hour;
        }
        for (month, _) in self.model.horizon.months.iter().enumerate().filter(|(_, m)| m.whole) {
            let leads: u32 = self.desks.iter().map(|d| d.assigned_by_month[month]).sum();
            let minutes: f64 = self.desks.iter().map(|d| d.present_by_month[month]).sum();
            if leads == 0 || minutes <= 0.0 {
                continue;
            }
            let rate = f64::from(leads) / minutes;
            let even = self.desks.iter().filter(|d| d.present_by_month[month] > 0.0).all(|d| {
                let own = f64::from(d.assigned_by_month[month]) / d.present_by_month[month];
                (own / rate - 1.0).abs() <= BALANCE
            });
            self.out.balanced_months.count(even);
        }
    }
}

/// Balance across reps: each within this share of the team's leads per hour present (domain: M4).
const BALANCE: f64 = 0.15;

impl Outcome {
    /// An outcome with a place for every count of `model`.
    pub(super) fn sized(model: &Model) -> Self {
        let (weeks, months) = (model.horizon.weeks.len(), model.horizon.months.len());
        let commitment = || super::CommitmentOutcome {
            by_tier: vec![Default::default(); model.leads.tiers.len()],
            by_week: vec![Default::default(); weeks],
            by_month: vec![Default::default(); months],
            ..Default::default()
        };
        let tier = || super::TierOutcome {
            disposed_by_month: vec![(0, 0); months],
            mqls_by_week: vec![0; weeks],
            mqls_by_month: vec![0; months],
            ..Default::default()
        };
        Outcome {
            commitments: model.agreement.commitments.iter().map(|_| commitment()).collect(),
            tiers: model.leads.tiers.iter().map(|_| tier()).collect(),
            rejections: vec![0; model.buyers.rejection_reasons.len()],
            disqualifications: vec![0; model.buyers.disqualification_reasons.len()],
            backlog_by_week: vec![0.0; weeks],
            responses: model.leads.tiers.iter().map(|_| Default::default()).collect(),
            arrivals_by_hour: vec![0; 168],
            cover_by_hour: vec![0; 168],
            ..Default::default()
        }
    }
}
