//! The smallest team in words and as the chance curve: which size is enough, how sure that is, and what the next smaller one does.

mod documents;

pub use documents::{size_document, size_table};

use super::names;
use super::plot::{ChanceCurve, ChancePoint, ChanceSeries, Picture, Words};
use super::swept::Swept;
use super::text::wrapped;
use super::wording::{JOINT, TrialWord, goal, list, money, percent, plain, thousands, with_sign};
use crate::model::Model;
use crate::plan::first_guess::{Began, How};
use crate::plan::size::{Decision, Size, Tried, Wanted, fresh};
use crate::stats::Estimate;

/// What the answer of a search is shown with.
#[derive(Debug)]
pub struct SizePage<'a> {
    /// The scenario's name.
    pub name: &'a str,
    /// The scenario as it is today.
    pub model: &'a Model,
    /// What makes the team larger: "team.reps.count".
    pub over: &'a str,
    /// Its value today, as the scenario writes it.
    pub today: Option<String>,
    /// What was wanted.
    pub wanted: &'a Wanted,
    /// Where the search began.
    pub began: Began,
    /// The size there, as written.
    pub began_at: &'a str,
    /// What was found.
    pub size: &'a Size,
}

/// The page: text, and the picture.
pub fn size_page(page: &SizePage<'_>) -> (String, Picture) {
    let trial = TrialWord::of(&page.model.horizon);
    let mut text = String::new();
    for line in sentences(page, &trial).iter().flat_map(|words| wrapped(words, super::text::COLUMNS)) {
        text.push_str(&line);
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&super::text::columns(&rows(page, &trial), 1));
    (text, picture(page, &trial))
}

/// The answer, what today's team does where there is something to say of it, and how sure all that is.
pub(super) fn sentences(page: &SizePage<'_>, trial: &TrialWord) -> Vec<String> {
    let all = [Some(answer(page, trial)), today(page, trial), Some(how_sure(page, trial))];
    all.into_iter().flatten().collect()
}

/// "S1 (Tier 1, first attempt within 15 minutes, 90 % goal)", or several.
pub(super) fn promises(model: &Model, commitments: &[usize]) -> String {
    let each: Vec<String> = commitments
        .iter()
        .map(|&i| {
            let promise = &model.agreement.commitments[i];
            format!("{} ({}, {} goal)", promise.id, names::promise(model, promise), goal(promise.goal.share))
        })
        .collect();
    list(&each)
}

/// "7 reps", "team.reps.shift = Mon-Fri 7-16".
fn named(page: &SizePage<'_>, tried: &Tried) -> String {
    match page.over.strip_suffix(".count") {
        Some(_) if page.model.groups.len() == 1 => super::wording::plural(tried.reps, "rep", "reps"),
        Some(group) => format!("{} in {}", tried.value, group.trim_start_matches("team.").replace('_', " ")),
        None => format!("{} = {}", page.over, tried.value),
    }
}

/// "93.1 % (91.5–94.5)".
pub(super) fn share(estimate: &Estimate) -> String {
    let ends = estimate.low.zip(estimate.high);
    let ends = ends.map_or(String::new(), |(low, high)| format!(" ({:.1}–{:.1})", low * 100.0, high * 100.0));
    format!("{}{JOINT}%{ends}", percent(estimate.value))
}

/// The first sentence: the size, or that there is none.
fn answer(page: &SizePage<'_>, trial: &TrialWord) -> String {
    let (size, wanted) = (page.size, page.wanted);
    let what = promises(page.model, &wanted.commitments);
    let verb = if wanted.commitments.len() == 1 { "holds" } else { "hold together" };
    let sure = format!("{} of {}", with_sign(wanted.probability), trial.many);
    let many = |tried: &Tried| trial.count(tried.held.1);
    if size.stopped {
        return format!(
            "Stopped before the answer was found: {} of {} sizes were settled.",
            size.tried.len(),
            size.candidates
        );
    }
    let Some(answer) = size.answer() else {
        let best = size.tried.iter().max_by(|a, b| a.holds.value.total_cmp(&b.holds.value));
        let best = best.map_or(String::new(), |best| {
            format!("; the best, {}, in {} of {}", named(page, best), share(&best.holds), many(best))
        });
        let open = size.tried.iter().any(|tried| tried.decision == Decision::CannotTell);
        let how = if open { "is shown to be enough" } else { "is enough" };
        let none = match size.passed_over {
            0 => format!("No size asked about (of {})", size.candidates),
            left => format!("None of the {} sizes played (of {})", size.candidates - left, size.candidates),
        };
        return format!("{none} {how} for {what} to hold in {sure}{best}. {}", way_out(size));
    };
    enough(page, answer, (&what, verb, &sure), trial)
}

