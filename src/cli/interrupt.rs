//! Ctrl-C, or a request to terminate: the first stops after the trials in flight and answers with what is finished, the second ends at once.

use super::remark;
use crate::report::files;
use std::sync::atomic::{AtomicU32, Ordering};

/// How often the user asked to stop. Global, because a signal has no owner.
static PRESSED: AtomicU32 = AtomicU32::new(0);

/// Starts to listen. Where the system gives no handler, Ctrl-C ends the program as it always did.
pub(super) fn listen() {
    let heard = ctrlc::set_handler(|| {
        if PRESSED.fetch_add(1, Ordering::SeqCst) == 0 {
            remark("\nstopping after the trials in flight; press Ctrl-C again to stop at once");
        } else {
            files::abandon();
            std::process::exit(130);
        }
    });
    if let Err(error) = heard {
        remark(&format!("note: Ctrl-C will end the program at once ({error})"));
    }
}

/// Whether to stop now.
pub(super) fn asked() -> bool {
    PRESSED.load(Ordering::SeqCst) > 0
}
