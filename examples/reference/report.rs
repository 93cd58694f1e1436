//! Goes through the cases and prints what came of each: its numbers, its verdict, and the summary.

use crate::case::Case;
use crate::clock::Clock;
use crate::decision::decide;
use crate::estimate::Heard;
use crate::families::{Translated, numeric, shares_of_variance, staffing, translate};
use crate::plan::{Control, Plan, Wanted};
use crate::run::{Answered, Effort, answer};
use crate::verdict::{Estimated, Line, Verdict, judge};
use std::time::Duration;

/// What is to be done with a case.
enum Work {
    /// Scenarios to play.
    Simulate(Vec<Plan>),
    /// A procedure without chance: already done.
    Done(Vec<Line>),
    /// A procedure on random points, repeated.
    Repeated,
    /// Nothing, and why.
    Skipped(String),
}

/// A case with everything that came of it.
struct Outcome<'a> {
    case: &'a Case,
    lines: Vec<Line>,
    spent: Duration,
    trials: u64,
    skipped: Option<String>,
}

/// Prints each case and whether it can be run, with its scenarios if asked for.
pub fn list(cases: &[Case], scenarios: bool) {
    for case in cases {
        match work(case) {
            Work::Simulate(plans) => {
                let wanted: usize = plans.iter().map(|plan| plan.wanted.len()).sum();
                println!("{:<20} {wanted} of {} numbers", case.id, case.numbers().len());
                for plan in plans.iter().filter(|_| scenarios) {
                    println!("{}", plan.scenario);
                }
            }
            Work::Done(lines) => println!("{:<20} {} of {} numbers", case.id, lines.len(), lines.len()),
            Work::Repeated => println!("{:<20} {} numbers", case.id, case.numbers().len()),
            Work::Skipped(reason) => println!("{:<20} skipped: {reason}", case.id),
        }
    }
}

fn work(case: &Case) -> Work {
    match case.kind.as_str() {
        "simulate" => match translate(case) {
            Translated::Plans(plans) => Work::Simulate(plans),
            Translated::Skipped(reason) => Work::Skipped(reason),
        },
        "numeric" if case.family == "sensitivity indices" => Work::Repeated,
        "numeric" => numeric::lines(case).map_or_else(Work::Skipped, Work::Done),
        "optimise" => staffing::lines(case).map_or_else(Work::Skipped, Work::Done),
        other => Work::Skipped(format!("kind {other} is not run")),
    }
}

/// Answers all cases, prints the table and the summary, and returns how many failed.
pub fn answer_all(cases: &[Case], effort: Effort) -> usize {
    let works: Vec<Work> = cases.iter().map(work).collect();
    let comparisons: usize = works
        .iter()
        .map(|work| match work {
            Work::Simulate(plans) => plans.iter().map(|plan| plan.wanted.len() + plan.controls.len()).sum(),
            Work::Repeated => shares_of_variance::COMPARISONS,
            Work::Done(_) | Work::Skipped(_) => 0,
        })
        .sum();
    let mut counts = [0usize; 4];
    let mut spent = Duration::ZERO;
    for (place, (case, work)) in cases.iter().zip(works).enumerate() {
        eprintln!("{} of {}: {}", place + 1, cases.len(), case.id);
        let outcome = simulate(case, work, effort, comparisons);
        spent += outcome.spent;
        counts[print(&outcome) as usize] += 1;
    }
    summary(counts, spent, comparisons)
}

fn simulate<'a>(case: &'a Case, work: Work, effort: Effort, comparisons: usize) -> Outcome<'a> {
    let mut outcome = Outcome { case, lines: Vec::new(), spent: Duration::ZERO, trials: 0, skipped: None };
    match work {
        Work::Simulate(plans) => play_all(&mut outcome, &plans, effort, comparisons),
        Work::Done(lines) => outcome.lines = lines,
        Work::Repeated => repeat(&mut outcome, effort, comparisons),
        Work::Skipped(reason) => outcome.skipped = Some(reason),
    }
    outcome
}

fn play_all(outcome: &mut Outcome<'_>, plans: &[Plan], effort: Effort, comparisons: usize) {
    let case = outcome.case;
    let share = Effort { seconds: effort.seconds / plans.len().max(1) as f64, ..effort };
    for plan in plans {
        match answer(plan, &case.id, share) {
            Ok(answered) => {
                outcome.spent += answered.spent;
                outcome.trials += answered.trials;
                outcome.lines.extend(judged(case, &plan.wanted, &answered.estimates, comparisons));
                outcome.lines.extend(judged_controls(plan, &answered, comparisons));
            }
            Err(problems) => {
                outcome.skipped = Some(format!("the loader refuses its scenario: {problems}"));
                return;
            }
        }
    }
    for number in case.numbers() {
        let name = number.name();
        if !outcome.lines.iter().any(|line| line.name == name) {
            let line = decide(case, &number, &outcome.lines)
                .unwrap_or_else(|| Line::skipped(name, number.exact, "not a quantity of the scenario"));
            outcome.lines.push(line);
        }
    }
}

