//! Time as the simulator sees it: exact instants and spans, time zones, opening hours, and the due date of a promise.
//!
//! Knows nothing of leads. Zones are consulted once, when a [`Calendar`] is resolved to [`OpenHours`]; after that every
//! question is integer arithmetic on microseconds.

mod block_text;
mod business_days;
mod calendar;
mod duration;
mod instant;
mod local_days;
mod open_hours;
mod span;
mod spelling;
mod target;
mod target_text;
mod weekly_block;
mod zone;

#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod tests;

pub use block_text::{BlockError, parse_blocks, parse_opening, parse_shifts, parse_time_of_day};
pub use calendar::{Calendar, CalendarError};
pub use duration::{SpanError, parse_span};
pub use instant::Instant;
pub use jiff::civil;
pub use open_hours::OpenHours;
pub use span::Span;
pub use target::Target;
pub use target_text::TargetError;
pub use weekly_block::{DatedOpening, DayBlock, WeeklyBlock, clock_text, overlap};
pub use zone::{UnknownZone, Zone};
