//! How long each activity takes, and what a rep does first.

use crate::random::Law;

/// Minutes of work per activity.
#[derive(Debug, Clone)]
pub struct WorkTimes {
    /// Reading a new lead before the first attempt, by tier.
    pub review: Vec<Law>,
    /// Writing a rejection with its reason.
    pub rejection: Law,
    /// A dial that is not answered, with its logging.
    pub dial: Law,
    /// Leaving a voicemail after an unanswered dial.
    pub voicemail: Law,
    /// How often a voicemail is left after an unanswered dial.
    pub voicemail_share: f64,
    /// A personal email.
    pub email: Law,
    /// A LinkedIn message.
    pub linkedin: Law,
    /// A conversation.
    pub conversation: Law,
    /// Logging it, with the SQL fields.
    pub logging: Law,
    /// Reading and answering a reply, before the conversation that follows.
    pub reply: Law,
}

impl WorkTimes {
    /// Whether no activity takes any time.
    pub fn is_nothing(&self) -> bool {
        let each = [
            &self.rejection,
            &self.dial,
            &self.voicemail,
            &self.email,
            &self.linkedin,
            &self.conversation,
            &self.logging,
            &self.reply,
        ];
        self.review.iter().chain(each).all(|law| law.mean() <= 0.0)
    }
}

/// What a rep's time goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Activity {
    /// Review and first attempt of a new lead, with the conversation if it is answered.
    NewLead,
    /// A later attempt.
    FollowUp,
    /// A reply and its conversation.
    Reply,
    /// The own book, uninterruptible part.
    OwnWork,
}

/// A class of waiting work, as named in the order of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// New leads of a tier.
    New(super::TierId),
    /// Replies.
    Reply,
    /// Follow-ups that have fallen due.
    FollowUp,
    /// The own book.
    OwnWork,
}

/// Among work of one rank, which first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TieBreak {
    /// The earliest promise (or due time) first.
    DueFirst,
    /// The oldest first.
    OldestFirst,
    /// The newest first.
    NewestFirst,
    /// By lot.
    Random,
}

/// What a rep does first. Ranks are numbers from 0, the first done first; equal numbers share a rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Rank of new leads, by tier.
    pub new: Vec<u8>,
    /// Rank of replies.
    pub reply: u8,
    /// Rank of follow-ups.
    pub follow_up: u8,
    /// Rank of the own book.
    pub own_work: u8,
    /// Among equals.
    pub then: TieBreak,
}

/// Work that a rep drops other lead work for, if that comes later in the order of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutDownFor {
    /// New leads, by tier.
    pub new: Vec<bool>,
    /// Replies.
    pub reply: bool,
    /// Follow-ups that fall due.
    pub follow_up: bool,
}

impl PutDownFor {
    /// Whether anything takes a rep off anything.
    pub fn any(&self) -> bool {
        self.reply || self.follow_up || self.new.contains(&true)
    }
}
