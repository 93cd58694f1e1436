//! Goes through the cases and prints what came of each: its numbers, its verdict, and the summary.

use crate::case::Case;
use crate::families::{Translated, translate};
use crate::plan::Plan;
use crate::run::{Answered, Effort, answer};
use crate::verdict::{Line, Verdict, judge};
use std::time::Duration;

/// What is to be done with a case.
enum Work {
    Simulate(Vec<Plan>),
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
        other => Work::Skipped(format!("kind {other} is not run")),
    }
}

/// Answers all cases, prints the table and the summary, and returns how many failed.
pub fn answer_all(cases: &[Case], effort: Effort) -> usize {
    let works: Vec<Work> = cases.iter().map(work).collect();
    let comparisons: usize = works
        .iter()
        .map(|work| match work {
            Work::Simulate(plans) => plans.iter().map(|plan| plan.wanted.len()).sum(),
            Work::Skipped(_) => 0,
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
    let mut outcome =
        Outcome { case, lines: Vec::new(), spent: Duration::ZERO, trials: 0, skipped: None };
    let plans = match work {
        Work::Simulate(plans) => plans,
        Work::Skipped(reason) => {
            outcome.skipped = Some(reason);
            return outcome;
        }
    };
    let share = Effort { seconds: effort.seconds / plans.len().max(1) as f64, ..effort };
    for plan in &plans {
        match answer(plan, &case.id, share) {
            Ok(answered) => {
                outcome.spent += answered.spent;
                outcome.trials += answered.trials;
                outcome.lines.extend(judged(case, plan, &answered, comparisons));
            }
            Err(problems) => {
                outcome.skipped = Some(format!("the loader refuses its scenario: {problems}"));
                return outcome;
            }
        }
    }
    for number in case.numbers() {
        let name = number.name();
        if !outcome.lines.iter().any(|line| line.name == name) {
            outcome.lines.push(Line::skipped(name, number.exact, "not a quantity of the scenario"));
        }
    }
    outcome
}

fn judged(case: &Case, plan: &Plan, answered: &Answered, comparisons: usize) -> Vec<Line> {
    let of_one = |(wanted, found): (&crate::plan::Wanted, &crate::verdict::Estimated)| {
        let exact = wanted.number.exact;
        let (verdict, note) = judge(exact, case.reference_rel_accuracy, found, comparisons);
        let name = wanted.number.name();
        Line { name, exact, estimate: found.value, error: found.error, verdict, note }
    };
    plan.wanted.iter().zip(&answered.estimates).map(of_one).collect()
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
        Verdict::Skipped(reason) => return format!("{:<44} {:>16.9}  not compared: {reason}", line.name, line.exact),
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
