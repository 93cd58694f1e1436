//! The table of `sensitivity`: every input at both ends, by what it moves of the promise, and how sure that is.

use super::{FEWEST_TRIALS_FOR_AN_INTERVAL, MOST_ROWS, TornadoPage};
use crate::plan::readings::Measure;
use crate::plan::sensitivity::{End, Move};
use crate::report::directions::named;
use crate::report::wording::{TrialWord, goal};
/// The table: by what it moves of the promise.
pub(super) fn rows(page: &TornadoPage<'_>) -> Vec<Vec<String>> {
    let found = page.found;
    let measure = found.of_promise();
    let name = if measure == Measure::Holds { "HOLDS, POINTS" } else { "ATTAINMENT, POINTS" };
    let mut rows = vec![
        ["INPUT", "LOW", "HIGH", &format!("{name}: LOW"), "HIGH", "OPPORTUNITIES: LOW", "HIGH"]
            .map(str::to_owned)
            .to_vec(),
    ];
    let mark = |moved: &Move, times: f64| {
        let half = moved.by.half_width().map_or(String::new(), |half| format!(" ±{:.1}", half * times));
        let sign = if moved.is_real() || moved.by.shown().is_none() { "" } else { " ~" };
        format!("{}{half}{sign}", format!("{:+.1}", moved.by.value * times).replace('-', "−"))
    };
    let of_promise = |end: &End| found.moved(end, measure).map_or("–".into(), |m| mark(&m, 100.0));
    let of_money =
        |end: &End| found.moved(end, Measure::Opportunities).map_or("–".into(), |m| mark(&m, 1.0));
    for place in found.order(measure).into_iter().take(MOST_ROWS) {
        let bar = &found.bars[place];
        rows.push(vec![
            named(&bar.name),
            bar.low.words.clone(),
            bar.high.words.clone(),
            of_promise(&bar.low),
            of_promise(&bar.high),
            of_money(&bar.low),
            of_money(&bar.high),
        ]);
    }
    rows
}

/// How the ends were played, and how sure their moves are.
pub(in crate::report) fn how_sure(page: &TornadoPage<'_>, trial: &TrialWord) -> String {
    let found = page.found;
    let split = found.bars.iter().flat_map(|bar| [&bar.low, &bar.high]);
    let moved = split.clone().filter(|end| end.moved_to_contact.is_some()).count();
    let refused = split.filter(|end| end.readings.is_none()).count();
    let mut words = format!(
        "{} at each end, the same leads and luck at all of them (seed {}); the intervals of one measure hold all together at {}. \
         Ends are 10th and 90th percentiles as assumed: where nothing better is known they are leadsim's choice, and tornado.csv names each source; \
         --vary PATH=LOW..HIGH puts your own.",
        trial.count(found.trials),
        found.seed,
        goal(found.level)
    );
    if found.trials >= FEWEST_TRIALS_FOR_AN_INTERVAL {
        words.push_str(" ~ in the table: the interval includes 0.");
    }
    if moved > 0 {
        words.push_str(&format!(
            " At {moved} ends more of speed's effect had to act on contact for the decay curve to be possible."
        ));
    }
    if refused > 0 {
        words
            .push_str(&format!(" {refused} ends could not be played: the decay curve cannot be true there."));
    }
    words
}
