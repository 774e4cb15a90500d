//! Journals with work that a project file does not have, found by its project or by its place, whatever lies there now.

use std::fs;
use std::path::{Path, PathBuf};

use crate::formats::project;
use crate::formats::project::journal::Draft;
use crate::model::ids::{ProjectId, Stamp};
use crate::model::project::Project;
use crate::shell::backups;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::folders::Folders;
use crate::shell::jobs;
use crate::shell::store::from_root;
use crate::shell::store::journals::{self, AWAY, ENDS, Found, JOURNAL, LEFT, LEFT_AWAY};
use crate::shell::store::recover;
use crate::shell::store::store_error::StoreError;
use crate::shell::store::words::holding;

/// How far the project's id and title can be from the start of a file, in bytes.
const MAX_HEAD_BYTES: u64 = 64 * 1024;

/// A journal with work that the file does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftJournal {
    /// From 1; the backups are numbered after the journals.
    pub n: usize,
    /// When its last action was done.
    pub at: Stamp,
    pub n_changes: usize,
    pub path: PathBuf,
    /// What is in it: `5 answers`.
    pub holds: String,
    /// What it is: clauses.
    pub says: String,
    /// Whether it was made for a file in another place that is still there.
    pub is_elsewhere: bool,
    /// Whether a person put it away.
    pub is_away: bool,
}

/// A project file and the folders in the state folder that know of it.
#[derive(Debug)]
pub(super) struct Place {
    pub target: PathBuf,
    /// Empty where the file is gone.
    pub hash: String,
    /// The folder of the project that lies there, as far as that can be known, first.
    pub folders: Vec<PathBuf>,
    /// Whether the first of them is that project's.
    pub has_project: bool,
}

/// The journals of the project file at `path` with work that the file does not have, oldest first. Nothing is written.
///
/// The file may be damaged or gone.
pub fn journals(path: &Path, folders: &Folders) -> Result<Vec<LeftJournal>, StoreError> {
    known_in(place_of(path, folders)?)
}

/// The same for a file that was just read, with its project's id if it is one; without those that a person put away.
pub fn journals_of(
    path: &Path,
    bytes: &[u8],
    id: Option<&ProjectId>,
    folders: &Folders,
) -> Result<Vec<LeftJournal>, StoreError> {
    let mut left = known_in(place(files::resolve(&from_root(path)?)?, bytes, id, folders))?;
    left.retain(|journal| !journal.is_away);
    Ok(left)
}

/// Notes begun and not said on the project that was read from a file, as its journals have them.
pub fn drafts_of(
    path: &Path,
    bytes: &[u8],
    project: &Project,
    folders: &Folders,
) -> Result<Vec<Draft>, StoreError> {
    let place = place(files::resolve(&from_root(path)?)?, bytes, Some(project.id()), folders);
    let mut journals = Vec::new();
    for folder in place.folders.iter().filter(|folder| folder.exists()).take(1) {
        journals.extend(journals::all_in(folder, JOURNAL)?);
    }
    journals.retain(|found| found.is_for(project.id()) && found.is_at(&place.target));
    Ok(recover::drafts(journals.iter(), project))
}

fn known_in(place: Place) -> Result<Vec<LeftJournal>, StoreError> {
    let left = left_in(&place)?;
    if left.is_empty() && place.folders.is_empty() {
        return Err(StoreError::Unknown(place.target));
    }
    Ok(left)
}

/// The folders that know of a project file: that of its project, and all that name its place.
pub(super) fn place_of(path: &Path, folders: &Folders) -> Result<Place, StoreError> {
    let target = files::resolve(&from_root(path)?)?;
    let bytes = match files::read(&target, files::MAX_FILE_BYTES) {
        Err(FileError::Missing(_)) => Vec::new(),
        bytes => bytes?,
    };
    let loaded = project::read_on(&bytes, jobs::cores()).ok();
    Ok(place(target, &bytes, loaded.as_ref().map(|loaded| loaded.project.id()), folders))
}

/// The same of a file that was read.
fn place(target: PathBuf, bytes: &[u8], id: Option<&ProjectId>, folders: &Folders) -> Place {
    let hash = if bytes.is_empty() { String::new() } else { files::hash_of(bytes) };
    let is_read = id.is_some();
    let ours = id.cloned().or_else(|| id_said(bytes)).map(|id| folders.place_of(id.as_str()));
    let ours = ours.filter(|folder| is_read || folder.exists());
    let entries = fs::read_dir(&folders.state).into_iter().flatten();
    let mut others: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    others.sort();
    others.retain(|folder| Some(folder) != ours.as_ref() && knows(folder, &target));
    let has_project = ours.is_some();
    Place { target, hash, folders: ours.into_iter().chain(others).collect(), has_project }
}

