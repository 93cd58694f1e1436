//! What may stand in a team's way, one thing after another, and the same world with that one thing out of the way.
//!
//! Each constraint is lifted on the checked model, not in the scenario file: some have no key of their own (lists that come one by one),
//! some have many (four kinds of meetings in every group), and any set of them must be lifted at once in the same way. One more rep alone
//! comes through the scenario, because a person has a site, a lunch and a seat in meetings that only the scenario knows how to give.
//! No two of them change the same thing, so the order in which they are lifted does not matter.

use crate::model::{
    AfterHours, Arrivals, Busyness, Commitment, Decay, Model, Policy, RateProfile, Surge, Upload,
};
use crate::random::{Choice, Law};
use crate::scenario::{Scenario, Set};
use crate::stats::shapley::Coalition;
use crate::time::civil::Date;
use crate::time::{Instant, OpenHours, Span};
use serde::Serialize;

/// What may stand in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Constraint {
    /// Too few people for the volume; lifted by one more rep.
    Volume,
    /// Standing and random meetings and blocks; lifted by holding none (lunch, leave and calls away stay).
    Meetings,
    /// Time from the form to sales: the automation's delay and failures, and routing by hand; lifted by none of them.
    RoutingDelay,
    /// A lead, its follow-ups and its return belong to one rep; lifted by one pool.
    Ownership,
    /// Leads of closed hours are held back; lifted by routing them at once, though nobody works longer for it.
    AfterHoursHold,
    /// Alerts are noticed late or ignored; lifted by noticing all at once.
    Attention,
    /// Reps' own work goes before leads; lifted by own work that gives way to every lead.
    OwnWork,
    /// Busy days, surges, lists and batches; lifted by the same leads coming evenly.
    Bursts,
}

impl Constraint {
    /// All of them, in the order in which ties are told.
    pub const ALL: [Constraint; 8] = [
        Constraint::Volume,
        Constraint::Meetings,
        Constraint::RoutingDelay,
        Constraint::Ownership,
        Constraint::AfterHoursHold,
        Constraint::Attention,
        Constraint::OwnWork,
        Constraint::Bursts,
    ];

    /// Takes it out of a model's way; whether there was anything of it. One more rep is a whole model of its own: see [`Constraints`].
    fn lift(self, model: &mut Model) -> bool {
        match self {
            Constraint::Volume => false,
            Constraint::Meetings => no_meetings(model),
            Constraint::RoutingDelay => routed_at_once(model),
            Constraint::Ownership => pooled(model),
            Constraint::AfterHoursHold => {
                let held = model.routing.after_hours != AfterHours::RouteAtOnce;
                model.routing.after_hours = AfterHours::RouteAtOnce;
                held
            }
            Constraint::Attention => attentive(model),
            Constraint::OwnWork => own_work_gives_way(model),
            Constraint::Bursts => evenly(model),
        }
    }
}

/// The constraints that a scenario has, and the scenario without any of them.
#[derive(Debug, Clone)]
pub struct Constraints {
    /// Those of which there is something, in the order of [`Constraint::ALL`]: the players.
    pub present: Vec<Constraint>,
    /// Those of which there is nothing.
    pub absent: Vec<Constraint>,
    today: Model,
    larger: Option<Model>,
    /// The group that one more rep joins.
    pub joins: Option<String>,
}

impl Constraints {
    /// What stands in the way of a promise (of any, if none is named) in a scenario.
    pub fn of(scenario: &Scenario, promise: Option<&Commitment>) -> Constraints {
        let larger = one_more(scenario, promise);
        let (joins, larger) = larger.map_or((None, None), |(group, model)| (Some(group), Some(model)));
        let (present, absent) = Constraint::ALL.into_iter().partition(|constraint| match constraint {
            Constraint::Volume => larger.is_some(),
            other => other.lift(&mut scenario.model.clone()),
        });
        Constraints { present, absent, today: scenario.model.clone(), larger, joins }
    }

    /// The model as it is today.
    pub fn today(&self) -> &Model {
        &self.today
    }

    /// How much speed is worth, in every model from now on: what is lifted changes how soon leads are answered, not how buyers take it.
    pub fn set_decay(&mut self, decay: Option<&Decay>) {
        for model in std::iter::once(&mut self.today).chain(&mut self.larger) {
            model.buyers.decay = decay.cloned();
        }
    }

