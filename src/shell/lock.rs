//! One writer for one file: a lock on a side-car beside it, kept while the value lives.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Seek as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::shell::clock;
use crate::shell::disk;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::held::Held;

/// How often a side-car that vanished under us is tried again; each time somebody else has come further.
const TRIES: usize = 100;

/// More than a side-car of ours ever holds, in bytes.
const MAX_SIDE_CAR_BYTES: u64 = 4096;

/// The right to write one file. The lock lies on a side-car, because one on the file is lost at the first rename.
#[derive(Debug)]
pub struct Lock {
    file: File,
    side_car: PathBuf,
    this_computer_only: bool,
}

impl Lock {
    /// Takes the lock of `path`, or says who holds it: `FileError::Held`.
    ///
    /// Where the folder of `path` takes no side-car, that lies in `state_folder` and guards this computer only.
    pub fn take(path: &Path, state_folder: &Path) -> Result<Self, FileError> {
        let target = files::resolve(path)?;
        let me = Held {
            user: user_name(),
            host: gethostname::gethostname().to_string_lossy().into_owned(),
            since: clock::now_secs(),
            pid: std::process::id(),
        };
        match take_side_car(&files::beside(&target, "lock"), &target, &me, false) {
            Ok(lock) => Ok(lock),
            Err(answer @ (FileError::Held { .. } | FileError::FolderGone(_))) => Err(answer),
            // The folder is read-only, its drive is full or has no locks.
            Err(_) => {
                let name = files::hex(&Sha256::digest(target.as_os_str().as_encoded_bytes()));
                let side_car = state_folder.join(name).with_extension("allegata-lock");
                take_side_car(&side_car, &target, &me, true)
            }
        }
    }

    /// Whether any program holds the lock of `path` beside it. Nothing is made, nothing is written.
    pub fn is_held(path: &Path) -> bool {
        let side_car = files::beside(path, "lock");
        let is_one = fs::symlink_metadata(&side_car).is_ok_and(|found| found.is_file());
        let Some(file) = is_one.then(|| disk::open_to_read(&side_car).ok()).flatten() else { return false };
        matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
    }

    /// Whether a program on another computer would not see this lock.
    pub fn guards_this_computer_only(&self) -> bool {
        self.this_computer_only
    }

    /// Whether the side-car is still ours; false once somebody has removed it by hand.
    pub fn is_in_place(&self) -> bool {
        files::same_file(&self.side_car, &self.file)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed first, released afterwards: who waits for this file sees that its name is gone and tries again.
        if cfg!(unix) && self.is_in_place() {
            warn_on_error("removing", &self.side_car, disk::remove(&self.side_car));
        }
        warn_on_error("releasing", &self.side_car, self.file.unlock());
    }
}

fn take_side_car(
    side_car: &Path,
    target: &Path,
    me: &Held,
    this_computer_only: bool,
) -> Result<Lock, FileError> {
    let failed = |e| FileError::writing(side_car, "locking", e);
    for _ in 0..TRIES {
        let (mut file, is_foreign) = open_side_car(side_car).map_err(failed)?;
        match disk::try_lock(&file, side_car) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let held = Box::new(holder(&mut file));
                return Err(FileError::Held { path: target.into(), held });
            }
            Err(TryLockError::Error(source)) => {
                return Err(FileError::Other { doing: "locking", path: side_car.into(), source });
            }
        }
        // Between our opening and our locking the holder may have removed the file: then we hold nothing.
        if !files::same_file(side_car, &file) {
            continue;
        }
        if is_foreign && disk::remove(side_car).is_ok() {
            continue; // a left-over of a crash; the next one is ours
        }
        if !is_foreign {
            // Who holds it is only for people: a full disk is no reason not to hold it.
            warn_on_error("writing", side_car, say_who(&mut file, side_car, me));
        }
        return Ok(Lock { file, side_car: side_car.into(), this_computer_only });
    }
    Err(FileError::Held { path: target.into(), held: Box::default() })
}

