//! Which leads and which stretch of time a group of measures is about: a tier or all, the horizon or one week or month.

use super::*;
use crate::study::packed::Clear;
use crate::trial::{Handling, Stretch, TierStretch, stretches, stretches_in};
use std::sync::Arc;

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
    /// Of each trial, all that was counted in the period.
    pub counts: Arc<[Stretch]>,
}

impl Study {
    /// What every trial counted over the horizon or in one period.
    fn counted(&self, slot: Option<usize>, mut counts: Vec<Stretch>) -> Vec<Stretch> {
        let horizon = &self.model.horizon;
        let stretches = match slot {
            Some(slot) => stretches_in(horizon, slot),
            None => (0..stretches(horizon)).collect(),
        };
        counts.resize_with(self.records.len(), || Stretch::sized(&self.model));
        for (sum, packed) in counts.iter_mut().zip(&self.stretches) {
            sum.each(&mut Clear);
            stretches.iter().for_each(|stretch| packed.add_to(*stretch, sum));
        }
        counts
    }

    /// Each tier, then all, over one stretch of time.
    pub(super) fn cuts(&self, period: Period, slot: Option<usize>) -> Vec<Cut> {
        let counts: Arc<[Stretch]> = self.counted(slot, Vec::new()).into();
        let mut cuts = Vec::new();
        let trials = counts.len();
        let mut all = (vec![Funnel::default(); trials], vec![Handling::default(); trials]);
        for tier in 0..self.model.leads.tiers.len() {
            let of = |counts: &Stretch| (counts.tiers[tier].funnel.clone(), counts.tiers[tier].handling);
            let (funnels, handled): (Vec<Funnel>, Vec<Handling>) = counts.iter().map(of).unzip();
            all.0.iter_mut().zip(&funnels).for_each(|(sum, more)| *sum += more);
            all.1.iter_mut().zip(&handled).for_each(|(sum, more)| *sum += more);
            let (name, period, counts) = (self.tier_name(tier), period.clone(), Arc::clone(&counts));
            cuts.push(Cut { tier: Some(tier), name, period, slot, funnels, handled, counts });
        }
        let (funnels, handled) = all;
        cuts.push(Cut { tier: None, name: None, period, slot, funnels, handled, counts });
        cuts
    }

    /// Every week, then every month.
    pub(super) fn periods(&self) -> Vec<Period> {
        let horizon = &self.model.horizon;
        let weeks = horizon.weeks.iter().map(|week| Period::Week(week.label.clone()));
        let months = horizon.months.iter().map(|month| Period::Month(month.label.clone()));
        weeks.chain(months).collect()
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

    /// The tiers it covers, of one trial.
    pub fn tiers<'a>(&self, counts: &'a Stretch) -> &'a [TierStretch] {
        match self.tier {
            Some(tier) => &counts.tiers[tier..=tier],
            None => &counts.tiers,
        }
    }
}
