//! The folder a run leaves: written beside its place, and put there only when it is complete.

use super::leftovers;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The name of the file that says what is in a folder and how to make it again.
pub const MANIFEST: &str = "manifest.json";

/// Why a folder could not be made.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// It cannot be written to.
    #[error("cannot write to {}: {error}\n  choose another place with --out DIR, or write no folder with --no-out", .folder.display())]
    Unwritable {
        /// Where.
        folder: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// Another run is there.
    #[error("{} holds another run ({what})\n  choose another place with --out DIR, or replace it with --force", .folder.display())]
    AnotherRun {
        /// Where.
        folder: PathBuf,
        /// Which.
        what: String,
    },
    /// A file stands where a folder should.
    #[error("{} is a file, not a folder\n  choose another place with --out DIR, or write no folder with --no-out", .file.display())]
    NotAFolder {
        /// The file.
        file: PathBuf,
    },
    /// Something that leadsim did not write is there.
    #[error("{} holds {what}, which leadsim did not write; it is never replaced\n  choose another place with --out DIR, or move it away", .folder.display())]
    Foreign {
        /// Where.
        folder: PathBuf,
        /// The file.
        what: String,
    },
}

/// What is in a folder, and what it was made from: enough to make it again, byte for byte.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of leadsim.
    pub leadsim: String,
    /// The command: "run", "sweep".
    pub command: String,
    /// The scenario's name.
    pub scenario: String,
    /// SHA-256 of its effective values.
    pub scenario_hash: String,
    /// Seed.
    pub seed: u64,
    /// What was asked for: trials or precision, level, further files.
    pub asked: Vec<String>,
    /// Trials played.
    pub trials: u64,
    /// Whether the user stopped it.
    pub stopped: bool,
    /// SHA-256 over all of the above that was known before the run: two folders with one identity hold the same run.
    pub identity: String,
    /// The whole effective scenario, one value a line.
    pub effective_scenario: Vec<String>,
    /// The files beside this one.
    pub files: Vec<WrittenFile>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenFile {
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its content.
    pub sha256: String,
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The unfinished folder, if there is one, so that an interrupted program can take it away; held while folders are swapped.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

fn unfinished() -> MutexGuard<'static, Option<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes an unfinished folder away, waiting for a swap under way; then nothing further is put in place.
pub fn abandon() {
    let mut unfinished = unfinished();
    if let Some(folder) = unfinished.take() {
        // the program is ending; there is nobody left to tell
        let _ = fs::remove_dir_all(folder);
    }
    std::mem::forget(unfinished);
}

/// A folder in the making.
#[derive(Debug)]
pub struct Folder {
    place: PathBuf,
    partial: PathBuf,
    identity: String,
    files: Vec<WrittenFile>,
    /// Folders above that had to be made, the lowest first.
    made: Vec<PathBuf>,
    /// Tells other runs that this one is alive.
    mark: Option<File>,
    done: bool,
}

impl Folder {
    /// Checks before any work that the folder may be written and starts it beside its place.
    ///
    /// # Errors
    ///
    /// [`FolderError`] when it cannot be written, or when something else is there.
    pub fn prepare(place: &Path, identity: &str, force: bool) -> Result<Folder, FolderError> {
        let unwritable = |error| FolderError::Unwritable { folder: place.to_path_buf(), error };
        let absolute = std::path::absolute(place).map_err(unwritable)?;
        let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
            return Err(FolderError::Foreign { folder: absolute, what: "the whole file system".into() });
        };
        leftovers::tidy(&absolute);
        may_replace(&absolute, identity, force)?;
        let made: Vec<PathBuf> =
            parent.ancestors().take_while(|above| !above.exists()).map(Path::to_path_buf).collect();
        let partial = parent.join(format!(".{}.partial-{}", name.to_string_lossy(), std::process::id()));
        let mut folder = Folder {
            place: absolute.clone(),
            partial,
            identity: identity.to_owned(),
            files: Vec::new(),
            made,
            mark: None,
            done: false,
        };
        fs::create_dir_all(parent).map_err(unwritable)?;
        fs::create_dir(&folder.partial).map_err(unwritable)?;
        folder.mark = leftovers::marked(&folder.partial);
        *unfinished() = Some(folder.partial.clone());
        // a full disk or a folder without write permission shows here, before hours of simulation
        let probe = folder.partial.join(".probe");
        write_whole(&probe, b"leadsim").and_then(|()| fs::remove_file(&probe)).map_err(unwritable)?;
        Ok(folder)
    }

    /// Writes one file.
    ///
    /// # Errors
    ///
    /// [`FolderError::Unwritable`] with what the system said.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), FolderError> {
        write_whole(&self.partial.join(name), bytes).map_err(|error| self.unwritable(error))?;
        let file = WrittenFile { name: name.into(), bytes: bytes.len() as u64, sha256: sha256(bytes) };
        self.files.push(file);
        Ok(())
    }

    /// Writes the manifest and puts the folder in its place; what was there goes only now.
    ///
    /// # Errors
    ///
    /// [`FolderError::Unwritable`]; the old folder is then where it was.
    pub fn finish(mut self, mut manifest: Manifest) -> Result<PathBuf, FolderError> {
        manifest.files = std::mem::take(&mut self.files);
        let text = super::json::text(&manifest);
        write_whole(&self.partial.join(MANIFEST), text.as_bytes()).map_err(|e| self.unwritable(e))?;
        sync_folder(&self.partial).map_err(|e| self.unwritable(e))?;
        let old = self.partial.with_extension(format!("old-{}", std::process::id()));
        {
            let mut unfinished = unfinished();
            let had_old = self.place.exists();
            if had_old {
                fs::rename(&self.place, &old).map_err(|e| self.unwritable(e))?;
            }
            if let Err(error) = fs::rename(&self.partial, &self.place) {
                if had_old {
                    fs::rename(&old, &self.place).map_err(|e| self.unwritable(e))?;
                }
                return Err(self.unwritable(error));
            }
            *unfinished = None;
            self.done = true;
        }
        if let Some(parent) = self.place.parent() {
            sync_folder(parent).map_err(|e| self.unwritable(e))?;
        }
        if old.exists() {
            fs::remove_dir_all(&old).map_err(|e| self.unwritable(e))?;
        }
        Ok(self.place.clone())
    }

    /// The run was stopped: its folder stands beside the whole run's place, so that it never replaces a whole run.
    ///
    /// # Errors
    ///
    /// [`FolderError`] when something else is there.
    pub fn stopped(&mut self, force: bool) -> Result<(), FolderError> {
        let name = self.place.file_name().map_or("run".into(), |name| name.to_string_lossy().into_owned());
        let place = self.place.with_file_name(format!("{name}-stopped"));
        may_replace(&place, &self.identity, force)?;
        self.place = place;
        Ok(())
    }

    fn unwritable(&self, error: io::Error) -> FolderError {
        FolderError::Unwritable { folder: self.place.clone(), error }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.done {
            return;
        }
        // whatever went wrong is being told already; a leftover that cannot be removed would hide it
        let _ = fs::remove_dir_all(&self.partial);
        *unfinished() = None;
        for above in &self.made {
            let _ = fs::remove_dir(above);
        }
    }
}

