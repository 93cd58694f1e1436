//! The pictures of when: how long leads wait, what late ones wait for, week by week, and hour by hour through the week.

use super::causes::{self, Why};
use super::names;
use super::pictures::{Drawing, OWN_GOAL, interval, span};
use super::plot::{
    ByWeek, Clock, CurveTarget, HeatMap, HeatPanel, Picture, ResponseCurve, ResponseTimes, WeekPoint,
    WhyLate, WhyLateBar,
};
use super::wording::{count, days_of, list, plain, waiting, whole_percent, with_sign};
use crate::model::{Milestone, Model, Promise, TierId};
use crate::stats::Estimate;
use crate::study::{Finding, Period, Scope};
use crate::time::{Span, Target};
use jiff::ToSpan;

impl Drawing<'_> {
    /// The promises of a tier's first attempt: each clock's start and its target.
    fn promised(&self, tier: usize) -> Vec<(Milestone, Target)> {
        let id = TierId(tier as u8);
        let each = self.model().agreement.commitments.iter().filter_map(|c| match &c.promise {
            Promise::Timed { to: Milestone::Attempted, from, within, .. }
                if c.scope.tiers.is_empty() || c.scope.tiers.contains(&id) =>
            {
                Some((*from, within.target))
            }
            _ => None,
        });
        each.collect()
    }

    /// Where the promises of a tier's first attempt lie on one of the clocks.
    fn targets(&self, tier: usize, clock: Clock) -> Vec<CurveTarget> {
        let each = self.promised(tier).into_iter().filter_map(|promised| self.target(promised, clock));
        each.map(|(minutes, words)| CurveTarget { minutes, words }).collect()
    }

    /// Where the promise of a tier's first attempt lies on one of the clocks, in minutes, and its words where the length does
    /// not say them. Business days lie where the open hours between the same time on two days put them.
    fn target(&self, (from, target): (Milestone, Target), clock: Clock) -> Option<(f64, Option<String>)> {
        match (target, from, clock) {
            (Target::Business(length), Milestone::Routed, Clock::Agreement)
            | (Target::Wall(length), Milestone::Routed | Milestone::Created, Clock::Lead) => {
                Some((length.as_minutes(), None))
            }
            (Target::BusinessDays(days), Milestone::Routed, Clock::Agreement) => {
                let (minutes, same) = open_minutes(self.model(), days)?;
                let about = if same { "" } else { "about " };
                Some((minutes, Some(plain(&format!("{target} ({about}{})", waiting(minutes))))))
            }
            _ => None,
        }
    }

    /// Whether the tier's first attempt is promised by a time of day for leads created while closed.
    fn has_after_hours(&self, tier: usize) -> bool {
        let id = TierId(tier as u8);
        self.model().agreement.commitments.iter().any(|c| {
            matches!(c.promise, Promise::Timed { to: Milestone::Attempted, after_hours: Some(_), .. })
                && (c.scope.tiers.is_empty() || c.scope.tiers.contains(&id))
        })
    }

    pub(super) fn response_times(&self) -> Picture {
        let mut curves: Vec<ResponseCurve> = Vec::new();
        for (tier, name) in self.tier_names().into_iter().enumerate() {
            // a lead of the night is promised a time of day: the clock's target is not its own
            let (class, solid) =
                if self.has_after_hours(tier) { (1, format!("{name}, in hours")) } else { (0, name.clone()) };
            for (clock, index, class, label) in
                [(Clock::Agreement, 0, class, solid), (Clock::Lead, 1, 0, format!("{name}, form"))]
            {
                let points = thinned(self.source.study.response_curve(tier, class, index));
                if points.iter().any(|(_, share)| *share > 0.0) {
                    let targets = self.targets(tier, clock);
                    curves.push(ResponseCurve { label, tier, clock, points, targets });
                }
            }
        }
        let first = self.model().leads.tiers.first().map(|t| t.name.as_str());
        let (scope, when) =
            if self.has_after_hours(0) { (Scope::InHours, " in-hours") } else { (Scope::All, "") };
        let minutes = |measure| {
            self.findings().of_tier(measure, first, scope).map(|f| f.estimate.value).filter(|v| v.is_finite())
        };
        let whom = first.map_or(String::new(), names::tier);
        let title = match (minutes("first_response_p50"), minutes("first_response_p90")) {
            (Some(half), Some(most)) => format!(
                "Half of{when} {whom} leads get their first attempt within {} of routing; the slowest tenth waits over {}",
                waiting(half),
                waiting(most)
            ),
            (Some(half), None) => {
                format!(
                    "Half of{when} {whom} leads get their first attempt within {}; over a tenth never do",
                    waiting(half)
                )
            }
            _ => "How long leads wait for the first attempt".into(),
        };
        let subtitle = format!(
            "Solid: routing to first attempt, business hours only. Dashed: form to first attempt, nights included. {}",
            self.team()
        );
        let mut words = self.words(title, subtitle, false);
        words.footer.push_str(
            " Curves leave out leads rejected before an attempt; the table counts those rejected after the deadline as missed.",
        );
        words.footer.push_str(&self.counted_as_nothing(&curves));
        for tier in 0..self.model().leads.tiers.len() {
            let is_marked = |promised| {
                [Clock::Agreement, Clock::Lead].iter().any(|clock| self.target(promised, *clock).is_some())
            };
            let unmarked = self.promised(tier).into_iter().find(|promised| !is_marked(*promised));
            if let Some((_, target)) = unmarked {
                let name = &self.tier_names()[tier];
                words
                    .footer
                    .push_str(&format!(" {name}'s target, {target}, has no fixed place on these clocks."));
            }
        }
        Picture::ResponseTimes(ResponseTimes { words, curves })
    }

    /// Why some curves on the agreement's clock do not begin at none.
    fn counted_as_nothing(&self, curves: &[ResponseCurve]) -> String {
        let of_all = |curve: &&ResponseCurve| {
            let early = curve.points.iter().take_while(|(minutes, _)| *minutes <= 1.0).last();
            curve.clock == Clock::Agreement
                && !self.has_after_hours(curve.tier)
                && early.is_some_and(|(_, share)| *share > 0.02)
        };
        let whose: Vec<String> = curves.iter().filter(of_all).map(|curve| curve.label.clone()).collect();
        if whose.is_empty() {
            return String::new();
        }
        format!(" {} beginning above 0: leads begun before opening waited 0 business minutes.", list(&whose))
    }

    pub(super) fn why_late(&self) -> Picture {
        let causes::Bars { labels, colours, tiers } = causes::bars(self.findings(), self.model());
        let first = tiers.first().map(|bar| bar.name.clone()).unwrap_or_default();
        let tier = self.model().leads.tiers.first().map(|t| t.name.as_str());
        let title = match Why::of(self.findings(), tier) {
            Some(why) if why.ownership() >= 0.35 && why.workload() < 0.25 => format!(
                "{first} leads are late because their one owner is not free while others are, not because of workload"
            ),
            Some(why) => format!("What late {first} leads wait for most: {}", why.largest()),
            None => format!("No {first} lead was late"),
        };
        let bars = tiers
            .into_iter()
            .zip(&self.model().leads.tiers)
            .map(|(bar, tier)| {
                let late = self.findings().of_tier("late_leads", Some(&tier.name), Scope::All);
                let note = late.map_or(String::new(), |f| {
                    format!("{} late leads a {}", count(f.estimate.value), self.sheet.trial.short)
                });
                let shares = bar.shares.into_iter().map(Some).collect();
                WhyLateBar { label: bar.name, note, shares, written: bar.written }
            })
            .collect();
        let subtitle =
            format!("Waiting of late leads on their own clock, by what stood in the way. {}", self.team());
        let mut words = self.words(title, subtitle, false);
        words.footer.push_str(&self.widest_cause());
        words.footer.push_str(&self.never_worked());
        Picture::WhyLate(WhyLate { words, causes: labels, colours, bars })
    }

    /// Missed leads whose wait has no causes because nobody ever worked them, by tier.
    fn never_worked(&self) -> String {
        let tiers = self.model().leads.tiers.iter().zip(self.tier_names());
        let each = tiers.filter_map(|(tier, name)| {
            let found = self.findings().of_tier("missed_never_attempted", Some(&tier.name), Scope::All)?;
            (found.estimate.value >= 0.05).then(|| format!("{} of {name}", count(found.estimate.value)))
        });
        let each: Vec<String> = each.collect();
        if each.is_empty() {
            return String::new();
        }
        format!(
            " Not shown: missed leads a {} that were never worked, {}.",
            self.sheet.trial.short,
            each.join(", ")
        )
    }

    /// How sure the shares of causes are: the widest interval of those drawn, as a sentence; whiskers inside a bar could not be read.
    fn widest_cause(&self) -> String {
        let level = self.sheet.level * 100.0;
        let tiers = self.model().leads.tiers.iter().enumerate();
        let each = tiers.flat_map(|(tier, its)| {
            let causes = self.findings().estimates_by_cause("late_because", Some(&its.name));
            causes.into_iter().map(move |(_, estimate)| (tier, estimate))
        });
        let widest = each
            .filter_map(|(tier, estimate)| estimate.shown().map(|(low, high)| (tier, (high - low) / 2.0)))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        widest.map_or(String::new(), |(tier, half)| {
            format!(
                " {level} % intervals of the shares: at most ±{:.1} points ({}).",
                half * 100.0,
                self.tier_names()[tier]
            )
        })
    }

    pub(super) fn by_week(&self) -> Picture {
        let model = self.model();
        let Some(commitment) = model.agreement.headline().map(|i| &model.agreement.commitments[i]) else {
            return Picture::ByWeek(ByWeek::default());
        };
        let promise = names::promise(model, commitment);
        let whole: Vec<&str> =
            model.horizon.weeks.iter().filter(|w| w.whole).map(|w| w.label.as_str()).collect();
        let findings: Vec<&Finding> = self
            .findings()
            .by_period("attainment", Some(&commitment.id), |p| matches!(p, Period::Week(_)))
            .collect();
        let of_week = |label: &str| {
            findings.iter().copied().find(|f| matches!(&f.period, Period::Week(week) if week == label))
        };
        let weeks: Vec<WeekPoint> = whole
            .iter()
            .map(|label| {
                let finding = of_week(label);
                let estimate = finding.map(|f| f.estimate).filter(Estimate::is_known);
                let start = label.parse::<jiff::civil::Date>();
                WeekPoint {
                    start: start.map_or((*label).to_owned(), |date| date.strftime("%-d %b").to_string()),
                    kept: estimate.map(|e| e.value),
                    interval: interval(estimate),
                    typical: span(finding.and_then(|f| f.typical)),
                }
            })
            .collect();
        let lowest = weeks.iter().filter_map(|w| Some((w, w.kept?))).min_by(|a, b| a.1.total_cmp(&b.1));
        let highest = weeks.iter().filter_map(|w| w.kept).fold(0.0, f64::max);
        let title = match lowest {
            Some((week, low)) if highest - low > 0.05 => format!(
                "{promise}: from {} to {} by week; worst in the week of {}",
                whole_percent(low),
                with_sign(highest),
                week.start
            ),
            Some((_, low)) => {
                format!("{promise}: between {} and {} in every week", whole_percent(low), with_sign(highest))
            }
            None => format!("{promise}: no whole week"),
        };
        let own_goal = !commitment.goal.stated;
        let mut words = self.words(title, format!("Whole weeks only. {}", self.team()), true);
        words.footer.push_str(if own_goal { OWN_GOAL } else { "" });
        Picture::ByWeek(ByWeek {
            words,
            own_goal,
            measure: format!("{promise}, share of the week's leads"),
            goal: Some(commitment.goal.share),
            weeks,
        })
    }

    /// How often each weekday occurs in the horizon.
    fn weekdays(&self) -> [f64; 7] {
        let (first, last) = days_of(&self.model().horizon);
        let mut days = [0.0; 7];
        let mut date = first;
        while date <= last {
            days[date.weekday().to_monday_zero_offset() as usize] += 1.0;
            match date.checked_add(1.day()) {
                Ok(next) => date = next,
                Err(_) => break,
            }
        }
        days
    }

    pub(super) fn heat_map(&self) -> Picture {
        let study = self.source.study;
        let days = self.weekdays();
        let trials = study.trials() as f64;
        let cells = |total: &dyn Fn(usize) -> f64| {
            let mut cells = [[None; 24]; 7];
            for (hour, cell) in cells.iter_mut().flatten().enumerate() {
                let times = days[hour / 24] * trials;
                *cell = (times > 0.0).then(|| total(hour) / times);
            }
            cells
        };
        let leads = cells(&|hour| study.arrivals_by_hour[hour] as f64);
        let reps = cells(&|hour| study.cover_by_hour[hour]);
        let all: u64 = study.arrivals_by_hour.iter().sum();
        let uncovered: u64 = (0..168)
            .filter(|hour| reps[hour / 24][hour % 24].is_none_or(|present| present < 0.5))
            .map(|hour| study.arrivals_by_hour[hour])
            .sum();
        let share = if all > 0 { uncovered as f64 / all as f64 } else { 0.0 };
        let title = match share {
            0.0 => "No lead comes when less than half a rep is at the desk".to_owned(),
            share => {
                format!("{} of the leads come in hours when hardly any rep is at the desk", with_sign(share))
            }
        };
        let zone = self.model().horizon.zone.name();
        let subtitle = format!("An average week on the clock of {zone}. {}", self.team());
        let panel = |title: &str, unit: &str, cells: [[Option<f64>; 24]; 7]| HeatPanel {
            title: title.into(),
            unit: unit.into(),
            cap: cap(&cells),
            cells,
            numbers: false,
        };
        let panels = vec![
            panel("Leads that arrive", "leads per hour", leads),
            panel("Reps at their desk (not in a meeting, at lunch or away)", "reps at the desk", reps),
        ];
        let mut words = self.words(title, subtitle, false);
        if panels.iter().any(|panel| panel.cap.is_some()) {
            words.footer.push_str(" Cells with a number are beyond the scale (uploaded lists).");
        }
        Picture::HeatMap(HeatMap { words, panels })
    }
}

