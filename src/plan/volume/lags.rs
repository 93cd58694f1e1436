//! Which leads count: those whose opportunity or win comes before the quarter ends.

use crate::model::{LeadId, Model};
use crate::random::Law;
use crate::time::Instant;
use crate::trial::{self, Happening, Lead, Prepared, Watch};
use rayon::prelude::*;

/// What of a quarter's leads comes in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Lags {
    /// Share of the opportunities (or wins) that come before the quarter ends.
    pub inside: f64,
    /// The same by week of creation, from the first.
    pub by_week: Vec<f64>,
    /// Length of the quarter, days.
    pub days: f64,
}

impl Lags {
    /// Of leads created evenly over so many days, each taking as long as `law` says (days).
    pub fn of_law(law: &Law, days: f64) -> Lags {
        let steps = 2_000;
        let share = |from: f64, until: f64| {
            let width = (until - from) / f64::from(steps);
            let sum: f64 =
                (0..steps).map(|step| law.cdf(days - from - (f64::from(step) + 0.5) * width)).sum();
            sum / f64::from(steps)
        };
        let weeks = (days / 7.0).ceil() as usize;
        let of_week = |week: usize| share(7.0 * week as f64, (7.0 * (week + 1) as f64).min(days));
        Lags { inside: share(0.0, days), by_week: (0..weeks).map(of_week).collect(), days }
    }

    /// Of opportunities (or wins) seen: when each lead was created, and how likely what came of it came in time.
    fn of_seen(seen: &[(Instant, f64)], model: &Model) -> Lags {
        let horizon = &model.horizon;
        let days = (horizon.end - horizon.start).as_days();
        let weeks = (days / 7.0).ceil() as usize;
        let mut sums = vec![(0.0, 0.0); weeks];
        for (created, inside) in seen {
            let week = ((*created - horizon.start).as_days() / 7.0) as usize;
            let sum = &mut sums[week.min(weeks - 1)];
            *sum = (sum.0 + inside, sum.1 + 1.0);
        }
        let share = |(inside, all): (f64, f64)| if all > 0.0 { inside / all } else { 0.0 };
        let total = sums.iter().fold((0.0, 0.0), |total, sum| (total.0 + sum.0, total.1 + sum.1));
        Lags { inside: share(total), by_week: sums.into_iter().map(share).collect(), days }
    }

    /// The last week, counted from 1, of whose leads at least this share comes in time; 0 if not even of the first week's.
    pub fn until_week(&self, share: f64) -> usize {
        self.by_week.iter().rposition(|inside| *inside >= share).map_or(0, |place| place + 1)
    }
}

/// When leads of the horizon became opportunities, and those that are won when.
#[derive(Default)]
struct Opportunities(Vec<(Instant, Instant)>);

impl Watch for Opportunities {
    fn lead(&mut self, _now: Instant, _id: LeadId, lead: &Lead, what: Happening) {
        if let Happening::Opportunity { at, .. } = what
            && lead.in_horizon
            && lead.pass == 0
        {
            self.0.push((lead.created, at));
        }
    }
}

/// Trials that are played to see how long leads take: about 2,000 opportunities of the template's team.
pub const LAG_TRIALS: u64 = 20;

/// What of the horizon's leads become opportunities, and are won, before it ends, as seen in [`LAG_TRIALS`] trials; `None` without any.
///
/// A win follows its opportunity by the scenario's sales cycle, which every opportunity draws from the same law, so its chance to come in time
/// is that law's at the days left.
pub fn of_model(model: &Model, seed: u64) -> Option<(Lags, Lags)> {
    let prepared = Prepared::new(model);
    let trials: Vec<Vec<(Instant, Instant)>> = (0..LAG_TRIALS)
        .into_par_iter()
        .map(|number| {
            let mut seen = Opportunities::default();
            trial::run(&prepared, seed, number, &mut seen);
            seen.0
        })
        .collect();
    let end = model.horizon.end;
    let all: Vec<(Instant, Instant)> = trials.concat();
    if all.is_empty() {
        return None;
    }
    let opportunities: Vec<(Instant, f64)> =
        all.iter().map(|(created, at)| (*created, f64::from(u8::from(*at < end)))).collect();
    let cycle = &model.buyers.funnel.cycle_days;
    let in_time = |at: Instant| if at < end { cycle.cdf((end - at).as_days()) } else { 0.0 };
    let wins: Vec<(Instant, f64)> = all.iter().map(|(created, at)| (*created, in_time(*at))).collect();
    Some((Lags::of_seen(&opportunities, model), Lags::of_seen(&wins, model)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_lag_loses_its_share_of_the_quarter() {
        let lags = Lags::of_law(&Law::Constant(30.0), 91.0);
        assert!((lags.inside - 61.0 / 91.0).abs() < 1e-3, "{}", lags.inside);
        // created by day 61: the eighth week lies before it, the ninth mostly
        assert_eq!((lags.until_week(0.9), lags.until_week(0.5), lags.by_week.len()), (8, 9, 13));
    }

    /// Exponential lags of mean m over T days: 1 − (m / T) (1 − exp(−T / m)).
    #[test]
    fn a_memoryless_lag_has_a_closed_form() {
        let (mean, days) = (30.0, 91.0);
        let exact = 1.0 - mean / days * (1.0 - f64::exp(-days / mean));
        assert!((Lags::of_law(&Law::Exponential { mean }, days).inside - exact).abs() < 1e-6);
        assert_eq!(Lags::of_law(&Law::Constant(120.0), 91.0).until_week(0.5), 0);
    }
}
