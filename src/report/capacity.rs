//! A sweep in words, as a table and as the capacity curve: how often the promise is kept at each value, under each way of working.

use super::names;
use super::pictures::{interval, share_words, span};
use super::plot::{CapacityCurve, CapacityPoint, CapacitySeries, Picture, Words};
use super::text::wrapped;
use super::wording::{TrialWord, count, goal, money, percent, plain, with_sign};
use crate::model::{Commitment, Model};
use crate::plan::sweep::SweepPoint;

/// What a sweep is shown with.
#[derive(Debug)]
pub struct SweepPage<'a> {
    /// The scenario's name.
    pub name: &'a str,
    /// The scenario as it is today.
    pub model: &'a Model,
    /// What was swept: "team.reps.count".
    pub over: &'a str,
    /// Its value today, where it is a number.
    pub today: Option<f64>,
    /// Seed.
    pub seed: u64,
    /// Confidence level.
    pub level: f64,
    /// The points.
    pub points: &'a [SweepPoint],
    /// Points planned; more than there are if the user stopped it.
    pub planned: usize,
}

/// The page of a sweep: text, and the picture where the values are numbers.
pub fn sweep_page(page: &SweepPage<'_>) -> (String, Option<Picture>) {
    let trial = TrialWord::of(&page.model.horizon);
    let lines = lines(page.points);
    let verdicts: Vec<String> =
        lines.iter().map(|(name, points)| verdict(page, name, points, &trial)).collect();
    let mut text = String::new();
    if page.points.len() < page.planned {
        text.push_str(&format!("first {} of {} points; stopped\n", page.points.len(), page.planned));
    }
    text.push_str(&format!("{}: {} over {}\n\n", page.name, promise(page), page.over));
    for sentence in &verdicts {
        for line in wrapped(sentence, super::text::COLUMNS) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text.push('\n');
    text.push_str(&table(page, &lines, &trial));
    (text, picture(page, &lines, &verdicts, &trial))
}

fn headline<'a>(page: &SweepPage<'a>) -> Option<&'a Commitment> {
    page.model.agreement.headline().map(|i| &page.model.agreement.commitments[i])
}

fn promise(page: &SweepPage<'_>) -> String {
    headline(page).map_or("opportunities".into(), |c| names::promise(page.model, c))
}

/// Points by way of working, in the order they come.
fn lines(points: &[SweepPoint]) -> Vec<(&str, Vec<&SweepPoint>)> {
    let mut lines: Vec<(&str, Vec<&SweepPoint>)> = Vec::new();
    for point in points {
        match lines.iter_mut().find(|(name, _)| *name == point.line) {
            Some((_, points)) => points.push(point),
            None => lines.push((&point.line, vec![point])),
        }
    }
    lines
}

/// The least change of attainment, in points, that is worth the word "rises".
const FLAT: f64 = 0.03;

/// One sentence on one way of working: flat, or rising, and from where on it holds.
fn verdict(page: &SweepPage<'_>, name: &str, points: &[&SweepPoint], trial: &TrialWord) -> String {
    let whom = if name.is_empty() { String::new() } else { format!("{name}: ") };
    let known: Vec<(&SweepPoint, crate::stats::Estimate)> =
        points.iter().filter_map(|point| Some((*point, point.kept?))).collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return format!("{whom}no lead fell under the promise.");
    };
    let low = known.iter().map(|(_, k)| k.value).fold(f64::INFINITY, f64::min);
    let high = known.iter().map(|(_, k)| k.value).fold(f64::NEG_INFINITY, f64::max);
    let from_to = from_to(page, &first.0.value, &last.0.value);
    let moves = if known.len() == 1 {
        format!("kept for {} of leads at {}", share_words(last.1), last.0.value)
    } else if high - low < FLAT {
        format!("flat, kept for {} to {} of leads {from_to}", percent(low), with_unit(high))
    } else {
        let word = if last.1.value >= first.1.value { "rises" } else { "falls" };
        format!("{word} from {} to {} of leads {from_to}", percent(first.1.value), share_words(last.1))
    };
    format!("{whom}{moves}; {}.", reaches(page, points, trial))
}

/// From where on the goal is reached reliably, or how near it comes.
fn reaches(page: &SweepPage<'_>, points: &[&SweepPoint], trial: &TrialWord) -> String {
    let holds = points
        .iter()
        .find(|point| point.holds.is_some_and(|holds| holds.value >= super::verdict::HOLDS_FROM));
    let goal = headline(page).map_or(String::new(), |c| format!("the {} goal", goal(c.goal.share)));
    match holds {
        Some(point) => format!(
            "reaches {goal} in {} of {} at {}",
            with_sign(point.holds.map_or(0.0, |h| h.value)),
            trial.many,
            point.value
        ),
        None => {
            let known = points.iter().filter_map(|point| Some((point, point.holds?.value)));
            match known.max_by(|a, b| a.1.total_cmp(&b.1)) {
                Some((_, 0.0)) => format!("reaches {goal} at no value"),
                Some((point, best)) => format!(
                    "reaches {goal} reliably at no value (at best in {} of {}, at {})",
                    with_sign(best),
                    trial.many,
                    point.value
                ),
                None => String::new(),
            }
        }
    }
}

/// "from 3 to 12 reps", "from work.pace = 1 to 2".
fn from_to(page: &SweepPage<'_>, first: &str, last: &str) -> String {
    match team_of(page.over) {
        Some(team) => format!("from {first} to {last} {}", team.replace('_', " ")),
        None => format!("from {} = {first} to {last}", page.over),
    }
}

/// The group whose size is swept.
fn team_of(over: &str) -> Option<&str> {
    over.strip_prefix("team.")?.strip_suffix(".count").filter(|name| !name.contains('.'))
}

