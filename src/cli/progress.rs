//! The progress bar: on a terminal only, on standard error, with the time left.

use super::interrupt::{self, Stage};
use crate::study::Progress;
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::io::IsTerminal;

/// A bar over the trials of one command; hidden when standard error is no terminal.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// A bar that counts trials under this name; hidden if `quiet`.
    pub fn new(word: &str, quiet: bool) -> Bar {
        interrupt::reached(Stage::Playing);
        let shown = !quiet && std::io::stderr().is_terminal();
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        let template = format!("{{bar:40}} {{human_pos}} of {{human_len}} {word}{{left}}");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            let style = style.with_key("left", |state: &ProgressState, text: &mut dyn std::fmt::Write| {
                // before the first trials are done there is nothing to judge by
                if state.pos() > 0 {
                    let _ = write!(text, ", {:#} left", HumanDuration(state.eta()));
                }
            });
            bar.set_style(style.progress_chars("█▌░"));
        }
        Bar(bar)
    }
}

impl Progress for Bar {
    fn done(&self, trials: u64, planned: u64) {
        self.0.set_length(planned);
        self.0.set_position(trials);
    }

    fn stop(&self) -> bool {
        interrupt::asked()
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
        interrupt::reached(Stage::After);
    }
}
