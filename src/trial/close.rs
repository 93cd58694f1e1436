//! The close of a trial: what is still open, promises about whole months, the team's cost and balance.

use super::lead::Stage;
use super::outcome::Outcome;
use super::watch::{RepState, Watch};
use super::world::World;
use crate::model::{Commitment, LeadId, Model, Promise, RepId, TierId};

impl<W: Watch> World<'_, '_, W> {
    /// Stops the trial: open leads are judged and counted as open, rep time is booked to the end.
    pub fn close(mut self) -> Outcome {
        self.now = self.now.max(self.model.horizon.end.min(self.prepared.stop_at));
        self.turn_periods();
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
                if self.lead(LeadId(id)).stage == Stage::Waiting {
                    self.count_wait(LeadId(id));
                }
                self.out.open += 1;
                super::count::close(&mut self, LeadId(id));
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
        let weeks = horizon.weeks.len();
        for (commitment, counts) in self.model.agreement.commitments.iter().zip(&mut self.out.commitments) {
            for (month, _) in horizon.months.iter().enumerate().filter(|(_, m)| m.whole) {
                let covered = |tier: usize| {
                    commitment.scope.tiers.is_empty() || commitment.scope.tiers.contains(&TierId(tier as u8))
                };
                let tiers =
                    self.out.tiers.iter().enumerate().filter(|(tier, _)| covered(*tier)).map(|(_, t)| t);
                let kept = match commitment.promise {
                    Promise::MonthlyVolume { target } => {
                        let mqls: u32 = tiers.map(|t| t.by_period[weeks + month].funnel.mqls).sum();
                        f64::from(mqls) >= target * horizon.months[month].calendar_months(&horizon.zone)
                    }
                    Promise::RejectionBelow { share } => {
                        let (rejected, disposed) =
                            tiers.map(|t| &t.by_period[weeks + month].handling).fold((0, 0), |sum, month| {
                                (sum.0 + u64::from(month.rejected), sum.1 + u64::from(month.disposed))
                            });
                        // In millionths, as goals are: 7 of 100 is not below 7 %.
                        disposed == 0 || rejected * 1_000_000 < (share * 1e6).round() as u64 * disposed
                    }
                    _ => continue,
                };
                counts.all.count(kept);
                counts.by_tier[0].in_hours.count(kept);
                counts.by_period[weeks + month].in_hours.count(kept);
            }
        }
    }

    /// Cost of the team, and how evenly leads were spread.
    fn team(&mut self) {
        self.out.rep_minutes = self.rep_time.minutes();
        self.out.team_cost = self.cost_so_far();
        for (month, _) in self.model.horizon.months.iter().enumerate().filter(|(_, m)| m.whole) {
            let leads: u32 = self.desks.iter().map(|d| d.assigned_by_month[month]).sum();
            let minutes: f64 = self.desks.iter().map(|d| d.present_by_month[month]).sum();
            if leads == 0 || minutes <= 0.0 {
                continue;
            }
            let rate = f64::from(leads) / minutes;
            let present = self.desks.iter().filter(|d| d.present_by_month[month] > 0.0);
            let deviation = present
                .map(|d| {
                    (f64::from(d.assigned_by_month[month]) / d.present_by_month[month] / rate - 1.0).abs()
                })
                .fold(0.0, f64::max);
            self.out.balanced_months.count(deviation <= BALANCE);
            self.out.imbalance[month] = Some(deviation);
        }
    }
}

/// Balance across reps: each within this share of the team's leads per hour present (domain: M4).
const BALANCE: f64 = 0.15;

impl Outcome {
    /// An outcome with a place for every count of `model`.
    pub(super) fn sized(model: &Model) -> Self {
        let months = model.horizon.months.len();
        let periods = model.horizon.weeks.len() + months;
        let (rejections, disqualifications) =
            (model.buyers.rejection_reasons.len(), model.buyers.disqualification_reasons.len());
        let tier = || super::TierOutcome {
            rejections: vec![0; rejections],
            disqualifications: vec![0; disqualifications],
            by_period: vec![Default::default(); periods],
            ..Default::default()
        };
        Outcome {
            commitments: model.agreement.commitments.iter().map(|c| sized_for(model, c, periods)).collect(),
            tiers: model.leads.tiers.iter().map(|_| tier()).collect(),
            rep_minutes_by_period: vec![Default::default(); periods],
            team_cost_by_period: vec![0.0; periods],
            late_minutes_by_period: vec![Default::default(); periods],
            leaked_by_period: vec![Default::default(); periods],
            rejections_by_period: vec![0; periods * rejections],
            disqualifications_by_period: vec![0; periods * disqualifications],
            imbalance: vec![None; months],
            responses: model.leads.tiers.iter().map(|_| Default::default()).collect(),
            arrivals_by_hour: vec![0; 168],
            cover_by_hour: vec![0; 168],
            ..Default::default()
        }
    }
}

/// A place for every count of one commitment.
fn sized_for(model: &Model, commitment: &Commitment, periods: usize) -> super::CommitmentOutcome {
    let covered = match (&commitment.promise, commitment.scope.tiers.len()) {
        (Promise::MonthlyVolume { .. } | Promise::RejectionBelow { .. }, _) => 1,
        (_, 0) => model.leads.tiers.len(),
        (_, several) => several,
    };
    let clauses = usize::from(matches!(commitment.promise, Promise::Persistence { .. }));
    super::CommitmentOutcome {
        by_tier: vec![Default::default(); covered],
        by_period: vec![Default::default(); periods * covered],
        clauses_by_tier: vec![Default::default(); clauses * covered],
        clauses_by_period: vec![Default::default(); clauses * periods],
        ..Default::default()
    }
}
