//! Every estimate as one JSON document: shares as fractions, each number with its interval, level, method and trials.

use super::doubt_tables::{self, InputUncertainty};
use super::verdict::Verdict;
use crate::plan::curves::{Difference, OtherCurve};
use crate::report::sheet::Source;
use crate::scenario::{Inherited, Scenario};
use crate::stats::Estimate;
use crate::study::{Ending, Finding, Period, Study, Trials};
use schemars::JsonSchema;
use serde::Serialize;
use std::io::{self, Write};

/// All estimates of one study.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Estimates {
    /// Version of leadsim.
    pub leadsim: String,
    /// What was simulated.
    pub scenario: ScenarioName,
    /// Seed of all chance: the same scenario, seed and trials give the same document.
    pub seed: u64,
    /// Trials behind the numbers; one trial plays the horizon once.
    pub trials: u64,
    /// Independent blocks of trials, where these share out busy and quiet days; absent where every trial is independent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocks: Option<u64>,
    /// Confidence level of every interval.
    pub level: f64,
    /// How the study ended.
    pub ending: StudyEnding,
    /// What one trial plays.
    pub horizon: HorizonDates,
    /// What the scenario's author expected, written before the run; null where nothing was.
    pub expect: Option<String>,
    /// What came whole from the preset and not from the author's file; null where that is nothing.
    pub from_preset: Option<Inherited>,
    /// The promises and their verdicts.
    pub commitments: Vec<CommitmentVerdict>,
    /// One row a number.
    pub estimates: Vec<EstimateRow>,
    /// Money under another decay curve; null where speed has no effect.
    pub other_curve: Option<OtherCurveRows>,
    /// What uncertain inputs make of the answers; absent where the scenario has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_uncertainty: Option<InputUncertainty>,
}

/// What was simulated.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ScenarioName {
    /// The file's name without folder and ending.
    pub name: String,
    /// Its title.
    pub title: String,
    /// SHA-256 of its effective values, in hexadecimal.
    #[schemars(regex(pattern = r"^[0-9a-f]{64}$"))]
    pub hash: String,
}

/// How a study ended.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct StudyEnding {
    /// "complete": all trials; "precise": the wanted precision was reached; "capped": it was not; "stopped": by the user.
    #[schemars(extend("enum" = ["complete", "precise", "capped", "stopped"]))]
    pub how: String,
    /// Trials asked for, or the most allowed where a precision was.
    pub asked: u64,
    /// Wanted half-width of the headline attainment, a share; null where trials were asked for.
    pub wanted_half_width: Option<f64>,
    /// Half-width reached when the cap on trials came first.
    pub reached_half_width: Option<f64>,
}

/// The stretch one trial plays.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HorizonDates {
    /// First day.
    pub start: String,
    /// Last day.
    pub end: String,
    /// The company's zone.
    pub zone: String,
    /// What reports call it: "quarter", "week", "horizon of 5 weeks".
    pub called: String,
}

/// One promise.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CommitmentVerdict {
    /// "S1".
    pub id: String,
    /// Its title.
    pub title: String,
    /// How often it must be kept, a share of leads (of months for monthly promises).
    pub goal: f64,
    /// Whether the agreement states that goal; else leadsim supplied it.
    pub goal_stated: bool,
    /// Whether this is the promise the answer at the top of the page is about.
    pub headline: bool,
    /// The verdict; null where no lead fell under it.
    pub verdict: Option<Verdict>,
}

