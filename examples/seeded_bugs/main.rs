//! Plants well-known mistakes in a copy of leadsim, one at a time, and tells which tests notice each.
//!
//! `cargo run --release --example seeded_bugs` plants every bug of `tests/seeded-bugs/bugs.toml`. It ends with 0 if each is caught, with 1 if
//! one is not (or the tests fail without any bug), and with 2 if a plant is broken: its text is not in the file exactly once, or the
//! planted copy does not compile. The copy and what is built of it lie in `target/seeded-bugs`; one run at a time.

#![forbid(unsafe_code)]

mod bug;
mod copy;
mod suite;

use bug::Bug;
use clap::Parser;
use copy::Copy;
use std::path::Path;
use std::process::ExitCode;
use suite::{Program, Wrong};

/// Plants well-known mistakes in a copy of leadsim, and tells which tests notice each.
#[derive(Debug, Parser)]
struct Arguments {
    /// Only bugs whose name contains this; may be given several times.
    #[arg(long)]
    only: Vec<String>,
    /// Lists the bugs, checks that each can be planted, and ends.
    #[arg(long)]
    list: bool,
}

fn main() -> ExitCode {
    match hunt(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

/// Whether every bug asked for is caught.
fn hunt(arguments: &Arguments) -> Result<bool, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut bugs = bug::read(root)?;
    bugs.retain(|bug| arguments.only.is_empty() || arguments.only.iter().any(|part| bug.name.contains(part)));
    if bugs.is_empty() {
        return Err("no bug has such a name; --list shows them".into());
    }
    if arguments.list {
        bugs.iter().for_each(|bug| println!("{}: {} ({})", bug.name, bug.what, bug.file));
        return Ok(true);
    }
    let began = suite::now();
    let copy = Copy::make(root)?;
    println!("Building and testing the copy without any bug (the first time this takes minutes) ...");
    if !is_sound(&copy, &bugs)? {
        return Ok(false);
    }
    println!("  passes, {:.0} s", began.elapsed().as_secs_f64());
    let mut rows = Vec::new();
    for (place, bug) in bugs.iter().enumerate() {
        let since = suite::now();
        println!("[{}/{}] {} ...", place + 1, bugs.len(), bug.name);
        let caught = plant_and_test(&copy, bug)?;
        let told =
            if caught.is_empty() { "NOT CAUGHT".into() } else { format!("caught by {}", few(&caught)) };
        println!("  {told}, {:.0} s", since.elapsed().as_secs_f64());
        rows.push((bug, caught));
    }
    let missed = rows.iter().filter(|(_, caught)| caught.is_empty()).count();
    println!("\n| bug | planted in | caught by |\n|---|---|---|");
    for (bug, caught) in &rows {
        let by = if caught.is_empty() { "**nothing**".into() } else { few(caught) };
        println!("| {} | `{}` | {by} |", bug.name, bug.file);
    }
    println!(
        "\n{} of {} bugs caught, {:.0} minutes",
        rows.len() - missed,
        rows.len(),
        began.elapsed().as_secs_f64() / 60.0
    );
    Ok(missed == 0)
}

/// Whether every test that is to catch a bug exists, and passes where there is none: else "caught" means nothing.
fn is_sound(copy: &Copy, bugs: &[Bug]) -> Result<bool, String> {
    let mut sound = true;
    for program in Program::ALL {
        let filters: Vec<String> = bugs.iter().flat_map(|bug| bug.tests(program).to_vec()).collect();
        if filters.is_empty() {
            continue;
        }
        let result = suite::run(copy, program, &filters).map_err(|wrong| match wrong {
            Wrong::DoesNotCompile(told) => format!("leadsim does not compile without any bug:\n{told}"),
            Wrong::CannotRun(told) => told,
        })?;
        for failed in &result.failed {
            println!("  FAILS WITHOUT ANY BUG: {failed}");
            sound = false;
        }
        if let Some(filter) = filters.iter().find(|f| !result.passed.iter().any(|test| test.contains(*f))) {
            return Err(format!("no test of {program:?} is called {filter}: correct {}", bug::LIST));
        }
    }
    Ok(sound)
}

/// The tests that notice the bug.
fn plant_and_test(copy: &Copy, bug: &Bug) -> Result<Vec<String>, String> {
    let planted = copy.plant(bug)?;
    let mut caught = Vec::new();
    for program in Program::ALL {
        if bug.tests(program).is_empty() {
            continue;
        }
        let result = suite::run(copy, program, bug.tests(program)).map_err(|wrong| match wrong {
            Wrong::DoesNotCompile(told) => {
                format!("the plant \"{}\" does not compile, which catches nothing:\n{told}", bug.name)
            }
            Wrong::CannotRun(told) => told,
        })?;
        caught.extend(result.failed);
    }
    planted.dig_up()?;
    Ok(caught)
}

/// The first three of a list, and how many more there are.
fn few(tests: &[String]) -> String {
    let named: Vec<String> = tests.iter().take(3).map(|test| format!("`{test}`")).collect();
    match tests.len().saturating_sub(named.len()) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
