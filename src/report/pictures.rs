//! The pictures of a run: findings handed to the drawing module with a title that says the message.

use super::causes::{self, Why};
use super::lookup::Findings;
use super::names;
use super::plot::{
    Attainment, AttainmentRow, ByWeek, Clock, Funnel, FunnelStage, HeatMap, HeatPanel, Leak, Picture,
    RepHours, RepHoursRow, ResponseCurve, ResponseTimes, Span, WeekPoint, WhyLate, WhyLateBar, Words,
};
use super::rows::Row;
use super::sentences::short_answer;
use super::sheet::{Sheet, Source};
use super::wording::{count, days_of, percent, plain, waiting, whole_percent, with_sign};
use crate::model::{Milestone, Model, Promise, TierId};
use crate::stats::Estimate;
use crate::study::{Finding, Period, Scope};
use crate::time::Target;
use jiff::ToSpan;

/// Every picture of a run with the name of its file, without ending.
pub fn of(source: &Source<'_>, sheet: &Sheet) -> Vec<(&'static str, Picture)> {
    let drawing = Drawing { source, sheet };
    vec![
        ("attainment", drawing.attainment()),
        ("response-times", drawing.response_times()),
        ("why-late", drawing.why_late()),
        ("by-week", drawing.by_week()),
        ("heat-map", drawing.heat_map()),
        ("rep-hours", drawing.rep_hours()),
        ("funnel", drawing.funnel()),
    ]
}

/// The ends of an interval that may be shown.
pub(super) fn interval(estimate: Option<Estimate>) -> Option<Span> {
    estimate.and_then(|e| e.shown()).map(|(low, high)| Span::new(low, high))
}

pub(super) fn span(range: Option<(f64, f64)>) -> Option<Span> {
    range.map(|(low, high)| Span::new(low, high))
}

struct Drawing<'a> {
    source: &'a Source<'a>,
    sheet: &'a Sheet,
}

