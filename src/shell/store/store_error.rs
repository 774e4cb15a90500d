//! What can go wrong between a project and its file.

use std::path::{Path, PathBuf};

use crate::formats::project::ProjectError;
use crate::shell::file_error::FileError;
use crate::shell::store::words;

/// A failure of the store. Neither the file nor the journal has lost anything in any case.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("`{}`: {source}", .path.display())]
    Project { path: PathBuf, source: ProjectError },
    #[error("a file of this name is there already: `{}`\0hint: choose another name", .0.display())]
    Exists(PathBuf),
    #[error("{0}")]
    ReadOnly(String),
    #[error("another program wrote the file since it was opened: `{}`\0hint: save under another name, or read it again", .0.display())]
    ChangedOutside(PathBuf),
    /// The file cannot be looked at, so it is not replaced.
    #[error("{0}")]
    Unseen(String),
    #[error("the journal is gone, and no new one can be begun: {0}")]
    JournalGone(Box<Self>),
    #[error("change {n} has {len} bytes, too many for the journal\0hint: save now")]
    TooLarge { n: u64, len: usize },
    #[error(
        "the note being written has {len} bytes, too many for the journal\0hint: make it shorter, or leave its field"
    )]
    DraftTooLarge { len: usize },
    #[error("changes before change {n} are not in the journal\0hint: save now")]
    Gap { n: u64 },
    #[error("project would have {len} bytes, more than a file may have: `{}`\0hint: divide it into two projects", .path.display())]
    FileTooLarge { path: PathBuf, len: usize },
    #[error("a program that has the project open writes this journal: `{}`\0hint: close it there first", .0.display())]
    InUse(PathBuf),
    #[error("this is not named when its project is opened: `{}`", .0.display())]
    NotNamed(PathBuf),
    #[error("no version {n}, there are {n_versions}: `{}`\0hint: `{}` numbers them", .path.display(), words::list_command(.path))]
    NoVersion { n: usize, n_versions: usize, path: PathBuf },
    #[error("journal without the file it began with: `{}`\0hint: restore another version", .0.display())]
    NoBase(PathBuf),
    #[error("nothing in this journal can be read: `{}`\0hint: it is kept, for a newer version or for somebody who can mend it", .0.display())]
    NothingWhole(PathBuf),
    #[error("nothing is known of this project: `{}`\0hint: check the name; backups begin with the first save", .0.display())]
    Unknown(PathBuf),
}

impl StoreError {
    /// What is wrong in the file at `path`.
    pub(in crate::shell) fn project(path: &Path, source: ProjectError) -> Self {
        Self::Project { path: path.into(), source }
    }
}
