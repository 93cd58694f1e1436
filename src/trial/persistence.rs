//! Whether a rep tried often and evenly enough before giving a lead up as unresponsive.

use super::clock::{Judged, Verdict};
use super::lead::Lead;
use super::outcome::CLAUSES;
use super::watch::Ending;
use crate::model::{Channel, Persistence};
use crate::time::{Instant, OpenHours};

/// Judges the whole pass of a lead given up as unresponsive; `None` for every other lead.
pub(super) fn judge(promise: &Persistence, hours: &OpenHours, lead: &Lead) -> Option<Judged> {
    let Some((_, Ending::Unresponsive | Ending::LostInterest)) = lead.ended else { return None };
    let from = lead.attempted?;
    let due = hours.business_day_after(from, promise.within_days);
    let kept = clauses(promise, hours, lead, due) == [true; CLAUSES];
    Some(Judged { from, due, verdict: if kept { Verdict::Kept } else { Verdict::Missed } })
}

/// Which clauses were kept, in the order of [`CLAUSES`]: counts by `due`, limits over the whole pass.
pub(super) fn clauses(
    promise: &Persistence,
    hours: &OpenHours,
    lead: &Lead,
    due: Option<Instant>,
) -> [bool; CLAUSES] {
    let in_time: Vec<_> =
        lead.attempts.iter().filter(|(at, _)| due.is_none_or(|due| *at <= due)).copied().collect();
    let by = |wanted: Channel| {
        let attempts: Vec<_> = in_time.iter().filter(|(_, channel)| *channel == wanted).copied().collect();
        (attempts.len() as u32, each_day(&attempts, hours).len() as u32)
    };
    let at_least = |(attempts, days): (u32, u32), asked: (u32, u32)| attempts >= asked.0 && days >= asked.1;
    let linkedin = promise.linkedin.get(usize::from(lead.segment.0)).copied().unwrap_or(0);
    let within_a_day = |most: u32| each_day(&lead.attempts, hours).iter().all(|made| *made <= most);
    [
        in_time.len() as u32 >= promise.attempts,
        each_day(&in_time, hours).len() as u32 >= promise.days,
        at_least(by(Channel::Phone), promise.phone),
        at_least(by(Channel::Email), promise.email),
        at_least(by(Channel::LinkedIn), (linkedin, 0)),
        promise.most_per_day.is_none_or(within_a_day),
        lead.attempts.windows(2).all(|pair| pair[1].0 - pair[0].0 >= promise.pause),
    ]
}

/// Attempts made on each local day of the lead that has any.
fn each_day(attempts: &[(Instant, Channel)], hours: &OpenHours) -> Vec<u32> {
    attempts
        .chunk_by(|a, b| hours.local_day_index(a.0) == hours.local_day_index(b.0))
        .map(|day| day.len() as u32)
        .collect()
}
