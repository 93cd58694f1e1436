//! Charts of rows: commitments against their goals, causes of lateness, rep hours, the funnel and its leaks.

use super::chart::{
    Axis, Bar, Bars, Forest, ForestRow, GREY, INK, Key, Panel, Part, Plot, Stack, Stacks, Swatch,
};
use super::from_picture::{ends, known, share_tip, trial};
use crate::report::plot::{Attainment, Funnel, Leak, RepHours, Span, WhyLate};
use crate::report::wording::{count, goal, money, percent, plain, whole_percent};

/// Commitments against their goals.
pub(super) fn attainment(input: &Attainment) -> Panel {
    let trial = trial(&input.words);
    let row = |row: &crate::report::plot::AttainmentRow| {
        let star = if row.own_goal { "*" } else { "" };
        let its_goal =
            known(row.goal).map_or(String::new(), |share| format!("; goal {}{star}", plain(&goal(share))));
        let held = known(row.quarters_kept)
            .map_or(String::new(), |held| format!("; reached in {} % of {trial}s", whole_percent(held)));
        let kept = share_tip(row.kept, row.interval, row.typical.map(|span| (span, trial)));
        ForestRow {
            label: row.label.clone(),
            part: row.part,
            value: known(row.kept),
            interval: ends(row.interval),
            typical: ends(row.typical),
            goal: known(row.goal),
            colour: 0,
            pale: false,
            tip: format!("{}: kept {kept}{its_goal}{held}", row.label),
        }
    };
    Panel {
        title: "How often each commitment is kept, share of leads (or of months)".into(),
        keys: vec![
            Key::new(Swatch::Dot, 0, format!("kept, all {trial}s together")),
            Key::new(Swatch::Interval, 0, "confidence interval of that figure"),
            Key::new(Swatch::Typical, 0, format!("typical {trial} (8 of 10)")),
            Key::new(Swatch::Stroke, INK, "goal"),
        ],
        plot: Plot::Forest(Forest {
            along: Axis::share("Share kept"),
            rows: input.rows.iter().map(row).collect(),
            zero: None,
        }),
    }
}

/// The colour of a cause by its place; the rest is grey.
fn cause_colour(place: usize, has_own: bool) -> usize {
    if has_own { [0, 1, 2, 3, 4, 5, INK][place % 7] } else { GREY }
}

/// What late leads waited for.
pub(super) fn why_late(input: &WhyLate) -> Panel {
    let has_own = |place: usize| input.colours.get(place).is_none_or(Option::is_some);
    let colour = |place| cause_colour(place, has_own(place));
    let bar = |bar: &crate::report::plot::WhyLateBar| {
        let part = |(place, share): (usize, &Option<f64>)| {
            let share = known(*share)?;
            let whole = bar.written.get(place).map_or(whole_percent(share), u32::to_string);
            let cause = input.causes.get(place).map_or("", String::as_str);
            Some(Part {
                share,
                written: whole,
                colour: colour(place),
                tip: format!("{}: {cause}, {} % of the time late leads waited", bar.label, percent(share)),
            })
        };
        Stack {
            label: if bar.note.is_empty() {
                bar.label.clone()
            } else {
                format!("{}\n{}", bar.label, plain(&bar.note))
            },
            parts: bar.shares.iter().enumerate().filter_map(part).filter(|part| part.share > 0.0).collect(),
        }
    };
    let key = |(place, cause): (usize, &String)| Key::new(Swatch::Field, colour(place), cause.clone());
    Panel {
        title: "What late leads waited for, per cent of their waiting".into(),
        keys: input.causes.iter().enumerate().map(key).collect(),
        plot: Plot::Stacks(Stacks { rows: input.bars.iter().map(bar).collect() }),
    }
}

