//! From bytes to a project: checks, RON, older formats, mending.

use crate::formats::project::mend::{self, Mend};
use crate::formats::project::records::FileRec;
use crate::formats::project::{FORMAT, MAX_BYTES, migrate, ron_options};
use crate::model::audit::Problem;
use crate::model::ids::{MAX_CODERS, MAX_LABELS};
use crate::model::project::Project;
use memchr::memmem;

/// A project as it was opened.
#[derive(Debug, Clone)]
pub struct Loaded {
    pub project: Project,
    /// What was wrong in the file and what was done about it. Nothing is written before somebody agrees.
    pub mends: Vec<Mend>,
    /// The format that the file was written in.
    pub format: u32,
    /// The oldest format that may write this file, when that is newer than ours.
    pub read_only: Option<u32>,
}

/// Why a file cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProjectError {
    #[error(
        "the file has {0} bytes, more than the {MAX_BYTES} that a project may have hint: split it in two projects"
    )]
    TooLarge(usize),
    #[error("the file is empty hint: restore an earlier version, or look for the copy that was meant")]
    Empty,
    #[error("the file is UTF-16 text hint: save it as UTF-8")]
    Utf16,
    #[error(
        "byte {byte} (line {line}) is not UTF-8 text hint: this is no project file, or it is damaged; restore an earlier version"
    )]
    NotUtf8 { byte: usize, line: usize },
    #[error(
        "this file has unresolved git conflicts at line {line} hint: `git checkout --merge FILE` and choose, or take one side with `git checkout --ours FILE`"
    )]
    GitConflict { line: usize },
    #[error("{line}:{column}: {message} hint: {hint}")]
    Syntax { line: usize, column: usize, message: String, hint: &'static str },
    #[error(
        "{line}:{column}: {message}; the file is of format {format}, this version knows {FORMAT} hint: open it with a newer version of Allegata"
    )]
    Newer { format: u32, line: usize, column: usize, message: String },
    #[error(
        "the file has {0} coders, more than the {MAX_CODERS} that a project may have hint: split it in two projects"
    )]
    TooManyCoders(usize),
    #[error(
        "the file has {0} labels, more than the {MAX_LABELS} that a scheme may have hint: take labels out of the scheme"
    )]
    TooManyLabels(usize),
    #[error("the file could not be mended: {0} hint: report this as a bug, with the file if you may")]
    Unsound(#[from] Problem),
}

/// Opens a file. What parses is never refused: what is wrong in it is mended, and said.
pub fn read(bytes: &[u8]) -> Result<Loaded, ProjectError> {
    let text = text_of(bytes)?;
    let file: FileRec = ron_options().from_str(text).map_err(|error| syntax_error(text, &error))?;
    let (format, writers_from) = (file.format, file.writers_from);
    let (project, mends) = mend::project(migrate::to_current(file))?;
    let read_only = (writers_from > FORMAT).then_some(writers_from);
    Ok(Loaded { project, mends, format, read_only })
}

fn text_of(bytes: &[u8]) -> Result<&str, ProjectError> {
    if bytes.len() > MAX_BYTES {
        return Err(ProjectError::TooLarge(bytes.len()));
    }
    let is_wide = bytes.iter().take(8).filter(|byte| **byte == 0).count() >= 2;
    if is_wide || bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(ProjectError::Utf16);
    }
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        ProjectError::NotUtf8 { byte: before.len(), line: line_of(before) }
    })?;
    if text.trim().is_empty() {
        return Err(ProjectError::Empty);
    }
    let marker = b"<<<<<<< ";
    let at =
        if bytes.starts_with(marker) { Some(0) } else { memmem::find(bytes, b"\n<<<<<<< ").map(|at| at + 1) };
    match at {
        Some(at) => Err(ProjectError::GitConflict { line: line_of(bytes.get(..at).unwrap_or_default()) }),
        None => Ok(text),
    }
}

/// The line, from 1, that begins or goes on after these bytes.
fn line_of(before: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', before).count() + 1
}

fn syntax_error(text: &str, error: &ron::error::SpannedError) -> ProjectError {
    let (line, column) = (error.span.start.line, error.span.start.col);
    let message = match &error.code {
        ron::Error::ExceededRecursionLimit => "brackets stand too deep in brackets".to_owned(),
        ron::Error::MissingStructField { field, .. } => format!("a record ends here without its `{field}`"),
        ron::Error::DuplicateStructField { field, .. } => format!("a record has its `{field}` twice"),
        ron::Error::Eof | ron::Error::ExpectedStringEnd => "the file breaks off".to_owned(),
        other => lower_first(&other.to_string()),
    };
    match format_said(text) {
        Some(format) if format > FORMAT => ProjectError::Newer { format, line, column, message },
        _ => ProjectError::Syntax { line, column, message, hint: hint(&error.code) },
    }
}

fn hint(code: &ron::Error) -> &'static str {
    match code {
        ron::Error::Eof | ron::Error::ExpectedStringEnd => {
            "it was cut off on its way here; get it again, or restore an earlier version"
        }
        ron::Error::ExceededRecursionLimit => "no project file looks like that",
        ron::Error::MissingStructField { .. } => "put the field back, or restore an earlier version",
        _ => "undo the last change by hand, or restore an earlier version",
    }
}

fn lower_first(message: &str) -> String {
    let mut chars = message.chars();
    let first = chars.next().map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(chars).collect::<String>().trim_end_matches('.').to_owned()
}

/// The format that the head of a file names, without reading the rest.
fn format_said(text: &str) -> Option<u32> {
    let (_, after) = text.split_once("format:")?;
    let digits = after.trim_start();
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end)?.parse().ok()
}
