//! The team: when each person is at the desk, what else they do, how soon they notice, what an hour costs.

use super::{Order, PutDownFor, TierId};
use crate::random::Law;
use crate::time::{Instant, Span};
use std::sync::Arc;

/// A rep's place in [`super::Model::reps`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepId(pub u32);

/// One person.
#[derive(Debug, Clone)]
pub struct Rep {
    /// "reps 3 (America/Chicago)": group, ordinal and site.
    pub name: String,
    /// Which rules the person follows.
    pub group: usize,
    /// Place in the group, from 0; the rep's luck hangs on group name and ordinal.
    pub ordinal: u32,
    /// The days on which this person is due to work, in order; shared by reps of one site.
    pub days: Arc<[WorkDay]>,
    /// Lunch; none if the scenario gives none.
    pub lunch: Option<Lunch>,
    /// Standing meetings this person attends, in order of time.
    pub standing: Vec<StandingMeeting>,
    /// Stretches in which no meeting is placed, ends excluded, in order and apart; shared by reps of one site.
    pub no_meetings: Arc<[(Instant, Instant)]>,
    /// Dated leave: first and last local midnight of each stretch, ends excluded.
    pub leave: Vec<(Instant, Instant)>,
}

impl RepGroup {
    /// Whether some of the reps' own work gives way to leads.
    pub fn own_work_gives_way(&self) -> bool {
        self.own_work.iter().any(|work| work.interruptible)
            || self.idle_work.as_ref().is_some_and(|work| work.interruptible)
    }
}

impl Rep {
    /// When lunch is due on the working day with this place in `days`, and its length; none if it falls outside the shift.
    pub fn lunch_on(&self, day: usize) -> Option<(Instant, Span)> {
        let lunch = self.lunch.as_ref()?;
        lunch.starts.get(day).copied().flatten().map(|starts| (starts, lunch.length))
    }

    /// The stretches without meetings that touch a working day.
    pub fn no_meetings_on(&self, day: &WorkDay) -> &[(Instant, Instant)] {
        let from = self.no_meetings.partition_point(|(_, until)| *until <= day.starts);
        let rest = &self.no_meetings[from..];
        &rest[..rest.partition_point(|(from, _)| *from < day.ends)]
    }
}

/// Lunch at the same time on the wall every working day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lunch {
    /// When it is due on each working day of the rep, in the order of [`Rep::days`]; none where it falls outside the shift.
    pub starts: Arc<[Option<Instant>]>,
    /// How long it lasts from when it begins.
    pub length: Span,
}

/// One due working day of a rep; a shift past midnight belongs to the day on which it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkDay {
    /// Midnight at the rep's site.
    pub midnight: Instant,
    /// Start of the shift.
    pub starts: Instant,
    /// End of the shift.
    pub ends: Instant,
    /// Counts Monday weeks from the start of the run-in, going round for the evening before it.
    pub week: u32,
    /// Counts days from the start of the run-in, going round for the evening before it.
    pub day: u32,
}

/// One occurrence of a standing meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandingMeeting {
    /// When it is due to begin.
    pub starts: Instant,
    /// How long it lasts from when it begins.
    pub length: Span,
}

/// Rules that reps share.
#[derive(Debug, Clone)]
pub struct RepGroup {
    /// As written in the scenario.
    pub name: String,
    /// How many of the group are at work, by time, instead of a shift each.
    pub cover: Option<Cover>,
    /// Random meetings.
    pub meetings: Vec<RandomMeetings>,
    /// Evenly spaced blocks at a random offset each day.
    pub rhythms: Vec<Rhythm>,
    /// Own book of work.
    pub own_work: Vec<OwnWork>,
    /// Own work begun whenever nothing waits.
    pub idle_work: Option<IdleWork>,
    /// What calls a rep away at random moments.
    pub away: Vec<Away>,
    /// Leave and sickness by chance.
    pub absences: Absences,
    /// Meetings and leave moved from some days to others.
    pub rearranged: Rearranged,
    /// How soon a rep notices an alert, by tier.
    pub attention: Vec<Attention>,
    /// How soon a rep notices a reply or a follow-up that falls due; zero unless said.
    pub attention_follow_up: Law,
    /// What comes first.
    pub order: Order,
    /// Work that takes a rep off lead work that comes later.
    pub put_down_for: PutDownFor,
    /// What happens to a task in hand when a meeting, lunch or the end of the shift begins.
    pub interruption: Interruption,
    /// Multiplies every handling time.
    pub pace: f64,
    /// Probability that a lead of a tier is silently never worked, by tier.
    pub never_worked: Vec<f64>,
    /// Probability, before each attempt from the third on, that the rep gives up the cadence, by tier.
    pub gives_up: Vec<f64>,
    /// Tiers this group may take.
    pub tiers: Vec<TierId>,
    /// Loaded cost, dollars an hour of shift (lunch not paid).
    pub cost_per_hour: f64,
}

