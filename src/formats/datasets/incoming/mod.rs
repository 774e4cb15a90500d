//! Datasets on their way in: one reader a format, each of which makes the same plain value of whatever bytes.
//!
//! A reader goes on where a line is odd, and names it; it fails only where there is nothing to be read at all.

mod brat;
mod doccano;
mod labelstudio;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "parquet")]
mod parquet_pages;
mod prodigy;
mod rows;
mod table;
mod values;
mod xlsx;
mod zipped;

use crate::analysis::incoming::Incoming;
use crate::formats;
use crate::formats::datasets::incoming::values::{is_list_of_lists, text};
use serde_json::Value;
use std::fmt;

/// What a reader is given: a file, or those of a folder.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    pub files: &'a [File],
    pub is_folder: bool,
    pub told: Told<'a>,
}

/// Whom a reader tells of each row; where the answer is false it stops.
#[derive(Clone, Copy, Default)]
pub struct Told<'a>(Option<&'a dyn Fn() -> bool>);

impl<'a> Told<'a> {
    pub fn of(go_on: &'a dyn Fn() -> bool) -> Self {
        Self(Some(go_on))
    }

    fn row(self) -> Result<(), Unreadable> {
        if self.0.is_none_or(|go_on| go_on()) { Ok(()) } else { Err(Unreadable::Stopped) }
    }
}

impl fmt::Debug for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "somebody" } else { "nobody" })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl<'a> Source<'a> {
    /// Read while nobody waits for it.
    pub fn of(files: &'a [File], is_folder: bool) -> Self {
        Self { files, is_folder, told: Told::default() }
    }

    fn bytes(&self) -> &[u8] {
        self.files.first().map(|file| file.bytes.as_slice()).unwrap_or_default()
    }
}

/// A row of the table of readers.
#[derive(Debug)]
pub struct Reader {
    /// As `--from` names it.
    pub id: &'static str,
    pub says: &'static str,
    pub read: fn(&Source<'_>) -> Result<Incoming, Unreadable>,
}

/// Why there is no dataset in these bytes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("the file is empty\0hint: export the dataset again")]
    Empty,
    #[error(
        "the first line names no column for {0}\0hint: name the columns as `text`, `label`, and if there are `article_id`, `start`, `end`, `coder`"
    )]
    NoColumn(&'static str),
    #[error(
        "the table is cut off inside a cell that begins in line {0}\0hint: get it again, or close the quote that opens the cell"
    )]
    CutOff(u64),
    #[error("this is no JSON, {why} in line {line}\0hint: `--from` names another format")]
    NoJson { line: u64, why: String },
    #[error("no line of it can be read, the first one says: {0}\0hint: `--from` names another format")]
    NoLine(String),
    #[error(
        "there is no `.ann` file in this folder\0hint: brat keeps a `.txt` and an `.ann` for each article"
    )]
    NoAnnotations,
    #[error("this is no workbook of Excel that can be read: {0}")]
    NoWorkbook(String),
    #[error("this is no Parquet that can be read: {0}")]
    NoParquet(String),
    #[error("{0}\0hint: unpack it yourself if you trust it, and name a file of it")]
    Zip(String),
    #[error("the reading was stopped\0hint: choose the dataset again to read it")]
    Stopped,
    #[error("a folder is read as `brat` alone\0hint: name the file in it")]
    Folder,
}

/// All readers, in the order of the help.
pub static READERS: [Reader; 12 + 2 * cfg!(feature = "parquet") as usize] = [
    Reader { id: "csv", says: "a row a sentence, columns by their names", read: table::read },
    Reader { id: "tsv", says: "the same with tabs", read: table::read },
    Reader { id: "jsonl", says: "an object a sentence, with the names of the table", read: rows::read },
    Reader { id: "xlsx", says: "a sheet with a row a sentence", read: xlsx::read },
    #[cfg(feature = "parquet")]
    Reader { id: "parquet", says: "a row a sentence in columns", read: parquet::read },
    #[cfg(feature = "parquet")]
    Reader { id: "hf", says: "a folder with Parquet below `data/`", read: parquet::read },
    Reader { id: "doccano", says: "articles with spans, also a zip of them", read: doccano::read },
    Reader { id: "doccano-rows", says: "a sentence a line with its labels", read: doccano::read },
    Reader { id: "labelstudio", says: "tasks with regions", read: labelstudio::read },
    Reader { id: "labelstudio-rows", says: "tasks of a sentence each", read: labelstudio::read },
    Reader { id: "brat", says: "a folder of `.txt` and `.ann`", read: brat::read },
    Reader { id: "prodigy", says: "a line a sentence, chosen or accepted", read: prodigy::read },
    Reader { id: "prodigy-spans", says: "articles with spans", read: prodigy::read },
    Reader { id: "spacy", says: "a line a sentence with `cats`", read: prodigy::read },
];

/// The reader of that id.
pub fn by_id(id: &str) -> Option<&'static Reader> {
    READERS.iter().find(|reader| reader.id == id)
}

/// Whether a file may be a dataset by its name.
pub fn may_be(name: &str) -> bool {
    formats::all_by_name(name).any(|format| by_id(format.id).is_some())
}

/// Whether a dataset has sentences with labels: then it is one, else whatever else its name says.
pub fn is_labelled(incoming: &Incoming) -> bool {
    let mut marks = incoming.documents.iter().flat_map(|document| &document.marks);
    marks.any(|mark| mark.labels.is_some())
}

/// The reader of a dataset that nobody named: by its ending, then by what its first object holds.
pub fn guess(name: &str, source: &Source<'_>) -> Option<&'static Reader> {
    if source.is_folder {
        let is_parquet = source.files.iter().any(|file| file.name.ends_with(".parquet"));
        return by_id(if is_parquet { "hf" } else { "brat" });
    }
    let name = name.to_lowercase();
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("csv") => return by_id("csv"),
        Some("tsv" | "tab") => return by_id("tsv"),
        Some("xlsx" | "xlsm") => return by_id("xlsx"),
        Some("parquet") => return by_id("parquet"),
        Some("zip") if zipped::is_zip(source.bytes()) => return by_id("doccano"),
        Some("json" | "jsonl" | "ndjson") => {}
        _ => return None,
    }
    let first = values::first(source.bytes())?;
    by_id(id_of(&first))
}

/// The format of an object.
fn id_of(first: &Value) -> &'static str {
    let has = |name: &str| first.get(name).is_some();
    let labels = first.get("label").or_else(|| first.get("labels"));
    if has("sentence_id") {
        "jsonl"
    } else if has("annotations") || has("predictions") || has("data") {
        "labelstudio"
    } else if has("cats") {
        "spacy"
    } else if has("spans") {
        "prodigy-spans"
    } else if has("accept") || has("answer") || has("_input_hash") {
        "prodigy"
    } else if has("entities") || labels.is_some_and(is_list_of_lists) {
        "doccano"
    } else if text(first, &["text"]).is_some() && labels.is_some() && !has("coder") {
        "doccano-rows"
    } else {
        "jsonl"
    }
}