/// Where one cell towers over all others (an uploaded list), the colours end at the rest's highest value.
fn cap(cells: &[[Option<f64>; 24]; 7]) -> Option<f64> {
    let mut values: Vec<f64> = cells.iter().flatten().flatten().copied().collect();
    values.sort_by(f64::total_cmp);
    // an upload a weekday touches at most a handful of the 168 hours
    let most = *values.last()?;
    let usual = *values.get(values.len().checked_sub(6)?)?;
    (usual > 0.0 && most > 3.0 * usual).then_some(usual)
}

/// A curve with fewer points where it hardly moves: each step of a five-hundredth, and the last point.
fn thinned(points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let mut kept: Vec<(f64, f64)> = Vec::new();
    let last = points.last().copied();
    for point in points {
        if kept.last().is_none_or(|before| point.1 - before.1 >= 0.002) {
            kept.push(point);
        }
    }
    if let Some(last) = last.filter(|last| kept.last() != Some(last)) {
        kept.push(last);
    }
    kept
}

/// Open minutes from a moment in open hours to the same time so many business days on, as they usually are in the horizon,
/// and whether they always are.
fn open_minutes(model: &Model, days: u32) -> Option<(f64, bool)> {
    let horizon = &model.horizon;
    let mut lengths: Vec<f64> = Vec::new();
    for zone in &model.leads.zones {
        let starts = zone.hours.intervals().filter(|(opens, _)| horizon.contains(*opens));
        for (opens, closes) in starts {
            let from = opens + Span::from_minutes_f64((closes - opens).as_minutes() / 2.0);
            let due = zone.hours.business_day_after(from, days);
            lengths.extend(due.map(|due| zone.hours.open_between(from, due).as_minutes()));
        }
    }
    lengths.sort_by(f64::total_cmp);
    let usual = *lengths.get(lengths.len() / 2)?;
    let same = lengths.first() == lengths.last();
    (usual > 0.0).then_some((usual, same))
}
