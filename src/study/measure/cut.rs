//! Which leads and which stretch of time a group of measures is about: a tier or all, the horizon or one week or month.

use super::*;
use crate::trial::{Handling, TierOutcome, TierPeriod};

/// One tier (or all) over the horizon or in one period.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    /// The tier; none for all.
    pub tier: Option<usize>,
    name: Option<String>,
    period: Period,
    /// Where the period stands in the record's tables: weeks, then months; none for the horizon.
    pub slot: Option<usize>,
    /// Of each trial, the cohort of new MQLs created in it.
    pub funnels: Vec<Funnel>,
    /// Of each trial, what was handled in it.
    pub handled: Vec<Handling>,
}

impl Study {
    /// Each tier, then all, over one stretch. Records are far apart in memory: what several measures ask for is read once.
    pub(super) fn cuts(&self, period: Period, slot: Option<usize>) -> Vec<Cut> {
        let mut cuts = Vec::new();
        let trials = self.records.len();
        let mut all = (vec![Funnel::default(); trials], vec![Handling::default(); trials]);
        for tier in 0..self.model.leads.tiers.len() {
            let of = |o: &Outcome| {
                let tier = &o.tiers[tier];
                let parts = slot.map_or((&tier.funnel, &tier.handling), |slot| {
                    (&tier.by_period[slot].funnel, &tier.by_period[slot].handling)
                });
                (parts.0.clone(), *parts.1)
            };
            let (funnels, handled): (Vec<Funnel>, Vec<Handling>) = self.records.iter().map(of).unzip();
            all.0.iter_mut().zip(&funnels).for_each(|(sum, more)| *sum += more);
            all.1.iter_mut().zip(&handled).for_each(|(sum, more)| *sum += more);
            let (name, period) = (self.tier_name(tier), period.clone());
            cuts.push(Cut { tier: Some(tier), name, period, slot, funnels, handled });
        }
        let (funnels, handled) = all;
        cuts.push(Cut { tier: None, name: None, period, slot, funnels, handled });
        cuts
    }

    /// The cuts of every week, then of every month.
    pub(super) fn periods(&self) -> impl Iterator<Item = Vec<Cut>> {
        let horizon = &self.model.horizon;
        let weeks = horizon.weeks.iter().map(|week| Period::Week(week.label.clone()));
        let months = horizon.months.iter().map(|month| Period::Month(month.label.clone()));
        weeks.chain(months).enumerate().map(|(slot, period)| self.cuts(period, Some(slot)))
    }

    /// Minutes of the horizon that a cut covers.
    pub(super) fn minutes_of(&self, cut: &Cut) -> f64 {
        let horizon = &self.model.horizon;
        let periods = horizon.weeks.iter().chain(&horizon.months);
        let period = cut.slot.and_then(|slot| periods.into_iter().nth(slot));
        let (start, end) = period.map_or((horizon.start, horizon.end), |p| (p.start, p.end));
        (end.min(horizon.end) - start.max(horizon.start)).as_minutes()
    }
}

impl Cut {
    /// The finding, about this cut.
    pub fn about(&self, finding: Finding) -> Finding {
        Finding { tier: self.name.clone(), period: self.period.clone(), ..finding }
    }

    /// The finding, about this cut and one cause.
    pub fn because(&self, cause: impl Into<String>, finding: Finding) -> Finding {
        Finding { cause: Some(cause.into()), ..self.about(finding) }
    }

    /// The tiers of a record that it covers.
    pub fn tiers<'a>(&self, outcome: &'a Outcome) -> &'a [TierOutcome] {
        match self.tier {
            Some(tier) => &outcome.tiers[tier..=tier],
            None => &outcome.tiers,
        }
    }

    /// Sum over its tiers of a number of the horizon, or of the same number of a period.
    pub fn sum(
        &self,
        outcome: &Outcome,
        horizon: impl Fn(&TierOutcome) -> f64,
        period: impl Fn(&TierPeriod) -> f64,
    ) -> f64 {
        let of = |tier: &TierOutcome| {
            self.slot.map_or_else(|| horizon(tier), |slot| period(&tier.by_period[slot]))
        };
        self.tiers(outcome).iter().map(of).sum()
    }
}
