//! The least cover in words, as a table and as two weeks of hours: how many rep-hours are enough, and what one rep fewer would do where.

use super::plot::{HeatMap, HeatPanel, Picture, Words};
use super::sizing::{self, share};
use super::text::{columns, wrapped};
use super::wording::{TrialWord, goal, list, percent, plain, plural, thousands, with_sign};
use crate::plan::cover_desk::{Desk, Judged, LeastCover};
use crate::plan::least_cover::{MOST_TIMES, ROOM};
use crate::plan::size::{Decision, Wanted, fresh};
use crate::scenario::cover_text;

/// What the answer of a search for the least cover is shown with.
#[derive(Debug)]
pub struct CoverPage<'a> {
    /// Whose cover was sought.
    pub desk: &'a Desk<'a>,
    /// What was wanted.
    pub wanted: &'a Wanted,
    /// What was found.
    pub found: &'a LeastCover,
}

/// What became of one part of the cover.
pub(super) struct Part<'a> {
    /// Its hours as written.
    pub hours: &'a str,
    /// Hours a week of one rep.
    pub long: f64,
    /// Reps today.
    pub today: u32,
    /// Reps in the answer.
    pub least: Option<u32>,
    /// The answer with one rep fewer here.
    pub fewer: Option<&'a Judged>,
    /// Whether the answer has one rep in all, who is here.
    pub last: bool,
}

/// The page: text, and the picture where there is an answer.
pub fn cover_page(page: &CoverPage<'_>) -> (String, Picture) {
    let trial = page.trial();
    let mut text = String::new();
    for line in sentences(page, &trial).iter().flat_map(|words| wrapped(words, super::text::COLUMNS)) {
        text.push_str(&line);
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&columns(&rows(page, &trial), 1));
    if let Some(set) = page.set() {
        text.push_str(&format!("\n{set}\n"));
    }
    (text, picture(page, &trial))
}

impl CoverPage<'_> {
    /// What one trial is called.
    pub(super) fn trial(&self) -> TrialWord {
        TrialWord::of(&self.desk.scenario.model.horizon)
    }

    /// What is to hold: "S1 (Tier 1, first attempt within 15 minutes, 90 % goal)".
    pub(super) fn promises(&self) -> String {
        sizing::promises(&self.desk.scenario.model, &self.wanted.commitments)
    }

    /// The option that makes the answer.
    pub(super) fn set(&self) -> Option<String> {
        let answer = self.found.answer()?;
        let cover = cover_text(&self.desk.cover(&answer.counts));
        Some(format!("--set 'team.{}.cover={cover}'", self.desk.group))
    }

    /// Every part of the cover, in the order written.
    pub(super) fn parts(&self) -> Vec<Part<'_>> {
        let parts = self.desk.parts.iter().enumerate();
        let of = |(place, part): (usize, &'_ crate::scenario::CoverHours)| Part {
            hours: &self.desk.parts[place].hours,
            long: part.minutes() as f64 / 60.0,
            today: part.count,
            least: self.found.answer().map(|answer| answer.counts[place]),
            fewer: self.found.fewer[place].map(|judged| &self.found.judged[judged]),
            last: self.found.is_last_rep() && self.found.answer().is_some_and(|a| a.counts[place] == 1),
        };
        parts.map(of).collect()
    }

    /// The record of today's cover.
    pub(super) fn today(&self) -> Option<&Judged> {
        let today = self.desk.today();
        self.found.judged.iter().find(|judged| judged.counts == today)
    }

    /// How a cover differs from the answer: "3 reps instead of 4 in Mon-Fri 08:00-12:00".
    pub(super) fn beside(&self, judged: &Judged) -> String {
        let Some(answer) = self.found.answer() else { return "the cover".into() };
        let pairs = self.desk.parts.iter().zip(judged.counts.iter().zip(&answer.counts));
        let changes: Vec<String> = pairs
            .filter(|(_, (is, was))| is != was)
            .map(|(part, (is, was))| {
                format!("{} instead of {was} in {}", plural(u64::from(*is), "rep", "reps"), part.hours)
            })
            .collect();
        list(&changes)
    }
}

