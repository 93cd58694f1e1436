//! The two pictures of `volume`: MQLs against the probability of the goal by layer of chance, and opportunities by volume and headcount.

use super::{TeamAnswer, VolumePage, headline, layer_words};
use crate::plan::volume::{Line, Needed, Reaching, Turning};
use crate::report::plot::{Picture, Span, VolumeCurves, VolumeLine, Words};
use crate::report::wording::{goal, money, plain, plural, thousands};
use crate::stats::Estimate;

/// MQLs against the probability of reaching the goal, one curve a layer, the textbook's number marked.
pub fn chance_picture(page: &VolumePage<'_>) -> Picture {
    let paper = page.paper;
    let place = paper.columns.iter().position(|column| *column == paper.wanted).unwrap_or(0);
    let line = |(layer, points): &(_, Vec<(u64, f64)>)| {
        let rung = paper.rungs.iter().find(|rung| rung.layer == *layer);
        let needed = rung.and_then(|rung| rung.needed.get(place).copied().flatten());
        let words = layer_words(*layer, paper);
        let first = paper.rungs.first().is_some_and(|rung| rung.layer == *layer);
        VolumeLine {
            label: match (needed, first) {
                (Some(needed), true) => format!("{}: {words}", thousands(needed)),
                (Some(needed), false) => format!("{}: + {words}", thousands(needed)),
                (None, _) => words,
            },
            points: points.iter().map(|(leads, chance)| (*leads as f64, *chance, None)).collect(),
            mark: needed.map(|needed| (needed as f64, paper.wanted)),
            dotted: false,
        }
    };
    let question = &paper.question;
    let title = match (&page.team, paper.needed) {
        (None, _) => headline(page),
        (Some(_), Some(needed)) => format!(
            "On paper, without the team: {} in {} of {} would take {} MQLs a {}, not {}",
            money(question.goal),
            goal(paper.wanted),
            page.trial.many,
            thousands(needed),
            page.trial.short,
            thousands(paper.textbook)
        ),
        (Some(_), None) => format!("On paper no number of MQLs reaches {} so surely", money(question.goal)),
    };
    Picture::VolumeCurves(VolumeCurves {
        words: Words {
            title: plain(&title),
            subtitle: plain(&format!(
                "{} of pipeline, {} an opportunity, {:.1} opportunities per 100 MQLs",
                money(question.goal),
                money(question.amount),
                100.0 * question.rate * question.inside
            )),
            footer: "Each line leaves to chance what the ones before it do, and one thing more; exact, no simulation.".into(),
            trial: page.trial.short.into(),
        },
        measure: format!("Probability of {} or more", money(question.goal)),
        across: format!("MQLs planned a {}", page.trial.short),
        shares: true,
        goal: Some((paper.wanted, format!("wanted: {}", goal(paper.wanted)))),
        today: Some((paper.textbook as f64, format!("textbook: {}", thousands(paper.textbook)))),
        lines: paper.curves.iter().map(line).collect(),
        marked: format!("MQLs needed for {}", goal(paper.wanted)),
    })
}

/// Opportunities against volume, one line a headcount, with bands, the goal and the turning points; `None` without a team.
pub fn team_picture(page: &VolumePage<'_>) -> Option<Picture> {
    let team: &TeamAnswer<'_> = page.team.as_ref()?;
    let deals = page.paper.question.deals();
    let today = team.today.played.leads();
    let trial = &page.trial;
    let furthest = furthest(team);
    let beyond = team.answer.lines.iter().flat_map(|line| &line.points).map(|point| point.leads);
    let beyond = beyond.filter(|leads| *leads > furthest).fold(0.0, f64::max);
    let not_shown = match beyond > 0.0 {
        true => format!(" Volumes up to {} stand in the table.", thousands(beyond.round() as u64)),
        false => String::new(),
    };
    Some(Picture::VolumeCurves(VolumeCurves {
        words: Words {
            title: headline(page),
            subtitle: plain(&format!(
                "Opportunities of a {}'s new MQLs, by volume and size of the team",
                trial.short
            )),
            footer: plain(&format!(
                "{} at every volume and headcount, all on the same luck, seed {}; the label says how many MQLs reach the goal in {} of {}.{not_shown}",
                trial.count(team.trials),
                team.seed,
                goal(page.paper.wanted),
                trial.many
            )),
            trial: trial.short.into(),
        },
        measure: format!("Opportunities a {}", trial.short),
        across: format!("MQLs a {}", trial.short),
        shares: false,
        goal: Some((
            deals,
            plain(&format!(
                "{} at {} each",
                money(page.paper.question.goal),
                money(page.paper.question.amount)
            )),
        )),
        today: Some((today, format!("today: {}", thousands(today.round() as u64)))),
        lines: team.answer.lines.iter().map(|line| team_line(line, furthest)).collect(),
        marked: "most opportunities: more MQLs lower them".into(),
    }))
}

/// How many times today's volume, or of what is needed, the picture of the team reaches to.
const SHOWN_TIMES: f64 = 2.5;

/// The most MQLs that are drawn: beyond what is there and what is needed, and to a turning point that lies near enough to matter.
fn furthest(team: &TeamAnswer<'_>) -> f64 {
    let needed = team.answer.lines.iter().filter_map(|line| match &line.needed {
        Needed::Leads { leads, .. } | Needed::AtMost { leads } => Some(*leads),
        Needed::NotReached { .. } => None,
    });
    let matters = needed.fold(team.today.played.leads(), f64::max);
    let turns = team.answer.lines.iter().filter_map(|line| match line.turning {
        Turning::Turns { high, .. } => Some(high),
        Turning::Rises { .. } | Turning::CannotTell { .. } => None,
    });
    let near = turns.filter(|high| *high <= 2.0 * SHOWN_TIMES * matters);
    let far = near.fold(SHOWN_TIMES * matters, f64::max);
    // where nothing reaches the goal, the picture has to show how far below it all volumes stay
    if team.answer.lines.iter().any(Line::reaches) { far } else { f64::INFINITY }
}

fn team_line(line: &Line, furthest: f64) -> VolumeLine {
    let needed = match &line.needed {
        _ if line.reaching == Reaching::CannotTell => ": cannot be told".into(),
        Needed::Leads { leads, .. } => format!(": {}", thousands(leads.round() as u64)),
        Needed::AtMost { leads } => format!(": at most {}", thousands(leads.round() as u64)),
        Needed::NotReached { .. } => ": not reached".into(),
    };
    let mark = match line.turning {
        Turning::Turns { at, .. } => line
            .points
            .iter()
            .find(|point| (point.leads - at).abs() < 1e-9 && at <= furthest)
            .map(|point| (point.leads, point.opportunities.value)),
        Turning::Rises { .. } | Turning::CannotTell { .. } => None,
    };
    let span = |estimate: &Estimate| estimate.shown().map(|(low, high)| Span::new(low, high));
    VolumeLine {
        label: plain(&format!("{}{needed}", plural(line.reps, "rep", "reps"))),
        points: line
            .points
            .iter()
            .filter(|point| point.leads <= furthest)
            .map(|point| (point.leads, point.opportunities.value, span(&point.opportunities)))
            .collect(),
        mark,
        dotted: true,
    }
}
