//! Which assumption decides, in words, as a table and as the tornado: inputs at their low and high ends, the strongest first.

mod curves;
mod rows;

pub(super) use curves::curves;
pub(super) use rows::how_sure;

use super::plot::Picture;
use super::sizing::promises;
use super::tornado_picture::picture;
use super::tornado_unknown;
use super::wording::{JOINT, TrialWord, count, list, money, percent, with_sign};
use crate::model::Model;
use crate::plan::readings::{Measure, Side};
use crate::plan::sensitivity::{Bar, End, Sensitivity};
use crate::plan::uncertainty::Spread;
use crate::stats::{Estimate, FEWEST_TRIALS_FOR_AN_INTERVAL};

/// What the answer is shown with.
#[derive(Debug)]
pub struct TornadoPage<'a> {
    /// The scenario's name.
    pub name: &'a str,
    /// The scenario as it is today.
    pub model: &'a Model,
    /// What was found.
    pub found: &'a Sensitivity,
    /// What uncertain inputs make of the answer, where the scenario has some.
    pub spread: Option<&'a Spread>,
}

/// Rows of a panel and of the table; more stand in the CSV.
pub(super) const MOST_ROWS: usize = 12;

/// The page: text, and the picture.
pub fn tornado_page(page: &TornadoPage<'_>) -> (String, Picture) {
    let trial = TrialWord::of(&page.model.horizon);
    let mut text = String::new();
    for paragraph in sentences(page, &trial) {
        for line in super::text::wrapped(&paragraph, super::text::COLUMNS) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text.push('\n');
    text.push_str(&super::text::columns(&rows::rows(page), 3));
    (text, picture(page, &trial))
}

/// The answer as paragraphs, the decisive one first.
pub(super) fn sentences(page: &TornadoPage<'_>, trial: &TrialWord) -> Vec<String> {
    let mut paragraphs = Vec::new();
    if page.found.stopped {
        paragraphs.push(format!(
            "Stopped: {} of {} inputs were played, and the answer is about these.",
            page.found.bars.len(),
            page.found.inputs
        ));
    }
    if page.found.trials < FEWEST_TRIALS_FOR_AN_INTERVAL {
        paragraphs.push(format!(
            "{} are too few to say which input decides, or what any of them moves beyond luck: play {FEWEST_TRIALS_FOR_AN_INTERVAL} or more (--trials). The \
             table has what each end gave.",
            trial.count(page.found.trials)
        ));
        paragraphs.push(how_sure(page, trial));
        return paragraphs;
    }
    paragraphs.push(decides(page, trial));
    paragraphs.extend(opportunities(page, trial));
    paragraphs.push(curves(page, trial));
    paragraphs.extend(page.spread.map(|spread| tornado_unknown::not_known(page, spread, trial)));
    paragraphs.push(how_sure(page, trial));
    paragraphs
}

fn share(estimate: &Estimate) -> String {
    let ends = estimate.shown();
    let ends = ends.map_or(String::new(), |(low, high)| format!(" ({:.1}–{:.1})", low * 100.0, high * 100.0));
    format!("{}{JOINT}%{ends}", percent(estimate.value))
}

/// "+3.2 points (2.9–3.5)".
fn points(by: &Estimate) -> String {
    let ends = by.shown();
    let ends = ends.map_or(String::new(), |(low, high)| {
        format!(" ({:+.1} to {:+.1})", low * 100.0, high * 100.0).replace('-', "−")
    });
    format!("{}{JOINT}points{ends}", format!("{:+.1}", by.value * 100.0).replace('-', "−"))
}

/// "+3.2 (2.9 to 3.5)".
pub(super) fn number(by: &Estimate) -> String {
    let ends = by.shown();
    let ends =
        ends.map_or(String::new(), |(low, high)| format!(" ({low:+.1} to {high:+.1})").replace('-', "−"));
    format!("{}{ends}", format!("{:+.1}", by.value).replace('-', "−"))
}

/// The first sentence: the input that turns the verdict, or that none does.
pub(super) fn decides(page: &TornadoPage<'_>, trial: &TrialWord) -> String {
    let found = page.found;
    let what = promises(page.model, &found.wanted.commitments);
    let verb = if found.wanted.commitments.len() == 1 { "holds" } else { "hold together" };
    let sure = format!("{} of {}", with_sign(found.wanted.probability), trial.many);
    let today = share(&found.today().estimate(Measure::Holds, found.level));
    let turning = found.turning();
    let Some(first) = turning.first().map(|place| &found.bars[*place]) else {
        return none_decides(page, trial, &what, verb, &sure, &today);
    };
    let others: Vec<String> = turning[1..].iter().map(|place| found.bars[*place].name.clone()).collect();
    let others = match others.len() {
        0 => " No other input was seen to turn it.".to_owned(),
        1 => format!(" Next: {}, which can turn it too.", others[0]),
        n => format!(" Next: {}; {n} others can turn it too.", others[0]),
    };
    format!(
        "One assumption decides most whether {what} {verb} in {sure}: {} — {}; as written in {today}.{others}",
        first.name,
        both_ends(page, first)
    )
}

/// The ends of inputs at which the verdict cannot be told, or that could not be played.
pub(super) fn open_ends(found: &Sensitivity) -> Option<String> {
    const MOST: usize = 3;
    let ends = found.bars.iter().flat_map(|bar| [(bar, &bar.low), (bar, &bar.high)]);
    let open: Vec<String> = ends
        .filter(|(_, end)| found.side(end).is_none_or(|side| side == Side::CannotTell))
        .map(|(bar, end)| format!("{} {}", bar.name, end.words))
        .collect();
    match open.len() {
        0 => None,
        n if n <= MOST => Some(list(&open)),
        n => Some(format!("{} and {} more ends", open[..MOST].join(", "), n - MOST)),
    }
}

/// "at −50 % it holds in 97 % (95–99) of quarters, at +100 % in 2 %".
fn both_ends(page: &TornadoPage<'_>, bar: &Bar) -> String {
    let of = |end: &End| match page.found.moved(end, Measure::Holds) {
        Some(moved) => format!("at {} in {}", end.words, share(&moved.value)),
        None => format!("{} cannot be true", end.words),
    };
    format!("{}, {}", of(&bar.low), of(&bar.high))
}

fn none_decides(
    page: &TornadoPage<'_>,
    trial: &TrialWord,
    what: &str,
    verb: &str,
    sure: &str,
    today: &str,
) -> String {
    let found = page.found;
    let fails = if verb == "holds" { "does not hold" } else { "do not hold together" };
    let start = match (found.verdict(), open_ends(found)) {
        (Side::Holds, None) => {
            format!("No single assumption decides: {what} {verb} in {sure} at every input's low and high end")
        }
        (Side::Breaks, None) => {
            format!("No single assumption decides: {what} {fails} in {sure} whatever end any one input takes")
        }
        (side @ (Side::Holds | Side::Breaks), Some(open)) => format!(
            "No single assumption was seen to decide: {what} {} in {sure} at every end of an input that can be told; it cannot be told at {open}",
            if side == Side::Holds { verb } else { fails }
        ),
        (Side::CannotTell, _) => format!(
            "Whether {what} {verb} in {sure} cannot be told from {} trials, and no input was seen to decide it",
            super::wording::thousands(found.trials)
        ),
    };
    let measure = found.of_promise();
    let strongest = found.order(measure).first().map(|place| &found.bars[*place]);
    let nearest = strongest.map_or(String::new(), |bar| {
        let of = |end: &End| found.moved(end, measure).map(|m| format!("{} at {}", points(&m.by), end.words));
        let ends: Vec<String> = [&bar.low, &bar.high].into_iter().filter_map(of).collect();
        let (moved, now) = match measure {
            Measure::Holds => ("the probability", String::new()),
            _ => (
                "attainment",
                format!(" ({} as written)", share(&found.today().estimate(measure, found.level))),
            ),
        };
        format!(" What moves {moved} most{now}: {}, {}.", bar.name, list(&ends))
    });
    format!("{start}; as written in {today} of {}.{nearest}", trial.many)
}

pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// What moves opportunities, and the money behind them.
pub(super) fn opportunities(page: &TornadoPage<'_>, trial: &TrialWord) -> Option<String> {
    let found = page.found;
    let today = found.today().estimate(Measure::Opportunities, found.level);
    if today.value <= 0.0 {
        return None;
    }
    let order = found.order(Measure::Opportunities);
    let of = |bar: &Bar| {
        let of = |end: &End| {
            Some(format!("{} at {}", number(&found.moved(end, Measure::Opportunities)?.by), end.words))
        };
        let ends: Vec<String> = [&bar.low, &bar.high].into_iter().filter_map(of).collect();
        format!("{} ({})", bar.name, list(&ends))
    };
    let strongest = &found.bars[*order.first()?];
    let is_real = |end: &End| found.moved(end, Measure::Opportunities).is_some_and(|moved| moved.is_real());
    if !is_real(&strongest.low) && !is_real(&strongest.high) {
        return Some(format!(
            "No input moves opportunities, {} a {} as written, beyond chance.",
            count(today.value),
            trial.short
        ));
    }
    let first = of(strongest);
    let second = order.get(1).map_or(String::new(), |place| format!("; then {}", of(&found.bars[*place])));
    let won = found.order(Measure::Won).first().map(|place| found.bars[*place].name.clone());
    let won = won.filter(|_| found.today().won.iter().sum::<f64>() > 0.0).map_or(String::new(), |name| {
        format!(
            " The amount won, {} a {} expected, hangs most on {name}.",
            money(average(&found.today().won)),
            trial.short
        )
    });
    Some(format!(
        "Opportunities, {} a {} as written, are moved most by {first}{second}.{won}",
        count(today.value),
        trial.short
    ))
}

fn average(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}
