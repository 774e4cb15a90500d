//! Labels made elsewhere, as a reader of a dataset gives them: nothing here knows a file, and nothing a project yet.

pub mod finding;
pub mod looking;
pub mod placing;
pub mod taking;

use crate::model::article::Meta;
use crate::model::ids::Stamp;
use crate::text::units::Unit;
use std::fmt;
use std::ops::Range;

/// A dataset as read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Incoming {
    pub documents: Vec<Document>,
    /// What could not be read.
    pub left: Vec<Left>,
    /// What was noticed and gone on with.
    pub notes: Vec<String>,
}

/// An article, or whatever the dataset has in its place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Its name in the dataset.
    pub id: Option<String>,
    /// SHA-256 of its text, in hex.
    pub sha256: Option<String>,
    /// The whole text; absent = only its sentences came along, or nothing.
    pub text: Option<String>,
    pub meta: Meta,
    /// Name of the file that the article once came from.
    pub source: Option<String>,
    /// Which part of the dataset it belongs to.
    pub split: Option<String>,
    /// What the dataset counts places in.
    pub counted: Unit,
    pub marks: Vec<Mark>,
    /// Whether the marks are all of its sentences.
    pub is_tiled: bool,
}

/// A place in a document, and what one coder said of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mark {
    /// The line of the file, counted from 1; 0 = no line is known.
    pub line: u64,
    pub span: Option<Range<u64>>,
    /// The words that stand there.
    pub quote: Option<String>,
    /// What the sentence is.
    pub kind: Option<String>,
    /// Absent = whoever brings the dataset in.
    pub coder: Option<String>,
    /// Words for labels; none of them = none of these. Absent = no answer.
    pub labels: Option<Vec<String>>,
    pub unsure: bool,
    pub note: Option<String>,
    pub at: Option<Stamp>,
}

impl Mark {
    /// Whether it says nothing but that there is a sentence.
    pub fn is_bare(&self) -> bool {
        self.labels.is_none() && !self.unsure && self.note.is_none()
    }
}

/// Something that was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    pub line: u64,
    pub why: String,
}

impl Left {
    pub fn new(line: u64, why: impl Into<String>) -> Self {
        Self { line, why: why.into() }
    }
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.why),
            line => write!(f, "line {line}: {}", self.why),
        }
    }
}
