//! The journal of this session: a base, a header, the actions after it.

use std::path::{Path, PathBuf};

use crate::formats::project::journal::{self, Draft, Entry, Header, Line, Saved};
use crate::model::ids::{ProjectId, Stamp};
use crate::shell::clock;
use crate::shell::disk;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::journal_file::{JournalFile, ValidPrefix};
use crate::shell::lock::Lock;
use crate::shell::store::journals::{self, Found, JOURNAL, UNFINISHED};
use crate::shell::store::store_error::StoreError;

/// The longest action that is journalled, in bytes of its line; a longer one is saved at once.
pub(super) const MAX_ACTION_BYTES: usize = 4 * 1024 * 1024;

/// A journal that this program appends to.
#[derive(Debug)]
pub(super) struct Live {
    file: JournalFile,
    path: PathBuf,
    /// Number of its last action; 0 if it has none.
    last_n: u64,
    /// Its actions that the project file does not have: a new journal begins with them where this one is lost.
    unsaved: Vec<Entry>,
    /// Its notes begun and not said; no project file has them.
    drafts: Vec<Draft>,
    /// Tells other programs that this journal is in use.
    _guard: Lock,
}

/// What a new journal begins with.
#[derive(Debug)]
pub(super) struct Beginning<'a> {
    /// The project's folder in the state folder.
    pub folder: &'a Path,
    pub id: &'a ProjectId,
    /// The project file.
    pub target: &'a Path,
    /// Its hash.
    pub hash: &'a str,
    /// Number of the last action that the project file holds.
    pub saved_n: u64,
    /// Actions that the journal holds from the start.
    pub entries: &'a [Entry],
    /// Notes begun and not said that it holds from the start.
    pub drafts: &'a [Draft],
}

impl Live {
    /// Makes a journal. `put_base` is given the place where the file that it begins with has to lie; if it puts another
    /// one there that is the same project, it says so.
    ///
    /// It gets its name only when all of it is on the disk: half of it would be replayed as if it were the whole.
    pub fn create(
        beginning: &Beginning<'_>,
        put_base: impl FnOnce(&Path) -> Result<Option<Saved>, StoreError>,
    ) -> Result<Self, StoreError> {
        let now = clock::now_secs();
        let session = format!("{}-{}", clock::utc(now).replace([':', '-'], ""), clock::random_id(8));
        let path = beginning.folder.join(session).with_extension(JOURNAL);
        let unfinished = path.with_extension(UNFINISHED);
        let guard = Lock::take(&path, beginning.folder)?;
        let base = journals::base_of(&path);
        let made = put_base(&base).and_then(|also| {
            let header = Header {
                project: beginning.id.clone(),
                base: beginning.hash.to_owned(),
                path: journals::path_text(beginning.target),
                host: gethostname::gethostname().to_string_lossy().into_owned(),
                pid: std::process::id(),
                at: Stamp(now),
                version: env!("CARGO_PKG_VERSION").into(),
            };
            let mut file = JournalFile::create(&unfinished, &journal::encode(&Line::Header(header)))?;
            let known = Saved { sha256: beginning.hash.to_owned(), upto: beginning.saved_n };
            let saves =
                [Some(known).filter(|known| known.upto > 0), also].into_iter().flatten().map(Line::Saved);
            let entries = beginning.entries.iter().cloned().map(Line::Entry);
            let drafts = beginning.drafts.iter().cloned().map(Line::Draft);
            let lines = saves.chain(entries).chain(drafts);
            let lines: Vec<String> = lines.map(|line| journal::encode(&line)).collect();
            file.append(&lines)?;
            disk::rename(&unfinished, &path)
                .map_err(|e| FileError::writing(&path, "making the journal", e))?;
            files::sync_folder(&path);
            let valid = ValidPrefix { n_lines: lines.len() + 1, len: file.len(), rest: 0 };
            Ok(JournalFile::open(&path, &valid)?)
        });
        match made {
            Ok(file) => {
                let unsaved = beginning.entries.to_vec();
                let last_n = unsaved.last().map_or(0, |entry| entry.n);
                let drafts = beginning.drafts.to_vec();
                Ok(Self { file, path, last_n, unsaved, drafts, _guard: guard })
            }
            Err(error) => {
                for left in [&path, &unfinished, &base] {
                    journals::remove(left);
                }
                Err(error)
            }
        }
    }

    /// Goes on with a journal that a crash left, after cutting off its torn end. The project file has its actions up to `held`.
    pub fn go_on(found: &Found, held: u64, guard: Lock) -> Result<Self, FileError> {
        let file = JournalFile::open(&found.path, &found.valid)?;
        let last_n = found.entries.last().map_or(0, |entry| entry.n);
        let unsaved = found.after(held).cloned().collect();
        let drafts = found.drafts.clone();
        Ok(Self { file, path: found.path.clone(), last_n, unsaved, drafts, _guard: guard })
    }

    /// Appends actions, and waits until they are on the disk.
    ///
    /// One that is too large ends it: those before it are on the disk, and it is the error.
    pub fn append(&mut self, entries: &[Entry]) -> Result<(), StoreError> {
        let mut lines = Vec::with_capacity(entries.len());
        let mut too_large = None;
        let mut last_n = self.last_n;
        for entry in entries {
            let line = journal::encode(&Line::Entry(entry.clone()));
            if line.len() > MAX_ACTION_BYTES {
                too_large = Some(StoreError::TooLarge { n: entry.n, len: line.len() });
                break;
            }
            last_n = entry.n;
            lines.push(line);
        }
        self.file.append(&lines)?;
        self.last_n = last_n;
        self.unsaved.extend(entries.iter().take(lines.len()).cloned());
        too_large.map_or(Ok(()), Err)
    }

    /// Says before the rename of a save which file will hold the actions up to `save.upto`.
    pub fn say_saved(&mut self, save: Saved) -> Result<(), FileError> {
        self.file.append(&[journal::encode(&Line::Saved(save))])
    }

    /// Appends a note begun and not said, or that it is said or given up, and waits until it is on the disk.
    pub fn put_draft(&mut self, draft: &Draft) -> Result<(), StoreError> {
        let line = journal::encode(&Line::Draft(draft.clone()));
        if line.len() > MAX_ACTION_BYTES {
            return Err(StoreError::DraftTooLarge { len: line.len() });
        }
        self.file.append(&[line])?;
        draft.clone().put_into(&mut self.drafts);
        Ok(())
    }

    pub fn last_n(&self) -> u64 {
        self.last_n
    }

    pub fn n_bytes(&self) -> u64 {
        self.file.len()
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the journal and its base lie where they were made: else what it holds is lost with this program.
    pub fn is_in_place(&self) -> bool {
        self.file.is_in_place() && journals::base_of(&self.path).is_file()
    }

    /// Its actions that the project file does not have.
    pub fn unsaved(&self) -> &[Entry] {
        &self.unsaved
    }

    /// Its notes begun and not said.
    pub fn drafts(&self) -> &[Draft] {
        &self.drafts
    }

    /// The project file has the actions up to `upto` now.
    pub fn forget(&mut self, upto: u64) {
        self.unsaved.retain(|entry| entry.n > upto);
    }

    /// Removes the journal and its base, unless something else has their names by now: another file holds all of it.
    pub fn remove(self) {
        if self.file.is_in_place() || !self.path.exists() {
            // The journal first: a base alone says nothing, a journal without its base could not be restored.
            journals::remove(&self.path);
            journals::remove(&journals::base_of(&self.path));
        }
    }
}
