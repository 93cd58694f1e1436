//! How much sooner an answer is there: the trials and the processor time that each way of sharing luck needs for half a point. `cargo bench
//! --bench sooner` measures and writes `benches/sooner.csv`.

use leadsim::scenario::{self, Scenario, Set};
use leadsim::stats::FEWEST_TRIALS_FOR_AN_INTERVAL;
use leadsim::study::{FEWEST_BLOCKS, calibrate_decay};
use leadsim::trial::{self, Funnel, Prepared, STRATA, Unwatched};
use rayon::prelude::*;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// Trials of each plan: 600 blocks, so that a variance between blocks is known to about 6 %.
const TRIALS: u64 = 12_000;

/// Groups of trials left out in turn, for the error of a factor (jackknife).
const GROUPS: usize = 30;

/// Wanted half-width of the 95 % interval: half a point of a share, half a percent of an amount.
const HALF: f64 = 0.005;

/// Two-sided critical value of a 95 % interval.
const CRITICAL: f64 = 1.959_964;

/// The desk of an eight-hour day in which one day's busyness decides.
const ONE_DAY: &str = r#"
format = 1
[horizon]
start = "2026-02-02"
length = "1 day"
run_in = "0 weeks"
zone = "UTC"
[calendar]
hours = ["Mon-Fri 08:00-16:00"]
[tiers.1]
[leads.busyness]
per = "day"
shape = 12
[sources.web]
tier = 1
per_day = 60
hour_shares = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]
[routing]
policy = "pool"
[team.reps]
count = 5
shift = "Mon-Fri 08:00-24:00"
[work]
dial = { law = "exponential", mean = "35min" }
[commitments.first]
from = "created"
to = "attempted"
within = "5min"
goal = "80%"
"#;

/// What one trial counts.
#[derive(Debug, Clone, Copy)]
struct Counts {
    kept: f64,
    judged: f64,
    mqls: f64,
    /// By probabilities after the meeting, and drawn.
    opportunities: [f64; 2],
    won: [f64; 2],
}

/// How a plan's trials are played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Luck {
    seed: u64,
    stratified: bool,
}

const PLAIN: Luck = Luck { seed: 1, stratified: false };
const SHARED: Luck = Luck { seed: 1, stratified: true };

/// A number that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Figure {
    Attainment,
    Holds,
    Mqls,
    Opportunities,
    Won,
}

/// A way to get at a figure.
struct Technique {
    name: &'static str,
    stratified: bool,
    /// Both plans of a difference on the same seed.
    common: bool,
    drawn: bool,
}

/// A desk as it is and with one more rep, and all that was played.
struct Played {
    name: &'static str,
    /// The goal at which whether it is reached is near a coin flip.
    goal: f64,
    /// By plan: the trials of each luck, and seconds of a trial, plain and stratified.
    plans: [Vec<(Luck, Vec<Counts>)>; 2],
    seconds: [[f64; 2]; 2],
}

fn main() -> Result<(), Box<dyn Error>> {
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.toml");
    let quarter = play_both("template, a quarter", 0.65, |sets| scenario::load(&template, sets), 7)?;
    let text = |sets: &[Set]| scenario::from_text(ONE_DAY, "one day", Path::new("."), sets);
    let day = play_both("one day of one desk", 0.80, text, 6)?;
    let mut table = String::from(
        "desk,figure,technique,value,half_width,standard_deviation_a_trial,milliseconds,factor,standard_error_of_factor,trials,seconds\n",
    );
    use Figure::{Attainment, Holds, Mqls, Opportunities, Won};
    for figure in [Attainment, Holds, Mqls, Opportunities, Won] {
        rows(&mut table, &quarter, figure)?;
    }
    for figure in [Attainment, Holds, Mqls] {
        rows(&mut table, &day, figure)?;
    }
    std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/sooner.csv"), &table)?;
    print!("{table}");
    Ok(())
}

/// Plays a desk and the same with so many reps, each on two seeds, plain and with busyness shared out.
fn play_both<E: Error + 'static>(
    name: &'static str,
    goal: f64,
    load: impl Fn(&[Set]) -> Result<Scenario, E>,
    reps: u32,
) -> Result<Played, Box<dyn Error>> {
    let calibrated = |sets: &[Set]| -> Result<Scenario, Box<dyn Error>> {
        let mut scenario = load(sets)?;
        calibrate_decay(&scenario.base, &mut scenario.model)?;
        Ok(scenario)
    };
    let one_more = Set::new("team.reps.count", &reps.to_string())?;
    let scenarios = [calibrated(&[])?, calibrated(&[one_more])?];
    let seconds = seconds_a_trial(&scenarios);
    // The plan as it is needs no second seed.
    let lucks = [PLAIN, SHARED, Luck { seed: 2, ..PLAIN }, Luck { seed: 2, ..SHARED }];
    let played = |scenario: &Scenario, lucks: &[Luck]| {
        lucks.iter().map(|luck| (*luck, play(scenario, *luck))).collect()
    };
    let plans = [played(&scenarios[0], &lucks[..2]), played(&scenarios[1], &lucks)];
    Ok(Played { name, goal, plans, seconds })
}

