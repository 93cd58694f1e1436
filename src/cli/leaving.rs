//! What a command leaves: its folder with text, data, pictures and report.

use super::failure::Failure;
use crate::report::decision::{self, NamedPicture};
use crate::report::files::{Folder, Manifest};
use crate::report::plot::{self, Picture};
use std::path::Path;

/// What stands in the folder beside the report.
pub(super) struct Files<'a> {
    /// The page as text.
    pub words: &'a str,
    /// Tables and documents, each under its name.
    pub tables: Vec<(&'static str, Vec<u8>)>,
    /// Pictures, each under its name without an ending; the first is the most important.
    pub pictures: Vec<(&'static str, Picture)>,
}

/// Writes everything into the folder and closes it; gives its place as one would type it. `force` replaces a finished folder by one of a
/// stopped command.
///
/// # Errors
///
/// [`Failure`] when something could not be drawn or written.
pub(super) fn leave(
    mut folder: Folder,
    manifest: Manifest,
    force: bool,
    files: Files<'_>,
    report: impl FnOnce(&[NamedPicture], &Manifest) -> decision::Page,
) -> Result<String, Failure> {
    if manifest.stopped {
        folder.stopped(force)?;
    }
    folder.write("summary.txt", files.words.as_bytes())?;
    for (name, bytes) in &files.tables {
        folder.write(name, bytes)?;
    }
    let mut drawn: Vec<NamedPicture> = Vec::new();
    for (name, picture) in files.pictures {
        folder.write(&format!("{name}.png"), &plot::png(&picture)?)?;
        let svg = plot::svg(&picture)?;
        folder.write(&format!("{name}.svg"), svg.as_bytes())?;
        drawn.push((name, picture, svg));
    }
    write_report(&mut folder, &report(&drawn, &manifest))?;
    Ok(shown(&folder.finish(manifest)?))
}

/// Writes the decision report: a web page and a workbook.
///
/// # Errors
///
/// [`Failure`] when a file could not be made or written.
pub(super) fn write_report(folder: &mut Folder, page: &decision::Page) -> Result<(), Failure> {
    for (name, bytes) in decision::files(page)? {
        folder.write(name, &bytes)?;
    }
    Ok(())
}

/// The folder as one would type it: relative where it lies below.
pub(super) fn shown(place: &Path) -> String {
    let here = std::env::current_dir().ok();
    let below = here.and_then(|here| place.strip_prefix(here).ok().map(Path::to_path_buf));
    let path = below.unwrap_or_else(|| place.to_path_buf());
    format!("{}{}", path.display(), std::path::MAIN_SEPARATOR)
}
