//! A new file in the place of an old one: at every moment the name holds the whole old or the whole new file, and what
//! somebody else puts there meanwhile is neither lost nor replaced.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Seek as _};
use std::path::{Path, PathBuf};

use crate::formats;
use crate::shell::clock;
use crate::shell::disk;
use crate::shell::file_error::FileError;
use crate::shell::files::{self, Stamp};
use crate::shell::jobs;

/// How often a file is put back that others write at the same time.
const TRIES: usize = 100;

/// How much of a file is read to see whether it is a project, in bytes.
const HEAD_BYTES: u64 = 64 * 1024;

/// The kind of a name of our own, and its end, which is by chance.
const OWN_KIND: &str = "new-________";
const OWN_END: &str = "________";

/// The mode of a file while it is being written: a crash then leaves one that says so.
#[cfg(unix)]
const UNFINISHED_MODE: u32 = 0o200;

/// What a save has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    pub stamp: Stamp,
    /// Whether the new name is known to be on the disk; some network drives cannot say.
    pub folder_synced: bool,
}

/// What a save takes the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected<'a> {
    /// Nothing: a file that is there stays.
    Nothing,
    /// A file of this SHA-256.
    Hash(&'a str),
    /// Whatever lies there when the save begins.
    Whatever,
    /// Whatever lies there when the save begins, unless it is a project.
    NoProject,
}

/// Is given a file that came between, before it goes; after an error it stays on the disk.
pub type Keep<'a> = &'a mut dyn FnMut(&Path) -> Result<(), FileError>;

/// Writes what a new file is to hold.
pub type Content<'a> = &'a mut dyn FnMut(&mut dyn io::Write) -> io::Result<()>;

/// Looks at what was written, from its beginning, before it has its place; an error says what is wrong with it.
pub type Check<'a> = &'a mut dyn FnMut(&mut File) -> Result<(), String>;

/// Puts `bytes` in the place of the file, as [`save_from`] does it.
pub fn save(path: &Path, bytes: &[u8], expected: Expected<'_>, keep: Keep<'_>) -> Result<Saved, FileError> {
    save_from(path, &mut |out| disk::put(out, bytes), expected, keep)
}

/// Puts what `content` writes in the place of the file.
///
/// A symlink stays and its target is replaced; mode and, where allowed, owner stay. An error leaves what was there, or what
/// somebody else put there meanwhile. `keep` is given what a crash or a race has left under no name of its own.
pub fn save_from(
    path: &Path,
    content: Content<'_>,
    expected: Expected<'_>,
    keep: Keep<'_>,
) -> Result<Saved, FileError> {
    save_checked(path, (content, &mut |_| Ok(())), expected, keep)
}

/// The same, if what was written passes the check; if not, nothing of it is left.
pub fn save_checked(
    path: &Path,
    what: (Content<'_>, Check<'_>),
    expected: Expected<'_>,
    keep: Keep<'_>,
) -> Result<Saved, FileError> {
    let target = files::resolve(path)?;
    let old = replaceable(&target)?;
    match expected {
        Expected::Nothing if old.is_some() => return Err(FileError::Exists(target)),
        Expected::NoProject if old.is_some() && is_project(&target)? => {
            return Err(FileError::IsProject(target));
        }
        _ => {}
    }
    let aside = make_room(&target, keep);
    let (file, new) = written(&aside, &target, old.as_ref(), what)?;
    let place = Place { target, aside, old, expected };
    if let Err(error) = place.take(&file, keep) {
        if files::same_file(&place.aside, &file) {
            files::remove_left_over(&place.aside);
        }
        return Err(error);
    }
    let folder_synced = files::sync_folder(&place.target);
    // The last look: what was put there by others meanwhile is not what we have saved.
    if !files::same_file(&place.target, &file) || file.metadata().is_ok_and(|now| changed(&now, &new)) {
        return Err(FileError::Changed(place.target));
    }
    Ok(Saved { stamp: files::stamp_of(&new), folder_synced })
}

/// Whether a save may take this file's place, as far as the file itself says; an error if not.
pub fn may_be_replaced(path: &Path) -> Result<(), FileError> {
    replaceable(&files::resolve(path)?).map(drop)
}

/// Gives `keep` what saves of the file at `path` left beside it when they were cut off, and removes it.
pub(in crate::shell) fn clear_left_overs(path: &Path, keep: Keep<'_>) {
    for left in left_overs(path) {
        is_freed(&left, keep);
    }
}

/// Whether the file at `path` is a project.
fn is_project(path: &Path) -> Result<bool, FileError> {
    let head = files::head(path, HEAD_BYTES)?;
    // RON may have its fields in any order; what begins with neither bracket nor comment need not be read.
    let may_be =
        head.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| b"(/".contains(byte));
    if formats::is_project(&head) || !may_be {
        return Ok(formats::is_project(&head));
    }
    let bytes = files::read(path, files::MAX_FILE_BYTES)?;
    Ok(formats::project::read_on(&bytes, jobs::cores()).is_ok())
}

