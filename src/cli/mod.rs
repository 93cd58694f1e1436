//! The command line: arguments in, pages out, exit codes. The only part that prints or reads the environment.

mod args;
mod clauses;
mod compare;
mod draws;
mod failure;
mod fix;
mod interrupt;
mod leaving;
mod money;
mod numbers;
mod opening;
mod percent;
mod progress;
mod promise;
mod run;
mod scenario_files;
mod sensitivity;
mod size;
mod size_cover;
mod stratified;
mod stress;
mod sweep;
mod trace;
mod values;
mod volume;
mod volume_team;
mod why;
mod work;

use crate::report::text::faint_line;
use crate::study;
use args::{Arguments, Command, Format};
use clap::Parser;
use failure::{Failure, INTERRUPTED};
use std::io::{ErrorKind, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

/// Runs the program. Exit codes: 0 done; 1 only where `--fail-if-missed` was asked for and a commitment does not hold; 2 wrong
/// input or failure; 130 interrupted.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    interrupt::listen();
    // a panic unwinds through the half-written folder, which goes; what was there before stays
    let outcome = catch_unwind(AssertUnwindSafe(|| obey(&arguments.command)))
        .unwrap_or_else(|panic| Err(Failure::Broken(study::panic_message(panic.as_ref()))));
    match outcome {
        Ok(code) => code,
        Err(failure) => {
            failure.tell();
            failure.code()
        }
    }
}

fn obey(command: &Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Run(run) => run::run(run),
        Command::Sweep(sweep) => sweep::sweep(sweep),
        Command::Size(of) => size::size(of),
        Command::Fix(of) => fix::fix(of),
        Command::Sensitivity(of) => sensitivity::sensitivity(of),
        Command::Stress(of) => stress::stress(of),
        Command::Promise(of) => promise::promise(of),
        Command::Compare(compare) => compare::compare(compare),
        Command::Volume(volume) => volume::volume(volume),
        Command::Why(of) => why::why(of),
        Command::Trace(trace) => trace::trace(trace),
        Command::Explain(explain) => scenario_files::explain(explain),
        Command::Schema(schema) => scenario_files::schema(schema),
        Command::Init(init) => scenario_files::init(init),
    }
}

/// Prints to standard output, with colours on a terminal only; a reader that has gone away is no failure.
fn say(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(()),
    }
}

/// An answer as it is printed.
struct Printed<'a> {
    /// The page.
    words: &'a str,
    /// The same for machines.
    document: &'a str,
    /// What stands in faint letters under the page: trials, seconds, the folder. Left out with `--quiet`.
    foot: &'a [String],
    /// Whether the user stopped the command.
    stopped: bool,
}

impl Printed<'_> {
    /// Prints it, and says how the command ends: 0, or 130 where it was stopped.
    fn say(&self, format: Format, quiet: bool) -> Result<ExitCode, Failure> {
        match format {
            Format::Json => say(self.document)?,
            Format::Text if quiet => say(self.words)?,
            Format::Text => say(&format!("{}{}", self.words, faint_line(&self.foot.join(" · "))))?,
        }
        Ok(if self.stopped { ExitCode::from(INTERRUPTED) } else { ExitCode::SUCCESS })
    }
}

/// Prints a line to standard error; if even that fails there is nobody to tell.
fn remark(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}
