//! What binds under a second decay curve: today and each constraint taken away alone, once more, ranked by dollars.

use super::constraints::Constraint;
use super::curves::{self, Refused, Second};
use super::why::{Bench, MOST_TRIALS_OF_OTHER_CURVE, OtherCurve, Ranking};
use super::yardstick::{Played, Yardstick, difference};
use crate::model::Decay;
use crate::scenario::Scenario;
use crate::stats::{Estimate, paired};
use crate::study::{Failure, Pilot};

impl Bench<'_> {
    /// Today and each constraint alone under a second decay curve; none where it was stopped.
    pub fn other_curve(
        &mut self,
        scenario: &Scenario,
        pilot: &Pilot<'_>,
        rankings: &[Ranking],
    ) -> Result<Option<Option<OtherCurve>>, Failure> {
        let Second { curve, moved_to_contact, decay } = match curves::beside_own(scenario, pilot) {
            None => return Ok(Some(None)),
            Some(Err(Refused { curve, why })) => return Ok(Some(Some(OtherCurve::Refused { curve, why }))),
            Some(Ok(second)) => second,
        };
        let Some(own) = rankings.iter().find(|ranking| ranking.yardstick == Yardstick::Pipeline) else {
            return Ok(Some(None));
        };
        let Some(played) = self.under(&decay)? else { return Ok(None) };
        let trials = played[0].len() as u64;
        let level = self.level();
        let constraints = self.constraints.present.clone();
        let without = |constraint: Constraint| {
            let place = constraints.iter().position(|other| *other == constraint);
            &played[1 + place.expect("every gain is of a present constraint")]
        };
        let mut alone: Vec<(Constraint, Estimate)> = constraints
            .iter()
            .map(|c| (*c, difference(Yardstick::Pipeline, &played[0], without(*c), level)))
            .collect();
        alone.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
        let first: Vec<Vec<Played>> = std::iter::once(0)
            .chain((0..constraints.len()).map(|place| 1 << place))
            .map(|coalition| self.all(coalition))
            .collect();
        let ranked: Vec<Constraint> = own.gains.iter().map(|gain| gain.constraint).collect();
        let place = |constraint: Constraint| {
            let place = constraints.iter().position(|other| *other == constraint);
            1 + place.expect("every gain is of a present constraint")
        };
        let by_place: Vec<usize> = ranked.iter().map(|constraint| place(*constraint)).collect();
        let Order { swapped, open } = order(&by_place, &first, &played, self.asked.level);
        let named = |(ahead, behind): (usize, usize)| (constraints[ahead - 1], constraints[behind - 1]);
        let swapped = swapped.into_iter().map(named).collect();
        let open = open.into_iter().map(named).collect();
        Ok(Some(Some(OtherCurve::Played { curve, moved_to_contact, alone, swapped, open, trials })))
    }

    /// Today and each constraint alone under another decay; none where it was stopped.
    fn under(&mut self, decay: &Decay) -> Result<Option<Vec<Vec<Played>>>, Failure> {
        self.constraints.set_decay(Some(decay));
        let trials: Vec<u64> = (0..self.asked.trials.min(MOST_TRIALS_OF_OTHER_CURVE)).collect();
        let mut all = Vec::new();
        for coalition in std::iter::once(0).chain((0..self.constraints.present.len()).map(|p| 1 << p)) {
            let model = self.constraints.without(coalition);
            let Some(played) = self.played(&model, &trials)? else { return Ok(None) };
            all.push(played);
        }
        Ok(Some(all))
    }
}

/// Pairs whose order by pipeline is the other way round under the second curve: the first was ahead under the scenario's own.
#[derive(Debug, Default, PartialEq)]
struct Order {
    /// Surely so under both.
    swapped: Vec<(usize, usize)>,
    /// Surely so under the second, while the scenario's own does not tell them apart.
    open: Vec<(usize, usize)>,
}

/// Holds each two of `ranked`, by their place among those played, against each other under both curves; the first under the own come first. All
/// differences of one curve hold together.
fn order(ranked: &[usize], own: &[Vec<Played>], second: &[Vec<Played>], level: f64) -> Order {
    let pairs = ranked.len() * ranked.len().saturating_sub(1) / 2;
    let level = paired::level_of_each(level, pairs);
    let leads = |played: &[Vec<Played>], ahead: usize, behind: usize| {
        let lead = difference(Yardstick::Pipeline, &played[behind], &played[ahead], level);
        lead.shown().is_some_and(|(low, _)| low > 0.0)
    };
    let mut order = Order::default();
    for (place, behind) in ranked.iter().enumerate() {
        for ahead in &ranked[..place] {
            if leads(second, *behind, *ahead) {
                let is_sure = leads(own, *ahead, *behind);
                let list = if is_sure { &mut order.swapped } else { &mut order.open };
                list.push((*ahead, *behind));
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sixty trials around a mean.
    fn around(mean: f64, spread: f64) -> Vec<Played> {
        let sign = |trial: u32| if trial.is_multiple_of(2) { 1.0 } else { -1.0 };
        (0..60)
            .map(|trial| Played {
                kept: 0,
                judged: 0,
                opportunities: 0.0,
                pipeline: mean + spread * sign(trial),
            })
            .collect()
    }

    /// The order is another only where both curves tell it; where the own one does not, that is said and no more.
    #[test]
    fn an_order_is_another_only_where_both_curves_tell_it() {
        let (level, ranked) = (0.95, [1, 2]);
        let today = around(0.0, 0.0);
        let under = |first: Vec<Played>, second: Vec<Played>| vec![today.clone(), first, second];
        let turned = under(around(1.0, 0.1), around(2.0, 0.1));
        let sure = under(around(2.0, 0.1), around(1.0, 0.1));
        assert_eq!(order(&ranked, &sure, &turned, level), Order { swapped: vec![(1, 2)], open: vec![] });
        let unsure = under(around(2.0, 90.0), around(1.0, 0.1));
        assert_eq!(order(&ranked, &unsure, &turned, level), Order { swapped: vec![], open: vec![(1, 2)] });
        assert_eq!(order(&ranked, &sure, &sure, level), Order::default());
    }
}
