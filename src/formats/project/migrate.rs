//! Older formats become the current one, step by step.
//!
//! A new format adds its step, a pure function from one format to the next, and a golden file that is kept for ever.

use crate::formats::project::records::FileRec;

/// The step at place n goes from format n + 1 to format n + 2.
const STEPS: [fn(FileRec) -> FileRec; 0] = [];

/// A file of any format up to the current one, as the current one has it.
pub(in crate::formats) fn to_current(file: FileRec) -> FileRec {
    let first = usize::try_from(file.format.saturating_sub(1)).unwrap_or(usize::MAX);
    STEPS.iter().skip(first).fold(file, |file, step| step(file))
}
