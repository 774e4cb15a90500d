//! A report on its way to the disk: one file, or a folder in which all of it is there or nothing.

use std::fs::{self, DirBuilder};
use std::path::{Path, PathBuf};

use crate::formats::report::{File, Form, NAMES};
use crate::shell::disk;
use crate::shell::export;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::replace::{self, Expected};

/// What may give way to the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaces {
    Nothing,
    /// A file of its name, and in a folder those of an older report; never a project, and nothing else.
    Older,
}

/// The first name that the report would take and that something has already.
pub fn taken(path: &Path, form: Form) -> Option<PathBuf> {
    let is_there = |path: &Path| fs::symlink_metadata(path).is_ok();
    match form {
        Form::Folder => NAMES.iter().map(|name| path.join(name)).find(|path| is_there(path)),
        _ => Some(path.to_owned()).filter(|path| is_there(path) && !is_stream(path)),
    }
}

/// Writes the report of the project at `source`; gives how many files it has. Nothing where it does not go on, and then nothing
/// of it is left.
pub fn write(
    path: &Path,
    (files, form): (&[File], Form),
    (source, replaces): (&Path, Replaces),
    goes_on: &dyn Fn() -> bool,
) -> Result<Option<usize>, FileError> {
    if replaces == Replaces::Nothing
        && let Some(path) = taken(path, form)
    {
        return Err(FileError::Exists(path));
    }
    match (form, files, replaces) {
        _ if !goes_on() => return Ok(None),
        (Form::Folder, ..) => return folder(path, files, replaces, goes_on),
        (_, [(_, text)], Replaces::Older) => export::write(path, text.as_bytes(), source)?,
        (_, [(_, text)], Replaces::Nothing) => export::create(path, text.as_bytes())?,
        _ => {}
    }
    Ok(Some(files.len()))
}

fn is_stream(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

/// Writes all files beside the folder, or hidden in it, and only then gives them their names.
fn folder(
    path: &Path,
    files: &[File],
    replaces: Replaces,
    goes_on: &dyn Fn() -> bool,
) -> Result<Option<usize>, FileError> {
    // Without a separator at its end, after which a file is no folder and not there either.
    let path: &Path = &path.components().collect::<PathBuf>();
    let found = fs::metadata(path).ok();
    if found.as_ref().is_some_and(|found| !found.is_dir()) {
        return Err(FileError::NoFolderHere(path.into()));
    }
    let aside = if found.is_some() {
        files::beside(&path.join("report"), "new")
    } else {
        if let Some(above) = files::folder_of(path) {
            make(above)?;
        }
        files::beside(&files::resolve(path)?, "new")
    };
    clear(&aside);
    make(&aside)?;
    let written = fill(&aside, files, goes_on).and_then(|is_whole| match (is_whole, &found) {
        (false, _) => Ok(None),
        (true, Some(_)) => move_in(&aside, path, files, replaces).map(|()| Some(files.len())),
        (true, None) => name(&aside, path).map(|()| Some(files.len())),
    });
    if found.is_some() || !matches!(written, Ok(Some(_))) {
        clear(&aside);
    }
    files::sync_folder(path);
    written
}

fn make(folder: &Path) -> Result<(), FileError> {
    if fs::metadata(folder).is_ok_and(|found| found.is_dir()) {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    disk::make_folder(folder, &builder).map_err(|error| FileError::writing(folder, "making a folder", error))
}

/// Whether all were written.
fn fill(folder: &Path, files: &[File], goes_on: &dyn Fn() -> bool) -> Result<bool, FileError> {
    for (name, text) in files {
        if !goes_on() {
            return Ok(false);
        }
        replace::save(&folder.join(name), text.as_bytes(), Expected::Nothing, &mut |_| Ok(()))?;
    }
    Ok(goes_on())
}

/// The folder gets its name; one that somebody made meanwhile stays.
fn name(aside: &Path, path: &Path) -> Result<(), FileError> {
    disk::rename_new(aside, path).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => FileError::Exists(path.into()),
        _ => FileError::writing(path, "naming the folder", error),
    })
}

