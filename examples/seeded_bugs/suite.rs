//! Builds the tests of a copy and runs some of them: which pass, which fail.

use crate::copy::Copy;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// A bug may make a trial endless; tests that take longer than this have noticed.
const AT_MOST: Duration = Duration::from_secs(15 * 60);

/// A program of tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Program {
    Units,
    Suite,
}

impl Program {
    pub const ALL: [Program; 2] = [Program::Units, Program::Suite];

    fn asked_for(self) -> &'static [&'static str] {
        match self {
            Program::Units => &["--lib"],
            Program::Suite => &["--test", "suite"],
        }
    }
}

/// What a run of tests said.
#[derive(Debug, Default)]
pub(crate) struct Ran {
    pub passed: Vec<String>,
    pub failed: Vec<String>,
}

/// Why there is nothing to tell.
#[derive(Debug)]
pub(crate) enum Wrong {
    /// With the compiler's words.
    DoesNotCompile(String),
    CannotRun(String),
}

/// Builds a program of tests and runs those whose names contain one of `filters`.
pub(crate) fn run(copy: &Copy, program: Program, filters: &[String]) -> Result<Ran, Wrong> {
    let executable = build(copy, program)?;
    let said = copy.build.join("said.txt");
    let status = listen(copy, &executable, filters, &said)
        .map_err(|error| Wrong::CannotRun(format!("{} cannot be run: {error}", executable.display())))?;
    let text = std::fs::read_to_string(&said).map_err(|error| Wrong::CannotRun(error.to_string()))?;
    let mut ran = Ran::default();
    for line in text.lines() {
        match line.strip_prefix("test ").and_then(|line| line.rsplit_once(" ... ")) {
            Some((test, "ok")) => ran.passed.push(test.into()),
            Some((test, "FAILED")) => ran.failed.push(test.into()),
            _ => {}
        }
    }
    match status {
        None => ran.failed.push("the time limit".into()),
        Some(status) if !status.success() && ran.failed.is_empty() => {
            ran.failed.push(format!("the end of the tests ({status})"));
        }
        Some(_) => {}
    }
    Ok(ran)
}

/// Builds a program of tests, in the profile of development: it builds bit by bit, and checks overflow and assertions.
fn build(copy: &Copy, program: Program) -> Result<PathBuf, Wrong> {
    let cannot = |error: &dyn std::fmt::Display| Wrong::CannotRun(format!("cargo: {error}"));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["test", "--quiet", "--no-run", "--message-format=json-render-diagnostics"])
        .args(program.asked_for())
        .current_dir(&copy.source)
        .env("CARGO_TARGET_DIR", &copy.build)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .stderr(Stdio::piped())
        .output()
        .map_err(|error| cannot(&error))?;
    if !output.status.success() {
        return Err(Wrong::DoesNotCompile(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    let told = String::from_utf8_lossy(&output.stdout);
    let messages = told.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let is_test = |message: &serde_json::Value| message["profile"]["test"] == true;
    let found =
        messages.filter(is_test).find_map(|message| message["executable"].as_str().map(PathBuf::from));
    found.ok_or_else(|| cannot(&"no program of tests was built"))
}

/// Runs the program with its words in a file; none if it was stopped at the time limit.
fn listen(
    copy: &Copy,
    executable: &Path,
    filters: &[String],
    said: &Path,
) -> std::io::Result<Option<ExitStatus>> {
    let mut child: Child = Command::new(executable)
        .args(filters)
        .current_dir(&copy.source)
        .env("RUST_BACKTRACE", "0")
        .stdout(File::create(said)?)
        .stderr(Stdio::null())
        .spawn()?;
    let began = now();
    while began.elapsed() < AT_MOST {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

/// To tell how long things take, and to stop what takes too long.
#[expect(clippy::disallowed_methods, reason = "no answer of leadsim hangs on it")]
pub(crate) fn now() -> Instant {
    Instant::now()
}
