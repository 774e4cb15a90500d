//! One file as it lies on the disk: reading it within limits, what tells it from others, where its path leads.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use sha2::{Digest as _, Sha256};

use crate::shell::disk;
use crate::shell::file_error::FileError;
use crate::shell::replace::{self, Expected, Saved};

/// The largest project file that is read, in bytes.
pub const MAX_FILE_BYTES: u64 = 256 * 1024 * 1024;

/// How many symlinks in a row are followed; the kernel's own limit.
const MAX_LINKS: usize = 40;

/// The longest file name that file systems take, in bytes.
const MAX_NAME_BYTES: usize = 255;

/// What tells cheaply that a file is still the one that was read or saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Length in bytes.
    pub len: u64,
    /// Time of the last change, nanoseconds since 1970.
    pub mtime_ns: i64,
}

impl Stamp {
    /// The time of the last change in seconds since 1970.
    pub fn secs(&self) -> i64 {
        self.mtime_ns.div_euclid(1_000_000_000)
    }
}

/// SHA-256 of `bytes` as 64 hex digits.
pub fn hash_of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The whole file, if it is an ordinary one of at most `max_bytes`.
pub fn read(path: &Path, max_bytes: u64) -> Result<Vec<u8>, FileError> {
    let found = ordinary(path)?;
    if found.len() > max_bytes {
        return Err(FileError::TooLarge { path: path.into(), len: found.len(), max: max_bytes });
    }
    let file = disk::open_to_read(path).map_err(|e| FileError::reading(path, "opening", e))?;
    let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or(0));
    // One byte more than allowed, because the file may grow while it is read.
    file.take(max_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|e| FileError::reading(path, "reading", e))?;
    let len = bytes.len() as u64;
    if len > max_bytes {
        return Err(FileError::TooLarge { path: path.into(), len, max: max_bytes });
    }
    Ok(bytes)
}

/// Puts `bytes` in the place of whatever lies there, as `replace::save` does it.
pub fn save(path: &Path, bytes: &[u8]) -> Result<Saved, FileError> {
    replace::save(path, bytes, Expected::Whatever, &mut |_| Ok(()))
}

/// At most the first `max_bytes` of an ordinary file.
pub(in crate::shell) fn head(path: &Path, max_bytes: u64) -> Result<Vec<u8>, FileError> {
    ordinary(path)?;
    let file = disk::open_to_read(path).map_err(|e| FileError::reading(path, "opening", e))?;
    let mut bytes = Vec::new();
    file.take(max_bytes).read_to_end(&mut bytes).map_err(|e| FileError::reading(path, "reading", e))?;
    Ok(bytes)
}

/// The stamp of the file as it is now.
pub fn stamp(path: &Path) -> Result<Stamp, FileError> {
    Ok(stamp_of(&ordinary(path)?))
}

/// Whether length and time are those of `stamp`; if not, compare `hash_of_file` before believing in a change.
pub fn unchanged_since(path: &Path, stamp: &Stamp) -> Result<bool, FileError> {
    Ok(self::stamp(path)? == *stamp)
}

/// The file's SHA-256 as 64 hex digits.
pub fn hash_of_file(path: &Path) -> Result<String, FileError> {
    ordinary(path)?;
    let file = disk::open_to_read(path).map_err(|e| FileError::reading(path, "opening", e))?;
    let mut reader = BufReader::with_capacity(1 << 18, file);
    let mut hash = Sha256::new();
    loop {
        let piece = reader.fill_buf().map_err(|e| FileError::reading(path, "reading", e))?;
        if piece.is_empty() {
            break;
        }
        hash.update(piece);
        let n = piece.len();
        reader.consume(n);
    }
    Ok(hex(&hash.finalize()))
}

/// Copies a file for good, sharing its blocks where the drive can; readable by this user only.
///
/// Never a hard link: a program that writes the original in place would change the copy too.
pub fn copy_base(from: &Path, to: &Path) -> Result<(), FileError> {
    ordinary(from)?;
    put_private(to, |aside| {
        disk::copy(from, aside)?;
        let file = disk::open(aside, File::options().write(true))?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            disk::set_permissions(&file, aside, fs::Permissions::from_mode(0o600))?;
        }
        disk::sync(&file, aside)
    })
}

/// Writes a file of our own in the state folder, readable by this user only.
pub(in crate::shell) fn write_private(to: &Path, bytes: &[u8]) -> Result<(), FileError> {
    put_private(to, |aside| {
        let mut file = disk::open(aside, private_file().write(true).create_new(true))?;
        disk::write(&mut file, aside, bytes)?;
        disk::sync(&file, aside)
    })
}

/// Makes a file beside `to` and gives it that name, for good, when it is whole.
fn put_private(to: &Path, make: impl FnOnce(&Path) -> io::Result<()>) -> Result<(), FileError> {
    let aside = beside(to, "new");
    let put = clear(&aside).and_then(|()| make(&aside)).and_then(|()| disk::rename(&aside, to));
    if let Err(e) = put {
        remove_left_over(&aside);
        return Err(FileError::writing(to, "writing", e));
    }
    sync_folder(to);
    Ok(())
}