/// That a size is enough, and what of the ones below it.
fn enough(
    page: &SizePage<'_>,
    answer: &Tried,
    (what, verb, sure): (&str, &str, &str),
    trial: &TrialWord,
) -> String {
    let many = |tried: &Tried| trial.count(tried.held.1);
    let size = page.size;
    let in_at_least = format!("{sure}: in {} of {}", share(&answer.holds), many(answer));
    let open = size.undecided_below();
    let words = match (open, size.runner_up()) {
        ([], Some(less)) => format!(
            "{} are the smallest team with which {what} {verb} in at least {in_at_least}; with {} in only {}.",
            named(page, answer),
            named(page, less),
            share(&less.holds)
        ),
        ([], None) => format!(
            "{} are the smallest team with which {what} {verb} in at least {in_at_least}. It is the smallest that was asked about.",
            named(page, answer)
        ),
        ([one], _) => format!(
            "{} are enough for {what} to hold in at least {in_at_least}. Whether {} would do cannot be told from {}: {}; the larger team is the safe answer.",
            named(page, answer),
            named(page, one),
            many(one),
            share(&one.holds)
        ),
        ([first, .., last], _) => {
            let most = open.iter().max_by_key(|tried| tried.held.1).unwrap_or(first);
            let equal = open.iter().all(|tried| tried.held.1 == most.held.1);
            let played = if equal { format!("{} each", many(most)) } else { format!("up to {}", many(most)) };
            let between = if open.len() == 2 { "or" } else { "to" };
            let shares = open.iter().map(|tried| tried.holds.value);
            let (low, high) = shares.fold((1.0_f64, 0.0_f64), |(low, high), it| (low.min(it), high.max(it)));
            format!(
                "{} are surely enough for {what} to hold in at least {in_at_least}. Whether {} {between} {} would do cannot be told from {} ({}–{}{JOINT}%): {} are the safe answer, and more --at-most may tell.",
                named(page, answer),
                first.value,
                named(page, last),
                played,
                percent(low),
                percent(high),
                named(page, answer)
            )
        }
    };
    if answer.reps == 1 { words.replacen(" are ", " is ", 1) } else { words }
}

/// What to try instead: more of the same only where more has helped.
fn way_out(size: &Size) -> &'static str {
    let (Some(first), Some(last)) = (size.tried.first(), size.tried.last()) else { return "" };
    if size.tried.iter().any(|tried| tried.decision == Decision::CannotTell) {
        return "More trials may tell (--at-most); else ask about other sizes with --over, or sign a looser promise.";
    }
    if size.tried.len() == 1 {
        return "Ask about larger ones with --over, or sign a looser promise.";
    }
    let helps = last.holds.low.zip(first.holds.high).is_some_and(|(last, first)| last > first);
    if helps {
        "Ask about larger ones with --over, or sign a looser promise."
    } else {
        "More of it alone hardly helps: another way of working (leadsim sweep --line) or a looser promise must."
    }
}

/// What today's team does, where it was tried and is not the answer.
fn today(page: &SizePage<'_>, trial: &TrialWord) -> Option<String> {
    let today = page.today.as_ref()?;
    let tried = page.size.tried.iter().find(|tried| &tried.value == today)?;
    let answer = page.size.answer();
    let more = answer.map(|answer| answer.hours_a_week - tried.hours_a_week).filter(|more| more.abs() > 0.05);
    let cost = answer.and_then(|a| Some(a.team_cost? - tried.team_cost?)).filter(|cost| cost.abs() >= 1.0);
    let price = match (more, cost) {
        (Some(more), Some(cost)) => format!(
            "; the answer takes {:+.0} paid hours a week and {}{} a {}",
            more,
            if cost < 0.0 { "−" } else { "+" },
            money(cost.abs()),
            trial.short
        ),
        (Some(more), None) => format!("; the answer takes {more:+.0} paid hours a week"),
        _ => String::new(),
    };
    let kept = share(&tried.holds);
    Some(format!("Today's {} hold it in {kept} of {}{price}.", named(page, tried), trial.many))
}

