//! A dataset that is a folder: written beside its place, read back, and put there as a whole.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::path::Path;

use crate::formats::datasets::outlet::{CheckFolder, WriteFolder};
use crate::formats::datasets::rows::Going;
use crate::session::watch::Watch;
use crate::shell::clock;
use crate::shell::disk;
use crate::shell::export::{Exported, To, all_verified, never_a_project, watched};
use crate::shell::file_error::FileError;
use crate::shell::files;

/// What lies in such a folder, by the ends of the names.
const ENDINGS: [&str; 3] = ["txt", "ann", "conf"];
/// What no folder of somebody's articles has: it names the labels, or describes the dataset.
const MARK: &str = "annotation.conf";
const DESCRIBED: &str = "croissant.json";
/// What else lies in a folder that is described, and what in the folder below.
const CARD: &str = "README.md";
const BELOW: &str = "data";
const BELOW_ENDING: &str = "parquet";

/// Writes the folder, and leaves nothing of it where something in it is not what stands at its place.
pub(in crate::shell::export) fn dataset(
    going: &Going<'_>,
    (write, check): (WriteFolder, CheckFolder),
    to: To<'_>,
    watch: &Watch,
) -> Result<Exported, FileError> {
    never_a_project(to)?;
    let target = files::resolve(to.path)?;
    let is_there = place(&target, to.replaces)?;
    let failed = |error: io::Error| FileError::writing(&target, "writing", error);
    let aside = files::beside(&target, &format!("new-{}", clock::random_id(8)));
    disk::make_folder(&aside, &DirBuilder::new()).map_err(failed)?;
    let made = || {
        let mut put = |name: &str, bytes: &[u8]| {
            watched::go_on(watch)?;
            put(&aside.join(name), bytes)?;
            watch.wrote(bytes.len());
            Ok(())
        };
        let counts = write(going, &mut put).map_err(failed)?;
        let not_as_written = |what| FileError::NotAsWritten { path: target.clone(), what };
        let mut get = |name: &str| {
            watched::go_on(watch)?;
            let bytes = fs::read(aside.join(name))?;
            watch.read(bytes.len());
            Ok(bytes)
        };
        let n_verified = check(going, &mut get).map_err(not_as_written)?;
        all_verified(going, &counts, n_verified).map_err(not_as_written)?;
        take(&aside, &target, is_there)?;
        Ok(Exported { counts, n_verified: Some(n_verified), beside: None })
    };
    let made = made();
    // What is left there is half of a new one, or the old one.
    if aside.exists()
        && let Err(error) = disk::remove_whole_folder(&aside)
    {
        tracing::warn!("cannot remove the left-over `{}`: {error}", aside.display());
    }
    files::sync_folder(&target);
    made
}

/// Whether a folder is there that may be replaced; an error if something else is.
fn place(target: &Path, replaces: bool) -> Result<bool, FileError> {
    match fs::symlink_metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(FileError::writing(target, "writing", error)),
        Ok(_) if !replaces => Err(FileError::Exists(target.into())),
        Ok(found) if !found.is_dir() => Err(FileError::NoFolderHere(target.into())),
        Ok(_) if !is_dataset(target) => Err(FileError::OtherFolder(target.into())),
        Ok(_) => Ok(true),
    }
}

/// Whether a folder holds nothing but what a dataset has: what else people keep is never taken away.
fn is_dataset(folder: &Path) -> bool {
    let is_described = folder.join(DESCRIBED).is_file();
    let is_known = |path: &Path| {
        let end = path.extension().unwrap_or_default();
        let name = path.file_name().unwrap_or_default();
        let is_described_too = is_described && (name == DESCRIBED || name == CARD);
        path.is_file() && (is_described_too || !is_described && ENDINGS.iter().any(|known| end == *known))
            || is_described
                && name == BELOW
                && holds_only(path, |path| {
                    path.is_file() && path.extension().is_some_and(|end| end == BELOW_ENDING)
                })
    };
    let is_empty = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    is_empty || (is_described || folder.join(MARK).is_file()) && holds_only(folder, is_known)
}

