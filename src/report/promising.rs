//! The tightest promises in words, as a table and as a picture: minutes against certainty, tier by tier.

mod by_day;
mod documents;
mod drawn;
mod together;

use super::names;
use super::plot::Picture;
use super::text::wrapped;
use super::wording::{JOINT, TrialWord, goal, list, percent, plain, plural, thousands, with_sign};
use crate::model::{Model, Promise};
use crate::plan::needed::Measure;
use crate::plan::promise::{Answer, Lengths, Played, Promises, Tightest, Wanted, signable};
use crate::time::{Span, Target};

pub(super) use by_day::days;
pub use documents::{promise_days_table, promise_document, promise_table};
pub(super) use together::rows as together;

/// What the answers are shown with.
#[derive(Debug)]
pub struct PromisePage<'a> {
    /// The scenario's name.
    pub name: &'a str,
    /// The scenario.
    pub model: &'a Model,
    /// What was wanted.
    pub wanted: &'a Wanted,
    /// What was found.
    pub promises: &'a Promises,
}

/// Where the lengths of one reading stand.
pub(super) type Reading = fn(&Played) -> &Lengths;

/// What a length has to be enough for.
pub(super) const FOR: [(&str, Reading); 3] = [
    ("goal", |played| &played.goal),
    ("no review", |played| &played.no_review),
    ("both", |played| &played.both),
];

impl PromisePage<'_> {
    /// What a length has to be enough for, of all that can be asked of this promise: no review where none can be called.
    pub(super) fn purposes(&self, answer: &Answer) -> &'static [(&'static str, Reading)] {
        if self.reviewed(answer) { &FOR } else { &FOR[..1] }
    }

    /// Whether a breach review of this promise can be called at all: in some trial there are enough whole weeks with leads.
    fn reviewed(&self, answer: &Answer) -> bool {
        answer.as_written.few_weeks < self.promises.of_each
    }

    /// Whether a breach review of any promise can be called.
    pub(super) fn can_be_reviewed(&self) -> bool {
        self.promises.answers.iter().any(|answer| self.reviewed(answer))
    }

    pub(super) fn tightest(&self, answer: &Answer, certainty: usize, of: Reading) -> Tightest {
        let played = answer.by_certainty.get(certainty).unwrap_or(&answer.as_written);
        of(played).at(self.wanted.certainties[certainty], self.wanted.level)
    }

    /// Whether a length was found where that very length stands in the agreement; without deadlines that order work it does not matter.
    pub(super) fn is_settled(&self, answer: &Answer, certainty: usize, of: Reading) -> bool {
        let its_own = |played: &Played| {
            let found = of(played).at(self.wanted.certainties[certainty], self.wanted.level).length;
            found.map(signable) == played.target
        };
        !self.promises.searched || answer.by_certainty.get(certainty).is_some_and(its_own)
    }

    pub(super) fn id(&self, answer: &Answer) -> &str {
        &self.model.agreement.commitments[answer.commitment].id
    }

    /// The length that is written, where it is one: "by 09:00" is none.
    fn written(&self, answer: &Answer) -> Option<Span> {
        match &self.model.agreement.commitments[answer.commitment].promise {
            Promise::Timed { within, .. } => match within.target {
                Target::Business(span) | Target::Wall(span) => Some(span),
                _ => None,
            },
            _ => None,
        }
    }
}

/// A length on its clock, whole minutes as it is signed: "41 min of business time".
fn said(measure: Measure, length: Span) -> String {
    exactly(measure, signable(length))
}

/// A length on its clock, as it is written: "90 s".
fn exactly(measure: Measure, length: Span) -> String {
    let text = length.to_string().replace(' ', &JOINT.to_string());
    match measure {
        Measure::Wall => text,
        Measure::Business => format!("{text} of business time"),
    }
}

/// Hours and minutes: "1:44".
fn bare(length: Option<Span>) -> String {
    length.map_or("–".into(), |length| {
        let minutes = signable(length).as_minutes().round() as u64;
        format!("{}:{:02}", minutes / 60, minutes % 60)
    })
}

/// "0:41 (0:39–0:43)", or that there is none.
fn cell(tightest: &Tightest) -> String {
    let length = bare(tightest.length);
    match (tightest.length, tightest.low, tightest.high) {
        (None, ..) => "none".into(),
        (_, Some(low), None) => format!("{length} ({} or more)", bare(Some(low))),
        (_, None, None) => format!("{length} (too few)"),
        (_, None, high) => format!("{length} (up to {})", bare(high)),
        (_, low, high) => format!("{length} ({}–{})", bare(low), bare(high)),
    }
}

