//! The part of the page that knows the team: how many MQLs, with how many reps, and where more no longer help.

use super::under_other_curve::other_curve;
use super::which_to_plan::{first, not_today, others, shown, verdict};
use super::{TeamAnswer, VolumePage, with_percent};
use crate::plan::volume::{COVERAGE, Line, Needed, Reaching, Turning};
use crate::report::text::columns;
use crate::report::wording::{count, goal, money, plural, thousands, with_sign};
use crate::stats::Estimate;

pub(super) fn whole(leads: f64) -> String {
    thousands(leads.round().max(0.0) as u64)
}

/// "510–540", ends beyond what was played left open.
pub(super) fn interval(low: Option<f64>, high: Option<f64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) => format!("{}–{}", whole(low), whole(high)),
        (None, Some(high)) => format!("up to {}", whole(high)),
        (Some(low), None) => format!("{} or more", whole(low)),
        (None, None) => "no interval".into(),
    }
}

pub(super) fn reps(number: u64) -> String {
    plural(number, "rep", "reps")
}

/// The answer in sentences, the first of them on its own.
pub(super) fn answer(page: &VolumePage<'_>, team: &TeamAnswer<'_>) -> Vec<String> {
    let mut sentences = Vec::new();
    let Some(line) = shown(team) else {
        return vec!["Stopped before one headcount was played at all volumes.".into()];
    };
    sentences.push(first(page, team, line));
    sentences.extend(not_today(team, line));
    sentences.extend(others(page, team, line));
    sentences.push(turning(page, team));
    sentences.extend(other_curve(page, team));
    if team.answer.stopped {
        sentences
            .insert(0, format!("Stopped: only {} of the headcounts asked for.", team.answer.lines.len()));
    }
    sentences
}

/// From which volume on more MQLs lower opportunities.
fn turning(page: &VolumePage<'_>, team: &TeamAnswer<'_>) -> String {
    let Some(line) = shown(team) else { return String::new() };
    let (per, whose) = (page.trial.short, reps(line.reps));
    let gains: Vec<&Estimate> = line.points.iter().filter_map(|point| point.gain.as_ref()).collect();
    let half = line.half_from.map_or(String::new(), |from| {
        format!(
            " From about {} on more of them bring less than half as many opportunities as at first.",
            whole(from)
        )
    });
    let worth = gains.first().zip(gains.last()).map_or(String::new(), |(first, last)| {
        format!(
            " A hundred more MQLs bring {} opportunities at the smallest volumes played, {} at the largest.",
            with_ends(first),
            with_ends(last)
        )
    });
    let place = match line.turning {
        Turning::Turns { at, low, high } => format!(
            "Beyond about {} MQLs a {per} ({}) more of them lower the opportunities of {whose}.",
            whole(at),
            interval(Some(low), Some(high))
        ),
        Turning::Rises { up_to } => format!(
            "Up to {} MQLs a {per}, the most played, more of them bring more opportunities to {whose}: no turning point in sight.",
            whole(up_to)
        ),
        Turning::CannotTell { from, up_to } => format!(
            "Cannot tell beyond which volume more MQLs lower the opportunities of {whose}: from {} to {} MQLs a {per}, the most played, \
             they do not differ beyond chance.",
            whole(from),
            whole(up_to)
        ),
    };
    format!("{place}{half}{worth}")
}

fn with_ends(estimate: &Estimate) -> String {
    match estimate.shown() {
        Some((low, high)) => format!("{:.1} ({low:.1} to {high:.1})", estimate.value),
        None => format!("{:.1}", estimate.value),
    }
    .replace('-', "−")
}

/// Headcounts side by side, then the volumes of the one that is recommended.
pub(super) fn tables(page: &VolumePage<'_>, team: &TeamAnswer<'_>) -> String {
    let mut text = columns(&headcounts(page, team), 0);
    if let Some(rows) = shown_volumes(page, team) {
        text.push('\n');
        text.push_str(&columns(&rows, 0));
    }
    text
}

/// The volumes of the headcount that is recommended.
pub(in crate::report) fn shown_volumes(
    page: &VolumePage<'_>,
    team: &TeamAnswer<'_>,
) -> Option<Vec<Vec<String>>> {
    shown(team).map(|line| volumes(page, team, line))
}

