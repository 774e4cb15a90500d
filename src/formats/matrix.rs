//! A table of answers to work out agreement from: a row a unit, a column a coder.
//!
//! The first column names the unit. If the second one is named `article`, it says which article a unit is of. Each other column
//! is a coder's; an empty cell is a missing answer. Labels are taken to the letter, white space and case included.

use crate::analysis::agreement::matrix::{LabelIdx, Matrix};
use crate::formats::cells::{self, Lines};
use crate::formats::decode;
use std::collections::{BTreeMap, BTreeSet};

/// Why a table is no matrix.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MatrixError {
    #[error(
        "the table is empty\0hint: its first line names the unit and the coders, `unit,article,Ines,Marek`"
    )]
    Empty,
    #[error("the first line names no coder\0hint: its first column is the unit, each other one is a coder's")]
    NoCoder,
    #[error("column {0} has no name\0hint: each column of answers is named after its coder")]
    Nameless(usize),
    #[error("two columns are named `{0}`\0hint: each column of answers is named after its coder")]
    CoderTwice(String),
    #[error(
        "the table is cut off inside a cell that begins in line {0}\0hint: get it again, or close the quote"
    )]
    CutOff(u64),
    #[error("line {line} has {n} cells under {of} columns")]
    Ragged { line: u64, n: usize, of: usize },
    #[error("line {0} is not UTF-8\0hint: save the table as UTF-8")]
    NotUtf8(u64),
    #[error(
        "line {line}: `{label}` is not one of the labels\0hint: name it with `--labels` too, or mend the table"
    )]
    Unknown { line: u64, label: String },
    #[error("the label `{0}` is named twice")]
    LabelTwice(String),
    #[error(
        "more than {} different labels\0hint: a column of answers holds labels, not texts",
        LabelIdx::MAX
    )]
    TooMany,
    #[error(
        "{coders} coders and {labels} labels make more than {MAX_OF_PAIRS} figures of pairs\0hint: leave out coders, or labels that \
         are texts"
    )]
    TooMuch { coders: usize, labels: usize },
    #[error(
        "{labels} labels would be worked out once for each of {parts} {of} left out, which takes too long\0hint: leave out labels that \
         are texts, or name articles in a second column, `article`"
    )]
    TooLong { labels: usize, parts: usize, of: &'static str },
}

/// What a table holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    pub matrix: Matrix,
    /// Units that stand in more than one row; the first of them.
    pub twice: Vec<String>,
}

/// Most characters of a name that are shown.
const MAX_SHOWN: usize = 60;

/// Most units that are named as standing in two rows.
const MAX_NAMED: usize = 3;

/// Most figures of labels over all pairs of coders: a small table can make very many.
const MAX_OF_PAIRS: usize = 1_000_000;

/// Most figures of labels over all parts that the jackknife leaves out: a table of texts has as many of both as it has rows.
const MAX_OF_PARTS: usize = 500_000_000;

/// Reads a table, in UTF-8 or UTF-16. The labels are those named, else those that occur, in the order of the alphabet.
pub fn read(bytes: &[u8], labels: Option<&[String]>) -> Result<Read, MatrixError> {
    let from_utf16 = decode::from_utf16(bytes).map(|(text, ..)| text);
    let bytes = from_utf16.as_ref().map_or(bytes, String::as_bytes);
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let delimiter = cells::delimiter(bytes).ok_or(MatrixError::Empty)?;
    if let Some(at) = cells::open_at_end(bytes, delimiter) {
        return Err(MatrixError::CutOff(Lines::of(bytes).line_of(at)));
    }
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    let mut lines = Lines::of(bytes);
    let mut header: Option<Header> = None;
    let mut known = Labels::new(labels)?;
    let mut units = Units::default();
    let mut rows = Vec::new();
    // Reading from memory never fails, and lines of different lengths are allowed.
    while let Ok(true) = reader.read_byte_record(&mut record) {
        let start = record.position().map_or(0, csv::Position::byte);
        let line = lines.line_of(usize::try_from(start).unwrap_or(usize::MAX));
        let cells = record.iter().map(std::str::from_utf8).collect::<Result<Vec<_>, _>>();
        // UTF-16 is full of NUL.
        let cells =
            cells.ok().filter(|_| !record.as_slice().contains(&0)).ok_or(MatrixError::NotUtf8(line))?;
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some(header) = &header else {
            header = Some(Header::of(&cells)?);
            continue;
        };
        if cells.len() != header.n_columns {
            return Err(MatrixError::Ragged { line, n: cells.len(), of: header.n_columns });
        }
        let (names, answers) = cells.split_at_checked(header.n_names).unwrap_or_default();
        let article = header.has_article.then(|| units.article(names));
        units.see(names);
        let row = answers.iter().map(|cell| known.idx(cell, line)).collect::<Result<Vec<_>, _>>()?;
        rows.push((row, article));
    }
    let header = header.ok_or(MatrixError::Empty)?;
    let (labels, places) = known.in_order();
    let coders = header.coders.len();
    if (coders * coders.saturating_sub(1) / 2).saturating_mul(labels.len()) > MAX_OF_PAIRS {
        return Err(MatrixError::TooMuch { coders, labels: labels.len() });
    }
    let mut matrix = Matrix::new(header.coders, labels);
    for (row, article) in rows {
        matrix.push(row.into_iter().map(|label| places.get(usize::from(label?)).copied()), article);
    }
    let (parts, of) = if header.has_article {
        (units.articles.len(), "articles")
    } else {
        (matrix.kinds().count(), "units")
    };
    if parts.saturating_mul(matrix.labels().len()) > MAX_OF_PARTS {
        return Err(MatrixError::TooLong { labels: matrix.labels().len(), parts, of });
    }
    Ok(Read { matrix, twice: units.twice })
}

