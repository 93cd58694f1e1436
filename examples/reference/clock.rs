//! How much processor time this program has used so far.

use std::time::{Duration, Instant};

/// Ticks a second in `/proc`; fixed on Linux whatever the kernel's own rate.
const TICKS: f64 = 100.0;

/// Measures processor time from a moment on.
pub struct Clock {
    began: Instant,
    used: Option<Duration>,
}

impl Clock {
    /// Starts.
    #[expect(clippy::disallowed_methods, reason = "tells what a case cost")]
    pub fn start() -> Self {
        Clock { began: Instant::now(), used: used() }
    }

    /// Processor time of all threads since the start; where the system does not tell, time on the wall.
    pub fn spent(&self) -> Duration {
        match (self.used, used()) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            _ => self.began.elapsed(),
        }
    }
}

/// Processor time of this process, on Linux.
fn used() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The second field, the name, may hold blanks; user and system time are the 12th and 13th after it.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
    Some(Duration::from_secs_f64(ticks / TICKS))
}
