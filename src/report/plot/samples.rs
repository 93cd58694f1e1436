//! Example pictures for the tests: the template's illustrative numbers.

use super::*;

pub fn words(title: &str, subtitle: &str) -> Words {
    Words {
        title: title.to_owned(),
        subtitle: subtitle.to_owned(),
        trial: String::new(),
        footer: "1,000 quarters, seed 1; bands: 95 % interval of the mean (dark) and typical quarter, 10th to 90th \
                 percentile (light). Illustrative defaults, not measured."
            .to_owned(),
    }
}

fn words_without_bands(title: &str, subtitle: &str) -> Words {
    let footer =
        "1,000 quarters, seed 1; means over all quarters. Illustrative defaults, not measured.".to_owned();
    Words { footer, ..words(title, subtitle) }
}

pub fn around(middle: f64, half: f64) -> Option<Span> {
    Some(Span::new((middle - half).max(0.0), (middle + half).min(1.0)))
}

pub fn attainment() -> Picture {
    let row = |label: &str, part, goal: Option<f64>, kept: f64, low: f64, high: f64, holds: Option<f64>| {
        let label = label.to_owned();
        let typical = Some(Span::new(low, high));
        AttainmentRow {
            label,
            part,
            goal,
            own_goal: kept < 0.7,
            kept: Some(kept),
            interval: around(kept, 0.004),
            typical,
            quarters_kept: holds,
        }
    };
    Picture::Attainment(Attainment {
        words: words(
            "Tier 1 within 15 minutes does not hold: the team keeps it for 64 % of leads, the goal is 90 %",
            "6 reps, one owner by round robin, 150 MQLs a month, February to April 2026",
        ),
        rows: vec![
            row("S1  Tier 1, first attempt", false, Some(0.9), 0.641, 0.57, 0.71, Some(0.0)),
            row("in hours, 15 min (2 of 3)", true, None, 0.563, 0.47, 0.66, None),
            row("after hours, by 09:00", true, None, 0.799, 0.70, 0.90, None),
            row("S2  Tier 2, 2 business hours", false, Some(0.9), 0.797, 0.75, 0.85, Some(0.0)),
            row("S3  Tier 3, 1 business day", false, Some(0.9), 0.945, 0.92, 0.97, Some(0.99)),
            row("S4  six attempts, then give up", false, Some(0.8), 0.489, 0.44, 0.54, Some(0.0004)),
            row("S5  accept or reject in 4 business hours", false, Some(0.9), 0.944, 0.93, 0.96, Some(1.0)),
        ],
    })
}

/// Share answered within each time: a share that is quick, the rest late, both log-normal-like in shape.
pub fn curve(quick: f64, quick_median: f64, late_median: f64, ceiling: f64) -> Vec<(f64, f64)> {
    let logistic = |minutes: f64, median: f64, slope: f64| 1.0 / (1.0 + (median / minutes).powf(slope));
    (0..=120)
        .map(|step| 0.5 * (4320.0_f64 / 0.5).powf(f64::from(step) / 120.0))
        .map(|minutes| {
            let share = quick * logistic(minutes, quick_median, 1.6)
                + (1.0 - quick) * logistic(minutes, late_median, 2.5);
            (minutes, ceiling * share)
        })
        .collect()
}

pub fn response_times() -> Picture {
    let one = |label: &str, tier, clock, points, target| ResponseCurve {
        label: label.to_owned(),
        tier,
        clock,
        points,
        targets: Option::<f64>::into_iter(target)
            .map(|minutes| CurveTarget { minutes, words: None })
            .collect(),
    };
    Picture::ResponseTimes(ResponseTimes {
        words: words_without_bands(
            "Half of Tier 1 leads hear from us within 9 minutes; the slowest tenth waits more than an hour",
            "Time from routing to the first attempt, 6 reps, one owner by round robin, February to April 2026",
        ),
        curves: vec![
            one("Tier 1", 0, Clock::Agreement, curve(0.8, 7.0, 70.0, 0.995), Some(15.0)),
            one("Tier 1, from the form", 0, Clock::Lead, curve(0.62, 9.0, 700.0, 0.99), None),
            one("Tier 2", 1, Clock::Agreement, curve(0.7, 45.0, 190.0, 0.98), Some(120.0)),
            one("Tier 2, from the form", 1, Clock::Lead, curve(0.5, 60.0, 900.0, 0.97), None),
            one("Tier 3", 2, Clock::Agreement, curve(0.7, 160.0, 330.0, 0.96), Some(480.0)),
        ],
    })
}

