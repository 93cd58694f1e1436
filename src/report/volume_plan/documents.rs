//! The answer of `volume` as JSON and as CSV tables.

use super::under_other_curve::recommendation;
use super::{TeamAnswer, VolumePage, which_to_plan};
use crate::plan::volume::{Delivery, Lags, Line, Needed, OtherCurve, Turning, VolumePoint};
use crate::report::tables::{owned, written};
use crate::stats::Estimate;
use serde_json::{Value, json as object};

/// Everything as one JSON document.
pub fn json(page: &VolumePage<'_>) -> String {
    let paper = page.paper;
    let question = &paper.question;
    let document = object!({
        "leadsim": env!("CARGO_PKG_VERSION"),
        "name": page.name,
        "inputs": page.inputs.iter().map(|input| object!({
            "what": input.what, "value": input.value, "source": input.source,
        })).collect::<Vec<Value>>(),
        "goal": question.goal,
        "amount": question.amount,
        "amount_cv": question.amount_cv,
        "rate": question.rate,
        "rate_from": question.rate_from,
        "volume_cv": match question.delivery { Delivery::Uneven(cv) => Some(cv), _ => None },
        "volume_fixed": question.delivery == Delivery::Fixed,
        "share_in_time": question.inside,
        "wanted": paper.wanted,
        "textbook": paper.textbook,
        "needed": paper.needed,
        "ladder": paper.rungs.iter().map(|rung| object!({
            "layer": rung.layer.name(),
            "at_textbook": rung.at_textbook,
            "needed": paper.columns.iter().zip(&rung.needed).map(|(wanted, needed)| object!({
                "probability": wanted, "mqls": needed,
            })).collect::<Vec<Value>>(),
            "method": "exact",
        })).collect::<Vec<Value>>(),
        "rate_known_from": paper.by_evidence.iter().map(|(past, needed)| object!({
            "past_mqls": past, "mqls": needed,
        })).collect::<Vec<Value>>(),
        "one_more_quarter": paper.worth.map(|worth| object!({
            "past_mqls": worth.past, "then": worth.then, "mqls": worth.needed, "mqls_then": worth.needed_then,
        })),
        "coverage": paper.coverage.map(|coverage| object!({
            "bookings": coverage.bookings, "typical_low": coverage.typical.0, "typical_high": coverage.typical.1,
            "three_times": coverage.covered,
        })),
        "time": page.lag.map(|lag| object!({
            "counted": lag.counted, "in_time": lags(&lag.lags), "won_in_time": lag.wins.as_ref().map(lags),
            "needed_where_only_those_count": lag.needed_inside, "needed_where_all_count": lag.needed_ever,
        })),
        "team": page.team.as_ref().map(|team| object!({
            "reps_today": team.reps, "bookings": team.bookings, "level": team.level, "seed": team.seed,
            "trials": team.trials, "stopped": team.answer.stopped,
            "plan_with": which_to_plan::shown(team).filter(|line| line.reaches()).map(|line| object!({
                "reps": line.reps, "needed": needed(&line.needed),
            })),
            "headcounts": team.answer.lines.iter().map(line).collect::<Vec<Value>>(),
            "other_curve": team.answer.other.as_ref().map(|other| curve(team, other)),
        })),
    });
    crate::report::json::text(&document)
}

fn lags(lags: &Lags) -> Value {
    object!({ "share": lags.inside, "by_week": lags.by_week, "days": lags.days })
}

