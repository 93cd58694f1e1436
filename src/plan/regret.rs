//! What choosing the cheapest set may cost in deals: the answer, the runner-up and today, with fresh luck, under two decay curves.

use super::curves::beside;
use super::fix::{Fixed, OnlyStop, Wanted, settings};
use super::price_list::PriceList;
use super::size::{fresh, hold};
use crate::model::Model;
use crate::scenario::{Scenario, Set};
use crate::stats::{Estimate, paired, proportion};
use crate::study::{self, Ending, Failure, Pilot, Progress, Study};
use crate::trial::Outcome;

/// Who is ahead in dollars, after the difference in price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ahead {
    /// The answer.
    Answer,
    /// The runner-up: the answer's regret is above 0.
    RunnerUp,
    /// The interval holds 0.
    CannotTell,
}

/// What fresh luck says under one decay curve.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct UnderCurve {
    /// The curve's name; none where speed has no effect on deals.
    pub curve: Option<String>,
    /// Why it was not played, in a few words.
    pub refused: Option<String>,
    /// Share of trials in which the promises hold today.
    pub today_holds: Option<Estimate>,
    /// Share of trials in which the promises hold with the answer.
    pub answer_holds: Option<Estimate>,
    /// The same with the runner-up.
    pub runner_up_holds: Option<Estimate>,
    /// Expected revenue a trial with the answer minus today's, dollars, before any price.
    pub gain: Option<Estimate>,
    /// Expected revenue of the runner-up minus the answer's, dollars, before any price.
    pub more: Option<Estimate>,
    /// The same less what the runner-up costs more: the regret of choosing the answer, where it is above 0.
    pub regret: Option<Estimate>,
    /// Who is ahead.
    pub ahead: Option<Ahead>,
    /// How many times the trials it would take without shared luck to know `more` as well.
    pub worth: Option<f64>,
    /// Of two sets between which the search leaves the choice open: share of trials in which the promises hold with the cheaper.
    pub cheaper_holds: Option<Estimate>,
    /// The same with the dearer.
    pub dearer_holds: Option<Estimate>,
    /// The dearer's share minus the cheaper's, trial by trial.
    pub dearer_holds_more: Option<Estimate>,
    /// Expected revenue of the dearer minus the cheaper's, less what it costs more: the regret of choosing the cheaper one, where above 0.
    pub regret_of_cheaper: Option<Estimate>,
}

/// Fresh luck under every curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Regret {
    /// The scenario's own curve first.
    pub curves: Vec<UnderCurve>,
    /// Trials of each set under each curve.
    pub trials: u64,
    /// Trials played in all.
    pub played: u64,
    /// Whether the user stopped it.
    pub stopped: bool,
}

impl Regret {
    /// How much more often the promises hold with the dearer of two sets between which the choice is open, on fresh luck under the scenario's own
    /// curve; none where it was not played.
    pub fn dearer_holds_more(&self) -> Option<Estimate> {
        self.curves.first()?.dearer_holds_more
    }

    /// Whether fresh luck speaks against the answer under the scenario's own curve.
    pub fn contradicts(&self, wanted: &Wanted) -> bool {
        let own = self.curves.first().and_then(|curve| curve.answer_holds);
        own.is_some_and(|holds| holds.high.is_some_and(|high| high < wanted.probability - wanted.margin))
    }
}

/// Expected revenue of a trial, dollars: expected opportunities × their mean amount × their win rate, tier by tier.
fn revenue(outcome: &Outcome) -> f64 {
    let of = |won: f64, pipeline: f64, opportunities: f64| {
        if opportunities > 0.0 { pipeline * won / opportunities } else { 0.0 }
    };
    outcome
        .tiers
        .iter()
        .map(|t| of(t.funnel.won_expected, t.funnel.pipeline_expected, t.funnel.opportunities_expected))
        .sum()
}

/// What was kept of one study.
struct Kept {
    holds: Estimate,
    held: Vec<bool>,
    revenue: Vec<f64>,
}

/// Plays today, the answer and the runner-up again, with luck that the search has not seen, under the scenario's decay curve and the one
/// that stands beside it; all on the same luck, so that their differences are paired.
///
/// # Errors
///
/// [`Failure`] if a trial fails.
pub fn regret(
    scenario: &Scenario,
    list: &PriceList,
    fixed: &Fixed,
    wanted: &Wanted,
    progress: &dyn Progress,
) -> Result<Option<Regret>, Failure> {
    if wanted.confirm == 0 {
        return Ok(None);
    }
    let (sets, roles) = who(list, fixed);
    if sets.len() == 1 {
        return Ok(None);
    }
    let pilot = Pilot::of(&scenario.base);
    let own = scenario.model.buyers.decay.as_ref().map(|decay| decay.curve.name.clone());
    let other = own.as_deref().and_then(beside).map(str::to_owned);
    let mut whole = Regret { curves: Vec::new(), trials: wanted.confirm, played: 0, stopped: false };
    for (place, curve) in std::iter::once(own).chain(other.map(Some)).enumerate() {
        let models = match models(scenario, list, &pilot, &sets, curve.as_deref().filter(|_| place > 0)) {
            Ok(models) => models,
            Err(why) => {
                whole.curves.push(UnderCurve { refused: Some(why), ..nothing(curve) });
                continue;
            }
        };
        let mut kept = Vec::new();
        for model in models {
            let watch = OnlyStop(progress);
            let study = study::run(model, settings(wanted, fresh(wanted.seed), wanted.confirm), &watch)?;
            whole.played += study.trials();
            let done = fixed.trials + whole.played;
            progress.done(done, done + wanted.confirm);
            if study.ending == Ending::Stopped {
                whole.stopped = true;
                return Ok(Some(whole));
            }
            kept.push(keep(&study, wanted));
        }
        whole.curves.push(under(curve, &kept, &roles, wanted.level));
    }
    Ok(Some(whole))
}