pub fn why_late() -> Picture {
    let bar = |label: &str, note: &str, shares: &[f64]| WhyLateBar {
        label: label.to_owned(),
        note: note.to_owned(),
        shares: shares.iter().map(|share| Some(*share)).collect(),
        written: Vec::new(),
    };
    Picture::WhyLate(WhyLate {
        words: words_without_bands(
            "Tier 1 leads are late because their one owner sits in meetings, not because of workload",
            "What late leads were waiting for, share of their waiting time, per tier",
        ),
        causes: ["meetings", "lunch", "slow to notice", "other leads", "nobody on shift", "rest"]
            .map(str::to_owned)
            .to_vec(),
        colours: vec![Some(0), Some(1), Some(6), Some(13), Some(7), None],
        bars: vec![
            bar("Tier 1", "28 late leads a quarter", &[0.43, 0.17, 0.15, 0.10, 0.06, 0.09]),
            bar("Tier 2", "41 late leads a quarter", &[0.35, 0.12, 0.11, 0.24, 0.14, 0.04]),
            bar("Tier 3", "9 late leads a quarter", &[0.21, 0.05, 0.02, 0.40, 0.31, 0.01]),
        ],
    })
}

pub fn by_week() -> Picture {
    let starts = [
        "2 Feb", "9 Feb", "16 Feb", "23 Feb", "2 Mar", "9 Mar", "16 Mar", "23 Mar", "30 Mar", "6 Apr",
        "13 Apr", "20 Apr", "27 Apr",
    ];
    let kept = [0.66, 0.65, 0.61, 0.65, 0.64, 0.66, 0.65, 0.63, 0.58, 0.52, 0.64, 0.65, 0.66];
    let week = |(start, kept): (&str, f64)| WeekPoint {
        start: start.to_owned(),
        kept: Some(kept),
        interval: around(kept, 0.014),
        typical: around(kept, 0.2),
    };
    Picture::ByWeek(ByWeek {
        words: words(
            "Tier 1 stays near 64 % every week; the Easter weeks are worst",
            "6 reps, one owner by round robin, February to April 2026",
        ),
        measure: "Tier 1 leads answered in time, share of the week's leads".to_owned(),
        goal: Some(0.9),
        own_goal: true,
        weeks: starts.into_iter().zip(kept).map(week).collect(),
    })
}

pub fn heat_map() -> Picture {
    let mut leads = [[Some(0.0); 24]; 7];
    let mut reps = [[Some(0.0); 24]; 7];
    for (day, hours) in leads.iter_mut().enumerate() {
        for (hour, cell) in hours.iter_mut().enumerate() {
            let peak = (-((hour as f64 - 13.0) / 4.0).powi(2)).exp() + 0.12;
            *cell = Some(if day < 5 { 2.3 * peak } else { 0.6 * peak });
        }
    }
    for hours in reps.iter_mut().take(5) {
        for (hour, cell) in hours.iter_mut().enumerate() {
            *cell = Some(match hour {
                9..=11 | 14..=16 => 5.2,
                12 | 13 => 3.1,
                _ => 0.0,
            });
        }
    }
    reps[6][23] = None;
    let panel = |title: &str, unit: &str, cells| HeatPanel {
        title: title.to_owned(),
        unit: unit.to_owned(),
        cap: None,
        cells,
        numbers: false,
    };
    Picture::HeatMap(HeatMap {
        words: words_without_bands(
            "A third of the leads come when nobody is on shift",
            "An average week, 6 reps on 09:00 to 17:00, February to April 2026, America/New_York",
        ),
        panels: vec![
            panel("Leads that arrive", "leads per hour", leads),
            panel("Reps who are there", "reps present", reps),
        ],
    })
}

pub fn rep_hours() -> Picture {
    let row = |label: &str, share: f64, highlighted| RepHoursRow {
        label: label.to_owned(),
        share: Some(share),
        interval: around(share, 0.01),
        hours_per_week: Some(share * 40.0),
        highlighted,
    };
    Picture::RepHours(RepHours {
        words: words_without_bands(
            "Leads take 4 % of rep hours: the team is busy, but not with leads",
            "6 full-cycle reps, 40 paid hours a week each",
        ),
        rows: vec![
            row("meetings with buyers", 0.27, false),
            row("working leads", 0.04, true),
            row("lunch and breaks", 0.125, false),
            row("follow-up on opportunities", 0.24, false),
            row("absent (holiday, sick)", 0.08, false),
            row("internal meetings", 0.11, false),
            row("free", 0.135, false),
        ],
    })
}

