//! How much work a scenario is, estimated before it runs.

use super::Scenario;
use crate::model::{Arrivals, Model, RateProfile, Resample};
use crate::time::civil::Date;

/// Events a lead causes besides its attempts: arrival, routing, notice, review, reply, conversation, end.
const EVENTS_A_LEAD: f64 = 8.0;

/// Events per attempt: falls due, begins, ends.
const EVENTS_AN_ATTEMPT: f64 = 3.0;

/// Events a rep-day causes besides its tasks: shift and lunch, begin and end.
const EVENTS_A_DAY: f64 = 4.0;

/// Minutes of desk time in a usual day.
const DESK_MINUTES: f64 = 420.0;

/// Bytes a lead takes while it is open, with its attempts and what is planned for it (measured: 430).
const BYTES_A_LEAD: f64 = 600.0;

impl Scenario {
    /// A rough upper estimate of the events in so many trials, so that a run of days can be refused before it starts.
    pub fn expected_events(&self, trials: u64) -> f64 {
        events_per_trial(&self.model) * trials as f64
    }

    /// The same of the trials that show how fast leads are answered today, where a decay curve is calibrated on them; else none.
    pub fn expected_pilot_events(&self, trials: u64) -> f64 {
        let pilot = self.model.buyers.decay.as_ref().map(|_| events_per_trial(&self.base));
        pilot.unwrap_or(0.0) * trials as f64
    }

    /// A rough upper estimate of the leads of one trial, all of which may be open at once; of today's scenario too, if it is played.
    pub fn expected_leads(&self) -> f64 {
        let pilot = self.model.buyers.decay.as_ref().map(|_| leads_per_trial(&self.base));
        leads_per_trial(&self.model).max(pilot.unwrap_or(0.0))
    }

    /// Bytes that the records of so many trials take until they are averaged, within a factor of two.
    pub fn expected_record_bytes(&self, trials: u64) -> f64 {
        record_bytes(&self.model) * trials as f64
    }

    /// Bytes that one trial takes while it is played, if all its leads are open at once.
    pub fn expected_trial_bytes(&self) -> f64 {
        BYTES_A_LEAD * self.expected_leads()
    }
}

/// What one trial leaves behind (measured: 30 KB for a quarter of the template, 88 KB for a year).
fn record_bytes(model: &Model) -> f64 {
    let tiers = model.leads.tiers.len() as f64;
    let commitments = model.agreement.commitments.len() as f64;
    let periods = (model.horizon.weeks.len() + model.horizon.months.len()) as f64;
    let whole = 2_000.0 + 1_500.0 * (tiers + 2.0) + commitments * (200.0 + 60.0 * tiers);
    whole + periods * (100.0 + 250.0 * (tiers + 1.0) + 10.0 * commitments * tiers)
}

fn events_per_trial(model: &Model) -> f64 {
    let per_lead = EVENTS_A_LEAD + EVENTS_AN_ATTEMPT * model.buyers.most_attempts() as f64;
    leads_per_trial(model) * per_lead * (1.0 + model.buyers.recycling.share) + rep_events(model)
}

/// Leads from the start of the run-in to the end of the run-out.
fn leads_per_trial(model: &Model) -> f64 {
    let of_source = |arrivals: &Arrivals| match arrivals {
        Arrivals::Rate(profile) => leads_of_rate(model, profile),
        Arrivals::Uploads(uploads) => uploads.iter().map(|upload| upload.leads.mean()).sum(),
        Arrivals::Replay(replay) if replay.resample == Resample::AsIs => replay.stamps.len() as f64,
        Arrivals::Replay(replay) => {
            replay.stamps.len() as f64 * replay.targets.len() as f64 / replay.days.len().max(1) as f64
        }
    };
    let standing: f64 = model.backlog.iter().map(|b| f64::from(b.waiting) + f64::from(b.in_cadence)).sum();
    standing + model.sources.iter().map(|source| of_source(&source.arrivals)).sum::<f64>()
}

/// Leads of a source with a rate. Uneven gaps bring more than the rate says, by at most their squared coefficient of variation
/// (Lorden 1970), because a trial begins with an arrival's own gap.
fn leads_of_rate(model: &Model, profile: &RateProfile) -> f64 {
    let a_day = profile.hourly.iter().sum::<f64>() / 7.0;
    let arrivals = a_day * days_with_surges(model, profile);
    if arrivals <= 0.0 {
        return 0.0;
    }
    let unevenness = profile.gaps.variance() / profile.gaps.mean().powi(2);
    (arrivals + (unevenness - 1.0).max(0.0)) * profile.batch.mean().max(1.0)
}

/// The days of a trial, each as often as the surges that lie on it multiply its leads.
fn days_with_surges(model: &Model, profile: &RateProfile) -> f64 {
    let (opens, last) = (model.horizon.opens, model.horizon.last());
    if profile.surges.is_empty() {
        return (last - opens).as_days();
    }
    let local = |at| model.horizon.zone.local(at).date();
    // a lead's own calendar may be a day off the company's
    let first = local(opens).yesterday().unwrap_or(Date::MIN);
    let days = first.series(jiff::Span::new().days(1)).take_while(|date| *date <= local(last));
    let times = |date: Date| -> f64 {
        let on_it = profile.surges.iter().filter(|surge| surge.from <= date && date <= surge.until);
        on_it.map(|surge| surge.times).product()
    };
    days.map(times).sum()
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