fn play(scenario: &Scenario, luck: Luck) -> Vec<Counts> {
    let prepared = Prepared::new(&scenario.model).sharing_busyness(luck.stratified);
    (0..TRIALS).into_par_iter().map(|trial| counts(&prepared, luck, trial)).collect()
}

fn counts(prepared: &Prepared<'_>, luck: Luck, trial: u64) -> Counts {
    let outcome = trial::run(prepared, luck.seed, trial, &mut Unwatched);
    let headline = prepared.model.agreement.headline().expect("both desks have a promise");
    let promise = outcome.commitments[headline].all;
    let sum = |of: fn(&Funnel) -> f64| outcome.tiers.iter().map(|tier| of(&tier.funnel)).sum::<f64>();
    Counts {
        kept: promise.kept.into(),
        judged: promise.judged.into(),
        mqls: sum(|f| f.mqls.into()),
        opportunities: [sum(|f| f.opportunities_expected), sum(|f| f.opportunities.into())],
        won: [sum(|f| f.won_expected), sum(|f| f.won.into())],
    }
}

/// Rounds in which the time of a trial is taken; the quickest counts, because what else the machine does only adds.
const ROUNDS: usize = 25;

/// Seconds of a trial by plan, plain and with busyness shared out: one block, all four in turns.
fn seconds_a_trial(plans: &[Scenario; 2]) -> [[f64; 2]; 2] {
    let lucks = plans.each_ref().map(|plan| {
        [PLAIN, SHARED].map(|luck| (luck, Prepared::new(&plan.model).sharing_busyness(luck.stratified)))
    });
    let mut quickest = [[[Duration::MAX; STRATA as usize]; 2]; 2];
    for _ in 0..ROUNDS {
        let all = lucks.iter().flatten().zip(quickest.iter_mut().flatten());
        for ((luck, prepared), quickest) in all {
            for (trial, quickest) in (0..).zip(quickest) {
                #[expect(clippy::disallowed_methods, reason = "it is the clock that is asked")]
                let begun = Instant::now();
                std::hint::black_box(counts(prepared, *luck, trial));
                *quickest = begun.elapsed().min(*quickest);
            }
        }
    }
    quickest.map(|plan| plan.map(|trials| trials.iter().sum::<Duration>().as_secs_f64() / STRATA as f64))
}

impl Figure {
    fn name(self) -> &'static str {
        match self {
            Figure::Attainment => "share kept of the headline promise",
            Figure::Holds => "chance that it is kept for so many",
            Figure::Mqls => "MQLs",
            Figure::Opportunities => "opportunities",
            Figure::Won => "won",
        }
    }

    fn has_draws(self) -> bool {
        matches!(self, Figure::Opportunities | Figure::Won)
    }

    /// Whether half a percent of it is wanted, not half a point.
    fn is_amount(self) -> bool {
        self.has_draws() || self == Figure::Mqls
    }

    /// Its value, and by how much each trial moves it (the ratio linearised).
    fn heard(self, trials: &[Counts], drawn: bool, goal: f64) -> (f64, Vec<f64>) {
        let of = |t: &Counts| match self {
            Figure::Attainment => (t.kept, t.judged),
            Figure::Holds => (f64::from(u8::from(t.kept >= goal * t.judged)), 1.0),
            Figure::Mqls => (t.mqls, 1.0),
            Figure::Opportunities => (t.opportunities[usize::from(drawn)], 1.0),
            Figure::Won => (t.won[usize::from(drawn)], 1.0),
        };
        let sums = trials.iter().map(of).fold((0.0, 0.0), |sum, (x, n)| (sum.0 + x, sum.1 + n));
        let (value, mean) = (sums.0 / sums.1, sums.1 / trials.len() as f64);
        (value, trials.iter().map(of).map(|(x, n)| (x - value * n) / mean).collect())
    }

    /// The ways to a figure, the plainest first; `of_two` where it is the difference between two plans.
    fn techniques(self, of_two: bool) -> Vec<Technique> {
        let shares = [(false, false), (true, false), (false, true), (true, true)];
        let names = [
            "plain independent trials",
            "stratified busyness",
            "common random numbers",
            "common random numbers, stratified busyness",
        ];
        let shares = shares.into_iter().zip(names).filter(|((_, common), _)| of_two || !common);
        let drawn = self.has_draws().then_some(Technique {
            name: "plain independent trials, conversions drawn",
            stratified: false,
            common: false,
            drawn: true,
        });
        let by_probability =
            shares.map(|((stratified, common), name)| Technique { name, stratified, common, drawn: false });
        drawn.into_iter().chain(by_probability).collect()
    }
}