/// "156", "157.5".
pub(super) fn hours(value: f64) -> String {
    if value.fract() == 0.0 { thousands(value as u64) } else { format!("{value:.1}") }
}

/// The answer, what speaks for it being the least, today's cover, and how sure all that is.
pub(super) fn sentences(page: &CoverPage<'_>, trial: &TrialWord) -> Vec<String> {
    let (answer, today) = (answer(page, trial), today(page, trial));
    let all = [Some(answer), around(page), empty(page, trial), today, Some(how_sure(page, trial))];
    all.into_iter().flatten().collect()
}

/// The first sentence: so many rep-hours, or that nothing is enough.
fn answer(page: &CoverPage<'_>, trial: &TrialWord) -> String {
    let (found, wanted) = (page.found, page.wanted);
    let sure = format!("at least {} of {}", with_sign(wanted.probability), trial.many);
    let together = if wanted.commitments.len() == 1 { "" } else { " together" };
    let what = format!("{} to hold{together} in {sure}", page.promises());
    let kept =
        |judged: &Judged| format!("{} of {}", share(&judged.tried.holds), trial.count(judged.tried.held.1));
    let Some(answer) = found.answer() else {
        let best = found.judged.iter().max_by(|a, b| a.tried.holds.value.total_cmp(&b.tried.holds.value));
        let best = best.map_or(String::new(), |best| {
            format!("; the best, {} rep-hours a week, holds in {}", hours(best.rep_hours), kept(best))
        });
        let many = plural(found.judged.len() as u64, "cover was", "covers were");
        return match found.stopped {
            true => format!("Stopped before any cover was shown to be enough: {many} judged{best}."),
            false => format!(
                "None of the covers tried ({}; with up to {MOST_TIMES} times the reps of today in any part, or {ROOM}{}) is shown to be enough for {what}{best}. {}",
                found.judged.len(),
                kept_empty(page),
                way_out(page)
            ),
        };
    };
    let today = page.desk.rep_hours(&page.desk.today());
    let against = match answer.rep_hours - today {
        0.0 => "as many as today's cover".to_owned(),
        more if more > 0.0 => format!("{} more than today's cover", hours(more)),
        fewer => format!("{} fewer than today's cover", hours(-fewer)),
    };
    let start = if found.stopped { "Stopped; the least found so far: " } else { "" };
    format!(
        "{start}{} rep-hours a week are enough for {what}, {against}: it holds in {}.",
        hours(answer.rep_hours),
        kept(answer)
    )
}

/// Parts that nobody covers today, which the search leaves so.
fn kept_empty(page: &CoverPage<'_>) -> String {
    let parts = page.desk.parts.iter().filter(|part| part.count == 0);
    let hours: Vec<String> = parts.map(|part| part.hours.clone()).collect();
    if hours.is_empty() { String::new() } else { format!("; nobody, as today, in {}", list(&hours)) }
}

/// What to do where no cover is shown to be enough: first to play more, where trials could not tell.
fn way_out(page: &CoverPage<'_>) -> String {
    let last = "over more hours of the week, try another way of working (leadsim sweep --line) or sign a looser promise.";
    match page.found.undecided() {
        0 => format!("C{last}"),
        open => format!(
            "Of {open} of them the {} played cannot tell: play more of each with --at-most {}. Or c{last}",
            page.trial().many,
            10 * page.wanted.at_most
        ),
    }
}

/// How often nothing falls under the promises, where that is not seldom: such trials count as held.
fn empty(page: &CoverPage<'_>, trial: &TrialWord) -> Option<String> {
    let share = page.found.empty();
    (share >= 0.01).then(|| {
        format!(
            "In {} of {} nothing falls under {}, and those count as held.",
            with_sign(share),
            trial.many,
            page.promises()
        )
    })
}

