//! Coverage of what a study reports: whole studies of a short shift, each with its own seed, against the exact law of the shift.

use super::chain::{Exact, Shift};
use super::tally::{Coverage, RUNS, Told, asked};
use crate::measured::scenario;
use leadsim::model::Model;
use leadsim::stats::{Estimate, RatioTally, paired};
use leadsim::study::{self, Ending, FEWEST_BLOCKS, Finding, Quiet, Scope, Settings, Study, Trials};
use leadsim::trial::{self, Outcome, Prepared, STRATA, Unwatched};
use rayon::prelude::*;
use std::sync::LazyLock;

/// Ten leads in two hours for three reps, half an hour each: one day like another, and days that differ.
const ALIKE: Shift = Shift { per_hour: 5.0, handled_per_hour: 2.0, reps: 3, hours: 2.0, busyness: None };
const DIFFERENT: Shift = Shift { busyness: Some(4.0), ..ALIKE };

/// The shift as a scenario: every lead is promised a rep at once.
fn model(shift: Shift) -> Model {
    let hours: Vec<u8> = (0..24).map(|hour| u8::from(f64::from(hour) < shift.hours)).collect();
    let busyness = shift
        .busyness
        .map_or(String::new(), |shape| format!("[leads.busyness]\nper = \"day\"\nshape = {shape}\n"));
    let text = format!(
        "format = 1\n[horizon]\nstart = \"2026-02-02\"\nlength = \"1 day\"\nrun_in = \"0 weeks\"\n[tiers.1]\n{busyness}\
         [sources.web]\nper_day = {}\nhour_shares = {hours:?}\n[routing]\npolicy = \"pool\"\n[team.reps]\ncount = {}\n\
         then = \"oldest first\"\n[work]\ndial = {{ law = \"exponential\", mean = \"{}min\" }}\n\
         [commitments.S]\nfrom = \"created\"\nto = \"attempted\"\nwithin = \"0s\"\ngoal = \"90%\"\n",
        shift.per_hour * shift.hours,
        shift.reps,
        60.0 / shift.handled_per_hour
    );
    scenario(&text).model
}

fn play(model: &Model, seed: u64, trials: Trials) -> Study {
    study::run(model.clone(), Settings { seed, trials, level: 0.95, ..Settings::default() }, &Quiet)
        .expect("no trial fails")
}

/// What the study tells of a measure over the horizon, all leads together.
fn told(study: &Study, exact: &Exact) -> Vec<Told> {
    let truths = [
        ("attainment", "ratio: share kept (delta)", exact.kept()),
        ("holds", "share of trials: goal holds (Wilson)", exact.holds),
        ("speed_to_lead_p90", "quantile: p90 of the wait (Woodruff)", exact.quantile(0.9)),
        ("speed_to_lead_p95", "quantile: p95 of the wait (Woodruff)", exact.quantile(0.95)),
        ("speed_to_lead_mean", "ratio: mean wait (delta, corrected for skewness)", exact.mean_wait()),
        ("mqls", "mean: leads a trial (Student's t)", exact.leads()),
    ];
    let findings = study.findings_over_horizon();
    let named = |measure: &str| {
        let is_it = |f: &&Finding| f.measure == measure && f.scope == Scope::All;
        findings.iter().find(is_it).unwrap_or_else(|| panic!("no {measure}")).estimate
    };
    truths.map(|(measure, kind, truth)| (kind.to_owned(), named(measure), truth)).into()
}

