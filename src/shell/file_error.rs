//! What can go wrong with a file, a folder or a lock, each with what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use crate::shell::held::Held;

/// A failure of the disk. The file that was there before is whole in every case.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("no such file: `{}`\0hint: check the name, and whether the drive is connected", .0.display())]
    Missing(PathBuf),
    #[error("this is a folder, not a file: `{}`\0hint: name a file inside it", .0.display())]
    Folder(PathBuf),
    #[error("this is a file, not a folder: `{}`\0hint: name a folder, or one that is yet to be made", .0.display())]
    NoFolderHere(PathBuf),
    #[error("there is a file of this name: `{}`\0hint: name another folder, or move the file away", .0.display())]
    NameTaken(PathBuf),
    #[error("this is not an ordinary file: `{}`\0hint: save its contents to a file first", .0.display())]
    NotOrdinary(PathBuf),
    #[error(
        "file is too large, at least {}, and the limit is {}: `{}`\0hint: divide it into several files",
        mebibytes(*.len), mebibytes(*.max), .path.display()
    )]
    TooLarge { path: PathBuf, len: u64, max: u64 },
    #[error("not allowed to read: `{}`\0hint: ask its owner, or change its permissions", .0.display())]
    NotReadable(PathBuf),
    #[error("file is read-only: `{}`\0hint: save under another name, or change its permissions", .0.display())]
    ReadOnly(PathBuf),
    #[error("not allowed to write in this folder: `{}`\0hint: save in another folder", .0.display())]
    FolderReadOnly(PathBuf),
    #[error("folder is gone: `{}`\0hint: connect the drive again, or save in another folder", .0.display())]
    FolderGone(PathBuf),
    #[error("disk is full: `{}`\0hint: free some space, or save on another drive", .0.display())]
    Full(PathBuf),
    #[error("file would be larger than this drive allows: `{}`\0hint: save on another drive", .0.display())]
    TooLargeForDrive(PathBuf),
    #[error("another program is saving this file just now: `{}`\0hint: save again", .0.display())]
    SavedByAnother(PathBuf),
    #[error("another program wrote this file just now: `{}`\0hint: look at what it wrote, then save again", .0.display())]
    Changed(PathBuf),
    #[error("a file of this name is there already: `{}`\0hint: choose another name", .0.display())]
    Exists(PathBuf),
    #[error("this is a project, and nothing else takes its place: `{}`\0hint: choose another name", .0.display())]
    IsProject(PathBuf),
    #[error("{what}, so nothing was kept: `{}`\0hint: report this as a mistake of the program", .path.display())]
    NotAsWritten { path: PathBuf, what: String },
    #[error(
        "a folder with other things in it is there: `{}`\0hint: choose another name, or move it away", .0.display()
    )]
    OtherFolder(PathBuf),
    #[error(
        "writing failed, {source}, and the older folder is now `{}`: `{}`\0hint: give it its name back, or export again",
        .aside.display(), .path.display()
    )]
    Aside { path: PathBuf, aside: PathBuf, source: io::Error },
    #[error("open in another program, {held}: `{}`\0hint: close it there, or open it for reading", .path.display())]
    Held { path: PathBuf, held: Box<Held> },
    #[error("a line of the journal holds a line break: `{}`\0hint: report this as a mistake of the program", .0.display())]
    LineBreak(PathBuf),
    #[error("no home folder\0hint: set `ALLEGATA_STATE_DIR` and `ALLEGATA_CONFIG_DIR`")]
    NoHome,
    #[error("no folder for {what}, {why}: `{}`\0hint: set `{variable}` to another folder", .path.display())]
    NoFolder { path: PathBuf, what: &'static str, why: String, variable: &'static str },
    #[error("settings cannot be written as text, {0}\0hint: report this as a mistake of the program")]
    Settings(String),
    #[error("cannot watch for changes, {source}: `{}`\0hint: reload by hand after somebody else has saved", .path.display())]
    NotWatched { path: PathBuf, source: notify::Error },
    #[error("{doing} failed, {source}: `{}`\0hint: try again, or save in another folder", .path.display())]
    Other { doing: &'static str, path: PathBuf, source: io::Error },
}

impl FileError {
    /// The error of something read: `source` came while `doing` something with `path`.
    pub(in crate::shell) fn reading(path: &Path, doing: &'static str, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing(path.into()),
            io::ErrorKind::PermissionDenied => Self::NotReadable(path.into()),
            io::ErrorKind::IsADirectory => Self::Folder(path.into()),
            _ => Self::Other { doing, path: path.into(), source },
        }
    }

    /// The error of something written: `path` is the file that was asked for, not the one written beside it.
    pub(in crate::shell) fn writing(path: &Path, doing: &'static str, source: io::Error) -> Self {
        let folder = || path.parent().unwrap_or(path).to_path_buf();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full(path.into()),
            io::ErrorKind::FileTooLarge => Self::TooLargeForDrive(path.into()),
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::FolderGone(folder()),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::FolderReadOnly(folder())
            }
            io::ErrorKind::IsADirectory => Self::Folder(path.into()),
            _ => Self::Other { doing, path: path.into(), source },
        }
    }
}

/// `len` bytes in words, rounded up, so that one byte too many never reads as the limit itself.
fn mebibytes(len: u64) -> String {
    const MEBIBYTE: u64 = 1024 * 1024;
    if len < MEBIBYTE { format!("{len} bytes") } else { format!("{} MiB", len.div_ceil(MEBIBYTE)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_message() {
        let check = |kind: io::ErrorKind, want: &str| {
            let said = FileError::writing(Path::new("/d/a.ron"), "saving", kind.into()).to_string();
            assert!(said.starts_with(want), "{said}");
            assert!(said.contains("\0hint: ") && !said.ends_with('.'), "{said}");
        };
        check(io::ErrorKind::StorageFull, "disk is full: `/d/a.ron`");
        check(io::ErrorKind::QuotaExceeded, "disk is full: `/d/a.ron`");
        check(io::ErrorKind::FileTooLarge, "file would be larger than this drive allows: `/d/a.ron`");
        check(io::ErrorKind::NotFound, "folder is gone: `/d`");
        check(io::ErrorKind::PermissionDenied, "not allowed to write in this folder: `/d`");
        check(io::ErrorKind::ReadOnlyFilesystem, "not allowed to write in this folder: `/d`");
        check(io::ErrorKind::TimedOut, "saving failed, timed out: `/d/a.ron`");
    }

    #[test]
    fn one_byte_too_many_is_more_than_the_limit() {
        let check = |len: u64, want: &str| assert_eq!(mebibytes(len), want);
        check(12, "12 bytes");
        check(256 * 1024 * 1024, "256 MiB");
        check(256 * 1024 * 1024 + 1, "257 MiB");
    }
}
