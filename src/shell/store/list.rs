//! What can be gone back to: journals that did not come back by themselves, backups, untitled projects.

use std::fs;
use std::path::{Path, PathBuf};

use crate::formats::project;
use crate::model::ids::{ProjectId, Stamp};
use crate::model::project::Project;
use crate::session::job::Version;
use crate::shell::backups as generations;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::folders::Folders;
use crate::shell::store::journals::{self, Found, JOURNAL, LEFT, Replay};
use crate::shell::store::open::untitled_folder;
use crate::shell::store::store_error::StoreError;
use crate::shell::store::{NAMED, from_root};

/// How far the project's id can be from the start of a file that is damaged, in bytes.
const MAX_HEAD_BYTES: usize = 64 * 1024;

/// A journal with work that the file does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftJournal {
    /// From 1; the backups are numbered after the journals.
    pub n: usize,
    /// When its last action was done.
    pub at: Stamp,
    pub n_changes: usize,
    pub path: PathBuf,
    /// What it is: a clause.
    pub says: String,
}

/// What restoring came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restored {
    /// Actions of a journal that are in the new file.
    pub n_changes: usize,
    /// Actions of a journal that fit no more.
    pub n_refused: usize,
}

/// The journals of the project file at `path` with work that the file does not have, oldest first. Nothing is written.
///
/// The file may be damaged or gone.
pub fn journals(path: &Path, folders: &Folders) -> Result<Vec<LeftJournal>, StoreError> {
    let place = place_of(path, folders)?;
    let mut left = Vec::new();
    for found in left_in(&place)? {
        let missing = missing(&found, &place.hash);
        let Some(last) = missing.last() else { continue };
        let says = if found.path.extension().is_some_and(|extension| extension == LEFT) {
            "came back in part".to_owned()
        } else if is_in_use(&found.path) {
            "belongs to a program that has the project open".to_owned()
        } else if found.held_by(&place.hash).is_some() {
            "comes back when the project is opened".to_owned()
        } else {
            "was made on another version of the file".to_owned()
        };
        let (at, n_changes) = (last.at, missing.len());
        left.push(LeftJournal { n: left.len() + 1, at, n_changes, path: found.path.clone(), says });
    }
    Ok(left)
}

/// The backups of the project file at `path`, newest first, each with what is in it. Nothing is written.
///
/// For `restore` they are numbered after the journals.
pub fn backups(path: &Path, folders: &Folders) -> Result<Vec<Version>, StoreError> {
    let place = place_of(path, folders)?;
    let version = |backup: generations::Backup| Version {
        says: said_of(&backup.path),
        at: Stamp(backup.time),
        path: backup.path,
    };
    Ok(generations::list(&place.folder)?.into_iter().map(version).collect())
}

/// Writes version `n`, a journal on its base or a backup, to the new file `out`.
pub fn restore(path: &Path, folders: &Folders, n: usize, out: &Path) -> Result<Restored, StoreError> {
    let out = from_root(out)?;
    if out.exists() {
        return Err(StoreError::Exists(out));
    }
    let left = journals(path, folders)?;
    let backups = generations::list(&place_of(path, folders)?.folder)?;
    if let Some(journal) = n.checked_sub(1).and_then(|idx| left.get(idx)) {
        let (project, replay) = restored(&journal.path)?;
        files::save(&out, project::write(&project).as_bytes())?;
        return Ok(Restored { n_changes: replay.back.len(), n_refused: replay.refused.len() });
    }
    let n_versions = left.len() + backups.len();
    let backup = n.checked_sub(left.len() + 1).and_then(|idx| backups.get(idx));
    let Some(backup) = backup else { return Err(StoreError::NoVersion { n, n_versions, path: path.into() }) };
    files::save(&out, &files::read(&backup.path, files::MAX_FILE_BYTES)?)?;
    Ok(Restored { n_changes: 0, n_refused: 0 })
}

/// The untitled projects, last written first.
pub fn untitled(folders: &Folders) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(untitled_folder(folders)) else { return Vec::new() };
    let mut found: Vec<(i64, PathBuf)> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "ron"))
        .filter_map(|path| Some((files::stamp(&path).ok()?.mtime_ns, path)))
        .collect();
    found.sort_by(|one, other| other.cmp(one));
    found.into_iter().map(|(_, path)| path).collect()
}

/// A project file and its folder in the state folder.
#[derive(Debug)]
struct Place {
    target: PathBuf,
    folder: PathBuf,
    /// Empty where the file is gone.
    hash: String,
}

