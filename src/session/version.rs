//! Earlier versions of a project's file, as a list shows them.

use crate::model::ids::Stamp;
use std::path::PathBuf;

/// Something that a project's file can be gone back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub kind: VersionKind,
    /// The project file.
    pub of: PathBuf,
    /// Where the version lies.
    pub path: PathBuf,
    pub at: Stamp,
    /// Articles and answers in it.
    pub says: String,
    /// What else there is to know of it: a clause, or nothing.
    pub note: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionKind {
    /// Work in a journal that the file does not have.
    Journal,
    /// The same, put away by a person.
    Away,
    /// The file as it once was.
    Backup,
}
