//! What one trial counted in one stretch of the horizon: a piece that lies in one week and one month, so that every week and every month
//! is a sum of stretches and each lead is counted once.

use super::funnel::Funnel;
use super::outcome::{CLAUSES, Handling, Judgements, LATE_CAUSES, LEAK_CAUSES, Leak};
use crate::model::{Horizon, Period};
use crate::time::{Instant, Span};

/// Finds the stretch of an instant at once. A stretch's number is its week's place plus its month's, which grows by at least one where
/// either begins.
#[derive(Debug)]
pub(super) struct Stretches {
    start: Instant,
    /// When each stretch ends; one that no instant lies in ends with the one before it.
    ends: Vec<Instant>,
    /// For each bucket of the horizon, the stretch in which it begins.
    first: Vec<u32>,
}

/// A bucket is 2^36 microseconds, 19 hours: few begin in one stretch and end in another.
const BUCKET_BITS: u32 = 36;

impl Stretches {
    pub fn of(horizon: &Horizon) -> Self {
        let periods = || horizon.weeks.iter().chain(&horizon.months);
        let mut begins: Vec<Instant> = periods()
            .map(|period| period.start.max(horizon.start))
            .filter(|at| *at < horizon.end)
            .chain([horizon.start])
            .collect();
        begins.sort_unstable();
        begins.dedup();
        let number = |at| horizon.week_of(at).unwrap_or(0) + horizon.month_of(at).unwrap_or(0);
        let mut ends = Vec::new();
        for (place, begin) in begins.iter().enumerate() {
            let end = begins.get(place + 1).copied().unwrap_or(horizon.end);
            ends.resize(number(*begin), *begin);
            ends.push(end);
        }
        let bucket = |n: i64| horizon.start + Span::from_micros(n << BUCKET_BITS);
        let buckets = (horizon.end - horizon.start).micros() >> BUCKET_BITS;
        let first = (0..=buckets).map(|n| number(bucket(n)) as u32).collect();
        Stretches { start: horizon.start, ends, first }
    }

    /// The stretch that holds an instant of the horizon.
    #[inline]
    pub fn at(&self, at: Instant) -> usize {
        let bucket = (at - self.start).micros().max(0) >> BUCKET_BITS;
        let mut stretch = self.first.get(bucket as usize).map_or(0, |first| *first as usize);
        while self.ends.get(stretch).is_some_and(|end| *end <= at) {
            stretch += 1;
        }
        stretch
    }

    /// When the stretch ends.
    #[inline]
    pub fn end(&self, stretch: usize) -> Instant {
        self.ends[stretch]
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RunOut;
    use crate::time::Zone;
    use proptest::prelude::*;

    fn periods(begins: &[i64], hours: i64) -> Vec<Period> {
        let at = |hour: i64| Instant::from_micros(0) + Span::hours(hour);
        let ends = begins.iter().skip(1).copied().chain([hours]);
        let period =
            |(start, end)| Period { start: at(start), end: at(end), label: String::new(), whole: true };
        begins.iter().copied().zip(ends).map(period).collect()
    }

    proptest! {
        /// Found at once, a stretch is the place of its week plus that of its month, and ends where either does.
        #[test]
        fn a_stretch_is_its_week_and_its_month(
            week in 1i64..168, month in 1i64..800, late in 0i64..150, hours in 1i64..2_000,
            place in prop::collection::vec(0.0..1.0, 40),
        ) {
            // The first week and month may have begun before the horizon.
            let begins = |length: i64| -> Vec<i64> {
                (0..).map(|n| n * length - late.min(length - 1)).take_while(|begin| *begin < hours).collect()
            };
            let (weeks, months) = (periods(&begins(week), hours), periods(&begins(month), hours));
            let start = Instant::from_micros(0);
            let end = start + Span::hours(hours);
            let zone = Zone::utc();
            let horizon = Horizon { opens: start, start, end, run_out: RunOut::None, known_until: end, zone, weeks, months };
            let stretches = Stretches::of(&horizon);
            for part in place {
                let at = start + Span::from_hours_f64(part * hours as f64);
                let (week, month) = (horizon.week_of(at).expect("inside"), horizon.month_of(at).expect("inside"));
                prop_assert_eq!(stretches.at(at), week + month);
                prop_assert_eq!(stretches.end(week + month), horizon.weeks[week].end.min(horizon.months[month].end));
            }
        }
    }
}
