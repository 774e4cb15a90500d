//! A dataset on its way out of a project: into a file, which is replaced like any other, or into a pipe or a device, which is
//! written into. It never takes the place of a project.

use std::fs::{self, File};
use std::path::Path;

use crate::session::filing;
use crate::shell::disk;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::lock::Lock;
use crate::shell::replace::{self, Content, Expected};

/// Writes a dataset of the project at `source` to `path`.
pub fn write(path: &Path, bytes: &[u8], source: &Path) -> Result<(), FileError> {
    write_from(path, &mut |out| disk::put(out, bytes), source)
}

/// The same of what `content` writes, piece by piece.
pub fn write_from(path: &Path, content: Content<'_>, source: &Path) -> Result<(), FileError> {
    if let Some(mut stream) = stream(path)? {
        let written = content(&mut disk::Pen { file: &mut stream, path });
        return written.map_err(|e| FileError::writing(path, "writing", e));
    }
    let target = files::resolve(path)?;
    let is_source = files::resolve(source).is_ok_and(|source| source == target);
    // One that is damaged, or has just been made, may not look like a project; who has it open says so.
    if is_source || filing::is_project(&target) || Lock::is_held(&target) {
        return Err(FileError::IsProject(path.into()));
    }
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
    let Ok(found) = fs::metadata(path) else { return Ok(None) };
    if found.is_dir() || found.is_file() && !is_open_already(path) {
        return Ok(None);
    }
    let opened = disk::open(path, File::options().write(true));
    opened.map(Some).map_err(|e| FileError::writing(path, "opening", e))
}

/// Whether the name is one of a file that this program was started with: `/dev/stdout`, `/dev/fd/3`.
fn is_open_already(path: &Path) -> bool {
    let is_of_program = |path: &Path| {
        let folder = files::folder_of(path).and_then(|folder| fs::canonicalize(folder).ok());
        folder.is_some_and(|folder| folder.starts_with("/proc"))
    };
    is_of_program(path) || fs::read_link(path).is_ok_and(|lead| is_of_program(&lead))
}
