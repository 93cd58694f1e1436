//! The stretch of time that is judged, the run-in before it and the run-out after it.

use crate::time::{Instant, Span, Zone};

/// A week or month of the horizon, in the company's zone.
#[derive(Debug, Clone, PartialEq)]
pub struct Period {
    /// First instant, inside.
    pub start: Instant,
    /// First instant after it.
    pub end: Instant,
    /// How reports call it: "2026-02-02" for a week (its Monday), "2026-02" for a month.
    pub label: String,
    /// Whether the whole calendar week or month lies inside the horizon; a partial one is shown, never judged.
    pub whole: bool,
}

impl Period {
    /// How many calendar months it stands for: 1 for a calendar month, else its share of one of mean length, so that count
    /// targets of a month scale to the four or five weeks that stand for it.
    pub fn calendar_months(&self, zone: &Zone) -> f64 {
        let (first, after) = (zone.local(self.start), zone.local(self.end));
        let is_calendar = first.day() == 1 && after.day() == 1 && self.end - self.start < Span::days(32);
        if is_calendar { 1.0 } else { (self.end - self.start).as_days() / (365.25 / 12.0) }
    }
}

/// What happens after the horizon's end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RunOut {
    /// The trial stops at the end; leads still open are counted as open.
    None,
    /// The trial runs on, arrivals continuing, until every lead of the horizon has ended, at most this long.
    UntilResolved {
        /// Cap on the run-out.
        at_most: Span,
    },
}

/// When a trial runs.
#[derive(Debug, Clone)]
pub struct Horizon {
    /// Where the run-in starts, from an empty desk; a Monday midnight in the company's zone unless the run-in is zero.
    pub opens: Instant,
    /// Where measuring starts.
    pub start: Instant,
    /// Where measuring ends.
    pub end: Instant,
    /// What happens after the end.
    pub run_out: RunOut,
    /// Calendars are resolved up to here; past it no promise falls due.
    pub known_until: Instant,
    /// The company's zone, in which weeks and months are counted.
    pub zone: Zone,
    /// Monday weeks that touch the horizon, in order.
    pub weeks: Vec<Period>,
    /// Calendar months that touch the horizon (or 4–4–5 weeks where the horizon is a number of weeks), in order.
    pub months: Vec<Period>,
}

impl Horizon {
    /// Whether `at` is inside the measured stretch.
    #[inline]
    pub fn contains(&self, at: Instant) -> bool {
        self.start <= at && at < self.end
    }

    /// The last instant a trial may reach.
    pub fn last(&self) -> Instant {
        match self.run_out {
            RunOut::None => self.end,
            RunOut::UntilResolved { at_most } => self.end + at_most,
        }
    }

    /// The index of the week that holds `at`.
    pub fn week_of(&self, at: Instant) -> Option<usize> {
        index_of(&self.weeks, at)
    }

    /// The index of the month that holds `at`.
    pub fn month_of(&self, at: Instant) -> Option<usize> {
        index_of(&self.months, at)
    }
}

fn index_of(periods: &[Period], at: Instant) -> Option<usize> {
    let after = periods.partition_point(|p| p.start <= at);
    let index = after.checked_sub(1)?;
    (at < periods[index].end).then_some(index)
}
