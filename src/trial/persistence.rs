//! Whether a rep tried often and evenly enough before giving a lead up as unresponsive.

use super::clock::{Judged, Verdict};
use super::lead::Lead;
use super::outcome::CLAUSES;
use super::watch::Ending;
use crate::model::{CHANNELS, Channel, Persistence};
use crate::time::{Instant, OpenHours};

/// Judges the whole pass of a lead given up as unresponsive; `None` for every other lead.
pub(super) fn judge(promise: &Persistence, hours: &OpenHours, lead: &Lead) -> Option<Judged> {
    let Some((_, Ending::Unresponsive | Ending::LostInterest)) = lead.ended else { return None };
    let from = lead.attempted?;
    let due = hours.business_day_after(from, promise.within_days);
    let clauses = clauses(promise, hours, lead, due);
    let verdict = if clauses == [true; CLAUSES] { Verdict::Kept } else { Verdict::Missed };
    Some(Judged { from, due, verdict, clauses })
}

/// Which clauses were kept, in the order of [`CLAUSES`]: counts by `due`, limits over the whole pass.
pub fn clauses(
    promise: &Persistence,
    hours: &OpenHours,
    lead: &Lead,
    due: Option<Instant>,
) -> [bool; CLAUSES] {
    // By channel, then over all: attempts in time, and on how many days.
    let mut in_time = [Tally::default(); CHANNELS + 1];
    let (mut pauses, mut today, mut most_a_day) = (true, 0, 0);
    let mut before: Option<(Instant, Option<usize>)> = None;
    for &(at, channel) in &lead.attempts {
        let day = hours.local_day_index(at);
        let same_day = before.is_some_and(|(_, earlier)| earlier == day);
        today = if same_day { today + 1 } else { 1 };
        most_a_day = most_a_day.max(today);
        pauses &= before.is_none_or(|(earlier, _)| at - earlier >= promise.pause);
        before = Some((at, day));
        if due.is_none_or(|due| at <= due) {
            in_time[channel as usize].count(day);
            in_time[CHANNELS].count(day);
        }
    }
    let kept = |channel: Channel, (attempts, days): (u32, u32)| {
        let made = &in_time[channel as usize];
        made.attempts >= attempts && made.days >= days
    };
    let linkedin = promise.linkedin.get(usize::from(lead.segment.0)).copied().unwrap_or(0);
    [
        in_time[CHANNELS].attempts >= promise.attempts,
        in_time[CHANNELS].days >= promise.days,
        kept(Channel::Phone, promise.phone),
        kept(Channel::Email, promise.email),
        kept(Channel::LinkedIn, (linkedin, 0)),
        promise.most_per_day.is_none_or(|most| most_a_day <= most),
        pauses,
    ]
}

/// Attempts, and the lead's local days on which there were any; days beyond the known calendar count as one.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    attempts: u32,
    days: u32,
    last: Option<Option<usize>>,
}

impl Tally {
    /// Attempts stand in order of time.
    fn count(&mut self, day: Option<usize>) {
        self.attempts += 1;
        self.days += u32::from(self.last != Some(day));
        self.last = Some(day);
    }
}