    /// The model with every present constraint lifted whose bit is set.
    pub fn without(&self, lifted: Coalition) -> Model {
        let is_lifted = |place: usize| lifted & (1 << place) != 0;
        let larger = self.present.first() == Some(&Constraint::Volume) && is_lifted(0);
        let mut model = self.larger.as_ref().filter(|_| larger).unwrap_or(&self.today).clone();
        for place in (0..self.present.len()).filter(|place| is_lifted(*place)) {
            self.present[place].lift(&mut model);
        }
        model
    }
}

/// The scenario with one more rep in the largest group that may take leads of the promise, and that group's name; none if the scenario
/// does not take one more.
fn one_more(scenario: &Scenario, promise: Option<&Commitment>) -> Option<(String, Model)> {
    let model = &scenario.model;
    let covered = promise.map_or(&[][..], |promise| &promise.scope.tiers);
    let takes = |group: usize| {
        covered.is_empty() || covered.iter().any(|tier| model.groups[group].tiers.contains(tier))
    };
    let heads = |group: usize| model.reps.iter().filter(|rep| rep.group == group).count();
    let able = (0..model.groups.len()).filter(|group| takes(*group) && heads(*group) > 0);
    // of equal ones the first
    let group = able.rev().max_by_key(|group| heads(*group))?;
    let name = model.groups[group].name.clone();
    if model.groups[group].cover.is_some() {
        return Some((name, one_more_at_work(model, group)));
    }
    let quoted = format!("{name:?}");
    let set = Set::new(&format!("team.{quoted}.count"), &(heads(group) + 1).to_string()).ok()?;
    Some((name, scenario.with(&[set]).ok()?.model))
}

/// One more at work whenever anybody of a headcount is.
fn one_more_at_work(model: &Model, group: usize) -> Model {
    let mut model = model.clone();
    let last = model.reps.iter().rposition(|rep| rep.group == group).expect("the group has somebody");
    let mut rep = model.reps[last].clone();
    rep.name = rep.name.replacen(&format!(" {} ", rep.ordinal + 1), &format!(" {} ", rep.ordinal + 2), 1);
    rep.ordinal += 1;
    model.reps.insert(last + 1, rep);
    if let Some(cover) = &mut model.groups[group].cover {
        let more = |&(at, people): &(Instant, u32)| (at, if people > 0 { people + 1 } else { 0 });
        cover.steps = cover.steps.iter().map(more).collect::<Vec<_>>().into();
    }
    model
}

fn no_meetings(model: &mut Model) -> bool {
    let standing = model.reps.iter().any(|rep| !rep.standing.is_empty());
    let by_chance = model.groups.iter().any(|group| {
        !group.rhythms.is_empty() || group.meetings.iter().any(|meetings| meetings.per_day > 0.0)
    });
    model.reps.iter_mut().for_each(|rep| rep.standing.clear());
    for group in &mut model.groups {
        group.meetings.clear();
        group.rhythms.clear();
    }
    standing || by_chance
}

fn routed_at_once(model: &mut Model) -> bool {
    let unseen = model.sources.iter().any(|source| source.outside_automation);
    let routing = &mut model.routing;
    let by_hand = unseen && routing.tiers.iter().any(|tier| tier.by_hand.delay.mean() > 0.0);
    let found = routing.automated.mean() > 0.0 || routing.fails > 0.0 || by_hand;
    routing.automated = Law::ZERO;
    routing.fails = 0.0;
    routing.tiers.iter_mut().for_each(|tier| tier.by_hand.delay = Law::ZERO);
    found
}

/// Nobody's leads; a previous owner goes with it. A back-up stays: the second alert is a remedy, which a pool may have too.
fn pooled(model: &mut Model) -> bool {
    let recycling = &mut model.buyers.recycling;
    let returns = recycling.to_previous_owner && recycling.share > 0.0;
    recycling.to_previous_owner = false;
    let routing = &mut model.routing;
    let found = returns
        || routing.follow_ups_to_owner
        || routing.tiers.iter().any(|tier| tier.policy != Policy::Pool);
    routing.follow_ups_to_owner = false;
    routing.tiers.iter_mut().for_each(|tier| tier.policy = Policy::Pool);
    found
}