/// What one more rep makes, trial by trial on the same luck.
fn changes(base: &[Outcome], other: &[Outcome], exact: &Exact, more: &Exact) -> Vec<Told> {
    let counts = |outcomes: &[Outcome]| -> Vec<(f64, f64)> {
        let of = |o: &Outcome| (f64::from(o.commitments[0].all.kept), f64::from(o.commitments[0].all.judged));
        outcomes.iter().map(of).collect()
    };
    let (base, other) = (counts(base), counts(other));
    let missed =
        |counts: &[(f64, f64)]| counts.iter().map(|(kept, judged)| judged - kept).collect::<Vec<_>>();
    let holds = |counts: &[(f64, f64)]| -> Vec<bool> {
        counts.iter().map(|(kept, judged)| 10.0 * (judged - kept) <= *judged).collect()
    };
    let ratio = paired::ratios(&base, &other, 0.95).expect("same trials");
    let mean = paired::means(&missed(&base), &missed(&other), 0.95).expect("same trials");
    let held = paired::holds(&holds(&base), &holds(&other), 0.95).expect("same trials").difference;
    vec![
        ("paired: difference of shares kept (t)".into(), ratio, more.kept() - exact.kept()),
        ("paired: difference of missed leads (t)".into(), mean, more.late() - exact.late()),
        ("paired: difference of goals held (discordant)".into(), held, more.holds - exact.holds),
    ]
}

/// The exact law of the different days, and with one more rep.
static DIFFERENT_DAYS: LazyLock<[Exact; 2]> = LazyLock::new(|| with_one_more(DIFFERENT));

fn with_one_more(shift: Shift) -> [Exact; 2] {
    [shift.exact(), Shift { reps: shift.reps + 1, ..shift }.exact()]
}

/// Two thousand studies, each of so many trials, with their own seed.
fn fixed(shift: Shift, [exact, exact_more]: &[Exact; 2], trials: u64, coverage: &mut Coverage) {
    let (model, model_more) = (model(shift), model(Shift { reps: shift.reps + 1, ..shift }));
    let more = Prepared::new(&model_more);
    let one = |seed: u64| -> Vec<Told> {
        let study = play(&model, seed, Trials::Fixed(trials));
        let other: Vec<Outcome> =
            (0..trials).map(|trial| trial::run(&more, seed, trial, &mut Unwatched)).collect();
        let mut told = told(&study, exact);
        told.extend(changes(&study.records, &other, exact, exact_more));
        told
    };
    let runs: Vec<Vec<Told>> = (0..RUNS).into_par_iter().map(one).collect();
    runs.into_iter().for_each(|told| coverage.add(trials, told));
}

/// Two thousand studies that stop by themselves at a precision; the number of trials is the mean one.
fn stopped(shift: Shift, exact: &Exact, half_width: f64, coverage: &mut Coverage) -> u64 {
    let model = model(shift);
    let one = |seed: u64| {
        let study = play(&model, seed, Trials::Precision { half_width, at_most: 5_000 });
        assert_eq!(study.ending, Ending::Precise, "seed {seed}");
        let mut headline = RatioTally::default();
        let counts = study.records.iter().map(|record| record.commitments[0].all);
        counts.for_each(|all| headline.add(u64::from(all.kept), u64::from(all.judged)));
        (study.trials(), headline.estimate(0.95))
    };
    let runs: Vec<(u64, Estimate)> = (0..RUNS).into_par_iter().map(one).collect();
    let mean = runs.iter().map(|(trials, _)| trials).sum::<u64>() / RUNS;
    let kind = format!("sequential stop at ± {} points", 100.0 * half_width);
    let told = runs.into_iter().map(|(_, estimate)| (kind.clone(), estimate, exact.kept())).collect();
    coverage.add(mean, told);
    mean
}

