//! The store: a project file, the journal of what it does not hold yet, and the earlier versions of it.
//!
//! Used from one thread. Whatever happens to the program, an action for which `append` returned comes back.

mod journals;
mod list;
mod live;
mod open;
mod save;
mod store_error;

use std::path::{Path, PathBuf};

use crate::formats::journal::Entry;
use crate::model::ids::Stamp;
use crate::model::project::Project;
use crate::shell::backups;
use crate::shell::clock;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::lock::Lock;
use crate::shell::store::live::{Beginning, Live};

pub use list::{LeftJournal, Restored, backups, journals, restore, untitled};
pub use open::{create, create_untitled, open};
pub use store_error::StoreError;

/// Where a journal is so long that it is time to save, in bytes.
pub const LONG_JOURNAL_BYTES: u64 = 64 * 1024 * 1024;

/// In a project's folder: the path of its file, as bytes.
const NAMED: &str = "file";

/// What a file is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// No lock, recovery in memory only, nothing is written.
    Read,
    Write,
}

/// An opened file with all that came to light. `project` is `base` with the actions `recovered`.
#[derive(Debug)]
pub struct Opened {
    pub project: Project,
    /// As the file has it.
    pub base: Project,
    /// Actions that came back, in order.
    pub recovered: Vec<Entry>,
    /// What was wrong in the file and what was made of it.
    pub mends: Vec<String>,
    /// Why nothing can be written, if so: a sentence.
    pub read_only: Option<String>,
    /// Things to be said.
    pub warnings: Vec<String>,
    /// When the file was last written.
    pub saved_at: Stamp,
    /// Number of the last action; the next one has the number after it.
    pub last_n: u64,
    pub store: Store,
}

/// A project file in use.
#[derive(Debug)]
pub struct Store {
    /// As it was asked for, from the root.
    path: PathBuf,
    /// Where that leads.
    target: PathBuf,
    /// The folder of all projects, and of this one.
    state: PathBuf,
    folder: PathBuf,
    is_untitled: bool,
    /// `None`: nothing may be written, and `read_only` says why.
    lock: Option<Lock>,
    read_only: String,
    /// The project as the file has it.
    base: Project,
    /// SHA-256 and stamp of the file as it was read or saved last.
    hash: String,
    stamp: files::Stamp,
    live: Option<Live>,
    /// Number of the last action that is in the journal or in the file.
    last_n: u64,
    /// Number of the last action that is in the file.
    saved_n: u64,
    /// The backup with the file's content, once there is one.
    backup: Option<PathBuf>,
}

impl Store {
    /// The project file, from the root; symlinks as the person named them.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the file lies in the state folder and waits for its place.
    pub fn is_untitled(&self) -> bool {
        self.is_untitled
    }

    /// When the file was last written.
    pub fn saved_at(&self) -> Stamp {
        Stamp(self.stamp.mtime_ns.div_euclid(1_000_000_000))
    }

    /// Length of the journal in bytes; past `LONG_JOURNAL_BYTES` it is time to save.
    pub fn journal_bytes(&self) -> u64 {
        self.live.as_ref().map_or(0, Live::n_bytes)
    }

    /// Where everything lies: name and path.
    pub fn places(&self) -> Vec<(String, PathBuf)> {
        vec![
            ("Project file".into(), self.path.clone()),
            // Each save begins a new journal: the folder stays.
            ("Journal".into(), self.folder.clone()),
            ("Backups".into(), backups::folder_in(&self.folder)),
        ]
    }

    /// Writes actions to the journal: they are on the disk when it returns.
    ///
    /// Numbers go on from one to the next; those that are there already are passed over, so that all may be sent again after
    /// an error. After `TooLarge` and `Gap` only a save makes the rest safe.
    pub fn append(&mut self, entries: &[Entry]) -> Result<(), StoreError> {
        self.may_write()?;
        let n_known = entries.iter().take_while(|entry| entry.n <= self.last_n).count();
        let new = entries.get(n_known..).unwrap_or_default();
        let Some(first) = new.first() else { return Ok(()) };
        if first.n != self.last_n + 1 {
            return Err(StoreError::Gap { n: first.n });
        }
        self.prepare()?;
        let Some(live) = &mut self.live else { return Ok(()) };
        let appended = live.append(new);
        self.last_n = self.last_n.max(live.last_n());
        appended
    }

    /// Makes the journal and lays the base beside it, if that has not been done: the first `append` then need not.
    pub fn prepare(&mut self) -> Result<(), StoreError> {
        self.may_write()?;
        if self.live.is_none() {
            let beginning = Beginning {
                folder: &self.folder,
                id: self.base.id(),
                target: &self.target,
                hash: &self.hash,
                saved_n: self.saved_n,
                entries: &[],
            };
            self.live = Some(Live::create(&beginning, |to| self.put_base(to))?);
        }
        Ok(())
    }

    /// Lets the file go. A journal stays only if it holds something that the file does not.
    pub fn close(mut self) {
        if let Some(live) = self.live.take_if(|live| live.last_n() <= self.saved_n) {
            live.remove();
        }
    }

    fn may_write(&self) -> Result<(), StoreError> {
        if self.lock.is_some() { Ok(()) } else { Err(StoreError::ReadOnly(self.read_only.clone())) }
    }
}

/// The path from the root; symlinks stay.
fn from_root(path: &Path) -> Result<PathBuf, FileError> {
    std::path::absolute(path).map_err(|e| FileError::reading(path, "finding", e))
}

/// `14:03`, or `12 November` if that was not today.
fn when(at: Stamp) -> String {
    let now = clock::now_secs();
    let day = clock::day(at.0, now);
    if day.starts_with("today") { clock::clock_time(at.0) } else { day }
}

/// `1 change`, `2 changes`.
fn changes(n: usize) -> String {
    if n == 1 { "1 change".into() } else { format!("{n} changes") }
}
