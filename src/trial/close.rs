//! The close of a trial: what is still open, promises about whole months, the team's cost and balance.

use super::lead::Stage;
use super::outcome::Outcome;
use super::stretch::Stretch;
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
        self.out.cover_by_hour = self.desk_hours.micros();
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
        self.out.add_up();
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
                let stretches = super::stretches_in(horizon, weeks + month);
                let tiers = stretches.iter().flat_map(|stretch| {
                    let tiers = self.out.stretches[*stretch].tiers.iter().enumerate();
                    tiers.filter(|(tier, _)| covered(*tier)).map(|(_, counts)| counts)
                });
                let kept = match commitment.promise {
                    Promise::MonthlyVolume { target } => {
                        let mqls: u32 = tiers.map(|t| t.funnel.mqls).sum();
                        f64::from(mqls) >= target * horizon.months[month].calendar_months(&horizon.zone)
                    }
                    Promise::RejectionBelow { share } => {
                        let (rejected, disposed) = tiers.map(|t| &t.handling).fold((0, 0), |sum, stretch| {
                            (sum.0 + u64::from(stretch.rejected), sum.1 + u64::from(stretch.disposed))
                        });
                        // In millionths, as goals are: 7 of 100 is not below 7 %.
                        disposed == 0 || rejected * 1_000_000 < (share * 1e6).round() as u64 * disposed
                    }
                    _ => continue,
                };
                counts.by_tier[0].in_hours.count(kept);
                counts.by_month[month].count(kept);
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
            self.out.imbalance[month] = Some(deviation);
        }
    }
}

impl Outcome {
    /// An outcome with a place for every count of `model`.
    pub(super) fn sized(model: &Model) -> Self {
        let months = model.horizon.months.len();
        let periods = model.horizon.weeks.len() + months;
        let commitments = &model.agreement.commitments;
        let mut out = Outcome {
            tiers: vec![super::TierOutcome::default(); model.leads.tiers.len()],
            rep_minutes_by_period: vec![Default::default(); periods],
            team_cost_by_period: vec![0.0; periods],
            imbalance: vec![None; months],
            responses: vec![Default::default(); model.leads.tiers.len()],
            arrivals_by_hour: vec![0; 168],
            ..Default::default()
        };
        let (mut judged, mut clauses) = (0, 0);
        for commitment in commitments {
            let places = Places::of(model, commitment);
            out.commitments.push(super::CommitmentOutcome {
                by_tier: vec![Default::default(); places.covered],
                clauses_by_tier: vec![Default::default(); places.clauses],
                by_month: vec![Default::default(); if places.is_monthly { months } else { 0 }],
                judged_from: judged,
                clauses_from: clauses,
                ..Default::default()
            });
            judged += if places.is_monthly { 0 } else { places.covered };
            clauses += places.clauses;
        }
        out.stretches = vec![Stretch::sized(model); super::stretches(&model.horizon)];
        out
    }

    /// Adds up over all stretches what is told over the horizon.
    fn add_up(&mut self) {
        for stretch in &self.stretches {
            self.returned += &stretch.returned;
            for (sum, part) in self.tiers.iter_mut().zip(&stretch.tiers) {
                sum.funnel += &part.funnel;
                sum.handling += &part.handling;
                for (sum, leak) in sum.leaks.iter_mut().zip(part.leaks) {
                    *sum = *sum + leak;
                }
            }
            for counts in &mut self.commitments {
                // Promises about months have no place in a stretch; their list is counted by month.
                let places = if counts.by_month.is_empty() { counts.by_tier.len() } else { 0 };
                let judged = &stretch.judged[counts.judged_from..][..places];
                counts.by_tier.iter_mut().zip(judged).for_each(|(sum, cell)| *sum += cell);
                let clauses = &stretch.clauses[counts.clauses_from..];
                for (sum, cell) in counts.clauses_by_tier.iter_mut().zip(clauses) {
                    sum.iter_mut().zip(cell).for_each(|(sum, kept)| *sum += kept);
                }
            }
        }
        for counts in &mut self.commitments {
            for cell in &counts.by_tier {
                counts.all += cell.all();
                counts.in_hours += cell.in_hours;
                counts.after_hours += cell.after_hours;
                counts.rejected_before += cell.rejected_before;
                counts.open += cell.open;
                counts.kept_but_waited += cell.kept_but_waited;
            }
        }
    }
}

impl Stretch {
    /// A stretch with a place for every count of `model`.
    pub fn sized(model: &Model) -> Self {
        let tiers = model.leads.tiers.len();
        let places = model.agreement.commitments.iter().map(|c| Places::of(model, c));
        let (judged, clauses) = places.fold((0, 0), |(judged, clauses), places| {
            (judged + if places.is_monthly { 0 } else { places.covered }, clauses + places.clauses)
        });
        Stretch {
            tiers: vec![Default::default(); tiers],
            rejections: vec![0; tiers * model.buyers.rejection_reasons.len()],
            disqualifications: vec![0; tiers * model.buyers.disqualification_reasons.len()],
            judged: vec![Default::default(); judged],
            clauses: vec![Default::default(); clauses],
            ..Default::default()
        }
    }
}

/// How many places one commitment needs.
struct Places {
    /// Tiers it covers; one for promises about months.
    covered: usize,
    /// Tiers whose clauses are counted.
    clauses: usize,
    /// Whether it is about months.
    is_monthly: bool,
}

impl Places {
    fn of(model: &Model, commitment: &Commitment) -> Self {
        let is_monthly =
            matches!(commitment.promise, Promise::MonthlyVolume { .. } | Promise::RejectionBelow { .. });
        let covered = match commitment.scope.tiers.len() {
            _ if is_monthly => 1,
            0 => model.leads.tiers.len(),
            several => several,
        };
        let has_clauses = matches!(commitment.promise, Promise::Persistence { .. });
        Places { covered, clauses: if has_clauses { covered } else { 0 }, is_monthly }
    }
}
