//! Properties of a scenario as a whole, which take more than one listening: P9 estimates, P10 looser targets, P11 no look-ahead, P12 written
//! out and read again.

use super::told::{Listener, Record, Told};
use super::{Property, Violation, Wrong};
use leadsim::model::{Clock, Model, Promise};
use leadsim::scenario::{self, Scenario};
use leadsim::stats::Estimate;
use leadsim::study::{self, Quiet, Settings, Trials};
use leadsim::time::{Instant, Span, Target};
use leadsim::trial::{self, Outcome, Prepared, Unwatched};
use std::path::Path;

/// P9 over a few trials.
pub fn estimates(model: &Model, seed: u64) -> Vec<Violation> {
    let settings = Settings { seed, trials: Trials::Fixed(3), ..Settings::default() };
    let mut wrong = Wrong::default();
    match study::run(model.clone(), settings, &Quiet) {
        Ok(study) => study.findings().iter().for_each(|finding| {
            let name = format!("{} {:?} {:?}", finding.measure, finding.commitment, finding.period);
            estimate(&name, &finding.estimate, finding.typical, &mut wrong);
        }),
        Err(failure) => wrong.add(Property::P9, Instant::MAX, format!("{failure:?}")),
    }
    wrong.0
}

/// A number inside of its interval; infinite at most (a quantile that was never reached).
pub fn estimate(name: &str, estimate: &Estimate, typical: Option<(f64, f64)>, wrong: &mut Wrong) {
    let Estimate { value, low, high, .. } = *estimate;
    // A share of nothing is no number, and has no interval.
    let of_nothing = value.is_nan() && low.is_none() && high.is_none();
    let is_number = of_nothing || value > f64::NEG_INFINITY;
    // Interval ends are worked out another way than the value, so that both ends may meet it but for rounding.
    let slack = 1e-9 * value.abs().max(1.0);
    let inside = low.is_none_or(|low| low <= value + slack) && high.is_none_or(|high| value <= high + slack);
    let in_order = typical.is_none_or(|(low, high)| low <= high);
    wrong.unless(is_number && inside && in_order, Property::P9, Instant::MAX, || {
        format!("{name}: {value} in {low:?} to {high:?}, typically {typical:?}")
    });
}

/// A model that promises everything a second time, with looser targets; the second promises stand behind the first and move nobody.
pub fn with_looser(model: &Model) -> Model {
    let mut model = model.clone();
    let mut looser = model.agreement.commitments.clone();
    for commitment in &mut looser {
        if let Promise::Timed { within, after_hours, .. } = &mut commitment.promise {
            loosen(within);
            after_hours.iter_mut().for_each(loosen);
        }
    }
    model.agreement.commitments.extend(looser);
    model
}

fn loosen(clock: &mut Clock) {
    let more = Span::minutes(45);
    clock.target = match clock.target {
        Target::Wall(span) => Target::Wall(span + more),
        Target::Business(span) => Target::Business(span + more),
        Target::SkippingClosedDays(span) => Target::SkippingClosedDays(span + more),
        Target::BusinessDays(days) => Target::BusinessDays(days + 1),
        Target::ByTime { minute_of_day, business_days } => {
            Target::ByTime { minute_of_day, business_days: business_days + 1 }
        }
        Target::CloseOfBusinessDay(days) => Target::CloseOfBusinessDay(days + 1),
    };
}

/// P10: of an outcome whose second half of commitments is the first with looser targets, nothing is kept less often or missed more often.
pub fn looser(outcome: &Outcome, wrong: &mut Wrong) {
    let (tight, loose) = outcome.commitments.split_at(outcome.commitments.len() / 2);
    for (n, (tight, loose)) in tight.iter().zip(loose).enumerate() {
        let missed = |of: &trial::CommitmentOutcome| of.all.judged - of.all.kept;
        let holds = loose.all.kept >= tight.all.kept && missed(loose) <= missed(tight);
        wrong.unless(holds, Property::P10, Instant::MAX, || {
            format!(
                "commitment {n}: {:?} kept and judged, and {:?} with a looser target",
                tight.all, loose.all
            )
        });
    }
}

pub fn looser_targets(model: &Model, seed: u64) -> Vec<Violation> {
    let model = with_looser(model);
    let mut wrong = Wrong::default();
    looser(&trial::run(&Prepared::new(&model), seed, 0, &mut Unwatched), &mut wrong);
    wrong.0
}

/// Everything told of a trial.
pub fn record(model: &Model, seed: u64) -> (Record, Outcome) {
    let mut record = Record::default();
    let outcome = trial::run(&Prepared::new(model), seed, 0, &mut Listener(&mut record));
    (record, outcome)
}

/// P11: what is told before `until` is the same in both.
pub fn same_before(until: Instant, one: &Record, other: &Record, wrong: &mut Wrong) {
    let before = |record: &Record| -> Vec<(Instant, Told)> {
        record.0.iter().copied().take_while(|(at, _)| *at < until).collect()
    };
    let (one, other) = (before(one), before(other));
    if one != other {
        let first = one.iter().zip(&other).find(|(a, b)| a != b);
        let at = first.map_or(until, |(a, _)| a.0);
        wrong.add(
            Property::P11,
            at,
            format!("what comes after {until} changes what came before it: {first:?}"),
        );
    }
}

/// P11: a list that is uploaded later changes nothing before it.
pub fn no_look_ahead(text: &str, plain: &Scenario, seed: u64) -> Vec<Violation> {
    let horizon = &plain.model.horizon;
    let mut wrong = Wrong::default();
    let until = horizon.start + Span::days(4);
    let local = horizon.zone.local(until);
    let (date, time) = (local.date(), local.time());
    let more = format!(
        "{text}[sources.later]\ntier = 1\n[sources.later.upload]\nleads = 9\nat = \"{date} {:02}:{:02}\"\n",
        time.hour(),
        time.minute()
    );
    match scenario::from_text(&more, "later", Path::new("."), &[]) {
        Ok(later) => {
            let (one, other) = (record(&plain.model, seed).0, record(&later.model, seed).0);
            wrong.unless(one.0 != other.0, Property::P11, until, || "the list never came".to_string());
            same_before(until, &one, &other, &mut wrong);
        }
        Err(problems) => wrong.add(Property::P11, until, format!("{problems}")),
    }
    wrong.0
}

/// A scenario as `leadsim explain` shows it, every value that is one and not words, as a file.
pub fn written_out(scenario: &Scenario) -> String {
    let lines = scenario::explain(scenario);
    let given = lines.iter().filter(|line| line.effective);
    given.map(|line| format!("{} = {}\n", line.path, line.value)).collect()
}

/// P12: a written-out scenario is the same model.
pub fn round_trip(model: &Model, written: &str) -> Vec<Violation> {
    let mut wrong = Wrong::default();
    match scenario::from_text(written, &model.name, Path::new("."), &[]) {
        Ok(again) => {
            let (one, other) = (format!("{model:#?}"), format!("{:#?}", again.model));
            let first = one.lines().zip(other.lines()).find(|(a, b)| a != b);
            wrong.unless(one == other, Property::P12, Instant::MAX, || {
                format!("written and read again: {first:?}")
            });
        }
        Err(problems) => wrong.add(Property::P12, Instant::MAX, format!("{problems}\n{written}")),
    }
    wrong.0
}
