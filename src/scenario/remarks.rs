//! Remarks on a scenario that is valid but may not mean what its author thinks: promises that no desk like this can keep.

use super::tree::join;
use crate::model::{Commitment, Milestone, Model, Promise, TierId};
use crate::time::{Instant, Span, Target, clock_text};

/// Everything worth a remark.
pub(super) fn remarks(model: &Model) -> Vec<String> {
    let mut remarks = Vec::new();
    for group in 0..model.groups.len() {
        remarks.extend(meetings_all_day(model, group));
    }
    for commitment in &model.agreement.commitments {
        remarks.extend(at_once(commitment));
        if let Promise::Timed { to: Milestone::Attempted, after_hours: Some(clock), .. } = &commitment.promise
            && let Target::ByTime { minute_of_day, .. } = clock.target
        {
            remarks.extend(nobody_before(model, commitment, minute_of_day));
        }
    }
    remarks
}

/// Says where the meetings by chance of a group fill more than its longest shift.
fn meetings_all_day(model: &Model, group: usize) -> Option<String> {
    let meetings = &model.groups[group].meetings;
    let minutes: f64 = meetings.iter().map(|its| its.per_day * its.length.mean()).sum();
    let days = model.reps.iter().filter(|rep| rep.group == group).flat_map(|rep| rep.days.iter());
    let longest = days.map(|day| (day.ends - day.starts).as_minutes()).reduce(f64::max)?;
    if minutes <= longest {
        return None;
    }
    let names: Vec<&str> = meetings.iter().map(|its| its.name.as_str()).collect();
    Some(format!(
        "meetings by chance ({}) take {:.1} h a day on average in team.{}, whose longest shift is {:.1} h; those that find no room on a day do not take place",
        names.join(", "),
        minutes / 60.0,
        join("", &model.groups[group].name),
        longest / 60.0
    ))
}

/// Says which promise gives no time at all.
fn at_once(commitment: &Commitment) -> Option<String> {
    let Promise::Timed { to, within, after_hours, .. } = &commitment.promise else { return None };
    let clock = [Some(within), after_hours.as_ref()].into_iter().flatten().find(|clock| {
        matches!(clock.target, Target::Wall(length) | Target::Business(length) | Target::SkippingClosedDays(length)
            if length <= Span::ZERO)
    })?;
    let but = match to {
        Milestone::Routed | Milestone::Assigned => "only a hand-over in the same instant keeps it",
        _ => "it is kept only in the very instant in which its clock starts",
    };
    Some(format!("{} ({}) gives {}: {but}", commitment.id, commitment.title, clock.text))
}

/// Says where no rep is on shift before leads of the night are due.
fn nobody_before(model: &Model, commitment: &Commitment, minute: u16) -> Option<String> {
    // of a headcount nobody in particular has a shift
    if model.groups.iter().any(|group| group.cover.is_some()) || model.reps.is_empty() {
        return None;
    }
    let takes = |group: usize| {
        let tiers: &[TierId] = &model.groups[group].tiers;
        commitment.scope.tiers.is_empty() || commitment.scope.tiers.iter().any(|tier| tiers.contains(tier))
    };
    let shifts: Vec<(Instant, Instant)> = model
        .reps
        .iter()
        .filter(|rep| takes(rep.group))
        .flat_map(|rep| rep.days.iter().map(|day| (day.starts, day.ends)))
        .collect();
    let late: Vec<&str> = model
        .leads
        .zones
        .iter()
        .filter(|its| {
            let zone = &its.zone;
            let mut dues =
                its.hours.intervals().filter(|(opens, _)| model.horizon.contains(*opens)).peekable();
            dues.peek().is_some()
                && dues.all(|(opens, _)| {
                    let midnight = zone.local(opens).date().at(0, 0, 0, 0);
                    let hour = (minute / 60) as i8;
                    let due = midnight.with().hour(hour).minute((minute % 60) as i8).build();
                    let due = due.map_or(opens, |due| zone.instant(due));
                    let midnight = zone.instant(midnight);
                    !shifts.iter().any(|(starts, ends)| *starts < due && *ends > midnight)
                })
        })
        .map(|its| its.zone.name())
        .collect();
    if late.is_empty() {
        return None;
    }
    Some(format!(
        "nobody is on shift before {} in {}, when {} is due for leads of the night: nearly all of them are late",
        clock_text(minute),
        late.join(", "),
        commitment.id
    ))
}
