//! Example pictures for the tests: inputs meant to break a layout.

use super::samples::{around, curve, words};
use super::*;

const LONG: &str =
    "Ünïcode Łódź commitment with a very long name that nobody would say aloud in one breath & <tags>";

fn long_words() -> Words {
    Words {
        title: [LONG; 4].join(" "),
        subtitle: [LONG; 4].join(" "),
        footer: [LONG; 6].join(" "),
        trial: String::new(),
    }
}

/// Inputs meant to break a layout: empty, one value, missing values, sixty rows, long names.
pub fn hard() -> Vec<(&'static str, Picture)> {
    let mut pictures = empty();
    pictures.extend(single());
    pictures.extend(single_rows());
    pictures.extend(crowded_rows());
    pictures.extend(crowded_lines());
    pictures
}

fn empty() -> Vec<(&'static str, Picture)> {
    vec![
        ("empty-attainment", Picture::Attainment(Attainment::default())),
        ("empty-response-times", Picture::ResponseTimes(ResponseTimes::default())),
        ("empty-why-late", Picture::WhyLate(WhyLate::default())),
        ("empty-by-week", Picture::ByWeek(ByWeek::default())),
        ("empty-heat-map", Picture::HeatMap(HeatMap::default())),
        ("empty-rep-hours", Picture::RepHours(RepHours::default())),
        ("empty-funnel", Picture::Funnel(Funnel::default())),
        ("empty-capacity-curve", Picture::CapacityCurve(CapacityCurve::default())),
        ("empty-waterfall", Picture::Waterfall(Waterfall::default())),
        ("hard-waterfall", Picture::Waterfall(hard_waterfall())),
        ("empty-forest", Picture::Forest(Forest::default())),
        ("forest-of-gaps", Picture::Forest(forest_of_gaps())),
    ]
}

/// Long names, steps below zero, no interval, an end that is not reached by the steps.
fn hard_waterfall() -> Waterfall {
    let step = |change: f64| WaterfallStep {
        label: LONG.to_owned(),
        change,
        interval: None,
        words: LONG.to_owned(),
        note: LONG.to_owned(),
    };
    Waterfall {
        words: long_words(),
        measure: "Opportunities".to_owned(),
        start: Some(3.0),
        start_words: LONG.to_owned(),
        steps: vec![step(-7.5), step(0.0), step(120.0)],
        end: Some(90.0),
        end_words: LONG.to_owned(),
        end_note: LONG.to_owned(),
        ..Waterfall::default()
    }
}

fn single() -> Vec<(&'static str, Picture)> {
    let words = || words("One value only", "the smallest study");
    let point = CapacityPoint {
        reps: 6.0,
        kept: Some(0.64),
        interval: around(0.64, 0.05),
        typical: around(0.64, 0.2),
        holds: Some(f64::NAN),
        opportunities: Some(0.0),
        ..CapacityPoint::default()
    };
    let series = CapacitySeries { label: "as it is".to_owned(), points: vec![point] };
    let curve = ResponseCurve {
        label: "Tier 1".to_owned(),
        points: vec![(0.0, 0.4)],
        targets: vec![CurveTarget { minutes: 0.0, words: None }],
        ..ResponseCurve::default()
    };
    let week =
        WeekPoint { start: "2 Feb".to_owned(), kept: Some(0.0), interval: around(0.0, 0.1), typical: None };
    vec![
        (
            "single-capacity-curve",
            Picture::CapacityCurve(CapacityCurve {
                own_goal: true,
                group: String::new(),
                across: String::new(),
                ticks: Vec::new(),
                words_across: false,
                words: words(),
                measure: "kept".to_owned(),
                goal: Some(1.0),
                current_reps: Some(6.0),
                series: vec![series],
            }),
        ),
        (
            "single-response-times",
            Picture::ResponseTimes(ResponseTimes { words: words(), curves: vec![curve] }),
        ),
        (
            "single-by-week",
            Picture::ByWeek(ByWeek {
                own_goal: false,
                words: words(),
                measure: "kept".to_owned(),
                goal: Some(0.0),
                weeks: vec![week],
            }),
        ),
    ]
}

/// Rows without a value.
fn single_rows() -> Vec<(&'static str, Picture)> {
    let words = || words("One value only", "the smallest study");
    let cells = [[None; 24]; 7];
    vec![
        (
            "single-heat-map",
            Picture::HeatMap(HeatMap {
                words: words(),
                panels: vec![HeatPanel {
                    title: LONG.to_owned(),
                    unit: LONG.to_owned(),
                    cap: None,
                    cells,
                    numbers: true,
                }],
            }),
        ),
        (
            "single-why-late",
            Picture::WhyLate(WhyLate {
                words: words(),
                causes: vec!["meetings".to_owned()],
                colours: Vec::new(),
                bars: vec![WhyLateBar {
                    label: "Tier 1".to_owned(),
                    note: String::new(),
                    shares: vec![None],
                    written: vec![0],
                }],
            }),
        ),
        (
            "single-attainment",
            Picture::Attainment(Attainment { words: words(), rows: vec![AttainmentRow::default()] }),
        ),
        (
            "single-rep-hours",
            Picture::RepHours(RepHours { words: words(), rows: vec![RepHoursRow::default()] }),
        ),
        (
            "single-funnel",
            Picture::Funnel(Funnel {
                words: words(),
                currency: "€".to_owned(),
                stages: vec![FunnelStage::default()],
                leaks: vec![Leak::default()],
            }),
        ),
    ]
}

fn name(position: usize) -> String {
    format!("{position} {LONG}")
}