/// Headcounts side by side.
pub(in crate::report) fn headcounts(page: &VolumePage<'_>, team: &TeamAnswer<'_>) -> Vec<Vec<String>> {
    let ci = format!("{}\u{a0}% CI", (team.level * 1e6).round() / 1e4);
    let mut rows = vec![vec![
        "REPS".to_owned(),
        format!("MQLS FOR {}", goal(page.paper.wanted)),
        ci,
        "BEST CHANCE".into(),
        "AT MQLS".into(),
        "MORE LOWER OPPS FROM".into(),
        "VERDICT".into(),
    ]];
    for line in &team.answer.lines {
        let (needed, ends) = match &line.needed {
            Needed::Leads { leads, low, high } => (whole(*leads), interval(*low, *high)),
            Needed::AtMost { leads } => (format!("≤{}", whole(*leads)), "–".into()),
            _ if line.reaching == Reaching::CannotTell => ("cannot be told".into(), "–".into()),
            Needed::NotReached { never: true, .. } => ("cannot".into(), "–".into()),
            Needed::NotReached { .. } => ("not up to the most".into(), "–".into()),
        };
        let most = line.points.iter().map(|point| point.chance.value).fold(0.0, f64::max);
        // of volumes that are as good as the best, the smallest
        let best = line.points.iter().find(|point| point.chance.value >= most - 5e-4);
        let best = best.map_or(("–".into(), "–".into()), |point| {
            (with_percent(point.chance.value), whole(point.leads))
        });
        let turns = match line.turning {
            Turning::Turns { at, low, high } => {
                format!("{} ({})", whole(at), interval(Some(low), Some(high)))
            }
            Turning::Rises { up_to } => format!("beyond {}", whole(up_to)),
            Turning::CannotTell { from, .. } => format!("cannot tell from {} on", whole(from)),
        };
        rows.push(vec![
            line.reps.to_string(),
            needed,
            ends,
            best.0,
            best.1,
            turns,
            verdict(team, line).into(),
        ]);
    }
    rows
}

fn volumes(page: &VolumePage<'_>, team: &TeamAnswer<'_>, line: &Line) -> Vec<Vec<String>> {
    let of_bookings = format!("COVERAGE OF {}", money(team.bookings));
    let mut rows = vec![vec![
        format!("MQLS, {} REPS", line.reps),
        "× TODAY".into(),
        "OPPS".into(),
        "95\u{a0}% CI".replace("95", &format!("{}", (team.level * 1e6).round() / 1e4)),
        "OPPS/MQL".into(),
        format!("REACH {}", money(page.paper.question.goal)),
        of_bookings,
        format!("≥{COVERAGE:.0}×"),
    ]];
    for point in &line.points {
        let (opportunities, chance) = (point.opportunities, point.chance);
        rows.push(vec![
            whole(point.leads),
            format!("{:.2}", point.times),
            format!("{:.1}", opportunities.value),
            opportunities.shown().map_or("–".into(), |(low, high)| format!("{low:.1}–{high:.1}")),
            with_percent(point.rate.value),
            chance.shown().filter(|ends| ends.0 < 0.9995).map_or_else(
                || with_percent(chance.value),
                |(low, high)| {
                    format!("{} ({:.0}–{:.0})", with_percent(chance.value), low * 100.0, high * 100.0)
                },
            ),
            point.coverage_typical.map_or("–".into(), |(low, high)| format!("{low:.1}–{high:.1} ×")),
            with_sign(point.covered.value),
        ]);
    }
    rows
}

/// How the numbers with the team were made.
pub(super) fn foot(page: &VolumePage<'_>, team: &TeamAnswer<'_>) -> String {
    format!(
        "The ladder is exact at today's rate; with the team, each volume and headcount is {} on the same luck, seed {}: mean probability that \
         the pipeline of the {}'s new MQLs reaches the goal, given the meetings held (t interval), the rate known from {} past MQLs. \
         Coverage: 8 of 10 {}, drawn.",
        page.trial.count(team.trials),
        team.seed,
        page.trial.short,
        count(page.paper.question.rate_from.unwrap_or(0.0)),
        page.trial.many
    )
}
