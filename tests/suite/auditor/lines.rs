//! What waits: work in line, alerts nobody has noticed yet, and leads without an owner. P5: no rep idles beside work that waits, except by
//! attention or rule. P7: what is taken is what comes first.

use super::promises::{covers, due};
use super::scene::{Scene, Seen, Stage};
use super::told::Told;
use super::{Property, Wrong};
use leadsim::model::{
    Activity, Awareness, Interruption, LeadId, Milestone, Order, Policy, Promise, RepId, TieBreak, TierId,
};
use leadsim::time::{Instant, Span};
use leadsim::trial::{Happening, RepState};
use std::collections::{BTreeMap, VecDeque};

/// A piece of work in line.
#[derive(Debug, Clone, Copy)]
struct Item {
    work: Activity,
    whose: Option<RepId>,
    tier: TierId,
    /// What was put down stands before the rest, first routed first; the rest by the rule of the group it waits for.
    place: (bool, i64),
    then: TieBreak,
}

/// An alert that will be noticed when so much desk time has passed.
#[derive(Debug, Clone, Copy)]
struct Alert {
    whose: Option<RepId>,
    noticed_at: Span,
}

#[derive(Default)]
pub struct Lines {
    items: BTreeMap<LeadId, Vec<Item>>,
    /// Pieces in each rep's own line, and in the pool by tier.
    own: Vec<u32>,
    pooled: Vec<u32>,
    alerts: BTreeMap<LeadId, Vec<Alert>>,
    unassigned: Vec<VecDeque<LeadId>>,
    rotation: Vec<u32>,
    /// What each rep put down just now for something that comes first: the rank of it.
    put_down: Vec<Option<u8>>,
    /// The rank of what each rep took last.
    taken: Vec<u8>,
    /// Leads whose next owner is known before they are routed.
    had_by: BTreeMap<LeadId, RepId>,
}

fn rank(order: &Order, work: Activity, tier: TierId) -> u8 {
    match work {
        Activity::NewLead => order.new[usize::from(tier.0)],
        Activity::FollowUp => order.follow_up,
        Activity::Reply => order.reply,
        Activity::OwnWork => order.own_work,
    }
}

impl Lines {
    pub fn new(scene: &Scene<'_>) -> Self {
        let tiers = scene.model.leads.tiers.len();
        Lines {
            own: vec![0; scene.reps.len()],
            put_down: vec![None; scene.reps.len()],
            taken: vec![0; scene.reps.len()],
            pooled: vec![0; tiers],
            unassigned: vec![VecDeque::new(); tiers],
            rotation: vec![0; tiers],
            ..Lines::default()
        }
    }

    fn clear(&mut self, id: LeadId) {
        for item in self.items.remove(&id).into_iter().flatten() {
            match item.whose {
                Some(rep) => self.own[rep.0 as usize] -= 1,
                None => self.pooled[usize::from(item.tier.0)] -= 1,
            }
        }
    }

    /// The lead is in another stage: what waited for the stage before is void. An alert that should have been noticed is not forgiven.
    fn moves_on(&mut self, scene: &Scene<'_>, id: LeadId, wrong: &mut Wrong) {
        self.clear(id);
        let Some(seen) = scene.leads.get(&id) else { return };
        for alert in self.alerts.remove(&id).into_iter().flatten() {
            let clock = scene.desk_time(alert.whose, seen.facts.tier);
            wrong.unless(clock <= alert.noticed_at, Property::P5, scene.now, || {
                format!(
                    "lead {} was noticed {} of desk time late",
                    seen.facts.number,
                    clock - alert.noticed_at
                )
            });
        }
    }

