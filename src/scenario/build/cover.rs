//! How many of a group are at work by time: from headcounts by weekly hours to the instants at which the number changes.

use super::frame::Frame;
use super::shifts;
use super::view::{Desk, View};
use crate::model::{Cover, Policy, Recycling, RepGroup, Routing};
use crate::scenario::value;
use crate::time::civil::Weekday;
use crate::time::{Instant, WeeklyBlock, Zone, clock_text};

/// Minutes of the clock in a week.
const WEEK: u32 = 7 * 24 * 60;

/// One stretch of the week with so many at work.
struct Stretch {
    block: WeeklyBlock,
    count: u32,
}

/// The cover of a group on the clock of `zone`, if it has one.
pub(super) fn cover(desk: &mut Desk<'_>, view: &View<'_>, zone: &Zone, frame: &Frame) -> Option<Cover> {
    let Some(table) = view.get("cover") else {
        if let Some(key) = view.get("after_close").filter(View::is_own) {
            desk.report(&key, "`after_close` has no effect on reps with a shift", "take it out");
        }
        return None;
    };
    let mut stretches = Vec::new();
    for (hours, entry) in table.all() {
        let (Ok(blocks), Ok(count)) = (value::shift_text(hours), value::whole(entry.node, 0, 10_000)) else {
            return None;
        };
        stretches.extend(blocks.into_iter().map(|block| Stretch { block, count: count as u32 }));
    }
    stretches.sort_by_key(|stretch| from(&stretch.block));
    if let Some((one, other)) = overlap(&stretches) {
        let called = |block: &WeeklyBlock| {
            format!("{:?} {}-{}", block.weekday, clock_text(block.from_minute), closes(block))
        };
        let message = format!("{} and {} overlap", called(one), called(other));
        desk.report(&table, message, "write for every hour of the week once how many are at work");
        return None;
    }
    let steps = steps(&stretches, zone, view, frame);
    if steps.iter().all(|(_, count)| *count == 0) {
        desk.report(
            &table,
            "nobody is ever at work in the horizon",
            "write cover = { \"Mon-Fri 08:00-18:00\" = 3 }",
        );
    }
    Some(Cover { steps: steps.into(), works_off: view.text("after_close") == Some("work off") })
}

/// The most who are at work at once.
pub(super) fn most(view: &View<'_>) -> u32 {
    let counts = view.entries("cover").into_iter();
    let counts = counts.filter_map(|(_, entry)| value::whole(entry.node, 0, 10_000).ok());
    counts.max().map_or(0, |most| most as u32)
}

fn closes(block: &WeeklyBlock) -> String {
    clock_text(if block.to_minute > 1440 { block.to_minute - 1440 } else { block.to_minute })
}

/// Minutes from Monday midnight.
fn from(block: &WeeklyBlock) -> u32 {
    day(block.weekday) * 1440 + u32::from(block.from_minute)
}

fn day(weekday: Weekday) -> u32 {
    weekday.to_monday_zero_offset() as u32
}

/// Two stretches of the week that have an hour in common.
fn overlap(stretches: &[Stretch]) -> Option<(&WeeklyBlock, &WeeklyBlock)> {
    let ends = |block: &WeeklyBlock| day(block.weekday) * 1440 + u32::from(block.to_minute);
    let pair = |one: usize, other: usize| (&stretches[one].block, &stretches[other].block);
    let inside = (1..stretches.len()).map(|n| pair(n - 1, n)).find(|(one, other)| ends(one) > from(other));
    let around = || {
        let (last, first) = (stretches.last()?, stretches.first()?);
        (ends(&last.block) > WEEK + from(&first.block)).then_some((&last.block, &first.block))
    };
    inside.or_else(around)
}

/// The instants at which another number is wanted, from the opening of the trial on.
fn steps(stretches: &[Stretch], zone: &Zone, view: &View<'_>, frame: &Frame) -> Vec<(Instant, u32)> {
    let opens = frame.horizon.opens;
    let mut steps: Vec<(Instant, u32)> = Vec::new();
    let mut push = |at: Instant, count: u32| {
        let at = at.max(opens);
        // What ends and what begins at one instant are one step.
        steps.pop_if(|last| last.0 == at);
        if steps.last().map_or(0, |last| last.1) != count {
            steps.push((at, count));
        }
    };
    for date in shifts::dates(zone, view, frame) {
        let weekday = date.weekday();
        for stretch in stretches.iter().filter(|stretch| stretch.block.weekday == weekday) {
            let (starts, ends) = shifts::hours(zone, date, &stretch.block);
            if ends > opens && starts < ends {
                push(starts, stretch.count);
                push(ends, 0);
            }
        }
    }
    steps
}

/// A headcount is nobody in particular: nothing may be left with one rep of such a group.
pub(super) fn nobody_owns(
    desk: &mut Desk<'_>,
    root: &View<'_>,
    groups: &[RepGroup],
    routing: &Routing,
    recycling: &Recycling,
) {
    let Some(group) = groups.iter().find(|group| group.cover.is_some()) else { return };
    let table = root.get("team").and_then(|team| team.get(&group.name)).and_then(|view| view.get("cover"));
    let Some(view) = table else { return };
    let tiers = groups.iter().filter(|group| group.cover.is_some()).flat_map(|group| &group.tiers);
    let rules: Vec<_> = tiers.map(|tier| &routing.tiers[usize::from(tier.0)]).collect();
    let mut refuse = |message: &str, help: &str| desk.report(&view, message, help);
    if rules.iter().any(|rule| rule.policy != Policy::Pool) {
        refuse("a headcount takes leads from the pool only", "write policy = \"pool\" in [routing]");
    }
    if routing.follow_ups_to_owner {
        refuse(
            "a headcount takes follow-ups from the pool only",
            "write follow_ups_to = \"pool\" in [routing]",
        );
    }
    if rules.iter().any(|rule| rule.back_up.is_some()) {
        refuse("where everybody is alerted there is no back-up to call", "take `back_up` out of [routing]");
    }
    if recycling.to_previous_owner && recycling.share > 0.0 {
        refuse(
            "in a headcount nobody is the previous owner of a recycled lead",
            "write to = \"routing\" in [buyers.recycling]",
        );
    }
}
