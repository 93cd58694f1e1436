//! The page of `volume`: how many MQLs a pipeline goal takes, on paper and with the team, the answer in its first sentence.

mod documents;
mod drawn;
mod under_other_curve;
mod which_to_plan;
mod with_team;

use super::text::{COLUMNS, columns, wrapped};
use super::wording::{TrialWord, count, goal, list, money, percent, plain, thousands, with_sign};
use crate::plan::volume::{COVERAGE, Lags, Layer, Paper, Today, WithTeam};

pub use documents::{curves_csv, json, ladder_csv, team_csv};
pub use drawn::{chance_picture, team_picture};
pub(super) use with_team::{headcounts, shown_volumes as volumes};

/// A number that went into the answer, and who says so.
#[derive(Debug, Clone, PartialEq)]
pub struct VolumeInput {
    /// What it is: "amount".
    pub what: &'static str,
    /// As people say it: "$40K".
    pub value: String,
    /// Its source: an option, the scenario, or why leadsim chose it.
    pub source: String,
}

/// Which leads count.
#[derive(Debug, Clone, PartialEq)]
pub struct LagAnswer {
    /// What comes in time: "opportunities", or "deals won".
    pub counted: String,
    /// What of it comes before the quarter ends.
    pub lags: Lags,
    /// Leads needed where only what comes in time counts; `None` if no number is enough.
    pub needed_inside: Option<u64>,
    /// Leads needed where everything counts, whenever it comes.
    pub needed_ever: Option<u64>,
    /// What of the deals won comes in time, where that is another matter.
    pub wins: Option<Lags>,
}

/// What the team adds.
#[derive(Debug, Clone, Copy)]
pub struct TeamAnswer<'a> {
    /// Today's team at today's volume.
    pub today: &'a Today,
    /// Every headcount at every volume.
    pub answer: &'a WithTeam,
    /// Reps today.
    pub reps: u64,
    /// Marketing's share of the bookings goal, dollars.
    pub bookings: f64,
    /// Confidence level.
    pub level: f64,
    /// Seed.
    pub seed: u64,
    /// Trials at every volume.
    pub trials: u64,
}

/// What the page is made from.
#[derive(Debug, Clone)]
pub struct VolumePage<'a> {
    /// What is planned for: the scenario's name, or "plain numbers".
    pub name: &'a str,
    /// What went in.
    pub inputs: &'a [VolumeInput],
    /// The answer on paper.
    pub paper: &'a Paper,
    /// Which leads count; `None` where nothing is said of time.
    pub lag: Option<&'a LagAnswer>,
    /// What the team adds; `None` with plain numbers.
    pub team: Option<TeamAnswer<'a>>,
    /// What one trial is called.
    pub trial: TrialWord,
}

/// The answer alone, its first sentence first.
pub fn volume_answer(page: &VolumePage<'_>) -> String {
    set(&sentences(page))
}

/// The sentences of the answer, the first of them on its own.
pub(super) fn sentences(page: &VolumePage<'_>) -> Vec<String> {
    match &page.team {
        Some(team) => with_team::answer(page, team),
        None => vec![on_paper(page)],
    }
}

/// Paragraphs on the page.
fn set(paragraphs: &[String]) -> String {
    let lines = paragraphs.iter().flat_map(|words| wrapped(words, COLUMNS));
    lines.map(|line| format!("{line}\n")).collect()
}

/// The page as text.
pub fn volume_page(page: &VolumePage<'_>) -> String {
    let mut text = volume_answer(page);
    text.push('\n');
    if let Some(team) = &page.team {
        text.push_str(&with_team::tables(page, team));
        text.push('\n');
        text.push_str(&set(&[which_to_plan::above_ladder(page, team)]));
        text.push('\n');
    }
    text.push_str(&columns(&ladder(page), 1));
    text.push('\n');
    text.push_str(&set(&notes(page)));
    text
}

/// Dollars in words: "$40K", "$2.0M".
pub fn dollars(amount: f64) -> String {
    money(amount)
}

