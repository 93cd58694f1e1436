//! The auditor's own picture of a trial: where every lead stands and what every rep does, put together from what was told and nothing else.

use super::told::{Facts, Told};
use leadsim::model::{Activity, Channel, LeadId, Model, RepGroup, RepId, TierId};
use leadsim::time::{Instant, OpenHours, Span};
use leadsim::trial::{Ending, Happening, RepState};
use std::collections::BTreeMap;

/// Where a lead stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Routing,
    Waiting,
    InHand(RepId),
    PutDown,
    UnderReview,
    Cadence,
    Replied,
    Away,
    Ended,
}

/// One pass of a lead as it was told.
#[derive(Debug, Clone)]
pub struct Seen {
    pub facts: Facts,
    pub stage: Stage,
    /// Of the opening backlog.
    pub backlog: bool,
    pub in_hours: bool,
    pub routed: Option<Instant>,
    pub assigned: Option<Instant>,
    pub attempted: Option<Instant>,
    pub disposed: Option<Instant>,
    pub contacted: Option<Instant>,
    pub ended: Option<(Instant, Ending)>,
    pub accepted: bool,
    pub rejected: bool,
    pub overturned: bool,
    pub gave_up: bool,
    pub qualified: bool,
    pub held: bool,
    pub opportunity: bool,
    pub won: bool,
    pub reply_came: bool,
    pub attempts: Vec<(Instant, Channel)>,
    /// Attempts that the opening backlog brought along.
    pub brought: usize,
    /// When the last attempt was done.
    pub last_done: Option<Instant>,
    /// Time reps had it in hand.
    pub handled: Span,
    /// Since when a rep has it in hand, at the desk.
    pub handled_since: Option<Instant>,
}

/// One rep as it was told.
#[derive(Debug, Clone)]
pub struct Person {
    pub state: RepState,
    pub since: Instant,
    pub in_hand: Option<(Activity, Option<LeadId>)>,
    /// The last shift that began was an absence.
    pub absent: bool,
    /// Time at the desk so far, and since when it runs.
    pub desk_time: Span,
    pub at_desk_since: Option<Instant>,
}

/// Leads and reps.
pub struct Scene<'m> {
    pub model: &'m Model,
    pub now: Instant,
    pub leads: BTreeMap<LeadId, Seen>,
    pub reps: Vec<Person>,
    /// Desk time by tier: while anybody who may take it is at the desk.
    pub tier_desks: Vec<(Span, Option<Instant>)>,
}

impl<'m> Scene<'m> {
    pub fn new(model: &'m Model) -> Self {
        let opens = model.horizon.opens;
        let person = Person {
            state: RepState::Off,
            since: opens,
            in_hand: None,
            absent: false,
            desk_time: Span::ZERO,
            at_desk_since: None,
        };
        Scene {
            model,
            now: opens,
            leads: BTreeMap::new(),
            reps: vec![person; model.reps.len()],
            tier_desks: vec![(Span::ZERO, None); model.leads.tiers.len()],
        }
    }

