//! Minutes of work in the file, activity by activity.

use super::*;

const MINUTES: Kind = Kind::Law(Unit::Minutes);
const NONE: Missing = Value("\"0min\"", Neutral("no time is taken unless written"));

pub(super) static WORK: Table = Table {
    about: "How long each activity takes.",
    keys: &[
        key("review", Kind::ByTier(&MINUTES), NONE, "Reading a new lead before the first attempt."),
        key("rejection", MINUTES, NONE, "Writing a rejection with its reason."),
        key("dial", MINUTES, NONE, "A dial that is not answered, with its logging."),
        key("voicemail", MINUTES, NONE, "Leaving a voicemail."),
        key(
            "voicemail_share",
            Kind::Share,
            Value("0", Neutral("no voicemail is left unless written")),
            "How often a voicemail is left after an unanswered dial.",
        ),
        key("email", MINUTES, NONE, "A personal email."),
        key("linkedin", MINUTES, NONE, "A LinkedIn message."),
        key("conversation", MINUTES, NONE, "A conversation."),
        key("logging", MINUTES, NONE, "Logging a conversation."),
        key("reply", MINUTES, NONE, "Reading and answering a reply, before the conversation that follows."),
    ],
};