fn repeat(outcome: &mut Outcome<'_>, effort: Effort, comparisons: usize) {
    let clock = Clock::start();
    match shares_of_variance::repeated(outcome.case, effort.seed) {
        Ok((rows, wanted)) => {
            let heard = Heard::new(&rows, 1, &[]);
            let estimates: Vec<Estimated> = wanted.iter().map(|wanted| heard.estimate(wanted)).collect();
            outcome.trials = rows.len() as u64;
            outcome.lines = judged(outcome.case, &wanted, &estimates, comparisons);
        }
        Err(reason) => outcome.skipped = Some(reason),
    }
    outcome.spent = clock.spent();
}

fn judged(case: &Case, wanted: &[Wanted], estimates: &[Estimated], comparisons: usize) -> Vec<Line> {
    let of_one = |(wanted, found): (&Wanted, &Estimated)| {
        let exact = wanted.number.exact;
        let (verdict, note) = judge(exact, case.reference_rel_accuracy, found, comparisons);
        let name = wanted.number.name();
        Line { name, exact, estimate: found.value, error: found.error, verdict, note }
    };
    wanted.iter().zip(estimates).map(of_one).collect()
}

/// Controls must have the means that the scenario gives them, or what they steady is worth nothing.
fn judged_controls(plan: &Plan, answered: &Answered, comparisons: usize) -> Vec<Line> {
    let of_one = |(control, found): (&Control, &Estimated)| {
        // A control may be as wide as it likes, but not off.
        let verdict = match judge(control.mean, 0.0, found, comparisons).0 {
            Verdict::Fail => Verdict::Fail,
            _ => Verdict::Pass,
        };
        let (name, exact) = (format!("(control: {})", control.name), control.mean);
        Line { name, exact, estimate: found.value, error: found.error, verdict, note: String::new() }
    };
    plan.controls.iter().zip(&answered.controls).map(of_one).collect()
}

/// What a case counts as, in the order of the summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    Passed,
    Failed,
    Skipped,
    TooWide,
}

fn counts_as(outcome: &Outcome<'_>) -> Counts {
    let any = |verdict: &Verdict| outcome.lines.iter().any(|line| line.verdict == *verdict);
    match () {
        () if any(&Verdict::Fail) => Counts::Failed,
        () if outcome.skipped.is_some() || outcome.lines.is_empty() => Counts::Skipped,
        () if any(&Verdict::TooWide) => Counts::TooWide,
        () => Counts::Passed,
    }
}

fn print(outcome: &Outcome<'_>) -> Counts {
    let counts = counts_as(outcome);
    let word = match counts {
        Counts::Passed => "passed",
        Counts::Failed => "FAILED",
        Counts::Skipped => "skipped",
        Counts::TooWide => "too wide",
    };
    let case = outcome.case;
    match &outcome.skipped {
        Some(reason) => println!("{} · {} · {word}: {reason}\n", case.id, case.family),
        None => println!(
            "{} · {} · {word} · {} trials, {:.1} s of processor time",
            case.id,
            case.family,
            outcome.trials,
            outcome.spent.as_secs_f64()
        ),
    }
    if outcome.skipped.is_some() {
        return counts;
    }
    println!("  {:<44} {:>16} {:>16} {:>10} {:>6}  verdict", "number", "exact", "estimate", "error", "z");
    for line in &outcome.lines {
        println!("  {}", table_row(line));
    }
    println!();
    counts
}

fn table_row(line: &Line) -> String {
    let note = if line.note.is_empty() { String::new() } else { format!(" ({})", line.note) };
    let verdict = match &line.verdict {
        Verdict::Pass => "pass".to_string(),
        Verdict::Fail => "FAIL".to_string(),
        Verdict::TooWide => "too wide".to_string(),
        Verdict::Skipped(reason) => {
            return format!("{:<44} {:>16.9}  not compared: {reason}", line.name, line.exact);
        }
    };
    let z = if line.error > 0.0 { format!("{:.2}", line.z()) } else { "-".to_string() };
    format!(
        "{:<44} {:>16} {:>16} {:>10.2e} {z:>6}  {verdict}{note}",
        line.name,
        figure(line.exact),
        figure(line.estimate),
        line.error
    )
}

/// A number with enough digits, whatever its size.
fn figure(value: f64) -> String {
    let small = value != 0.0 && value.abs() < 1e-4;
    if small { format!("{value:.6e}") } else { format!("{value:.8}") }
}

fn summary(counts: [usize; 4], spent: Duration, comparisons: usize) -> usize {
    let [passed, failed, skipped, wide] = counts;
    println!(
        "{comparisons} comparisons, together a false alarm of {}; {:.0} s of processor time",
        crate::verdict::FAMILY_FALSE_ALARM,
        spent.as_secs_f64()
    );
    if wide > 0 {
        println!("{wide} of the skipped agree but are too wide to tell: give a larger --budget");
    }
    println!("{passed} passed, {failed} failed, {} skipped", skipped + wide);
    failed
}
