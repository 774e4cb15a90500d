//! A dataset on its way out of a project: into a file, which is replaced like any other, or into a pipe or a device, which is
//! written into. It never takes the place of a project.

pub mod asked;
mod folder;
pub mod parts;
mod watched;

use std::cell::RefCell;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use crate::formats::datasets::counts::Counts;
use crate::formats::datasets::outlet::{Beside, Form, Outlet};
use crate::formats::datasets::rows::Going;
use crate::formats::datasets::what::RowsOf;
use crate::session::filing;
use crate::session::watch::Watch;
use crate::shell::disk;
use crate::shell::export::watched::Watched;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::lock::Lock;
use crate::shell::replace::{self, Check, Content, Expected};

/// How much of a file is read back at once.
const READ_BYTES: usize = 256 * 1024;

/// Where a dataset goes.
#[derive(Debug, Clone, Copy)]
pub struct To<'a> {
    pub path: &'a Path,
    /// The project's own file.
    pub source: &'a Path,
    /// Whether it may take the place of another dataset.
    pub replaces: bool,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    pub counts: Counts,
    /// How much of it was read back and stands where it should; absent in a pipe or a device.
    pub n_verified: Option<usize>,
    /// What was written beside it.
    pub beside: Option<PathBuf>,
}

/// Writes a dataset, reads it back, and only then gives it its name: where something in it is not what stands at its place, no
/// file is left.
pub fn dataset(going: &Going<'_>, outlet: &Outlet, to: To<'_>) -> Result<Exported, FileError> {
    watched(going, outlet, to, &Watch::default())
}

/// The same, which can be stopped: then nothing of it is left.
pub(in crate::shell) fn watched(
    going: &Going<'_>,
    outlet: &Outlet,
    to: To<'_>,
    watch: &Watch,
) -> Result<Exported, FileError> {
    let (write, check, beside) = match outlet.form {
        Form::File { write, check, beside } => (write, check, beside),
        Form::Folder { write, check } => return folder::dataset(going, (write, check), to, watch),
    };
    if let Some(mut stream) = stream(to.path)? {
        let mut pen = disk::Pen { file: &mut stream, path: to.path };
        let written = write(going, &mut Watched { inner: &mut pen, watch });
        let counts = written.map_err(|e| FileError::writing(to.path, "writing", e))?;
        return Ok(Exported { counts, n_verified: None, beside: None });
    }
    never_a_project(to)?;
    let beside = beside.map(|beside| put_beside(going, beside, to)).transpose()?;
    let mut n_verified = 0;
    // The second of the two has to know what the first wrote.
    let counts = RefCell::new(Counts::default());
    let mut content = |out: &mut dyn io::Write| {
        *counts.borrow_mut() = write(going, &mut Watched { inner: out, watch })?;
        Ok(())
    };
    let mut look = |file: &mut File| {
        let file = Watched { inner: file, watch };
        n_verified = check(going, &mut BufReader::with_capacity(READ_BYTES, file))?;
        all_verified(going, &counts.borrow(), n_verified)
    };
    let saved = write_checked(to, &mut content, &mut look);
    if let (Err(_), Some(beside)) = (&saved, &beside) {
        files::remove_left_over(beside);
    }
    saved?;
    Ok(Exported { counts: counts.into_inner(), n_verified: Some(n_verified), beside })
}

/// Writes what passes its check, where nothing is yet or in the place of another dataset.
pub fn write_checked(to: To<'_>, content: Content<'_>, check: Check<'_>) -> Result<(), FileError> {
    never_a_project(to)?;
    let expected = if to.replaces { Expected::NoProject } else { Expected::Nothing };
    replace::save_checked(to.path, (content, check), expected, &mut |_| Ok(())).map(drop)
}

/// Whether as much was read back as was written.
fn all_verified(going: &Going<'_>, counts: &Counts, n_verified: usize) -> Result<(), String> {
    let n_written = if going.what.rows == RowsOf::Articles { counts.n_articles } else { counts.n_rows };
    if n_verified == n_written {
        return Ok(());
    }
    Err(format!("{n_written} rows were written and {n_verified} read back"))
}

fn put_beside(going: &Going<'_>, beside: Beside, to: To<'_>) -> Result<PathBuf, FileError> {
    let mut name = OsString::from(to.path);
    name.push(beside.ending);
    let path = PathBuf::from(name);
    let text = (beside.text)(going);
    // Nothing lies beside a dataset that is not written.
    if !to.replaces && fs::symlink_metadata(to.path).is_ok() {
        return Err(FileError::Exists(to.path.into()));
    }
    if to.replaces {
        write(&path, text.as_bytes(), to.source)?;
    } else {
        create(&path, text.as_bytes())?;
    }
    Ok(path)
}

/// A project stays, under whatever name.
fn never_a_project(to: To<'_>) -> Result<(), FileError> {
    let target = files::resolve(to.path)?;
    let is_source = files::resolve(to.source).is_ok_and(|source| source == target);
    // One that is damaged, or has just been made, may not look like a project; who has it open says so.
    if is_source || filing::is_project(&target) || Lock::is_held(&target) {
        return Err(FileError::IsProject(to.path.into()));
    }
    Ok(())
}

/// Writes a file about the project at `source` to `path`.
pub fn write(path: &Path, bytes: &[u8], source: &Path) -> Result<(), FileError> {
    write_from(path, &mut |out| disk::put(out, bytes), source)
}

/// The same of what `content` writes, piece by piece.
pub fn write_from(path: &Path, content: Content<'_>, source: &Path) -> Result<(), FileError> {
    if let Some(mut stream) = stream(path)? {
        let written = content(&mut disk::Pen { file: &mut stream, path });
        return written.map_err(|e| FileError::writing(path, "writing", e));
    }
    never_a_project(To { path, source, replaces: true })?;
    // What came between is a dataset too, and can be made again.
    replace::save_from(path, content, Expected::NoProject, &mut |_| Ok(())).map(drop)
}

/// Writes a file that must not be there yet, or into a pipe or a device.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    if let Some(mut stream) = stream(path)? {
        let written = disk::put(&mut disk::Pen { file: &mut stream, path }, bytes);
        return written.map_err(|e| FileError::writing(path, "writing", e));
    }
    let target = files::resolve(path)?;
    replace::save(&target, bytes, Expected::Nothing, &mut |_| Ok(())).map(drop)
}

/// A pipe or a device, opened to be written into. `None`: an ordinary file, or nothing yet.
pub fn stream(path: &Path) -> Result<Option<File>, FileError> {
    if !is_stream(path) {
        return Ok(None);
    }
    let opened = disk::open(path, File::options().write(true));
    opened.map(Some).map_err(|e| FileError::writing(path, "opening", e))
}

/// Whether the name is one of a pipe or a device.
pub fn is_stream(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_dir() && (!found.is_file() || is_open_already(path)))
}

/// Whether the name is one of a file that this program was started with: `/dev/stdout`, `/dev/fd/3`.
fn is_open_already(path: &Path) -> bool {
    let is_of_program = |path: &Path| {
        let folder = files::folder_of(path).and_then(|folder| fs::canonicalize(folder).ok());
        folder.is_some_and(|folder| folder.starts_with("/proc"))
    };
    is_of_program(path) || fs::read_link(path).is_ok_and(|lead| is_of_program(&lead))
}
