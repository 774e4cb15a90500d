//! What can be gone back to: journals that did not come back by themselves, and backups; listed and brought back alike by
//! the command line and the window.

use std::path::{Path, PathBuf};

use crate::formats::project;
use crate::model::ids::Stamp;
use crate::model::project::Project;
use crate::session::version::{Version, VersionKind};
use crate::shell::backups as generations;
use crate::shell::disk;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::folders::Folders;
use crate::shell::jobs;
use crate::shell::replace::{self, Expected};
use crate::shell::store::journals::{self, AWAY, JOURNAL, LEFT, LEFT_AWAY, Replay};
use crate::shell::store::left::{self, Place, place_of, title_of};
use crate::shell::store::store_error::StoreError;
use crate::shell::store::words::counted;
use crate::shell::store::{Store, from_root};
use crate::text::message;

impl Store {
    /// The project file, and the journal that is written for it now.
    pub fn place(&self) -> (PathBuf, Option<PathBuf>) {
        (self.path.clone(), self.live.as_ref().map(|live| live.path().to_owned()))
    }
}

/// All that can be brought back of the project file at `path` beside the journal that is written now.
pub fn versions_beside(
    path: &Path,
    own: Option<&Path>,
    folders: &Folders,
) -> Result<Vec<Version>, StoreError> {
    let mut all = versions(path, folders)?;
    all.retain(|version| Some(version.path.as_path()) != own);
    Ok(all)
}

/// Puts a journal away, or takes it back: one that is put away stays listed, last, and is not named when its project is opened.
pub fn put_away(version: &Version, away: bool) -> Result<(), StoreError> {
    let extension = version.path.extension();
    let pair = |(open, put_away)| if away { (open, put_away) } else { (put_away, open) };
    let mut pairs = [(JOURNAL, AWAY), (LEFT, LEFT_AWAY)].into_iter().map(pair);
    let Some((_, end)) = pairs.find(|(end, _)| extension.is_some_and(|extension| extension == *end)) else {
        return Err(StoreError::NotNamed(version.path.clone()));
    };
    if left::is_in_use(&version.path) {
        return Err(StoreError::InUse(version.path.clone()));
    }
    let to = version.path.with_extension(end);
    if to.exists() {
        return Err(StoreError::Exists(to));
    }
    disk::rename(&version.path, &to).map_err(|e| FileError::writing(&to, "keeping the journal", e).into())
}

/// What restoring came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restored {
    /// Actions of a journal that are in the new file.
    pub n_changes: usize,
    /// Actions of a journal that fit no more.
    pub n_refused: usize,
}

/// All that can be brought back of the project file at `path`: the journals, oldest first, then the backups, newest first.
///
/// Their numbers for `restore` count from 1. Nothing is written.
pub fn versions(path: &Path, folders: &Folders) -> Result<Vec<Version>, StoreError> {
    let journals = left::journals(path, folders)?.into_iter().map(|journal| Version {
        kind: if journal.is_away { VersionKind::Away } else { VersionKind::Journal },
        of: path.into(),
        at: journal.at,
        path: journal.path,
        says: journal.holds,
        note: journal.says,
    });
    Ok(journals.chain(backups(path, folders)?).collect())
}

/// The backups of the project file at `path`, newest first, each with what is in it. Nothing is written.
///
/// First those of its own place; then those of places where the project no longer lies, and where there is none of its own
/// those of all other places.
pub fn backups(path: &Path, folders: &Folders) -> Result<Vec<Version>, StoreError> {
    let place = place_of(path, folders)?;
    if place.folders.is_empty() {
        return Err(StoreError::Unknown(place.target));
    }
    let mut found = own(path, &place)?;
    let has_own = !found.is_empty();
    if let Some(folder) = place.folders.first().filter(|_| place.has_project) {
        for other in generations::places(folder).iter().filter(|other| **other != place.target) {
            let note = if other.exists() {
                format!("made at `{}`", other.display())
            } else {
                format!("made at `{}`, where no file is now", other.display())
            };
            if !has_own || !other.exists() {
                found.extend(said(path, generations::list(folder, other)?, &note));
            }
        }
        let nowhere = generations::without_place(folder)?;
        found.extend(said(path, nowhere, "made by an earlier version of Allegata"));
    }
    Ok(found)
}

