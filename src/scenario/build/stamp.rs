//! One stamp of a log: which moment it means, and what to say of times that the clocks never showed.

use crate::time::civil::DateTime;
use crate::time::{Instant, Zone};

/// What a stamp may look like.
pub(super) const FORMATS: &str = "accepted are RFC 3339 (2026-02-12T15:00:00-05:00) and \"2026-02-12 15:00\" or \"2026-02-12 15:00:30\", with an offset or with zone = \"America/New_York\" beside file = …";

/// The instant of one stamp and whether it is a local time that the clocks skip, or what is wrong with it.
pub(super) fn stamp(written: &str, zone: Option<&Zone>) -> Result<(Instant, bool), &'static str> {
    let has_time = written.contains(':');
    if let (true, Ok(stamp)) = (has_time, written.parse::<jiff::Timestamp>()) {
        return Ok((Instant::from_micros(stamp.as_microsecond()), false));
    }
    match (has_time, written.parse::<DateTime>(), zone) {
        (true, Ok(local), Some(zone)) => Ok((zone.instant(local), zone.skips(local))),
        (true, Ok(_), None) => Err("has no offset, and no zone is given"),
        (false, Ok(_), _) => Err("has no time of day"),
        _ => Err("is no date with a time"),
    }
}

/// Stamps at local times that the clocks skip in spring.
#[derive(Default)]
pub(super) struct Skipped {
    count: usize,
    /// The line of the first of them, and its stamp as written.
    first: Option<(u64, String)>,
}

impl Skipped {
    /// One more.
    pub(super) fn add(&mut self, line: u64, written: &str) {
        self.count += 1;
        self.first.get_or_insert_with(|| (line, written.to_string()));
    }

    /// How many there are, and what became of them.
    pub(super) fn note(self, file: &str, zone: Option<&Zone>) -> Option<String> {
        let ((line, written), zone) = (self.first?, zone?);
        let local: DateTime = written.parse().ok()?;
        let (stamps, on) = match self.count {
            1 => ("1 stamp is a local time".to_string(), "on"),
            many => (format!("{many} stamps are local times"), "the first on"),
        };
        Some(format!(
            "{file}: {stamps} that the clocks of {} skip ({on} line {line}: \"{written}\" is taken as {})",
            zone.name(),
            zone.local(zone.instant(local)).strftime("%H:%M")
        ))
    }
}
