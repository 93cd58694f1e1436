//! Where reps' time goes, what waits for them, and how evenly leads are spread.

use super::*;
use crate::trial::{REP_STATES, RepState};

/// Balance across reps: each within this share of the team's leads per hour present.
const BALANCE: f64 = 0.15;

type Minutes = [f64; REP_STATES];

/// Minutes of the states that count.
fn minutes(of: &Minutes, counts: fn(RepState) -> bool) -> f64 {
    RepState::NAMED.iter().filter(|(_, state)| counts(*state)).map(|(_, state)| of[*state as usize]).sum()
}

fn paid(of: &Minutes) -> f64 {
    minutes(of, RepState::is_paid)
}

impl Measures<'_> {
    /// Shares of paid time, occupancy and paid hours, of the whole team.
    pub(super) fn rep_time(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        let of = |o: &Outcome| cut.slot.map_or(o.rep_minutes, |slot| o.rep_minutes_by_period[slot]);
        let time: Vec<Minutes> = self.records.iter().map(of).collect();
        const SHARE: &str = "share of the team's paid time (shift without lunch), ratio of sums";
        for (name, state) in RepState::NAMED.into_iter().filter(|(_, state)| state.is_paid()) {
            let (estimate, typical) = self.part(time.iter().map(|m| (m[state as usize], paid(m))));
            if estimate.is_known() {
                let found = finding("rep_time", Unit::Share, SHARE, estimate);
                findings.push(cut.because(name, Finding { typical, ..found }));
            }
        }
        let mut push = |measure, unit, estimand, (estimate, typical): (Measured, Typical)| {
            if estimate.is_known() {
                findings.push(cut.about(Finding { typical, ..finding(measure, unit, estimand, estimate) }));
            }
        };
        let lead_work = |m: &Minutes| (minutes(m, RepState::is_lead_work), paid(m));
        const WORK: &str = "share of the team's paid time spent on leads, ratio of sums";
        push("lead_work", Unit::Share, WORK, self.part(time.iter().map(lead_work)));
        let busy = |m: &Minutes| {
            let busy = minutes(m, RepState::is_lead_work) + m[RepState::OwnWork as usize];
            (busy, busy + m[RepState::Free as usize])
        };
        const BUSY: &str = "share of desk time with a lead or own task in hand, ratio of sums";
        push("occupancy", Unit::Share, BUSY, self.part(time.iter().map(busy)));
        push("paid_hours", Unit::HoursPerTrial, PER_TRIAL, self.mean(time.iter().map(|m| paid(m) / 60.0)));
    }

    /// Leads routed and not begun.
    pub(super) fn backlog(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        let minutes = self.minutes_of(cut);
        let (estimate, typical) = self.mean(cut.handled.iter().map(|h| h.waiting_minutes / minutes));
        let estimand = "mean number of leads routed and not begun, time average over the stretch";
        let found = finding("backlog", Unit::Number, estimand, estimate);
        findings.push(cut.about(Finding { typical, ..found }));
    }

    /// How far the rep who stands out most is from the team, month by month and in the mean of whole months.
    pub(super) fn balance(&self, findings: &mut Vec<Finding>) {
        let months = self.model.horizon.months.iter().enumerate();
        let months = months.map(|(m, month)| (Period::Month(month.label.clone()), m..m + 1));
        let whole = (Period::Horizon, 0..self.model.horizon.months.len());
        for (period, range) in std::iter::once(whole).chain(months) {
            let known =
                |o: &Outcome| -> Vec<f64> { o.imbalance[range.clone()].iter().copied().flatten().collect() };
            let of = |o: &Outcome| {
                let known = known(o);
                (known.iter().filter(|deviation| **deviation <= BALANCE).count() as u64, known.len() as u64)
            };
            let (estimate, typical, totals) = self.share(self.records.iter().map(of));
            if totals.judged > 0 {
                let estimand = "share of whole months in which every rep's leads per hour present were within 15 % of the team's";
                let found = finding("balanced_months", Unit::Share, estimand, estimate);
                findings.push(Finding { period: period.clone(), typical, totals: Some(totals), ..found });
            }
            let of = |o: &Outcome| (known(o).iter().sum::<f64>(), known(o).len() as f64);
            let (estimate, typical) = self.ratio(self.records.iter().map(of));
            if estimate.is_known() {
                let estimand = "largest deviation of a rep's leads per hour present from the team's, as a fraction of it, mean of whole months";
                let found = finding("imbalance", Unit::Number, estimand, estimate);
                findings.push(Finding { period, typical, ..found });
            }
        }
    }
}
