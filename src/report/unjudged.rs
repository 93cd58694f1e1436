//! Points of a sweep without a figure: why they were refused or nothing was put to the test, and how opportunities move instead where there is no promise at all.

use super::capacity::SweepPage;
use super::capacity_table::count_finely;
use super::text::{COLUMNS, wrapped};
use super::wording::{TrialWord, list};
use crate::model::Promise;
use crate::plan::sweep::SweepPoint;

/// Why no point of a way of working has a figure; without a commitment, how many opportunities it brings.
pub(super) fn why(page: &SweepPage<'_>, points: &[&SweepPoint], trial: &TrialWord) -> String {
    let mut headlines = points.iter().filter_map(|point| point.headline.as_ref()).peekable();
    if points.iter().all(|point| point.refused.is_some()) {
        "refused at every value".to_owned()
    } else if headlines.peek().is_none() {
        format!("no commitment to hold; {}", opportunities(page, points, trial))
    } else if headlines.all(|promise| {
        matches!(promise.promise, Promise::MonthlyVolume { .. } | Promise::RejectionBelow { .. })
    }) {
        "no whole month fell under the promise".to_owned()
    } else {
        "no lead fell under the promise".to_owned()
    }
}

/// "opportunities a quarter: 10.2 at 1 and 12.1 at 6", the values with the fewest and the most; one figure where they are alike.
fn opportunities(page: &SweepPage<'_>, points: &[&SweepPoint], trial: &TrialWord) -> String {
    let known: Vec<(&str, f64)> =
        points.iter().filter_map(|point| Some((point.value.as_str(), point.opportunities?.value))).collect();
    let least = known.iter().min_by(|a, b| a.1.total_cmp(&b.1));
    let most = known.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    let (Some(least), Some(most)) = (least, most) else { return "no opportunities to count".to_owned() };
    let what = format!("opportunities a {}", trial.short);
    if count_finely(least.1) == count_finely(most.1) {
        return format!("{what}: {} at every value", count_finely(most.1));
    }
    let at = if page.swept().is_words() { "with" } else { "at" };
    let each = [least, most].map(|(value, count)| format!("{} {at} {value}", count_finely(*count)));
    format!("{what}: {}", list(&each))
}

/// Why points were refused: every reason once, with the points it stands at.
pub(super) fn refusals(page: &SweepPage<'_>) -> String {
    let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
    for point in page.points {
        let Some(reason) = &point.refused else { continue };
        let line = if point.line.is_empty() { String::new() } else { format!("{}, ", point.line) };
        let place = format!("{line}{}", point.value);
        match reasons.iter_mut().find(|(other, _)| other == reason) {
            Some((_, places)) => places.push(place),
            None => reasons.push((reason, vec![place])),
        }
    }
    let mut text = String::new();
    for (reason, places) in reasons {
        text.push('\n');
        let whole = format!("Refused at {}: {}", places.join("; "), reason.replace("\n  ", "; "));
        for line in wrapped(&whole, COLUMNS) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}
