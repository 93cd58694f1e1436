//! One lead's life in words: every stamp on the lead's own clock, both waits, every promise with its due time and verdict.

use super::broken::broken;
use super::causes::waited_for;
use super::lead_tables::{own_date, reason, verdict};
use super::names;
use super::wording::{count, money, plain, waiting};
use crate::model::{AfterHours, Channel, Model, Promise, RepId};
use crate::plan::replay::LeadStory;
use crate::time::{Instant, Zone};
use crate::trial::{Ending, Happening, LateCause, Verdict};

/// The story of a lead as lines of text.
pub fn story(model: &Model, story: &LeadStory, trial: u64, seed: u64) -> String {
    let lead = &story.lead;
    let place = &model.leads.zones[usize::from(lead.zone.0)];
    let mut text = String::new();
    let mut line = |words: String| {
        text.push_str(&plain(&words));
        text.push('\n');
    };
    line(format!(
        "Lead {} of trial {trial}, seed {seed}: {}, {}, from {}",
        lead.number,
        names::tier_of(model, lead.tier),
        segment(model, story),
        source(model, story)
    ));
    line(format!("All times are the lead's own: {}", place.zone.name()));
    if lead.tier != lead.true_tier {
        line(format!("It buys like {}, but carries the wrong label", names::tier_of(model, lead.true_tier)));
    }
    line(String::new());
    let mut before: Option<Instant> = None;
    for (told, what) in &story.happenings {
        let at = match what {
            // how it all ends is told when it is decided; it comes after whatever stands above
            Happening::Ended(_) => before.map_or(*told, |before| before.max(*told)),
            _ => own_date(what, *told),
        };
        let when = if before == Some(at) { " ".repeat(22) } else { written(&place.zone, at) };
        before = Some(at);
        line(format!("{when}  {}", happening(model, story, &place.zone, what)));
    }
    line(String::new());
    clocks(model, story).into_iter().for_each(&mut line);
    line(String::new());
    promises(model, story).into_iter().for_each(&mut line);
    text
}

fn segment(model: &Model, story: &LeadStory) -> String {
    let place = usize::from(story.lead.segment.0);
    model.leads.segments.get(place).map_or("no segment".into(), |segment| segment.name.clone())
}

fn source(model: &Model, story: &LeadStory) -> String {
    let place = usize::from(story.lead.source.0);
    let name = model.sources.get(place).map_or("the opening backlog".into(), |s| s.name.replace('_', " "));
    match story.lead.came_from {
        Some(number) => format!("{name}, back from nurture (it was lead {number})"),
        None => name,
    }
}

/// "Tue  3 Feb 2026 09:05:12"
fn written(zone: &Zone, at: Instant) -> String {
    zone.local(at).strftime("%a %e %b %Y %H:%M:%S").to_string()
}

/// "Tue 3 Feb 09:05"
fn short(zone: &Zone, at: Instant) -> String {
    zone.local(at).strftime("%a %-d %b %H:%M").to_string()
}

fn rep(model: &Model, rep: RepId) -> String {
    model.reps[rep.0 as usize].name.clone()
}

fn happening(model: &Model, story: &LeadStory, zone: &Zone, what: &Happening) -> String {
    let name = |id: RepId| rep(model, id);
    match *what {
        Happening::Created => {
            let hours = if story.lead.in_hours { "in business hours" } else { "after hours" };
            format!("becomes an MQL, {hours}")
        }
        Happening::Waits { until, automation_failed } => {
            let held =
                !story.lead.in_hours && matches!(model.routing.after_hours, AfterHours::HoldUntil { .. });
            let why = match (automation_failed, held) {
                (true, _) => "the automation did not take it; somebody routes it by hand, expected",
                (false, true) => "waits for the morning and the automation, until",
                (false, false) => "waits for the automation, until",
            };
            format!("{why} {}", short(zone, until))
        }
        Happening::Routed => "is routed to sales; the SLA clock starts".into(),
        Happening::Unassigned => "finds nobody eligible and waits in the queue".into(),
        Happening::FoundNobody { call } => {
            format!("call {call} finds nobody free, and there is no line to wait in")
        }
        Happening::Assigned(id) => format!("is assigned to {}", name(id)),
        Happening::Pooled => "goes into the shared queue".into(),
        Happening::BackUp(id) => format!("nobody has begun it: {} is called as back-up", name(id)),
        Happening::Noticed(Some(id)) => format!("{} notices it", name(id)),
        Happening::Noticed(None) => "the pool notices it".into(),
        Happening::Ignored(Some(id)) => format!("{} leaves it unworked", name(id)),
        Happening::Ignored(None) => "is left unworked".into(),
        Happening::ReviewStarted(id) => format!("{} begins to read it", name(id)),
        Happening::PutDown(id) => format!("{} puts it down", name(id)),
        Happening::TakenUp(id) => format!("{} goes on with it", name(id)),
        Happening::Rejected(id, place) => {
            format!("{} rejects it: {}", name(id), model.buyers.rejection_reasons[place].name)
        }
        Happening::Overturned => "the rejection is overturned; it goes back to sales".into(),
        Happening::Accepted(id) => format!("{} accepts it", name(id)),
        Happening::Attempted(id, 1, channel) => {
            format!("first attempt, {} by {}; the SLA clock stops", name(id), by(channel))
        }
        Happening::Attempted(id, n, channel) => format!("attempt {n}, {} by {}", name(id), by(channel)),
        Happening::Contacted(id) => format!("talks to {}", name(id)),
        Happening::Replied => "replies".into(),
        Happening::Disqualified(place) => {
            format!("does not qualify: {}", model.buyers.disqualification_reasons[place].name)
        }
        Happening::Qualified => "qualifies: an SQL".into(),
        Happening::Booked(at) => format!("books a meeting for {}", short(zone, at)),
        Happening::Met { held, rebooked, .. } => {
            let again = if rebooked { "the rebooked meeting" } else { "the meeting" };
            format!("{again} {}", if held { "takes place" } else { "does not take place" })
        }
        Happening::Opportunity { dollars, .. } => format!("an opportunity of {} opens", money(dollars)),
        Happening::Won { .. } => "is won".into(),
        Happening::GaveUp(id) => format!("{} gives up before the cadence is done", name(id)),
        Happening::Ended(ending) => format!("ends: {}", end(model, story, ending)),
    }
}

