//! The cadences of the model: when each attempt is due and by which channel, for all tiers alike or for some apart.

use super::view::{Desk, View};
use crate::model::{Cadence, Channel, Leads, Step};
use crate::scenario::kind::Unit;
use crate::scenario::problem::did_you_mean;
use crate::scenario::value;
use crate::time::Span;

/// Minutes of an open day by which gaps are counted where a plan needs whole days: of most calendars the shortest.
const OPEN_DAY: f64 = 480.0;

/// The cadence of each tier: its own where the file gives it one, else that of all.
pub(super) fn cadences(desk: &mut Desk<'_>, buyers: &View<'_>, leads: &Leads) -> Vec<Cadence> {
    let Some(table) = buyers.get("cadence") else {
        let call = Cadence { steps: vec![a_call(leads)], most_per_day: 1 };
        return vec![call; desk.tiers.len()];
    };
    let mut usual = Cadence { steps: steps(desk, &table, leads), most_per_day: table.count("most_per_day") };
    if usual.steps.is_empty() {
        desk.report_from(
            &table,
            &["steps"],
            "the cadence has no step",
            "add [buyers.cadence.steps] with 1 = { day = 0, by = \"phone\" }",
        );
        usual.steps.push(a_call(leads));
    }
    let mut cadences = vec![usual; desk.tiers.len()];
    for (name, view) in table.entries("tiers") {
        // tiers that only a preset names are no news
        let known = desk.tiers.iter().any(|tier| tier == name);
        if let Some(tier) = if known || view.is_own() { desk.tier(name, &view) } else { None } {
            of_tier(desk, &view, leads, &mut cadences[usize::from(tier.0)]);
        }
    }
    cadences
}

/// What the file says of one tier's cadence, over that of all.
fn of_tier(desk: &mut Desk<'_>, view: &View<'_>, leads: &Leads, cadence: &mut Cadence) {
    let own = |key: &str| view.get(key).is_some();
    if !["attempts", "steps", "most_per_day"].into_iter().any(own) {
        desk.report(view, "nothing is said of this tier's cadence", "write attempts = 3, or take it out");
        return;
    }
    if let Some(key) = view.get("steps") {
        let steps = steps(desk, view, leads);
        match steps.is_empty() {
            true => desk.report(&key, "the cadence has no step", "write 1 = { day = 0, by = \"phone\" }"),
            false => cadence.steps = steps,
        }
    }
    if own("most_per_day") {
        cadence.most_per_day = view.count("most_per_day");
    }
    let Some(key) = view.get("attempts") else { return };
    let (attempts, planned) = (view.count("attempts") as usize, cadence.steps.len());
    if attempts > planned {
        let whose = if own("steps") { "this tier's steps" } else { "buyers.cadence.steps" };
        desk.report(
            &key,
            format!("{attempts} attempts, and {whose} plan {planned}"),
            format!("write attempts = {planned} or fewer, or add steps"),
        );
    }
    cadence.steps.truncate(attempts.max(1));
}

fn a_call(leads: &Leads) -> Step {
    let channel = vec![Channel::Phone; leads.segments.len()];
    Step { day: 0, gap: None, pause: Span::ZERO, channel }
}

/// The steps written in a table, in order.
fn steps(desk: &mut Desk<'_>, table: &View<'_>, leads: &Leads) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for (_, entry) in table.entries("steps") {
        let gap = entry.law("gap", Unit::BusinessMinutes);
        let before = steps.last().map_or(0, |last| last.day);
        let day = match &gap {
            Some(gap) => before.saturating_add((gap.mean() / OPEN_DAY).ceil() as u32),
            None => entry.count("day"),
        };
        if gap.is_none() && entry.get("day").is_none() {
            desk.report(
                &entry,
                "when is this attempt due?",
                "write day = 2 (business days after the first attempt) or gap = \"8 business hours\" (after the one before)",
            );
        }
        if day < before {
            desk.report(
                &entry,
                "this step comes before the one above it",
                "put the steps in the order of their days",
            );
        }
        if steps.is_empty() && (day != 0 || gap.is_some()) {
            desk.report(&entry, "the first attempt opens the cadence, on day 0", "write day = 0");
        }
        let pause = entry.span("pause").unwrap_or(Span::ZERO);
        steps.push(Step { day, gap, pause, channel: channels(desk, &entry, leads) });
    }
    steps
}

fn channels(desk: &mut Desk<'_>, step: &View<'_>, leads: &Leads) -> Vec<Channel> {
    let same = |channel| vec![channel; leads.segments.len()];
    let Some(by) = step.get("by") else { return same(Channel::Phone) };
    if !by.node.is_table() {
        return same(step.read("by", channel).unwrap_or(Channel::Phone));
    }
    let known: Vec<&str> = leads.segments.iter().map(|segment| segment.name.as_str()).collect();
    for (name, entry) in by.all() {
        if entry.is_own() && !known.contains(&name) {
            desk.report(
                &entry,
                format!("there is no segment `{name}`"),
                did_you_mean(name, known.iter().copied()),
            );
        }
    }
    let mut channels = Vec::with_capacity(known.len());
    for name in &known {
        let Some(entry) = by.get(name) else {
            desk.report(
                &by,
                format!("segment `{name}` is left out"),
                format!("add {} = \"phone\"", crate::scenario::tree::key_text(name)),
            );
            channels.push(Channel::Phone);
            continue;
        };
        channels.push(channel(entry.node).unwrap_or(Channel::Phone));
    }
    channels
}

fn channel(node: &crate::scenario::tree::Node) -> value::Read<Channel> {
    Ok(match value::text(node)? {
        "email" => Channel::Email,
        "linkedin" => Channel::LinkedIn,
        _ => Channel::Phone,
    })
}
