//! The tables behind a run's pictures, and every number of the run over the whole horizon.

use super::table::{Cell, Kind, Measure, Place, Table};
use crate::report::causes;
use crate::report::json::EstimateRow;
use crate::report::sheet::Source;
use crate::report::wording::TrialWord;
use crate::stats::Estimate;
use crate::study::{Finding, Period, Scope};

/// All tables but the one of commitments.
pub(super) fn of(source: &Source<'_>, trial: &TrialWord) -> Vec<Table> {
    vec![
        funnel(source, trial),
        leaks(source, trial),
        late(source),
        waits(source),
        rep_hours(source),
        by_period(source, "By week", |period| match period {
            Period::Week(label) => Some(label),
            _ => None,
        }),
        by_period(source, "By month", |period| match period {
            Period::Month(label) => Some(label),
            _ => None,
        }),
        all(source),
    ]
}

const STAGES: [(&str, &str); 7] = [
    ("mqls", "MQL"),
    ("accepted", "accepted"),
    ("contacted", "contacted"),
    ("sqls", "SQL"),
    ("held", "meeting held"),
    ("opportunities", "opportunity"),
    ("won", "won"),
];

/// Value, interval, typical range.
fn figures(estimate: Estimate, typical: Option<(f64, f64)>) -> [Cell; 3] {
    [Cell::figure(Some(estimate.value)), Cell::range(estimate.shown()), Cell::range(typical)]
}

fn interval(source: &Source<'_>) -> String {
    let level = source.study.settings.level;
    format!("{} interval", crate::report::plain(&crate::report::wording::goal(level)))
}

fn funnel(source: &Source<'_>, trial: &TrialWord) -> Table {
    let mut table = Table::new("Funnel", "The funnel in numbers")
        .at(Place::Folded)
        .column("Stage", Kind::Words)
        .column(format!("Leads a {}", trial.short), Kind::Figure(Measure::Number(1)))
        .column(interval(source), Kind::Range(Measure::Number(1)))
        .column(format!("Typical {}", trial.short), Kind::Range(Measure::Number(0)));
    for (measure, label) in STAGES {
        if let Some(found) = source.findings.of_tier(measure, None, Scope::All) {
            let mut cells = vec![Cell::Words(label.into())];
            cells.extend(figures(found.estimate, found.typical));
            table.row(false, cells);
        }
    }
    table
}

fn leaks(source: &Source<'_>, trial: &TrialWord) -> Table {
    let mut table = Table::new("Leakage", "What leaks, in numbers")
        .at(Place::Folded)
        .column("Cause", Kind::Words)
        .column(format!("Opportunities lost a {}", trial.short), Kind::Figure(Measure::Number(2)))
        .column(interval(source), Kind::Range(Measure::Number(2)))
        .column(format!("Pipeline lost a {}", trial.short), Kind::Figure(Measure::Money))
        .column(interval(source), Kind::Range(Measure::Money));
    let dollars = source.findings.estimates_by_cause("leakage_dollars", None);
    for (cause, lost) in source.findings.estimates_by_cause("leakage", None) {
        let money = dollars.iter().find(|(name, _)| *name == cause).map(|(_, money)| *money);
        table.row(
            false,
            vec![
                Cell::Words(causes::leak(cause).into()),
                Cell::figure(Some(lost.value)),
                Cell::range(lost.shown()),
                Cell::figure(money.map(|money| money.value)),
                Cell::range(money.and_then(|money| money.shown())),
            ],
        );
    }
    table
}

/// Each tier of the leads, by its labelled name.
fn tiers<'a>(source: &Source<'a>) -> impl Iterator<Item = &'a str> {
    source.study.model.leads.tiers.iter().map(|tier| tier.name.as_str())
}

fn late(source: &Source<'_>) -> Table {
    let mut table = Table::new("Why late", "What late leads waited for, in numbers")
        .at(Place::Folded)
        .column("Tier", Kind::Words)
        .column("Cause", Kind::Words)
        .column("Share of late leads' waiting", Kind::Figure(Measure::Percent(1)))
        .column(interval(source), Kind::Range(Measure::Percent(1)));
    for tier in tiers(source) {
        let mut causes = source.findings.estimates_by_cause("late_because", Some(tier));
        causes.retain(|(_, share)| share.value > 0.0);
        causes.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
        for (cause, share) in causes {
            let words = [tier.to_owned(), causes::of_waiting(cause)].map(Cell::Words);
            let [value, ends, _] = figures(share, None);
            table.row(false, words.into_iter().chain([value, ends]).collect());
        }
    }
    table
}