    pub fn hear(&mut self, scene: &Scene<'_>, told: &Told, wrong: &mut Wrong) {
        match *told {
            Told::Alerted(id, whose, desk_time) => {
                let tier = scene.leads[&id].facts.tier;
                let noticed_at = scene.desk_time(whose, tier) + desk_time;
                self.alerts.entry(id).or_default().push(Alert { whose, noticed_at });
            }
            Told::InLine(id, work, whose) => self.joins(scene, id, work, whose, wrong),
            Told::Takes(rep, work, Some(id)) => {
                self.in_order(scene, rep, work, id, wrong);
                self.moves_on(scene, id, wrong);
            }
            Told::Takes(rep, Activity::OwnWork, None) => self.own_work(scene, rep, wrong),
            Told::Rep(rep, state) if state < RepState::Free => self.put_down[rep.0 as usize] = None,
            Told::Lead(id, facts, what) => match what {
                Happening::Created => {
                    self.had_by.remove(&id);
                    if let Some(owner) = facts.owner {
                        self.had_by.insert(id, owner);
                    }
                }
                Happening::Noticed(whose) => self.noticed(scene, id, whose, wrong),
                Happening::Unassigned => self.unassigned[usize::from(facts.tier.0)].push_back(id),
                Happening::Assigned(rep) => self.assigned(scene, id, facts.tier, rep, wrong),
                Happening::Replied if scene.leads[&id].stage == Stage::Replied => {
                    self.moves_on(scene, id, wrong)
                }
                Happening::FoundNobody { .. }
                | Happening::PutDown(_)
                | Happening::Overturned
                | Happening::Ended(_) => {
                    if let Happening::PutDown(rep) = what {
                        self.put_down[rep.0 as usize] = Some(self.taken[rep.0 as usize]);
                    }
                    self.unassigned[usize::from(facts.tier.0)].retain(|other| *other != id);
                    self.moves_on(scene, id, wrong);
                }
                _ => {}
            },
            _ => {}
        }
    }

    /// An alert is noticed when the desk clock says so, to the microsecond; without a delay there is none.
    fn noticed(&mut self, scene: &Scene<'_>, id: LeadId, whose: Option<RepId>, wrong: &mut Wrong) {
        let Some(alerts) = self.alerts.get_mut(&id) else { return };
        let Some(place) = alerts.iter().position(|alert| alert.whose == whose) else { return };
        let alert = alerts.remove(place);
        let seen = &scene.leads[&id];
        let clock = scene.desk_time(whose, seen.facts.tier);
        wrong.unless(clock == alert.noticed_at, Property::P5, scene.now, || {
            let should = alert.noticed_at;
            format!(
                "lead {} is noticed by {whose:?} after {clock} of desk time and should be after {should}",
                seen.facts.number
            )
        });
    }

    fn joins(
        &mut self,
        scene: &Scene<'_>,
        id: LeadId,
        work: Activity,
        whose: Option<RepId>,
        wrong: &mut Wrong,
    ) {
        if work != Activity::NewLead {
            self.noticed(scene, id, whose, wrong);
        }
        let seen = &scene.leads[&id];
        let tier = seen.facts.tier;
        let group = match whose {
            Some(rep) => Some(scene.group(rep)),
            None => scene.model.groups.iter().find(|group| group.tiers.contains(&tier)),
        };
        let Some(then) = group.map(|group| group.order.then) else { return };
        let item = Item { work, whose, tier, place: place(scene, seen, work, then), then };
        self.items.entry(id).or_default().push(item);
        match whose {
            Some(rep) => self.own[rep.0 as usize] += 1,
            None => self.pooled[usize::from(tier.0)] += 1,
        }
    }