/// How many, in words: "266 MQLs", or that no number is enough.
fn leads(number: Option<u64>) -> String {
    number.map_or("no number of MQLs".into(), |number| format!("{}\u{a0}MQLs", thousands(number)))
}

/// The probability at the textbook number with everything left to chance.
fn at_textbook(paper: &Paper) -> f64 {
    paper.rungs.last().map_or(0.0, |rung| rung.at_textbook)
}

/// The first sentence where no team is given.
fn on_paper(page: &VolumePage<'_>) -> String {
    let paper = page.paper;
    let (aim, many) = (money(paper.question.goal), &page.trial.many);
    let flip = format!(
        "with the textbook's {} the goal is reached in {} of {many}",
        thousands(paper.textbook),
        with_sign(at_textbook(paper))
    );
    match paper.needed {
        Some(needed) if needed > paper.textbook => format!(
            "Plan {} a {}, not {}, to reach {aim} in {} of {many}: {flip}.",
            leads(Some(needed)),
            page.trial.short,
            thousands(paper.textbook),
            goal(paper.wanted)
        ),
        Some(needed) => format!(
            "{} a {} reach {aim} in {} of {many}; {flip}.",
            leads(Some(needed)),
            page.trial.short,
            goal(paper.wanted)
        ),
        None => format!(
            "No number of MQLs reaches {aim} in {} of {many}: too little is known of the rate; {flip}.",
            goal(paper.wanted)
        ),
    }
}

/// The ladder as a table.
pub(super) fn ladder(page: &VolumePage<'_>) -> Vec<Vec<String>> {
    let paper = page.paper;
    let mut head = vec![
        if page.team.is_some() {
            "ON PAPER, WITHOUT THE TEAM".to_owned()
        } else {
            "LEFT TO CHANCE".to_owned()
        },
        format!("AT {}", thousands(paper.textbook)),
    ];
    head.extend(paper.columns.iter().map(|column| format!("MQLS FOR {}", goal(*column))));
    let mut first = vec!["nothing: goal / amount / rate".to_owned(), String::new()];
    first.extend(paper.columns.iter().map(|_| thousands(paper.textbook)));
    let mut rows = vec![head, first];
    for (place, rung) in paper.rungs.iter().enumerate() {
        let sign = if place == 0 { "" } else { "+ " };
        let mut row =
            vec![format!("{sign}{}", layer_words(rung.layer, paper)), with_percent(rung.at_textbook)];
        row.extend(rung.needed.iter().map(|needed| needed.map_or("none".into(), thousands)));
        rows.push(row);
    }
    rows
}

/// A probability in per cent; none that is worked out is certain.
fn with_percent(share: f64) -> String {
    let share = share.min(0.999_99);
    format!("{}\u{a0}%", percent(share))
}

/// A layer with its number.
fn layer_words(layer: Layer, paper: &Paper) -> String {
    let question = &paper.question;
    match layer {
        Layer::AmountSpread => format!("amounts spread by {:.2} of their mean", question.amount_cv),
        Layer::VolumeLuck => "more or fewer MQLs come than planned".into(),
        Layer::CountLuck => "which MQLs convert".into(),
        Layer::Ignorance => {
            format!("the rate is known from {} past MQLs", count(question.rate_from.unwrap_or(0.0)))
        }
    }
}

/// Everything under the tables.
fn notes(page: &VolumePage<'_>) -> Vec<String> {
    let inputs: Vec<String> = page
        .inputs
        .iter()
        .map(|input| format!("{} {} ({})", input.what, input.value, input.source))
        .collect();
    let (method, mut notes) = remarks(page);
    notes.push(format!("From: {}.", inputs.join("; ")));
    notes.push(method);
    notes
}

