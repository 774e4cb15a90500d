//! The store: a project file, the journal of what it does not hold yet, and the earlier versions of it.
//!
//! Used from one thread. Whatever happens to the program, an action for which `append` returned comes back.

mod journals;
mod left;
mod live;
mod open;
mod origin;
mod recover;
mod save;
mod store_error;
mod versions;
mod words;

use std::path::{Path, PathBuf};

use crate::formats::project::journal::{Draft, Entry};
use crate::model::ids::Stamp;
use crate::model::project::Project;
use crate::shell::backups;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::folders;
use crate::shell::lock::Lock;
use crate::shell::store::live::{Beginning, Live};

pub use left::{LeftJournal, drafts_of, journals, journals_of};
pub use open::{create, create_untitled, open, untitled};
pub use origin::origin;
pub use store_error::StoreError;
pub use versions::{Restored, backups, put_away, read_version, restore, versions, versions_beside};
pub use words::{list_command, restore_command};

/// Where a journal is so long that it is time to save, in bytes.
pub const LONG_JOURNAL_BYTES: u64 = 64 * 1024 * 1024;

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
    /// Notes begun and not said: for the fields that they were typed in, never for the project.
    pub drafts: Vec<Draft>,
    /// What was wrong in the file and what was made of it.
    pub mends: Vec<String>,
    /// Why nothing can be written, if so: a sentence.
    pub read_only: Option<String>,
    /// Things to be said.
    pub warnings: Vec<String>,
    /// Work that lies on this computer and did not come back by itself: sentences.
    pub left: Vec<String>,
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
    /// What the last save wanted to put there, if it broke off.
    tried: Option<Tried>,
    live: Option<Live>,
    /// Number of the last action that is in the journal or in the file.
    last_n: u64,
    /// Number of the last action that is in the file.
    saved_n: u64,
    /// The backup with the file's content, once there is one.
    backup: Option<PathBuf>,
}

/// What a save wants to put into the file.
#[derive(Debug)]
struct Tried {
    hash: String,
    project: Project,
    /// Number of the last action in it.
    upto: u64,
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
        Stamp(self.stamp.secs())
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
            ("Backups".into(), backups::folder_in(&self.folder, &self.target)),
        ]
    }

    /// Number of the last action that is in the journal or in the file.
    pub fn last_n(&self) -> u64 {
        self.last_n
    }

    /// Whether the journal has something that the file does not have.
    pub fn has_unsaved(&self) -> bool {
        self.live.as_ref().is_some_and(|live| !live.unsaved().is_empty() || !live.drafts().is_empty())
    }

    /// Writes actions to the journal: they are on the disk, under its name, when it returns.
    ///
    /// Numbers go on from one to the next; those that are there already are passed over, so that all may be sent again after
    /// an error. After `TooLarge` and `Gap` only a save makes the rest safe.
    pub fn append(&mut self, entries: &[Entry]) -> Result<(), StoreError> {
        self.may_write()?;
        self.keep_journal()?;
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
        // Looked at afterwards as well: the journal may have lost its name while it was written.
        self.keep_journal().and(appended)
    }

    /// Makes the journal and lays the base beside it, if that has not been done: the first `append` then need not.
    pub fn prepare(&mut self) -> Result<(), StoreError> {
        self.may_write()?;
        if self.live.is_none() {
            self.live = Some(self.begin_journal(&[], &[])?);
        }
        Ok(())
    }

    /// Writes a note begun and not said to the journal, or that it was said or given up: it is on the disk when it returns.
    pub fn put_draft(&mut self, draft: &Draft) -> Result<(), StoreError> {
        self.may_write()?;
        self.keep_journal()?;
        self.prepare()?;
        let Some(live) = &mut self.live else { return Ok(()) };
        let put = live.put_draft(draft);
        self.keep_journal().and(put)
    }

    /// Begins the journal anew, with all since the last save, if it is no longer where it was.
    pub fn keep_journal(&mut self) -> Result<(), StoreError> {
        let Some(live) = self.live.as_ref().filter(|live| !live.is_in_place()) else { return Ok(()) };
        let anew = self.begin_journal(live.unsaved(), live.drafts());
        let anew = anew.map_err(|error| StoreError::JournalGone(Box::new(error)))?;
        tracing::warn!("the journal was gone and is begun anew: `{}`", anew.path().display());
        if let Some(old) = self.live.replace(anew) {
            old.remove();
        }
        Ok(())
    }

    fn begin_journal(&self, entries: &[Entry], drafts: &[Draft]) -> Result<Live, StoreError> {
        folders::make_private(&self.folder)?;
        self.name_place();
        let beginning = Beginning {
            folder: &self.folder,
            id: self.base.id(),
            target: &self.target,
            hash: &self.hash,
            saved_n: self.saved_n,
            entries,
            drafts,
        };
        Live::create(&beginning, |to| self.put_base(to))
    }

    /// Lets the file go. A journal stays only if it holds something that the file does not.
    pub fn close(mut self) {
        let holds_more = |live: &Live| live.last_n() > self.saved_n || !live.drafts().is_empty();
        if let Some(live) = self.live.take_if(|live| !holds_more(live)) {
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