pub fn funnel() -> Picture {
    let stage = |label: &str, count, note: &str| FunnelStage {
        label: label.to_owned(),
        count: Some(count),
        interval: Some(Span::new(0.98 * count, 1.02 * count)),
        note: note.to_owned(),
    };
    let leak = |cause: &str, lost: f64| Leak {
        cause: cause.to_owned(),
        opportunities: Some(lost),
        interval: Some(Span::new(0.9 * lost, 1.1 * lost)),
        pipeline: Some(lost * 40_000.0),
        pipeline_interval: Some(Span::new(36_000.0 * lost, 44_000.0 * lost)),
    };
    Picture::Funnel(Funnel {
        words: words_without_bands(
            "Of 446 MQLs a quarter, 95 become opportunities; slow answers cost the least of it",
            "6 reps, one owner by round robin, February to April 2026",
        ),
        currency: "$".to_owned(),
        stages: vec![
            stage("MQL", 446.0, ""),
            stage("accepted", 341.0, "76 % of MQLs"),
            stage("contacted", 170.0, "50 % of accepted"),
            stage("SQL", 120.0, "71 % of contacted"),
            stage("meeting held", 101.0, "84 % of SQLs"),
            stage("opportunity", 95.0, "94 % of held"),
            stage("won", 21.0, "22 % of opportunities"),
        ],
        leaks: vec![
            leak("never reached", 47.8),
            leak("rejected by sales", 29.3),
            leak("given up before six attempts", 6.1),
            leak("meeting not held", 5.3),
            leak("first attempt too late", 1.7),
        ],
    })
}

/// Two alternatives, and measures of two units.
pub fn forest() -> Picture {
    let mark = |value: f64, half: f64| {
        Some(ForestMark {
            value: Some(value),
            interval: Some(Span::new(value - half, value + half)),
            moved: value.abs() > half,
            words: format!("{value:+.1}"),
        })
    };
    let row = |label: &str, marks: [(f64, f64); 2]| ForestRow {
        label: label.to_owned(),
        marks: marks.into_iter().map(|(value, half)| mark(value, half)).collect(),
    };
    Picture::Forest(Forest {
        words: words_without_bands(
            "Tier 1 within 15 minutes: back-up owner does best, +24.5 points against today",
            "back-up owner, two more reps minus today, the same leads through each, February to April 2026",
        ),
        alternatives: vec!["back-up owner after 5 min".to_owned(), "two more reps".to_owned()],
        panels: vec![
            ForestPanel {
                unit: "percentage points".to_owned(),
                rows: vec![
                    row("Tier 1 within 15 minutes, kept", [(24.5, 0.6), (1.2, 0.5)]),
                    row("Tier 1 within 15 minutes, goal reached", [(46.2, 5.0), (0.0, 0.4)]),
                    row("Tier 2 within 2 business hours, kept", [(0.1, 0.3), (-0.2, 0.3)]),
                ],
            },
            ForestPanel {
                unit: "thousand dollars a quarter".to_owned(),
                rows: vec![
                    row("pipeline", [(61.0, 5.0), (4.0, 6.0)]),
                    row("team cost", [(0.0, 0.0), (72.0, 0.1)]),
                ],
            },
        ],
    })
}

/// The numbers of the template's design notes, section 7 ("What these defaults show").
pub fn capacity_curve() -> Picture {
    let sizes = [2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 12.0];
    let series = |label: &str, kept: [f64; 7], holds: [f64; 7], opportunities: [f64; 7]| CapacitySeries {
        label: label.to_owned(),
        points: (0..7)
            .map(|place| CapacityPoint {
                reps: sizes[place],
                kept: Some(kept[place]),
                interval: around(kept[place], 0.006),
                typical: around(kept[place], 0.34 * (kept[place] * (1.0 - kept[place])).sqrt() * 0.42),
                holds: Some(holds[place]),
                holds_interval: around(
                    holds[place],
                    0.01 + 0.06 * (holds[place] * (1.0 - holds[place])).sqrt(),
                ),
                opportunities: Some(opportunities[place]),
                opportunities_interval: Some(Span::new(
                    opportunities[place] - 0.6,
                    opportunities[place] + 0.6,
                )),
            })
            .collect(),
    };
    Picture::CapacityCurve(CapacityCurve {
        own_goal: true,
        group: String::new(),
        words: words(
            "Hiring does not fix Tier 1: with one owner per lead it stays near 65 % at any team size",
            "Share of Tier 1 leads answered in time, by team size and by who may answer; 150 MQLs a month",
        ),
        measure: "Tier 1 leads answered in time (15 min in hours, by 09:00 after)".to_owned(),
        goal: Some(0.9),
        current_reps: Some(6.0),
        across: String::new(),
        ticks: Vec::new(),
        words_across: false,
        series: vec![
            series(
                "one owner, round robin",
                [0.58, 0.63, 0.64, 0.65, 0.65, 0.65, 0.66],
                [0.0; 7],
                [91.8, 93.9, 94.6, 95.0, 95.3, 95.4, 95.5],
            ),
            series(
                "back-up owner after 5 min",
                [0.66, 0.80, 0.87, 0.905, 0.92, 0.937, 0.945],
                [0.0, 0.02, 0.30, 0.58, 0.76, 0.90, 0.95],
                [92.4, 94.9, 96.1, 96.7, 97.0, 97.3, 97.5],
            ),
            series(
                "pooled",
                [0.67, 0.82, 0.89, 0.92, 0.937, 0.95, 0.96],
                [0.0, 0.04, 0.41, 0.70, 0.90, 0.98, 0.99],
                [92.6, 95.6, 97.2, 97.9, 98.4, 98.7, 98.9],
            ),
        ],
    })
}