/// The page: text, and the picture.
pub fn promise_page(page: &PromisePage<'_>) -> (String, Picture) {
    let trial = TrialWord::of(&page.model.horizon);
    let mut text = String::new();
    for paragraph in sentences(page, &trial) {
        for line in wrapped(&paragraph, super::text::COLUMNS) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text.push('\n');
    text.push_str(&super::text::columns(&rows(page), 2));
    let together = together(page);
    if together.len() > 1 {
        text.push('\n');
        text.push_str(&super::text::columns(&together, 1));
    }
    let days = days(page);
    if days.len() > 1 {
        text.push('\n');
        text.push_str(&super::text::columns(&days, 2));
    }
    (text, drawn::picture(page, &trial))
}

/// What can be signed, what it takes that no review is called, and how it was found.
pub(super) fn sentences(page: &PromisePage<'_>, trial: &TrialWord) -> [String; 3] {
    let before = format!("{}{}", part(page, trial), few(page, trial));
    [format!("{before}{}", answer(page, trial)), reviews(page, trial), how(page, trial)]
}

/// That so few trials give the length that is spoken of no upper end.
fn few(page: &PromisePage<'_>, trial: &TrialWord) -> String {
    let certainty = page.wanted.certainties[page.wanted.spoken()];
    let fewest = page.wanted.fewest(certainty);
    match page.promises.of_each < fewest {
        true => format!(
            "Too few trials to be sure: in {} any length may look long enough by luck; from {} on the length for {} has \
             an upper end. ",
            trial.count(page.promises.of_each),
            thousands(fewest),
            goal(certainty)
        ),
        false => String::new(),
    }
}

/// That the user stopped it while the agreement as written was played.
fn part(page: &PromisePage<'_>, trial: &TrialWord) -> String {
    match page.promises.of_each < page.wanted.trials {
        true => format!(
            "Part of the answer, for it was stopped: {} of {} are in it. ",
            thousands(page.promises.of_each),
            trial.count(page.wanted.trials)
        ),
        false => String::new(),
    }
}

/// The first sentence: what can be signed, promise by promise.
fn answer(page: &PromisePage<'_>, trial: &TrialWord) -> String {
    let spoken = page.wanted.spoken();
    let certainty = with_sign(page.wanted.certainties[spoken]);
    let promises = &page.promises.answers;
    let each: Vec<String> = promises
        .iter()
        .map(|answer| {
            let whom = names::covered(page.model, &page.model.agreement.commitments[answer.commitment]);
            match page.tightest(answer, spoken, FOR[0].1) {
                Tightest { length: Some(length), .. } => {
                    let day = by_day::said(page, answer, spoken);
                    format!("{whom} at {}{day} ({} goal)", said(answer.measure, length), goal(answer.goal))
                }
                _ => format!(
                    "{whom} at no number of minutes ({} goal: {})",
                    goal(answer.goal),
                    never(answer, spoken, trial)
                ),
            }
        })
        .collect();
    let today: Vec<String> = promises
        .iter()
        .filter_map(|answer| {
            let (words, holds) = match page.written(answer) {
                Some(written) => {
                    let holds = answer.as_written.goal.holds(written, page.wanted.level);
                    (exactly(answer.measure, written), holds)
                }
                None => by_day::written(page, answer)?,
            };
            Some(format!("{} {words} in {}{JOINT}%", page.id(answer), percent(holds.value)))
        })
        .collect();
    let today = match today.as_slice() {
        [] => String::new(),
        today => format!(" As written they hold: {}.", list(today)),
    };
    let together = together::sentence(page, trial);
    let itself = if promises.len() > 1 { ", each by itself" } else { "" };
    format!(
        "To hold in {certainty} of {}{itself}, this team can sign {}.{together}{today}",
        trial.many,
        list(&each)
    )
}

/// Why no length is enough so often: in how many trials none is, and how many leads were never attempted.
fn never(answer: &Answer, certainty: usize, trial: &TrialWord) -> String {
    let played = answer.by_certainty.get(certainty).unwrap_or(&answer.as_written);
    format!(
        "in {}{JOINT}% of {} too many leads are never attempted, of all {}{JOINT}%",
        percent(played.goal.never()),
        trial.many,
        percent(1.0 - played.ever)
    )
}

/// What it takes that no breach review is called.
fn reviews(page: &PromisePage<'_>, trial: &TrialWord) -> String {
    let spoken = page.wanted.spoken();
    let weeks = page.wanted.review_after;
    if !page.can_be_reviewed() {
        return format!(
            "No breach review can be called here: it takes {} in a row below goal, and {}.",
            plural(weeks as u64, "week", "weeks"),
            match page.promises.whole_weeks {
                whole if whole < weeks =>
                    format!("a {} has {}", trial.one, plural(whole as u64, "whole week", "whole weeks")),
                _ => format!("no {} has so many whole weeks with leads", trial.one),
            }
        );
    }
    let each = page.promises.answers.iter().filter(|answer| page.reviewed(answer)).map(|answer| {
        let id = page.id(answer);
        let played = answer.by_certainty.get(spoken).unwrap_or(&answer.as_written);
        match page.tightest(answer, spoken, FOR[1].1).length {
            Some(length) => format!("{id} at {}", said(answer.measure, length)),
            None => format!(
                "{id} at no length (in {}{JOINT}% too many leads are never attempted {} in a row)",
                percent(played.no_review.never()),
                plural(weeks as u64, "week", "weeks")
            ),
        }
    });
    let each: Vec<String> = each.collect();
    format!(
        "No breach review ({weeks} weeks in a row below goal) in {} of {} takes {}.{}",
        with_sign(page.wanted.certainties[spoken]),
        trial.many,
        list(&each),
        vacuous(page, trial)
    )
}

/// Trials that hold because there was nothing to judge, where they are a hundredth or more.
fn vacuous(page: &PromisePage<'_>, trial: &TrialWord) -> String {
    let told = |what: &str, of: fn(&Played) -> u64| {
        let each: Vec<String> = page
            .promises
            .answers
            .iter()
            .map(|answer| {
                (page.id(answer), of(&answer.as_written) as f64 / page.promises.of_each.max(1) as f64)
            })
            .filter(|(_, share)| *share >= 0.01)
            .map(|(id, share)| format!("{id} {}", with_sign(share)))
            .collect();
        match each.as_slice() {
            [] => String::new(),
            each => format!(" {what} ({} of {}): there it holds whatever is signed.", list(each), trial.many),
        }
    };
    format!(
        "{}{}",
        told("No lead falls under a promise in some", |played| played.empty),
        told("Too few weeks have leads for a review to be called in some", |played| played.few_weeks)
    )
}

/// Where the numbers come from.
fn how(page: &PromisePage<'_>, trial: &TrialWord) -> String {
    let is_open = |answer: &Answer| {
        let places = 0..page.wanted.certainties.len();
        let mut all = places.flat_map(|n| page.purposes(answer).iter().map(move |(_, of)| (n, *of)));
        all.any(|(certainty, of)| !page.is_settled(answer, certainty, of))
    };
    let unsettled = page.promises.answers.iter().any(is_open);
    let level = goal(page.wanted.level);
    let way = if !page.promises.searched {
        format!(
            "{}, seed {}: no work here is ordered by deadlines, so one study answers for every length, exactly",
            trial.count(page.promises.of_each),
            page.wanted.seed
        )
    } else {
        format!(
            "{} in all, seed {}: work is ordered by deadlines, so each certainty was played with the lengths for its goal in the agreement, until the study found the same",
            trial.count(page.promises.trials),
            page.wanted.seed
        )
    };
    let open = match (unsettled, page.promises.stopped) {
        (false, true) => "",
        (true, true) => {
            "; stopped before all was played, and a * stands where the length is read off other targets"
        }
        (true, false) => {
            "; a * stands where the length is read off a study whose targets differ by a minute or more"
        }
        (false, false) => "",
    };
    let moment = by_day::how(page);
    format!(
        "{way}{open}.{moment} In brackets the {level} interval of the length, from the order of the {}.",
        trial.many
    )
}

pub(super) fn rows(page: &PromisePage<'_>) -> Vec<Vec<String>> {
    let mut head = vec!["PROMISE".to_owned(), "FOR".into(), "GOAL".into(), "WRITTEN".into(), "HOLDS".into()];
    head.extend(
        page.wanted.certainties.iter().map(|share| format!("{} SURE, H:MM", plain(&with_sign(*share)))),
    );
    let mut rows = vec![head];
    for answer in &page.promises.answers {
        let commitment = &page.model.agreement.commitments[answer.commitment];
        for (place, (what, of)) in page.purposes(answer).iter().copied().enumerate() {
            let first = place == 0;
            let once = |text: String| if first { text } else { String::new() };
            let written = page.written(answer);
            let holds = match written {
                Some(length) => Some(of(&answer.as_written).holds(length, page.wanted.level).value),
                None => by_day::rung(answer).map(|rung| rung.holds(place, page.wanted.level).value),
            };
            let mut row = vec![
                once(format!("{} {}", commitment.id, names::covered(page.model, commitment))),
                what.into(),
                once(goal(answer.goal)),
                once(match &commitment.promise {
                    Promise::Timed { within, .. } => names::short_clock(within),
                    _ => String::new(),
                }),
                holds.map_or("–".into(), |share| format!("{}{JOINT}%", percent(share))),
            ];
            for certainty in 0..page.wanted.certainties.len() {
                let star = !page.is_settled(answer, certainty, of);
                row.push(format!(
                    "{}{}",
                    cell(&page.tightest(answer, certainty, of)),
                    if star { "*" } else { "" }
                ));
            }
            rows.push(row);
        }
    }
    rows
}
