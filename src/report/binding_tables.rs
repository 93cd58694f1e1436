//! Which constraint binds, as data and as a picture: one JSON document, one CSV row a constraint and yardstick, the waterfall from today
//! to everything taken away.

use super::binding::{WhyPage, answer};
use super::binding_words::{lifted, name, none_here, unit};
use super::comparison_words::{Scaled, value};
use super::json::word;
use super::pictures::interval;
use super::plot::{Picture, Waterfall, WaterfallStep, Words};
use super::tables::{owned, written};
use super::wording::{goal, plain};
use crate::plan::constraints::Constraint;
use crate::plan::why::{Gain, OtherCurve, Ranking};
use crate::plan::yardstick::Yardstick;
use crate::stats::shapley::Orders;
use crate::stats::{Estimate, Method};
use crate::study::Unit;
use serde::Serialize;

/// The whole answer. Shares are fractions, money is dollars.
#[derive(Debug, Serialize)]
pub struct WhyDocument<'a> {
    format: &'static str,
    scenario: &'a str,
    clause: Option<&'a str>,
    answer: String,
    seed: u64,
    trials: u64,
    trials_played: u64,
    scenarios_played: u64,
    stopped: bool,
    /// Constraints of the scenario that it was stopped before; "here" below, and in no ranking.
    unplayed: &'a [Constraint],
    /// Of the intervals of one column together.
    level: f64,
    level_of_each: f64,
    /// Orders over which shares are averaged.
    orders: Orders,
    constraints: Vec<Told>,
    rankings: Vec<RankingRow>,
    other_curve: Option<Other<'a>>,
}

#[derive(Debug, Serialize)]
struct Told {
    constraint: Constraint,
    name: &'static str,
    /// Whether the scenario has anything of it.
    here: bool,
    /// What taking it away means, or why there is nothing to take away.
    means: String,
}

#[derive(Debug, Serialize)]
struct RankingRow {
    yardstick: Yardstick,
    estimand: &'static str,
    today: Ends,
    everything_taken_away: Ends,
    gap: Ends,
    constraints: Vec<GainRow>,
}

#[derive(Debug, Serialize)]
struct GainRow {
    constraint: Constraint,
    /// From 1; none for what the scenario has nothing of.
    rank: Option<usize>,
    alone: Ends,
    shapley_share: Option<Ends>,
    /// How many times the trials it would take to know `alone` as well without the same leads.
    worth_of_same_leads: Option<f64>,
}

#[derive(Debug, Serialize)]
struct Other<'a> {
    curve: &'a str,
    refused: Option<&'a str>,
    moved_to_contact: Option<f64>,
    trials: u64,
    pipeline_alone: Vec<OtherRow>,
    /// Pairs whose order by pipeline is the other way round, told apart under both curves.
    swapped: Vec<[Constraint; 2]>,
    /// The same told apart under this curve only.
    swapped_or_not: Vec<[Constraint; 2]>,
}

#[derive(Debug, Serialize)]
struct OtherRow {
    constraint: Constraint,
    alone: Ends,
}

#[derive(Debug, Clone, Copy, Serialize)]
struct Ends {
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    level: f64,
    method: Method,
    trials: u64,
}

impl Ends {
    fn of(estimate: Estimate) -> Ends {
        let shown = estimate.shown();
        Ends {
            value: estimate.is_known().then_some(estimate.value),
            low: shown.map(|ends| ends.0),
            high: shown.map(|ends| ends.1),
            level: estimate.level,
            method: estimate.method,
            trials: estimate.trials,
        }
    }

    /// What is nothing in every trial, because there is nothing to take away.
    fn nothing(page: &WhyPage<'_>) -> Ends {
        let level = page.why.level_of_each;
        let (zero, trials) = (Some(0.0), page.why.trials);
        Ends { value: zero, low: zero, high: zero, level, method: Method::Exact, trials }
    }
}

