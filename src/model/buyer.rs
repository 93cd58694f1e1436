//! How buyers behave: whether they pass review, answer, qualify, show up and buy.

use super::{Decay, SegmentId, TierId};
use crate::random::{Choice, Law};
use crate::time::Span;

/// Buyers and what follows from them.
#[derive(Debug, Clone)]
pub struct Buyers {
    /// Probabilities by true tier, as seen today under the base scenario's response times.
    pub tiers: Vec<TierBuyers>,
    /// The planned sequence of attempts, by labelled tier.
    pub cadences: Vec<Cadence>,
    /// Reasons at review.
    pub rejection_reasons: Vec<ReasonLaw>,
    /// Which reason, index into `rejection_reasons`.
    pub rejection_mix: Choice,
    /// Reasons after a conversation.
    pub disqualification_reasons: Vec<ReasonLaw>,
    /// Which reason, index into `disqualification_reasons`.
    pub disqualification_mix: Choice,
    /// RevOps answers a disputed rejection after this many business days.
    pub overturn_after_business_days: u32,
    /// Minutes from an email or message to its reply, business time of the lead's clock.
    pub reply_delay: Law,
    /// How conversion falls with the lead clock; `None` for no effect of speed.
    pub decay: Option<Decay>,
    /// Hours until a lead silently loses interest, from created, wall time; `None` for never.
    pub interest: Option<Law>,
    /// Leads that visibly leave while nobody has begun them; `None` if all wait for ever.
    pub patience: Option<Patience>,
    /// Booking, show and what follows.
    pub funnel: Funnel,
    /// Leads that come back.
    pub recycling: Recycling,
}

impl Buyers {
    /// The planned sequence of attempts on leads labelled `tier`.
    #[inline]
    pub fn cadence(&self, tier: TierId) -> &Cadence {
        &self.cadences[usize::from(tier.0)]
    }

    /// The most attempts planned on any lead.
    pub fn most_attempts(&self) -> usize {
        self.cadences.iter().map(|cadence| cadence.steps.len()).max().unwrap_or(0)
    }
}

/// Probabilities of one tier.
#[derive(Debug, Clone, PartialEq)]
pub struct TierBuyers {
    /// Accepted at review.
    pub accepted: f64,
    /// How likely each attempt is answered.
    pub contact: Contact,
    /// Qualified, given contact.
    pub qualified: f64,
    /// Opportunity, given a held meeting.
    pub opportunity: f64,
    /// Won, given an opportunity.
    pub won: f64,
}

/// Chances that attempt 1, 2, … of the cadence is answered; the last value of a list holds for later attempts.
#[derive(Debug, Clone, PartialEq)]
pub enum Contact {
    /// The same whatever the channel.
    ByAttempt(Vec<f64>),
    /// One list a channel, in the order of [`Channel`]. Attempts are counted over the whole cadence, not by channel; a channel that the
    /// cadence does not use may have none.
    ByChannel([Vec<f64>; 3]),
}

impl Contact {
    /// The chance that attempt `number` (from 1), made by `channel`, is answered.
    #[inline]
    pub fn chance(&self, number: usize, channel: Channel) -> f64 {
        let list = match self {
            Contact::ByAttempt(list) => list,
            Contact::ByChannel(lists) => &lists[channel as usize],
        };
        let Some(last) = list.len().checked_sub(1) else { return 0.0 };
        list[(number - 1).min(last)]
    }

    /// The largest chance in any list.
    pub fn most(&self) -> f64 {
        let lists = match self {
            Contact::ByAttempt(list) => std::slice::from_ref(list),
            Contact::ByChannel(lists) => lists,
        };
        lists.iter().flatten().copied().fold(0.0, f64::max)
    }
}

/// Visible leaving before handling begins: the chat is closed, the call dropped, the demo booked elsewhere.
#[derive(Debug, Clone)]
pub struct Patience {
    /// By true tier.
    pub tiers: Vec<TierPatience>,
    /// Where a lead goes that has left.
    pub then: Destination,
}