fn attentive(model: &mut Model) -> bool {
    let mut found = false;
    for group in &mut model.groups {
        found |= group.attention.iter().any(|attention| attention.delay.mean() > 0.0);
        found |=
            group.attention_follow_up.mean() > 0.0 || group.never_worked.iter().any(|share| *share > 0.0);
        group.attention.iter_mut().for_each(|attention| attention.delay = Law::ZERO);
        group.attention_follow_up = Law::ZERO;
        group.never_worked.fill(0.0);
    }
    found
}

fn own_work_gives_way(model: &mut Model) -> bool {
    let mut found = false;
    for group in &mut model.groups {
        let works = group.own_work.iter_mut().map(|work| &mut work.interruptible);
        let idle = group.idle_work.iter_mut().map(|work| &mut work.interruptible);
        for interruptible in works.chain(idle) {
            found |= !*interruptible;
            *interruptible = true;
        }
    }
    found
}

/// The same leads, as many of them, without busy days, surges, lists and batches. Replayed stamps stay as they were.
fn evenly(model: &mut Model) -> bool {
    let mut found = model.has_busyness();
    model.busyness = Busyness::None;
    let zone = &model.leads.zones[usize::from(model.leads.default_zone.0)];
    let (hours, horizon) = (zone.hours.clone(), model.horizon.clone());
    // stretches of the trial: what falls into one stays in it, so that as many leads are judged
    let stretches =
        [(horizon.opens, horizon.start), (horizon.start, horizon.end), (horizon.end, horizon.last())];
    let days = (horizon.start, horizon.end);
    let zone = zone.zone.clone();
    for source in &mut model.sources {
        match &mut source.arrivals {
            Arrivals::Rate(rate) => {
                found |= !rate.surges.is_empty() || rate.batch != Law::Constant(1.0);
                let batch = rate.batch.mean();
                let times = batch * surge_on_average(rate, |at| zone.local(at).date(), days);
                rate.hourly.iter_mut().for_each(|hour| *hour *= times);
                for part in rate.cycle.iter_mut().flat_map(|cycle| &mut cycle.parts) {
                    part.first *= times;
                    part.last *= times;
                }
                rate.batch = Law::Constant(1.0);
                rate.surges.clear();
            }
            Arrivals::Uploads(uploads) => {
                for upload in uploads {
                    found |= spread(upload, &stretches, &hours);
                }
            }
            Arrivals::Replay(_) => {}
        }
    }
    found
}

/// What surges multiply a source's leads by on average over the horizon.
fn surge_on_average(
    rate: &RateProfile,
    date: impl Fn(Instant) -> Date,
    (start, end): (Instant, Instant),
) -> f64 {
    if rate.surges.is_empty() {
        return 1.0;
    }
    let (mut usual, mut surged, mut at) = (0.0, 0.0, start);
    while at < end {
        let date = date(at);
        let weekday = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
        let expected = match &rate.cycle {
            Some(_) => 1.0,
            None => rate.hourly[weekday * 24..][..24].iter().sum::<f64>(),
        };
        let holds = |surge: &&Surge| surge.from <= date && date <= surge.until;
        let times: f64 = rate.surges.iter().filter(holds).map(|surge| surge.times).product();
        usual += expected;
        surged += expected * times;
        at += Span::days(1);
    }
    if usual > 0.0 { surged / usual } else { 1.0 }
}

/// Minutes between two places at which a lead of a spread list may come.
const GRID: Span = Span::minutes(30);

/// The same leads of a list, one by one over the open hours of the stretch into which it falls; whether anything came at once before.
fn spread(upload: &mut Upload, stretches: &[(Instant, Instant)], hours: &OpenHours) -> bool {
    let Some(&(from, until)) =
        stretches.iter().find(|(from, until)| *from <= upload.at && upload.at < *until)
    else {
        return false;
    };
    let mut minutes = Vec::new();
    for (opens, closes) in hours.intervals() {
        let (mut at, closes) = (opens.max(from), closes.min(until));
        while at < closes {
            minutes.push((at - from).as_minutes());
            at += GRID;
        }
    }
    let Some(choice) = Choice::new(&vec![1.0; minutes.len()]) else { return false };
    upload.at = from;
    upload.delay = Law::Empirical { choice, values: minutes };
    true
}
