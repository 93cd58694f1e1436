//! Who owns which random number: every purpose a lead, a rep, a day or a source draws for, listed once.
//!
//! The tree is seed → trial → (source → lead | group → rep → day | day). A number is asked for by purpose and index
//! and never depends on what was asked before.

use crate::random::Key;

// Branches below a trial.
const SOURCES: u64 = 1;
const GROUPS: u64 = 2;
const DAYS: u64 = 3;
const BACKLOG: u64 = 4;

/// The key of a block of trials that share out their busyness, beside the trials of a seed.
pub(super) fn block(root: Key, block: u64) -> Key {
    root.named("blocks").child(block)
}

/// The key of a source within a trial; its leads are its children, by ordinal.
pub(super) fn source(trial: Key, name: &str) -> Key {
    trial.child(SOURCES).named(name)
}

/// The key of a group of reps within a trial; its reps are its children, by ordinal; their days are children of those.
pub(super) fn group(trial: Key, name: &str) -> Key {
    trial.child(GROUPS).named(name)
}

/// The key of what calls a rep away; days and weeks of a rep have numbers, this has a name.
pub(super) fn away(rep: Key, name: &str) -> Key {
    rep.named("away").named(name)
}

/// The key of own work that fills a rep's idle time.
pub(super) fn idle_work(rep: Key) -> Key {
    rep.named("idle work")
}

/// The key of a calendar day (or week) within a trial.
pub(super) fn day(trial: Key, day: u64) -> Key {
    trial.child(DAYS).child(day)
}

/// The key of lead `ordinal` of the starting backlog's entry `entry`.
pub(super) fn backlog(trial: Key, entry: u64, ordinal: u64) -> Key {
    trial.child(BACKLOG).child(entry).child(ordinal)
}

/// Purposes of a source's draws.
pub(super) mod of_source {
    pub const GAP: u32 = 1;
    pub const BATCH: u32 = 2;
    pub const UPLOAD_SIZE: u32 = 3;
    pub const UPLOAD_DELAY: u32 = 4;
    pub const RESAMPLE: u32 = 5;
}

/// Purposes of a day's draws.
pub(super) mod of_day {
    pub const BUSYNESS: u32 = 1;
    // Where trials share out their busyness: below the block's day, index is the trial's place; below the trial's own day.
    pub const STRATUM: u32 = 2;
    pub const WITHIN_STRATUM: u32 = 3;
}

/// Purposes of a lead's draws. Index is the attempt, the alert or the pass where there are several.
pub(super) mod of_lead {
    pub const ZONE: u32 = 1;
    pub const ZONE_UNKNOWN: u32 = 2;
    pub const TIER: u32 = 3;
    pub const MIS_TIERED: u32 = 4;
    pub const SEGMENT: u32 = 5;
    pub const MISSING_FIELDS: u32 = 6;
    pub const AUTOMATION_FAILS: u32 = 7;
    pub const AUTOMATION_DELAY: u32 = 8;
    pub const BY_HAND_DELAY: u32 = 9;
    pub const ATTENTION: u32 = 10;
    pub const IGNORED: u32 = 11;
    pub const REVIEW: u32 = 12;
    pub const REWORK: u32 = 13;
    pub const REJECTION: u32 = 14;
    pub const ACCEPTED: u32 = 15;
    pub const REJECTION_REASON: u32 = 16;
    pub const OVERTURNED: u32 = 17;
    pub const CONTACT: u32 = 18;
    pub const ATTEMPT: u32 = 19;
    pub const VOICEMAIL: u32 = 20;
    pub const VOICEMAIL_LEFT: u32 = 21;
    pub const CONVERSATION: u32 = 22;
    pub const LOGGING: u32 = 23;
    pub const REPLY_DELAY: u32 = 24;
    pub const REPLY: u32 = 25;
    pub const GIVES_UP: u32 = 26;
    pub const QUALIFIED: u32 = 27;
    pub const DISQUALIFICATION: u32 = 28;
    pub const DAYS_OUT: u32 = 29;
    pub const SHOW: u32 = 30;
    pub const REBOOK: u32 = 31;
    pub const OPPORTUNITY: u32 = 32;
    pub const AMOUNT: u32 = 33;
    pub const WON: u32 = 34;
    pub const CYCLE: u32 = 35;
    pub const RECYCLED: u32 = 36;
    pub const RECYCLED_AFTER: u32 = 37;
    pub const INTEREST: u32 = 38;
    pub const BACKLOG_AGE: u32 = 40;
    pub const BACKLOG_POSITION: u32 = 41;
    pub const ATTENTION_FOLLOW_UP: u32 = 42;
    pub const LEAVES_AFTER: u32 = 43;
    pub const LEAVES_AT_ONCE: u32 = 44;
    pub const CALLS_AGAIN: u32 = 45;
    pub const GIVES_UP_CALLING: u32 = 46;
    pub const STEP_GAP: u32 = 47;
}

/// Purposes of a rep's draws, below the rep's day (or week) unless said.
pub(super) mod of_rep {
    pub const SICK: u32 = 1;
    pub const LEAVE: u32 = 2;
    pub const MEETING_COUNT: u32 = 3;
    pub const MEETING_PLACE: u32 = 4;
    pub const MEETING_LENGTH: u32 = 5;
    pub const RHYTHM: u32 = 6;
    pub const OWN_WORK: u32 = 7;
    // Below the rep itself, not a day: index is the draw, the call or the task.
    pub const LOT: u32 = 8;
    pub const AWAY_AFTER: u32 = 9;
    pub const AWAY_LENGTH: u32 = 10;
    pub const IDLE_WORK: u32 = 11;
}