    /// P7: of all that waits for the rep, what is taken has the best rank, and comes first among its rank.
    fn in_order(&mut self, scene: &Scene<'_>, rep: RepId, work: Activity, id: LeadId, wrong: &mut Wrong) {
        let order = &scene.group(rep).order;
        let number = scene.leads[&id].facts.number;
        let mine = |item: &&Item| {
            item.whose == Some(rep) || (item.whose.is_none() && scene.may_take(rep, item.tier))
        };
        let waiting =
            self.items.get(&id).and_then(|items| items.iter().filter(mine).find(|item| item.work == work));
        let Some(taken) = waiting else {
            return wrong.add(
                Property::P5,
                scene.now,
                format!("{rep:?} takes lead {number}, which did not wait for that rep"),
            );
        };
        let rank_of = |item: &Item| rank(order, item.work, item.tier);
        self.taken[rep.0 as usize] = rank_of(taken);
        if let Some(dropped) = self.put_down[rep.0 as usize].take() {
            // One piece of work takes the rep off another: it must be named and rank higher, and need not be the first of all.
            let list = &scene.group(rep).put_down_for;
            let named = match work {
                Activity::NewLead => list.new[usize::from(taken.tier.0)],
                Activity::FollowUp => list.follow_up,
                Activity::Reply => list.reply,
                Activity::OwnWork => false,
            };
            let fits = named && rank_of(taken) < dropped;
            return wrong.unless(fits, Property::P7, scene.now, || {
                format!("{rep:?} puts down rank {dropped} for {taken:?} of lead {number}")
            });
        }
        for (other, item) in self
            .items
            .iter()
            .flat_map(|(other, items)| items.iter().filter(mine).map(move |item| (other, item)))
        {
            let alike = item.then == order.then && taken.then == order.then;
            let before = match order.then {
                // Lots are drawn only among what nobody has begun.
                TieBreak::Random => !item.place.0 && taken.place.0,
                _ => item.place < taken.place,
            };
            let first =
                rank_of(item) < rank_of(taken) || (rank_of(item) == rank_of(taken) && alike && before);
            wrong.unless(!first, Property::P7, scene.now, || {
                let other = scene.leads[other].facts.number;
                format!(
                    "{rep:?} takes {taken:?} of lead {number}, and {item:?} of lead {other} comes before it"
                )
            });
        }
    }

    /// Own work that only fills idle time begins where nothing waits; other own work where nothing of a better rank does.
    fn own_work(&self, scene: &Scene<'_>, rep: RepId, wrong: &mut Wrong) {
        let group = scene.group(rep);
        let only_idle = group.own_work.iter().all(|work| work.interruptible);
        let mine = |item: &&Item| {
            item.whose == Some(rep) || (item.whose.is_none() && scene.may_take(rep, item.tier))
        };
        for item in self.items.values().flatten().filter(mine) {
            let first = only_idle || rank(&group.order, item.work, item.tier) < group.order.own_work;
            wrong.unless(!first, Property::P7, scene.now, || {
                format!("{rep:?} begins own work while {item:?} waits")
            });
        }
    }

    /// P7: the next rep of the rotation whom it does not rule out; who had the lead before has it again.
    fn assigned(&mut self, scene: &Scene<'_>, id: LeadId, tier: TierId, rep: RepId, wrong: &mut Wrong) {
        if let Some(owner) = self.had_by.get(&id).filter(|owner| scene.may_take(**owner, tier)) {
            return wrong.unless(*owner == rep, Property::P7, scene.now, || {
                format!("{owner:?} had {id:?}, and {rep:?} gets it")
            });
        }
        let place = usize::from(tier.0);
        let first = self.unassigned[place].front().is_none_or(|first| *first == id);
        wrong.unless(first, Property::P7, scene.now, || {
            format!("{id:?} of tier {place} overtakes others without an owner")
        });
        self.unassigned[place].retain(|other| *other != id);
        let next = next_in_rotation(scene, tier, self.rotation[place]);
        wrong.unless(next == Some(rep), Property::P7, scene.now, || {
            format!("{rep:?} gets {id:?}, and {next:?} was next")
        });
        let is_rotation = scene.model.routing.tiers[place].policy == Policy::RoundRobin;
        wrong.unless(is_rotation, Property::P7, scene.now, || {
            format!("{id:?} of a pooled tier gets an owner")
        });
        self.rotation[place] = rep.0 + 1;
    }

