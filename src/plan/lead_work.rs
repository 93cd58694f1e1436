//! What an hour of the usual week brings and holds: leads by tier, reps on shift, and the minutes of work a lead makes, all by their means.

use crate::model::{Arrivals, Channel, LeadZone, Model, RateProfile, SegmentId, Source, TierId};
use crate::time::{Instant, Span};

/// Hours of a week, Monday 00:00 first.
pub(super) const HOURS: usize = 168;

/// The usual week, in the company's zone.
#[derive(Debug, Clone)]
pub(super) struct Hours {
    /// Reps on shift, by hour of the week.
    pub reps: [f64; HOURS],
    /// Leads created, by tier and hour of the week; none in hours that the horizon does not have.
    pub leads: Vec<[f64; HOURS]>,
    /// How often the horizon has each hour of the week.
    pub often: [f64; HOURS],
    /// Share of a shift that is left for leads: without lunch, meetings, own work, calls away, leave and sickness.
    pub at_desk: f64,
}

/// Minutes of work that a lead makes.
#[derive(Debug, Clone)]
pub(super) struct LeadWork {
    /// By tier: reading it and the first attempt, with the conversation where it is answered.
    pub first: Vec<f64>,
    /// By tier: everything after that.
    pub later: Vec<f64>,
    /// By tier: attempts after the first.
    attempts: Vec<f64>,
}

impl Hours {
    /// Of this scenario, from its rates and shifts as written; surges and holidays of leads are left out.
    pub fn of(model: &Model) -> Self {
        let mut leads = vec![[0.0; HOURS]; model.leads.tiers.len()];
        let often = often(model);
        for source in &model.sources {
            let hourly = hourly(model, source);
            for (tier, hours) in leads.iter_mut().enumerate() {
                let share = source.tier_mix.share(tier);
                for hour in (0..HOURS).filter(|hour| often[*hour] > 0.0) {
                    hours[hour] += share * hourly[hour];
                }
            }
        }
        Hours { reps: on_shift(model, &often), leads, often, at_desk: at_desk(model) }
    }
}

impl LeadWork {
    /// Of this scenario: review and the cadence as planned, each attempt made where those before were not answered and nobody gave up.
    pub fn of(model: &Model) -> Self {
        let tiers = 0..model.leads.tiers.len();
        let (mut first, mut later, mut attempts) = (Vec::new(), Vec::new(), Vec::new());
        for tier in tiers {
            let [begun, rest, tries] = of_tier(model, tier);
            first.push(begun);
            later.push(rest);
            attempts.push(tries);
        }
        LeadWork { first, later, attempts }
    }

    /// Mean minutes of one task, over leads that come so often by tier.
    pub fn task(&self, a_week: &[f64]) -> f64 {
        let (mut minutes, mut tasks) = (0.0, 0.0);
        for (tier, leads) in a_week.iter().enumerate() {
            minutes += leads * (self.first[tier] + self.later[tier]);
            tasks += leads * (1.0 + self.attempts[tier]);
        }
        if tasks > 0.0 { minutes / tasks } else { 0.0 }
    }
}

/// Minutes of the first task, minutes of all later ones, and later attempts, of a lead of this tier.
fn of_tier(model: &Model, tier: usize) -> [f64; 3] {
    let (work, buyers) = (&model.work, &model.buyers);
    let leads = &model.leads;
    let (accepted, contact) = (buyers.tiers[tier].accepted, &buyers.tiers[tier].contact);
    let pace = mean(model.groups.iter().map(|group| group.pace));
    let gives_up = mean(model.groups.iter().map(|group| group.gives_up[tier]));
    let talk = work.conversation.mean() + work.logging.mean();
    let (mut first, mut later, mut attempts) =
        (work.review[tier].mean() + leads.missing_fields * leads.rework.mean(), 0.0, 0.0);
    first += (1.0 - accepted) * work.rejection.mean();
    for (segment, _) in leads.segments.iter().enumerate() {
        let mut made = accepted * leads.segment_mix.share(segment);
        let steps = &buyers.cadence(TierId(tier as u8)).steps;
        for (number, step) in (1..).zip(steps) {
            let channel = step.channel_for(SegmentId(segment as u8));
            let answered = contact.chance(number, channel);
            let minutes = match channel {
                Channel::Phone => {
                    work.dial.mean() + (1.0 - answered) * work.voicemail_share * work.voicemail.mean()
                }
                Channel::Email => work.email.mean(),
                Channel::LinkedIn => work.linkedin.mean(),
            };
            let reply = if channel == Channel::Phone { 0.0 } else { work.reply.mean() };
            made *= if number > 2 { 1.0 - gives_up } else { 1.0 };
            let (now, then) = if channel == Channel::Phone { (talk, 0.0) } else { (0.0, talk + reply) };
            let task = made * (minutes + answered * now);
            if number == 1 {
                first += task
            } else {
                later += task
            }
            later += made * answered * then;
            attempts += if number == 1 { 0.0 } else { made };
            made *= 1.0 - answered;
        }
    }
    [first * pace, later * pace, attempts]
}

fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    values.clone().sum::<f64>() / (values.count().max(1) as f64)
}

/// Leads of a source by hour of the company's week.
fn hourly(model: &Model, source: &Source) -> [f64; HOURS] {
    let weeks = (model.horizon.end - model.horizon.start).as_days() / 7.0;
    match &source.arrivals {
        Arrivals::Rate(rate) => at_company(model, rate),
        Arrivals::Uploads(uploads) => {
            let inside = uploads.iter().filter(|upload| model.horizon.contains(upload.at));
            let all: f64 = inside.map(|upload| upload.leads.mean()).sum();
            [all / weeks / HOURS as f64; HOURS]
        }
        Arrivals::Replay(replay) => {
            let mut hours = [0.0; HOURS];
            let recorded = replay.days.len().max(1) as f64 / 7.0;
            for stamp in &replay.stamps {
                hours[hour_of_week(model, *stamp)] += 1.0 / recorded;
            }
            hours
        }
    }
}

/// A rate on the leads' own clocks, as the company's clock sees it.
fn at_company(model: &Model, rate: &RateProfile) -> [f64; HOURS] {
    let (leads, mut hours) = (&model.leads, [0.0; HOURS]);
    let known = 1.0 - leads.zone_unknown;
    let at = model.horizon.start;
    for (place, LeadZone { zone, .. }) in leads.zones.iter().enumerate() {
        let default = if place == usize::from(leads.default_zone.0) { leads.zone_unknown } else { 0.0 };
        let share = known * leads.zone_mix.share(place) + default;
        let behind = model.horizon.zone.local(at).duration_since(zone.local(at)).as_hours();
        for (hour, leads) in rate.hourly.iter().enumerate() {
            let here = (hour as i64 + behind).rem_euclid(HOURS as i64) as usize;
            hours[here] += share * leads * rate.batch.mean();
        }
    }
    hours
}

fn hour_of_week(model: &Model, at: Instant) -> usize {
    let local = model.horizon.zone.local(at);
    local.weekday().to_monday_zero_offset() as usize * 24 + local.hour() as usize
}

/// Reps on shift by hour of the week, on average over the horizon.
fn on_shift(model: &Model, often: &[f64; HOURS]) -> [f64; HOURS] {
    let (start, end) = (model.horizon.start, model.horizon.end);
    let mut reps = [0.0; HOURS];
    let mut add = |from: Instant, until: Instant, people: f64| {
        let (mut at, until) = (from.max(start), until.min(end));
        while at < until {
            let next = (at + Span::hours(1)).min(until);
            reps[hour_of_week(model, at)] += people * (next - at).as_hours();
            at = next;
        }
    };
    for rep in model.reps.iter().filter(|rep| model.groups[rep.group].cover.is_none()) {
        rep.days.iter().for_each(|day| add(day.starts, day.ends, 1.0));
    }
    for cover in model.groups.iter().filter_map(|group| group.cover.as_ref()) {
        let ends = cover.steps.iter().skip(1).map(|step| step.0).chain([end]);
        cover
            .steps
            .iter()
            .zip(ends)
            .for_each(|((from, people), until)| add(*from, until, f64::from(*people)));
    }
    std::array::from_fn(|hour| if often[hour] > 0.0 { reps[hour] / often[hour] } else { 0.0 })
}

