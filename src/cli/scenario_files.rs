//! `leadsim explain`, `schema` and `init`: what a scenario says, what it may say, and one to start from.

use super::args::{Document, Explain, Init, Schema};
use super::failure::Failure;
use super::{opening, say};
use crate::{report, scenario};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

/// Every value with its origin and reason.
pub(super) fn explain(arguments: &Explain) -> Result<ExitCode, Failure> {
    let scenario = opening::scenario(&arguments.scenario, false)?;
    say(&scenario::explain_text(&scenario::explain(&scenario)))?;
    Ok(ExitCode::SUCCESS)
}

/// A JSON Schema.
pub(super) fn schema(arguments: &Schema) -> Result<ExitCode, Failure> {
    match arguments.of {
        Document::Scenario => say(&report::json::text(&scenario::schema()))?,
        Document::Estimates => say(&report::json::schema())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// A scenario to start from.
pub(super) fn init(arguments: &Init) -> Result<ExitCode, Failure> {
    let path = &arguments.path;
    if path.is_dir() {
        return Err(Failure::IsFolder(path.clone()));
    }
    match write_new(path, scenario::starter().as_bytes(), arguments.force) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(Failure::Exists(path.clone())),
        Err(error) => return Err(Failure::Write { path: path.clone(), error }),
    }
    let shown = path.display();
    say(&format!("{shown} is written: put your own numbers in, then try\n  leadsim run {shown}\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a file that is not there yet, or with `force` puts a whole new one in the old one's place.
fn write_new(path: &Path, bytes: &[u8], force: bool) -> io::Result<()> {
    if force && path.exists() {
        let beside = path.with_extension(format!("partial-{}", std::process::id()));
        let written = File::create(&beside).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        return written.and_then(|()| fs::rename(&beside, path)).inspect_err(|_| {
            // the failure itself is what is told
            let _ = fs::remove_file(&beside);
        });
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