/// At which confidence the intervals of the search hold.
pub(super) fn level(page: &SizePage<'_>) -> String {
    goal(((1.0 - page.wanted.error / page.size.candidates as f64) * 1e4).floor() / 1e4)
}

/// What the answer rests on: the error of the search, fresh luck, and whether larger teams always did better.
fn how_sure(page: &SizePage<'_>, trial: &TrialWord) -> String {
    let (size, wanted) = (page.size, page.wanted);
    let full = size.candidates as u64 * wanted.at_most;
    let mut words = format!(
        "The chance that any size stands on the wrong side of {} is at most {}; {} were played (seed {}), where {} at every size would have been {}.",
        with_sign(wanted.probability),
        goal(wanted.error),
        trial.count(size.trials),
        wanted.seed,
        thousands(wanted.at_most),
        thousands(full)
    );
    words.push_str(&format!(
        " Intervals hold at {} wherever the search stopped. {}",
        level(page),
        began(page)
    ));
    if let Some((answer, again)) = size.answer().and_then(|answer| Some((answer, answer.confirmed?))) {
        words.push_str(&format!(
            " Played again with fresh luck (seed {}, {}; exact intervals at {} each): {} in {}",
            fresh(wanted.seed),
            trial.count(wanted.confirm),
            goal(wanted.level),
            named(page, answer),
            share(&again)
        ));
        if let Some((less, again)) = size.runner_up().and_then(|less| Some((less, less.confirmed?))) {
            words.push_str(&format!(", {} in {}", named(page, less), share(&again)));
        }
        words.push('.');
    }
    let empty = size.answer().map_or(0.0, |answer| answer.empty as f64 / answer.held.1.max(1) as f64);
    if empty >= 0.01 {
        words.push_str(&format!(
            " In {} of {} nothing falls under what was promised, and those count as held.",
            with_sign(empty),
            trial.many
        ));
    }
    if size.ran_out {
        words.push_str(" A size got at most half of what was left of --in-all, so that each was looked at; more --in-all may tell the undecided ones.");
    }
    if size.passed_over > 0 {
        words.push_str(&format!(
            " {} smaller {} not played: only as many as the {} next ones are ruled out one by one.",
            thousands(size.passed_over as u64),
            if size.passed_over == 1 { "size was" } else { "sizes were" },
            crate::plan::size::MOST_BELOW
        ));
    }
    if let Some(less) = size.smaller_with_fresh_luck(wanted.probability) {
        words.push_str(&format!(" Fresh luck alone would take {} too.", named(page, less)));
    }
    if size.contradicted(wanted.probability) {
        words.push_str(" The fresh luck speaks against the search: count the two sizes as not told apart, and play more with --at-most.");
    }
    if size.not_monotone {
        words.push_str(" A larger team than the answer was not enough: more people do not always help under this routing or order of work.");
    }
    words
}

/// Where the search began, and why there.
fn began(page: &SizePage<'_>) -> String {
    let Began { how, busiest, at_desk, .. } = page.began;
    let at = page.began_at;
    let work = format!("{busiest:.1} rep-hours of lead work");
    match how {
        How::ErlangC => format!(
            "The search began at {at}, where Erlang C puts the answer ({work} in the busiest hour, {} of a shift left for leads); where it begins decides nothing.",
            with_sign(at_desk)
        ),
        How::DeskTime => format!(
            "The search began at {at}, the first size whose time for leads ({} of a shift) holds the {work} of the busiest hour; where it begins decides nothing.",
            with_sign(at_desk)
        ),
        How::Today => "The search began at today's size.".into(),
        How::Middle => format!("The search began in the middle, at {at}."),
    }
}

