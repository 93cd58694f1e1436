//! Where the agreement breaks, as pictures: the curve over volume, and bars of every other stress.

use super::breaking::{BreakingPage, named};
use super::plot::{
    ChanceCurve, ChancePoint, ChanceSeries, Picture, Span, Tornado, TornadoEnd, TornadoPanel, TornadoRow,
    Words,
};
use super::sizing::promises;
use super::wording::{JOINT, TrialWord, goal, list, percent, plain};
use crate::plan::readings::{Measure, Side};
use crate::plan::stress::{Break, Case};

fn words(page: &BreakingPage<'_>, trial: &TrialWord, title: &str, played: &str) -> Words {
    let found = page.found;
    Words {
        title: plain(title),
        subtitle: plain(&format!(
            "{}: {}, {}",
            page.name,
            promises(page.model, &found.wanted.commitments),
            super::wording::dates(&page.model.horizon)
        )),
        footer: plain(&format!(
            "{}, seed {}, the same leads in all. All intervals hold together at {}.",
            played,
            found.seed,
            goal(found.together())
        )),
        trial: trial.short.into(),
    }
}

/// The probability against volume, and attainment beside it.
pub(super) fn curve(page: &BreakingPage<'_>, trial: &TrialWord) -> Picture {
    let found = page.found;
    let line = |measure: Measure, (label, of): (&str, &str), mark: Option<Break>| {
        let point = |point: &crate::plan::stress::VolumePoint| {
            let estimate = found.estimate(&point.readings, measure);
            ChancePoint {
                at: point.times,
                chance: estimate.value,
                interval: estimate.shown().map(|(low, high)| Span::new(low, high)),
                settled: true,
            }
        };
        let mut marks = Vec::new();
        if let Some(Break::At { at, .. }) = mark {
            marks.push((at, format!("{at:.2} times today's leads")));
        }
        ChanceSeries {
            label: label.to_owned(),
            of: of.to_owned(),
            points: found.volumes.iter().map(point).collect(),
            marks,
            ..ChanceSeries::default()
        }
    };
    let curve_played = match found.coarse < found.trials {
        true => format!("{} of each volume, {} where they tell", trial.count(found.coarse), found.trials),
        false => format!("{} of each", trial.count(found.trials)),
    };
    let title = match found.breaks {
        Some(Break::At { at, .. }) if found.today_side() == Side::CannotTell => {
            format!("The agreement breaks near today's leads, at about {at:.2} times them")
        }
        Some(Break::At { at, .. }) if found.today_side() == Side::Holds => {
            format!("The agreement bears {at:.2} times today's leads")
        }
        Some(Break::At { at, .. }) => format!("The agreement would hold with {at:.2} times today's leads"),
        Some(_) if found.today_side() == Side::CannotTell => {
            "Whether the agreement holds cannot be told, and more or fewer leads hardly matter".into()
        }
        Some(Break::NotUpTo(times)) => {
            format!("Up to {times:.1} times today's leads do not break the agreement")
        }
        _ => "No volume makes the agreement hold: the load alone does not break it".into(),
    };
    let id = &page.model.agreement.commitments[found.wanted.commitments[0]].id;
    Picture::ChanceCurve(ChanceCurve {
        words: words(page, trial, &title, &curve_played),
        measure: format!("Share of {} that reach the goal; attainment of {id}", plain(&trial.many)),
        across: "Leads, times today's".into(),
        unit: "times today's leads".into(),
        wanted: vec![found.wanted.probability],
        intervals: "interval".into(),
        series: vec![
            line(Measure::Holds, ("goal reached", ""), found.breaks),
            line(Measure::Attainment, ("attainment", "leads"), found.falls),
        ],
        ..ChanceCurve::default()
    })
}

/// Bars of everything but volume: how far the probability and attainment fall.
pub(super) fn bars(page: &BreakingPage<'_>, trial: &TrialWord) -> Picture {
    let found = page.found;
    let panel = |measure: Measure, title: String| {
        let row = |case: &Case| {
            let by = found.moved(&case.readings, measure);
            let interval = by.shown().map(|(low, high)| Span::new(low * 100.0, high * 100.0));
            let real = by.shown().is_some_and(|(low, high)| low > 0.0 || high < 0.0);
            let value = found.estimate(&case.readings, measure).value;
            let end = TornadoEnd {
                by: by.value * 100.0,
                interval,
                real,
                words: plain(&format!("{}{JOINT}%", percent(value))),
            };
            TornadoRow { label: plain(&named(case.kind, trial)), ends: vec![Some(end)] }
        };
        let today = found.estimate(&found.today, measure).value;
        TornadoPanel {
            title: plain(&title),
            middle: plain(&format!("as it is: {}{JOINT}%", percent(today))),
            rows: found.cases.iter().map(row).collect(),
        }
    };
    let id = &page.model.agreement.commitments[found.wanted.commitments[0]].id;
    let broken: Vec<String> = found
        .cases
        .iter()
        .filter(|case| found.side(&case.readings) == Side::Breaks)
        .map(|case| named(case.kind, trial))
        .collect();
    let title = match (found.today_side(), broken.first()) {
        (Side::Breaks, _) => "Today's agreement does not hold; what would make it worse".to_owned(),
        (Side::CannotTell, None) => {
            "Whether today's agreement holds cannot be told, under any stress".to_owned()
        }
        (Side::Holds, None) => "No stress played breaks the agreement beyond chance".to_owned(),
        (_, Some(first)) if broken.len() == 1 => {
            format!("Of the stresses played only one breaks the agreement: {first}")
        }
        (_, Some(_)) => format!("What breaks the agreement: {}", list(&broken[..broken.len().min(3)])),
    };
    let holds = Measure::Holds;
    let same = found.cases.iter().all(|case| found.moved(&case.readings, holds).value == 0.0);
    let mut panels = Vec::new();
    if !same {
        panels.push(panel(
            holds,
            format!("Share of {} in which the goal is reached, difference in percentage points", trial.many),
        ));
    }
    panels.push(panel(Measure::Attainment, format!("Attainment of {id}, difference in percentage points")));
    Picture::Tornado(Tornado {
        words: words(page, trial, &title, &format!("{} of each", trial.count(found.trials))),
        keys: vec!["under the stress, minus as it is".into()],
        panels,
    })
}
