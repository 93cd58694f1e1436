//! How long things take: loading a scenario, one trial, a small study, calendar questions, a random stream.

use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, Criterion, criterion_group, criterion_main};
use leadsim::random::{Key, Law};
use leadsim::scenario::{self, Set};
use leadsim::study::{self, Quiet, Settings, Trials};
use leadsim::time::Span;
use leadsim::trial::{self, Prepared, Unwatched};
use std::hint::black_box;
use std::path::Path;

const TEMPLATE: &str = "scenarios/template.toml";

/// A scenario of a folder of the project, changed.
fn load(file: &str, sets: &[&str]) -> scenario::Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let sets: Vec<Set> = sets.iter().map(|s| Set::parse(s).expect("a well-formed change")).collect();
    scenario::load(&path, &sets).unwrap_or_else(|problems| panic!("{problems}"))
}

/// One trial after the other of a scenario.
fn trials_of(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, scenario: &scenario::Scenario) {
    let prepared = Prepared::new(&scenario.model);
    let mut number = 0;
    group.bench_function(name, |b| {
        b.iter(|| {
            number += 1;
            black_box(trial::run(&prepared, 1, number, &mut Unwatched))
        });
    });
}

fn trials(c: &mut Criterion) {
    let mut group = c.benchmark_group("trial");
    for (name, sets) in [
        ("template", &[][..]),
        ("template, Tier 1 pooled", &["routing.tiers.1.policy=pool"]),
        (
            "template, 60 reps, 1500 MQLs",
            &["team.reps.count=60", "leads.busyness.shape=10", "sources.content.per_month=1400"],
        ),
    ] {
        trials_of(&mut group, name, &load(TEMPLATE, sets));
    }
    group.finish();
}

/// The workloads that other engines play too.
fn workloads(c: &mut Criterion) {
    let mut group = c.benchmark_group("workload");
    group.sample_size(20);
    for name in ["w1", "w2", "w3"] {
        trials_of(&mut group, name, &load(&format!("benches/workloads/{name}.toml"), &[]));
    }
    group.finish();
}

fn studies(c: &mut Criterion) {
    let mut group = c.benchmark_group("study");
    group.sample_size(10);
    let scenario = load(TEMPLATE, &[]);
    group.bench_function("template, 100 trials, all threads", |b| {
        let settings = Settings { trials: Trials::Fixed(100), ..Settings::default() };
        b.iter_batched(
            || scenario.model.clone(),
            |model| study::run(model, settings.clone(), &Quiet).expect("no trial fails"),
            BatchSize::SmallInput,
        );
    });
    let settings = Settings { trials: Trials::Fixed(100), ..Settings::default() };
    let study = study::run(scenario.model.clone(), settings, &Quiet).expect("no trial fails");
    group.bench_function("findings of 100 trials", |b| b.iter(|| black_box(study.findings())));
    group.bench_function("load template.toml", |b| b.iter(|| black_box(load(TEMPLATE, &[]))));
    group.finish();
}

fn ground(c: &mut Criterion) {
    let mut group = c.benchmark_group("ground");
    let scenario = load(TEMPLATE, &[]);
    let hours = &scenario.model.leads.zones[0].hours;
    let start = scenario.model.horizon.start;
    let mut n = 0i64;
    let mut next = || {
        n = (n + 7_919) % 120_000;
        start + Span::minutes(n)
    };
    group.bench_function("business time between two instants", |b| {
        b.iter(|| black_box(hours.open_between(next(), next())))
    });
    group.bench_function("instant after 15 business minutes", |b| {
        b.iter(|| black_box(hours.after(next(), Span::minutes(15))))
    });
    let law = Law::log_normal_median_p90(2.0, 10.0).expect("valid");
    let key = Key::root(1);
    let mut index = 0;
    group.bench_function("a fresh stream and a log-normal draw", |b| {
        b.iter(|| {
            index += 1;
            black_box(law.sample(&mut key.stream(1, index)))
        });
    });
    group.bench_function("a uniform draw by key", |b| {
        b.iter(|| {
            index += 1;
            black_box(key.uniform(1, index))
        });
    });
    group.finish();
}

criterion_group!(benches, trials, workloads, studies, ground);
criterion_main!(benches);