fn estimand(yardstick: Yardstick) -> &'static str {
    match yardstick {
        Yardstick::Attainment => {
            "share of leads for which the promise was kept, pooled over trials (ratio of sums); differences trial by trial on the same leads"
        }
        Yardstick::Opportunities => {
            "opportunities of new MQLs a trial, mean by expected values; differences trial by trial on the same leads"
        }
        Yardstick::Pipeline => {
            "pipeline of new MQLs a trial in dollars, mean by expected values; differences trial by trial on the same leads"
        }
    }
}

fn gains(page: &WhyPage<'_>, ranking: &Ranking) -> Vec<GainRow> {
    let row = |(place, gain): (usize, &Gain)| GainRow {
        constraint: gain.constraint,
        rank: Some(place + 1),
        alone: Ends::of(gain.alone),
        shapley_share: gain.share.map(Ends::of),
        worth_of_same_leads: gain.worth,
    };
    let absent = page.why.absent.iter().map(|constraint| GainRow {
        constraint: *constraint,
        rank: None,
        alone: Ends::nothing(page),
        shapley_share: Some(Ends::nothing(page)),
        worth_of_same_leads: None,
    });
    ranking.gains.iter().enumerate().map(row).chain(absent).collect()
}

/// The document of the page.
pub fn why_document<'a>(page: &WhyPage<'a>) -> WhyDocument<'a> {
    let (why, asked) = (page.why, page.asked);
    let told = |constraint: &Constraint| {
        let here = why.present.contains(constraint);
        let means = match here {
            true => lifted(*constraint, why.joins.as_deref()),
            false => none_here(*constraint, page.model),
        };
        Told { constraint: *constraint, name: name(*constraint), here, means: plain(&means) }
    };
    WhyDocument {
        format: "leadsim why 1",
        scenario: page.name,
        clause: asked.promise.map(|place| page.model.agreement.commitments[place].id.as_str()),
        answer: plain(&answer(page)),
        seed: asked.seed,
        trials: why.trials,
        trials_played: why.played,
        scenarios_played: why.scenarios,
        stopped: why.stopped,
        unplayed: &why.unplayed,
        level: asked.level,
        level_of_each: why.level_of_each,
        orders: why.orders,
        constraints: Constraint::ALL.iter().map(told).collect(),
        rankings: why
            .rankings
            .iter()
            .map(|ranking| RankingRow {
                yardstick: ranking.yardstick,
                estimand: estimand(ranking.yardstick),
                today: Ends::of(ranking.today),
                everything_taken_away: Ends::of(ranking.everything),
                gap: Ends::of(ranking.gap),
                constraints: gains(page, ranking),
            })
            .collect(),
        other_curve: why.other.as_ref().map(other),
    }
}

fn other(other: &OtherCurve) -> Other<'_> {
    match other {
        OtherCurve::Refused { curve, why } => Other {
            curve,
            refused: Some(why),
            moved_to_contact: None,
            trials: 0,
            pipeline_alone: Vec::new(),
            swapped: Vec::new(),
            swapped_or_not: Vec::new(),
        },
        OtherCurve::Played { curve, moved_to_contact, alone, swapped, open, trials } => Other {
            curve,
            refused: None,
            moved_to_contact: *moved_to_contact,
            trials: *trials,
            pipeline_alone: alone
                .iter()
                .map(|(constraint, alone)| OtherRow { constraint: *constraint, alone: Ends::of(*alone) })
                .collect(),
            swapped: swapped.iter().map(|(ahead, behind)| [*ahead, *behind]).collect(),
            swapped_or_not: open.iter().map(|(ahead, behind)| [*ahead, *behind]).collect(),
        },
    }
}

