//! From bytes to a project: checks, our own layout or any RON, older formats, mending.

mod ahead;
pub(in crate::formats) mod own;
mod runs;

use crate::formats::cores::Cores;
use crate::formats::is_project;
use crate::formats::project::mend::{self, Mend, Mended};
use crate::formats::project::project_error::ProjectError;
use crate::formats::project::records::FileRec;
use crate::formats::project::room;
use crate::formats::project::{FORMAT, MAX_BYTES, migrate, ron_options};
use crate::model::project::Project;
use crate::text::message;
use memchr::memmem;

/// Room for the records of a small file.
const LEAST_ROOM: usize = 384 << 10;

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
    /// Records that there was no room for: the project must not be written, or they are lost.
    pub n_left_out: usize,
}

/// Opens a file. What parses is never refused: what is wrong in it is mended, and said.
pub fn read(bytes: &[u8]) -> Result<Loaded, ProjectError> {
    read_on(bytes, Cores::ONE)
}

/// The same, on the cores that are lent.
pub fn read_on(bytes: &[u8], cores: Cores<'_>) -> Result<Loaded, ProjectError> {
    let text = text_of(bytes)?;
    let any = || {
        room::lend(text.len(), LEAST_ROOM, || {
            let file = ron_options().from_str::<FileRec>(text);
            (file, room::n_left_out())
        })
    };
    let own: Option<FileRec> = room::lend(text.len(), LEAST_ROOM, || ahead::read(text, cores));
    debug_assert!(own.is_none() || own == any().0.ok(), "the two readers differ");
    let (file, n_inside) = match own {
        Some(file) => (Ok(file), 0),
        None => any(),
    };
    let file = file.map_err(|error| syntax_error(text, &error))?;
    let (format, writers_from) = (file.format, file.writers_from);
    let mended = mend::project(migrate::to_current(file), text.len())?;
    let read_only = (writers_from > FORMAT).then_some(writers_from);
    let Mended { project, mends, n_left_out } = mended;
    Ok(Loaded { project, mends, format, read_only, n_left_out: n_left_out + n_inside })
}

fn text_of(bytes: &[u8]) -> Result<&str, ProjectError> {
    if bytes.len() > MAX_BYTES {
        return Err(ProjectError::TooLarge(bytes.len()));
    }
    // Every second byte is a NUL.
    let is_wide = [0, 1]
        .into_iter()
        .any(|from| bytes.len() > 5 && bytes.iter().skip(from).step_by(2).take(3).all(|byte| *byte == 0));
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
    // Cut off, whatever the reader missed first: in the last line, which ends no project.
    let is_last = text.lines().nth(line).is_none() && !text.trim_end().ends_with(')');
    let code = match &error.code {
        ron::Error::ExceededRecursionLimit => &error.code,
        _ if is_last => &ron::Error::Eof,
        code => code,
    };
    let message = match code {
        ron::Error::ExceededRecursionLimit => "brackets stand too deep in brackets".to_owned(),
        ron::Error::MissingStructField { field, .. } => format!("a record ends here without its `{field}`"),
        ron::Error::DuplicateStructField { field, .. } => format!("a record has its `{field}` twice"),
        ron::Error::Eof | ron::Error::ExpectedStringEnd => "the file breaks off".to_owned(),
        other => message::unmarked(&lower_first(&other.to_string())),
    };
    match format_said(text) {
        Some(format) if format > FORMAT => ProjectError::Newer { format, line, column, message },
        _ if *code != ron::Error::ExceededRecursionLimit
            && !is_record(text)
            && !is_project(text.as_bytes()) =>
        {
            let words: String = text.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
            ProjectError::NoProject(words.chars().filter(|c| !c.is_control()).take(30).collect())
        }
        _ => ProjectError::Syntax { line, column, message, hint: hint(code) },
    }
}

/// Whether a text begins with the bracket of a record, which may be a project that lost its head.
fn is_record(text: &str) -> bool {
    text.trim_start().starts_with('(') || text.trim_start().starts_with("//")
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
