//! Which number of MQLs to plan with, what the numbers on paper are for, and which other teams reach the goal.

use super::with_team::{interval, reps, whole};
use super::{TeamAnswer, VolumePage, with_percent};
use crate::plan::volume::with_team::recommended;
use crate::plan::volume::{Line, Needed, Reaching};
use crate::report::wording::{goal, list, money, thousands, with_sign};
use crate::stats::Estimate;

/// How many other teams are named as the next best.
const NAMED: usize = 2;

/// The line the page goes into.
pub(super) fn shown<'a>(team: &TeamAnswer<'a>) -> Option<&'a Line> {
    recommended(&team.answer.lines, team.reps)
}

/// The plan alone: "Plan 516 MQLs a quarter (511–522) with today's 6 reps to reach …", or that there is none.
pub(super) fn plan(page: &VolumePage<'_>, team: &TeamAnswer<'_>, line: &Line) -> String {
    let per = page.trial.short;
    let aim = aim(page);
    match &line.needed {
        _ if line.reaching == Reaching::CannotTell => {
            format!("It cannot be told whether {} reach {aim}", whose(team, line))
        }
        Needed::Leads { leads, low, high } => format!(
            "Plan {}\u{a0}MQLs a {per} ({}) with {} to reach {aim}",
            whole(*leads),
            interval(*low, *high),
            whose(team, line)
        ),
        Needed::AtMost { leads } => format!(
            "Plan at most {}\u{a0}MQLs a {per}, the fewest played, with {} to reach {aim}",
            whole(*leads),
            whose(team, line)
        ),
        Needed::NotReached { never, .. } => {
            let beyond = if *never { "however many MQLs come" } else { "at any volume played" };
            format!("No number of MQLs to plan with: {} do not reach {aim}, {beyond}", whose(team, line))
        }
    }
}

/// The first sentence: the plan, what the paper is for, and how today's volume does.
pub(super) fn first(page: &VolumePage<'_>, team: &TeamAnswer<'_>, line: &Line) -> String {
    let plan = plan(page, team, line);
    if line.reaching == Reaching::CannotTell {
        return format!(
            "{plan}: at best in {}{}; more --trials would tell. Without the team: {}.",
            at_best(line),
            as_today(line),
            paper_numbers(page)
        );
    }
    if let Needed::NotReached { best, at, .. } = &line.needed {
        return format!(
            "{plan}; at best in {}, at {}\u{a0}MQLs a {}{}; {} leave{} the team out.",
            with_sign(best.value),
            whole(*at),
            page.trial.short,
            as_today(line),
            paper_numbers(page),
            if page.paper.needed.is_some() { "" } else { "s" },
        );
    }
    format!(
        "{plan}, not {}, which leave{} the team out and show only what chance adds{}.",
        paper_numbers(page),
        if page.paper.needed.is_some() { "" } else { "s" },
        as_today(line)
    )
}

/// Why the answer is about another team than today's; `None` where it is about today's, or today's was not played.
pub(super) fn not_today(team: &TeamAnswer<'_>, line: &Line) -> Option<String> {
    let own = team.answer.lines.iter().find(|other| other.reps == team.reps)?;
    if own.reps == line.reps || own.reaches() {
        return None;
    }
    let told = match own.reaching {
        Reaching::CannotTell => format!("Of today's {} it cannot be told", reps(own.reps)),
        _ => format!("Today's {} do not reach it", reps(own.reps)),
    };
    Some(format!("{told}: at best in {}{}.", at_best(own), as_today(own)))
}

/// "89.9 % (86.9–93.0) at 511 MQLs": the best probability of a team, with its interval.
fn at_best(line: &Line) -> String {
    let best = line.best();
    format!("{}, at {}\u{a0}MQLs", with_ends(&best.chance), whole(best.leads))
}

/// "89.9 % (86.9–93.0)", however few trials.
pub(super) fn with_ends(chance: &Estimate) -> String {
    match chance.low.zip(chance.high).filter(|(low, high)| high - low >= 0.001) {
        Some((low, high)) => {
            format!("{} ({:.1}–{:.1})", with_percent(chance.value), low * 100.0, high * 100.0)
        }
        None => with_sign(chance.value),
    }
}

