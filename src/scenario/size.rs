//! How much work a scenario is, estimated before it runs.

use super::Scenario;
use crate::model::{Arrivals, Model, Resample};

/// Events a lead causes besides its attempts: arrival, routing, notice, review, reply, conversation, end.
const EVENTS_A_LEAD: f64 = 8.0;

/// Events per attempt: falls due, begins, ends.
const EVENTS_AN_ATTEMPT: f64 = 3.0;

/// Events a rep-day causes besides its tasks: shift and lunch, begin and end.
const EVENTS_A_DAY: f64 = 4.0;

/// Minutes of desk time in a usual day.
const DESK_MINUTES: f64 = 420.0;

impl Scenario {
    /// A rough upper estimate of the events in so many trials, so that a run of days can be refused before it starts.
    pub fn expected_events(&self, trials: u64) -> f64 {
        events_per_trial(&self.model) * trials as f64
    }

    /// A rough upper estimate of the leads of one trial, all of which may be open at once.
    pub fn expected_leads(&self) -> f64 {
        leads_per_trial(&self.model)
    }
}

fn events_per_trial(model: &Model) -> f64 {
    let per_lead = EVENTS_A_LEAD + EVENTS_AN_ATTEMPT * model.buyers.cadence.steps.len() as f64;
    leads_per_trial(model) * per_lead * (1.0 + model.buyers.recycling.share) + rep_events(model)
}

/// Leads from the start of the run-in to the end of the run-out.
fn leads_per_trial(model: &Model) -> f64 {
    let weeks = (model.horizon.last() - model.horizon.opens).as_days() / 7.0;
    let of_source = |arrivals: &Arrivals| match arrivals {
        Arrivals::Rate(profile) => {
            let surge = profile.surges.iter().map(|surge| surge.times).fold(1.0, f64::max);
            profile.hourly.iter().sum::<f64>() * weeks * profile.batch.mean().max(1.0) * surge
        }
        Arrivals::Uploads(uploads) => uploads.iter().map(|upload| upload.leads.mean()).sum(),
        Arrivals::Replay(replay) if replay.resample == Resample::AsIs => replay.stamps.len() as f64,
        Arrivals::Replay(replay) => {
            replay.stamps.len() as f64 * replay.targets.len() as f64 / replay.days.len().max(1) as f64
        }
    };
    let standing: f64 = model.backlog.iter().map(|b| f64::from(b.waiting) + f64::from(b.in_cadence)).sum();
    standing + model.sources.iter().map(|source| of_source(&source.arrivals)).sum::<f64>()
}

fn rep_events(model: &Model) -> f64 {
    let of_group = |group: usize| {
        let group = &model.groups[group];
        let meetings: f64 = group.meetings.iter().map(|meeting| meeting.per_day).sum();
        let blocks: f64 = group.rhythms.iter().map(|rhythm| DESK_MINUTES / rhythm.every.as_minutes()).sum();
        let tasks: f64 =
            group.own_work.iter().map(|work| work.share * DESK_MINUTES / work.length.mean()).sum();
        let idle = group.idle_work.as_ref().map_or(0.0, |work| DESK_MINUTES / work.length.mean());
        let calls: f64 =
            group.away.iter().map(|away| DESK_MINUTES / (away.after.mean() + away.length.mean())).sum();
        EVENTS_A_DAY + 2.0 * (meetings + blocks + tasks + idle + calls)
    };
    let of_rep = |rep: &crate::model::Rep| {
        let days = rep.days.partition_point(|day| day.midnight < model.horizon.last());
        days as f64 * of_group(rep.group) + 2.0 * rep.standing.len() as f64
    };
    let of_cover = |cover: &crate::model::Cover| cover.steps.len() as f64 * EVENTS_A_DAY;
    let covers = model.groups.iter().filter_map(|group| group.cover.as_ref()).map(of_cover);
    model.reps.iter().map(of_rep).sum::<f64>() + covers.sum::<f64>()
}
