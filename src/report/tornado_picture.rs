//! Which assumption decides, as a picture: inputs at their low and high ends, the strongest first, a panel a measure.

use super::directions::named;
use super::plot::{Picture, Span, Tornado, TornadoEnd, TornadoPanel, TornadoRow, Words};
use super::sizing::promises;
use super::tornado::{MOST_ROWS, TornadoPage, capital, open_ends};
use super::wording::{JOINT, TrialWord, count, goal, percent, plain};
use crate::plan::readings::{Measure, Side};
use crate::plan::sensitivity::{Bar, End};

fn panel(
    page: &TornadoPage<'_>,
    measure: Measure,
    title: String,
    times: f64,
    middle: String,
) -> TornadoPanel {
    let found = page.found;
    let end = |end: &End| {
        let moved = found.moved(end, measure)?;
        Some(TornadoEnd {
            by: moved.by.value * times,
            interval: moved.by.shown().map(|(low, high)| Span::new(low * times, high * times)),
            real: moved.is_real(),
            words: plain(&end.words),
        })
    };
    let row =
        |bar: &Bar| TornadoRow { label: plain(&named(&bar.name)), ends: vec![end(&bar.low), end(&bar.high)] };
    let order =
        found.order(measure).into_iter().filter(|place| found.reach(&found.bars[*place], measure) > 0.0);
    let rows = order.take(MOST_ROWS).map(|place| row(&found.bars[place])).collect();
    TornadoPanel { title: plain(&title), middle: plain(&middle), rows }
}

/// The picture of the page.
pub(super) fn picture(page: &TornadoPage<'_>, trial: &TrialWord) -> Picture {
    let found = page.found;
    let measure = found.of_promise();
    let today = found.today().estimate(measure, found.level);
    let id = &page.model.agreement.commitments[found.wanted.commitments[0]].id;
    let (name, middle) = match measure {
        Measure::Holds => (
            format!("Share of {} in which the promise holds, difference in percentage points", trial.many),
            format!("as written: holds in {}{JOINT}%", percent(today.value)),
        ),
        _ => (
            format!(
                "Attainment of {id}, difference in percentage points (its goal is reached in all {0} or in none of them at every end)",
                trial.many
            ),
            format!("as written: attainment {}{JOINT}%", percent(today.value)),
        ),
    };
    let opportunities = found.today().estimate(Measure::Opportunities, found.level);
    let title = match found.turning().first() {
        Some(place) => format!("{} decides whether the promise holds", capital(&found.bars[*place].name)),
        None if found.verdict() != Side::CannotTell && open_ends(found).is_some() => {
            format!("No single assumption was seen to decide whether {id} holds")
        }
        None if found.verdict() == Side::Breaks => {
            format!("No single assumption decides: {id} does not hold at any end of any input")
        }
        None if found.verdict() == Side::Holds => {
            format!("No single assumption decides: {id} holds at every end of every input")
        }
        None => "No assumption was seen to decide whether the promise holds".into(),
    };
    Picture::Tornado(Tornado {
        words: Words {
            title: plain(&title),
            subtitle: plain(&format!(
                "{}: {}, {}",
                page.name,
                promises(page.model, &found.wanted.commitments),
                super::wording::dates(&page.model.horizon)
            )),
            footer: plain(&format!(
                "{} at each end, seed {}, the same leads at all. Intervals of a panel hold all together at {}. Ends: 10th and 90th percentiles as assumed.",
                trial.count(found.trials),
                found.seed,
                goal(found.level)
            )),
            trial: trial.short.into(),
        },
        keys: vec!["input at its low end".into(), "input at its high end".into()],
        panels: vec![
            panel(page, measure, name, 100.0, middle),
            panel(
                page,
                Measure::Opportunities,
                format!("Opportunities a {}, difference", trial.one),
                1.0,
                format!("as written: {} opportunities", count(opportunities.value)),
            ),
        ],
    })
}