/// The next best teams that reach the goal too, then those that do not, then those of which it cannot be told.
pub(super) fn others(page: &VolumePage<'_>, team: &TeamAnswer<'_>, line: &Line) -> Vec<String> {
    let lines = &team.answer.lines;
    let mut sentences = Vec::new();
    let smaller = lines.iter().filter(|other| other.reaches() && other.reps < line.reps);
    let larger = lines.iter().filter(|other| other.reaches() && other.reps > line.reps);
    let nearest = smaller.max_by_key(|other| other.reps).into_iter();
    let nearest = nearest.chain(larger.min_by_key(|other| other.reps));
    let enough: Vec<String> = nearest.take(NAMED).map(|other| alternative(team, line, other)).collect();
    if line.reaches() && !enough.is_empty() {
        let per = page.trial.short;
        sentences.push(format!("Next best, MQLs a {per} that reach it too: {}.", enough.join("; ")));
    }
    // today's team, where the answer is about another, has a sentence of its own
    for (words, reaching) in
        [("Not enough", Reaching::DoesNot), ("Cannot be told whether enough", Reaching::CannotTell)]
    {
        let these = lines.iter().filter(|other| other.reps != line.reps && other.reps != team.reps);
        let these = these.filter(|other| other.reaching == reaching);
        let these: Vec<String> =
            these.map(|other| format!("{} (at best in {})", reps(other.reps), at_best(other))).collect();
        if !these.is_empty() {
            sentences.push(format!("{words}: {}.", list(&these)));
        }
    }
    sentences
}

/// Above the ladder: which number to plan with instead.
pub(super) fn above_ladder(page: &VolumePage<'_>, team: &TeamAnswer<'_>) -> String {
    let instead = match shown(team).filter(|line| line.reaches()).map(|line| &line.needed) {
        Some(Needed::Leads { leads, .. }) => format!("plan with the {} above", whole(*leads)),
        Some(Needed::AtMost { leads }) => format!("plan with the {} above, or fewer", whole(*leads)),
        Some(Needed::NotReached { .. }) | None => "the team decides, above".into(),
    };
    format!(
        "On paper, not to plan with ({instead}): what each kind of chance adds to the textbook's {} if every MQL is \
         worked as today's are.",
        thousands(page.paper.textbook)
    )
}

/// What a headcount is to the plan, in the table.
pub(super) fn verdict(team: &TeamAnswer<'_>, line: &Line) -> &'static str {
    match line.reaching {
        Reaching::Reaches if shown(team).is_some_and(|shown| shown.reps == line.reps) => "plan with this",
        Reaching::Reaches => "enough too",
        Reaching::DoesNot => "not enough",
        Reaching::CannotTell => "cannot be told",
    }
}

fn aim(page: &VolumePage<'_>) -> String {
    let paper = page.paper;
    format!("{} of pipeline in {} of {}", money(paper.question.goal), goal(paper.wanted), page.trial.many)
}

fn whose(team: &TeamAnswer<'_>, line: &Line) -> String {
    if line.reps == team.reps { format!("today's {}", reps(line.reps)) } else { reps(line.reps) }
}

/// "the textbook's 414 or the 513 on paper".
fn paper_numbers(page: &VolumePage<'_>) -> String {
    let textbook = thousands(page.paper.textbook);
    match page.paper.needed {
        Some(needed) => format!("the textbook's {textbook} or the {} on paper", thousands(needed)),
        None => format!("the textbook's {textbook}"),
    }
}

/// How today's volume does with this team, if it was played.
fn as_today(line: &Line) -> String {
    line.points.iter().find(|point| point.times == 1.0).map_or(String::new(), |point| {
        format!("; today's {} reach it in {}", whole(point.leads), with_sign(point.chance.value))
    })
}

/// "4 reps with 520 (515–524), the same within chance".
fn alternative(team: &TeamAnswer<'_>, line: &Line, other: &Line) -> String {
    let name = reps(other.reps);
    let told = if apart(line, other, team.level) { "" } else { ", the same within chance" };
    match &other.needed {
        Needed::Leads { leads, low, high } => {
            format!("{name} with {} ({}){told}", whole(*leads), interval(*low, *high))
        }
        Needed::AtMost { leads } => format!("{name} with at most {}", whole(*leads)),
        Needed::NotReached { .. } => name,
    }
}

/// Whether another team, or the same under another curve, surely takes another number of MQLs: with those that one needs it has another chance, beyond
/// what the same luck leaves open.
pub(super) fn apart(one: &Line, other: &Line, level: f64) -> bool {
    one.other_minus_own(other, level).is_some_and(|difference| !difference.contains(0.0))
}