/// How the numbers were made, and remarks on them.
pub(super) fn remarks(page: &VolumePage<'_>) -> (String, Vec<String>) {
    let paper = page.paper;
    let mut notes = Vec::new();
    if !paper.by_evidence.is_empty() {
        let each: Vec<String> = paper
            .by_evidence
            .iter()
            .map(|(past, needed)| match needed {
                Some(needed) => format!("{} if it is known from {}", thousands(*needed), count(*past)),
                None => format!("none is enough if it is known from {}", count(*past)),
            })
            .collect();
        let worth = paper.worth.map_or(String::new(), |worth| {
            let saved = worth.needed.saturating_sub(worth.needed_then);
            format!(
                " One more {} of data (a rate known from {} MQLs instead of {}) is worth {} a {}: {} would do.",
                page.trial.short,
                count(worth.then),
                count(worth.past),
                leads(Some(saved)),
                page.trial.short,
                thousands(worth.needed_then)
            )
        });
        notes.push(format!(
            "How well the rate is known, MQLs for {}: {}.{worth}",
            goal(paper.wanted),
            list(&each)
        ));
    }
    notes.extend(page.lag.map(|lag| lag_words(page, lag)));
    notes.extend(paper.coverage.filter(|_| page.team.is_none()).map(|coverage| {
        format!(
            "Coverage of {} of bookings with {}: {:.1}–{:.1} × in 8 of 10 {}; {:.0} × or more in {}.",
            money(coverage.bookings),
            leads(paper.needed),
            coverage.typical.0,
            coverage.typical.1,
            page.trial.many,
            COVERAGE,
            with_sign(coverage.covered)
        )
    }));
    let method = match &page.team {
        None => "Exact, no simulation: binomial or Poisson counts, log-normal amounts (sums by inverted Laplace transforms, \
                 error below 1e-6), a Beta law for the rate; docs/METHOD.md."
            .into(),
        Some(team) => with_team::foot(page, team),
    };
    (method, notes.into_iter().map(|note| note.trim().to_owned()).collect())
}

/// Which MQLs count.
fn lag_words(page: &VolumePage<'_>, lag: &LagAnswer) -> String {
    let weeks = lag.lags.by_week.len();
    let trial = page.trial.short;
    let week = |share: f64| lag.lags.until_week(share);
    let sure = match week(0.9) {
        0 => "of no week's MQLs 9 in 10 do".to_owned(),
        last if last == weeks => format!("9 in 10 do of every week's MQLs, the last of {weeks} included"),
        last => format!("9 in 10 do of MQLs created until week {last} of {weeks}"),
    };
    let half = match week(0.5) {
        last if last == weeks => String::new(),
        last => format!(", fewer than half from week {} on", last + 1),
    };
    let wins = lag.wins.as_ref().map_or(String::new(), |wins| {
        format!(
            " Won before it ends: {} of the deals won in the end{}.",
            with_sign(wins.inside),
            match wins.until_week(0.5) {
                0 => String::from(", of no week's MQLs half"),
                last => format!(", half of them from MQLs created until week {last}"),
            }
        )
    });
    format!(
        "Time: {} of the {} of a {trial}'s MQLs come before it ends; {sure}{half}. Where only those count, {} {} \
         needed, else {}.{wins}",
        with_sign(lag.lags.inside),
        lag.counted,
        leads(lag.needed_inside),
        if lag.needed_inside == Some(1) { "is" } else { "are" },
        leads(lag.needed_ever),
    )
}

/// The heart of the first sentence without line breaks, for the title of a picture.
fn headline(page: &VolumePage<'_>) -> String {
    let words = match &page.team {
        Some(team) => which_to_plan::shown(team).map(|line| which_to_plan::plan(page, team, line)),
        None => Some(on_paper(page)),
    };
    plain(words.unwrap_or_default().trim_end_matches('.'))
}

/// What the table of the ladder is called on a page.
pub(super) fn ladder_title(page: &VolumePage<'_>) -> &'static str {
    match page.team {
        Some(_) => "On paper, not to plan with: what each kind of chance costs, the team left out",
        None => "What is left to chance, and what that costs",
    }
}
