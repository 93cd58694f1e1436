//! Plays one trial again and keeps what happened to every lead: a trial is a function of scenario, seed and number.

use crate::model::{LeadId, Model, RepId};
use crate::time::Instant;
use crate::trial::{self, Happening, Judged, Lead, Prepared, RepState, Watch, judge};

/// One lead of a trial, as it stood when last heard of, with its story.
#[derive(Debug, Clone)]
pub struct LeadStory {
    /// The lead, all stamps on it.
    pub lead: Lead,
    /// What happened, in order.
    pub happenings: Vec<(Instant, Happening)>,
    /// By commitment, in the agreement's order: what its clock says.
    pub judged: Vec<Option<Judged>>,
}

/// Something that happened, of whom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Event {
    /// To a lead, by its number.
    Lead(u32, Happening),
    /// To a rep.
    Rep(RepId, RepState),
}

/// One trial, told.
#[derive(Debug, Clone, Default)]
pub struct TrialStory {
    /// Every lead of the trial, in order of creation.
    pub leads: Vec<LeadStory>,
    /// Everything in order, where it was asked for.
    pub events: Vec<(Instant, Event)>,
}

struct Recorder {
    leads: Vec<LeadStory>,
    events: Option<Vec<(Instant, Event)>>,
    last: Instant,
    only: Option<u32>,
}

impl Watch for Recorder {
    fn lead(&mut self, at: Instant, _id: LeadId, lead: &Lead, what: Happening) {
        self.last = self.last.max(at);
        if let Some(events) = &mut self.events {
            events.push((at, Event::Lead(lead.number, what)));
        }
        if self.only.is_some_and(|number| number != lead.number) {
            return;
        }
        // leads are numbered from 1 in order of creation, so numbers rise
        match self.leads.binary_search_by_key(&lead.number, |story| story.lead.number) {
            Ok(place) => {
                let story = &mut self.leads[place];
                story.lead.clone_from(lead);
                story.happenings.push((at, what));
            }
            Err(place) => {
                let story =
                    LeadStory { lead: lead.clone(), happenings: vec![(at, what)], judged: Vec::new() };
                self.leads.insert(place, story);
            }
        }
    }

    fn rep(&mut self, at: Instant, rep: RepId, state: RepState) {
        self.last = self.last.max(at);
        if let Some(events) = &mut self.events {
            events.push((at, Event::Rep(rep, state)));
        }
    }
}

/// Plays trial `number` of `seed` and keeps every lead's story; every event too if `with_events`.
pub fn trial(model: &Model, seed: u64, number: u64, with_events: bool) -> TrialStory {
    trial_of(&Prepared::new(model), seed, number, with_events)
}

/// The same of a prepared model, whose trials may share out their busyness.
pub fn trial_of(prepared: &Prepared<'_>, seed: u64, number: u64, with_events: bool) -> TrialStory {
    tell(prepared, seed, number, with_events, None)
}

/// The story of one lead of a trial, by its number from 1; `None` if the trial had no such lead.
pub fn lead(model: &Model, seed: u64, trial: u64, number: u32) -> Option<LeadStory> {
    lead_of(&Prepared::new(model), seed, trial, number)
}

/// The same of a prepared model, whose trials may share out their busyness.
pub fn lead_of(prepared: &Prepared<'_>, seed: u64, trial: u64, number: u32) -> Option<LeadStory> {
    tell(prepared, seed, trial, false, Some(number)).leads.pop()
}

fn tell(prepared: &Prepared<'_>, seed: u64, number: u64, with_events: bool, only: Option<u32>) -> TrialStory {
    let model = prepared.model;
    let mut recorder =
        Recorder { leads: Vec::new(), events: with_events.then(Vec::new), last: model.horizon.opens, only };
    trial::run(prepared, seed, number, &mut recorder);
    // a lead still open was last judged when the trial stopped
    let stopped = recorder.last.max(model.horizon.end);
    for story in &mut recorder.leads {
        let now = story.lead.ended.map_or(stopped, |(at, _)| at);
        story.judged =
            model.agreement.commitments.iter().map(|c| judge(model, c, &story.lead, now)).collect();
    }
    TrialStory { leads: recorder.leads, events: recorder.events.unwrap_or_default() }
}
