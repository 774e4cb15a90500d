//! Another version of a project, read as it is: no lock, no journal, nothing made or written beside the file.

use std::fs;
use std::path::{Path, PathBuf};

use crate::formats::project;
use crate::model::project::Project;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::jobs;
use crate::shell::lock::Lock;
use crate::shell::replace::{self, Expected};
use crate::shell::store::StoreError;

/// A project file as it lies there.
#[derive(Debug, Clone)]
pub struct AsItIs {
    pub project: Project,
    /// What is wrong in the file, as it is mended here and not there.
    pub mends: Vec<String>,
    /// Why no version of it may be written by this program, if so.
    pub barred: Option<String>,
    /// SHA-256 of the file.
    pub hash: String,
}

/// Why a version is neither compared nor merged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotWhole(String);

impl AsItIs {
    /// A version that may be compared and merged. One that is damaged is looked at by somebody first.
    pub fn whole(self, path: &Path) -> Result<Self, NotWhole> {
        let path = path.display();
        if let Some(why) = &self.barred {
            return Err(NotWhole(format!("{why}: `{path}`\0hint: merge with the newer version")));
        }
        match self.mends.first() {
            None => Ok(self),
            Some(first) => Err(NotWhole(format!(
                "something is wrong in the file, {first}: `{path}`\0hint: open it in the window, look at what would be \
                 mended, and save it"
            ))),
        }
    }
}

/// Reads a file that somebody else may be writing to, without being seen.
pub fn as_it_is(path: &Path) -> Result<AsItIs, StoreError> {
    let bytes = files::read(path, files::MAX_FILE_BYTES)?;
    read(path, &bytes)
}

/// The same of a version that may be none: an empty file, or the device that git names where there is none.
pub fn version(path: &Path) -> Result<Option<AsItIs>, StoreError> {
    let is_device = fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir());
    if is_device && path == Path::new("/dev/null") {
        return Ok(None);
    }
    let bytes = files::read(path, files::MAX_FILE_BYTES)?;
    if bytes.is_empty() { Ok(None) } else { read(path, &bytes).map(Some) }
}

/// Puts a merged project in the place of the file that was read with this hash, or where no file is.
pub fn put(path: &Path, text: &str, expected: Option<&str>) -> Result<(), StoreError> {
    let target: PathBuf = files::resolve(path)?;
    if Lock::is_held(&target) {
        return Err(StoreError::ReadOnly(format!(
            "another program has this project open: `{}`\0hint: close it there, or write elsewhere with `-o FILE`",
            path.display()
        )));
    }
    let expected = expected.map_or(Expected::Nothing, Expected::Hash);
    let saved = replace::save(&target, text.as_bytes(), expected, &mut |_| Ok(()));
    saved.map(drop).map_err(|error| match error {
        FileError::Exists(_) => StoreError::Exists(path.into()),
        other => other.into(),
    })
}

fn read(path: &Path, bytes: &[u8]) -> Result<AsItIs, StoreError> {
    let loaded = project::read_on(bytes, jobs::cores()).map_err(|error| StoreError::project(path, error))?;
    let newer = loaded.read_only.map(|format| format!("only format {format} and later may write it"));
    let full = (loaded.n_left_out > 0).then(|| "it holds more that has no place than it is long".to_owned());
    Ok(AsItIs {
        project: loaded.project,
        mends: loaded.mends.iter().map(ToString::to_string).collect(),
        barred: newer.or(full),
        hash: files::hash_of(bytes),
    })
}