fn by(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "phone",
        Channel::Email => "email",
        Channel::LinkedIn => "LinkedIn",
    }
}

fn end(model: &Model, story: &LeadStory, ending: Ending) -> String {
    let why = reason(model, &story.lead).map_or(String::new(), |reason| format!(" ({reason})"));
    match ending {
        Ending::Rejected => format!("rejected{why}"),
        Ending::Disqualified => format!("disqualified{why}"),
        Ending::Unresponsive => "unresponsive, back to marketing".into(),
        Ending::NeverWorked => "never worked by anyone".into(),
        Ending::NoShow => "qualified, but the meeting never took place".into(),
        Ending::NoOpportunity => "met, but no opportunity came of it".into(),
        Ending::Lost => "an opportunity, lost in the end".into(),
        Ending::Won => "won".into(),
        Ending::LostInterest => "lost interest before anybody called".into(),
        Ending::Left if story.lead.calls > 0 => "left: it gave up calling".into(),
        Ending::Left => "left before anybody had begun it".into(),
    }
}

/// The SLA clock and the lead clock, side by side.
fn clocks(model: &Model, story: &LeadStory) -> Vec<String> {
    let lead = &story.lead;
    let hours = &model.leads.zones[usize::from(lead.zone.0)].hours;
    let sla = match (lead.routed, lead.attempted) {
        (Some(from), Some(to)) => {
            let open = waiting(hours.open_between(from, to).as_minutes());
            format!("{open} of business time, from routed to first attempt")
        }
        (Some(_), None) => "no attempt was made".into(),
        (None, _) => "never started: the lead was not routed".into(),
    };
    let wall = lead.lead_clock_minutes().map_or("no attempt was made".into(), |minutes| {
        format!("{}, from the form to first attempt, nights included", waiting(minutes))
    });
    let work = format!("{} min of rep time", count(lead.minutes));
    let mut lines =
        vec![format!("SLA clock    {sla}"), format!("Lead clock   {wall}"), format!("Work         {work}")];
    lines.extend(late(story).map(|parts| format!("Late         {parts}")));
    lines
}

/// What a late lead waited for on its SLA clock, longest first: "44 min owner in a meeting, 12 min not noticed".
fn late(story: &LeadStory) -> Option<String> {
    let minutes = story.lead.late_minutes.as_deref()?;
    let mut parts: Vec<(LateCause, f64)> =
        LateCause::ALL.iter().map(|cause| (*cause, minutes[*cause as usize])).collect();
    parts.retain(|(_, minutes)| *minutes >= 1.0 / 60.0);
    parts.sort_by(|a, b| b.1.total_cmp(&a.1));
    let told = parts.iter().map(|(cause, minutes)| format!("{} {}", waiting(*minutes), waited_for(*cause)));
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join(", "))
}

fn promises(model: &Model, story: &LeadStory) -> Vec<String> {
    let zone = &model.leads.zones[usize::from(story.lead.zone.0)].zone;
    let mut lines = Vec::new();
    for (commitment, judged) in model.agreement.commitments.iter().zip(&story.judged) {
        let Some(judged) = judged else { continue };
        let sign = match judged.verdict {
            Verdict::Kept => "✓",
            Verdict::Missed => "✗",
            Verdict::RejectedBefore | Verdict::Open => "·",
        };
        let due =
            judged.due.map_or("not due in the calendar".into(), |at| format!("due {}", short(zone, at)));
        let counted = if model.horizon.contains(judged.from) { "" } else { " (outside the judged period)" };
        lines.push(format!(
            "{sign} {:<4} {}: from {}, {due}, {}{counted}",
            commitment.id,
            commitment.title,
            short(zone, judged.from),
            verdict(judged.verdict)
        ));
        if let Promise::Persistence(promise) = &commitment.promise
            && judged.verdict == Verdict::Missed
        {
            let why = broken(model, promise, &story.lead, judged.due);
            lines.extend(why.into_iter().map(|why| format!("       {why}")));
        }
    }
    if lines.is_empty() {
        lines.push("No commitment applies to this lead".into());
    }
    lines
}
