//! A sweep in words, as a table and as the capacity curve: how often the promise is kept at each value, under each way of working.

mod picture;

use super::capacity_table;
use super::directions::named;
use super::names;
use super::pictures::share_words;
use super::plot::Picture;
use super::reached;
use super::sweep_words::trials_words;
use super::swept::Swept;
use super::text::wrapped;
use super::unjudged;
use super::wording::{TrialWord, list, percent};
use crate::model::{Commitment, Milestone, Model, Promise};
use crate::plan::sweep::SweepPoint;
use crate::plan::sweep_curves::OtherCurve;
use crate::stats::Estimate;

/// What a sweep is shown with.
#[derive(Debug)]
pub struct SweepPage<'a> {
    /// The scenario's name.
    pub name: &'a str,
    /// The scenario as it is today.
    pub model: &'a Model,
    /// What was swept: "team.reps.count".
    pub over: &'a str,
    /// Its value today, as the scenario writes it.
    pub today: Option<String>,
    /// The second input, where two are varied: its values stand as the lines of the points.
    pub second: Option<Second>,
    /// Seed.
    pub seed: u64,
    /// Confidence level.
    pub level: f64,
    /// The points.
    pub points: &'a [SweepPoint],
    /// Points planned; more than there are if the user stopped it.
    pub planned: usize,
    /// Values planned on each line.
    pub values: usize,
    /// Whether the user stopped it; with all points there, while some of them were made sharper.
    pub stopped: bool,
    /// A few points under a second decay curve.
    pub other: Option<&'a OtherCurve>,
}

/// The second of two inputs that are varied.
#[derive(Debug, Clone)]
pub struct Second {
    /// Its path: "commitments.S1.within".
    pub over: String,
    /// Its value today.
    pub today: Option<String>,
}

impl SweepPage<'_> {
    /// The values on their axis.
    pub(super) fn swept(&self) -> Swept {
        Swept::of(self.points.iter().map(|point| point.value.as_str()))
    }

    /// The headline promise at every point that has one.
    fn headlines(&self) -> impl Iterator<Item = &Commitment> {
        self.points.iter().filter_map(|point| point.headline.as_ref())
    }

    /// The goal, where it is the same at all points.
    pub(super) fn goal(&self) -> Option<f64> {
        let first = self.headlines().next()?.goal.share;
        self.headlines().all(|promise| promise.goal.share == first).then_some(first)
    }
}

