//! The smallest team for a target, by the product's own search on Erlang's formula.

use crate::case::{Case, Number};
use crate::verdict::{Line, judge_exactly};
use leadsim::analytic::ErlangC;

/// Largest team looked at.
const MOST: u32 = 10_000;

/// The lines of a case of kind `optimise`, or why it is not run.
///
/// # Errors
/// A case that cannot be read.
pub fn lines(case: &Case) -> Result<Vec<Line>, String> {
    if !case.family.starts_with("smallest team") {
        return Err(format!("no search for \"{}\"", case.family));
    }
    let rate = case.number(&["arrivals", "rate_per_hour"])? / 60.0;
    let service = 1.0 / case.number(&["service", "mean_min"])?;
    let mut lines = Vec::new();
    for number in case.numbers() {
        let value = answer(&number, rate, service)?;
        lines.push(match value {
            Some(value) => {
                judge_exactly(number.name(), number.exact, value, case.reference_rel_accuracy, "by formula")
            }
            None => Line::skipped(number.name(), number.exact, "no such number"),
        });
    }
    Ok(lines)
}

/// "target_5min_SL_0.8": at least so large a share within so many minutes.
fn answer(number: &Number, rate: f64, service: f64) -> Result<Option<f64>, String> {
    let unreadable = || format!("`{}` names no target", number.key(0));
    let rest = number.key(0).strip_prefix("target_").ok_or_else(unreadable)?;
    let (minutes, share) = rest.split_once("min_SL_").ok_or_else(unreadable)?;
    let minutes: f64 = minutes.parse().map_err(|_| unreadable())?;
    let share: f64 = share.parse().map_err(|_| unreadable())?;
    let Some(team) = ErlangC::smallest_team(rate, service, minutes, share, MOST) else { return Ok(None) };
    let one_fewer = ErlangC::new(rate, service, team.servers() - 1);
    Ok(match number.key(1) {
        "smallest_c" => Some(f64::from(team.servers())),
        "SL_at_c" => Some(team.wait_within(minutes)),
        // A team that cannot keep up answers nobody in time in the long run.
        "SL_at_c_minus_1" => Some(one_fewer.map_or(0.0, |line| line.wait_within(minutes))),
        _ => None,
    })
}
