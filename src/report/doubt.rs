//! How far a run's answers can be off in words: what is luck, what is the inputs, and what would help.

use super::directions::named;
use super::sheet::Source;
use super::wording::{JOINT, TrialWord, count, goal, money, percent, plural, whole_percent, with_sign};
use crate::plan::doubt::{Better, Doubt, Doubts, Leading};
use crate::study::{Trials, Unit};

/// Above this share of what is not known, more trials are a waste.
pub(super) const MOSTLY_DATA: f64 = 0.8;

/// A share of the doubt in per cent, never "100" or "0" where the other part is not nothing: "99", ">99".
fn part(share: f64) -> String {
    format!("{}{JOINT}%", whole_percent(share))
}

/// A value in the unit of its measure.
fn value(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Share => format!("{}{JOINT}%", percent(value)),
        Unit::DollarsPerTrial | Unit::Dollars => money(value),
        _ => count(value),
    }
}

/// A ± in the unit of its measure; of shares in points.
fn plus_minus(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Share => format!("{:.1}", value * 100.0),
        Unit::DollarsPerTrial | Unit::Dollars => money(value),
        _ => count(value),
    }
}

/// A ± as an interval around the mean of all draws, written like other intervals: "61.8–66.6".
fn around(doubt: &Doubt, half: f64) -> String {
    let most = if doubt.unit == Unit::Share { 1.0 } else { f64::INFINITY };
    let ends = [doubt.drawn.mean - half, doubt.drawn.mean + half].map(|end| end.clamp(0.0, most));
    match doubt.unit {
        Unit::Share => format!("{:.1}–{:.1}", ends[0] * 100.0, ends[1] * 100.0),
        unit => format!("{}–{}", plus_minus(unit, ends[0]), plus_minus(unit, ends[1])),
    }
}

/// What a measure is called in a table.
fn name(doubt: &Doubt, trial: &TrialWord) -> String {
    match (doubt.measure, doubt.commitment.as_deref()) {
        ("attainment", Some(id)) => format!("{id} kept"),
        ("holds", Some(id)) => format!("{id} reaches its goal"),
        ("holds_jointly", _) => "all commitments hold".into(),
        ("mqls", _) => format!("MQLs a {}", trial.short),
        (measure, _) => format!("{measure} a {}", trial.short),
    }
}

fn of<'a>(doubts: &'a Doubts, measure: &str, id: Option<&str>) -> Option<&'a Doubt> {
    doubts.rows.iter().find(|row| row.measure == measure && row.commitment.as_deref() == id)
}

/// The answer's doubt in sentences; empty where the scenario has no uncertain inputs.
pub(super) fn sentences(source: &Source<'_>, trial: &TrialWord) -> String {
    let Some(doubts) = source.doubts else { return String::new() };
    let agreement = &source.study.model.agreement;
    let id = agreement.headline().map(|place| agreement.commitments[place].id.as_str());
    let kept = id.and_then(|_| of(doubts, "attainment", id));
    let mut text = format!(
        "The rest of this page takes every input as written. With the {} of [uncertainty] drawn {} times instead:",
        plural(doubts.paths.len() as u64, "input", "inputs"),
        doubts.draws
    );
    if let (Some(id), Some(kept)) = (id, kept) {
        text.push_str(&format!(" \n{id} is kept for {}", told(kept)));
        if let Some(holds) = of(doubts, "holds", Some(id)) {
            text.push_str(&format!(
                " and reaches its goal in {} of {} (as written {})",
                with_sign(holds.drawn.mean),
                trial.many,
                with_sign(holds.as_written.value)
            ));
        }
        text.push_str(&format!(". {}", helps(kept, doubts)));
        text.push_str(&precision(kept, source));
    }
    if let Some(opportunities) = of(doubts, "opportunities", None) {
        text.push_str(&format!(
            " \nOpportunities a {} are {}. {}",
            trial.short,
            told(opportunities),
            helps(opportunities, doubts)
        ));
    }
    text.push_str(&not_judged(doubts, trial));
    if doubts.refused > 0 {
        text.push_str(&format!(
            " \n{} further draws have a decay curve that cannot be true and were left out.",
            doubts.refused
        ));
    }
    text
}

/// "61.8 % (runs 59.7–63.9, data 47.5–76.1; as written 64.9 %)".
fn told(doubt: &Doubt) -> String {
    let unit = doubt.unit;
    let data = if doubt.is_beyond_luck() { format!(", data {}", data(doubt)) } else { String::new() };
    format!(
        "{} (runs {}{data}; as written {})",
        value(unit, doubt.drawn.mean),
        around(doubt, doubt.runs),
        value(unit, doubt.as_written.value)
    )
}

/// The interval of data; nothing where it cannot be told from luck.
fn data(doubt: &Doubt) -> String {
    if doubt.is_beyond_luck() { around(doubt, doubt.data) } else { "–".into() }
}

/// Measures that some draws gave nothing of: their rows are about fewer draws.
fn not_judged(doubts: &Doubts, trial: &TrialWord) -> String {
    let few: Vec<String> = doubts
        .rows
        .iter()
        .filter(|row| row.drawn.groups < doubts.draws)
        .map(|row| format!("\"{}\" by {}", name(row, trial), plural(row.drawn.groups, "draw", "draws")))
        .collect();
    match few.is_empty() {
        true => String::new(),
        false => format!(
            " \nDraws with nothing to judge are left out: {} told of {}.",
            if few.len() == 1 {
                format!("{} is", few[0])
            } else {
                format!("{} are", super::wording::list(&few))
            },
            doubts.draws
        ),
    }
}