impl Played {
    fn trials(&self, plan: usize, luck: Luck) -> &[Counts] {
        let found = self.plans[plan].iter().find(|(played, _)| *played == luck);
        &found.expect("every luck that is asked for was played").1
    }

    /// The value of a figure, by how much each trial moves it, and seconds of a trial.
    fn by(&self, technique: &Technique, figure: Figure, of_two: bool) -> (f64, Vec<f64>, f64) {
        let Technique { stratified, common, drawn, .. } = *technique;
        let luck = Luck { seed: 1, stratified };
        let (value, mut moves) = figure.heard(self.trials(0, luck), drawn, self.goal);
        let seconds = self.seconds.map(|plan| plan[usize::from(stratified)]);
        if !of_two {
            return (value, moves, seconds[0]);
        }
        let luck = Luck { seed: if common { 1 } else { 2 }, stratified };
        let (other, others) = figure.heard(self.trials(1, luck), drawn, self.goal);
        moves.iter_mut().zip(others).for_each(|(mine, other)| *mine = other - *mine);
        (other - value, moves, seconds[0] + seconds[1])
    }
}

/// Variance times number of trials, from independent units of `size` trials each; one group left out, if any.
fn spread(moves: &[f64], size: usize, without: Option<usize>) -> f64 {
    let each = moves.len() / GROUPS;
    let units = |(group, moves): (usize, &'_ [f64])| -> Vec<f64> {
        let means = moves.chunks(size).map(|unit| unit.iter().sum::<f64>() / size as f64);
        means.filter(|_| without != Some(group)).collect()
    };
    let units: Vec<f64> = moves.chunks(each).enumerate().flat_map(units).collect();
    let mean = units.iter().sum::<f64>() / units.len() as f64;
    let squares: f64 = units.iter().map(|unit| (unit - mean).powi(2)).sum();
    squares / (units.len() - 1) as f64 * size as f64
}

/// Rows of one figure of a desk: itself, and what one more rep makes of it.
fn rows(table: &mut String, played: &Played, figure: Figure) -> Result<(), std::fmt::Error> {
    // With one more rep just as many leads come.
    for of_two in [false, true].into_iter().filter(|of_two| !(*of_two && figure == Figure::Mqls)) {
        let whole = if figure.is_amount() {
            figure.heard(played.trials(0, PLAIN), false, played.goal).0
        } else {
            1.0
        };
        let half = HALF * whole;
        let techniques = figure.techniques(of_two);
        let (_, plainest, plain_seconds) = played.by(&techniques[0], figure, of_two);
        for technique in &techniques {
            let (value, moves, seconds) = played.by(technique, figure, of_two);
            let size = if technique.stratified { STRATA } else { 1 };
            let spread_of = |without| spread(&moves, size as usize, without);
            let factor =
                |without| spread(&plainest, 1, without) * plain_seconds / (spread_of(without) * seconds);
            let logs: Vec<f64> = (0..GROUPS).map(|group| factor(Some(group)).ln()).collect();
            let mean = logs.iter().sum::<f64>() / GROUPS as f64;
            let squares: f64 = logs.iter().map(|log| (log - mean).powi(2)).sum();
            let error = factor(None) * (squares * (GROUPS - 1) as f64 / GROUPS as f64).sqrt();
            let needed = (CRITICAL * CRITICAL * spread_of(None) / (half * half)).ceil() as u64;
            let fewest =
                if technique.stratified { FEWEST_BLOCKS * STRATA } else { FEWEST_TRIALS_FOR_AN_INTERVAL };
            let needed = needed.next_multiple_of(size).max(fewest);
            writeln!(
                table,
                "\"{}\",\"{}{}\",\"{}\",{value:.5},{half:.5},{:.5},{:.3},{:.2},{error:.2},{needed},{:.2}",
                played.name,
                if of_two { "one more rep: " } else { "" },
                figure.name(),
                technique.name,
                spread_of(None).sqrt(),
                seconds * 1e3,
                factor(None),
                needed as f64 * seconds
            )?;
        }
    }
    Ok(())
}