/// Opens a side-car, or makes it, and says whether it is another user's, who may be asked but not written over.
///
/// It is opened only if it is an ordinary file with one name: a link laid there by somebody leads to a file that is none of
/// ours, and a pipe would be waited for.
pub(in crate::shell) fn open_side_car(path: &Path) -> io::Result<(File, bool)> {
    let mut to_read = File::options();
    to_read.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        to_read.custom_flags(i32::try_from(flags.bits()).map_err(io::Error::other)?);
    }
    let file = match disk::open(path, to_read.clone().write(true).create(true).truncate(false)) {
        // It can be locked all the same.
        Err(e) if e.kind() == io::ErrorKind::PermissionDenied => disk::open(path, &to_read).map_err(|_| e)?,
        opened => opened?,
    };
    let found = file.metadata()?;
    if !found.is_file() || has_other_names(&found) {
        return Err(io::Error::other("it is a link or no ordinary file"));
    }
    let is_foreign = !files::is_own(&found);
    Ok((file, is_foreign))
}

fn has_other_names(found: &fs::Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        found.nlink() > 1
    }
    #[cfg(not(unix))]
    {
        !found.is_file()
    }
}

fn say_who(file: &mut File, side_car: &Path, me: &Held) -> io::Result<()> {
    disk::set_len(file, side_car, 0)?;
    file.rewind()?;
    disk::write(file, side_car, me.to_lines().as_bytes())
}

fn holder(file: &mut File) -> Held {
    let mut bytes = Vec::new();
    match file.take(MAX_SIDE_CAR_BYTES).read_to_end(&mut bytes) {
        Ok(_) => Held::from_lines(&String::from_utf8_lossy(&bytes)),
        Err(_) => Held::default(), // some systems let nobody read a locked file
    }
}

fn user_name() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|user| !user.is_empty()))
        .unwrap_or_else(|| "somebody".into())
}

fn warn_on_error(doing: &str, side_car: &Path, done: io::Result<()>) {
    if let Err(error) = done {
        tracing::warn!("{doing} the lock `{}`: {error}", side_car.display());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_is_read_back() {
        let check = |lines: &str, user: &str, host: &str, pid: u32, since: i64| {
            let want = Held { user: user.into(), host: host.into(), since, pid };
            assert_eq!(Held::from_lines(lines), want, "{lines:?}");
        };
        check("user=anna\nhost=desk\npid=12\nsince=170\n", "anna", "desk", 12, 170);
        check("since=170\nuser=Žofie = Z\nnew=1", "Žofie = Z", "", 0, 170);
        check("pid=many\nuser\n\n=\n", "", "", 0, 0);
        check("", "", "", 0, 0);
        let odd = Held { user: "a\nhost=x".into(), host: "h".into(), since: 1, pid: 2 };
        check(&odd.to_lines(), "a host=x", "h", 2, 1);
    }

    #[test]
    fn one_holder_at_a_time_and_nothing_left_behind() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.ron");
        fs::write(&path, "x").unwrap();
        let first = Lock::take(&path, dir.path()).unwrap();
        assert!(!first.guards_this_computer_only() && first.is_in_place());
        let Err(FileError::Held { held, .. }) = Lock::take(&path, dir.path()) else { panic!("two holders") };
        assert_eq!(held.pid, std::process::id());
        assert!(held.since > 0 && !held.user.is_empty(), "{held:?}");
        drop(first);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
        drop(Lock::take(&path, dir.path()).unwrap());
    }

    #[test]
    fn a_side_car_that_was_replaced_is_not_removed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.ron");
        let first = Lock::take(&path, dir.path()).unwrap();
        fs::remove_file(&first.side_car).unwrap();
        assert!(!first.is_in_place());
        let second = Lock::take(&path, dir.path()).unwrap();
        drop(first);
        assert!(second.is_in_place());
    }
}
