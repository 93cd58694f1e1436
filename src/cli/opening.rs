//! What commands do before any work: read the scenario, set threads, open the output folder.

use super::args::{Output, Play, ScenarioFile};
use super::failure::Failure;
use super::remark;
use crate::report::files::{self, Folder, Manifest};
use crate::scenario::{self, Scenario};
use std::path::PathBuf;

/// Reads the scenario with its changes, and passes its remarks on; if `quiet`, only warnings.
pub(super) fn scenario(file: &ScenarioFile, quiet: bool) -> Result<Scenario, Failure> {
    let scenario = scenario::load(&file.file, &file.set)?;
    for note in scenario.notes.iter().filter(|_| !quiet) {
        remark(&format!("note: {note}"));
    }
    for warning in &scenario.warnings {
        remark(&format!("warning: {warning}"));
    }
    Ok(scenario)
}

/// Uses so many threads from now on.
pub(super) fn threads(play: &Play) -> Result<(), Failure> {
    let Some(threads) = play.threads else { return Ok(()) };
    rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads)).build_global().map_err(|error| {
        Failure::Argument(format!("--threads {threads}: {error}\n  leave it out to use all cores"))
    })
}

/// What a run is made of and known before it begins; its hash names the folder.
pub(super) fn manifest(scenario: &Scenario, command: &str, seed: u64, asked: Vec<String>) -> Manifest {
    let version = env!("CARGO_PKG_VERSION");
    let hash = scenario.hash_text();
    let parts = [version.to_owned(), command.to_owned(), hash.clone(), seed.to_string(), asked.join("\n")];
    let effective = scenario::explain(scenario);
    Manifest {
        leadsim: version.into(),
        command: command.into(),
        scenario: scenario.name.clone(),
        scenario_hash: hash,
        seed,
        asked,
        trials: 0,
        stopped: false,
        identity: files::sha256(parts.join("\n").as_bytes()),
        effective_scenario: effective.iter().map(|line| format!("{} = {}", line.path, line.value)).collect(),
        files: Vec::new(),
    }
}

/// Opens the output folder before the work begins, so that it fails early; `None` with `--no-out`.
pub(super) fn folder(output: &Output, manifest: &Manifest, middle: &str) -> Result<Option<Folder>, Failure> {
    if output.no_out {
        return Ok(None);
    }
    let usual =
        || PathBuf::from("output").join(format!("{}-{middle}{}", manifest.scenario, &manifest.identity[..6]));
    let place = output.out.clone().unwrap_or_else(usual);
    Ok(Some(Folder::prepare(&place, &manifest.identity, output.force)?))
}

/// The swept value as it is today, as the scenario's explanation writes it.
pub(super) fn today(scenario: &Scenario, path: &str) -> Option<String> {
    let lines = scenario::explain(scenario);
    lines.into_iter().find(|line| line.path == path).map(|line| line.value)
}