/// The files move into a folder that is there. What an older report left goes; everything else stays.
fn move_in(aside: &Path, path: &Path, files: &[File], replaces: Replaces) -> Result<(), FileError> {
    for (name, _) in files {
        let (from, to) = (aside.join(name), path.join(name));
        let moved = match replaces {
            Replaces::Nothing => disk::rename_new(&from, &to),
            Replaces::Older => disk::rename(&from, &to),
        };
        moved.map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => FileError::Exists(to.clone()),
            _ => FileError::writing(&to, "naming a file", error),
        })?;
    }
    let is_new = |name: &str| files.iter().any(|(new, _)| new == name);
    for old in
        NAMES.iter().filter(|name| replaces == Replaces::Older && !is_new(name)).map(|name| path.join(name))
    {
        match disk::remove(&old) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(FileError::writing(&old, "removing a file of the older report", error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Removes a folder of our own with the files of a report in it.
fn clear(aside: &Path) {
    for name in NAMES {
        let path = aside.join(name);
        if path.is_file()
            && let Err(error) = disk::remove(&path)
        {
            tracing::warn!("a file stays: {error}: `{}`", path.display());
        }
    }
    if aside.is_dir()
        && let Err(error) = disk::remove_folder(aside)
    {
        tracing::warn!("a folder stays: {error}: `{}`", aside.display());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn put(
        to: &Path,
        files: (&[File], Form),
        source: &Path,
        replaces: Replaces,
    ) -> Result<Option<usize>, FileError> {
        write(to, files, (source, replaces), &|| true)
    }

    fn some(names: &[&str], text: &str) -> Vec<File> {
        names.iter().map(|name| ((*name).to_owned(), text.to_owned())).collect()
    }

    fn names(folder: &Path) -> BTreeSet<String> {
        let found = fs::read_dir(folder).unwrap();
        found.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
    }

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_folder_is_written_whole_and_an_older_report_only_if_it_may() {
        let dir = tempfile::tempdir().unwrap();
        let (to, source) = (dir.path().join("deep/out"), dir.path().join("p.ron"));
        let first = some(&["report.html", "matrix.csv", "reasons-in-words.csv"], "1");
        assert_eq!(put(&to, (&first, Form::Folder), &source, Replaces::Nothing).unwrap(), Some(3));
        assert_eq!(names(&to), set(&["report.html", "matrix.csv", "reasons-in-words.csv"]));
        assert_eq!(names(&dir.path().join("deep")), set(&["out"]), "nothing is left beside it");
        fs::write(to.join("mine.txt"), "mine").unwrap();
        let second = some(&["report.html", "matrix.csv"], "2");
        let refused = put(&to, (&second, Form::Folder), &source, Replaces::Nothing).unwrap_err();
        assert!(matches!(refused, FileError::Exists(_)), "{refused}");
        assert_eq!(fs::read_to_string(to.join("report.html")).unwrap(), "1");
        put(&to, (&second, Form::Folder), &source, Replaces::Older).unwrap();
        assert_eq!(names(&to), set(&["report.html", "matrix.csv", "mine.txt"]), "what names people is gone");
        assert_eq!(fs::read_to_string(to.join("report.html")).unwrap(), "2");
        assert!(matches!(
            put(&to.join("mine.txt"), (&second, Form::Folder), &source, Replaces::Older),
            Err(FileError::NoFolderHere(_))
        ));
    }

    #[test]
    fn stopped_it_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let (to, source) = (dir.path().join("out"), dir.path().join("p.ron"));
        let files = some(&["report.html", "matrix.csv"], "1");
        for n_asked in 0..4_u32 {
            let left = std::cell::Cell::new(n_asked);
            let goes_on = || left.replace(left.get().saturating_sub(1)) > 0;
            let written = write(&to, (&files, Form::Folder), (&source, Replaces::Nothing), &goes_on).unwrap();
            assert_eq!((written, names(dir.path())), (None, set(&[])), "{n_asked}");
        }
        // Into a folder that is there, over an older report: that stays.
        put(&to, (&files, Form::Folder), &source, Replaces::Nothing).unwrap();
        let newer = some(&["report.html"], "2");
        let left = std::cell::Cell::new(2_u32);
        let goes_on = || left.replace(left.get().saturating_sub(1)) > 0;
        let written = write(&to, (&newer, Form::Folder), (&source, Replaces::Older), &goes_on).unwrap();
        assert_eq!((written, names(&to)), (None, set(&["report.html", "matrix.csv"])));
        assert_eq!(fs::read_to_string(to.join("report.html")).unwrap(), "1");
    }

    #[test]
    fn after_an_error_nothing_is_there() {
        let dir = tempfile::tempdir().unwrap();
        let to = dir.path().join("out");
        let bad = some(&["report.html", "no/such.csv"], "1");
        assert!(put(&to, (&bad, Form::Folder), &dir.path().join("p.ron"), Replaces::Nothing).is_err());
        assert_eq!(names(dir.path()), set(&[]));
        fs::create_dir(&to).unwrap();
        assert!(put(&to, (&bad, Form::Folder), &dir.path().join("p.ron"), Replaces::Nothing).is_err());
        assert_eq!(names(&to), set(&[]));
    }

    #[test]
    fn one_file_never_takes_the_place_of_a_project() {
        let dir = tempfile::tempdir().unwrap();
        let (to, source) = (dir.path().join("r.html"), dir.path().join("p.ron"));
        let page = some(&[""], "page");
        put(&to, (&page, Form::Html), &source, Replaces::Nothing).unwrap();
        assert!(matches!(
            put(&to, (&page, Form::Html), &source, Replaces::Nothing),
            Err(FileError::Exists(_))
        ));
        fs::write(&to, "// Allegata project\n(format: 1)").unwrap();
        let refused = put(&to, (&page, Form::Html), &source, Replaces::Older).unwrap_err();
        assert!(matches!(refused, FileError::IsProject(_)), "{refused}");
    }
}
