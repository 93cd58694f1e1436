//! How long things take: one trial, a workload beside a program written for it alone, a small study, the list of events, loading a
//! scenario, calendar questions, a random stream.

#[path = "baseline/w2.rs"]
mod baseline;
/// The engine's own list of events, which is no part of what the library offers.
#[path = "../src/trial/queue.rs"]
#[expect(dead_code, reason = "only what is timed is called")]
mod queue;

use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use leadsim::random::{Key, Law};
use leadsim::scenario::{self, Set};
use leadsim::study::{self, Quiet, Settings, Trials};
use leadsim::time::{self, Instant, Span};
use leadsim::trial::{self, Prepared, Unwatched};
use queue::{Kind, Queue};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
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
    let mut seed = 0;
    group.bench_function("w2, program written for it alone", |b| {
        b.iter(|| {
            seed += 1;
            black_box(baseline::quarter(seed))
        });
    });
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

/// Steps of a list of events in one measurement.
const STEPS: usize = 10_000;

/// Taking the next event and scheduling another, with so many scheduled: half of them soon, as tasks are, half in the next days. Beside
/// it a binary heap of the same 16 bytes.
fn events(c: &mut Criterion) {
    let mut group = c.benchmark_group("event queue");
    group.throughput(Throughput::Elements(STEPS as u64));
    let mut random = SmallRng::seed_from_u64(1);
    let mut delay = |n| random.random_range(1..if n % 2 == 0 { 1_200_000_000 } else { 260_000_000_000 });
    let delays: Vec<i64> = (0..65_537).map(&mut delay).collect();
    for pending in [100, 1_000, 100_000] {
        let scheduled = || delays.iter().cycle().zip(0..pending);
        let further = || delays.iter().rev().take(STEPS);
        group.bench_function(format!("next event and another, {pending} scheduled"), |b| {
            let epoch = Instant::from_micros(0);
            let until = Instant::from_micros(1 << 49);
            let begin = || {
                let mut queue = Queue::new(epoch);
                let put = |(delay, whom): (&i64, u32)| {
                    queue.push(epoch + Span::from_micros(*delay), Kind::FollowUpDue, whom, 0);
                };
                scheduled().for_each(put);
                queue
            };
            let steps = |mut queue: Queue| {
                for delay in further() {
                    let event = queue.pop_before(until, Kind::Arrival).expect("as many go in as come out");
                    queue.push(event.at + Span::from_micros(*delay), event.kind, event.whom, event.stamp);
                }
                queue
            };
            b.iter_batched(begin, steps, BatchSize::LargeInput);
        });
        group.bench_function(format!("the same in a binary heap, {pending} scheduled"), |b| {
            let packed = |delay: &i64| u128::from(delay.unsigned_abs()) << 64;
            let begin = || -> BinaryHeap<Reverse<u128>> {
                scheduled().map(|(delay, whom)| Reverse(packed(delay) | u128::from(whom))).collect()
            };
            let steps = |mut heap: BinaryHeap<Reverse<u128>>| {
                for delay in further() {
                    let Reverse(event) = heap.pop().expect("as many go in as come out");
                    heap.push(Reverse(event + packed(delay)));
                }
                heap
            };
            b.iter_batched(begin, steps, BatchSize::LargeInput);
        });
    }
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

criterion_group!(benches, trials, workloads, studies, events, ground);
criterion_main!(benches);