/// How many reps are at work, by time: at most so many begin work. Where the number falls, free reps leave first, and then whoever
/// finishes first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// From each instant on so many, in order of time; nobody before the first.
    pub steps: Arc<[(Instant, u32)]>,
    /// Where the number falls to none, those at work stay until nothing waits.
    pub works_off: bool,
}

/// Meetings that come by chance: customers, ad hoc.
#[derive(Debug, Clone)]
pub struct RandomMeetings {
    /// As written in the scenario.
    pub name: String,
    /// Mean number a working day (Poisson).
    pub per_day: f64,
    /// Minutes each lasts.
    pub length: Law,
    /// They start on this grid after the hour.
    pub grid: Span,
    /// They are placed in hours without meetings too.
    pub anywhere: bool,
}

/// Blocks of `length` every `every`, from a uniform offset drawn per rep and day: a share `length / every` of the shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// From start to start.
    pub every: Span,
    /// How long each lasts.
    pub length: Span,
}

/// A rep's own book that competes with leads: tasks by chance in desk time.
/// (Own work that nobody counts costs attention, not minutes, and is what a free rep does.)
#[derive(Debug, Clone)]
pub struct OwnWork {
    /// As written in the scenario.
    pub name: String,
    /// Share of planned desk time it takes; tasks come at rate `share / mean length`.
    pub share: f64,
    /// Minutes a task lasts.
    pub length: Law,
    /// Whether it gives way to all work on leads: begun, and gone on with, only when none waits. Else a task is finished once begun.
    pub interruptible: bool,
}

/// Own work that fills idle time: begun the moment a rep has nothing else to do.
#[derive(Debug, Clone)]
pub struct IdleWork {
    /// As written in the scenario.
    pub name: String,
    /// Minutes a task lasts.
    pub length: Law,
    /// One task after another until work is there when one ends; else one a spell of idleness.
    pub again: bool,
    /// Whether a task in hand gives way to all work on leads; else it is finished once begun.
    pub interruptible: bool,
}

/// What calls a rep away from the desk at random moments, each rep on their own: a renewal process in desk time.
#[derive(Debug, Clone)]
pub struct Away {
    /// As written in the scenario.
    pub name: String,
    /// Minutes at the desk, busy or not, from coming back until called away again.
    pub after: Law,
    /// Minutes away on the wall.
    pub length: Law,
    /// What happens to the task in hand.
    pub interruption: Interruption,
}

/// Random meetings and leave moved from some days to others, as people do who know that a busy week is coming. Standing meetings and
/// dated leave are moved in the lists of each [`Rep`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rearranged {
    /// On days from the first to before the second instant, so many times the usual random meetings.
    pub meetings: Vec<(Instant, Instant, f64)>,
    /// The same of leave by chance; each stretch is made of whole Monday weeks.
    pub leave: Vec<(Instant, Instant, f64)>,
}

impl Rearranged {
    /// How many times the usual random meetings a day has.
    pub fn meetings_on(&self, day: &WorkDay) -> f64 {
        times_on(&self.meetings, day)
    }

    /// How many times as likely leave is.
    pub fn leave_on(&self, day: &WorkDay) -> f64 {
        times_on(&self.leave, day)
    }
}

/// The last stretch that holds the day's noon, so that neighbouring zones agree on which day it is.
fn times_on(stretches: &[(Instant, Instant, f64)], day: &WorkDay) -> f64 {
    let noon = day.midnight + Span::hours(12);
    let holds = |(from, until, _): &&(Instant, Instant, f64)| *from <= noon && noon < *until;
    stretches.iter().rev().find(holds).map_or(1.0, |stretch| stretch.2)
}

/// Days away by chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Absences {
    /// Probability that a given working day is a sick day.
    pub sick: f64,
    /// Mean weeks of leave per 13 weeks; each Monday week is leave with a thirteenth of it.
    pub leave_weeks_per_quarter: f64,
}

/// How soon a rep at the desk notices an alert.
#[derive(Debug, Clone)]
pub struct Attention {
    /// Minutes, counted in desk time: on shift and not in a meeting or at lunch.
    pub delay: Law,
}

/// What happens to a task in hand when a meeting, lunch, the shift's end or a call away begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interruption {
    /// The task is finished first; the meeting starts late and keeps its length.
    Finish,
    /// The task pauses and is resumed afterwards.
    Pause,
    /// Lead work goes back to the head of its line, and whoever may take it goes on where it stopped; a conversation and own work
    /// pause.
    HandBack,
}
