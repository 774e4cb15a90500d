//! The project file: one RON file, one record a line, that any RON reader reads and any text merge merges.

pub(in crate::formats) mod actions;
pub(in crate::formats) mod cells;
pub(in crate::formats) mod escape;
pub mod journal;
mod list;
mod mend;
mod migrate;
pub(in crate::formats) mod out;
mod project_error;
pub(in crate::formats) mod read;
pub(in crate::formats) mod record;
pub(in crate::formats) mod records;
mod room;
pub(in crate::formats) mod rows;
pub(in crate::formats) mod write;
pub(in crate::formats) mod write_records;

pub use mend::Mend;
pub use project_error::ProjectError;
pub use read::{Loaded, read, read_on};
pub use write::write;

/// The format that this version writes.
pub const FORMAT: u32 = 1;
/// The oldest format whose programs may write what this version wrote.
pub const WRITERS_FROM: u32 = 1;
/// The largest file, in bytes.
pub const MAX_BYTES: usize = 256 * 1024 * 1024;
/// How deep brackets may stand in brackets; the file itself needs eight.
const MAX_DEPTH: usize = 32;

/// How RON is read here, in the file and in the journal.
pub(in crate::formats) fn ron_options() -> ron::Options {
    ron::Options::default().with_recursion_limit(MAX_DEPTH)
}