/// One estimated number.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EstimateRow {
    /// What is measured: "attainment", "holds", "first_response_p90", …
    pub measure: String,
    /// The commitment's id; null where it is not about one.
    pub commitment: Option<String>,
    /// The labelled tier; null for all.
    pub tier: Option<String>,
    /// Cause, reason, state or channel, where the measure is split.
    pub cause: Option<String>,
    /// Which leads.
    #[schemars(extend("enum" = ["all", "in_hours", "after_hours", "returned"]))]
    pub scope: String,
    /// "horizon", "week 2026-02-02" (its Monday), "month 2026-02".
    #[schemars(regex(pattern = r"^(horizon|week .+|month .+)$"))]
    pub period: String,
    /// The number; null when nothing was observed.
    pub value: Option<f64>,
    /// Lower end of its confidence interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Confidence of the interval.
    pub level: f64,
    /// Unit of value, low, high and the typical range; a share is a fraction from 0 to 1.
    #[schemars(extend("enum" = ["share", "minutes", "business_minutes", "per_trial", "dollars_per_trial", "dollars", "hours", "hours_per_trial", "number"]))]
    pub unit: String,
    /// How the interval was made.
    #[schemars(extend("enum" = ["delta", "delta_logit", "delta_skewed", "whole_trials", "wilson", "clopper_pearson", "jeffreys", "student_t", "woodruff", "order_statistic", "paired_t", "discordant_pairs", "sign_test", "exact", "jackknife", "confidence_sequence", "mean_of_ratios"]))]
    pub method: String,
    /// Trials behind the number.
    pub trials: u64,
    /// Independent blocks of trials behind the interval, where single trials depend on each other; absent where they do not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocks: Option<u64>,
    /// What the number is, in words; null by week and month, where it is that of the same measure over the horizon, of the stretch.
    pub estimand: Option<String>,
    /// 10th percentile of single trials: a typical range, no confidence interval.
    pub typical_low: Option<f64>,
    /// 90th percentile of single trials.
    pub typical_high: Option<f64>,
    /// Numerator of a share, summed over trials.
    pub kept: Option<u64>,
    /// Its denominator.
    pub judged: Option<u64>,
    /// Rejected at review before any attempt and before due: left out of the denominator.
    pub rejected_before: Option<u64>,
    /// Clock still running when the trial stopped: left out of the denominator.
    pub open: Option<u64>,
}

/// The other decay curve minus the scenario's own, trial by trial on the same luck.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct OtherCurveRows {
    /// Its name.
    pub curve: String,
    /// Why it cannot be true of this scenario; null where it was played.
    pub refused: Option<String>,
    /// Share of its effect that had to be put on contact to make it possible; null where the scenario's own share was enough.
    pub moved_to_contact: Option<f64>,
    /// Differences: opportunities, pipeline and leakage_total a trial; empty where it was refused.
    pub differences: Vec<EstimateRow>,
}

/// The name a plain enum has in JSON.
pub(super) fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        other => unreachable!("a plain enum is written as a word, not {other:?}"),
    }
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// "horizon", "week 2026-02-02", "month 2026-02".
pub fn period(period: &Period) -> String {
    match period {
        Period::Horizon => "horizon".into(),
        Period::Week(label) => format!("week {label}"),
        Period::Month(label) => format!("month {label}"),
    }
}

impl EstimateRow {
    /// One finding as a row.
    pub fn of(finding: &Finding) -> EstimateRow {
        let totals = finding.totals;
        let estimate = &finding.estimate;
        EstimateRow {
            measure: finding.measure.into(),
            commitment: finding.commitment.clone(),
            tier: finding.tier.clone(),
            cause: finding.cause.clone(),
            scope: word(finding.scope),
            period: period(&finding.period),
            unit: word(finding.unit),
            estimand: (finding.period == Period::Horizon).then(|| finding.estimand.into()),
            typical_low: finding.typical.map(|t| t.0),
            typical_high: finding.typical.map(|t| t.1),
            kept: totals.map(|t| t.kept),
            judged: totals.map(|t| t.judged),
            rejected_before: totals.and_then(|t| t.rejected_before),
            open: totals.and_then(|t| t.open),
            ..Self::bare(estimate)
        }
    }

    fn bare(estimate: &Estimate) -> EstimateRow {
        let shown = estimate.method.is_exact() || estimate.shown().is_some() || estimate.high.is_none();
        let end = |end: Option<f64>| end.filter(|_| shown).and_then(finite);
        EstimateRow {
            measure: String::new(),
            commitment: None,
            tier: None,
            cause: None,
            scope: "all".into(),
            period: "horizon".into(),
            value: finite(estimate.value),
            low: end(estimate.low),
            high: end(estimate.high),
            level: estimate.level,
            unit: "per_trial".into(),
            method: word(estimate.method),
            trials: estimate.trials,
            blocks: estimate.blocks,
            estimand: None,
            typical_low: None,
            typical_high: None,
            kept: None,
            judged: None,
            rejected_before: None,
            open: None,
        }
    }
}