/// Where `path` leads when its symlinks are followed, also when nothing is there yet.
pub fn resolve(path: &Path) -> Result<PathBuf, FileError> {
    let mut path = path.to_path_buf();
    for _ in 0..MAX_LINKS {
        match fs::canonicalize(&path) {
            Ok(real) => return Ok(real),
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(not_followed(&path, e)),
        }
        let Ok(next) = fs::read_link(&path) else {
            let (Some(folder), Some(name)) = (folder_of(&path), path.file_name()) else { return Ok(path) };
            let folder = fs::canonicalize(folder).map_err(|e| not_followed(&path, e))?;
            return Ok(folder.join(name));
        };
        path = folder_of(&path).unwrap_or(Path::new(".")).join(next);
    }
    Err(FileError::Other { doing: "following the path", path, source: io::Error::other("too many symlinks") })
}

/// Who may not look into a folder is not told that it cannot be written: the file may be wanted for reading.
fn not_followed(path: &Path, source: io::Error) -> FileError {
    if source.kind() == io::ErrorKind::PermissionDenied {
        FileError::NotReadable(path.into())
    } else {
        FileError::writing(path, "following the path", source)
    }
}

/// The name of our own file of one `kind` beside `path`: `.FILE.allegata-KIND`, the same every time.
pub(in crate::shell) fn beside(path: &Path, kind: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default();
    let mut whole = OsString::from(".");
    if name.len() + kind.len() + ".".len() + ".allegata-".len() <= MAX_NAME_BYTES {
        whole.push(name);
    } else {
        whole.push(hex(&Sha256::digest(name.as_encoded_bytes())));
    }
    whole.push(".allegata-");
    whole.push(kind);
    path.with_file_name(whole)
}

/// Lower-case hex digits of `bytes`.
pub(in crate::shell) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digit = |four: u8| DIGITS.get(usize::from(four)).copied().unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Whether `path` still names the open `file`. Where the system cannot say, yes.
pub(in crate::shell) fn same_file(path: &Path, file: &File) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let (Ok(there), Ok(ours)) = (fs::symlink_metadata(path), file.metadata()) else { return false };
        there.dev() == ours.dev() && there.ino() == ours.ino()
    }
    #[cfg(not(unix))]
    {
        file.metadata().is_ok() && path.exists()
    }
}

/// Puts the names of `path`'s folder on the disk; false where the system cannot.
pub(in crate::shell) fn sync_folder(path: &Path) -> bool {
    if cfg!(not(unix)) {
        return true; // a rename there is written through
    }
    let folder = folder_of(path).unwrap_or(Path::new("."));
    let synced = disk::open_to_read(folder).and_then(|open| disk::sync(&open, folder));
    if let Err(error) = &synced {
        tracing::warn!("cannot sync the folder `{}`: {error}", folder.display());
    }
    synced.is_ok()
}

/// The folder of `path`; of a bare name, the current one.
pub(in crate::shell) fn folder_of(path: &Path) -> Option<&Path> {
    path.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
}

/// Options for a new file that nobody else may read.
pub(in crate::shell) fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
}

/// Whether this user owns the file, under no second name: then nobody else laid it there. Where the system cannot say, yes.
pub(in crate::shell) fn is_own(found: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        found.uid() == rustix::process::geteuid().as_raw() && found.nlink() <= 1
    }
    #[cfg(not(unix))]
    {
        found.len() < u64::MAX
    }
}

pub(in crate::shell) fn ordinary(path: &Path) -> Result<Metadata, FileError> {
    let found = fs::metadata(path).map_err(|e| FileError::reading(path, "looking at", e))?;
    if found.is_dir() {
        return Err(FileError::Folder(path.into()));
    }
    if !found.is_file() {
        return Err(FileError::NotOrdinary(path.into())); // reading a pipe could wait for ever
    }
    Ok(found)
}

pub(in crate::shell) fn stamp_of(found: &Metadata) -> Stamp {
    let mtime_ns = found.modified().map_or(0, |time| match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |ns| -ns),
    });
    Stamp { len: found.len(), mtime_ns }
}

/// Makes room for a new file at `path`, where an earlier crash may have left one.
pub(in crate::shell) fn clear(path: &Path) -> io::Result<()> {
    match disk::remove(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

pub(in crate::shell) fn remove_left_over(path: &Path) {
    if let Err(error) = clear(path) {
        tracing::warn!("cannot remove the left-over `{}`: {error}", path.display());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_may_not_be_looked_into_is_not_one_that_cannot_be_written() {
        let check = |kind: io::ErrorKind, want: &str| {
            let said = not_followed(Path::new("/d/a.ron"), kind.into()).to_string();
            assert!(said.starts_with(want), "{said}");
        };
        check(io::ErrorKind::PermissionDenied, "not allowed to read: `/d/a.ron`");
        check(io::ErrorKind::NotFound, "folder is gone: `/d`");
    }
}