/// Who is played, by place among the sets that are: today first.
#[derive(Default)]
struct Roles {
    answer: Option<usize>,
    runner_up: Option<usize>,
    /// What the runner-up costs more than the answer.
    more_cost: f64,
    /// Two between which the search leaves the choice open, and what the second costs more.
    pair: Option<(usize, usize, f64)>,
}

/// The sets of levers to play, today's none first, each once.
fn who<'a>(list: &'a PriceList, fixed: &Fixed) -> (Vec<&'a [usize]>, Roles) {
    let mut sets: Vec<&[usize]> = vec![&[]];
    let mut add = |set: usize| {
        let levers = list.sets[set].levers.as_slice();
        // the answer may be to change nothing: it is then played as such, so that every role has its own place
        sets.iter().skip(1).position(|other| *other == levers).map(|place| place + 1).unwrap_or_else(|| {
            sets.push(levers);
            sets.len() - 1
        })
    };
    let price = |set: usize| list.sets[set].cost;
    let mut roles = Roles { answer: fixed.answer().map(|answer| add(answer.set)), ..Roles::default() };
    if let (Some(answer), Some(second)) = (fixed.answer(), fixed.runner_up()) {
        roles.runner_up = Some(add(second.set));
        roles.more_cost = price(second.set) - price(answer.set);
    }
    roles.pair = fixed.open_choice().map(|(cheaper, dearer)| {
        let (cheaper, dearer) = (fixed.tried[cheaper].set, fixed.tried[dearer].set);
        (add(cheaper), add(dearer), price(dearer) - price(cheaper))
    });
    (sets, roles)
}

fn keep(study: &Study, wanted: &Wanted) -> Kept {
    let held: Vec<bool> =
        study.records.iter().map(|record| hold(&study.model, &wanted.commitments, record)).collect();
    let times = held.iter().filter(|held| **held).count() as u64;
    Kept {
        holds: proportion::clopper_pearson_estimate(times, study.trials(), wanted.level),
        held,
        revenue: study.records.iter().map(revenue).collect(),
    }
}

/// Nothing played under this curve yet.
pub(crate) fn nothing(curve: Option<String>) -> UnderCurve {
    UnderCurve {
        curve,
        refused: None,
        today_holds: None,
        answer_holds: None,
        runner_up_holds: None,
        gain: None,
        more: None,
        regret: None,
        ahead: None,
        worth: None,
        cheaper_holds: None,
        dearer_holds: None,
        dearer_holds_more: None,
        regret_of_cheaper: None,
    }
}

/// What fresh luck says of those who were played (`kept`).
fn under(curve: Option<String>, kept: &[Kept], roles: &Roles, level: f64) -> UnderCurve {
    // without deals in the scenario there is no money to speak of
    let has_money = kept.iter().flat_map(|kept| &kept.revenue).any(|dollars| *dollars > 0.0);
    let of = |place: Option<usize>| place.and_then(|place| kept.get(place));
    let difference = |base: Option<usize>, other: Option<usize>| {
        let (base, other) = (of(base)?, of(other)?);
        paired::means(&base.revenue, &other.revenue, level).ok().filter(|_| has_money).map(honest)
    };
    let more = difference(roles.answer, roles.runner_up);
    let regret = more.map(|more| shifted(more, roles.more_cost));
    let worth = of(roles.answer)
        .zip(of(roles.runner_up))
        .and_then(|(answer, other)| paired::worth_of_pairing(&answer.revenue, &other.revenue).ok().flatten());
    UnderCurve {
        today_holds: kept.first().map(|kept| kept.holds),
        answer_holds: of(roles.answer).map(|kept| kept.holds),
        runner_up_holds: of(roles.runner_up).map(|kept| kept.holds),
        gain: difference(Some(0), roles.answer),
        more,
        regret,
        ahead: regret.map(|regret| match (regret.low, regret.high) {
            (Some(low), _) if low > 0.0 => Ahead::RunnerUp,
            (_, Some(high)) if high < 0.0 => Ahead::Answer,
            _ => Ahead::CannotTell,
        }),
        worth: worth.filter(|_| has_money),
        cheaper_holds: of(roles.pair.map(|pair| pair.0)).map(|kept| kept.holds),
        dearer_holds: of(roles.pair.map(|pair| pair.1)).map(|kept| kept.holds),
        dearer_holds_more: roles.pair.and_then(|(cheaper, dearer, _)| {
            let (cheaper, dearer) = (of(Some(cheaper))?, of(Some(dearer))?);
            Some(paired::holds(&cheaper.held, &dearer.held, level).ok()?.difference)
        }),
        regret_of_cheaper: roles.pair.and_then(|(cheaper, dearer, cost)| {
            difference(Some(cheaper), Some(dearer)).map(|more| shifted(more, cost))
        }),
        ..nothing(curve)
    }
}

