//! The pictures of a run: findings handed to the drawing module with a title that says the message.

use super::causes;
use super::lookup::Findings;
use super::modelled;
use super::names;
use super::plot::{
    Attainment, AttainmentRow, Funnel, FunnelStage, Leak, Picture, RepHours, RepHoursRow, Span, Words,
};
use super::rows::Row;
use super::sentences::short_answer;
use super::sheet::{Sheet, Source};
use super::wording::{count, percent, plain, with_sign};
use crate::model::{Model, TierId};
use crate::stats::Estimate;
use crate::study::Scope;

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

/// What the star behind a goal means, at the foot of a picture.
pub(super) const OWN_GOAL: &str = " * not in your agreement.";

/// What pictures are made from.
pub(super) struct Drawing<'a> {
    pub source: &'a Source<'a>,
    pub sheet: &'a Sheet,
}

impl Drawing<'_> {
    pub(super) fn model(&self) -> &Model {
        &self.source.study.model
    }

    pub(super) fn findings(&self) -> &Findings {
        self.source.findings
    }

    pub(super) fn words(&self, title: String, subtitle: String, bands: bool) -> Words {
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

    pub(super) fn team(&self) -> String {
        self.sheet.heading.split_once(": ").map_or(self.sheet.heading.clone(), |(_, team)| team.to_owned())
    }

    fn attainment(&self) -> Picture {
        let row = |row: &Row| AttainmentRow {
            label: if row.part { row.title.clone() } else { format!("{}  {}", row.id, row.title) },
            part: row.part,
            goal: row.goal.map(|goal| goal.share),
            own_goal: row.goal.is_some_and(|goal| !goal.stated),
            kept: row.kept.map(|kept| kept.value),
            interval: interval(row.kept),
            typical: span(row.typical),
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
        let mut words = self.words(title, self.team(), true);
        words.footer.push_str(if self.sheet.has_own_goal { OWN_GOAL } else { "" });
        Picture::Attainment(Attainment { words, rows })
    }

    pub(super) fn tier_names(&self) -> Vec<String> {
        (0..self.model().leads.tiers.len()).map(|t| names::tier_of(self.model(), TierId(t as u8))).collect()
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
        let causes = findings.estimates_by_cause("rep_time", None);
        let rows = names
            .iter()
            .filter_map(|(cause, label, highlighted)| {
                let (_, estimate) = causes.iter().find(|(name, _)| name == cause)?;
                let share = estimate.value;
                Some(RepHoursRow {
                    label: (*label).into(),
                    share: Some(share),
                    interval: interval(Some(*estimate)),
                    hours_per_week: paid.map(|paid| paid * share),
                    highlighted: *highlighted,
                })
            })
            .collect();
        let free = causes.iter().find(|(name, _)| *name == "free").map(|(_, share)| share.value);
        let title = match (findings.value("lead_work"), free) {
            (Some(leads), Some(free)) => format!(
                "Leads take {} of rep hours; {} are desk time that a lead may interrupt",
                with_sign(leads),
                with_sign(free)
            ),
            _ => "Where rep hours go".into(),
        };
        let subtitle = format!("Paid hours (shift without lunch). {}", self.team());
        Picture::RepHours(RepHours { words: self.with_whiskers(title, subtitle), rows })
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
            .take(self.stages_told())
            .map(|(measure, label, note)| FunnelStage {
                label: label.into(),
                count: value(measure),
                interval: interval(findings.of_tier(measure, None, Scope::All).map(|f| f.estimate)),
                note,
            })
            .collect();
        let mut leaks = self.leaks();
        leaks.sort_by(|a, b| b.opportunities.unwrap_or(0.0).total_cmp(&a.opportunities.unwrap_or(0.0)));
        let lost = value("leakage_total").filter(|lost| *lost >= 0.05);
        let title = match (value("mqls"), value("opportunities"), leaks.first().zip(lost)) {
            (Some(mqls), Some(_), _) if !modelled::opportunities(self.model()) => {
                format!("{} MQLs; the scenario does not say what becomes of them", count(mqls))
            }
            (Some(mqls), Some(won), Some((leak, lost))) => format!(
                "Of {} MQLs {} become opportunities; handling loses {} more (largest cause: {})",
                count(mqls),
                count(won),
                count(lost),
                leak.cause
            ),
            (Some(mqls), Some(won), None) => {
                format!("Of {} MQLs {} become opportunities", count(mqls), count(won))
            }
            _ => "The funnel".into(),
        };
        Picture::Funnel(Funnel {
            words: self.with_whiskers(title, self.team()),
            currency: "$".into(),
            stages,
            leaks,
        })
    }
}

impl Drawing<'_> {
    /// Words of a picture of bars, each with its interval.
    fn with_whiskers(&self, title: String, subtitle: String) -> Words {
        let mut words = self.words(title, subtitle, false);
        words.footer.push_str(&format!(" Whiskers: {} % intervals.", self.sheet.level * 100.0));
        words
    }

    /// How many stages of the funnel the scenario says anything of.
    fn stages_told(&self) -> usize {
        match (modelled::opportunities(self.model()), modelled::answers(self.model())) {
            (true, _) => usize::MAX,
            (false, true) => 3,
            (false, false) => 2,
        }
    }

    /// What handling loses, cause by cause; nothing where there is nothing to lose.
    fn leaks(&self) -> Vec<Leak> {
        let dollars = self.findings().estimates_by_cause("leakage_dollars", None);
        let dollars = |cause: &str| {
            let found = dollars.iter().find(|(name, _)| *name == cause).map(|(_, lost)| *lost);
            found.filter(|_| modelled::amounts(self.model()))
        };
        let each = self.findings().estimates_by_cause("leakage", None).into_iter();
        each.filter(|(_, lost)| lost.value >= 0.05)
            .map(|(cause, lost)| Leak {
                cause: causes::leak(cause).into(),
                opportunities: Some(lost.value),
                interval: interval(Some(lost)),
                pipeline: dollars(cause).map(|lost| lost.value),
                pipeline_interval: interval(dollars(cause)),
            })
            .collect()
    }
}

/// A share with its interval, for a title.
pub(super) fn share_words(estimate: Estimate) -> String {
    format!("{}\u{a0}%", percent(estimate.value))
}