/// Patience of one tier.
#[derive(Debug, Clone, PartialEq)]
pub struct TierPatience {
    /// Minutes from routed until a lead that nobody has begun leaves, wall time; `None` for never.
    pub leaves_after: Option<Law>,
    /// Probability that a lead leaves at once when it is routed and nobody is free to take it.
    pub leaves_at_once: f64,
}

/// How an attempt is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// Answered at once or not at all.
    Phone,
    /// Answered later, by a reply.
    Email,
    /// Answered later, by a reply.
    LinkedIn,
}

/// Number of channels.
pub const CHANNELS: usize = 3;

/// One planned attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Business days after the first attempt; 0 is the same day. With a gap, about where it leads, for plans only.
    pub day: u32,
    /// Open minutes from the end of the attempt before, where the step follows that one and not the first.
    pub gap: Option<Law>,
    /// Least pause after the attempt before, wall time; counts for steps of the same day.
    pub pause: Span,
    /// Channel by segment.
    pub channel: Vec<Channel>,
}

impl Step {
    /// The channel for a lead of `segment`.
    pub fn channel_for(&self, segment: SegmentId) -> Channel {
        self.channel[usize::from(segment.0)]
    }
}

/// The planned sequence of attempts, the first included.
#[derive(Debug, Clone, PartialEq)]
pub struct Cadence {
    /// Steps in order; the first is the first attempt.
    pub steps: Vec<Step>,
    /// At most this many attempts on one local day of the lead.
    pub most_per_day: u32,
}

/// A reason with its consequence.
#[derive(Debug, Clone, PartialEq)]
pub struct ReasonLaw {
    /// "Not ICP fit", …
    pub name: String,
    /// Where the lead goes.
    pub destination: Destination,
    /// Probability that RevOps overturns it (rejections only).
    pub overturned: f64,
}

/// Where a lead goes when sales is through with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Destination {
    /// Ended for good.
    Closed,
    /// Back to marketing without a date.
    Nurture,
    /// Back to sales after this many days.
    Recycle {
        /// Calendar days.
        days: u32,
    },
}

/// From SQL to money. All of it laws: the AE side costs no rep time here (their meetings are in the calendars).
#[derive(Debug, Clone)]
pub struct Funnel {
    /// Business days from booking to the meeting; index into `days_out`.
    pub days_out_mix: Choice,
    /// Values of the pick: `(from, to)` business days, evenly between.
    pub days_out: Vec<(u32, u32)>,
    /// Show rates.
    pub meeting: Meeting,
    /// Amount of an opportunity, dollars.
    pub amount: Law,
    /// Days from opportunity to won, for won deals.
    pub cycle_days: Law,
    /// Pipeline wanted from these MQLs in the horizon, dollars; `None` if no goal is set.
    pub pipeline_goal: Option<f64>,
    /// Inquiries that become MQLs, for the ratio from the top of the funnel; reporting only.
    pub inquiry_to_mql: Option<f64>,
}

/// Whether the booked meeting takes place.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    /// Show rate of a meeting today.
    pub show: f64,
    /// Factor on the show rate per five business days out.
    pub show_per_week_out: f64,
    /// No-shows that are booked once more.
    pub rebooked: f64,
    /// Show rate of a rebooked meeting.
    pub rebooked_show: f64,
}

/// Leads that come back from nurture as MQLs.
#[derive(Debug, Clone, PartialEq)]
pub struct Recycling {
    /// Share of nurtured leads that return.
    pub share: f64,
    /// Days until they do.
    pub after_days: Law,
    /// The tier they return as.
    pub tier: TierId,
    /// Factor on their qualification.
    pub qualified_times: f64,
    /// How often one lead may pass through in all, the first included.
    pub passes: u8,
    /// Whether they go to the rep who had them.
    pub to_previous_owner: bool,
}

impl Meeting {
    /// The show rate of a meeting booked `days` business days out.
    pub fn show_at(&self, days: u32) -> f64 {
        self.show * self.show_per_week_out.powf(f64::from(days) / 5.0)
    }
}
