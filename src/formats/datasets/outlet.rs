//! How a dataset is written and read back, as a row of the table of formats says it.

use crate::formats::datasets::counts::Counts;
use crate::formats::datasets::rows::Going;
use crate::formats::datasets::what::Shape;
use crate::formats::{Format, Reads, Thing, Writes};
use crate::text::units::Unit;
use std::io;

/// Writes a dataset, and says what is in it.
pub type WriteFile = fn(&Going<'_>, &mut dyn io::Write) -> io::Result<Counts>;
/// Reads what was written, and says how many rows stand where they should; an error names the first that does not.
pub type CheckFile = fn(&Going<'_>, &mut dyn io::BufRead) -> Result<usize, String>;

/// Puts a file into the folder.
pub type Put<'a> = &'a mut dyn FnMut(&str, &[u8]) -> io::Result<()>;
/// Reads a file of the folder.
pub type Get<'a> = &'a mut dyn FnMut(&str) -> io::Result<Vec<u8>>;
pub type WriteFolder = fn(&Going<'_>, Put<'_>) -> io::Result<Counts>;
pub type CheckFolder = fn(&Going<'_>, Get<'_>) -> Result<usize, String>;

/// What is written for the other program beside a file, under its name and an ending.
#[derive(Debug, Clone, Copy)]
pub struct Beside {
    pub ending: &'static str,
    pub text: fn(&Going<'_>) -> String,
}

#[derive(Debug, Clone, Copy)]
pub enum Form {
    File { write: WriteFile, check: CheckFile, beside: Option<Beside> },
    Folder { write: WriteFolder, check: CheckFolder },
}

#[derive(Debug, Clone, Copy)]
pub struct Outlet {
    pub shape: Shape,
    /// Whether it has one answer a sentence, so that not everybody's can go out.
    pub is_one_answer: bool,
    /// The units that places can be in, the usual one first.
    pub units: &'static [Unit],
    pub form: Form,
    /// What else can be asked of it.
    pub takes: &'static [Takes],
}

/// A row of the table for JSON lines with one answer a sentence, whose places are code points.
pub const fn json_lines(
    (id, name): (&'static str, &'static str),
    shape: Shape,
    (write, check): (WriteFile, CheckFile),
    keeps: &'static [Thing],
) -> Format {
    Format {
        id,
        name,
        extensions: &["jsonl"],
        reads: Reads::Nothing,
        writes: Writes::Dataset(Outlet {
            shape,
            is_one_answer: true,
            units: &[Unit::CodePoints],
            form: Form::File { write, check, beside: None },
            takes: &[],
        }),
        keeps,
    }
}

/// What a sentence a line keeps.
pub const OF_LINES: &[Thing] = &[Thing::Sentences, Thing::Labels, Thing::Unsure, Thing::Notes];

/// What not every format can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Hashes in the place of texts.
    NoText,
    /// A row an article.
    Articles,
    /// A form for spreadsheets.
    ForExcel,
    /// A column a label.
    ZeroOne,
    /// Answers as predictions.
    Predictions,
}
