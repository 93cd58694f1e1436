//! Holds leadsim against exact answers: every case of a file becomes a scenario, is played, and is judged number by number.
//!
//! `cargo run --release --example reference -- PATH` prints per expected number its exact value, the estimate, its standard error, z and a
//! verdict, then a summary. It ends with 1 if any number fails.

#![forbid(unsafe_code)]

mod case;
mod clock;
mod decision;
mod estimate;
mod families;
mod plan;
mod report;
mod run;
mod text;
mod verdict;
mod watch;

use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;

/// Holds leadsim against a file of reference cases with exact answers.
#[derive(Debug, Parser)]
struct Arguments {
    /// The file of cases.
    path: PathBuf,
    /// Effort: 1 spends at most 150 seconds of processor time on a case; few need it.
    #[arg(long, default_value_t = 1.0)]
    budget: f64,
    /// Only cases whose name contains this; may be given several times.
    #[arg(long)]
    only: Vec<String>,
    /// Lists cases and whether they can be run, and ends.
    #[arg(long)]
    list: bool,
    /// Prints the scenarios of the cases, and ends.
    #[arg(long)]
    scenarios: bool,
    /// Seed of all chance.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Plays trials whose busyness is shared out in blocks, and takes errors from whole blocks.
    #[arg(long)]
    stratified: bool,
}

/// Processor seconds of the hardest case at budget 1.
const SECONDS: f64 = 150.0;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let cases = match case::read(&arguments.path) {
        Ok(cases) => cases,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    let chosen: Vec<case::Case> = cases
        .into_iter()
        .filter(|case| arguments.only.is_empty() || arguments.only.iter().any(|part| case.id.contains(part)))
        .collect();
    if arguments.list || arguments.scenarios {
        report::list(&chosen, arguments.scenarios);
        return ExitCode::SUCCESS;
    }
    let effort = run::Effort {
        seconds: SECONDS * arguments.budget,
        seed: arguments.seed,
        stratified: arguments.stratified,
    };
    let failed = report::answer_all(&chosen, effort);
    ExitCode::from(u8::from(failed > 0))
}
