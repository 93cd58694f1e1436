//! The tightest promises in words, as a table and as a picture: minutes against certainty, tier by tier.

mod by_day;
mod documents;

use super::names;
use super::plot::{ChanceCurve, ChancePoint, ChanceSeries, Picture, Words};
use super::text::wrapped;
use super::wording::{JOINT, TrialWord, goal, list, percent, plain, thousands, with_sign};
use crate::model::{Model, Promise};
use crate::plan::needed::Measure;
use crate::plan::promise::{Answer, Lengths, Played, Promises, Tightest, Wanted, signable};
use crate::time::{Span, Target};

pub(super) use by_day::days;
pub use documents::{promise_days_table, promise_document, promise_table};

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
    /// The certainty the first sentence speaks of: 90 %, or the one nearest to it.
    fn spoken(&self) -> usize {
        let distance = |share: &f64| (share - 0.9).abs();
        let places = self.wanted.certainties.iter().enumerate();
        places.min_by(|a, b| distance(a.1).total_cmp(&distance(b.1))).map_or(0, |(place, _)| place)
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

/// A length on its clock, whole minutes: "41 min of business time".
fn said(measure: Measure, length: Span) -> String {
    let text = signable(length).to_string().replace(' ', &JOINT.to_string());
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
    let days = days(page);
    if days.len() > 1 {
        text.push('\n');
        text.push_str(&super::text::columns(&days, 2));
    }
    (text, picture(page, &trial))
}

/// What can be signed, what it takes that no review is called, and how it was found.
pub(super) fn sentences(page: &PromisePage<'_>, trial: &TrialWord) -> [String; 3] {
    [format!("{}{}", part(page, trial), answer(page, trial)), reviews(page, trial), how(page, trial)]
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
    let spoken = page.spoken();
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
                    "{whom} at no number of minutes, for only {}{JOINT}% of leads are ever attempted and the goal is {}",
                    percent(answer.as_written.ever),
                    goal(answer.goal)
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
                    (said(answer.measure, written), holds)
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
    format!("To hold in {certainty} of {} this team can sign {}.{today}", trial.many, list(&each))
}

/// What it takes that no breach review is called.
fn reviews(page: &PromisePage<'_>, trial: &TrialWord) -> String {
    let spoken = page.spoken();
    let each: Vec<String> = page
        .promises
        .answers
        .iter()
        .map(|answer| {
            let id = page.id(answer);
            match page.tightest(answer, spoken, FOR[1].1).length {
                Some(length) => format!("{id} at {}", said(answer.measure, length)),
                None => format!("{id} at no length (in some weeks too many leads are never attempted)"),
            }
        })
        .collect();
    format!(
        "No breach review ({} weeks in a row below goal) in {} of {} takes {}.",
        page.wanted.review_after,
        with_sign(page.wanted.certainties[spoken]),
        trial.many,
        list(&each)
    )
}

/// Where the numbers come from.
fn how(page: &PromisePage<'_>, trial: &TrialWord) -> String {
    let is_open = |answer: &Answer| {
        let mut all = (0..page.wanted.certainties.len()).flat_map(|n| FOR.map(|(_, of)| (n, of)));
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
        for (place, (what, of)) in FOR.into_iter().enumerate() {
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

/// Points of a line: one a hundredth of the trials.
const POINTS: usize = 100;

fn picture(page: &PromisePage<'_>, trial: &TrialWord) -> Picture {
    let answers = &page.promises.answers;
    let series = answers.iter().map(|answer| {
        let steps: Vec<(Span, f64)> = answer.as_written.goal.steps().collect();
        let every = steps.len().div_ceil(POINTS).max(1);
        let points =
            steps.iter().enumerate().filter(|(place, _)| place % every == 0 || place + 1 == steps.len());
        let point = |(length, chance): (Span, f64)| {
            let holds = answer.as_written.goal.holds(length, page.wanted.level);
            ChancePoint {
                at: length.as_minutes().max(0.5),
                chance,
                interval: super::pictures::interval(Some(holds)),
                settled: true,
            }
        };
        let written = page
            .written(answer)
            .map(|length| (length.as_minutes(), format!("{} as written", page.id(answer))));
        ChanceSeries {
            label: names::covered(page.model, &page.model.agreement.commitments[answer.commitment]),
            points: points.map(|(_, step)| point(*step)).collect(),
            marks: written.into_iter().collect(),
            ..ChanceSeries::default()
        }
    });
    let spoken = page.spoken();
    let title = match answers.first().map(|answer| (answer, page.tightest(answer, spoken, FOR[0].1).length)) {
        Some((answer, Some(length))) => format!(
            "{} can be signed at {}, to hold in {} of {}",
            names::covered(page.model, &page.model.agreement.commitments[answer.commitment]),
            said(answer.measure, length),
            with_sign(page.wanted.certainties[spoken]),
            trial.many
        ),
        Some((answer, None)) => format!(
            "No number of minutes holds {} in {} of {}",
            names::covered(page.model, &page.model.agreement.commitments[answer.commitment]),
            with_sign(page.wanted.certainties[spoken]),
            trial.many
        ),
        None => "No promise of a first attempt".into(),
    };
    Picture::ChanceCurve(ChanceCurve {
        words: Words {
            title: plain(&title),
            subtitle: plain(&format!(
                "{}: minutes promised against certainty, {}",
                page.name,
                super::wording::dates(&page.model.horizon)
            )),
            footer: plain(&format!(
                "{}, seed {}; every length judged on the same {} as written. Business time, unless the promise is on the wall clock.",
                trial.count(page.promises.of_each),
                page.wanted.seed,
                trial.many
            )),
            trial: trial.short.into(),
        },
        measure: format!("Share of {} that reach the goal", trial.many),
        across: "Promised time (growing by factors)".into(),
        factors: true,
        wanted: page.wanted.certainties.clone(),
        intervals: format!("{} interval", goal(page.wanted.level)),
        series: series.collect(),
        ..ChanceCurve::default()
    })
}