/// A place that is being taken.
struct Place<'a> {
    target: PathBuf,
    /// Where the new file lies until it has the place.
    aside: PathBuf,
    /// What lay there when the save began.
    old: Option<Metadata>,
    expected: Expected<'a>,
}

impl Place<'_> {
    fn take(&self, file: &File, keep: Keep<'_>) -> Result<(), FileError> {
        if !files::same_file(&self.aside, file) {
            // Theirs lies there now: neither rename nor remove it.
            return Err(FileError::SavedByAnother(self.target.clone()));
        }
        if self.old.is_none() {
            return self.take_free();
        }
        match disk::exchange(&self.aside, &self.target) {
            Ok(true) => match self.is_expected(&self.aside) {
                Ok(true) => {
                    files::remove_left_over(&self.aside);
                    Ok(())
                }
                looked => {
                    self.put_back(file, keep);
                    looked.and(Err(self.changed()))
                }
            },
            Ok(false) if !self.is_expected(&self.target)? => Err(self.changed()),
            Ok(false) => disk::rename(&self.aside, &self.target).map_err(|e| self.failed(e)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => self.take_free(), // it went meanwhile
            Err(e) => Err(self.failed(e)),
        }
    }

    fn take_free(&self) -> Result<(), FileError> {
        disk::rename_new(&self.aside, &self.target).map_err(|e| match e.kind() {
            io::ErrorKind::AlreadyExists => self.changed(),
            _ => self.failed(e),
        })
    }

    /// Whether the file at `path` is one that this save may take the place of; an error if that cannot be seen.
    fn is_expected(&self, path: &Path) -> Result<bool, FileError> {
        let there = match fs::symlink_metadata(path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
            there => there.map_err(|e| self.failed(e))?,
        };
        let is_the_old =
            || self.old.as_ref().is_some_and(|old| is_same(old, &there) && !changed(old, &there));
        match self.expected {
            Expected::Nothing => Ok(false),
            Expected::Whatever => Ok(is_the_old()),
            Expected::NoProject => Ok(is_the_old() && !is_project(path)?),
            Expected::Hash(_) if !there.is_file() => Ok(false),
            // Looked at again: it may be written while it is read.
            Expected::Hash(hash) => {
                let is_known = files::hash_of_file(path)? == hash;
                Ok(is_known && fs::symlink_metadata(path).is_ok_and(|now| !changed(&there, &now)))
            }
        }
    }

    /// Puts back what came out of the place, and goes on while others write there: the last that came from them stays.
    fn put_back(&self, ours: &File, keep: Keep<'_>) {
        let mut in_place = ours.metadata().ok();
        for _ in 0..TRIES {
            let theirs = fs::symlink_metadata(&self.aside).ok();
            let is_back = match disk::exchange(&self.aside, &self.target) {
                Ok(is_back) => is_back,
                Err(e) if e.kind() == io::ErrorKind::NotFound => {
                    if disk::rename_new(&self.aside, &self.target).is_ok() {
                        return; // the place was empty by then
                    }
                    continue;
                }
                Err(_) => false,
            };
            if !is_back {
                break;
            }
            let out = fs::symlink_metadata(&self.aside).ok();
            if in_place.zip(out).is_some_and(|(in_place, out)| is_same(&in_place, &out)) {
                break;
            }
            in_place = theirs;
        }
        if files::same_file(&self.aside, ours) {
            return;
        }
        match keep(&self.aside) {
            Ok(()) => files::remove_left_over(&self.aside),
            Err(error) => tracing::error!("left in `{}`: {error}", self.aside.display()),
        }
    }

    fn changed(&self) -> FileError {
        match self.expected {
            Expected::Nothing => FileError::Exists(self.target.clone()),
            _ => FileError::Changed(self.target.clone()),
        }
    }

    fn failed(&self, source: io::Error) -> FileError {
        FileError::writing(&self.target, "saving", source)
    }
}

/// What is at `target` now; an error if it must not be replaced.
fn replaceable(target: &Path) -> Result<Option<Metadata>, FileError> {
    let old = match files::ordinary(target) {
        Err(FileError::Missing(_)) => return Ok(None),
        found => found?,
    };
    // A rename asks only the folder for permission. So ask the file, and its mode too: the superuser may do all.
    match disk::open(target, File::options().write(true)) {
        Ok(_) if !old.permissions().readonly() => Ok(Some(old)),
        Err(e)
            if e.kind() != io::ErrorKind::PermissionDenied
                && e.kind() != io::ErrorKind::ReadOnlyFilesystem =>
        {
            Err(FileError::writing(target, "saving", e))
        }
        _ => Err(FileError::ReadOnly(target.into())),
    }
}