fn place_of(path: &Path, folders: &Folders) -> Result<Place, StoreError> {
    let target = files::resolve(&from_root(path)?)?;
    let bytes = match files::read(&target, files::MAX_FILE_BYTES) {
        Err(FileError::Missing(_)) => Vec::new(),
        bytes => bytes?,
    };
    let hash = if bytes.is_empty() { String::new() } else { files::hash_of(&bytes) };
    if let Ok(loaded) = project::read(&bytes) {
        let folder = folders.place_of(loaded.project.id().as_str());
        return Ok(Place { target, folder, hash });
    }
    let said = id_said(&bytes).map(|id| folders.place_of(id.as_str())).filter(|folder| folder.exists());
    match said.or_else(|| folder_that_knows(&target, folders)) {
        Some(folder) => Ok(Place { target, folder, hash }),
        None => Err(StoreError::Unknown(target)),
    }
}

/// The project's id in what is left of a damaged file.
fn id_said(bytes: &[u8]) -> Option<ProjectId> {
    let head = bytes.get(..MAX_HEAD_BYTES).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head);
    let mut ids = head.lines().filter_map(|line| line.trim_start().strip_prefix("id:"));
    let id = ids.next()?.trim_start().strip_prefix('"')?.split('"').next()?;
    Some(ProjectId::new(id))
}

/// The folder with a journal or backups of a file that is gone, or of which nothing can be read.
fn folder_that_knows(target: &Path, folders: &Folders) -> Option<PathBuf> {
    let mut known: Vec<PathBuf> =
        fs::read_dir(&folders.state).ok()?.filter_map(|e| Some(e.ok()?.path())).collect();
    known.sort();
    known.into_iter().find(|folder| {
        let named =
            fs::read(folder.join(NAMED)).is_ok_and(|path| path == target.as_os_str().as_encoded_bytes());
        named
            || [JOURNAL, LEFT].iter().any(|extension| {
                journals::all_in(folder, extension)
                    .is_ok_and(|all| all.iter().any(|found| found.is_at(target)))
            })
    })
}

fn left_in(place: &Place) -> Result<Vec<Found>, StoreError> {
    let mut all = journals::all_in(&place.folder, JOURNAL)?;
    all.extend(journals::all_in(&place.folder, LEFT)?);
    all.retain(|found| found.is_at(&place.target) || !Path::new(&found.header.path).exists());
    all.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(all)
}

/// The actions of a journal that a file of this hash has not, as far as one can know.
fn missing<'a>(found: &'a Found, hash: &str) -> Vec<&'a crate::formats::journal::Entry> {
    match found.held_by(hash) {
        Some(held) => found.after(held).collect(),
        None => found.unsaved(),
    }
}

fn is_in_use(journal: &Path) -> bool {
    let side_car = files::beside(journal, "lock");
    let Ok(file) = fs::File::open(side_car) else { return false };
    matches!(file.try_lock_shared(), Err(fs::TryLockError::WouldBlock))
}

/// A journal's base with its actions.
fn restored(journal: &Path) -> Result<(Project, Replay), StoreError> {
    let no_base = || StoreError::NoBase(journal.into());
    let base = journals::base_of(journal);
    let found = journals::read(journal)?.ok_or_else(no_base)?;
    let bytes = match files::read(&base, files::MAX_FILE_BYTES) {
        Err(FileError::Missing(_)) => return Err(no_base()),
        bytes => bytes?,
    };
    let held = found.held_by(&files::hash_of(&bytes)).ok_or_else(no_base)?;
    let mut project = project::read(&bytes).map_err(|error| StoreError::project(&base, error))?.project;
    let mut replay = Replay::default();
    journals::replay(&mut project, found.after(held), &mut replay);
    Ok((project, replay))
}

/// `3 articles, 120 answers`, or what is wrong with it.
fn said_of(path: &Path) -> String {
    let read = files::read(path, files::MAX_FILE_BYTES).map_err(|error| error.to_string());
    let loaded = read.and_then(|bytes| project::read(&bytes).map_err(|error| error.to_string()));
    let project = match loaded {
        Ok(loaded) => loaded.project,
        Err(error) => return error,
    };
    let answered =
        |sheet: &crate::model::sheet::Sheet| sheet.rows.iter().filter(|row| row.coding.answered).count();
    let n_answers: usize = project.sheets().map(|sheet| answered(sheet)).sum();
    let many = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    format!("{}, {}", many(project.n_articles(), "article"), many(n_answers, "answer"))
}