/// What paid hours go to, the largest use on top.
pub(super) fn rep_hours(input: &RepHours) -> Panel {
    let mut rows: Vec<_> = input.rows.iter().collect();
    rows.sort_by(|a, b| known(b.share).unwrap_or(-1.0).total_cmp(&known(a.share).unwrap_or(-1.0)));
    let bar = |row: &&crate::report::plot::RepHoursRow| {
        let hours = known(row.hours_per_week).map_or(String::new(), |hours| format!(" · {hours:.1} h"));
        let tip_hours =
            known(row.hours_per_week).map_or(String::new(), |h| format!(", {h:.1} hours per rep-week"));
        Bar {
            label: row.label.clone(),
            value: known(row.share),
            interval: ends(row.interval),
            written: known(row.share).map_or("–".into(), |share| format!("{} %{hours}", percent(share))),
            colour: usize::from(row.highlighted),
            tip: format!(
                "{}: {} of paid hours{tip_hours}",
                row.label,
                share_tip(row.share, row.interval, None)
            ),
        }
    };
    Panel {
        title: "Share of paid hours, and hours per rep and week".into(),
        keys: vec![
            Key::new(Swatch::Field, 1, "work on leads"),
            Key::new(Swatch::Field, 0, "everything else"),
        ],
        plot: Plot::Bars(Bars { rows: rows.iter().map(bar).collect() }),
    }
}

/// "344 (interval 343–345)".
fn count_tip(value: Option<f64>, interval: Option<Span>, written: fn(f64) -> String) -> String {
    let Some(value) = known(value) else { return "no figure".into() };
    let interval = ends(interval).map_or(" (no interval)".into(), |(low, high)| {
        format!(" (interval {}–{})", written(low), written(high))
    });
    format!("{}{interval}", written(value))
}

/// Counts with one decimal below a thousand, so that intervals are not narrower than their digits.
fn finely(value: f64) -> String {
    if value.abs() < 1000.0 { format!("{value:.1}").replace('-', "−") } else { count(value) }
}

/// The funnel, and below it what leaks.
pub(super) fn funnel(input: &Funnel) -> Vec<Panel> {
    let trial = trial(&input.words);
    let stage = |stage: &crate::report::plot::FunnelStage| {
        let note = if stage.note.is_empty() { String::new() } else { format!(" · {}", plain(&stage.note)) };
        Bar {
            label: stage.label.clone(),
            value: known(stage.count),
            interval: ends(stage.interval),
            written: known(stage.count).map_or("–".into(), |number| format!("{}{note}", count(number))),
            colour: 0,
            tip: format!(
                "{}: {} a {trial}{note}",
                stage.label,
                count_tip(stage.count, stage.interval, finely)
            ),
        }
    };
    let leak = |leak: &Leak| {
        let dollars = known(leak.pipeline).map_or(String::new(), |lost| format!(" · {}", money(lost)));
        let pipeline = known(leak.pipeline).map_or(String::new(), |_| {
            format!("; pipeline {}", count_tip(leak.pipeline, leak.pipeline_interval, money))
        });
        Bar {
            label: leak.cause.clone(),
            value: known(leak.opportunities),
            interval: ends(leak.interval),
            written: known(leak.opportunities)
                .map_or("–".into(), |lost| format!("{}{dollars}", count(lost))),
            colour: 1,
            tip: format!(
                "{}: {} opportunities a {trial} lost{pipeline}",
                leak.cause,
                count_tip(leak.opportunities, leak.interval, |n| format!("{n:.2}"))
            ),
        }
    };
    let mut panels = vec![Panel {
        title: format!("Leads that reach each stage, per {trial}"),
        keys: Vec::new(),
        plot: Plot::Bars(Bars { rows: input.stages.iter().map(stage).collect() }),
    }];
    if !input.leaks.is_empty() {
        panels.push(Panel {
            title: format!("What leaks, opportunities and pipeline per {trial}"),
            keys: Vec::new(),
            plot: Plot::Bars(Bars { rows: input.leaks.iter().map(leak).collect() }),
        });
    }
    panels
}
