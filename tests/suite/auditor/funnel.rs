//! P1 at the close, and P2: every lead counted once, and tiers, weeks and months add up to the whole, field by field.

use super::scene::{Scene, Seen, Stage};
use super::told::Told;
use super::{Property, Wrong};
use leadsim::model::Horizon;
use leadsim::trial::{Ending, Funnel, Happening, Outcome, stretches_in};

pub struct Sums {
    created: u64,
    ended: u64,
    /// By tier: over the horizon, then by week, then by month; behind the tiers the leads that came back.
    funnels: Vec<Vec<Funnel>>,
}

/// Fields that are whole numbers, by name.
fn counts(funnel: &Funnel) -> [(&'static str, u32); 23] {
    [
        ("mqls", funnel.mqls),
        ("routed", funnel.routed),
        ("assigned", funnel.assigned),
        ("disposed", funnel.disposed),
        ("accepted", funnel.accepted),
        ("rejected", funnel.rejected),
        ("overturned", funnel.overturned),
        ("attempted", funnel.attempted),
        ("attempts", funnel.attempts),
        ("phone", funnel.attempts_by_channel[0]),
        ("email", funnel.attempts_by_channel[1]),
        ("linkedin", funnel.attempts_by_channel[2]),
        ("contacted", funnel.contacted),
        ("sqls", funnel.sqls),
        ("disqualified", funnel.disqualified),
        ("held", funnel.held),
        ("opportunities", funnel.opportunities),
        ("won", funnel.won),
        ("never_attempted", funnel.never_attempted),
        ("gave_up", funnel.gave_up),
        ("unresponsive", funnel.unresponsive),
        ("left", funnel.left),
        ("open", funnel.open),
    ]
}

/// Where periods stand in a tier's list.
fn places(horizon: &Horizon, seen: &Seen) -> Vec<usize> {
    let weeks = horizon.weeks.len();
    let at = seen.facts.created;
    let periods = [horizon.week_of(at), horizon.month_of(at).map(|month| weeks + month)];
    [0].into_iter().chain(periods.into_iter().flatten().map(|period| period + 1)).collect()
}

impl Sums {
    pub fn new(scene: &Scene<'_>) -> Self {
        let horizon = &scene.model.horizon;
        let periods = 1 + horizon.weeks.len() + horizon.months.len();
        Sums {
            created: 0,
            ended: 0,
            funnels: vec![vec![Funnel::default(); periods]; scene.model.leads.tiers.len() + 1],
        }
    }

    pub fn hear(&mut self, scene: &Scene<'_>, told: &Told) {
        let Told::Lead(id, _, what) = *told else { return };
        match what {
            Happening::Created => self.created += 1,
            Happening::Ended(_) => {
                self.ended += 1;
                if let Some(seen) = scene.leads.get(&id) {
                    self.count(&scene.model.horizon, seen);
                }
            }
            _ => {}
        }
    }

    fn count(&mut self, horizon: &Horizon, seen: &Seen) {
        if seen.backlog || !horizon.contains(seen.facts.created) {
            return;
        }
        let (tier, places) = match seen.facts.pass {
            0 => (usize::from(seen.facts.tier.0), places(horizon, seen)),
            _ => (self.funnels.len() - 1, vec![0]),
        };
        for place in places {
            count_in(&mut self.funnels[tier][place], seen);
        }
    }

    pub fn close(mut self, scene: &Scene<'_>, outcome: &Outcome, wrong: &mut Wrong) {
        let (horizon, mut open) = (&scene.model.horizon, 0);
        for seen in scene.leads.values().filter(|seen| seen.stage != Stage::Ended) {
            open += 1;
            self.count(horizon, seen);
        }
        let told = (outcome.created, outcome.ended, outcome.open);
        let seen = (self.created, self.ended, open);
        wrong.unless(told == seen && seen.0 == seen.1 + seen.2, Property::P1, scene.now, || {
            format!("created, ended and open: {told:?} counted, {seen:?} seen")
        });
        let returned = self.funnels.len() - 1;
        for (tier, told) in outcome.tiers.iter().enumerate() {
            let by_period: Vec<Funnel> = (0..horizon.weeks.len() + horizon.months.len())
                .map(|slot| {
                    let parts = stretches_in(horizon, slot);
                    let parts = parts.iter().map(|stretch| &outcome.stretches[*stretch].tiers[tier].funnel);
                    parts.fold(Funnel::default(), |sum, part| sum + part)
                })
                .collect();
            let lists = std::iter::once(&told.funnel).chain(&by_period);
            for (place, (told, seen)) in lists.zip(&self.funnels[tier]).enumerate() {
                compare(wrong, scene, told, seen, &format!("tier {tier}, place {place}"));
            }
            let weeks = horizon.weeks.len();
            for (name, part) in [("weeks", &by_period[..weeks]), ("months", &by_period[weeks..])] {
                let sum = part.iter().fold(Funnel::default(), |sum, period| sum + period);
                compare(wrong, scene, &told.funnel, &sum, &format!("tier {tier} against its {name}"));
            }
            shape(wrong, scene, &told.funnel, tier);
        }
        compare(wrong, scene, &outcome.returned, &self.funnels[returned][0], "leads that came back");
    }
}

fn count_in(funnel: &mut Funnel, seen: &Seen) {
    let add = |count: &mut u32, is: bool| *count += u32::from(is);
    let ending = seen.ended.map(|(_, ending)| ending);
    funnel.mqls += 1;
    add(&mut funnel.routed, seen.routed.is_some());
    add(&mut funnel.assigned, seen.assigned.is_some());
    add(&mut funnel.disposed, seen.disposed.is_some());
    add(&mut funnel.accepted, seen.accepted);
    add(&mut funnel.rejected, seen.rejected && !seen.overturned);
    add(&mut funnel.overturned, seen.overturned);
    add(&mut funnel.attempted, seen.attempted.is_some());
    funnel.attempts += seen.attempts.len() as u32;
    for (_, channel) in &seen.attempts {
        funnel.attempts_by_channel[*channel as usize] += 1;
    }
    add(&mut funnel.contacted, seen.contacted.is_some());
    add(&mut funnel.sqls, seen.qualified);
    add(&mut funnel.disqualified, ending == Some(Ending::Disqualified));
    add(&mut funnel.held, seen.held);
    add(&mut funnel.opportunities, seen.opportunity);
    add(&mut funnel.won, seen.won);
    add(&mut funnel.never_attempted, seen.attempted.is_none() && !seen.rejected);
    add(&mut funnel.gave_up, seen.gave_up);
    add(&mut funnel.unresponsive, matches!(ending, Some(Ending::Unresponsive | Ending::LostInterest)));
    add(&mut funnel.left, ending == Some(Ending::Left));
    add(&mut funnel.open, ending.is_none());
}

fn compare(wrong: &mut Wrong, scene: &Scene<'_>, told: &Funnel, seen: &Funnel, what: &str) {
    for ((name, told), (_, seen)) in counts(told).into_iter().zip(counts(seen)) {
        wrong.unless(told == seen, Property::P2, scene.now, || {
            format!("{what}: {told} {name} counted, {seen} seen")
        });
    }
}

/// P8: nobody is converted who was not contacted, nobody contacted who was not tried.
fn shape(wrong: &mut Wrong, scene: &Scene<'_>, funnel: &Funnel, tier: usize) {
    let f = funnel;
    let chain = [f.won, f.opportunities, f.held, f.sqls, f.contacted, f.attempted, f.routed, f.mqls];
    wrong.unless(chain.is_sorted(), Property::P8, scene.now, || {
        format!("tier {tier}: {chain:?} does not narrow")
    });
}