/// A file's title as it stands in its beginning.
pub(super) fn title_of(path: &Path) -> Option<String> {
    let head = files::head(path, MAX_HEAD_BYTES).ok()?;
    let head = String::from_utf8_lossy(&head).into_owned();
    let line = head.lines().find(|line| line.trim_start().starts_with("id:"))?;
    let (_, text) = line.split_once("title: \"")?;
    let mut is_escaped = false;
    let len = text.find(|c| {
        let ends = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends
    });
    let title = ron::from_str::<String>(&format!("\"{}\"", text.get(..len?)?)).ok()?;
    (!title.trim().is_empty()).then_some(title)
}

fn knows(folder: &Path, target: &Path) -> bool {
    backups::places(folder).iter().any(|place| place == target)
        || !journals::all_at(folder, target).is_empty()
}

/// The project's id in what is left of a damaged file.
fn id_said(bytes: &[u8]) -> Option<ProjectId> {
    let head = bytes.get(..bytes.len().min(usize::try_from(MAX_HEAD_BYTES).ok()?))?;
    let head = String::from_utf8_lossy(head);
    let mut ids = head.lines().filter_map(|line| line.trim_start().strip_prefix("id:"));
    let id = ids.next()?.trim_start().strip_prefix('"')?.split('"').next()?;
    Some(ProjectId::new(id))
}

fn left_in(place: &Place) -> Result<Vec<LeftJournal>, StoreError> {
    let mut left = Vec::new();
    for (idx, folder) in place.folders.iter().enumerate() {
        let is_its_project = idx == 0 && place.has_project;
        for extension in ENDS {
            for found in journals::all_in(folder, extension)? {
                let concerns = is_its_project || found.header.is_none() || found.is_at(&place.target);
                left.extend(concerns.then(|| listed(&found, place)).flatten());
            }
        }
    }
    // Those of this place first, those put away last; by their names, which begin with their times.
    left.sort_by(|one, other| {
        let place = |journal: &LeftJournal| (journal.is_away, journal.is_elsewhere);
        (place(one), one.path.file_name()).cmp(&(place(other), other.path.file_name()))
    });
    for (idx, journal) in left.iter_mut().enumerate() {
        journal.n = idx + 1;
    }
    Ok(left)
}

/// A journal in words; nothing if the file has all of it.
fn listed(found: &Found, place: &Place) -> Option<LeftJournal> {
    let missing = found.missing_in(&place.hash);
    let (at, holds) = match missing.last() {
        Some(last) => (last.at, holding(&missing)),
        None if found.is_unreadable() => {
            (Stamp(files::stamp(&found.path).ok()?.secs()), "nothing readable".to_owned())
        }
        None => return None,
    };
    let is_elsewhere = found.header.is_some() && !found.is_at(&place.target) && !found.is_homeless();
    let is_away = is_away(found);
    let mut says = of_project(found);
    if let Some(header) = found.header.as_ref().filter(|_| !found.is_at(&place.target)) {
        says = format!("{says}, made at `{}`", header.path);
    }
    let what = if found.header.is_none() {
        "its beginning is damaged, so it is on an unknown version"
    } else if ends_in(found, LEFT_AWAY) {
        "came back in part, put away"
    } else if is_away {
        "put away"
    } else if ends_in(found, LEFT) {
        "came back in part"
    } else if is_in_use(&found.path) {
        "in use by a program that has the project open"
    } else if found.held_by(&place.hash).is_some() {
        "comes back when the project is opened"
    } else if place.has_project && !place.folders.first().is_some_and(|folder| found.path.starts_with(folder))
    {
        "made on another project that lay here"
    } else {
        "made on another version of the file"
    };
    let says = format!("{says}, {what}");
    Some(LeftJournal {
        n: 0,
        at,
        n_changes: missing.len(),
        path: found.path.clone(),
        holds,
        says,
        is_elsewhere,
        is_away,
    })
}

/// `of project X`, by its title where that can be had.
fn of_project(found: &Found) -> String {
    let id = || found.header.as_ref().map(|header| header.project.to_string());
    let folder = || found.path.parent()?.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = title_of(&journals::base_of(&found.path)).or_else(id).or_else(folder).unwrap_or_default();
    format!("of project `{name}`")
}

/// Whether a person put a journal away.
pub(super) fn is_away(found: &Found) -> bool {
    ends_in(found, AWAY) || ends_in(found, LEFT_AWAY)
}

fn ends_in(found: &Found, end: &str) -> bool {
    found.path.extension().is_some_and(|extension| extension == end)
}

/// Whether a program appends to a journal.
pub(super) fn is_in_use(journal: &Path) -> bool {
    crate::shell::lock::Lock::is_held(journal)
}