/// A name as it is shown: a cell can hold a whole text.
pub fn shortened(name: &str) -> String {
    match name.char_indices().nth(MAX_SHOWN) {
        Some((at, _)) => format!("{}\u{2026}", name.get(..at).unwrap_or_default()),
        None => name.to_owned(),
    }
}

/// Splits `a,b,"c, d"` as a line of a table.
pub fn labels_of(list: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(list.as_bytes());
    let mut record = csv::StringRecord::new();
    // Reading from memory never fails.
    if reader.read_record(&mut record).unwrap_or(false) {
        record.iter().map(str::to_owned).collect()
    } else {
        Vec::new()
    }
}

/// What the first line says of the columns.
struct Header {
    coders: Vec<String>,
    n_columns: usize,
    /// Columns before the coders'.
    n_names: usize,
    has_article: bool,
}

impl Header {
    fn of(cells: &[&str]) -> Result<Self, MatrixError> {
        let has_article = cells.get(1).is_some_and(|name| *name == "article");
        let n_names = if has_article { 2 } else { 1 };
        let coders = cells.get(n_names..).unwrap_or_default();
        if coders.is_empty() {
            return Err(MatrixError::NoCoder);
        }
        let mut seen = BTreeSet::new();
        for (column, name) in (n_names + 1..).zip(coders) {
            if name.trim().is_empty() {
                return Err(MatrixError::Nameless(column));
            }
            if !seen.insert(name.trim()) {
                return Err(MatrixError::CoderTwice((*name).to_owned()));
            }
        }
        let coders = coders.iter().map(|name| (*name).to_owned()).collect();
        Ok(Self { coders, n_columns: cells.len(), n_names, has_article })
    }
}

/// The labels of a table and the numbers they got.
struct Labels {
    places: BTreeMap<String, LabelIdx>,
    are_named: bool,
}

impl Labels {
    fn new(named: Option<&[String]>) -> Result<Self, MatrixError> {
        let mut labels = Self { places: BTreeMap::new(), are_named: false };
        for label in named.unwrap_or_default() {
            if labels.places.contains_key(label) {
                return Err(MatrixError::LabelTwice(label.clone()));
            }
            labels.add(label)?;
        }
        labels.are_named = named.is_some();
        Ok(labels)
    }

    fn add(&mut self, label: &str) -> Result<LabelIdx, MatrixError> {
        let place = LabelIdx::try_from(self.places.len()).ok().filter(|place| *place < LabelIdx::MAX);
        let place = place.ok_or(MatrixError::TooMany)?;
        self.places.insert(label.to_owned(), place);
        Ok(place)
    }

    /// The number of an answer; none where it is missing.
    fn idx(&mut self, cell: &str, line: u64) -> Result<Option<LabelIdx>, MatrixError> {
        if cell.is_empty() {
            return Ok(None);
        }
        match self.places.get(cell) {
            Some(place) => Ok(Some(*place)),
            None if self.are_named => Err(MatrixError::Unknown { line, label: cell.to_owned() }),
            None => self.add(cell).map(Some),
        }
    }

    /// The labels in the order they were named, else of the alphabet; and the new place of each number.
    fn in_order(self) -> (Vec<String>, Vec<LabelIdx>) {
        let are_named = self.are_named;
        let mut labels: Vec<(String, LabelIdx)> = self.places.into_iter().collect();
        if are_named {
            labels.sort_by_key(|(_, place)| *place);
        }
        let mut places: Vec<(LabelIdx, LabelIdx)> =
            labels.iter().zip(0..).map(|((_, old), new)| (*old, new)).collect();
        places.sort_unstable();
        (
            labels.into_iter().map(|(label, _)| label).collect(),
            places.into_iter().map(|(_, new)| new).collect(),
        )
    }
}

/// Names of units and articles seen.
#[derive(Default)]
struct Units {
    articles: BTreeMap<String, u32>,
    seen: BTreeSet<Vec<String>>,
    twice: Vec<String>,
}

impl Units {
    fn article(&mut self, names: &[&str]) -> u32 {
        let name = names.last().copied().unwrap_or_default();
        let next = u32::try_from(self.articles.len()).unwrap_or(u32::MAX);
        *self.articles.entry(name.to_owned()).or_insert(next)
    }

    fn see(&mut self, names: &[&str]) {
        let is_new = self.seen.insert(names.iter().map(|name| (*name).to_owned()).collect());
        if !is_new && self.twice.len() < MAX_NAMED {
            self.twice.extend(names.first().map(|name| (*name).to_owned()));
        }
    }
}
