//! Other people's project files, read as they are: no lock, no journal, nothing written beside them.

use std::path::Path;

use crate::analysis::collect::Came;
use crate::formats::project::{self, Loaded, ProjectError};
use crate::shell::file_error::FileError;
use crate::shell::files::{self, MAX_FILE_BYTES};
use crate::shell::jobs;

/// Why such a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("{0}")]
    Project(#[from] ProjectError),
}

/// Reads a project file of any name.
pub fn read(path: &Path) -> Result<Loaded, Unread> {
    let bytes = files::read(path, MAX_FILE_BYTES)?;
    Ok(project::read_on(&bytes, jobs::cores())?)
}

/// The same to be collected; `name` is for messages.
pub fn came(path: &Path, name: String) -> Came {
    match read(path) {
        Ok(loaded) => Came { name, n_mends: loaded.mends.len(), project: Ok(loaded.project) },
        Err(why) => Came { name, n_mends: 0, project: Err(why.to_string()) },
    }
}
