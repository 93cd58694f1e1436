//! What is not known of the inputs, beside a tornado: runs and data told apart in words.

use super::doubt::MOSTLY_DATA;
use super::tornado::TornadoPage;
use super::wording::{JOINT, TrialWord};
use crate::plan::doubt::SURE;
use crate::plan::uncertainty::{DRAWS, Spread};
use crate::stats::components::Components;

/// Standard errors to 95 %.
const TWO_SIDED: f64 = 1.96;

/// The intervals of runs and of data: what more trials would take away, and what only better inputs can.
pub(super) fn not_known(page: &TornadoPage<'_>, spread: &Spread, trial: &TrialWord) -> String {
    let found = page.found;
    let said = |name: &str, of: &Option<Components>, is_share: bool, write: &dyn Fn(f64) -> String| {
        let of = of.as_ref()?;
        let Some(share) = of.share_of_inputs() else {
            return Some(format!("{name} {}, always", write(of.mean)));
        };
        let verdict = match of.share_of_inputs_at_least(SURE) {
            Some(least) if least > MOSTLY_DATA => ": more runs cannot narrow that, more data can",
            Some(0.0) => ", which may be luck alone",
            _ => "",
        };
        let most = if is_share { 1.0 } else { f64::INFINITY };
        let around = |half: f64| {
            let [low, high] = [of.mean - half, of.mean + half].map(|end| write(end.clamp(0.0, most)));
            format!("{}–{high}", low.trim_end_matches(['%', '\u{a0}']))
        };
        Some(format!(
            "{name} {} (runs {}, data {}; {}{JOINT}% of what is not known is data{verdict})",
            write(of.mean),
            around(TWO_SIDED * of.of_runs()),
            around(TWO_SIDED * of.of_inputs()),
            super::wording::whole_percent(share)
        ))
    };
    let points = |value: f64| format!("{:.1}{JOINT}%", value * 100.0);
    let id = &page.model.agreement.commitments[found.wanted.commitments[0]].id;
    let parts: Vec<String> = [
        said("the goal is reached in", &spread.of_holds, true, &points),
        said(&format!("attainment of {id} is"), &spread.of_attainment, true, &points),
        said(&format!("opportunities a {} are", trial.short), &spread.of_opportunities, false, &|v| {
            format!("{v:.1}")
        }),
    ]
    .into_iter()
    .flatten()
    .collect();
    if spread.draws == 0 {
        return "Stopped before any of the inputs' draws was finished: how far the answer hangs on them is not known.".into();
    }
    let stopped = match spread.stopped {
        true => format!(" Part of the answer, for it was stopped: {} of {DRAWS} draws.", spread.draws),
        false => String::new(),
    };
    let refused = match spread.refused {
        0 => String::new(),
        n => format!(" {n} further draws have a decay curve that cannot be true and were left out."),
    };
    format!(
        "With the {} as uncertain as the scenario says (drawn {} times, {} each): {}. Both are 95{JOINT}% intervals.{refused}{stopped}",
        super::wording::plural(spread.paths.len() as u64, "input", "inputs"),
        spread.draws,
        trial.count(crate::plan::uncertainty::TRIALS_OF_A_DRAW),
        parts.join("; ")
    )
}