    pub fn group(&self, rep: RepId) -> &'m RepGroup {
        &self.model.groups[self.model.reps[rep.0 as usize].group]
    }

    pub fn may_take(&self, rep: RepId, tier: TierId) -> bool {
        self.group(rep).tiers.contains(&tier)
    }

    pub fn hours(&self, facts: &Facts) -> &'m OpenHours {
        &self.model.leads.zones[usize::from(facts.zone.0)].hours
    }

    pub fn state(&self, rep: RepId) -> RepState {
        self.reps[rep.0 as usize].state
    }

    pub fn all_reps(&self) -> impl Iterator<Item = RepId> + use<> {
        (0..self.reps.len() as u32).map(RepId)
    }

    /// Desk time of a rep, or of all who may take a tier, up to now.
    pub fn desk_time(&self, whose: Option<RepId>, tier: TierId) -> Span {
        let (sum, since) = match whose {
            Some(rep) => {
                let person = &self.reps[rep.0 as usize];
                (person.desk_time, person.at_desk_since)
            }
            None => self.tier_desks[usize::from(tier.0)],
        };
        sum + since.map_or(Span::ZERO, |since| self.now - since)
    }

    /// Takes in what was told; says what cannot be.
    pub fn take_in(&mut self, at: Instant, told: &Told) -> Option<String> {
        self.now = at;
        match *told {
            Told::Lead(id, facts, Happening::Created) => self.created(id, facts),
            Told::Lead(id, facts, what) => self.happened(id, facts, what),
            Told::Rep(rep, state) => {
                self.changed(rep, state);
                None
            }
            Told::Takes(rep, work, id) => self.taken(rep, work, id),
            Told::Done(rep) => self.done(rep),
            Told::Alerted(..) | Told::InLine(..) => None,
        }
    }

    fn created(&mut self, id: LeadId, facts: Facts) -> Option<String> {
        // Before anything else the trial tells of the opening backlog.
        let brought: u32 = self.model.backlog.iter().map(|entry| entry.waiting + entry.in_cadence).sum();
        let backlog = facts.number <= brought;
        let seen = Seen {
            facts,
            stage: Stage::Routing,
            backlog,
            in_hours: backlog || self.hours(&facts).is_open(facts.created),
            routed: None,
            assigned: None,
            attempted: None,
            disposed: None,
            contacted: None,
            ended: None,
            accepted: false,
            rejected: false,
            overturned: false,
            gave_up: false,
            qualified: false,
            held: false,
            opportunity: false,
            won: false,
            reply_came: false,
            attempts: Vec::new(),
            brought: 0,
            last_done: None,
            handled: Span::ZERO,
            handled_since: None,
        };
        let before = self.leads.insert(id, seen)?;
        (before.stage != Stage::Ended).then(|| format!("{id:?} is created anew and was {:?}", before.stage))
    }

    fn happened(&mut self, id: LeadId, facts: Facts, what: Happening) -> Option<String> {
        let (now, on_review) = (self.now, self.model.agreement.disposed_on_review);
        let Some(seen) = self.leads.get_mut(&id) else {
            return Some(format!("{id:?} was never created: {what:?}"));
        };
        let before = seen.stage;
        // What the opening backlog brings along is told with the first thing that happens to a lead of it.
        if seen.backlog && seen.routed.is_none() {
            seen.facts = facts;
            if facts.attempted.is_some() {
                if before == Stage::Routing {
                    seen.stage = Stage::Cadence;
                }
                seen.accepted = true;
                seen.brought = facts.attempts - usize::from(matches!(what, Happening::Attempted(..)));
                (seen.routed, seen.assigned, seen.attempted) =
                    (facts.attempted, facts.attempted, facts.attempted);
            }
        }
        let stage = seen.stage;
        let in_hand = matches!(stage, Stage::InHand(_));
        let fits = match what {
            Happening::Waits { .. } => stage == Stage::Routing,
            Happening::Routed => {
                seen.routed = Some(if seen.backlog { seen.facts.created } else { now });
                std::mem::replace(&mut seen.stage, Stage::Waiting) == Stage::Routing
            }
            Happening::FoundNobody { .. } => {
                seen.assigned.get_or_insert(now);
                seen.stage = Stage::Away;
                matches!(stage, Stage::Waiting | Stage::Away)
            }
            Happening::Pooled => {
                seen.assigned.get_or_insert(now);
                seen.stage = Stage::Waiting;
                matches!(stage, Stage::Waiting | Stage::Away)
            }
            Happening::Assigned(_) => {
                seen.assigned = Some(now);
                stage == Stage::Waiting
            }
            Happening::Unassigned | Happening::BackUp(_) | Happening::Noticed(_) | Happening::Ignored(_) => {
                stage == Stage::Waiting
            }
            Happening::ReviewStarted(_) | Happening::TakenUp(_) => in_hand,
            Happening::PutDown(rep) => {
                seen.stage = Stage::PutDown;
                if let Some(since) = seen.handled_since.take() {
                    seen.handled += now - since;
                }
                self.reps[rep.0 as usize].in_hand = None;
                stage == Stage::InHand(rep)
            }
            Happening::Rejected(..) => {
                seen.rejected = true;
                seen.disposed.get_or_insert(now);
                in_hand
            }
            Happening::Accepted(_) => {
                seen.accepted = true;
                if on_review {
                    seen.disposed = Some(now);
                }
                in_hand
            }
            Happening::Overturned => {
                (seen.overturned, seen.accepted, seen.stage) = (true, true, Stage::Waiting);
                stage == Stage::UnderReview
            }
            Happening::Attempted(rep, _, channel) => {
                seen.attempts.push((now, channel));
                seen.attempted.get_or_insert(now);
                seen.disposed.get_or_insert(now);
                stage == Stage::InHand(rep)
            }
            Happening::Contacted(rep) => {
                seen.contacted.get_or_insert(now);
                stage == Stage::InHand(rep)
            }
            Happening::Replied => {
                if stage == Stage::Cadence {
                    seen.stage = Stage::Replied;
                } else {
                    seen.reply_came = true;
                }
                matches!(stage, Stage::Cadence | Stage::InHand(_) | Stage::PutDown)
            }
            Happening::GaveUp(_) => {
                seen.gave_up = true;
                in_hand
            }
            Happening::Disqualified(_) => in_hand,
            Happening::Qualified => {
                seen.qualified = true;
                in_hand
            }
            Happening::Booked(_) => in_hand,
            Happening::Met { held, .. } => {
                seen.held |= held;
                in_hand
            }
            Happening::Opportunity { .. } => {
                seen.opportunity = true;
                in_hand
            }
            Happening::Won { .. } => {
                seen.won = true;
                in_hand
            }
            Happening::Ended(ending) => {
                seen.stage = Stage::Ended;
                seen.facts.minutes = facts.minutes;
                seen.ended = Some((now, ending));
                match ending {
                    Ending::Left | Ending::NeverWorked => matches!(stage, Stage::Waiting | Stage::Away),
                    Ending::Unresponsive => in_hand || (seen.backlog && stage == Stage::Cadence),
                    _ => in_hand,
                }
            }
            Happening::Created => true,
        };
        (!fits).then(|| format!("lead {} is {stage:?}, and {what:?}", facts.number))
    }

    fn changed(&mut self, rep: RepId, state: RepState) {
        let (now, model) = (self.now, self.model);
        let person = &mut self.reps[rep.0 as usize];
        let before = std::mem::replace(&mut person.state, state);
        person.since = now;
        match state {
            RepState::Absent => person.absent = true,
            RepState::Off => {}
            _ => person.absent = false,
        }
        if let Some((_, Some(id))) = person.in_hand
            && let Some(seen) = self.leads.get_mut(&id)
        {
            if let Some(since) = seen.handled_since.take() {
                seen.handled += now - since;
            }
            seen.handled_since = state.is_lead_work().then_some(now);
        }
        let (was, is) = (before >= RepState::Free, state >= RepState::Free);
        if was == is {
            return;
        }
        if let Some(since) = person.at_desk_since.take() {
            person.desk_time += now - since;
        }
        person.at_desk_since = is.then_some(now);
        for tier in &model.groups[model.reps[rep.0 as usize].group].tiers {
            let somebody =
                self.all_reps().any(|rep| self.may_take(rep, *tier) && self.state(rep) >= RepState::Free);
            let (sum, since) = &mut self.tier_desks[usize::from(tier.0)];
            if somebody != since.is_some() {
                if let Some(since) = since.take() {
                    *sum += now - since;
                }
                *since = somebody.then_some(now);
            }
        }
    }

    fn taken(&mut self, rep: RepId, work: Activity, id: Option<LeadId>) -> Option<String> {
        let now = self.now;
        let before = self.reps[rep.0 as usize].in_hand.replace((work, id));
        if let Some(before) = before {
            return Some(format!("{rep:?} takes {work:?} of {id:?} with {before:?} in hand"));
        }
        let id = id?;
        let Some(seen) = self.leads.get_mut(&id) else {
            return Some(format!("{rep:?} takes {id:?}, never created"));
        };
        let stage = std::mem::replace(&mut seen.stage, Stage::InHand(rep));
        // The rep's state is told next.
        seen.handled_since = Some(now);
        let fits = match work {
            Activity::NewLead => matches!(stage, Stage::Waiting | Stage::PutDown),
            Activity::FollowUp => {
                matches!(stage, Stage::Cadence | Stage::PutDown) || (stage == Stage::Routing && seen.backlog)
            }
            Activity::Reply => matches!(stage, Stage::Replied | Stage::PutDown),
            Activity::OwnWork => false,
        };
        (!fits).then(|| format!("{rep:?} takes {work:?} of lead {}, which is {stage:?}", seen.facts.number))
    }

    fn done(&mut self, rep: RepId) -> Option<String> {
        let now = self.now;
        let Some((_, id)) = self.reps[rep.0 as usize].in_hand.take() else {
            return Some(format!("{rep:?} is done with nothing"));
        };
        let seen = self.leads.get_mut(&id?)?;
        if let Some(since) = seen.handled_since.take() {
            seen.handled += now - since;
        }
        seen.last_done = Some(now);
        if seen.stage == Stage::Ended {
            return None;
        }
        let fits = seen.stage == Stage::InHand(rep);
        seen.stage = match (seen.rejected && !seen.overturned, std::mem::take(&mut seen.reply_came)) {
            (true, _) => Stage::UnderReview,
            (_, true) => Stage::Replied,
            _ => Stage::Cadence,
        };
        (!fits).then(|| {
            format!("{rep:?} is done with lead {}, which was not in that rep's hands", seen.facts.number)
        })
    }
}