/// The document of a study of this scenario.
pub fn estimates(source: &Source<'_>, scenario: &Scenario) -> Estimates {
    let study = source.study;
    let (start, end) = super::wording::days_of(&study.model.horizon);
    let rows = super::rows::of(study, source.findings);
    let headline = study.model.agreement.headline();
    let verdicts = study.model.agreement.commitments.iter().enumerate().map(|(i, c)| CommitmentVerdict {
        id: c.id.clone(),
        title: c.title.clone(),
        goal: c.goal.share,
        goal_stated: c.goal.stated,
        headline: headline == Some(i),
        verdict: rows.iter().find(|row| row.id == c.id).and_then(|row| row.verdict),
    });
    Estimates {
        leadsim: env!("CARGO_PKG_VERSION").into(),
        scenario: ScenarioName {
            name: source.name.into(),
            title: scenario.title.clone(),
            hash: scenario.hash_text(),
        },
        seed: study.settings.seed,
        trials: study.trials(),
        blocks: study.units().are_blocks().then(|| study.units().among(study.trials())),
        level: study.settings.level,
        ending: ending(study),
        horizon: HorizonDates {
            start: start.to_string(),
            end: end.to_string(),
            zone: study.model.horizon.zone.name().into(),
            called: super::wording::plain(&super::wording::TrialWord::of(&study.model.horizon).one),
        },
        expect: scenario.expect.clone(),
        from_preset: scenario.inherited.clone(),
        commitments: verdicts.collect(),
        estimates: source.findings.0.iter().map(EstimateRow::of).collect(),
        other_curve: source.other.map(other_curve),
        input_uncertainty: source.doubts.map(doubt_tables::document),
    }
}

fn ending(study: &Study) -> StudyEnding {
    let (asked, wanted) = match study.settings.trials {
        Trials::Fixed(trials) => (trials, None),
        Trials::Precision { half_width, at_most } => (at_most, Some(half_width)),
    };
    let (how, reached) = match study.ending {
        Ending::Complete => ("complete", None),
        Ending::Precise => ("precise", None),
        Ending::Capped { reached } => ("capped", reached),
        Ending::Stopped => ("stopped", None),
    };
    StudyEnding { how: how.into(), asked, wanted_half_width: wanted, reached_half_width: reached }
}

fn other_curve(other: &OtherCurve) -> OtherCurveRows {
    match other {
        OtherCurve::Refused { curve, why } => OtherCurveRows {
            curve: curve.clone(),
            refused: Some(why.clone()),
            moved_to_contact: None,
            differences: Vec::new(),
        },
        OtherCurve::Played(difference) => OtherCurveRows {
            curve: difference.curve.clone(),
            refused: None,
            moved_to_contact: difference.moved_to_contact,
            differences: differences(difference),
        },
    }
}

fn differences(difference: &Difference) -> Vec<EstimateRow> {
    const ESTIMAND: &str =
        "mean per trial under the other curve minus under the scenario's own, on the same trials";
    [
        ("opportunities", "per_trial", &difference.opportunities),
        ("pipeline", "dollars_per_trial", &difference.pipeline),
        ("leakage_total", "per_trial", &difference.leakage),
    ]
    .into_iter()
    .map(|(measure, unit, estimate)| EstimateRow {
        measure: measure.into(),
        unit: unit.into(),
        estimand: Some(ESTIMAND.into()),
        ..EstimateRow::bare(estimate)
    })
    .collect()
}

/// A document as text, ending in a line break.
pub fn text(document: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(document).expect("plain rows with string keys");
    text.push('\n');
    text
}

/// All estimates as text: one line a row, so that thousands of them stay small and can be read, compared and searched line by line.
pub fn estimates_text(document: &Estimates) -> String {
    let mut text = Vec::new();
    let mut writer = serde_json::Serializer::with_formatter(&mut text, LineARow::default());
    document.serialize(&mut writer).expect("plain rows with string keys");
    text.push(b'\n');
    String::from_utf8(text).expect("JSON is written as UTF-8")
}

/// Breaks lines between the fields of the document and between the rows of a list, not inside a row.
#[derive(Debug, Default)]
struct LineARow {
    depth: usize,
}

impl LineARow {
    fn line(&self, writer: &mut (impl Write + ?Sized), first: bool) -> io::Result<()> {
        let between: &[u8] = if first { b"" } else { b"," };
        writer.write_all(between)?;
        match self.depth {
            0..=2 => {
                writer.write_all(b"\n")?;
                (0..self.depth).try_for_each(|_| writer.write_all(b"  "))
            }
            _ => Ok(()),
        }
    }

    fn close(&mut self, writer: &mut (impl Write + ?Sized), end: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.depth < 2 {
            self.line(writer, true)?;
        }
        writer.write_all(end)
    }
}

impl serde_json::ser::Formatter for LineARow {
    fn begin_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.line(writer, first)
    }

    fn begin_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.line(writer, first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(if self.depth > 2 { b":" } else { b": " })
    }
}

/// The JSON Schema of [`Estimates`].
pub fn schema() -> String {
    text(&schemars::schema_for!(Estimates))
}
