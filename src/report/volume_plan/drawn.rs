//! The two pictures of `volume`: MQLs against the probability of the goal by layer of chance, and opportunities by volume and headcount.

use super::{TeamAnswer, VolumePage, headline, layer_words};
use crate::plan::volume::{Line, Needed, Turning};
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
            "On paper, at today's rate, {} in {} of {} takes {} MQLs a {}, not {}",
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
    Some(Picture::VolumeCurves(VolumeCurves {
        words: Words {
            // what today's volume reaches stands on the page
            title: headline(page).split("; today's").next().unwrap_or_default().to_owned(),
            subtitle: plain(&format!(
                "Opportunities of a {}'s new MQLs, by volume and size of the team",
                trial.short
            )),
            footer: plain(&format!(
                "{} at every volume and headcount, all on the same luck, seed {}; the label says how many MQLs reach the goal in {} of {}.",
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
        lines: team.answer.lines.iter().map(team_line).collect(),
        marked: "most opportunities: more MQLs lower them".into(),
    }))
}

fn team_line(line: &Line) -> VolumeLine {
    let needed = match &line.needed {
        Needed::Leads { leads, .. } => format!(": {}", thousands(leads.round() as u64)),
        Needed::AtMost { leads } => format!(": at most {}", thousands(leads.round() as u64)),
        Needed::NotReached { .. } => ": not reached".into(),
    };
    let mark = match line.turning {
        Turning::Turns { at, .. } => line
            .points
            .iter()
            .find(|point| (point.leads - at).abs() < 1e-9)
            .map(|point| (point.leads, point.opportunities.value)),
        Turning::Rises { .. } | Turning::CannotTell { .. } => None,
    };
    let span = |estimate: &Estimate| estimate.shown().map(|(low, high)| Span::new(low, high));
    VolumeLine {
        label: plain(&format!("{}{needed}", plural(line.reps, "rep", "reps"))),
        points: line
            .points
            .iter()
            .map(|point| (point.leads, point.opportunities.value, span(&point.opportunities)))
            .collect(),
        mark,
        dotted: true,
    }
}