/// A free name beside `target`: the usual one, or another where somebody else's file has that.
fn make_room(target: &Path, keep: Keep<'_>) -> PathBuf {
    let usual = files::beside(target, "new");
    if is_freed(&usual, keep) {
        return usual;
    }
    clear_left_overs(target, keep);
    files::beside(target, &OWN_KIND.replace(OWN_END, &clock::random_id(OWN_END.len())))
}

/// The files beside `target` that saves were cut off under: the usual one, and those under names of their own.
fn left_overs(target: &Path) -> Vec<PathBuf> {
    let name_of = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let usual = name_of(&files::beside(target, "new"));
    let own = name_of(&files::beside(target, OWN_KIND));
    let begun = own.as_deref().and_then(|own| own.strip_suffix(OWN_END));
    let entries = files::folder_of(target).and_then(|folder| fs::read_dir(folder).ok());
    let paths = entries.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let is_one = |path: &PathBuf| {
        let name = name_of(path);
        name.is_some() && name == usual
            || name.as_deref().zip(begun).is_some_and(|(name, begun)| name.starts_with(begun))
    };
    paths.filter(is_one).collect()
}

/// Makes a name free that a save was cut off under, and says whether it is free now. What may be somebody's goes to `keep`.
fn is_freed(aside: &Path, keep: Keep<'_>) -> bool {
    let Ok(found) = fs::symlink_metadata(aside) else { return true };
    let is_ours = found.is_file() && files::is_own(&found);
    let is_worthless = found.is_symlink() || is_ours && (found.len() == 0 || is_unfinished(&found));
    if !is_worthless && (!is_ours || keep(aside).is_err()) {
        return false;
    }
    files::clear(aside).is_ok()
}

/// Writes the new file beside `target`, with the owner and the mode that it is to have.
fn written(
    aside: &Path,
    target: &Path,
    old: Option<&Metadata>,
    (content, check): (Content<'_>, Check<'_>),
) -> Result<(File, Metadata), FileError> {
    let failed = |e: io::Error| match e.kind() {
        io::ErrorKind::AlreadyExists => FileError::SavedByAnother(target.into()),
        _ => FileError::writing(target, "saving", e),
    };
    // Created anew, so that a symlink laid there by somebody else is not followed.
    let mut options = if old.is_some() { files::private_file() } else { OpenOptions::new() };
    let mut file = disk::open(aside, options.read(true).write(true).create_new(true)).map_err(failed)?;
    let mut fault = None;
    let mut write = || {
        let usual = file.metadata()?;
        mark_unfinished(&file, aside)?;
        content(&mut disk::Pen { file: &mut file, path: aside })?;
        file.rewind()?;
        if let Err(what) = check(&mut file) {
            fault = Some(what);
            return Err(io::ErrorKind::InvalidData.into());
        }
        let like = old.unwrap_or(&usual);
        give_owner(&file, like)?;
        disk::set_permissions(&file, aside, like.permissions())?;
        disk::sync(&file, aside)?;
        file.metadata()
    };
    match write() {
        Ok(new) => Ok((file, new)),
        Err(e) => {
            files::remove_left_over(aside);
            Err(match fault {
                Some(what) => FileError::NotAsWritten { path: target.into(), what },
                None => failed(e),
            })
        }
    }
}

/// Gives the new file the owner, where allowed, of the old one.
fn give_owner(file: &File, old: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        let new = file.metadata()?;
        if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
            // Only the superuser gives files away; a member may still hand it to the group.
            let given = fchown(file, Some(old.uid()), Some(old.gid()));
            if given.or_else(|_| fchown(file, None, Some(old.gid()))).is_err() {
                tracing::debug!("the saved file belongs to another user or group than before");
            }
        }
        Ok(())
    }
    #[cfg(not(unix))]
    {
        file.metadata().map(|new| debug_assert_eq!(new.is_file(), old.is_file()))
    }
}

fn mark_unfinished(file: &File, path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        disk::set_permissions(file, path, fs::Permissions::from_mode(UNFINISHED_MODE))
    }
    #[cfg(not(unix))]
    {
        file.metadata().map(|_| debug_assert!(path.is_file()))
    }
}

fn is_unfinished(found: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        found.permissions().mode() & 0o7777 == UNFINISHED_MODE
    }
    #[cfg(not(unix))]
    {
        found.len() == 0
    }
}

/// Whether these are of one file.
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        (one.dev(), one.ino()) == (other.dev(), other.ino())
    }
    #[cfg(not(unix))]
    {
        one.is_file() == other.is_file()
    }
}

fn changed(one: &Metadata, other: &Metadata) -> bool {
    files::stamp_of(one) != files::stamp_of(other)
}