fn estimate(estimate: &Estimate) -> Value {
    let shown = estimate.shown();
    object!({
        "value": finite(estimate.value),
        "low": shown.map(|ends| ends.0),
        "high": shown.map(|ends| ends.1),
        "method": estimate.method,
    })
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

fn line(line: &Line) -> Value {
    object!({
        "reps": line.reps,
        "needed": needed(&line.needed),
        "reaches_the_goal": line.reaching.told(),
        "turning": turning(line.turning),
        "volumes": line.points.iter().map(point).collect::<Vec<Value>>(),
    })
}

fn needed(needed: &Needed) -> Value {
    match needed {
        Needed::Leads { leads, low, high } => object!({ "mqls": leads, "low": low, "high": high }),
        Needed::AtMost { leads } => object!({ "mqls_at_most": leads }),
        Needed::NotReached { best, at, never } => {
            object!({ "best_probability": estimate(best), "at_mqls": at, "cannot_be_reached": never })
        }
    }
}

fn turning(turning: Turning) -> Value {
    match turning {
        Turning::Turns { at, low, high } => object!({ "turns_at": at, "low": low, "high": high }),
        Turning::Rises { up_to } => object!({ "rises_up_to": up_to }),
        Turning::CannotTell { from, up_to } => object!({ "cannot_tell_from": from, "up_to": up_to }),
    }
}

fn point(point: &VolumePoint) -> Value {
    object!({
        "times": point.times,
        "mqls": point.leads,
        "trials": point.trials,
        "opportunities": estimate(&point.opportunities),
        "opportunities_typical": point.opportunities_typical,
        "rate": estimate(&point.rate),
        "probability": estimate(&point.chance),
        "coverage_typical": point.coverage_typical,
        "three_times": estimate(&point.covered),
        "opportunities_per_100_more": point.gain.as_ref().map(estimate),
    })
}

fn curve(team: &TeamAnswer<'_>, curve: &OtherCurve) -> Value {
    match curve {
        OtherCurve::Refused { name, why } => object!({ "curve": name, "refused": why }),
        OtherCurve::Played { own_name, name, moved_to_contact, own, line: other } => object!({
            "curve": name, "moved_to_contact": moved_to_contact, "result": line(other),
            "instead_of": own_name, "own_on_the_same_trials": line(own),
            "recommendation_changes": recommendation(team, curve).changes(),
            "probability_with_own_mqls_minus_own": own.other_minus_own(other, team.level).as_ref().map(estimate),
        }),
    }
}

fn number(value: Option<f64>) -> String {
    value.filter(|value| value.is_finite()).map_or(String::new(), |value| value.to_string())
}

/// The ladder: one row a layer and wanted probability.
pub fn ladder_csv(page: &VolumePage<'_>) -> Vec<u8> {
    let paper = page.paper;
    let head = owned(&["layer", "at_textbook", "probability", "mqls"]);
    let first = vec!["textbook".into(), String::new(), String::new(), paper.textbook.to_string()];
    let rows = paper.rungs.iter().flat_map(|rung| {
        paper.columns.iter().zip(&rung.needed).map(|(wanted, needed)| {
            vec![
                rung.layer.name().to_owned(),
                rung.at_textbook.to_string(),
                wanted.to_string(),
                needed.map_or(String::new(), |needed| needed.to_string()),
            ]
        })
    });
    written([head, first].into_iter().chain(rows))
}

/// The curves: one row a number of MQLs, one column a layer.
pub fn curves_csv(page: &VolumePage<'_>) -> Vec<u8> {
    let curves = &page.paper.curves;
    let mut head = owned(&["mqls"]);
    head.extend(curves.iter().map(|(layer, _)| layer.name().to_owned()));
    let places = curves.first().map_or(0, |(_, points)| points.len());
    let row = |place: usize| {
        let leads = curves.first().map_or(String::new(), |(_, points)| points[place].0.to_string());
        std::iter::once(leads).chain(curves.iter().map(|(_, points)| points[place].1.to_string())).collect()
    };
    written(std::iter::once(head).chain((0..places).map(row)))
}

/// The team: one row a headcount and volume; `None` without a team.
pub fn team_csv(page: &VolumePage<'_>) -> Option<Vec<u8>> {
    let team = page.team.as_ref()?;
    let mut head = owned(&["curve", "reps", "times", "mqls", "trials"]);
    for measure in ["opportunities", "rate", "probability", "three_times", "opportunities_per_100_more"] {
        head.extend([measure.to_owned(), format!("{measure}_low"), format!("{measure}_high")]);
    }
    head.extend(owned(&[
        "opportunities_typical_low",
        "opportunities_typical_high",
        "coverage_typical_low",
        "coverage_typical_high",
    ]));
    let own = team.answer.lines.iter().map(|line| ("own", line));
    let other = team.answer.other.as_ref().and_then(|curve| match curve {
        OtherCurve::Played { name, line, .. } => Some((name.as_str(), line.as_ref())),
        OtherCurve::Refused { .. } => None,
    });
    let rows = own.chain(other).flat_map(|(curve, line)| {
        line.points.iter().map(move |point| {
            let mut row = vec![curve.to_owned(), line.reps.to_string(), point.times.to_string()];
            row.extend([point.leads.to_string(), point.trials.to_string()]);
            let estimates = [
                Some(point.opportunities),
                Some(point.rate),
                Some(point.chance),
                Some(point.covered),
                point.gain,
            ];
            for estimate in estimates {
                let shown = estimate.and_then(|estimate| estimate.shown());
                row.push(number(estimate.map(|estimate| estimate.value)));
                row.push(number(shown.map(|ends| ends.0)));
                row.push(number(shown.map(|ends| ends.1)));
            }
            for typical in [point.opportunities_typical, point.coverage_typical] {
                row.push(number(typical.map(|ends| ends.0)));
                row.push(number(typical.map(|ends| ends.1)));
            }
            row
        })
    });
    Some(written(std::iter::once(head).chain(rows)))
}
