//! A sweep as the capacity curve: what is kept, held and won, over one input.

use super::{SweepPage, more_hardly_helps, promise, spaced, team_of, title, trials_words};
use crate::plan::sweep::SweepPoint;
use crate::report::directions::named;
use crate::report::names;
use crate::report::pictures::{interval, span};
use crate::report::plot::{CapacityCurve, CapacityPoint, CapacitySeries, Picture, Words};
use crate::report::swept::Swept;
use crate::report::wording::{TrialWord, plain};
/// The capacity curve: values on one unit along the axis, or words side by side.
pub(super) fn picture(
    page: &SweepPage<'_>,
    lines: &[(&str, Vec<&SweepPoint>)],
    trial: &TrialWord,
) -> Picture {
    let is_team = team_of(page.over).is_some();
    let swept = page.swept();
    let series = lines
        .iter()
        .map(|(name, points)| CapacitySeries {
            label: if name.is_empty() { names::routing(page.model) } else { (*name).to_owned() },
            points: points.iter().filter_map(|point| capacity_point(&swept, point)).collect(),
        })
        .collect();
    let title = more_hardly_helps(page, lines).unwrap_or_else(|| title(page, lines, trial));
    let refused = page.points.iter().filter(|point| point.refused.is_some()).count();
    let without = if refused > 0 {
        format!(
            " Refused and left out: {}.",
            crate::report::wording::plural(refused as u64, "point", "points")
        )
    } else {
        String::new()
    };
    let own_goal = page.headlines().any(|promise| !promise.goal.stated);
    let star = if own_goal && page.goal().is_some() { crate::report::pictures::OWN_GOAL } else { "" };
    let unit = if swept.unit().is_empty() { String::new() } else { format!(", {}", swept.unit()) };
    Picture::CapacityCurve(CapacityCurve {
        words: Words {
            title: plain(&title),
            subtitle: plain(&format!(
                "{}: every line over {}, {}",
                page.name,
                page.over,
                crate::report::wording::dates(&page.model.horizon)
            )),
            footer: plain(&format!(
                "{}, seed {}, the same luck at all points. Bands: {} % interval (dark), typical range (light).{without}{star}",
                trials_words(page.points, trial),
                page.seed,
                page.level * 100.0
            )),
            trial: trial.short.into(),
        },
        measure: match page.headlines().next() {
            Some(_) => format!("{}, share of leads", promise(page)),
            None => "no commitment, so no share of leads".into(),
        },
        goal: page.goal(),
        own_goal,
        group: team_of(page.over).filter(|_| page.model.groups.len() > 1).map_or(String::new(), spaced),
        current_reps: page.today.as_ref().and_then(|today| swept.place(today)),
        across: if is_team { String::new() } else { format!("{}{unit}", named(page.over)) },
        ticks: if is_team { Vec::new() } else { swept.ticks() },
        words_across: swept.is_words(),
        series,
    })
}

fn capacity_point(swept: &Swept, point: &SweepPoint) -> Option<CapacityPoint> {
    Some(CapacityPoint {
        reps: swept.place(&point.value)?,
        kept: point.kept.map(|e| e.value),
        interval: interval(point.kept),
        typical: span(point.kept_typical),
        holds: point.holds.map(|e| e.value),
        holds_interval: interval(point.holds),
        opportunities: point.opportunities.map(|e| e.value),
        opportunities_interval: interval(point.opportunities),
    })
}
