//! Journals as they are found on the disk: which actions they hold, and which of them a file does not have.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::formats::project::journal::{self, Draft, Entry, Header, Line, Saved};
use crate::model::ids::ProjectId;
use crate::model::project::{Project, Refusal};
use crate::shell::disk;
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
/// How a journal's name ends that a person put away: one of each of those.
pub(super) const AWAY: &str = "away";
pub(super) const LEFT_AWAY: &str = "left-away";
/// All of these.
pub(super) const ENDS: [&str; 4] = [JOURNAL, LEFT, AWAY, LEFT_AWAY];

/// A journal as it lies in the state folder.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub path: PathBuf,
    /// `None`: its first line is damaged, so that nobody knows which file it began with.
    pub header: Option<Header>,
    /// The actions of its longest valid prefix.
    pub entries: Vec<Entry>,
    /// Whole actions after the first damage. They come back only where a person asks for them.
    pub beyond: Vec<Entry>,
    pub saves: Vec<Saved>,
    /// Notes begun and not said, as they were typed last.
    pub drafts: Vec<Draft>,
    pub valid: ValidPrefix,
    /// Whether whole lines follow after the valid prefix: more than a line that a crash cut off.
    pub is_damaged: bool,
    /// Why the disk does not give it, if so.
    pub trouble: Option<FileError>,
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
        let is_base = || self.header.as_ref().is_some_and(|header| header.base == hash);
        save.map(|save| save.upto).or_else(|| is_base().then_some(0))
    }

    /// The actions after action `n` that come back by themselves.
    pub fn after(&self, n: u64) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.n > n)
    }

    /// Every whole action after action `n`.
    pub fn all_after(&self, n: u64) -> impl Iterator<Item = &Entry> {
        self.entries.iter().chain(&self.beyond).filter(move |entry| entry.n > n)
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

    /// Number of the last action that the file at its side holds, with which it can be put together.
    pub fn held_by_base(&self) -> u64 {
        // The base is replaced after the rename of a save, so its hash says how far saving really came.
        let base = files::hash_of_file(&base_of(&self.path)).ok();
        base.and_then(|hash| self.held_by(&hash)).unwrap_or(0)
    }

    /// The actions that a file of this hash does not have; where the journal does not know that file, those that certainly
    /// no file has which this program wrote.
    pub fn missing_in(&self, hash: &str) -> Vec<&Entry> {
        self.all_after(self.held_by(hash).unwrap_or_else(|| self.held_by_base())).collect()
    }

    /// Whether there is something in it of which not even a line can be read.
    pub fn is_unreadable(&self) -> bool {
        let has_nothing = self.header.is_none() && self.beyond.is_empty();
        self.trouble.is_some() || has_nothing && self.valid.rest > 0
    }

    /// Whether it comes back by itself on a file of this project at `target`: it was made there, or the file was moved there.
    pub fn is_of(&self, id: &ProjectId, target: &Path, hash: &str) -> bool {
        let moved = || self.is_homeless() && self.held_by(hash).is_some();
        self.is_for(id) && (self.is_at(target) || moved())
    }

    pub fn is_for(&self, id: &ProjectId) -> bool {
        self.header.as_ref().is_some_and(|header| header.project == *id)
    }

    /// Whether it was made for a file in this place.
    pub fn is_at(&self, target: &Path) -> bool {
        self.header.as_ref().is_some_and(|header| header.path == path_text(target))
    }

    /// Whether no file is left where it was made.
    pub fn is_homeless(&self) -> bool {
        self.header.as_ref().is_some_and(|header| !Path::new(&header.path).exists())
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

/// The journals in a project's state folder, oldest first, also those that the disk does not give.
pub(super) fn all_in(folder: &Path, extension: &str) -> Result<Vec<Found>, FileError> {
    let mut paths = named(folder, extension)?;
    paths.sort();
    let read = |path: PathBuf| {
        read(&path).unwrap_or_else(|error| Found { path, trouble: Some(error), ..Found::default() })
    };
    Ok(paths.into_iter().map(read).collect())
}

/// The journals in a project's state folder that were made for the file at `target`, by their first lines.
pub(super) fn all_at(folder: &Path, target: &Path) -> Vec<Found> {
    let paths = ENDS.into_iter().flat_map(|extension| named(folder, extension).unwrap_or_default());
    let is_at = |path: &PathBuf| header_of(path).is_some_and(|header| header.path == path_text(target));
    paths.filter(is_at).filter_map(|path| read(&path).ok()).collect()
}

/// Reads a journal: up to the first line that is cut off or wrong, and apart from that what is whole after it.
pub(super) fn read(path: &Path) -> Result<Found, FileError> {
    let mut found = Found { path: path.into(), ..Found::default() };
    found.valid = journal_file::read_valid(path, |line| match (journal::decode(line), &found.header) {
        (Ok(Line::Header(header)), None) => {
            found.header = Some(header);
            true
        }
        (Ok(Line::Entry(entry)), Some(_)) => {
            found.entries.push(entry);
            true
        }
        (Ok(Line::Saved(save)), Some(_)) => {
            found.saves.push(save);
            true
        }
        (Ok(Line::Draft(draft)), Some(_)) => {
            draft.put_into(&mut found.drafts);
            true
        }
        _ => false,
    })?;
    if found.valid.rest > 0 {
        journal_file::read_rest(path, found.valid.len, |line| {
            found.is_damaged = true;
            match std::str::from_utf8(line).map(journal::decode) {
                Ok(Ok(Line::Entry(entry))) => found.beyond.push(entry),
                Ok(Ok(Line::Saved(save))) => found.saves.push(save),
                Ok(Ok(Line::Draft(draft))) => draft.put_into(&mut found.drafts),
                _ => {}
            }
        })?;
    }
    Ok(found)
}

fn header_of(path: &Path) -> Option<Header> {
    let mut header = None;
    let first = journal_file::read_valid(path, |line| match (journal::decode(line), &header) {
        (Ok(Line::Header(found)), None) => {
            header = Some(found);
            true
        }
        _ => false,
    });
    header.filter(|_| first.is_ok())
}

/// Removes what a crash left half made, unless a program is making it just now.
pub(super) fn clear_unfinished(folder: &Path) -> Result<(), FileError> {
    for path in files_in(folder)? {
        let Some(name) = path.file_name().and_then(OsStr::to_str) else { continue };
        let Some((session, kind)) = name.trim_start_matches('.').split_once('.') else { continue };
        let journal = folder.join(session).with_extension(JOURNAL);
        let is_alone = || ENDS.iter().all(|end| !journal.with_extension(end).exists());
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
    if let Err(error) = disk::remove(path)
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