/// The same estimate without ends where trials are too few for them.
fn honest(estimate: Estimate) -> Estimate {
    let (low, high) = estimate.shown().unzip();
    Estimate { low, high, ..estimate }
}

/// The same estimate less a known price.
fn shifted(estimate: Estimate, price: f64) -> Estimate {
    Estimate {
        value: estimate.value - price,
        low: estimate.low.map(|low| low - price),
        high: estimate.high.map(|high| high - price),
        ..estimate
    }
}

/// The models of these sets, calibrated; under another curve than the scenario's, all with the same split between contact and
/// qualification: the least with which the curve is possible for each of them.
fn models(
    scenario: &Scenario,
    list: &PriceList,
    pilot: &Pilot<'_>,
    sets: &[&[usize]],
    other_curve: Option<&str>,
) -> Result<Vec<Model>, String> {
    let mut models = Vec::new();
    let mut split: f64 = 0.0;
    for levers in sets {
        let mut changes = list.changes(levers);
        if let Some(curve) = other_curve {
            changes.push(Set::new("buyers.decay.curve", &format!("{curve:?}")).expect("a path and a word"));
        }
        let changed = scenario.with(&changes).map_err(|_| "this scenario does not take it".to_owned())?;
        let mut model = changed.model;
        let refused = |refusal: study::DecayRefused| {
            format!(
                "tier {}, answered at once, would need {} of {:.2}",
                refusal.tier, refusal.what, refusal.needed
            )
        };
        match other_curve {
            Some(_) => {
                split = split.max(pilot.calibrate_by_split(&mut model).map_err(refused)?.unwrap_or(0.0))
            }
            None => pilot.calibrate(&mut model).map_err(refused)?,
        }
        models.push(model);
    }
    for model in models.iter_mut().filter(|_| other_curve.is_some()) {
        if let Some(decay) = model.buyers.decay.as_mut() {
            decay.on_contact = split;
        }
        pilot
            .calibrate(model)
            .map_err(|refusal| format!("tier {} would need {}", refusal.tier, refusal.what))?;
    }
    Ok(models)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The runner-up brings $2 more in every trial: ahead at a price of $1, behind at $3; a constant has no width. Of 49 trials none is told ahead.
    #[test]
    fn the_regret_is_what_the_runner_up_brings_more_than_it_costs() {
        let kept_of = |trials: u32, extra: f64| Kept {
            holds: proportion::clopper_pearson_estimate(9, 10, 0.95),
            held: vec![true; trials as usize],
            revenue: (0..trials).map(|trial| f64::from(trial) + extra).collect(),
        };
        let kept = |extra: f64| kept_of(50, extra);
        let all = [kept(1.0), kept(5.0), kept(7.0)];
        let roles = |more_cost: f64| Roles {
            answer: Some(1),
            runner_up: Some(2),
            more_cost,
            pair: Some((0, 2, more_cost)),
        };
        let cheap = under(Some("gentle".into()), &all, &roles(1.0), 0.95);
        assert_eq!(cheap.gain.map(|gain| gain.value), Some(4.0));
        assert_eq!((cheap.more.map(|m| m.value), cheap.regret.map(|r| r.value)), (Some(2.0), Some(1.0)));
        assert_eq!(cheap.ahead, Some(Ahead::RunnerUp));
        // of today and the runner-up, if they were not told apart: $6 more in deals for $1
        assert_eq!(cheap.regret_of_cheaper.map(|regret| regret.value), Some(5.0));
        assert_eq!(under(None, &all, &roles(3.0), 0.95).ahead, Some(Ahead::Answer));
        let few = under(None, &[1.0, 5.0, 7.0].map(|extra| kept_of(49, extra)), &roles(3.0), 0.95);
        assert_eq!(few.ahead, Some(Ahead::CannotTell));
        assert!(
            few.regret.is_some_and(|regret| regret.value == -1.0 && regret.low.or(regret.high).is_none())
        );
        let alone = Roles { answer: Some(1), ..Roles::default() };
        let alone = under(None, &all[..2], &alone, 0.95);
        assert_eq!((alone.ahead, alone.regret_of_cheaper), (None, None));
    }
}
