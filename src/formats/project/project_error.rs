//! Why a project file cannot be opened, each with what to do about it.

use crate::formats::project::{FORMAT, MAX_BYTES};
use crate::model::audit::Problem;
use crate::model::ids::{MAX_CODERS, MAX_LABELS};

/// Why a file cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProjectError {
    #[error(
        "the file has {0} bytes, more than the {MAX_BYTES} that a project may have\0hint: split it in two projects"
    )]
    TooLarge(usize),
    #[error("the file is empty\0hint: restore an earlier version, or look for the copy that was meant")]
    Empty,
    #[error("this is no Allegata project, it begins with `{0}`\0hint: {NO_PROJECT_HINT}")]
    NoProject(String),
    #[error("the file is UTF-16 text\0hint: save it as UTF-8")]
    Utf16,
    #[error(
        "byte {byte} (line {line}) is not UTF-8 text\0hint: this is no project file, or it is damaged; restore an earlier version"
    )]
    NotUtf8 { byte: usize, line: usize },
    #[error(
        "this file has unresolved git conflicts at line {line}\0hint: `git checkout --merge FILE` and choose, or take one side with `git checkout --ours FILE`"
    )]
    GitConflict { line: usize },
    #[error("{line}:{column}: {message}\0hint: {hint}")]
    Syntax { line: usize, column: usize, message: String, hint: &'static str },
    #[error(
        "{line}:{column}: {message}; the file is of format {format}, this version knows {FORMAT}\0hint: open it with a newer version of Allegata"
    )]
    Newer { format: u32, line: usize, column: usize, message: String },
    #[error(
        "the file has {0} coders, more than the {MAX_CODERS} that a project may have\0hint: split it in two projects"
    )]
    TooManyCoders(usize),
    #[error(
        "the file has {0} labels, more than the {MAX_LABELS} that a scheme may have\0hint: take labels out of the scheme"
    )]
    TooManyLabels(usize),
    #[error("the file could not be mended: {0}\0hint: report this as a bug, with the file if you may")]
    Unsound(#[from] Problem),
}

const NO_PROJECT_HINT: &str = "a project is a `.ron` file that Allegata wrote; articles come into one with `allegata add`; if it was one, \
     restore an earlier version";
