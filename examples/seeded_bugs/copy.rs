//! A copy of the project in which bugs may be planted: the project itself is never touched.

use crate::bug::Bug;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders and files of the project that its tests do not need.
const LEFT_OUT: [&str; 3] = ["target", ".git", "output"];

/// The copy, and where it is built.
#[derive(Debug)]
pub(crate) struct Copy {
    pub source: PathBuf,
    /// One for all bugs, so that only leadsim itself is built again.
    pub build: PathBuf,
}

/// A bug in the ground; the file as it was before.
#[derive(Debug)]
pub(crate) struct Planted {
    path: PathBuf,
    before: String,
}

impl Copy {
    /// Brings the copy up to date with the project.
    pub fn make(root: &Path) -> Result<Self, String> {
        let place = root.join("target/seeded-bugs");
        let copy = Copy { source: place.join("source"), build: place.join("build") };
        mirror(root, &copy.source, &LEFT_OUT)
            .map_err(|error| format!("the project cannot be copied to {}: {error}", place.display()))?;
        Ok(copy)
    }

    /// Plants a bug.
    pub fn plant(&self, bug: &Bug) -> Result<Planted, String> {
        let path = self.source.join(&bug.file);
        let before = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        fs::write(&path, bug.planted_in(&before)?).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Planted { path, before })
    }
}

impl Planted {
    /// Takes the bug out again.
    pub fn dig_up(self) -> Result<(), String> {
        fs::write(&self.path, &self.before).map_err(|error| format!("{}: {error}", self.path.display()))
    }
}

/// Makes one folder like another. A file that is the same already is not written: cargo builds again what is newer than its last build,
/// so nothing else may look new, and what a killed run left planted must.
fn mirror(from: &Path, to: &Path, left_out: &[&str]) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(to)? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        if !from.join(&name).exists() {
            if path.is_dir() { fs::remove_dir_all(&path)? } else { fs::remove_file(&path)? }
        }
    }
    for entry in fs::read_dir(from)? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        let target = to.join(&name);
        if left_out.iter().any(|word| name == *word) {
            continue;
        }
        if path.is_dir() {
            mirror(&path, &target, &[])?;
            continue;
        }
        let text = fs::read(&path)?;
        if fs::read(&target).ok().as_ref() != Some(&text) {
            fs::write(&target, text)?;
        }
    }
    Ok(())
}
