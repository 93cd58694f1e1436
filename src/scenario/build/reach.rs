//! Promises that can never be kept, and those that no lead is meant for: told before the first run.

use super::view::Desk;
use crate::model::{
    Agreement, Arrivals, Cadence, Channel, Commitment, Leads, Persistence, Promise, Segment, Source, TierId,
};
use crate::scenario::tree::join;

/// Warns of every promise that asks for more attempts, or attempts on more days, than a cadence plans, though every rep did all of
/// them on the day. A promise asks what the agreement says, whatever the cadence of a tier is.
pub(super) fn warn(desk: &mut Desk<'_>, agreement: &Agreement, cadences: &[Cadence], leads: &Leads) {
    for commitment in &agreement.commitments {
        let Promise::Persistence(promise) = &commitment.promise else { continue };
        let alike = tiers_by_cadence(&commitment.scope.tiers, cadences);
        for tiers in &alike {
            let whose = if alike.len() == 1 { String::new() } else { tiers_named(tiers, leads) };
            let cadence = &cadences[usize::from(tiers[0].0)];
            desk.warnings.extend(out_of_reach(commitment, promise, cadence, &leads.segments, &whose));
        }
    }
}

/// Warns of every promise whose tiers no source sends: what it judges, if anything, are leads that are labelled so by mistake.
pub(super) fn warn_of_nobodys(desk: &mut Desk<'_>, agreement: &Agreement, sources: &[Source], leads: &Leads) {
    for commitment in &agreement.commitments {
        let tiers = &commitment.scope.tiers;
        if tiers.is_empty() || tiers.iter().any(|tier| sources.iter().any(|source| sends(source, *tier))) {
            continue;
        }
        let whose = tiers_named(tiers, leads);
        desk.warnings.push(format!(
            "commitments.{}: no source sends leads of {}; what it judges are leads of other tiers that are labelled so by mistake, if any; give a source the tier, or leave the commitment out",
            commitment.id,
            whose.trim_start_matches(" in "),
        ));
    }
}

/// Whether a source may send leads that truly are of a tier; of a record that is replayed, each lead says so itself.
fn sends(source: &Source, tier: TierId) -> bool {
    let comes = match &source.arrivals {
        Arrivals::Replay(_) => return true,
        Arrivals::Rate(rate) => rate.cycle.is_some() || rate.hourly.iter().any(|rate| *rate > 0.0),
        Arrivals::Uploads(uploads) => !uploads.is_empty(),
    };
    comes && source.tier_mix.share(usize::from(tier.0)) > 0.0
}

/// The tiers that a promise covers, those with the same cadence together.
fn tiers_by_cadence(covered: &[TierId], cadences: &[Cadence]) -> Vec<Vec<TierId>> {
    let mut alike: Vec<Vec<TierId>> = Vec::new();
    let tiers = (0..cadences.len()).map(|tier| TierId(tier as u8));
    for tier in tiers.filter(|tier| covered.is_empty() || covered.contains(tier)) {
        let cadence = |tier: TierId| &cadences[usize::from(tier.0)];
        match alike.iter_mut().find(|tiers| cadence(tiers[0]) == cadence(tier)) {
            Some(tiers) => tiers.push(tier),
            None => alike.push(vec![tier]),
        }
    }
    alike
}

/// "tier 3", or "tiers 2 and 3".
fn tiers_named(tiers: &[TierId], leads: &Leads) -> String {
    let names: Vec<&str> = tiers.iter().map(|tier| leads.tiers[usize::from(tier.0)].name.as_str()).collect();
    match names.split_last() {
        Some((last, [])) => format!("tier {last}"),
        Some((last, rest)) => format!("tiers {} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

fn out_of_reach(
    commitment: &Commitment,
    promise: &Persistence,
    cadence: &Cadence,
    segments: &[Segment],
    tiers: &str,
) -> Vec<String> {
    let mut lacks: Vec<(Vec<String>, Vec<&str>)> = Vec::new();
    for (place, segment) in segments.iter().enumerate() {
        let lack = lacking(promise, cadence, place);
        match lacks.iter_mut().find(|(known, _)| *known == lack) {
            Some((_, names)) => names.push(&segment.name),
            None => lacks.push((lack, vec![&segment.name])),
        }
    }
    let all_alike = lacks.len() == 1;
    let way_out = match tiers {
        "" => "add steps to buyers.cadence.steps, or promise less".to_string(),
        _ => "plan more in buyers.cadence.tiers, or promise less".to_string(),
    };
    let told = lacks.into_iter().filter(|(lack, _)| !lack.is_empty());
    told.map(|(lack, names)| {
        let segments = if all_alike { String::new() } else { names.join(", ") };
        let whom: Vec<&str> = [tiers, &segments].into_iter().filter(|part| !part.is_empty()).collect();
        let whom = if whom.is_empty() { String::new() } else { format!(" for {}", whom.join(", ")) };
        format!(
            "{} can never be kept{whom}: the cadence plans {}; {way_out}",
            join("commitments", &commitment.id),
            lack.join(" and ")
        )
    })
    .collect()
}

/// What the steps for a segment leave out, however well they are worked.
fn lacking(promise: &Persistence, cadence: &Cadence, segment: usize) -> Vec<String> {
    // where a step hangs on the end of the one before, its day is a guess: then it may well be in time, and on a day of its own
    let in_time = cadence.steps.iter().filter(|step| step.gap.is_some() || step.day <= promise.within_days);
    let sure_of_days = cadence.steps.iter().all(|step| step.gap.is_none());
    let planned: Vec<(Channel, u32)> =
        in_time.filter_map(|step| Some((*step.channel.get(segment)?, step.day))).collect();
    let by = |wanted: Option<Channel>| {
        let its = planned.iter().filter(|(channel, _)| wanted.is_none_or(|wanted| *channel == wanted));
        let mut days: Vec<u32> = its.map(|(_, day)| *day).collect();
        let attempts = days.len() as u32;
        days.dedup();
        (attempts, if sure_of_days { days.len() as u32 } else { attempts })
    };
    let linkedin = promise.linkedin.get(segment).copied().unwrap_or(0);
    let clauses = [
        ("attempts in time", by(None), (promise.attempts, promise.days)),
        ("attempts by phone", by(Some(Channel::Phone)), promise.phone),
        ("attempts by email", by(Some(Channel::Email)), promise.email),
        ("attempts by LinkedIn", by(Some(Channel::LinkedIn)), (linkedin, 0)),
    ];
    let lack = |(what, (planned, on), (asked, days)): (&str, (u32, u32), (u32, u32))| {
        if planned < asked {
            Some(format!("{planned} of {asked} {what}"))
        } else {
            (on < days).then(|| format!("{what} on {on} of {days} days"))
        }
    };
    clauses.into_iter().filter_map(lack).collect()
}