/// Whether a folder itself, no name of one, has nothing but what is known.
fn holds_only(folder: &Path, is_known: impl Fn(&Path) -> bool) -> bool {
    let is_folder = fs::symlink_metadata(folder).is_ok_and(|found| found.is_dir());
    let Ok(mut entries) = fs::read_dir(folder) else { return false };
    is_folder
        && entries.all(|entry| {
            entry.is_ok_and(|entry| {
                entry.file_type().is_ok_and(|kind| !kind.is_symlink()) && is_known(&entry.path())
            })
        })
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.is_dir()) {
        disk::make_folder(folder, &DirBuilder::new())?;
    }
    let mut file = disk::open(path, File::options().write(true).create_new(true))?;
    disk::write(&mut file, path, bytes)
}

fn take(aside: &Path, target: &Path, is_there: bool) -> Result<(), FileError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty => FileError::Exists(target.into()),
        _ => FileError::writing(target, "writing", error),
    };
    if !is_there {
        return disk::rename_new(aside, target).map_err(failed);
    }
    if disk::exchange(aside, target).map_err(failed)? {
        return Ok(());
    }
    // No such exchange on this drive: the old one steps aside, and goes when the new one has its name.
    let old = files::beside(target, &format!("old-{}", clock::random_id(8)));
    disk::rename_new(target, &old).map_err(failed)?;
    if let Err(source) = disk::rename_new(aside, target) {
        return Err(match disk::rename_new(&old, target) {
            Ok(()) => failed(source),
            Err(_) => FileError::Aside { path: target.into(), aside: old, source },
        });
    }
    if let Err(error) = disk::remove_whole_folder(&old) {
        tracing::warn!("cannot remove the left-over `{}`: {error}", old.display());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::TABLE;
    use crate::formats::datasets::counts::Counts;
    use crate::formats::datasets::rows::Layer;
    use crate::formats::datasets::what::What;
    use crate::model::ids::ProjectId;
    use crate::model::project::{Parts, Project};
    use std::path::PathBuf;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_folder_comes_as_a_whole_or_not_at_all() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("out");
        let project = Project::assemble(Parts::new(ProjectId::new("p"), "P")).unwrap();
        let what = What::usual(&TABLE, Layer::Coders);
        let going = Going::new(&project, &what);
        let source: PathBuf = home.path().join("p.ron");
        let write: WriteFolder = |_, put| {
            put("a.txt", b"a")?;
            put(MARK, b"")?;
            Ok(Counts::default())
        };
        let fine: CheckFolder = |_, get| get("a.txt").map(|_| 0).map_err(|error| error.to_string());
        let bad: CheckFolder = |_, _| Err("sentence `0-1` is not there".to_owned());
        let export = |check, replaces| {
            let to = To { path: &target, source: &source, replaces };
            dataset(&going, (write, check), to, &Watch::default()).map(|exported| exported.n_verified)
        };
        assert!(matches!(export(bad, false), Err(FileError::NotAsWritten { .. })));
        assert_eq!(names(home.path()), [""; 0], "nothing is left");
        assert_eq!(export(fine, false).unwrap(), Some(0));
        assert_eq!(names(&target), ["a.txt", "annotation.conf"]);
        assert!(matches!(export(fine, false), Err(FileError::Exists(_))));
        fs::write(target.join("b.txt"), "older").unwrap();
        assert!(matches!(export(bad, true), Err(FileError::NotAsWritten { .. })));
        assert_eq!(names(&target), ["a.txt", "annotation.conf", "b.txt"], "the old one stays");
        export(fine, true).unwrap();
        assert_eq!(names(&target), ["a.txt", "annotation.conf"]);
        // Somebody's own folder never goes.
        fs::write(target.join("thesis.odt"), "mine").unwrap();
        assert!(matches!(export(fine, true), Err(FileError::OtherFolder(_))));
        assert_eq!(names(&target), ["a.txt", "annotation.conf", "thesis.odt"]);
        assert_eq!(names(home.path()), ["out"]);
        // Nor do articles, which are texts as those of a dataset are.
        fs::remove_file(target.join("thesis.odt")).unwrap();
        fs::remove_file(target.join(MARK)).unwrap();
        assert!(matches!(export(fine, true), Err(FileError::OtherFolder(_))));
        assert_eq!(names(&target), ["a.txt"]);
    }
}
