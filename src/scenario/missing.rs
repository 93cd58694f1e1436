//! What holds when a key is left out of the file, and why: each default with its reason, published or leadsim's own.

use std::fmt;

/// What holds when a key is left out of a table that is there.
#[derive(Clone, Copy)]
pub(super) enum Missing {
    /// It must be written.
    Required,
    /// Another key says it: one of several ways to write the same, or a key that only some kinds need. There is no default.
    Elsewhere(&'static str),
    /// The thing is off; the text says what that means.
    Off(&'static str, Reason),
    /// Something else holds, told in words or as in TOML; it is not filled in, because it hangs on other keys.
    Instead(&'static str, Reason),
    /// The table is read as if it stood there empty; the text sums up what its keys then say.
    Empty(&'static str),
    /// This value, written as in TOML, is filled in.
    Value(&'static str, Reason),
    /// The template's value for the same key, with the reason given there.
    Template,
}

/// Why a default is what it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// It assumes nothing that nobody wrote.
    Neutral(&'static str),
    /// It follows from other keys.
    Follows(&'static str),
    /// Nobody published it: leadsim chose it, for this reason.
    Chosen(&'static str),
    /// It is published; the text ends with the mark of its source, as in the template.
    Published(&'static str),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Neutral(why) => write!(f, "neutral: {why}"),
            Reason::Follows(why) => write!(f, "follows: {why}"),
            Reason::Chosen(why) => write!(f, "leadsim's choice: {why}"),
            Reason::Published(why) => f.write_str(why),
        }
    }
}
