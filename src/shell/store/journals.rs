//! Journals as they are found on the disk: which actions they hold, and which of them a file does not have.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::formats::journal::{self, Entry, Header, Line, Saved};
use crate::model::ids::ProjectId;
use crate::model::project::{Project, Refusal};
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::journal_file::{self, ValidPrefix};
use crate::shell::lock::Lock;

/// How the name of a journal ends.
pub(super) const JOURNAL: &str = "journal";
/// How the name of the file that a journal began with ends.
pub(super) const BASE: &str = "base";
/// How a journal's name ends while it is being made.
pub(super) const UNFINISHED: &str = "journal-new";
/// How the name of a base ends while it is being made, and that of a journal's lock; see `files::beside`.
const UNFINISHED_BASE: &str = "base.allegata-new";
const GUARD: &str = "journal.allegata-lock";
/// How the name of a journal ends that holds something which could not be brought back.
pub(super) const LEFT: &str = "left";

/// A journal as it lies in the state folder: its longest valid prefix.
#[derive(Debug)]
pub(super) struct Found {
    pub path: PathBuf,
    pub header: Header,
    pub entries: Vec<Entry>,
    pub saves: Vec<Saved>,
    pub valid: ValidPrefix,
    /// Whether whole lines follow after the valid prefix: more than a line that a crash cut off.
    pub is_damaged: bool,
}

/// What replaying actions came to.
#[derive(Debug, Default)]
pub(super) struct Replay {
    pub back: Vec<Entry>,
    pub refused: Vec<(Entry, Refusal)>,
}

impl Found {
    /// Number of the last action that a file of this hash holds; `None` if this journal does not know that file.
    pub fn held_by(&self, hash: &str) -> Option<u64> {
        // The last one: a file can come back to what it was, and what was done between is in both places then.
        let save = self.saves.iter().rev().find(|save| save.sha256 == hash);
        save.map(|save| save.upto).or_else(|| (self.header.base == hash).then_some(0))
    }

    /// The actions after action `n`.
    pub fn after(&self, n: u64) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.n > n)
    }

    /// Number of the last action of which anything is said.
    pub fn last_n(&self) -> u64 {
        self.entries
            .iter()
            .map(|entry| entry.n)
            .chain(self.saves.iter().map(|save| save.upto))
            .max()
            .unwrap_or(0)
    }

    /// The actions that certainly no file holds which this program wrote.
    pub fn unsaved(&self) -> Vec<&Entry> {
        // The base is replaced after the rename of a save, so its hash says how far saving really came.
        let base = files::hash_of_file(&base_of(&self.path)).ok();
        let held = base.and_then(|hash| self.held_by(&hash)).unwrap_or(0);
        self.after(held).collect()
    }

    /// Whether this is a journal of the file at `target`, or of one that was moved there.
    pub fn is_of(&self, id: &ProjectId, target: &Path, hash: &str) -> bool {
        let moved = || !Path::new(&self.header.path).exists() && self.held_by(hash).is_some();
        self.header.project == *id && (self.is_at(target) || moved())
    }

    /// Whether it was made for a file in this place.
    pub fn is_at(&self, target: &Path) -> bool {
        self.header.path == path_text(target)
    }
}

/// Puts actions back on a project, each that it takes; those in `replay` already are passed over.
pub(super) fn replay<'a>(
    project: &mut Project,
    entries: impl IntoIterator<Item = &'a Entry>,
    replay: &mut Replay,
) {
    let n_before = replay.back.len();
    for entry in entries {
        // A crash while journals were put together leaves the same action in two of them.
        let same = |other: &Entry| {
            other.at == entry.at
                && other.name == entry.name
                && other.by == entry.by
                && other.action == entry.action
        };
        if replay.back.iter().take(n_before).any(same) {
            continue;
        }
        match project.apply(entry.action.clone()) {
            Ok(_) => replay.back.push(entry.clone()),
            Err(refusal) => replay.refused.push((entry.clone(), refusal)),
        }
    }
}

/// The journals in a project's state folder, oldest first; what cannot be read as one is left alone.
pub(super) fn all_in(folder: &Path, extension: &str) -> Result<Vec<Found>, FileError> {
    let mut paths = named(folder, extension)?;
    paths.sort();
    let read = |path: PathBuf| match read(&path) {
        Ok(found) => found,
        Err(error) => {
            tracing::warn!("{error}");
            None
        }
    };
    Ok(paths.into_iter().filter_map(read).collect())
}

/// Reads a journal up to the first line that is cut off or wrong. `None`: it has not even a header.
pub(super) fn read(path: &Path) -> Result<Option<Found>, FileError> {
    let mut header = None;
    let (mut entries, mut saves) = (Vec::new(), Vec::new());
    let valid = journal_file::read_valid(path, |line| match (journal::decode(line), &header) {
        (Ok(Line::Header(found)), None) => {
            header = Some(found);
            true
        }
        (Ok(Line::Entry(entry)), Some(_)) => {
            entries.push(entry);
            true
        }
        (Ok(Line::Saved(save)), Some(_)) => {
            saves.push(save);
            true
        }
        _ => false,
    })?;
    let Some(header) = header else { return Ok(None) };
    let is_damaged = valid.rest > 0 && has_line_after(path, valid.len)?;
    Ok(Some(Found { path: path.into(), header, entries, saves, valid, is_damaged }))
}

/// Removes what a crash left half made, unless a program is making it just now.
pub(super) fn clear_unfinished(folder: &Path) -> Result<(), FileError> {
    for path in files_in(folder)? {
        let Some(name) = path.file_name().and_then(OsStr::to_str) else { continue };
        let Some((session, kind)) = name.trim_start_matches('.').split_once('.') else { continue };
        let journal = folder.join(session).with_extension(JOURNAL);
        let is_alone = || !journal.exists() && !journal.with_extension(LEFT).exists();
        let is_left_over = || match kind {
            UNFINISHED | UNFINISHED_BASE => true,
            BASE | GUARD => is_alone(),
            _ => false,
        };
        if !is_left_over() {
            continue;
        }
        // Asked again under the guard; a guard that a crash left goes by being taken.
        let Ok(_guard) = Lock::take(&journal, folder) else { continue };
        if kind != GUARD && is_left_over() {
            remove(&path);
        }
    }
    Ok(())
}

/// The file that the journal began with.
pub(super) fn base_of(journal: &Path) -> PathBuf {
    journal.with_extension(BASE)
}

/// A path as the journal's header has it.
pub(super) fn path_text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Removes a file of ours; one that stays is found again and does no harm.
pub(super) fn remove(path: &Path) {
    if let Err(error) = fs::remove_file(path)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!("cannot remove `{}`: {error}", path.display());
    }
}

fn named(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, FileError> {
    let mut paths = files_in(folder)?;
    paths.retain(|path| path.extension() == Some(OsStr::new(extension)));
    Ok(paths)
}

fn files_in(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    let failed = |e| FileError::reading(folder, "listing journals", e);
    let entries = match fs::read_dir(folder) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    entries.map(|entry| Ok(entry.map_err(failed)?.path())).collect()
}

fn has_line_after(path: &Path, len: u64) -> Result<bool, FileError> {
    let bytes = files::read(path, u64::MAX - 1)?;
    let rest = bytes.get(usize::try_from(len).unwrap_or(usize::MAX)..).unwrap_or_default();
    Ok(rest.contains(&b'\n'))
}