pub fn waterfall() -> Picture {
    let step = |label: &str, change: f64| WaterfallStep {
        label: label.to_owned(),
        change,
        interval: Some(Span::new(change - 0.004, change + 0.004)),
        words: format!("{:+.1}", change * 100.0),
        note: "alone +24.0".to_owned(),
    };
    Picture::Waterfall(Waterfall {
        words: words_without_bands("Ownership and meetings bind, not headcount", "Tier 1 within 15 minutes"),
        measure: "Share of leads for which the promise is kept".to_owned(),
        in_percent: true,
        start: Some(0.649),
        start_words: "64.9 %".to_owned(),
        start_note: "64.2–65.6".to_owned(),
        steps: vec![
            step("ownership", 0.157),
            step("meetings", 0.106),
            step("attention", 0.078),
            step("routing delay", -0.002),
        ],
        end: Some(0.988),
        end_words: "98.8 %".to_owned(),
        end_note: "98.5–99.0".to_owned(),
    })
}

pub fn frontier() -> Picture {
    let point = |cost: f64, chance: f64, standing, label: &str| FrontierPoint {
        cost,
        chance,
        interval: around(chance, 0.02),
        standing,
        levers: label.to_owned(),
        label: label.to_owned(),
    };
    Picture::Frontier(Frontier {
        words: words(
            "93 % of quarters for $3,900 a quarter: a back-up owner and half the ad-hoc meetings",
            "price-list: S1 (Tier 1, first attempt within 15 minutes, 90 % goal), Feb to Apr 2026",
        ),
        measure: "Share of quarters that reach the goal".to_owned(),
        across: "Cost per quarter".to_owned(),
        wanted: 0.9,
        points: vec![
            point(0.0, 0.0, Standing::TooFew, "as it is"),
            point(0.0, 0.01, Standing::TooFew, ""),
            point(900.0, 0.46, Standing::TooFew, ""),
            point(2_500.0, 0.44, Standing::TooFew, ""),
            point(3_600.0, 0.895, Standing::Open, ""),
            point(3_900.0, 0.93, Standing::Answer, "back up + meetings"),
            point(4_000.0, 0.92, Standing::Enough, "runner-up: pool + team meeting + lunch + at once"),
            point(9_700.0, 0.99, Standing::Enough, ""),
        ],
    })
}

pub fn tornado() -> Picture {
    let end = |by: f64, half: f64, words: &str| {
        let interval = Some(Span::new(by - half, by + half));
        Some(TornadoEnd { by, interval, real: by.abs() > half, words: words.to_owned() })
    };
    let row = |label: &str, low, high| TornadoRow { label: label.to_owned(), ends: vec![low, high] };
    let rows = vec![
        row("meetings that come by chance", end(4.9, 0.4, "−30 %"), end(-7.4, 0.5, "+42 %")),
        row("leads that come", end(-0.1, 1.2, "−20 %"), end(-0.6, 1.1, "+25 %")),
        row("worth of speed (decay strength)", end(0.0, 0.0, "−50 %"), None),
    ];
    let panel = |title: &str, middle: &str| TornadoPanel {
        title: title.to_owned(),
        middle: middle.to_owned(),
        rows: rows.clone(),
    };
    Picture::Tornado(Tornado {
        words: words("Meetings decide whether the promise holds", "6 reps, 150 MQLs a month"),
        keys: vec!["input at its low end".into(), "input at its high end".into()],
        panels: vec![
            panel("Attainment of S1, difference in percentage points", "as written: attainment 64.8 %"),
            panel("Opportunities a quarter, difference", "as written: 96 opportunities"),
        ],
    })
}

pub fn all() -> Vec<(&'static str, Picture)> {
    vec![
        ("attainment", attainment()),
        ("response-times", response_times()),
        ("why-late", why_late()),
        ("by-week", by_week()),
        ("heat-map", heat_map()),
        ("rep-hours", rep_hours()),
        ("funnel", funnel()),
        ("capacity-curve", capacity_curve()),
        ("waterfall", waterfall()),
        ("forest", forest()),
        ("frontier", frontier()),
        ("tornado", tornado()),
    ]
}
