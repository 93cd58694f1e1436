//! Ctrl-C, or a request to terminate: while trials are played the first stops after those in flight and answers with what is finished, before
//! them there is nothing to answer with and it ends at once, after them the answer is still written; the second always ends at once.

use super::remark;
use crate::report::files;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};

/// How often the user asked to stop. Global, because a signal has no owner.
static PRESSED: AtomicU32 = AtomicU32::new(0);

/// How far the command is; global for the same reason.
static STAGE: AtomicU8 = AtomicU8::new(Stage::Before as u8);

/// How far a command is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Stage {
    /// It reads, and calibrates; nothing is finished.
    Before,
    /// It plays trials.
    Playing,
    /// It writes the answer.
    After,
}

/// Says how far the command is.
pub(super) fn reached(stage: Stage) {
    STAGE.store(stage as u8, Ordering::SeqCst);
}

/// Starts to listen. Where the system gives no handler, Ctrl-C ends the program as it always did.
pub(super) fn listen() {
    let heard = ctrlc::set_handler(|| {
        let stage = STAGE.load(Ordering::SeqCst);
        if PRESSED.fetch_add(1, Ordering::SeqCst) > 0 || stage == Stage::Before as u8 {
            files::abandon();
            remark("\nstopped; nothing is written");
            std::process::exit(130);
        }
        remark(if stage == Stage::Playing as u8 {
            "\nstopping after the trials in flight; press Ctrl-C again to stop at once"
        } else {
            "\nall trials are played and the answer is being written; press Ctrl-C again to stop at once"
        });
    });
    if let Err(error) = heard {
        remark(&format!("note: Ctrl-C will end the program at once ({error})"));
    }
}

/// Whether to stop now.
pub(super) fn asked() -> bool {
    PRESSED.load(Ordering::SeqCst) > 0
}
