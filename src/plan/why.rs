//! Which constraint binds: each taken away alone, all together, and each one's fair share of the whole gap, on the same leads.

use super::constraints::{Constraint, Constraints};
use super::picked;
use super::yardstick::{Played, Yardstick, difference, level_of, of, worth};
use crate::model::Model;
use crate::random::Key;
use crate::scenario::Scenario;
use crate::stats::shapley::{Coalition, Orders, everybody};
use crate::stats::{Estimate, Method, paired};
use crate::study::{DecayRefused, Failure, Pilot, Progress};
use crate::trial::Outcome;
use std::collections::BTreeMap;

/// Most trials under the second decay curve: differences are paired, so few are enough.
pub const MOST_TRIALS_OF_OTHER_CURVE: u64 = 100;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// Place of the promise in the agreement; none where there is no promise to ask about.
    pub promise: Option<usize>,
    /// Trials of every scenario.
    pub trials: u64,
    /// Seed of all chance.
    pub seed: u64,
    /// Level of the intervals of one column together.
    pub level: f64,
}

/// One constraint, measured in one yardstick.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gain {
    /// Which constraint.
    pub constraint: Constraint,
    /// What taking it away alone brings: without it minus today.
    pub alone: Estimate,
    /// Its Shapley share of what taking all away brings; none where the user stopped before.
    pub share: Option<Estimate>,
    /// How many times the trials it would take to know `alone` as well without the same leads; none where it does not vary.
    pub worth: Option<f64>,
}

/// All constraints in one yardstick, the one that brings most alone first.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// What is measured.
    pub yardstick: Yardstick,
    /// As it is today.
    pub today: Estimate,
    /// With every constraint taken away; not known where the user stopped it before.
    pub everything: Estimate,
    /// The whole gap: everything taken away minus today; the shares add up to it. Not known where the user stopped it before.
    pub gap: Estimate,
    /// By what each brings alone, most first; of those that were played.
    pub gains: Vec<Gain>,
}

/// The ranking by pipeline under another decay curve.
#[derive(Debug, Clone, PartialEq)]
pub enum OtherCurve {
    /// It was played.
    Played {
        /// Its name.
        curve: String,
        /// Share of its effect that had to be put on contact to make it possible, where that differs.
        moved_to_contact: Option<f64>,
        /// What each constraint brings alone, dollars of pipeline, most first.
        alone: Vec<(Constraint, Estimate)>,
        /// Pairs whose order by pipeline is the other way round, told apart under both curves: the first was ahead under the scenario's own.
        swapped: Vec<(Constraint, Constraint)>,
        /// The same told apart under this curve only: whether their order is another cannot be told.
        open: Vec<(Constraint, Constraint)>,
        /// Trials.
        trials: u64,
    },
    /// It cannot be true of this scenario.
    Refused {
        /// Its name.
        curve: String,
        /// Why.
        why: String,
    },
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// By attainment (where there is a promise that leads fell under), opportunities and pipeline.
    pub rankings: Vec<Ranking>,
    /// Constraints that the scenario has, in the order of [`Constraint::ALL`].
    pub present: Vec<Constraint>,
    /// Constraints that it has nothing of: they bring exactly nothing.
    pub absent: Vec<Constraint>,
    /// The group that one more rep joins.
    pub joins: Option<String>,
    /// How shares were worked out.
    pub orders: Orders,
    /// The same by pipeline under a second decay curve; none where speed has no effect, the curve is its author's own, or it was stopped.
    pub other: Option<OtherCurve>,
    /// Trials of every scenario.
    pub trials: u64,
    /// Trials played in all.
    pub played: u64,
    /// Scenarios played.
    pub scenarios: u64,
    /// Level of each interval, so that those of one column hold together.
    pub level_of_each: f64,
    /// Whether the user stopped it before the shares or the second curve were finished.
    pub stopped: bool,
    /// Constraints that the scenario has and that the user stopped before: what they bring alone is not known.
    pub unplayed: Vec<Constraint>,
}

