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
        let pairs = constraints.len() * constraints.len().saturating_sub(1) / 2;
        let level = paired::level_of_each(self.asked.level, pairs);
        let mut swapped = Vec::new();
        for (place, behind) in own.gains.iter().enumerate() {
            for ahead in &own.gains[..place] {
                let lead = difference(
                    Yardstick::Pipeline,
                    without(ahead.constraint),
                    without(behind.constraint),
                    level,
                );
                if lead.shown().is_some_and(|(low, _)| low > 0.0) {
                    swapped.push((ahead.constraint, behind.constraint));
                }
            }
        }
        Ok(Some(Some(OtherCurve::Played { curve, moved_to_contact, alone, swapped, trials })))
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
