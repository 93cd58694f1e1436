//! Which number of MQLs to plan with, what the numbers on paper are for, and which other teams reach the goal.

use super::with_team::{interval, reps, whole};
use super::{TeamAnswer, VolumePage};
use crate::plan::volume::with_team::recommended;
use crate::plan::volume::{Line, Needed};
use crate::report::wording::{goal, list, money, thousands, with_sign};

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
pub(super) fn not_today(page: &VolumePage<'_>, team: &TeamAnswer<'_>, line: &Line) -> Option<String> {
    let own = team.answer.lines.iter().find(|other| other.reps == team.reps)?;
    if own.reps == line.reps {
        return None;
    }
    let Needed::NotReached { best, at, .. } = &own.needed else { return None };
    Some(format!(
        "Today's {} do not reach it: at best in {}, at {}\u{a0}MQLs a {}{}.",
        reps(own.reps),
        with_sign(best.value),
        whole(*at),
        page.trial.short,
        as_today(own)
    ))
}

/// The next best teams that reach the goal too, then those that do not.
pub(super) fn others(page: &VolumePage<'_>, team: &TeamAnswer<'_>, line: &Line) -> Vec<String> {
    let lines = &team.answer.lines;
    let mut sentences = Vec::new();
    let smaller = lines.iter().filter(|other| other.reaches() && other.reps < line.reps);
    let larger = lines.iter().filter(|other| other.reaches() && other.reps > line.reps);
    let nearest = smaller.max_by_key(|other| other.reps).into_iter();
    let nearest = nearest.chain(larger.min_by_key(|other| other.reps));
    let enough: Vec<String> = nearest.take(NAMED).map(|other| alternative(line, other)).collect();
    if line.reaches() && !enough.is_empty() {
        let per = page.trial.short;
        sentences.push(format!("Next best, MQLs a {per} that reach it too: {}.", enough.join("; ")));
    }
    // today's team, where the answer is about another, has a sentence of its own
    let short = lines.iter().filter(|other| other.reps != line.reps && other.reps != team.reps);
    let short: Vec<String> = short.filter_map(not_enough).collect();
    if !short.is_empty() {
        sentences.push(format!("Not enough: {}.", list(&short)));
    }
    sentences
}

/// Above the ladder: which number to plan with instead.
pub(super) fn above_ladder(page: &VolumePage<'_>, team: &TeamAnswer<'_>) -> String {
    let instead = match shown(team).map(|line| &line.needed) {
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
    match (line.reaches(), shown(team).is_some_and(|shown| shown.reps == line.reps)) {
        (true, true) => "plan with this",
        (true, false) => "enough too",
        (false, _) => "not enough",
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
fn alternative(line: &Line, other: &Line) -> String {
    let name = reps(other.reps);
    match &other.needed {
        Needed::Leads { leads, low, high } => format!(
            "{name} with {} ({}){}",
            whole(*leads),
            interval(*low, *high),
            if apart(&line.needed, &other.needed) { "" } else { ", the same within chance" }
        ),
        Needed::AtMost { leads } => format!("{name} with at most {}", whole(*leads)),
        Needed::NotReached { .. } => name,
    }
}

/// Whether two numbers of MQLs differ beyond chance: their intervals have nothing in common.
pub(super) fn apart(one: &Needed, other: &Needed) -> bool {
    match (one, other) {
        (Needed::Leads { low: a, high: b, .. }, Needed::Leads { low: c, high: d, .. }) => {
            matches!((b, c), (Some(b), Some(c)) if b < c) || matches!((d, a), (Some(d), Some(a)) if d < a)
        }
        _ => true,
    }
}

/// "2 reps, at best in 40 % at 900 MQLs"; `None` for a team that is enough.
fn not_enough(line: &Line) -> Option<String> {
    let Needed::NotReached { best, at, .. } = &line.needed else { return None };
    Some(format!("{} (at best in {}, at {}\u{a0}MQLs)", reps(line.reps), with_sign(best.value), whole(*at)))
}
