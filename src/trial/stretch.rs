//! What one trial counted in one stretch of the horizon: a piece that lies in one week and one month, so that every week and every month
//! is a sum of stretches and each lead is counted once.

use super::funnel::Funnel;
use super::outcome::{CLAUSES, Handling, Judgements, LATE_CAUSES, LEAK_CAUSES, Leak};
use crate::model::{Horizon, Period};
use crate::time::Instant;

/// The stretch that holds an instant of the horizon: its week's place plus its month's, which grows by at least one where either begins.
pub(super) fn stretch_of(horizon: &Horizon, at: Instant) -> usize {
    horizon.week_of(at).unwrap_or(0) + horizon.month_of(at).unwrap_or(0)
}

/// How many places a table by stretch needs.
pub fn stretches(horizon: &Horizon) -> usize {
    (horizon.weeks.len() + horizon.months.len()).saturating_sub(1).max(1)
}

/// The stretches that make up a week (`slot` counts weeks, then months) or a month, in order.
pub fn stretches_in(horizon: &Horizon, slot: usize) -> Vec<usize> {
    let overlap =
        |a: &Period, b: &Period| a.start.max(b.start).max(horizon.start) < a.end.min(b.end).min(horizon.end);
    let (own, others, place) = match slot.checked_sub(horizon.weeks.len()) {
        None => (&horizon.weeks[slot], &horizon.months, slot),
        Some(month) => (&horizon.months[month], &horizon.weeks, month),
    };
    let others = others.iter().enumerate().filter(|(_, other)| overlap(own, other));
    others.map(|(other, _)| place + other).collect()
}

/// One tier in one stretch.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TierStretch {
    /// The cohort of new MQLs created in it.
    pub funnel: Funnel,
    /// What was handled in it.
    pub handling: Handling,
    /// Leads routed in it that were late and whose wait is explained: attempted, or rejected, in the end.
    pub late: u32,
    /// First-attempt promises missed of clocks that started in it.
    pub missed: u32,
    /// Of these, never attempted by anybody and not rejected either.
    pub missed_never_attempted: u32,
    /// Of these, rejected at review after the deadline.
    pub missed_rejected: u32,
    /// SLA-clock minutes of its late leads, by cause.
    pub late_minutes: [f64; LATE_CAUSES],
    /// Leakage of the cohort by cause, against an ideal twin.
    pub leaks: [Leak; LEAK_CAUSES],
    /// Leakage of the cohort in opportunities against every clause just kept (negative: better than promised).
    pub below_just_kept: f64,
    /// Of the cohort, those never to come back though they were sent back to marketing, and the chance of an opportunity another pass would have had.
    pub never_recycled: Leak,
}

/// All that is counted in one stretch.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stretch {
    /// By labelled tier.
    pub tiers: Vec<TierStretch>,
    /// Leads that returned in it, all tiers, same funnel.
    pub returned: Funnel,
    /// Rejections of the cohort by tier and reason, overturned ones left out; tier after tier.
    pub rejections: Vec<u32>,
    /// Disqualifications likewise.
    pub disqualifications: Vec<u32>,
    /// What was judged of clocks that started in it: commitment after commitment, each with the tiers it covers.
    pub judged: Vec<Judgements>,
    /// Of the same, how many leads kept each clause: persistence promise after persistence promise, each with its tiers.
    pub clauses: Vec<[u32; CLAUSES]>,
}

/// What is done to every number of a stretch, in a fixed order: written down, read, added up. Numbers come in groups of at most sixteen.
pub trait Visit {
    /// Whole numbers.
    fn counts<const N: usize>(&mut self, counts: [&mut u32; N]);
    /// Amounts: minutes, hours, dollars, expected numbers.
    fn amounts<const N: usize>(&mut self, amounts: [&mut f64; N]);
}

impl Stretch {
    /// Shows every number to `visit`, always in the same order.
    pub fn each(&mut self, visit: &mut impl Visit) {
        for tier in &mut self.tiers {
            tier.each(visit);
        }
        self.returned.each(visit);
        for count in self.rejections.iter_mut().chain(&mut self.disqualifications) {
            visit.counts([count]);
        }
        for cell in &mut self.judged {
            cell.each(visit);
        }
        for clauses in &mut self.clauses {
            visit.counts(clauses.each_mut());
        }
    }
}

impl TierStretch {
    fn each(&mut self, visit: &mut impl Visit) {
        self.funnel.each(visit);
        self.handling.each(visit);
        visit.counts([
            &mut self.late,
            &mut self.missed,
            &mut self.missed_never_attempted,
            &mut self.missed_rejected,
            &mut self.never_recycled.leads,
        ]);
        visit.counts(self.leaks.each_mut().map(|leak| &mut leak.leads));
        visit.amounts(self.leaks.each_mut().map(|leak| &mut leak.opportunities));
        visit.amounts([&mut self.below_just_kept, &mut self.never_recycled.opportunities]);
        visit.amounts(self.late_minutes.each_mut());
    }
}

impl Handling {
    fn each(&mut self, visit: &mut impl Visit) {
        let [inside, outside] = &mut self.responses;
        visit.counts([
            &mut self.rejected,
            &mut self.disposed,
            &mut inside.attempted,
            &mut inside.overturned,
            &mut outside.attempted,
            &mut outside.overturned,
        ]);
        visit.amounts([
            &mut self.waiting_minutes,
            &mut inside.sla_minutes,
            &mut inside.lead_minutes,
            &mut outside.sla_minutes,
            &mut outside.lead_minutes,
        ]);
    }
}

impl Judgements {
    fn each(&mut self, visit: &mut impl Visit) {
        visit.counts([
            &mut self.in_hours.kept,
            &mut self.in_hours.judged,
            &mut self.after_hours.kept,
            &mut self.after_hours.judged,
            &mut self.rejected_before,
            &mut self.open,
            &mut self.kept_but_waited,
        ]);
    }
}
