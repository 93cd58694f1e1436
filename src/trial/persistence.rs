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
pub fn clauses(
    promise: &Persistence,
    hours: &OpenHours,
    lead: &Lead,
    due: Option<Instant>,
) -> [bool; CLAUSES] {
    // Attempts stand in order of time: those in time come first.
    let in_time = lead.attempts.iter().take_while(|(at, _)| due.is_none_or(|due| *at <= due)).count();
    let made: Vec<Attempt> =
        lead.attempts.iter().map(|(at, channel)| (hours.local_day_index(*at), *channel)).collect();
    let by = |wanted: Channel| tally(&made[..in_time], |channel| channel == wanted);
    let at_least = |(attempts, days): (u32, u32), asked: (u32, u32)| attempts >= asked.0 && days >= asked.1;
    let linkedin = promise.linkedin.get(usize::from(lead.segment.0)).copied().unwrap_or(0);
    let within_a_day =
        |most: u32| made.chunk_by(|one, next| one.0 == next.0).all(|day| day.len() as u32 <= most);
    [
        in_time as u32 >= promise.attempts,
        tally(&made[..in_time], |_| true).1 >= promise.days,
        at_least(by(Channel::Phone), promise.phone),
        at_least(by(Channel::Email), promise.email),
        at_least(by(Channel::LinkedIn), (linkedin, 0)),
        promise.most_per_day.is_none_or(within_a_day),
        lead.attempts.windows(2).all(|pair| pair[1].0 - pair[0].0 >= promise.pause),
    ]
}

/// The lead's local day of an attempt, and its channel.
type Attempt = (Option<usize>, Channel);

/// How many attempts are of the kind asked for, and on how many days.
fn tally(made: &[Attempt], of_kind: impl Fn(Channel) -> bool) -> (u32, u32) {
    let (mut attempts, mut days, mut last) = (0, 0, None);
    for (day, _) in made.iter().filter(|(_, channel)| of_kind(*channel)) {
        attempts += 1;
        days += u32::from(last != Some(*day));
        last = Some(*day);
    }
    (attempts, days)
}
