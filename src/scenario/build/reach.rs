//! Persistence promises that the written cadence can never keep: told before the first run, segment by segment.

use super::view::Desk;
use crate::model::{Agreement, Cadence, Channel, Commitment, Persistence, Promise, Segment};
use crate::scenario::tree::join;

/// Warns of every promise that asks for more attempts than the cadence plans, though every rep did all of them on the day.
pub(super) fn warn(desk: &mut Desk<'_>, agreement: &Agreement, cadence: &Cadence, segments: &[Segment]) {
    for commitment in &agreement.commitments {
        if let Promise::Persistence(promise) = &commitment.promise {
            desk.warnings.extend(out_of_reach(commitment, promise, cadence, segments));
        }
    }
}

fn out_of_reach(
    commitment: &Commitment,
    promise: &Persistence,
    cadence: &Cadence,
    segments: &[Segment],
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
    let told = lacks.into_iter().filter(|(lack, _)| !lack.is_empty());
    told.map(|(lack, names)| {
        let whom = if all_alike { String::new() } else { format!(" for {}", names.join(", ")) };
        format!(
            "{} can never be kept{whom}: the cadence plans {}; add steps to buyers.cadence.steps, or promise less",
            join("commitments", &commitment.id),
            lack.join(" and ")
        )
    })
    .collect()
}

/// What the steps for a segment leave out, however well they are worked.
fn lacking(promise: &Persistence, cadence: &Cadence, segment: usize) -> Vec<String> {
    // where a step hangs on the end of the one before, its day is a guess: then it may well be in time
    let in_time = cadence.steps.iter().filter(|step| step.gap.is_some() || step.day <= promise.within_days);
    let planned: Vec<Channel> = in_time.filter_map(|step| step.channel.get(segment).copied()).collect();
    let by = |wanted: Channel| planned.iter().filter(|channel| **channel == wanted).count() as u32;
    let linkedin = promise.linkedin.get(segment).copied().unwrap_or(0);
    let clauses = [
        ("attempts in time", planned.len() as u32, promise.attempts),
        ("attempts by phone", by(Channel::Phone), promise.phone.0),
        ("attempts by email", by(Channel::Email), promise.email.0),
        ("attempts by LinkedIn", by(Channel::LinkedIn), linkedin),
    ];
    clauses
        .into_iter()
        .filter(|(_, planned, asked)| planned < asked)
        .map(|(what, planned, asked)| format!("{planned} of {asked} {what}"))
        .collect()
}
