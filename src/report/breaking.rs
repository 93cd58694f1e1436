//! Where the agreement breaks, in words, as a table and as pictures: how many more leads, how many people out, which campaign.

use super::breaking_again::{confirmed, holds_again, verdict};
use super::breaking_picture::{bars, curve};
use super::plot::Picture;
use super::sizing::promises;
use super::wording::{JOINT, TrialWord, goal, percent, plural, with_sign};
use crate::model::Model;
use crate::plan::readings::{Measure, Readings, Side};
use crate::plan::stress::{Break, Case, Least, Stress};
use crate::plan::unrest::{DAYS_TO_MOVE_A_MEETING, DAYS_TO_MOVE_LEAVE, Kind};
use crate::stats::Estimate;

/// What the answer is shown with.
#[derive(Debug)]
pub struct BreakingPage<'a> {
    /// The scenario's name.
    pub name: &'a str,
    /// The scenario as it is today.
    pub model: &'a Model,
    /// What was found.
    pub found: &'a Stress,
}

/// The page: text, the curve over volume (where volumes were played) and the bars of everything else.
pub fn breaking_page(page: &BreakingPage<'_>) -> (String, Option<Picture>, Picture) {
    let trial = TrialWord::of(&page.model.horizon);
    let mut text = String::new();
    for paragraph in sentences(page, &trial) {
        for line in super::text::wrapped(&paragraph, super::text::COLUMNS) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text.push('\n');
    text.push_str(&super::text::columns(&rows(page), 1));
    let curve = (page.found.volumes.len() > 1).then(|| curve(page, &trial));
    (text, curve, bars(page, &trial))
}

/// The answer as paragraphs, the volume first.
pub(super) fn sentences(page: &BreakingPage<'_>, trial: &TrialWord) -> Vec<String> {
    let mut paragraphs = Vec::new();
    if page.found.stopped {
        paragraphs.push("Stopped: what follows is about the stresses that were played.".to_owned());
    }
    paragraphs.push(volume(page, trial));
    paragraphs.extend(holds_again(page));
    paragraphs.extend(attainment(page));
    paragraphs.extend(people(page, trial));
    paragraphs.extend(super::breaking_absence::nobody_out(page));
    paragraphs.extend(super::breaking_absence::no_two_weeks(page, trial));
    paragraphs.extend(campaigns(page, trial));
    paragraphs.extend(confirmed(page, trial));
    paragraphs.push(how_sure(page, trial));
    paragraphs
}

pub(super) fn share(estimate: &Estimate) -> String {
    let ends = estimate.shown();
    let ends = ends.map_or(String::new(), |(low, high)| format!(" ({:.1}–{:.1})", low * 100.0, high * 100.0));
    format!("{}{JOINT}%{ends}", percent(estimate.value))
}

/// "1.37 times today's leads (surely up to 1.25, surely no more from 1.5 on)".
fn place(found: Break) -> String {
    let Break::At { at, low, high } = found else { return String::new() };
    let Some(_) = low.or(high) else {
        return format!(
            "{at:.2} times today's leads (a guess: no volume played lies surely on either side; more --trials tell)"
        );
    };
    if let (None, Some(high)) = (low, high) {
        return format!(
            "some volume below {high:.2} times today's leads (perhaps {at:.2}; no volume played is surely good, more --trials tell)"
        );
    }
    let ends: Vec<String> = [
        low.map(|low| format!("surely good up to {low:.2}")),
        high.map(|high| format!("surely not from {high:.2} on")),
    ]
    .into_iter()
    .flatten()
    .collect();
    format!("{at:.2} times today's leads ({})", ends.join(", "))
}

/// The first sentence: at which volume the agreement breaks, or at which lower one it would hold.
pub(super) fn volume(page: &BreakingPage<'_>, trial: &TrialWord) -> String {
    let found = page.found;
    let what = promises(page.model, &found.wanted.commitments);
    let verb = if found.wanted.commitments.len() == 1 { "holds" } else { "hold together" };
    let sure = format!("{} of {}", with_sign(found.wanted.probability), trial.many);
    let today = share(&found.estimate(&found.today, Measure::Holds));
    let attainment = share(&found.estimate(&found.today, Measure::Attainment));
    let as_it_is = format!("today it holds in {today}, with an attainment of {attainment}");
    let Some(breaks) = found.breaks else {
        let why = found.not_scalable.as_deref().unwrap_or("the volumes were not all played");
        return format!("How many leads {what} can take is not told: {why}; {as_it_is}.");
    };
    let nearly = place(breaks);
    match (breaks, found.today_side()) {
        (Break::At { .. }, Side::Holds) => {
            format!("{what} {verb} in {sure} up to about {nearly}; {as_it_is}.")
        }
        (Break::At { .. }, Side::Breaks) => format!(
            "{} in {sure} already; it would with at most about {nearly}; {as_it_is}.",
            fails(&what, verb),
        ),
        (at, Side::CannotTell) => {
            let where_it_breaks = match at {
                Break::At { .. } => format!("it breaks near today's leads, at about {nearly}"),
                Break::NotUpTo(times) => {
                    format!("more leads alone hardly move it, not even {times:.1} times today's")
                }
                Break::NotDownTo(times) => {
                    format!("fewer leads alone hardly move it, not even {} of today's", with_sign(times))
                }
            };
            format!(
                "Whether {what} {verb} in {sure} today cannot be told from {}, more --trials tell: {as_it_is}; {where_it_breaks}.",
                trial.count(found.trials)
            )
        }
        (Break::NotUpTo(times), _) => {
            format!(
                "More leads alone do not break it: {what} {verb} in {sure} even with {times:.1} times today's leads; {as_it_is}."
            )
        }
        (Break::NotDownTo(times), _) => format!(
            "{} in {sure} already, and not even with {} of today's leads would it: the load alone does not break it; {as_it_is}. \
             leadsim run shows why leads are late.",
            fails(&what, verb),
            with_sign(times)
        ),
    }
}

fn fails(what: &str, verb: &str) -> String {
    if verb == "holds" { format!("{what} does not hold") } else { format!("{what} do not hold together") }
}

/// Where attainment itself falls below its goal.
pub(super) fn attainment(page: &BreakingPage<'_>) -> Option<String> {
    let found = page.found;
    let promise = &page.model.agreement.commitments[found.wanted.commitments[0]];
    let goal = goal(promise.goal.share);
    Some(match found.falls? {
        Break::NotUpTo(times) => {
            format!(
                "Attainment of {} stays at its goal of {goal} up to {times:.1} times today's leads.",
                promise.id
            )
        }
        Break::NotDownTo(times) => {
            let least = found.volumes.first()?;
            format!(
                "Attainment of {} stays below its goal of {goal} at every volume: with {} of today's leads it is {}.",
                promise.id,
                with_sign(times),
                share(&found.estimate(&least.readings, Measure::Attainment))
            )
        }
        at @ Break::At { .. } => {
            format!(
                "Attainment of {}, pooled over all, falls below its goal of {goal} at {}.",
                promise.id,
                place(at)
            )
        }
    })
}

/// What is said of people out and of lists.
pub(super) fn people(page: &BreakingPage<'_>, trial: &TrialWord) -> Option<String> {
    let found = page.found;
    if found.today_side() == Side::Breaks {
        return None;
    }
    let reps = |n: u64| plural(n, "rep", "reps");
    let whole = found.reps_out.and_then(|least| {
        let number = |kind| if let Kind::RepsOut { reps } = kind { Some(reps) } else { None };
        borne(least, found.surely(number), &|n| format!("{} out for the whole {}", reps(n), trial.one))
    });
    let fortnight = found.reps_out_two_weeks.and_then(|least| {
        let number = |kind| if let Kind::RepsOutTwoWeeks { reps } = kind { Some(reps) } else { None };
        borne(least, found.surely(number), &|n| format!("{} out for two weeks", reps(n)))
    });
    let burst = found.burst.and_then(|least| {
        let number = |kind| if let Kind::Burst { leads } = kind { Some(leads) } else { None };
        borne(least, found.surely(number), &|n| {
            format!("a list of {n} leads dropped at once on a Tuesday at ten")
        })
    });
    let said: Vec<String> = [whole, fortnight, burst].into_iter().flatten().collect();
    (!said.is_empty()).then(|| capital(&format!("{}.", said.join("; "))))
}

/// What the agreement bears of one stress, and what it does not: only what is surely so, and what lies between as not known.
fn borne(
    least: Least,
    (holds, breaks): (Option<u64>, Option<u64>),
    with: &dyn Fn(u64) -> String,
) -> Option<String> {
    Some(match (least, holds, breaks) {
        (Least::Already, ..) => return None,
        (Least::NotUpTo(most), Some(holds), _) if holds == most => {
            format!("even {} does not break it", with(most))
        }
        (_, Some(holds), Some(breaks)) if breaks == holds + 1 => {
            format!("it bears {}, not {breaks}", with(holds))
        }
        (_, Some(holds), Some(breaks)) => format!(
            "it bears {}, and {breaks} surely breaks it; what lies between cannot be told",
            with(holds)
        ),
        (_, Some(holds), None) => {
            format!("it bears {}; of more it cannot be told", with(holds))
        }
        (_, None, Some(1)) => format!("{} is too many", with(1)),
        (_, None, Some(breaks)) => format!("{} surely breaks it; of fewer it cannot be told", with(breaks)),
        (_, None, None) => return None,
    })
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// What a campaign does, by days of notice.
pub(super) fn campaigns(page: &BreakingPage<'_>, trial: &TrialWord) -> Option<String> {
    let found = page.found;
    let by_notice: Vec<(u32, &Case)> = found
        .cases
        .iter()
        .filter_map(|case| match case.kind {
            Kind::Campaign { notice, .. } => Some((notice, case)),
            _ => None,
        })
        .collect();
    let first = by_notice.first()?.1;
    let said: Vec<String> = by_notice
        .iter()
        .map(|(notice, case)| {
            let week = case
                .week
                .map_or(String::new(), |week| format!("{} of that week's leads are in time", share(&week)));
            let holds = match found.today_side() {
                Side::Holds | Side::CannotTell => format!(
                    ", the goal is reached in {}",
                    share(&found.estimate(&case.readings, Measure::Holds))
                ),
                Side::Breaks => String::new(),
            };
            format!("with {} notice {week}{holds}", plural(u64::from(*notice), "day's", "days'"))
        })
        .collect();
    let today = found.today_week.map_or(String::new(), |week| {
        format!(" (without it {} of that week's leads are in time)", share(&week))
    });
    let broken: Vec<u32> = by_notice
        .iter()
        .filter(|(_, case)| found.side(&case.readings) == Side::Breaks)
        .map(|(notice, _)| *notice)
        .collect();
    let shortest = |notices: &[(u32, &Case)], many: usize| -> Vec<u32> {
        let mut days: Vec<u32> = notices.iter().map(|(notice, _)| *notice).collect();
        days.sort_unstable();
        days.truncate(many);
        days
    };
    let mut broken = broken;
    broken.sort_unstable();
    let verdict = match (found.today_side(), broken.len()) {
        (Side::Breaks, _) => "comes on top of what fails already",
        (Side::Holds, 0) => "does not break it beyond chance",
        (Side::CannotTell, 0) => "may break it or not, as today's agreement itself cannot be told",
        (_, n) if n == by_notice.len() => "breaks it whatever the notice",
        (_, n) if shortest(&by_notice, n) == broken => "breaks it where notice is short",
        (_, _) => "breaks it with some notices and not surely with others",
    };
    Some(format!(
        "A campaign that brings {:.1} times the usual leads in the week of {}{today} {verdict}: {}. Notice means: meetings that lie {DAYS_TO_MOVE_A_MEETING} \
         business days or more after it move to the week after, standing ones are left out, and with {DAYS_TO_MOVE_LEAVE} days leave moves too; \
         what customers have of a rep's day (own work) and {} do not change.",
        match first.kind {
            Kind::Campaign { times, .. } => times,
            _ => f64::NAN,
        },
        found.week.as_deref().unwrap_or("the middle"),
        said.join("; "),
        if page.model.groups.iter().any(|group| group.cover.is_some()) { "covers by the hour" } else { "shifts" },
    ))
    .filter(|_| !trial.one.is_empty())
}

pub(super) fn how_sure(page: &BreakingPage<'_>, trial: &TrialWord) -> String {
    let found = page.found;
    format!(
        "{} of each stress, the same leads and luck in all (seed {}); {} of a volume between 0.05 and 6 times today's where they tell; all intervals hold together at {}. A breaking \
         point is read off the straight line between two volumes no more than 4{JOINT}% apart; \"surely\" is where the whole interval lies on one side.{}",
        trial.count(found.trials),
        found.seed,
        found.coarse,
        goal(found.together()),
        super::breaking_absence::who_is_out(page)
    )
}

/// "3 reps out all quarter".
pub(super) fn named(kind: Kind, trial: &TrialWord) -> String {
    match kind {
        Kind::RepsOut { reps } => format!("{} out all {}", plural(reps, "rep", "reps"), trial.short),
        Kind::RepsOutTwoWeeks { reps } => format!("{} out for 2{JOINT}weeks", plural(reps, "rep", "reps")),
        Kind::Campaign { times, notice } => {
            format!("campaign × {times}, {} notice", plural(u64::from(notice), "day's", "days'"))
        }
        Kind::Burst { leads } => format!("list of {} at once", plural(leads, "lead", "leads")),
    }
}

/// Everything played, as name, readings and attainment in the stressed week.
pub(super) fn all<'a>(
    page: &'a BreakingPage<'_>,
    trial: &TrialWord,
) -> Vec<(String, &'a Readings, Option<Estimate>)> {
    let found = page.found;
    let mut all = vec![("as it is".to_owned(), &found.today, found.today_week)];
    all.extend(found.cases.iter().map(|case| (named(case.kind, trial), &case.readings, case.week)));
    let volumes = found.volumes.iter().filter(|point| point.times != 1.0);
    all.extend(volumes.map(|point| (format!("{:.2} times the leads", point.times), &point.readings, None)));
    all
}

fn rows(page: &BreakingPage<'_>) -> Vec<Vec<String>> {
    let found = page.found;
    let trial = TrialWord::of(&page.model.horizon);
    let mut rows = vec![["STRESS", "HOLDS", "", "ATTAINMENT", "THAT WEEK"].map(str::to_owned).to_vec()];
    for (place, (name, readings, week)) in all(page, &trial).into_iter().enumerate() {
        // what does not hold as it is cannot break; said beside its name, so that the table stays narrow
        let (name, word) = match verdict(found, readings, place == 0) {
            "does not hold as it is" => ("does not hold as it is".to_owned(), ""),
            "does not hold" => (name, "fails"),
            word => (name, word),
        };
        rows.push(vec![
            name,
            share(&found.estimate(readings, Measure::Holds)),
            word.into(),
            share(&found.estimate(readings, Measure::Attainment)),
            week.as_ref().map_or(String::new(), share),
        ]);
    }
    rows
}