/// What was tried around the answer, and which of that came nearest.
fn around(page: &CoverPage<'_>) -> Option<String> {
    let found = page.found;
    found.answer()?;
    let tried = found.fewer.iter().flatten().count();
    let open = found.not_judged();
    let moved = match &found.moves {
        (0, _) => String::new(),
        (there, judged) if judged.len() == *there => format!(
            ", nor with one rep moved to shorter hours ({} tried)",
            if *there == 1 { "the only such cover".to_owned() } else { format!("all {there} such covers") }
        ),
        (_, judged) if judged.is_empty() => String::new(),
        (there, judged) => format!(
            ", nor with one rep moved to shorter hours (of {there} such covers the {} tried that looked best)",
            judged.len()
        ),
    };
    let beside = found.fewer.iter().flatten().chain(&found.moves.1);
    let told = beside.map(|place| found.judged[*place].tried.decision).all(|is| is == Decision::TooFew);
    let enough = if told { "enough" } else { "shown to be enough" };
    let mut words = match (tried, open) {
        (0, 0) => "The last rep of the group is not taken out.".to_owned(),
        (_, 0) => format!(
            "No cover with one rep fewer in any part of it is {enough} ({}){moved}.",
            if tried == 1 { "tried".to_owned() } else { format!("each of the {tried} was tried") }
        ),
        _ => format!(
            "With one rep fewer {} of its {} parts {} not tried{}: there a rep may still be too many.",
            open,
            tried + open,
            if open == 1 { "was" } else { "were" },
            if found.spent {
                format!(" ({} covers are judged at most)", found.at_most)
            } else {
                String::new()
            }
        ),
    };
    words.push_str(" Covers that differ from it in several parts were not all tried.");
    if found.looks_spent {
        words.push_str(&format!(
            " The search had {} quick looks and used them up; the rest of its way went by headcounts alone, and a longer part (--cover-parts) is searched more closely.",
            thousands(found.looked_at as u64)
        ));
    }
    if let Some(nearest) = found.runner_up() {
        let cannot = nearest.tried.decision == Decision::CannotTell;
        let tail =
            if cannot { ", which cannot be told from enough; more trials may tell (--at-most)" } else { "" };
        words.push_str(&format!(
            " Nearest comes {} ({} rep-hours): {}{tail}.",
            page.beside(nearest),
            hours(nearest.rep_hours),
            share(&nearest.tried.holds)
        ));
    }
    Some(words)
}

/// What today's cover does, where it is not the answer.
fn today(page: &CoverPage<'_>, trial: &TrialWord) -> Option<String> {
    let today = page.today()?;
    if page.found.answer().is_some_and(|answer| answer.counts == today.counts) {
        return None;
    }
    Some(format!(
        "Today's cover, {} rep-hours a week, holds it in {} of {}.",
        hours(today.rep_hours),
        share(&today.tried.holds),
        trial.many
    ))
}

/// At which confidence the intervals of the search hold.
pub(super) fn level(page: &CoverPage<'_>) -> String {
    goal(((1.0 - page.wanted.error / page.found.at_most as f64) * 1e5).floor() / 1e5)
}

fn how_sure(page: &CoverPage<'_>, trial: &TrialWord) -> String {
    let (found, wanted) = (page.found, page.wanted);
    let mut words = format!(
        "The chance that any of the {} covers judged stands on the wrong side of {} is at most {}; intervals hold at {} wherever the search stopped. {} were played (seed {}), {} of them for quick looks at {} covers, which decide nothing.",
        found.judged.len(),
        with_sign(wanted.probability),
        goal(wanted.error),
        level(page),
        trial.count(found.trials),
        wanted.seed,
        thousands(found.look_trials),
        thousands(found.looked_at as u64)
    );
    let again = |judged: &Judged| judged.tried.confirmed;
    if let Some(fresh_luck) = found.answer().and_then(again) {
        words.push_str(&format!(
            " Played again with fresh luck (seed {}, {}; exact intervals at {} each): {}",
            fresh(wanted.seed),
            trial.count(wanted.confirm),
            goal(wanted.level),
            share(&fresh_luck)
        ));
        if let Some(nearest) = found.runner_up().and_then(again) {
            words.push_str(&format!(", and what comes nearest {}", share(&nearest)));
        }
        words.push('.');
    }
    if let Some(less) = found.less_with_fresh_luck(wanted.probability) {
        let less = hours(less.rep_hours);
        words.push_str(&format!(" The fresh luck alone would take what comes nearest ({less} rep-hours a week), of which the search could not tell: play more with --at-most."));
    }
    if found.contradicted(wanted.probability) {
        words.push_str(" The fresh luck speaks against the search: count the two covers as not told apart, and play more with --at-most.");
    }
    words
}

