//! What an agreement promises about time: "15 business min", "by 09:00 next business day", "24 h skipping closed days".

use super::instant::Instant;
use super::open_hours::OpenHours;
use super::span::Span;

/// How long something may take, or by when it must be done; written and read as text in [`std::fmt::Display`] and
/// [`std::str::FromStr`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// An amount of time on the wall clock, nights and weekends included: "24 h".
    Wall(Span),
    /// An amount of open time: "15 business min". A clock started while closed starts at the next opening.
    Business(Span),
    /// Wall-clock time that stands still on days without open hours: "24 h skipping closed days".
    SkippingClosedDays(Span),
    /// The same local time on the n-th following open day: "2 business days".
    BusinessDays(u32),
    /// A local time on the n-th open day that opens after the start, or for 0 on the day itself: "by 09:00 next
    /// business day".
    ByTime {
        /// Minutes after local midnight.
        minute_of_day: u16,
        /// Which open day.
        business_days: u32,
    },
    /// The last closing of the n-th open day that opens after the start, or for 0 of the day itself: "by close of the
    /// next business day", "same business day".
    CloseOfBusinessDay(u32),
}

impl Target {
    /// When something promised at `start` is due; `None` when that lies beyond the range of `hours` (a wall-clock
    /// target needs no hours and is always known).
    #[inline]
    pub fn due(&self, start: Instant, hours: &OpenHours) -> Option<Instant> {
        match *self {
            Target::Wall(amount) => Some(start + amount),
            Target::Business(amount) => hours.after(start, amount),
            Target::SkippingClosedDays(amount) => hours.after_skipping_closed_days(start, amount),
            Target::BusinessDays(business_days) => hours.business_day_after(start, business_days),
            Target::ByTime { minute_of_day, business_days } => {
                hours.at_time_on_business_day(start, minute_of_day, business_days)
            }
            Target::CloseOfBusinessDay(business_days) => hours.close_of_business_day(start, business_days),
        }
    }

    /// Reads a target; the same as [`str::parse`].
    ///
    /// # Errors
    /// [`TargetError`](super::TargetError) says what is wrong and how to write it.
    pub fn parse(text: &str) -> Result<Target, super::TargetError> {
        text.parse()
    }
}