/// Writes version `n`, a journal on its base or a backup, to the new file `out`.
pub fn restore(path: &Path, folders: &Folders, n: usize, out: &Path) -> Result<Restored, StoreError> {
    let out = from_root(out)?;
    if out.exists() {
        return Err(StoreError::Exists(out));
    }
    let versions = versions(path, folders)?;
    let Some(version) = n.checked_sub(1).and_then(|idx| versions.get(idx)) else {
        return Err(StoreError::NoVersion { n, n_versions: versions.len(), path: path.into() });
    };
    let (bytes, restored) = match version.kind {
        VersionKind::Journal | VersionKind::Away => {
            let (project, restored) = read_version(version)?;
            (project::write(&project).into_bytes(), restored)
        }
        // To the letter, also where nothing reads it.
        VersionKind::Backup => {
            let bytes = files::read(&version.path, files::MAX_FILE_BYTES)?;
            (bytes, Restored { n_changes: 0, n_refused: 0 })
        }
    };
    match replace::save(&out, &bytes, Expected::Nothing, &mut |_| Ok(())) {
        Err(FileError::Exists(_)) => Err(StoreError::Exists(out)),
        saved => Ok(saved.map(|_| restored)?),
    }
}

/// The project as a version has it. A journal goes onto the file that it began with; one whose beginning is lost onto the
/// project file as it is now, where that file is lost too, as far as it fits.
pub fn read_version(version: &Version) -> Result<(Project, Restored), StoreError> {
    if version.kind == VersionKind::Backup {
        return Ok((read(&version.path)?, Restored { n_changes: 0, n_refused: 0 }));
    }
    let found = journals::read(&version.path)?;
    let base = journals::base_of(&version.path);
    let has_base = base.exists();
    let base = match (has_base, found.header.is_some()) {
        (true, _) => base,
        (false, true) => return Err(StoreError::NoBase(version.path.clone())),
        (false, false) => files::resolve(&from_root(&version.of)?)?,
    };
    let hash = files::hash_of_file(&base)?;
    let held = match found.held_by(&hash) {
        Some(held) => held,
        None if found.header.is_none() => 0,
        None => return Err(StoreError::NoBase(version.path.clone())),
    };
    let mut project = read(&base)?;
    let mut replay = Replay::default();
    journals::replay(&mut project, found.all_after(held), &mut replay);
    let restored = Restored { n_changes: replay.back.len(), n_refused: replay.refused.len() };
    if restored.n_changes == 0 && found.header.is_none() {
        return Err(StoreError::NothingWhole(version.path.clone()));
    }
    Ok((project, restored))
}

/// The backups made at the place itself, of whatever project lay there.
fn own(path: &Path, place: &Place) -> Result<Vec<Version>, StoreError> {
    let mut found = Vec::new();
    for (idx, folder) in place.folders.iter().enumerate() {
        let backups = generations::list(folder, &place.target)?;
        let is_another = idx > 0 && place.has_project;
        let title = backups.first().filter(|_| is_another).and_then(|newest| title_of(&newest.path));
        let note = title.map(|title| format!("of project `{title}`")).unwrap_or_default();
        found.extend(said(path, backups, &note));
    }
    Ok(found)
}

fn said(of: &Path, backups: Vec<generations::Backup>, note: &str) -> Vec<Version> {
    let version = |backup: generations::Backup| Version {
        kind: VersionKind::Backup,
        of: of.into(),
        at: Stamp(backup.time),
        says: content_of(&backup.path),
        path: backup.path,
        note: note.to_owned(),
    };
    backups.into_iter().map(version).collect()
}

pub(super) fn read(path: &Path) -> Result<Project, StoreError> {
    let bytes = files::read(path, files::MAX_FILE_BYTES)?;
    let loaded = project::read_on(&bytes, jobs::cores()).map_err(|error| StoreError::project(path, error))?;
    Ok(loaded.project)
}

/// `3 articles, 120 answers`, or what is wrong with it.
fn content_of(path: &Path) -> String {
    let read = files::read(path, files::MAX_FILE_BYTES).map_err(|error| error.to_string());
    let loaded =
        read.and_then(|bytes| project::read_on(&bytes, jobs::cores()).map_err(|error| error.to_string()));
    let project = match loaded {
        Ok(loaded) => loaded.project,
        Err(error) => return message::what(&error).to_owned(),
    };
    let n_answers: usize = project.sheets().map(|sheet| sheet.n_answered()).sum();
    format!("{}, {}", counted(project.n_articles(), "article"), counted(n_answers, "answer"))
}