fn waits(source: &Source<'_>) -> Table {
    let mut table = Table::new("Waits", "How long leads wait for the first attempt, in minutes")
        .at(Place::Workbook)
        .column("Tier", Kind::Words)
        .column("Leads", Kind::Words)
        .column("What", Kind::Words)
        .column("Minutes", Kind::Figure(Measure::Number(1)))
        .column(interval(source), Kind::Range(Measure::Number(1)));
    let is_wait = |f: &&Finding| {
        f.period == Period::Horizon
            && f.tier.is_some()
            && f.cause.is_none()
            && (f.measure.starts_with("first_response_p") || f.measure.starts_with("speed_to_lead_p"))
    };
    for found in source.findings.0.iter().filter(is_wait).filter(|f| f.estimate.value.is_finite()) {
        let scope = match found.scope {
            Scope::All => "all",
            Scope::InHours => "created in hours",
            Scope::AfterHours => "created after hours",
            Scope::Returned => "returned",
        };
        let tier = found.tier.clone().unwrap_or_default();
        let words = [tier, scope.into(), found.estimand.into()].map(Cell::Words);
        let [value, ends, _] = figures(found.estimate, None);
        table.row(false, words.into_iter().chain([value, ends]).collect());
    }
    table
}

fn rep_hours(source: &Source<'_>) -> Table {
    let mut table = Table::new("Rep hours", "What paid hours go to, in numbers")
        .at(Place::Folded)
        .column("Use", Kind::Words)
        .column("Share of paid hours", Kind::Figure(Measure::Percent(1)))
        .column(interval(source), Kind::Range(Measure::Percent(1)));
    for (cause, share) in source.findings.estimates_by_cause("rep_time", None) {
        let [value, ends, _] = figures(share, None);
        table.row(false, vec![Cell::Words(cause.replace('_', " ")), value, ends]);
    }
    table
}

/// Every commitment, week by week or month by month.
fn by_period(source: &Source<'_>, sheet: &str, label_of: impl Fn(&Period) -> Option<&String>) -> Table {
    let mut table = Table::new(sheet, "")
        .at(Place::Workbook)
        .column(if sheet == "By week" { "week" } else { "month" }, Kind::Words)
        .column("whole", Kind::Words)
        .column("commitment", Kind::Words)
        .column("kept", Kind::Figure(Measure::Percent(1)))
        .column(interval(source), Kind::Range(Measure::Percent(1)))
        .column("typical", Kind::Range(Measure::Percent(1)));
    let horizon = &source.study.model.horizon;
    let periods = if sheet == "By week" { &horizon.weeks } else { &horizon.months };
    let of_promise =
        |f: &&Finding| f.measure == "attainment" && f.commitment.is_some() && f.scope == Scope::All;
    for found in source.findings.0.iter().filter(of_promise) {
        let Some(label) = label_of(&found.period) else { continue };
        let whole = periods.iter().any(|period| period.label == *label && period.whole);
        let id = found.commitment.clone().unwrap_or_default();
        let words = [label.clone(), if whole { "yes" } else { "no" }.into(), id].map(Cell::Words);
        table.row(false, words.into_iter().chain(figures(found.estimate, found.typical)).collect());
    }
    table
}

/// Every estimate over the whole horizon, under the names of estimates.json.
fn all(source: &Source<'_>) -> Table {
    let number = Measure::Number(4);
    let mut table = Table::new("All numbers", "").at(Place::Workbook);
    for head in ["measure", "commitment", "tier", "cause", "scope"] {
        table = table.column(head, Kind::Words);
    }
    table = table
        .column("value", Kind::Figure(number))
        .column("interval", Kind::Range(number))
        .column("typical", Kind::Range(number))
        .column("unit", Kind::Words)
        .column("method", Kind::Words)
        .column("trials", Kind::Figure(Measure::Number(0)));
    for found in source.findings.0.iter().filter(|found| found.period == Period::Horizon) {
        let row = EstimateRow::of(found);
        let name = |name: Option<String>| Cell::Words(name.unwrap_or_default());
        let mut cells = vec![
            Cell::Words(row.measure),
            name(row.commitment),
            name(row.tier),
            name(row.cause),
            Cell::Words(row.scope),
            Cell::figure(row.value),
            Cell::range(row.low.zip(row.high)),
            Cell::range(row.typical_low.zip(row.typical_high)),
        ];
        cells.extend([Cell::Words(row.unit), Cell::Words(row.method), Cell::Figure(row.trials as f64)]);
        table.row(false, cells);
    }
    table
}
