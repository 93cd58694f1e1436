//! Whether a rep tried often and evenly enough before giving a lead up as unresponsive.

use super::clock::{Judged, Verdict};
use super::lead::Lead;
use super::watch::Ending;
use crate::model::{Channel, Persistence};
use crate::time::{Instant, OpenHours};

/// Judges the whole pass of a lead given up as unresponsive; `None` for every other lead.
pub(super) fn judge(promise: &Persistence, hours: &OpenHours, lead: &Lead) -> Option<Judged> {
    let Some((_, Ending::Unresponsive | Ending::LostInterest)) = lead.ended else { return None };
    let first = lead.attempted?;
    let due = hours.business_day_after(first, promise.within_days);
    let in_time: Vec<_> =
        lead.attempts.iter().filter(|(at, _)| due.is_none_or(|due| *at <= due)).copied().collect();
    let by = |wanted: Channel| {
        let attempts: Vec<_> = in_time.iter().filter(|(_, channel)| *channel == wanted).copied().collect();
        (attempts.len() as u32, each_day(&attempts, hours).len() as u32)
    };
    let at_least = |(attempts, days): (u32, u32), asked: (u32, u32)| attempts >= asked.0 && days >= asked.1;
    let linkedin = promise.linkedin.get(usize::from(lead.segment.0)).copied().unwrap_or(0);
    let kept = in_time.len() as u32 >= promise.attempts
        && each_day(&in_time, hours).len() as u32 >= promise.days
        && at_least(by(Channel::Phone), promise.phone)
        && at_least(by(Channel::Email), promise.email)
        && at_least(by(Channel::LinkedIn), (linkedin, 0))
        && is_even(promise, hours, &lead.attempts);
    Some(Judged { from: first, due, verdict: if kept { Verdict::Kept } else { Verdict::Missed } })
}

/// Never too many a day, never too soon after one another.
fn is_even(promise: &Persistence, hours: &OpenHours, attempts: &[(Instant, Channel)]) -> bool {
    promise.most_per_day.is_none_or(|most| each_day(attempts, hours).iter().all(|made| *made <= most))
        && attempts.windows(2).all(|pair| pair[1].0 - pair[0].0 >= promise.pause)
}

/// Attempts made on each local day of the lead that has any.
fn each_day(attempts: &[(Instant, Channel)], hours: &OpenHours) -> Vec<u32> {
    attempts
        .chunk_by(|a, b| hours.local_day_index(a.0) == hours.local_day_index(b.0))
        .map(|day| day.len() as u32)
        .collect()
}
