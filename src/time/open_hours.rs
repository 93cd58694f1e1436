//! A calendar worked out to exact moments, so that "how much business time is left" costs nanoseconds.

use jiff::civil::{Date, Weekday};

use super::instant::Instant;
use super::local_days::LocalDays;
use super::span::{MINUTE, Span};
use super::weekly_block::DayBlock;

/// A bucket of the index covers 2^34 microseconds, 4.8 hours: about one opening or closing each.
const BUCKET_BITS: u32 = 34;

/// An open stretch; the end itself is closed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Interval {
    pub(super) opens: Instant,
    pub(super) closes: Instant,
    /// Business time in the range before this stretch.
    before: Span,
}

/// A local day with any open time, from its first opening to its last closing.
#[derive(Clone, Copy, Debug)]
pub(super) struct OpenDay {
    pub(super) day: usize,
    pub(super) opens: Instant,
    pub(super) closes: Instant,
}

/// The open hours of a calendar over whole local days, as absolute moments.
///
/// A moment is open from an opening up to but not including the closing. The range is the one asked for, widened to
/// whole local days; answers that lie beyond it are `None`, and amounts of business time count only what is inside.
#[derive(Clone, Debug)]
pub struct OpenHours {
    pub(super) days: LocalDays,
    from: Instant,
    to: Instant,
    /// The open stretches in order, none touching, and a last one at the end of time that stops every search.
    intervals: Vec<Interval>,
    /// For each bucket, the first interval that closes after the bucket begins.
    buckets: Vec<u32>,
    /// Whether the day after the range continues an open stretch, so that its closing is not known.
    open_at_end: bool,
    /// The days with open time, in order.
    pub(super) open_days: Vec<OpenDay>,
    /// For each day of the range and the one after it, how many open days come before it.
    pub(super) open_days_before: Vec<usize>,
}