impl Drawing<'_> {
    fn model(&self) -> &Model {
        &self.source.study.model
    }

    fn findings(&self) -> &Findings {
        self.source.findings
    }

    fn words(&self, title: String, subtitle: String, bands: bool) -> Words {
        let what = if bands {
            let level = self.sheet.level * 100.0;
            format!(
                "; dark: {level} % interval of the figure, light: typical range (8 of 10 {})",
                self.sheet.trial.many
            )
        } else {
            format!("; pooled over all {}", self.sheet.trial.many)
        };
        let caveat = self.sheet.caveat.as_ref().map_or(String::new(), |c| format!("{c}. "));
        Words {
            title,
            subtitle,
            footer: plain(&format!("{caveat}{}{what}.", self.sheet.foot)),
            trial: self.sheet.trial.short.into(),
        }
    }

    fn team(&self) -> String {
        self.sheet.heading.split_once(": ").map_or(self.sheet.heading.clone(), |(_, team)| team.to_owned())
    }

    fn attainment(&self) -> Picture {
        let row = |row: &Row| AttainmentRow {
            label: if row.part { row.title.clone() } else { format!("{}  {}", row.id, row.title) },
            part: row.part,
            goal: row.goal.map(|goal| goal.share),
            kept: row.kept.map(|kept| kept.value),
            interval: interval(row.kept),
            typical: if row.monthly { None } else { span(row.typical) },
            quarters_kept: row.holds.map(|holds| holds.value),
        };
        let mut rows: Vec<AttainmentRow> = self.sheet.rows.iter().map(row).collect();
        for (drawn, row) in rows.iter_mut().zip(&self.sheet.rows) {
            drawn.label = plain(&drawn.label);
            if row.monthly {
                drawn.label.push_str(" (months)");
            }
        }
        let title = short_answer(self.source, &self.sheet.rows);
        Picture::Attainment(Attainment { words: self.words(title, self.team(), true), rows })
    }

    fn tier_names(&self) -> Vec<String> {
        (0..self.model().leads.tiers.len()).map(|t| names::tier_of(self.model(), TierId(t as u8))).collect()
    }

    /// The promise of a tier's first attempt on the agreement's clock, minutes, where it is a length of time.
    fn target(&self, tier: usize) -> Option<f64> {
        let id = TierId(tier as u8);
        self.model().agreement.commitments.iter().find_map(|c| match &c.promise {
            Promise::Timed { to: Milestone::Attempted, from: Milestone::Routed, within, .. }
                if c.scope.tiers.is_empty() || c.scope.tiers.contains(&id) =>
            {
                match within.target {
                    Target::Business(length) => Some(length.as_minutes()),
                    _ => None,
                }
            }
            _ => None,
        })
    }

    /// Whether the tier's first attempt is promised by a time of day for leads created while closed.
    fn has_after_hours(&self, tier: usize) -> bool {
        let id = TierId(tier as u8);
        self.model().agreement.commitments.iter().any(|c| {
            matches!(c.promise, Promise::Timed { to: Milestone::Attempted, after_hours: Some(_), .. })
                && (c.scope.tiers.is_empty() || c.scope.tiers.contains(&id))
        })
    }

    fn response_times(&self) -> Picture {
        let mut curves = Vec::new();
        for (tier, name) in self.tier_names().into_iter().enumerate() {
            // a lead of the night is promised a time of day: the clock's target is not its own
            let (class, solid) =
                if self.has_after_hours(tier) { (1, format!("{name}, in hours")) } else { (0, name.clone()) };
            for (clock, index, class, label) in
                [(Clock::Agreement, 0, class, solid), (Clock::Lead, 1, 0, format!("{name}, form"))]
            {
                let points = thinned(self.source.study.response_curve(tier, class, index));
                if points.iter().any(|(_, share)| *share > 0.0) {
                    let target = if index == 0 { self.target(tier) } else { None };
                    curves.push(ResponseCurve { label, tier, clock, points, target });
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
        Picture::ResponseTimes(ResponseTimes { words: self.words(title, subtitle, false), curves })
    }

    fn why_late(&self) -> Picture {
        let (labels, bars) = causes::bars(self.findings(), self.model());
        let first = bars.first().map(|(name, _)| name.clone()).unwrap_or_default();
        let tier = self.model().leads.tiers.first().map(|t| t.name.as_str());
        let title = match Why::of(self.findings(), tier) {
            Some(why) if why.ownership() >= 0.35 && why.workload() < 0.25 => format!(
                "{first} leads are late because their one owner is not free while others are, not because of workload"
            ),
            Some(why) => format!("What late {first} leads wait for most: {}", why.largest()),
            None => format!("No {first} lead was late"),
        };
        let bars = bars
            .into_iter()
            .zip(&self.model().leads.tiers)
            .map(|((label, shares), tier)| {
                let late = self.findings().of_tier("late_leads", Some(&tier.name), Scope::All);
                let note = late.map_or(String::new(), |f| {
                    format!("{} late leads a {}", count(f.estimate.value), self.sheet.trial.short)
                });
                WhyLateBar { label, note, shares: shares.into_iter().map(Some).collect() }
            })
            .collect();
        let subtitle =
            format!("Waiting of late leads on their own clock, by what stood in the way. {}", self.team());
        Picture::WhyLate(WhyLate { words: self.words(title, subtitle, false), causes: labels, bars })
    }

    fn by_week(&self) -> Picture {
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
        Picture::ByWeek(ByWeek {
            words: self.words(title, format!("Whole weeks only. {}", self.team()), true),
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

    fn heat_map(&self) -> Picture {
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
        };
        Picture::HeatMap(HeatMap {
            words: self.words(title, subtitle, false),
            panels: vec![
                panel("Leads that arrive", "leads per hour", leads),
                panel("Reps at their desk (not in a meeting, at lunch or away)", "reps at the desk", reps),
            ],
        })
    }

    fn rep_hours(&self) -> Picture {
        let findings = self.findings();
        let model = self.model();
        let weeks = (model.horizon.end - model.horizon.start).as_days() / 7.0;
        let paid = findings.value("paid_hours").map(|hours| hours / weeks / model.reps.len().max(1) as f64);
        let names = [
            ("absent", "on leave or sick", false),
            ("meetings", "meetings", false),
            ("free", "at the desk, interruptible", false),
            ("new_leads", "new leads", true),
            ("follow_ups", "follow-ups", true),
            ("replies", "replies", true),
            ("own_work", "own work", false),
        ];
        let causes = findings.causes("rep_time", None);
        let rows = names
            .iter()
            .filter_map(|(cause, label, highlighted)| {
                let (_, share) = causes.iter().find(|(name, _)| name == cause)?;
                Some(RepHoursRow {
                    label: (*label).into(),
                    share: Some(*share),
                    hours_per_week: paid.map(|paid| paid * share),
                    highlighted: *highlighted,
                })
            })
            .collect();
        let free = causes.iter().find(|(name, _)| *name == "free").map(|(_, share)| *share);
        let title = match (findings.value("lead_work"), free) {
            (Some(leads), Some(free)) => format!(
                "Leads take {} of rep hours; {} are desk time that a lead may interrupt",
                with_sign(leads),
                with_sign(free)
            ),
            _ => "Where rep hours go".into(),
        };
        let subtitle = format!("Paid hours (shift without lunch). {}", self.team());
        Picture::RepHours(RepHours { words: self.words(title, subtitle, false), rows })
    }

    fn funnel(&self) -> Picture {
        let findings = self.findings();
        let value = |measure: &str| findings.value(measure);
        let of = |part: &str, whole: &str, words: &str| match (value(part), value(whole)) {
            (Some(part), Some(whole)) if whole > 0.0 => {
                plain(&format!("{} of {words}", with_sign(part / whole)))
            }
            _ => String::new(),
        };
        let stages = [
            ("mqls", "MQL", String::new()),
            ("accepted", "accepted", of("accepted", "mqls", "MQLs")),
            ("contacted", "contacted", of("contacted", "accepted", "accepted")),
            ("sqls", "SQL", of("sqls", "contacted", "contacted")),
            ("held", "meeting held", of("held", "sqls", "SQLs")),
            ("opportunities", "opportunity", of("opportunities", "held", "held")),
            ("won", "won", of("won", "opportunities", "opportunities")),
        ];
        let stages = stages
            .into_iter()
            .map(|(measure, label, note)| FunnelStage { label: label.into(), count: value(measure), note })
            .collect();
        let dollars = findings.causes("leakage_dollars", None);
        let mut leaks: Vec<Leak> = findings
            .causes("leakage", None)
            .into_iter()
            .filter(|(_, lost)| *lost >= 0.05)
            .map(|(cause, lost)| Leak {
                cause: causes::leak(cause).into(),
                opportunities: Some(lost),
                pipeline: dollars.iter().find(|(name, _)| *name == cause).map(|(_, lost)| *lost),
            })
            .collect();
        leaks.sort_by(|a, b| b.opportunities.unwrap_or(0.0).total_cmp(&a.opportunities.unwrap_or(0.0)));
        let title = match (value("mqls"), value("opportunities"), leaks.first()) {
            (Some(mqls), Some(won), Some(leak)) => format!(
                "Of {} MQLs {} become opportunities; handling loses most to: {}",
                count(mqls),
                count(won),
                leak.cause
            ),
            (Some(mqls), Some(won), None) => {
                format!("Of {} MQLs {} become opportunities", count(mqls), count(won))
            }
            _ => "The funnel".into(),
        };
        Picture::Funnel(Funnel {
            words: self.words(title, self.team(), false),
            currency: "$".into(),
            stages,
            leaks,
        })
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

/// A share with its interval, for a title.
pub(super) fn share_words(estimate: Estimate) -> String {
    format!("{}\u{a0}%", percent(estimate.value))
}