/// What would make the answer surer: more runs, better inputs, or neither.
fn helps(doubt: &Doubt, doubts: &Doubts) -> String {
    let Some(share) = doubt.share_of_inputs else {
        return "It is the same in every draw: neither more runs nor better inputs change it.".into();
    };
    if doubt.share_at_least.is_some_and(|least| least > MOSTLY_DATA) {
        return format!(
            "{} of the doubt is from the inputs: more runs cannot help, for they leave the interval of data as it is; better inputs can.{}",
            part(share),
            doubt.leading.as_ref().map_or(String::new(), |leading| better(doubt, leading))
        );
    }
    let more = more_runs(doubt, doubts);
    match doubt.is_beyond_luck() {
        true => format!(
            "{} of the doubt is from the inputs; more runs help with the rest: {more}.{}",
            part(share),
            doubt.leading.as_ref().map_or(String::new(), |leading| better(doubt, leading))
        ),
        false => format!("No doubt from the inputs can be told from luck; more runs help: {more}."),
    }
}

/// "--trials 4800 makes the interval of runs about half as wide": what narrows it is all trials of all draws together, and more draws only
/// as far as there are any.
fn more_runs(doubt: &Doubt, doubts: &Doubts) -> String {
    let trials = 4 * doubts.draws * doubts.each;
    let part = doubt.runs_with(trials).unwrap_or(0.5);
    let how = match part < 0.6 {
        true => "about half as wide".to_owned(),
        false => format!("{} instead of {}", around(doubt, part * doubt.runs), around(doubt, doubt.runs)),
    };
    format!("--trials {trials} makes the interval of runs {how}")
}

/// What to know better, and what that would bring.
fn better(doubt: &Doubt, leading: &Leading) -> String {
    let now = around(doubt, doubt.data);
    let then = around(doubt, leading.data_then);
    let path = named(&leading.path);
    let word = if leading.share >= 0.5 { "Most" } else { "The largest part" };
    let first = format!(" {word} of it ({}) comes from {path}:", part(leading.share));
    match leading.better {
        Better::TwiceTheCases(then_of, now_of) => format!(
            "{first} twice the cases ({} instead of {}) would make the interval of data {then} instead of {now}.",
            count(then_of),
            count(now_of)
        ),
        Better::HalfTheRange => format!(
            "{first} low and high half as far apart (about four times the data) would make the interval of data {then} instead of {now}."
        ),
        Better::Known => {
            let unit = if doubt.unit == Unit::Share { " points" } else { "" };
            let [then, now] = [leading.data_then, doubt.data].map(|half| plus_minus(doubt.unit, half));
            format!(
                "{first} to know which of its values is true would leave ±{then}{unit} of data instead of ±{now}{unit}; `leadsim sensitivity` tells the answer at each of them."
            )
        }
    }
}

/// A precision that was asked for is one of luck alone.
fn precision(kept: &Doubt, source: &Source<'_>) -> String {
    match source.study.settings.trials {
        Trials::Precision { half_width, .. } if kept.is_beyond_luck() && kept.data > half_width => format!(
            " The ±{}{JOINT}points asked for are of luck alone, with inputs as written; the interval of data is wider, and no --precision narrows it.",
            half_width * 100.0
        ),
        _ => String::new(),
    }
}

/// The heads of the table's columns, as words.
pub(super) const HEADS: [&str; 7] = [
    "What",
    "As written",
    "Inputs drawn",
    "Runs, interval",
    "Data, interval",
    "From inputs",
    "Largest part from",
];

/// One measure in the columns of [`HEADS`].
fn row(doubt: &Doubt, trial: &TrialWord) -> Vec<String> {
    let unit = doubt.unit;
    let leading = doubt.leading.as_ref();
    vec![
        name(doubt, trial),
        value(unit, doubt.as_written.value),
        value(unit, doubt.drawn.mean),
        around(doubt, doubt.runs),
        data(doubt),
        doubt.share_of_inputs.filter(|_| doubt.is_beyond_luck()).map_or("–".into(), part),
        leading.map_or("–".into(), |leading| format!("{} ({})", named(&leading.path), part(leading.share))),
    ]
}

/// The table: a head, then one row a measure; empty where the scenario has no uncertain inputs.
pub(super) fn rows(source: &Source<'_>, trial: &TrialWord) -> Vec<Vec<String>> {
    let Some(doubts) = source.doubts else { return Vec::new() };
    let head = HEADS.map(str::to_uppercase).to_vec();
    std::iter::once(head).chain(doubts.rows.iter().map(|doubt| row(doubt, trial))).collect()
}

/// The small print under the table.
pub(super) fn foot(source: &Source<'_>, trial: &TrialWord) -> String {
    source.doubts.map_or(String::new(), |doubts| {
        format!(
            "doubt: {} draws of the inputs, {} each; runs and data: {} intervals, of luck alone and of the inputs alone; half widths: uncertainty.csv",
            doubts.draws,
            trial.count(doubts.each),
            goal(doubts.level)
        )
    })
}