/// What one more rep makes where trials share out their busyness: the same estimators, told of blocks.
fn changes_of_blocks(study: &Study, other: &[Outcome], [exact, more]: &[Exact; 2]) -> Vec<Told> {
    let units = study.units();
    let counts = |outcomes: &[Outcome]| -> Vec<(f64, f64)> {
        let of = |o: &Outcome| (f64::from(o.commitments[0].all.kept), f64::from(o.commitments[0].all.judged));
        outcomes.iter().map(of).collect()
    };
    let (base, other) = (counts(&study.records), counts(other));
    let sums = |counts: &[(f64, f64)]| -> Vec<(f64, f64)> {
        units.sums(counts.iter().copied(), |a, b| (a.0 + b.0, a.1 + b.1)).collect()
    };
    let held = |counts: &[(f64, f64)]| -> Vec<f64> {
        let held = |(kept, judged): &(f64, f64)| f64::from(u8::from(10.0 * (judged - kept) <= *judged));
        units.means(&counts.iter().map(held).collect::<Vec<f64>>())
    };
    let ratio = paired::ratios(&sums(&base), &sums(&other), 0.95).expect("same trials");
    let holds = paired::means(&held(&base), &held(&other), 0.95).expect("same trials");
    vec![
        ("paired: difference of shares kept (t)".into(), units.told(ratio), more.kept() - exact.kept()),
        ("paired: difference of goals held (t)".into(), units.told(holds), more.holds - exact.holds),
    ]
}

/// Studies whose trials share out their busyness, at the fewest blocks they may have: 20, so that every interval is one of 19 degrees of
/// freedom. It also holds them against a bias: an interval beside the truth would not cover it.
#[test]
fn studies_that_share_out_busyness_cover() {
    let trials = FEWEST_BLOCKS * STRATA;
    let exact = &DIFFERENT_DAYS;
    let (model, model_more) = (model(DIFFERENT), model(Shift { reps: DIFFERENT.reps + 1, ..DIFFERENT }));
    let more = Prepared::new(&model_more).sharing_busyness(true);
    let one = |seed: u64| -> Vec<Told> {
        let settings =
            Settings { seed, trials: Trials::Fixed(trials), stratified: true, ..Settings::default() };
        let study = study::run(model.clone(), settings, &Quiet).expect("no trial fails");
        let other: Vec<Outcome> =
            (0..trials).map(|trial| trial::run(&more, seed, trial, &mut Unwatched)).collect();
        let mut told = told(&study, &exact[0]);
        told.iter().for_each(|(kind, estimate, _)| {
            assert!(estimate.blocks == Some(FEWEST_BLOCKS) && estimate.trials == trials, "{kind}");
        });
        told.extend(changes_of_blocks(&study, &other, exact));
        told
    };
    let runs: Vec<Vec<Told>> = (0..RUNS).into_par_iter().map(one).collect();
    let mut coverage = Coverage::default();
    runs.into_iter().for_each(|told| coverage.add(trials, told));
    coverage.print("different days shared out");
    coverage.assert_at("different days shared out", trials);
}

/// Days that differ in busyness are the harder ones: a few bad days hold most of the waiting.
#[test]
fn studies_cover() {
    let mut coverage = Coverage::default();
    std::iter::once(200)
        .chain(asked())
        .for_each(|trials| fixed(DIFFERENT, &DIFFERENT_DAYS, trials, &mut coverage));
    coverage.print("different days");
    coverage.assert_at("different days", 200);
    record_further_shifts(&asked());
}

/// The rows of docs/METHOD.md that are recorded and not required; minutes of work where numbers of trials are asked for, else nothing.
fn record_further_shifts(sizes: &[u64]) {
    if sizes.is_empty() {
        return;
    }
    let rare = Shift { reps: 5, ..DIFFERENT };
    for (name, shift) in [("days alike", ALIKE), ("different days, rare misses", rare)] {
        let (mut coverage, exact) = (Coverage::default(), with_one_more(shift));
        sizes.iter().for_each(|trials| fixed(shift, &exact, *trials, &mut coverage));
        for half_width in [0.08, 0.055, 0.04] {
            stopped(shift, &exact[0], half_width, &mut coverage);
        }
        coverage.print(name);
    }
}

/// The study's own rule of stopping, at a precision that takes about 200 trials.
#[test]
fn a_study_that_stops_by_itself_covers() {
    let mut coverage = Coverage::default();
    let trials = stopped(DIFFERENT, &DIFFERENT_DAYS[0], 0.055, &mut coverage);
    coverage.print("different days");
    assert!((150..=250).contains(&trials), "{trials} trials on average");
    coverage.assert_at("different days", trials);
}
