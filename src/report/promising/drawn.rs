//! The picture of the tightest promises: minutes against certainty, one line a promise.

use super::{FOR, PromisePage, said};
use crate::report::names;
use crate::report::pictures;
use crate::report::plot::{ChanceCurve, ChancePoint, ChanceSeries, Picture, Words};
use crate::report::wording::{self, TrialWord, goal, plain, with_sign};
use crate::time::Span;

/// Points of a line: one a hundredth of the trials.
const POINTS: usize = 100;

pub(super) fn picture(page: &PromisePage<'_>, trial: &TrialWord) -> Picture {
    let answers = &page.promises.answers;
    let series = answers.iter().map(|answer| {
        let steps: Vec<(Span, f64)> = answer.as_written.goal.steps().collect();
        let every = steps.len().div_ceil(POINTS).max(1);
        let points =
            steps.iter().enumerate().filter(|(place, _)| place % every == 0 || place + 1 == steps.len());
        let point = |(length, chance): (Span, f64)| {
            let holds = answer.as_written.goal.holds(length, page.wanted.level);
            ChancePoint {
                at: length.as_minutes().max(0.5),
                chance,
                interval: pictures::interval(Some(holds)),
                settled: true,
            }
        };
        let written = page
            .written(answer)
            .map(|length| (length.as_minutes(), format!("{} as written", page.id(answer))));
        ChanceSeries {
            label: names::covered(page.model, &page.model.agreement.commitments[answer.commitment]),
            points: points.map(|(_, step)| point(*step)).collect(),
            marks: written.into_iter().collect(),
            ..ChanceSeries::default()
        }
    });
    let spoken = page.wanted.spoken();
    let title = match answers.first().map(|answer| (answer, page.tightest(answer, spoken, FOR[0].1).length)) {
        Some((answer, Some(length))) => format!(
            "{} can be signed at {}, to hold in {} of {}",
            names::covered(page.model, &page.model.agreement.commitments[answer.commitment]),
            said(answer.measure, length),
            with_sign(page.wanted.certainties[spoken]),
            trial.many
        ),
        Some((answer, None)) => format!(
            "No number of minutes holds {} in {} of {}",
            names::covered(page.model, &page.model.agreement.commitments[answer.commitment]),
            with_sign(page.wanted.certainties[spoken]),
            trial.many
        ),
        None => "No promise of a first attempt".into(),
    };
    Picture::ChanceCurve(ChanceCurve {
        words: Words {
            title: plain(&title),
            subtitle: plain(&format!(
                "{}: minutes promised against certainty, {}",
                page.name,
                wording::dates(&page.model.horizon)
            )),
            footer: plain(&format!(
                "{}, seed {}; every length judged on the same {} as written. Business time, unless the promise is on the wall clock.",
                trial.count(page.promises.of_each),
                page.wanted.seed,
                trial.many
            )),
            trial: trial.short.into(),
        },
        measure: format!("Share of {} that reach the goal", trial.many),
        across: "Promised time (growing by factors)".into(),
        factors: true,
        wanted: page.wanted.certainties.clone(),
        intervals: format!("{} interval", goal(page.wanted.level)),
        series: series.collect(),
        ..ChanceCurve::default()
    })
}