/// How often the horizon has each hour of the week.
fn often(model: &Model) -> [f64; HOURS] {
    let mut often = [0.0; HOURS];
    let mut at = model.horizon.start;
    while at < model.horizon.end {
        often[hour_of_week(model, at)] += 1.0;
        at += Span::hours(1);
    }
    often
}

/// Share of a shift left for leads, on average over the team.
fn at_desk(model: &Model) -> f64 {
    let within = |at: Instant| model.horizon.contains(at);
    let of_rep = |rep: &crate::model::Rep| {
        let group = &model.groups[rep.group];
        let days = rep.days.iter().filter(|day| within(day.starts));
        let due: f64 = days.clone().map(|day| (day.ends - day.starts).as_hours()).sum();
        let shifts = days.count() as f64;
        if due <= 0.0 {
            return 1.0;
        }
        let lunch = rep.lunch.as_ref().map_or(0.0, |lunch| lunch.length.as_hours() * shifts);
        let standing: f64 =
            rep.standing.iter().filter(|its| within(its.starts)).map(|its| its.length.as_hours()).sum();
        let random: f64 = group.meetings.iter().map(|its| its.per_day * its.length.mean() / 60.0).sum();
        let blocks: f64 = group.rhythms.iter().map(|its| its.length.as_hours() / its.every.as_hours()).sum();
        let own: f64 = group.own_work.iter().filter(|own| !own.interruptible).map(|own| own.share).sum();
        let away = group.away.iter().map(|its| its.after.mean() / (its.after.mean() + its.length.mean()));
        let there = (1.0 - group.absences.sick) * (1.0 - group.absences.leave_weeks_per_quarter / 13.0);
        let planned = 1.0 - (lunch + standing + random * shifts) / due - blocks;
        (planned.max(0.0) * (1.0 - own).max(0.0) * away.product::<f64>() * there).clamp(0.0, 1.0)
    };
    if model.reps.is_empty() { 1.0 } else { mean(model.reps.iter().map(of_rep)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;
    use std::path::Path;

    fn template() -> Model {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.toml");
        scenario::load(&path, &[]).expect("the shipped template").model
    }

    /// 150 leads a month are 34.5 a week; six reps in three zones work 45 hours of shift a week each, holidays taken off.
    #[test]
    fn the_usual_week_of_the_template() {
        let model = template();
        let hours = Hours::of(&model);
        let leads: f64 = hours.leads.iter().flatten().sum();
        assert!((leads - 150.0 * 12.0 * 7.0 / 365.25).abs() < 0.3, "{leads}");
        let shifts: f64 = (0..HOURS).map(|hour| hours.reps[hour] * hours.often[hour]).sum();
        assert!((shifts - model.shift_hours()).abs() < 1e-6, "{shifts} {}", model.shift_hours());
        // an hour's lunch of nine, eight meetings a week of some forty minutes, 8 % own work, a day or so away
        assert!((0.5..0.75).contains(&hours.at_desk), "{}", hours.at_desk);
    }

    /// Without answers and without giving up all attempts of the cadence are made.
    #[test]
    fn a_lead_that_never_answers_takes_the_whole_cadence() {
        let mut model = template();
        for tier in &mut model.buyers.tiers {
            (tier.accepted, tier.contact) = (1.0, crate::model::Contact::ByAttempt(vec![0.0]));
        }
        model.groups.iter_mut().for_each(|group| group.gives_up.fill(0.0));
        let work = LeadWork::of(&model);
        let steps = model.buyers.cadence(TierId(0)).steps.len() as f64;
        assert!((work.attempts[0] - (steps - 1.0)).abs() < 1e-9);
        let dial = model.work.dial.mean() + model.work.voicemail_share * model.work.voicemail.mean();
        let review = model.work.review[0].mean() + model.leads.missing_fields * model.leads.rework.mean();
        assert_eq!(model.buyers.cadence(TierId(0)).steps[0].channel_for(SegmentId(0)), Channel::Phone);
        assert!((work.first[0] - review - dial).abs() < 1e-9, "{}", work.first[0]);
    }
}