/// Whether what is at `place` may go: nothing, an empty folder, the same run, or with `force` another run.
fn may_replace(place: &Path, identity: &str, force: bool) -> Result<(), FolderError> {
    let unwritable = |error| FolderError::Unwritable { folder: place.to_path_buf(), error };
    if let Some(file) = place.ancestors().skip(1).find(|above| above.is_file()) {
        return Err(FolderError::NotAFolder { file: file.to_path_buf() });
    }
    let foreign = |what: String| FolderError::Foreign { folder: place.to_path_buf(), what };
    if !place.exists() {
        return Ok(());
    }
    if !place.is_dir() {
        return Err(FolderError::NotAFolder { file: place.to_path_buf() });
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(place).map_err(unwritable)? {
        names.push(entry.map_err(unwritable)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    let Some(first) = names.first() else { return Ok(()) };
    let read = fs::read_to_string(place.join(MANIFEST)).ok();
    let Some(manifest) = read.and_then(|text| serde_json::from_str::<Manifest>(&text).ok()) else {
        return Err(foreign(first.clone()));
    };
    let known = |name: &str| name == MANIFEST || manifest.files.iter().any(|file| file.name == name);
    if let Some(own) = names.iter().find(|name| !known(name)) {
        return Err(foreign(own.clone()));
    }
    if manifest.identity != identity && !force {
        let what = format!("{} of {}, seed {}", manifest.command, manifest.scenario, manifest.seed);
        return Err(FolderError::AnotherRun { folder: place.to_path_buf(), what });
    }
    Ok(())
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes the names in a folder durable; some systems cannot open a folder, and then there is nothing to do.
fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder) {
        Ok(file) if cfg!(unix) => file.sync_all(),
        _ => Ok(()),
    }
}
