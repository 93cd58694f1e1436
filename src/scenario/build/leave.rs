//! Leave on dates: which days each rep is away, and which dates can never matter.

use super::frame::Frame;
use super::view::{Desk, View};
use crate::scenario::value;
use crate::time::civil::{Date, Time};
use crate::time::{Instant, Zone};

/// When the rep of this number (from 0) is away, in order; contradictions are told with the first rep.
pub(super) fn leave(
    desk: &mut Desk<'_>,
    view: &View<'_>,
    ordinal: u32,
    zone: &Zone,
) -> Vec<(Instant, Instant)> {
    let mut stretches = Vec::new();
    for (_, entry) in view.entries("leave") {
        let who = entry.list("reps", |node| value::whole(node, 1, 10_000));
        let Some((from, until)) = dates(&entry) else { continue };
        if until < from && ordinal == 0 {
            desk.report(
                &entry,
                format!("this leave ends on {until}, before it starts"),
                "write the last day away in `until`",
            );
        }
        if let Some(beyond) = who.iter().find(|rep| **rep > i64::from(view.count("count")))
            && ordinal == 0
        {
            desk.report(
                &entry,
                format!("there is no rep {beyond} of {}", view.count("count")),
                "number the reps of the group from 1",
            );
        }
        if who.is_empty() || who.contains(&i64::from(ordinal + 1)) {
            let midnight = |date: Date| zone.instant(date.to_datetime(Time::midnight()));
            let after = until.tomorrow().unwrap_or(until);
            stretches.push((midnight(from), midnight(after)));
        }
    }
    stretches.sort_unstable();
    stretches
}

fn dates(entry: &View<'_>) -> Option<(Date, Date)> {
    Some((entry.read("from", value::date)?, entry.read("until", value::date)?))
}

/// Leave that lies outside of the run, as with a mistyped year, would pass unnoticed.
pub(super) fn warn_of_idle_dates(desk: &mut Desk<'_>, view: &View<'_>, frame: &Frame) {
    let (opens, closes) = frame.days_played();
    for (_, entry) in view.entries("leave") {
        let Some((from, until)) = dates(&entry) else { continue };
        if until < opens || closes < from {
            let (start, end) = frame.days_judged();
            desk.warnings.push(format!(
                "{}: {from} to {until} lies outside of the run ({opens} to {closes}, horizon {start} to {end}), so nobody is away; see whether the year is right",
                entry.path
            ));
        }
    }
}
