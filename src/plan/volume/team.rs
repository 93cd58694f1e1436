//! The team plays several volumes on the same luck: what each brings, and how likely it reaches the goal.

use super::amounts::Reach;
use super::counts::{CountLaw, beta_points};
use crate::model::{Model, NotScalable};
use crate::stats::{Estimate, Method, RatioTallyF, mean, proportion, quantile};
use crate::study::{self, Ending, Failure, Progress, Settings};
use crate::trial::Funnel;

/// What one headcount made of one volume, trial by trial.
#[derive(Debug, Clone, PartialEq)]
pub struct Played {
    /// How many times today's volume.
    pub times: f64,
    /// New MQLs of each trial.
    pub mqls: Vec<f64>,
    /// Meetings held with them.
    pub held: Vec<f64>,
    /// Opportunities, expected given the held meetings.
    pub expected: Vec<f64>,
    /// Opportunities, drawn.
    pub opportunities: Vec<f64>,
    /// Pipeline, drawn, dollars.
    pub pipeline: Vec<f64>,
}

/// Why a volume could not be played.
#[derive(Debug, thiserror::Error)]
pub enum NotPlayed {
    /// Some leads cannot be multiplied.
    #[error(transparent)]
    Source(#[from] NotScalable),
    /// A trial failed.
    #[error(transparent)]
    Trial(#[from] Failure),
}

impl Played {
    /// Plays a calibrated model at so many times its volume; `None` if the user stopped it.
    ///
    /// # Errors
    ///
    /// [`NotPlayed`] where the sources cannot be multiplied, or a trial failed.
    pub fn of(
        model: &Model,
        times: f64,
        settings: &Settings,
        progress: &dyn Progress,
    ) -> Result<Option<Played>, NotPlayed> {
        let study = study::run(model.with_volume(times)?, settings.clone(), progress)?;
        if study.ending == Ending::Stopped {
            return Ok(None);
        }
        let funnels: Vec<Funnel> = study
            .records
            .iter()
            .map(|record| record.tiers.iter().fold(Funnel::default(), |sum, tier| sum + &tier.funnel))
            .collect();
        let each = |value: fn(&Funnel) -> f64| funnels.iter().map(value).collect::<Vec<f64>>();
        Ok(Some(Played {
            times,
            mqls: each(|f| f64::from(f.mqls)),
            held: each(|f| f64::from(f.held)),
            expected: each(|f| f.opportunities_expected),
            opportunities: each(|f| f64::from(f.opportunities)),
            pipeline: each(|f| f.pipeline),
        }))
    }

    /// Number of trials.
    pub fn trials(&self) -> u64 {
        self.mqls.len() as u64
    }

    /// Mean MQLs a trial.
    pub fn leads(&self) -> f64 {
        mean::average(&self.mqls)
    }

    /// Opportunities an MQL, pooled over the trials.
    pub fn rate(&self, level: f64) -> Estimate {
        let mut tally = RatioTallyF::default();
        self.expected.iter().zip(&self.mqls).for_each(|(x, n)| tally.add(*x, *n));
        tally.estimate(level)
    }

    /// Opportunities a trial.
    pub fn mean_opportunities(&self, level: f64) -> Estimate {
        mean::mean(&self.expected, level)
    }

    /// Typical range (8 of 10 trials) of something counted by trial.
    pub fn typical(values: &[f64]) -> Option<(f64, f64)> {
        (values.len() > 1).then(|| quantile::typical_range(values))
    }

    /// Pipeline over this many dollars of bookings: its typical range, and the share of trials in which it is at least `least`.
    pub fn coverage(&self, bookings: f64, least: f64, level: f64) -> (Option<(f64, f64)>, Estimate) {
        let each: Vec<f64> = self.pipeline.iter().map(|pipeline| pipeline / bookings).collect();
        let covered = each.iter().filter(|times| **times >= least).count() as u64;
        (Played::typical(&each), proportion::wilson(covered, self.trials(), level))
    }

    /// The first trials only.
    pub fn first(&self, trials: usize) -> Played {
        let cut = |values: &[f64]| values[..trials.min(values.len())].to_vec();
        Played {
            times: self.times,
            mqls: cut(&self.mqls),
            held: cut(&self.held),
            expected: cut(&self.expected),
            opportunities: cut(&self.opportunities),
            pipeline: cut(&self.pipeline),
        }
    }

    /// The coefficient of variation that the planned volume itself has, beyond a Poisson count: √((variance / mean − 1) / mean), or 0.
    pub fn unevenness(&self) -> f64 {
        let centre = self.leads();
        match mean::variance(&self.mqls) {
            Some(variance) if centre > 0.0 => ((variance / centre - 1.0) / centre).max(0.0).sqrt(),
            _ => 0.0,
        }
    }
}

/// A goal, as it is judged trial by trial.
#[derive(Debug, Clone)]
pub struct Judge {
    reach: Reach,
    /// What the true rate may be of the rate simulated, with weights.
    rates: Vec<(f64, f64)>,
    /// Bookings that pipeline is to cover, dollars.
    pub(super) bookings: f64,
    /// Confidence level of everything read off.
    pub(super) level: f64,
}

/// Points to which the Beta law of the rate is thinned: 240 in tens, each ten by its mean (its effect on a probability is below 1e-4).
const THINNED: usize = 10;

impl Judge {
    /// Of a goal of so many mean amounts that spread by `cv`, the rate known from so many past leads, or exactly; coverage is
    /// of so many dollars of bookings.
    pub fn new(deals: f64, cv: f64, rate: f64, past: Option<f64>, bookings: f64, level: f64) -> Judge {
        let rates = match past {
            Some(past) if rate > 0.0 && rate < 1.0 => {
                let points = beta_points(past * rate, past * (1.0 - rate));
                let thinned = points.chunks(THINNED).map(|ten| {
                    let weight: f64 = ten.iter().map(|(_, weight)| weight).sum();
                    let centre = ten.iter().map(|(chance, w)| chance * w).sum::<f64>() / weight;
                    (centre / rate, weight)
                });
                thinned.collect()
            }
            _ => vec![(1.0, 1.0)],
        };
        Judge { reach: Reach::new(deals, cv), rates, bookings, level }
    }

    /// The probability that a trial reaches the goal, averaged over the trials, with a t interval.
    ///
    /// Given the meetings held in a trial, the opportunities are binomial (in truth a sum of tiers' binomials with the same mean: a
    /// little more even) and amounts log-normal, so a trial gives a probability and not a yes or no. Where the rate is not known, the
    /// meetings held are scaled by what the true rate may be of the simulated one.
    pub fn chance(&self, played: &Played) -> Estimate {
        self.over(&self.by_trial(played))
    }

    /// The probability that the goal is reached, trial by trial.
    pub fn by_trial(&self, played: &Played) -> Vec<f64> {
        let trials = played.held.iter().zip(&played.expected);
        trials.map(|(held, expected)| self.of_trial(*held, *expected)).collect()
    }

    /// The mean of probabilities by trial, with a t interval inside of 0 and 1.
    pub(super) fn over(&self, each: &[f64]) -> Estimate {
        let estimate = mean::mean(each, self.level);
        Estimate {
            low: estimate.low.map(|low| low.max(0.0)),
            high: estimate.high.map(|high| high.min(1.0)),
            method: Method::StudentT,
            ..estimate
        }
    }

    fn of_trial(&self, held: f64, expected: f64) -> f64 {
        if held <= 0.0 {
            return self.reach.of(0);
        }
        let chance = (expected / held).min(1.0);
        let whole = |held: f64| CountLaw::Binomial { trials: held as u64, chance }.reaches(&self.reach);
        let of_rate = |times: f64| {
            let (low, part) = ((held * times).floor(), (held * times).fract());
            let below = if part < 1.0 { (1.0 - part) * whole(low) } else { 0.0 };
            below + if part > 0.0 { part * whole(low + 1.0) } else { 0.0 }
        };
        self.rates.iter().map(|(times, weight)| weight * of_rate(*times)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::volume::{Delivery, Layer, Question, Solver};
    use crate::random::{Key, Law};

    /// Trials made by hand: Poisson meetings of which every second becomes an opportunity, so that opportunities are Poisson and the exact answer
    /// is the ladder's. 4,000 trials: four standard errors, a false alarm of 6e-5 were the seed changed.
    #[test]
    fn a_team_that_never_saturates_gives_the_ladders_probability() {
        let trials = 4_000_u64;
        let draw = |n: u64| Law::Poisson { mean: 2.0 * 66.5, unit: 1.0 }.draw(Key::root(31).child(n), 0, 0);
        let held: Vec<f64> = (0..trials).map(draw).collect();
        let played = Played {
            times: 1.0,
            mqls: vec![266.0; held.len()],
            expected: held.iter().map(|held| held / 2.0).collect(),
            opportunities: vec![0.0; held.len()],
            pipeline: vec![0.0; held.len()],
            held,
        };
        let question = Question {
            goal: 2e6,
            amount: 40e3,
            amount_cv: 0.8,
            rate: 0.25,
            rate_from: Some(200.0),
            delivery: Delivery::AtRandom,
            inside: 1.0,
        };
        for (past, layer) in [(None, Layer::VolumeLuck), (Some(200.0), Layer::Ignorance)] {
            let found = Judge::new(50.0, 0.8, 0.25, past, 500e3, 0.95).chance(&played);
            let exact = Solver::new(question).probability(layer, 266);
            let error = found.half_width().expect("many trials") / 1.96;
            // scaling the meetings by the rate is a little less noisy than drawing them anew: 0.002
            assert!((found.value - exact).abs() < 4.0 * error + 0.002, "{layer:?} {} {exact}", found.value);
        }
    }

    #[test]
    fn a_trial_without_meetings_brings_nothing() {
        let judge = Judge::new(1.0, 0.8, 0.25, None, 1.0, 0.95);
        assert_eq!(judge.of_trial(0.0, 0.0), 0.0);
        assert!(judge.of_trial(10.0, 6.0) > 0.9);
    }
}