fn with_unit(share: f64) -> String {
    format!("{}\u{a0}%", percent(share))
}

fn table(page: &SweepPage<'_>, lines: &[(&str, Vec<&SweepPoint>)], trial: &TrialWord) -> String {
    let last = page.over.rsplit('.').next().unwrap_or(page.over);
    let several = lines.iter().any(|(name, _)| !name.is_empty());
    let mut head: Vec<String> = if several { vec!["WAY OF WORKING".into()] } else { Vec::new() };
    head.extend([
        last.to_uppercase(),
        "KEPT".into(),
        format!("{}\u{a0}% CI", (page.level * 1e6).round() / 1e4),
        "TYPICAL".into(),
        format!("{}S KEPT", trial.short.to_uppercase()),
        "OPPS".into(),
        "TEAM COST".into(),
    ]);
    let mut rows = vec![head];
    for (name, points) in lines {
        for (place, point) in points.iter().enumerate() {
            let dash = || "–".to_owned();
            let mut row = Vec::new();
            if several {
                row.push(if place == 0 { (*name).to_owned() } else { String::new() });
            }
            row.extend([
                point.value.clone(),
                point.kept.map_or_else(dash, |kept| percent(kept.value)),
                point
                    .kept
                    .and_then(|kept| kept.shown())
                    .map_or_else(dash, |(low, high)| format!("{:.1}–{:.1}", low * 100.0, high * 100.0)),
                point.kept_typical.map_or_else(dash, super::wording::percent_range),
                point.holds.map_or_else(dash, |holds| plain(&with_sign(holds.value))),
                point.opportunities.map_or_else(dash, |n| count_finely(n.value)),
                point.team_cost.map_or_else(dash, |cost| money(cost.value)),
            ]);
            rows.push(row);
        }
    }
    super::text::columns(&rows, usize::from(several))
}

/// Opportunities differ by fractions between ways of working, so one decimal stays below a thousand.
fn count_finely(value: f64) -> String {
    if value < 1000.0 { format!("{value:.1}") } else { count(value) }
}

/// The curve, where every swept value is a number.
/// The message, where it is the one most teams need: from today's size on more people hardly help, another way of working does.
fn more_hardly_helps(page: &SweepPage<'_>, lines: &[(&str, Vec<&SweepPoint>)]) -> Option<String> {
    let team = team_of(page.over)?;
    let kept_at = |points: &[&SweepPoint], size: f64| {
        points.iter().find(|point| point.value.parse() == Ok(size)).and_then(|point| point.kept)
    };
    let today = page.today?;
    let (name, first) = lines.first()?;
    let now = kept_at(first, today)?;
    let most = first.iter().filter_map(|point| point.value.parse::<f64>().ok()).fold(today, f64::max);
    let then = kept_at(first, most)?;
    if most <= today || then.value - now.value >= FLAT {
        return None;
    }
    let base = if name.is_empty() { routing(page.model) } else { (*name).to_owned() };
    let mut title = format!(
        "More {} hardly help {base}: {} of leads with {today}, {} with {most}",
        team.replace('_', " "),
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

fn picture(
    page: &SweepPage<'_>,
    lines: &[(&str, Vec<&SweepPoint>)],
    verdicts: &[String],
    trial: &TrialWord,
) -> Option<Picture> {
    let is_team = team_of(page.over).is_some();
    let series: Option<Vec<CapacitySeries>> = lines
        .iter()
        .map(|(name, points)| {
            let points: Option<Vec<CapacityPoint>> =
                points.iter().map(|point| capacity_point(point)).collect();
            let label = if name.is_empty() { routing(page.model) } else { (*name).to_owned() };
            Some(CapacitySeries { label, points: points? })
        })
        .collect();
    let trials = page.points.first().map_or(0, |point| point.trials);
    let title = more_hardly_helps(page, lines)
        .or_else(|| {
            verdicts.first().map(|first| {
                let first = first.split(';').next().unwrap_or(first);
                match first.split_once(": ") {
                    Some((line, moves)) => format!("{} with {line}: {moves}", promise(page)),
                    None => format!("{}: {first}", promise(page)),
                }
            })
        })
        .unwrap_or_default();
    Some(Picture::CapacityCurve(CapacityCurve {
        words: Words {
            title: plain(&title),
            subtitle: plain(&format!(
                "{}: every line over {}, {}",
                page.name,
                page.over,
                super::wording::dates(&page.model.horizon)
            )),
            footer: plain(&format!(
                "{} at every point, seed {}, the same luck at all points. Bands: {} % interval (dark), typical range (light).",
                trial.count(trials),
                page.seed,
                page.level * 100.0
            )),
            trial: trial.short.into(),
        },
        measure: format!("{}, share of leads", promise(page)),
        goal: headline(page).map(|c| c.goal.share),
        current_reps: page.today,
        across: if is_team { String::new() } else { page.over.to_owned() },
        series: series?,
    }))
}

fn routing(model: &Model) -> String {
    names::routing(model)
}

fn capacity_point(point: &SweepPoint) -> Option<CapacityPoint> {
    Some(CapacityPoint {
        reps: leading_number(&point.value)?,
        kept: point.kept.map(|e| e.value),
        interval: interval(point.kept),
        typical: span(point.kept_typical),
        holds: point.holds.map(|e| e.value),
        holds_interval: interval(point.holds),
        opportunities: point.opportunities.map(|e| e.value),
        opportunities_interval: interval(point.opportunities),
    })
}

/// The number a value starts with: "6", "15 min" (units are the same at all points of a sweep).
pub fn leading_number(value: &str) -> Option<f64> {
    let value = value.trim().trim_matches('"').trim_start_matches('$');
    let end = value.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-').unwrap_or(value.len());
    value[..end].parse().ok()
}