pub(super) fn verdict(tried: &Tried) -> &'static str {
    match tried.decision {
        Decision::Enough => "enough",
        Decision::TooFew => "not enough",
        Decision::CannotTell => "cannot tell",
    }
}

fn rows(page: &SizePage<'_>, trial: &TrialWord) -> Vec<Vec<String>> {
    let last = page.over.rsplit('.').next().unwrap_or(page.over);
    let mut rows = vec![vec![
        last.to_uppercase(),
        "REPS".into(),
        "HOURS/WEEK".into(),
        format!("COST/{}", trial.short.to_uppercase()),
        "HOLDS".into(),
        "INTERVAL".into(),
        format!("{}S", trial.short.to_uppercase()),
        "VERDICT".into(),
        "FRESH LUCK".into(),
    ]];
    for (place, tried) in page.size.tried.iter().enumerate() {
        let ends = tried.holds.low.zip(tried.holds.high);
        rows.push(vec![
            tried.value.clone(),
            tried.reps.to_string(),
            format!("{:.0}", tried.hours_a_week),
            tried.team_cost.map_or("–".into(), money),
            percent(tried.holds.value),
            ends.map_or("–".into(), |(low, high)| format!("{:.1}–{:.1}", low * 100.0, high * 100.0)),
            thousands(tried.held.1),
            match page.size.smallest == Some(place) {
                true => "← the answer".into(),
                false => verdict(tried).into(),
            },
            tried.confirmed.as_ref().map_or(String::new(), share),
        ]);
    }
    rows
}

fn picture(page: &SizePage<'_>, trial: &TrialWord) -> Picture {
    let (size, wanted) = (page.size, page.wanted);
    let swept = Swept::of(size.tried.iter().map(|tried| tried.value.as_str()));
    let place = |value: &str| swept.place(value).unwrap_or(f64::NAN);
    let points: Vec<ChancePoint> = size
        .tried
        .iter()
        .map(|tried| ChancePoint {
            at: place(&tried.value),
            chance: tried.holds.value,
            interval: super::pictures::interval(Some(tried.holds)),
            settled: tried.decision != Decision::CannotTell,
        })
        .collect();
    let mut marks = Vec::new();
    if let Some(answer) = size.answer() {
        marks.push((place(&answer.value), format!("enough: {}", named(page, answer))));
    }
    let answer = size.answer().map(|answer| answer.value.as_str());
    if let Some(today) = page.today.as_deref().filter(|today| Some(*today) != answer) {
        let tried = size.tried.iter().find(|tried| tried.value == today);
        marks.push((
            place(today),
            format!("today: {}", tried.map_or(today.into(), |tried| named(page, tried))),
        ));
    }
    let is_team = page.over.ends_with(".count");
    let title = match size.answer() {
        Some(answer) => format!(
            "{} are enough: the goal holds in {}{JOINT}% of {}",
            named(page, answer),
            percent(answer.holds.value),
            trial.many
        ),
        None => {
            format!("No size tried holds the goal in {} of {}", with_sign(wanted.probability), trial.many)
        }
    };
    Picture::ChanceCurve(ChanceCurve {
        words: Words {
            title: plain(&title),
            subtitle: plain(&format!(
                "{}: {}, {}",
                page.name,
                promises(page.model, &wanted.commitments),
                super::wording::dates(&page.model.horizon)
            )),
            footer: plain(&format!(
                "{} in all, seed {}; each size is played until it is settled (hollow: not settled by up to {}). Line: the rising line nearest to the points.",
                trial.count(size.trials),
                wanted.seed,
                trial.count(wanted.at_most)
            )),
            trial: trial.short.into(),
        },
        measure: format!("Share of {} that reach the goal", trial.many),
        across: match is_team && page.model.groups.len() == 1 {
            true => "Team size".into(),
            false => page.over.to_owned(),
        },
        ticks: swept.ticks(),
        wanted: vec![wanted.probability],
        intervals: "interval, valid wherever the search stopped".into(),
        series: vec![ChanceSeries { points, fitted: size.fitted.clone(), marks, ..ChanceSeries::default() }],
        ..ChanceCurve::default()
    })
}