/// What is said of the answer with one rep fewer in a part.
pub(super) fn verdict(part: &Part<'_>) -> &'static str {
    match (part.least, part.fewer) {
        (None, _) => "–",
        (Some(0), _) => "nobody",
        (_, None) if part.last => "the last rep",
        (_, None) => "not tried",
        (_, Some(fewer)) => sizing::verdict(&fewer.tried),
    }
}

fn rows(page: &CoverPage<'_>, trial: &TrialWord) -> Vec<Vec<String>> {
    let head = ["COVER", "HOURS/WEEK", "TODAY", "LEAST", "ONE FEWER HOLDS", "INTERVAL"];
    let mut head: Vec<String> = head.iter().map(|&word| word.to_owned()).collect();
    head.extend([format!("{}S", trial.short.to_uppercase()), String::new()]);
    let mut rows = vec![head];
    let none = || "–".to_owned();
    for part in page.parts() {
        let holds = part.fewer.map(|fewer| fewer.tried.holds);
        let ends = holds.and_then(|holds| holds.low.zip(holds.high));
        rows.push(vec![
            part.hours.to_owned(),
            hours(part.long),
            part.today.to_string(),
            part.least.map_or_else(none, |least| least.to_string()),
            holds.map_or_else(none, |holds| percent(holds.value)),
            ends.map_or_else(none, |(low, high)| format!("{:.1}–{:.1}", low * 100.0, high * 100.0)),
            part.fewer.map_or_else(none, |fewer| thousands(fewer.tried.held.1)),
            verdict(&part).to_owned(),
        ]);
    }
    rows
}

/// Reps by weekday from Monday and hour from midnight.
type Week = [[Option<f64>; 24]; 7];

/// How many are at work by hour of the week, on the site's clock.
fn week(page: &CoverPage<'_>, counts: &[u32]) -> Week {
    let mut cells = [[0.0; 24]; 7];
    for part in page.desk.cover(counts) {
        for block in &part.blocks {
            let day = block.weekday.to_monday_zero_offset() as usize;
            for minute in block.from_minute..block.to_minute {
                let hour = day * 24 + usize::from(minute) / 60;
                cells[hour / 24 % 7][hour % 24] += f64::from(part.count) / 60.0;
            }
        }
    }
    cells.map(|hours| hours.map(|value: f64| Some((value * 1e6).round() / 1e6)))
}

fn picture(page: &CoverPage<'_>, trial: &TrialWord) -> Picture {
    let (today, found) = (page.desk.today(), page.found);
    let mut panels = vec![("Today", today.clone())];
    panels.extend(found.answer().map(|answer| ("The least found that is enough", answer.counts.clone())));
    let weeks: Vec<_> = panels.iter().map(|(_, counts)| week(page, counts)).collect();
    // one scale, so that colours can be compared
    let most = weeks.iter().flatten().flatten().flatten().copied().fold(0.0, f64::max);
    let panel = |name: &str, counts: &[u32], cells: Week| HeatPanel {
        title: format!("{name}: {} rep-hours a week", hours(page.desk.rep_hours(counts))),
        unit: "reps at work".into(),
        cap: Some(most),
        cells,
        numbers: true,
    };
    let title = match found.answer() {
        Some(answer) => format!(
            "{} rep-hours a week are enough: the goal holds in {} of {}",
            hours(answer.rep_hours),
            with_sign(answer.tried.holds.value),
            trial.many
        ),
        None => format!(
            "No cover tried is shown to hold the goal in {} of {}",
            with_sign(page.wanted.probability),
            trial.many
        ),
    };
    let scenario = page.desk.scenario;
    Picture::HeatMap(HeatMap {
        words: Words {
            title: plain(&title),
            subtitle: plain(&format!("{}: {}", scenario.name, page.promises())),
            footer: plain(&format!(
                "How many of team.{} are at work by hour of the week. {} in all, seed {}; covers that differ in several parts were not all tried.",
                page.desk.group,
                trial.count(found.trials),
                page.wanted.seed
            )),
            trial: trial.short.into(),
        },
        panels: panels.iter().zip(&weeks).map(|((name, counts), week)| panel(name, counts, *week)).collect(),
    })
}