/// The page of a sweep: text, and the picture.
pub fn sweep_page(page: &SweepPage<'_>) -> (String, Picture) {
    let trial = TrialWord::of(&page.model.horizon);
    if let Some(second) = &page.second {
        return super::map_page::map_page(page, second, &trial);
    }
    let lines = lines(page.points);
    let mut text = String::new();
    if page.points.len() < page.planned {
        text.push_str(&format!("first {} of {} points; stopped\n", page.points.len(), page.planned));
    }
    text.push_str(&format!("{}: {} over {}\n\n", page.name, promise(page), named(page.over)));
    for sentence in &verdicts(page) {
        for line in wrapped(sentence, super::text::COLUMNS) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    let more = [super::sweep_words::sharper(page), super::sweep_words::curve(page)];
    for line in more.iter().flatten().flat_map(|words| wrapped(words, super::text::COLUMNS)) {
        text.push_str(&line);
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&capacity_table::table(page, &lines, &trial));
    text.push_str(&unjudged::refusals(page));
    (text, picture::picture(page, &lines, &trial))
}

/// One sentence a way of working.
pub(super) fn verdicts(page: &SweepPage<'_>) -> Vec<String> {
    let trial = TrialWord::of(&page.model.horizon);
    lines(page.points).iter().map(|(name, points)| verdict(page, name, points, &trial)).collect()
}

/// The promise that is followed; without its target where the sweep moves it.
pub(super) fn promise(page: &SweepPage<'_>) -> String {
    let mut promises = page.headlines().map(|promise| (promise, names::promise(page.model, promise)));
    let Some((first, words)) = promises.next() else { return "opportunities".into() };
    if promises.all(|(_, other)| other == words) {
        return words;
    }
    match &first.promise {
        Promise::Timed { to: Milestone::Attempted, .. } => {
            format!("{}, first attempt in time", names::covered(page.model, first))
        }
        _ => first.title.clone(),
    }
}

/// Points by way of working, in the order they come.
pub(super) fn lines(points: &[SweepPoint]) -> Vec<(&str, Vec<&SweepPoint>)> {
    let mut lines: Vec<(&str, Vec<&SweepPoint>)> = Vec::new();
    for point in points {
        match lines.iter_mut().find(|(name, _)| *name == point.line) {
            Some((_, points)) => points.push(point),
            None => lines.push((&point.line, vec![point])),
        }
    }
    lines
}

/// Most values that are words a sentence names one by one.
const MOST_NAMED: usize = 4;

/// The least change of attainment, in points, that is worth the word "rises".
const FLAT: f64 = 0.03;

/// One sentence on one way of working: how it moves, and from where on it holds.
fn verdict(page: &SweepPage<'_>, name: &str, points: &[&SweepPoint], trial: &TrialWord) -> String {
    let whom = if name.is_empty() { String::new() } else { format!("{name}: ") };
    match moves(page, points) {
        Some(moves) => format!("{whom}{moves}; {}.", reached::words(page, points, trial)),
        None => format!("{whom}{}.", unjudged::why(page, points, trial)),
    }
}

/// How the promise moves with the value: one figure a value where the values are words.
fn moves(page: &SweepPage<'_>, points: &[&SweepPoint]) -> Option<String> {
    let swept = page.swept();
    let mut known: Vec<(&SweepPoint, Estimate)> =
        points.iter().filter_map(|point| Some((*point, point.kept?))).collect();
    let place = |point: &SweepPoint| swept.place(&point.value).unwrap_or(f64::INFINITY);
    known.sort_by(|a, b| place(a.0).total_cmp(&place(b.0)));
    let (first, last) = (known.first()?, known.last()?);
    if known.len() == 1 {
        return Some(format!("kept for {} of leads at {}", share_words(last.1), last.0.value));
    }
    let by_share =
        |a: &&(&SweepPoint, Estimate), b: &&(&SweepPoint, Estimate)| a.1.value.total_cmp(&b.1.value);
    if swept.is_words() {
        let mut shown: Vec<_> = known.iter().collect();
        if known.len() > MOST_NAMED {
            shown = [known.iter().min_by(by_share)?, known.iter().max_by(by_share)?].to_vec();
        }
        let each: Vec<String> = shown
            .iter()
            .map(|(point, kept)| format!("{} with {}", with_unit(kept.value), point.value))
            .collect();
        let how = if shown.len() < known.len() { "between" } else { "for" };
        return Some(format!("kept {how} {}", list(&each)));
    }
    let low = known.iter().map(|(_, k)| k.value).fold(f64::INFINITY, f64::min);
    let high = known.iter().map(|(_, k)| k.value).fold(f64::NEG_INFINITY, f64::max);
    let from_to = from_to(page, &first.0.value, &last.0.value);
    Some(if percent(low) == percent(high) {
        format!("flat, kept for {} of leads {from_to}", with_unit(high))
    } else if high - low < FLAT {
        format!("flat, kept for {} to {} of leads {from_to}", percent(low), with_unit(high))
    } else {
        let word = if last.1.value >= first.1.value { "rises" } else { "falls" };
        format!("{word} from {} to {} of leads {from_to}", percent(first.1.value), share_words(last.1))
    })
}

/// "from 3 to 12 reps", "from work.pace = 1 to 2".
fn from_to(page: &SweepPage<'_>, first: &str, last: &str) -> String {
    match team_of(page.over) {
        Some(team) => format!("from {first} to {last} {}", people(page, team)),
        None => format!("from {} = {first} to {last}", page.over),
    }
}

/// The group whose size is swept.
fn team_of(over: &str) -> Option<&str> {
    over.strip_prefix("team.")?.strip_suffix(".count").filter(|name| !name.contains('.'))
}

fn spaced(name: &str) -> String {
    name.replace('_', " ")
}

/// "reps" where that is the whole team; of a team of several groups "people in london".
fn people(page: &SweepPage<'_>, team: &str) -> String {
    if page.model.groups.len() > 1 { format!("people in {}", spaced(team)) } else { spaced(team) }
}

fn with_unit(share: f64) -> String {
    format!("{}\u{a0}%", percent(share))
}

/// The message, where it is the one most teams need: from today's size on more people hardly help, another way of working does.
fn more_hardly_helps(page: &SweepPage<'_>, lines: &[(&str, Vec<&SweepPoint>)]) -> Option<String> {
    let team = team_of(page.over)?;
    let kept_at = |points: &[&SweepPoint], size: f64| {
        points.iter().find(|point| point.value.parse() == Ok(size)).and_then(|point| point.kept)
    };
    let today: f64 = page.today.as_ref()?.parse().ok()?;
    let (name, first) = lines.first()?;
    let now = kept_at(first, today)?;
    let most = first.iter().filter_map(|point| point.value.parse::<f64>().ok()).fold(today, f64::max);
    let then = kept_at(first, most)?;
    if most <= today || then.value - now.value >= FLAT {
        return None;
    }
    let base = if name.is_empty() { names::routing(page.model) } else { (*name).to_owned() };
    let mut title = format!(
        "More {} hardly help {base}: {} of leads with {today}, {} with {most}",
        people(page, team),
        with_unit(now.value),
        with_unit(then.value)
    );
    let others = lines[1..].iter().filter_map(|(name, points)| Some((*name, kept_at(points, today)?.value)));
    if let Some((name, kept)) =
        others.filter(|(_, kept)| kept - now.value >= FLAT).max_by(|a, b| a.1.total_cmp(&b.1))
    {
        title.push_str(&format!("; {name}: {}", with_unit(kept)));
    }
    Some(title)
}

/// The message of the picture: the first line's movement, with its way of working.
fn title(page: &SweepPage<'_>, lines: &[(&str, Vec<&SweepPoint>)], trial: &TrialWord) -> String {
    let moves = lines.iter().find_map(|(name, points)| Some((*name, moves(page, points)?)));
    let so_far = if page.points.len() < page.planned { " (stopped early)" } else { "" };
    match moves {
        Some(("", moves)) => format!("{}: {moves}{so_far}", promise(page)),
        Some((name, moves)) => format!("{}, {name}: {moves}{so_far}", promise(page)),
        None => {
            let whose = page.headlines().next().map_or(page.name.to_owned(), |_| promise(page));
            let why = lines.first().map_or(String::new(), |(_, points)| unjudged::why(page, points, trial));
            format!("{whose}: {why}{so_far}")
        }
    }
}