/// One row a yardstick and constraint, the whole gap at the end of each.
pub fn why_table(page: &WhyPage<'_>) -> Vec<u8> {
    let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    let ends = |ends: Option<Ends>| match ends {
        Some(ends) => [number(ends.value), number(ends.low), number(ends.high)],
        None => [(); 3].map(|()| String::new()),
    };
    let mut table = vec![owned(&[
        "yardstick",
        "rank",
        "constraint",
        "alone",
        "alone_low",
        "alone_high",
        "shapley_share",
        "share_low",
        "share_high",
        "level",
        "trials",
        "worth_of_same_leads",
    ])];
    for ranking in &page.why.rankings {
        for row in gains(page, ranking) {
            let mut cells = vec![
                word(ranking.yardstick),
                row.rank.map_or(String::new(), |rank| rank.to_string()),
                word(row.constraint),
            ];
            cells.extend(ends(Some(row.alone)).into_iter().chain(ends(row.shapley_share)));
            cells.extend([
                row.alone.level.to_string(),
                row.alone.trials.to_string(),
                number(row.worth_of_same_leads),
            ]);
            table.push(cells);
        }
        if !ranking.gap.is_known() {
            continue;
        }
        let gap = Ends::of(ranking.gap);
        let mut cells = vec![word(ranking.yardstick), String::new(), "all_taken_away".to_owned()];
        cells.extend(ends(Some(gap)).into_iter().chain(ends(Some(gap))));
        cells.extend([gap.level.to_string(), gap.trials.to_string(), String::new()]);
        table.push(cells);
    }
    written(table)
}

/// "64.2–65.6".
fn ends(unit: Unit, estimate: Estimate) -> String {
    let at =
        |end: f64| plain(&value(unit, Estimate { value: end, ..estimate })).trim_end_matches(" %").to_owned();
    estimate.shown().map_or(String::new(), |(low, high)| format!("{}–{}", at(low), at(high)))
}

/// From today over every fair share, the largest first, to everything taken away.
pub fn waterfall(page: &WhyPage<'_>) -> Picture {
    let (ranking, why, trial) = (page.main(), page.why, page.trial());
    let unit = unit(ranking.yardstick);
    let mut shared: Vec<(&Gain, Estimate)> =
        ranking.gains.iter().filter_map(|gain| Some((gain, gain.share?))).collect();
    shared.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
    let step = |(gain, share): &(&Gain, Estimate)| {
        let scaled = Scaled::of(unit, *share);
        let alone = Scaled::of(unit, gain.alone);
        WaterfallStep {
            label: name(gain.constraint).to_owned(),
            change: share.value,
            interval: interval(Some(*share)),
            words: plain(&scaled.signed(share.value)),
            note: format!("alone {}", plain(&alone.signed(gain.alone.value))),
        }
    };
    let first = answer(page);
    let title = first.split_once(';').map_or(first.as_str(), |(first, _)| first).trim_end_matches('.');
    Picture::Waterfall(Waterfall {
        words: Words {
            title: plain(title),
            subtitle: plain(&format!(
                "{}: {}, from today to everything taken away, {}",
                page.name,
                page.subject(),
                super::wording::dates(&page.model.horizon)
            )),
            footer: plain(&format!(
                "{} of each, seed {}, the same leads through each. Bars: fair (Shapley) share of the whole gap; whiskers: {} intervals, together. \"alone\": what taking only this away brings.{}",
                trial.count(why.trials),
                page.asked.seed,
                goal(page.asked.level),
                if why.stopped { " Stopped before everything was finished." } else { "" }
            )),
            trial: trial.short.into(),
        },
        measure: match ranking.yardstick {
            Yardstick::Attainment => "Share of leads for which the promise is kept".into(),
            _ => format!("Opportunities a {}", plain(&trial.one)),
        },
        in_percent: ranking.yardstick == Yardstick::Attainment,
        start: Some(ranking.today.value).filter(|value| value.is_finite()),
        start_words: plain(&value(unit, ranking.today)),
        start_note: ends(unit, ranking.today),
        steps: shared.iter().map(step).collect(),
        end: Some(ranking.everything.value).filter(|value| value.is_finite()),
        end_words: match ranking.everything.is_known() {
            true => plain(&value(unit, ranking.everything)),
            false => "not known".into(),
        },
        end_note: ends(unit, ranking.everything),
    })
}