impl OpenHours {
    /// Works out the hours of every day.
    pub(super) fn build<'a>(days: LocalDays, hours_on: impl Fn(Date) -> &'a [DayBlock]) -> OpenHours {
        let (from, to) = days.range();
        let mut intervals: Vec<Interval> = Vec::new();
        let mut open_days: Vec<OpenDay> = Vec::new();
        let mut open_days_before = Vec::with_capacity(days.count() + 1);
        for day in 0..days.count() {
            open_days_before.push(open_days.len());
            for block in hours_on(days.date(day)) {
                let opens = days.at_minute(day, block.from_minute);
                let closes = days.at_minute(day, block.to_minute);
                // the clocks can skip a whole block in spring
                if opens >= closes {
                    continue;
                }
                match open_days.last_mut() {
                    Some(last) if last.day == day => last.closes = closes,
                    _ => open_days.push(OpenDay { day, opens, closes }),
                }
                match intervals.last_mut() {
                    Some(last) if last.closes >= opens => last.closes = closes,
                    _ => intervals.push(Interval { opens, closes, before: Span::ZERO }),
                }
            }
        }
        open_days_before.push(open_days.len());
        let mut total = Span::ZERO;
        for interval in &mut intervals {
            interval.before = total;
            total += interval.closes - interval.opens;
        }
        let runs_on = hours_on(days.date(days.count())).first().is_some_and(|block| block.from_minute == 0);
        let open_at_end = runs_on && intervals.last().is_some_and(|last| last.closes == to);
        intervals.push(Interval { opens: Instant::MAX, closes: Instant::MAX, before: total });
        let buckets = bucket_index(&intervals, from, to);
        OpenHours { days, from, to, intervals, buckets, open_at_end, open_days, open_days_before }
    }

    /// The moments covered: from the first local midnight up to the last, which is the first moment not covered.
    pub fn range(&self) -> (Instant, Instant) {
        (self.from, self.to)
    }

    /// The open stretches in order as (opening, closing); one that reaches the end of the range is cut there.
    pub fn intervals(&self) -> impl Iterator<Item = (Instant, Instant)> + '_ {
        let known = &self.intervals[..self.intervals.len() - 1];
        known.iter().map(|interval| (interval.opens, interval.closes))
    }

    /// Position of the first interval that closes after `at`; the one at the end of time if none does.
    #[inline]
    fn position(&self, at: Instant) -> usize {
        let elapsed = (at - self.from).micros().max(0) as u64;
        let bucket = ((elapsed >> BUCKET_BITS) as usize).min(self.buckets.len() - 1);
        let mut position = self.buckets[bucket] as usize;
        while self.intervals[position].closes <= at && position + 1 < self.intervals.len() {
            position += 1;
        }
        position
    }

    /// The first interval that closes after `at`, which is the one at the end of time when none does.
    #[inline]
    pub(super) fn interval_after(&self, at: Instant) -> &Interval {
        &self.intervals[self.position(at)]
    }

    /// Whether the moment is open; outside the range nothing is.
    #[inline]
    pub fn is_open(&self, at: Instant) -> bool {
        self.interval_after(at).opens <= at && at < self.to
    }

    /// Business time from the start of the range up to a moment.
    #[inline]
    fn elapsed(&self, at: Instant) -> Span {
        let at = at.clamp(self.from, self.to);
        let interval = self.interval_after(at);
        interval.before + (at - interval.opens).max(Span::ZERO)
    }

    /// Business time from `start` to `end`, negative when `end` is the earlier; time outside the range counts as closed.
    #[inline]
    pub fn open_between(&self, start: Instant, end: Instant) -> Span {
        self.elapsed(end) - self.elapsed(start)
    }

    /// The first moment at which this much business time has passed since `start`, so an amount that runs out at a
    /// closing ends there; a zero (or negative) amount gives `start` itself, or the next opening when closed.
    #[inline]
    pub fn after(&self, start: Instant, amount: Span) -> Option<Instant> {
        if start < self.from || start >= self.to {
            return None;
        }
        let position = self.position(start);
        let interval = &self.intervals[position];
        let begin = interval.opens.max(start);
        if begin == Instant::MAX || amount <= Span::ZERO {
            return (begin < Instant::MAX).then_some(begin);
        }
        let end = begin + amount;
        if end <= interval.closes {
            return Some(end);
        }
        let wanted = interval.before + (begin - interval.opens) + amount;
        self.moment_of(wanted, position)
    }

    /// The first moment with this much business time before it in the range, searching after a known position.
    fn moment_of(&self, wanted: Span, position: usize) -> Option<Instant> {
        let later = &self.intervals[position + 1..];
        // the usual target ends within the next few stretches
        const NEAR: usize = 6;
        let reached = |interval: &Interval| interval.before >= wanted;
        let first_past = match later.iter().take(NEAR).position(reached) {
            Some(near) => near,
            None => later.partition_point(|interval| !reached(interval)),
        };
        let interval = later.get(first_past.checked_sub(1)?)?;
        let moment = interval.opens + (wanted - interval.before);
        (interval.opens < Instant::MAX && moment <= interval.closes).then_some(moment)
    }

    /// The moment itself when open, otherwise the next opening in the range.
    #[inline]
    pub fn next_opening(&self, at: Instant) -> Option<Instant> {
        if at < self.from || at >= self.to {
            return None;
        }
        let opens = self.interval_after(at).opens;
        (opens < Instant::MAX).then_some(opens.max(at))
    }

    /// When the current open stretch closes, or while closed the next one; `None` if that lies beyond the range.
    #[inline]
    pub fn next_closing(&self, at: Instant) -> Option<Instant> {
        if at < self.from || at >= self.to {
            return None;
        }
        let closes = self.interval_after(at).closes;
        (closes < self.to || (closes == self.to && !self.open_at_end)).then_some(closes)
    }

    /// Which local day of the range the moment falls in, counted from 0; `None` outside the range.
    #[inline]
    pub fn local_day_index(&self, at: Instant) -> Option<usize> {
        self.days.index(at)
    }

    /// When the local day of a moment began; `None` outside the range.
    #[inline]
    pub fn local_midnight(&self, at: Instant) -> Option<Instant> {
        self.days.index(at).map(|day| self.days.begins(day))
    }

    /// How many local days the range has.
    pub fn local_day_count(&self) -> usize {
        self.days.count()
    }

    /// The local date at a moment; `None` outside the range.
    #[inline]
    pub fn local_date(&self, at: Instant) -> Option<Date> {
        self.days.index(at).map(|day| self.days.date(day))
    }

    /// The local weekday at a moment; `None` outside the range.
    #[inline]
    pub fn weekday(&self, at: Instant) -> Option<Weekday> {
        self.days.index(at).map(|day| self.days.weekday(day))
    }

    /// What the local clock shows at a moment, in whole minutes after midnight; `None` outside the range.
    #[inline]
    pub fn minute_of_day(&self, at: Instant) -> Option<u16> {
        self.days.index(at).map(|day| (self.days.time_of_day(day, at).micros() / MINUTE) as u16)
    }
}

/// For each bucket from the start of the range, the first interval that closes after the bucket begins.
fn bucket_index(intervals: &[Interval], from: Instant, to: Instant) -> Vec<u32> {
    let count = ((to - from).micros().max(0) as u64 >> BUCKET_BITS) as usize + 1;
    let mut position = 0;
    let mut buckets = Vec::with_capacity(count);
    for bucket in 0..count {
        let begins = from + Span::from_micros((bucket as i64) << BUCKET_BITS);
        while intervals[position].closes <= begins && position + 1 < intervals.len() {
            position += 1;
        }
        buckets.push(u32::try_from(position).expect("four thousand million intervals do not fit in memory"));
    }
    buckets
}