/// One share in seven is missing.
fn share(position: usize) -> Option<f64> {
    (position % 7 != 3).then_some((position % 11) as f64 / 10.0)
}

/// Many rows with long names.
fn crowded_rows() -> Vec<(&'static str, Picture)> {
    let rows = (0..60).map(|position| AttainmentRow {
        label: name(position),
        part: position % 3 == 2,
        goal: share(position + 1),
        own_goal: true,
        kept: share(position),
        interval: share(position).and_then(|kept| around(kept, 0.02)),
        typical: share(position).and_then(|kept| around(kept, 0.3)),
        quarters_kept: share(position + 2),
    });
    let bars = (0..12).map(|position| WhyLateBar {
        label: name(position),
        note: LONG.to_owned(),
        shares: vec![
            share(position).map(|share| share / 2.0),
            Some(0.01),
            None,
            Some(0.3),
            Some(0.05),
            Some(0.2),
        ],
        written: Vec::new(),
    });
    let hours = (0..60).map(|position| RepHoursRow {
        label: name(position),
        share: share(position),
        interval: share(position + 1).and_then(|share| around(share, 0.2)),
        hours_per_week: share(position),
        highlighted: position == 4,
    });
    let stages = (0..12).map(|position| FunnelStage {
        label: name(position),
        count: Some(1_234_567.0 / (position + 1) as f64),
        interval: Some(Span::new(0.0, 2e6)),
        note: LONG.to_owned(),
    });
    let leaks = (0..12).map(|position| Leak {
        cause: name(position),
        opportunities: share(position),
        interval: share(position).and_then(|share| around(share, 0.4)),
        pipeline: Some(-1e9),
        pipeline_interval: Some(Span::new(-2e9, 1.0)),
    });
    vec![
        ("crowded-attainment", Picture::Attainment(Attainment { words: long_words(), rows: rows.collect() })),
        (
            "crowded-why-late",
            Picture::WhyLate(WhyLate {
                words: long_words(),
                causes: (0..9).map(name).collect(),
                colours: (0..9).map(|cause| (cause < 8).then_some(cause + 4)).collect(),
                bars: bars.collect(),
            }),
        ),
        ("crowded-rep-hours", Picture::RepHours(RepHours { words: long_words(), rows: hours.collect() })),
        (
            "crowded-funnel",
            Picture::Funnel(Funnel {
                words: long_words(),
                currency: "CHF ".to_owned(),
                stages: stages.collect(),
                leaks: leaks.collect(),
            }),
        ),
    ]
}

/// Many lines and many stops along them.
fn crowded_lines() -> Vec<(&'static str, Picture)> {
    let curves = (0..8).map(|tier| ResponseCurve {
        label: name(tier),
        tier,
        clock: if tier % 2 == 0 { Clock::Agreement } else { Clock::Lead },
        points: curve(0.9, 4.0 + tier as f64, 50.0, 1.0),
        targets: vec![
            CurveTarget {
                minutes: 15.0 + tier as f64,
                words: (tier == 2).then(|| "1 business day (about 9 h)".to_owned()),
            },
            CurveTarget { minutes: 60.0, words: None },
        ],
    });
    let weeks = (0..60).map(|position| WeekPoint {
        start: format!("{} Sept", position + 1),
        kept: share(position),
        interval: share(position).and_then(|kept| around(kept, 0.05)),
        typical: share(position).and_then(|kept| around(kept, 0.2)),
    });
    let series = (0..8).map(|position| CapacitySeries {
        label: name(position),
        points: (1..=60)
            .map(|reps| CapacityPoint {
                reps: f64::from(reps),
                kept: (reps % 13 != 5).then_some(1.0 - 1.0 / f64::from(reps + position as i32)),
                typical: around(1.0 - 1.0 / f64::from(reps + position as i32), 0.05),
                holds: Some(f64::from(reps) / 60.0),
                opportunities: Some(f64::from(reps * 1000)),
                ..CapacityPoint::default()
            })
            .collect(),
    });
    vec![
        (
            "crowded-response-times",
            Picture::ResponseTimes(ResponseTimes { words: long_words(), curves: curves.collect() }),
        ),
        (
            "crowded-by-week",
            Picture::ByWeek(ByWeek {
                words: long_words(),
                measure: LONG.repeat(2),
                goal: Some(0.95),
                own_goal: false,
                weeks: weeks.collect(),
            }),
        ),
        (
            "crowded-capacity-curve",
            Picture::CapacityCurve(CapacityCurve {
                across: String::new(),
                ticks: Vec::new(),
                words_across: false,
                words: long_words(),
                measure: LONG.repeat(2),
                goal: Some(0.9),
                own_goal: true,
                group: name(1),
                current_reps: Some(60.0),
                series: series.collect(),
            }),
        ),
    ]
}

/// One alternative without a value, one without an interval, a label too long for its column.
fn forest_of_gaps() -> Forest {
    let row = |label: &str, mark: Option<ForestMark>| ForestRow { label: label.into(), marks: vec![mark] };
    let bare =
        ForestMark { value: Some(3.0), interval: None, moved: false, words: "+3, no real difference".into() };
    let infinite = ForestMark {
        value: Some(f64::NAN),
        interval: Some(Span::new(f64::NEG_INFINITY, 1.0)),
        ..bare.clone()
    };
    Forest {
        words: Words { title: "Gaps".into(), ..Words::default() },
        alternatives: vec!["only one".into()],
        panels: vec![ForestPanel {
            unit: "number".into(),
            rows: vec![
                row("none", None),
                row(&"a name that is far too long for any column ".repeat(4), Some(bare)),
                row("infinite", Some(infinite)),
            ],
        }],
    }
}
