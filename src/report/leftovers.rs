//! What a program that was killed left behind: half-written folders go, and a folder caught while being swapped comes back.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// So young a folder may belong to a run that has not marked it as its own yet.
const YOUNG: Duration = Duration::from_secs(5);

/// Marks a half-written folder as somebody's for as long as the file is kept, or as long as the program lives. Where the system
/// locks no folders, leftovers are never taken away.
pub(super) fn marked(folder: &Path) -> Option<File> {
    let file = File::open(folder).ok()?;
    file.try_lock().ok().map(|()| file)
}

/// Takes away what killed runs left beside `place`. Whatever cannot be taken away stays; nobody needs it.
pub(super) fn tidy(place: &Path) {
    let partials = beside(place, "partial");
    let dead: Vec<&PathBuf> = partials.iter().filter(|folder| is_dead(folder)).collect();
    for folder in &dead {
        let _ = fs::remove_dir_all(folder);
    }
    if dead.len() < partials.len() {
        // somebody is at work here, perhaps swapping folders at this moment
        return;
    }
    for old in beside(place, "old") {
        // killed between taking the old folder away and putting the new one there
        let _ = if place.exists() { fs::remove_dir_all(&old) } else { fs::rename(&old, place) };
    }
}

/// The hidden folders of one kind beside `place`.
fn beside(place: &Path, kind: &str) -> Vec<PathBuf> {
    let (Some(parent), Some(name)) = (place.parent(), place.file_name()) else { return Vec::new() };
    let start = format!(".{}.{kind}-", name.to_string_lossy());
    let Ok(entries) = fs::read_dir(parent) else { return Vec::new() };
    let is_number = |name: &str| {
        name.strip_prefix(&start)
            .is_some_and(|id| !id.is_empty() && id.bytes().all(|digit| digit.is_ascii_digit()))
    };
    let ours = entries.flatten().filter(|entry| is_number(&entry.file_name().to_string_lossy()));
    let mut folders: Vec<PathBuf> = ours.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// Nobody holds it, and it is not just being made.
fn is_dead(folder: &Path) -> bool {
    let age = fs::metadata(folder).and_then(|about| about.modified()).ok().and_then(|at| at.elapsed().ok());
    age.is_some_and(|age| age > YOUNG) && marked(folder).is_some()
}
