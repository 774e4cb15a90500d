//! The one door to the disk: every call that opens, writes, locks, names or removes a file of ours.
//!
//! In tests a plan can make any of these calls fail, or be the last one before a crash or a power cut: see `faults`.

pub(in crate::shell) mod faults;

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, Write as _};
use std::path::Path;

#[cfg(test)]
use faults::before;

pub(in crate::shell) fn open(path: &Path, options: &OpenOptions) -> io::Result<File> {
    before("open", path)?;
    options.open(path)
}

pub(in crate::shell) fn open_to_read(path: &Path) -> io::Result<File> {
    open(path, OpenOptions::new().read(true))
}

/// Writes to `file`, which lies at `path`.
pub(in crate::shell) fn write(file: &mut File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    #[cfg(test)]
    faults::tear(file, path, bytes)?;
    before("write", path)?;
    file.write_all(bytes)
}

/// Writes piece by piece to `file`, which lies at `path`.
pub(in crate::shell) struct Pen<'a> {
    pub file: &'a mut File,
    pub path: &'a Path,
}

/// Writes all of it with such a pen.
pub(in crate::shell) fn put(pen: &mut dyn io::Write, bytes: &[u8]) -> io::Result<()> {
    pen.write_all(bytes)
}

impl io::Write for Pen<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        write(self.file, self.path, bytes).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Waits until content and length are on the disk, and mode and times too.
pub(in crate::shell) fn sync(file: &File, path: &Path) -> io::Result<()> {
    before("sync", path)?;
    #[cfg(test)]
    faults::synced(path);
    file.sync_all()
}

/// Waits until content and length are on the disk.
pub(in crate::shell) fn sync_data(file: &File, path: &Path) -> io::Result<()> {
    before("sync", path)?;
    #[cfg(test)]
    faults::synced(path);
    file.sync_data()
}

pub(in crate::shell) fn set_len(file: &File, path: &Path, len: u64) -> io::Result<()> {
    before("set the length", path)?;
    file.set_len(len)
}

pub(in crate::shell) fn set_permissions(file: &File, path: &Path, mode: Permissions) -> io::Result<()> {
    before("set the mode", path)?;
    file.set_permissions(mode)
}

pub(in crate::shell) fn try_lock(file: &File, path: &Path) -> Result<(), TryLockError> {
    before("lock", path).map_err(TryLockError::Error)?;
    file.try_lock()
}

/// Gives a file another name; what had that name before loses it.
pub(in crate::shell) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    before("rename", to)?;
    #[cfg(test)]
    faults::renamed(from, to);
    fs::rename(from, to)
}

/// Gives a file another name, if nothing has that name yet.
pub(in crate::shell) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    before("rename", to)?;
    #[cfg(test)]
    faults::renamed(from, to);
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    match flagged(from, to, rustix::fs::RenameFlags::NOREPLACE) {
        Err(error) if cannot(&error) => {}
        renamed => return renamed,
    }
    // Where a drive has no such rename: a link does not take a name either.
    match fs::hard_link(from, to) {
        Ok(()) => fs::remove_file(from),
        Err(_) if fs::symlink_metadata(to).is_ok() => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => fs::rename(from, to),
    }
}

/// Lets two files change places in one step. False: this drive or system cannot, and nothing was done.
pub(in crate::shell) fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    before("rename", other)?;
    #[cfg(test)]
    if faults::without_exchange(other) {
        return Ok(false);
    }
    #[cfg(test)]
    faults::renamed(one, other);
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    match flagged(one, other, rustix::fs::RenameFlags::EXCHANGE) {
        Err(error) if cannot(&error) => {}
        exchanged => return exchanged.map(|()| true),
    }
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    let _ = one;
    Ok(false)
}

/// Gives a file a second name.
pub(in crate::shell) fn link(from: &Path, to: &Path) -> io::Result<()> {
    before("link", to)?;
    fs::hard_link(from, to)
}

/// Copies a file, sharing its blocks where the drive can.
pub(in crate::shell) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    before("write", to)?;
    #[cfg(test)]
    faults::copied(to);
    reflink_copy::reflink_or_copy(from, to).map(drop)
}

pub(in crate::shell) fn remove(path: &Path) -> io::Result<()> {
    before("remove", path)?;
    fs::remove_file(path)
}

/// Removes a folder with all that is in it.
pub(in crate::shell) fn remove_folder(path: &Path) -> io::Result<()> {
    before("remove", path)?;
    fs::remove_dir_all(path)
}

pub(in crate::shell) fn make_folder(path: &Path, builder: &DirBuilder) -> io::Result<()> {
    before("make a folder", path)?;
    builder.create(path)
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn flagged(from: &Path, to: &Path, flags: rustix::fs::RenameFlags) -> io::Result<()> {
    Ok(rustix::fs::renameat_with(rustix::fs::CWD, from, rustix::fs::CWD, to, flags)?)
}

/// Whether an error says that the drive or the system knows no rename of this kind.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn cannot(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported)
}

/// Without a plan there is nothing to be told.
#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "with a plan, in tests, a call may fail")]
const fn before(_call: &str, _path: &Path) -> io::Result<()> {
    Ok(())
}