    /// P5, asked when time is about to pass.
    pub fn at_rest(&self, scene: &Scene<'_>, wrong: &mut Wrong) {
        for rep in scene.all_reps().filter(|rep| scene.state(*rep) == RepState::Free) {
            let own = self.own[rep.0 as usize];
            let tiers = &scene.group(rep).tiers;
            let pooled: u32 = tiers.iter().map(|tier| self.pooled[usize::from(tier.0)]).sum();
            wrong.unless(own + pooled == 0, Property::P5, scene.now, || {
                format!("{rep:?} is free beside {own} pieces of own and {pooled} of pooled work")
            });
        }
        for rep in scene.all_reps().filter(|rep| scene.state(*rep) == RepState::OwnWork) {
            // Who is due elsewhere finishes what is in hand first; where nobody does, own work has given way to all that waits.
            let group = scene.group(rep);
            let nobody_finishes = group.interruption != Interruption::Finish
                && group.away.iter().all(|away| away.interruption != Interruption::Finish);
            let all_give_way = group.own_work.iter().all(|work| work.interruptible)
                && group.idle_work.iter().all(|work| work.interruptible);
            let tiers = &group.tiers;
            let pooled: u32 = tiers.iter().map(|tier| self.pooled[usize::from(tier.0)]).sum();
            let waiting = self.own[rep.0 as usize] + pooled;
            wrong.unless(waiting == 0 || !nobody_finishes || !all_give_way, Property::P5, scene.now, || {
                format!("{rep:?} is at own work that should give way beside {waiting} pieces of work")
            });
        }
        for (tier, waiting) in self.unassigned.iter().enumerate().filter(|(_, waiting)| !waiting.is_empty()) {
            let next = next_in_rotation(scene, TierId(tier as u8), 0);
            wrong.unless(next.is_none(), Property::P5, scene.now, || {
                format!("{} leads of tier {tier} have no owner, and {next:?} is eligible", waiting.len())
            });
        }
    }

    pub fn close(mut self, scene: &Scene<'_>, wrong: &mut Wrong) {
        let waiting: Vec<LeadId> = self.alerts.keys().copied().collect();
        waiting.into_iter().for_each(|id| self.moves_on(scene, id, wrong));
    }
}

/// Where work stands among its like.
fn place(scene: &Scene<'_>, seen: &Seen, work: Activity, then: TieBreak) -> (bool, i64) {
    if seen.stage == Stage::PutDown {
        return (false, seen.routed.map_or(0, Instant::micros));
    }
    let since = if work == Activity::NewLead { seen.routed.unwrap_or(scene.now) } else { scene.now };
    let promised = scene.model.agreement.commitments.iter().find(|commitment| {
        matches!(commitment.promise, Promise::Timed { to: Milestone::Attempted, .. })
            && covers(&commitment.scope, seen)
    });
    let at = match then {
        TieBreak::DueFirst if work == Activity::NewLead => {
            promised.and_then(|commitment| due(scene, commitment, seen)?.1).unwrap_or(since)
        }
        _ => since,
    };
    (true, if then == TieBreak::NewestFirst { -at.micros() } else { at.micros() })
}

fn next_in_rotation(scene: &Scene<'_>, tier: TierId, from: u32) -> Option<RepId> {
    let aware: Awareness = scene.model.routing.aware;
    let reps = scene.reps.len() as u32;
    (0..reps).map(|n| RepId((from + n) % reps)).find(|rep| {
        let person = &scene.reps[rep.0 as usize];
        let eligible = match (aware.meetings, aware.shift, aware.leave) {
            (true, ..) => person.state >= RepState::Free,
            (false, true, true) => person.state > RepState::Absent,
            (false, true, false) => person.state != RepState::Off,
            (false, false, true) => !person.absent,
            (false, false, false) => true,
        };
        eligible && scene.may_take(*rep, tier)
    })
}