impl Why {
    /// Whether the user stopped it before every constraint alone, and all together, were played.
    pub fn is_part(&self) -> bool {
        self.rankings.first().is_some_and(|ranking| !ranking.gap.is_known())
    }
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum WhyError {
    /// The decay curve cannot be true.
    #[error(transparent)]
    Decay(#[from] DecayRefused),
    /// A trial failed.
    #[error(transparent)]
    Trial(#[from] Failure),
}

/// Trials that [`why`] plays at most, all scenarios together.
pub fn plays(players: usize, trials: u64) -> u64 {
    let each = match Orders::for_players(players) {
        Orders::All => 1 << players,
        // nobody, everybody, each alone, and what two orders pass through beside
        Orders::DrawnPair => (2 + players + 2 * players.saturating_sub(2)) as u64,
    };
    trials.saturating_mul(each) + trials.min(MOST_TRIALS_OF_OTHER_CURVE) * (players as u64 + 1)
}

/// Plays today, today without each constraint, without all, and what shares need beside. Where the user stops it, what was finished is the
/// answer; nothing where not even today was.
///
/// # Errors
///
/// [`WhyError`] names an impossible decay curve or the trial that failed.
pub fn why(scenario: &Scenario, asked: &Asked, progress: &dyn Progress) -> Result<Option<Why>, WhyError> {
    let promise = asked.promise.map(|place| &scenario.model.agreement.commitments[place]);
    let mut constraints = Constraints::of(scenario, promise);
    let pilot = Pilot::of(&scenario.base);
    let mut calibrated = scenario.model.clone();
    pilot.calibrate(&mut calibrated)?;
    constraints.set_decay(calibrated.buyers.decay.as_ref());
    let players = constraints.present.len();
    let mut bench = Bench {
        asked,
        orders: Orders::for_players(players),
        constraints,
        progress,
        planned: plays(players, asked.trials),
        done: 0,
        by_coalition: BTreeMap::new(),
    };
    let all: Vec<u64> = (0..asked.trials).collect();
    let alone = (0..players).map(|place| 1 << place);
    let mut goes_on = true;
    for coalition in std::iter::once(0).chain(alone).chain([everybody(players)]) {
        goes_on = goes_on && bench.play(coalition, &all)?;
    }
    if !bench.is_whole(0) {
        return Ok(None);
    }
    let has_shares = goes_on && bench.play_orders()?;
    let rankings = bench.rankings(has_shares);
    let scenarios = bench.by_coalition.values().filter(|played| !played.is_empty()).count() as u64;
    let present = || bench.constraints.present.iter().enumerate();
    let unplayed: Vec<Constraint> = present()
        .filter(|(place, _)| !bench.is_whole(1 << place))
        .map(|(_, constraint)| *constraint)
        .collect();
    let other = if has_shares { bench.other_curve(scenario, &pilot, &rankings)? } else { Some(None) };
    Ok(Some(Why {
        stopped: !has_shares || other.is_none(),
        unplayed,
        other: other.flatten(),
        rankings,
        orders: bench.orders,
        trials: asked.trials,
        played: bench.done,
        scenarios,
        level_of_each: bench.level(),
        absent: bench.constraints.absent,
        joins: bench.constraints.joins,
        present: bench.constraints.present,
    }))
}

/// What has been played so far, by coalition of lifted constraints and by trial.
pub(super) struct Bench<'a> {
    pub asked: &'a Asked,
    orders: Orders,
    pub constraints: Constraints,
    progress: &'a dyn Progress,
    planned: u64,
    done: u64,
    by_coalition: BTreeMap<Coalition, BTreeMap<u64, Played>>,
}

impl Bench<'_> {
    /// Level of each interval, so that those of one column hold together (Bonferroni).
    pub fn level(&self) -> f64 {
        paired::level_of_each(self.asked.level, self.constraints.present.len())
    }

    /// Plays those of these trials that the coalition has not had yet; whether nobody stopped it.
    fn play(&mut self, coalition: Coalition, trials: &[u64]) -> Result<bool, Failure> {
        let known = self.by_coalition.entry(coalition).or_default();
        let missing: Vec<u64> = trials.iter().copied().filter(|trial| !known.contains_key(trial)).collect();
        if missing.is_empty() {
            return Ok(true);
        }
        let model = self.constraints.without(coalition);
        let Some(played) = self.played(&model, &missing)? else { return Ok(false) };
        self.by_coalition.entry(coalition).or_default().extend(missing.into_iter().zip(played));
        Ok(true)
    }

    pub fn played(&mut self, model: &Model, trials: &[u64]) -> Result<Option<Vec<Played>>, Failure> {
        let (promise, before) = (self.asked.promise, self.done);
        let keep = |outcome: &Outcome| of(outcome, promise);
        let (progress, planned, done) = (self.progress, self.planned, &mut self.done);
        picked::play(model, self.asked.seed, trials, keep, progress, |more| {
            *done = before + more;
            progress.done(*done, planned);
        })
    }

    /// Whose luck draws the order of a trial: owned by the trial, so that more trials leave it.
    fn luck(&self, trial: u64) -> Key {
        Key::root(self.asked.seed).named("order in which constraints go").child(trial)
    }

    /// Plays what the orders of every trial pass through.
    fn play_orders(&mut self) -> Result<bool, Failure> {
        let players = self.constraints.present.len();
        let mut wanted: BTreeMap<Coalition, Vec<u64>> = BTreeMap::new();
        for trial in 0..self.asked.trials {
            for coalition in self.orders.coalitions(players, self.luck(trial)) {
                wanted.entry(coalition).or_default().push(trial);
            }
        }
        for (coalition, trials) in wanted {
            if !self.play(coalition, &trials)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a coalition was played on all trials: one that the user stopped is not.
    fn is_whole(&self, coalition: Coalition) -> bool {
        self.by_coalition.get(&coalition).is_some_and(|played| played.len() as u64 == self.asked.trials)
    }

    /// All trials of a coalition that was played on all of them.
    pub fn all(&self, coalition: Coalition) -> Vec<Played> {
        self.by_coalition[&coalition].values().copied().collect()
    }

    fn rankings(&self, has_shares: bool) -> Vec<Ranking> {
        let everything = everybody(self.constraints.present.len());
        let is_judged =
            [0, everything].map(|s| !self.is_whole(s) || self.all(s).iter().any(|trial| trial.judged > 0));
        let yardsticks = [Yardstick::Attainment, Yardstick::Opportunities, Yardstick::Pipeline];
        let wanted = yardsticks.into_iter().filter(|yardstick| {
            *yardstick != Yardstick::Attainment || self.asked.promise.is_some() && is_judged == [true; 2]
        });
        wanted.map(|yardstick| self.ranking(yardstick, has_shares)).collect()
    }

    fn ranking(&self, yardstick: Yardstick, has_shares: bool) -> Ranking {
        let players = self.constraints.present.len();
        let unknown = Estimate::unknown(self.asked.level, Method::PairedT, 0);
        let known = |estimate: Option<Estimate>| estimate.unwrap_or(unknown);
        let today = self.all(0);
        let everything = Some(everybody(players)).filter(|all| self.is_whole(*all)).map(|all| self.all(all));
        let shares = has_shares.then(|| self.shares(yardstick));
        let gain = |(place, constraint): (usize, &Constraint)| {
            let without = self.all(1 << place);
            Gain {
                constraint: *constraint,
                alone: difference(yardstick, &today, &without, self.level()),
                share: shares.as_ref().map(|shares| shares[place]),
                worth: worth(yardstick, &today, &without),
            }
        };
        let played =
            self.constraints.present.iter().enumerate().filter(|(place, _)| self.is_whole(1 << place));
        let mut gains: Vec<Gain> = played.map(gain).collect();
        gains.sort_by(|a, b| b.alone.value.total_cmp(&a.alone.value));
        Ranking {
            yardstick,
            today: level_of(yardstick, &today, self.asked.level),
            everything: known(everything.as_ref().map(|all| level_of(yardstick, all, self.asked.level))),
            gap: known(everything.as_ref().map(|all| difference(yardstick, &today, all, self.asked.level))),
            gains,
        }
    }

    /// Every player's share of the gap, its interval from the variation of the share from trial to trial: the luck of the trial and
    /// that of its orders together.
    ///
    /// Of attainment a trial's worth is X − R N for X kept of N judged, with today's pooled share R: leads in time beyond what today's
    /// share would keep. Summed over trials it is 0 today, and R(everything) − R of all leads judged once everything is gone, so that
    /// shares over those leads add up to the gap exactly, though a ratio of sums is no sum over trials.
    fn shares(&self, yardstick: Yardstick) -> Vec<Estimate> {
        let players = self.constraints.present.len();
        let today = level_of(yardstick, &self.all(0), self.asked.level).value;
        let worth = |played: &Played| match yardstick {
            Yardstick::Attainment => f64::from(played.kept) - today * f64::from(played.judged),
            Yardstick::Opportunities => played.opportunities,
            Yardstick::Pipeline => played.pipeline,
        };
        let of_trial = |trial: u64| {
            let value = |coalition: Coalition| worth(&self.by_coalition[&coalition][&trial]);
            self.orders.shares(players, self.luck(trial), value)
        };
        let by_trial: Vec<Vec<f64>> = (0..self.asked.trials).map(of_trial).collect();
        let judged: Vec<f64> =
            self.all(everybody(players)).iter().map(|played| f64::from(played.judged)).collect();
        let nothing = vec![0.0; by_trial.len()];
        let estimate = |place: usize| {
            let shares: Vec<f64> = by_trial.iter().map(|shares| shares[place]).collect();
            let estimate = match yardstick {
                Yardstick::Attainment => {
                    let pairs = |values: &[f64]| -> Vec<(f64, f64)> {
                        values.iter().copied().zip(judged.iter().copied()).collect()
                    };
                    paired::ratios(&pairs(&nothing), &pairs(&shares), self.level())
                }
                _ => paired::means(&nothing, &shares, self.level()),
            };
            estimate.expect("both lists have one entry a trial")
        };
        (0..players).map(estimate).collect()
    }
}
